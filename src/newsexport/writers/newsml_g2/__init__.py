"""Writes NewsML-G2 2.35: one newsItem of conformance level power, with the story as XHTML inside."""

from __future__ import annotations

from msgspec import structs

from newsexport.errors import Kind, UnsupportedError
from newsexport.kit.labels import direction
from newsexport.kit.xml import attributes
from newsexport.model.article import Article
from newsexport.model.edition import Document, Edition
from newsexport.spi import Context, Format, Request
from newsexport.writers.newsml_g2.body import content_set
from newsexport.writers.newsml_g2.catalog import Schemes
from newsexport.writers.newsml_g2.checks import check
from newsexport.writers.newsml_g2.guard import guard
from newsexport.writers.newsml_g2.metadata import content_meta, item_meta, rights_info
from newsexport.writers.newsml_g2.options import NewsmlG2Options

__all__ = ["NewsmlG2Options", "NewsmlG2Writer"]


class NewsmlG2Writer:
    """Writes an article as a newsItem.

    Source: NewsML-G2 2.35, XML Schema of conformance level power; NewsML-G2 Guidelines.
    """

    @property
    def format(self) -> Format:
        """The wire's own format, for clients."""
        return Format(
            name="newsml-g2",
            media_type="application/vnd.iptc.g2.newsitem+xml",
            suffix=".newsml.xml",
            title="NewsML-G2",
            audience="client",
        )

    @property
    def options_type(self) -> type[NewsmlG2Options]:
        """The class of its options."""
        return NewsmlG2Options

    def requires(self, document: Document, options: NewsmlG2Options) -> tuple[Request, ...]:
        """Return the renditions to be listed in the item: none for killed copy."""
        if isinstance(document, Edition) or document.pub_status == "canceled":
            return ()
        return tuple(map(Request, options.link_renditions))

    def write(self, document: Document, options: NewsmlG2Options, context: Context) -> bytes:
        """Return the newsItem.

        Raises:
            ArticleError: a guid, QCode, date or urgency that no item may have; `where` is its path.
            UnsupportedError: the document is an edition.
        """
        if isinstance(document, Edition):
            raise UnsupportedError("NewsML-G2 has no place for an edition", "export its articles one by one")
        check(document, options.schemes)
        article = _held_back(document, context)
        schemes = Schemes(article.provider, options.schemes)
        parts = (
            rights_info(article),
            item_meta(article, schemes),
            content_meta(article, schemes, context),
            content_set(article, self.requires(document, options), schemes, context),
        )
        # Only now is it known which schemes the parts use.
        item = _item(article, (schemes.catalogs(), *filter(None, parts))).encode()
        guard(item)
        return item


def _held_back(article: Article, context: Context) -> Article:
    """Return an article as withheld where no client's intake may publish it."""
    if article.pub_status != "usable":
        return article
    if article.provider is None:
        message = "the article names no provider, so it was written as withheld"
        context.notice("newsml-g2.no-provider", Kind.INFO, message, where="provider")
    elif article.embargo is not None and article.embargo.until is None:
        # The schema allows an empty element `embargoed`, but intakes take it for none or stumble over it.
        message = "the embargo until further notice was written as withheld"
        context.notice("newsml-g2.embargo-withheld", Kind.INFO, message, where="embargo")
    else:
        return article
    return structs.replace(article, pub_status="withheld")


def _item(article: Article, parts: tuple[str, ...]) -> str:
    values = attributes(
        xmlns="http://iptc.org/std/nar/2006-10-01/",
        standard="NewsML-G2",
        standardversion="2.35",
        conformance="power",
        guid=article.guid,
        version=str(article.version),
        xml_lang=article.language,
        dir=direction(article.language, article.direction),
    )
    content = "\n".join(parts)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<newsItem{values}>\n{content}\n</newsItem>\n'
