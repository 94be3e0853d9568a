"""PNG as a row of chunks: found, left out and put in, without touching the pixels.

Source: W3C PNG (Third Edition), 5 and 11; XMP Specification Part 3, "PNG". Raw profiles are those of ImageMagick.
"""

from __future__ import annotations

import zlib
from typing import Final, NamedTuple

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
XMP: Final = b"XML:com.adobe.xmp"
RAW_PROFILE: Final = b"Raw profile type "
TEXTS: Final = frozenset({b"tEXt", b"zTXt", b"iTXt"})
LONGEST_TEXT: Final = 1 << 20
"""Bytes of a text after decompression; longer ones are not looked at."""

# What decoding needs, and what tells the colours.
_STRUCTURE: Final = frozenset(
    {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"bKGD"}
)
_MOST_CHUNKS: Final = 100_000


class Chunk(NamedTuple):
    """A chunk; its checksum was right.

    Attributes:
        kind: Four letters.
        body: Its data.
    """

    kind: bytes
    body: bytes

    @property
    def is_structure(self) -> bool:
        """True for what decoding needs."""
        return self.kind in _STRUCTURE

    @property
    def keyword(self) -> bytes:
        """What a text is about; empty for all other chunks."""
        return self.body.partition(b"\0")[0] if self.kind in TEXTS else b""

    def text(self) -> bytes | None:
        """Return a text, decompressed; None when it is damaged or longer than `LONGEST_TEXT`."""
        _, _, content = self.body.partition(b"\0")
        if self.kind == b"tEXt":
            return content if len(content) <= LONGEST_TEXT else None
        if self.kind == b"zTXt":
            return _inflated(content[1:])
        # 11.3.3.4: compression flag and method, language tag, translated keyword.
        compressed, rest = content[:1] == b"\1", content[2:].split(b"\0", 2)
        if len(rest) < 3:
            return None
        if compressed:
            return _inflated(rest[2])
        return rest[2] if len(rest[2]) <= LONGEST_TEXT else None

    def profile(self) -> bytes | None:
        """Return the bytes that a raw profile spells in hexadecimal digits; None when they are none."""
        # A name, the number of bytes, and the digits: a line each, the last one broken into several.
        lines = (self.text() or b"").strip().split(b"\n", 2)
        try:
            return bytes.fromhex(lines[2].decode("ascii")) if len(lines) == 3 else None
        except ValueError:
            return None


class Png(NamedTuple):
    """A file taken apart.

    Attributes:
        chunks: In the order of the file.
        rest: What follows the last one.
    """

    chunks: tuple[Chunk, ...]
    rest: bytes = b""

    def bare(self) -> Png:
        """Return the picture without all that only tells of it, and without further frames."""
        return Png(tuple(each for each in self.chunks if each.is_structure))

    def with_chunk(self, chunk: Chunk) -> Png:
        """Return the picture with a further chunk before its pixels."""
        return Png((*self.chunks[:1], chunk, *self.chunks[1:]), self.rest)

    def joined(self) -> bytes:
        """Return the file."""
        parts = (
            len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
            for kind, body in self.chunks
        )
        return b"".join((SIGNATURE, *parts, self.rest))


def split(data: bytes) -> Png | None:
    """Take a PNG apart; None when it is damaged, or has more than 100,000 chunks."""
    chunks: list[Chunk] = []
    position = len(SIGNATURE)
    while len(chunks) <= _MOST_CHUNKS:
        start = position + 8
        end = start + int.from_bytes(data[position : position + 4], "big")
        kind, body = data[position + 4 : start], data[start:end]
        if int.from_bytes(data[end : end + 4], "big") != zlib.crc32(body, zlib.crc32(kind)) or end + 4 > len(data):
            return None
        chunks.append(Chunk(kind, body))
        position = end + 4
        if kind == b"IEND":
            return Png(tuple(chunks), data[position:])
    return None


def xmp_chunk(packet: bytes) -> Chunk:
    """Return the chunk that holds an XMP packet."""
    # XMP Part 3, "PNG": not compressed, so that programs that know nothing of PNG find it.
    return Chunk(b"iTXt", XMP + b"\0\0\0\0\0" + packet)


def _inflated(data: bytes) -> bytes | None:
    inflater = zlib.decompressobj()
    try:
        text = inflater.decompress(data, LONGEST_TEXT)
    except zlib.error:
        return None
    return None if inflater.unconsumed_tail else text
