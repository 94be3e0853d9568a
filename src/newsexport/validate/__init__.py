"""Validators at hand: what others' programs and schemas say of a rendition.

The format is recognised by the content. A validator that is not installed is named in the report, with how to get it;
nothing is skipped in silence.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Final

from msgspec import structs

from newsexport.spi import Probe
from newsexport.validate.newsml_g2 import NAMESPACE
from newsexport.validate.report import Check, Finding, Missing, Report, Severity
from newsexport.validate.tools import ToolError, Tools, find_tools

_FORMATS: Final = {"docx": "docx", "epub": "epub", "json": "json", "newsml-g2": "newsml_g2", "pdf": "pdf"}


def validate(data: bytes, name: str, *, schemas: Path | None = None, tools: Tools | None = None) -> Report:
    """Judge a file by all validators of its format that are at hand.

    Args:
        data: The file.
        name: What the report calls it.
        schemas: Folder of schemas, instead of the one in `tools`.
        tools: What is at hand; None to look for it on this machine.

    Returns:
        The report; faults of the file, even that it is of no known format, are findings and never raised.
    """
    tools = tools or find_tools()
    if schemas is not None:
        tools = structs.replace(tools, schemas=schemas)
    format_name = recognise(data)
    if format_name is None:
        known = ", ".join(_FORMATS)
        return Report(name, findings=(Finding("error", "newsexport", "format", f"is none of these: {known}"),))
    ran: list[str] = []
    missing: list[Missing] = []
    findings: list[Finding] = []
    checks: tuple[Check, ...] = import_module(f"newsexport.validate.{_FORMATS[format_name]}").CHECKS
    for check in checks:
        result = _judged(check, data, tools)
        if isinstance(result, Missing):
            missing.append(result)
        else:
            ran.append(check.name)
            findings += result
    return Report(name, tuple(ran), tuple(missing), tuple(findings))


def recognise(data: bytes) -> str | None:
    """Return the format of a file by its content; None when there is no validator for it."""
    probe = Probe(data)
    # ISO 32000-1, annex H.3.4.1: readers accept a header anywhere within the first 1024 bytes.
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return _recognise_package(probe)
    start = probe.text.lstrip()[:1]
    if start == "<" and NAMESPACE in data:
        return "newsml-g2"
    return "json" if start == "{" else None


def _recognise_package(probe: Probe) -> str | None:
    """Tell EPUB from DOCX by their members, or by the first one's name when the directory is damaged."""
    if b"application/epub+zip" in probe.head[:100] or "META-INF/container.xml" in probe.zip_names:
        return "epub"
    if b"[Content_Types].xml" in probe.head[:100] or "[Content_Types].xml" in probe.zip_names:
        return "docx"
    return None


def _judged(check: Check, data: bytes, tools: Tools) -> tuple[Finding, ...] | Missing:
    try:
        return check.run(data, tools)
    except ToolError as error:
        return (Finding("error", check.name, "failed", error.message),)


__all__ = ["Finding", "Missing", "Report", "Severity", "Tools", "find_tools", "recognise", "validate"]
