"""DOCX renditions, judged by the Open XML SDK and ISO's schemas, and read by other programs."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from importlib import import_module
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import docx
import pytest
from lxml import etree

from conformance.cases import DOCUMENTS, lost, rendition
from conformance.judging import program, report, require, run

pytestmark = pytest.mark.conformance

_OFFICE_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


@pytest.mark.parametrize("validator", ["open-xml-sdk", "iso-29500", "references"])
@pytest.mark.parametrize("case", DOCUMENTS)
def test_no_validator_finds_a_fault(case: str, validator: str) -> None:
    assert require(report(case, "docx"), validator) == ()


@pytest.mark.parametrize("case", DOCUMENTS)
def test_libreoffice_loses_no_word(case: str) -> None:
    assert not lost(case, "docx", _converted(program("soffice", "libreoffice-writer-nogui"))[case])


@pytest.mark.parametrize("case", DOCUMENTS)
def test_mammoth_loses_no_word(case: str) -> None:
    mammoth = import_module("mammoth")  # without types of its own
    html = mammoth.convert_to_html(BytesIO(rendition(case, "docx").data)).value
    words_apart = re.sub(r"<(?=/?(p|li|td|th|h\d|br)\b)", " <", html)
    assert not lost(case, "docx", unescape(re.sub(r"<[^>]*>", "", words_apart)))


@pytest.mark.parametrize("case", DOCUMENTS)
def test_python_docx_opens_it_and_finds_the_title(case: str) -> None:
    document = docx.Document(BytesIO(rendition(case, "docx").data))
    title = document.core_properties.title
    assert title
    assert any(title in paragraph.text for paragraph in document.paragraphs)


@cache
def _converted(soffice: Path) -> dict[str, str]:
    """Return the text of every case after LibreOffice has opened it: one start of the program for all."""
    with TemporaryDirectory() as folder:
        inputs = [Path(folder, f"{case}.docx") for case in DOCUMENTS]
        for path in inputs:
            path.write_bytes(rendition(path.stem, "docx").data)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        run(soffice, profile, "--headless", "--convert-to", "odt", "--outdir", folder, *inputs)
        return {path.stem: _open_document_text(path.with_suffix(".odt")) for path in inputs}


def _open_document_text(path: Path) -> str:
    with ZipFile(path) as archive:
        roots = [etree.fromstring(archive.read(name)) for name in ("content.xml", "styles.xml")]
    blocks = [block for root in roots for tag in ("p", "h") for block in root.iter(f"{_OFFICE_TEXT}{tag}")]
    # Paragraphs of footnotes lie inside of others, and would be read twice.
    return "\n".join(_own_text(block) for block in blocks)


def _own_text(block: etree._Element) -> str:
    parts = [block.text or ""]
    for child in block:
        if child.tag == f"{_OFFICE_TEXT}line-break":
            parts.append(" ")
        elif child.tag not in {f"{_OFFICE_TEXT}note", f"{_OFFICE_TEXT}p"}:
            parts.append(_own_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
