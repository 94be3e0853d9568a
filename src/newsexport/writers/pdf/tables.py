"""Tables: columns as wide as their words, rows that break over pages below a repeated head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from newsexport.model import Table as TableNode
from newsexport.model.grid import placed
from newsexport.model.walk import block_text
from newsexport.writers.pdf import theme
from newsexport.writers.pdf.pieces import Piece, draw_stack, stacked
from newsexport.writers.pdf.syntax import Colour

_PADDING_ACROSS: Final = 5.0
_PADDING_DOWN: Final = 3.5
_NUMBER: Final = re.compile(r"[\s\d.,%+\-–−()$€£¥]*\d[\s\d.,%+\-–−()$€£¥]*|[–—-]?")


class CellBox(Struct, frozen=True):
    """A cell in its place.

    Attributes:
        row: Counted from 0 within its band.
        column: Counted from 0.
        down: Rows covered.
        across: Columns covered.
        pieces: What it holds.
    """

    row: int
    column: int
    down: int
    across: int
    pieces: tuple[Piece, ...]


class Band(Struct, frozen=True):
    """Rows that no page break may part, since a cell reaches over them.

    Attributes:
        rows: How many.
        cells: In reading order.
        rule: Thickness of the line above.
        colour: Of that line.
    """

    rows: int
    cells: tuple[CellBox, ...]
    rule: float = 0.4
    colour: Colour = theme.RULE

    def heights(self, widths: Sequence[float]) -> list[float]:
        """Return the height of each row; what a cell needs beyond its rows is added to the last of them."""
        heights = [0.0] * self.rows
        for cell in sorted(self.cells, key=lambda cell: cell.down):
            inner = sum(widths[cell.column : cell.column + cell.across]) - 2 * _PADDING_ACROSS
            needed = stacked(cell.pieces, inner)[1] + 2 * _PADDING_DOWN
            last = cell.row + cell.down - 1
            heights[last] += max(0.0, needed - sum(heights[cell.row : last + 1]))
        return heights

    def pieces(self) -> list[Piece]:
        """Return what the cells hold, one below the other."""
        return [piece for cell in self.cells for piece in cell.pieces]


class Table(Piece):
    """A table.

    Attributes:
        columns: How many.
        head: The rows repeated on each page.
        bands: All others.
        is_continued: True for all parts but the first: the head was read before.
        rtl: True when the first column stands on the right.
    """

    def __init__(
        self, columns: int, head: Band, bands: Sequence[Band], *, is_continued: bool = False, rtl: bool = False
    ) -> None:
        super().__init__(before=4, after=12)
        self.columns = columns
        self.head = head
        self.bands = list(bands)
        self.is_continued = is_continued
        self.rtl = rtl
        self._widths: list[float] = []
        self._heights: list[list[float]] = []

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Return the size: always the whole width."""
        if not self._widths or self.width != availWidth:
            self.width = availWidth
            self._widths = self._widths_of_columns(availWidth)
            self._heights = [band.heights(self._widths) for band in self._all()]
        self.height = sum(map(sum, self._heights)) + 1.2
        return availWidth, self.height

    def draw(self) -> None:
        """Draw rules and cells."""
        top = self.height
        for index, (band, heights) in enumerate(zip(self._all(), self._heights, strict=True)):
            rule = band.rule if index else 1.2
            self.canv.box(0, top - rule / 2, self.width, rule, band.colour if index else theme.INK)
            if index == 0 and self.is_continued:
                with self.canv.artifacts():
                    self._draw_band(band, heights, top)
            else:
                self._draw_band(band, heights, top)
            top -= sum(heights)
        self.canv.box(0, 0, self.width, 0.8, theme.INK)

    def split(self, availWidth: float, availHeight: float) -> list[Piece]:  # noqa: N803
        """Split between bands, at least one of them on each side."""
        self.wrap(availWidth, availHeight)
        left = availHeight - sum(self._heights[0]) - 1.2
        count = 0
        for heights in self._heights[1:-1]:
            left -= sum(heights)
            if left < 0:
                break
            count += 1
        if not count:
            return []
        first = self._part(self.bands[:count], is_continued=self.is_continued)
        first.before, first.after, first._widths = self.before, 0, self._widths
        first.width, first._heights = availWidth, self._heights[: count + 1]
        rest = self._part(self.bands[count:], is_continued=True)
        rest.width, rest._widths = availWidth, self._widths
        rest._heights = [self._heights[0], *self._heights[count + 1 :]]
        return [first, rest]

    def apart(self, width: float) -> list[Piece]:
        """Return what the first rows hold, one piece below the other, then the rest as a table."""
        head = [] if self.is_continued else self.head.pieces()
        first = self.bands[0].pieces() if self.bands else []
        rest: list[Piece] = [self._part(self.bands[1:], is_continued=True)] if len(self.bands) > 1 else []
        return [*head, *first, *rest]

    def flat(self) -> list[Piece]:
        """Return what all cells hold, one below the other: for tables with more columns than a page can have."""
        return [piece for band in self._all() for piece in band.pieces()]

    def _all(self) -> list[Band]:
        return [self.head, *self.bands]

    def _part(self, bands: Sequence[Band], *, is_continued: bool) -> Table:
        return Table(self.columns, self.head, bands, is_continued=is_continued, rtl=self.rtl)

    def _draw_band(self, band: Band, heights: Sequence[float], top: float) -> None:
        for cell in band.cells:
            x = sum(self._widths[: cell.column])
            width = sum(self._widths[cell.column : cell.column + cell.across])
            if self.rtl:
                x = self.width - x - width
            y = top - sum(heights[: cell.row]) - _PADDING_DOWN
            draw_stack(cell.pieces, self.canv, x + _PADDING_ACROSS, y, width - 2 * _PADDING_ACROSS)

    def _widths_of_columns(self, available: float) -> list[float]:
        """Share the width: each column gets its longest word, then in proportion to its longest line.

        Source: CSS 2.1, 17.5.2.2 "Automatic table layout".
        """
        least = [2 * _PADDING_ACROSS + 8.0] * self.columns
        natural = list(least)
        cells = [cell for band in self._all() for cell in band.cells]
        for cell in sorted(cells, key=lambda cell: cell.across):
            needs = [piece.widths() for piece in cell.pieces]
            for widths, need in zip((least, natural), _most(needs), strict=True):
                _widen(widths, cell.column, cell.across, need + 2 * _PADDING_ACROSS)
        if sum(least) >= available:
            return [width * available / sum(least) for width in least]
        spare = available - sum(least)
        wishes = [wish - width + 1.0 for wish, width in zip(natural, least, strict=True)]
        return [width + spare * wish / sum(wishes) for width, wish in zip(least, wishes, strict=True)]


class Columns(Piece):
    """Stacks of pieces side by side, of one width."""

    def __init__(self, stacks: Sequence[Sequence[Piece]], *, gap: float = 14, rtl: bool = False) -> None:
        super().__init__(after=8)
        self.stacks = stacks
        self.gap = gap
        self.rtl = rtl

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Return the whole width and the height of the highest stack."""
        self.width = availWidth
        self.height = max(stacked(stack, self._column())[1] for stack in self.stacks)
        return availWidth, self.height

    def draw(self) -> None:
        """Draw the stacks in reading order."""
        column = self._column()
        for index, stack in enumerate(self.stacks):
            x = index * (column + self.gap)
            draw_stack(stack, self.canv, self.width - column - x if self.rtl else x, self.height, column)

    def apart(self, width: float) -> list[Piece]:
        """Return the pieces one below the other."""
        return [piece for stack in self.stacks for piece in stack]

    def _column(self) -> float:
        count = len(self.stacks)
        return (self.width - self.gap * (count - 1)) / count


def bands(rows: int, cells: Iterable[CellBox], *, rule: float = 0.4, colour: Colour = theme.RULE) -> list[Band]:
    """Return rows in bands.

    Args:
        rows: How many there are.
        cells: In reading order, their rows counted from the first of these.
        rule: Thickness of the line above the first band.
        colour: Of that line.
    """
    by_row: list[list[CellBox]] = [[] for _ in range(rows)]
    for cell in cells:
        by_row[cell.row].append(cell)
    result: list[Band] = []
    start = 0
    end = 0
    for row, line in enumerate(by_row):
        end = max(end, row + 1, *(cell.row + cell.down for cell in line))
        if end == row + 1:
            members = (cell for each in by_row[start:end] for cell in each)
            moved = tuple(
                CellBox(cell.row - start, cell.column, cell.down, cell.across, cell.pieces) for cell in members
            )
            look = {} if result else {"rule": rule, "colour": colour}
            result.append(Band(end - start, moved, **look))  # type: ignore[arg-type]  # of two types
            start = end
    return result


def _most(needs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return max((least for least, _ in needs), default=0), max((natural for _, natural in needs), default=0)


def _widen(widths: list[float], column: int, across: int, needed: float) -> None:
    """Give the columns under a cell in equal shares what it needs beyond their widths."""
    lacking = (needed - sum(widths[column : column + across])) / across
    if lacking > 0:
        for index in range(column, column + across):
            widths[index] += lacking


def spans(across: int, down: int) -> dict[str, str]:
    """Return the attributes of a cell in the structure tree that covers more than one column or row."""
    spans = {"ColSpan": str(across)} if across > 1 else {}
    if down > 1:
        spans["RowSpan"] = str(down)
    return {"O": "/Table", **spans} if spans else {}


def columns_of_numbers(table: TableNode, columns: int) -> set[int]:
    """Return the columns that hold nothing but numbers below their head."""
    ends = set(range(columns))
    filled: set[int] = set()
    for rows in (table.body, table.foot):
        for line in placed(rows):
            for column, cell in line:
                text = "\n".join(map(block_text, cell.blocks))
                filled |= {column} if text else set()
                if not _NUMBER.fullmatch(text):
                    ends.difference_update(range(column, column + cell.colspan))
    return ends & filled
