"""Real files of other people: tests read them where they lie, and the project holds no copy of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from conformance.judging import missing

_SHARED = Path(__file__).parents[2] / "shared"


def samples(name: str) -> Path:
    """Return a folder of sample files (``markdown``), which ``NEWSEXPORT_SAMPLES`` holds."""
    return _folder(Path(os.environ.get("NEWSEXPORT_SAMPLES", _SHARED / "samples")) / name, "NEWSEXPORT_SAMPLES")


def payloads(name: str) -> Path:
    """Return a folder of requests that a CMS has sent (``ghost``), which lies beside the samples."""
    folder = Path(os.environ.get("NEWSEXPORT_SAMPLES", _SHARED / "samples")).parent / "payloads" / name
    return _folder(folder, "NEWSEXPORT_SAMPLES")


def corpus(name: str) -> Path:
    """Return the files of a published package (``pelican``), as ``.ci/corpora`` unpacks them."""
    root = Path(os.environ.get("NEWSEXPORT_CORPORA", "/nonexistent"))
    return _folder(root / name, "NEWSEXPORT_CORPORA: `.ci/corpora FOLDER` fills it")


def files(find: Callable[[str], Path], name: str, pattern: str) -> list[Path]:
    """Return files of a folder (``files(samples, "ghost", "*.json")``) as parameters of a test.

    There are none where the folder is missing, which skips the test.
    """
    try:
        return sorted(find(name).glob(pattern))
    except pytest.skip.Exception:
        return []


def _folder(folder: Path, variable: str) -> Path:
    return folder if folder.is_dir() else missing("samples", f"{folder} is no folder; it is named by {variable}")
