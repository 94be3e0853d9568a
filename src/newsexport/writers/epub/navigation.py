"""The table of contents, for systems of today (navigation document) and of yesterday (NCX).

Source: EPUB 3.3, "EPUB navigation document"; Open Packaging Format 2.0.1, "Global Navigation: NCX".
"""

from __future__ import annotations

from itertools import count

from newsexport.kit.labels import labels
from newsexport.kit.xml import attributes, escape
from newsexport.writers.epub.book import STYLESHEET, Book, Entry
from newsexport.writers.epub.pages import xhtml_page


def navigation(book: Book) -> bytes:
    """Return the navigation document: the contents as a page to read, and landmarks for machines."""
    words = labels(book.language).words
    contents = (
        '<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="contents">\n'
        f'<h1 id="contents">{escape(words["contents"])}</h1>\n{_entries(book.contents)}</nav>\n'
    )
    points = [("toc", "#toc", words["contents"]), ("bodymatter", book.contents[0].name, words["article"])]
    if book.cover:
        points.insert(0, ("cover", book.pages[0].name, words["cover"]))
    items = "".join(
        f"<li><a{attributes(epub_type=kind, href=href)}>{escape(title)}</a></li>\n" for kind, href, title in points
    )
    landmarks = f'<nav epub:type="landmarks" hidden="hidden">\n<ol>\n{items}</ol>\n</nav>\n'
    return xhtml_page(book.title, contents + landmarks, book.language, book.direction, stylesheet=STYLESHEET)


def _entries(entries: tuple[Entry, ...]) -> str:
    items = "".join(
        f"<li><a{attributes(href=entry.name)}>{escape(entry.title)}</a>"
        + (f"\n{_entries(entry.entries)}" if entry.entries else "")
        + "</li>\n"
        for entry in entries
    )
    return f"<ol>\n{items}</ol>\n"


def ncx(book: Book) -> bytes:
    """Return the contents as systems for EPUB 2, Kindle among them, look for them."""
    numbers = count(1)

    def point(entry: Entry) -> str:
        number = str(next(numbers))
        return (
            f"<navPoint{attributes(id=f'point{number}', playOrder=number)}><navLabel><text>{escape(entry.title)}</text>"
            f"</navLabel><content{attributes(src=entry.name)}/>{''.join(map(point, entry.entries))}</navPoint>\n"
        )

    depth = "2" if any(entry.entries for entry in book.contents) else "1"
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"{attributes(xml_lang=book.language)}>\n'
        f"<head>\n<meta{attributes(name='dtb:uid', content=book.identifier)}/>\n"
        f"<meta{attributes(name='dtb:depth', content=depth)}/>\n"
        '<meta name="dtb:totalPageCount" content="0"/>\n<meta name="dtb:maxPageNumber" content="0"/>\n</head>\n'
        f"<docTitle><text>{escape(book.title)}</text></docTitle>\n"
        f"<navMap>\n{''.join(map(point, book.contents))}</navMap>\n</ncx>\n"
    ).encode()
