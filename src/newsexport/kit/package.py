"""ZIP containers whose bytes depend on nothing but their members.

Source: PKWARE APPNOTE 6.3.10, sections 4.3 to 4.4; OCF 3.3, "OCF ZIP container"; ISO/IEC 29500-2, annex B.
"""

from __future__ import annotations

import zlib
from struct import pack
from typing import Final

from newsexport.errors import WriterError

_EPOCH: Final = (1980 - 1980) << 9 | 1 << 5 | 1
"""1 January 1980, the earliest date a ZIP archive can state."""
_UTF8: Final = 0x800
_STORED_SUFFIXES: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".woff2")


class Package:
    """A ZIP archive in memory: members in the order they are added, one fixed date, no extra fields."""

    def __init__(self, level: int = 6) -> None:
        self._level = level
        self._parts: list[bytes] = []
        self._directory: list[bytes] = []
        self._offset = 0

    def add(self, name: str, data: bytes, *, stored: bool = False) -> None:
        """Add a member.

        Args:
            name: Its path, with ``/``.
            data: Its bytes.
            stored: True to leave it uncompressed; pictures and web fonts always are.
        """
        stored = stored or name.endswith(_STORED_SUFFIXES)
        body = data if stored else self._deflated(data)
        encoded = name.encode()
        flags = 0 if name.isascii() else _UTF8
        fields = (20, flags, 0 if stored else 8, 0, _EPOCH, zlib.crc32(data), len(body), len(data), len(encoded))
        self._parts += [pack("<4s5H3I2H", b"PK\3\4", *fields, 0), encoded, body]
        self._directory += [pack("<4s6H3I5H2I", b"PK\1\2", 20, *fields, 0, 0, 0, 0, 0, self._offset), encoded]
        self._offset += 30 + len(encoded) + len(body)

    def finish(self) -> bytes:
        """Return the archive.

        Raises:
            WriterError: more than 65,535 members or 4 GiB, which would need ZIP64.
        """
        directory = b"".join(self._directory)
        count = len(self._directory) // 2
        if count > 0xFFFF or self._offset + len(directory) > 0xFFFFFFFF:
            raise WriterError("the package has more than 65,535 members or 4 GiB", "split the edition")
        end = pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(directory), self._offset, 0)
        return b"".join((*self._parts, directory, end))

    def _deflated(self, data: bytes) -> bytes:
        compressor = zlib.compressobj(self._level, zlib.DEFLATED, -15)
        return compressor.compress(data) + compressor.flush()
