"""Draft.js, in which Superdesk's editor keeps a text beside its HTML.

Source: facebook/draft-js, RawDraftContentState; superdesk-core, superdesk/editor_utils.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from newsexport.errors import Kind
from newsexport.kit.cms import Fields
from newsexport.kit.html import Builder, blocks
from newsexport.model import Audio, Block, CodeBlock, Divider, Figure, Image, Media, Text, Video
from newsexport.spi import Asset

_ELEMENTS: Final = {
    "header-one": "h1", "header-two": "h2", "header-three": "h3", "header-four": "h4", "header-five": "h5",
    "header-six": "h6", "blockquote": "blockquote",
}  # fmt: skip
_LISTS: Final = {"unordered-list-item": False, "ordered-list-item": True}
_STYLES: Final = {
    "BOLD": "strong", "ITALIC": "em", "UNDERLINE": "u", "STRIKETHROUGH": "s", "SUBSCRIPT": "sub", "SUPERSCRIPT": "sup",
    "CODE": "code",
}  # fmt: skip
_MEDIA: Final[dict[str, type[Image | Video | Audio]]] = {
    "picture": Image,
    "graphic": Image,
    "video": Video,
    "audio": Audio,
}
_MOST_RANGES: Final = 1_000
_LONGEST: Final = 10_000_000


class Draft:
    """One text on its way from the editor's state to blocks.

    Attributes:
        assets: Pictures that stood in markup that it embeds.
    """

    def __init__(self, state: Fields, base: str | None) -> None:
        self.assets: list[Asset] = []
        self._state = state
        self._base = base
        self._entities = dict(state.named("entityMap"))
        self._builder = Builder(state.context, base=base)

    def blocks(self) -> tuple[Block, ...]:
        """Return the blocks of the text."""
        for block in self._state.each("blocks"):
            self._block(block)
        return self._builder.finish()

    def _block(self, block: Fields) -> None:
        kind = block.text("type") or "unstyled"
        if kind == "atomic":
            for reach in block.each("entityRanges"):
                self._embedded(block, self._entities.get(reach.text("key") or ""))
        elif kind == "code-block":
            self._builder.block(CodeBlock(block.characters("text")))
        elif kind in _LISTS:
            self._builder.start("p", {})
            self._builder.item((block.whole("depth", 0) or 0) + 1, ordered=_LISTS[kind])
            self._line(block)
            self._builder.end("p")
        else:
            tag = _ELEMENTS.get(kind, "p")
            self._builder.start(tag, {})
            self._line(block)
            self._builder.end(tag)

    def _line(self, block: Fields) -> None:
        """Tell of a line, whose styles and links are ranges of UTF-16 code units."""
        units = block.characters("text").encode("utf-16-le", "surrogatepass")
        ranges = [*self._ranges(block, "inlineStyleRanges"), *self._ranges(block, "entityRanges")]
        edges = {0, len(units) // 2, *(edge for start, end, _ in ranges for edge in (start, end))}
        for start, end in pairwise(sorted(edge for edge in edges if edge <= len(units) // 2)):
            tags = [tag for first, last, tag in ranges if first <= start and end <= last]
            for tag, href in tags:
                self._builder.start(tag, {"href": href})
            for index, part in enumerate(units[2 * start : 2 * end].decode("utf-16-le", "replace").split("\n")):
                if index:
                    self._builder.start("br", {})
                    self._builder.end("br")
                self._builder.text(part)
            for tag, _ in reversed(tags):
                self._builder.end(tag)

    def _ranges(self, block: Fields, name: str) -> Iterator[tuple[int, int, tuple[str, str | None]]]:
        for reach in block.each(name)[:_MOST_RANGES]:
            start, length = reach.whole("offset", 0, _LONGEST), reach.whole("length", 1, _LONGEST)
            tag = self._tag(reach)
            if tag and start is not None and length is not None:
                yield start, start + length, tag

    def _tag(self, reach: Fields) -> tuple[str, str | None] | None:
        style = _STYLES.get(reach.text("style") or "")
        if style:
            return style, None
        entity = self._entities.get(reach.text("key") or "")
        if entity is None or entity.text("type") != "LINK":
            return None
        data = entity.fields("data")
        return "a", data.text("url") or data.fields("link").text("href")

    # What is embedded

    def _embedded(self, block: Fields, entity: Fields | None) -> None:
        kind = entity.text("type") if entity else None
        data = entity.fields("data") if entity else block
        if kind == "MEDIA":
            self._media(data.fields("media"))
        elif kind == "EMBED":
            self._markup(data.fields("data").characters("html"))
            if description := data.text("description"):
                self._builder.block(blocks(description, block.context).blocks[0])
        elif kind == "TABLE":
            self._table(data.fields("data"))
        elif kind == "HORIZONTAL_RULE":
            self._builder.block(Divider())
        else:
            block.notice("superdesk.block-lost", Kind.LOSS, f"a block of the kind {kind} is not known and was left out")

    def _markup(self, html: str) -> None:
        found = blocks(html, self._state.context, base=self._base)
        self.assets += found.assets
        for block in found.blocks:
            self._builder.block(block)

    def _media(self, item: Fields) -> None:
        renditions = item.fields("renditions")
        uri = renditions.fields("original").text("href") or renditions.fields("viewImage").text("href")
        if uri is None:
            item.notice("superdesk.media-lost", Kind.LOSS, "a picture or recording has no address and was left out")
            return
        made: Media = _MEDIA.get(item.text("type") or "", Image)(uri, alt=item.text("alt_text"))
        caption = item.text("description_text")
        self._builder.block(Figure(made, (Text(caption),) if caption else ()))

    def _table(self, data: Fields) -> None:
        rows = data.items("cells")
        self._builder.start("table", {})
        for index, row in enumerate(rows):
            tag = "th" if index == 0 and data.flag("withHeader") else "td"
            self._builder.start("tr", {})
            for cell in row if isinstance(row, list) else ():
                self._builder.start(tag, {})
                if isinstance(cell, dict):
                    state = Fields(cell, data.context, data.where(f"cells[{index}]"))
                    for block in Draft(state, self._base).blocks():
                        self._builder.block(block)
                self._builder.end(tag)
            self._builder.end("tr")
        self._builder.end("table")
