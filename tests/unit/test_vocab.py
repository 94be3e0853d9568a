"""IPTC's vocabularies as they are shipped."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from newsexport.kit import vocab


def test_a_media_topic_has_a_name_and_a_broader_topic() -> None:
    assert vocab.topic("20000639") == vocab.Topic("20000639", "diplomacy", broader="20000638")


def test_an_unknown_code_is_no_topic() -> None:
    assert vocab.topic("99999999") is None
    assert vocab.broader_topics("99999999") == ()


def test_broader_topics_come_nearest_first() -> None:
    names = [topic.name for topic in vocab.broader_topics("20000639")]
    assert names == ["international relations", "politics and government"]


def test_a_top_level_topic_has_none_broader() -> None:
    assert vocab.broader_topics("11000000") == ()


def test_a_retired_topic_says_since_when() -> None:
    topic = vocab.topic("20000030")
    assert topic is not None
    assert topic.retired == "2021-09-30"


def test_the_table_is_the_whole_release() -> None:
    rows = [line for line in _lines("mediatopics.tsv") if not line.startswith("#")]
    assert len(rows) == 1392
    topics = [vocab.topic(row.split("\t")[0]) for row in rows]
    assert sum(topic is not None and topic.retired is not None for topic in topics) == 308
    assert all(topic and (topic.broader is None or vocab.topic(topic.broader)) for topic in topics)


def test_no_topic_in_use_stands_below_a_retired_one() -> None:
    codes = [line.split("\t")[0] for line in _lines("mediatopics.tsv") if not line.startswith("#")]
    in_use = [code for code in codes if (topic := vocab.topic(code)) and not topic.retired]
    assert not [code for code in in_use if any(broader.retired for broader in vocab.broader_topics(code))]


@pytest.mark.parametrize(
    ("alias", "uri"),
    [
        ("medtop", "http://cv.iptc.org/newscodes/mediatopic/"),
        ("stat", "http://cv.iptc.org/newscodes/pubstatusg2/"),
        ("geonames", "http://sws.geonames.org/"),
        ("acme", None),
        ("rendition", None),
    ],
)
def test_the_catalog_gives_aliases_their_schemes(alias: str, uri: str | None) -> None:
    assert vocab.scheme(alias) == uri


@pytest.mark.parametrize("name", ["mediatopics.tsv", "catalog.tsv"])
def test_a_table_says_where_it_comes_from(name: str) -> None:
    head = "\n".join(line for line in _lines(name) if line.startswith("#"))
    assert re.search(r"Source: http://\S+, release \d{4}-\d\d-\d\d", head)
    assert "CC BY 4.0" in head


def _lines(name: str) -> list[str]:
    return files("newsexport.kit").joinpath(f"data/{name}").read_text("utf-8").splitlines()
