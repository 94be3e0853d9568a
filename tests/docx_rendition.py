"""DOCX renditions taken apart, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml import etree
from msgspec import structs

from newsexport.model import (
    Article,
    Block,
    Document,
    Table,
    view,
)
from newsexport.model.walk import words
from newsexport.spi import Context
from newsexport.writers.docx import DocxOptions, DocxWriter
from stories import FLASH, PICTURES, cell, text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
COLUMN = (11906 - 2 * 1587) * 635


class Written:
    """A rendition taken apart."""

    def __init__(self, document: Document, options: DocxOptions | None = None) -> None:
        self.context = Context(document=document, assets={asset.uri: asset for asset in PICTURES})
        self.data = DocxWriter().write(document, options or DocxOptions(), self.context)
        self.archive = ZipFile(BytesIO(self.data))

    def part(self, name: str) -> etree._Element:
        return etree.fromstring(self.archive.read(name))

    @property
    def body(self) -> etree._Element:
        return self.part("word/document.xml")[0]

    @property
    def paragraphs(self) -> list[tuple[str, str]]:
        """The style and text of each paragraph, in tables too."""
        names = {style.get(f"{W}styleId"): value(style, "name") for style in self.part("word/styles.xml")}
        return [(names.get(style_of(p), "Normal"), shown(p)) for p in self.body.iter(f"{W}p")]

    def words(self, name: str = "word/document.xml") -> list[str]:
        return [word for p in self.part(name).iter(f"{W}p") for word in words(shown(p))]

    def targets(self, name: str = "word/_rels/document.xml.rels") -> dict[str, tuple[str, str | None]]:
        return {entry.get("Id", ""): (entry.get("Target", ""), entry.get("TargetMode")) for entry in self.part(name)}


def value(element: etree._Element, path: str) -> str:
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return "" if found is None else found.get(f"{W}val", "")


def style_of(p: etree._Element) -> str:
    return value(p, "pPr/pStyle")


def shown(p: etree._Element) -> str:
    """Return the text of a paragraph as it is displayed."""
    marks = {f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join(
        marks.get(str(child.tag), child.text or "")
        for run in p.iter(f"{W}r")
        for child in run
        if child.tag in {f"{W}t", *marks}
    )


def story(*body: Block, language: str = "en-GB") -> Article:
    return structs.replace(FLASH, kind="story", body=body, language=language, credit_line=None)


def written(*body: Block, language: str = "en-GB") -> Written:
    return Written(story(*body, language=language))


def client(document: Document) -> Document:
    return view(document, "client")


def outline(rendition: Written) -> list[int]:
    styles = {style.get(f"{W}styleId"): style for style in rendition.part("word/styles.xml")}
    levels = []
    for p in rendition.body.iter(f"{W}p"):
        style = styles.get(style_of(p))
        level = value(p, "pPr/outlineLvl") or ("" if style is None else value(style, "pPr/outlineLvl"))
        levels += [int(level)] if level else []
    return levels


def leaps(levels: list[int]) -> Iterator[tuple[int, int]]:
    before = -1
    for level in levels:
        if level > before + 1:
            yield before, level
        before = level


def numbers(rendition: Written) -> list[tuple[str, str]]:
    return [
        (value(p, "pPr/numPr/ilvl"), value(p, "pPr/numPr/numId"))
        for p in rendition.body.iter(f"{W}p")
        if p.find(f"{W}pPr/{W}numPr") is not None
    ]


def last_paragraph(rendition: Written) -> etree._Element:
    return list(rendition.body.iter(f"{W}p"))[-1]


GRID = Table(
    head=((cell("Hour", header=True), cell("Lanes", header=True, colspan=2)),),
    body=((cell("One", header=True, rowspan=2), cell("a"), cell("b")), (cell("c"), cell("d"))),
    foot=((cell("Mean"), cell("e"), cell("f")),),
    caption=text("Traffic"),
)
