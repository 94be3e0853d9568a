"""The story that the project started from: nothing of it is lost, in any format."""

import os
from pathlib import Path

import pytest

from newsexport import Kind, export_all, read
from newsexport.api.metadata import load_toml
from newsexport.registry import names
from renditions import letters, text_of

FOLDER = Path(os.environ.get("NEWSEXPORT_SAMPLES", Path(__file__).parents[3] / "shared" / "samples"))

pytestmark = pytest.mark.skipif(
    not (FOLDER / "sample-story.txt").exists(),
    reason="the sample story is not at hand: NEWSEXPORT_SAMPLES names its folder",
)


@pytest.mark.parametrize("has_sidecar", [True, False])
def test_sample_reaches_every_format_without_loss(has_sidecar: bool) -> None:
    parsed = read(FOLDER / "sample-story.txt")
    sidecar = load_toml(FOLDER / "sample-story.toml") if has_sidecar else {}
    result = export_all(parsed.document, names("writers")[:7], sidecar=sidecar, origin="sample-story.txt")
    assert result.failures == {}
    assert [notice for rendition in result for notice in rendition.notices if notice.kind is Kind.LOSS] == []
    for rendition in result:
        found = letters(text_of(rendition.format.name, rendition.data))
        for line in (FOLDER / "sample-story.expected.txt").read_text("utf-8").splitlines():
            # A page's running head may stand between two words, never within one.
            assert all(letters(word) in found for word in line.split()), (rendition.format.name, line)
