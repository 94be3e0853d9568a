"""PDF: laid out by ReportLab, tagged as it is drawn, with embedded subsets of fonts that travel with the library.

The way of a document: `story` and `layout` make pieces of it and build the structure tree; `pages` stacks the pieces;
`_reportlab` draws, ties each mark to its element, and writes the file with what `metadata` says of it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

from newsexport.model import Document, Edition
from newsexport.spi import Context, Format, Request
from newsexport.writers.pdf import theme
from newsexport.writers.pdf._reportlab import Canvas
from newsexport.writers.pdf.metadata import describe
from newsexport.writers.pdf.options import PdfOptions
from newsexport.writers.pdf.pages import Pages
from newsexport.writers.pdf.story import Stories

__all__ = ["PdfOptions", "PdfWriter"]


class PdfWriter:
    """Writes PDF."""

    format: Final = Format(name="pdf", media_type="application/pdf", suffix=".pdf", title="PDF")
    options_type: Final = PdfOptions

    def requires(self, document: Document, options: PdfOptions) -> tuple[Request, ...]:
        """Return nothing: a PDF stands alone."""
        return ()

    def write(self, document: Document, options: PdfOptions, context: Context) -> bytes:
        """Make the PDF of a prepared document.

        Raises:
            WriterError: a character that no font has, in strict posture.
        """
        size = theme.page_size(options.page, document.language)
        canvas = Canvas(size, document.language)
        pages = Pages(size, options.margin)
        stories = Stories(context, canvas.metrics, pages.width, pages.height)
        logo = stories.logo(options.logo)
        if isinstance(document, Edition):
            pieces = stories.edition(document, canvas.root)
        else:
            pieces = stories.article(document, canvas.root)
        # The first piece names the page; what is seen comes after it.
        pages.fill([*pieces[:1], *logo, *pieces[1:]], canvas)
        canvas.fill_in_numbers()
        pages.furnish(canvas, document.language)
        said = describe(document)
        return canvas.finish(said.information(), said.packet(), _profile())


@cache
def _profile() -> bytes:
    return files("newsexport.writers.pdf").joinpath("data/srgb.icc").read_bytes()
