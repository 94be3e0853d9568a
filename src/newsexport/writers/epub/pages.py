"""The pages of a publication, as finished XHTML.

Source: EPUB 3.3, "XHTML content documents"; EPUB Structural Semantics Vocabulary 1.1; DPUB-ARIA 1.1.
"""

from __future__ import annotations

from hashlib import sha256
from posixpath import basename

from newsexport.kit.images import picture
from newsexport.kit.labels import direction
from newsexport.kit.xhtml import Profile, Source, Xhtml, story
from newsexport.kit.xml import attributes, escape
from newsexport.model.article import Article
from newsexport.model.base import Direction
from newsexport.model.edition import Document, Edition, Section
from newsexport.model.media import Image
from newsexport.model.walk import title
from newsexport.spi import Context
from newsexport.writers.epub.book import STYLESHEET, Entry, File

_XHTML = "application/xhtml+xml"


def xhtml_page(title: str, content: str, language: str, dir_: Direction, *, stylesheet: str) -> bytes:
    """Return a whole page.

    Args:
        title: Plain text.
        content: Markup of the body.
        language: BCP 47 tag.
        dir_: Base direction.
        stylesheet: Path of the CSS from this page.
    """
    root = attributes(lang=language, xml_lang=language, dir=dir_)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"{root}>\n'
        f'<head>\n<meta charset="utf-8"/>\n<title>{escape(title)}</title>\n'
        f"<link{attributes(rel='stylesheet', type='text/css', href=stylesheet)}/>\n</head>\n"
        f"<body>\n{content}</body>\n</html>\n"
    ).encode()


def cover_page(document: Document, cover: File, own: Image | None) -> File:
    """Return the page that shows the cover; `own` is the picture it is, None when the cover was drawn."""
    alt = (own.alt if own else None) or title(document)
    credit = own.credit or own.copyright_notice if own else None
    image = attributes(src=f"../{cover.name}", alt=alt, role="doc-cover")
    below = f"<p><small>{escape(credit)}</small></p>\n" if credit else ""
    content = f'<section epub:type="cover" class="cover">\n<img{image}/>\n{below}</section>\n'
    return _file("cover-page", "text/cover.xhtml", title(document), content, document)


class Pages:
    """Makes the pages of a document in reading order, and gathers the pictures on them.

    Attributes:
        files: The pages so far.
        pictures: The pictures on them, each once.
    """

    def __init__(self, context: Context) -> None:
        self.files: list[File] = []
        self._context = context
        self._pictures: dict[bytes, File] = {}

    @property
    def pictures(self) -> tuple[File, ...]:
        """The pictures on the pages so far."""
        return tuple(self._pictures.values())

    def add(self, document: Document) -> tuple[Entry, ...]:
        """Make all pages of a document; return its table of contents."""
        if not isinstance(document, Edition):
            return (self._article(document),)
        contents: list[Entry] = []
        for section in document.sections:
            if section.articles and section.title:
                contents.append(self._section(section, document))
            else:
                contents += map(self._article, section.articles)
        return tuple(contents)

    def _section(self, section: Section, edition: Edition) -> Entry:
        """Make the front of a section, which lists its articles, and their pages after it."""
        place = len(self.files)
        name = f"text/p{place + 1:05d}.xhtml"
        # The front stands before the articles, whose names it must know.
        self.files.append(File("", name, _XHTML, b""))
        entries = tuple(map(self._article, section.articles))
        items = "".join(
            f"<li><a{attributes(href=basename(entry.name))}>{escape(entry.title)}</a></li>\n" for entry in entries
        )
        content = (
            '<section epub:type="part" role="doc-part" class="front" aria-labelledby="headline">\n'
            f'<h1 id="headline">{escape(section.title)}</h1>\n<ol>\n{items}</ol>\n</section>\n'
        )
        self.files[place] = _file(f"p{place + 1:05d}", name, section.title, content, edition)
        return Entry(section.title, name, entries)

    def _article(self, article: Article) -> Entry:
        number = f"p{len(self.files) + 1:05d}"
        xhtml = Xhtml(self._context, article.language, Profile.EPUB, image_source=self._source)
        content = (
            '<section epub:type="chapter" role="doc-chapter" aria-labelledby="headline">\n'
            f"{story(article, xhtml)}</section>\n"
        )
        page = _file(number, f"text/{number}.xhtml", title(article), content, article)
        self.files.append(page)
        return Entry(title(article), page.name)

    def _source(self, image: Image) -> Source | None:
        if image.decorative and self._context.asset(image.uri) is None:
            return None
        found = picture(image, self._context)
        if found is None:
            return None
        key = sha256(found.data).digest()
        if key not in self._pictures:
            number = f"i{len(self._pictures) + 1:04d}"
            self._pictures[key] = File(number, f"images/{number}{found.suffix}", found.media_type, found.data)
        return Source(f"../{self._pictures[key].name}", found.width, found.height)


def _file(id_: str, name: str, shown: str, content: str, document: Document) -> File:
    base = direction(document.language, document.direction)
    data = xhtml_page(shown, content, document.language, base, stylesheet=f"../{STYLESHEET}")
    return File(id_, name, _XHTML, data)
