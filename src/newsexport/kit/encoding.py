"""Bytes to text: what a byte order mark says, else UTF-8, else Windows-1252."""

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
_BY_BYTE: Final = "newsexport-windows-1252"


def decode(data: bytes, context: Context) -> str:
    """Return the text that bytes stand for; what had to be repaired is noticed as ``text.encoding``.

    Bytes that are no UTF-8 are read as Windows-1252: the whole input, or, where most of it is UTF-8, those bytes alone.

    Raises:
        InputError: the bytes are no text.
    """
    declared = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if declared:
        return _declared(data, declared, context)
    if Probe(data).is_binary or b"\0" in data:
        raise InputError("the input is binary, not text", "save it as plain text in UTF-8, or name its format")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _windows(data, context)


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
        return data.decode("utf-8", _BY_BYTE)
    context.notice("text.encoding", Kind.REPAIR, "the input is no UTF-8 and was read as Windows-1252")
    return data.decode("cp1252", "replace")


def _byte_as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_BY_BYTE, _byte_as_windows)
