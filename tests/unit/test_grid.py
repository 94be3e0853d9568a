"""The grid of a table."""

from newsexport.model import Cell
from newsexport.model.grid import placed, rectangular, width
from stories import cell


def test_cells_move_right_of_those_that_hang_from_above() -> None:
    rows = ((cell("a", rowspan=2), cell("b")), (cell("c"),))
    assert [[column for column, _ in line] for line in placed(rows)] == [[0, 1], [1]]


def test_span_stops_at_a_hanging_cell() -> None:
    rows = ((cell("a"), cell("b", rowspan=2)), (cell("c", colspan=3),))
    (column, cut), *_ = placed(rows)[1]
    assert (column, cut.colspan) == (0, 1)


def test_rowspan_stays_within_its_part() -> None:
    assert placed(((cell("a", rowspan=9),),))[0][0][1].rowspan == 1


def test_width_counts_spans() -> None:
    assert width(((cell("a", colspan=2), cell("b")), (cell("c"),))) == 3


def test_gaps_are_filled_in_place() -> None:
    rows = ((cell("a"), cell("b"), cell("c", rowspan=2)), (cell("d"),))
    assert rectangular(rows, 0) == ((cell("a"), cell("b"), cell("c", rowspan=2)), (cell("d"), Cell()))


def test_rectangular_rows_stay_equal() -> None:
    rows = ((cell("a", colspan=2),), (cell("b"), cell("c")))
    assert rectangular(rows, 2) == rows
