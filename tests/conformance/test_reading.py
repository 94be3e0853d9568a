"""One real file of each format that is read goes through to all four formats, and no validator finds a fault."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from conformance.judging import require
from newsexport import export_all, prepare, read
from newsexport.model.codec import encode
from newsexport.registry import names, origin
from newsexport.validate import Report, validate
from samples import corpus, payloads, samples

pytestmark = pytest.mark.conformance

EXAMPLES = Path(__file__).parents[2] / "examples"
HOUSE = {"provider": {"name": "Example News", "uri": "https://example.com/"}}
VALIDATORS = {
    "docx": ("open-xml-sdk", "iso-29500", "references"),
    "pdf": ("qpdf", "pdf-structure"),
    "epub": ("epubcheck",),
    "newsml-g2": ("xml", "iptc-xsd"),
}


def _examples(_: str) -> Path:
    return EXAMPLES


# Where a file of each format is: who finds the folder, its name, the file in it.
FILES: dict[str, tuple[Callable[[str], Path], str, str]] = {
    "ans": (payloads, "arcxp", "story-fixture-tiny-house.json"),
    "atom": (corpus, "feedparser", "tests/wellformed/atom10/entry_content_inline_markup_2.xml"),
    "eml": (samples, "eml", "email-replace-mime-encodings-error-4.eml"),
    "ghost": (samples, "ghost", "posts.json"),
    "html": (samples, "html-paste", "office-com-text-formats.html"),
    "json": (_examples, "", "story.txt"),
    "markdown": (samples, "markdown", "GSA__2014-01-10-advancing-forward-best-of-social-media-in-2013-and-beyond.md"),
    "rss": (samples, "rss", "entry_content_escaped_markup.xml"),
    "strapi": (payloads, "strapi", "real-01-entry-publish.body.json"),
    "superdesk": (payloads, "superdesk", "synthetic-kill.body.json"),
    "text": (_examples, "", "story.txt"),
    "webpage": (corpus, "newspaper4k", "tests/data/html/cnn_001.html"),
    "wordpress": (payloads, "wordpress", "real-00-article-published.body.json"),
    "wxr": (samples, "wordpress-wxr", "theme-preview.xml"),
}


@cache
def _source(name: str) -> Path:
    find, folder, file = FILES[name]
    return find(folder) / file


@cache
def _reports(name: str) -> dict[str, list[Report]]:
    """Return what the validators say of the renditions of all articles in a file."""
    found: dict[str, list[Report]] = {format_name: [] for format_name in VALIDATORS}
    data = _source(name).read_bytes()
    if name == "json":
        data = encode(read(data).documents[0])
    result = read(data, format=name)
    for document in result.documents:
        article = prepare(document, origin=_source(name).name, house=HOUSE)
        exported = export_all(article, tuple(VALIDATORS), assets=result.assets)
        for format_name, rendition in exported.renditions.items():
            found[format_name].append(validate(rendition.data, f"{name}{rendition.format.suffix}"))
        assert exported.failures == {}
    return found


def test_a_file_of_every_format_is_judged() -> None:
    assert set(FILES) == {name for name in names("readers") if origin("readers", name) == "built-in"}


@pytest.mark.parametrize("target", VALIDATORS)
@pytest.mark.parametrize("name", FILES)
def test_no_validator_finds_a_fault(name: str, target: str) -> None:
    reports = _reports(name)[target]
    assert reports
    for report in reports:
        for validator in VALIDATORS[target]:
            assert require(report, validator) == ()
