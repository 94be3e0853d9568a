"""The examples run: scripts as they stand, the plug-in as an installed package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from newsexport.testing import check_reader, check_writer

EXAMPLES = Path(__file__).parents[2] / "examples"
PLUGIN = EXAMPLES / "plugin"
MESSAGE = "ZCZC\r\nFERRY BACK\r\n\r\nTHE FERRY TO SORREL ISLAND\r\nSAILED AGAIN.\r\n\r\nNNNN\r\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("story.txt", "story.toml"):
        shutil.copy(EXAMPLES / name, tmp_path)
    return tmp_path


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder of packages that holds the plug-in, with the metadata that an installer writes of its pyproject.toml."""
    project = tomllib.loads((PLUGIN / "pyproject.toml").read_text("utf-8"))["project"]
    packages = tmp_path / "packages"
    shutil.copytree(PLUGIN / "src", packages)
    metadata = packages / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n", "utf-8"
    )
    groups = (
        "\n".join([f"[{group}]", *(f"{name} = {target}" for name, target in entries.items())])
        for group, entries in project["entry-points"].items()
    )
    (metadata / "entry_points.txt").write_text("\n\n".join(groups), "utf-8")
    return packages


def run(*words: str | Path, folder: Path, packages: Path | None = None) -> str:
    paths = [str(packages)] if packages else []
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([*paths, os.environ.get("PYTHONPATH", "")]).strip(os.pathsep)
    }
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_three_lines_make_four_files(folder: Path) -> None:
    run(EXAMPLES / "scripts/three_lines.py", folder=folder)
    assert files(folder / "out") == {"story.docx", "story.pdf", "story.epub", "story.newsml.xml"}


def test_all_formats_succeed_without_loss(folder: Path) -> None:
    said = run(EXAMPLES / "scripts/all_formats.py", folder=folder)
    assert len(files(folder / "out")) == 7
    assert "failed" not in said
    assert "loss" not in said


def test_kill_takes_the_words_back(folder: Path) -> None:
    run(EXAMPLES / "scripts/kill.py", folder=folder)
    out = folder / "out"
    assert files(out) == {f"fares-v{version}{suffix}" for version in (1, 2, 3) for suffix in (".html", ".newsml.xml")}
    for suffix in (".html", ".newsml.xml"):
        story, correction, kill = ((out / f"fares-v{version}{suffix}").read_text("utf-8") for version in (1, 2, 3))
        assert "will double" in story
        assert "will rise by a tenth" in correction
        assert "Ferry fares" not in kill
    assert 'qcode="stat:canceled"' in kill


def test_plug_in_keeps_the_contract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(PLUGIN / "src"))
    from newsexport_telex import TelexReader, TelexWriter

    check_writer(TelexWriter())
    check_reader(TelexReader(), [MESSAGE.encode()])


def test_plug_in_is_found_by_its_entry_points(installed: Path, folder: Path) -> None:
    said = run("-m", "newsexport", "formats", folder=folder, packages=installed)
    assert said.count("telex") >= 2
    run("-m", "newsexport", "convert", "story.txt", "--to", "telex", "-o", "out", folder=folder, packages=installed)
    message = (folder / "out/story.telex.txt").read_text("utf-8")
    assert message.startswith("ZCZC")
    assert "WE WERE NEVER FAR AWAY" in message


def test_plug_in_reads_what_it_knows(installed: Path, folder: Path) -> None:
    (folder / "flash.tlx").write_text(MESSAGE, "utf-8", newline="")
    words = ["-m", "newsexport", "convert", "flash.tlx", "--to", "text", "-o", "out"]
    run(*words, folder=folder, packages=installed)
    assert "THE FERRY TO SORREL ISLAND SAILED AGAIN." in (folder / "out/flash.txt").read_text("utf-8")


def test_plug_in_folds_lines_as_its_option_says(installed: Path, folder: Path) -> None:
    words = ["convert", "story.txt", "--to", "telex", "-O", "telex.columns=40", "-o", "out"]
    run("-m", "newsexport", *words, folder=folder, packages=installed)
    lines = (folder / "out/story.telex.txt").read_text("utf-8").splitlines()
    assert max(map(len, lines)) <= 40
