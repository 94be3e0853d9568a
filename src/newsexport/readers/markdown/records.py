"""Values of front matter as the types of an article's fields: texts where one is enough, tables where there is more."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any, Final

import msgspec

from newsexport.model import Article, Dateline, Related
from newsexport.readers.markdown.plain_yaml import Stated
from newsexport.readers.markdown.values import is_empty, plain, texts

# What a text stands for where a table is meant.
_MEANT: Final = {
    **dict.fromkeys(("people", "organisations", "places", "events", "located", "genre", "provider"), "name"),
    "subjects": "code",
    "notes": "text",
    "corrections": "public_text",
}
_LISTED: Final = frozenset({None, "name", "code"})
_CHOSEN: Final = frozenset({"label", "kind", "data_mining", "ai_use", "direction"})
_MOMENTS: Final = frozenset({"date", "until", "created"})
_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:[^\s:]\S*")
_MORE_THAN_A_PLACE: Final = re.compile(r"[(—–_\d]|-$|\s-\s")

Moment = Callable[[Stated], datetime]


class Unfit(Exception):  # noqa: N818  # it is caught by the fields, and no error to anybody
    """A value that its field does not take; what it takes, where that is worth a word."""


def is_uri(text: str) -> bool:
    """Tell whether a text is an absolute URI."""
    return bool(_URI.fullmatch(text))


def typed(name: str, value: Stated, moment: Moment) -> Any:
    """Return a value of the type that an article's field has.

    Args:
        name: Of the field.
        value: As it is stated.
        moment: Reads the moments in it.

    Raises:
        Unfit: the field takes something else.
    """
    return _converted(_shaped(name, value, moment), _types()[name])


def dateline(value: Stated, day: Callable[[Stated], date]) -> Dateline:
    """Return a dateline, of which a text may be the place alone.

    Raises:
        Unfit: it is a list, or a table of something else.
    """
    match value:
        case str():
            text = plain(value)
            return Dateline(text=text) if _MORE_THAN_A_PLACE.search(text) else Dateline(place=text)
        case dict() if not is_empty(value.get("date", "")):
            value = {**value, "date": day(value["date"]).isoformat()}
    found: Dateline = _converted(value, Dateline)
    return found


def related(value: Stated, *, is_origin: bool) -> tuple[Related, ...]:
    """Return other items: what an article was derived from, or others to see; names of a site's pages are none.

    Raises:
        Unfit: one of them is no URI.
    """
    rel = "derived-from" if is_origin else "see-also"
    items = value if isinstance(value, list) else [value]
    tables = [{"rel": rel, "uri": each.strip()} if isinstance(each, str) else each for each in items]
    found: tuple[Related, ...] = _converted(tables, tuple[Related, ...])
    if not all(is_uri(each.uri) for each in found):
        raise Unfit
    return found


def _converted(value: Any, kind: Any) -> Any:
    try:
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError as error:
        raise Unfit("it is none of the values of the field") from error


@cache
def _types() -> dict[str, Any]:
    return {field.name: field.type for field in msgspec.structs.fields(Article)}


def _shaped(name: str, value: Stated, moment: Moment) -> Any:
    """Return a value in the shape of its field: lists where several are meant, tables where records are."""
    word = _MEANT.get(name)
    if str(_types()[name]).startswith("tuple"):
        return [_record(each, word, moment) for each in _several(name, value, word)]
    if isinstance(value, str) and name in _CHOSEN:
        return value.strip().lower().replace("_", "-")
    return _record(value, word, moment)


def _several(name: str, value: Stated, word: str | None) -> list[Stated]:
    match value:
        case list():
            return value
        case str():
            return list(texts(value)) if word in _LISTED else [value]
        case dict() if name == "alt_headlines" and "role" not in value:
            return [{"role": role, "text": text} for role, text in value.items()]
        case _:
            return [value]


def _record(value: Stated, word: str | None, moment: Moment) -> Any:
    """Return a text, or a record with its moments as they are to be."""
    match value:
        case str():
            return {word: plain(value)} if word else plain(value)
        case dict():
            return {
                key: moment(each).isoformat() if key in _MOMENTS and not is_empty(each) else each
                for key, each in value.items()
            }
        case _:
            return value
