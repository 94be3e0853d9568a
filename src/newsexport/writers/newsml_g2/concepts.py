"""Topics, people, organisations, places and events: what an item is about and who made it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

from newsexport.errors import Kind
from newsexport.kit import vocab
from newsexport.model.article import Article
from newsexport.model.concepts import Concept, Subject
from newsexport.spi import Context
from newsexport.writers.newsml_g2.catalog import Schemes
from newsexport.writers.newsml_g2.checks import is_uri
from newsexport.writers.newsml_g2.elements import empty, leaf, parent

_MEDIA_TOPICS: Final = "medtop"
Nature: TypeAlias = Literal["person", "organisation", "geoArea", "event"]
"""A code of IPTC's ``cpnat`` scheme."""


def party(name: str, words: str, uri: str | None, **values: str | None) -> str:
    """Return a person or organisation by its URI, else its name; an empty string when it has neither."""
    if not (words or uri):
        return ""
    identity = {"uri": uri} if uri else {"literal": words}
    return parent(name, leaf("name", words), **identity, **values)


def concept(name: str, value: Concept, nature: Nature | None = None) -> str:
    """Return a thing by its QCode, else its URI, else its name; an empty string when it has none of them."""
    kind = f"cpnat:{nature}" if nature else None
    label = leaf("name", value.name)
    if value.qcode:
        same = empty("sameAs", uri=value.uri) if value.uri else ""
        return parent(name, label, same, type=kind, qcode=value.qcode)
    if value.uri:
        return parent(name, label, type=kind, uri=value.uri)
    return parent(name, label, type=kind, literal=value.name) if value.name else ""


def subjects(article: Article, schemes: Schemes, context: Context) -> Iterator[str]:
    """Yield all that the article is about: topics, then people, organisations, places and events."""
    for subject in article.subjects:
        yield _subject(subject, schemes, context)
    groups: tuple[tuple[Nature, tuple[Concept, ...]], ...] = (
        ("person", article.people),
        ("organisation", article.organisations),
        ("geoArea", article.places),
        ("event", article.events),
    )
    for nature, concepts in groups:
        for value in concepts:
            yield concept("subject", value, nature)


def _subject(subject: Subject, schemes: Schemes, context: Context) -> str:
    creator = subject.creator
    by_uri = creator is not None and is_uri(creator)
    return parent(
        "subject",
        _name(subject),
        *_broader(subject, context),
        type="cpnat:abstract",
        **_identity(subject, context),
        why=subject.why,
        confidence=None if subject.confidence is None else str(subject.confidence),
        creator=schemes.code("nxassigner", creator) if creator and not by_uri else None,
        creatoruri=creator if by_uri else None,
    )


def _identity(subject: Subject, context: Context) -> dict[str, str]:
    """Return the topic's QCode; of a retired Media Topic only its name, for its code must not be written any more."""
    topic = _topic(subject)
    if topic and topic.retired:
        message = f"the Media Topic {topic.code} is retired since {topic.retired} and was written by its name only"
        context.notice("newsml-g2.topic-retired", Kind.REPAIR, message, node=subject)
        return {"literal": subject.name or topic.name}
    if topic is None and subject.scheme == _MEDIA_TOPICS:
        message = f"{subject.code} is none of the Media Topics of {vocab.MEDIA_TOPICS_RELEASE}"
        context.notice("newsml-g2.topic-unknown", Kind.INFO, message, node=subject)
    return {"qcode": f"{subject.scheme}:{subject.code}"}


def _name(subject: Subject) -> str:
    topic = _topic(subject)
    if topic and subject.name in {None, topic.name}:
        return leaf("name", topic.name, xml_lang="en")
    return leaf("name", subject.name)


def _broader(subject: Subject, context: Context) -> Iterator[str]:
    """Yield the wider topics, nearest first: those given, else those of the Media Topics."""
    if subject.broader:
        for wider in subject.broader:
            yield parent("broader", _name(wider), **_identity(wider, context))
    elif subject.scheme == _MEDIA_TOPICS:
        for topic in vocab.broader_topics(subject.code):
            if not topic.retired:
                yield parent("broader", leaf("name", topic.name, xml_lang="en"), qcode=f"{_MEDIA_TOPICS}:{topic.code}")


def _topic(subject: Subject) -> vocab.Topic | None:
    return vocab.topic(subject.code) if subject.scheme == _MEDIA_TOPICS else None
