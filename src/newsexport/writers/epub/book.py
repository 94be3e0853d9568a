"""What a publication is made of, before anybody packs it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from newsexport.model.base import Direction

STYLESHEET = "css/news.css"
NAVIGATION = "nav.xhtml"


class File(Struct, frozen=True):
    """A file of the publication.

    Attributes:
        id: Its name in the package document.
        name: Its path below the package document.
        media_type: Of its bytes.
        data: Its bytes.
    """

    id: str
    name: str
    media_type: str
    data: bytes


class Entry(Struct, frozen=True):
    """A line of the table of contents.

    Attributes:
        title: As displayed.
        name: Path of the page it leads to.
        entries: Lines below it.
    """

    title: str
    name: str
    entries: tuple[Entry, ...] = ()


class Statement(Struct, frozen=True):
    """One element of the package metadata.

    Attributes:
        name: ``dc:title`` for an element of Dublin Core, ``meta`` for a property.
        value: Its text.
        attributes: ``property``, ``refines``, ``id`` and so on.
    """

    name: str
    value: str
    attributes: Mapping[str, str] = {}


class Book(Struct, frozen=True):
    """A publication, complete.

    Attributes:
        identifier: A URI that is the same in all versions.
        title: As displayed.
        language: BCP 47 tag.
        direction: In which pages follow each other.
        modified: When this version was made.
        statements: Metadata besides the identifier and `modified`.
        pages: In reading order; the navigation is read before the first one that is no cover.
        contents: The table of contents.
        pictures: All that pages refer to, without the cover.
        cover: Picture of the cover; then the first page shows it. None for no cover.
        stylesheet: CSS of all pages.
    """

    identifier: str
    title: str
    language: str
    direction: Direction
    modified: datetime
    statements: tuple[Statement, ...]
    pages: tuple[File, ...]
    contents: tuple[Entry, ...]
    pictures: tuple[File, ...]
    cover: File | None
    stylesheet: bytes
