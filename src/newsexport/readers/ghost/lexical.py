"""Lexical, as the editor of Ghost 5 and later keeps a text: a tree of nodes.

Source: TryGhost/Koenig, packages kg-default-nodes and kg-lexical-html-renderer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from newsexport.errors import Kind
from newsexport.kit.cms import Fields
from newsexport.kit.html import Builder
from newsexport.kit.html.inlines import Attributes
from newsexport.readers.ghost.cards import Cards

# Lexical, "LexicalConstants": the bits of a text's format, in the order in which Ghost opens the elements.
_FORMATS: Final = ((1, "strong"), (2, "em"), (4, "s"), (8, "u"), (16, "code"), (32, "sub"), (64, "sup"))
_ELEMENTS: Final = {
    "root": "div",
    "paragraph": "p",
    "quote": "blockquote",
    "extended-quote": "blockquote",
    # Ghost's second style of quotations: it renders it as one.
    "aside": "blockquote",
}
_TEXTS: Final = frozenset({"text", "extended-text"})
_HEADINGS: Final = frozenset({"heading", "extended-heading"})
_LINKS: Final = frozenset({"link", "autolink"})
_LEVELS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Ghost renders neither: a link that is still being searched for, and what only the cursor needs.
_UNRENDERED: Final = frozenset({"at-link", "at-link-search", "zwnj"})


class Walk:
    """One way through a tree, telling a builder of each node."""

    def __init__(self, builder: Builder, cards: Cards) -> None:
        self._builder = builder
        self._cards = cards

    def walk(self, parent: Fields) -> None:
        """Tell of all the nodes below one."""
        for node in parent.each("children"):
            self._node(node)

    def _node(self, node: Fields) -> None:
        kind = node.text("type") or ""
        if kind in _TEXTS:
            self._text(node)
        elif kind in _ELEMENTS:
            self._element(_ELEMENTS[kind], node, _direction(node))
        elif kind in _HEADINGS:
            tag = node.text("tag") or ""
            self._element(tag if tag in _LEVELS else "h2", node, _direction(node))
        elif kind in _SPECIAL:
            _SPECIAL[kind](self, node)
        elif kind not in _UNRENDERED and not self._cards.show(kind, node):
            self._unknown(kind, node)

    def _element(self, tag: str, node: Fields, attributes: Attributes) -> None:
        self._builder.start(tag, attributes)
        self.walk(node)
        self._builder.end(tag)

    def _text(self, node: Fields) -> None:
        bits = node.whole("format", 0) or 0
        tags = [tag for bit, tag in _FORMATS if bits & bit]
        for tag in tags:
            self._builder.start(tag, {})
        self._builder.text(node.characters("text"))
        for tag in reversed(tags):
            self._builder.end(tag)

    def _placeholder(self, node: Fields) -> None:
        node.notice("ghost.to-come", Kind.INFO, f"{node.text('text') or 'TK'} marks words that are still to come")
        self._text(node)

    def _break(self, _: Fields) -> None:
        self._builder.start("br", {})
        self._builder.end("br")

    def _tab(self, _: Fields) -> None:
        self._builder.text("\t")

    def _link(self, node: Fields) -> None:
        self._element("a", node, {"href": node.text("url"), "title": node.text("title")})

    def _list(self, node: Fields) -> None:
        is_ordered = node.text("listType") == "number" or node.text("tag") == "ol"
        self._element("ol" if is_ordered else "ul", node, {"start": node.text("start")})

    def _item(self, node: Fields) -> None:
        children = node.each("children")
        # An item that holds a list alone stands for the list of the item before it.
        if children and children[0].text("type") == "list":
            self.walk(node)
            return
        self._builder.start("li", _direction(node))
        if "checked" in node:
            self._builder.text("☑ " if node.flag("checked") else "☐ ")
        self.walk(node)
        self._builder.end("li")

    def _unknown(self, kind: str, node: Fields) -> None:
        """Keep the words of a node that this reader does not know."""
        if node.raw("children"):
            self._cards.tell_unknown(kind, node)
            self._element("div", node, {})
        elif node.raw("text") and not node.raw("html"):
            self._cards.tell_unknown(kind, node)
            self._text(node)
        else:
            self._cards.unknown(kind, node)


def _direction(node: Fields) -> Attributes:
    return {"dir": "rtl"} if node.text("direction") == "rtl" else {}


_SPECIAL: Final[dict[str, Callable[[Walk, Fields], None]]] = {
    "list": Walk._list,
    "listitem": Walk._item,
    **dict.fromkeys(_LINKS, Walk._link),
    "linebreak": Walk._break,
    "tab": Walk._tab,
    "tk": Walk._placeholder,
}
