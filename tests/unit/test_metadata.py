"""Flags, sidecars and the house's file."""

from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from newsexport import ArticleError, InputError, UsageError, convert
from newsexport.api.metadata import assignments, check_names, find_house, load_toml, sidecar_of
from stories import png


@pytest.mark.parametrize(
    ("pair", "values"),
    [
        ("kicker=Sport", {"kicker": "Sport"}),
        ("headline=a=b", {"headline": "a=b"}),
        ("urgency=3", {"urgency": 3}),
        ("keywords=Ports, Transport", {"keywords": ("Ports", "Transport")}),
        ("dateline.place=PARIS", {"dateline": {"place": "PARIS"}}),
        ("byline=null", {"byline": "null"}),
        ("kicker=", {"kicker": ""}),
    ],
)
def test_assignment(pair: str, values: dict[str, object]) -> None:
    assert assignments([pair]) == values


@pytest.mark.parametrize(
    ("pair", "message", "hint"),
    [
        ("kicker", "is no assignment", "key=value"),
        ("kiker=x", "'kiker' is no field", "did you mean 'kicker'?"),
        ("urgency=high", "urgency='high'", "schema"),
        ("urgency=12", "<= 9", "schema"),
        ("published=2025-01-01T00:00:00", "timezone", "schema"),
    ],
)
def test_bad_assignment_is_refused(pair: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        assignments([pair])
    assert message in caught.value.message
    assert hint in (caught.value.hint or "")


def test_sidecar_lies_beside_the_story(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    assert sidecar_of(story) is None
    (tmp_path / "story.toml").write_text("version = 2")
    assert sidecar_of(story) == tmp_path / "story.toml"
    assert sidecar_of(tmp_path / "story.toml") is None


def test_house_is_found_upwards(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    (tmp_path / "newsexport.toml").write_text(
        '[house]\nlanguage = "de"\nschemes = {acme = "https://acme.example/"}\nlogo = "logo.png"\n'
        '[options.pdf]\npage = "a4"\n'
    )
    house = find_house(folder)
    assert house.values == {"language": "de"}
    assert house.options == {
        "pdf": {"page": "a4", "logo": f"file:{tmp_path}/logo.png"},
        "newsml-g2": {"schemes": {"acme": "https://acme.example/"}},
    }
    assert house.folder == tmp_path


def test_unknown_field_is_named_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "newsexport.toml").write_text('[house]\nlangage = "de"\n')
    with pytest.raises(ArticleError) as caught:
        find_house(tmp_path)
    assert caught.value.where == str(tmp_path / "newsexport.toml")
    assert caught.value.hint == "did you mean 'language'?"


def test_invalid_toml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "story.toml"
    path.write_text("version = ")
    with pytest.raises(InputError, match="no valid TOML"):
        load_toml(path)
    with pytest.raises(InputError, match="cannot read"):
        load_toml(tmp_path / "none.toml")


def test_toml_dates_are_moments(tmp_path: Path) -> None:
    path = tmp_path / "story.toml"
    path.write_text("published = 2025-02-24T10:15:00Z")
    values = load_toml(path)
    check_names(values, "story.toml")
    assert values == {"published": datetime(2025, 2, 24, 10, 15, tzinfo=UTC)}


def test_logo_of_the_house_is_in_its_pdf(tmp_path: Path) -> None:
    (tmp_path / "newsexport.toml").write_text('[house]\nlogo = "logo.png"\n')
    (tmp_path / "logo.png").write_bytes(png(200, 80))
    story = tmp_path / "story.txt"
    story.write_text("Bridge reopens\n\nIt reopened on Monday.\n")
    (conversion,) = convert(story, ["pdf"], tmp_path / "out")
    assert conversion.failures == {}
    with pikepdf.open(conversion.saved["pdf"]) as pdf:
        assert len(pdf.pages[0].get_images()) == 1
