"""Plain text as people type it and wires send it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from newsexport import registry
from newsexport.errors import InputError, Kind, LimitError
from newsexport.kit.desk.conventions import languages
from newsexport.model import Article, Dateline, Paragraph, codec
from newsexport.readers.text import TextOptions, TextReader
from newsexport.spi import Context, Parsed, Probe
from outlines import outline

HERE = Path(__file__).parent
GOLDEN = HERE.parent / "golden"
SAMPLE = Path(os.environ.get("NEWSEXPORT_SAMPLES") or HERE.parents[2] / "shared" / "samples") / "sample-story.txt"
CASE = re.compile(
    r"^## (?P<name>.*?)(?: \((?P<options>\w+=\S+)\))?\n~~~\n(?P<input>.*?)\n~~~\n", re.DOTALL | re.MULTILINE
)


def cases() -> Iterator[object]:
    for path in sorted((HERE / "data").glob("text_*.md")):
        text = path.read_text("utf-8")
        found = list(CASE.finditer(text))
        ends = [*(each.start() for each in found[1:]), len(text)]
        for each, end in zip(found, ends, strict=True):
            options = dict([each["options"].split("=")]) if each["options"] else {}
            expected = text[each.end() : end].strip("\n").split("\n")
            yield pytest.param(each["input"], options, expected, id=f"{path.stem}: {each['name']}")


def read(text: str | bytes, context: Context | None = None, **options: object) -> Article:
    data = text if isinstance(text, bytes) else text.encode()
    parsed = TextReader().read(data, registry.options(TextOptions, options, "text"), context or Context())
    return only(parsed)


def only(parsed: Parsed) -> Article:
    (document,) = parsed.documents
    assert isinstance(document, Article)
    return document


@pytest.mark.parametrize(("text", "options", "expected"), list(cases()))
def test_text_is_read_as_its_outline_says(text: str, options: dict[str, object], expected: list[str]) -> None:
    assert outline(read(text, None, **options)) == expected


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_every_line_end_reads_the_same(line_end: str) -> None:
    text = "Bridge opens\n\nThe bridge was opened at dawn.\nCars must wait."
    assert read(text.replace("\n", line_end)) == read(text)


def test_tabs_and_form_feeds_are_white_space() -> None:
    assert outline(read("Bridge\topens\n\n\tThe bridge was opened.\f\tCars must wait.")) == [
        "headline: Bridge opens",
        "lead: The bridge was opened.",
        "paragraph: Cars must wait.",
    ]


# Datelines


@pytest.mark.parametrize(
    ("text", "place", "source", "day"),
    [
        ("WASHINGTON (AP) —", "WASHINGTON", "AP", None),
        ("LONDON, Feb 25 (Reuters) -", "LONDON", "Reuters", None),
        ("San Diego (tca/dpa) -", "San Diego", "tca/dpa", None),
        ("Frankfurt/Main (dpa) -", "Frankfurt/Main", "dpa", None),
        ("BUENOS AIRES, Argentina (AP) _", "BUENOS AIRES, Argentina", "AP", None),
        ("BEIJING, Nov. 22 (Xinhua) --", "BEIJING", "Xinhua", None),
        ("GENÈVE (ATS) -", "GENÈVE", "ATS", None),
        ("MÜNCHEN (dpa) –", "MÜNCHEN", "dpa", None),
        ("Madrid, 25 feb (EFE).-", "Madrid", "EFE", None),
        ("(ANSA) - ROMA, 25 FEB -", "ROMA", "ANSA", None),
        ("Lisboa, 25 fev 2025 (Lusa) --", "Lisboa", "Lusa", date(2025, 2, 25)),
        ("Paris, 25 février 2025 (AFP) -", "Paris", "AFP", date(2025, 2, 25)),
        ("MOSCOW, February 25. /TASS/.", "MOSCOW", "TASS", None),
        ("New Delhi, Feb 25 (PTI)", "New Delhi", "PTI", None),
        ("МОСКВА, 25 февраля. /ТАСС/.", "МОСКВА", "ТАСС", None),
        ("MOSCOW, Monday (Reuters) -", "MOSCOW", "Reuters", None),
        ("(Reuters) -", None, "Reuters", None),
        ("WASHINGTON, Feb. 24, 2025 (Example News) —", "WASHINGTON", "Example News", date(2025, 2, 24)),
        ("SPRINGFIELD, Ill. —", "SPRINGFIELD, Ill.", None, None),
        ("LYNE, Feb. 24 —", "LYNE", None, None),
        ("PARIS —", "PARIS", None, None),
    ],
)
def test_dateline_runs_in_and_keeps_its_text(
    text: str, place: str | None, source: str | None, day: date | None
) -> None:
    article = read(f"{text} The bridge was opened at dawn.")
    assert article.dateline == Dateline(text=text, place=place, source=source, date=day, run_in=True)
    assert outline(article)[-1] == "lead: The bridge was opened at dawn."


@pytest.mark.parametrize(
    "text",
    [
        "NATO (North Atlantic) - the alliance said.",
        "U.S. — Mexico talks were opened.",
        "NATO — the alliance — said so.",
        "UKRAINE — what next, one asked.",
        "The Bank (BoE) - the central bank - said so.",
        "Sam Lens (D-PA) - the senator - said so.",
        "French President Emmanuel Macron (right) — was there.",
        "The French president is in Washington this week.",
        "Nobody (AP) can say so.",
    ],
)
def test_what_only_looks_like_a_dateline_is_none(text: str) -> None:
    assert outline(read(text)) == [f"lead: {text}"]


# Embargoes


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("EMBARGOED UNTIL 0001 GMT Feb. 25, 2025", "2025-02-25T00:01:00+00:00"),
        ("EMBARGO: 25 February 2025 06:00 CET", "2025-02-25T06:00:00+01:00"),
        ("Embargo: 2025-02-25T06:00:00+01:00", "2025-02-25T06:00:00+01:00"),
        ("Embargo: 2025-02-25 05:00Z", "2025-02-25T05:00:00+00:00"),
        ("Not for publication before 6 a.m. ET on Tuesday, Feb. 25, 2025", "2025-02-25T06:00:00-05:00"),
        ("Not for release until 9 p.m. ET July 4, 2025", "2025-07-04T21:00:00-04:00"),
        ("For release at 12 noon UTC, July 4, 2025", "2025-07-04T12:00:00+00:00"),
        ("HOLD FOR RELEASE until 0600 GMT 25 February 2025", "2025-02-25T06:00:00+00:00"),
        ("Embargoed until 25 Feb 2025 00:01 GMT / 01:01 CET", "2025-02-25T00:01:00+00:00"),
        ("Embargo: 25 February 2025, 06:00 UTC+1", "2025-02-25T06:00:00+01:00"),
        ("Embargoed until 00:01 London time on 25 July 2025", "2025-07-25T00:01:00+01:00"),
        ("Sperrfrist: 25. Februar 2025, 06.00 Uhr MEZ", "2025-02-25T06:00:00+01:00"),
        ("Sperrfrist: 25.02.2025, 06:00 Uhr (MEZ)", "2025-02-25T06:00:00+01:00"),
        ("Sous embargo jusqu’au 25 février 2025 à 6h00, heure de Paris", "2025-02-25T06:00:00+01:00"),
        ("Sous embargo jusqu'au mardi 1er juillet 2025 à 6 heures (heure de Paris)", "2025-07-01T06:00:00+02:00"),
        ("Embargada hasta el 25 de julio de 2025 a las 06:00 hora peninsular", "2025-07-25T06:00:00+02:00"),
        ("Embargo fino al 25 febbraio 2025, ore 06.00 CET", "2025-02-25T06:00:00+01:00"),
        ("Embargo até 25 de fevereiro de 2025, 06:00 GMT", "2025-02-25T06:00:00+00:00"),
        ("Embargo tot 25 februari 2025, 06.00 uur CET", "2025-02-25T06:00:00+01:00"),
        ("Publiceras tidigast 25 februari 2025 kl. 06.00 CET", "2025-02-25T06:00:00+01:00"),
    ],
)
def test_embargo_with_day_time_and_zone_has_a_moment(text: str, until: str) -> None:
    article = read(f"{text}\nBridge opens after repairs\nThe bridge was opened at dawn.")
    assert article.embargo is not None
    assert article.embargo.until is not None
    assert article.embargo.until.isoformat() == until
    assert article.embargo.text == text
    assert article.pub_status == "usable"


@pytest.mark.parametrize(
    "text",
    [
        "EMBARGOED",
        "EMBARGOED UNTIL 0001 GMT TUESDAY",
        "EMBARGOED UNTIL FEB. 25, 2025",
        "EMBARGOED UNTIL 0001 FEB. 25, 2025",
        "EMBARGO: 25 February 06:00 CET",
        "Embargo: 30 February 2025 06:00 CET",
        "Embargo: 25 February 2025 25:00 CET",
        "Embargo: 02/03/2025 06:00 GMT",
        "Embargo: midnight GMT, 25 February 2025",
        "Embargo: 06:00 CET/CEST, 25 February 2025",
        "Embargoed until 25 Feb 2025 00:01 GMT / 02:01 CET",
        "Embargoed until 06:00 GMT 25 February 2025 or 26 February 2025",
        "Sperrfrist: 25. Februar 2025, 06.00 Uhr",
        "Sous embargo jusqu'au 25 février 2025 à 6h00 ET 7h00",
        "Embargo hasta nuevo aviso",
        "Embargo: until the minister speaks",
    ],
)
def test_embargo_without_a_provable_moment_is_indefinite(text: str) -> None:
    context = Context()
    article = read(f"{text}\nBridge opens after repairs\nThe bridge was opened at dawn.", context)
    assert article.embargo is not None
    assert article.embargo.until is None
    assert article.embargo.text == text
    assert ("text.embargo-open", Kind.GUESS, "line 1") in {
        (each.code, each.kind, each.where) for each in context.notices
    }


@pytest.mark.parametrize(("language", "month"), [("en-US", 2), ("en-GB", 3), ("fr", 3)])
def test_language_says_which_figure_of_a_day_is_the_month(language: str, month: int) -> None:
    article = read("Embargo: 02/03/2025 06:00 GMT\nBridge opens\nThe bridge was opened.", language=language)
    day = 5 - month
    assert article.embargo is not None
    assert article.embargo.until == datetime(2025, month, day, 6, tzinfo=UTC)


# Notices


def test_guesses_name_their_lines() -> None:
    context = Context()
    headline = "Bridge opens after nine days"
    read(f"World\n\n{headline}\n\n{headline}\nShipping\n\n“We saw it coming.”\nIt was.", context)
    assert [(each.code, each.where) for each in context.notices] == [
        ("text.headline-repeated", "line 5"),
        ("text.kicker-guessed", "line 1"),
        ("text.keywords-guessed", "line 6"),
        ("text.quote-guessed", "line 8"),
    ]
    assert {each.kind for each in context.notices} == {Kind.GUESS}


def test_joined_lines_are_said_where_they_start() -> None:
    context = Context()
    read("Bridge opens\n\nIt was\nopened.", context, unwrap="always")
    assert ("text.unwrapped", "line 3") in {(each.code, each.where) for each in context.notices}


def test_incomplete_copy_is_said() -> None:
    context = Context()
    read("The bridge was opened.\n(more)", context)
    assert [(each.code, each.kind, each.where) for each in context.notices] == [
        ("text.incomplete", Kind.INFO, "line 2")
    ]


# The tables of conventions


def test_no_two_languages_call_different_months_the_same() -> None:
    found: dict[str, set[int]] = {}
    for conventions in languages().values():
        assert len(conventions.months) == 12
        for number, names in enumerate(conventions.months):
            for name in names.split():
                found.setdefault(name, set()).add(number)
    assert [name for name, numbers in found.items() if len(numbers) > 1] == []


def test_no_two_kinds_of_notes_are_called_the_same() -> None:
    for conventions in languages().values():
        named = [*conventions.editor_note, *conventions.desk_note, *conventions.correction, *conventions.clarification]
        named += [*conventions.update, *conventions.release, *conventions.keywords, *conventions.contact]
        assert len({name.lower() for name in named}) == len(named)


# Faults and limits


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", "\ufeff\u200b\n".encode()])
def test_blank_input_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="the input is empty"):
        read(data)


def test_binary_input_is_refused() -> None:
    with pytest.raises(InputError, match="binary"):
        read(b"%PDF-1.7\n")


@pytest.mark.parametrize(
    ("data", "name", "sure"),
    [
        (b"The bridge was opened.", None, 0.2),
        (b"The bridge was opened.", "story.TXT", 0.3),
        ("Die Brücke wurde geöffnet.".encode("cp1252"), None, 0.1),
        (b"PK\x03\x04", "story.txt", 0.0),
        (b"a\0b", None, 0.0),
    ],
)
def test_text_is_the_last_guess(data: bytes, name: str | None, sure: float) -> None:
    assert TextReader().sniff(Probe(data, name)) == sure


@pytest.mark.parametrize(
    "line",
    [
        "A" * 240_000,
        "A " * 120_000,
        "(" * 240_000,
        "“" * 240_000,
        "-" * 240_000,
        "- " * 120_000,
        "By " + "A, " * 80_000,
        "EMBARGOED UNTIL " + "25 " * 80_000,
        "WASHINGTON" + ", Feb 25" * 30_000,
        "1. " * 80_000,
        "Correction " * 22_000,
        "### " * 60_000,
        "A-" * 120_000 + "/",
        "." * 240_000,
        "\u200b" * 240_000 + "a",
    ],
)
def test_one_hostile_line_is_one_paragraph(line: str) -> None:
    article = read(line)
    assert len(article.body) <= 1
    assert len(article.headline) == 0


@pytest.mark.parametrize(
    "line", ["The bridge was opened.", "EMBARGO", "• a", "7. a", "Notes to editors:", "“A b”", "Word", "(more)"]
)
def test_very_many_lines_are_read(line: str) -> None:
    article = read(f"{line}\n" * 20_000)
    assert len(codec.encode(article)) < 4_000_000


def test_more_lines_than_a_story_has_are_refused() -> None:
    with pytest.raises(LimitError, match="more than 50000 lines"):
        read("The bridge was opened.\n" * 50_001)


def test_broken_paragraph_of_very_many_lines_is_one() -> None:
    line = "the bridge was opened to lorries at dawn and nobody knew why it was so"
    (paragraph,) = read(f"{line}\n" * 20_000).body
    assert isinstance(paragraph, Paragraph)


def test_bullets_nest_no_deeper_than_documents_may() -> None:
    article = read("It is so:\n" + "".join(f"{' ' * depth}• a\n" for depth in range(300)))
    assert codec.check(article) == article


# Whole stories


def test_story_of_every_shape_is_read_as_written_down() -> None:
    article = read((GOLDEN / "harbour-story.txt").read_bytes())
    assert article == codec.decode((GOLDEN / "harbour-story.article.json").read_bytes())


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample story is not at hand: NEWSEXPORT_SAMPLES names its folder")
def test_sample_story_has_the_structure_written_down() -> None:
    """The expected file holds numbers of lines in place of their words."""
    lines = ["", *SAMPLE.read_text("utf-8").splitlines()]
    expected = json.loads((GOLDEN / "sample-story.structure.json").read_text("utf-8"))
    assert only(TextReader().read(SAMPLE.read_bytes(), TextOptions(), Context())) == codec.convert(
        _worded(expected, lines)
    )


def _worded(value: object, lines: list[str]) -> object:
    match value:
        case bool():
            return value
        case int():
            return lines[value].strip().removeprefix("• ")
        case list():
            return [_worded(each, lines) for each in value]
        case dict():
            return {key: _worded(each, lines) for key, each in value.items()}
        case _:
            return value
