"""EPUB 3.3, accessible by construction, that systems for EPUB 2 can read as well.

Source: EPUB 3.3; EPUB Accessibility 1.1; W3C Recommendations.
"""

from __future__ import annotations

from datetime import UTC
from functools import cache
from importlib.resources import files
from typing import Final

from newsexport.errors import UnsupportedError, WriterError
from newsexport.kit.images import picture
from newsexport.kit.labels import banners, day, direction
from newsexport.model.edition import Document, Edition
from newsexport.model.media import Image
from newsexport.model.walk import articles, modified, stated_moment, title
from newsexport.spi import Context, Format, Request
from newsexport.writers.epub.book import Book, File
from newsexport.writers.epub.metadata import identifier, statements
from newsexport.writers.epub.options import EpubOptions
from newsexport.writers.epub.pages import Pages, cover_page

__all__ = ["EpubOptions", "EpubWriter"]

_GRAVE: Final = {"canceled", "withheld", "embargo"}


class EpubWriter:
    """Writes a publication of one article or of an edition."""

    format: Final = Format(name="epub", media_type="application/epub+zip", suffix=".epub", title="EPUB 3")
    options_type: Final = EpubOptions

    def requires(self, document: Document, options: EpubOptions) -> tuple[Request, ...]:
        """Return nothing: a publication stands by itself."""
        return ()

    def write(self, document: Document, options: EpubOptions, context: Context) -> bytes:
        """Return the publication.

        Raises:
            UnsupportedError: the edition has no articles.
            WriterError: EbookLib is not installed.
        """
        try:
            # 50 ms, and under a licence of its own: all else works without it.
            from newsexport.writers.epub._ebooklib import packed
        except ImportError as error:
            raise WriterError("EPUB needs EbookLib, which is not installed", "pip install EbookLib") from error

        if not articles(document):
            raise UnsupportedError("an edition without articles makes no EPUB", "add an article")
        return packed(_book(document, options, context))


def _book(document: Document, options: EpubOptions, context: Context) -> Book:
    pages = Pages(context)
    contents = pages.add(document)
    cover, own = _cover(document, context) if options.cover == "generated" else (None, None)
    has_pictures = bool(pages.pictures or cover)
    return Book(
        identifier=identifier(document),
        title=title(document),
        language=document.language,
        direction=direction(document.language, document.direction),
        modified=modified(document).astimezone(UTC),
        statements=statements(document, options, context, pictures=has_pictures),
        pages=(*([cover_page(document, cover, own)] if cover else []), *pages.files),
        contents=contents,
        pictures=pages.pictures,
        cover=cover,
        stylesheet=_stylesheet(),
    )


def _cover(document: Document, context: Context) -> tuple[File, Image | None]:
    """Return the cover, and the picture of the edition that it is; None when it was drawn."""
    own = document.cover if isinstance(document, Edition) else None
    found = picture(own, context) if own else None
    if own and found:
        return File("cover", f"images/cover{found.suffix}", found.media_type, found.data), own
    # Pillow takes 70 ms, and publications without a cover need none of it.
    from newsexport.writers.epub.cover import Cover, cover_png

    warning = ""
    if isinstance(document, Edition):
        provider, moment = document.publisher, stated_moment(document)
    else:
        provider, moment = document.provider, document.published or stated_moment(document)
        warning = next((banner.text for banner in banners(document) if banner.kind in _GRAVE), "")
    drawn = Cover(
        title=title(document),
        provider=provider.name if provider else "",
        date=day(moment.date(), document.language) if moment else "",
        banner=warning,
    )
    return File("cover", "images/cover.png", "image/png", cover_png(drawn)), None


@cache
def _stylesheet() -> bytes:
    return files("newsexport.writers.epub").joinpath("style.css").read_bytes()
