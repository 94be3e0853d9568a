"""Languages and file properties of the DOCX writer."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from lxml import etree
from msgspec import structs

from docx_rendition import GRID, W, Written, client, last_paragraph, shown, value, written
from newsexport.model import (
    Embargo,
    Paragraph,
    Span,
    Text,
)
from stories import EMBARGOED, FLASH, NOON, everything, paragraph, text


@pytest.fixture(scope="module")
def rendition() -> Written:
    return Written(client(everything()))


# Languages


def test_the_language_is_said_wherever_word_looks_for_it() -> None:
    rendition = written(paragraph("x"), language="pt-BR")
    assert value(rendition.part("word/styles.xml"), "docDefaults/rPrDefault/rPr/lang") == "pt-BR"
    assert value(rendition.part("word/settings.xml"), "themeFontLang") == "pt-BR"
    assert rendition.part("docProps/core.xml").findtext("{http://purl.org/dc/elements/1.1/}language") == "pt-BR"


def test_foreign_words_say_their_language() -> None:
    runs = list(
        last_paragraph(written(Paragraph((Text("One "), Span(text("mot"), lang="fr"), Text("."))))).iter(f"{W}r")
    )
    assert [value(run, "rPr/lang") for run in runs] == ["", "fr", ""]


def test_arabic_runs_from_right_to_left_but_its_latin_words_do_not() -> None:
    p = last_paragraph(written(paragraph("قال NATO إن 25% من الجسر"), language="ar"))
    assert p.find(f"{W}pPr/{W}bidi") is not None
    pieces = [(shown(run), run.find(f"{W}rPr/{W}rtl") is not None) for run in p.iter(f"{W}r")]
    assert pieces == [("قال ", True), ("NATO", False), (" إن 25% من الجسر", True)]


def test_an_arabic_table_begins_at_the_right() -> None:
    rendition = written(GRID, language="ar")
    assert rendition.body.find(f"{W}tbl/{W}tblPr/{W}bidiVisual") is not None


def test_a_hebrew_phrase_in_an_english_story_is_a_run_of_its_own() -> None:
    p = last_paragraph(written(paragraph("He said שלום עולם and left.")))
    pieces = [(shown(run), run.find(f"{W}rPr/{W}rtl") is not None) for run in p.iter(f"{W}r")]
    assert p.find(f"{W}pPr/{W}bidi") is None
    assert pieces == [("He said ", False), ("שלום עולם", True), (" and left.", False)]


# Properties


def test_core_properties_tell_what_the_article_says(rendition: Written) -> None:
    core = {etree.QName(child).localname: child.text for child in rendition.part("docProps/core.xml")}
    assert core == {
        "title": "Bridge closed: what we know",
        "subject": "Harbour",
        "creator": "Jane Roe; João Müller",
        "keywords": "Ports & Harbours, Transport, road accident",
        "identifier": "urn:newsml:example.com:20250224:bridge",
        "language": "en-US",
        "version": "3",
        "created": "2025-02-24T09:00:00Z",
        "modified": "2025-02-24T12:00:00Z",
    }


def test_dates_are_written_in_utc() -> None:
    berlin = datetime(2025, 2, 24, 1, 30, tzinfo=timezone(timedelta(hours=1)))
    core = Written(structs.replace(FLASH, version_created=berlin)).part("docProps/core.xml")
    assert core.findtext("{http://purl.org/dc/terms/}modified") == "2025-02-24T00:30:00Z"


def test_a_withheld_byline_is_in_no_property() -> None:
    rendition = Written(client(structs.replace(everything(), byline=None)))
    parts = b"".join(rendition.archive.read(name) for name in rendition.archive.namelist())
    assert "João".encode() not in parts


def test_what_is_not_known_is_not_invented() -> None:
    names = {etree.QName(child).localname for child in Written(FLASH).part("docProps/core.xml")}
    assert names == {"title", "creator", "identifier", "language", "version", "created", "modified"}


def test_custom_properties_tell_the_status() -> None:
    article = structs.replace(EMBARGOED, embargo=Embargo(until=NOON), pub_status="withheld")
    entries = Written(article).part("docProps/custom.xml")
    assert {entry.get("name"): entry[0].text for entry in entries} == {
        "guid": "urn:newsml:example.com:20250224:budget",
        "version": "1",
        "pub_status": "withheld",
        "embargo": "2025-02-24T12:00:00+00:00",
    }


def test_properties_hold_whole_entries_up_to_their_limit() -> None:
    keywords = tuple(f"keyword number {number}" for number in range(40))
    core = Written(structs.replace(FLASH, keywords=keywords)).part("docProps/core.xml")
    found = core.findtext("{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords") or ""
    assert len(found) <= 255
    assert set(found.split(", ")) <= set(keywords)
