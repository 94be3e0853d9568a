"""Tables: a grid of columns, rows that know whether they are heads, cells that span.

Source: ISO/IEC 29500-1, 17.4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise
from typing import Final, TypeAlias

from newsexport.kit.xml import quote
from newsexport.model import Cell, Table
from newsexport.model.grid import placed
from newsexport.model.grid import width as grid_width
from newsexport.model.nodes import Row
from newsexport.model.walk import block_text, plain_text
from newsexport.writers.docx.styles import Style

WriteCell: TypeAlias = Callable[[Cell, Style, int], str]
"""Writes the blocks of a cell in the style of its paragraphs, in a column of so many twips."""

MOST_COLUMNS: Final = 63
"""Word opens no table with more."""
_PADDING: Final = 80
"""Twips left and right within a cell, as the style of the table says."""
_NARROWEST, _WIDEST = 6, 36
"""Characters between which the width of a column follows its longest cell."""


def width(table: Table) -> int:
    """Return the number of columns."""
    return max(grid_width(rows) for rows in (table.head, table.body, table.foot))


def markup(table: Table, style: str, room: int, indent: int, rtl: bool, write: WriteCell) -> str:
    """Return a table.

    Args:
        table: What to write.
        style: Id of its style.
        room: Its width, in twips.
        indent: How far it is set in, in twips.
        rtl: True to begin with the rightmost column.
        write: Writes the content of a cell.
    """
    columns = _columns(table, room)
    rows = [
        _row(line, columns, write, part)
        for part, cells in zip(("head", "body", "foot"), (table.head, table.body, table.foot), strict=True)
        for line in _lines(cells)
    ]
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    return f"<w:tbl>{_properties(table, style, room, indent, rtl)}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _properties(table: Table, style: str, room: int, indent: int, rtl: bool) -> str:
    named = bool(table.body) and all(row and row[0].header for row in table.body)
    columns = ", ".join(filter(None, (_text(cell) for row in table.head for cell in row)))
    parts = (
        f'<w:tblStyle w:val="{style}"/>',
        "<w:bidiVisual/>" if rtl else "",
        f'<w:tblW w:w="{room}" w:type="dxa"/>',
        f'<w:tblInd w:w="{indent}" w:type="dxa"/>' if indent else "",
        '<w:tblLayout w:type="fixed"/>',
        f'<w:tblLook w:val="{"04A0" if named else "0420"}" w:firstRow="1" w:lastRow="0" w:firstColumn="{int(named)}" '
        'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>',
        f'<w:tblCaption w:val="{quote(plain_text(table.caption))}"/>' if table.caption else "",
        f'<w:tblDescription w:val="{quote(columns)}"/>' if columns else "",
    )
    return f"<w:tblPr>{''.join(parts)}</w:tblPr>"


def _text(cell: Cell) -> str:
    return " ".join(block_text(block).replace("\n", " ") for block in cell.blocks)


def _columns(table: Table, room: int) -> list[int]:
    """Return the widths of the columns, in twips, after the length of what stands in them."""
    lengths = [_NARROWEST] * width(table)
    for rows in (table.head, table.body, table.foot):
        for line in placed(rows):
            for column, cell in line:
                if cell.colspan == 1:
                    lengths[column] = max(lengths[column], min(len(_text(cell)), _WIDEST))
    edges = [room * length // sum(lengths) for length in accumulate(lengths, initial=0)]
    return [right - left for left, right in pairwise(edges)]


def _lines(rows: tuple[Row, ...]) -> Iterator[list[tuple[int, Cell, str]]]:
    """Yield the fields of each row: column, cell, and ``restart`` or ``continue`` where cells span rows."""
    hanging: dict[int, tuple[Cell, int]] = {}
    for line in placed(rows):
        fields = [(column, cell, "continue") for column, (cell, _) in hanging.items()]
        hanging = {column: (cell, left - 1) for column, (cell, left) in hanging.items() if left > 1}
        for column, cell in line:
            fields.append((column, cell, "restart" if cell.rowspan > 1 else ""))
            if cell.rowspan > 1:
                hanging[column] = (cell, cell.rowspan - 1)
        yield sorted(fields, key=lambda entry: entry[0])


def _row(line: list[tuple[int, Cell, str]], columns: list[int], write: WriteCell, part: str) -> str:
    head = "<w:tblHeader/>" if part == "head" else ""
    cells = "".join(_cell(*field, columns, write, part) for field in line)
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>"


def _cell(column: int, cell: Cell, merged: str, columns: list[int], write: WriteCell, part: str) -> str:
    room = sum(columns[column : column + cell.colspan])
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    merge = f'<w:vMerge w:val="{merged}"/>' if merged else ""
    style = Style.TABLE_HEAD if cell.header else Style.TABLE_TOTAL if part == "foot" else Style.TABLE_TEXT
    shown = Cell() if merged == "continue" else cell
    content = write(shown, style, max(_PADDING, room - 2 * _PADDING))
    return f'<w:tc><w:tcPr><w:tcW w:w="{room}" w:type="dxa"/>{span}{merge}</w:tcPr>{content}</w:tc>'
