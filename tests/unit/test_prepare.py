"""The gate: what is completed, from where, and what is refused."""

from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

import pytest
from msgspec import structs

from newsexport import ArticleError, Kind, Notice, prepare
from newsexport.model import Article, Dateline, Document, Edition, Provider, Section
from stories import NOON, everything, text

HOUSE = {"provider": {"name": "Example News", "uri": "https://example.com/"}, "language": "en-GB"}
STORY = Article(headline=text("Hi"), guid="urn:x:1", language="en", version_created=NOON)


def prepared(document: Document, **settings: object) -> tuple[Article, list[Notice]]:
    notices: list[Notice] = []
    article = prepare(document, report=notices.append, **settings)  # type: ignore[arg-type]  # tables of tests
    assert isinstance(article, Article)
    return article, notices


def test_prepared_document_is_returned_itself() -> None:
    story = everything()
    assert prepare(story) is story
    assert prepare(STORY) is STORY


def test_flags_overrule_the_sidecar_overrules_the_document_overrules_the_house() -> None:
    house = {"kicker": "house", "byline": "house", "slugline": "house", "take": "house"}
    sidecar = {"kicker": "sidecar", "byline": "sidecar"}
    story = structs.replace(STORY, kicker="document", byline="document", slugline="document")
    article, _ = prepared(story, house=house, sidecar=sidecar, flags={"kicker": "flag"})
    assert (article.kicker, article.byline, article.slugline, article.take) == ("flag", "sidecar", "document", "house")


def test_tables_are_filled_up_not_replaced() -> None:
    story = structs.replace(STORY, dateline=Dateline(text="PARIS —", run_in=False))
    article, _ = prepared(story, sidecar={"dateline": {"place": "PARIS"}})
    assert article.dateline == Dateline(text="PARIS —", place="PARIS", run_in=False)


def test_bare_headline_becomes_inlines() -> None:
    assert prepared(STORY, flags={"headline": "New"})[0].headline == text("New")


def test_guid_is_derived_from_provider_and_origin_never_from_the_text() -> None:
    one, notices = prepared(structs.replace(STORY, guid=""), origin="a/story.txt", house=HOUSE)
    other, _ = prepared(structs.replace(STORY, guid="", headline=text("Other")), origin="a/story.txt", house=HOUSE)
    elsewhere, _ = prepared(structs.replace(STORY, guid=""), origin="b/story.txt", house=HOUSE)
    assert one.guid == other.guid != elsewhere.guid
    assert one.guid.startswith("urn:uuid:")
    assert [(each.code, each.kind, each.where) for each in notices] == [("guid.derived", Kind.GUESS, "guid")]


def test_guid_is_derived_from_the_address_of_the_story_wherever_its_file_lies() -> None:
    story = structs.replace(STORY, guid="", canonical_url="https://example.com/bridge")
    one, notices = prepared(story, origin="a/story.html", house=HOUSE)
    other, _ = prepared(structs.replace(story, headline=text("Other")), origin=None)
    assert one.guid == other.guid == "urn:uuid:" + str(uuid5(NAMESPACE_URL, "https://example.com/bridge"))
    assert "https://example.com/bridge" in notices[0].message


def test_guid_is_refused_where_nothing_can_tell_it() -> None:
    with pytest.raises(ArticleError, match="no guid") as caught:
        prepare(structs.replace(STORY, guid=""))
    assert caught.value.hint is not None
    assert "--guid" in caught.value.hint


@pytest.mark.parametrize("guid", ["story 1", "12345", "urn:x: y", "http://<x>"])
def test_guid_must_be_a_uri(guid: str) -> None:
    with pytest.raises(ArticleError) as caught:
        prepare(structs.replace(STORY, guid=guid))
    assert caught.value.where == "guid"


def test_unknown_language_is_marked_as_undetermined() -> None:
    article, notices = prepared(structs.replace(STORY, language=""))
    assert article.language == "und"
    assert [each.code for each in notices] == ["language.undetermined"]


def test_invalid_language_is_repaired_on_the_wire_and_refused_when_strict() -> None:
    story = structs.replace(STORY, language="english (US)")
    article, notices = prepared(story)
    assert article.language == "und"
    assert [each.code for each in notices] == ["language.invalid"]
    with pytest.raises(ArticleError, match="no language tag"):
        prepare(story, posture="strict")


UNDATED = structs.replace(STORY, version_created=None)


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        (structs.replace(UNDATED, updated=NOON, published=NOON - timedelta(1)), NOON),
        (structs.replace(UNDATED, published=NOON, first_created=NOON - timedelta(1)), NOON),
        (structs.replace(UNDATED, first_created=NOON), NOON),
    ],
)
def test_version_created_is_taken_from_the_newest_date_stated(story: Article, expected: datetime) -> None:
    article, notices = prepared(story, now=NOON + timedelta(9))
    assert article.version_created == expected
    assert notices == []


def test_missing_date_is_now_then_source_date_epoch_then_1980(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assumed, notices = prepared(UNDATED)
    assert assumed.version_created == datetime(1980, 1, 1, tzinfo=UTC)
    assert [each.code for each in notices] == ["date.assumed"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert prepared(UNDATED)[0].version_created == datetime(1970, 1, 2, tzinfo=UTC)
    assert prepared(UNDATED, now=NOON) == (structs.replace(UNDATED, version_created=NOON), [])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(ArticleError, match="SOURCE_DATE_EPOCH"):
        prepare(UNDATED)


def test_first_created_after_version_created_is_left_out() -> None:
    story = structs.replace(STORY, first_created=NOON + timedelta(1))
    article, notices = prepared(story)
    assert article.first_created is None
    assert [each.code for each in notices] == ["date.order"]


def test_updated_before_published_is_left_out() -> None:
    story = structs.replace(STORY, published=NOON, updated=NOON - timedelta(1))
    article, notices = prepared(story)
    assert (article.published, article.updated) == (NOON, None)
    assert [each.code for each in notices] == ["date.order"]


def test_naive_date_is_refused_with_its_path() -> None:
    with pytest.raises(ArticleError) as caught:
        prepare(STORY, flags={"published": datetime(2025, 1, 1)})  # what is tested
    assert caught.value.where == "published"


def test_lone_surrogate_is_taken_out() -> None:
    article, notices = prepared(structs.replace(STORY, kicker="a\ud800b"))
    assert article.kicker == "ab"
    assert [each.code for each in notices] == ["text.surrogate"]


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(ArticleError, match="str is no document"):
        prepare("story")  # type: ignore[arg-type]  # what is tested


def test_edition_completes_itself_and_its_articles() -> None:
    edition = Edition(title="Weekend", sections=(Section("News", (Article(headline=text("Hi")),)),))
    done = prepare(edition, house=HOUSE, origin="weekend.toml", now=NOON)
    assert isinstance(done, Edition)
    (article,) = done.sections[0].articles
    assert done.publisher == article.provider == Provider("Example News", "https://example.com/")
    assert (done.language, article.language, done.date) == ("en-GB", "en-GB", NOON.date())
    assert article.guid != done.guid
    assert prepare(done) is done
