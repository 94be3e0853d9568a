"""The bytes of an export, on their way to the parser: bounded, without what no XML may hold, without a DTD.

Exports are put together from databases of many years: control characters and bytes of other encodings are common in
them, and a parser that meets one in a CDATA section drops the rest of the text.
"""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO, Final

from newsexport.errors import InputError, LimitError
from newsexport.kit.encoding import BY_BYTE
from newsexport.spi import Probe

_PROLOG: Final = 1 << 20
# XML 1.0, 2.2 "Characters".
_CONTROLS: Final = bytes(code for code in range(0x20) if code not in (0x09, 0x0A, 0x0D))
_NO_CHARACTERS: Final = re.compile(b"\xef\xbf[\xbe\xbf]")
_BEFORE_ROOT: Final = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[<>]*>", re.DOTALL)
_ROOT: Final = re.compile(r"<(?:[\w.-]+:)?rss[\s>]")
_DECLARED: Final = re.compile(r"<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"'](?P<name>[\w.:-]{1,40})")
_UTF_8: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_HINT: Final = "give what Tools > Export of WordPress writes"


class ExportStream:
    """A stream that gives a parser clean bytes.

    Attributes:
        repaired: How many faults were mended.
    """

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        """Look at the head of a stream.

        Args:
            stream: The export.
            limit: How many bytes may come without an article.

        Raises:
            InputError: it is no RSS, or brings declarations of a document type.
        """
        self.repaired = 0
        self._stream = stream
        self._limit = limit
        self._left = limit
        self._head = stream.read(_PROLOG)
        self._is_utf_8 = _encoding(self._head) in _UTF_8
        self._is_wide = Probe(self._head).encoding == "utf-16"
        self._cut = b""

    def begin(self) -> None:
        """Count anew: an article was read."""
        self._left = self._limit

    def read(self, size: int) -> bytes:
        """Return the next bytes; none at the end.

        Raises:
            LimitError: too many came without an article.
        """
        while True:
            data = self._head[:size] or self._stream.read(size)
            self._head = self._head[size:]
            self._left -= len(data)
            if self._left < 0:
                raise LimitError(f"an article of the export has more than {self._limit} bytes")
            clean = data if self._is_wide else self._clean(data)
            # No bytes mean the end to the parser.
            if clean or not data:
                return clean

    def _clean(self, data: bytes) -> bytes:
        clean = data.translate(None, _CONTROLS)
        self.repaired += len(data) - len(clean)
        if not self._is_utf_8 or (not self._cut and clean.isascii()):
            return clean
        whole = self._cut + clean
        try:
            _, length = codecs.utf_8_decode(whole, "strict", not data)
            self._cut, whole = whole[length:], whole[:length]
        except UnicodeDecodeError:
            text, length = codecs.utf_8_decode(whole, BY_BYTE, not data)
            self._cut, whole = whole[length:], text.encode()
            self.repaired += 1
        whole, count = _NO_CHARACTERS.subn(b"", whole)
        self.repaired += count
        return whole


def _encoding(head: bytes) -> str:
    """Return the encoding that an export declares.

    Raises:
        InputError: its root is not that of RSS, or a document type is declared in it.
    """
    text = head.decode(Probe(head).encoding or "utf-8", "replace").lstrip("\ufeff")
    position = 0
    while (found := _BEFORE_ROOT.match(text, position)) is not None:
        position = found.end()
    if text.startswith("<!DOCTYPE", position):
        raise InputError("the XML declares a document type, which is not read", _HINT)
    if not _ROOT.match(text, position):
        raise InputError("this is no export of WordPress: it does not begin as RSS does", _HINT)
    declared = _DECLARED.match(text)
    return declared["name"].lower() if declared else "utf-8"
