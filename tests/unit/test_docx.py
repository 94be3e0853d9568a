"""The DOCX writer: a sound package, every word in it, the same bytes every time."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from msgspec import structs

from docx_rendition import WP, W, Written, client, leaps, outline, shown, story, value
from newsexport.errors import Kind
from newsexport.model import (
    Code,
    CodeBlock,
    Edition,
    Embargo,
    Figure,
    Heading,
    Image,
    Link,
    Paragraph,
    Section,
    Table,
)
from newsexport.model.walk import block_text, plain_text, words
from newsexport.writers.docx import DocxOptions, DocxWriter
from newsexport.writers.docx.styles import Style
from newsexport.writers.docx.template import built_in, standing_styles
from stories import EMBARGOED, FLASH, cell, everything, paragraph, text


@pytest.fixture(scope="module")
def rendition() -> Written:
    return Written(client(everything()))


def test_the_format_says_what_it_is() -> None:
    described = DocxWriter().format
    assert (described.name, described.suffix, described.audience) == ("docx", ".docx", "client")
    assert DocxWriter().requires(FLASH, DocxOptions()) == ()


# The package


def test_content_types_come_first_and_cover_every_part(rendition: Written) -> None:
    names = rendition.archive.namelist()
    assert names[0] == "[Content_Types].xml"
    assert len({name.lower() for name in names}) == len(names)
    types = rendition.part("[Content_Types].xml")
    overrides = {entry.get("PartName", "")[1:] for entry in types if entry.get("PartName")}
    suffixes = {entry.get("Extension") for entry in types if entry.get("Extension")}
    assert overrides <= set(names)
    assert all(name in overrides or name.rpartition(".")[2] in suffixes for name in names[1:])


def test_every_part_is_well_formed_and_every_relationship_leads_to_a_part(rendition: Written) -> None:
    for name in rendition.archive.namelist():
        if name.endswith((".xml", ".rels")):
            rendition.part(name)
    for name in (name for name in rendition.archive.namelist() if name.endswith(".rels")):
        folder = name.partition("_rels/")[0]
        for target, mode in rendition.targets(name).values():
            assert mode == "External" or folder + target in rendition.archive.namelist()


def test_parts_have_the_names_word_gives_them(rendition: Written) -> None:
    assert set(rendition.archive.namelist()) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
        "word/settings.xml",
        "word/numbering.xml",
        "word/footnotes.xml",
        "word/story-header.xml",
        "word/story-footer.xml",
        "word/theme/theme1.xml",
        "word/media/picture1.png",
        "word/media/picture2.png",
        "docProps/core.xml",
        "docProps/app.xml",
        "docProps/custom.xml",
    }


def test_python_docx_opens_it(rendition: Written) -> None:
    document = docx.Document(BytesIO(rendition.data))
    assert [p.text for p in document.paragraphs if p.style and p.style.name == "Title"] == [
        "Bridge closed: what we know"
    ]
    assert len(document.tables) == 1


def test_threads_get_equal_bytes(rendition: Written) -> None:
    with ThreadPoolExecutor(8) as pool:
        results = set(pool.map(lambda _: Written(client(everything())).data, range(16)))
    assert results == {rendition.data}


def test_processes_get_equal_bytes(rendition: Written) -> None:
    program = (
        "import sys, hashlib; sys.path[:0] = sys.argv[1:]; import docx_rendition as t; import stories;"
        "print(hashlib.sha256(t.Written(t.client(stories.everything())).data).hexdigest())"
    )
    source = Path(sys.modules["newsexport"].__path__[0]).parent
    paths = [str(Path(__file__).parent), str(Path(__file__).parents[1]), str(source)]
    digests = {
        subprocess.run(
            [sys.executable, "-c", program, *paths],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(digests) == 1
    assert rendition.data.startswith(b"PK\3\4")


# Words and styles


def test_everything_is_set_in_styles(rendition: Written) -> None:
    assert rendition.paragraphs[:14] == [
        ("Story Label", "Analysis"),
        ("Story Label", "Written with the help of artificial intelligence"),
        ("Kicker", "Harbour"),
        ("Title", "Bridge closed: what we know"),
        ("Subtitle", "A ship hit the bridge & nobody was hurt."),
        ("Byline", "By Jane Roe and João Müller"),
        ("Topics", "Topics: Ports & Harbours · Transport"),
        ("Picture", ""),
        ("caption", "Sam Lens/Example News"),
        (
            "Lead",
            "HARBOUR CITY, Feb. 24 (EN) — A container ship hit the Long Bridge on Monday, the port authority said.",
        ),
        ("heading 2", "The damage"),
        (
            "Normal",
            "Two pillars, perhaps three, were hit at 103 tonnes; CO2 tanks burst held. File log_a < b.txt."
            "\nQuelle surprise, one said.",
        ),
        ("heading 3", "Hours"),
        ("List Bullet", "Closed at noon"),
    ]
    assert rendition.paragraphs[14:26] == [
        ("List Bullet", "east side first"),
        ("List Bullet", "Open for ambulances"),
        ("List Number", "Third step"),
        ("List Number", "Fourth step"),
        ("Quote", "We saw it coming."),
        ("Attribution", "— Ada Mason, captain"),
        ("Intense Quote", "Nobody was hurt"),
        ("Picture", ""),
        ("caption", "The ship Aurora below the bridge. Sam Lens/Example News"),
        ("Picture", ""),
        ("Embed", "Video: The collision"),
        ("caption", "The collision on film."),
    ]


def test_what_follows_the_body_is_in_order(rendition: Written) -> None:
    styles = [style for style, _ in rendition.paragraphs]
    assert rendition.paragraphs[styles.index("Source Code") :] == [
        ("Source Code", "if closed:\n    divert()"),
        ("Divider", "***"),
        ("Aside Title", "The bridge"),
        ("Aside", "Opened in 1971."),
        ("Aside", "800 metres long."),
        ("Note", "Correction (24 February 2025): The length of the bridge was corrected."),
        ("Question", "Q: Will it reopen?"),
        ("Normal", "A: Within days."),
        ("Normal", "In part."),
        ("Post Time", "24 February 2025, 12:00 UTC · Key post"),
        ("heading 2", "Ambulances pass"),
        ("Normal", "The east side is open."),
        ("Post Time", "24 February 2025, 13:00 UTC"),
        ("Normal", "This post was withdrawn"),
        ("End Heading", "Corrections"),
        ("Normal", "Correction, 24 February 2025: An earlier version misstated the length of the bridge."),
        ("End Heading", "Related"),
        ("List Bullet", "The port in figures"),
        ("End Heading", "Rights"),
        ("Rights", "Sources: Port Authority"),
        ("Rights", "Example News"),
        ("Rights", "© 2025 Example News. All rights reserved."),
        ("Rights", "For editorial use by subscribers only."),
        ("Rights", "Responsible editor: Rita Chief"),
        ("End Heading", "Notes to editors"),
        ("Note", "Adds map."),
    ]


def test_every_word_of_the_story_is_there_and_nothing_is_reported_lost(rendition: Written) -> None:
    article = everything()
    said = rendition.words() + rendition.words("word/footnotes.xml")
    wanted = [plain_text(article.headline), plain_text(article.standfirst), *map(block_text, article.body)]
    for word in words("\n".join(wanted)):
        assert word in said
    assert [notice for notice in rendition.context.notices if notice.kind is Kind.LOSS] == []


def test_every_style_is_defined_once_and_readable_on_white() -> None:
    root = standing_styles()
    names = [value(style, "name") for style in root.iter(f"{W}style")]
    assert len(names) == len(set(names))
    assert set(built_in().ids) == set(Style)
    for style in root.iter(f"{W}style"):
        colour = value(style, "rPr/color")
        assert not colour or _contrast(colour) >= 4.5, value(style, "name")


def _contrast(colour: str) -> float:
    channels = [int(colour[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def test_no_heading_level_is_skipped(rendition: Written) -> None:
    assert list(leaps(outline(rendition))) == []


# Status, page, running heads


def test_banners_stand_above_everything() -> None:
    article = structs.replace(FLASH, pub_status="withheld", embargo=Embargo())
    assert Written(article).paragraphs[:4] == [
        ("Banner", "HOLD: not for publication until released"),
        ("Banner", "EMBARGOED until further notice"),
        ("Banner", "Alert"),
        ("Title", "Bridge closed after collision"),
    ]


@pytest.mark.parametrize(
    ("page", "language", "width"),
    [
        ("auto", "en-US", "12240"),
        ("auto", "es-MX", "12240"),
        ("auto", "fr-CA", "12240"),
        ("auto", "en", "11906"),
        ("auto", "de-DE", "11906"),
        ("a4", "en-US", "11906"),
        ("letter", "de-DE", "12240"),
    ],
)
def test_the_page_is_the_one_they_print_on(page: str, language: str, width: str) -> None:
    options = DocxOptions(page="a4" if page == "a4" else "letter" if page == "letter" else "auto")
    size = next(Written(story(language=language), options).body.iter(f"{W}pgSz"))
    assert size.get(f"{W}w") == width


def test_the_head_names_the_slug_and_the_foot_counts_the_pages(rendition: Written) -> None:
    head = next(rendition.part("word/story-header.xml").iter(f"{W}p"))
    assert shown(head) == "BRIDGE-COLLISION\tVersion 3"
    fields = [
        field.get(f"{W}instr", "").strip() for field in rendition.part("word/story-footer.xml").iter(f"{W}fldSimple")
    ]
    assert fields == ["PAGE", "NUMPAGES"]


def test_word_opens_it_outside_its_compatibility_mode(rendition: Written) -> None:
    modes = {
        setting.get(f"{W}name"): setting.get(f"{W}val")
        for setting in rendition.part("word/settings.xml").iter(f"{W}compatSetting")
    }
    assert modes["compatibilityMode"] == "15"


# Editions


def edition() -> Edition:
    german = structs.replace(
        EMBARGOED, body=(paragraph("Der Haushalt."), Heading(text("Zahlen")), Heading(text("Tief"), level=3))
    )
    return Edition(
        guid="urn:x:weekend",
        title="Weekend",
        date=date(2025, 3, 1),
        language="en-GB",
        sections=(
            Section(
                "News",
                (
                    story(
                        paragraph("x"),
                        Heading(text("Sub")),
                    ),
                    german,
                ),
            ),
            Section("", (FLASH,)),
        ),
    )


def test_an_edition_has_one_title_sections_and_headlines_without_a_leap() -> None:
    rendition = Written(edition())
    styles = [style for style, _ in rendition.paragraphs]
    assert styles.count("Title") == 1
    assert [shown_text for style, shown_text in rendition.paragraphs if style == "heading 1"] == ["News"]
    assert styles.count("Headline") == 3
    assert list(leaps(outline(rendition))) == []


def test_articles_of_an_edition_begin_a_page() -> None:
    breaks = [
        shown(p) for p in Written(edition()).body.iter(f"{W}p") if p.find(f"{W}pPr/{W}pageBreakBefore") is not None
    ]
    assert breaks == ["News", "Haushalt beschlossen", "Alert"]


def test_contents_lead_to_the_headlines() -> None:
    body = Written(edition()).body
    anchors = [link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")]
    assert anchors == [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    assert len(anchors) == 3


def test_an_article_in_another_language_says_so() -> None:
    runs = [run for run in Written(edition()).body.iter(f"{W}r") if shown(run) == "Der Haushalt."]
    assert [value(run, "rPr/lang") for run in runs] == ["de-DE"]


# Hostile text

HOSTILE = "]]> <w:p/> &amp; \" ' {0} %s <!--story-->"


def test_hostile_text_stays_text() -> None:
    article = structs.replace(
        everything(),
        guid=HOSTILE,
        slugline=HOSTILE,
        kicker=HOSTILE,
        byline=HOSTILE,
        authors=(),
        headline=text(HOSTILE),
        keywords=(HOSTILE,),
        copyright_notice=HOSTILE,
        body=(
            paragraph(HOSTILE),
            Paragraph((Code(HOSTILE), Link(text(HOSTILE), 'https://example.com/"><x>', title=HOSTILE))),
            CodeBlock(HOSTILE),
            Figure(Image("bridge.png", alt=HOSTILE)),
            Table(head=((cell(HOSTILE, header=True),),), caption=text(HOSTILE)),
        ),
        images=(),
    )
    rendition = Written(client(article))
    texts = [shown_text for _, shown_text in rendition.paragraphs]
    assert texts.count(HOSTILE) == 7
    assert next(rendition.body.iter(f"{WP}docPr")).get("descr") == HOSTILE
    assert {child.text for child in rendition.part("docProps/core.xml")} >= {HOSTILE}
    docx.Document(BytesIO(rendition.data))
