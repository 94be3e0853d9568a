"""From a tree of HTML to blocks, by an allow-list: what is not known by name gives its words and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from msgspec import structs
from selectolax.lexbor import LexborNode

from newsexport.errors import Kind
from newsexport.kit.html import footnotes
from newsexport.kit.html.addresses import joined
from newsexport.kit.html.builder import Builder
from newsexport.kit.html.inlines import Attributes
from newsexport.kit.html.media import image, inlined
from newsexport.kit.html.special import SPECIAL, Special
from newsexport.kit.html.visible import is_hidden
from newsexport.model import Block, Image
from newsexport.spi import Asset, Context

Skip: TypeAlias = Callable[[LexborNode, str, Attributes], bool]
"""Tells whether an element, with its tag and attributes, is no part of the article."""

# What never gives a word: programs, forms' controls, and what is read elsewhere.
_SKIPPED: Final = frozenset({
    "applet", "area", "base", "basefont", "button", "canvas", "col", "colgroup", "datalist", "dialog", "frame",
    "frameset", "head", "link", "map", "meta", "meter", "noembed", "noframes", "optgroup", "option", "output", "param",
    "progress", "rp", "script", "select", "source", "style", "template", "textarea", "title", "track",
})  # fmt: skip
_DEEPEST_PARTS: Final = 3
_MOST_REPEATED: Final = 200_000


class Walk:
    """One way through a tree.

    Attributes:
        assets: Pictures that stood in the markup itself, by the name that the document uses for them.
    """

    def __init__(
        self,
        context: Context,
        *,
        base: str | None = None,
        picture_base: str | None = None,
        language: str | None = None,
        skip: Skip | None = None,
        others: Mapping[str, Special] | None = None,
    ) -> None:
        """Get ready.

        Args:
            context: Hears what is repaired or left out.
            base: What relative links are relative to; None when it is not known.
            picture_base: The same for pictures, films and recordings; None keeps their relative paths, which may be
                those of files in the folder of a saved page.
            language: Of the document.
            skip: Tells what is no part of the article.
            others: How to tell of elements that are none of HTML, by their tags.
        """
        self.assets: dict[str, Asset] = {}
        self._context = context
        self._base = base
        self._picture_base = picture_base
        self._language = language
        self._skip = skip
        self._special = {**SPECIAL, **(others or {})}
        self._depth = 0
        self._footnotes = footnotes.NONE
        self._notes: dict[int, tuple[Block, ...]] = {}
        self._repeated = 0

    def blocks(self, root: LexborNode) -> tuple[Block, ...]:
        """Return the blocks below an element."""
        self._footnotes, self._notes = footnotes.find(root), {}
        return self.part(root)

    def block(self, node: LexborNode) -> tuple[Block, ...]:
        """Return the blocks that an element comes to."""
        builder = Builder(self._context, base=self._base, language=self._language)
        if self._enter(node, builder):
            self.below(node, builder)
            builder.end(node.tag or "")
        return builder.finish()

    def tell(self, root: LexborNode, builder: Builder) -> None:
        """Tell a builder of all below an element: of HTML that stands within something else."""
        around = self._footnotes, self._notes
        self._footnotes, self._notes = footnotes.find(root), {}
        self.below(root, builder)
        self._footnotes, self._notes = around

    # For those who tell of one kind of element

    def part(self, root: LexborNode, depth: int = 20) -> tuple[Block, ...]:
        """Return the blocks below an element that has a place of its own: a note, what stands for a post."""
        builder = Builder(self._context, base=self._base, language=self._language, depth=depth)
        self._depth += 1
        self.below(root, builder)
        self._depth -= 1
        return builder.finish()

    @property
    def is_deep(self) -> bool:
        """Whether parts stand in parts so often that another is told in its place."""
        return self._depth >= _DEEPEST_PARTS

    def refers(self, link: LexborNode) -> bool:
        """Tell whether a link leads to a footnote."""
        return link.mem_id in self._footnotes.notes

    def note(self, link: LexborNode, builder: Builder) -> tuple[Block, ...]:
        """Return the footnote that a link leads to; nothing when there is none, or notes are repeated without end."""
        note = self._footnotes.notes.get(link.mem_id)
        if note is None or self.is_deep:
            return ()
        if note.mem_id not in self._notes:
            self._notes[note.mem_id] = self.part(note, depth=6)
            return self._notes[note.mem_id]
        if self._repeated > _MOST_REPEATED:
            return ()
        self._repeated += len(note.text())
        if self._repeated > _MOST_REPEATED:
            builder.notice("html.footnote", Kind.REPAIR, "a footnote of very many references stands at the first ones")
        return self._notes[note.mem_id]

    def picture_address(self, uri: str) -> str:
        """Return the address of a picture, absolute when the base is known."""
        cleaned = uri.strip()
        if self._picture_base is not None:
            return joined(self._picture_base, cleaned)
        # A path from the root of a site is none in the folder of a saved page.
        if cleaned.startswith("/") and self._base is not None:
            return joined(self._base, cleaned)
        return f"https:{cleaned}" if cleaned.startswith("//") else cleaned

    def shown(self, attributes: Attributes, builder: Builder, others: tuple[str, ...] = ()) -> Image | None:
        """Return the picture that the attributes of ``img`` state; one within the markup becomes an asset."""
        found = image(attributes, self.picture_address, others)
        if found is None or found.uri[:5].lower() != "data:":
            return found
        asset = inlined(found.uri, self._context.limits.asset_bytes)
        if asset is None:
            builder.notice("html.data-uri", Kind.LOSS, "a picture within the markup cannot be read")
            return None
        self.assets[asset.uri] = asset
        return structs.replace(found, uri=asset.uri)

    def below(self, root: LexborNode, builder: Builder) -> None:
        """Go through all below an element, without recursion."""
        around: list[LexborNode] = []
        node = root.child
        while node is not None:
            if node.is_element_node:
                if self._enter(node, builder):
                    child = node.child
                    if child is not None:
                        around.append(node)
                        node = child
                        continue
                    builder.end(node.tag or "")
            elif node.is_text_node:
                builder.text(node.text_content or "")
            following = node.next
            while following is None and around:
                closed = around.pop()
                builder.end(closed.tag or "")
                following = closed.next
            node = following

    def _enter(self, node: LexborNode, builder: Builder) -> bool:
        """Tell the builder of an element; return whether its content is still to be told."""
        tag = node.tag or ""
        attributes = node.attributes
        if tag in _SKIPPED or (self._skip is not None and self._skip(node, tag, attributes)):
            return False
        if is_hidden(attributes) or node.mem_id in self._footnotes.moved or node.mem_id in self._footnotes.back:
            return False
        special = self._special.get(tag)
        if special is not None and special(self, node, attributes, builder):
            return False
        builder.start(tag, attributes)
        return True
