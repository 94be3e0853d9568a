"""HTML: a page that stands by itself, or an article to put into one.

Source: HTML Living Standard; schema.org 29, NewsArticle.
"""

from __future__ import annotations

from typing import Final

from newsexport.model.edition import Document
from newsexport.spi import Context, Format, Request
from newsexport.writers.html.options import HtmlOptions
from newsexport.writers.html.page import fragment, page

__all__ = ["HtmlOptions", "HtmlWriter"]


class HtmlWriter:
    """Writes one file that needs no other."""

    format: Final = Format(name="html", media_type="text/html", suffix=".html", title="HTML")
    options_type: Final = HtmlOptions

    def requires(self, document: Document, options: HtmlOptions) -> tuple[Request, ...]:
        """Return nothing: a page stands by itself."""
        return ()

    def write(self, document: Document, options: HtmlOptions, context: Context) -> bytes:
        """Return the page, or the fragment, in UTF-8."""
        make = page if options.page else fragment
        return make(document, options, context).encode()
