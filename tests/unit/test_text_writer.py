"""Plain text as wire copy."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from msgspec import structs

from newsexport.errors import UsageError
from newsexport.model import (
    QA,
    Article,
    Block,
    Correction,
    Dateline,
    Document,
    Edition,
    EdNote,
    Embargo,
    Embed,
    Figure,
    FootnoteRef,
    Heading,
    Image,
    Inline,
    Link,
    List,
    ListItem,
    Paragraph,
    Quote,
    Section,
    Strikethrough,
    Subscript,
    Superscript,
    Table,
    Text,
    view,
    walk,
)
from newsexport.spi import Context
from newsexport.writers.text import TextOptions, TextWriter
from stories import EMBARGOED, FLASH, NOON, cell, everything, paragraph, text


def written(document: Document, width: int = 0) -> str:
    context = Context(document=document)
    data = TextWriter().write(document, TextOptions(width=width), context)
    assert context.notices == ()
    return data.decode()


def body(*blocks: Block, width: int = 0) -> str:
    """Return what stands between the headline and the end mark."""
    article = structs.replace(FLASH, kind="story", body=blocks)
    _, _, rest = written(article, width).partition("collision\n\n")
    return rest.removesuffix("-30-\n").rstrip("\n")


def line(*inlines: Inline) -> str:
    return body(Paragraph(inlines))


def test_every_word_of_everything_is_there() -> None:
    story = view(everything(), "client")
    assert isinstance(story, Article)
    found = walk.words(unicodedata.normalize("NFKC", written(story)))
    said = " ".join(walk.block_text(block) for block in story.body)
    assert not set(walk.words(unicodedata.normalize("NFKC", said))) - set(found)


def test_the_head_is_in_the_order_of_the_wire() -> None:
    said = written(view(everything(), "client")).split("\n\n")
    assert said[:6] == [
        "BRIDGE-COLLISION | 2nd Lead | Version 3 | 24 February 2025, 12:00 UTC",
        "Analysis\nWritten with the help of artificial intelligence",
        "Harbour",
        "Bridge closed: what we know",
        "A ship hit the bridge & nobody was hurt.",
        "By Jane Roe and João Müller",
    ]


def test_it_ends_in_the_end_mark() -> None:
    assert written(FLASH).endswith("\n\n-30-\n")


@pytest.mark.parametrize(
    ("article", "banner"),
    [
        (structs.replace(EMBARGOED, embargo=Embargo(NOON)), "SPERRFRIST bis 24. Februar 2025, 12:00 UTC"),
        (structs.replace(FLASH, pub_status="withheld"), "HOLD: not for publication until released"),
        (structs.replace(FLASH, pub_status="canceled"), "KILLED: do not publish; remove wherever published"),
    ],
)
def test_status_stands_above_the_headline(article: Article, banner: str) -> None:
    said = written(article)
    assert said.index(banner) < said.index(walk.title(article))


@pytest.mark.parametrize(
    ("dateline", "expected"),
    [
        (Dateline(place="KIEL", date=date(2025, 2, 24)), "KIEL, Feb. 24 — It sank."),
        (Dateline(text="KIEL –"), "KIEL – It sank."),
        (Dateline(text="KIEL –", run_in=False), "KIEL –\n\nIt sank."),
    ],
)
def test_a_dateline_runs_in_when_it_should(dateline: Dateline, expected: str) -> None:
    article = structs.replace(FLASH, dateline=dateline, body=(paragraph("It sank."),))
    assert expected in written(article)


def test_a_dateline_before_a_list_has_a_line_of_its_own() -> None:
    article = structs.replace(FLASH, dateline=Dateline(text="KIEL –"), body=(List((ListItem((paragraph("One"),)),)),))
    assert "KIEL –\n\n• One" in written(article)


@pytest.mark.parametrize(
    ("inline", "expected"),
    [
        (Link(text("the port"), "https://example.com/port"), "the port <https://example.com/port>"),
        (Link(text("example.com/port"), "https://example.com/port/"), "example.com/port"),
        (Link(text("desk@example.com"), "mailto:desk@example.com"), "desk@example.com"),
        (Link(text("the port"), "https://example.com/", title="The Port"), "the port <https://example.com/>"),
        (Link(text("here"), "https://example.com/", title="Port data"), "here (Port data) <https://example.com/>"),
        (Superscript(text("3")), "³"),
        (Superscript(text("th")), "th"),
        (Subscript(text("2")), "₂"),
        (Strikethrough(text("burst")), "~~burst~~"),
    ],
)
def test_inlines_keep_their_meaning(inline: Inline, expected: str) -> None:
    assert line(inline) == expected


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Heading(text("Damage")), "Damage\n======"),
        (Heading(text("Hours"), level=3), "Hours\n-----"),
        (Heading(text("橋梁")), "橋梁\n===="),
        (List((ListItem((paragraph("a"),)), ListItem((paragraph("b"),)))), "• a\n• b"),
        (List((ListItem((paragraph("a"),)), ListItem((paragraph("b"),))), ordered=True, start=9), "9. a\n10. b"),
        (List((ListItem((paragraph("a"), List((ListItem((paragraph("b"),)),)))),)), "• a\n  • b"),
        (Quote((paragraph("a"), paragraph("b")), text("Ada")), "> a\n>\n> b\n>\n> — Ada"),
        (Quote((paragraph("a"),), cite="https://x.example/"), "> a\n>\n> — <https://x.example/>"),
        (QA(text("Why?"), (paragraph("So."), paragraph("There."))), "Q: Why?\n\nA: So.\n\nThere."),
        (Embed("https://x.example/1", title="A post"), "A post <https://x.example/1>"),
        (Embed("https://x.example/1"), "https://x.example/1"),
        (Figure(Image("a.png", alt="A ship", credit="Sam/EN")), "[Picture: A ship]\nCredit: Sam/EN"),
        (Figure(Image("https://x.example/a.png")), "[Picture] <https://x.example/a.png>"),
        (Figure(Image("a.png", decorative=True)), ""),
    ],
)
def test_blocks_look_like_what_they_are(block: Block, expected: str) -> None:
    assert body(block) == expected


def test_footnotes_are_numbered_and_stand_below_the_body() -> None:
    note = FootnoteRef((paragraph("From the port."), paragraph("Rounded.")))
    assert line(Text("Ten"), note, Text(" ships")) == "Ten[1] ships\n\nNotes\n-----\n\n[1] From the port.\n    Rounded."


def test_a_table_is_lined_up_and_spans_leave_gaps() -> None:
    table = Table(
        head=((cell("Hour"), cell("Lanes"), cell("Queue")),),
        body=((cell("One"), cell("two lanes"), cell("4 km", rowspan=2)), (cell("Two", colspan=2),)),
    )
    assert body(table).split("\n") == [
        "Hour | Lanes     | Queue",
        "-----+-----------+------",
        "One  | two lanes | 4 km",
        "Two  |           |",
    ]


def test_a_table_wider_than_the_page_is_not_lined_up() -> None:
    table = Table(head=((cell("Hour"), cell("Remark")),), body=((cell("1"), cell("word " * 30 + "end")),))
    assert body(table) == "Hour | Remark\n1 | " + "word " * 30 + "end"


def test_lines_are_broken_at_the_width_asked_for() -> None:
    words = "the quick brown fox jumps over the lazy dog"
    assert body(paragraph(words), width=20) == "the quick brown fox\njumps over the lazy\ndog"
    nested = body(Quote((paragraph(words),)), width=22)
    assert nested == "> the quick brown fox\n> jumps over the lazy\n> dog"


def test_no_word_is_broken() -> None:
    assert "https://example.com/a-long-address" in body(paragraph("See https://example.com/a-long-address"), width=20)


def test_corrections_rights_and_notes_stand_below() -> None:
    article = structs.replace(
        FLASH,
        corrections=(Correction(public_text="The length was wrong.", wrong="900 m", right="800 m"),),
        copyright_notice="© 2025 Example News",
        notes=(EdNote("Adds map."),),
    )
    assert written(article).split("\n\n")[-8:] == [
        "Correction\n----------",
        "The length was wrong.",
        "900 m → 800 m",
        "Rights\n------",
        "© 2025 Example News",
        "Notes to editors\n----------------",
        "Adds map.",
        "-30-\n",
    ]


def test_an_edition_holds_all_articles_under_their_sections() -> None:
    edition = Edition(title="Evening", date=date(2025, 2, 24), language="en", sections=(Section("News", (FLASH,)),))
    said = written(edition)
    assert said.startswith("Evening\n=======\n\n24 February 2025\n\nNews\n====\n\n")
    assert walk.title(FLASH) in said


@pytest.mark.parametrize("width", [-1, 19, 1001])
def test_an_odd_width_is_refused(width: int) -> None:
    with pytest.raises(UsageError) as caught:
        TextOptions(width=width)
    assert caught.value.hint == "give 0, or 20 to 1000 columns"
