"""Text hygiene: what goes, what stays, what becomes something else."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.model.clean import balanced, clean_line, clean_text, clean_verbatim


def ignore(code: str, message: str) -> None:
    del code, message


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("a\x00b\x07c", "abc"),
        ("it\x92s", "it’s"),
        ("a\x81b", "ab"),
        ("a\x85b", "a\nb"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u2028b\u2029c\x0bd\x0ce", "a\nb\nc\nd\ne"),
        ("\ufeffab", "ab"),
        ("a\ufffeb\uffffc\ufdd0d\U0001ffffe", "abcde"),
        ("a\ud800b", "ab"),
        ("a\u200bb", "ab"),
        ("ภาษา\u200bไทย", "ภาษา\u200bไทย"),
        ("e\u0301", "é"),
        ("½ m² ﬁ ＮＨＫ", "½ m² ﬁ ＮＨＫ"),
        ("« oui »\u00a0!\u202f;", "« oui »\u00a0!\u202f;"),
        ("می\u200cخواهم 👩\u200d👩\u200d👧 \u200f", "می\u200cخواهم 👩\u200d👩\u200d👧 \u200f"),
        ("soft\xadhyphen", "soft\xadhyphen"),
        ("a  b\t c", "a b c"),
    ],
)
def test_running_text(dirty: str, clean: str) -> None:
    assert clean_text(dirty, ignore) == clean


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        (" a\n b ", "a b"),
        ("soft\xadhyphen", "softhyphen"),
        ("a \xad b", "a b"),
        ("\u202eevil\u202c", "evil"),
        ("\u2067שלום\u2069 ok", "\u2067שלום\u2069 ok"),
        ("\u2067open", "open"),
    ],
)
def test_metadata_is_one_line(dirty: str, clean: str) -> None:
    assert clean_line(dirty, ignore) == clean


def test_verbatim_keeps_blanks_and_lines() -> None:
    assert clean_verbatim("if x:\r\n\tgo  on", ignore) == "if x:\n\tgo  on"


def test_what_is_repaired_is_reported() -> None:
    said: list[str] = []
    clean_text("a\x00 it\x92s", lambda code, _: said.append(code))
    assert said == ["text.illegal", "text.c1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", True),
        ("\u2067a\u2069", True),
        ("\u202ba\u202c", True),
        ("\u2067a\u202c", False),
        ("\u2069", False),
        ("\u202a", False),
    ],
)
def test_directional_controls_balance(text: str, expected: bool) -> None:
    assert balanced(text) is expected


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    for clean in (clean_text, clean_line, clean_verbatim):
        once = clean(text, ignore)
        assert clean(once, ignore) == once
        assert unicodedata.is_normalized("NFC", once)
        once.encode()
