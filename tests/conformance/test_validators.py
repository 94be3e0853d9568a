"""Each validator passes a valid file and finds the fault in a broken one."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest
from msgspec import structs

import broken
from conformance.judging import REQUIRED, missing, require
from newsexport.validate import Missing, Report, Tools, find_tools, validate

pytestmark = pytest.mark.conformance

VALID = {
    "docx": broken.docx(),
    "epub": broken.epub(),
    "json": broken.json(),
    "newsml-g2": broken.newsml_g2(),
    "pdf": broken.pdf(),
}
BROKEN = [
    ("epubcheck", broken.epub("urn:example:1</dc:identifier>", "</dc:identifier>")),
    ("epubcheck", broken.epub("</nav>", "")),
    ("epubcheck", broken.epub()[:400]),
    ("open-xml-sdk", broken.docx("<w:t>News</w:t>", "<w:t>News</w:t><w:rPr/>")),
    ("open-xml-sdk", broken.docx()[:400]),
    ("iso-29500", broken.docx("<w:t>News</w:t>", "<w:t>News</w:t><w:headline/>")),
    ("iso-29500", broken.docx('mc:Ignorable="x"', "")),
    ("references", broken.docx('w:val="Body"/></w:pPr>', 'w:val="Absent"/></w:pPr>')),
    ("iptc-xsd", broken.newsml_g2("versionCreated>", "created>")),
    ("iptc-xsd", broken.newsml_g2("2025-02-24T12:00:00Z", "yesterday")),
    ("xml", broken.newsml_g2("</itemMeta>", "")),
    ("qpdf", broken.pdf().replace(b"trailer", b"trailed")),
    ("pdf-structure", broken.pdf(drop="/Lang")),
    ("model", broken.json("headline", "haedline")),
]


@pytest.mark.parametrize("format_name", VALID)
def test_a_valid_file_passes_every_validator(format_name: str) -> None:
    assert validate(VALID[format_name], format_name).errors == ()


@pytest.mark.parametrize(("validator", "data"), BROKEN, ids=[validator for validator, _ in BROKEN])
def test_a_broken_file_is_found_out(validator: str, data: bytes) -> None:
    assert require(validate(data, "broken"), validator)


def test_epubcheck_can_be_asked_by_many_threads() -> None:
    books = [broken.epub(), broken.epub("</nav>", "")] * 8
    with ThreadPoolExecutor(8) as pool:
        reports = list(pool.map(lambda data: validate(data, "book.epub"), books))
    assert [bool(require(report, "epubcheck")) for report in reports] == [False, True] * 8


def test_epubcheck_says_the_same_in_a_process_of_its_own() -> None:
    """Where somebody else runs a Java virtual machine in this process, ours is started beside it."""
    require(validate(broken.epub(), "book.epub"), "epubcheck")
    check = (
        "import sys, jpype; jpype.startJVM(); sys.path.insert(0, 'tests'); import broken; "
        "from newsexport.validate import validate; "
        "print([validate(broken.epub(*change), 'book.epub').valid for change in [(), ('</nav>', '')]])"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout == "[True, False]\n"


def test_a_forked_process_does_not_wait_for_the_java_of_its_parent() -> None:
    require(validate(broken.epub(), "book.epub"), "epubcheck")
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        report = pool.submit(validate, broken.epub("</nav>", ""), "book.epub").result(timeout=120)
    assert require(report, "epubcheck")


def test_without_java_epubcheck_is_missing() -> None:
    check = (
        "import sys; sys.modules['jpype'] = None; sys.path.insert(0, 'tests'); import broken; "
        "from newsexport.validate import Tools, validate; print(validate(broken.epub(), 'a', tools=Tools()).missing)"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert "there is no Java" in done.stdout


def test_a_validator_that_is_missing_skips_its_test_and_fails_it_where_it_is_required(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report = Report("story.docx", missing=(Missing("open-xml-sdk", "not installed"),))
    monkeypatch.delenv(REQUIRED, raising=False)
    with pytest.raises(pytest.skip.Exception, match="not installed"):
        require(report, "open-xml-sdk")
    for required in ("1", "qpdf,open-xml-sdk"):
        monkeypatch.setenv(REQUIRED, required)
        with pytest.raises(pytest.fail.Exception, match="open-xml-sdk is required here"):
            require(report, "open-xml-sdk")
    monkeypatch.setenv(REQUIRED, "qpdf")
    with pytest.raises(pytest.skip.Exception):
        missing("open-xml-sdk", "not installed")


def test_what_office_2007_alone_does_not_know_is_no_fault() -> None:
    """The first Office of this format is older than ISO's standard, and does not declare what later ones write."""
    require(validate(broken.docx(), "story.docx"), "open-xml-sdk")
    word_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
    data = broken.docx('<w:p x:id="1">', f'<w:p xmlns:w14="{word_2010}" w14:paraId="0A0A0A0A">')
    report = validate(data, "story.docx")
    found = [each for each in report.findings if each.validator == "open-xml-sdk"]
    assert [(each.severity, each.message.rpartition("(")[2]) for each in found] == [("info", "Office2007)")]


def test_nothing_is_printed_while_a_file_is_judged(capfd: pytest.CaptureFixture[str]) -> None:
    for name, data in VALID.items():
        validate(data, name, tools=structs.replace(find_tools(), verapdf=None))
    assert capfd.readouterr() == ("", "")


def test_tools_that_are_not_looked_for_are_not_used() -> None:
    assert {each.validator for each in validate(VALID["docx"], "a", tools=Tools()).missing} == {
        "open-xml-sdk",
        "iso-29500",
    }
