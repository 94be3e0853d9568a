"""Pictures as every format can hold them, with what is known of them and without what is not for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from newsexport.errors import Kind
from newsexport.kit.images import iim, jpeg, png, xmp
from newsexport.kit.images.encoding import Fit, fit
from newsexport.kit.images.metadata import carried
from newsexport.kit.images.packets import packets
from newsexport.kit.images.sniffing import sniffed
from newsexport.spi import Asset, Context, Limits

if TYPE_CHECKING:
    from newsexport.model.media import MediaObject

_KINDS: Final = {"png": ("image/png", ".png"), "jpeg": ("image/jpeg", ".jpg")}
_REMOTE: Final = ("http://", "https://", "//")
# What a signature of the whole file is kept in (C2PA): it does not hold for another file.
_SIGNATURE_SEGMENT: Final = 0xEB
_SIGNATURE_CHUNK: Final = b"caBX"


class Picture(Struct, frozen=True):
    """A picture ready to embed.

    Attributes:
        data: PNG or JPEG in RGB, grey or palette colours, upright.
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
    """Return the picture behind a media node; None, with a notice of loss, when it cannot be embedded.

    One that was made anew carries what its file and the node say of it. Instructions to the desk are taken out of the
    file when the node has none, as in every view for the public.
    """
    asset = context.asset(media.uri)
    if asset is None:
        _say_missing(media, context)
        return None
    found = fit(asset.data, context.limits)
    if found is None:
        message = f"the picture {media.uri!r} cannot be read, or is larger than the limits allow"
        context.notice("image.unusable", Kind.LOSS, message, node=media)
        return None
    if found.before != (found.width, found.height):
        was, now = (f"{width} × {height}" for width, height in (found.before, (found.width, found.height)))
        message = f"the picture {media.uri!r} was scaled from {was} to {now} pixels"
        context.notice("image.scaled", Kind.INFO, message, node=media)
    return _picture(found, _with_metadata(found, asset.data, media))


def opened(asset: Asset, limits: Limits) -> Picture | None:
    """Return the picture in an asset, without instructions to the desk.

    None when it cannot be read or exceeds the limits on bytes and pixels.
    """
    found = fit(asset.data, limits)
    if found is None:
        return None
    return _picture(found, without_instructions(asset.data) if found.data is None else found.data)


def _say_missing(media: MediaObject, context: Context) -> None:
    what = f"the picture {media.uri!r} was not found"
    if media.uri.lower().startswith(_REMOTE):
        what += ": name its host with --fetch-images or its folder with --assets"
    context.notice("image.missing", Kind.LOSS, what, node=media)


def _picture(found: Fit, data: bytes) -> Picture:
    return Picture(data, *_KINDS[found.kind], found.width, found.height)


def _with_metadata(found: Fit, data: bytes, media: MediaObject) -> bytes:
    if found.data is None:
        return data if media.instructions is not None else without_instructions(data)
    kind = sniffed(data)
    old = packets(data, kind) if kind else None
    if old is None:
        return found.data
    if found.kind == "png":
        new = carried(old, media)
        file = png.split(found.data)
        return file.with_chunk(png.xmp_chunk(new.xmp)).joined() if file and new.xmp else found.data
    new = carried(old, media, jpeg.ROOM - len(jpeg.XMP))
    bare = jpeg.split(found.data)
    return bare.with_segments((*_xmp_segments(new.xmp), *_iim_segments(new.iim))).joined() if bare else found.data


def _xmp_segments(packet: bytes | None) -> tuple[jpeg.Segment, ...]:
    return (jpeg.Segment(jpeg.APP1, jpeg.XMP + packet),) if packet else ()


def _iim_segments(block: bytes) -> tuple[jpeg.Segment, ...]:
    return _photoshop_segments(iim.packed((iim.resource(block),))) if block else ()


def _photoshop_segments(resources: bytes) -> tuple[jpeg.Segment, ...]:
    # What one segment cannot hold goes on in the next one of the kind.
    room = jpeg.ROOM - len(jpeg.PHOTOSHOP)
    return tuple(
        jpeg.Segment(jpeg.APP13, jpeg.PHOTOSHOP + resources[start : start + room])
        for start in range(0, len(resources), room)
    )


# Taking instructions out of a file that is otherwise left as it is


def without_instructions(data: bytes) -> bytes:
    """Return a PNG or JPEG without instructions to the desk: the same object when it holds none.

    The pixels are not touched. What may hold instructions and cannot be read goes as a whole.
    """
    if sniffed(data) == "png":
        return _clean_png(data)
    return _clean_jpeg(data)


def _clean_jpeg(data: bytes) -> bytes:
    file = jpeg.split(data)
    if file is None:
        return data
    resources = b"".join(file.bodies(jpeg.APP13, jpeg.PHOTOSHOP))
    clean = iim.without_instructions(resources)
    segments = tuple(filter(None, map(_clean_segment, _without_hidden_xmp(file))))
    rest = b"" if _is_suspect(file.rest) else file.rest
    if clean is resources and len(rest) == len(file.rest) and _are_same(segments, file.segments):
        return data
    if clean is not resources:
        place = next(number for number, each in enumerate(segments) if _is_photoshop(each))
        others = [each for each in segments[place:] if not _is_photoshop(each)]
        segments = (*segments[:place], *_photoshop_segments(clean), *others)
    kept = tuple(each for each in segments if each.marker != _SIGNATURE_SEGMENT)
    return jpeg.Jpeg(kept, file.scans, rest).joined()


def _without_hidden_xmp(file: jpeg.Jpeg) -> tuple[jpeg.Segment, ...]:
    """Leave out the rest of XMP that is too long for a segment, where instructions are in it."""
    # XMP Part 3, "Extended XMP": a digest, the length and the offset stand before each piece.
    parts = (body[40:] for body in file.bodies(jpeg.APP1, jpeg.EXTENDED_XMP))
    if not _is_suspect(b"".join(parts)):
        return file.segments
    return tuple(each for each in file.segments if not each.body.startswith(jpeg.EXTENDED_XMP))


def _clean_segment(segment: jpeg.Segment) -> jpeg.Segment | None:
    if segment.is_structure or _is_photoshop(segment):
        return segment
    if segment.marker == jpeg.APP1 and segment.body.startswith(jpeg.XMP):
        packet = segment.body[len(jpeg.XMP) :]
        clean = xmp.without_instructions(packet)
        if clean is packet:
            return segment
        return segment._replace(body=jpeg.XMP + clean) if clean and len(clean) <= jpeg.ROOM - len(jpeg.XMP) else None
    return None if _is_suspect(segment.body) else segment


def _is_photoshop(segment: jpeg.Segment) -> bool:
    return segment.marker == jpeg.APP13 and segment.body.startswith(jpeg.PHOTOSHOP)


def _clean_png(data: bytes) -> bytes:
    file = png.split(data)
    if file is None:
        return data
    chunks = tuple(filter(None, map(_clean_chunk, file.chunks)))
    rest = b"" if _is_suspect(file.rest) else file.rest
    if len(rest) == len(file.rest) and _are_same(chunks, file.chunks):
        return data
    return png.Png(tuple(each for each in chunks if each.kind != _SIGNATURE_CHUNK), rest).joined()


def _clean_chunk(chunk: png.Chunk) -> png.Chunk | None:
    if chunk.is_structure:
        return chunk
    if chunk.keyword == png.XMP:
        packet = chunk.text()
        clean = xmp.without_instructions(packet) if packet is not None else None
        return chunk if clean is packet and clean is not None else png.xmp_chunk(clean) if clean else None
    if chunk.keyword:
        text = chunk.text()
        profile = chunk.profile() if chunk.keyword.startswith(png.RAW_PROFILE) else b""
        return None if text is None or profile is None or _is_suspect(chunk.keyword + text + profile) else chunk
    return None if _is_suspect(chunk.body) else chunk


def _is_suspect(data: bytes) -> bool:
    """Tell whether bytes that are not taken apart, as EXIF is not, may hold instructions."""
    return iim.TELLTALE in data or b"Instructions" in data


def _are_same(some: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return len(some) == len(others) and all(one is other for one, other in zip(some, others, strict=True))
