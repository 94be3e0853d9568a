"""Bytes to text: what a byte order mark says, else what the input declares, else UTF-8, else Windows-1252."""

from __future__ import annotations

import codecs
from typing import Final

from newsexport.errors import InputError, Kind
from newsexport.spi import Context, Probe

# UTF-32 first: its little-endian mark starts with that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BY_BYTE: Final = "newsexport-windows-1252"
"""Handler of errors of `bytes.decode`: bytes that are no UTF-8 are read as Windows-1252."""
# WHATWG Encoding Standard, 4.2: browsers read these names as larger encodings. Python's names stand on the right.
_LARGER: Final = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "x-gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949", "big5": "big5hkscs", "iso-8859-8-i": "iso8859-8",
}  # fmt: skip

# Names that Python knows of what encodes no documents; the time that two of them take grows with the square.
_NO_ENCODINGS: Final = frozenset({"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape"})


def decode(data: bytes, context: Context, *, declared: str | None = None) -> str:
    """Return the text that bytes stand for; what had to be repaired is noticed as ``text.encoding``.

    Bytes that are no UTF-8 are read as Windows-1252: the whole input, or, where most of it is UTF-8, those bytes alone.

    Args:
        data: The bytes.
        context: Is told of repairs.
        declared: Name of the encoding that the input states; a byte order mark says more, and a name that is unknown,
            or that the bytes contradict, says nothing.

    Raises:
        InputError: the bytes are no text.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if marked:
        return _declared(data, marked, context)
    stated = _stated(data, declared)
    if stated is not None:
        return stated
    if Probe(data).is_binary or b"\0" in data:
        raise InputError("the input is binary, not text", "save it as plain text in UTF-8, or name its format")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _windows(data, context)


def _stated(data: bytes, name: str | None) -> str | None:
    """Return the text in the encoding that an input states; None where that is of no use."""
    plain = (name or "").strip().lower()
    try:
        encoding = codecs.lookup(_LARGER.get(plain, plain)) if plain else None
        if encoding is None or encoding.name == "utf-8" or not encoding._is_text_encoding:
            return None
        if encoding.name.replace("-", "_") in _NO_ENCODINGS:
            return None
        return data.decode(encoding.name)
    except (LookupError, UnicodeError, ValueError):
        return None


def _declared(data: bytes, encoding: str, context: Context) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        message = (
            f"the input is marked as {name} but breaks its rules at byte {error.start}; what is unreadable became �"
        )
        context.notice("text.encoding", Kind.REPAIR, message)
        return data.decode(encoding, "replace")


def _windows(data: bytes, context: Context) -> str:
    read = data.decode("utf-8", "replace")
    broken = read.count("\ufffd")
    if sum(character > "\x7f" for character in read) - broken > broken:
        context.notice("text.encoding", Kind.REPAIR, f"{broken} bytes are no UTF-8 and were read as Windows-1252")
        return data.decode("utf-8", BY_BYTE)
    context.notice("text.encoding", Kind.REPAIR, "the input is no UTF-8 and was read as Windows-1252")
    return data.decode("cp1252", "replace")


def _byte_as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(BY_BYTE, _byte_as_windows)
