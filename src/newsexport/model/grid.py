"""The grid of a table: which cell covers which fields.

Each part of a table (head, body, foot) is a grid of its own: no cell reaches from one into another.
Source: HTML Living Standard, "Forming a table", for one row group.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from newsexport.model.nodes import Cell, Row


def placed(rows: tuple[Row, ...]) -> list[list[tuple[int, Cell]]]:
    """Return the cells of each row with the column each starts in, counted from 0.

    Spans are cut where they would leave the part or run into a cell that hangs from above.
    """
    taken: set[tuple[int, int]] = set()
    result: list[list[tuple[int, Cell]]] = []
    for index, row in enumerate(rows):
        column = 0
        line: list[tuple[int, Cell]] = []
        for cell in row:
            while (index, column) in taken:
                column += 1
            across = 1
            while across < cell.colspan and (index, column + across) not in taken:
                across += 1
            down = min(cell.rowspan, len(rows) - index)
            taken.update((index + y, column + x) for y in range(down) for x in range(across))
            if (across, down) != (cell.colspan, cell.rowspan):
                cell = structs.replace(cell, colspan=across, rowspan=down)
            line.append((column, cell))
            column += across
        result.append(line)
    return result


def width(rows: tuple[Row, ...]) -> int:
    """Return the number of columns."""
    return max((column + cell.colspan for line in placed(rows) for column, cell in line), default=0)


def rectangular(rows: tuple[Row, ...], columns: int) -> tuple[Row, ...]:
    """Return the rows with spans cut and empty cells added, so that each covers as many columns.

    That many are `columns`, or more where the rows are wider. An equal value when nothing needs doing.
    """
    lines = placed(rows)
    columns = max(columns, width(rows))
    free = [set(range(columns)) for _ in rows]
    for index, line in enumerate(lines):
        for column, cell in line:
            for covered in free[index : index + cell.rowspan]:
                covered.difference_update(range(column, column + cell.colspan))
    for line, gaps in zip(lines, free, strict=True):
        line.extend((column, Cell()) for column in gaps)
        line.sort(key=lambda entry: entry[0])
    return tuple(tuple(cell for _, cell in line) for line in lines)


def area(parts: Iterable[tuple[Row, ...]]) -> int:
    """Return an upper bound of the fields covered by the cells of a table."""
    return sum(
        len(rows) * max((sum(cell.colspan for cell in row) for row in rows), default=0)
        + sum(cell.colspan * min(cell.rowspan, len(rows)) for row in rows for cell in row)
        for rows in parts
    )


def without_spans(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return the rows with every cell covering one field."""
    return tuple(tuple(structs.replace(cell, colspan=1, rowspan=1) for cell in row) for row in rows)


def without_empty_rows(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Drop rows without cells, unless a cell from above may cover them."""
    if any(cell.rowspan > 1 for row in rows for cell in row):
        return rows
    return tuple(row for row in rows if row) if not all(rows) else rows
