"""Lines of plain text: broken, indented, underlined, lined up."""

from __future__ import annotations

import textwrap
from typing import Final
from unicodedata import combining, east_asian_width

NARROWEST: Final = 20
"""The fewest columns that hold words."""
_PLAIN: Final = "0123456789+-−=()"
_RAISED: Final = dict(zip(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾", strict=True))
_LOWERED: Final = dict(zip(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))


def linked(shown: str, uri: str | None, *, other: bool = True) -> str:
    """Return words with the address they lead to, said once; `other` addresses than those of the web as well."""
    if uri is None or _bare(uri) == _bare(shown) or not (other or uri.startswith(("https://", "http://"))):
        return shown
    return f"{shown} <{uri}>".lstrip()


def _bare(uri: str) -> str:
    for scheme in ("https://", "http://", "mailto:", "tel:"):
        uri = uri.removeprefix(scheme)
    return uri.rstrip("/").casefold()


def raised(text: str) -> str:
    """Return text in superscript characters where Unicode has all of them: 10³ must not become 103."""
    return _translated(text, _RAISED)


def lowered(text: str) -> str:
    """Return text in subscript characters where Unicode has all of them."""
    return _translated(text, _LOWERED)


def _translated(text: str, characters: dict[str, str]) -> str:
    return "".join(characters[each] for each in text) if set(text) <= characters.keys() else text


def broken(text: str, room: int) -> str:
    """Return text with its lines broken at blanks, so that they keep within `room` columns; 0 breaks none."""
    if not room:
        return text
    lines = (textwrap.wrap(line, room, break_long_words=False, break_on_hyphens=False) for line in text.split("\n"))
    return "\n".join("\n".join(line) for line in lines)


def less(room: int, taken: int) -> int:
    """Return the columns left when some are taken, never too few for words; 0 stays 0."""
    return max(room - taken, NARROWEST) if room else 0


def prefixed(text: str, first: str, rest: str | None = None) -> str:
    """Return lines behind a prefix: the first line behind its own."""
    start, *others = text.split("\n")
    below = first if rest is None else rest
    return "\n".join(line.rstrip() for line in (first + start, *(below + line for line in others)))


def underlined(text: str, mark: str) -> str:
    """Return a heading: text above a line of marks; an empty string stays empty."""
    return f"{text}\n{mark * max(map(columns, text.splitlines()))}" if text else ""


def columns(text: str) -> int:
    """Return how many columns a text takes up in a fixed-width face."""
    return sum(2 if east_asian_width(each) in "WF" else 0 if combining(each) else 1 for each in text)


def grid(head: list[list[str]], rest: list[list[str]], room: int) -> str:
    """Return a table: its columns lined up and a rule below its head, unless that takes more than `room` columns."""
    rows = [*head, *rest]
    widths = [max(map(columns, fields)) for fields in zip(*rows, strict=True)]
    if sum(widths) + 3 * (len(widths) - 1) > room:
        return "\n".join(" | ".join(row).strip() for row in rows)
    rule = "-+-".join("-" * width for width in widths)
    return "\n".join((*_aligned(head, widths), rule, *_aligned(rest, widths)))


def _aligned(rows: list[list[str]], widths: list[int]) -> list[str]:
    padded = (
        (field + " " * (width - columns(field)) for field, width in zip(row, widths, strict=True)) for row in rows
    )
    return [" | ".join(row).rstrip() for row in padded]
