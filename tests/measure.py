"""How much of an article a reader keeps, against an extraction of another kind: XPath over the tree of lxml."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import lxml.html
from lxml import etree

from newsexport.model import (
    Article,
    Embed,
    Figure,
    FootnoteRef,
    Gallery,
    Heading,
    Link,
    ListItem,
    Note,
    Paragraph,
    Quote,
    Table,
)
from newsexport.model.media import MediaObject
from newsexport.model.walk import block_text, plain_text, records

KINDS = ("words", "headings", "list items", "captions", "table cells", "links", "images")
Parts = dict[str, Counter[str]]
"""The parts of a text by their kind, each as the words or the address it has."""

# In scripts that write no blanks between words, each character counts as one.
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")
_DROPPED = ("script", "style", "noscript", "template", "form", "select", "button", "textarea", "input", "svg")
_INLINE = frozenset(
    {"a", "abbr", "b", "code", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u", "mark", "s"}
)
_CELLS = "//table[not(@role='presentation')]//*[self::td or self::th]"


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(text)


def of_markup(html: str) -> Parts:
    """Return the parts of a piece of HTML."""
    root = lxml.html.fragment_fromstring(f"<div>{html}</div>")
    etree.strip_elements(root, etree.Comment, *_DROPPED, with_tail=False)
    for player in root.xpath("//audio | //video"):
        for fallback in list(player):
            player.remove(fallback)

    def texts(path: str) -> Counter[str]:
        return _said(_text(element) for element in root.xpath(path))

    pictures = root.xpath("//img[not(contains(@class, 'emoji') or contains(@class, 'icon'))]/@src")
    return {
        "words": Counter(words(_text(root))),
        "headings": texts("//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"),
        "list items": texts("//li[not(.//li)][not(.//img)]"),
        "captions": texts("//figcaption | //*[contains(@class, 'wp-caption-text')]"),
        # A table of one cell lays out what it holds.
        "table cells": texts(f"{_CELLS}[count(ancestor::table[1]//td | ancestor::table[1]//th) > 1]"),
        "links": Counter(_target(href) for href in root.xpath("//a/@href") if _leads(href)),
        "images": Counter(src.strip() for src in pictures if src[:5] != "data:"),
    }


def of_article(article: Article) -> Parts:
    """Return the parts of an article of ours."""
    found = [record for _, record in records(article)]
    tables = [each for each in found if isinstance(each, Table)]
    rows = [row for table in tables for row in (*table.head, *table.body, *table.foot)]
    links = [each.href for each in found if isinstance(each, Link)]
    links += [each.url for each in found if isinstance(each, Embed)]
    links += [each.uri for each in found if isinstance(each, MediaObject)]
    items = ["\n".join(map(block_text, each.blocks)) for each in found if isinstance(each, ListItem)]
    notes = ["\n".join(map(block_text, each.blocks)) for each in found if isinstance(each, FootnoteRef)]
    return {
        "words": Counter(words("\n".join(_displayed(article)))),
        "headings": _said(plain_text(each.content) for each in found if isinstance(each, Heading))
        + _said([plain_text(article.headline)]),
        "list items": _said(items + notes),
        "captions": _said(_captions(found)),
        "table cells": _said("\n".join(map(block_text, cell.blocks)) for row in rows for cell in row),
        "links": Counter(map(_target, links)),
        "images": Counter(each.uri for each in found if isinstance(each, MediaObject)),
    }


def kept(expected: Parts, found: Parts) -> dict[str, tuple[int, int]]:
    """Return for each kind how many of the expected parts were found, and how many were expected."""
    return {kind: (sum((expected[kind] & found[kind]).values()), sum(expected[kind].values())) for kind in KINDS}


def total(figures: Iterable[dict[str, tuple[int, int]]]) -> dict[str, tuple[int, int]]:
    """Return the sums over several texts."""
    known = list(figures)
    return {kind: (sum(each[kind][0] for each in known), sum(each[kind][1] for each in known)) for kind in KINDS}


def _said(texts: Iterable[str]) -> Counter[str]:
    return Counter(filter(None, (" ".join(words(text)) for text in texts)))


def _text(element: lxml.html.HtmlElement) -> str:
    """Return the text of an element, its blocks and line breaks parted as a browser shows them."""
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        parts.append("" if node.tag in _INLINE else " ")
        text = node.text if event == "start" else node.tail if node is not element else None
        parts.append(text or "")
    return "".join(parts)


def _leads(href: str) -> bool:
    return bool(href.strip()) and not href.strip().startswith(("#", "javascript:"))


def _target(href: str) -> str:
    return href.strip().rstrip("/")


def _captions(found: Iterable[object]) -> Iterator[str]:
    """Yield all that shows a caption: with its credit, below what has no caption of its own, of what is quoted."""
    for each in found:
        match each:
            case Figure():
                yield f"{plain_text(each.caption)} {each.media.credit or ''}"
            case Table():
                yield plain_text(each.caption)
            case Gallery():
                yield plain_text(each.title)
            case Quote():
                yield plain_text(each.attribution)
            case Embed():
                yield from map(block_text, each.fallback)
            case Paragraph(role="note"):
                yield plain_text(each.content)


def _displayed(article: Article) -> Iterator[str]:
    """Yield all that readers and desks are shown of an article."""
    yield from (
        plain_text(article.headline),
        plain_text(article.standfirst),
        article.byline or "",
        article.kicker or "",
    )
    yield (article.dateline.text or "") if article.dateline else ""
    yield (article.embargo.text or "") if article.embargo else ""
    yield from (note.text for note in article.notes)
    for _, record in records(article.body):
        match record:
            case Embed():
                yield f"{record.title or ''} {record.provider or ''}"
            case MediaObject():
                yield record.credit or ""
            case Note():
                yield record.kind
    yield from map(block_text, article.body)
