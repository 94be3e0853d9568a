"""What readers of content management systems share: JSON with care, fields by type, what articles have in common."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest

from newsexport.errors import InputError, LimitError
from newsexport.kit import cms
from newsexport.kit.cms import Fields
from newsexport.kit.markdown import to_html
from newsexport.model import Article, Author, Figure, Image, Paragraph, Text, Video
from newsexport.spi import Context, Limits, Parsed


def fields(**values: Any) -> Fields:
    return Fields(values, Context(), "posts[0]")


def told(found: Fields) -> list[tuple[str, str | None]]:
    return [(notice.code, notice.where) for notice in found.context.notices]


@pytest.mark.parametrize(
    "data",
    [b'{"a": "\xc3\xa4"}', '\ufeff{"a": "ä"}'.encode(), '{"a": "ä"}'.encode("utf-16"), b'{"a": "\xe4"}', '{"a": "ä"}'],
)
def test_json_is_decoded_whatever_its_encoding(data: bytes | str) -> None:
    assert cms.decode(data, Context()) == {"a": "ä"}


def test_json_that_is_not_strict_is_decoded() -> None:
    assert cms.decode(b'{"a": "\\ud800", "b": "x\ty", "c": 1e999}', Context())["b"] == "x\ty"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"a": 1}\n{"b": 2}', "line 2, column 1: this is no JSON: extra data"),
        (b"[" * 5000, "the JSON is nested too deeply"),
        (b"9" * 5000, "this is no JSON: Exceeds the limit"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        cms.load(BytesIO(data), Context())
    assert str(caught.value).startswith(message)


def test_more_than_the_limit_is_not_read() -> None:
    with pytest.raises(LimitError):
        cms.load(BytesIO(b'"12345"'), Context(limits=Limits(input_bytes=6)))


def test_a_text_is_trimmed_and_a_number_is_one() -> None:
    found = fields(a=" x ", b=7, c="  ", d=None, e=[], f=False)
    assert [found.text(name) for name in "abcdefg"] == ["x", "7", None, None, None, None, None]
    assert (found.characters("a"), told(found)) == (" x ", [])


def test_a_field_of_another_type_has_no_value_and_is_told() -> None:
    found = fields(a=["x"], b={"c": 1}, d="x", e=True)
    assert (found.text("a"), found.text("b"), found.items("d"), found.text("e")) == (None, None, (), None)
    assert not found.fields("d")
    assert told(found) == [("cms.unexpected", f"posts[0].{name}") for name in "abded"]


def test_lists_are_asked_for_by_what_they_hold() -> None:
    found = fields(tags=["a", 2, None, {"b": 1}], one="a", rows=[{"id": 1}, "x", {}])
    assert found.texts("tags") == ("a", "2")
    assert found.texts("one") == ("a",)
    assert [(each.path, each.text("id")) for each in found.each("rows")] == [("posts[0].rows[0]", "1")]
    assert told(found) == [("cms.unexpected", "posts[0].tags[3]"), ("cms.unexpected", "posts[0].rows[1]")]


def test_an_object_that_is_absent_is_empty() -> None:
    found = fields(label={"basic": {"text": "News"}})
    assert found.fields("label").fields("basic").text("text") == "News"
    assert found.fields("none").fields("basic").text("text") is None
    assert [name for name, _ in found.named("label")] == ["basic"]


def test_numbers_flags_and_moments() -> None:
    found = fields(a=3, b="4", c=5.0, d=0, e="x", f=True, width="640px", height="auto", at="2025-02-24T10:15:00Z", on=1)
    assert [found.whole(name, 1, 9) for name in "abcdef"] == [3, 4, 5, None, None, None]
    assert (found.pixels("width"), found.pixels("height"), found.pixels("d")) == (640, None, None)
    assert found.moment("at") == datetime(2025, 2, 24, 10, 15, tzinfo=UTC)
    assert (found.flag("f"), found.flag("on"), found.flag("d"), found.flag("none")) == (True, True, False, None)


def test_an_article_that_cannot_be_read_is_told_and_the_others_are_read() -> None:
    context = Context()
    items = [Fields({"title": title}, context, f"posts[{index}]") for index, title in enumerate(("a", None, "c"))]

    def read(item: Fields) -> Parsed:
        if item.text("title") is None:
            raise InputError("there is no title", where=item.path)
        return Parsed((Article(),))

    assert len(list(cms.articles(items, read, context))) == 2
    assert [(notice.message, notice.where) for notice in context.notices] == [("there is no title", "posts[1]")]
    with pytest.raises(InputError, match="there is no title"):
        list(cms.articles(items[1:2], read, context))


@pytest.mark.parametrize(
    ("names", "language", "expected"),
    [
        ([], "en", None),
        (["Jane Roe"], "en", "Jane Roe"),
        (["Jane Roe", "John Doe"], "en-GB", "Jane Roe and John Doe"),
        (["Jane Roe", "John Doe", "Ann Poe"], "de_DE", "Jane Roe, John Doe und Ann Poe"),
        (["Jane Roe", "John Doe"], "ja", "Jane Roe, John Doe"),
        (["Jane Roe", "John Doe"], None, "Jane Roe and John Doe"),
    ],
)
def test_a_byline_is_made_of_names(names: list[str], language: str | None, expected: str | None) -> None:
    assert cms.byline(names, language) == expected


def test_authors_are_found_in_a_byline_with_its_word_or_without() -> None:
    assert cms.authors("By Jane Roe and John Doe", "en") == (Author("Jane Roe"), Author("John Doe"))
    assert cms.authors("Jane Roe und John Doe", "de") == (Author("Jane Roe"), Author("John Doe"))
    assert cms.authors("our correspondent", "en") == ()


def test_what_leads_an_article_is_shown_once_and_with_its_caption() -> None:
    plain, captioned = Figure(Image("1.jpg")), Figure(Image("2.jpg"), (Text("Two"),))
    film = Figure(Video("3.mp4"))
    article = cms.with_lead(Article(body=(Paragraph((Text("x"),)),)), (plain, captioned, film))
    assert article.images == (Image("1.jpg"),)
    assert article.body[:2] == (captioned, film)
    assert cms.with_lead(article, captioned) == article


def test_markdown_becomes_html_without_a_rule_above_its_notes() -> None:
    html = to_html("a[^1]\nb\n\n[^1]: Note", breaks=True)
    assert "<br" in html
    assert "<hr" not in html
    assert 'class="footnotes"' in html
    assert "<br" not in to_html("a\nb")
