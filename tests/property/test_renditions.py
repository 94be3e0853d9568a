"""Whatever the article: well-formed renditions, the same everywhere, and no word lost unsaid."""

import hashlib
import os
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from newsexport import Kind, export, export_all, prepare, view
from newsexport.model import Article, Document
from newsexport.model.codec import decode, encode
from newsexport.model.walk import path_of, records
from newsexport.registry import names, writer
from renditions import assert_well_formed, missing_words
from stories import PICTURES
from strategies import anything, articles, editions

FORMATS = names("writers")[:7]

# A format and the node it has no place for: each loss is a decision, and none is needed for an article of text.
ALLOWED_LOSSES = {
    *((name, node) for name in FORMATS for node in ("Image", "Video", "Audio")),
    ("docx", "Table"),  # a table within a table is set as paragraphs: its words stay, its rows do not
}


@pytest.mark.parametrize("name", FORMATS)
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(article=articles())
def test_any_article_is_well_formed_and_keeps_its_words(name: str, article: Article) -> None:
    prepared = prepare(article)
    rendition = export(prepared, name, assets=PICTURES)
    assert_well_formed(name, rendition.data)
    seen = view(prepared, writer(name).format.audience)
    losses = [notice for notice in rendition.notices if notice.kind is Kind.LOSS]
    assert {(name, notice.node) for notice in losses} <= ALLOWED_LOSSES
    assert missing_words(name, seen, rendition.data) == []


@pytest.mark.parametrize("name", FORMATS)
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(article=articles(anything))
def test_any_characters_are_well_formed(name: str, article: Article) -> None:
    rendition = export(article, name, assets=PICTURES)
    assert_well_formed(name, rendition.data)


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "newsml-g2"])
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=10)
@given(edition=editions())
def test_any_edition_is_well_formed_and_keeps_its_words(name: str, edition: Document) -> None:
    prepared = prepare(edition)
    rendition = export(prepared, name, assets=PICTURES)
    assert_well_formed(name, rendition.data)
    assert missing_words(name, view(prepared, writer(name).format.audience), rendition.data) == []


RENDER = """
import hashlib, sys
from newsexport import export_all
from newsexport.model.codec import decode
from newsexport.registry import names
for line in sys.stdin.buffer:
    result = export_all(decode(line), names("writers")[:7])
    assert not result.failures, result.failures
    print(*(f"{rendition.format.name}:{hashlib.sha256(rendition.data).hexdigest()}" for rendition in result))
"""


# Each example is a process of its own, so that several articles share one; shrinking would take minutes.
@settings(
    max_examples=3,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.reuse, Phase.generate],
)
@given(batch=st.lists(articles(), min_size=2, max_size=3))
def test_another_process_on_another_day_makes_the_same_bytes(batch: list[Article]) -> None:
    here = [
        [
            f"{rendition.format.name}:{hashlib.sha256(rendition.data).hexdigest()}"
            for rendition in export_all(article, FORMATS)
        ]
        for article in batch
    ]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-c", RENDER],
        input=b"\n".join(map(encode, batch)),
        env=environment,
        capture_output=True,
        check=True,
    )
    assert [line.split() for line in done.stdout.decode().splitlines()] == here


@given(article=articles(anything))
def test_preparing_twice_changes_nothing_more(article: Article) -> None:
    prepared = prepare(article)
    assert prepare(prepared, report=lambda notice: pytest.fail(str(notice))) is prepared


@given(document=articles(anything) | editions())
def test_json_gives_the_document_back(document: Document) -> None:
    prepared = prepare(document)
    assert decode(encode(prepared)) == prepared
    assert decode(export(prepared, "json").data) == prepared


@given(article=articles())
def test_every_node_is_found_by_its_path(article: Article) -> None:
    for path, record in records(article):
        assert path_of(article, record) is not None
        assert path == "" or path[0].isalpha()
