"""Pictures opened by Pillow: checked before their pixels are decoded, upright, in eight bits of sRGB or grey.

Only the decoder that the content asks for is loaded. It is given the picture without its metadata where that can be
taken off, so that damage there is no damage to the picture. Pillow is imported in functions: it takes 70 ms, and most
stories have no pictures.
"""

from __future__ import annotations

import struct
import zlib
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Final

from newsexport.kit.images import jpeg, png
from newsexport.kit.images.packets import orientation, packets
from newsexport.kit.images.sniffing import Kind

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

_DECODERS: Final[dict[Kind, tuple[str, str]]] = {
    "jpeg": ("PIL.JpegImagePlugin", "JpegImageFile"),
    "png": ("PIL.PngImagePlugin", "PngImageFile"),
    "gif": ("PIL.GifImagePlugin", "GifImageFile"),
    "webp": ("PIL.WebPImagePlugin", "WebPImageFile"),
    "tiff": ("PIL.TiffImagePlugin", "TiffImageFile"),
    "bmp": ("PIL.BmpImagePlugin", "BmpImageFile"),
    "avif": ("PIL.AvifImagePlugin", "AvifImageFile"),
}
# The colours of a profile and the modes of Pillow that it is for: ICC.1:2022, table 19.
_PROFILED: Final = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}


def reading_errors() -> tuple[type[Exception], ...]:
    """Return what Pillow raises over damaged pictures."""
    from PIL.Image import DecompressionBombError

    plain = (OSError, ValueError, SyntaxError, LookupError, TypeError, EOFError, ArithmeticError, MemoryError)
    return (*plain, RuntimeError, Warning, struct.error, zlib.error, DecompressionBombError)


def image_of(data: bytes, kind: Kind) -> ImageFile:
    """Return a picture whose pixels are not decoded yet.

    Raises:
        Exception: it is damaged; one of `reading_errors`.
    """
    # Not Image.open: it tries all decoders, and warns on standard error of pictures that are above our limits anyway.
    module, name = _DECODERS[kind]
    decoder: type[ImageFile] = getattr(import_module(module), name)
    return decoder(BytesIO(_bare(data, kind)))


def _bare(data: bytes, kind: Kind) -> bytes:
    file = jpeg.split(data) if kind == "jpeg" else png.split(data) if kind == "png" else None
    return file.bare().joined() if file else data


def upright(image: ImageFile, data: bytes, kind: Kind) -> tuple[Image, bool]:
    """Decode the pixels, and turn the picture as its metadata says; tell whether it was turned."""
    from PIL.Image import Transpose

    # A truncated file shows only when its pixels are read. Pillow itself turns TIFF.
    image.load()
    if kind == "avif":
        # The turn of AVIF is a property of its own, which Pillow translates into EXIF.
        number = orientation(image.info.get("exif", b"").removeprefix(b"Exif\0\0"))
    elif kind in {"jpeg", "png", "webp"}:
        number = orientation(packets(data, kind).exif)
    else:
        number = 1
    # Exif 3.0, 4.6.5, Orientation: which corner of the scene the first pixel is.
    turn = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }.get(number)
    return (image, False) if turn is None else (image.transpose(turn), True)


def plain(image: Image) -> Image:
    """Return a picture as RGB, RGBA or L in sRGB; RGBA only where something shows through."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith(("I", "F")):
        return _in_srgb(_eight_bits(image), profile)
    if "transparency" in image.info or image.mode in {"RGBA", "LA", "PA", "RGBa"}:
        return _with_alpha(image, profile)
    if image.mode == "1":
        image = image.convert("L")
    elif image.mode not in {"RGB", "L", "CMYK", "LAB"}:
        image = image.convert("RGB")
    return _in_srgb(image, profile)


def _with_alpha(image: Image, profile: bytes | None) -> Image:
    grey = image.mode in {"1", "L", "LA"}
    image = image.convert("RGBA")
    alpha = image.getchannel("A")
    colours = _in_srgb(image.convert("L" if grey else "RGB"), profile)
    if alpha.getextrema() == (255, 255):
        return colours
    result = colours.convert("RGB")
    result.putalpha(alpha)
    return result


def _eight_bits(image: Image) -> Image:
    """Return finer greys as eight bits.

    Those of sixteen bits keep their range, as do floating ones from 0 to 1; any others are stretched over the whole.
    """
    top = 1.0 if image.mode == "F" else 65535.0
    image = image if image.mode == "F" else image.convert("I")
    low, high = (float(value) for value in image.getextrema() if not isinstance(value, tuple))
    if low >= 0 and high <= top:
        low, high = 0.0, top
    scale = 255 / ((high - low) or 1)
    return image.point(lambda value: value * scale + (0.5 - low * scale)).convert("L")


def _in_srgb(image: Image, profile: bytes | None) -> Image:
    """Return a picture in the colours of sRGB or its grey, by its profile where it has a fitting one."""
    from PIL import ImageCms  # 5 ms, and few pictures are converted

    target = "L" if image.mode == "L" else "RGB"
    try:
        if image.mode == "LAB":
            source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        elif profile:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
        else:
            return image.convert(target)
        space = source.profile.xcolor_space.strip()
        if image.mode == "LAB" or (_PROFILED.get(space) == image.mode and not _is_srgb(source)):
            # Black point compensation keeps the depth of what was meant for print.
            converted = ImageCms.profileToProfile(
                image,
                source,
                ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")),
                renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
                outputMode="RGB",
                flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )
            return (converted or image).convert(target)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        pass  # a profile that cannot be used is none
    return image.convert(target)


def _is_srgb(profile: object) -> bool:
    from PIL import ImageCms

    return "sRGB" in ImageCms.getProfileDescription(profile)  # type: ignore[arg-type]  # its own class
