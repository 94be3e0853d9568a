"""PDF renditions, judged by qpdf, pikepdf and poppler."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.cases import DOCUMENTS, lost, rendition
from conformance.judging import program, report, require, run

pytestmark = pytest.mark.conformance


@pytest.fixture(params=DOCUMENTS)
def case(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def path(case: str, tmp_path: Path) -> Path:
    path = tmp_path / f"{case}.pdf"
    path.write_bytes(rendition(case, "pdf").data)
    return path


@pytest.mark.parametrize("validator", ["qpdf", "pdf-structure"])
def test_no_validator_finds_a_fault(case: str, validator: str) -> None:
    assert require(report(case, "pdf"), validator) == ()


def test_every_font_is_embedded_and_mapped_to_unicode(path: Path) -> None:
    fonts = run(program("pdffonts", "poppler-utils"), path).splitlines()[2:]
    assert fonts
    for font in fonts:
        embedded, _, mapped, *_ = font.split()[-5:]
        assert (embedded, mapped) == ("yes", "yes"), font


def test_the_structure_tree_holds_every_word(case: str, path: Path) -> None:
    assert not lost(case, "pdf", run(program("pdfinfo", "poppler-utils"), "-struct-text", path))
