"""Cards, which are what a post holds beside text; Lexical and Mobiledoc have them in common.

Source: TryGhost/Koenig, packages kg-default-nodes and kg-default-cards, whose renderers say what readers see of each.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from msgspec import structs
from selectolax.lexbor import LexborNode

from newsexport.errors import Kind
from newsexport.kit.cms import Fields
from newsexport.kit.html import Builder, Walk, inlines, parse
from newsexport.kit.html.addresses import joined
from newsexport.kit.html.embeds import provider
from newsexport.kit.html.inlines import Attributes
from newsexport.kit.markdown import to_html
from newsexport.model import (
    Aside,
    Audio,
    Block,
    CodeBlock,
    Divider,
    Embed,
    Figure,
    Gallery,
    Heading,
    Image,
    Inline,
    Link,
    Media,
    Paragraph,
    Text,
    Video,
)
from newsexport.spi import Asset, Context

# What a rendered card holds beside its content: the controls and counters of players, decoration.
_FURNITURE: Final = frozenset({
    "kg-audio-player", "kg-audio-thumbnail", "kg-callout-emoji", "kg-file-card-icon",
    "kg-product-card-rating", "kg-toggle-card-icon", "kg-video-overlay", "kg-video-player-container",
})  # fmt: skip
_RENDERED: Final = {"kg-cta-card": "call-to-action", "kg-signup-card": "signup"}
_WORDS: Final = ("html", "text", "textValue", "title", "heading", "header", "caption", "description", "content")
_NOBODY: Final = ""


class Cards:
    """Tells a builder of cards.

    Attributes:
        assets: Pictures that stood in the markup of cards.
    """

    def __init__(self, builder: Builder, context: Context, base: str | None, language: str | None) -> None:
        self.assets: list[Asset] = []
        self._builder = builder
        self._context = context
        self._base = base
        self._language = language

    def show(self, kind: str, card: Fields) -> bool:
        """Tell of a card; return False where its kind is not known."""
        shown = _SHOWN.get(kind)
        if shown is not None and not self._is_gated(kind, card):
            shown(self, card)
        return shown is not None or self._leave_out(kind, card.notice)

    def _leave_out(self, kind: str, notice: Callable[[str, Kind, str], None]) -> bool:
        if kind in _UNSEEN:
            notice("ghost.card-unseen", Kind.INFO, f"the card {kind} was left out: {_UNSEEN[kind]}")
        elif kind in _LOST:
            notice("ghost.card-lost", Kind.LOSS, f"the card {kind} was left out: {_LOST[kind]}")
        return kind in _UNSEEN or kind in _LOST

    def unknown(self, kind: str, card: Fields) -> None:
        """Keep the words of a card that is not known."""
        words = [text for name in _WORDS if isinstance(card.raw(name), str) and (text := card.text(name))]
        if not words:
            message = f"a card of the kind {kind!r} is not known and was left out"
            card.notice("ghost.card-lost", Kind.LOSS, message)
            return
        self.tell_unknown(kind, card)
        for each in words:
            self.markup(each)

    def tell_unknown(self, kind: str, card: Fields) -> None:
        """Say that only the words of a card, or of a node, were kept."""
        message = f"{kind!r} is not known; its words were kept"
        card.notice("ghost.unknown", Kind.REPAIR, message)

    def markup(self, html: str) -> None:
        """Tell of a piece of HTML."""
        for block in self._blocks(html):
            self._builder.block(block)

    # What cards are made of

    def _blocks(self, html: str) -> tuple[Block, ...]:
        walk = Walk(
            self._context, base=self._base, picture_base=self._base, language=self._language, skip=self._is_furniture
        )
        found = walk.blocks(parse(html, self._context))
        self.assets += walk.assets.values()
        return found

    def _is_furniture(self, _: LexborNode, __: str, attributes: Attributes) -> bool:
        classes = (attributes.get("class") or "").split()
        kind = next((_RENDERED[name] for name in classes if name in _RENDERED), None)
        if kind:
            self._leave_out(kind, self._builder.notice)
        return kind is not None or not _FURNITURE.isdisjoint(classes)

    def _line(self, card: Fields, name: str) -> tuple[Inline, ...]:
        return inlines(card.text(name), self._context, base=self._base)

    def _address(self, card: Fields, name: str) -> str | None:
        uri = card.text(name)
        return joined(self._base, uri) if uri and self._base else uri

    def _figure(self, card: Fields, media: Media) -> Figure:
        return Figure(media, self._line(card, "caption"))

    def _image(self, card: Fields, name: str = "src", width: str = "width", height: str = "height") -> Image | None:
        uri = self._address(card, name)
        if uri is None:
            return None
        return Image(
            uri,
            alt=card.text("alt"),
            headline=card.text("title"),
            width=card.pixels(width),
            height=card.pixels(height),
        )

    def _button(self, card: Fields, text: str, url: str) -> tuple[Block, ...]:
        label, href = card.text(text), self._builder.address(card.text(url))
        if href is None:
            return (Paragraph((Text(label),)),) if label else ()
        return (Paragraph((Link((Text(label or href),), href),)),)

    def _is_gated(self, kind: str, card: Fields) -> bool:
        """Tell whether a card is shown to some readers alone, and say so."""
        web = _web_visibility(card.fields("visibility"))
        if web is None or card.raw("visibility") is None:
            return False
        if web == _NOBODY:
            card.notice("ghost.card-unseen", Kind.INFO, f"the card {kind} was left out: it is for the mail alone")
        else:
            card.notice("ghost.card-lost", Kind.LOSS, f"the card {kind} was left out: it is for members alone")
        return True

    # Cards that are shown

    def picture(self, card: Fields) -> None:
        """Tell of a picture, which may be a link."""
        image = self._image(card)
        if image is None:
            return
        self._builder.start("figure", {})
        self._builder.start("a", {"href": card.text("href")})
        self._builder.media(image)
        self._builder.end("a")
        self._builder.start("figcaption", {})
        for inline in self._line(card, "caption"):
            self._builder.inline(inline)
        self._builder.end("figure")

    def gallery(self, card: Fields) -> None:
        """Tell of several pictures."""
        found = [(each, image) for each in card.each("images") if (image := self._image(each))]
        figures = tuple(self._figure(each, image) for each, image in found)
        if figures:
            self._builder.block(Gallery(figures, self._line(card, "caption")))

    def before_after(self, card: Fields) -> None:
        """Tell of two pictures that are laid one upon the other."""
        found = [image for name in ("beforeImage", "afterImage") if (image := self._image(card.fields(name)))]
        if found:
            self._builder.block(Gallery(tuple(map(Figure, found)), self._line(card, "caption")))

    def video(self, card: Fields) -> None:
        """Tell of a film."""
        uri = self._address(card, "src")
        if uri:
            film = Video(uri, width=card.pixels("width"), height=card.pixels("height"))
            self._builder.block(self._figure(card, film))

    def audio(self, card: Fields) -> None:
        """Tell of a recording."""
        uri = self._address(card, "src")
        if uri:
            self._builder.block(self._figure(card, Audio(uri, headline=card.text("title"))))

    def file(self, card: Fields) -> None:
        """Tell of a file that readers may take: its name leads to it."""
        uri = self._builder.address(card.text("src"))
        name = card.text("fileTitle") or card.text("fileName") or uri
        if name is None:
            return
        label: Inline = Text(name)
        self._builder.block(Paragraph((Link((label,), uri) if uri else label,)))
        if caption := card.text("fileCaption"):
            self._builder.block(Paragraph((Text(caption),)))

    def embed(self, card: Fields) -> None:
        """Tell of something that lives elsewhere: by its address, and by the words of the markup that shows it."""
        metadata = card.fields("metadata")
        shown = self._blocks(card.characters("html"))
        held = next((block for block in shown if isinstance(block, Embed)), None)
        caption = self._line(card, "caption")
        below = (Paragraph(caption),) if caption else ()
        url = self._builder.address(card.text("url")) or (held.url if held else None)
        if url is None:
            for block in (*shown, *below):
                self._builder.block(block)
            return
        fallback = held.fallback if held else shown
        title = metadata.text("title") or (held.title if held else None)
        named = metadata.text("provider_name") or (held.provider if held else None) or provider(url)
        self._builder.block(Embed(url, provider=named, title=title, fallback=(*fallback, *below)))

    def bookmark(self, card: Fields) -> None:
        """Tell of another page."""
        metadata = card.fields("metadata")
        url = self._builder.address(card.text("url"))
        thumbnail, description = self._address(metadata, "thumbnail"), metadata.text("description")
        caption = self._line(card, "caption")
        fallback: tuple[Block, ...] = (
            *((Figure(Image(thumbnail, decorative=True)),) if thumbnail else ()),
            *((Paragraph((Text(description),)),) if description else ()),
            *((Paragraph(caption),) if caption else ()),
        )
        if url is None:
            for block in fallback:
                self._builder.block(block)
            return
        title, publisher = metadata.text("title"), metadata.text("publisher") or metadata.text("author")
        self._builder.block(Embed(url, provider=publisher, title=title, fallback=fallback))

    def html(self, card: Fields) -> None:
        """Tell of markup that somebody wrote by hand."""
        self.markup(card.characters("html"))

    def markdown(self, card: Fields) -> None:
        """Tell of a text in Markdown, in which Ghost keeps the breaks of lines."""
        self.markup(to_html(card.characters("markdown"), breaks=True))

    def callout(self, card: Fields) -> None:
        """Tell of a box; its emoji is decoration."""
        blocks = self._blocks(card.characters("calloutText"))
        if blocks:
            self._builder.block(Aside("factbox", blocks=blocks))

    def toggle(self, card: Fields) -> None:
        """Tell of what is folded away until a reader asks for it."""
        title, blocks = self._line(card, "heading"), self._blocks(card.characters("content"))
        if title or blocks:
            self._builder.block(Aside("factbox", title, blocks))

    def code(self, card: Fields) -> None:
        """Tell of lines of code."""
        if code := card.characters("code").strip("\n"):
            self._builder.block(CodeBlock(code, card.text("language")))
        if caption := self._line(card, "caption"):
            self._builder.block(Paragraph(caption, "note"))

    def divider(self, _: Fields) -> None:
        """Tell of a break."""
        self._builder.block(Divider())

    def header(self, card: Fields) -> None:
        """Tell of a heading that fills the page, with a line below it."""
        if image := self._image(card, "backgroundImageSrc", "backgroundImageWidth", "backgroundImageHeight"):
            self._builder.block(Figure(structs.replace(image, decorative=True)))
        if heading := self._line(card, "header"):
            self._builder.block(Heading(heading))
        if below := self._line(card, "subheader"):
            self._builder.block(Paragraph(below))
        if card.flag("buttonEnabled"):
            self._links(card, "buttonText", "buttonUrl")

    def product(self, card: Fields) -> None:
        """Tell of a thing that is reviewed or sold."""
        image = self._image(card, "productImageSrc", "productImageWidth", "productImageHeight")
        rating = card.whole("productStarRating", 0, 5) if card.flag("productRatingEnabled") else None
        blocks: tuple[Block, ...] = (
            *((Figure(image),) if image else ()),
            *((Paragraph((Text(f"{rating}/5"),)),) if rating is not None else ()),
            *self._blocks(card.characters("productDescription")),
            *(self._button(card, "productButton", "productUrl") if card.flag("productButtonEnabled") else ()),
        )
        title = self._line(card, "productTitle")
        if title or blocks:
            self._builder.block(Aside("factbox", title, blocks))

    def button(self, card: Fields) -> None:
        """Tell of a link that looks like a button."""
        self._links(card, "buttonText", "buttonUrl")

    def _links(self, card: Fields, text: str, url: str) -> None:
        for block in self._button(card, text, url):
            self._builder.block(block)


def _web_visibility(visibility: Fields) -> str | None:
    """Return which members alone are shown a card on the web: `_NOBODY` for none; None where all readers are.

    Source: kg-default-nodes, utils/visibility.js, with the two forms that it migrates.
    """
    web = visibility.fields("web")
    if "nonMember" in web:
        return None if web.flag("nonMember") else web.text("memberSegment") or _NOBODY
    is_hidden = visibility.flag("emailOnly") or visibility.raw("showOnWeb") is False
    return _NOBODY if is_hidden else None


_Shown: TypeAlias = Callable[[Cards, Fields], None]
_SHOWN: Final[dict[str, _Shown]] = {
    **dict.fromkeys(("image", "unsplash", "tenor"), Cards.picture),
    "gallery": Cards.gallery,
    "before-after": Cards.before_after,
    "video": Cards.video,
    "audio": Cards.audio,
    "file": Cards.file,
    **dict.fromkeys(("embed", "nft", "twitter"), Cards.embed),
    "bookmark": Cards.bookmark,
    "html": Cards.html,
    **dict.fromkeys(("markdown", "card-markdown"), Cards.markdown),
    "callout": Cards.callout,
    "toggle": Cards.toggle,
    **dict.fromkeys(("code", "codeblock"), Cards.code),
    **dict.fromkeys(("hr", "horizontalrule"), Cards.divider),
    "header": Cards.header,
    "product": Cards.product,
    "button": Cards.button,
}
_UNSEEN: Final = {
    "email": "it is for the mail alone",
    "email-cta": "it is for the mail alone",
    "paywall": "what follows is for members",
    "signup": "it is a form",
}
_LOST: Final = {
    "call-to-action": "it asks readers to do something",
    "transistor": "it is another one for each member",
    "collection": "it lists posts as they come",
}
