"""Elements as strings, and the values that G2 writes in its own way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from newsexport.kit.xml import attributes, escape

_WIDEST_OFFSET: Final = timedelta(hours=14)


def empty(name: str, **values: str | None) -> str:
    """Return an element that holds nothing but its attributes."""
    return f"<{name}{attributes(**values)}/>"


def leaf(name: str, words: str | None, **values: str | None) -> str:
    """Return an element that holds words; an empty string when there are none."""
    return f"<{name}{attributes(**values)}>{escape(words)}</{name}>" if words and words.strip() else ""


def parent(name: str, *children: str, **values: str | None) -> str:
    """Return an element that holds elements, each on a line of its own; those that are empty strings are left out."""
    content = "".join(f"{child}\n" for child in children if child)
    return f"<{name}{attributes(**values)}>\n{content}</{name}>" if content else empty(name, **values)


def stamp(value: datetime | None) -> str | None:
    """Return a moment as XML Schema writes it: in UTC where it cannot write the offset.

    Source: XML Schema 1.0 part 2, 3.2.7.3 (offsets are whole minutes, up to 14 hours).
    """
    if value is None:
        return None
    offset = value.utcoffset() or timedelta()
    if offset % timedelta(minutes=1) or abs(offset) > _WIDEST_OFFSET:
        value = value.astimezone(UTC)
    return value.isoformat().replace("+00:00", "Z")
