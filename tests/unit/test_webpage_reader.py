"""Saved web pages: where their article is, and what they say of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from markup import lines
from newsexport.errors import InputError, Kind
from newsexport.model import AltHeadline, Article, Author, Provider
from newsexport.model.walk import plain_text
from newsexport.readers.webpage import WebpageOptions, WebpageReader
from newsexport.spi import Context
from newsexport.testing import check_reader

LONG = "The ferry left the harbour of Port Vell at noon, three hours late, with four hundred people on board. "
TEXT = f"<p>{LONG * 2}</p><p>{LONG}</p><p>{LONG * 3}</p>"


def article(page: str, context: Context | None = None, **options: str) -> Article:
    [document] = WebpageReader().read(page.encode(), WebpageOptions(**options), context or Context()).documents
    assert isinstance(document, Article)
    return document


def page(body: str, head: str = "", data: Any = None) -> str:
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data is not None else ""
    return f'<!DOCTYPE html><html lang="en-GB"><head>{head}{script}</head><body>{body}</body></html>'


NEWS = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Vell News"},
        {"@type": "Organization", "@id": "#house", "name": "Vell News", "url": "https://vell.example/"},
        {
            "@type": ["OpinionNewsArticle"],
            "url": "https://vell.example/ferry",
            "headline": "Ferry &amp; tide",
            "description": "What the tide did.",
            "datePublished": "2025-03-04T10:00:00+01:00",
            "dateModified": "2025-03-04T12:30:00+01:00",
            "author": [{"@type": "Person", "name": "Ada Mason", "url": "https://vell.example/ada"}, "Bo Lind"],
            "publisher": {"@id": "#house"},
            "keywords": ["ferry", "tide, harbour"],
            "image": {
                "@type": "ImageObject",
                "url": "https://vell.example/a.jpg",
                "creditText": "Cy",
                "width": 1200,
            },
            "copyrightHolder": {"@type": "Organization", "name": "Vell News"},
            "correction": "It was four hundred people.",
            "about": [{"@type": "Person", "name": "Captain Orr"}, {"@type": "Place", "name": "Port Vell"}],
        },
    ],
}


def test_what_a_page_says_in_json_ld_is_believed_first() -> None:
    head = '<meta property="og:title" content="Other"><meta name="author" content="Nobody">'
    found = article(page(f"<h1>Ferry &amp; tide</h1><article>{TEXT}</article>", head, NEWS))
    assert plain_text(found.headline) == "Ferry & tide"
    assert plain_text(found.standfirst) == "What the tide did."
    assert found.published == datetime(2025, 3, 4, 10, tzinfo=timezone(timedelta(hours=1)))
    assert found.updated == datetime(2025, 3, 4, 12, 30, tzinfo=timezone(timedelta(hours=1)))
    assert found.authors == (Author("Ada Mason", uri="https://vell.example/ada"), Author("Bo Lind"))
    assert found.byline == "Ada Mason and Bo Lind"
    assert found.provider == Provider("Vell News", "https://vell.example/")
    assert found.keywords == ("ferry", "tide", "harbour")
    assert (found.label, found.copyright_holder) == ("opinion", "Vell News")
    assert [(image.uri, image.credit, image.width) for image in found.images] == [
        ("https://vell.example/a.jpg", "Cy", 1200)
    ]
    assert [each.public_text for each in found.corrections] == ["It was four hundred people."]
    assert ([each.name for each in found.people], [each.name for each in found.places]) == (
        ["Captain Orr"],
        ["Port Vell"],
    )


def test_then_open_graph_and_meta_elements() -> None:
    head = """
    <title>Ferry late again | Vell News</title>
    <link rel="canonical" href="https://vell.example/ferry">
    <meta property="og:site_name" content="Vell News"><meta property="og:title" content="Ferry late again">
    <meta property="og:description" content="Three hours.">
    <meta property="og:image" content="https://vell.example/f.jpg"><meta property="og:image:alt" content="A ferry">
    <meta property="article:published_time" content="2025-03-04T10:00:00Z">
    <meta property="article:author" content="https://facebook.com/ada"><meta name="author" content="By Ada Mason">
    <meta property="article:tag" content="ferry"><meta property="article:tag" content="tide">
    <meta name="copyright" content="© 2025 Vell News"><meta name="tdm-reservation" content="1">
    """
    found = article(page(f"<h1>Ferry late again</h1>{TEXT}", head))
    assert plain_text(found.headline) == "Ferry late again"
    assert found.canonical_url == "https://vell.example/ferry"
    assert found.published == datetime(2025, 3, 4, 10, tzinfo=UTC)
    assert (found.byline, found.authors) == ("Ada Mason", (Author("Ada Mason"),))
    assert found.keywords == ("ferry", "tide")
    assert (found.provider, found.copyright_notice) == (Provider("Vell News"), "© 2025 Vell News")
    assert found.data_mining == "prohibited"
    assert [(image.uri, image.alt) for image in found.images] == [("https://vell.example/f.jpg", "A ferry")]


def test_then_microdata() -> None:
    body = f"""
    <article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Ferry late</h1>
    <span itemprop="author" itemscope><b itemprop="name">Ada Mason</b></span>
    <time itemprop="datePublished" datetime="2025-03-04T10:00:00Z">today</time>
    <div itemprop="articleBody">{TEXT}</div></article>
    """
    found = article(page(body))
    assert plain_text(found.headline) == "Ferry late"
    assert (found.byline, found.published) == ("Ada Mason", datetime(2025, 3, 4, 10, tzinfo=UTC))
    assert len(found.body) == 3


def test_the_source_of_each_field_is_told() -> None:
    context = Context()
    article(page(f"<h1>Ferry &amp; tide</h1>{TEXT}", data=NEWS), context)
    told = {notice.where: notice.message for notice in context.notices if notice.code == "webpage.source"}
    assert told["published"] == "published was taken from JSON-LD datePublished"
    assert told["headline"] == "headline was taken from the heading of the article"


@pytest.mark.parametrize(
    "script",
    [
        "<!-- {json} -->",
        "//<![CDATA[\n{json}\n//]]>",
        "{json};",
        "[{json},]",
    ],
)
def test_json_ld_that_is_wrapped_or_sloppy_is_read(script: str) -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": "Ferry", "datePublished": "2025-03-04"})
    head = f'<script type="application/ld+json">{script.replace("{json}", data)}</script>'
    assert article(page(TEXT, head)).published == datetime(2025, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    "script", ["", "{", "[" * 100_000, '{"@type": 5}', '{"@type": "NewsArticle", "author": [[]]}', "null"]
)
def test_json_ld_that_is_rubbish_does_no_harm(script: str) -> None:
    assert len(article(page(TEXT, f'<script type="application/ld+json">{script}</script>')).body) == 3


# Where the article is


CHROME = """
<header><nav><ul><li><a href="/">Home</a><li><a href="/news">News</a></ul></nav></header>
{body}
<aside class="related"><h2>Related</h2><ul><li><a href="/a">A story that has a rather long title</a></ul></aside>
<div class="comments"><p>I think that this story is wrong in every respect, and I will say why at some length.</p></div>
<footer><p>© Vell News, all rights reserved, and many more words that nobody reads down here.</p></footer>
"""


@pytest.mark.parametrize(
    "body",
    [
        f"<article>{TEXT}</article>",
        f'<main><div class="entry-content">{TEXT}</div></main>',
        f'<div id="x"><div itemprop="articleBody">{TEXT}</div></div>',
        f'<div><div class="c1">{TEXT}</div></div>',
        f'<form><div class="overlay-wrap">{TEXT}</div></form>',
        f"<article><p>Teaser of another story.</p></article><article>{TEXT}</article>",
    ],
)
def test_the_article_is_found_and_what_surrounds_it_is_left_out(body: str) -> None:
    found = article(page(CHROME.replace("{body}", body)))
    assert [text.partition(":")[0] for text in lines(found.body)] == ["p", "p", "p"]


def test_pictures_tables_lists_and_asides_of_the_text_are_kept() -> None:
    body = f"""<article><h1>Ferry</h1>{TEXT}
    <figure><img src="https://vell.example/a.jpg"><figcaption>Cap <span class="credit">Ada</span></figcaption></figure>
    <table><tr><th>A<th>B</tr><tr><td>1<td>2</tr></table><ul><li>One item of a list<li>Another one</ul>
    <aside><p>A fact beside the story, without a link.</p></aside></article>"""
    kinds = [text.partition(" ")[0].rstrip(":") for text in lines(article(page(body)).body) if not text.startswith(" ")]
    assert kinds == ["p", "p", "p", "image", "table", "ul", "-", "-", "sidebar"]


def test_the_picture_above_the_text_is_kept_with_its_caption() -> None:
    hero = '<figure><img src="https://vell.example/h.jpg"><figcaption>The harbour</figcaption></figure>'
    body = f"<article><header><h1>Ferry</h1>{hero}</header><div class='article-body'>{TEXT}</div></article>"
    assert next(lines(article(page(body)).body)) == "image https://vell.example/h.jpg: The harbour"


def test_a_lead_picture_that_the_text_shows_is_not_shown_twice() -> None:
    head = '<meta property="og:image" content="https://vell.example/f-1200x630.jpg">'
    body = f'<article>{TEXT}<img src="https://vell.example/f-300x200.jpg"></article>'
    assert article(page(body, head)).images == ()


def test_links_below_the_text_are_left_out_and_said() -> None:
    context = Context()
    body = f"<article>{TEXT}<h2>More</h2><p><a href='/b'>Another story</a></p></article>"
    found = article(page(body), context)
    assert [text.partition(":")[0] for text in lines(found.body)] == ["p", "p", "p"]
    assert ("webpage.links-below", Kind.INFO) in [(notice.code, notice.kind) for notice in context.notices]


def test_byline_date_and_section_above_the_text_are_no_paragraphs() -> None:
    body = f"""<article><p><a href="/news">Energy</a></p><h1>Ferry late</h1><p class="dek">Three hours.</p>
    <p>By Ada Mason</p><p>4 March 2025 10:00</p>{TEXT}</article>"""
    found = article(
        page(body, '<meta name="author" content="Ada Mason"><meta name="description" content="Three hours.">')
    )
    assert (found.kicker, found.byline) == ("Energy", "Ada Mason")
    assert plain_text(found.standfirst) == "Three hours."
    assert len(found.body) == 3


def test_a_summary_that_is_the_beginning_of_the_text_is_none() -> None:
    found = article(page(f"<article>{TEXT}</article>", f'<meta name="description" content="{LONG[:60]}...">'))
    assert found.standfirst == ()


def test_other_titles_are_headlines_for_their_uses() -> None:
    head = "<title>Ferry late: live | Vell News</title><meta property='og:site_name' content='Vell News'>"
    head += "<meta property='og:title' content='You will not believe this ferry'>"
    found = article(page(f"<h1>Ferry late: live</h1>{TEXT}", head))
    assert found.alt_headlines == (AltHeadline("social", "You will not believe this ferry"),)


def test_relative_links_become_whole_and_paths_of_saved_pictures_stay() -> None:
    head = '<link rel="canonical" href="https://vell.example/news/ferry">'
    body = f'<article>{TEXT}<p><a href="tide">Tide</a></p><img src="Ferry_files/a.jpg"><img src="/img/b.jpg"></article>'
    assert list(lines(article(page(body, head)).body))[3:] == [
        "p: [Tide](https://vell.example/news/tide)",
        "image Ferry_files/a.jpg",
        "image https://vell.example/img/b.jpg",
    ]


def test_a_page_without_text_is_refused_with_a_remedy() -> None:
    with pytest.raises(InputError, match="no text of an article") as caught:
        article(page('<nav><a href="/">Home</a></nav>'))
    assert "--from html" in (caught.value.hint or "")


def test_the_reader_keeps_its_contract() -> None:
    check_reader(WebpageReader(), [page(f"<article>{TEXT}</article>", data=NEWS).encode()])
