"""The text of a story: paragraphs, lists, quotations, and little else, for plain text shows little else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from newsexport.errors import Kind
from newsexport.kit.desk.conventions import few_words, phrases, sentence_end
from newsexport.kit.desk.lines import BULLET, NUMBER, RULE, Line, is_display
from newsexport.kit.desk.notes import Piece
from newsexport.model import Block, Divider, Heading, List, ListItem, Note, Paragraph, Quote, Text
from newsexport.spi import Context

Quotes: TypeAlias = Literal["quote", "pull", "paragraph"]

_CLOSERS: Final = {
    "“": "”", "„": "“”", "”": "”", "«": "»", "»": "«", "‹": "›", "›": "‹", '"': '"', "「": "」", "『": "』",
}  # fmt: skip
_ATTRIBUTION: Final = re.compile(r"[-–—―]{1,2}\s?(?P<name>\w.{1,80})")
_UNDERLINE: Final = re.compile(r"[=~]{3,200}|-{3,200}")
# These mark nothing but items; a dash or an asterisk alone may stand before a speech or a footnote.
_SURE_BULLETS: Final = frozenset("•‣◦⁃∙●▪◆■")
_DEEPEST: Final = 4
_HEADING_WORDS: Final = 8
_HIGHEST_START: Final = 32767


class _Entry(Struct, frozen=True):
    """An item of a list: its text and how far in it stands."""

    text: str
    indent: int


def read_body(pieces: Sequence[Piece], quotes: Quotes, context: Context) -> tuple[Block, ...]:
    """Return the blocks of the text.

    Args:
        pieces: The text, without the head and the dateline.
        quotes: What a quotation that stands alone on its line becomes.
        context: Is told of every guess.
    """
    return _BodyReader(pieces, quotes, context).blocks()


class _BodyReader:
    """Reads from the first piece to the last; each reading method returns how many pieces it took, 0 for none."""

    def __init__(self, pieces: Sequence[Piece], quotes: Quotes, context: Context) -> None:
        self._pieces = pieces
        self._quotes = quotes
        self._context = context
        self._blocks: list[Block] = []
        self._is_opened = False

    def blocks(self) -> tuple[Block, ...]:
        index = 0
        while index < len(self._pieces):
            piece = self._pieces[index]
            if isinstance(piece, Note):
                self._blocks.append(piece)
                index += 1
            else:
                index += self._line(piece, index)
                self._is_opened = True
        while self._blocks and isinstance(self._blocks[-1], Divider):
            self._blocks.pop()
        return tuple(self._blocks)

    def _line(self, line: Line, index: int) -> int:
        return (
            self._divider(line)
            or self._heading(line, index)
            or self._bullets(line, index)
            or self._numbers(index)
            or self._quote(line, index)
            or self._paragraph(line)
        )

    def _at(self, index: int) -> Line | None:
        piece = self._pieces[index] if index < len(self._pieces) else None
        return piece if isinstance(piece, Line) else None

    def _divider(self, line: Line) -> int:
        if not RULE.fullmatch(line.text):
            return 0
        if self._blocks and not isinstance(self._blocks[-1], Divider):
            self._blocks.append(Divider())
        return 1

    def _heading(self, line: Line, index: int) -> int:
        """Take a line that is underlined, or one in capitals that stands alone above running text."""
        following = self._at(index + 1)
        if following is None or not is_display(line.text):
            return 0
        if _UNDERLINE.fullmatch(following.text) and not following.gap:
            self._blocks.append(Heading((Text(line.text),)))
            return 2
        alone = line.gap and following.gap and self._blocks
        if not (alone and _is_capitals(line.text) and sentence_end(following.text)):
            return 0
        self._blocks.append(Heading((Text(line.text),)))
        self._guess("text.heading-guessed", "the line was taken for a heading", line)
        return 1

    def _bullets(self, line: Line, index: int) -> int:
        end = index
        entries: list[_Entry] = []
        while (item := self._at(end)) and (found := BULLET.match(item.text)) and not RULE.fullmatch(item.text):
            entries.append(_Entry(item.text[found.end() :], item.indent))
            end += 1
        if not entries or not (len(entries) > 1 or line.text[0] in _SURE_BULLETS or self._is_introduced()):
            return 0
        self._blocks.append(List(_items(entries, 1)))
        return end - index

    def _numbers(self, index: int) -> int:
        end = index
        texts: list[str] = []
        start = 0
        while (item := self._at(end)) and (found := NUMBER.match(item.text)):
            start = int(found["number"]) if end == index else start
            if int(found["number"]) != start + end - index:
                break
            texts.append(item.text[found.end() :])
            end += 1
        if not texts or not (len(texts) > 1 or self._is_introduced()):
            return 0
        items = tuple(ListItem((Paragraph((Text(text),)),)) for text in texts)
        self._blocks.append(List(items, ordered=True, start=min(start, _HIGHEST_START)))
        return end - index

    def _is_introduced(self) -> bool:
        """Tell whether the paragraph above ends in a colon."""
        match self._blocks[-1:]:
            case [Paragraph(content=(Text(text=text),))]:
                return text.endswith((":", "："))
            case _:
                return False

    def _quote(self, line: Line, index: int) -> int:
        found = _quoted(line.text)
        if found is None or self._quotes == "paragraph":
            return 0
        words, name = found
        taken = 1
        if name is None and (following := self._at(index + 1)) and (name := self._attribution(following, index + 2)):
            taken = 2
        attribution = (Text(name),) if name else ()
        self._blocks.append(Quote((Paragraph((Text(words),)),), attribution, pull=self._quotes == "pull"))
        self._guess("text.quote-guessed", "the line was taken for a quotation set apart", line)
        return taken

    def _attribution(self, line: Line, next_index: int) -> str | None:
        following = self._at(next_index)
        if following is not None and BULLET.match(following.text):
            return None
        return _name(line.text)

    def _paragraph(self, line: Line) -> int:
        role: Literal["lead", "note"] | None = None if self._is_opened else "lead"
        if _sign_off().match(line.text):
            role = "note"
        self._blocks.append(Paragraph((Text(line.text),), role))
        return 1

    def _guess(self, code: str, message: str, line: Line) -> None:
        self._context.notice(code, Kind.GUESS, message, where=line.where)


def _items(entries: Sequence[_Entry], depth: int) -> tuple[ListItem, ...]:
    """Nest the entries that stand further in than the one above them."""
    items: list[ListItem] = []
    index = 0
    while index < len(entries):
        end = index + 1
        while depth < _DEEPEST and end < len(entries) and entries[end].indent > entries[index].indent:
            end += 1
        paragraph = Paragraph((Text(entries[index].text),))
        below = entries[index + 1 : end]
        items.append(ListItem((paragraph, List(_items(below, depth + 1))) if below else (paragraph,)))
        index = end
    return tuple(items)


def _is_capitals(text: str) -> bool:
    return text.isupper() and few_words(text, _HEADING_WORDS) and not any(map(str.isdigit, text))


def _quoted(text: str) -> tuple[str, str | None] | None:
    """Return a quotation, in its marks, and the name behind it; None when a line is more than that."""
    closers = _CLOSERS.get(text[0])
    if closers is None:
        return None
    end = min((found for closer in closers if (found := text.find(closer, 1)) > 0), default=0)
    rest = text[end + 1 :].strip()
    if end < 2:
        return None
    if rest in {"", "."}:
        return text, None
    name = _name(rest)
    return (text[: end + 1], name) if name else None


def _name(text: str) -> str | None:
    """Return who is named behind a dash."""
    found = _ATTRIBUTION.fullmatch(text)
    return found["name"] if found and not found["name"][0].islower() and sentence_end(text) is None else None


@cache
def _sign_off() -> re.Pattern[str]:
    return re.compile(rf"[(\[*_]{{0,2}}(?:{phrases(lambda each: each.sign_off)})\b")
