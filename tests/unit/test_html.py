"""The HTML writer."""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import date
from itertools import pairwise
from typing import Any

import lxml.html
import pytest
from msgspec import structs

from newsexport.model import Article, Author, Document, Edition, Embargo, Figure, Image, Provider, Section, view
from newsexport.spi import Context
from newsexport.writers.html import HtmlOptions, HtmlWriter
from stories import EMBARGOED, FLASH, PICTURES, everything, paragraph, png, text

EDITION = Edition(
    guid="urn:newsml:example.com:20250224:weekend",
    title="Weekend",
    date=date(2025, 2, 24),
    language="en-US",
    publisher=Provider("Example News"),
    sections=(Section("World", (everything(), FLASH)), Section("Empty"), Section("Politics", (EMBARGOED,))),
)


def written(document: Document, options: HtmlOptions | None = None) -> str:
    context = Context(document=document, assets={asset.uri: asset for asset in PICTURES})
    data = HtmlWriter().write(document, options or HtmlOptions(), context)
    assert context.notices == ()
    return data.decode()


def parsed(page: str) -> Any:
    return lxml.html.document_fromstring(page)


def linked_data(page: str) -> dict[str, object]:
    (found,) = parsed(page).xpath("//script")
    assert found.get("type") == "application/ld+json"
    data: dict[str, object] = json.loads(found.text)
    return data


def public() -> Article:
    viewed = view(everything(), "public")
    assert isinstance(viewed, Article)
    return viewed


def test_a_page_names_its_language_title_and_summary() -> None:
    root = parsed(written(public()))
    assert (root.get("lang"), root.get("dir")) == ("en-US", "ltr")
    assert root.findtext("head/title") == "Bridge closed: what we know"
    assert root.xpath("//meta[@name='description']/@content") == ["A ship hit the bridge & nobody was hurt."]
    assert root.xpath("//link[@rel='canonical']/@href") == ["https://example.com/bridge"]


def test_search_engines_are_told_who_wrote_what_when() -> None:
    data = linked_data(written(public()))
    assert data["@type"] == "AnalysisNewsArticle"
    assert data["headline"] == "Bridge closed: what we know"
    assert data["datePublished"] == "2025-02-24T10:00:00+00:00"
    assert data["author"] == [
        {"@type": "Person", "name": "Jane Roe", "url": "https://example.com/jane"},
        {"@type": "Person", "name": "João Müller"},
    ]
    assert data["publisher"] == {
        "@type": "NewsMediaOrganization",
        "name": "Example News",
        "url": "https://example.com/",
    }
    assert data["inLanguage"] == "en-US"


def test_nobody_is_named_as_author_without_a_byline() -> None:
    assert "author" not in linked_data(written(structs.replace(FLASH, authors=(Author("Jane Roe"),))))


def test_no_words_break_out_of_a_script_or_an_attribute() -> None:
    hostile = '</script><!-- <script>alert(1)</script> " onload="x'
    article = structs.replace(FLASH, headline=text(hostile), standfirst=text(hostile), keywords=(hostile,))
    page = written(article)
    assert linked_data(page)["headline"] == hostile
    root = parsed(page)
    assert len(root.xpath("//script")) == 1
    assert root.xpath("//meta[@name='description']/@content") == [hostile]
    assert root.xpath("//@onload") == []


def test_pictures_are_carried_within_the_page() -> None:
    sources = parsed(written(public())).xpath("//img/@src")
    assert b64decode(str(sources[0]).removeprefix("data:image/png;base64,")) == png()


@pytest.mark.parametrize(
    ("uri", "expected"),
    [("https://example.com/a b.png", "https://example.com/a%20b.png"), ("pictures/a.png", "pictures/a.png")],
)
def test_pictures_are_linked_on_demand(uri: str, expected: str) -> None:
    article = structs.replace(FLASH, images=(Image(uri, alt="A ship"),))
    page = written(article, HtmlOptions(images="link"))
    assert parsed(page).xpath("//img/@src") == [expected]


def test_a_picture_not_found_is_words_and_a_loss() -> None:
    article = structs.replace(
        FLASH, body=(Figure(Image("no.png", alt="A ship")), Figure(Image("no.png", decorative=True)))
    )
    context = Context(document=article)
    page = HtmlWriter().write(article, HtmlOptions(), context).decode()
    assert "[picture not available: A ship]" in page
    assert [(notice.code, notice.where) for notice in context.notices] == [("image.missing", "body[0].media")]


def test_a_fragment_is_an_article_and_nothing_around_it() -> None:
    shown = written(structs.replace(FLASH, body=(paragraph("Text"),)), HtmlOptions(page=False))
    assert shown.startswith('<article lang="en-US" dir="ltr">\n')
    assert shown.endswith("</article>\n")
    assert "<style" not in shown


@pytest.mark.parametrize("changes", [{"pub_status": "withheld"}, {"embargo": Embargo()}, {"pub_status": "canceled"}])
def test_search_engines_are_kept_off_what_is_held_back(changes: dict[str, Any]) -> None:
    assert '<meta name="robots" content="noindex"/>' in written(structs.replace(FLASH, **changes))
    assert "noindex" not in written(FLASH)


def test_an_edition_is_one_page_with_contents() -> None:
    root = parsed(written(EDITION))
    ids = [str(name) for name in root.xpath("//@id")]
    assert len(ids) == len(set(ids))
    assert [str(href)[1:] for href in root.xpath("//nav//a/@href")] == [f"article{number}" for number in (1, 2, 3)]
    assert {f"article{number}" for number in (1, 2, 3)} <= set(ids)
    assert [heading.text for heading in root.xpath("//main/section/h2")] == ["World", "Politics"]


def test_headings_of_an_edition_never_skip_a_level() -> None:
    headings = parsed(written(EDITION)).xpath("//h1|//h2|//h3|//h4|//h5|//h6")
    levels = [int(str(heading.tag)[1]) for heading in headings]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_an_article_in_another_language_says_so_within_an_edition() -> None:
    root = parsed(written(EDITION))
    assert root.xpath("//article/@lang") == ["de-DE"]
