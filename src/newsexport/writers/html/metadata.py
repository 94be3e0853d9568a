"""What search engines read: an article or edition in the terms of schema.org.

Source: schema.org 29, NewsArticle and its subtypes, PublicationIssue; JSON-LD 1.1, 10.3 "Restrictions for contents of
JSON-LD script elements".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import msgspec

from newsexport.kit.xhtml import web_address
from newsexport.model.article import Article
from newsexport.model.concepts import Provider
from newsexport.model.edition import Document, Edition
from newsexport.model.walk import creators, plain_text, stated_moment, title

_TYPES: Final = {
    "opinion": "OpinionNewsArticle",
    "editorial": "OpinionNewsArticle",
    "analysis": "AnalysisNewsArticle",
    "review": "ReviewNewsArticle",
    "satire": "SatiricalArticle",
    "sponsored": "AdvertiserContentArticle",
}
# Within a script element no text may look like its end or the start of a comment.
_ESCAPES: Final = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def linked_data(document: Document) -> str:
    """Return JSON-LD that cannot break out of its script element."""
    record = _edition(document) if isinstance(document, Edition) else _article(document, None)
    return msgspec.json.encode({"@context": "https://schema.org", **record}).decode().translate(_ESCAPES)


def description(document: Document) -> str:
    """Return the summary of an article; empty when it has none."""
    return "" if isinstance(document, Edition) else plain_text(document.standfirst)


def _article(article: Article, section: str | None) -> dict[str, Any]:
    return _known(
        {
            "@type": _TYPES.get(article.label or "", "NewsArticle"),
            "headline": title(article),
            "description": plain_text(article.standfirst),
            "identifier": article.guid,
            "url": web_address(article.canonical_url),
            "inLanguage": None if article.language == "und" else article.language,
            "articleSection": section,
            "keywords": list(article.keywords),
            "dateCreated": _moment(article.first_created),
            "datePublished": _moment(article.published),
            "dateModified": _moment(article.updated or stated_moment(article)),
            "expires": _moment(article.expires),
            "author": _authors(article),
            "publisher": _organisation(article.provider),
            "creditText": article.credit_line,
            "copyrightNotice": article.copyright_notice,
        }
    )


def _edition(edition: Edition) -> dict[str, Any]:
    articles = [_article(article, section.title) for section in edition.sections for article in section.articles]
    return _known(
        {
            "@type": "PublicationIssue",
            "name": title(edition),
            "identifier": edition.guid,
            "inLanguage": None if edition.language == "und" else edition.language,
            "datePublished": issued.date().isoformat() if (issued := stated_moment(edition)) else None,
            "publisher": _organisation(edition.publisher),
            "copyrightNotice": edition.rights,
            "hasPart": articles,
        }
    )


def _authors(article: Article) -> list[dict[str, Any]]:
    if not article.byline:
        return []
    homes = {author.name: web_address(author.uri) for author in article.authors}
    return [_known({"@type": "Person", "name": name, "url": homes.get(name)}) for name in creators(article)]


def _organisation(provider: Provider | None) -> dict[str, Any] | None:
    if provider is None:
        return None
    return _known({"@type": "NewsMediaOrganization", "name": provider.name, "url": web_address(provider.uri)})


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def _known(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value}
