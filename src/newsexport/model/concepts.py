"""What an article is about, who made it and whom it belongs to."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from newsexport.model.base import Record


class Concept(Record, frozen=True):
    """A person, organisation, place, event or kind of thing, by name.

    Attributes:
        name: As displayed.
        qcode: Code of a controlled vocabulary, ``alias:code`` (``geonames:4140963``).
        uri: The same as a URI.
    """

    name: str | None = None
    qcode: str | None = None
    uri: str | None = None


class Subject(Record, frozen=True):
    """A topic of the article from a controlled vocabulary.

    Attributes:
        code: The topic within its scheme (``20000639``).
        scheme: Alias of the scheme; ``medtop`` is IPTC's Media Topics.
        name: As displayed; looked up for Media Topics when None.
        why: QCode of IPTC's ``why`` scheme: how the topic came to be assigned.
        confidence: 0 to 100, of a machine's assignment.
        creator: Who or what assigned it.
        broader: The chain of wider topics, nearest first.
    """

    code: str
    scheme: str = "medtop"
    name: str | None = None
    why: str | None = None
    confidence: Annotated[int, Meta(ge=0, le=100)] | None = None
    creator: str | None = None
    broader: tuple[Subject, ...] = ()


class Author(Record, frozen=True):
    """A person who made the article.

    Attributes:
        name: As displayed.
        role: What they did (``reporter``).
        email: For the desk; never public.
        uri: Which person is meant.
    """

    name: str
    role: str | None = None
    email: str | None = None
    uri: str | None = None


class Provider(Record, frozen=True):
    """Who sends the article out.

    Attributes:
        name: As displayed.
        uri: The provider's home; its host name is the root of derived guids.
    """

    name: str
    uri: str | None = None
