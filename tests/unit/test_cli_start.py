"""The command line as a whole: it starts fast, helps, and refuses what it does not know."""

from __future__ import annotations

import argparse
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator

import pytest

from commandline import command, environment
from newsexport import NewsexportError, __version__
from newsexport.cli import main
from newsexport.cli.parser import parse
from newsexport.model.codec import json_schema

COMMANDS = ("convert", "inspect", "formats", "validate", "schema")
_FOR_READING = ("selectolax", "markdown_it", "yaml", "feedparser", "trafilatura", "lxml", "newsexport.kit.html")
_OTHERS = ("lxml", "docx", "reportlab", "ebooklib", "PIL", "rich", "msgspec", "newsexport.api", "newsexport.model")


@pytest.mark.parametrize("arguments", [["--help"], ["convert", "--help"]])
def test_help_loads_no_format_library(arguments: list[str]) -> None:
    code = f"""
import sys
from newsexport.cli import main
assert main({arguments!r}) == 0
print("loaded:", *[name for name in {_OTHERS!r} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded:"


def test_telling_a_format_loads_nothing_that_reads_it() -> None:
    code = f"""
import sys
from newsexport.registry import detect
from newsexport.spi import Probe
assert detect(Probe(b"Bridge reopens")) == "text"
print("loaded:", *[name for name in {_FOR_READING!r} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded:"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_shows_an_example_that_parses(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    help_text = capsys.readouterr().out
    examples = re.findall(r"^  newsexport (.+)$", help_text, re.MULTILINE)
    assert examples
    for example in examples:
        assert parse(shlex.split(example)).command == name


def _subparsers() -> Iterator[argparse.ArgumentParser]:
    for name in COMMANDS:
        yield parse([name, *(["x"] if name in ("convert", "inspect", "validate") else [])]).parser


def test_every_option_is_explained_in_one_line() -> None:
    for each in _subparsers():
        for action in each._actions:
            assert action.help, f"{each.prog}: {action.dest}"
            assert "\n" not in action.help


def test_help_names_all_commands_and_every_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    help_text = capsys.readouterr().out
    assert all(re.search(rf"^    {name} ", help_text, re.MULTILINE) for name in COMMANDS)
    listed = {int(code) for code in re.findall(r"^  (\d+)  ", help_text, re.MULTILINE)}
    assert listed == {0, 130} | {each.exit_code for each in _errors(NewsexportError)}


def _errors(kind: type[NewsexportError]) -> Iterator[type[NewsexportError]]:
    yield kind
    for each in kind.__subclasses__():
        yield from _errors(each)


def test_version_names_the_libraries() -> None:
    done = command("--version")
    lines = done.stdout.decode().splitlines()
    assert done.code == 0
    assert lines[0] == f"newsexport {__version__}"
    assert {line.split()[0] for line in lines} >= {"Python", "lxml", "msgspec", "python-docx", "reportlab", "EbookLib"}


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        ([], "the following arguments are required: COMMAND", "`newsexport --help`"),
        (["convrt", "story.txt"], "there is no command 'convrt'", "did you mean 'convert'?"),
        (["xyzzy"], "there is no command 'xyzzy'", "the commands are convert, inspect, formats, validate, schema"),
        (["convert"], "the following arguments are required: INPUT", "`newsexport convert --help`"),
        (["convert", "a.txt", "--langage", "en"], "there is no option --langage", "did you mean '--language'?"),
        (["convert", "a.txt", "--lang=en"], "there is no option --lang", "did you mean '--language'?"),
        (["convert", "a.txt", "--xyzzy"], "there is no option --xyzzy", "`newsexport convert --help`"),
        (["convert", "a.txt", "--strict=all"], "invalid choice: 'all'", "`newsexport convert --help`"),
        (["convert", "a.txt", "--posture", "lax"], "invalid choice: 'lax'", "`newsexport convert --help`"),
        (["convert", "a.txt", "--to"], "expected one argument", "`newsexport convert --help`"),
        (["convert", "a.txt", "-q", "-v"], "not allowed with", "`newsexport convert --help`"),
        (["inspect", "a.txt", "b.txt"], "one argument too many: 'b.txt'", "`newsexport inspect --help`"),
        (["formats", "pdf"], "one argument too many: 'pdf'", "`newsexport formats --help`"),
        (["schema", "--jsn"], "there is no option --jsn", "`newsexport schema --help`"),
    ],
)
def test_a_wrong_call_is_refused_with_a_hint(
    arguments: list[str], message: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    error, hinted = said.err.splitlines()
    assert error.startswith("newsexport: error: ")
    assert message in error
    assert hinted.startswith("newsexport: hint: ")
    assert hint in hinted
    assert said.out == ""


def test_strict_takes_no_input_for_its_level() -> None:
    parsed = parse(["convert", "--strict", "guess", "--to", "pdf", "more.txt"])
    assert parsed.strict == "loss"
    assert parsed.inputs == ["guess", "more.txt"]
    assert parse(["convert", "a.txt", "--strict=guess"]).strict == "guess"
    assert parse(["convert", "a.txt"]).strict == "off"


def test_schema_is_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    printed = capsys.readouterr().out
    assert json.loads(printed) == json.loads(json.dumps(json_schema()))
    assert printed.startswith('{\n  "$schema"')
