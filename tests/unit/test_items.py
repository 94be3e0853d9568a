"""The ten items of docs/reference/model.md are what they are said to be."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from newsexport import export, view
from newsexport.api.preparing import prepare
from newsexport.errors import Kind, Notice
from newsexport.model import Article, Block, Document, Inline, Media
from newsexport.model.codec import decode, encode, json_schema
from newsexport.model.walk import records
from newsexport.registry import names
from newsexport.spi import Asset
from renditions import assert_well_formed, missing_words
from stories import png

REFERENCE = Path(__file__).parents[2] / "docs/reference"
ITEMS: dict[str, str] = dict(
    re.findall(
        r"^### ([^\n]+)\n(?:(?!^### ).)*?^```json\n(.*?)^```$",
        (REFERENCE / "model.md").read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
)
ASSETS = [Asset(uri, png()) for uri in set(re.findall(r'"uri": "([^"]+\.(?:jpe?g|png))"', "".join(ITEMS.values())))]
each_item = pytest.mark.parametrize("name", ITEMS)


def item(name: str) -> Article:
    document = decode(ITEMS[name].encode())
    assert isinstance(document, Article)
    return document


def test_there_are_ten_items() -> None:
    assert list(ITEMS) == [
        "Flash",
        "Story",
        "Writethru",
        "Correction",
        "Hold",
        "Kill",
        "Advisory",
        "Live blog",
        "Translation",
        "Picture package",
    ]


@each_item
def test_item_is_prepared_as_it_stands(name: str) -> None:
    notices: list[Notice] = []
    document = item(name)
    assert prepare(document, report=notices.append) is document
    assert notices == []


@each_item
def test_item_survives_a_round_trip(name: str) -> None:
    assert decode(encode(item(name))) == item(name)


@each_item
def test_item_says_nothing_twice(name: str) -> None:
    written = json.loads(encode(item(name)))
    said = json.loads(ITEMS[name]).keys() - {"type", "version", "schema_version"}
    assert said <= written.keys(), "a field that has its default is left out"


def test_every_node_of_the_model_occurs_in_an_item() -> None:
    used = {type(record) for name in ITEMS for _, record in records(item(name))}
    assert {*get_args(Block), *get_args(Inline), *get_args(Media)} <= used


def test_every_field_of_an_article_occurs_in_an_item() -> None:
    said = {key for text in ITEMS.values() for key in json.loads(text)}
    assert set(Article.__struct_fields__) - said == set()


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("Flash", {"kind": "alert", "urgency": 1, "body": ()}),
        ("Hold", {"pub_status": "withheld"}),
        ("Kill", {"pub_status": "canceled", "version": 3}),
        ("Advisory", {"kind": "advisory"}),
        ("Translation", {"translation_of": "urn:newsml:example.com:20250304:sorrel-ferry"}),
    ],
)
def test_item_bears_the_marks_of_its_kind(name: str, fields: dict[str, object]) -> None:
    document = item(name)
    assert {field: getattr(document, field) for field in fields} == fields


def test_later_versions_keep_the_guid() -> None:
    assert item("Writethru").guid == item("Flash").guid
    assert item("Kill").guid == item("Correction").guid
    assert item("Flash").version < item("Writethru").version
    assert item("Correction").version < item("Kill").version


def test_schema_in_the_docs_is_the_one_of_the_model() -> None:
    checked_in = json.loads((REFERENCE / "article.schema.json").read_text("utf-8"))
    assert checked_in == json.loads(json.dumps(json_schema())), (
        "write it anew: newsexport schema > docs/reference/article.schema.json"
    )


@each_item
def test_schema_accepts_what_the_codec_writes(name: str) -> None:
    from jsonschema import Draft202012Validator

    document: Document = item(name)
    Draft202012Validator(json_schema()).validate(json.loads(encode(document)))


@each_item
@pytest.mark.parametrize("to", names("writers")[:7])
def test_item_reaches_every_writer_without_loss(name: str, to: str) -> None:
    rendition = export(item(name), to, assets=ASSETS)
    assert_well_formed(to, rendition.data)
    assert [notice for notice in rendition.notices if notice.kind is Kind.LOSS] == []
    assert missing_words(to, view(item(name), rendition.format.audience), rendition.data) == []
