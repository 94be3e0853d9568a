"""Paragraphs: runs of characters broken into lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from newsexport.writers.pdf import bidi
from newsexport.writers.pdf._reportlab import Metrics
from newsexport.writers.pdf.ink import Glyphs, Placed
from newsexport.writers.pdf.pieces import Piece
from newsexport.writers.pdf.theme import Style


class Run(NamedTuple):
    r"""Characters of one look and one meaning.

    Attributes:
        glyphs: The characters; ``\n`` starts a new line.
        url: Where they lead; ``#name`` is a place of the document; None when they lead nowhere.
        title: What the link is, in words.
        underline: A line below.
        strike: A line through.
    """

    glyphs: Glyphs
    url: str | None = None
    title: str = ""
    underline: bool = False
    strike: bool = False


class PageNumber(NamedTuple):
    """The number of the page that a place is on, at the end of the first line.

    Attributes:
        anchor: Name of the place.
        glyphs: How it looks and what it belongs to.
    """

    anchor: str
    glyphs: Glyphs


class Segment(NamedTuple):
    """The part of a run that stands on one line.

    Attributes:
        run: Which one.
        text: Its characters on this line.
        x: Distance from the start of the line.
        width: Of the characters, a blank at the end of the line not counted.
    """

    run: Run
    text: str
    x: float
    width: float


class Line:
    """What stands on one line."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.width = 0.0

    def add(self, run: Run, text: str, width: float) -> None:
        """Add characters at the end."""
        last = self.segments[-1] if self.segments else None
        if last is not None and last.run is run:
            self.segments[-1] = Segment(run, last.text + text, last.x, last.width + width)
        else:
            self.segments.append(Segment(run, text, self.width, width))
        self.width += width


class _Chunk(NamedTuple):
    """What must stay on one line: parts of runs with their widths."""

    parts: tuple[tuple[Run, str, float], ...]

    @property
    def width(self) -> float:
        return sum(width for _, _, width in self.parts)

    @property
    def is_blank(self) -> bool:
        return self.parts[0][1][0] == " "

    @property
    def is_break(self) -> bool:
        return self.parts[0][1] == "\n"


_ROOM_FOR_NUMBER: Final = 40.0
# A line may end after a blank, a dash within words, a slash, and around every ideograph.
_IDEOGRAPHS: Final = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_TOKEN: Final = re.compile(
    rf"\n|[ ]+|[{_IDEOGRAPHS}]"
    rf"|[^ \n{_IDEOGRAPHS}]+?(?:(?<=[^\W\d])-(?=[^\W\d])|[—/](?=\w)|(?=[ \n{_IDEOGRAPHS}])|$)"
)


class TextBlock(Piece):
    """A paragraph.

    Attributes:
        runs: Its characters.
        style: How it looks.
        rtl: True when its lines start on the right.
        outline: Title and level of its entry in the outline; None for none.
        anchor: Name of its place, for links to lead to.
        page_number: Stands at the end of its first line; None for none.
    """

    def __init__(
        self,
        runs: Sequence[Run],
        style: Style,
        metrics: Metrics,
        *,
        rtl: bool = False,
        outline: tuple[str, int] | None = None,
        anchor: str | None = None,
        page_number: PageNumber | None = None,
    ) -> None:
        super().__init__(style.before, style.after, style.keep)
        self.runs = runs
        self.style = style
        self.rtl = rtl
        self.outline = outline
        self.anchor = anchor
        self.page_number = page_number
        self._metrics = metrics
        self._lines: list[Line] = []
        self._width = -1.0

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Break the lines and return the size."""
        if self._width != availWidth:
            self._width = availWidth
            room = _ROOM_FOR_NUMBER if self.page_number else 0.0
            self._lines = _broken(self._chunks(), availWidth - room, self._metrics)
        self.width = availWidth
        self.height = len(self._lines) * self.style.leading
        return availWidth, self.height

    def split(self, availWidth: float, availHeight: float) -> list[Piece]:  # noqa: N803
        """Split between lines: no single line is left alone on either page."""
        self.wrap(availWidth, availHeight)
        fitting = min(int(availHeight / self.style.leading + 1e-6), len(self._lines) - 2)
        if fitting < 2:
            return []
        first = self._part(self._lines[:fitting])
        first.after = 0
        rest = self._part(self._lines[fitting:])
        rest.before = 0
        rest.outline = rest.anchor = rest.page_number = None
        first.keep = False
        return [first, rest]

    def draw(self) -> None:
        """Draw the lines, then what belongs to them."""
        if self.outline:
            self.canv.outline(*self.outline, self.height)
        if self.anchor:
            self.canv.place(self.anchor, self.height)
        if self.page_number:
            end = 0.0 if self.rtl else self.width
            self.canv.number(self.page_number.anchor, end, self._baseline(), self.page_number.glyphs, is_left=self.rtl)
        placed = list(self._placed())
        self.canv.text(Placed(x, y, segment.run.glyphs._replace(text=segment.text)) for x, y, segment in placed)
        for x, y, segment in placed:
            self._draw_lines(x, y, segment)
        for x, y, segment in _joined_links(placed):
            run = segment.run
            size = run.glyphs.size
            if run.url and run.glyphs.element:
                words = run.title or segment.text.strip()
                self.canv.link(x, y - size * 0.3, segment.width, size * 1.3, run.url, words, run.glyphs.element)

    def widths(self) -> tuple[float, float]:
        """Return the width of the longest word and of the longest line."""
        least = natural = line = 0.0
        for chunk in self._chunks():
            if chunk.is_break:
                line = 0.0
                continue
            line += chunk.width
            natural = max(natural, line)
            if not chunk.is_blank:
                least = max(least, chunk.width)
        return least, natural

    def _part(self, lines: list[Line]) -> TextBlock:
        part = TextBlock(self.runs, self.style, self._metrics, rtl=self.rtl)
        part.outline, part.anchor, part.page_number = self.outline, self.anchor, self.page_number
        part.before, part.after, part.keep = self.before, self.after, self.keep
        part._lines, part._width = lines, self._width
        return part

    def _baseline(self) -> float:
        """Return the height of the first baseline."""
        return self.height - self.style.leading / 2 - self.style.size * 0.32

    def _placed(self) -> Iterator[tuple[float, float, Segment]]:
        """Yield each segment with its place."""
        style = self.style
        y = self._baseline()
        for line in self._lines:
            gap = self.width - line.width
            start = gap if self.rtl else 0.0
            x = {"start": start, "end": gap - start, "centre": gap / 2}[style.align]
            for segment in self._arranged(line):
                yield x + segment.x, y, segment
            y -= style.leading

    def _arranged(self, line: Line) -> list[Segment]:
        """Return the segments of a line in reading order, placed as their scripts run."""
        text = "".join(segment.text for segment in line.segments)
        if not self.rtl and not bidi.RIGHT_TO_LEFT.search(text):
            return line.segments
        return self._reordered(line, bidi.levels(text, rtl=self.rtl))

    def _reordered(self, line: Line, levels: list[int]) -> list[Segment]:
        items: list[tuple[int, Run, str]] = []
        for segment in line.segments:
            here, levels = levels[: len(segment.text)], levels[len(segment.text) :]
            index = 0
            for level, group in groupby(here):
                end = index + len(list(group))
                items.append((level, segment.run, segment.text[index:end]))
                index = end
        # The blank at the end of a line is drawn beyond its edge, where nothing stands.
        widths = [self._metrics.width(text, run.glyphs.font, run.glyphs.size) for _, run, text in items]
        placed: dict[int, list[Segment]] = {}
        x = min(0.0, line.width - sum(widths)) if self.rtl else 0.0
        for index in bidi.visual_order([level for level, _, _ in items]):
            level, run, text = items[index]
            placed[index] = self._spelled(run, text, x, widths[index], is_rtl=level % 2 == 1)
            x += widths[index]
        return [segment for index in range(len(items)) for segment in placed[index]]

    def _spelled(self, run: Run, text: str, x: float, width: float, *, is_rtl: bool) -> list[Segment]:
        """Return a stretch of one direction: letter by letter where it runs from right to left."""
        if not is_rtl:
            return [Segment(run, text, x, width)]
        segments: list[Segment] = []
        end = x + width
        for cluster in bidi.clusters(text):
            width = self._metrics.width(cluster, run.glyphs.font, run.glyphs.size)
            end -= width
            segments.append(Segment(run, cluster, end, width))
        return segments

    def _draw_lines(self, x: float, y: float, segment: Segment) -> None:
        run, size = segment.run, segment.run.glyphs.size
        if run.underline:
            self.canv.box(x, y - size * 0.16, segment.width, 0.55, run.glyphs.colour)
        if run.strike:
            self.canv.box(x, y + size * 0.24, segment.width, 0.7, run.glyphs.colour)

    def _chunks(self) -> Iterator[_Chunk]:
        parts: list[tuple[Run, str, float]] = []
        for run in self.runs:
            glyphs = run.glyphs
            for index, part in enumerate(_TOKEN.findall(glyphs.text)):
                alone = part[0] in " \n"
                if parts and (alone or index):
                    yield _Chunk(tuple(parts))
                    parts.clear()
                width = 0.0 if part == "\n" else self._metrics.width(part, glyphs.font, glyphs.size)
                parts.append((run, part, width))
                if alone:
                    yield _Chunk(tuple(parts))
                    parts.clear()
        if parts:
            yield _Chunk(tuple(parts))


def _broken(chunks: Iterator[_Chunk], width: float, metrics: Metrics) -> list[Line]:
    """Fill lines from first to last."""
    lines = [Line()]
    blank: _Chunk | None = None
    for chunk in chunks:
        if chunk.is_break:
            lines.append(Line())
            blank = None
        elif chunk.is_blank:
            blank = chunk
        else:
            line = lines[-1]
            if line.segments and line.width + (blank.width if blank else 0) + chunk.width > width + 1e-6:
                # The blank stays, or the words around the line's end would be one to whoever reads the characters.
                if blank:
                    _add_blank(line, blank)
                lines.append(Line())
            elif blank:
                _add(lines[-1], blank)
            blank = None
            if chunk.width > width:
                _add_long(lines, chunk, width, metrics)
            else:
                _add(lines[-1], chunk)
    return lines


def _add(line: Line, chunk: _Chunk) -> None:
    for run, text, width in chunk.parts:
        line.add(run, text, width)


def _add_blank(line: Line, blank: _Chunk) -> None:
    run, _, _ = blank.parts[0]
    line.add(run, " ", 0.0)


def _add_long(lines: list[Line], chunk: _Chunk, width: float, metrics: Metrics) -> None:
    """Break what is wider than a line wherever it has to."""
    for run, text, _ in chunk.parts:
        widths = metrics.of(run.glyphs.font)
        scale = run.glyphs.size / 1000
        start, taken = 0, 0.0
        for index, char in enumerate(text):
            step = widths[char] * scale
            if lines[-1].width + taken + step > width and (index > start or lines[-1].segments):
                if index > start:
                    lines[-1].add(run, text[start:index], taken)
                lines.append(Line())
                start, taken = index, 0.0
            taken += step
        lines[-1].add(run, text[start:], taken)


def _joined_links(placed: list[tuple[float, float, Segment]]) -> Iterator[tuple[float, float, Segment]]:
    """Yield the segments that lead somewhere; neighbours of one link on one line joined."""
    last: tuple[float, float, Segment] | None = None
    for x, y, segment in placed:
        if segment.run.url is None:
            continue
        element = segment.run.glyphs.element
        if last and last[1] == y and last[2].run.glyphs.element is element:
            whole = Segment(segment.run, last[2].text + segment.text, 0, x + segment.width - last[0])
            last = last[0], y, whole
            continue
        if last:
            yield last
        last = x, y, segment
    if last:
        yield last
