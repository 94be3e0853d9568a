"""``newsexport convert``: stories to files."""

from __future__ import annotations

import hashlib
import io
import json
import os
import pty
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from commandline import COMMAND, FERRY, STORIES, command, environment
from newsexport.cli import main
from newsexport.model import Article
from newsexport.model.codec import decode
from newsexport.model.walk import plain_text


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own to be in, with the story in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    shutil.copy(FERRY, tmp_path)
    return tmp_path


def _article(path: Path) -> Article:
    article = decode(path.read_bytes())
    assert isinstance(article, Article)
    return article


def _piped(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_four_formats_by_default(tmp_path: Path) -> None:
    done = command("convert", FERRY, cwd=tmp_path)
    names = ["ferry.docx", "ferry.pdf", "ferry.epub", "ferry.newsml.xml"]
    assert (done.code, done.stdout.decode().splitlines(), done.stderr) == (0, names, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    assert (tmp_path / "ferry.pdf").read_bytes().startswith(b"%PDF-")


def test_a_text_is_converted(tmp_path: Path) -> None:
    done = command("convert", STORIES / "ferry.txt", "--to", "json", "--language", "en-GB", cwd=tmp_path)
    assert (done.code, done.stdout) == (0, b"ferry.article.json\n")
    article = _article(tmp_path / "ferry.article.json")
    assert plain_text(article.headline) == "Night ferry returns to Port Vell"
    assert article.language == "en-GB"


def test_the_folder_is_made(here: Path) -> None:
    assert main(["convert", "ferry.json", "--to", "json", "-o", "out/today"]) == 0
    assert [path.name for path in (here / "out/today").iterdir()] == ["ferry.article.json"]


@pytest.mark.parametrize(
    "to",
    [["--to", "text,json"], ["--to", "text", "--to", "json"], ["--to", " text , json,"], ["--to", "text,json,text"]],
)
def test_formats_are_named_with_commas_or_one_by_one(
    to: list[str], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", "ferry.json", *to, "-o", "out"]) == 0
    assert capsys.readouterr().out.splitlines() == ["out/ferry.txt", "out/ferry.article.json"]


def test_inputs_stand_before_and_after_options(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "other.json").write_bytes(FERRY.read_bytes())
    assert main(["convert", "ferry.json", "--to", "text", "-o", "out", "other.json"]) == 0
    assert capsys.readouterr().out.splitlines() == ["out/ferry.txt", "out/other.txt"]


@pytest.mark.parametrize(
    ("flags", "field", "value"),
    [
        (["--language", "fr"], "language", "fr"),
        (["--guid", "urn:x-test:1"], "guid", "urn:x-test:1"),
        (["--byline", "By our islands desk"], "byline", "By our islands desk"),
        (["--set", "urgency=3"], "urgency", 3),
        (["--set", "slugline=A-B", "--set", "keywords=Sea, Port"], "keywords", ("Sea", "Port")),
        (["--set", "language=de", "--language", "fr"], "language", "fr"),
    ],
)
def test_flags_overrule_the_story(flags: list[str], field: str, value: object, here: Path) -> None:
    assert main(["convert", "ferry.json", "--to", "json", "-o", "out", *flags]) == 0
    assert getattr(_article(here / "out/ferry.article.json"), field) == value


def test_published_keeps_the_moment(here: Path) -> None:
    assert main(["convert", "ferry.json", "--to", "json", "-o", "out", "--published", "2025-03-05T10:30+01:00"]) == 0
    published = _article(here / "out/ferry.article.json").published
    assert published is not None
    assert published.isoformat() == "2025-03-05T10:30:00+01:00"


def test_part_of_a_record_is_set_and_the_rest_stays(here: Path) -> None:
    flags = ["--set", "dateline.place=SORREL", "--set", "dateline.run_in=false"]
    assert main(["convert", "ferry.json", "--to", "json", "-o", "out", *flags]) == 0
    dateline = _article(here / "out/ferry.article.json").dateline
    assert dateline is not None
    assert (dateline.place, dateline.run_in, str(dateline.date)) == ("SORREL", False, "2025-03-05")


def test_meta_is_a_sidecar_of_any_name(here: Path) -> None:
    (here / "desk.toml").write_text('slugline = "FROM-META"\n')
    assert main(["convert", "ferry.json", "--to", "json", "-o", "out", "--meta", "desk.toml"]) == 0
    assert _article(here / "out/ferry.article.json").slugline == "FROM-META"


def test_now_is_what_a_missing_date_is_taken_to_be(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "flash.json").write_text('{"type": "article", "guid": "urn:x-test:1", "headline": "Flash"}')
    assert main(["convert", "flash.json", "--to", "json", "--now", "2025-03-05T12:00:00Z"]) == 0
    assert str(_article(here / "flash.article.json").version_created) == "2025-03-05 12:00:00+00:00"


def test_options_reach_the_writer(here: Path) -> None:
    assert main(["convert", "ferry.json", "--to", "json", "-o", "out", "-O", "json.indent=0"]) == 0
    assert (here / "out/ferry.article.json").read_bytes().count(b"\n") == 1


def test_the_audience_is_who_reads_it(here: Path) -> None:
    note = '{"type": "article", "guid": "urn:x-test:1", "language": "en", "notes": [{"text": "Call the harbour"}]}'
    (here / "note.json").write_text(note)
    for audience, held in (("internal", True), ("public", False)):
        assert main(["convert", "note.json", "--to", "json", "-o", audience, "--audience", audience]) == 0
        assert bool(_article(here / audience / "note.article.json").notes) is held


def test_newsml_names_its_siblings(here: Path) -> None:
    assert main(["convert", "ferry.json", "--to", "text,newsml-g2,json", "-o", "out", "--link-renditions"]) == 0
    item = (here / "out/ferry.newsml.xml").read_text()
    assert set(re.findall(r'href="(ferry\.[^"]+)"', item)) == {"ferry.txt", "ferry.article.json"}


def test_two_runs_give_the_same_bytes(here: Path) -> None:
    for folder in ("one", "two"):
        assert command("convert", "ferry.json", "--to", "text,json,epub", "-o", folder, cwd=here).code == 0
    for path in (here / "one").iterdir():
        assert path.read_bytes() == (here / "two" / path.name).read_bytes()


# Standard input and output


def test_standard_input_to_standard_output() -> None:
    done = command("convert", "-", "--to", "json", "-o", "-", given=FERRY.read_bytes())
    assert (done.code, done.stderr) == (0, "")
    assert decode(done.stdout) == decode(command("convert", FERRY, "--to", "json", "-o", "-").stdout)


def test_standard_input_is_saved_as_stdin(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _piped(monkeypatch, FERRY.read_bytes())
    assert main(["convert", "-", "--to", "json", "-o", "out"]) == 0
    assert [path.name for path in (here / "out").iterdir()] == ["stdin.article.json"]


def test_standard_input_needs_a_guid(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nameless = b'{"type": "article", "headline": "Flash"}'
    _piped(monkeypatch, nameless)
    assert main(["convert", "-", "--to", "json", "-o", "out"]) == 4
    assert "--guid" in capsys.readouterr().err
    _piped(monkeypatch, nameless)
    assert main(["convert", "-", "--to", "json", "-o", "out", "--guid", "urn:x-test:1"]) == 0


def test_a_binary_rendition_reaches_standard_output_unchanged(tmp_path: Path) -> None:
    command("convert", FERRY, "--to", "epub", cwd=tmp_path)
    assert command("convert", FERRY, "--to", "epub", "-o", "-").stdout == (tmp_path / "ferry.epub").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ferry.json", "--to", "json,text"], "standard output takes one file"),
        (["ferry.json", "other.json", "--to", "json"], "standard output takes one file"),
        (["ferry.json", "--to", "json", "--json"], "both want standard output"),
    ],
)
def test_standard_output_takes_one_file(
    arguments: list[str], message: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", *arguments, "-o", "-"]) == 2
    assert message in capsys.readouterr().err


# What is said


def _flash(folder: Path) -> None:
    (folder / "flash.json").write_text('{"type": "article", "guid": "urn:x-test:1", "headline": "Flash"}')


def test_guesses_are_notes_and_what_is_only_worth_knowing_is_not(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _flash(here)
    assert main(["convert", "flash.json", "--to", "json"]) == 0
    said = capsys.readouterr().err
    assert said == "newsexport: note: no date was given; 1980-01-01 was assumed (version_created)\n"


def test_verbose_says_all_with_its_codes(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _flash(here)
    assert main(["convert", "flash.json", "--to", "json", "-v"]) == 0
    said = capsys.readouterr().err
    assert "(version_created) [date.assumed]\n" in said
    assert "(language) [language.undetermined]\n" in said


def test_quiet_says_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _flash(here)
    assert main(["convert", "flash.json", "--to", "json", "-q"]) == 0
    assert capsys.readouterr() == ("", "")
    assert (here / "flash.article.json").is_file()


def test_a_notice_of_several_formats_is_printed_once(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _with_lost_picture(here)
    assert main(["convert", "picture.json", "ferry.json", "--to", "html,epub", "-o", "out"]) == 0
    [note] = capsys.readouterr().err.splitlines()
    assert note.startswith("newsexport: note: picture.json: html, epub: ")
    assert note.endswith(" (body[0].media)")


def _with_lost_picture(folder: Path) -> None:
    story = json.loads(FERRY.read_bytes())
    story["body"] = [{"type": "figure", "media": {"type": "image", "uri": "gone.png", "alt": "The ferry"}}]
    (folder / "picture.json").write_text(json.dumps(story))


def test_the_report_holds_files_notices_and_errors(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _with_lost_picture(here)
    (here / "broken.json").write_text('{"type":')
    arguments = ["picture.json", "broken.json", "--to", "html,json", "-o", "out", "--json", "--strict"]
    assert main(["convert", *arguments]) == 6
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    data = (here / "out/picture.article.json").read_bytes()
    picture, broken = report["inputs"]
    assert report["exit_code"] == 6
    assert picture["source"] == "picture.json"
    assert picture["outputs"] == [
        {
            "format": "json",
            "path": "out/picture.article.json",
            "size": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
    ]
    [error] = picture["errors"]
    assert (error["format"], error["error"], error["exit_code"]) == ("html", "LossError", 6)
    assert broken["outputs"] == []
    assert (broken["errors"][0]["format"], broken["errors"][0]["error"]) == (None, "InputError")


def test_the_report_holds_notices_in_place_of_printed_ones(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _flash(here)
    assert main(["convert", "flash.json", "--to", "json", "--json"]) == 0
    said = capsys.readouterr()
    [flash] = json.loads(said.out)["inputs"]
    assert said.err == ""
    assert {"format": None, "code": "date.assumed", "kind": "guess", "where": "version_created"}.items() <= flash[
        "notices"
    ][0].items()


def test_a_refused_call_is_reported_as_json_too(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "ferry.json", "--to", "pfd", "--json"]) == 2
    said = capsys.readouterr()
    [error] = json.loads(said.out)["errors"]
    assert (error["error"], error["hint"], error["exit_code"]) == ("UsageError", "did you mean 'pdf'?", 2)
    assert "newsexport: error: no format 'pfd'" in said.err


def test_a_report_is_valid_json_on_a_terminal_of_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "fähre.json").write_bytes(FERRY.read_bytes())
    done = command("convert", "fähre.json", "--to", "text", "--json", cwd=tmp_path, env={"PYTHONIOENCODING": "latin-1"})
    assert json.loads(done.stdout)["inputs"][0]["source"] == "fähre.json"


def _on_a_terminal(*arguments: str, cwd: Path) -> str:
    """Run the command with a terminal for stderr, and return what appears on it."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments], cwd=cwd, env=environment(TERM="xterm"), stdout=subprocess.DEVNULL, stderr=theirs
    )
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:
        pass  # Linux says that the other side was closed by an error
    finally:
        os.close(ours)
    assert process.wait(timeout=60) == 0
    return shown.decode()


@pytest.mark.parametrize(
    ("count", "flags", "bar"), [(4, [], True), (3, [], False), (4, ["--json"], False), (4, ["-q"], False)]
)
def test_a_bar_is_shown_to_people_with_many_files(count: int, flags: list[str], bar: bool, tmp_path: Path) -> None:
    pytest.importorskip("rich")
    names = [f"ferry{number}.json" for number in range(count)]
    for name in names:
        (tmp_path / name).write_bytes(FERRY.read_bytes())
    shown = _on_a_terminal("convert", *names, "--to", "text", *flags, cwd=tmp_path)
    assert ("converting" in shown) is bar
