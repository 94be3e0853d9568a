"""From a tree of HTML to blocks, by an allow-list: what is not known by name gives its words and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from msgspec import structs
from selectolax.lexbor import LexborNode

from newsexport.errors import Kind
from newsexport.kit.html import embeds, footnotes
from newsexport.kit.html.addresses import joined
from newsexport.kit.html.builder import VERSE, Builder
from newsexport.kit.html.inlines import Attributes
from newsexport.kit.html.lists import ItemFrame
from newsexport.kit.html.media import emoji, image, inlined, recording
from newsexport.kit.html.paste import is_marker, loose_item
from newsexport.model import Block, Embed, Figure, FootnoteRef, Image, Paragraph, Quote, Text
from newsexport.spi import Asset, Context

Skip: TypeAlias = Callable[[LexborNode, str, Attributes], bool]
"""Tells whether an element, with its tag and attributes, is no part of the article."""
Special: TypeAlias = Callable[["Walk", LexborNode, Attributes, Builder], bool]
"""Tells a builder of an element; returns False where it is to be told as usual."""

# What never gives a word: programs, forms' controls, and what is read elsewhere.
_SKIPPED: Final = frozenset({
    "applet", "area", "base", "basefont", "button", "canvas", "col", "colgroup", "datalist", "dialog", "frame",
    "frameset", "head", "link", "map", "meta", "meter", "noembed", "noframes", "optgroup", "option", "output", "param",
    "progress", "rp", "script", "select", "source", "style", "template", "textarea", "title", "track",
})  # fmt: skip
_HIDDEN_STYLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_HIDDEN_CLASS: Final = re.compile(
    r"(?:^|\s)(?:screen-reader-text|sr-only|visually-?hidden|visuallyhidden|u-hidden|amp-hidden)(?:$|\s)"
)
_MARKED: Final = "a[href], em, strong, b, i, u, s, sup"
_FORM_WORDS: Final = 400
_DEEPEST_PARTS: Final = 3


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
        self._special = {**_SPECIAL, **(others or {})}
        self._depth = 0
        self._footnotes = footnotes.NONE

    def blocks(self, root: LexborNode) -> tuple[Block, ...]:
        """Return the blocks below an element."""
        self._footnotes = footnotes.find(root)
        return self._part(root)

    def block(self, node: LexborNode) -> tuple[Block, ...]:
        """Return the blocks that an element comes to."""
        builder = Builder(self._context, base=self._base, language=self._language)
        if self._enter(node, builder):
            walk(node, builder, self._enter)
            builder.end(node.tag or "")
        return builder.finish()

    def tell(self, root: LexborNode, builder: Builder) -> None:
        """Tell a builder of all below an element: of HTML that stands within something else."""
        around, self._footnotes = self._footnotes, footnotes.find(root)
        walk(root, builder, self._enter)
        self._footnotes = around

    def _part(self, root: LexborNode, depth: int = 20) -> tuple[Block, ...]:
        """Return the blocks below an element that has a place of its own: a note, what stands for a post."""
        builder = Builder(self._context, base=self._base, language=self._language, depth=depth)
        self._depth += 1
        walk(root, builder, self._enter)
        self._depth -= 1
        return builder.finish()

    def _enter(self, node: LexborNode, builder: Builder) -> bool:
        """Tell the builder of an element; return whether its content is still to be told."""
        tag = node.tag or ""
        attributes = node.attributes
        if tag in _SKIPPED or (self._skip is not None and self._skip(node, tag, attributes)):
            return False
        if self._is_hidden(attributes) or node.mem_id in self._footnotes.moved or node.mem_id in self._footnotes.back:
            return False
        special = self._special.get(tag)
        if special is not None and special(self, node, attributes, builder):
            return False
        builder.start(tag, attributes)
        return True

    def _is_hidden(self, attributes: Attributes) -> bool:
        if not attributes:
            return False
        style, classes = attributes.get("style"), attributes.get("class")
        return (
            "hidden" in attributes
            or bool(style and _HIDDEN_STYLE.search(style))
            or bool(classes and _HIDDEN_CLASS.search(classes))
        )

    # Pictures, films, recordings

    def picture_address(self, uri: str) -> str:
        """Return the address of a picture, absolute when the base is known."""
        cleaned = uri.strip()
        if self._picture_base is not None:
            return joined(self._picture_base, cleaned)
        # A path from the root of a site is none in the folder of a saved page.
        if cleaned.startswith("/") and self._base is not None:
            return joined(self._base, cleaned)
        return f"https:{cleaned}" if cleaned.startswith("//") else cleaned

    def image(self, _: LexborNode, attributes: Attributes, builder: Builder, others: tuple[str, ...] = ()) -> bool:
        """Tell of a picture."""
        character = emoji(attributes)
        if character is not None:
            builder.text(character)
            return True
        found = self.shown(attributes, builder, others)
        if found is not None:
            builder.media(found)
        return True

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

    def picture(self, node: LexborNode, _: Attributes, builder: Builder) -> bool:
        """Tell of the picture in an element ``picture``."""
        shown = node.css_first("img, amp-img")
        others = tuple(sets for each in node.css("source") if (sets := _set(each)))
        return self.image(node, shown.attributes if shown is not None else {}, builder, others)

    def recording(self, node: LexborNode, attributes: Attributes, builder: Builder) -> bool:
        """Tell of a film or a recording."""
        sources = (source for each in node.css("source") if (source := each.attributes.get("src")))
        tag = "audio" if (node.tag or "").endswith("audio") else "video"
        found = recording(tag, attributes, sources, self.picture_address)
        if found is None:
            builder.notice("html.embed-lost", Kind.LOSS, f"a {tag} without an address was left out")
        else:
            builder.media(found)
        return True

    # What lives elsewhere

    def frame(self, _: LexborNode, attributes: Attributes, builder: Builder) -> bool:
        """Tell of a page shown in a frame."""
        names = ("src", "data-src", "data-lazy-src", "data", "data-url", "data-videoid")
        found = next((value for name in names if (value := attributes.get(name)) and value != "about:blank"), None)
        url = builder.address(found)
        if url is None or not url.lower().startswith(("http:", "https:")):
            builder.notice("html.embed-lost", Kind.LOSS, "something embedded has no address and was left out")
            return True
        title = " ".join((attributes.get("title") or attributes.get("aria-label") or "").split())
        builder.block(Embed(url, provider=embeds.provider(url), title=title or None))
        return True

    def post(self, node: LexborNode, attributes: Attributes, builder: Builder) -> bool:
        """Tell of a post that a script would show; anything else of that element is told as usual."""
        is_post, provider = embeds.post_provider(attributes)
        if not is_post or self._depth >= _DEEPEST_PARTS:
            return False
        links = [link for each in node.css("a[href]") if (link := embeds.bare_address(each.attributes["href"] or ""))]
        url = embeds.stated_address(attributes) or (links[-1] if links else None)
        if url is None:
            return False
        blocks = self._part(node, depth=4)
        fallback = (Quote(blocks),) if blocks else ()
        builder.block(Embed(url, provider=provider or embeds.provider(url), fallback=fallback))
        return True

    def figure(self, node: LexborNode, attributes: Attributes, builder: Builder) -> bool:
        """Tell of an address that a CMS turns into what is there; anything else is told as usual."""
        classes = (attributes.get("class") or "").split()
        if "kg-bookmark-card" in classes:
            return self._bookmark(node, builder)
        if "wp-block-embed" not in classes or node.css_first("iframe, blockquote, video, audio, img") is not None:
            return False
        wrapper = node.css_first(".wp-block-embed__wrapper") or node
        url = embeds.bare_address(wrapper.text())
        if url is None:
            return False
        caption = node.css_first("figcaption")
        fallback = self._part(caption, depth=4) if caption is not None else ()
        builder.block(Embed(url, provider=embeds.provider(url), fallback=fallback))
        return True

    def _bookmark(self, node: LexborNode, builder: Builder) -> bool:
        """Tell of a card that leads to another page, as Ghost makes them."""
        link = node.css_first("a[href]")
        url = builder.address(link.attributes["href"]) if link is not None else None
        if url is None:
            return False

        def words(name: str) -> str | None:
            found = node.css_first(f".kg-bookmark-{name}")
            return " ".join(found.text().split()) if found is not None else None

        thumbnail, caption = node.css_first(".kg-bookmark-thumbnail img"), node.css_first("figcaption")
        shown = image(thumbnail.attributes, self.picture_address) if thumbnail is not None else None
        description = words("description")
        fallback = (
            *((Figure(shown),) if shown is not None else ()),
            *((Paragraph((Text(description),)),) if description else ()),
            *(self._part(caption, depth=4) if caption is not None else ()),
        )
        # The class of the publisher is `author`, and that of the author `publisher`, for the sake of old themes.
        builder.block(Embed(url, provider=words("author"), title=words("title"), fallback=fallback))
        return True

    # Links and footnotes

    def link(self, node: LexborNode, attributes: Attributes, builder: Builder) -> bool:
        """Tell of a reference to a footnote; anything else is told as usual, but for signs that lead to a heading."""
        note = self._footnotes.notes.get(node.mem_id)
        if note is not None and self._depth < _DEEPEST_PARTS:
            blocks = self._part(note, depth=6)
            if blocks:
                builder.inline(FootnoteRef(blocks))
                return True
        words = node.text().strip()
        if (attributes.get("href") or "").startswith("#") and words in _HEADING_SIGNS:
            return True
        name = None if node.css_first("img, picture, video") is not None else self._name(node, attributes)
        if name:
            builder.start("a", attributes)
            builder.text(name)
            builder.end("a")
        return bool(name) or "wp-block-file__button" in (attributes.get("class") or "")

    def _name(self, node: LexborNode, attributes: Attributes) -> str | None:
        """Return the words for a link that shows none, such as an icon; None for a link that shows its words."""
        hidden = [each for each in node.css("[class]") if self._is_hidden(each.attributes)]
        said = " ".join(each.text().strip() for each in hidden)
        if len(node.text().strip()) > len(said):
            return None
        return attributes.get("aria-label") or said or attributes.get("title") or None

    def raised(self, node: LexborNode, _: Attributes, builder: Builder) -> bool:
        """Tell of references to footnotes that are raised, without the brackets around them."""
        links = [each for each in node.css("a") if each.mem_id in self._footnotes.notes]
        rest = len(re.sub(r"\W", "", node.text())) - sum(len(re.sub(r"\W", "", each.text())) for each in links)
        if not links or rest > 0:
            return False
        for each in links:
            self.link(each, each.attributes, builder)
        return True

    # Elements that hold what no page shows

    def unscripted(self, node: LexborNode, _: Attributes, __: Builder) -> bool:
        """Pass over what is shown without scripts alone, but for a picture or a frame that is not told already."""
        before = node.prev
        while before is not None and not before.is_element_node:
            before = before.prev
        shows = before is not None and (before.tag in _SHOWN or before.css_first("img, iframe, picture") is not None)
        return shows or node.css_first("img, iframe") is None

    def form(self, node: LexborNode, _: Attributes, builder: Builder) -> bool:
        """Pass over a form; one that holds a text as well, as pages of ASP.NET do, is told without its controls."""
        controls = node.css("input:not([type=hidden]), select, textarea, button")
        if not controls or len(node.text().strip()) > _FORM_WORDS:
            return False
        builder.notice("html.form", Kind.INFO, "a form was left out")
        return True

    def checkbox(self, _: LexborNode, attributes: Attributes, builder: Builder) -> bool:
        """Tell of the box of a task in a list."""
        if (attributes.get("type") or "").lower() == "checkbox" and builder.within(ItemFrame):
            builder.text("☑ " if "checked" in attributes else "☐ ")
        return True

    def drawing(self, node: LexborNode, attributes: Attributes, builder: Builder) -> bool:
        """Pass over a drawing, and say so where it is named."""
        title = node.css_first("title")
        name = attributes.get("aria-label") or (title.text() if title is not None else "")
        if name.strip() and attributes.get("aria-hidden") != "true":
            builder.notice("html.drawing", Kind.LOSS, f"the drawing {name.strip()[:60]!r} was left out")
        return True

    def formula(self, node: LexborNode, attributes: Attributes, builder: Builder) -> bool:
        """Tell of a formula by the words that stand for it."""
        annotation = node.css_first("annotation")
        tokens = "".join(each.text(deep=False) for each in node.css("mi, mn, mo, ms, mtext"))
        words = attributes.get("alttext") or (annotation.text(deep=False) if annotation is not None else tokens)
        builder.text(" ".join(words.split()))
        return True

    def paragraph(self, node: LexborNode, attributes: Attributes, builder: Builder) -> bool:
        """Tell of a paragraph that Word means as an item of a list; anything else is told as usual."""
        found = loose_item(node, attributes)
        if found is not None:
            builder.start("p", attributes)
            builder.item(found.level, ordered=found.ordered)
            walk(node, builder, self._enter)
            builder.end("p")
        return found is not None

    def preformatted(self, node: LexborNode, attributes: Attributes, builder: Builder) -> bool:
        """Tell of verses: of what is called so, or has marks and links, which a program has not."""
        is_verse = "verse" in (attributes.get("class") or "") or node.css_first(_MARKED) is not None
        if not is_verse or node.css_first("code") is not None:
            return False
        builder.start(VERSE, attributes)
        walk(node, builder, self._enter)
        builder.end(VERSE)
        return True

    def span(self, _: LexborNode, attributes: Attributes, __: Builder) -> bool:
        """Pass over the marker that Word writes in front of an item."""
        return is_marker(attributes)


def walk(root: LexborNode, builder: Builder, enter: Callable[[LexborNode, Builder], bool]) -> None:
    """Go through all below an element, without recursion."""
    around: list[LexborNode] = []
    node = root.child
    while node is not None:
        if node.is_element_node:
            if enter(node, builder):
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


def _set(source: LexborNode) -> str | None:
    attributes = source.attributes
    return attributes.get("srcset") or attributes.get("data-srcset")


_SHOWN: Final = frozenset({"img", "iframe", "picture", "video", "audio", "amp-img"})
_HEADING_SIGNS: Final = frozenset({"", "#", "¶", "§", "🔗"})
_SPECIAL: Final[dict[str, Special]] = {
    **dict.fromkeys(("img", "amp-img", "image"), Walk.image),
    "picture": Walk.picture,
    **dict.fromkeys(("audio", "video", "amp-audio", "amp-video"), Walk.recording),
    **dict.fromkeys(("iframe", "embed", "object", "amp-iframe", "amp-youtube"), Walk.frame),
    **dict.fromkeys(("blockquote", "div"), Walk.post),
    "figure": Walk.figure,
    "a": Walk.link,
    "sup": Walk.raised,
    "noscript": Walk.unscripted,
    "form": Walk.form,
    "input": Walk.checkbox,
    "svg": Walk.drawing,
    "math": Walk.formula,
    "p": Walk.paragraph,
    "pre": Walk.preformatted,
    "span": Walk.span,
}
