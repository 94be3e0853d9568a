"""A document as a person reads it at a glance: a line for each field that is set, a line for each block."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec
from msgspec import Struct

from newsexport.model import Article, Block, CodeBlock, Document, Figure, Heading, Inline, ListItem, Table
from newsexport.model.walk import plain_text, title, word_count

_WIDTH: Final = 72
# What the lines of blocks and sections say.
_TEXT_ITSELF: Final = frozenset({"body", "sections"})
_NO_MARKS: Final = frozenset({"id", "lang", "dir", "text"})


def counted(number: int, noun: str) -> str:
    """Return the number with its noun, in the plural where it is one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def outline(document: Document) -> Iterator[str]:
    """Yield the lines: the fields that are set, then the blocks with their first words."""
    yield from _fields(document)
    if isinstance(document, Article):
        yield ""
        yield from _body(document)
        return
    for section in document.sections:
        yield ""
        yield f"section {section.title!r}: {counted(len(section.articles), 'article')}"
        for article in section.articles:
            yield f"  {title(article)}"
            yield from (f"    {line}" for line in _body(article))


def _fields(document: Document) -> Iterator[str]:
    fields = dict(_set_fields(document, _TEXT_ITSELF))
    width = max(map(len, fields), default=0)
    for name, value in fields.items():
        yield f"{name:{width}}  {_words(value)}"


def _set_fields(record: Struct, besides: frozenset[str]) -> Iterator[tuple[str, Any]]:
    for field in msgspec.structs.fields(record):
        value = getattr(record, field.name)
        if field.name not in besides and value not in (field.default, (), {}):
            yield field.name, value


def _words(value: Any) -> str:
    if _is_inlines(value):
        return plain_text(value)
    return _plain(msgspec.to_builtins(value))


def _plain(value: Any) -> str:
    match value:
        case {"name": name, **others} if not others:
            return str(name)
        case dict():
            return ", ".join(f"{name}={_plain(each)}" for name, each in value.items() if name != "type")
        case list() | tuple():
            return "; ".join(map(_plain, value))
        case _:
            return str(value)


def _body(article: Article) -> Iterator[str]:
    yield f"body: {counted(len(article.body), 'block')}, {counted(word_count(article), 'word')}"
    for block in article.body:
        yield from _node(block, "  ")


def _node(node: Struct, indent: str) -> Iterator[str]:
    kind = "item" if isinstance(node, ListItem) else str(node.__struct_config__.tag)
    words = _first_words(node)
    yield indent + " ".join((kind, *_marks(node))) + (f": {words}" if words else "")
    for child in _children(node):
        yield from _node(child, indent + "  ")


def _marks(node: Struct) -> Iterator[str]:
    """Yield what tells this node from others of its kind."""
    if isinstance(node, Heading):
        yield str(node.level)
        return
    for name, value in _set_fields(node, _NO_MARKS):
        if value is True:
            yield name
        elif not isinstance(value, tuple | Struct):
            yield f"{name}={_plain(msgspec.to_builtins(value))}"


def _first_words(node: Struct) -> str:
    words = [plain_text(value) for name in node.__struct_fields__ if _is_inlines(value := getattr(node, name))]
    match node:
        case CodeBlock():
            words = [node.text]
        case Table():
            words.append(counted(len(node.head) + len(node.body) + len(node.foot), "row"))
        case Figure():
            words.insert(0, node.media.alt or node.media.uri)
    text = " ".join(" / ".join(words).split())
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"


def _children(node: Struct) -> Iterator[Struct]:
    for name in node.__struct_fields__:
        value = getattr(node, name)
        if isinstance(value, tuple):
            yield from (each for each in value if isinstance(each, Block | ListItem))


def _is_inlines(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Inline)
