"""Mobiledoc 0.3, as the editor of Ghost 1 to 4 kept a text: sections whose pieces refer to tables of marks and cards.

Source: bustle/mobiledoc-kit, MOBILEDOC.md; TryGhost/Koenig, packages kg-default-cards and kg-default-atoms.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from newsexport.errors import Kind
from newsexport.kit.cms import Fields
from newsexport.kit.html import Builder
from newsexport.kit.html.inlines import Attributes
from newsexport.readers.ghost.cards import Cards

_MARKUP, _IMAGE, _LIST, _CARD = 1, 2, 3, 10
_ATOM: Final = 1
_SECTIONS: Final[dict[str, tuple[str, Attributes]]] = {
    **{tag: (tag, {}) for tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote")},
    # Ghost's second style of quotations: it renders it as one.
    "aside": ("blockquote", {}),
    "pull-quote": ("blockquote", {"class": "pull-quote"}),
}
_MARKS: Final = frozenset(
    {"a", "b", "code", "del", "em", "i", "mark", "s", "span", "strike", "strong", "sub", "sup", "u"}
)


class Walk:
    """One way through a document, telling a builder of each section."""

    def __init__(self, document: Fields, builder: Builder, cards: Cards) -> None:
        self._document = document
        self._builder = builder
        self._cards = cards
        self._atoms = document.items("atoms")
        self._marks = [_mark(each) for each in document.items("markups")]
        self._payloads = document.items("cards")
        self._used: set[tuple[str, int]] = set()

    def walk(self) -> None:
        """Tell of all sections."""
        for index, section in enumerate(self._document.items("sections")):
            where = self._document.where(f"sections[{index}]")
            match section:
                case [int(kind), str(tag), list(pieces), *_] if kind == _MARKUP:
                    element, attributes = _SECTIONS.get(tag.lower(), ("p", {}))
                    self._line(element, attributes, pieces)
                case [int(kind), str(source), *_] if kind == _IMAGE:
                    self._cards.show("image", Fields({"src": source}, self._document.context, where))
                case [int(kind), str(tag), list(items), *_] if kind == _LIST:
                    self._list("ol" if tag.lower() == "ol" else "ul", items)
                case [int(kind), int(card), *_] if kind == _CARD:
                    self._card(card, where)
                case _:
                    message = "a section of this kind is not known and was left out"
                    self._document.context.notice("ghost.card-lost", Kind.LOSS, message, where=where)

    def _list(self, tag: str, items: Sequence[Any]) -> None:
        self._builder.start(tag, {})
        for pieces in items:
            self._line("li", {}, pieces if isinstance(pieces, list) else [])
        self._builder.end(tag)

    def _card(self, index: int, where: str) -> None:
        match _at(self._payloads, index):
            case [str(), dict(payload)] if payload and self._is_used("card", index):
                # One that many sections refer to would make a book of a line.
                self._document.notice("ghost.repeated", Kind.REPAIR, "a card that stands twice was shown once", "cards")
            case [str(name), dict(payload)]:
                fields = Fields(payload, self._document.context, self._document.where(f"cards[{index}]"))
                if not self._cards.show(name, fields):
                    self._cards.unknown(name, fields)
            case _:
                message = "the card of this section is missing"
                self._document.context.notice("ghost.card-lost", Kind.LOSS, message, where=where)

    def _line(self, tag: str, attributes: Attributes, pieces: Sequence[Any]) -> None:
        """Tell of a section of text: pieces that open marks, say something and close marks."""
        self._builder.start(tag, attributes)
        opened: list[str] = []
        for piece in pieces:
            match piece:
                case [int(kind), list(marks), int(closed), value]:
                    for mark in marks:
                        name, given = _at(self._marks, mark) or ("", {})
                        opened.append(name)
                        if name:
                            self._builder.start(name, given)
                    self._say(kind, value)
                    for name in reversed(opened[len(opened) - closed :] if closed > 0 else []):
                        opened.pop()
                        if name:
                            self._builder.end(name)
        self._builder.end(tag)

    def _say(self, kind: int, value: Any) -> None:
        if kind != _ATOM:
            self._builder.text(value if isinstance(value, str) else "")
            return
        match _at(self._atoms, value):
            case ["soft-return", *_]:
                self._builder.start("br", {})
                self._builder.end("br")
            case [str(), str(words), *_] if not self._is_used("atom", value):
                self._builder.text(words)

    def _is_used(self, table: str, index: int) -> bool:
        is_used = (table, index) in self._used
        self._used.add((table, index))
        return is_used


def _mark(markup: Any) -> tuple[str, Attributes]:
    """Return the element of a markup and its attributes, which are a list of names and values."""
    match markup:
        case [str(tag), list(given)] if tag.lower() in _MARKS:
            texts = [each if isinstance(each, str) else "" for each in given]
            return tag.lower(), dict(zip(texts[::2], texts[1::2], strict=False))
        case [str(tag), *_] if tag.lower() in _MARKS:
            return tag.lower(), {}
        case _:
            return "", {}


def _at(table: Sequence[Any], index: Any) -> Any:
    is_there = isinstance(index, int) and not isinstance(index, bool) and 0 <= index < len(table)
    return table[index] if is_there else None
