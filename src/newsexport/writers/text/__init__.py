"""Writes plain text as wire copy is laid out: a slug line, the story, an end mark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from newsexport.errors import UsageError
from newsexport.kit.labels import day
from newsexport.model.article import Article
from newsexport.model.edition import Document, Edition
from newsexport.model.walk import stated_moment
from newsexport.spi import Context, Format, Options, Request
from newsexport.writers.text.layout import NARROWEST, underlined
from newsexport.writers.text.story import Story

__all__ = ["TextOptions", "TextWriter"]

_END: Final = "-30-"
_WIDEST: Final = 1000


class TextOptions(Options, frozen=True, kw_only=True):
    """Options of the text writer.

    Attributes:
        width: Columns after which lines are broken, 20 to 1000; 0 leaves every paragraph on one line.
    """

    width: int = 0

    def __post_init__(self) -> None:
        """Refuse widths that hold no words."""
        if self.width != 0 and not NARROWEST <= self.width <= _WIDEST:
            raise UsageError(f"text.width is {self.width}", f"give 0, or {NARROWEST} to {_WIDEST} columns")


class TextWriter:
    """Writes plain text in UTF-8 with every word of the story."""

    @property
    def format(self) -> Format:
        """Plain text, for clients."""
        return Format(name="text", media_type="text/plain", suffix=".txt", title="Plain text", audience="client")

    @property
    def options_type(self) -> type[TextOptions]:
        """The class of its options."""
        return TextOptions

    def requires(self, document: Document, options: TextOptions) -> tuple[Request, ...]:  # the protocol
        """Return nothing: no other rendition is needed."""
        return ()

    def write(self, document: Document, options: TextOptions, context: Context) -> bytes:  # the protocol
        """Return the text, lines ending in line feeds."""
        width = options.width
        pieces = _edition(document, width) if isinstance(document, Edition) else _story(document, width)
        return ("\n\n".join(filter(None, pieces)) + "\n").encode()


def _edition(edition: Edition, width: int) -> Iterator[str]:
    yield underlined(edition.title, "=")
    yield day(issued.date(), edition.language) if (issued := stated_moment(edition)) else ""
    yield edition.publisher.name if edition.publisher else ""
    for section in edition.sections:
        yield underlined(section.title, "=")
        for article in section.articles:
            yield from _story(article, width)
    yield edition.rights or ""


def _story(article: Article, width: int) -> Iterator[str]:
    yield from Story(article, width).pieces()
    yield _END
