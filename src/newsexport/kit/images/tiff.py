"""The fields of a TIFF file, or of EXIF, which is one: read without its pixels, and without trust.

Source: TIFF 6.0, section 2; Exif 3.0, 4.6. BigTIFF is not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

ORIENTATION: Final = 0x0112
ARTIST: Final = 0x013B
XMP: Final = 0x02BC
COPYRIGHT: Final = 0x8298
IIM: Final = 0x83BB
PHOTOSHOP: Final = 0x8649
CREATED: Final = 0x9003
"""DateTimeOriginal, in the Exif directory."""
CREATED_OFFSET: Final = 0x9011
"""OffsetTimeOriginal, in the Exif directory."""

_EXIF_DIRECTORY: Final = 0x8769
_READ: Final = frozenset(
    {ORIENTATION, ARTIST, XMP, COPYRIGHT, IIM, PHOTOSHOP, CREATED, CREATED_OFFSET, _EXIF_DIRECTORY}
)
_BYTES_OF_TYPE: Final = {1: 1, 2: 1, 3: 2, 4: 4, 6: 1, 7: 1, 8: 2, 9: 4, 13: 4, 129: 1}
_SHORT: Final = 3
_MOST_FIELDS: Final = 1024

_Order: TypeAlias = Literal["little", "big"]


class Field(NamedTuple):
    """The value of a field.

    Attributes:
        raw: Its bytes as they are in the file.
        type: Number of the TIFF type.
        order: Of the bytes of a number.
    """

    raw: bytes
    type: int
    order: _Order

    @property
    def number(self) -> int:
        """The first number of the value."""
        return int.from_bytes(self.raw[: 2 if self.type == _SHORT else 4], self.order)

    @property
    def text(self) -> str:
        """The value as text: Exif says ASCII, cameras and programs write UTF-8 or Latin-1."""
        try:
            return self.raw.decode("utf-8")
        except UnicodeDecodeError:
            return self.raw.decode("latin-1")


def fields(data: bytes) -> Mapping[int, Field]:
    """Return the fields named above, of the first picture and of its Exif directory; none of what is damaged."""
    order: _Order = "little" if data.startswith(b"II") else "big"
    if data[:4] not in {b"II*\0", b"MM\0*"}:
        return {}
    found = dict(_directory(data, int.from_bytes(data[4:8], order), order))
    if _EXIF_DIRECTORY in found:
        below = _directory(data, found[_EXIF_DIRECTORY].number, order)
        # What both have is the picture's own.
        found = {**dict(below), **found}
    return found


def _directory(data: bytes, offset: int, order: _Order) -> Iterator[tuple[int, Field]]:
    count = min(int.from_bytes(data[offset : offset + 2], order), _MOST_FIELDS)
    for place in range(offset + 2, offset + 2 + 12 * count, 12):
        entry = data[place : place + 12]
        name = int.from_bytes(entry[:2], order)
        # Values may overlap: taking each of them could take the file a thousand times.
        if name not in _READ:
            continue
        kind = int.from_bytes(entry[2:4], order)
        size = int.from_bytes(entry[4:8], order) * _BYTES_OF_TYPE.get(kind, 0)
        # A value of up to four bytes stands in place of its offset.
        start = place + 8 if size <= 4 else int.from_bytes(entry[8:12], order)
        if len(entry) == 12 and 0 < size <= len(data) - start:
            yield name, Field(data[start : start + size], kind, order)
