"""Validators and other programs that conformance tests need: found, or said to be missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

from conformance.cases import rendition
from newsexport.validate import Finding, Report, validate

REQUIRED = "NEWSEXPORT_REQUIRE_VALIDATORS"
"""``1``: a missing validator fails the test instead of skipping it; or a comma list of those that do."""


@cache
def report(case: str, format_name: str) -> Report:
    """Return what the validators say of a case in a format."""
    made = rendition(case, format_name)
    return validate(made.data, f"{case}{made.format.suffix}")


def require(found: Report, validator: str) -> tuple[Finding, ...]:
    """Return the errors and warnings of a validator; skip the test, or fail it, where the validator is missing."""
    for each in found.missing:
        if each.validator == validator:
            missing(validator, each.reason)
    assert validator in found.ran
    return tuple(each for each in found.findings if each.validator == validator and each.severity != "info")


def program(name: str, package: str) -> Path:
    """Return a program; skip the test, or fail it, where it is missing."""
    path = shutil.which(name)
    return Path(path) if path else missing(name, f"it is not on PATH: `apt install {package}`")


def missing(name: str, reason: str) -> NoReturn:
    """Skip the test for want of a program, or fail it where all must be there."""
    required = os.environ.get(REQUIRED, "")
    if required == "1" or name in required.split(","):
        pytest.fail(f"{name} is required here: {reason}")
    pytest.skip(f"{name} is missing: {reason}")


def run(*command: str | Path) -> str:
    """Return what a program prints; it must succeed."""
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
