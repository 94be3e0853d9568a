"""Pictures, their captions and credits; films and recordings as links."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from newsexport.errors import Kind
from newsexport.kit import images
from newsexport.kit.images import Picture as KitPicture
from newsexport.kit.labels import labels
from newsexport.model import Figure, Gallery, Image, Inline, Media, MediaObject
from newsexport.model.walk import plain_text
from newsexport.spi import Asset, Context
from newsexport.writers.pdf import theme
from newsexport.writers.pdf._reportlab import Metrics
from newsexport.writers.pdf.ink import Raster
from newsexport.writers.pdf.inlines import Typesetter
from newsexport.writers.pdf.pieces import Picture, Piece
from newsexport.writers.pdf.tables import Columns
from newsexport.writers.pdf.tags import Element
from newsexport.writers.pdf.text import TextBlock

if TYPE_CHECKING:
    from PIL.Image import Image as PillowImage


class Figures:
    """Makes pieces of figures.

    Attributes:
        limit: Greatest height of a picture in points.
        language: Of the words added.
        rtl: True when lines start on the right.
    """

    def __init__(self, typesetter: Typesetter, metrics: Metrics, context: Context, limit: float) -> None:
        self._set = typesetter
        self._metrics = metrics
        self._context = context
        self.limit = limit
        self.language = "und"
        self.rtl = False

    def figure(self, figure: Figure, parent: Element, limit: float | None = None) -> list[Piece]:
        """Return a figure with its caption and credit."""
        return self.media(figure.media, figure.caption, parent, limit, figure.lang)

    def media(
        self,
        media: Media,
        caption: tuple[Inline, ...],
        parent: Element,
        limit: float | None = None,
        language: str | None = None,
    ) -> list[Piece]:
        """Return a picture, or a link to a film or recording, with its caption and credit."""
        group = parent.add("Div", language)
        credit = _credit(media)
        words: list[Piece] = []
        shown = self._shown(media, plain_text(caption), group, limit, bool(caption or credit))
        if caption or credit:
            element = group.add("Caption")
            if caption:
                runs = self._set.inlines(caption, theme.CAPTION, element.add("P"))
                words.append(TextBlock(runs, theme.CAPTION, self._metrics, rtl=self.rtl))
            if credit:
                runs = self._set.words(credit, theme.CREDIT, element.add("P"), media)
                words.append(TextBlock(runs, theme.CREDIT, self._metrics, rtl=self.rtl))
        pieces = [*shown, *words]
        for piece in pieces[:-1]:
            piece.keep = True
        if pieces:
            pieces[-1].after = 12
        return pieces

    def logo(self, asset: Asset) -> list[Piece]:
        """Return a logo, which is no part of the text."""
        picture = images.opened(asset, self._context.limits)
        if picture is None:
            message = f"the logo {asset.uri!r} cannot be read, or is larger than the limits allow"
            self._context.notice("pdf.logo-unusable", Kind.LOSS, message)
            return []
        return [Picture(raster(picture), None, theme.LOGO_HEIGHT, after=12.0, keep=True)]

    def gallery(self, gallery: Gallery, parent: Element) -> list[Piece]:
        """Return the figures of a gallery, two in a row."""
        element = parent.add("Div", gallery.lang)
        pieces: list[Piece] = []
        if gallery.title:
            runs = self._set.inlines(gallery.title, theme.GALLERY_TITLE, element.add("P"))
            pieces.append(TextBlock(runs, theme.GALLERY_TITLE, self._metrics, rtl=self.rtl))
        stacks = [stack for figure in gallery.figures if (stack := self.figure(figure, element, self.limit * 0.6))]
        for index in range(0, len(stacks), 2):
            pair = stacks[index : index + 2]
            pieces += [Columns(pair, rtl=self.rtl)] if len(pair) == 2 else pair[0]
        return pieces

    def _shown(self, media: Media, caption: str, group: Element, limit: float | None, has_words: bool) -> list[Piece]:
        if not isinstance(media, Image):
            return [self._link(media, group)]
        if media.decorative and self._context.asset(media.uri) is None:
            return []
        picture = images.picture(media, self._context)
        if picture is None:
            return [self._absent(media, group)]
        element = None
        if not media.decorative:
            element = group.add("Figure")
            element.alternate = media.alt or caption or labels(self.language).words["picture"]
        content = element.content() if element else None
        after = 4.0 if has_words else 12.0
        return [Picture(raster(picture), content, limit or self.limit, after=after, keep=has_words)]

    def _link(self, media: MediaObject, group: Element) -> Piece:
        words = labels(self.language).words
        kind = words[type(media).__name__.lower()]
        text = f"{kind}: {media.alt or media.headline or media.uri}"
        style = theme.BYLINE
        if media.uri.lower().startswith(("http://", "https://")):
            runs = self._set.link(text, media.uri, style, group.add("P"), media)
        else:
            runs = self._set.words(text, style, group.add("P"), media)
        return TextBlock(runs, style, self._metrics, rtl=self.rtl)

    def _absent(self, media: MediaObject, group: Element) -> Piece:
        said = labels(self.language).words["image-unavailable"]
        text = f"[{said}: {media.alt}]" if media.alt else f"[{said}]"
        return TextBlock(
            self._set.words(text, theme.CAPTION, group.add("P"), media), theme.CAPTION, self._metrics, rtl=self.rtl
        )


def _credit(media: MediaObject) -> str:
    parts = (media.credit or media.creator, media.copyright_notice)
    return " · ".join(part for part in parts if part)


def raster(picture: KitPicture) -> Raster:
    """Return a picture as PDF holds it: JPEG as it is, all else as its pixels without transparency."""
    from PIL import Image as Pillow  # 70 ms, and most stories have no pictures

    with Pillow.open(BytesIO(picture.data)) as image:
        if picture.media_type == "image/jpeg" and image.mode in {"RGB", "L"}:
            return Raster(picture.data, "DCTDecode", image.width, image.height, image.mode == "L")
        flat = _opaque(image)
        return Raster(zlib.compress(flat.tobytes()), "FlateDecode", flat.width, flat.height, flat.mode == "L")


def _opaque(image: PillowImage) -> PillowImage:
    """Return a picture in grey or in red, green and blue, on white where it is transparent."""
    from PIL import Image as Pillow

    if image.mode in {"L", "1"} and "transparency" not in image.info:
        return image.convert("L")
    if image.mode == "RGB" and "transparency" not in image.info:
        return image.copy()
    layer = image.convert("RGBA")
    paper = Pillow.new("RGBA", layer.size, "white")
    return Pillow.alpha_composite(paper, layer).convert("RGB")
