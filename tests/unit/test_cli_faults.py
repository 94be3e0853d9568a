"""What goes wrong on the command line: a line that says so, an exit code, no traceback and no half file."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from commandline import COMMAND, FERRY, command, environment
from newsexport.cli import main

_PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own to be in, with the story in it."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(FERRY, tmp_path)
    return tmp_path


def _stderr(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what was said on stderr, after a look that it is nothing but our own lines."""
    said = capsys.readouterr()
    assert all(line.startswith("newsexport: ") for line in said.err.splitlines())
    return said.err


@pytest.mark.parametrize(
    ("content", "code", "message", "hint"),
    [
        (b"", 3, "story: the input is empty", "give a file with a story in it"),
        (b" \n\t\n", 3, "story: the input is empty", "give a file with a story in it"),
        (_PNG, 3, "story: the input is a binary file of a format that is not read", "`--from` names one"),
        (b"\0\1\2\3" * 99, 3, "story: the input is a binary file of a format that is not read", "`--from` names one"),
        (b'{"type": "article"', 3, "not valid JSON", None),
        (b'{"guid": "a", "guid": "b"}', 3, "'guid' is given twice", None),
        (b'{"type": "article", "hedline": "x"}', 4, "unknown field `hedline`", "`newsexport schema`"),
        (b'{"type": "article", "urgency": 12}', 4, "urgency: Expected `int` <= 9", "`newsexport schema`"),
        (b'{"type": "article", "guid": "no uri"}', 4, "guid: the guid 'no uri' is no URI", "urn:newsml:"),
    ],
)
def test_a_bad_input_is_refused(
    content: bytes, code: int, message: str, hint: str | None, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "story").write_bytes(content)
    assert main(["convert", "story", "--to", "json", "-o", "out"]) == code
    said = _stderr(capsys)
    assert "newsexport: error: story: " in said
    assert message in said
    assert ("newsexport: hint: " in said and hint in said) if hint else "hint" not in said
    assert list((here / "out").iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "code", "message", "hint"),
    [
        (["gone.json"], 3, "cannot read gone.json: No such file", "check the path"),
        (["."], 3, ".: is a folder", "give the files in it"),
        (["a\0b"], 3, "cannot read 'a\\x00b': embedded null byte", "check the path"),
        (["ferry.json", "--to", "pfd"], 2, "no format 'pfd' can be written", "did you mean 'pdf'?"),
        (["ferry.json", "--to", "xyzzy"], 2, "no format 'xyzzy' can be written", "these can be written: docx, pdf"),
        (["ferry.json", "--to", ","], 2, "--to names no format", "`newsexport formats`"),
        (["ferry.json", "--from", "jsn"], 2, "no format 'jsn' can be read", "did you mean 'json'?"),
        (["ferry.json", "-O", "json.ident=2"], 2, "json has no option 'ident'", "did you mean 'indent'?"),
        (["ferry.json", "-O", "json.indent=many"], 2, "json.indent: Expected `int`", "`newsexport formats -v`"),
        (["ferry.json", "--to", "html", "-O", "html.images=none"], 2, "html.images: Invalid enum", "formats -v"),
        (["ferry.json", "--to", "newsml-g2", "-O", "newsml-g2.schemes=a"], 2, "is no list of name=value", "commas"),
        (["ferry.json", "-O", "indent=2"], 2, "-O 'indent=2' names no option", "FORMAT.OPTION=VALUE"),
        (["ferry.json", "-O", "jsno.indent=2"], 2, "-O jsno: this format is not asked for", "did you mean 'json'?"),
        (["ferry.json", "-O", "pdf.page=a4"], 2, "-O pdf: this format is not asked for", "add it to --to"),
        (["ferry.json", "-I", "json.strict=1"], 2, "json has no option 'strict'", "it has no options"),
        (["ferry.json", "-I", "txt.x=1"], 2, "no format 'txt' can be read", "did you mean 'text'?"),
        (["ferry.json", "--set", "slugline"], 2, "'slugline' is no assignment", "--set key=value"),
        (["ferry.json", "--set", "slugln=x"], 2, "'slugln' is no field", "did you mean 'slugline'?"),
        (["ferry.json", "--set", "dateline.plce=x"], 2, "'plce' is no field of the dateline", "did you mean 'place'?"),
        (["ferry.json", "--set", "slugline.x=1"], 2, "'slugline' has no fields", None),
        (["ferry.json", "--set", "kicker=x", "--set", "kicker.y=1"], 2, "as a whole and in parts", "one of them"),
        (["ferry.json", "--set", "urgency=12"], 2, "urgency='12': Expected `int` <= 9", "`newsexport schema`"),
        (["ferry.json", "--set", "provider.uri=x"], 0, "", None),
        (["ferry.json", "--now", "2025-03-05T12:00:00"], 2, "does not state its offset", "+01:00"),
        (["ferry.json", "--now", "noon"], 2, "'noon' is no date and time", "+01:00"),
        (["ferry.json", "--published", "2025-03-05"], 2, "--published '2025-03-05' does not state", "+01:00"),
        (["ferry.json", "--link-renditions"], 2, "--link-renditions goes with NewsML-G2", "add newsml-g2 to --to"),
        (["ferry.json", "--meta", "gone.toml"], 3, "cannot read gone.toml: No such file", None),
        (["ferry.json", "a.json", "--meta", "x.toml"], 2, "--meta goes with one input", "STORY.toml"),
        (["ferry.json", "a/ferry.txt"], 2, "would both be written to ferry.article.json", "different folders"),
        (["ferry.json", "a/FERRY.txt"], 2, "would both be written to ferry.article.json", "different folders"),
        (["ferry.json", "-o", "ferry.json"], 7, "cannot make the folder ferry.json: File exists", "with -o"),
        (["ferry.json", "-o", "ferry.json/out"], 7, "cannot make the folder ferry.json/out: Not a dir", "with -o"),
    ],
)
def test_a_call_that_cannot_work_is_refused(
    arguments: list[str], code: int, message: str, hint: str | None, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = [] if "--to" in arguments else ["--to", "json"]
    assert main(["convert", *to, *arguments]) == code
    said = _stderr(capsys)
    assert message in said
    assert ("newsexport: hint: " in said and hint in said) if hint else "hint" not in said


def test_an_input_is_not_overwritten(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "ferry.json").rename("ferry.article.json")
    assert main(["convert", "ferry.article.json", "--to", "json", "-o", "out"]) == 0
    shutil.move("out/ferry.article.article.json", "ferry.article.article.json")
    (here / "ferry.article").symlink_to("ferry.article.json")
    assert main(["convert", "ferry.article", "--to", "json"]) == 2
    assert "would overwrite its own input" in _stderr(capsys)


def test_other_inputs_go_on_when_one_fails(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "broken.json").write_text("{")
    assert main(["convert", "gone.json", "broken.json", "ferry.json", "--to", "json", "-o", "out"]) == 3
    said = capsys.readouterr()
    assert said.out == "out/ferry.article.json\n"
    assert "newsexport: error: cannot read gone.json" in said.err
    assert "newsexport: error: broken.json: not valid JSON" in said.err


def test_a_loss_fails_only_under_strict(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story = json.loads(FERRY.read_bytes())
    story["body"] = [{"type": "figure", "media": {"type": "image", "uri": "gone.png", "alt": "The ferry"}}]
    (here / "ferry.json").write_text(json.dumps(story))
    assert main(["convert", "ferry.json", "--to", "html,json", "-o", "out"]) == 0
    capsys.readouterr()
    assert main(["convert", "ferry.json", "--to", "html,json", "-o", "strict", "--strict"]) == 6
    said = _stderr(capsys)
    assert "newsexport: error: ferry.json: html: body[0].media: " in said
    assert "which --strict forbids" in said
    assert [path.name for path in (here / "strict").iterdir()] == ["ferry.article.json"]


def test_a_guess_fails_only_under_strict_guess(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "flash.json").write_text('{"type": "article", "headline": "Flash"}')
    assert main(["convert", "flash.json", "--to", "json", "-o", "out", "--strict"]) == 0
    assert main(["convert", "flash.json", "--to", "json", "-o", "strict", "--strict=guess"]) == 6
    assert "is a guess, which --strict forbids" in _stderr(capsys)


# Files that cannot be written


def _under_permissions() -> tuple[str, ...]:
    """Return the words that start a program to which permissions apply: root is above them."""
    if os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("root is above permissions, and there is no setpriv to change that")
    return ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")


def test_a_folder_that_may_not_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o555)
    done = command("convert", FERRY, "--to", "json", "-o", "locked", cwd=tmp_path, before=_under_permissions())
    assert done.code == 7
    assert "newsexport: error: the folder locked may not be written to\n" in done.stderr
    assert "newsexport: hint: give another one with -o\n" in done.stderr


def test_a_story_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    shutil.copy(FERRY, tmp_path / "story.json")
    (tmp_path / "story.json").chmod(0)
    done = command("convert", "story.json", "--to", "json", cwd=tmp_path, before=_under_permissions())
    assert done.code == 3
    assert "newsexport: error: cannot read story.json: Permission denied\n" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="limits are set by a POSIX shell")
def test_a_full_disk_leaves_no_half_file_and_the_old_one_untouched(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "ferry.article.json").write_text("old")
    # A limit on the size of files fails the write of any byte, as a full disk does.
    limited = ("sh", "-c", 'ulimit -f 0; exec "$@"', "sh")
    done = command("convert", FERRY, "--to", "json,html", "-o", out, before=limited)
    assert done.code == 7
    assert f"newsexport: error: {FERRY}: json: cannot write {out}/ferry.article.json: File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in out.iterdir()] == ["ferry.article.json"]
    assert (out / "ferry.article.json").read_text() == "old"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("arguments", [["schema"], ["convert", str(FERRY), "--to", "epub", "-o", "-"]])
def test_a_full_standard_output_is_an_error(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, *arguments], stdout=full, stderr=subprocess.PIPE, env=environment(), text=True, timeout=60
        )
    assert done.returncode == 7
    assert done.stderr == "newsexport: error: cannot write to standard output: No space left on device\n"


def test_closed_streams_are_no_fault(tmp_path: Path) -> None:
    closed = ("sh", "-c", 'exec "$@" >&- 2>&-', "sh")
    assert command("convert", FERRY, "--to", "json", cwd=tmp_path, before=closed) == (0, b"", "")
    assert command("convert", "gone.json", "--to", "json", cwd=tmp_path, before=closed) == (3, b"", "")
    silent = ("sh", "-c", 'exec "$@" <&-', "sh")
    done = command("convert", "-", "--to", "json", cwd=tmp_path, before=silent)
    assert (done.code, done.stdout) == (3, b"")
    assert done.stderr.startswith("newsexport: error: standard input is closed\n")


# Interrupted, and cut off


def test_ctrl_c_while_standard_input_is_read(tmp_path: Path) -> None:
    with _started("convert", "-", "--to", "json", "-o", "out", cwd=tmp_path) as process:
        assert process.stdin
        # More than a pipe holds: when it is gone, the command is reading.
        process.stdin.write(b"x" * 1_000_000)
        process.send_signal(signal.SIGINT)
        assert _ended(process) == (130, b"", b"newsexport: interrupted\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_interruption_keeps_finished_files_and_leaves_no_half_one(tmp_path: Path, sent: signal.Signals) -> None:
    with _busy_with_the_second_input(tmp_path) as process:
        process.send_signal(sent)
        assert _ended(process) == (130, b"out/first.article.json\n", b"newsexport: interrupted\n")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["first.article.json"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_ctrl_c_ends_a_whole_pipeline_quietly(tmp_path: Path) -> None:
    with _busy_with_the_second_input(tmp_path) as process:
        assert process.stdout
        process.stdout.close()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
        assert process.stderr
        assert process.stderr.read() == b"newsexport: interrupted\n"


@contextmanager
def _busy_with_the_second_input(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a conversion that has finished its first input, and waits for its second: a pipe that nobody fills."""
    shutil.copy(FERRY, folder / "first.json")
    second = folder / "second.json"
    os.mkfifo(second)
    with _started("convert", "first.json", "second.json", "--to", "json", "-o", "out", cwd=folder) as process:
        writing = _opened(second, process)
        # A signal between opening and reading is only acted on when the reading ends: let it get there.
        time.sleep(0.5)
        try:
            yield process
        finally:
            os.close(writing)


def _opened(pipe: Path, process: subprocess.Popen[bytes]) -> int:
    """Open a pipe for writing as soon as the process reads from it."""
    while process.poll() is None:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO:  # there is no reader yet
                raise
            time.sleep(0.01)
    raise AssertionError(f"it ended before it read: {_ended(process)}")


def test_a_reader_that_has_seen_enough_is_no_fault() -> None:
    with _started("schema") as process:
        assert process.stdin
        assert process.stdout
        process.stdin.close()
        process.stdout.close()
        assert process.wait(timeout=60) == 141
        assert process.stderr
        assert process.stderr.read() == b""


def _started(*arguments: str, cwd: Path | None = None) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [*COMMAND, *arguments], cwd=cwd, env=environment(), stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0
    )


def _ended(process: subprocess.Popen[bytes]) -> tuple[int, bytes, bytes]:
    stdout, stderr = process.communicate(timeout=60)
    return process.returncode, stdout, stderr


# Faults of others, and our own


@pytest.fixture
def plug_ins(tmp_path: Path) -> Path:
    """A folder with an installed package of two writers: one fails, one cannot be loaded."""
    folder = tmp_path / "site"
    information = folder / "newsexport_ruin-1.0.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: newsexport-ruin\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text(
        "[newsexport.writers]\nruin = newsexport_ruin:RuinWriter\ngone = newsexport_ruin:GoneWriter\n"
    )
    (folder / "newsexport_ruin.py").write_text(
        """
from newsexport.spi import Format, Options

class RuinWriter:
    format = Format(name="ruin", media_type="text/x-ruin", suffix=".ruin", title="Ruin")
    options_type = Options

    def requires(self, document, options):
        return ()

    def write(self, document, options, context):
        return 1 / 0
"""
    )
    return folder


def test_formats_that_work_are_written_when_one_fails(tmp_path: Path, plug_ins: Path) -> None:
    env = {"PYTHONPATH": str(plug_ins)}
    done = command("convert", FERRY, "--to", "ruin,json", "-o", "out", cwd=tmp_path, env=env)
    assert (done.code, done.stdout) == (5, b"out/ferry.article.json\n")
    assert (
        done.stderr == f"newsexport: error: {FERRY}: the writer of ruin failed: ZeroDivisionError: division by zero\n"
    )


def test_debug_prints_where_a_format_failed(tmp_path: Path, plug_ins: Path) -> None:
    done = command("convert", FERRY, "--to", "ruin", "--debug", cwd=tmp_path, env={"PYTHONPATH": str(plug_ins)})
    assert done.code == 5
    assert "return 1 / 0" in done.stderr


def test_a_plug_in_that_cannot_be_loaded_names_its_package(tmp_path: Path, plug_ins: Path) -> None:
    done = command("convert", FERRY, "--to", "gone", cwd=tmp_path, env={"PYTHONPATH": str(plug_ins)})
    assert done.code == 5
    assert "newsexport: error: the plug-in 'gone' cannot be loaded" in done.stderr
    assert "newsexport: hint: the package newsexport-ruin provides it" in done.stderr


def test_the_formats_of_plug_ins_are_listed_even_if_broken(plug_ins: Path) -> None:
    done = command("formats", "--json", env={"PYTHONPATH": str(plug_ins)})
    formats = {each["name"]: each for each in json.loads(done.stdout)["formats"] if each["role"] == "written"}
    assert done.code == 0
    assert (formats["ruin"]["origin"], formats["ruin"]["suffix"]) == ("newsexport-ruin", ".ruin")
    assert "cannot be loaded" in formats["gone"]["error"]
    table = command("formats", env={"PYTHONPATH": str(plug_ins)}).stdout.decode()
    assert "the plug-in 'gone' cannot be loaded" in table


@pytest.mark.parametrize("debug", [{}, {"NEWSEXPORT_DEBUG": "1"}])
def test_a_fault_of_our_own_is_one_to_report(
    debug: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEWSEXPORT_DEBUG", raising=False)
    for name, value in debug.items():
        monkeypatch.setenv(name, value)
    # An input that breaks as no stream does.
    monkeypatch.setattr("sys.stdin", io.StringIO("text has no bytes"))
    assert main(["inspect", "-"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("newsexport: error: AttributeError: ")
    assert "please report it" in said
    assert ("Traceback" in said) is bool(debug)


def test_a_message_is_one_line_that_cannot_move_the_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "gone\n\x1b[2J\x9b1A.json", "--to", "json"]) == 3
    error, _ = _stderr(capsys).splitlines()
    assert error == "newsexport: error: cannot read gone \ufffd[2J\ufffd1A.json: No such file or directory"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are text there")
def test_a_file_name_may_be_no_text(tmp_path: Path) -> None:
    shutil.copy(FERRY, tmp_path / os.fsdecode(b"f\xe4hre.json"))
    done = command("convert", os.fsdecode(b"f\xe4hre.json"), "--to", "json", "-o", "out", cwd=tmp_path)
    assert (done.code, done.stderr) == (0, "")
    assert [os.fsencode(path.name) for path in (tmp_path / "out").iterdir()] == [b"f\xe4hre.article.json"]
