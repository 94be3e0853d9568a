"""Pictures made fit to embed: as they are, or anew as PNG or JPEG, in a size that print can use."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import sha256
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from newsexport.kit.images import jpeg, png
from newsexport.kit.images.decoding import image_of, plain, reading_errors, upright
from newsexport.kit.images.sniffing import Kind, sniffed
from newsexport.spi import Limits

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE: Final = 2560
"""Pixels: 21.7 cm, wider than the text of A4, at the 300 dpi of print."""

_QUALITY: Final = 90
_DISTORTION: Final = 0.02
# Kinds whose pixels are not those that were drawn.
_LOSSY: Final = frozenset({"jpeg", "avif"})
_KEPT_MODES: Final = {"jpeg": {"RGB", "L"}, "png": {"RGB", "L", "P", "1", "RGBA", "LA"}}
_MOST_COLOURS: Final = 256
_MOST_GREYS: Final = 16


class Fit(Struct, frozen=True):
    """What a picture becomes in a rendition.

    Attributes:
        kind: PNG or JPEG.
        data: The new file, without metadata; None when the old one serves.
        width: In pixels.
        height: In pixels.
        before: Width and height before it was scaled.
    """

    kind: Literal["png", "jpeg"]
    data: bytes | None
    width: int
    height: int
    before: tuple[int, int]


class _Memory:
    """What was made of pictures lately: several renditions hold the same."""

    def __init__(self, items: int, room: int) -> None:
        self._items: Final = items
        self._room: Final = room
        self._lock: Final = Lock()
        self._known: OrderedDict[bytes, Fit] = OrderedDict()

    def get(self, key: bytes) -> Fit | None:
        with self._lock:
            found = self._known.get(key)
            if found is not None:
                self._known.move_to_end(key)
            return found

    def put(self, key: bytes, fit: Fit) -> None:
        with self._lock:
            self._known[key] = fit
            while len(self._known) > self._items or self._size() > self._room:
                self._known.popitem(last=False)

    def _size(self) -> int:
        return sum(len(each.data or b"") for each in self._known.values())


_memory: Final = _Memory(items=64, room=64 * 1024 * 1024)


def fit(data: bytes, limits: Limits) -> Fit | None:
    """Return what a picture becomes; None when it cannot be read or exceeds the limits on bytes and pixels."""
    kind = sniffed(data)
    if kind is None or len(data) > limits.asset_bytes:
        return None
    key = sha256(data).digest()
    found = _memory.get(key) or _made(data, kind, limits.pixels)
    if found is None or found.before[0] * found.before[1] > limits.pixels:
        return None
    _memory.put(key, found)
    return found


def _made(data: bytes, kind: Kind, pixels: int) -> Fit | None:
    try:
        with image_of(data, kind) as image:
            if image.width * image.height > pixels:
                return None
            shown, turned = upright(image, data, kind)
            if not turned and _printed(shown.size) == shown.size and _may_pass(data, kind, shown.mode):
                return Fit("png" if kind == "png" else "jpeg", None, *shown.size, shown.size)
            return _anew(shown, drawn=_is_drawn(data, kind))
    except reading_errors():
        return None


def _may_pass(data: bytes, kind: Kind, mode: str) -> bool:
    """Tell whether every program shows the file as it is."""
    if mode not in _KEPT_MODES.get(kind, ()):
        return False
    if kind == "png":
        return png.split(data) is not None
    file = jpeg.split(data)
    return file is not None and file.is_common


def _is_drawn(data: bytes, kind: Kind) -> bool:
    """Tell whether the pixels are those that were drawn, for no lossy compression touched them."""
    # WebP Container Specification: a still picture in the lossless format has a chunk VP8L.
    return kind not in _LOSSY and (kind != "webp" or b"VP8L" in data[12:64])


def _anew(image: Image, *, drawn: bool) -> Fit:
    before = image.size
    image = plain(image)
    as_png = image.mode == "RGBA" or (drawn and _is_line_art(image))
    if _printed(before) != before:
        from PIL.Image import Resampling  # 70 ms, but here it is loaded

        image = image.resize(_printed(before), Resampling.LANCZOS)
    # Pillow would write what the old file told of itself.
    image.info.clear()
    buffer = BytesIO()
    if as_png:
        image.save(buffer, "PNG")
    else:
        image.save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return Fit("png" if as_png else "jpeg", buffer.getvalue(), *image.size, before)


def _is_line_art(image: Image) -> bool:
    most = _MOST_GREYS if image.mode == "L" else _MOST_COLOURS
    return image.getcolors(most) is not None


def _printed(size: tuple[int, int]) -> tuple[int, int]:
    """Return the size that print needs: the same for pictures that are not larger, or are lines of a few pixels."""
    factor = min(1.0, LONGEST_SIDE / max(size))
    width, height = (round(side * factor) for side in size)
    if any(
        abs(now - side * factor) > _DISTORTION * side * factor for now, side in zip((width, height), size, strict=True)
    ):
        return size
    return width, height
