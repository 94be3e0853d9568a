"""The reader of Strapi: entries as versions 4 and 5 wrap them, a house's own fields, and each kind of text."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from newsexport.errors import InputError, Kind, UsageError
from newsexport.model import (
    Article,
    Author,
    Block,
    CodeBlock,
    Divider,
    Figure,
    Gallery,
    Heading,
    Image,
    Link,
    List,
    ListItem,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
    Video,
)
from newsexport.model.walk import block_text, plain_text, records, words
from newsexport.readers.strapi import StrapiOptions, StrapiReader
from newsexport.spi import Context, Probe
from newsexport.testing import check_reader
from samples import files, payloads, samples

ENTRY: dict[str, Any] = {
    "id": 2,
    "documentId": "mz7jpxfvlxs0t74cohugrxbg",
    "title": "A bridge",
    "createdAt": "2025-02-24T09:00:00.000Z",
    "updatedAt": "2025-02-24T10:00:00.000Z",
    "publishedAt": "2025-02-24T10:15:00.000Z",
}


def read(value: object, context: Context | None = None, options: StrapiOptions | None = None) -> Article:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    (article,) = StrapiReader().read(data, options or StrapiOptions(), context or Context()).documents
    assert isinstance(article, Article)
    return article


def body(value: object, context: Context | None = None, base: str | None = None) -> tuple[Block, ...]:
    return read({**ENTRY, "body": value}, context, StrapiOptions(base=base)).body


def text(characters: str, **marks: bool) -> dict[str, Any]:
    return {"type": "text", "text": characters, **marks}


def block(kind: str, *children: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"type": kind, "children": list(children), **fields}


# Real webhooks

HOOKS = files(payloads, "strapi", "*.body.json")


@pytest.mark.parametrize("path", HOOKS, ids=lambda path: path.name)
def test_a_real_webhook_says_what_its_fields_say(path: Path) -> None:
    hook = json.loads(path.read_bytes())
    entry = hook["entry"]
    article = read(path.read_bytes())
    assert plain_text(article.headline) == entry["title"]
    assert article.kicker == entry["kicker"]
    assert article.alt_ids == {"strapi": entry["documentId"]}
    assert article.revision == str(entry["id"])
    assert article.first_created == datetime.fromisoformat(entry["createdAt"])
    assert article.version_created == datetime.fromisoformat(entry["updatedAt"])
    is_live = hook["event"] not in {"entry.unpublish", "entry.delete"} and entry["publishedAt"] is not None
    assert article.pub_status == ("usable" if is_live else "withheld")
    assert article.published == (datetime.fromisoformat(entry["publishedAt"]) if entry["publishedAt"] else None)
    # The JSON path entry.body[*].children[*].text; paragraphs that start with a bullet are the items of a list.
    texts = ["".join(child["text"] for child in each["children"]).strip() for each in entry["body"]]
    found = [record for _, record in records(article.body) if isinstance(record, Paragraph)]
    assert [plain_text(each.content).split() for each in found] == [text.removeprefix("•").split() for text in texts]
    items = [record for _, record in records(article.body) if isinstance(record, ListItem)]
    assert len(items) == sum(text.startswith("•") for text in texts)


def test_it_knows_its_entries_and_no_others() -> None:
    others = [path for path in samples("").glob("*/*") if path.is_file()]
    others += [path for path in payloads("").glob("*/*.json") if path.parent.name != "strapi"]
    others += list(payloads("strapi").glob("*.headers.json"))
    sniff = StrapiReader().sniff
    assert {path.name for path in others if sniff(Probe(path.read_bytes(), path.name))} == set()
    four = {"data": [{"id": 1, "attributes": {"title": "x"}}], "meta": {"pagination": {}}}
    for value in (ENTRY, {"data": ENTRY, "meta": {}}, {"data": [ENTRY], "meta": {}}, four):
        assert sniff(Probe(json.dumps(value).encode())) >= 0.9


def test_the_reader_keeps_its_contract() -> None:
    check_reader(
        StrapiReader(), [path.read_bytes() for path in HOOKS] + [json.dumps({"data": [ENTRY, ENTRY]}).encode()]
    )


# Wrappers


@pytest.mark.parametrize("wrapped", [
    ENTRY,
    {"data": ENTRY, "meta": {}},
    {"data": [ENTRY], "meta": {}},
    {"event": "entry.publish", "model": "article", "uid": "api::article.article", "entry": ENTRY},
])  # fmt: skip
def test_an_entry_is_the_same_in_each_wrapper(wrapped: dict[str, Any]) -> None:
    article = read(wrapped)
    assert (plain_text(article.headline), article.alt_ids) == ("A bridge", {"strapi": ENTRY["documentId"]})


def test_relations_and_files_of_version_4_are_unwrapped() -> None:
    def wrapped(**attributes: Any) -> dict[str, Any]:
        return {"data": {"id": 1, "attributes": attributes}}

    file = {"url": "/uploads/a.jpg", "alternativeText": "A bridge", "mime": "image/jpeg", "width": 8, "height": 6}
    attributes = {
        **{name: value for name, value in ENTRY.items() if name not in {"id", "documentId"}},
        "author": wrapped(name="Jane Roe", email="roe@example.com"),
        "categories": {"data": [{"id": 1, "attributes": {"name": "News"}}, {"id": 2, "attributes": {"name": "Tides"}}]},
        "cover": wrapped(**file),
        "locale": "de-DE",
    }
    listed = {"data": [{"id": 7, "attributes": attributes}], "meta": {"pagination": {"page": 1}}}
    article = read(listed, options=StrapiOptions(base="https://cms.example.com"))
    assert article.alt_ids == {"strapi": "7"}
    assert article.authors == (Author("Jane Roe", email="roe@example.com"),)
    assert (article.byline, article.keywords, article.language) == ("Jane Roe", ("News", "Tides"), "de-DE")
    assert article.images == (Image("https://cms.example.com/uploads/a.jpg", alt="A bridge", width=8, height=6),)


def test_entries_of_a_list_are_read_one_at_a_time() -> None:
    listed = json.dumps({"data": [ENTRY, {**ENTRY, "title": "Two"}], "meta": {}}).encode()
    parts = list(StrapiReader().each(BytesIO(listed), StrapiOptions(), Context()))
    assert [len(part.documents) for part in parts] == [1, 1]
    assert StrapiReader().read(b'{"data": [], "meta": {}}', StrapiOptions(), Context()).documents == ()


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"data": None, "error": {"status": 404, "message": "Not Found"}}, "Strapi answered with an error: Not Found"),
        ({"event": "media.create", "model": "file", "media": {"id": 1, "url": "/a.jpg"}}, "an uploaded file of Strapi"),
        ({"id": 1, "name": "x"}, "no entry of Strapi"),
        ([], "no entry of Strapi"),
    ],
)
def test_what_is_no_entry_is_refused_by_name(value: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(value)


# Fields


def test_the_usual_names_of_fields_are_known() -> None:
    context = Context()
    article = read(
        {
            **ENTRY,
            "kicker": "Harbour",
            "description": "It <b>reopened</b>.",
            "slug": "a-bridge",
            "byline": "By Jane Roe",
            "tags": ["bridges", "tides"],
            "category": {"id": 1, "documentId": "x", "name": "News"},
            "seo": {"id": 1, "metaTitle": "Bridge open", "metaDescription": "x"},
            "canonicalUrl": "https://example.com/a-bridge",
            "publishDate": "2025-02-23",
            "readingTime": 3,
            "sidebar": [block("paragraph", text("x"))],
        },
        context,
    )
    assert (article.kicker, plain_text(article.standfirst)) == ("Harbour", "It reopened.")
    assert article.alt_ids == {"strapi": ENTRY["documentId"], "strapi-slug": "a-bridge"}
    assert (article.byline, article.authors) == ("By Jane Roe", (Author("Jane Roe"),))
    assert article.keywords == ("bridges", "tides", "News")
    assert [(each.role, each.text) for each in article.alt_headlines] == [("seo", "Bridge open")]
    assert article.canonical_url == "https://example.com/a-bridge"
    assert article.published == datetime(2025, 2, 23, tzinfo=UTC)
    assert article.extra == {"strapi:readingTime": "3"}
    assert [(notice.code, notice.where) for notice in context.notices] == [
        ("date.zone-assumed", "publishDate"),
        ("strapi.field-lost", "sidebar"),
    ]


def test_an_option_names_the_fields_of_a_house() -> None:
    options = StrapiOptions(fields={"headline": "ueberschrift", "body": "copy", "authors": "team"})
    article = read(
        {**ENTRY, "ueberschrift": "Eine Brücke", "copy": "Offen.", "team": ["Jane Roe", "John Doe"]}, None, options
    )
    assert (plain_text(article.headline), block_text(article.body[0])) == ("Eine Brücke", "Offen.")
    assert article.byline == "Jane Roe and John Doe"
    assert article.extra == {"strapi:title": "A bridge"}
    with pytest.raises(UsageError, match="'heading' is nothing"):
        StrapiOptions(fields={"heading": "x"})


@pytest.mark.parametrize(
    ("changes", "event", "status"),
    [
        ({}, "entry.publish", "usable"), ({}, None, "usable"), ({"publishedAt": None}, "entry.update", "withheld"),
        ({}, "entry.unpublish", "withheld"), ({}, "entry.delete", "withheld"), ({"status": "draft"}, None, "withheld"),
    ],
)  # fmt: skip
def test_the_status_of_an_entry(changes: dict[str, Any], event: str | None, status: str) -> None:
    entry = {**ENTRY, **changes}
    assert read({"event": event, "model": "article", "entry": entry} if event else entry).pub_status == status


def test_content_without_drafts_is_published() -> None:
    entry = {name: value for name, value in ENTRY.items() if name != "publishedAt"}
    assert read(entry).pub_status == "usable"


# Blocks


def test_the_blocks_of_the_editor() -> None:
    file = {"url": "/uploads/a.jpg", "alternativeText": "A bridge", "caption": "At night", "width": 8, "height": 6}
    marked = (text("a "), text("bold", bold=True), text(" and "), text("code", code=True), text("\nnext"))
    nested = block("list", block("list-item", text("two")), format="ordered")
    nodes = [
        block("heading", text("Head"), level=3),
        block("paragraph", *marked),
        block("paragraph", block("link", text("words"), url="https://example.com/")),
        block("list", block("list-item", text("one")), nested, format="unordered"),
        block("quote", text("said")),
        block("code", text("a = 1\n  b"), language="python"),
        block("image", text(""), image=file),
        block("paragraph", text("")),
    ]
    blocks = body(nodes, base="https://cms.example.com")
    assert [type(each) for each in blocks] == [Heading, Paragraph, Paragraph, List, Quote, CodeBlock, Figure]
    assert blocks[0] == Heading((Text("Head"),), 3)
    assert isinstance(blocks[1], Paragraph)
    assert [type(each).__name__ for each in blocks[1].content] == [
        "Text",
        "Strong",
        "Text",
        "Code",
        "LineBreak",
        "Text",
    ]
    assert blocks[2] == Paragraph((Link((Text("words"),), "https://example.com/"),))
    assert isinstance(outer := blocks[3], List)
    assert isinstance(inner := outer.items[0].blocks[1], List)
    assert (outer.ordered, inner.ordered, block_text(outer)) == (False, True, "one\ntwo")
    assert blocks[5] == CodeBlock("a = 1\n  b", "python")
    picture = Image("https://cms.example.com/uploads/a.jpg", alt="A bridge", width=8, height=6)
    assert blocks[6] == Figure(picture, (Text("At night"),))


def test_a_block_that_is_not_known_keeps_its_texts_and_is_told_with_its_place() -> None:
    context = Context()
    blocks = body([block("callout", text("Mind")), block("image", text(""), image={})], context)
    assert [block_text(each) for each in blocks] == ["Mind"]
    assert [(notice.code, notice.kind, notice.where) for notice in context.notices] == [
        ("strapi.unknown", Kind.REPAIR, "body[0]"),
        ("strapi.image-lost", Kind.LOSS, "body[1]"),
    ]


# Rich text


def test_rich_text_in_markdown() -> None:
    context = Context()
    blocks = body(
        "# Head\n\nA **bold** [link](/a) ![Alt](/uploads/a.jpg)\n\n- one\n\n| a |\n|---|\n| b |",
        context,
        "https://x.example",
    )
    assert [type(each) for each in blocks] == [Heading, Paragraph, Figure, List, Table]
    found = [record for _, record in records(blocks)]
    assert [each.href for each in found if isinstance(each, Link)] == ["https://x.example/a"]
    assert [each.uri for each in found if isinstance(each, Image)] == ["https://x.example/uploads/a.jpg"]
    assert sum(isinstance(each, Strong) for each in found) == 1
    assert [notice.code for notice in context.notices] == ["strapi.markdown"]


def test_rich_text_in_html_and_plain_text_are_no_guess() -> None:
    context = Context()
    assert [type(each) for each in body("<h2>Head</h2><p>It is *open*.</p>", context)] == [Heading, Paragraph]
    assert [block_text(each) for each in body("It is open.\n\nAgain.", context)] == ["It is open.", "Again."]
    assert context.notices == ()


# Components


def test_the_components_of_a_dynamic_zone() -> None:
    picture = {"id": 1, "url": "https://x.example/1.jpg", "mime": "image/jpeg", "alternativeText": "One"}
    film = {"id": 2, "url": "https://x.example/2.mp4", "mime": "video/mp4"}
    report = {"id": 3, "url": "https://x.example/3.pdf", "mime": "application/pdf", "name": "Report"}
    blocks = body([
        {"__component": "shared.rich-text", "id": 1, "body": "## Head\n\nText"},
        {"__component": "shared.quote", "id": 2, "title": "The mayor", "body": "At last."},
        {"__component": "shared.media", "id": 3, "file": picture, "caption": "At night"},
        {"__component": "shared.slider", "id": 4, "files": [picture, film]},
        {"__component": "shared.media", "id": 5, "file": {"data": {"id": 2, "attributes": film}}},
        {"__component": "shared.media", "id": 6, "file": report},
        {"__component": "shared.divider", "id": 7},
    ])  # fmt: skip
    kinds = [type(each) for each in blocks]
    assert kinds == [Heading, Paragraph, Quote, Figure, Gallery, Figure, Paragraph, Divider]
    assert blocks[2] == Quote((Paragraph((Text("At last."),)),), (Text("The mayor"),))
    assert blocks[3] == Figure(Image("https://x.example/1.jpg", alt="One"), (Text("At night"),))
    assert blocks[5] == Figure(Video("https://x.example/2.mp4"))
    assert blocks[6] == Paragraph((Link((Text("Report"),), "https://x.example/3.pdf"),))


def test_a_component_that_is_not_known_keeps_its_texts_and_files() -> None:
    context = Context()
    component = {
        "__component": "house.box",
        "id": 1,
        "heading": "Why",
        "rows": [{"id": 2, "label": "Length", "value": "503 m"}],
        "photo": {"id": 3, "url": "https://x.example/1.jpg", "mime": "image/jpeg"},
        "wide": True,
    }
    blocks = body([component], context)
    assert words(" ".join(map(block_text, blocks))) == ["Why", "Length", "503", "m"]
    assert sum(isinstance(each, Figure) for each in blocks) == 1
    assert {(notice.code, notice.kind) for notice in context.notices} == {("strapi.unknown", Kind.REPAIR)}


# What is hostile or broken

FIELDS = (
    "title", "kicker", "description", "body", "author", "authors", "tags", "category", "cover", "slug", "seo", "locale",
    "publishedAt", "createdAt", "documentId", "id", "byline", "dateline", "canonicalUrl",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, 1, -1, 2.5, True, "x", "", [], [1, None], ["x"], {}, {"data": None}, {"data": [1]}, {"a": [{"b": None}]},
    [{"__component": 1, "body": [1]}], [{"type": "paragraph", "children": {"x": 1}}], [[[]]],
)  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("name", FIELDS)
def test_a_field_of_any_type_is_no_error(name: str, value: Any) -> None:
    read({**ENTRY, "body": "x", name: value})


def test_what_is_nested_deeply_is_bounded() -> None:
    nested: Any = text("deep")
    for _ in range(200):
        nested = block("quote", nested)
    assert block_text(body([nested])[0]) == "deep"
    component: Any = {"text": "deep"}
    for _ in range(300):
        component = {"inner": component}
    body(component)


@pytest.mark.parametrize("data", [b"", b"[", b"{}", b"null", b'"x"', b"[" * 5000, b'{"data":' * 5000])
def test_what_is_no_json_of_strapi_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        StrapiReader().read(data, StrapiOptions(), Context())
