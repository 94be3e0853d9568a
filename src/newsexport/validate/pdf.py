"""PDF: qpdf for the syntax, pikepdf for the structure, and veraPDF for the PDF/A and PDF/UA that the file claims."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from newsexport.errors import InputError
from newsexport.kit import xml
from newsexport.validate import pdf_structure
from newsexport.validate.pdf_claims import claims
from newsexport.validate.report import Check, Finding, Missing, Severity
from newsexport.validate.tools import ToolError, Tools, run_program

_QPDF_SEVERITIES: Final[dict[int, Severity]] = {2: "error", 3: "warning"}
"""Exit codes of ``qpdf --check``; 0 is a file without fault."""


def _qpdf(data: bytes, tools: Tools) -> tuple[Finding, ...] | Missing:
    if tools.qpdf is None:
        return Missing("qpdf", "it is not on PATH: `apt install qpdf`")
    with TemporaryDirectory(prefix="newsexport-") as folder:
        path = Path(folder, "story.pdf")
        path.write_bytes(data)
        done = run_program([tools.qpdf, "--check", path], tools.seconds)
        severity = _QPDF_SEVERITIES.get(done.returncode)
        lines = [line.replace(str(path), "").lstrip(": ") for line in done.stderr.splitlines()]
    if severity is None:
        return ()
    return tuple(Finding(severity, "qpdf", "check", line) for line in lines if line)


def _verapdf(data: bytes, tools: Tools) -> tuple[Finding, ...] | Missing:
    if tools.verapdf is None:
        return Missing("verapdf", "VERAPDF names no command: install veraPDF (https://verapdf.org) and name it there")
    flavours = claims(data)
    if not flavours:
        return (Finding("info", "verapdf", "claims", "the file claims neither PDF/A nor PDF/UA"),)
    with TemporaryDirectory(prefix="newsexport-") as folder:
        path = Path(folder, "story.pdf")
        path.write_bytes(data)
        answers = [
            run_program([*tools.verapdf, "--format", "xml", "--flavour", flavour, path], tools.seconds)
            for flavour in flavours
        ]
    return tuple(finding for answer in answers for finding in verapdf_findings(answer.stdout, answer.stderr))


def verapdf_findings(answer: str, said: str = "") -> tuple[Finding, ...]:
    """Return the failed rules of veraPDF's XML report, each with the first place it fails at.

    Args:
        answer: What it printed.
        said: What it complained of.

    Raises:
        ToolError: it is no report, or one of a file that could not be judged.
    """
    try:
        root = xml.parse(answer.encode())
    except InputError as error:
        raise ToolError(f"veraPDF gave no answer: {said.strip()[:200]}") from error
    if root.find(".//validationReport") is None:
        reason = root.findtext(".//taskException//exceptionMessage") or said.strip()[:200]
        raise ToolError(f"veraPDF could not judge the file: {reason}")
    return tuple(
        Finding(
            "error",
            "verapdf",
            f"{rule.get('specification')} {rule.get('clause')}-{rule.get('testNumber')}",
            " ".join(rule.findtext("description", "").split()),
            rule.findtext("check/context"),
        )
        for rule in root.iterfind(".//validationReport/details/rule[@status='failed']")
    )


CHECKS: Final = (
    Check("qpdf", _qpdf),
    Check(pdf_structure.NAME, pdf_structure.structure),
    Check("verapdf", _verapdf),
)
