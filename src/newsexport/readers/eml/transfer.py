"""Bytes as mail carries them, to the bytes they stand for; what is broken is read as far as it goes.

Source: RFC 2045, 6 "Content-Transfer-Encoding"; RFC 2047, 4.
"""

from __future__ import annotations

import binascii
import re
from typing import Final

_OTHER: Final = re.compile(rb"[^A-Za-z0-9+/]+")
_BEGIN: Final = re.compile(rb"^begin [0-7]{3,4} [^\n]*\n", re.MULTILINE)


def decoded(data: bytes, encoding: str) -> bytes:
    """Return the bytes that a body stands for; unknown encodings stand for themselves.

    Args:
        data: The body.
        encoding: In small letters, as ``Content-Transfer-Encoding`` names it.
    """
    match encoding:
        case "base64":
            return base64(data)
        case "quoted-printable":
            return binascii.a2b_qp(data)
        case "x-uuencode" | "uuencode" | "x-uue" | "uue":
            return _uuencoded(data)
        case _:
            return data


def base64(data: bytes) -> bytes:
    """Return what Base64 stands for, up to the last whole group of characters."""
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        characters = _OTHER.sub(b"", data)
        whole = characters[: -1 if len(characters) % 4 == 1 else None]
        return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def quoted(data: bytes) -> bytes:
    """Return what the encoding ``Q`` of headers stands for."""
    return binascii.a2b_qp(data, header=True)


def _uuencoded(data: bytes) -> bytes:
    begin = _BEGIN.search(data)
    if begin is None:
        return data
    lines: list[bytes] = []
    for line in data[begin.end() :].splitlines():
        if line.strip() in {b"end", b"`", b""}:
            break
        try:
            lines.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Some programs count one character too many.
            length = (((line[0] - 32) & 63) * 4 + 5) // 3
            lines.append(_or_nothing(line[:length]))
    return b"".join(lines)


def _or_nothing(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        return b""
