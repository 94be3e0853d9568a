"""The lines of a text, and what they were before an e-mail program or a wire broke them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from msgspec import Struct, structs

from newsexport.kit.desk.conventions import few_words, sentence_end
from newsexport.kit.desk.marks import embargo_mark, ends, more

Unwrap: TypeAlias = Literal["auto", "always", "never"]

_BREAK: Final = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS: Final = re.compile("[ \t]+")
# Neither white space nor controls nor characters without width: something to see.
_VISIBLE: Final = re.compile("[^\\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_TAB: Final = 4

BULLET: Final = re.compile(r"(?P<mark>[•‣◦⁃∙●▪◆■*·–-])\s+(?=\S)")
NUMBER: Final = re.compile(r"\(?(?P<number>\d{1,3})[.)]\s+(?=\S)")
_ADDRESS: Final = re.compile(r"https?://\S+")
RULE: Final = re.compile(r"(?:[-=_~*#–—⁂•]\s?){3,200}|⁂")

# Mail and wires break at 65 to 80 columns; nobody sets paragraphs as narrow as these.
_NARROWEST: Final = 50
_WIDEST: Final = 84
_RAGGED: Final = 6
_MOST_WORDS: Final = 25


class Line(Struct, frozen=True):
    """A line of the input.

    Attributes:
        number: Of the first line it was made of, from 1.
        text: Without outer blanks, inner ones single.
        indent: Columns before it.
        gap: True when a blank line, or nothing, stands before it.
    """

    number: int
    text: str
    indent: int = 0
    gap: bool = True

    @property
    def where(self) -> str:
        """The place as notices give it."""
        return f"line {self.number}"


def split(text: str) -> list[Line]:
    """Return the lines in which there is something to see."""
    lines: list[Line] = []
    gap = True
    for number, raw in enumerate(_BREAK.split(text), start=1):
        if not _VISIBLE.search(raw):
            gap = True
            continue
        blanks = raw[: len(raw) - len(raw.lstrip())]
        lines.append(Line(number, _BLANKS.sub(" ", raw.strip()), len(blanks.expandtabs(_TAB)), gap))
        gap = False
    return lines


def is_display(text: str) -> bool:
    """Tell whether a line may be a headline or the like: short, no sentence, no introduction, no item."""
    if not few_words(text, _MOST_WORDS) or text.endswith((":", "：")):
        return False
    return sentence_end(text) is None and not is_item(text)


def is_item(text: str) -> bool:
    """Tell whether a line starts as the items of lists do."""
    return bool(BULLET.match(text) or NUMBER.match(text))


def unwrapped(lines: list[Line], unwrap: Unwrap) -> list[Line]:
    """Return the lines with those joined that were one before they were broken at a fixed width.

    ``auto`` joins a line to the next where its first word would not have fitted; it leaves the lines alone when they
    do not look broken at all. ``always`` joins all lines between two blank ones, but for lists.
    """
    if unwrap == "never":
        return lines
    width = _WIDEST if unwrap == "always" else _width(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not line.gap and _continues(groups[-1], line, width, unwrap):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_joined(group) for group in groups]


def _continues(group: list[Line], line: Line, width: int, unwrap: Unwrap) -> bool:
    first, last = group[0], group[-1]
    if _starts_anew(line) or _is_mark(last.text):
        return False
    if _ADDRESS.fullmatch(last.text) and _ADDRESS.fullmatch(line.text):
        return False
    if embargo_mark(first.text):
        return bool(width) and _is_full(last, line, width)
    if is_item(first.text):
        # The text of an item hangs below its marker.
        return line.indent > first.indent or (bool(width) and _is_full(last, line, width))
    if not width or unwrap == "always":
        return bool(width)
    if line.indent >= last.indent + 2:
        return False
    return _is_full(last, line, width) or (line.text[0].islower() and sentence_end(last.text) is None)


def _width(lines: list[Line]) -> int:
    """Return the width that lines were broken at; 0 when they were not."""
    short = [length for line in lines if (length := _length(line)) <= _WIDEST]
    if not short or len(short) * 10 < len(lines) * 9:
        return 0
    width = max(short)
    pairs = [
        (line, following) for line, following in pairwise(lines) if not following.gap and not _starts_anew(following)
    ]
    broken = sum(_is_full(line, following, width) and sentence_end(line.text) is None for line, following in pairs)
    return width if width >= _NARROWEST and broken >= 2 and broken * 2 >= len(pairs) else 0


def _is_full(line: Line, following: Line, width: int) -> bool:
    """Tell whether the first word of the next line did not fit: hardly, or not at all where a sentence ends."""
    slack = 0 if sentence_end(line.text) else _RAGGED
    return _length(line) <= width < _length(line) + 1 + len(following.text.partition(" ")[0]) + slack


def _length(line: Line) -> int:
    return line.indent + len(line.text)


def _starts_anew(line: Line) -> bool:
    return is_item(line.text) or _is_mark(line.text) or bool(embargo_mark(line.text))


def _is_mark(text: str) -> bool:
    return bool(RULE.fullmatch(text)) or ends(text) or more(text)


def _joined(group: Iterable[Line]) -> Line:
    first, *rest = group
    if not rest:
        return first
    parts = [first.text]
    for line in rest:
        # "Franco-" and "German" are one word, whose hyphen was there before the line was broken.
        hyphen = parts[-1][-1:] == "-" and parts[-1][-2:-1].isalpha() and line.text[0].isalpha()
        parts += [line.text] if hyphen else [" ", line.text]
    return structs.replace(first, text="".join(parts))
