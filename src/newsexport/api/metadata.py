"""What the input does not say of itself: flags, a sidecar beside it, and the house's own file.

Precedence, everywhere: flags, then the sidecar, then the document, then the house.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import UnionType
from typing import Any, Final, TypeAlias, get_args, get_origin, overload

import msgspec
from msgspec import Struct

from newsexport.errors import ArticleError, InputError, UsageError
from newsexport.model.article import Article
from newsexport.model.codec import convert
from newsexport.model.edition import Document, Edition
from newsexport.registry import suggestion

Values: TypeAlias = Mapping[str, Any]
"""Fields of `Article` by name, as JSON or TOML give them; `headline` and `standfirst` may be bare strings."""

HOUSE_FILE: Final = "newsexport.toml"
_INLINES: Final = ("headline", "standfirst")
_TYPES: Final = {field.name: field.type for field in msgspec.structs.fields(Article)}
_EDITION: Final = frozenset(Edition.__struct_fields__)


class House(Struct, frozen=True):
    """What holds for every story of a house.

    Attributes:
        values: Fields of an article that hold where the article says nothing else.
        options: Options by the name of the format.
        folder: Where the file lies; paths in derived guids start there. None without a file.
    """

    values: Mapping[str, Any] = {}
    options: Mapping[str, Mapping[str, Any]] = {}
    folder: Path | None = None


def load_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises:
        InputError: it cannot be read, or is no TOML.
    """
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    except ValueError as error:
        raise InputError(f"{path} is no valid TOML: {error}") from error


def sidecar_of(path: Path) -> Path | None:
    """Return the sidecar of a story: the file of its name in .toml beside it; None when there is none."""
    sidecar = path.with_suffix(".toml")
    return sidecar if sidecar.is_file() and sidecar.name not in (path.name, HOUSE_FILE) else None


def find_house(folder: Path) -> House:
    """Return the house's settings from the nearest ``newsexport.toml`` in a folder or above it."""
    for place in (folder.resolve(), *folder.resolve().parents):
        path = place / HOUSE_FILE
        if path.is_file():
            return _house(path)
    return House()


def _house(path: Path) -> House:
    content = load_toml(path)
    values = dict(content.get("house", {}))
    options = {name: dict(given) for name, given in content.get("options", {}).items()}
    if "schemes" in values:
        options.setdefault("newsml-g2", {}).setdefault("schemes", values.pop("schemes"))
    if "logo" in values:
        logo = f"file:{path.parent / values.pop('logo')}"
        options.setdefault("pdf", {}).setdefault("logo", logo)
    check_names(values, str(path))
    return House(values, options, path.parent)


def check_names(values: Values, source: str) -> None:
    """Refuse values that are no fields of an article.

    Raises:
        ArticleError: with the nearest name that is one; `where` is the source.
    """
    unknown = next((name for name in values if name not in _TYPES), None)
    if unknown is not None:
        raise ArticleError(f"{unknown!r} is no field of an article", suggestion(unknown, _TYPES), source)


def assignments(pairs: Iterable[str]) -> dict[str, Any]:
    """Return the values of ``key=value`` flags; dots in a key lead into records (``dateline.place=PARIS``).

    Raises:
        UsageError: a pair without ``=``, an unknown field, or a value the field does not take.
    """
    values: dict[str, Any] = {}
    for pair in pairs:
        key, equals, text = pair.partition("=")
        if not equals:
            raise UsageError(f"{pair!r} is no assignment", "write --set key=value")
        *outer, name = key.strip().split(".")
        record: dict[str, Any] = values
        kind: Any = Article
        for part in outer:
            kind = _field_type(kind, part, key)
            record = record.setdefault(part, {})
            if not isinstance(record, dict):
                raise UsageError(f"--set gives {part!r} as a whole and in parts", "give one of them")
        if isinstance(record.get(name), dict):
            raise UsageError(f"--set gives {name!r} as a whole and in parts", "give one of them")
        record[name] = _from_text(key, text, _field_type(kind, name, key))
    return values


def _field_type(kind: Any, name: str, key: str) -> Any:
    """Return the type of a field of a record, or of the values of a mapping."""
    for each in get_args(kind) if isinstance(kind, UnionType) else (kind,):
        if get_origin(each) is Mapping:
            return get_args(each)[1]
        if isinstance(each, type) and issubclass(each, Struct):
            fields = {field.name: field.type for field in msgspec.structs.fields(each)}
            if name in fields:
                return fields[name]
            what = "an article" if each is Article else f"the {each.__name__.lower()}"
            raise UsageError(f"{name!r} is no field of {what}", suggestion(name, fields) or _fields_are(fields))
    raise UsageError(f"{key.removesuffix('.' + name)!r} has no fields, so that --set cannot reach {key!r}")


def _fields_are(fields: Iterable[str]) -> str:
    return f"its fields are {', '.join(fields)}"


def _from_text(key: str, text: str, kind: Any) -> Any:
    if key in _INLINES:
        return text
    value: Any = text
    if get_origin(kind) is tuple and get_args(kind)[0] is str:
        value = [part.strip() for part in text.split(",") if part.strip()]
    try:
        return msgspec.to_builtins(msgspec.convert(value, kind, strict=False))
    except msgspec.ValidationError as error:
        raise UsageError(f"{key}={text!r}: {error}", "`newsexport schema` prints what each field takes") from error


@overload
def merged(document: Article, flags: Values, sidecar: Values, house: Values) -> Article: ...
@overload
def merged(document: Document, flags: Values, sidecar: Values, house: Values) -> Document: ...
def merged(document: Document, flags: Values, sidecar: Values, house: Values) -> Document:
    """Return the document with what the flags, the sidecar and the house say of it: the same object without any.

    An edition takes what it has fields for, and hands the house on to its articles.

    Raises:
        ArticleError: a value is of the wrong type or out of range; `where` is the path.
    """
    if isinstance(document, Edition):
        provider = {"publisher": house["provider"]} if "provider" in house else {}
        flags, sidecar, house = (_only_edition(each) for each in (flags, sidecar, {**house, **provider}))
    if not (flags or sidecar or house):
        return document
    value = msgspec.to_builtins(document)
    for name, given in house.items():
        value[name] = _deep(given, value[name]) if name in value else given
    for layer in (sidecar, flags):
        for name, given in layer.items():
            value[name] = _deep(value.get(name), given)
    for name in _INLINES:
        if isinstance(value.get(name), str):
            value[name] = [{"type": "text", "text": value[name]}]
    return convert(value)


def _only_edition(values: Values) -> Values:
    return {name: value for name, value in values.items() if name in _EDITION}


def _deep(base: Any, over: Any) -> Any:
    """Return `over`, its tables filled up from `base`."""
    if isinstance(base, Mapping) and isinstance(over, Mapping):
        return {**base, **{name: _deep(base.get(name), value) for name, value in over.items()}}
    return over
