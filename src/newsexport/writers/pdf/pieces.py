"""What pages are stacked from: ReportLab flowables that know how to break."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlab.platypus.flowables import Flowable

from newsexport.writers.pdf import theme
from newsexport.writers.pdf._reportlab import Canvas
from newsexport.writers.pdf.ink import Raster
from newsexport.writers.pdf.syntax import Colour
from newsexport.writers.pdf.tags import Element


class Piece(Flowable):
    """Something with a height that stands in a column.

    Attributes:
        canv: Where it draws, while it does.
        before: Space above; of two neighbours' spaces only the larger counts.
        after: Space below.
        keep: True to stay on a page with the beginning of what follows.
    """

    canv: Canvas

    def __init__(self, before: float = 0, after: float = 0, keep: bool = False) -> None:
        super().__init__()
        self.before = before
        self.after = after
        self.keep = keep

    def getSpaceBefore(self) -> float:  # noqa: N802 - ReportLab's name
        """Return `before`."""
        return self.before

    def getSpaceAfter(self) -> float:  # noqa: N802 - ReportLab's name
        """Return `after`."""
        return self.after

    def split(self, availWidth: float, availHeight: float) -> list[Piece]:  # noqa: N803 - ReportLab's names
        """Return the part that fits the height and the rest; nothing when no part of it does."""
        return []

    def apart(self, width: float) -> list[Piece]:
        """Return smaller pieces in place of one that is too high for a page and cannot be split."""
        return []

    def widths(self) -> tuple[float, float]:
        """Return the least width that breaks no word, and the width that breaks no line."""
        return theme.LEAST_WIDTH, 3 * theme.LEAST_WIDTH


def stacked(pieces: Sequence[Piece], width: float) -> tuple[list[float], float]:
    """Return the distance from the top to the bottom of each piece, and the height of them all."""
    bottoms: list[float] = []
    y = 0.0
    after = 0.0
    for index, piece in enumerate(pieces):
        y += max(after, piece.before) if index else 0
        y += piece.wrap(width, 1e6)[1]
        bottoms.append(y)
        after = piece.after
    return bottoms, y


def draw_stack(pieces: Sequence[Piece], canvas: Canvas, x: float, top: float, width: float) -> None:
    """Draw pieces one below the other."""
    bottoms, _ = stacked(pieces, width)
    for piece, bottom in zip(pieces, bottoms, strict=True):
        piece.drawOn(canvas, x, top - bottom)


class Rule(Piece):
    """A line across the column.

    Attributes:
        share: Of the width of the column, 0 to 1.
    """

    def __init__(
        self,
        thickness: float,
        colour: Colour,
        *,
        before: float = 0,
        after: float = 0,
        share: float = 1,
        keep: bool = False,
    ) -> None:
        super().__init__(before, after, keep)
        self.thickness = thickness
        self.colour = colour
        self.share = share

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Return its size."""
        self.width = availWidth
        return availWidth, self.thickness

    def draw(self) -> None:
        """Draw it in the middle of the column."""
        across = self.width * self.share
        if self.thickness:
            self.canv.box((self.width - across) / 2, 0, across, self.thickness, self.colour)


class Picture(Piece):
    """A raster picture as large as the column and `limit` allow, but never coarser than 72 pixels an inch.

    Attributes:
        limit: Greatest height.
    """

    def __init__(self, raster: Raster, element: Element | None, limit: float, *, after: float, keep: bool) -> None:
        super().__init__(4, after, keep)
        self.raster = raster
        self.element = element
        self.limit = limit

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Return its size."""
        pixels = self.raster
        scale = min(availWidth / pixels.width, self.limit / pixels.height, 1.0)
        self.width, self.height = pixels.width * scale, pixels.height * scale
        return self.width, self.height

    def draw(self) -> None:
        """Draw it."""
        self.canv.picture(self.raster, self.width, self.height, self.element)

    def widths(self) -> tuple[float, float]:
        """Return widths for a table's columns."""
        return theme.LEAST_WIDTH, min(float(self.raster.width), 3 * theme.LEAST_WIDTH)


class Start(Piece):
    """The point from which the running head says something else.

    Attributes:
        head: What it says.
    """

    def __init__(self, head: str) -> None:
        super().__init__(keep=True)
        self.head = head

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Return no size."""
        return 0, 0

    def draw(self) -> None:
        """Say it."""
        self.canv.head = self.head


class NewPage(Piece):
    """The end of a page."""


class Inset(Piece):
    """A piece within its surroundings: insets, spaces, a tint, a bar at its side, a label before it.

    A box that may break over pages is a row of these, one for each piece in it, without space between them.

    Attributes:
        left: Inset.
        right: Inset.
        above: Space within, over the piece.
        below: Space within, under the piece.
        tint: Colour behind it; None for none.
        bar: Colour of a bar along its inset; None for none.
        label: Stands in the inset at the height of the first line.
        rtl: True when bar and label stand on the right.
    """

    def __init__(
        self,
        piece: Piece,
        left: float = 0,
        right: float = 0,
        *,
        above: float | None = None,
        below: float | None = None,
        tint: Colour | None = None,
        bar: Colour | None = None,
        label: Piece | None = None,
        rtl: bool = False,
    ) -> None:
        before = piece.before if above is None else 0
        after = piece.after if below is None else 0
        super().__init__(before, after, piece.keep)
        self._is_boxed = above is not None
        self.piece = piece
        self.left = left
        self.right = right
        self.above = above or 0
        self.below = below or 0
        self.tint = tint
        self.bar = bar
        self.label = label
        self.rtl = rtl

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Return the whole width and the height with the spaces within."""
        self.width = availWidth
        _, height = self.piece.wrap(self._inner(availWidth), availHeight)
        self.height = height + self.above + self.below
        return availWidth, self.height

    def draw(self) -> None:
        """Draw the surroundings, the label, the piece."""
        if self.tint:
            self.canv.box(0, 0, self.width, self.height, self.tint)
        left, right = self._insets(self.width)
        if self.bar:
            self.canv.box(self.width - 2.5 if self.rtl else 0, 0, 2.5, self.height, self.bar)
        if self.label:
            inset = right if self.rtl else left
            _, height = self.label.wrap(inset, self.height)
            x = self.width - inset if self.rtl else 0
            self.label.drawOn(self.canv, x, self.height - self.above - height)
        self.piece.drawOn(self.canv, left, self.below)

    def split(self, availWidth: float, availHeight: float) -> list[Piece]:  # noqa: N803
        """Split the piece within."""
        parts = self.piece.split(self._inner(availWidth), availHeight - self.above)
        return self._around(parts)

    def apart(self, width: float) -> list[Piece]:
        """Take the piece within apart."""
        return self._around(self.piece.apart(self._inner(width)))

    def _around(self, parts: Sequence[Piece]) -> list[Piece]:
        framed: list[Piece] = []
        for index, part in enumerate(parts):
            above = below = None
            if self._is_boxed:
                above = self.above if index == 0 else part.before
                below = self.below if index == len(parts) - 1 else part.after
            label = self.label if index == 0 else None
            insets = self.left, self.right
            framed.append(
                Inset(part, *insets, above=above, below=below, tint=self.tint, bar=self.bar, label=label, rtl=self.rtl)
            )
        if framed:
            framed[0].before = self.before
            framed[-1].after = self.after
        return framed

    def widths(self) -> tuple[float, float]:
        """Return those of the piece and the insets."""
        least, natural = self.piece.widths()
        return least + self.left + self.right, natural + self.left + self.right

    def _insets(self, width: float) -> tuple[float, float]:
        """Return the insets, made smaller where nesting leaves too little room."""
        wanted = self.left + self.right
        room = max(0.0, width - theme.LEAST_WIDTH)
        scale = min(1.0, room / wanted) if wanted else 1.0
        return self.left * scale, self.right * scale

    def _inner(self, width: float) -> float:
        return width - sum(self._insets(width))


def boxed(
    pieces: Sequence[Piece], inset: float, padding: float, tint: Colour | None, bar: Colour | None, rtl: bool
) -> list[Piece]:
    """Return pieces with one tint or bar behind them all."""
    framed: list[Piece] = []
    for index, piece in enumerate(pieces):
        above = padding if index == 0 else max(0.0, piece.before - pieces[index - 1].after)
        below = padding if index == len(pieces) - 1 else piece.after
        framed.append(Inset(piece, inset, inset, above=above, below=below, tint=tint, bar=bar, rtl=rtl))
    if framed:
        framed[0].before = 10
        framed[-1].after = 12
    return framed


class Kept(Piece):
    """Pieces that begin on one page: headings with the text below, pictures with their captions."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        super().__init__(pieces[0].before, pieces[-1].after)
        self.pieces = list(pieces)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Return the size of them all."""
        self.width = availWidth
        self.height = stacked(self.pieces, availWidth)[1]
        return availWidth, self.height

    def draw(self) -> None:
        """Draw them."""
        draw_stack(self.pieces, self.canv, 0, self.height, self.width)

    def split(self, availWidth: float, availHeight: float) -> list[Piece]:  # noqa: N803
        """Split the last of them, if all others fit."""
        *others, last = self.pieces
        _, height = stacked(others, availWidth)
        parts = last.split(availWidth, availHeight - height - max(others[-1].after, last.before))
        return [Kept([*others, parts[0]]), *parts[1:]] if parts else []

    def apart(self, width: float) -> list[Piece]:
        """Return them one by one."""
        return self.pieces


def kept(pieces: Iterable[Piece]) -> list[Piece]:
    """Return pieces with those joined that must begin on one page."""
    result: list[Piece] = []
    group: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, NewPage):
            result += [*group, piece]
            group = []
            continue
        group.append(piece)
        if not piece.keep:
            result.append(group[0] if len(group) == 1 else Kept(group))
            group = []
    return result + group
