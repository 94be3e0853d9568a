"""EPUB renditions, judged by epubcheck."""

from __future__ import annotations

import pytest

from conformance.cases import DOCUMENTS
from conformance.judging import report, require

pytestmark = pytest.mark.conformance


@pytest.mark.parametrize("case", DOCUMENTS)
def test_epubcheck_finds_no_fault(case: str) -> None:
    assert require(report(case, "epub"), "epubcheck") == ()
