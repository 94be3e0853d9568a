"""Templates of a house for the DOCX writer."""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from docx_rendition import R, W, Written, client, numbers, value
from newsexport.errors import Kind, UsageError
from newsexport.model import (
    Document,
)
from newsexport.spi import Asset
from newsexport.writers.docx import DocxOptions
from newsexport.writers.docx.template import standing_styles
from stories import FLASH, everything, png

# Templates of a house


def house(change: str = "") -> bytes:
    """Return a template of python-docx, with its header filled."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "The House"
    if change == "picture":
        section.header.paragraphs[0].add_run().add_picture(BytesIO(png(20, 10)))
    document.add_paragraph("Sample text of the template")
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def in_house(document: Document, data: bytes) -> Written:
    return Written(document, DocxOptions(template=Asset("house.docx", data)))


def test_styles_of_the_house_are_used_by_their_names() -> None:
    rendition = in_house(client(everything()), house())
    document = docx.Document(BytesIO(rendition.data))
    names = {p.style.name for p in document.paragraphs if p.style}
    assert {"Title", "Subtitle", "Heading 2", "List Bullet", "Intense Quote", "Kicker", "Byline"} <= names
    title = document.styles["Title"].element
    ours = {value(style, "name"): style for style in standing_styles()}["Title"]
    assert value(title, "rPr/sz") != value(ours, "rPr/sz")


def test_styles_the_house_lacks_are_added_and_named_in_one_notice() -> None:
    rendition = in_house(FLASH, house())
    (notice,) = rendition.context.notices
    assert notice.code == "docx.style-injected"
    assert notice.kind is Kind.INFO
    assert "Kicker" in notice.message
    assert not re.search(r"\bTitle\b(?<!Group Title)(?<!Aside Title)", notice.message)


def test_every_style_in_use_is_defined() -> None:
    rendition = in_house(client(everything()), house())
    defined = {style.get(f"{W}styleId") for style in rendition.part("word/styles.xml").iter(f"{W}style")}
    used = {
        each.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for each in rendition.body.iter(f"{W}{tag}")
    }
    based = {each.get(f"{W}val") for each in rendition.part("word/styles.xml").iter(f"{W}basedOn")}
    assert used | based <= defined


def test_the_words_of_a_template_are_not_taken_over_but_its_header_is() -> None:
    rendition = in_house(FLASH, house("picture"))
    assert "Sample text of the template" not in [shown_text for _, shown_text in rendition.paragraphs]
    (head,) = [name for name in rendition.archive.namelist() if re.fullmatch(r"word/header\d\.xml", name)]
    assert "The House" in "".join(map(str, rendition.part(head).itertext()))
    ((target, _),) = rendition.targets(f"word/_rels/{head.removeprefix('word/')}.rels").values()
    assert f"word/{target}" in rendition.archive.namelist()
    assert docx.Document(BytesIO(rendition.data)).sections[0].header.paragraphs[0].text == "The House"


def test_the_house_numbers_its_lists_and_ours_do_not_clash() -> None:
    rendition = in_house(client(everything()), house())
    numbering = rendition.part("word/numbering.xml")
    for element, attribute in (("abstractNum", "abstractNumId"), ("num", "numId")):
        ids = [each.get(f"{W}{attribute}") for each in numbering.findall(f"{W}{element}")]
        assert len(ids) == len(set(ids))
    assert {number for _, number in numbers(rendition)} <= {each.get(f"{W}numId") for each in numbering.iter(f"{W}num")}


def test_a_dotx_is_a_template_too() -> None:
    buffer = BytesIO()
    with ZipFile(BytesIO(house())) as source, ZipFile(buffer, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(b"document.main+xml", b"template.main+xml") if "Types" in name else data)
    assert b"document.main+xml" in in_house(FLASH, buffer.getvalue()).archive.read("[Content_Types].xml")


def test_the_page_of_the_template_is_kept_unless_another_is_asked_for() -> None:
    document = docx.Document()
    document.sections[0].page_width = docx.shared.Mm(148)
    document.sections[0].page_height = docx.shared.Mm(210)
    buffer = BytesIO()
    document.save(buffer)
    template = Asset("house.docx", buffer.getvalue())
    sizes = [
        next(Written(FLASH, options).body.iter(f"{W}pgSz")).get(f"{W}w")
        for options in (DocxOptions(template=template), DocxOptions(template=template, page="a4"))
    ]
    assert sizes == ["8391", "11906"]


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"no template", png()], ids=["empty", "torn", "text", "picture"])
def test_what_is_no_template_is_refused_with_a_hint(data: bytes) -> None:
    with pytest.raises(UsageError) as caught:
        in_house(FLASH, data)
    assert caught.value.hint


def test_a_template_that_fetches_something_from_outside_is_refused() -> None:
    document = docx.Document()
    header = document.sections[0].header
    header.paragraphs[0].text = "x"
    header.part.relate_to("https://example.com/x.png", f"{R[1:-1]}/image", is_external=True)
    buffer = BytesIO()
    document.save(buffer)
    with pytest.raises(UsageError, match="image"):
        in_house(FLASH, buffer.getvalue())


def test_templates_give_equal_bytes_too() -> None:
    template = house()
    assert in_house(FLASH, template).data == in_house(FLASH, template).data


def test_the_built_in_template_needs_no_python_docx() -> None:
    program = (
        "import sys; sys.path[:0] = sys.argv[1:]; from stories import FLASH; from newsexport.spi import Context;"
        "from newsexport.writers.docx import DocxOptions, DocxWriter;"
        "DocxWriter().write(FLASH, DocxOptions(), Context(document=FLASH)); print('docx' in sys.modules)"
    )
    source = Path(sys.modules["newsexport"].__path__[0]).parent
    paths = [str(Path(__file__).parents[1]), str(source)]
    result = subprocess.run([sys.executable, "-c", program, *paths], capture_output=True, text=True, check=True)
    assert result.stdout == "False\n"
