"""What the package says of the publication.

Source: EPUB 3.3, "Metadata section"; EPUB Accessibility 1.1, "Package metadata" and "Conformance reporting".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from newsexport.errors import Kind
from newsexport.kit.vocab import scheme, topic
from newsexport.kit.xhtml import web_address
from newsexport.model.article import Article
from newsexport.model.concepts import Subject
from newsexport.model.edition import Document, Edition
from newsexport.model.media import Image
from newsexport.model.walk import articles, creators, modified, plain_text, records, title
from newsexport.spi import Context
from newsexport.writers.epub.book import Statement
from newsexport.writers.epub.options import EpubOptions

_URI: Final = re.compile(r"(urn:|https?://|tag:)\S+", re.IGNORECASE)
_CLAIM: Final = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
_SUMMARY: Final = (
    "Reflowable text with headings, a table of contents and landmarks; tables have headers, notes are linked both ways."
)


def identifier(document: Document) -> str:
    """Return the guid, or a URN made of it when it is no URI.

    It is the same in all versions: a reading system tells them apart by the date of modification.
    Source: EPUB 3.3, "The dc:identifier element".
    """
    if _URI.fullmatch(document.guid):
        return document.guid
    return f"urn:uuid:{uuid5(NAMESPACE_URL, document.guid)}"


def statements(document: Document, options: EpubOptions, context: Context, *, pictures: bool) -> tuple[Statement, ...]:
    """Return the metadata besides the identifier and the date of modification.

    Args:
        document: What it is of.
        options: Name who certifies it.
        context: Hears why no claim is made.
        pictures: True when there is any, the cover included.
    """
    described = _edition(document) if isinstance(document, Edition) else _article(document)
    languages = _unique([document.language, *(each.language for each in articles(document))])
    return (
        Statement("dc:title", title(document)),
        *(Statement("dc:language", language) for language in languages),
        *described,
        _property("schema:version", str(document.version)),
        *_accessibility(pictures, described=_undescribed(document) is None),
        *_claim(document, options, context),
        Statement("meta", "", {"name": "generator", "content": "newsexport"}),
    )


def _article(article: Article) -> Iterator[Statement]:
    yield from _creators([article])
    if article.provider:
        yield Statement("dc:publisher", article.provider.name)
    yield Statement("dc:date", (article.published or modified(article)).isoformat())
    summary = plain_text(article.standfirst)
    if summary:
        yield Statement("dc:description", summary)
    rights = article.copyright_notice or article.copyright_holder
    if rights:
        yield Statement("dc:rights", rights)
    source = web_address(article.canonical_url)
    if source:
        yield Statement("dc:source", source)
    yield from _subjects([article])


def _edition(edition: Edition) -> Iterator[Statement]:
    within = articles(edition)
    yield from _creators(within)
    publishers = [edition.publisher] if edition.publisher else [each.provider for each in within]
    for name in _unique(publisher.name for publisher in publishers if publisher):
        yield Statement("dc:publisher", name)
    yield Statement("dc:date", modified(edition).date().isoformat())
    notices = [edition.rights] if edition.rights else [each.copyright_notice for each in within]
    for notice in _unique(filter(None, notices)):
        yield Statement("dc:rights", notice)
    yield from _subjects(within)


def _creators(within: Iterable[Article]) -> Iterator[Statement]:
    names = _unique(name for article in within for name in creators(article))
    for number, name in enumerate(names, 1):
        yield Statement("dc:creator", name, {"id": f"creator{number}"})


def _subjects(within: Iterable[Article]) -> Iterator[Statement]:
    within = tuple(within)
    topics: dict[str, Subject | None] = {word: None for article in within for word in article.keywords}
    topics |= {name: subject for article in within for subject in article.subjects if (name := _named(subject))}
    for number, (name, subject) in enumerate(topics.items(), 1):
        id_ = f"subject{number}"
        yield Statement("dc:subject", name, {"id": id_})
        authority = scheme(subject.scheme) if subject else None
        if subject and authority:
            yield _property("authority", authority, refines=f"#{id_}")
            yield _property("term", subject.code, refines=f"#{id_}")


def _named(subject: Subject) -> str | None:
    known = topic(subject.code) if subject.scheme == "medtop" and not subject.name else None
    return known.name if known else subject.name


def _accessibility(pictures: bool, *, described: bool) -> Iterator[Statement]:
    features = ["ARIA", "displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents"]
    yield _property("schema:accessMode", "textual")
    if pictures:
        yield _property("schema:accessMode", "visual")
    if pictures and described:
        features.append("alternativeText")
    yield _property("schema:accessModeSufficient", "textual")
    for feature in features:
        yield _property("schema:accessibilityFeature", feature)
    yield _property("schema:accessibilityHazard", "none")
    yield Statement("meta", _SUMMARY, {"property": "schema:accessibilitySummary", "xml:lang": "en"})


def _claim(document: Document, options: EpubOptions, context: Context) -> Iterator[Statement]:
    """Yield the claim of conformance, where somebody stands behind it and what we can check holds."""
    provider = document.publisher if isinstance(document, Edition) else document.provider
    certifier = provider.name if options.certified_by is None and provider else options.certified_by
    if not certifier:
        return
    fault = _fault(document)
    if fault:
        message = f"conformance to EPUB Accessibility is not claimed: {fault}"
        context.notice("epub.accessibility-unclaimed", Kind.INFO, message)
        return
    yield Statement("meta", _CLAIM, {"property": "dcterms:conformsTo", "id": "claim"})
    yield _property("a11y:certifiedBy", certifier, refines="#claim")


def _fault(document: Document) -> str | None:
    if any(each.language == "und" for each in articles(document)):
        return "the language is not known"
    undescribed = _undescribed(document)
    return f"the picture {undescribed.uri!r} has no description" if undescribed else None


def _undescribed(document: Document) -> Image | None:
    images = (record for _, record in records(document) if isinstance(record, Image))
    return next((image for image in images if not (image.alt or image.decorative)), None)


def _property(name: str, value: str, *, refines: str | None = None) -> Statement:
    return Statement("meta", value, {"property": name} | ({"refines": refines} if refines else {}))


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
