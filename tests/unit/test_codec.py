"""The document as JSON."""

import json

import jsonschema
import pytest

from newsexport.errors import ArticleError, InputError, LimitError, NewsexportError
from newsexport.model import Article, Paragraph, Strong, Text
from newsexport.model.codec import check, decode, encode, json_schema
from stories import FLASH, everything, text


@pytest.mark.parametrize("document", [everything(), FLASH, Article()])
def test_round_trip_is_equal(document: Article) -> None:
    assert decode(encode(document)) == document


def test_json_names_its_version_first() -> None:
    assert encode(FLASH).startswith(b'{"schema_version":"0.1","type":"article"')


def test_schema_accepts_what_is_written_and_refuses_the_rest() -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    value = json.loads(encode(everything()))
    assert validator.is_valid(value)
    assert not validator.is_valid({**value, "headlines": []})
    assert not validator.is_valid({**value, "urgency": 10})
    assert not validator.is_valid({**value, "body": [{"type": "paragraf", "content": []}]})


def test_schema_has_only_keywords_of_json_schema() -> None:
    known = set(jsonschema.Draft202012Validator.META_SCHEMA["properties"]) | {
        "$schema",
        "$id",
        "$defs",
        "$ref",
        "const",
    }
    known |= {"anyOf", "properties", "items", "required", "enum", "type", "title", "description", "default", "format"}
    known |= {"additionalProperties", "discriminator", "minimum", "maximum", "prefixItems", "propertyNames"}

    def keywords(schema: object, *, names: bool = False) -> set[str]:
        if isinstance(schema, list):
            return set().union(*(keywords(each) for each in schema))
        if not isinstance(schema, dict):
            return set()
        found = set() if names else set(schema)
        for key, value in schema.items():
            if names or key not in {"default", "enum", "const", "mapping", "discriminator", "required"}:
                found |= keywords(value, names=not names and key in {"properties", "$defs"})
        return found

    assert keywords(json_schema()) <= known


def test_bare_string_stands_for_inlines() -> None:
    paragraph_and_box = b'[{"type":"paragraph","content":"x"},{"type":"aside","kind":"factbox","title":"t"}]'
    data = b'{"type":"article","headline":"Hi","body":' + paragraph_and_box + b"}"
    document = decode(data)
    assert isinstance(document, Article)
    assert document.headline == text("Hi")
    assert document.body[0] == Paragraph(text("x"))


@pytest.mark.parametrize(
    ("data", "error", "where", "message"),
    [
        (b"{", InputError, None, "not valid JSON"),
        (b"[]", InputError, None, "no object"),
        (b'{"type":"article","guid":"a","guid":"b"}', InputError, None, "'guid' is given twice"),
        (b'{"type":"article","provider":{"name":"a","name":"b"}}', InputError, "provider", "given twice"),
        (b'{"type":"article","urgency":NaN}', InputError, "urgency", "NaN"),
        (b'{"type":"article","headline":"\\ud800"}', InputError, "headline", "surrogate"),
        (b'{"type":"article","head":"x"}', ArticleError, None, "unknown field `head`"),
        (b'{"type":"article","urgency":10}', ArticleError, "urgency", "<= 9"),
        (b'{"type":"article","published":"2025-01-01T00:00:00"}', ArticleError, "published", "timezone"),
        (b'{"type":"artikel"}', ArticleError, "type", "Invalid value"),
        (b'{"schema_version":"9.9","type":"article"}', InputError, "schema_version", "'9.9'"),
        (b'{"type":"article","body":[{"type":"paragraph"}]}', ArticleError, "body[0]", "content"),
        (b'{"type":"article","body":' + b"[" * 9000, LimitError, None, "nested"),
    ],
)  # fmt: skip
def test_bad_json_is_refused_with_the_path(
    data: bytes, error: type[NewsexportError], where: str | None, message: str
) -> None:
    with pytest.raises(error) as caught:
        decode(data)
    assert type(caught.value) is error
    assert caught.value.where == where
    assert message in caught.value.message


def nested(depth: int) -> Article:
    inline: Text | Strong = Text("x")
    for _ in range(depth):
        inline = Strong((inline,))
    return Article(body=(Paragraph((inline,)),))


def test_depth_is_limited() -> None:
    assert decode(encode(nested(60))) == nested(60)
    with pytest.raises(LimitError, match="deeper than 64"):
        decode(encode(nested(80)))
    for depth in (80, 5000):
        with pytest.raises(LimitError, match="deeper than 64"):
            check(nested(depth))


def test_number_of_nodes_is_limited() -> None:
    with pytest.raises(LimitError, match="more than 200000 nodes"):
        check(Article(body=(Paragraph(text("x")),) * 100_001))


def test_lists_made_in_python_become_tuples() -> None:
    given = Article(headline=[Text("x")])  # type: ignore[arg-type]  # what the check is there for
    assert check(given) == Article(headline=text("x"))


def test_wrong_type_made_in_python_is_refused_with_the_path() -> None:
    with pytest.raises(ArticleError) as caught:
        check(Article(body=(Paragraph(("x",)),)))  # type: ignore[arg-type]  # what the check is there for
    assert caught.value.where == "body[0].content[0]"
