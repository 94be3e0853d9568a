"""Bytes to text."""

from __future__ import annotations

import codecs

import pytest

from newsexport.errors import InputError, Kind
from newsexport.kit.encoding import decode
from newsexport.spi import Context

TEXT = "“Schön”, café – 10 €"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"),
    ],
)
def test_unicode_is_read_without_a_word(data: bytes) -> None:
    context = Context()
    assert decode(data, context) == TEXT
    assert context.notices == ()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (TEXT.encode("cp1252"), TEXT),
        ("“CAFÉ”".encode("cp1252"), "“CAFÉ”"),
        (TEXT.encode() + b" caf\xe9", f"{TEXT} café"),
        (TEXT.encode() + "é".encode()[:1], f"{TEXT}Ã"),
        (b"a\x81b", "a�b"),
        (codecs.BOM_UTF8 + b"caf\xe9", "caf�"),
        (codecs.BOM_UTF16_LE + "ab".encode("utf-16-le")[:3], "a�"),
    ],
)
def test_other_text_is_repaired_and_said(data: bytes, text: str) -> None:
    context = Context()
    assert decode(data, context) == text
    assert [(notice.code, notice.kind) for notice in context.notices] == [("text.encoding", Kind.REPAIR)]


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"\x89PNG\r\n", b"PK\x03\x04", b"abc\0def", b"a" * 9000 + b"\0"])
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="binary"):
        decode(data, Context())


def test_nothing_is_the_empty_text() -> None:
    assert decode(b"", Context()) == ""
