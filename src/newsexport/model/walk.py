"""Ways through a document: its nodes with their paths, its text, its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from typing import Any

from msgspec import Struct

from newsexport.model.article import Article, Correction
from newsexport.model.base import ASSUMED_MOMENT
from newsexport.model.edition import Document, Edition
from newsexport.model.nodes import (
    Block,
    Code,
    CodeBlock,
    FootnoteRef,
    Inline,
    LineBreak,
    Note,
    Text,
)

_WORD = re.compile(r"[^\W_]+")


def articles(document: Document) -> tuple[Article, ...]:
    """Return the articles of an edition in reading order, or the one article."""
    if isinstance(document, Edition):
        return tuple(article for section in document.sections for article in section.articles)
    return (document,)


def records(value: Any, path: str = "") -> Iterator[tuple[str, Struct]]:
    """Yield every record below `value`, itself included, with its path (``body[3].items[0]``), in document order."""
    # Without recursion: each generator within a generator would be one more step for every record below it.
    waiting: list[tuple[str, Any]] = [(path, value)]
    while waiting:
        place, found = waiting.pop()
        if isinstance(found, tuple):
            waiting += [
                (f"{place}[{index}]", found[index])
                for index in range(len(found) - 1, -1, -1)
                if isinstance(found[index], (tuple, Struct))
            ]
        elif isinstance(found, Struct):
            yield place, found
            prefix = f"{place}." if place else ""
            children = ((name, getattr(found, name)) for name in reversed(found.__struct_fields__))
            waiting += [
                (prefix + name, child) for name, child in children if child and isinstance(child, (tuple, Struct))
            ]


def path_of(document: Document, node: Struct) -> str | None:
    """Return the path of this very object, or None when the document does not hold it."""
    return next((path for path, found in records(document) if found is node), None)


def plain_text(inlines: Iterable[Inline]) -> str:
    """Return the characters of inlines: line breaks as spaces, footnotes left out."""
    return "".join(_inline_text(inline) for inline in inlines)


def _inline_text(inline: Inline) -> str:
    match inline:
        case Text() | Code():
            return inline.text
        case LineBreak():
            return " "
        case FootnoteRef():
            return ""
        case _:
            return plain_text(inline.content)


def block_text(block: Block) -> str:
    """Return the running text of a block and all below it, one line per paragraph; captions included."""
    return "\n".join(filter(None, _lines(block)))


def _lines(value: Any) -> Iterator[str]:
    """Yield a line for each run of inlines, in the order of the fields."""
    if isinstance(value, CodeBlock):
        yield value.text
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            child = getattr(value, name)
            if isinstance(child, (tuple, Struct)):
                yield from _lines(child)
    elif isinstance(value, tuple) and value:
        if isinstance(value[0], Inline):
            yield plain_text(value)
            for _, record in records(value):
                if isinstance(record, FootnoteRef):
                    yield from _lines(record.blocks)
        else:
            for child in value:
                yield from _lines(child)


def words(text: str) -> list[str]:
    """Return the words of a text: runs of letters and digits."""
    return _WORD.findall(text)


def word_count(article: Article) -> int:
    """Count the words of the body."""
    return sum(len(words(block_text(block))) for block in article.body)


def title(document: Document) -> str:
    """Return a name to call the document by; never empty in a prepared one.

    The headline, else the slugline, else the first words of the body, else the guid.
    """
    if isinstance(document, Edition):
        return document.title or document.guid
    named = plain_text(document.headline).strip() or document.slugline
    return named or _first_words(document.body) or document.guid


def _first_words(body: tuple[Block, ...], limit: int = 60) -> str:
    text = next((text for block in body if (text := block_text(block).replace("\n", " ").strip())), "")
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0] + "…"


def headline(article: Article) -> tuple[Inline, ...]:
    """Return what stands at the top of the article: its headline, else its `title`."""
    return article.headline or (Text(title(article)),)


def creators(article: Article) -> tuple[str, ...]:
    """Return the names for the author field of a file's properties.

    Names of authors appear only where a byline does: a withheld byline must not surface in file properties. Then, and
    where nobody is named, it is the provider or the credit line; empty when there is none.
    """
    if article.byline:
        return tuple(author.name for author in article.authors) or (article.byline,)
    source = article.provider.name if article.provider else article.credit_line
    return (source,) if source else ()


def unseen_corrections(article: Article) -> tuple[Correction, ...]:
    """Return the corrections that readers must be told of and that no note in the body displays."""
    notes = [block_text(record) for _, record in records(article.body) if isinstance(record, Note)]
    return tuple(
        each for each in article.corrections if each.public_text and not any(each.public_text in note for note in notes)
    )


def modified(document: Document) -> datetime:
    """Return the moment that the files made from a prepared document bear as their date."""
    if isinstance(document, Edition):
        moment = datetime.combine(document.date, time(), UTC) if document.date else None
    else:
        moment = document.version_created
    if moment is None:
        raise ValueError("the document was not prepared")
    return moment


def created(document: Document) -> datetime:
    """Return the moment that the first version of a prepared document was made, as far as it is known."""
    first = None if isinstance(document, Edition) else document.first_created
    return first or modified(document)


def stated_moment(document: Document) -> datetime | None:
    """Return the moment of this version as readers may be shown it; None where it was only assumed."""
    moment = modified(document)
    return None if moment == ASSUMED_MOMENT else moment
