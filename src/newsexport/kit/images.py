"""Pictures as every format can hold them: looked at, verified, and turned into PNG or JPEG where they are not."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from newsexport.errors import Kind
from newsexport.spi import Asset, Context, Limits

if TYPE_CHECKING:
    from PIL.Image import Image as PillowImage

    from newsexport.model.media import MediaObject

_KEPT: Final = {"PNG": ("image/png", ".png"), "JPEG": ("image/jpeg", ".jpg")}


class Picture(Struct, frozen=True):
    """A picture ready to embed.

    Attributes:
        data: PNG or JPEG in RGB, grey or palette colours.
        media_type: ``image/png`` or ``image/jpeg``.
        suffix: Of a file that holds it, with its dot.
        width: In pixels.
        height: In pixels.
    """

    data: bytes
    media_type: str
    suffix: str
    width: int
    height: int


def picture(media: MediaObject, context: Context) -> Picture | None:
    """Return the picture behind a media node; None, with a notice of loss, when it cannot be embedded."""
    asset = context.asset(media.uri)
    if asset is None:
        context.notice("image.missing", Kind.LOSS, f"the picture {media.uri!r} was not found", node=media)
        return None
    found = opened(asset, context.limits)
    if found is None:
        message = f"the picture {media.uri!r} cannot be read, or is larger than the limits allow"
        context.notice("image.unusable", Kind.LOSS, message, node=media)
    return found


def opened(asset: Asset, limits: Limits) -> Picture | None:
    """Return the picture in an asset; None when it cannot be read or exceeds the limits on bytes and pixels."""
    if len(asset.data) > limits.asset_bytes:
        return None
    from PIL import Image, UnidentifiedImageError  # 70 ms, and most stories have no pictures

    try:
        with Image.open(BytesIO(asset.data)) as image:
            if image.width * image.height > limits.pixels:
                return None
            # A truncated file shows only when its pixels are read.
            image.load()
            if image.format in _KEPT and image.mode in {"RGB", "L", "P", "1", "RGBA", "LA"}:
                media_type, suffix = _KEPT[image.format]
                return Picture(asset.data, media_type, suffix, image.width, image.height)
            return _converted(image)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _converted(image: PillowImage) -> Picture:
    buffer = BytesIO()
    if image.mode in {"RGBA", "LA", "P", "PA"}:
        image.convert("RGBA").save(buffer, "PNG")
        media_type, suffix = _KEPT["PNG"]
    else:
        image.convert("RGB").save(buffer, "JPEG", quality=90)
        media_type, suffix = _KEPT["JPEG"]
    return Picture(buffer.getvalue(), media_type, suffix, image.width, image.height)
