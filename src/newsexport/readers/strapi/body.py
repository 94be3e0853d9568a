"""The text of an entry: blocks, rich text in HTML or Markdown, or the components of a dynamic zone.

Source: strapi/blocks-react-renderer, BlocksRenderer.tsx; the components are those of Strapi's own templates.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from newsexport.errors import Kind
from newsexport.kit.cms import Fields
from newsexport.kit.html import Builder, blocks, levelled
from newsexport.kit.markdown import to_html
from newsexport.model import Block, CodeBlock, Divider, Figure, Gallery, Link, Paragraph, Quote, Text
from newsexport.readers.strapi.shapes import figure_of, is_file, related
from newsexport.spi import Asset

_MARKS: Final = {"bold": "strong", "italic": "em", "underline": "u", "strikethrough": "s", "code": "code"}
_ELEMENTS: Final = re.compile(
    r"<(?:p|div|h[1-6]|ul|ol|table|figure|blockquote|section|article|br|img|iframe|pre)\b[^<>]*>", re.IGNORECASE
)
# What Markdown makes more of than paragraphs.
_MARKDOWN: Final = re.compile(r"[*_`~|<]|\]\(|^\s{0,3}(?:#|>|[-+]\s|\d{1,9}[.)]\s)", re.MULTILINE)
_SYSTEM: Final = frozenset({"id", "documentId", "__component", "createdAt", "updatedAt", "publishedAt", "locale"})
_MOST_NESTED: Final = 8


class Body:
    """The text of one entry.

    Attributes:
        assets: Pictures that stood in its markup.
    """

    def __init__(self, base: str | None, language: str | None) -> None:
        self.assets: list[Asset] = []
        self._base = base
        self._language = language
        self._nested = 0

    def read(self, entry: Fields, name: str) -> tuple[Block, ...]:
        """Return the blocks of a field, whichever kind of text it holds."""
        return levelled(self._field(entry, name))

    def _field(self, entry: Fields, name: str) -> tuple[Block, ...]:
        value = entry.raw(name)
        if isinstance(value, str):
            return self._rich_text(entry, name)
        if isinstance(value, dict):
            return self._component(entry.fields(name))
        items = entry.items(name)
        if any(isinstance(item, dict) and "__component" in item for item in items):
            return tuple(block for component in entry.each(name) for block in self._component(component))
        if any(isinstance(item, dict) and "type" in item for item in items):
            builder = Builder(entry.context, base=self._base, language=self._language)
            Blocks(builder, self._base).walk(entry, name)
            return builder.finish()
        return tuple(block for each in related(entry, name) for block in self._component(each))

    def _rich_text(self, entry: Fields, name: str) -> tuple[Block, ...]:
        """Return the blocks of a text, which Strapi keeps in Markdown, and its editors from elsewhere in HTML."""
        text = entry.characters(name)
        if not _ELEMENTS.search(text):
            if _MARKDOWN.search(text):
                entry.notice("strapi.markdown", Kind.GUESS, "the text was read as Markdown", name)
            text = to_html(text)
        found = blocks(text, entry.context, base=self._base, language=self._language)
        self.assets += found.assets
        return found.blocks

    # Components

    def _component(self, component: Fields) -> tuple[Block, ...]:
        kind = (component.text("__component") or "").rpartition(".")[2].replace("-", "").lower()
        shown = _COMPONENTS.get(kind)
        found = shown(self, component) if shown else ()
        return found or self._anything(component, kind)

    def _text(self, component: Fields) -> tuple[Block, ...]:
        name = next((name for name in ("body", "content", "text", "html", "richText") if component.raw(name)), None)
        return self._field(component, name) if name else ()

    def _quote(self, component: Fields) -> tuple[Block, ...]:
        name = next((name for name in ("body", "quote", "text", "content") if component.raw(name)), None)
        said = self._field(component, name) if name else ()
        source = next(
            (component.text(name) for name in ("title", "author", "source", "cite") if component.raw(name)), None
        )
        return (Quote(said, (Text(source),) if source else ()),) if said else ()

    def _files(self, component: Fields) -> tuple[Block, ...]:
        files = [file for name in component.values for file in related(component, name) if is_file(file)]
        figures = tuple(figure for file in files if (figure := figure_of(file, self._base)))
        links = tuple(self._link(file) for file in files if figure_of(file, self._base) is None)
        caption = component.text("caption")
        shown: tuple[Block, ...] = (
            (Gallery(figures, (Text(caption),) if caption else ()),) if len(figures) > 1 else figures
        )
        if len(figures) == 1 and caption and not figures[0].caption:
            shown = (Figure(figures[0].media, (Text(caption),)),)
        return (*shown, *links)

    def _link(self, file: Fields) -> Paragraph:
        address = Builder(file.context, base=self._base).address(file.text("url"))
        label = Text(file.text("caption") or file.text("name") or file.text("url") or "")
        return Paragraph((Link((label,), address) if address else label,))

    def _divider(self, _: Fields) -> tuple[Block, ...]:
        return (Divider(),)

    def _anything(self, component: Fields, kind: str) -> tuple[Block, ...]:
        """Return what can be read of a component that is not known."""
        component.notice("strapi.unknown", Kind.REPAIR, f"the component {kind!r} is not known; its texts were kept")
        self._nested += 1
        found: list[Block] = list(self._files(component))
        for name, value in component.values.items():
            if name in _SYSTEM or any(map(is_file, related(component, name))):
                continue
            if isinstance(value, str) or (isinstance(value, list | dict) and self._nested < _MOST_NESTED):
                found += self._field(component, name)
        self._nested -= 1
        return tuple(found)


_COMPONENTS: Final[dict[str, Callable[[Body, Fields], tuple[Block, ...]]]] = {
    **dict.fromkeys(("richtext", "text", "paragraph", "html", "markdown", "content", "body"), Body._text),
    **dict.fromkeys(("quote", "blockquote", "pullquote"), Body._quote),
    **dict.fromkeys(
        ("media", "image", "picture", "video", "audio", "file", "slider", "gallery", "carousel"), Body._files
    ),
    **dict.fromkeys(("divider", "separator"), Body._divider),
}


class Blocks:
    """One way through blocks, telling a builder of each."""

    def __init__(self, builder: Builder, base: str | None) -> None:
        self._builder = builder
        self._base = base

    def walk(self, parent: Fields, name: str) -> None:
        """Tell of the blocks in a field."""
        for node in parent.each(name):
            self._node(node)

    def _node(self, node: Fields) -> None:
        kind = node.text("type") or ""
        if kind == "text" or (not kind and "text" in node):
            self._text(node)
        elif kind == "link":
            self._element("a", node, {"href": node.text("url")})
        elif kind == "heading":
            self._element(f"h{node.whole('level', 1, 6) or 2}", node)
        elif kind == "list":
            self._element("ol" if node.text("format") == "ordered" else "ul", node)
        elif kind == "code":
            self._builder.block(CodeBlock(_plain(node), node.text("language")))
        elif kind == "image":
            self._image(node)
        else:
            if kind not in _BLOCKS:
                node.notice("strapi.unknown", Kind.REPAIR, f"the block {kind!r} is not known; its texts were kept")
            self._element(_BLOCKS.get(kind, "div"), node)

    def _element(self, tag: str, node: Fields, attributes: dict[str, str | None] | None = None) -> None:
        self._builder.start(tag, attributes or {})
        self.walk(node, "children")
        self._builder.end(tag)

    def _text(self, node: Fields) -> None:
        tags = [tag for name, tag in _MARKS.items() if node.flag(name)]
        for tag in tags:
            self._builder.start(tag, {})
        for index, line in enumerate(node.characters("text").split("\n")):
            if index:
                self._builder.start("br", {})
                self._builder.end("br")
            self._builder.text(line)
        for tag in reversed(tags):
            self._builder.end(tag)

    def _image(self, node: Fields) -> None:
        figure = figure_of(node.fields("image"), self._base)
        if figure is None:
            node.notice("strapi.image-lost", Kind.LOSS, "a picture has no address and was left out")
        else:
            self._builder.block(figure)


_BLOCKS: Final = {"paragraph": "p", "quote": "blockquote", "list-item": "li"}


def _plain(node: Fields) -> str:
    """Return the characters of a node and all below it."""
    return node.characters("text") + "".join(map(_plain, node.each("children")))
