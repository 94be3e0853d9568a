"""The head of a story: what stands above its text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from newsexport.errors import Kind
from newsexport.kit.desk.bylines import authors, is_byline
from newsexport.kit.desk.conventions import few_words, in_order, sentence_end, wire
from newsexport.kit.desk.datelines import opening
from newsexport.kit.desk.lines import RULE, Line, is_display
from newsexport.kit.desk.notes import Piece
from newsexport.model import Author
from newsexport.spi import Context

_KICKER_WORDS: Final = 2
_KEYWORD_WORDS: Final = 5
_MOST_KEYWORDS: Final = 12
_SENTENCE_WORDS: Final = 15
_MOST_LINES: Final = 40


class Head(Struct):
    """What the head of a story says, and what follows it.

    Attributes:
        rest: All that was not taken for any of the other fields, in order.
    """

    rest: list[Piece]
    kicker: str | None = None
    headline: str | None = None
    standfirst: str | None = None
    keywords: tuple[str, ...] = ()
    byline: str | None = None
    authors: tuple[Author, ...] = ()


def read_head(
    pieces: Sequence[Piece], language: str | None, context: Context, *, alert: bool, headline: str | None = None
) -> Head:
    """Part the head of a story from its text.

    Args:
        pieces: The story without the lines of the desk.
        language: Whose conventions come first.
        context: Is told of every guess.
        alert: True for a flash, which may have nothing but a headline.
        headline: Known from elsewhere: then the head may hold it once more, and a byline, and nothing is guessed.
    """
    reader = _HeadReader(pieces, language, context)
    return reader.head(alert=alert) if headline is None else reader.below(headline)


class _HeadReader:
    def __init__(self, pieces: Sequence[Piece], language: str | None, context: Context) -> None:
        self._pieces = pieces
        self._language = language
        self._context = context
        self._taken: set[int] = set()
        self._is_repeated = False

    def head(self, *, alert: bool) -> Head:
        head = Head([])
        lines, body_follows = self._display_lines()
        lines = self._without_byline(lines, head)
        index = self._headline(lines, head, body_follows=body_follows, alert=alert)
        if index is not None and body_follows:
            self._before(lines[:index], head)
            self._after([line for line in lines[index + 1 :] if line.number not in self._taken], head)
        head.rest = [piece for piece in self._pieces if not isinstance(piece, Line) or piece.number not in self._taken]
        return head

    def below(self, headline: str) -> Head:
        head = Head([])
        lines, _ = self._display_lines()
        for line in self._without_byline(lines, head):
            if line.text.casefold() == headline.casefold():
                self._take(line, "text.headline-repeated", f"the repeated headline was dropped: {line.text}")
        head.rest = [piece for piece in self._pieces if not isinstance(piece, Line) or piece.number not in self._taken]
        return head

    def _display_lines(self) -> tuple[list[Line], bool]:
        """Return the lines down to the first that is running text, and whether there is one.

        Copy that starts with very many short lines, as results do, has no head beyond them.
        """
        lines: list[Line] = []
        following = [piece for piece in self._pieces if isinstance(piece, Line)]
        for index, line in enumerate(following):
            after = following[index + 1] if index + 1 < len(following) else None
            if len(lines) == _MOST_LINES:
                break
            if RULE.fullmatch(line.text):
                self._taken.add(line.number)
            elif self._is_head(line, after, len(lines)):
                lines.append(line)
            else:
                return lines, True
        return lines, False

    def _is_head(self, line: Line, after: Line | None, position: int) -> bool:
        if opening(line.text, self._language):
            return False
        if is_display(line.text):
            return True
        end = sentence_end(line.text)
        if end in {"!", "?", "…", "？", "！", "؟"}:
            return position < 2 and few_words(line.text, _SENTENCE_WORDS)
        # A first short line that stands alone is the headline, even with a full stop.
        alone = after is not None and after.gap
        return end is not None and position == 0 and alone and few_words(line.text, _SENTENCE_WORDS)

    def _without_byline(self, lines: list[Line], head: Head) -> list[Line]:
        rest: list[Line] = []
        texts: list[str] = []
        for line in lines:
            # "Par Excellence" may be an English headline: on top, only the byline of the likeliest language is sure.
            conventions = in_order(self._language)[: None if rest or texts else 1]
            if is_byline(line.text, conventions):
                texts.append(line.text)
                head.authors += authors(line.text, conventions)
                self._take(line, "text.byline", "the line was taken for the byline")
            elif texts and self._is_office(line, texts):
                texts.append(line.text)
                self._take(line, "text.byline", "the line was taken for a part of the byline")
            else:
                rest.append(line)
        head.byline = ", ".join(texts) or None
        return rest

    def _is_office(self, line: Line, texts: list[str]) -> bool:
        """Tell whether a line below a byline says for whom its author works."""
        words = {word.strip(".,").lower() for word in line.text.split()}
        known = line.text.lower() in wire().agencies or bool(words & wire().offices)
        return known and not line.gap and len(texts) == 1 and few_words(line.text, _KEYWORD_WORDS)

    def _headline(self, lines: list[Line], head: Head, *, body_follows: bool, alert: bool) -> int | None:
        """Take the headline and return which of the lines it is; None when there is none."""
        repeated = _repeated(lines)
        if repeated is not None:
            line = lines[repeated]
            for copy in lines[repeated + 1 :]:
                if _same(copy, line):
                    message = f"the repeated headline was dropped: {copy.text}"
                    self._take(copy, "text.headline-repeated", message)
            self._taken.add(line.number)
            self._is_repeated = True
            head.headline = line.text
            return repeated
        index = self._likeliest(lines, body_follows=body_follows, alert=alert)
        if index is not None:
            head.headline = lines[index].text
            self._take(lines[index], "text.headline-guessed", "the line was taken for the headline")
        return index

    def _likeliest(self, lines: list[Line], *, body_follows: bool, alert: bool) -> int | None:
        if not lines:
            return None
        if not body_follows:
            # Nothing but short lines: the first is the headline where it stands apart, or where there is no other.
            apart = lines[1].gap if len(lines) > 1 else alert
            return 0 if apart else None
        first = lines[0]
        is_kicker = few_words(first.text, _KICKER_WORDS) or (first.text.isupper() and few_words(first.text, 3))
        longer = len(lines) > 1 and len(lines[1].text.split()) > max(len(first.text.split()), _KICKER_WORDS)
        return 1 if is_kicker and longer else 0

    def _before(self, lines: list[Line], head: Head) -> None:
        for line in lines:
            self._take(line, "text.kicker-guessed", "the line was taken for the kicker")
        head.kicker = " · ".join(line.text for line in lines) or None

    def _after(self, lines: list[Line], head: Head) -> None:
        """Take standfirst and keywords: one long line, and short ones that follow each other."""
        is_short = [few_words(line.text, _KEYWORD_WORDS) for line in lines]
        start = 1 if lines and not is_short[0] else 0
        end = next((index for index in range(start, len(lines)) if not is_short[index]), len(lines))
        if start:
            self._standfirst(lines[0], head)
        fewest = 1 if self._is_repeated else 2  # one short line may be anything, but for copy pasted from a page
        if fewest <= end - start <= _MOST_KEYWORDS:
            for line in lines[start:end]:
                self._take(line, "text.keywords-guessed", "the line was taken for a keyword")
            head.keywords = tuple(line.text for line in lines[start:end])
        elif not start and len(lines) == 1:
            self._standfirst(lines[0], head)
        if not start and end < len(lines):
            self._standfirst(lines[end], head)

    def _standfirst(self, line: Line, head: Head) -> None:
        head.standfirst = line.text
        self._take(line, "text.standfirst-guessed", "the line was taken for the standfirst")

    def _take(self, line: Line, code: str, message: str) -> None:
        self._taken.add(line.number)
        self._context.notice(code, Kind.GUESS, message, where=line.where)


def _repeated(lines: list[Line]) -> int | None:
    """Return the first of the longest lines that stand twice."""
    seen: dict[str, int] = {}
    doubles: list[int] = []
    for index, line in enumerate(lines):
        key = line.text.casefold()
        if key in seen:
            doubles.append(seen[key])
        seen.setdefault(key, index)
    return max(doubles, key=lambda index: (len(lines[index].text), -index), default=None)


def _same(line: Line, other: Line) -> bool:
    return line.text.casefold() == other.text.casefold()
