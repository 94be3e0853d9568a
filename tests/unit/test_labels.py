"""The words that renditions add."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import get_args

import msgspec
import pytest
from msgspec import structs

from newsexport.kit.labels import Labels, _tables, banners, dateline, day, direction, labels, moment
from newsexport.model import Article, Dateline, Embargo, article, nodes
from stories import BERLIN_MORNING, EMBARGOED, FLASH

LANGUAGES = sorted(_tables())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_things(language: str) -> None:
    english, other = msgspec.to_builtins(labels("en")), msgspec.to_builtins(labels(language))
    assert {name: set(value) for name, value in english.items() if isinstance(value, dict)} == {
        name: set(value) for name, value in other.items() if isinstance(value, dict)
    }
    assert len(labels(language).months) == len(labels(language).dateline_months) == 12
    assert "{moment}" in labels(language).embargo_until


def test_every_label_and_kind_of_note_has_words() -> None:
    said: Labels = labels("en")
    assert set(said.labels) == set(get_args(article.Label))
    assert set(said.notes) == set(get_args(nodes.NoteKind))


def test_unknown_language_falls_back_to_english() -> None:
    assert labels("tlh-Latn") == labels("en-GB") == labels("en")


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "ltr"), ("ar-EG", "rtl"), ("he", "rtl"), ("az-Arab", "rtl"), ("ur-Latn", "ltr"), ("und", "ltr")],
)
def test_direction_of_a_language(language: str, expected: str) -> None:
    assert direction(language) == expected
    assert direction(language, "rtl") == "rtl"


def test_moment_states_its_offset() -> None:
    assert moment(datetime(2025, 2, 24, 10, 15, tzinfo=UTC), "en") == "24 February 2025, 10:15 UTC"
    assert moment(BERLIN_MORNING, "de") == "25. Februar 2025, 06:00 UTC+1:00"
    west = timezone(-timedelta(hours=3, minutes=30))
    assert moment(datetime(2025, 2, 24, 10, 15, tzinfo=west), "en") == "24 February 2025, 10:15 UTC−3:30"


def test_day() -> None:
    assert day(date(2025, 3, 1), "es") == "1 de marzo de 2025"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, None),
        (Dateline(), None),
        (Dateline(text="PARIS (AFP) -", place="x"), "PARIS (AFP) -"),
        (Dateline(place="PARIS"), "PARIS —"),
        (Dateline(place="PARIS", date=date(2025, 2, 24)), "PARIS, Feb. 24 —"),
        (Dateline(place="PARIS", date=date(2025, 2, 24), source="AFP"), "PARIS, Feb. 24 (AFP) —"),
        (Dateline(source="AFP"), "(AFP) —"),
    ],
)
def test_dateline(given: Dateline | None, expected: str | None) -> None:
    assert dateline(given, "en") == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"pub_status": "canceled"}, [("canceled", "GESPERRT: nicht veröffentlichen; überall zurückziehen")]),
        ({"embargo": Embargo(BERLIN_MORNING)}, [("embargo", "SPERRFRIST bis 25. Februar 2025, 06:00 UTC+1:00")]),
        ({"embargo": Embargo()}, [("embargo", "SPERRFRIST bis auf Weiteres")]),
        ({"label": "opinion"}, [("label", "Meinung")]),
        ({"ai_use": "generated"}, [("ai", "Von künstlicher Intelligenz verfasst")]),
    ],
)
def test_banners(changes: dict[str, object], expected: list[tuple[str, str]]) -> None:
    story: Article = structs.replace(EMBARGOED, **changes)
    assert [(banner.kind, banner.text) for banner in banners(story)] == expected


def test_alert_is_announced() -> None:
    assert [banner.text for banner in banners(FLASH)] == ["Alert"]
