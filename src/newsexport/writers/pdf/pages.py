"""Pieces onto pages, and what every page has at its head and foot."""

from __future__ import annotations

from collections.abc import Iterable

from reportlab.platypus.frames import Frame

from newsexport.errors import WriterError
from newsexport.kit import fonts
from newsexport.kit.fonts import Face
from newsexport.kit.labels import labels
from newsexport.writers.pdf import theme
from newsexport.writers.pdf._reportlab import Canvas
from newsexport.writers.pdf.ink import Glyphs, Placed
from newsexport.writers.pdf.pieces import NewPage, Piece, kept


class Pages:
    """Puts pieces on pages.

    Attributes:
        width: Of the column.
        height: Of the column.
    """

    def __init__(self, size: tuple[float, float], margin: float) -> None:
        self._size = size
        self._margin = margin
        self.width = size[0] - 2 * margin
        self.height = size[1] - 2 * margin - theme.HEAD - theme.FOOT

    def fill(self, pieces: Iterable[Piece], canvas: Canvas) -> None:
        """Draw all pieces, on as many pages as they take.

        Raises:
            WriterError: a piece is higher than a page, and no part of it is not.
        """
        waiting = list(reversed(kept(pieces)))
        frame = self._frame()
        is_fresh = True
        while waiting:
            piece = waiting.pop()
            if isinstance(piece, NewPage):
                if not is_fresh:
                    frame, is_fresh = self._turn(canvas), True
                continue
            if frame.add(piece, canvas, 1):
                is_fresh = False
                continue
            parts = frame.split(piece, canvas)
            if parts and frame.add(parts[0], canvas, 1):
                is_fresh = False
                waiting += reversed(parts[1:])
            elif self._fits_a_page(piece):
                waiting.append(piece)
                frame, is_fresh = self._turn(canvas), True
            else:
                smaller = piece.apart(self.width)
                if not smaller:
                    raise WriterError(f"a {type(piece).__name__.lower()} is higher than a page", "use a smaller margin")
                waiting += reversed(smaller)
        if not canvas.is_blank:
            self._turn(canvas)

    def furnish(self, canvas: Canvas, language: str) -> None:
        """Add the running head and the page number to all pages."""
        word = labels(language).words["page"]
        last = len(canvas.heads)
        top = self._size[1] - self._margin - theme.FURNITURE.leading
        for page, head in enumerate(canvas.heads):
            pieces = self._line(head, top, canvas, is_end=False)
            pieces += self._line(f"{word} {page + 1}/{last}", self._margin, canvas, is_end=True)
            canvas.add_text(page, pieces)

    def _fits_a_page(self, piece: Piece) -> bool:
        """Tell whether a page of its own would hold a piece, or the first part of it."""
        return piece.wrap(self.width, self.height)[1] <= self.height or bool(piece.split(self.width, self.height))

    def _frame(self) -> Frame:
        bottom = self._margin + theme.FOOT
        # ReportLab's default for the last two would be read from its process-wide settings.
        return Frame(self._margin, bottom, self.width, self.height, 0, 0, 0, 0, showBoundary=0, overlapAttachedSpace=1)

    def _turn(self, canvas: Canvas) -> Frame:
        rule = self._size[1] - self._margin - theme.FURNITURE.leading - 6
        canvas.box(self._margin, rule, self.width, 0.5, theme.RULE)
        canvas.showPage()
        return self._frame()

    def _line(self, text: str, y: float, canvas: Canvas, *, is_end: bool) -> list[Placed]:
        style = theme.FURNITURE
        runs = fonts.runs(text, Face(style.family, style.bold, style.italic))
        widths = [canvas.metrics.width(part, font, style.size) for font, part in runs]
        x = self._margin + (self.width - sum(widths) if is_end else 0)
        placed: list[Placed] = []
        for (font, part), width in zip(runs, widths, strict=True):
            placed.append(Placed(x, y, Glyphs(part, font, style.size, style.colour)))
            x += width
        return placed
