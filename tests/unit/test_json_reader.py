"""The document model's own JSON, read."""

from __future__ import annotations

import pytest

from newsexport import registry
from newsexport.errors import ArticleError, InputError, LimitError
from newsexport.model import Article, codec
from newsexport.readers.json import JsonOptions, JsonReader
from newsexport.spi import Context, Parsed, Probe
from stories import EMBARGOED, FLASH, everything


def read(data: bytes) -> Parsed:
    return JsonReader().read(data, JsonOptions(), Context())


@pytest.mark.parametrize("article", [FLASH, EMBARGOED, everything()])
def test_what_was_written_is_read_back(article: Article) -> None:
    assert read(codec.encode(article)) == Parsed((article,))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_unicode_is_read(encoding: str) -> None:
    data = '{"type": "article", "headline": "Brücke"}'.encode(encoding)
    assert registry.detect(Probe(data)) == "json"
    assert read(data) == read('{"type": "article", "headline": "Brücke"}'.encode())


@pytest.mark.parametrize(
    ("data", "name", "sure"),
    [
        (b'{"schema_version": "0.1", "type": "article"}', None, 1.0),
        (b'{"type": "edition", "title": "Weekend"}', None, 1.0),
        (b'{"headline": "Bridge"}', None, 1.0),
        (b'{"type": "article", "headlin": "Bridge"}', None, 0.6),
        (b'{"caption": {"rendered": "Bridge"}}', None, 0.5),
        (b'{"type": "article", ', None, 0.5),
        (b' [{"type": "article"}]', None, 0.5),
        (b"no JSON", "story.json", 0.5),
        (b"[Editor's note: this is text.]", None, 0.0),
        (b"The bridge was opened.", "story.txt", 0.0),
    ],
)
def test_all_that_looks_like_json_is_claimed(data: bytes, name: str | None, sure: float) -> None:
    probe = Probe(data, name)
    assert JsonReader().sniff(probe) == sure
    assert registry.detect(probe) == ("json" if sure else "text")


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (b" \n", InputError, "the input is empty"),
        (b'{"type": "article", ', InputError, "not valid JSON"),
        (b"no JSON", InputError, "not valid JSON"),
        (b"\xff\xfe", InputError, "not valid JSON"),
        (b'{"type": "article", "guid": "a", "guid": "b"}', InputError, "the key 'guid' is given twice"),
        (b'[{"type": "article"}]', InputError, "the JSON is no object"),
        (b'{"type": "article", "headlin": "Bridge"}', ArticleError, "headlin"),
        (b'{"schema_version": "99", "type": "article"}', InputError, "unknown schema_version"),
        (b'{"type": "article", "body": ' + b"[" * 100_000, LimitError, "nested too deeply"),
    ],
)
def test_faults_are_named(data: bytes, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        read(data)
