"""JPEG as a row of segments: found, left out and put in, without touching what codes the pixels.

Source: ITU-T T.81, Annex B; XMP Specification Part 3, "JPEG"; Adobe Photoshop File Formats, "Image resource blocks".
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

EXIF: Final = b"Exif\0"
XMP: Final = b"http://ns.adobe.com/xap/1.0/\0"
EXTENDED_XMP: Final = b"http://ns.adobe.com/xmp/extension/\0"
PHOTOSHOP: Final = b"Photoshop 3.0\0"
APP0: Final = 0xE0
APP1: Final = 0xE1
APP2: Final = 0xE2
APP13: Final = 0xED
APP14: Final = 0xEE
COMMENT: Final = 0xFE
ROOM: Final = 0xFFFF - 2
"""Bytes that the body of a segment may have."""

_SOI: Final = b"\xff\xd8"
_EOI: Final = 0xD9
_SOS: Final = 0xDA
_APPLICATION: Final = range(APP0, APP0 + 16)
# Baseline, extended and progressive: what every viewer decodes.
_COMMON_FRAMES: Final = {0xC0, 0xC1, 0xC2}
_FRAMES: Final = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_MOST_SEGMENTS: Final = 4096
# T.81, B.1.1.5: within coded data a 0xFF is followed by 0x00 or is a restart marker.
_MARKER: Final = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])")


class Segment(NamedTuple):
    """A segment before the coded data.

    Attributes:
        marker: Its second byte.
        body: What follows the length.
    """

    marker: int
    body: bytes

    @property
    def is_structure(self) -> bool:
        """True for what decoding needs: tables, frames, and what tells the colours."""
        if self.marker == APP0:
            return self.body.startswith(b"JFIF\0")
        if self.marker == APP2:
            return self.body.startswith(b"ICC_PROFILE\0")
        if self.marker == APP14:
            return self.body.startswith(b"Adobe")
        return self.marker not in _APPLICATION and self.marker != COMMENT


class Jpeg(NamedTuple):
    """A file taken apart.

    Attributes:
        segments: In the order of the file.
        scans: From the first scan to the end of the image.
        rest: What follows the image, such as a second one.
    """

    segments: tuple[Segment, ...]
    scans: bytes
    rest: bytes = b""

    @property
    def is_common(self) -> bool:
        """True when every viewer decodes this kind of JPEG."""
        return {each.marker for each in self.segments if each.marker in _FRAMES} <= _COMMON_FRAMES

    def bodies(self, marker: int, beginning: bytes) -> tuple[bytes, ...]:
        """Return the bodies of the segments of a kind, without what they begin with."""
        return tuple(
            each.body[len(beginning) :]
            for each in self.segments
            if each.marker == marker and each.body.startswith(beginning)
        )

    def bare(self) -> Jpeg:
        """Return the picture without all that only tells of it."""
        return Jpeg(tuple(each for each in self.segments if each.is_structure), self.scans)

    def with_segments(self, added: tuple[Segment, ...]) -> Jpeg:
        """Return the picture with further segments, where readers look for them: behind the JFIF one."""
        place = 1 if self.segments and self.segments[0].marker == APP0 else 0
        return Jpeg((*self.segments[:place], *added, *self.segments[place:]), self.scans, self.rest)

    def joined(self) -> bytes:
        """Return the file."""
        heads = (bytes((0xFF, each.marker)) + (len(each.body) + 2).to_bytes(2, "big") for each in self.segments)
        parts = (head + each.body for head, each in zip(heads, self.segments, strict=True))
        return b"".join((_SOI, *parts, self.scans, self.rest))


def split(data: bytes) -> Jpeg | None:
    """Take a JPEG apart; None when it is damaged, or has more than 4096 segments."""
    segments: list[Segment] = []
    position = len(_SOI)
    while len(segments) <= _MOST_SEGMENTS:
        found = _segment(data, position)
        if found is None:
            return None
        marker, start, end = found
        if marker == _SOS:
            close = _end(data, end)
            return Jpeg(tuple(segments), data[position:close], data[close:]) if close else None
        segments.append(Segment(marker, data[start:end]))
        position = end
    return None


def _segment(data: bytes, position: int) -> tuple[int, int, int] | None:
    """Return the marker of the segment at a position, and where its body starts and ends."""
    if data[position : position + 1] != b"\xff":
        return None
    # T.81, B.1.1.2: any marker may be preceded by fill bytes.
    while data[position : position + 1] == b"\xff":
        position += 1
    length = int.from_bytes(data[position + 1 : position + 3], "big")
    start, end = position + 3, position + 1 + length
    if length < 2 or end > len(data):
        return None
    return data[position], start, end


def _end(data: bytes, position: int) -> int | None:
    """Return where the image ends whose coded data begins at a position; None when it does not."""
    while (found := _MARKER.search(data, position)) is not None:
        if found[1][0] == _EOI:
            return found.end()
        position = found.end() + int.from_bytes(data[found.end() : found.end() + 2], "big")
    return None
