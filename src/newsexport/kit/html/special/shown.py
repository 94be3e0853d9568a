"""Elements that show what lies elsewhere: pictures, films, recordings, pages in frames, posts, cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selectolax.lexbor import LexborNode

from newsexport.errors import Kind
from newsexport.kit.html import embeds, media
from newsexport.kit.html.builder import Builder
from newsexport.kit.html.inlines import Attributes
from newsexport.model import Embed, Figure, Paragraph, Quote, Text

if TYPE_CHECKING:
    from newsexport.kit.html.walk import Walk


def image(walk: Walk, _: LexborNode, attributes: Attributes, builder: Builder, others: tuple[str, ...] = ()) -> bool:
    """Tell of a picture."""
    character = media.emoji(attributes)
    if character is not None:
        builder.text(character)
        return True
    found = walk.shown(attributes, builder, others)
    if found is not None:
        builder.media(found)
    return True


def picture(walk: Walk, node: LexborNode, _: Attributes, builder: Builder) -> bool:
    """Tell of the picture in an element ``picture``."""
    shown = node.css_first("img, amp-img")
    others = tuple(sets for each in node.css("source") if (sets := _set(each)))
    return image(walk, node, shown.attributes if shown is not None else {}, builder, others)


def recording(walk: Walk, node: LexborNode, attributes: Attributes, builder: Builder) -> bool:
    """Tell of a film or a recording."""
    sources = (source for each in node.css("source") if (source := each.attributes.get("src")))
    tag = "audio" if (node.tag or "").endswith("audio") else "video"
    found = media.recording(tag, attributes, sources, walk.picture_address)
    if found is None:
        builder.notice("html.embed-lost", Kind.LOSS, f"a {tag} without an address was left out")
    else:
        builder.media(found)
    return True


def frame(walk: Walk, node: LexborNode, attributes: Attributes, builder: Builder) -> bool:
    """Tell of a page shown in a frame."""
    names = ("src", "data-src", "data-lazy-src", "data", "data-url", "data-videoid")
    found = next((value for name in names if (value := attributes.get(name)) and value != "about:blank"), None)
    url = builder.address(found)
    # What stands in an object is for those who cannot show it; in a frame it is no markup to a parser.
    holds_more = node.tag == "object" and bool(node.text().strip())
    if holds_more and (url is None or walk.is_deep):
        return False
    if url is None or not url.lower().startswith(("http:", "https:")):
        builder.notice("html.embed-lost", Kind.LOSS, "something embedded has no address and was left out")
        return True
    title = " ".join((attributes.get("title") or attributes.get("aria-label") or "").split())
    fallback = walk.part(node, depth=4) if holds_more else ()
    builder.block(Embed(url, provider=embeds.provider(url), title=title or None, fallback=fallback))
    return True


def post(walk: Walk, node: LexborNode, attributes: Attributes, builder: Builder) -> bool:
    """Tell of a post that a script would show; anything else of that element is told as usual."""
    is_post, provider = embeds.post_provider(attributes)
    if not is_post or walk.is_deep:
        return False
    links = [link for each in node.css("a[href]") if (link := embeds.bare_address(each.attributes["href"] or ""))]
    url = embeds.stated_address(attributes) or (links[-1] if links else None)
    if url is None:
        return False
    blocks = walk.part(node, depth=4)
    fallback = (Quote(blocks),) if blocks else ()
    builder.block(Embed(url, provider=provider or embeds.provider(url), fallback=fallback))
    return True


def figure(walk: Walk, node: LexborNode, attributes: Attributes, builder: Builder) -> bool:
    """Tell of an address that a CMS turns into what is there; anything else is told as usual."""
    classes = (attributes.get("class") or "").split()
    if "kg-bookmark-card" in classes:
        return _bookmark(walk, node, builder)
    if "wp-block-embed" not in classes or node.css_first("iframe, blockquote, video, audio, img") is not None:
        return False
    wrapper = node.css_first(".wp-block-embed__wrapper") or node
    url = embeds.bare_address(wrapper.text())
    if url is None:
        return False
    caption = node.css_first("figcaption")
    fallback = walk.part(caption, depth=4) if caption is not None else ()
    builder.block(Embed(url, provider=embeds.provider(url), fallback=fallback))
    return True


def _bookmark(walk: Walk, node: LexborNode, builder: Builder) -> bool:
    """Tell of a card that leads to another page, as Ghost makes them."""
    link = node.css_first("a[href]")
    url = builder.address(link.attributes["href"]) if link is not None else None
    if url is None:
        return False

    def words(name: str) -> str | None:
        found = node.css_first(f".kg-bookmark-{name}")
        return " ".join(found.text().split()) if found is not None else None

    thumbnail, caption = node.css_first(".kg-bookmark-thumbnail img"), node.css_first("figcaption")
    shown = media.image(thumbnail.attributes, walk.picture_address) if thumbnail is not None else None
    description = words("description")
    fallback = (
        *((Figure(shown),) if shown is not None else ()),
        *((Paragraph((Text(description),)),) if description else ()),
        *(walk.part(caption, depth=4) if caption is not None else ()),
    )
    # The class of the publisher is `author`, and that of the author `publisher`, for the sake of old themes.
    builder.block(Embed(url, provider=words("author"), title=words("title"), fallback=fallback))
    return True


def _set(source: LexborNode) -> str | None:
    attributes = source.attributes
    return attributes.get("srcset") or attributes.get("data-srcset")
