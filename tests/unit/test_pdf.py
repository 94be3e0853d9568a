from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics

from newsexport import export
from newsexport.errors import Kind, UsageError, WriterError
from newsexport.model import (
    Article,
    Block,
    Cell,
    Document,
    Edition,
    Figure,
    FootnoteRef,
    Image,
    Link,
    List,
    ListItem,
    Paragraph,
    Provider,
    Section,
    Table,
    Text,
    view,
)
from newsexport.model.walk import block_text, words
from newsexport.spi import Asset, Context, Posture
from newsexport.writers.pdf import PdfOptions, PdfWriter, theme
from newsexport.writers.pdf.syntax import Colour
from stories import FLASH, PICTURES, cell, everything, paragraph, png, text

STORY = replace(FLASH, kind="story")
ASSETS = {asset.uri: asset for asset in PICTURES}


def written(document: Document, posture: Posture = "wire", **options: Any) -> tuple[bytes, Context]:
    document = view(document, "public")
    context = Context(document=document, assets=ASSETS, posture=posture)
    return PdfWriter().write(document, PdfOptions(**options), context), context


def pdf(*blocks: Block, **fields: Any) -> bytes:
    return written(replace(STORY, body=blocks, **fields))[0]


_open: list[pikepdf.Pdf] = []


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    while _open:
        _open.pop().close()


def opened(data: bytes) -> pikepdf.Pdf:
    """Return the file; it stays open to the end of the test, since its objects live no longer than it does."""
    _open.append(pikepdf.open(BytesIO(data)))
    return _open[-1]


def shown(data: bytes) -> list[str]:
    """Return the text of each page, as a viewer that knows nothing of tags extracts it."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    finally:
        document.close()


def elements(data: bytes) -> list[tuple[str, pikepdf.Object]]:
    """Return the structure elements with their types, in reading order."""

    def below(node: Any) -> Iterator[tuple[str, pikepdf.Object]]:
        if isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield str(node.S)[1:], node
            for kid in node.get("/K", []):
                yield from below(kid)

    return list(below(opened(data).Root.StructTreeRoot.K))


def roles(data: bytes) -> list[str]:
    return [role for role, _ in elements(data)]


# Content


def test_every_word_is_shown() -> None:
    article = everything()
    text_shown = "\n".join(shown(written(article)[0]))
    expected = words("\n".join(map(block_text, article.body)))
    expected += words(
        "Bridge closed what we know A ship hit the bridge nobody was hurt Harbour Ports Harbours Transport"
    )
    expected += words("By Jane Roe and João Müller HARBOUR CITY Feb 24 EN Sam Lens Port Authority Rita Chief")
    expected += words(
        "© 2025 Example News All rights reserved For editorial use by subscribers only The port in figures"
    )
    expected += words("An earlier version misstated the length of the bridge Analysis Written with the help of")
    assert set(expected) - set(words(text_shown)) == set()


def test_nothing_of_everything_is_lost() -> None:
    assert written(everything())[1].notices == ()


def test_words_are_in_reading_order() -> None:
    data = pdf(paragraph("First comes this."), paragraph("Then comes that."), kicker="Harbour", byline="By Jane Roe")
    (page,) = shown(data)
    order = ["Harbour", "Bridge closed", "By Jane Roe", "First comes", "Then comes"]
    assert sorted(order, key=page.index) == order


def test_words_at_the_end_of_a_line_stay_apart() -> None:
    sentence = " ".join(["approaching"] * 60)
    content = opened(pdf(paragraph(sentence))).pages[0].Contents.read_bytes().decode()
    assert len(re.findall(r"> Tj", content)) > 5
    ((page),) = shown(pdf(paragraph(sentence)))
    assert words(page).count("approaching") == 60


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ru", "Контейнеровоз столкнулся с опорой моста"),
        ("he", "אוניית מכולות פגעה בגשר הארוך ביום שני"),
        ("ar", "اصطدمت سفينة حاويات بالجسر الطويل يوم الاثنين 24 فبراير"),
        ("hi", "सोमवार को एक जहाज पुल से टकरा गया"),
        ("el", "Η γέφυρα έκλεισε"),
    ],
)
def test_words_of_any_script_are_extracted_as_they_are_read(language: str, sentence: str) -> None:
    (page,) = shown(pdf(paragraph(sentence), language=language))
    assert sentence in page.replace("\n", " ")


def test_a_dateline_runs_into_the_first_paragraph() -> None:
    data = written(replace(everything(), body=(paragraph("A ship hit the bridge."),)))[0]
    assert "HARBOUR CITY, Feb. 24 (EN) — A ship hit the bridge." in shown(data)[0]


def test_markup_in_the_text_is_text() -> None:
    assert (
        "<b>5 < 6 & x</b> <img src='/etc/hostname'/>"
        in shown(pdf(paragraph("<b>5 < 6 & x</b> <img src='/etc/hostname'/>")))[0]
    )


def test_banners_stand_above_the_headline() -> None:
    (page,) = shown(pdf(pub_status="withheld"))
    assert page.index("HOLD") < page.index("Bridge closed")


def test_a_missing_picture_is_told_in_words() -> None:
    data, context = written(replace(STORY, body=(Figure(Image("lost.png", alt="A lost ship")),)))
    assert "[picture not available: A lost ship]" in shown(data)[0]
    assert [notice.code for notice in context.notices] == ["image.missing"]


# Structure


def test_everything_is_tagged_as_what_it_is() -> None:
    assert set(roles(written(everything())[0])) >= {
        *("Document", "H1", "H2", "H3", "P", "BlockQuote", "L", "LI", "Lbl", "LBody", "Figure", "Caption", "Table"),
        *("THead", "TBody", "TFoot", "TR", "TH", "TD", "Link", "Note", "Reference", "Span", "Code", "Sect", "Div"),
    }


@pytest.mark.parametrize("document", [everything(), replace(STORY, body=(paragraph("word " * 2000),))])
def test_every_mark_is_owned_by_the_element_that_holds_it(document: Article) -> None:
    data = written(document)[0]
    file = opened(data)
    numbers = file.Root.StructTreeRoot.ParentTree.Nums
    parents = {int(numbers[index]): numbers[index + 1] for index in range(0, len(numbers), 2)}
    held = {(owner.objgen, page, number) for _, owner in elements(data) for page, number in _marks(owner)}
    for page in file.pages:
        owners = parents[int(page.StructParents)]
        for number, role in _marked_content(page):
            owner = owners[number]
            assert str(owner.S)[1:] == role
            assert (owner.objgen, page.obj.objgen, number) in held


def _marks(element: pikepdf.Object) -> Iterator[tuple[tuple[int, int], int]]:
    kids: Iterable[Any] = element.K
    for kid in kids:
        if isinstance(kid, int):
            yield element.Pg.objgen, kid
        elif str(kid.get("/Type")) == "/MCR":
            yield kid.Pg.objgen, int(kid.MCID)


def _marked_content(page: pikepdf.Page) -> Iterator[tuple[int, str]]:
    for instruction in pikepdf.parse_content_stream(page):
        if str(instruction.operator) == "BDC":
            role, properties = instruction.operands
            yield int(properties.MCID), str(role)[1:]


def test_all_ink_is_content_or_artifact() -> None:
    for page in opened(written(everything())[0]).pages:
        depth = 0
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
            assert depth in (0, 1)
            if operator in {"f", "S", "Do", "Tj", "TJ", "B", "sh"}:
                assert depth == 1


def test_links_say_where_they_lead_and_are_in_the_tree() -> None:
    data = pdf(Paragraph((Text("Read "), Link(text("the port"), "https://example.com/brücke", title="All figures"))))
    file = opened(data)
    (annotation,) = file.pages[0].Annots
    assert (str(annotation.A.URI), str(annotation.Contents)) == ("https://example.com/br%C3%BCcke", "All figures")
    numbers = file.Root.StructTreeRoot.ParentTree.Nums
    owner = next(numbers[index + 1] for index in range(0, len(numbers), 2) if numbers[index] == annotation.StructParent)
    assert str(owner.S) == "/Link"
    assert any(str(kid.get("/Type")) == "/OBJR" for kid in owner.K if isinstance(kid, pikepdf.Dictionary))


def test_a_link_over_two_lines_is_one_element() -> None:
    data = pdf(Paragraph((Link(text("a long way " * 30), "https://example.com/"),)))
    assert roles(data).count("Link") == 1
    assert len(opened(data).pages[0].Annots) > 1


def test_a_paragraph_over_two_pages_is_one_element() -> None:
    data = pdf(paragraph("word " * 700))
    assert len(opened(data).pages) == 2
    assert roles(data).count("P") == 1


def test_a_footnote_is_referred_to_and_has_an_identifier() -> None:
    data = pdf(Paragraph((Text("Said"), FootnoteRef((paragraph("By the port."),)))))
    (note,) = [element for role, element in elements(data) if role == "Note"]
    assert str(note.ID) == "note-1"
    (annotation,) = opened(data).pages[0].Annots
    assert "/Dest" in annotation
    assert "Said" in words(shown(data)[0])


def test_a_picture_has_words_in_its_place_and_bounds() -> None:
    figure = dict(elements(pdf(Figure(Image("bridge.png", alt="A bridge")))))["Figure"]
    assert str(figure.Alt) == "A bridge"
    left, bottom, right, top = map(float, figure.A.BBox)
    assert right - left == pytest.approx(320, abs=0.1)
    assert top - bottom == pytest.approx(200, abs=0.1)


def test_a_decorative_picture_is_an_artifact() -> None:
    assert "Figure" not in roles(pdf(Figure(Image("bridge.png", decorative=True))))


def test_header_cells_say_what_they_head() -> None:
    cells = [element for role, element in elements(written(everything())[0]) if role == "TH"]
    assert {str(element.A.Scope) for element in cells} == {"/Column", "/Row"}
    spans = [element for role, element in elements(written(everything())[0]) if role in {"TD", "TH"}]
    assert {int(each.A.ColSpan) for each in spans if "/A" in each and "/ColSpan" in each.A} == {2}
    assert {int(each.A.RowSpan) for each in spans if "/A" in each and "/RowSpan" in each.A} == {2}


def test_words_in_another_language_say_so() -> None:
    assert any(str(element.get("/Lang")) == "fr" for role, element in elements(written(everything())[0]))


def test_headings_make_the_outline() -> None:
    with opened(written(everything())[0]).open_outline() as outline:
        (top,) = outline.root
        assert top.title == "Bridge closed: what we know"
        assert [entry.title for entry in top.children] == ["The damage", "Ambulances pass"]
        assert [entry.title for entry in top.children[0].children] == ["Hours"]


# The file


def test_the_file_says_what_it_is() -> None:
    file = opened(written(everything())[0])
    root = file.Root
    assert (str(root.Lang), bool(root.MarkInfo.Marked)) == ("en-US", True)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert bytes(root.OutputIntents[0].DestOutputProfile.read_bytes()[36:40]) == b"acsp"
    assert str(file.docinfo["/Title"]) == "Bridge closed: what we know"
    assert str(file.docinfo["/ModDate"]) == "D:20250224120000+00'00'"
    with file.open_metadata() as metadata:
        assert metadata["dc:title"] == "Bridge closed: what we know"
        assert metadata["dc:creator"] == ["Jane Roe", "João Müller"]
        assert metadata["dc:rights"] == "© 2025 Example News. All rights reserved."
        assert metadata["xmp:CreateDate"] == "2025-02-24T09:00:00+00:00"
        assert metadata["xmp:ModifyDate"] == "2025-02-24T12:00:00+00:00"
        assert (metadata["pdfuaid:part"], metadata["pdfaid:part"]) == ("1", "2")


def test_all_fonts_are_embedded_subsets() -> None:
    file = opened(written(everything())[0])
    fonts = [each for each in file.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"]
    names = {str(font.BaseFont)[1:] for font in fonts}
    assert names
    assert not any("Helvetica" in name for name in names)
    assert all(re.fullmatch(r"[A-Z]{6}\+.*", name) for name in names)
    assert all("/FontFile2" in font.FontDescriptor and "/ToUnicode" in font for font in fonts)


def test_every_stream_ends_its_data_with_an_end_of_line() -> None:
    data = written(everything())[0]
    assert len(re.findall(rb"\nendstream", data)) == data.count(b"endstream")


def test_equal_articles_give_equal_bytes_in_any_process() -> None:
    program = (
        "import sys, hashlib; from newsexport.spi import Context; from newsexport.writers.pdf import *;"
        "from stories import *; from newsexport.model import view; a = view(everything(), 'public');"
        "c = Context(document=a, assets={p.uri: p for p in PICTURES});"
        "print(hashlib.sha256(PdfWriter().write(a, PdfOptions(), c)).hexdigest())"
    )
    path = {"PYTHONPATH": ":".join(filter(None, sys.path))}
    made = [
        subprocess.run(
            [sys.executable, "-c", program], env=path | env, capture_output=True, text=True, check=True
        ).stdout
        for env in (
            {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "99999999"},
            {"PYTHONHASHSEED": "2", "TZ": "America/New_York"},
        )
    ]
    assert made[0] == made[1] != ""


def test_threads_give_equal_bytes() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: written(everything())[0], range(16)))
    assert set(made) == {written(everything())[0]}


def test_nothing_process_wide_is_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(pdfmetrics.getRegisteredFontNames())
    data = written(everything())[0]
    assert set(pdfmetrics.getRegisteredFontNames()) == before
    monkeypatch.setattr(rl_config, "useA85", 1 - rl_config.useA85)
    assert written(everything())[0] == data


# Pages


@pytest.mark.parametrize(
    ("language", "page", "size"),
    [
        ("en-US", "auto", (612, 792)),
        ("es-MX", "auto", (612, 792)),
        ("en-GB", "auto", (595, 842)),
        ("de", "auto", (595, 842)),
        ("zh-Hant-TW", "auto", (595, 842)),
        ("en-US", "a4", (595, 842)),
        ("de-DE", "letter", (612, 792)),
    ],
)
def test_the_paper_is_that_of_the_country_unless_said(language: str, page: str, size: tuple[int, int]) -> None:
    data = written(replace(STORY, language=language), page=page)[0]
    _, _, width, height = opened(data).pages[0].MediaBox
    assert (round(width), round(height)) == size


@pytest.mark.parametrize("margin", [0, 200])
def test_all_margins_can_be_laid_out(margin: float) -> None:
    data = written(everything(), margin=margin)[0]
    assert "Within days" in "\n".join(shown(data))


@pytest.mark.parametrize("margin", [-1, 200.5])
def test_other_margins_are_refused(margin: float) -> None:
    with pytest.raises(UsageError, match="out of range"):
        PdfOptions(margin=margin)


def test_pages_are_numbered_outside_the_structure() -> None:
    data = pdf(paragraph("word " * 700))
    pages = shown(data)
    assert "Page 1/2" in pages[0]
    assert "Page 2/2" in pages[1]
    assert all("Example News · 24 February 2025" in page for page in pages)
    assert roles(data) == ["Document", "H1", "P"]


def test_no_line_of_a_paragraph_is_left_alone() -> None:
    lines = [
        len([line for line in page.split("\n") if line.startswith("word")])
        for count in range(560, 640, 10)
        for page in shown(pdf(paragraph("word " * count), paragraph("word " * 60)))
    ]
    assert 1 not in lines


# Hard cases


def test_a_very_long_word_is_broken_into_lines() -> None:
    data = pdf(paragraph("x" * 10_000), paragraph("an " + "y" * 3000 + " end"))
    whole = "".join("".join(page.split()) for page in shown(data))
    assert whole.count("x") >= 10_000
    assert whole.count("y") >= 3000


def _table(*rows: tuple[Cell, ...]) -> Table:
    return Table(head=((cell("Name", header=True), cell("Number", header=True)),), body=rows)


_LAST = (cell("last"), cell("row"))
_NUMBERS = tuple((cell(str(number)),) for number in range(120))


@pytest.mark.parametrize(
    "table",
    [
        _table((cell("tall"), Cell(tuple(paragraph("many words " * 40) for _ in range(40)))), _LAST),
        _table((cell("tall"), cell("many words " * 3000)), _LAST),
        _table((cell("tall", rowspan=121), cell("first")), *_NUMBERS, _LAST),
        Table(head=((cell("many words " * 3000, header=True),),), body=((cell("last row"),),)),
        Table(
            head=(tuple(cell(f"h{column}", header=True) for column in range(70)),),
            body=(tuple(cell(f"last{column}") for column in range(70)),),
        ),
    ],
    ids=["many paragraphs", "one paragraph", "row span", "head", "many columns"],
)
def test_a_table_that_no_page_can_hold_keeps_its_words(table: Table) -> None:
    data = pdf(table)
    extracted = "\n".join(shown(data))
    missing = set(words(block_text(table))) - set(words(extracted))
    assert missing == set()
    assert {"Table", "TR", "TH", "TD"} <= set(roles(data))


def test_a_long_table_repeats_its_head_as_an_artifact() -> None:
    data = pdf(_table(*((cell(f"Row {number}"), cell(str(number))) for number in range(100))))
    pages = shown(data)
    assert len(pages) > 2
    assert all("Name" in page for page in pages)
    assert roles(data).count("TH") == 2


def test_deep_nesting_stays_on_the_page() -> None:
    block: Block = paragraph("deepest")
    for level in range(40):
        block = List((ListItem((paragraph(f"level {level}"), block)),))
    data = pdf(block)
    assert "deepest" in "\n".join(shown(data))


def test_a_picture_with_transparency_is_shown_on_white() -> None:
    from PIL import Image as Pillow

    buffer = BytesIO()
    Pillow.new("RGBA", (40, 40), (0, 0, 0, 0)).save(buffer, "PNG")
    document = replace(STORY, body=(Figure(Image("clear.png", alt="Nothing")),))
    context = Context(document=document, assets={"clear.png": Asset("clear.png", buffer.getvalue())})
    file = opened(PdfWriter().write(document, PdfOptions(), context))
    (picture,) = file.pages[0].get_images().values()
    assert "/SMask" not in picture
    assert set(picture.read_bytes()) == {255}


def test_a_picture_used_twice_is_stored_once() -> None:
    figure = Figure(Image("bridge.png", alt="A bridge"))
    file = opened(pdf(figure, figure))
    pictures = [each for each in file.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]
    assert len(pictures) == 1


def test_a_character_that_no_font_has_is_replaced_and_named() -> None:
    data, context = written(replace(STORY, body=(paragraph("The 漢字 and the 漢字"), paragraph("再 漢字"))))
    first, second = context.notices
    assert (first.code, first.kind, first.where) == ("pdf.glyph-missing", Kind.LOSS, "body[0].content[0]")
    assert "字 (U+5B57), 漢 (U+6F22)" in first.message
    assert second.where == "body[1].content[0]"
    assert "The \ufffd\ufffd and" in shown(data)[0]


def test_strict_posture_refuses_a_character_that_no_font_has() -> None:
    with pytest.raises(WriterError, match=r"U\+6F22"):
        written(replace(STORY, body=(paragraph("漢"),)), posture="strict")


def test_scripts_that_are_not_shaped_are_named_once() -> None:
    _, context = written(replace(STORY, body=(paragraph("جسر"), paragraph("سفينة"), paragraph("पुल"))))
    assert [(notice.code, notice.kind) for notice in context.notices] == [("pdf.script-unshaped", Kind.INFO)] * 2
    assert "Arabic" in context.notices[0].message
    assert "Devanagari" in context.notices[1].message


# Editions


def _edition() -> Edition:
    russian = replace(STORY, language="ru", headline=text("Мост закрыт"), body=(paragraph("Контейнеровоз"),))
    long = replace(STORY, headline=text("Long story"), body=(paragraph("word " * 1500),))
    return Edition(
        guid="urn:example:edition",
        title="The Weekend Review",
        date=date(2025, 3, 1),
        language="en-GB",
        publisher=Provider("Example News"),
        rights="© 2025 Example News",
        cover=Image("bridge.png", alt="A bridge"),
        sections=(Section("World", (long, STORY)), Section("Culture", (russian,))),
    )


def test_an_edition_opens_with_its_title_and_contents() -> None:
    first, *_ = shown(written(_edition())[0])
    lines = [line.strip() for line in first.split("\n")]
    assert "The Weekend Review" in lines
    assert "1 March 2025" in first
    assert all(title in first for title in ("Long story", "Bridge closed after collision", "Мост закрыт"))
    assert [line for line in lines if line.isdigit()] == ["2", "5", "6"]


def test_each_article_of_an_edition_starts_a_page() -> None:
    pages = shown(written(_edition())[0])
    assert len(pages) == 6
    assert "Long story" in pages[1]
    assert "Bridge closed after collision" in pages[4]
    assert "Мост закрыт" in pages[5]


def test_an_edition_is_structured_in_sections_and_articles() -> None:
    data = written(_edition())[0]
    assert [role for role in roles(data) if role in {"TOC", "TOCI", "Sect", "Art", "H1", "H2", "H3"}] == [
        *("H1", "TOC", "TOCI", "TOCI", "TOCI", "TOCI", "TOCI"),
        *("Sect", "H2", "Art", "H3", "Art", "H3", "Sect", "H2", "Art", "H3"),
    ]
    assert any(role == "Art" and str(element.get("/Lang")) == "ru" for role, element in elements(data))


def test_an_edition_is_dated_by_its_day() -> None:
    with opened(written(_edition())[0]).open_metadata() as metadata:
        assert metadata["xmp:ModifyDate"] == "2025-03-01T00:00:00+00:00"


# Looks


def _luminance(colour: tuple[float, float, float]) -> float:
    """Source: WCAG 2.2, "relative luminance"."""
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("paper", [(1.0, 1.0, 1.0), theme.TINT], ids=["paper", "tint"])
@pytest.mark.parametrize("ink", [theme.INK, theme.GREY, theme.ACCENT, theme.LINK])
def test_text_can_be_read_on_what_is_behind_it(ink: Colour, paper: Colour) -> None:
    assert (_luminance(paper) + 0.05) / (_luminance(ink) + 0.05) >= 4.5


def test_logo_stands_at_the_top_of_the_first_page() -> None:
    plain = export(FLASH, "pdf")
    branded = export(FLASH, "pdf", PdfOptions(logo=Asset("logo.png", png(200, 80))))
    assert branded.notices == ()
    with pikepdf.open(BytesIO(plain.data)) as without, pikepdf.open(BytesIO(branded.data)) as with_logo:
        assert len(without.pages[0].get_images()) == 0
        assert len(with_logo.pages[0].get_images()) == 1


def test_logo_that_is_no_picture_is_noticed() -> None:
    rendition = export(FLASH, "pdf", PdfOptions(logo=Asset("logo.png", b"no picture")))
    assert [notice.code for notice in rendition.notices] == ["pdf.logo-unusable"]


BESIDE = """
import hashlib, sys
if len(sys.argv) > 1:
    __import__(sys.argv[1])
from newsexport import export
from newsexport.model import Article, Text
story = Article(guid="urn:x:1", language="de", headline=(Text("Zur\u00ad\u00fcck: \u201eA\u201c \u2013 \u20ac"),))
print(hashlib.sha256(export(story, "pdf").data).hexdigest())
"""


def test_other_libraries_that_are_loaded_change_nothing() -> None:
    def made(*arguments: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", BESIDE, *arguments], capture_output=True, text=True, check=True
        ).stdout

    assert made("pikepdf") == made("pypdfium2") == made()
