"""The tests' own rules: no network, golden files that only a person rewrites."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from goldens import Golden
from newsexport.kit.package import Package

HERE = Path(__file__)


@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.create_connection(("192.0.2.1", 80), timeout=1),
        lambda: socket.getaddrinfo("example.com", 80),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"?", ("192.0.2.1", 53)),
        lambda: socket.socket().connect_ex(("198.51.100.7", 80)),
    ],
)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_network_is_out_of_reach(reach: Callable[[], object]) -> None:
    with pytest.raises(AssertionError, match="no network"):
        reach()


def test_the_own_machine_is_in_reach() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_golden_files_cannot_be_rewritten_in_ci() -> None:
    command = [sys.executable, "-m", "pytest", "--update-golden", "--collect-only", "-q", str(HERE)]
    done = subprocess.run(command, env=os.environ | {"CI": "true"}, capture_output=True, text=True, cwd=HERE.parents[2])
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "--update-golden is refused in CI" in done.stderr


def test_a_result_unlike_its_golden_file_fails_with_the_difference(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("old\n")
    with pytest.raises(AssertionError, match=r"-old\n\+new"):
        Golden(update=False, folder=tmp_path).check("story.txt", "new\n")


def test_a_missing_golden_file_fails(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="is missing"):
        Golden(update=False, folder=tmp_path).check("story.txt", "new\n")


def test_a_package_is_compared_member_by_member(tmp_path: Path) -> None:
    def package(text: str) -> bytes:
        archive = Package()
        archive.add("[Content_Types].xml", b'<?xml version="1.0"?><Types b="2" a="1"><Default/></Types>')
        archive.add("word/text.xml", text.encode())
        return archive.finish()

    Golden(update=True, folder=tmp_path).check_package("docx", package("one"))
    golden = Golden(update=False, folder=tmp_path)
    golden.check_package("docx", package("one"))
    assert (tmp_path / "docx/members.txt").read_text() == "[Content_Types].xml\nword/text.xml\n"
    assert (tmp_path / "docx/Content_Types.xml").read_text() == '<Types a="1" b="2"\n><Default\n></Default\n></Types>'
    with pytest.raises(AssertionError, match=r"word/text\.xml"):
        golden.check_package("docx", package("two"))
