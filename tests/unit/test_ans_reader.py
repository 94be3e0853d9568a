"""The reader of ANS: stories of Arc XP of each version, each content element, and what is no story."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from newsexport.errors import InputError, Kind
from newsexport.model import (
    AltHeadline,
    Article,
    Aside,
    Audio,
    Author,
    Block,
    CodeBlock,
    Concept,
    Correction,
    Divider,
    EdNote,
    Embargo,
    Embed,
    Figure,
    Gallery,
    Heading,
    Image,
    Link,
    List,
    Note,
    Paragraph,
    Quote,
    Related,
    Table,
    Text,
    Video,
)
from newsexport.model.walk import block_text, plain_text, records, words
from newsexport.readers.ans import AnsOptions, AnsReader
from newsexport.spi import Context, Probe
from newsexport.testing import check_reader
from samples import files, payloads, samples

STORY: dict[str, Any] = {"type": "story", "version": "0.10.10", "headlines": {"basic": "A bridge"}}


def read(story: object, context: Context | None = None, **options: str) -> Article:
    data = story if isinstance(story, bytes) else json.dumps(story).encode()
    (article,) = AnsReader().read(data, AnsOptions(**options), context or Context()).documents
    assert isinstance(article, Article)
    return article


def body(*elements: dict[str, Any], context: Context | None = None) -> tuple[Block, ...]:
    return read({**STORY, "content_elements": list(elements)}, context).body


def paragraph(content: str) -> dict[str, Any]:
    return {"type": "text", "content": content}


# Real files. What is expected is taken from the JSON by the paths that the schema of ANS describes.

FILES = files(samples, "ans", "*.json") + files(payloads, "arcxp", "*.json")


def said(element: dict[str, Any]) -> Iterator[str]:
    """Extract the texts of a content element in their order, markup and all."""
    nested = [*element.get("content_elements", []), *element.get("items", []), *element.get("header", [])]
    nested += [cell for row in element.get("rows", []) for cell in row]
    if element["type"] == "correction":
        yield element["text"]
    elif element["type"] == "image":
        yield element.get("caption", "")
    elif element["type"] == "numeric_rating":
        yield f"{element['numeric_rating']}/{element['max']} {element['units']}"
    elif element["type"] not in {"reference", "oembed", "oembed_response"}:
        yield element.get("content") or element.get("text") or element.get("endorsement") or ""
    for each in [*nested, *filter(None, [element.get("citation")])]:
        yield from said(each)


def kinds(elements: list[dict[str, Any]], name: str) -> int:
    """Count the elements of a type, wherever they are nested."""
    below = [each for element in elements for part in ("content_elements", "items") for each in element.get(part, [])]
    found = len([element for element in elements if element["type"] == name])
    return found + kinds(below, name) if below else found


def shown(markup: str) -> str:
    root: Any = lxml.html.fromstring(f"<div>{markup}</div>")
    return str(root.text_content())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_file_says_what_its_fields_say(path: Path) -> None:
    story = json.loads(path.read_bytes())
    article = read(path.read_bytes())
    headlines = story.get("headlines", {})
    assert plain_text(article.headline) == headlines.get("basic", headlines.get("default", ""))
    assert {each.role: each.text for each in article.alt_headlines} == {
        role: text for role, text in headlines.items() if role not in {"basic", "default"}
    }
    description = story.get("description", {})
    assert plain_text(article.standfirst) == description.get("basic", description.get("default", ""))
    assert article.kicker == story.get("label", {}).get("basic", {}).get("text")
    credited = story.get("credits", {}).get("by", [])
    assert [author.name for author in article.authors] == [each.get("byline", each["name"]) for each in credited]
    assert article.language == story.get("language", "")
    assert [each.name for each in article.located] == ([story["location"]] if "location" in story else [])
    assert article.copyright_notice == story.get("copyright")
    stated = story.get("first_publish_date") or story.get("publish_date")
    assert article.published == (datetime.fromisoformat(stated) if stated else None)
    for name, field in (("created_date", "first_created"), ("last_updated_date", "version_created")):
        assert getattr(article, field) == (datetime.fromisoformat(story[name]) if name in story else None)
    assert [note.text for note in article.notes if note.audience == "public"] == (
        [story["editor_note"]] if "editor_note" in story else []
    )
    corrections = [each["text"] or each["additional_properties"]["content"] for each in story.get("corrections", [])]
    assert [each.public_text for each in article.corrections[: len(set(corrections))]] == list(
        dict.fromkeys(corrections)
    )
    taxonomy = story.get("taxonomy", {})
    expected = [each["text"] for each in taxonomy.get("tags", [])] + [
        each["keyword"] for each in taxonomy.get("keywords", [])
    ]
    assert list(article.keywords) == list(dict.fromkeys(expected))
    entities = [each["name"] for each in taxonomy.get("named_entities", [])]
    assert {each.name for each in article.people + article.organisations + article.places} == set(entities)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_body_of_a_real_file_holds_its_content_elements(path: Path) -> None:
    story = {**json.loads(path.read_bytes()), "promo_items": {}, "promo_images": {}}
    elements = story.get("content_elements", [])
    blocks = read(story).body
    expected = [word for element in elements for text in said(element) for word in words(shown(text))]
    assert [word for block in blocks for word in words(block_text(block))] == expected
    found = [record for _, record in records(blocks)]
    counted = {
        List: ("list",),
        Quote: ("quote", "blockquote"),
        Table: ("table",),
        Note: ("correction",),
        Figure: ("image",),
    }
    for kind, names in counted.items():
        assert sum(isinstance(each, kind) for each in found) == sum(kinds(elements, name) for name in names)
    embeds = kinds(elements, "reference") + kinds(elements, "oembed") + kinds(elements, "oembed_response")
    assert sum(isinstance(each, Embed) for each in found) == embeds + kinds(elements, "raw_html")


def test_it_knows_its_stories_and_no_others() -> None:
    others = [path for path in samples("").glob("*/*") if path.is_file() and path.parent.name != "ans"]
    others += [path for path in payloads("").glob("*/*.json") if path.parent.name != "arcxp"]
    sniff = AnsReader().sniff
    assert {path.name for path in others if sniff(Probe(path.read_bytes(), path.name))} == set()
    assert [path.name for path in FILES if sniff(Probe(path.read_bytes(), path.name)) < 0.9] == []


def test_the_reader_keeps_its_contract() -> None:
    check_reader(AnsReader(), [path.read_bytes() for path in FILES])


def test_an_element_that_is_not_known_is_told_with_its_place() -> None:
    context = Context()
    blocks = body({"type": "ghost", "content": "Boo"}, paragraph("One"), {"type": "map", "lat": 1}, context=context)
    assert [block_text(block) for block in blocks] == ["Boo", "One"]
    assert [(notice.code, notice.kind, notice.where) for notice in context.notices] == [
        ("ans.unknown", Kind.REPAIR, "content_elements[0]"),
        ("ans.element-lost", Kind.LOSS, "content_elements[2]"),
    ]


# Fields


def test_the_fields_of_a_story_become_those_of_an_article() -> None:
    article = read(
        {
            **STORY,
            "_id": "f8f706f0-0acc-11e5-9e39-0db921c47b93",
            "slug": "BRIDGE",
            "subtype": "opinion",
            "headlines": {"basic": "A <em>bridge</em>", "print": "Bridge", "meta_title": "Bridge open", "mobile": ""},
            "subheadlines": {"basic": "It reopened."},
            "description": {"basic": "A blurb"},
            "language": "en_US",
            "canonical_url": "/news/a-bridge/",
            "credits": {
                "by": [{"type": "author", "name": "jroe", "byline": "Jane Roe", "email": "roe@example.com",
                        "url": "/roe/"}],
                "photos_by": [{"type": "author", "name": "John Doe"}],
                "edited_by": [{"type": "reference", "referent": {"id": "x"}}],
            },
            "first_publish_date": "2025-02-24T10:00:00Z",
            "publish_date": "2025-02-24T11:00:00Z",
            "display_date": "2025-02-24T12:00:00Z",
            "status": "published",
            "revision": {"revision_id": "R1", "published": True},
            "source": {"source_id": "77", "name": "(deprecated)"},
            "distributor": {"name": "Reuters", "category": "wires"},
            "planning": {"internal_note": "Call the port"},
            "workflow": {"status_code": 2, "note": "Check"},
            "taxonomy": {"primary_section": {"_id": "/news", "name": "News"}, "entities": [
                {"_id": "Q42", "label": "Jane Roe", "type": "person"}]},
            "related_content": {"basic": [
                {"type": "story", "canonical_url": "/news/before/", "headlines": {"basic": "Before"}},
                {"type": "reference", "referent": {"id": "X", "type": "story"}},
            ]},
        },
        base="https://example.com/",
    )  # fmt: skip
    assert article.guid == "urn:uuid:f8f706f0-0acc-11e5-9e39-0db921c47b93"
    assert article.alt_ids == {"ans": "f8f706f0-0acc-11e5-9e39-0db921c47b93", "ans-source": "77"}
    assert (article.slugline, article.revision, article.label) == ("BRIDGE", "R1", "opinion")
    assert article.alt_headlines == (AltHeadline("print", "Bridge"), AltHeadline("seo", "Bridge open"))
    assert (plain_text(article.headline), plain_text(article.standfirst)) == ("A bridge", "It reopened.")
    assert article.canonical_url == "https://example.com/news/a-bridge/"
    assert article.byline == "Jane Roe"
    assert article.authors == (
        Author("Jane Roe", email="roe@example.com", uri="https://example.com/roe/"),
        Author("John Doe", role="photos_by"),
    )
    assert article.published == datetime(2025, 2, 24, 10, tzinfo=UTC)
    assert article.updated == datetime(2025, 2, 24, 12, tzinfo=UTC)
    assert (article.info_sources, article.credit_line) == (("Reuters",), "Reuters")
    assert article.notes == (EdNote("Call the port"), EdNote("Check"))
    assert article.people == (Concept("Jane Roe", uri="http://www.wikidata.org/entity/Q42"),)
    assert article.related == (Related("see-also", "https://example.com/news/before/", title="Before"),)
    assert article.language == "en-US"
    assert article.extra == {
        "ans:subtype": "opinion", "ans:status": "published", "ans:section": "News", "ans:workflow": "2",
        "ans:description": "A blurb",
    }  # fmt: skip


def test_a_label_that_is_not_displayed_is_no_kicker() -> None:
    article = read({**STORY, "label": {"basic": {"text": "News", "display": False}, "other": {"text": "More"}}})
    assert article.kicker is None
    assert article.extra == {"ans:label": "News", "ans:label-other": "More"}


def test_sponsored_content_is_labelled() -> None:
    assert read({**STORY, "owner": {"sponsored": True}}).label == "sponsored"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"status": "published"}, "usable"), ({"status": "unpublished"}, "withheld"), ({"status": "draft"}, "withheld"),
        ({"revision": {"published": False}}, "withheld"), ({"publish_date": "2025-02-24T10:00:00Z"}, "usable"),
        ({}, "usable"),
        ({"planning": {"scheduling": {"planned_publish_date": "2025-02-24T10:00:00Z"}}}, "withheld"),
    ],
)  # fmt: skip
def test_the_status_of_a_story(fields: dict[str, Any], status: str) -> None:
    assert read({**STORY, **fields}).pub_status == status


@pytest.mark.parametrize(
    ("embargo", "expected"),
    [
        ({"active": True, "end_time": "2020-11-30T05:00:00Z", "description": "Until noon"},
         Embargo(datetime(2020, 11, 30, 5, tzinfo=UTC), "Until noon")),
        ({"active": True}, Embargo()),
        ({"active": False, "end_time": "2020-11-30T05:00:00Z"}, None),
    ],
)  # fmt: skip
def test_an_embargo_holds_while_it_is_active(embargo: dict[str, Any], expected: Embargo | None) -> None:
    assert read({**STORY, "content_restrictions": {"embargo": embargo}}).embargo == expected


def test_what_is_scheduled_is_embargoed_until_its_moment() -> None:
    planning = {"scheduling": {"scheduled_publish_date": "2015-06-24T09:49:00Z"}}
    assert read({**STORY, "planning": planning}).embargo == Embargo(datetime(2015, 6, 24, 9, 49, tzinfo=UTC))


def test_the_lead_is_the_picture_that_the_body_does_not_show() -> None:
    first = {"type": "image", "url": "https://example.com/1.jpg", "alt_text": "One"}
    second = {"type": "image", "url": "https://example.com/2.jpg", "caption": "Two"}
    promo = {"basic": first}
    assert read({**STORY, "promo_items": promo}).images == (Image("https://example.com/1.jpg", alt="One"),)
    assert read({**STORY, "promo_items": promo, "content_elements": [first]}).images == ()
    assert read({**STORY, "promo_items": {**promo, "lead_art": second}}).body == (
        Figure(Image("https://example.com/2.jpg"), (Text("Two"),)),
    )
    gallery = {"type": "gallery", "content_elements": [first, second]}
    article = read({**STORY, "promo_items": {"basic": gallery}})
    assert ([each.uri for each in article.images], len(article.body)) == (["https://example.com/1.jpg"], 1)


# Elements


def test_text_and_headings() -> None:
    blocks = body(
        paragraph('A <b>bold</b> <a href="https://example.com/">link</a> &amp; more'),
        {"type": "header", "level": 3, "content": "Head"},
        {"type": "header", "level": 1, "content": "Top"},
        {"type": "divider"},
        {"type": "code", "content": "a = 1\n"},
        {"type": "raw_html", "content": "<p>One</p><ul><li>Two</li></ul>"},
    )
    assert [type(block) for block in blocks] == [Paragraph, Heading, Heading, Divider, CodeBlock, Paragraph, List]
    assert block_text(blocks[0]) == "A bold link & more"
    assert [block.level for block in blocks if isinstance(block, Heading)] == [3, 2]


def test_lists_and_tables() -> None:
    nested = {"type": "list", "list_type": "ordered", "items": [paragraph("two")]}
    listed, table, late = body(
        {"type": "list", "list_type": "unordered", "items": [paragraph("one"), nested, paragraph("three")]},
        {
            "type": "table",
            "header": [paragraph("a"), paragraph("b")],
            "rows": [[paragraph("c"), paragraph("<i>d</i>")]],
        },
        {"type": "table", "rows": [{"cells": [paragraph("e")]}]},
    )
    assert isinstance(listed, List)
    assert [block_text(item.blocks[0]) for item in listed.items] == ["one", "three"]
    assert isinstance(inner := listed.items[0].blocks[1], List)
    assert (listed.ordered, inner.ordered) == (False, True)
    assert isinstance(table, Table)
    assert (len(table.head), len(table.body), table.head[0][0].header, block_text(table)) == (1, 1, True, "a\nb\nc\nd")
    assert block_text(late) == "e"


def test_quotations() -> None:
    pull = {"type": "quote", "subtype": "pullquote", "content_elements": [paragraph("Said")],
            "citation": {"type": "text", "content": "The <b>mayor</b>"}}  # fmt: skip
    first, second = body(pull, {"type": "blockquote", "content": "<i>Said</i> too"})
    assert isinstance(first, Quote)
    assert (first.pull, plain_text(first.attribution), block_text(first.blocks[0])) == (True, "The mayor", "Said")
    assert isinstance(second, Quote)
    assert (second.pull, block_text(second)) == (False, "Said too")


@pytest.mark.parametrize(
    ("stated", "kind", "note"),
    [("correction", "correction", "correction"), ("clarification", "clarification", "clarification"),
     ("retraction", "retraction", "correction"), ("update", "update", "update"), ("other", "correction", "correction")],
)  # fmt: skip
def test_a_correction_is_a_note_and_is_kept(stated: str, kind: Any, note: str) -> None:
    element = {"type": "correction", "correction_type": stated, "text": "The year was wrong."}
    article = read({**STORY, "content_elements": [element]})
    assert article.corrections == (Correction(kind=kind, public_text="The year was wrong."),)
    assert isinstance(shown_note := article.body[0], Note)
    assert (shown_note.kind, block_text(shown_note)) == (note, "The year was wrong.")


def test_links_to_other_stories() -> None:
    link = {"type": "interstitial_link", "url": "https://example.com/a", "content": "Before",
            "description": {"type": "text", "content": "All of it"}}  # fmt: skip
    first, second, third = body(
        link,
        {"type": "link_list", "title": "More", "items": [link, paragraph("Text")]},
        {"type": "story", "canonical_url": "https://example.com/b", "headlines": {"basic": "Within"}},
    )
    for block in (first, second, third):
        assert isinstance(block, Aside)
        assert block.kind == "related"
    assert block_text(first) == "Before\nAll of it"
    assert block_text(second) == "More\nBefore\nAll of it\nText"
    hrefs = [record.href for _, record in records((first, second, third)) if isinstance(record, Link)]
    assert hrefs == ["https://example.com/a", "https://example.com/a", "https://example.com/b"]


def test_pictures_are_credited() -> None:
    element = {
        "type": "image", "_id": "X1", "url": "https://example.com/1.jpg", "caption": "A <b>bridge</b>",
        "subtitle": "Night", "alt_text": "Alt", "width": 8, "height": 6, "copyright": "© Example", "location": "Sydney",
        "credits": {"by": [{"type": "author", "name": "Jane Roe"}], "affiliation": [{"name": "Example"}]},
        "distributor": {"name": "A Theatre", "category": "handout"},
    }  # fmt: skip
    (figure,) = body(element)
    assert isinstance(figure, Figure)
    assert plain_text(figure.caption) == "A bridge"
    assert figure.media == Image(
        "https://example.com/1.jpg", alt="Alt", headline="Night", creator="Jane Roe", credit="Jane Roe/Example",
        copyright_notice="© Example", rights="handout", asset_id="X1", place="Sydney", width=8, height=6,
    )  # fmt: skip


def test_films_and_recordings() -> None:
    streams = [
        {"stream_type": "ts", "url": "https://example.com/master.m3u8", "width": 1920},
        {"stream_type": "mp4", "url": "https://example.com/small.mp4", "width": 640, "height": 360},
        {"stream_type": "mp4", "url": "https://example.com/large.mp4", "width": 1280, "height": 720},
    ]
    titles = {"headlines": {"basic": "Title"}, "description": {"basic": "About"}}
    film, sound, page, player = body(
        {"type": "video", "streams": streams, **titles},
        {"type": "audio", "streams": [{"url": "https://example.com/a.mp3"}], **titles},
        {"type": "video", "canonical_url": "https://example.com/film", **titles},
        {"type": "video", "embed_html": '<iframe src="https://www.youtube.com/embed/x"></iframe>'},
    )
    expected = Video("https://example.com/large.mp4", headline="Title", width=1280, height=720)
    assert film == Figure(expected, (Text("About"),))
    assert sound == Figure(Audio("https://example.com/a.mp3", headline="Title"), (Text("About"),))
    assert page == Embed("https://example.com/film", title="Title")
    assert isinstance(player, Embed)
    assert (player.url, player.provider) == ("https://www.youtube.com/embed/x", "YouTube")


def test_a_gallery() -> None:
    pictures = [
        {"type": "image", "url": f"https://example.com/{number}.jpg", "caption": str(number)} for number in (1, 2)
    ]
    (gallery,) = body({"type": "gallery", "headlines": {"basic": "Both"}, "content_elements": pictures})
    assert isinstance(gallery, Gallery)
    assert block_text(gallery) == "1\n2\nBoth"


def test_what_is_embedded() -> None:
    html = (
        '<blockquote class="twitter-tweet"><p>Words</p><a href="https://twitter.com/x/status/1">May 1</a></blockquote>'
    )
    raw = {"type": "rich", "title": "Post", "provider_name": "Twitter", "html": html}
    first, second, third = body(
        {"type": "oembed_response", "raw_oembed": raw, "referent": {"id": "https://twitter.com/x/status/1"}},
        {"type": "oembed", "objectUrl": "https://youtu.be/x"},
        {
            "type": "reference",
            "referent": {"id": "https://twitter.com/x/status/2", "provider": "https://api.twitter.com"},
        },
    )
    assert isinstance(first, Embed)
    assert (first.url, first.provider, first.title) == ("https://twitter.com/x/status/1", "Twitter", "Post")
    assert block_text(first) == "Words\nMay 1"
    assert second == Embed("https://youtu.be/x", provider="YouTube")
    assert third == Embed("https://twitter.com/x/status/2", provider="X")


def test_what_cannot_be_shown_is_told() -> None:
    context = Context()
    embed = {"id": "1", "url": "/provider", "config": {"fallback": "<p>The <b>result</b></p>", "zoom": 3}}
    blocks = body(
        {"type": "custom_embed", "subtype": "poll", "embed": embed},
        {"type": "reference", "referent": {"type": "gallery", "id": "ABC"}},
        {"type": "image", "caption": "Gone"},
        {"type": "content_zone", "_id": "z"},
        context=context,
    )
    assert [block_text(block) for block in blocks] == ["The result"]
    assert [(notice.code, notice.where) for notice in context.notices] == [
        ("ans.element-lost", "content_elements[0]"),
        ("ans.element-lost", "content_elements[1]"),
        ("ans.element-lost", "content_elements[2]"),
        ("ans.zone", "content_elements[3]"),
    ]


def test_ratings_and_groups() -> None:
    rating = {"type": "numeric_rating", "numeric_rating": 4.5, "min": 0, "max": 5, "units": "stars"}
    blocks = body(rating, {"type": "endorsement", "endorsement": "Recommended"},
                  {"type": "element_group", "content_elements": [paragraph("One"), paragraph("Two")]})  # fmt: skip
    assert [block_text(block) for block in blocks] == ["4.5/5 stars", "Recommended", "One", "Two"]


# What comes in


def test_results_are_read_one_at_a_time() -> None:
    context = Context()
    results = {
        "type": "results",
        "version": "0.6.0",
        "content_elements": [STORY, {"type": "image", "version": "0.10.10"}, STORY],
    }
    parts = list(AnsReader().each(BytesIO(json.dumps(results).encode()), AnsOptions(), context))
    assert [len(part.documents) for part in parts] == [1, 1]
    assert [(notice.code, notice.where) for notice in context.notices] == [
        ("cms.article-unreadable", "content_elements[1]"),
    ]


@pytest.mark.parametrize("kind", ["image", "video", "gallery", "author", "redirect"])
def test_an_object_that_is_no_story_is_refused_by_name(kind: str) -> None:
    with pytest.raises(InputError, match=f"of the type '{kind}' of ANS, not a story"):
        read({"type": kind, "version": "0.10.10"})


FIELDS = (
    "_id", "headlines", "subheadlines", "description", "label", "credits", "content_elements", "promo_items",
    "taxonomy", "language", "location", "address", "copyright", "source", "distributor", "owner", "status", "revision",
    "planning", "content_restrictions", "related_content", "corrections", "editor_note", "display_date", "workflow",
    "canonical_url",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, 1, True, "x", [], [1], {}, {"basic": 1}, {"basic": [1]}, {"by": [1, {"name": [2]}]},
    {"basic": {"type": "image"}},
    [{"type": "list", "items": {"x": 1}}, {"type": "table", "rows": [1, {"cells": 2}]}, {"type": 3}, {"type": "quote"}],
)  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("name", FIELDS)
def test_a_field_of_any_type_is_no_error(name: str, value: Any) -> None:
    read({**STORY, name: value})


def test_what_is_nested_too_deeply_is_refused() -> None:
    nested: dict[str, Any] = paragraph("deep")
    for _ in range(450):
        nested = {"type": "element_group", "content_elements": [nested]}
    with pytest.raises(InputError, match="nested too deeply"):
        body(nested)


@pytest.mark.parametrize(
    "data", [b"", b"[", b"{}", b'{"type": ["story"]}', b"null", b'"x"', b"[" * 5000, b'{"content_elements":' * 5000]
)
def test_what_is_no_json_of_ans_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        AnsReader().read(data, AnsOptions(), Context())
