from __future__ import annotations

import pytest

from newsexport.kit import fonts
from newsexport.kit.fonts import Face


@pytest.mark.parametrize(
    ("face", "name"),
    [
        (Face(), "SourceSerifPro-Regular"),
        (Face(bold=True, italic=True), "SourceSerifPro-BoldIt"),
        (Face("sans", bold=True), "SourceSansPro-Bold"),
        (Face("mono"), "CascadiaMono-Regular"),
    ],
)
def test_a_face_is_set_in_its_own_font(face: Face, name: str) -> None:
    assert fonts.runs("Bridge closed", face) == [(name, "Bridge closed")]


@pytest.mark.parametrize(
    ("text", "face", "expected"),
    [
        ("Мост", Face(), [("SourceSerifPro-Regular", "Мост")]),
        ("Мост", Face(italic=True), [("FiraGO-Italic", "Мост")]),
        ("γέφυρα", Face(italic=True, bold=True), [("FiraGO-BoldItalic", "γέφυρα")]),
        ("גשר", Face(), [("FiraGO-Regular", "גשר")]),
        ("جسر", Face("sans", bold=True), [("FiraGO-Bold", "جسر")]),
        ("पुल", Face(), [("FiraGO-Regular", "पुल")]),
        ("สะพาน", Face(), [("FiraGO-Regular", "สะพาน")]),
        ("ხიდი", Face(), [("FiraGO-Regular", "ხიდი")]),
    ],
)
def test_a_script_the_font_lacks_is_set_in_another_of_the_same_style(
    text: str, face: Face, expected: list[tuple[str, str]]
) -> None:
    assert fonts.runs(text, face) == expected


def test_a_run_ends_where_the_font_changes() -> None:
    assert fonts.runs("The גשר is closed", Face()) == [
        ("SourceSerifPro-Regular", "The "),
        ("FiraGO-Regular", "גשר "),
        ("SourceSerifPro-Regular", "is closed"),
    ]


def test_no_text_has_no_runs() -> None:
    assert fonts.runs("", Face()) == []


def test_a_character_no_font_has_is_shown_as_one_that_is_missing() -> None:
    assert "".join(text for _, text in fonts.runs("a漢b", Face())) == "a\ufffdb"


def test_missing_characters_are_named_once_and_in_order() -> None:
    assert fonts.missing("字漢字 and 漢", Face()) == "字漢"


def test_characters_without_a_shape_are_never_missing() -> None:
    assert fonts.missing("co\xadop \u200d\u2066\ufe0f", Face()) == ""


def test_soft_hyphens_are_left_out() -> None:
    assert fonts.runs("co\xadoperate", Face()) == [("SourceSerifPro-Regular", "cooperate")]


def test_a_joiner_stays_with_its_word() -> None:
    assert fonts.runs("می\u200cخواهم", Face()) == [("FiraGO-Regular", "می\u200cخواهم")]


@pytest.mark.parametrize("family", ["serif", "sans", "mono"])
@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("italic", [False, True])
def test_every_font_of_every_face_has_truetype_outlines(family: fonts.Family, bold: bool, italic: bool) -> None:
    for text in ("a", "Ж", "א", "\ufffd"):
        ((name, _),) = fonts.runs(text, Face(family, bold, italic))
        assert fonts.font(name).data.startswith(b"\0\1\0\0")
        assert text in fonts.font(name).characters
