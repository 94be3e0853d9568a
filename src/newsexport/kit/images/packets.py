"""Where each kind of picture keeps its metadata: XMP, IPTC IIM and EXIF, found without decoding pixels.

Source: XMP Specification Part 3; TIFF 6.0; W3C PNG (Third Edition), 11.3.4; WebP Container Specification.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from newsexport.kit.images import iim, jpeg, png, tiff
from newsexport.kit.images.sniffing import Kind

_MOST_CHUNKS: Final = 4096


class Packets(NamedTuple):
    """The metadata of a picture as it stands in the file.

    Attributes:
        xmp: A packet of XMP; None when there is none.
        iim: Datasets of IPTC IIM; empty when there are none.
        exif: A TIFF structure; empty when there is none.
    """

    xmp: bytes | None = None
    iim: bytes = b""
    exif: bytes = b""


def packets(data: bytes, kind: Kind) -> Packets:
    """Return the metadata of a picture; none of what is damaged."""
    match kind:
        case "jpeg":
            found = _of_jpeg(data)
        case "png":
            found = _of_png(data)
        case "webp":
            chunks = _riff(data)
            found = Packets(chunks.get(b"XMP "), b"", chunks.get(b"EXIF", b"").removeprefix(b"Exif\0\0"))
        case "tiff":
            found = Packets(exif=data)
        case "avif":
            found = _of_avif(data)
        case "gif" | "bmp":
            found = Packets()
    return _completed(found)


def orientation(exif: bytes) -> int:
    """Return how a picture lies by its EXIF: 1 to 8, of which 1 is upright."""
    field = tiff.fields(exif).get(tiff.ORIENTATION)
    return field.number if field is not None and 1 <= field.number <= 8 else 1


def _of_jpeg(data: bytes) -> Packets:
    file = jpeg.split(data)
    if file is None:
        return Packets()
    xmp = file.bodies(jpeg.APP1, jpeg.XMP)
    exif = file.bodies(jpeg.APP1, jpeg.EXIF)
    resources = iim.resources(b"".join(file.bodies(jpeg.APP13, jpeg.PHOTOSHOP)))
    # Behind its name and a NUL, EXIF has a byte to fill up.
    return Packets(xmp[0] if xmp else None, iim.block_of(resources), exif[0][1:] if exif else b"")


def _of_png(data: bytes) -> Packets:
    file = png.split(data)
    if file is None:
        return Packets()
    named = {each.keyword: each for each in file.chunks if each.keyword}
    profiles = {
        name: named[png.RAW_PROFILE + name].profile() or b"" for name in _RAW if png.RAW_PROFILE + name in named
    }
    xmp = named[png.XMP].text() if png.XMP in named else profiles.get(b"xmp")
    raw = profiles.get(b"iptc") or profiles.get(b"8bim") or b""
    exif = next((each.body for each in file.chunks if each.kind == b"eXIf"), b"")
    return Packets(xmp, iim.block_of(iim.resources(raw)) if raw.startswith(b"8BIM") else raw, exif)


_RAW: Final = (b"xmp", b"iptc", b"8bim")


def _of_avif(data: bytes) -> Packets:
    from newsexport.kit.images.decoding import image_of, reading_errors  # 70 ms, and few pictures are AVIF

    try:
        with image_of(data, "avif") as image:
            exif = image.info.get("exif", b"")
            return Packets(image.info.get("xmp"), b"", exif.removeprefix(b"Exif\0\0"))
    except reading_errors():
        return Packets()


def _riff(data: bytes) -> dict[bytes, bytes]:
    """Return the chunks of a WebP file by name, but for those that hold pixels."""
    found: dict[bytes, bytes] = {}
    position = 12
    for _ in range(_MOST_CHUNKS):
        name, start = data[position : position + 4], position + 8
        size = int.from_bytes(data[position + 4 : start], "little")
        if len(name) < 4 or start + size > len(data):
            break
        if name in {b"XMP ", b"EXIF"}:
            found.setdefault(name, data[start : start + size])
        position = start + size + size % 2
    return found


def _completed(found: Packets) -> Packets:
    """Return the packets with those that stand within EXIF, as TIFF has them all."""
    fields = tiff.fields(found.exif)
    xmp, block, resources = (fields.get(name) for name in (tiff.XMP, tiff.IIM, tiff.PHOTOSHOP))
    inner = iim.block_of(iim.resources(resources.raw)) if resources else b""
    inner = inner or (_in_order(block.raw) if block else b"")
    return Packets(found.xmp or (xmp.raw if xmp else None), found.iim or inner, found.exif)


def _in_order(block: bytes) -> bytes:
    """Return IIM that was written as numbers of four bytes in the order of its bytes."""
    if block[3:4] != b"\x1c" or block[:1] == b"\x1c":
        return block
    return b"".join(block[place : place + 4][::-1] for place in range(0, len(block), 4))
