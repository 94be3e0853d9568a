"""Tables: those of data, and those that only lay out what they hold."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from newsexport.kit.html.frames import Frame
from newsexport.kit.html.inlines import Attributes
from newsexport.kit.html.pieces import Piece, captioned, settled
from newsexport.model import Block, Cell, Figure, Heading, Inline, Paragraph, Row, Table
from newsexport.model.walk import block_text

Part: TypeAlias = Literal["head", "body", "foot"]
_PARTS: Final[dict[str, Part]] = {"thead": "head", "tbody": "body", "tfoot": "foot"}
_LAYOUT_ROLES: Final = frozenset({"presentation", "none"})
_MOST_COLUMNS: Final = 1000
_MOST_ROWS: Final = 65534
# A cell with more than this is a column of a page.
_MOST_BLOCKS: Final = 3
_LONGEST: Final = 600


class TableFrame(Frame):
    """A table whose cells come in.

    Attributes:
        holds_tables: True when a cell holds another table.
    """

    def __init__(self, attributes: Attributes) -> None:
        super().__init__()
        self._is_layout = (attributes.get("role") or "").lower() in _LAYOUT_ROLES
        self._part: Part = "body"
        self._rows: dict[Part, list[list[Cell]]] = {"head": [], "body": [], "foot": []}
        self._caption: tuple[Inline, ...] = ()
        self._has_marks = False
        self._captions: list[Cell] = []
        self.holds_tables = False

    def take_caption(self, content: tuple[Inline, ...]) -> bool:
        """Take the caption."""
        self._caption = content
        self._has_marks = True
        return True

    def part_of(self, tag: str | None) -> None:
        """Go to another part of the table; None for the body."""
        self._part = _PARTS.get(tag or "", "body")
        self._has_marks = self._has_marks or self._part != "body"

    def row(self) -> None:
        """Begin a row."""
        self._rows[self._part].append([])

    def cell(self, cell: Cell, *, is_caption: bool) -> None:
        """Take a cell; one that is a caption is that of the picture in the cell before."""
        rows = self._rows[self._part]
        if not rows:
            rows.append([])
        rows[-1].append(cell)
        self._has_marks = self._has_marks or cell.header
        if is_caption:
            self._captions.append(cell)

    def close(self, parent: Frame) -> None:
        """Add the table, or what it lays out."""
        self.flush()
        parts = {part: [tuple(row) for row in rows if row] for part, rows in self._rows.items()}
        rows = [row for found in parts.values() for row in found]
        if not rows:
            if self._caption:
                parent.add(Paragraph(self._caption))
        elif self._lays_out(rows):
            parent.add(*self._laid_out(rows))
            if self._caption:
                parent.add(Paragraph(self._caption))
        else:
            head, body = _parted(parts["head"], parts["body"])
            parent.add(Table(tuple(head), tuple(body), tuple(parts["foot"]), self._caption))
        parent.add(*self.blocks())

    def _lays_out(self, rows: list[Row]) -> bool:
        """Tell whether the table holds no data: it says so, or its cells hold what cells of data do not."""
        if self._is_layout:
            return True
        if self._has_marks:
            return False
        cells = [cell for row in rows for cell in row]
        columns = max(map(len, rows))
        return (
            columns == 1
            or self.holds_tables
            or any(_is_long(cell) for cell in cells)
            or (columns == 2 and any(isinstance(block, Figure) for cell in cells for block in cell.blocks))
        )

    def _laid_out(self, rows: list[Row]) -> tuple[Block, ...]:
        """Return the content of all cells, one below the other."""
        pieces: list[Piece] = []
        for cell in (cell for row in rows for cell in row):
            last = pieces[-1] if pieces else None
            is_caption = any(cell is each for each in self._captions)
            match cell.blocks:
                case (Paragraph(content=content),) if is_caption and isinstance(last, Figure):
                    pieces[-1] = captioned(last, content)
                case _:
                    pieces += cell.blocks
        return settled(pieces)


class CellFrame(Frame):
    """A cell of a table."""

    def __init__(self, tag: str, attributes: Attributes, *, is_caption: bool) -> None:
        super().__init__()
        self._header = tag == "th"
        self._colspan = _span(attributes.get("colspan"), _MOST_COLUMNS)
        self._rowspan = _span(attributes.get("rowspan"), _MOST_ROWS)
        self._is_caption = is_caption

    def close(self, parent: Frame) -> None:
        """Give the cell to its table; without one it is no cell."""
        blocks = self.blocks()
        if isinstance(parent, TableFrame):
            cell = Cell(blocks, colspan=self._colspan, rowspan=self._rowspan, header=self._header)
            parent.cell(cell, is_caption=self._is_caption)
        else:
            parent.add(*blocks)


def _span(value: str | None, most: int) -> int:
    """Return a span; HTML reads what is none, and 0 columns, as 1."""
    text = (value or "").strip()
    return min(int(text), most) if text.isdecimal() and len(text) < 9 and int(text) else 1


def _is_long(cell: Cell) -> bool:
    if any(isinstance(block, Heading | Table) for block in cell.blocks):
        return True
    return len(cell.blocks) > _MOST_BLOCKS or sum(len(block_text(block)) for block in cell.blocks) > _LONGEST


def _parted(head: list[Row], body: list[Row]) -> tuple[list[Row], list[Row]]:
    """Take rows of nothing but header cells on top of the body for the head."""
    if head:
        return head, body
    depth = 0
    while depth < len(body) - 1 and all(cell.header for cell in body[depth]):
        depth += 1
    return body[:depth], body[depth:]
