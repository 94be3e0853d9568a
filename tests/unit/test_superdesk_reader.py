"""The reader of Superdesk: items of its archive, as it sends them, and what belongs to them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import lxml.html
import pytest

from newsexport.errors import InputError, Kind
from newsexport.model import (
    Article,
    Audio,
    Author,
    Concept,
    Dateline,
    Divider,
    EdNote,
    Embargo,
    Embed,
    Figure,
    FootnoteRef,
    Gallery,
    Heading,
    Image,
    List,
    Paragraph,
    Quote,
    Related,
    Subject,
    Table,
    Text,
)
from newsexport.model.walk import block_text, plain_text, records, words
from newsexport.readers.superdesk import SuperdeskOptions, SuperdeskReader
from newsexport.spi import Context, Probe
from newsexport.testing import check_reader
from samples import corpus, files, payloads, samples

GUID = "urn:newsml:localhost:2025-02-24T10:00:00.000000:0001"
ITEM: dict[str, Any] = {
    "_id": GUID,
    "guid": GUID,
    "type": "text",
    "state": "published",
    "headline": "A bridge",
    "body_html": "<p>It is open.</p>",
    "anpa_category": [{"qcode": "a", "name": "General"}],
}
# What `ninjs_formatter.py` makes of an item.
SENT: dict[str, Any] = {
    "guid": GUID,
    "version": "3",
    "type": "text",
    "pubstatus": "usable",
    "priority": 5,
    "versioncreated": "2025-02-24T10:15:00+0000",
    "headline": "A bridge",
    "body_html": "<p>It is open.</p>",
}


def read(item: object, context: Context | None = None, **options: str) -> Article:
    data = item if isinstance(item, bytes) else json.dumps(item).encode()
    (article,) = SuperdeskReader().read(data, SuperdeskOptions(**options), context or Context()).documents
    assert isinstance(article, Article)
    return article


# Real items


def prepared() -> list[dict[str, Any]]:
    """Extract the items that Superdesk fills a new installation with: the JSON path `[*].data` by its resource."""
    path = files(corpus, "superdesk-core", "apps/prepopulate/app_prepopulate_data.json")
    entries = json.loads(path[0].read_bytes()) if path else []
    resources = {"archive", "archived", "legal_archive", "ingest"}
    return [entry["data"] for entry in entries if entry["resource"] in resources]


TEXTS = [item for item in prepared() if item["type"] == "text"]


@pytest.mark.parametrize("item", TEXTS, ids=lambda item: item["guid"])
def test_a_real_item_says_what_its_fields_say(item: dict[str, Any]) -> None:
    article = read(item)
    assert plain_text(article.headline) == item["headline"]
    assert article.slugline == item.get("slugline")
    assert article.version_created == datetime.strptime(item["versioncreated"], "%Y-%m-%dT%H:%M:%S%z")
    assert article.version == (item.get("_current_version") or item.get("version") or 1)
    assert (article.urgency, article.priority) == (item.get("urgency"), item.get("priority"))
    assert article.services == tuple(each["qcode"] for each in item.get("anpa_category", []))
    assert [each.code for each in article.subjects] == [each["qcode"] for each in item.get("subject", [])]
    assert [each.broader[0].code for each in article.subjects] == [each["parent"] for each in item.get("subject", [])]
    assert article.byline == item.get("byline")
    expected = {"in_progress": "withheld", "published": "usable", "killed": "canceled", None: "usable"}
    assert article.pub_status == expected[item.get("state")]
    assert (article.dateline.text if article.dateline else None) == item.get("dateline", {}).get("text")
    shown: Any = lxml.html.fromstring(item.get("body_html", "<p></p>"))
    assert words(" ".join(map(block_text, article.body))) == words(shown.text_content())


def test_there_are_real_items() -> None:
    corpus("superdesk-core")
    assert len(TEXTS) >= 15


@pytest.mark.parametrize("item", [item for item in prepared() if item["type"] != "text"], ids=lambda item: item["guid"])
def test_a_package_is_refused_by_name(item: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="type 'composite' of Superdesk, not a text"):
        read(item)


@pytest.mark.parametrize("path", files(payloads, "superdesk", "*.body.json"), ids=lambda path: path.name)
def test_a_kill_that_is_pushed_is_canceled(path: Path) -> None:
    sent = json.loads(path.read_bytes())
    article = read(path.read_bytes())
    assert article.guid == sent["guid"]
    assert (article.pub_status, article.version, article.priority) == ("canceled", 2, 6)
    assert article.version_created == datetime(2026, 11, 22, 10, 5, tzinfo=UTC)


def test_it_knows_its_items_and_no_others() -> None:
    sniff = SuperdeskReader().sniff
    for item in (*prepared(), ITEM, SENT, {"_items": [ITEM], "_meta": {}}):
        assert sniff(Probe(json.dumps(item).encode())) > 0.9
    others = [path for path in samples("").glob("*/*") if path.is_file()]
    others += [path for path in payloads("").glob("*/*.json") if path.parent.name != "superdesk"]
    assert {path.name for path in others if sniff(Probe(path.read_bytes(), path.name))} == set()


def test_the_reader_keeps_its_contract() -> None:
    check_reader(SuperdeskReader(), [json.dumps(item).encode() for item in (*TEXTS, ITEM, SENT, {"_items": [ITEM]})])


# Fields


def test_the_fields_of_an_item_become_those_of_an_article() -> None:
    article = read({
        **ITEM,
        "_current_version": 4,
        "unique_name": "#42",
        "state": "corrected",
        "abstract": "<p>It <b>reopened</b>.</p>",
        "slugline": "BRIDGE",
        "anpa_take_key": "2nd update",
        "genre": [{"qcode": "Article", "name": "Article (news)"}],
        "urgency": 3,
        "priority": 6,
        "keywords": ["bridges", "tides"],
        "ednote": "Corrects the <i>year</i>",
        "sign_off": "JR/jd",
        "language": "en_AU",
        "source": "EXN",
        "original_source": "Example",
        "firstcreated": "2025-02-24T09:00:00+0000",
        "firstpublished": "2025-02-24T10:00:00+0000",
        "versioncreated": "2025-02-24T12:00:00+0000",
        "rewrite_of": "urn:newsml:localhost:2025-02-24:0000",
        "translated_from": "tag:localhost:2025:1",
        "place": [{"name": "NSW", "qcode": "NSW"}, {"name": "Sydney", "code": "2147714", "scheme": "geonames"}],
        "person": [{"name": "Jane Roe"}],
        "organisation": [{"name": "Port of Sydney"}],
        "company_codes": [{"name": "Example Ltd", "qcode": "EXN", "security_exchange": "ASX"}],
        "event": [{"name": "Storm"}],
        "usageterms": "No archive", "copyrightholder": "Example", "copyrightnotice": "© Example",
        "sms_message": "Bridge open",
        "flags": {"marked_for_legal": True},
        "extra": {"subtitle": "<p>For now</p>", "map": {"embed": "<iframe>"}, "empty": None},
        "body_footer": "<p>Readers seeking help may call.</p>",
    })  # fmt: skip
    assert (article.guid, article.version) == (GUID, 4)
    assert article.alt_ids == {"superdesk": GUID, "superdesk-name": "#42"}
    assert (article.pub_status, article.signals) == ("usable", ("sig:cwarn", "sig:correction"))
    assert plain_text(article.standfirst) == "It reopened."
    assert (article.slugline, article.take, article.genre) == ("BRIDGE", "2nd update", Concept("Article (news)"))
    assert (article.urgency, article.priority, article.services) == (3, 6, ("a",))
    assert article.keywords == ("bridges", "tides")
    assert article.notes == (EdNote("Corrects the year", audience="client"),)
    assert article.language == "en-AU"
    assert article.info_sources == ("EXN", "Example")
    assert (article.published, article.updated) == (
        datetime(2025, 2, 24, 10, tzinfo=UTC),
        datetime(2025, 2, 24, 12, tzinfo=UTC),
    )
    assert article.evolved_from == "urn:newsml:localhost:2025-02-24:0000"
    assert article.translation_of == "tag:localhost:2025:1"
    assert article.places == (Concept("NSW"), Concept("Sydney", qcode="geonames:2147714"))
    assert [each.name for each in article.people + article.organisations + article.events] == [
        "Jane Roe", "Port of Sydney", "Example Ltd", "Storm",
    ]  # fmt: skip
    assert (article.usage_terms, article.copyright_notice) == ("No archive", "© Example")
    assert (article.alt_headlines[0].role, article.alt_headlines[0].text) == ("sms", "Bridge open")
    assert article.extra == {
        "superdesk:state": "corrected",
        "superdesk:sign_off": "JR/jd",
        "superdesk:categories": "General",
        "superdesk:extra.subtitle": "For now",
    }
    assert [block_text(block) for block in article.body] == ["It is open.", "Readers seeking help may call."]


@pytest.mark.parametrize(
    ("state", "pubstatus", "expected"),
    [
        ("draft", "usable", "withheld"), ("in_progress", None, "withheld"), ("spiked", "usable", "withheld"),
        ("scheduled", "usable", "withheld"), ("published", "usable", "usable"), ("corrected", "usable", "usable"),
        ("being_corrected", "usable", "usable"), ("published", "withheld", "withheld"), ("killed", None, "canceled"),
        ("recalled", "usable", "canceled"), ("unpublished", "canceled", "canceled"), (None, None, "usable"),
    ],
)  # fmt: skip
def test_the_status_of_each_state(state: str | None, pubstatus: str | None, expected: str) -> None:
    assert read({**ITEM, "state": state, "pubstatus": pubstatus}).pub_status == expected


def test_what_is_not_for_publication_is_withheld() -> None:
    assert read({**ITEM, "flags": {"marked_for_not_publication": True}}).pub_status == "withheld"


def test_an_embargo_is_read_in_utc_else_off_the_clock_of_its_zone() -> None:
    # apps/archive/common.py, update_schedule_settings: the field holds what editors read off the clock.
    clock = {"embargo": "2025-02-24T18:00:00+0000", "schedule_settings": {"time_zone": "Australia/Sydney"}}
    assert read({**ITEM, **clock}).embargo == Embargo(datetime(2025, 2, 24, 18, tzinfo=ZoneInfo("Australia/Sydney")))
    clock["schedule_settings"] = {"time_zone": "Australia/Sydney", "utc_embargo": "2025-02-24T07:00:00+0000"}
    assert read({**ITEM, **clock}).embargo == Embargo(datetime(2025, 2, 24, 7, tzinfo=UTC))
    sent = {**SENT, "embargoed": "2025-02-24T07:00:00+00:00", "embargoed_text": "Until the vote"}
    assert read(sent).embargo == Embargo(datetime(2025, 2, 24, 7, tzinfo=UTC), "Until the vote")
    assert read({**ITEM, "embargoed_text": "Until the vote"}).embargo == Embargo(None, "Until the vote")


def test_what_is_scheduled_is_embargoed_until_its_moment() -> None:
    item = {**ITEM, "state": "scheduled", "schedule_settings": {"utc_publish_schedule": "2025-02-24T07:00:00+0000"}}
    assert read(item).embargo == Embargo(datetime(2025, 2, 24, 7, tzinfo=UTC))


def test_a_dateline_is_read_with_its_day_where_it_was_written() -> None:
    dateline = {
        "text": "SYDNEY, Feb 25 SAP -",
        "date": "2025-02-24T22:00:00+0000",
        "source": "SAP",
        "located": {
            "city": "Sydney",
            "tz": "Australia/Sydney",
            "place": {"scheme": "geonames", "code": "2147714"},
        },
    }
    body = "<p>SYDNEY, Feb 25 SAP - <b>It</b> is open.</p>"
    article = read({**ITEM, "dateline": dateline, "body_html": body})
    assert article.dateline == Dateline("SYDNEY, Feb 25 SAP -", "Sydney", date(2025, 2, 25), "SAP")
    assert article.located == (Concept("Sydney", qcode="geonames:2147714"),)
    assert [block_text(block) for block in article.body] == ["It is open."]
    assert read({**SENT, "located": "Perth"}).located == (Concept("Perth"),)


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ({"qcode": "05007000", "name": "university", "parent": "05000000"},
         Subject("05007000", "subj", name="university", broader=(Subject("05000000", "subj"),))),
        ({"code": "20000002", "scheme": "http://cv.iptc.org/newscodes/mediatopic/"}, Subject("20000002", "medtop")),
        ({"qcode": "20000002", "scheme": "media_topics"}, Subject("20000002", "medtop")),
        ({"qcode": "medtop:20000002", "scheme": "topics"}, Subject("20000002", "medtop")),
        ({"qcode": "x1", "name": "Local", "scheme": "acme"}, Subject("x1", "acme", name="Local")),
    ],
)  # fmt: skip
def test_the_scheme_of_a_subject(subject: dict[str, Any], expected: Subject) -> None:
    assert read({**ITEM, "subject": [subject]}).subjects == (expected,)


def test_a_subject_of_no_scheme_is_told() -> None:
    context = Context()
    assert read({**ITEM, "subject": [{"qcode": "20000002", "name": "arts"}]}, context).subjects == ()
    assert [notice.code for notice in context.notices] == ["superdesk.subject-lost"]


def test_authors_are_those_stated_else_those_of_the_byline() -> None:
    stated = {"authors": [{"role": "writer", "name": "Jane Roe", "parent": "5f"}, {"sub_label": "John Doe"}]}
    assert read({**ITEM, **stated, "byline": "By J. Roe"}).authors == (Author("Jane Roe", "writer"), Author("John Doe"))
    assert read({**ITEM, "byline": "Billy The Fish"}).authors == (Author("Billy The Fish"),)
    assert read({**ITEM, "byline": "Von Jane Roe und John Doe", "language": "de"}).authors == (
        Author("Jane Roe"),
        Author("John Doe"),
    )
    assert read({**ITEM, "byline": "our correspondent"}).authors == ()


# What is sent


def test_what_is_pushed_reads_like_what_is_kept() -> None:
    article = read({
        **SENT,
        "firstpublished": "2025-02-24T10:00:00+0000",
        "description_html": "<p>It reopened.</p>",
        "service": [{"code": "a", "name": "General"}],
        "subject": [{"code": "05007000", "name": "university"}],
        "genre": [{"code": "Article", "name": "Article"}],
        "signal": [{"code": "cwarn", "name": "Content Warning", "scheme": "http://cv.iptc.org/newscodes/signal/"}],
        "place": [{"code": "NSW", "name": "New South Wales"}],
        "evolvedfrom": "urn:newsml:localhost:2025-02-24:0000",
        "authors": [{"code": "5f", "name": "Jane Roe", "role": "writer", "biography": "Reports."}],
        "attachments": [{"href": "https://example.com/a.pdf", "title": "Report"}, {"attachment": "5f"}],
    })  # fmt: skip
    assert (article.guid, article.version, article.pub_status) == (GUID, 3, "usable")
    assert plain_text(article.standfirst) == "It reopened."
    assert (article.services, article.signals) == (("a",), ("sig:cwarn",))
    assert article.subjects == (Subject("05007000", "subj", name="university"),)
    assert article.places == (Concept("New South Wales"),)
    assert article.evolved_from == "urn:newsml:localhost:2025-02-24:0000"
    assert article.authors == (Author("Jane Roe", "writer"),)
    assert article.related == (Related("see-also", "https://example.com/a.pdf", title="Report"),)


def test_items_of_a_list_are_read_one_at_a_time_and_pictures_among_them_told() -> None:
    context = Context()
    listed = json.dumps({"_items": [ITEM, {**ITEM, "type": "picture"}, SENT], "_meta": {"total": 3}}).encode()
    parts = list(SuperdeskReader().each(BytesIO(listed), SuperdeskOptions(), context))
    assert [len(part.documents) for part in parts] == [1, 1]
    assert [(notice.code, notice.where) for notice in context.notices] == [("cms.article-unreadable", "_items[1]")]


# What belongs to an item


def picture(name: str, **fields: Any) -> dict[str, Any]:
    renditions = {
        "viewImage": {"href": f"https://example.com/{name}-view.jpg", "width": 640, "height": 480},
        "original": {"href": f"https://example.com/{name}.jpg", "width": 800, "height": 600},
    }
    return {"type": "picture", "guid": f"tag:{name}", "renditions": renditions, **fields}


def test_the_feature_picture_is_the_lead() -> None:
    said = {
        "alt_text": "A bridge",
        "byline": "Jane Roe",
        "source": "EXN",
        "usageterms": "No sales",
        "headline": "Night",
    }
    article = read({**ITEM, "associations": {"featuremedia": picture("a", **said), "editor_9": None}})
    assert article.images == (
        Image(
            "https://example.com/a.jpg", alt="A bridge", headline="Night", creator="Jane Roe", credit="Jane Roe/EXN",
            usage_terms="No sales", asset_id="tag:a", width=800, height=600,
        ),
    )  # fmt: skip
    captioned = read({**ITEM, "associations": {"featuremedia": picture("a", description_text="At night")}})
    assert captioned.images == ()
    assert isinstance(figure := captioned.body[0], Figure)
    assert figure.caption == (Text("At night"),)


def test_a_picture_of_the_editor_is_described_by_its_association() -> None:
    body = (
        '<p>One</p><!-- EMBED START Image {id: "editor_0"} -->\n<figure>'
        '<img src="https://example.com/a-view.jpg?x=1&amp;y=2" alt=""><figcaption>In the text</figcaption></figure>\n'
        '<!-- EMBED END Image {id: "editor_0"} --><p>Two</p>'
    )
    context = Context()
    associations = {
        "editor_0": picture("a", creditline="Roe/Example", alt_text="A bridge", description_text="Elsewhere"),
        "editor_1": picture("b"),
    }
    article = read({**ITEM, "body_html": body, "associations": associations}, context)
    assert isinstance(figure := article.body[1], Figure)
    assert figure.media.uri == "https://example.com/a-view.jpg?x=1&y=2"
    assert (figure.media.credit, figure.media.alt, plain_text(figure.caption)) == (
        "Roe/Example",
        "A bridge",
        "In the text",
    )
    assert [(notice.code, notice.where) for notice in context.notices] == [
        ("superdesk.media-lost", "associations.editor_1"),
    ]


def test_media_of_other_fields_stand_below_and_texts_are_related() -> None:
    article = read({
        **ITEM,
        "associations": {
            "media1--1": picture("a"), "media1--2": picture("b"),
            "sound--1": {"type": "audio", "renditions": {"original": {"href": "https://example.com/a.mp3"}}},
            "related--1": {"type": "text", "guid": "urn:x:1", "headline": "Before"},
        },
    })  # fmt: skip
    assert [type(block) for block in article.body] == [Paragraph, Gallery, Figure]
    assert isinstance(sound := article.body[2], Figure)
    assert sound.media == Audio("https://example.com/a.mp3")
    assert article.related == (Related("see-also", "urn:x:1", title="Before"),)


def test_annotations_are_footnotes() -> None:
    body = '<p>The <span annotation-id="1">bridge</span> is open.</p>'
    article = read({**ITEM, "body_html": body, "annotations": [{"id": 1, "type": "regular", "body": "<p>Of 1932</p>"}]})
    notes = [record for _, record in records(article.body) if isinstance(record, FootnoteRef)]
    assert [block_text(block) for note in notes for block in note.blocks] == ["Of 1932"]
    assert len(article.body) == 1


# The state of the editor


def block(text: str, kind: str = "unstyled", **fields: Any) -> dict[str, Any]:
    return {"text": text, "type": kind, "depth": 0, "inlineStyleRanges": [], "entityRanges": [], **fields}


def drafted(
    blocks: list[dict[str, Any]], entities: dict[str, Any] | None = None, context: Context | None = None
) -> Article:
    state = {"blocks": blocks, "entityMap": entities or {}}
    return read({**ITEM, "body_html": None, "fields_meta": {"body_html": {"draftjsState": [state]}}}, context)


def test_the_state_of_the_editor_is_read_where_there_is_no_html() -> None:
    atomic = {"entityRanges": [{"offset": 0, "length": 1, "key": 1}]}
    article = drafted(
        [
            block("Head", "header-two"),
            # The emoji is two units of UTF-16, which ranges count.
            block("🌉 bold link", inlineStyleRanges=[{"offset": 3, "length": 4, "style": "BOLD"}],
                  entityRanges=[{"offset": 8, "length": 4, "key": 0}]),
            block("one", "unordered-list-item"),
            block("one.one", "ordered-list-item", depth=1),
            block("Said", "blockquote"),
            block(" ", "atomic", **atomic),
            block(" ", "atomic", entityRanges=[{"offset": 0, "length": 1, "key": 2}]),
            block(" ", "atomic", entityRanges=[{"offset": 0, "length": 1, "key": 3}]),
            block(" ", "atomic", entityRanges=[{"offset": 0, "length": 1, "key": 4}]),
        ],
        {
            "0": {"type": "LINK", "data": {"link": {"href": "https://example.com/"}}},
            "1": {"type": "MEDIA", "data": {"media": picture("a", description_text="At night")}},
            "2": {"type": "EMBED", "data": {"data": {"html": '<iframe src="https://youtu.be/x"></iframe>'}}},
            "3": {"type": "TABLE", "data": {"data": {"withHeader": True, "cells": [
                [{"blocks": [block("a")]}, {"blocks": [block("b")]}], [{"blocks": [block("c")]}],
            ]}}},
            "4": {"type": "HORIZONTAL_RULE", "data": {}},
        },
    )  # fmt: skip
    kinds = [type(each) for each in article.body]
    assert kinds == [Heading, Paragraph, List, Quote, Figure, Embed, Table, Divider]
    paragraph = article.body[1]
    assert isinstance(paragraph, Paragraph)
    found = [(type(record).__name__, getattr(record, "text", "")) for _, record in records(paragraph.content)]
    assert found == [
        ("Text", "🌉 "), ("Strong", ""), ("Text", "bold"), ("Text", " "), ("Link", ""), ("Text", "link"),
    ]  # fmt: skip
    assert block_text(article.body[2]) == "one\none.one"
    assert block_text(article.body[6]) == "a\nb\nc"


def test_a_block_of_the_editor_that_is_not_known_is_told() -> None:
    context = Context()
    drafted(
        [block(" ", "atomic", entityRanges=[{"offset": 0, "length": 1, "key": 0}])], {"0": {"type": "POLL"}}, context
    )
    assert [(notice.code, notice.kind) for notice in context.notices] == [
        ("superdesk.block-lost", Kind.LOSS),
        ("superdesk.body", Kind.INFO),
    ]


# What is hostile or broken

FIELDS = (
    "headline", "body_html", "abstract", "byline", "dateline", "anpa_category", "subject", "genre", "place", "urgency",
    "_current_version", "keywords", "ednote", "versioncreated", "embargo", "schedule_settings", "associations",
    "fields_meta", "flags", "authors", "attachments", "extra", "annotations", "signal", "guid", "language",
)  # fmt: skip


@pytest.mark.parametrize("value", [None, 1, -1, 2.5, True, [], [1], {}, {"a": [{"b": None}]}, "x", [{"qcode": [1]}]])
@pytest.mark.parametrize("name", FIELDS)
def test_a_field_of_any_type_is_no_error(name: str, value: Any) -> None:
    read({**ITEM, name: value})


@pytest.mark.parametrize("data", [b"", b"[", b"{}", b"[]", b"null", b'"x"', b"[" * 5000, b'{"_items":' * 5000])
def test_what_is_no_item_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        SuperdeskReader().read(data, SuperdeskOptions(), Context())


@pytest.mark.parametrize("kind", ["picture", "video", "composite", "event", "planning"])
def test_an_item_that_is_no_text_is_refused_by_name(kind: str) -> None:
    with pytest.raises(InputError, match=kind):
        read({**ITEM, "type": kind})
