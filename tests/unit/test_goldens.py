"""What each format looks like inside: read by a person once, compared ever after."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from msgspec import structs

from goldens import Golden
from newsexport import export
from newsexport.model import Article, EdNote
from newsexport.writers.epub import EpubOptions
from newsexport.writers.html import HtmlOptions
from stories import EMBARGOED, FLASH, PICTURES, everything

STORIES: dict[str, Article] = {
    "everything": everything(),
    "flash": FLASH,
    "kill": structs.replace(
        everything(),
        version=4,
        pub_status="canceled",
        notes=(EdNote("Facts in dispute.", role="kill", audience="client"),),
    ),
    "hold": structs.replace(EMBARGOED, pub_status="withheld"),
}
each_story = pytest.mark.parametrize("name", STORIES)


@each_story
def test_newsml_g2(golden: Golden, name: str) -> None:
    golden.check_xml(f"{name}/newsml-g2.xml", export(STORIES[name], "newsml-g2", assets=PICTURES).data)


@each_story
def test_text(golden: Golden, name: str) -> None:
    golden.check(f"{name}/story.txt", export(STORIES[name], "text", assets=PICTURES).data)


@each_story
def test_html(golden: Golden, name: str) -> None:
    options = HtmlOptions(page=False, images="link")
    golden.check(f"{name}/story.html", export(STORIES[name], "html", options, assets=PICTURES).data)


@each_story
def test_json(golden: Golden, name: str) -> None:
    golden.check(f"{name}/article.json", export(STORIES[name], "json").data)


def test_docx(golden: Golden) -> None:
    golden.check_package("everything/docx", export(STORIES["everything"], "docx", assets=PICTURES).data)


def test_epub(golden: Golden) -> None:
    # A drawn cover would differ with the release of the library that draws it.
    options = EpubOptions(cover="none")
    golden.check_package("everything/epub", export(STORIES["everything"], "epub", options, assets=PICTURES).data)


def test_structure_of_the_pdf(golden: Golden) -> None:
    with pikepdf.open(BytesIO(export(STORIES["everything"], "pdf", assets=PICTURES).data)) as pdf:
        golden.check("everything/pdf-structure.txt", "\n".join(_outline(pdf.Root.StructTreeRoot.K)) + "\n")


def _outline(element: Any, depth: int = 0) -> Iterator[str]:
    """Yield the types of structure elements, indented, with what describes them."""
    children = element if isinstance(element, pikepdf.Array) else [element]
    for child in children:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            said = [str(child[key]) for key in ("/Alt", "/Lang") if key in child]
            yield "  " * depth + " ".join((str(child.S), *said))
            yield from _outline(child.get("/K", pikepdf.Array()), depth + 1)
