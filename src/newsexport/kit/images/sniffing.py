"""What kind of picture bytes are: told by what they begin with, never by a name."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal["jpeg", "png", "gif", "webp", "tiff", "bmp", "avif"]
"""The formats that are read; all others are no pictures."""

_BEGINNINGS: Final[tuple[tuple[bytes, Kind], ...]] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"BM", "bmp"),
)
# ISO/IEC 14496-12, 4.3: the major brand, then the compatible ones.
_AVIF: Final = re.compile(rb".{4}ftyp(?:avif|avis|.{4}.{4}(?:.{4}){0,6}avi[fs])", re.DOTALL)


def sniffed(data: bytes) -> Kind | None:
    """Return the kind of a picture; None when the bytes are none, or of a format that is not read."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if _AVIF.match(data):
        return "avif"
    return next((kind for beginning, kind in _BEGINNINGS if data.startswith(beginning)), None)
