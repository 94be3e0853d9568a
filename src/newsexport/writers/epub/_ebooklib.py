"""The only module that knows EbookLib, which is under the AGPL: it packs a finished publication.

EbookLib writes the container, the package document and the order of things. Through its hooks it is kept from
re-parsing pages, from making its own navigation, and from the clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zipfile import ZIP_STORED

from ebooklib import epub

from newsexport.kit.package import Package
from newsexport.writers.epub.book import NAVIGATION, STYLESHEET, Book, File, Statement
from newsexport.writers.epub.navigation import navigation, ncx

if TYPE_CHECKING:
    from lxml.etree import _Element

_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def packed(book: Book) -> bytes:
    """Return the publication as an OCF container."""
    sink = _Sink()
    _Writer(book, sink).write()
    return sink.package.finish()


class _Sink:
    """Stands in for the ZIP file that EbookLib writes to."""

    def __init__(self) -> None:
        self.package = Package()

    def writestr(self, name: str, data: str | bytes, compress_type: int | None = None) -> None:
        content = data.encode() if isinstance(data, str) else data
        self.package.add(name, content, stored=compress_type == ZIP_STORED)


class _Writer(epub.EpubWriter):
    """EbookLib's writer with our navigation, our sink and the document's date."""

    def __init__(self, book: Book, sink: _Sink) -> None:
        # The list of pages is made by parsing every page, and takes footnotes for pages.
        options = {"mtime": book.modified, "epub3_pages": False, "package_direction": True, "raise_exceptions": True}
        super().__init__("", _described(book), options)
        self.out = sink
        self._source = book

    def write(self) -> None:
        # OCF 3.3, "OCF ZIP container media type identification": first, and not compressed.
        self.out.writestr("mimetype", "application/epub+zip", ZIP_STORED)
        self._write_container()
        self._write_opf()
        self._write_items()

    def _write_opf_file(self, root: _Element) -> None:
        root.set(_XML_LANG, self._source.language)
        # It declares a vocabulary that is not used.
        root.attrib.pop("prefix", "")
        super()._write_opf_file(root)

    def _get_nav(self, item: epub.EpubNav) -> bytes:
        return navigation(self._source)

    def _get_ncx(self) -> bytes:
        return ncx(self._source)


def _described(book: Book) -> epub.EpubBook:
    described = epub.EpubBook()
    # It comes with a random identifier and a generator of its own.
    described.metadata.clear()
    described.IDENTIFIER_ID = "identifier"
    described.set_identifier(book.identifier)
    described.title = book.title
    described.language = book.language
    described.set_direction(book.direction)
    for statement in book.statements:
        _state(described, statement)
    nav = described.add_item(epub.EpubNav(uid="nav", file_name=NAVIGATION))
    described.add_item(epub.EpubNcx(uid="ncx", file_name="toc.ncx"))
    described.add_item(epub.EpubItem("css", STYLESHEET, "text/css", book.stylesheet))
    if book.cover:
        _add_cover(described, book.cover)
    for file in book.pictures:
        described.add_item(_item(file))
    # Pages are plain items: what EbookLib takes for HTML it parses again, and loses the head and more.
    spine = [described.add_item(_item(page)) for page in book.pages]
    spine.insert(1 if book.cover else 0, nav)
    described.spine = spine
    return described


def _state(described: epub.EpubBook, statement: Statement) -> None:
    values = {_XML_LANG if name == "xml:lang" else name: value for name, value in statement.attributes.items()}
    prefix, _, name = statement.name.rpartition(":")
    described.add_metadata(prefix.upper() or None, name, statement.value, values)


def _add_cover(described: epub.EpubBook, cover: File) -> None:
    item = epub.EpubCover(uid=cover.id, file_name=cover.name)
    item.media_type = cover.media_type
    item.content = cover.data
    described.add_item(item)
    # Open Packaging Format 2.0.1 has no property for covers; older systems look for this.
    described.add_metadata(None, "meta", "", {"name": "cover", "content": cover.id})


def _item(file: File) -> epub.EpubItem:
    return epub.EpubItem(file.id, file.name, file.media_type, file.data)
