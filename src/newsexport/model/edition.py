"""Several articles made up as one publication."""

from __future__ import annotations

import datetime
from typing import Annotated, TypeAlias

from msgspec import Meta

from newsexport.model.article import Article
from newsexport.model.base import Direction, Record
from newsexport.model.concepts import Provider
from newsexport.model.media import Image


class Section(Record, frozen=True):
    """A part of an edition.

    Attributes:
        title: As displayed in contents and running heads.
        articles: In reading order.
    """

    title: str
    articles: tuple[Article, ...] = ()


class Edition(Record, frozen=True, tag_field="type", tag="edition"):
    """A collection of articles with a title and a date: a weekend edition, a press pack.

    Attributes:
        guid: URI that is the same in all versions; empty until known.
        version: 1 for the first.
        title: Name of the publication.
        date: Day of issue; also the date of the files made from it.
        language: BCP 47 tag; empty until known, ``und`` when undetermined.
        direction: Base direction; taken from the language when None.
        sections: In reading order.
        publisher: Who issues it.
        rights: The line on rights, as displayed.
        cover: Picture for the front.
    """

    guid: str = ""
    version: Annotated[int, Meta(ge=1)] = 1
    title: str = ""
    date: datetime.date | None = None
    language: str = ""
    direction: Direction | None = None
    sections: tuple[Section, ...] = ()
    publisher: Provider | None = None
    rights: str | None = None
    cover: Image | None = None


Document: TypeAlias = Article | Edition
