"""How PDF writes numbers, strings, colours and streams.

Source: ISO 32000-1, 7.3 "Objects".
"""

from __future__ import annotations

from codecs import BOM_UTF16_BE
from typing import TypeAlias

Colour: TypeAlias = tuple[float, float, float]
"""Red, green and blue, 0 to 1."""


def decimal(value: float) -> str:
    """Return a number to a hundredth of a point."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


def rgb(colour: Colour) -> str:
    """Return the operands of a colour operator."""
    return " ".join(map(decimal, colour))


def string(text: str) -> str:
    """Return a text string.

    Source: ISO 32000-1, 7.9.2.2: PDFDocEncoding or UTF-16BE with a byte order mark.
    """
    if text.isascii() and text.isprintable():
        return "({})".format(text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)"))
    return f"<{(BOM_UTF16_BE + text.encode('utf-16-be')).hex()}>"


def text_bytes(text: str) -> bytes:
    """Return the bytes of a text string: ASCII where that suffices, else UTF-16BE with a byte order mark."""
    return text.encode("ascii") if text.isascii() else BOM_UTF16_BE + text.encode("utf-16-be")


def dictionary(entries: dict[str, str]) -> str:
    """Return a dictionary of values that are written already."""
    return "<< {} >>".format(" ".join(f"/{key} {value}" for key, value in entries.items()))


def stream(entries: dict[str, str], data: bytes) -> bytes:
    """Return a stream object."""
    head = dictionary({**entries, "Length": str(len(data))})
    return b"%s\nstream\n%s\nendstream" % (head.encode("ascii"), data)
