"""Runs of characters with the marks they bear, and the inlines made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, TypeAlias

from msgspec import structs

from newsexport.model import (
    Code,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
)
from newsexport.model.base import Direction

Attributes: TypeAlias = Mapping[str, str | None]
Mark: TypeAlias = tuple[str, ...]
"""What a run bears: ``("strong",)``, ``("link", href, title)``, ``("span", lang, dir)``."""
Marks: TypeAlias = tuple[Mark, ...]
Run: TypeAlias = tuple[str | Inline, Marks]

STRONG: Final[Mark] = ("strong",)
EMPHASIS: Final[Mark] = ("emphasis",)
CITE: Final[Mark] = ("cite",)
CODE: Final[Mark] = ("code",)

_MOST_MARKS: Final = 12
_WHITE: Final = re.compile("[ \t\n\r\f]+")
# White space at the edge of a line is none of its words, whether or not it may be broken.
_EDGE: Final = " \t\n\r\f\xa0"
_TAGS: Final[dict[str, Mark]] = {
    **dict.fromkeys(("b", "strong"), STRONG),
    **dict.fromkeys(("em", "i", "dfn", "var"), EMPHASIS),
    "cite": CITE,
    "u": ("underline",),
    **dict.fromkeys(("del", "s", "strike"), ("strikethrough",)),
    "sub": ("subscript",),
    "sup": ("superscript",),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), CODE),
}
_STYLES: Final[tuple[tuple[Mark, re.Pattern[str]], ...]] = (
    (STRONG, re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)")),
    (EMPHASIS, re.compile(r"font-style\s*:\s*(?:italic|oblique)")),
    (("underline",), re.compile(r"text-decoration(?:-line)?\s*:[^;]*underline")),
    (("strikethrough",), re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through")),
    (("superscript",), re.compile(r"vertical-align\s*:\s*super")),
    (("subscript",), re.compile(r"vertical-align\s*:\s*sub(?!\w|-)")),
)
# Google Docs wraps whole documents in <b style="font-weight:normal">.
_PLAIN: Final = {
    STRONG: re.compile(r"font-weight\s*:\s*(?:normal|lighter|[1-4]00)"),
    EMPHASIS: re.compile(r"font-style\s*:\s*normal"),
    ("underline",): re.compile(r"text-decoration(?:-line)?\s*:\s*none"),
}


def marks_of(tag: str, attributes: Attributes) -> Iterator[Mark]:
    """Yield the marks that an inline element gives its text."""
    style = (attributes.get("style") or "").lower()
    mark = _TAGS.get(tag)
    if mark and not (style and mark in _PLAIN and _PLAIN[mark].search(style)):
        yield mark
    if style:
        yield from (found for found, pattern in _STYLES if found != mark and tag != "a" and pattern.search(style))


def with_mark(marks: Marks, mark: Mark) -> Marks:
    """Return marks with one more: the same when the run bears it already, or one of its kind that cannot be nested."""
    if mark in marks or len(marks) >= _MOST_MARKS:
        return marks
    if mark[0] == "link" and any(each[0] == "link" for each in marks):
        return marks
    return (*marks, mark)


class Line:
    """The text of a block as it comes in, its white space collapsed as CSS Text Module 3, 4.1.1 has it."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._is_blank_before = True

    def __bool__(self) -> bool:
        return bool(self._runs)

    @property
    def ends_in_break(self) -> bool:
        """True after a line break that nothing has followed yet."""
        last = next((value for value, _ in reversed(self._runs) if not _is_blank(value)), None)
        return isinstance(last, LineBreak)

    @property
    def is_blank(self) -> bool:
        """True as long as there is nothing to see."""
        return all(isinstance(value, LineBreak) or _is_blank(value) for value, _ in self._runs)

    def text(self, characters: str, marks: Marks) -> None:
        """Add characters."""
        collapsed = _WHITE.sub(" ", characters)
        if self._is_blank_before and collapsed[:1] == " ":
            collapsed = collapsed[1:]
        if collapsed:
            self._runs.append((collapsed, marks))
            self._is_blank_before = collapsed[-1] == " "

    def verbatim(self, characters: str, marks: Marks) -> None:
        """Add characters whose line breaks count."""
        for index, part in enumerate(characters.replace("\r\n", "\n").split("\n")):
            if index:
                self.node(LineBreak(), marks)
            self.text(part, marks)

    def node(self, inline: Inline, marks: Marks) -> None:
        """Add a finished inline."""
        self._runs.append((inline, marks))
        self._is_blank_before = isinstance(inline, LineBreak)

    def separate(self) -> None:
        """Start a new line within the block, unless it is at its beginning or was parted already."""
        if self._runs and not self.ends_in_break:
            self.node(LineBreak(), ())

    def take(self) -> list[Run]:
        """Return all runs and start anew."""
        runs, self._runs, self._is_blank_before = self._runs, [], True
        return runs


def paragraphs(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Yield the parts of a text that two line breaks, or more, keep apart; those without words are left out."""
    part: list[Run] = []
    breaks = 0
    for run in runs:
        if isinstance(run[0], LineBreak):
            breaks += 1
        elif not _is_blank(run[0]):
            if breaks > 1:
                yield from _worded(part)
                part = []
            breaks = 0
        part.append(run)
    yield from _worded(part)


def _worded(part: list[Run]) -> Iterator[list[Run]]:
    trimmed = _trimmed(part)
    if trimmed:
        yield trimmed


def _trimmed(runs: Sequence[Run]) -> list[Run]:
    """Return the runs without blanks and line breaks at either end."""
    start, end = 0, len(runs)
    while start < end and _is_edge(runs[start][0]):
        start += 1
    while start < end and _is_edge(runs[end - 1][0]):
        end -= 1
    found = list(runs[start:end])
    for index, strip in ((0, str.lstrip), (-1, str.rstrip)):
        if found and isinstance(found[index][0], str):
            value, marks = found[index]
            found[index] = strip(str(value), _EDGE), marks
    return found


def _is_edge(value: str | Inline) -> bool:
    return isinstance(value, LineBreak) or _is_blank(value)


def _is_blank(value: str | Inline) -> bool:
    return isinstance(value, str) and not value.strip(_EDGE)


def assembled(runs: Iterable[Run]) -> tuple[Inline, ...]:
    """Return the inlines of a line, trimmed: neighbours that bear the same marks share their elements."""
    return tuple(_nested(_trimmed(list(runs)), 0))


def undashed(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return the inlines of an attribution without the dash in front."""
    match content:
        case (Text(text=text) as first, *rest) if text[:1] in "-–—―~":
            text = text.lstrip("-–—―~ \xa0")
            return (structs.replace(first, text=text), *rest) if text else tuple(rest)
        case _:
            return content


def bearing(kind: str, runs: Iterable[Run]) -> bool:
    """Tell whether all words bear a mark of a kind."""
    return all(any(mark[0] == kind for mark in marks) for value, marks in runs if not _is_blank(value))


def without(kind: str, runs: Iterable[Run]) -> list[Run]:
    """Return runs without the marks of a kind."""
    return [(value, tuple(mark for mark in marks if mark[0] != kind)) for value, marks in runs]


def _nested(runs: Sequence[Run], depth: int) -> Iterator[Inline]:
    for mark, group in groupby(runs, key=lambda run: run[1][depth] if len(run[1]) > depth else None):
        if mark is None:
            yield from (Text(value) if isinstance(value, str) else value for value, _ in group)
        elif mark == CODE:
            # Code holds characters alone: marks within it are left out.
            yield from _code(list(group), depth)
        else:
            yield _marked(mark, tuple(_nested(list(group), depth + 1)))


def _code(runs: Sequence[Run], depth: int) -> Iterator[Inline]:
    for is_text, group in groupby(runs, key=lambda run: isinstance(run[0], str)):
        if is_text:
            pieces = list(group)
            inner = [each for each in pieces[0][1][depth + 1 :] if each[0] == "link"]
            code = Code("".join(str(value) for value, _ in pieces))
            yield _marked(inner[0], (code,)) if inner else code
        else:
            yield from (value for value, _ in group if not isinstance(value, str))


def _marked(mark: Mark, content: tuple[Inline, ...]) -> Inline:
    match mark:
        case ("strong",):
            return Strong(content)
        case ("emphasis",) | ("cite",):
            return Emphasis(content)
        case ("underline",):
            return Underline(content)
        case ("strikethrough",):
            return Strikethrough(content)
        case ("superscript",):
            return Superscript(content)
        case ("subscript",):
            return Subscript(content)
        case ("link", href, title):
            return Link(content, href, title=title or None)
        case (_, lang, direction):
            return Span(content, lang=lang or None, dir=_direction(direction))
        case _:
            raise ValueError(f"{mark} is no mark")


def _direction(value: str) -> Direction | None:
    return "rtl" if value == "rtl" else "ltr" if value == "ltr" else None


def as_direction(value: str | None) -> Direction | None:
    """Return a base direction; None for ``auto`` and what is none."""
    return _direction((value or "").strip().lower())
