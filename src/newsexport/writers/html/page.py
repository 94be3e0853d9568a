"""The page and what stands on it."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from newsexport.kit.images import picture
from newsexport.kit.labels import day, direction, labels
from newsexport.kit.xhtml import Profile, Source, Xhtml, address, story
from newsexport.kit.xml import attributes, escape
from newsexport.model.article import Article
from newsexport.model.edition import Document, Edition, Section
from newsexport.model.media import Image
from newsexport.model.nodes import Figure
from newsexport.model.walk import articles, stated_moment, title
from newsexport.spi import Context
from newsexport.writers.html.metadata import description, linked_data
from newsexport.writers.html.options import HtmlOptions


def page(document: Document, options: HtmlOptions, context: Context) -> str:
    """Return a whole page."""
    summary = description(document)
    canonical = None if isinstance(document, Edition) else document.canonical_url
    lines = [
        "<!DOCTYPE html>",
        f"<html{_language(document)}>",
        "<head>",
        '<meta charset="utf-8"/>',
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
        f"<title>{escape(title(document))}</title>",
        *([f"<meta{attributes(name='description', content=summary)}/>"] if summary else []),
        *(['<meta name="robots" content="noindex"/>'] if _is_held_back(document) else []),
        *([f"<link{attributes(rel='canonical', href=canonical)}/>"] if canonical else []),
        f'<script type="application/ld+json">{linked_data(document)}</script>',
        f"<style>\n{_style()}</style>",
        "</head>",
        "<body>",
        f"{_Content(options, context).of(document)}</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines)


def fragment(document: Document, options: HtmlOptions, context: Context) -> str:
    """Return an article, or an edition as a section, to put into a page."""
    return _Content(options, context).of(document, _language(document))


@cache
def _style() -> str:
    return files("newsexport.writers.html").joinpath("style.css").read_text("utf-8")


def _language(document: Document) -> str:
    return attributes(lang=document.language, dir=direction(document.language, document.direction))


def _is_held_back(document: Document) -> bool:
    return any(each.pub_status != "usable" or each.embargo is not None for each in articles(document))


class _Content:
    """The markup of a document, its pictures inline or linked."""

    def __init__(self, options: HtmlOptions, context: Context) -> None:
        self._options = options
        self._context = context

    def of(self, document: Document, language: str = "") -> str:
        if isinstance(document, Edition):
            return f"<main{language}>\n{self._edition(document)}</main>\n"
        return f"<article{language}>\n{story(document, self._xhtml(document))}</article>\n"

    def _xhtml(self, document: Document, level: int = 1, prefix: str = "") -> Xhtml:
        return Xhtml(
            self._context, document.language, Profile.PAGE, image_source=self._source, level=level, prefix=prefix
        )

    def _source(self, image: Image) -> Source | None:
        if self._options.images == "link" and urlsplit(image.uri).scheme in {"http", "https", ""}:
            where = address(image.uri)
            return Source(where, image.width, image.height) if where else None
        if image.decorative and self._context.asset(image.uri) is None:
            return None
        found = picture(image, self._context)
        if found is None:
            return None
        return Source(f"data:{found.media_type};base64,{b64encode(found.data).decode()}", found.width, found.height)

    # Editions

    def _edition(self, edition: Edition) -> str:
        xhtml = self._xhtml(edition)
        published = [day(issued.date(), edition.language)] if (issued := stated_moment(edition)) else []
        published += [edition.publisher.name] if edition.publisher else []
        front = xhtml.heading(1, escape(title(edition)))
        front += xhtml.line("p", escape(" · ".join(published)), class_="dates") if published else ""
        front += xhtml.figure(Figure(edition.cover)) if edition.cover else ""
        numbers = iter(range(1, len(articles(edition)) + 1))
        numbered = [(section, [(next(numbers), each) for each in section.articles]) for section in edition.sections]
        parts = "".join(self._section(section, entries, edition) for section, entries in numbered if entries)
        rights = (
            xhtml.group("footer", xhtml.line("p", escape(edition.rights)), class_="rights") if edition.rights else ""
        )
        return xhtml.group("header", front) + self._contents(numbered, xhtml) + parts + rights

    def _contents(self, numbered: list[tuple[Section, list[tuple[int, Article]]]], xhtml: Xhtml) -> str:
        items = ""
        for section, entries in numbered:
            links = "".join(
                xhtml.line("li", xhtml.element("a", escape(title(each)), href=f"#article{number}"))
                for number, each in entries
            )
            if links:
                items += xhtml.line("li", escape(section.title) + "\n" + xhtml.line("ul", "\n" + links))
        words = escape(labels(xhtml.language).words["contents"])
        return xhtml.group("nav", xhtml.heading(2, words) + xhtml.line("ul", "\n" + items)) if items else ""

    def _section(self, section: Section, entries: list[tuple[int, Article]], edition: Edition) -> str:
        content = f"<h2>{escape(section.title)}</h2>\n" if section.title else ""
        for number, article in entries:
            values = attributes(id=f"article{number}")
            if (article.language, article.direction) != (edition.language, edition.direction):
                values += _language(article)
            xhtml = self._xhtml(article, level=3, prefix=f"article{number}-")
            content += f"<article{values}>\n{story(article, xhtml)}</article>\n"
        return f"<section>\n{content}</section>\n"
