"""``newsexport validate``: what validators say of files."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

import msgspec

from newsexport.api.reading import load
from newsexport.cli.output import Output, error_value, one_line
from newsexport.errors import InputError, NewsexportError, UsageError, ValidationError
from newsexport.spi import Limits
from newsexport.validate import Report, validate


def run(arguments: Namespace, output: Output) -> int:
    """Judge each file by the validators at hand; one that fails does not stop the others."""
    schemas = _folder(arguments.schemas)
    codes: list[int] = []
    files: list[dict[str, Any]] = []
    for name in arguments.inputs:
        values: dict[str, Any] = {"file": name}
        try:
            report = validate(load(Path(name), Limits()), name, schemas=schemas)
            values = {**msgspec.to_builtins(report), "valid": report.valid}
            _print(report, output)
            _refuse(report)
        except NewsexportError as error:
            output.error(error)
            values["error"] = error_value(error)
            codes.append(error.exit_code)
        files.append(values)
    code = codes[0] if codes else 0
    if output.json:
        output.value({"exit_code": code, "files": files})
    return code


def _folder(name: str | None) -> Path | None:
    if name is None:
        return None
    folder = Path(name)
    if not folder.is_dir():
        raise UsageError(f"--schemas {name}: there is no such folder")
    return folder


def _print(report: Report, output: Output) -> None:
    if output.json or output.verbosity < 0:
        return
    said = [finding for finding in report.findings if finding.severity != "info" or output.verbosity > 0]
    verdict = "valid" if report.valid else "not valid" if report.ran else "not judged"
    judges = f" by {', '.join(report.ran)}" if report.ran else ""
    output.line(one_line(f"{report.file}: {verdict}{judges}"))
    for finding in said:
        output.line(one_line(f"  {finding}"))
    for missing in report.missing:
        output.line(one_line(f"  not run: {missing.validator}: {missing.reason}"))


def _refuse(report: Report) -> None:
    if not report.ran:
        ways = "; ".join(missing.reason for missing in report.missing)
        faults = "; ".join(finding.message for finding in report.findings)
        raise InputError(f"no validator could judge it: {faults or 'none is at hand'}", ways or None, report.file)
    if report.errors:
        count = len(report.errors)
        raise ValidationError(f"{count} {'fault' if count == 1 else 'faults'} found", where=report.file)
