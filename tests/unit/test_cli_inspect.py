"""``newsexport inspect``, ``formats`` and ``validate``: what is recognised, known and judged."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from commandline import FERRY, STORIES, command
from newsexport.cli import main
from newsexport.model.codec import decode, encode
from newsexport.registry import names
from stories import everything

Printed = pytest.CaptureFixture[str]


def _printed(arguments: list[str], capsys: Printed, code: int = 0) -> str:
    assert main(arguments) == code
    return capsys.readouterr().out


# inspect


def test_the_outline_shows_fields_that_are_set_and_all_blocks(capsys: Printed) -> None:
    assert _printed(["inspect", str(FERRY)], capsys) == (STORIES / "ferry.outline.txt").read_text().replace(
        "ferry.json", str(FERRY), 1
    )


def test_the_outline_of_a_text(capsys: Printed) -> None:
    outline = _printed(["inspect", str(STORIES / "ferry.txt")], capsys)
    assert outline.splitlines()[0].endswith("ferry.txt: 1 document, read as text")
    assert "headline  Night ferry returns to Port Vell\n" in outline
    assert "By Maren Sorrel" in outline
    assert "  paragraph: Walking passengers pay €4, cars pay €21.\n" in outline


def test_the_outline_holds_a_line_for_every_node(tmp_path: Path, capsys: Printed) -> None:
    (tmp_path / "all.json").write_bytes(encode(everything()))
    outline = _printed(["inspect", str(tmp_path / "all.json")], capsys)
    kinds = {line.split()[0].rstrip(":") for line in outline.partition("\nbody:")[2].splitlines()[1:]}
    blocks = "aside code-block divider embed figure gallery heading list live-post note paragraph qa quote table"
    assert kinds == {*blocks.split(), "item"}
    assert "  aside kind=factbox: The bridge\n" in outline
    assert "  live-post time=2025-02-24T12:00:00Z key: Ambulances pass\n" in outline
    assert "  table: Traffic on Monday / 5 rows\n" in outline


def test_the_outline_of_an_edition_lists_its_sections(tmp_path: Path, capsys: Printed) -> None:
    story = json.loads(FERRY.read_bytes())
    edition = {"type": "edition", "title": "Weekend", "sections": [{"title": "Islands", "articles": [story]}]}
    (tmp_path / "edition.json").write_text(json.dumps(edition))
    outline = _printed(["inspect", str(tmp_path / "edition.json")], capsys)
    assert "title  Weekend\n\nsection 'Islands': 1 article\n  Night ferry returns to Port Vell\n" in outline


def test_inspect_as_json_holds_the_document_itself(capsys: Printed) -> None:
    value: dict[str, Any] = json.loads(_printed(["inspect", str(FERRY), "--json"], capsys))
    assert value["format"] == "json"
    assert value["notices"] == []
    assert decode(json.dumps(value["document"]).encode()) == decode(FERRY.read_bytes())


def test_inspect_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(FERRY.read_bytes())))
    assert _printed(["inspect", "-"], capsys).startswith("-: 1 document, read as json\n")


def test_notices_of_the_reader_stand_below_the_outline(tmp_path: Path, capsys: Printed) -> None:
    (tmp_path / "latin.txt").write_bytes("Fähre kehrt zurück\n\nDie Fähre fährt.\n".encode("latin-1"))
    outline, _, notices = _printed(["inspect", str(tmp_path / "latin.txt")], capsys).partition(" notice")
    assert "Fähre kehrt zurück" in outline
    assert "[text.encoding]" in notices
    value = json.loads(_printed(["inspect", str(tmp_path / "latin.txt"), "--json"], capsys))
    assert "text.encoding" in {notice["code"] for notice in value["notices"]}


def test_the_format_may_be_named(capsys: Printed) -> None:
    assert "read as text\n" in _printed(["inspect", str(FERRY), "--from", "text"], capsys)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["gone.txt"], 3, "cannot read gone.txt"),
        (["."], 3, ".: is a folder"),
        ([str(FERRY), "--from", "jsno"], 2, "did you mean 'json'?"),
        ([str(FERRY), "-I", "json.x=1"], 2, "json has no option 'x'"),
        ([str(STORIES / "ferry.txt"), "--from", "json"], 3, "not valid JSON"),
    ],
)
def test_what_cannot_be_inspected_is_refused(arguments: list[str], code: int, message: str, capsys: Printed) -> None:
    assert main(["inspect", *arguments]) == code
    assert message in capsys.readouterr().err


def test_copy_cannot_move_the_cursor(tmp_path: Path, capsys: Printed) -> None:
    story = {"type": "article", "headline": "Red \x1b[31malert", "slugline": "A\nB"}
    (tmp_path / "story.json").write_text(json.dumps(story))
    outline = _printed(["inspect", str(tmp_path / "story.json")], capsys)
    assert "\x1b" not in outline
    assert "slugline  A B\n" in outline


# formats


def test_all_formats_are_listed(capsys: Printed) -> None:
    read, _, written = _printed(["formats"], capsys).partition("written:\n")
    listed = [line.split() for line in written.splitlines()]
    assert tuple(line[0] for line in listed) == names("writers")
    lines = read.splitlines()[1:]
    assert tuple(line.split()[0] for line in lines[::2]) == names("readers")
    assert all(line.startswith("      recognised by: ") for line in lines[1::2])
    assert next(line for line in listed if line[0] == "pdf")[1:4] == [".pdf", "application/pdf", "built-in"]


def test_verbose_lists_options_with_meaning_and_default(capsys: Printed) -> None:
    listed = _printed(["formats", "-v"], capsys)
    assert (
        "      -O json.indent: Blanks for each level, 0 to 8; 0 writes everything on one line. (default: 2)\n" in listed
    )
    assert "      -O html.images=inline|link: " in listed
    assert "      -O newsml-g2.link-renditions: " in listed


def test_formats_as_json_hold_every_option(capsys: Printed) -> None:
    formats = json.loads(_printed(["formats", "--json"], capsys))["formats"]
    [written] = [each for each in formats if (each["name"], each["role"]) == ("json", "written")]
    assert written["media_type"] == "application/json"
    assert written["options"] == [
        {
            "name": "indent",
            "choices": [],
            "default": "2",
            "purpose": "Blanks for each level, 0 to 8; 0 writes everything on one line.",
        }
    ]
    assert all(option["purpose"] for each in formats for option in each["options"])


# validate


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in, with a good and a bad file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWSEXPORT_SCHEMAS", raising=False)
    shutil.copy(FERRY, "good.json")
    Path("bad.json").write_text('{"type": "article", "urgency": 12}')
    Path("item.xml").write_text('<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"/>')
    return tmp_path


def test_a_valid_file_names_its_judges(made: Path, capsys: Printed) -> None:
    assert _printed(["validate", "good.json"], capsys).startswith("good.json: valid by model")


def test_a_fault_is_printed_and_fails(made: Path, capsys: Printed) -> None:
    assert main(["validate", "bad.json", "good.json"]) == 8
    said = capsys.readouterr()
    assert said.out.startswith("bad.json: not valid by model")
    assert "  error: model ArticleError: Expected `int` <= 9 (urgency)\n" in said.out
    assert "good.json: valid by model" in said.out
    assert said.err == "newsexport: error: bad.json: 1 fault found\n"


def test_a_validator_that_is_not_at_hand_is_named(made: Path, capsys: Printed) -> None:
    printed = _printed(["validate", "item.xml"], capsys)
    assert "item.xml: valid by xml\n" in printed
    assert "  not run: iptc-xsd: " in printed
    assert "NEWSEXPORT_SCHEMAS" in printed


def test_a_file_that_nobody_can_judge_is_not_called_valid(made: Path, capsys: Printed) -> None:
    Path("page.html").write_text("<p>Night ferry</p>")
    assert main(["validate", "page.html"]) == 3
    said = capsys.readouterr()
    assert said.out.startswith("page.html: not judged\n")
    assert "newsexport: error: page.html: no validator could judge it: is none of these: docx, epub" in said.err


def test_remarks_are_printed_on_request(made: Path, capsys: Printed) -> None:
    Path("bare.json").write_text('{"type": "article"}')
    assert "info: prepared incomplete: no guid is stated" not in _printed(["validate", "bare.json"], capsys)
    assert "info: prepared incomplete: no guid is stated" in _printed(["validate", "bare.json", "-v"], capsys)
    assert _printed(["validate", "bare.json", "-q"], capsys) == ""


def test_validate_as_json_holds_all_that_was_found(made: Path, capsys: Printed) -> None:
    assert main(["validate", "bad.json", "gone.json", "item.xml", "--json"]) == 8
    report = json.loads(capsys.readouterr().out)
    bad, gone, item = report["files"]
    assert report["exit_code"] == 8
    assert (bad["file"], bad["valid"], bad["findings"][0]["severity"]) == ("bad.json", False, "error")
    assert gone["error"]["exit_code"] == 3
    assert (item["ran"], item["missing"][0]["validator"]) == (["xml"], "iptc-xsd")


def test_schemas_must_be_there(made: Path, capsys: Printed) -> None:
    assert main(["validate", "item.xml", "--schemas", "gone"]) == 2
    assert "--schemas gone: there is no such folder" in capsys.readouterr().err


def test_what_is_converted_is_valid(tmp_path: Path) -> None:
    assert command("convert", FERRY, "--to", "json,newsml-g2,docx", cwd=tmp_path).code == 0
    done = command("validate", "ferry.article.json", "ferry.newsml.xml", "ferry.docx", cwd=tmp_path)
    assert (done.code, done.stderr) == (0, "")
