"""The real command in a process of its own, and stories to give it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import newsexport

STORIES = Path(__file__).parent / "unit" / "data" / "cli"
FERRY = STORIES / "ferry.json"
COMMAND = (sys.executable, "-m", "newsexport")


class Done(NamedTuple):
    """What a command left behind."""

    code: int
    stdout: bytes
    stderr: str


def environment(**more: str) -> dict[str, str]:
    """Return an environment that finds this very newsexport, and holds nothing that changes what is printed."""
    source = str(Path(newsexport.__file__).parents[1])
    path = os.pathsep.join(filter(None, (source, more.pop("PYTHONPATH", ""))))
    changing = {"NEWSEXPORT_DEBUG", "SOURCE_DATE_EPOCH", "PYTHONUNBUFFERED"}
    kept = {name: value for name, value in os.environ.items() if name not in changing}
    return {**kept, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1", **more}


def command(
    *arguments: str | Path,
    cwd: Path | None = None,
    given: bytes = b"",
    env: Mapping[str, str] | None = None,
    before: tuple[str, ...] = (),
) -> Done:
    """Run ``newsexport`` with these arguments.

    Args:
        arguments: Words after its name.
        cwd: Folder to run it in.
        given: Its standard input.
        env: Variables beside those of `environment`.
        before: Words that start it (``sh -c ...``).
    """
    done = subprocess.run(
        [*before, *COMMAND, *map(str, arguments)],
        cwd=cwd,
        input=given,
        env=environment(**(env or {})),
        capture_output=True,
        timeout=120,
    )
    return Done(done.returncode, done.stdout, done.stderr.decode())
