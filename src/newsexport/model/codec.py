"""The document as JSON: encoding, strict decoding, the schema, and the limits on size.

JSON written here starts with ``schema_version``. It stays 0.x, without promises between minors, until the publishing
hooks have proved the model.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from inspect import cleandoc
from typing import Any, Final, get_args

import msgspec
from msgspec import Struct

from newsexport.errors import ArticleError, InputError, LimitError
from newsexport.model.article import Article
from newsexport.model.edition import Document
from newsexport.model.nodes import Block, Inline
from newsexport.model.walk import records

SCHEMA_VERSION: Final = "0.1"
SCHEMA_ID: Final = f"urn:newsexport:schema:document:{SCHEMA_VERSION}"
MAX_DEPTH: Final = 64
MAX_NODES: Final = 200_000


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Document)


def encode(document: Document) -> bytes:
    """Return the document as compact JSON in UTF-8; equal documents give equal bytes."""
    return b'{"schema_version":"%s",%s' % (SCHEMA_VERSION.encode(), _encoder.encode(document)[1:])


def decode(data: bytes) -> Document:
    """Read JSON of any origin.

    A bare string is accepted where inlines are expected.

    Raises:
        InputError: not JSON, a key given twice, NaN or Infinity, a lone surrogate; `where` is the path.
        ArticleError: an unknown field, a wrong type, a value out of range; `where` is the path.
        LimitError: nested deeper than 64 nodes, or more than 200,000 nodes.
    """
    try:
        value = json.loads(data, object_pairs_hook=_Object, parse_constant=_Constant)
    except RecursionError:
        raise LimitError("the JSON is nested too deeply", f"at most {MAX_DEPTH} levels of nodes are read") from None
    except ValueError as error:
        raise InputError(f"not valid JSON: {error}") from error
    if not isinstance(value, dict):
        raise InputError("the JSON is no object", 'a document is an object with "type": "article" or "edition"')
    value = _plain(value, "", 0)
    _accept_version(value.pop("schema_version", SCHEMA_VERSION))
    document = convert(value)
    check_limits(document)
    return document


def convert(value: Any) -> Document:
    """Build a document from plain dicts and lists, as JSON or TOML give them.

    Raises:
        ArticleError: an unknown field, a wrong type, a value out of range; `where` is the path.
    """
    try:
        return msgspec.convert(value, Document)  # type: ignore[no-any-return]  # a union is no type object
    except msgspec.ValidationError as error:
        raise _article_error(error) from error


def check(document: Document) -> Document:
    """Check a document that was made in Python, for msgspec does not check on construction.

    Returns:
        The same object, or an equal one whose lists became tuples.

    Raises:
        ArticleError: a value is of the wrong type or out of range; `where` is the path.
        LimitError: nested deeper than 64 nodes, or more than 200,000 nodes.
        UnicodeEncodeError: a string holds a lone surrogate.
    """
    try:
        checked = _decoder.decode(_encoder.encode(document))
    except msgspec.ValidationError as error:
        raise _article_error(error) from error
    except (TypeError, OverflowError) as error:
        raise ArticleError(f"the document holds a value of no known type: {error}") from error
    except RecursionError:
        raise LimitError(f"the document is nested deeper than {MAX_DEPTH} nodes") from None
    check_limits(checked)
    return document if checked == document else checked


def check_limits(document: Document) -> None:
    """Refuse a document that is too large or too deep.

    Raises:
        LimitError: nested deeper than 64 nodes, or more than 200,000 nodes; `where` is the path.
    """
    for count, (path, _) in enumerate(records(document), start=1):
        if count > MAX_NODES:
            raise LimitError(f"more than {MAX_NODES} nodes", "split the document", path)
        # Each level of nodes adds a field name and an index; records nest by a field name alone.
        if path.count(".") > MAX_DEPTH:
            raise LimitError(f"nested deeper than {MAX_DEPTH} nodes", "flatten the markup", path[:120])


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a document."""
    schema = msgspec.json.schema(Document)
    version = {"type": "string", "const": SCHEMA_VERSION}
    for name in ("Article", "Edition"):
        properties = schema["$defs"][name]["properties"]
        schema["$defs"][name]["properties"] = {"schema_version": version, **properties}
    for definition in schema["$defs"].values():
        definition["description"] = cleandoc(definition["description"])
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID}
    return {**head, "title": "newsexport document", **schema}


class _Constant:
    """NaN, Infinity or -Infinity, which JSON does not have."""

    def __init__(self, name: str) -> None:
        self.name = name


class _Object(dict[str, Any]):
    """A JSON object that remembers the first key it was given twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        counts = Counter(key for key, _ in pairs) if len(self) < len(pairs) else Counter()
        self.double: str | None = next((key for key, count in counts.items() if count > 1), None)


def _plain(value: Any, path: str, depth: int) -> Any:
    """Return the value with bare strings made inlines; refuse what JSON readers disagree on."""
    if isinstance(value, _Object):
        return _plain_object(value, path, depth)
    if isinstance(value, list):
        return [_plain(item, f"{path}[{index}]", depth) for index, item in enumerate(value)]
    if isinstance(value, _Constant):
        raise InputError(f"{value.name} is no JSON", where=path)
    if isinstance(value, str) and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise InputError("a lone surrogate is no character", where=path) from error
    return value


def _plain_object(value: _Object, path: str, depth: int) -> dict[str, Any]:
    if value.double is not None:
        raise InputError(f"the key {value.double!r} is given twice", where=path or None)
    if depth > 2 * MAX_DEPTH:
        raise LimitError(f"nested deeper than {MAX_DEPTH} nodes", "flatten the markup", path[:120])
    kind = value.get("type")
    inline_fields = _inline_fields().get(kind, frozenset()) if isinstance(kind, str) else frozenset()
    plain: dict[str, Any] = {}
    for key, item in value.items():
        if isinstance(item, str) and key in inline_fields:
            text = _plain(item, f"{path}.{key}" if path else key, depth + 1)
            plain[key] = [{"type": "text", "text": text}] if text else []
        else:
            plain[key] = _plain(item, f"{path}.{key}" if path else key, depth + 1)
    return plain


@cache
def _inline_fields() -> dict[object, frozenset[str]]:
    """Return the fields that hold inlines, by the type that JSON names."""
    kinds: tuple[type[Struct], ...] = (Article, *get_args(Inline), *get_args(Block))
    return {
        kind.__struct_config__.tag: frozenset(
            field.name for field in msgspec.structs.fields(kind) if field.type == tuple[Inline, ...]
        )
        for kind in kinds
    }


def _accept_version(version: Any) -> None:
    if version != SCHEMA_VERSION:
        hint = f"this release reads schema_version {SCHEMA_VERSION}"
        raise InputError(f"unknown schema_version {version!r}", hint, "schema_version")


def _article_error(error: msgspec.ValidationError) -> ArticleError:
    message, _, place = str(error).partition(" - at `$")
    return ArticleError(message, "`newsexport schema` prints what a document may hold", place.strip(".`") or None)
