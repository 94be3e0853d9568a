"""NewsML-G2: what each fact of an article becomes in the item."""

from __future__ import annotations

import hashlib
import pickle
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from importlib import import_module
from typing import Any

import pytest
from lxml import etree
from msgspec import structs

from newsexport.errors import ArticleError, Kind, UnsupportedError, UsageError, WriterError
from newsexport.kit import vocab
from newsexport.model import (
    AltHeadline,
    Article,
    Author,
    Concept,
    Correction,
    DataMining,
    Edition,
    EdNote,
    Embargo,
    FootnoteRef,
    Provider,
    Related,
    Span,
    Subject,
    Text,
    view,
    walk,
)
from newsexport.model.codec import encode
from newsexport.spi import Companion, Context, Format, Request
from newsexport.writers.newsml_g2 import NewsmlG2Options, NewsmlG2Writer
from newsexport.writers.newsml_g2.checks import is_uri
from newsexport.writers.newsml_g2.elements import stamp
from newsexport.writers.newsml_g2.guard import guard
from stories import BERLIN_MORNING, EMBARGOED, FLASH, NOON, everything, paragraph, text

NAMESPACES = {"g": "http://iptc.org/std/nar/2006-10-01/", "h": "http://www.w3.org/1999/xhtml"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PDF = Companion(
    Format(name="pdf", media_type="application/pdf", suffix=".pdf", title="PDF"), "the bridge.pdf", b"%PDF-1.7"
)


def client(article: Article) -> Article:
    """Return what clients may see."""
    seen = view(article, "client")
    assert isinstance(seen, Article)
    return seen


EVERYTHING = client(everything())


def written(article: Article, context: Context | None = None, **options: Any) -> bytes:
    return NewsmlG2Writer().write(article, NewsmlG2Options(**options), context or Context(document=article))


def item(article: Article, **options: Any) -> Any:
    return etree.fromstring(written(article, **options))


def values(article: Article, path: str, **options: Any) -> list[str]:
    """Return what an XPath finds, elements as their text."""
    found = item(article, **options).xpath(path, namespaces=NAMESPACES)
    return [each if isinstance(each, str) else "".join(each.itertext()).strip() for each in found]


def value(article: Article, path: str, **options: Any) -> str:
    (only,) = values(article, path, **options)
    return only


def changed(**fields: Any) -> Article:
    return structs.replace(FLASH, **fields)


def codes(article: Article, **options: Any) -> list[tuple[str, str | None]]:
    context = Context(document=article)
    written(article, context, **options)
    return [(notice.code, notice.where) for notice in context.notices]


# The item


def test_it_is_one_bare_news_item_of_2_35_power() -> None:
    root = item(FLASH)
    assert root.tag == "{http://iptc.org/std/nar/2006-10-01/}newsItem"
    assert {name: root.get(name) for name in ("standard", "standardversion", "conformance", "guid", "version")} == {
        "standard": "NewsML-G2",
        "standardversion": "2.35",
        "conformance": "power",
        "guid": FLASH.guid,
        "version": "1",
    }


@pytest.mark.parametrize(("language", "direction"), [("en-US", "ltr"), ("ar", "rtl"), ("und", "ltr")])
def test_language_and_direction_are_said_of_item_and_body(language: str, direction: str) -> None:
    root = item(changed(language=language))
    (html,) = root.iter("{http://www.w3.org/1999/xhtml}html")
    for element in (root, html):
        assert (element.get(XML_LANG), element.get("dir")) == (language, direction)
    assert value(changed(language=language), "g:contentMeta/g:language/@tag") == language


def test_the_catalog_is_named_by_its_exact_address() -> None:
    assert value(FLASH, "g:catalogRef/@href") == vocab.CATALOG


def test_own_schemes_are_declared_below_the_provider_and_only_when_used() -> None:
    assert values(changed(kind="story"), "g:catalog") == []
    assert values(changed(kind="story", kicker="Harbour"), "g:catalog/g:scheme/@uri") == [
        "https://example.com/cv/headlinerole/"
    ]


def test_own_schemes_without_a_web_address_are_named_by_urns() -> None:
    article = changed(kind="story", kicker="Harbour", provider=Provider("Example News"))
    assert value(article, "g:catalog/g:scheme/@uri") == "urn:newsexport:cv:headlinerole:"


def test_every_alias_is_declared() -> None:
    root = item(EVERYTHING)
    declared = set(root.xpath("g:catalog/g:scheme/@alias", namespaces=NAMESPACES))
    used = root.xpath("//g:*/@qcode | //g:*/@role | //g:*/@rel | //g:*/@type", namespaces=NAMESPACES)
    aliases = {code.partition(":")[0] for code in used}
    assert not {alias for alias in aliases if alias not in declared and vocab.scheme(alias) is None}


def test_houses_declare_their_schemes_by_option() -> None:
    article = changed(services=("acme:sport",), subjects=(Subject("x1", scheme="acme", name="Yachts"),))
    schemes = {"acme": "https://acme.example/codes/"}
    assert value(article, "g:catalog/g:scheme[@alias='acme']/@uri", schemes=schemes) == schemes["acme"]
    assert value(article, "g:itemMeta/g:service/@qcode", schemes=schemes) == "acme:sport"
    assert value(article, "g:contentMeta/g:subject/@qcode", schemes=schemes) == "acme:x1"


# Rights


def test_rights_name_holder_terms_and_who_answers_for_the_story() -> None:
    assert values(EVERYTHING, "g:rightsInfo/*") == [
        "Rita Chief",
        "Example News",
        "© 2025 Example News. All rights reserved.",
        "For editorial use by subscribers only.",
        "",
    ]


@pytest.mark.parametrize(("holder", "uri"), [("Example News", ["https://example.com/"]), ("Other", [])])
def test_the_holder_has_the_providers_uri_when_they_are_one(holder: str, uri: list[str]) -> None:
    assert values(changed(copyright_holder=holder), "g:rightsInfo/g:copyrightHolder/@uri") == uri


@pytest.mark.parametrize(
    ("mining", "code"),
    [
        ("allowed", "ALLOWED"),
        ("prohibited", "PROHIBITED"),
        ("prohibited-ai-training", "PROHIBITED-AIMLTRAINING"),
        ("prohibited-genai-training", "PROHIBITED-GENAIMLTRAINING"),
        ("prohibited-except-search", "PROHIBITED-EXCEPTSEARCHENGINEINDEXING"),
    ],
)
def test_data_mining_is_said_in_the_terms_of_plus(mining: DataMining, code: str) -> None:
    uri = f"http://ns.useplus.org/ldf/vocab/DMI-{code}"
    assert value(changed(data_mining=mining), "g:rightsInfo/g:dataMining/@uri") == uri


def test_an_article_without_rights_has_no_rights_info() -> None:
    assert values(FLASH, "g:rightsInfo") == []


# Status


def test_usable_copy_says_so() -> None:
    assert value(FLASH, "g:itemMeta/g:pubStatus/@qcode") == "stat:usable"


def test_copy_without_a_provider_is_withheld_and_noticed() -> None:
    article = changed(provider=None)
    assert value(article, "g:itemMeta/g:pubStatus/@qcode") == "stat:withheld"
    assert value(article, "g:itemMeta/g:provider/@literal") == "unknown"
    assert codes(article) == [("newsml-g2.no-provider", "provider")]


def test_an_embargo_stays_usable_with_its_moment_and_a_word_to_the_desk() -> None:
    article = structs.replace(EMBARGOED, embargo=Embargo(BERLIN_MORNING, "Sperrfrist: 6 Uhr"))
    assert value(article, "g:itemMeta/g:embargoed") == "2025-02-25T06:00:00+01:00"
    assert value(article, "g:itemMeta/g:pubStatus/@qcode") == "stat:usable"
    assert values(article, "g:itemMeta/g:edNote") == [
        "SPERRFRIST bis 25. Februar 2025, 06:00 UTC+1:00",
        "Sperrfrist: 6 Uhr",
    ]


def test_an_embargo_until_further_notice_is_a_hold() -> None:
    article = structs.replace(EMBARGOED, embargo=Embargo(text="Sperrfrist: Rede"))
    assert value(article, "g:itemMeta/g:pubStatus/@qcode") == "stat:withheld"
    assert values(article, "g:itemMeta/g:embargoed") == []
    assert "SPERRFRIST bis auf Weiteres" in values(article, "g:itemMeta/g:edNote")
    assert value(article, "g:itemMeta/g:itemMetaExtProperty[@rel='nxproperty:embargo']/@value") == "indefinite"
    assert codes(article) == [("newsml-g2.embargo-withheld", "embargo")]


def test_withheld_copy_is_withheld_and_keeps_its_body() -> None:
    article = structs.replace(EMBARGOED, pub_status="withheld")
    assert value(article, "g:itemMeta/g:pubStatus/@qcode") == "stat:withheld"
    assert values(article, "//h:body/h:p") == ["Der Haushalt ist beschlossen."]


def test_a_kill_leaves_nothing_but_metadata_and_the_note() -> None:
    note = EdNote("KILL: wrong ship", role="kill", audience="client")
    article = client(structs.replace(everything(), version=4, pub_status="canceled", notes=(note,)))
    root = item(article)
    (contents,) = root.xpath("g:contentSet", namespaces=NAMESPACES)
    assert len(contents) == 0
    assert value(article, "g:itemMeta/g:pubStatus/@qcode") == "stat:canceled"
    assert "KILL: wrong ship" in values(article, "g:itemMeta/g:edNote[@role='nxnote:kill']")
    assert values(article, "g:itemMeta/g:signal") == []
    assert value(article, "g:contentMeta/g:slugline") == "BRIDGE-COLLISION"
    assert b"container ship" not in etree.tostring(root)


# Versions


@pytest.mark.parametrize(
    ("version", "corrections", "signals"),
    [
        (1, (), []),
        (2, (), ["sig:update"]),
        (2, (Correction(public_text="Length.", version=2),), ["sig:correction"]),
        (2, (Correction(kind="retraction", public_text="Length.", version=2),), ["sig:correction"]),
        (3, (Correction(public_text="Length.", version=2),), ["sig:update"]),
        (2, (Correction(kind="update", public_text="More.", version=2),), ["sig:update"]),
    ],
)
def test_signals_follow_from_the_version(version: int, corrections: tuple[Correction, ...], signals: list[str]) -> None:
    article = changed(version=version, corrections=corrections)
    assert values(article, "g:itemMeta/g:signal/@qcode") == signals


def test_signals_given_are_written_once() -> None:
    article = changed(version=2, signals=("sig:update", "sig:routing"))
    assert values(article, "g:itemMeta/g:signal/@qcode") == ["sig:update", "sig:routing"]


def test_a_correction_is_public_in_the_body_and_exact_for_the_desk() -> None:
    assert value(EVERYTHING, "g:itemMeta/g:edNote[@role='nxnote:correction']").endswith("900 metres → 800 metres")
    last = item(EVERYTHING).xpath("//h:body/h:p", namespaces=NAMESPACES)[-1]
    assert last.text == "An earlier version misstated the length of the bridge."


def test_links_name_what_it_replaces_translates_and_belongs_to() -> None:
    article = changed(
        evolved_from="urn:x-test:1",
        translation_of="urn:x-test:2",
        related=(
            Related("see-also", "https://example.com/port", "The port"),
            Related("derived-from", "urn:x-test:3"),
            Related("depends-on", "story 7"),
            Related("picture", "urn:x-test:4"),
        ),
    )
    links = item(article).xpath("g:itemMeta/g:link", namespaces=NAMESPACES)
    assert [(link.get("rel"), link.get("href") or link.get("residref")) for link in links] == [
        ("irel:evolvedFrom", "urn:x-test:1"),
        ("nxrelation:translationOf", "urn:x-test:2"),
        ("irel:seeAlso", "https://example.com/port"),
        ("irel:derivedFrom", "urn:x-test:3"),
        ("irel:dependsOn", "story 7"),
        ("irel:associatedWith", "urn:x-test:4"),
    ]
    assert links[2].get("title") == "The port"


def test_dates_stand_where_they_belong() -> None:
    assert value(EVERYTHING, "g:itemMeta/g:versionCreated") == "2025-02-24T12:00:00Z"
    assert value(EVERYTHING, "g:itemMeta/g:firstCreated") == "2025-02-24T09:00:00Z"
    assert value(EVERYTHING, "g:itemMeta/g:expires") == "2025-03-26T12:00:00Z"
    assert value(EVERYTHING, "g:contentMeta/g:contentCreated") == "2025-02-24T10:00:00Z"
    assert value(EVERYTHING, "g:contentMeta/g:contentModified") == "2025-02-24T12:00:00Z"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (NOON, "2025-02-24T12:00:00Z"),
        (BERLIN_MORNING, "2025-02-25T06:00:00+01:00"),
        (datetime(2025, 2, 24, 12, 0, 0, 250000, tzinfo=UTC), "2025-02-24T12:00:00.250000Z"),
        (datetime(2025, 2, 24, 12, 0, tzinfo=timezone(timedelta(minutes=53, seconds=28))), "2025-02-24T11:06:32Z"),
        (datetime(2025, 2, 24, 12, 0, tzinfo=timezone(timedelta(hours=15))), "2025-02-23T21:00:00Z"),
    ],
)
def test_moments_are_written_as_xml_schema_has_them(moment: datetime, expected: str) -> None:
    assert stamp(moment) == expected


# Content metadata


def test_topics_carry_their_name_and_broader_topics() -> None:
    subject = "g:contentMeta/g:subject[@qcode='medtop:20000639']"
    assert value(EVERYTHING, f"{subject}/@type") == "cpnat:abstract"
    assert value(EVERYTHING, f"{subject}/g:name") == "diplomacy"
    assert value(EVERYTHING, f"{subject}/g:name/@xml:lang") == "en"
    assert values(EVERYTHING, f"{subject}/g:broader/@qcode") == ["medtop:20000638", "medtop:11000000"]


def test_topics_say_why_how_sure_and_by_whom() -> None:
    subject = Subject("20000639", why="why:direct", confidence=90, creator="robot 7")
    path = "g:contentMeta/g:subject"
    assert value(changed(subjects=(subject,)), f"{path}/@why") == "why:direct"
    assert value(changed(subjects=(subject,)), f"{path}/@confidence") == "90"
    assert value(changed(subjects=(subject,)), f"{path}/@creator") == "nxassigner:robot_7"
    by_uri = structs.replace(subject, creator="https://example.com/robot")
    assert value(changed(subjects=(by_uri,)), f"{path}/@creatoruri") == "https://example.com/robot"


def test_a_retired_topic_is_written_by_name_only() -> None:
    article = changed(subjects=(Subject("20000030"), Subject("20000639", broader=(Subject("20000030"),))))
    assert b"medtop:20000030" not in written(article)
    assert values(article, "g:contentMeta/g:subject[1]/g:name") == ["music theatre"]
    assert codes(article) == [
        ("newsml-g2.topic-retired", "subjects[0]"),
        ("newsml-g2.topic-retired", "subjects[1].broader[0]"),
    ]


def test_an_unknown_topic_is_written_and_noticed() -> None:
    article = changed(subjects=(Subject("99999999", name="Moon bases"),))
    assert value(article, "g:contentMeta/g:subject/@qcode") == "medtop:99999999"
    assert codes(article) == [("newsml-g2.topic-unknown", "subjects[0]")]


def test_people_organisations_places_and_events_are_subjects_of_their_nature() -> None:
    subjects = item(EVERYTHING).xpath("g:contentMeta/g:subject[position() > 2]", namespaces=NAMESPACES)
    assert [(each.get("type"), each.get("qcode") or each.get("literal")) for each in subjects] == [
        ("cpnat:person", "wikidata:Q1"),
        ("cpnat:organisation", "Port Authority"),
        ("cpnat:geoArea", "Harbour City"),
        ("cpnat:event", "Bridge collision 2025"),
    ]


def test_a_concept_with_both_names_says_that_they_are_one() -> None:
    person = Concept(name="Ada", qcode="wikidata:Q1", uri="http://www.wikidata.org/entity/Q1")
    path = "g:contentMeta/g:subject/g:sameAs/@uri"
    assert value(changed(people=(person,)), path) == "http://www.wikidata.org/entity/Q1"


def test_creators_are_named_only_where_there_is_a_byline() -> None:
    authors = (Author("Jane Roe", role="chief reporter"),)
    assert values(changed(authors=authors), "g:contentMeta/g:creator") == []
    named = changed(authors=authors, byline="By Jane Roe")
    assert value(named, "g:contentMeta/g:creator/g:name") == "Jane Roe"
    assert value(named, "g:contentMeta/g:creator/@role") == "nxauthor:chief_reporter"


def test_headlines_for_other_uses_have_roles() -> None:
    article = changed(kicker="Harbour", alt_headlines=(AltHeadline("short", "Bridge closed"),))
    headlines = item(article).xpath("g:contentMeta/g:headline", namespaces=NAMESPACES)
    assert [(each.get("role"), each.text) for each in headlines] == [
        (None, "Bridge closed after collision"),
        ("nxheadline:kicker", "Harbour"),
        ("nxheadline:short", "Bridge closed"),
    ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("g:urgency", "3"),
        ("g:located/@qcode", "geonames:4140963"),
        ("g:infoSource/g:name", "Port Authority"),
        ("g:genre/@qcode", "genre:Analysis"),
        ("g:keyword[1]", "Ports & Harbours"),
        ("g:slugline", "BRIDGE-COLLISION"),
        ("g:slugline/@separator", "-"),
        ("g:dateline", "HARBOUR CITY, Feb. 24 (EN) —"),
        ("g:by", "By Jane Roe and João Müller"),
        ("g:creditline", "Example News"),
        ("g:description[@role='drol:summary']", "A ship hit the bridge & nobody was hurt."),
    ],
)
def test_every_field_has_its_element(path: str, expected: str) -> None:
    assert value(EVERYTHING, f"g:contentMeta/{path}") == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("label", "analysis"), ("priority", "4"), ("take", "2nd Lead"), ("kind", "alert")]
)
def test_what_the_standard_has_no_element_for_is_a_property(name: str, expected: str) -> None:
    article = structs.replace(EVERYTHING, kind="alert")
    assert value(article, f"g:itemMeta/g:itemMetaExtProperty[@rel='nxproperty:{name}']/@value") == expected


@pytest.mark.parametrize(
    ("ai_use", "code"),
    [("generated", "trainedAlgorithmicMedia"), ("assisted", "compositeWithTrainedAlgorithmicMedia")],
)
def test_what_a_machine_wrote_is_said_to_programs_and_readers(ai_use: str, code: str) -> None:
    article = changed(ai_use=ai_use)
    uri = f"http://cv.iptc.org/newscodes/digitalsourcetype/{code}"
    assert value(article, "g:contentMeta/g:digitalSourceType/@uri") == uri
    assert "artificial intelligence" in values(article, "//h:body/h:p[1]")[0]


def test_footnotes_of_the_standfirst_follow_it_in_brackets() -> None:
    article = changed(standfirst=(Text("Ten ships"), FootnoteRef((paragraph("Of the port."),))))
    assert value(article, "g:contentMeta/g:description") == "Ten ships (Of the port.)"


def test_internal_names_are_kept_for_the_house() -> None:
    article = changed(alt_ids={"wordpress": "123"})
    assert value(article, "g:contentMeta/g:altId[@type='nxaltid:wordpress']") == "123"


def test_no_administrative_element_follows_a_descriptive_one() -> None:
    names = [etree.QName(each).localname for each in item(EVERYTHING).find("g:contentMeta", NAMESPACES)]
    administrative = {"urgency", "contentCreated", "contentModified", "digitalSourceType", "located", "infoSource"}
    last = max(index for index, name in enumerate(names) if name in administrative | {"creator", "altId"})
    assert last < names.index("language")


def test_empty_strings_leave_no_elements() -> None:
    article = changed(byline="", keywords=("",), notes=(EdNote(""),), info_sources=("",), people=(Concept(),))
    assert values(article, "g:contentMeta/g:by | g:contentMeta/g:keyword | g:contentMeta/g:subject") == []


# The body


def test_the_body_is_flat_xhtml_with_a_title_and_the_headline() -> None:
    assert value(EVERYTHING, "g:contentSet/g:inlineXML/@contenttype") == "application/xhtml+xml"
    assert value(EVERYTHING, "//h:head/h:title") == "Bridge closed: what we know"
    assert value(EVERYTHING, "//h:body/h:h1") == "Bridge closed: what we know"
    assert values(EVERYTHING, "//h:section | //h:article | //h:div | //@class | //h:script") == []


def test_all_words_of_the_body_are_in_the_body() -> None:
    found = set(walk.words(value(EVERYTHING, "//h:body")))
    wanted = {word for block in EVERYTHING.body for word in walk.words(walk.block_text(block))}
    assert not wanted - found


def test_what_readers_must_be_told_stands_first() -> None:
    article = changed(kind="advisory", label="sponsored", ai_use="generated", pub_status="withheld")
    assert values(article, "//h:body/*") == [
        "Sponsored content",
        "Written by artificial intelligence",
        "Bridge closed after collision",
    ]
    assert values(article, "g:itemMeta/g:edNote") == [
        "HOLD: not for publication until released",
        "Advisory to editors: not for publication",
    ]


def test_foreign_words_keep_their_language() -> None:
    article = structs.replace(EMBARGOED, headline=(Span(text("Quelle surprise"), lang="fr"),))
    assert value(article, "//h:h1/h:span/@xml:lang") == "fr"


def test_words_are_counted_without_the_headline() -> None:
    assert value(EMBARGOED, "//g:inlineXML/@wordcount") == "4"


# Renditions beside the story


def linked(name: str | None) -> tuple[Any, Context]:
    context = Context(document=FLASH, renditions={Request("pdf"): structs.replace(PDF, name=name)})
    return etree.fromstring(written(FLASH, context, link_renditions=("pdf",))), context


def test_other_renditions_are_required_first() -> None:
    options = NewsmlG2Options(link_renditions=("pdf", "docx"))
    assert NewsmlG2Writer().requires(FLASH, options) == (Request("pdf"), Request("docx"))
    assert NewsmlG2Writer().requires(changed(pub_status="canceled"), options) == ()


def test_a_file_is_listed_with_its_size_and_hash() -> None:
    root, context = linked("the bridge.pdf")
    (remote,) = root.xpath("g:contentSet/g:remoteContent", namespaces=NAMESPACES)
    assert dict(remote.attrib) == {
        "rendition": "nxrendition:pdf",
        "href": "the%20bridge.pdf",
        "contenttype": "application/pdf",
        "size": "8",
    }
    assert remote[0].text == hashlib.sha256(PDF.data).hexdigest()
    assert context.notices == ()


def test_what_is_not_saved_is_not_listed() -> None:
    root, context = linked(None)
    assert root.xpath("//g:remoteContent", namespaces=NAMESPACES) == []
    assert [notice.code for notice in context.notices] == ["newsml-g2.rendition-unsaved"]


def test_what_could_not_be_made_is_a_loss() -> None:
    context = Context(document=FLASH)
    written(FLASH, context, link_renditions=("pdf",))
    assert [(notice.code, notice.kind) for notice in context.notices] == [("newsml-g2.rendition-missing", Kind.LOSS)]


# Faults


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"guid": "story 7"}, "guid"),
        ({"guid": "story"}, "guid"),
        ({"canonical_url": "https://example.com/a b"}, "canonical_url"),
        ({"provider": Provider("Example", "example.com")}, "provider.uri"),
        ({"people": (Concept(name="Ada", uri="ada"),)}, "people[0].uri"),
        ({"authors": (Author("Ada", uri="https://[bad"),)}, "authors[0].uri"),
        ({"subjects": (Subject("1", scheme="acme"),)}, "subjects[0]"),
        ({"subjects": (Subject("two words"),)}, "subjects[0]"),
        ({"subjects": (Subject("20000639", why="direct"),)}, "subjects[0].why"),
        ({"subjects": (Subject("20000639", broader=(Subject("1", scheme="acme"),)),)}, "subjects[0].broader[0]"),
        ({"people": (Concept(qcode="acme:1"),)}, "people[0].qcode"),
        ({"genre": Concept(qcode="Analysis")}, "genre.qcode"),
        ({"located": (Concept(qcode="geonames: 1"),)}, "located[0].qcode"),
        ({"signals": ("update",)}, "signals[0]"),
        ({"first_created": NOON + timedelta(seconds=1)}, "first_created"),
        ({"published": NOON, "updated": NOON - timedelta(1)}, "published"),
        ({"embargo": Embargo(NOON), "expires": NOON - timedelta(1)}, "embargo.until"),
        ({"urgency": 10}, "urgency"),
    ],
)
def test_faults_of_the_article_are_refused_with_their_place(fields: dict[str, Any], where: str) -> None:
    with pytest.raises(ArticleError) as caught:
        written(changed(**fields))
    assert caught.value.where == where
    assert caught.value.hint


def test_all_faults_are_listed_at_once() -> None:
    article = changed(guid="story", signals=("update",), urgency=0)
    with pytest.raises(ArticleError, match="also urgency: 0 is no urgency; also signals\\[0\\]: 'update' is no QCode"):
        written(article)


@pytest.mark.parametrize(
    ("candidate", "expected"),
    [
        ("urn:newsml:example.com:20250224:fire", True),
        ("tag:example.com,2025:1", True),
        ("https://example.com/?p=1#top", True),
        ("https://example.com/é", True),
        ("https://example.com/%zz", False),
        ("https://example.com/#a#b", False),
        ("https://a@b@c/", False),
        ("https://example.com:99999/", False),
        ("https://example.com:/", False),
        ("7:1", False),
        ("urn:", False),
        ("", False),
    ],
)
def test_uris_are_told_from_other_strings(candidate: str, expected: bool) -> None:
    assert is_uri(candidate) is expected


def test_an_edition_is_no_item() -> None:
    with pytest.raises(UnsupportedError) as caught:
        NewsmlG2Writer().write(Edition(), NewsmlG2Options(), Context())
    assert caught.value.hint == "export its articles one by one"


@pytest.mark.parametrize(
    "item",
    [b"<newsItem>", b"<newsItem/>", written(FLASH).replace(b"<h1>", b"<h1 onclick='x'>")],
    ids=["ill-formed", "invalid", "a script"],
)
def test_the_guard_lets_nothing_else_out(item: bytes) -> None:
    with pytest.raises(WriterError) as caught:
        guard(item)
    assert "report" in str(caught.value.hint)


@pytest.mark.parametrize(
    "options",
    [
        {"link_renditions": ("newsml-g2",)},
        {"schemes": {"7up": "https://acme.example/"}},
        {"schemes": {"nxnote": "https://acme.example/"}},
        {"schemes": {"medtop": "https://acme.example/"}},
        {"schemes": {"acme": "acme"}},
    ],
)
def test_impossible_options_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as caught:
        NewsmlG2Options(**options)
    assert caught.value.hint


def test_equal_options_are_one_key() -> None:
    first, second = (NewsmlG2Options(schemes={"acme": "https://acme.example/"}) for _ in range(2))
    assert {Request("newsml-g2", first): 1}[Request("newsml-g2", pickle.loads(pickle.dumps(second)))] == 1


# The whole


def test_another_library_reads_it_back() -> None:
    library = import_module("NewsMLG2")  # without types of its own
    read = library.NewsMLG2Document(written(EVERYTHING)).get_item()
    assert (read.guid, read.version) == (EVERYTHING.guid, "3")
    assert str(read.contentmeta.headline[0]) == "Bridge closed: what we know"
    assert len(read.contentmeta.subject) == 6


def test_everything_is_written_without_a_notice() -> None:
    assert codes(EVERYTHING) == []


def test_another_process_makes_the_same_bytes() -> None:
    code = (
        "import sys\n"
        "from newsexport.model.codec import decode\n"
        "from newsexport.spi import Context\n"
        "from newsexport.writers.newsml_g2 import NewsmlG2Options, NewsmlG2Writer\n"
        "document = decode(sys.stdin.buffer.read())\n"
        "sys.stdout.buffer.write(NewsmlG2Writer().write(document, NewsmlG2Options(), Context(document=document)))\n"
    )
    environment = {"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    done = subprocess.run(
        [sys.executable, "-c", code], input=encode(EVERYTHING), env=environment, capture_output=True, check=True
    )
    assert done.stdout == written(EVERYTHING)
