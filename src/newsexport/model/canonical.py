"""The canonical form of a document: one way to say each thing, so that writers stay plain.

Everything here keeps every word. A repair that a person should know of is reported; dropping what holds nothing is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any, Final, TypeVar

from msgspec import Struct, structs

from newsexport.errors import Kind, Notice
from newsexport.model import clean, grid
from newsexport.model.article import Article
from newsexport.model.base import Node
from newsexport.model.edition import Document
from newsexport.model.nodes import (
    QA,
    Aside,
    Code,
    CodeBlock,
    Emphasis,
    Entity,
    Figure,
    FootnoteRef,
    Gallery,
    Heading,
    Inline,
    LineBreak,
    Link,
    List,
    ListItem,
    LivePost,
    Note,
    Paragraph,
    Quote,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Underline,
)
from newsexport.model.walk import plain_text, records

LANGUAGE_TAG: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_MAX_AREA: Final = 1_000_000
_SAFE_LINK: Final = re.compile(r"(?i:https?://[^\s/]|mailto:[^\s]|tel:[^\s])")

Report = Callable[[Notice], None]
_Rebuilt = TypeVar("_Rebuilt")


def canonical(document: Document, report: Report) -> Document:
    """Return the document in canonical form: the same object when it already is.

    Strings are cleaned (see `newsexport.model.clean`). Neighbouring Text is joined, empty inlines and blocks are
    dropped, line breaks in Text become LineBreak, outer blanks of a block go. Links hold no links and lead to http,
    https, mailto or tel; footnotes hold no footnotes. Heading levels never skip. Tables are rectangular and have a
    head. Language tags are well formed.
    """
    return _Canonical(report).rebuilt(document)


class _Canonical:
    """One pass, from the leaves up; `_path` is the way to the value at hand."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._path: list[str | int] = []
        self._level = 1

    def rebuilt(self, value: _Rebuilt) -> _Rebuilt:
        return self._value("", value)  # type: ignore[no-any-return]  # a document is never dropped or split

    def _value(self, field: str, value: Any) -> Any:
        if isinstance(value, Struct):
            return self._record(value)
        if isinstance(value, tuple):
            return self._tuple(field, value)
        if isinstance(value, str):
            return self._line(value)
        if isinstance(value, dict):
            return self._mapping(value)
        return value

    def _tuple(self, field: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
        results: list[Any] = []
        for index, value in enumerate(values):
            self._path.append(index)
            result = self._value(field, value)
            self._path.pop()
            if isinstance(result, tuple) and not isinstance(value, tuple):
                results.extend(result)
            else:
                results.append(result)
        if any(isinstance(result, Text) for result in results):
            results = _joined(results)
        if len(results) == len(values) and all(map(_same, results, values)):
            return values
        return tuple(results)

    def _record(self, record: Struct) -> Any:
        if isinstance(record, Heading | LivePost):
            record = self._levelled(record)
        changes: dict[str, Any] = {}
        for field in record.__struct_fields__:
            value = getattr(record, field)
            if not value or value is True or (field == "text" and isinstance(record, _WITH_CHARACTERS)):
                continue
            self._path.append(field)
            result = self._value(field, value)
            self._path.pop()
            if result is not value:
                changes[field] = result
        for field, default in _word_defaults(type(record)):
            value = changes.get(field, getattr(record, field))
            if value == default and value is not default:
                changes[field] = default
        if changes:
            record = structs.replace(record, **changes)
        if isinstance(record, Article):
            return _with(
                record,
                headline=self._block_content(record, record.headline),
                standfirst=self._block_content(record, record.standfirst),
            )
        return self._node(record) if isinstance(record, Node) else record

    def _mapping(self, values: dict[str, str]) -> dict[str, str]:
        result = {self._line(key): self._line(value) for key, value in values.items()}
        return values if result == values else result

    # Strings

    def _text(self, text: Text) -> Any:
        characters = clean.clean_text(text.text, self._cleaned)
        if not characters:
            return ()
        if characters != text.text:
            text = structs.replace(text, text=characters)
        return _split_lines(text) if "\n" in characters else text

    def _verbatim(self, node: Code | CodeBlock) -> Any:
        characters = clean.clean_verbatim(node.text, self._cleaned)
        return _with(node, text=characters) if characters.strip() else ()

    def _line(self, text: str) -> str:
        line = clean.clean_line(text, self._cleaned)
        return text if line == text else line

    def _cleaned(self, code: str, message: str) -> None:
        self._notice(code, message, None)

    # Nodes

    def _node(self, node: Node) -> Any:
        """Return the node, another in its place, several (a tuple), or none (an empty tuple)."""
        if node.lang is not None and not LANGUAGE_TAG.fullmatch(node.lang):
            self._notice("language.invalid", f"{node.lang!r} is no language tag and was left out", node)
            node = structs.replace(node, lang=None)
        match node:
            case Text():
                return self._text(node)
            case Code() | CodeBlock():
                return self._verbatim(node)
            case (
                Strong() | Emphasis() | Underline() | Strikethrough() | Superscript() | Subscript() | Span() | Entity()
            ):
                return node if node.content else ()
            case Link():
                return self._link(node)
            case FootnoteRef():
                return self._footnote(node)
            case Paragraph() | Heading():
                content = self._block_content(node, node.content)
                return _with(node, content=content) if content else ()
            case Table():
                return self._table(node)
            case _:
                return self._container(node)

    def _container(self, node: Node) -> Any:
        match node:
            case Quote(blocks=()) | ListItem(blocks=()) | List(items=()) | Gallery(figures=()):
                return ()
            case Aside(title=(), blocks=()) | Note(blocks=()) | QA(question=(), answer=()):
                return ()
            case Quote():
                return _with(node, attribution=self._block_content(node, node.attribution))
            case Figure():
                return _with(node, caption=self._block_content(node, node.caption))
            case Aside() | Gallery():
                return _with(node, title=self._block_content(node, node.title))
            case QA():
                return _with(node, question=self._block_content(node, node.question))
            case LivePost():
                blocks = () if node.status == "withdrawn" else node.blocks
                if blocks is not node.blocks:
                    self._notice("live-post.withdrawn", "the words of a withdrawn post were left out", node)
                return _with(node, headline=self._block_content(node, node.headline), blocks=blocks)
            case _:
                return node

    def _link(self, link: Link) -> Any:
        if not link.content:
            return ()
        if _SAFE_LINK.match(link.href):
            content = _without(link.content, Link)
            if content is not link.content:
                self._notice("link.nested", "a link within a link was dissolved, its words kept", link)
            return _with(link, content=content)
        self._notice("link.unsafe", f"the link to {link.href[:80]!r} was dissolved, its words kept", link)
        return link.content

    def _footnote(self, footnote: FootnoteRef) -> Any:
        inner = [record for _, record in records(footnote.blocks) if isinstance(record, FootnoteRef)]
        if inner:
            self._notice("footnote.nested", "a footnote within a footnote was joined to it", footnote)
            blocks = (*_without(footnote.blocks, FootnoteRef), *(block for note in inner for block in note.blocks))
            footnote = structs.replace(footnote, blocks=blocks)
        return footnote if footnote.blocks else ()

    def _levelled(self, node: Heading | LivePost) -> Heading | LivePost:
        if isinstance(node, LivePost):
            if node.headline:
                self._level = 2
            return node
        level = min(node.level, self._level + 1)
        if level != node.level:
            self._notice("heading.level", f"the heading of level {node.level} was raised to {level}", node)
            node = structs.replace(node, level=level)
        self._level = level
        return node

    def _block_content(self, node: Struct, content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """Return the inlines of a block without outer blanks, its directional controls balanced; none without words."""
        content = _trimmed(content)
        text = plain_text(content)
        if not text.strip() and not any(isinstance(record, FootnoteRef) for _, record in records(content)):
            return ()
        if clean.BIDI_CONTROLS.search(text) and not clean.balanced(text):
            self._notice("text.bidi", "directional controls that do not match were removed", node)
            content = _trimmed(_without_bidi(content))
        return content

    # Tables

    def _table(self, table: Table) -> Any:
        parts = [grid.without_empty_rows(rows) for rows in (table.head, table.body, table.foot)]
        if not any(parts):
            return (Paragraph(table.caption, id=table.id, lang=table.lang, dir=table.dir),) if table.caption else ()
        if grid.area(parts) > _MAX_AREA:
            self._notice("table.spans", "spans that cover more than a million fields were left out", table)
            parts = [grid.without_spans(rows) for rows in parts]
        if not parts[0]:
            self._notice("table.head", "the table has no header row; its first row was taken for one", table)
            rows = grid.rectangular(parts[1] or parts[2], 0)
            depth = max(cell.rowspan for cell in rows[0])
            parts = [rows[:depth], rows[depth:], parts[2] if parts[1] else ()]
        width = max(map(grid.width, parts))
        head, body, foot = (grid.rectangular(rows, width) for rows in parts)
        if [head, body, foot] != parts:
            self._notice("table.grid", "rows of unlike length were filled up with empty cells", table)
        head = tuple(tuple(_with(cell, header=True) for cell in row) for row in head)
        caption = self._block_content(table, table.caption)
        return _with(table, head=head, body=body, foot=foot, caption=caption)

    def _notice(self, code: str, message: str, node: Struct | None) -> None:
        path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in self._path).lstrip(".")
        kind = _KINDS.get(code, Kind.REPAIR)
        self._report(Notice(code, kind, message, path or None, type(node).__name__ if node is not None else None))


_WITH_CHARACTERS: Final = (Text, Code, CodeBlock)
_KINDS: Final = {"table.head": Kind.GUESS, "live-post.withdrawn": Kind.INFO}


@cache
def _word_defaults(kind: type[Struct]) -> tuple[tuple[str, str], ...]:
    """Return the fields whose default is a word.

    msgspec leaves a default out of JSON only where the value is that very object, and equal documents are to give equal
    bytes: a word that came from a file or another process is replaced by the default's own.
    """
    fields = structs.fields(kind)
    return tuple((field.name, field.default) for field in fields if isinstance(field.default, str) and field.default)


def _same(result: object, value: object) -> bool:
    return result is value


def _with(node: Any, **fields: Any) -> Any:
    """Return the node with these fields: the same object when it has them."""
    if all(getattr(node, name) == value for name, value in fields.items()):
        return node
    return structs.replace(node, **fields)


def _split_lines(text: Text) -> tuple[Inline, ...]:
    parts: list[Inline] = []
    for line in text.text.split("\n"):
        parts += [structs.replace(text, text=line), LineBreak()] if line else [LineBreak()]
    return tuple(parts[:-1])


def _joined(inlines: list[Any]) -> list[Any]:
    """Join neighbouring Text that differs in nothing but its characters."""
    results: list[Any] = []
    for inline in inlines:
        last = results[-1] if results else None
        if isinstance(inline, Text) and isinstance(last, Text) and _attributes(inline) == _attributes(last):
            results[-1] = structs.replace(last, text=_blank_once(last.text, inline.text))
        else:
            results.append(inline)
    return results


def _blank_once(first: str, second: str) -> str:
    text = first + (second.lstrip(" ") if first.endswith(" ") else second)
    # A mark that begins the second may belong on the last letter of the first.
    return text if second.isascii() else unicodedata.normalize("NFC", text)


def _attributes(node: Node) -> tuple[str | None, str | None, str | None]:
    return node.id, node.lang, node.dir


def _trimmed(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Take blanks and line breaks off both ends of a block's inlines."""
    if not content:
        return content
    inlines = list(content)
    while inlines and (isinstance(inlines[0], LineBreak) or _is_blank(inlines[0])):
        del inlines[0]
    while inlines and (isinstance(inlines[-1], LineBreak) or _is_blank(inlines[-1])):
        del inlines[-1]
    if inlines and isinstance(first := inlines[0], Text):
        inlines[0] = _with(first, text=first.text.lstrip(" "))
    if inlines and isinstance(last := inlines[-1], Text):
        inlines[-1] = _with(last, text=last.text.rstrip(" "))
    return content if len(inlines) == len(content) and all(map(_same, inlines, content)) else tuple(inlines)


def _is_blank(inline: Inline) -> bool:
    return isinstance(inline, Text) and not inline.text.strip(" ")


def _without(value: Any, kind: type[Link] | type[FootnoteRef]) -> Any:
    """Return the value with every node of a kind dissolved: links leave their words, footnotes nothing."""
    if isinstance(value, tuple):
        results: list[Any] = []
        for item in value:
            if isinstance(item, kind):
                results += _without(item.content, kind) if isinstance(item, Link) else ()
            else:
                results.append(_without(item, kind))
        same = len(results) == len(value) and all(map(_same, results, value))
        return value if same else tuple(_joined(results))
    if isinstance(value, Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        changes = {
            name: changed
            for name, child in fields.items()
            if isinstance(child, (tuple, Struct)) and (changed := _without(child, kind)) is not child
        }
        return structs.replace(value, **changes) if changes else value
    return value


def _holds_something(inline: Any) -> bool:
    return bool(getattr(inline, "text", True) and getattr(inline, "content", True))


def _without_bidi(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(item for item in map(_without_bidi, value) if _holds_something(item))
    if isinstance(value, Text | Code):
        return _with(value, text=clean.BIDI_CONTROLS.sub("", value.text))
    if isinstance(value, Struct) and hasattr(value, "content"):
        return _with(value, content=_without_bidi(value.content))
    return value
