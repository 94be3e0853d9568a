"""Nodes of the model as structures of Word."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree
from msgspec import structs

from docx_rendition import (
    COLUMN,
    DECORATIVE,
    GRID,
    WP,
    R,
    W,
    Written,
    client,
    last_paragraph,
    numbers,
    shown,
    story,
    style_of,
    value,
    written,
)
from newsexport.model import (
    Aside,
    Block,
    Cell,
    CodeBlock,
    Emphasis,
    Figure,
    FootnoteRef,
    Heading,
    Image,
    Link,
    List,
    ListItem,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
)
from newsexport.model.walk import block_text, words
from newsexport.spi import Asset, Context
from newsexport.writers.docx import DocxOptions, DocxWriter
from stories import cell, everything, paragraph, png, text


@pytest.fixture(scope="module")
def rendition() -> Written:
    return Written(client(everything()))


# Inlines


@pytest.mark.parametrize(
    ("inline", "path"),
    [
        (Strong(text("x")), "rPr/b"),
        (Strong(text("x")), "rPr/bCs"),
        (Emphasis(text("x")), "rPr/i"),
        (Emphasis(text("x")), "rPr/iCs"),
    ],
)
def test_emphasis_holds_for_every_script(inline: Strong | Emphasis, path: str) -> None:
    run = next(last_paragraph(written(Paragraph((inline,)))).iter(f"{W}r"))
    assert run.find("/".join(f"{W}{step}" for step in path.split("/"))) is not None


def test_marks_are_combined() -> None:
    run = next(last_paragraph(written(Paragraph((Strong((Emphasis(text("x")),)),)))).iter(f"{W}r"))
    assert [child.tag for child in run[0]] == [f"{W}{name}" for name in ("b", "bCs", "i", "iCs")]


def test_blanks_tabs_and_lines_of_code_are_kept() -> None:
    p = last_paragraph(written(CodeBlock("a\tb\n    c\n")))
    assert shown(p) == "a\tb\n    c"
    assert all(t.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve" for t in p.iter(f"{W}t"))


def test_links_are_relationships_one_for_each_address() -> None:
    link = Link(text("Harbour"), "https://example.com/ä b?x=1&y=2", title="The harbour")
    rendition = written(Paragraph((link, Text(" and "), link)))
    found = list(rendition.body.iter(f"{W}hyperlink"))
    assert len(found) == 2
    assert len({each.get(f"{R}id") for each in found}) == 1
    assert rendition.targets()[found[0].get(f"{R}id", "")] == (
        "https://example.com/%C3%A4%20b?x=1&y=2",
        "External",
    )
    assert found[0].get(f"{W}tooltip") == "The harbour"


def test_footnotes_stand_in_their_part_below_the_separators() -> None:
    note = FootnoteRef((Paragraph((Text("See "), Link(text("this"), "https://example.com/"), Text("."))),))
    rendition = written(Paragraph((Text("Said"), note)), Paragraph((Text("Again"), note)))
    notes = rendition.part("word/footnotes.xml")
    assert [(each.get(f"{W}id"), each.get(f"{W}type")) for each in notes] == [
        ("-1", "separator"),
        ("0", "continuationSeparator"),
        ("1", None),
        ("2", None),
    ]
    assert [each.get(f"{W}id") for each in rendition.body.iter(f"{W}footnoteReference")] == ["1", "2"]
    assert shown(next(notes[2].iter(f"{W}p"))) == " See this."
    assert list(rendition.targets("word/_rels/footnotes.xml.rels").values()) == [("https://example.com/", "External")]
    separators = rendition.part("word/settings.xml").findall(f"{W}footnotePr/{W}footnote")
    assert [each.get(f"{W}id") for each in separators] == ["-1", "0"]


def test_a_story_without_footnotes_has_no_part_for_them() -> None:
    assert "word/footnotes.xml" not in written(paragraph("x")).archive.namelist()


# Lists


def numbered(*items: Block, start: int = 1) -> List:
    return List(tuple(ListItem((item,)) for item in items), ordered=True, start=start)


def test_each_ordered_list_counts_from_its_own_start() -> None:
    rendition = written(numbered(paragraph("a")), paragraph("x"), numbered(paragraph("b"), paragraph("c"), start=7))
    (_, first), (_, second), (_, same) = numbers(rendition)
    assert first != second == same
    lists = {each.get(f"{W}numId"): each for each in rendition.part("word/numbering.xml").iter(f"{W}num")}
    assert [value(lists[number], "lvlOverride/startOverride") for number in (first, second)] == ["1", "7"]


def test_definitions_come_before_lists(rendition: Written) -> None:
    kinds = [child.tag for child in rendition.part("word/numbering.xml")]
    assert kinds == sorted(kinds, key=[f"{W}abstractNum", f"{W}num"].index)


def test_lists_deeper_than_word_allows_stay_at_the_last_level() -> None:
    block: Block = paragraph("leaf")
    for _ in range(12):
        block = List((ListItem((paragraph("item"), block)),))
    levels = [int(level) for level, _ in numbers(written(block))]
    assert levels == [*range(9), 8, 8, 8]


def test_an_item_without_words_still_counts() -> None:
    rendition = written(numbered(numbered(paragraph("inner")), paragraph("two")))
    assert [level for level, _ in numbers(rendition)] == ["0", "1", "0"]


def test_further_paragraphs_of_an_item_are_set_in_without_a_number() -> None:
    rendition = written(List((ListItem((paragraph("a"), paragraph("b"))),)))
    assert rendition.paragraphs[-2:] == [("List Bullet", "a"), ("List Continue", "b")]
    assert len(numbers(rendition)) == 1


# Tables


def test_rows_of_the_head_repeat_and_no_row_is_torn() -> None:
    rows = list(written(GRID).body.iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_cells_span_as_they_should_and_fill_the_grid() -> None:
    table = next(written(GRID).body.iter(f"{W}tbl"))
    rows = [
        [(value(c, "tcPr/gridSpan"), value(c, "tcPr/vMerge")) for c in row.iter(f"{W}tc")]
        for row in table.iter(f"{W}tr")
    ]
    assert rows == [
        [("", ""), ("2", "")],
        [("", "restart"), ("", ""), ("", "")],
        [("", "continue"), ("", ""), ("", "")],
        [("", ""), ("", ""), ("", "")],
    ]
    widths = [int(column.get(f"{W}w", "0")) for column in table.iter(f"{W}gridCol")]
    assert len(widths) == 3
    assert sum(widths) * 635 == COLUMN


def test_a_table_has_a_title_and_a_description() -> None:
    properties = next(written(GRID).body.iter(f"{W}tblPr"))
    assert (value(properties, "tblCaption"), value(properties, "tblDescription")) == ("Traffic", "Hour, Lanes")


def test_every_cell_ends_in_a_paragraph() -> None:
    table = Table(
        head=((cell("a", header=True), Cell(header=True)),),
        body=((Cell((List((ListItem((paragraph("x"),)),)),)), Cell()),),
    )
    assert all(c[-1].tag == f"{W}p" for c in written(table).body.iter(f"{W}tc"))


@pytest.mark.parametrize(
    "block",
    [
        Table(head=((cell("outer", header=True),),), body=((Cell((GRID,)),),)),
        Paragraph((Text("outer"), FootnoteRef((GRID,)))),
        Table(head=(tuple(cell(f"c{n}", header=True) for n in range(64)),), caption=text("Traffic")),
    ],
    ids=["in a cell", "in a footnote", "of 64 columns"],
)
def test_a_table_that_word_cannot_hold_keeps_its_words_and_is_reported(block: Block) -> None:
    rendition = written(block)
    footnotes = rendition.words("word/footnotes.xml") if "word/footnotes.xml" in rendition.archive.namelist() else []
    assert set(words(block_text(block))) <= {*rendition.words(), *footnotes}
    assert [notice.code for notice in rendition.context.notices] == ["docx.table-flattened"]
    assert not any(list(c.iter(f"{W}tbl")) for c in rendition.body.iter(f"{W}tc"))


def test_tables_that_touch_are_kept_apart_and_the_last_is_closed() -> None:
    bare = structs.replace(GRID, caption=())
    kinds = [str(child.tag).removeprefix(W) for child in written(bare, bare).body]
    assert kinds[-5:] == ["tbl", "p", "tbl", "p", "sectPr"]


# Pictures


def test_pictures_carry_their_description_or_are_marked_decorative(rendition: Written) -> None:
    properties = list(rendition.body.iter(f"{WP}docPr"))
    assert [(each.get("descr"), any(True for _ in each.iter(DECORATIVE))) for each in properties] == [
        ("A ship below a bridge", False),
        ("A ship below a bridge", False),
        ("", True),
        ("A ship below a bridge", False),
        ("A ship below a bridge", False),
    ]
    assert len({each.get("id") for each in properties}) == len(properties)


@pytest.mark.parametrize(("width", "height"), [(40, 30), (4000, 1000), (100, 3000), (3000, 1)])
def test_pictures_keep_their_shape_within_the_column(width: int, height: int) -> None:
    document = story(Figure(Image("p.png", alt="x")))
    context = Context(document=document, assets={"p.png": Asset("p.png", png(width, height))})
    data = DocxWriter().write(document, DocxOptions(), context)
    extent = next(etree.fromstring(ZipFile(BytesIO(data)).read("word/document.xml")).iter(f"{WP}extent"))
    across, down = int(extent.get("cx", "")), int(extent.get("cy", ""))
    assert across <= COLUMN
    assert across / down == pytest.approx(width / height, rel=0.02)


def test_a_picture_that_is_missing_becomes_words() -> None:
    rendition = written(Figure(Image("gone.png", alt="A ship"), text("Below the bridge.")))
    assert rendition.paragraphs[-2:] == [
        ("caption", "[picture not available: A ship]"),
        ("caption", "Below the bridge."),
    ]
    assert [notice.code for notice in rendition.context.notices] == ["image.missing"]


def test_a_missing_ornament_vanishes() -> None:
    rendition = written(paragraph("x"), Figure(Image("gone.png", decorative=True)))
    assert rendition.paragraphs[-1] == ("Normal", "x")
    assert rendition.context.notices == ()


def test_a_picture_without_description_is_reported() -> None:
    rendition = written(Figure(Image("bridge.png"), text("The bridge.")))
    assert next(rendition.body.iter(f"{WP}docPr")).get("descr") == "The bridge."
    assert [notice.code for notice in rendition.context.notices] == ["docx.alt-missing"]


# Boxes


def test_everything_in_a_box_is_shaded_alike() -> None:
    aside = Aside(
        "factbox",
        text("Title"),
        (paragraph("a"), Heading(text("b")), Quote((paragraph("c"),)), List((ListItem((paragraph("d"),)),))),
    )
    rendition = written(aside)
    boxed = list(rendition.body.iter(f"{W}p"))[-5:]
    styles = {style.get(f"{W}styleId"): style for style in rendition.part("word/styles.xml")}
    fills = set()
    for p in boxed:
        shade = p.find(f"{W}pPr/{W}shd")
        shade = styles[style_of(p)].find(f"{W}pPr/{W}shd") if shade is None else shade
        fills.add("" if shade is None else shade.get(f"{W}fill"))
    assert fills == {"F2EFE9"}
