"""The readers of RSS and Atom: what the elements of an entry say, in real feeds and in hostile ones."""

from __future__ import annotations

import ast
import base64
import gzip
import re
import subprocess
import sys
import time
from calendar import timegm
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from lxml import etree

from newsexport import read_each
from newsexport.errors import InputError, Kind, LimitError, UsageError
from newsexport.model import Article, Aside, Audio, Embed, Figure, Image, Paragraph, Text, Video
from newsexport.model.walk import block_text, plain_text, words
from newsexport.readers.feeds import AtomReader, FeedOptions, RssReader
from newsexport.spi import Context, Limits, Probe
from newsexport.testing import check_reader
from samples import corpus, files, samples

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


def rss(item: str, channel: str = "") -> bytes:
    return f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
      xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
      <channel><title>City News</title>{channel}<item><title>Bridge</title>{item}</item></channel></rss>""".encode()


def atom(entry: str, feed: str = "") -> bytes:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom">{feed}<entry><title>Bridge</title>{entry}</entry></feed>'.encode()
    )


def read_all(data: bytes, options: FeedOptions | None = None, context: Context | None = None) -> list[Article]:
    parsed = RssReader().read(data, options or FeedOptions(), context or Context())
    return [document for document in parsed.documents if isinstance(document, Article)]


def read(data: bytes, options: FeedOptions | None = None, context: Context | None = None) -> Article:
    (article,) = read_all(data, options, context)
    return article


def text_of(article: Article) -> str:
    return "\n".join(block_text(block) for block in article.body)


def codes(context: Context) -> set[str]:
    return {notice.code for notice in context.notices}


def select(tree: Any, path: str) -> list[Any]:
    """Return what an XPath finds."""
    return list(tree.xpath(path, namespaces=NAMESPACES))


def markup_words(markup: str) -> list[str]:
    """Return the words of HTML as lxml sees them, without those of scripts."""
    if not markup.strip():
        return []
    root: Any = lxml.html.fromstring(f"<div>{markup}</div>")
    for each in root.xpath(".//script"):
        each.drop_tree()
    for each in root.iter("p", "br", "li", "td", "div", "h1", "h2", "h3", "pre"):
        each.tail = f" {each.tail or ''}"
    return words(root.text_content())


# Real files


@pytest.mark.parametrize("path", files(samples, "rss", "*.xml"), ids=lambda path: path.stem)
def test_sample_has_the_words_of_its_content_and_summary(path: Path) -> None:
    """The XPath is ``//atom:entry/atom:content``: its text or its elements, decoded as its ``type`` says."""
    context = Context()
    article = read(path.read_bytes(), context=context)
    (content,) = select(etree.parse(str(path)), "//atom:entry/atom:content")
    if content.get("src"):
        assert [type(block) for block in article.body] == [Embed]
        assert article.body[0] == Embed(content.get("src"))
        assert codes(context) == {"feeds.content-elsewhere"}
        return
    source = "".join([content.text or "", *(etree.tostring(child, encoding="unicode") for child in content)])
    if content.get("type") == "application/octet-stream":
        source = base64.b64decode(content.text).decode()
    elif content.get("type") == "html" and len(content):
        source = content[0].text
    assert [type(block) for block in article.body] == [Paragraph]
    assert words(text_of(article)) == markup_words(source)
    assert plain_text(article.standfirst) == "".join(select(content, "../atom:summary/text()"))
    assert context.notices == ()


EXPECTATION = re.compile(rb"Expect:\s+(?:not bozo and )?entries\[0\](?P<path>(?:\[[^\]]+\]|\.\w+)+) == (?P<value>.+)")
# feedparser's own tests of what we leave to kit.html, of what is no text, and of what podcasts call a summary.
OTHERS = re.compile(r"/sanitize/|/itunes/|svg(?:desc|title)\.xml|item_media_title1|item_description_br\.xml")


def expectation(data: bytes) -> tuple[tuple[Any, ...], Any] | None:
    """Return what a test of feedparser expects of its first entry, as its comment says: a path and a value."""
    found = EXPECTATION.search(data)
    if found is None:
        return None
    path = re.findall(r"\[([^\]]+)\]", re.sub(r"\.(\w+)", r"['\1']", found["path"].decode()))
    try:
        return tuple(ast.literal_eval(each) for each in path), ast.literal_eval(found["value"].decode().strip())
    except (SyntaxError, ValueError):
        return None


def agrees(article: Article, path: tuple[Any, ...], value: Any) -> bool | None:
    """Tell whether an article says what is expected; None for what is no matter of articles."""
    match path:
        case ("title",) | ("title_detail", "value"):
            return words(plain_text(article.headline)) in (markup_words(value), words(value))
        case ("content", 0, "value") | ("summary",) | ("summary_detail", "value") | ("description",):
            expected = (markup_words(value), words(value))
            return words(text_of(article)) in expected or words(plain_text(article.standfirst)) in expected
        case ("id",) | ("guid",):
            return value in (article.guid, article.alt_ids.get("feed"))
        case ("link",):
            return article.canonical_url == value or not value.startswith("http")
        case ("author_detail", "name"):
            return value in [author.name for author in article.authors]
        case ("author_detail", "email"):
            return value in [*(author.email for author in article.authors), *(note.text for note in article.notes)]
        case (("published_parsed" | "updated_parsed" | "created_parsed" | "expired_parsed"),) if value:
            moments = (article.published, article.updated, article.first_created, article.expires)
            return datetime.fromtimestamp(timegm(value), UTC) in moments
        case _:
            return None


def test_feeds_of_feedparser_read_as_their_comments_expect() -> None:
    folder = corpus("feedparser") / "tests" / "wellformed"
    counts: Counter[bool | None] = Counter()
    wrong = []
    for path in sorted(folder.rglob("*.xml")):
        data = path.read_bytes()
        expected = expectation(data)
        if expected is None or OTHERS.search(str(path)) or b"<!ENTITY" in data:
            continue
        for article in read_all(data)[:1]:
            result = agrees(article, *expected)
            counts[result] += 1
            if result is False:
                wrong.append((path.name, *expected, text_of(article)))
    assert wrong == []
    assert counts[True] > 150


def test_each_feed_of_feedparser_is_read_or_refused_by_a_typed_error() -> None:
    refusals: Counter[str] = Counter()
    paths = [path for path in sorted((corpus("feedparser") / "tests").rglob("*")) if path.is_file()]
    for path in paths:
        try:
            read_all(path.read_bytes())
        except InputError as error:
            refusals[error.message] += 1
    assert len(paths) > 2_000
    assert set(refusals) == {
        "the input is no feed",
        "the input is binary, not text",
        "the feed declares entities of its own, which are not read",
    }
    assert refusals.total() < 0.1 * len(paths)


REAL = [
    *files(corpus, "reader", "tests/data/*.rss"),
    *files(corpus, "reader", "tests/data/*.atom"),
    *files(corpus, "pelican", "pelican/tests/output/*/feeds/*.xml"),
    *files(corpus, "pelican", "pelican/tests/content/bloggerexport.xml"),
]


def stated(path: Path) -> list[dict[str, Any]]:
    """Return title, id, link, date and text of each entry of a feed by XPath, but for those without title and text."""
    found = []
    tree = etree.parse(str(path), etree.XMLParser(recover=True))
    for entry in select(tree, "//item | //atom:entry"):

        def first(*paths: str, entry: Any = entry) -> Any:
            return next((each for path in paths for each in select(entry, path)), None)

        kind = first("atom:category[contains(@scheme, '#kind')]/@term")
        if kind and not kind.endswith("#post"):
            continue
        texts = select(entry, "content/text() | content:encoded/text() | atom:content/text()")
        text = max(texts or [first("description/text()", "atom:summary/text()") or ""], key=len)
        title = first("title/text()", "atom:title/text()")
        if title or text:
            found.append(
                {
                    "title": title or "",
                    "id": first("guid/text()", "atom:id/text()"),
                    "link": first("link/text()", "atom:link[@rel='alternate']/@href", "atom:link[not(@rel)]/@href"),
                    "published": first("pubDate/text()", "atom:published/text()"),
                    "text": text,
                }
            )
    return found


@pytest.mark.parametrize("path", REAL, ids=lambda path: f"{path.parts[-3]}-{path.name}")
def test_real_feed_keeps_title_identity_date_and_words(path: Path) -> None:
    articles = read_all(path.read_bytes())
    expected = stated(path)
    assert len(articles) == len(expected)
    for article, each in zip(articles, expected, strict=True):
        assert words(plain_text(article.headline)) == markup_words(each["title"])
        assert (each["id"] or each["link"] or "").removeprefix("urn:uuid:") in (
            *article.alt_ids.values(), article.guid.removeprefix("urn:uuid:"), article.canonical_url,
        )  # fmt: skip
        if each["link"]:
            assert article.canonical_url is None or article.canonical_url.endswith(each["link"])
        if each["published"]:
            assert article.published is not None
            assert article.published == published_by_hand(each["published"])
        read_words = Counter(words(f"{text_of(article)} {plain_text(article.standfirst)} {article.dateline or ''}"))
        missing = Counter(markup_words(each["text"])) - read_words
        assert missing.total() <= 0.02 * len(markup_words(each["text"]))


def published_by_hand(value: str) -> datetime:
    for form in ("%a, %d %b %Y %H:%M:%S %z", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z"):
        try:
            return datetime.strptime(value.strip(), form)
        except ValueError:
            continue
    raise AssertionError(value)


# What an entry says


def test_item_of_rss_becomes_an_article() -> None:
    article = read(
        rss(
            """<link>https://city.example/bridge</link>
            <guid isPermaLink="false">7BD204C6-1655-4c27-aeee-53f933c5395f</guid>
            <pubDate>Mon, 24 Feb 2025 10:15:00 +0100</pubDate><dc:creator>Jane Roe</dc:creator>
            <dc:creator>John Doe</dc:creator><category>Harbour</category><category domain="x">News</category>
            <description>The bridge is open again.</description>
            <content:encoded><![CDATA[<h2>Works</h2><p>Nine days of work on the bridge ended.</p>]]></content:encoded>
            <source url="https://wire.example/feed">The Wire</source><dc:rights>© City</dc:rights>""",
            "<language>en-gb</language>",
        )
    )
    assert article.guid == "urn:uuid:7bd204c6-1655-4c27-aeee-53f933c5395f"
    assert article.canonical_url == "https://city.example/bridge"
    assert article.headline == (Text("Bridge"),)
    assert article.published == datetime(2025, 2, 24, 10, 15, tzinfo=timezone(timedelta(hours=1)))
    assert article.published.utcoffset() == timedelta(hours=1)
    assert article.version_created == article.published
    assert article.byline == "Jane Roe and John Doe"
    assert article.keywords == ("Harbour", "News")
    assert article.standfirst == (Text("The bridge is open again."),)
    assert text_of(article) == "Works\nNine days of work on the bridge ended."
    assert article.info_sources == ("The Wire",)
    assert article.copyright_notice == "© City"
    assert article.language == "en-gb"
    assert article.extra == {"feed:title": "City News"}


def test_entry_of_atom_becomes_an_article() -> None:
    article = read(
        atom(
            """<id>tag:city.example,2025:1</id><link href="/bridge"/><published>2025-02-24T10:15:00Z</published>
            <updated>2025-02-24T11:00:00Z</updated><category term="harbour" label="Harbour"/>
            <link rel="related" href="https://city.example/r" title="More"/><link rel="via" href="https://wire.example/"/>
            <link rel="license" href="https://city.example/terms"/>
            <contributor><name>Ann Poe</name></contributor><rights>© Entry</rights>
            <content type="xhtml" xml:lang="de" xml:base="https://city.example/a/">
              <div xmlns="http://www.w3.org/1999/xhtml"><p>Brücke <a href="b">offen</a></p></div></content>""",
            """<author><name>Jane Roe</name><email>jane@city.example</email><uri>https://city.example/jane</uri></author>
            <rights>© Feed</rights>""",
        ),
        FeedOptions(base="https://city.example/feed.xml"),
    )
    assert article.guid == "tag:city.example,2025:1"
    assert article.canonical_url == "https://city.example/bridge"
    assert article.published == datetime(2025, 2, 24, 10, 15, tzinfo=UTC)
    assert article.updated == article.version_created == datetime(2025, 2, 24, 11, 0, tzinfo=UTC)
    assert article.byline == "Jane Roe"
    assert [(author.name, author.role) for author in article.authors] == [
        ("Jane Roe", None),
        ("Ann Poe", "contributor"),
    ]
    assert article.authors[0].uri == "https://city.example/jane"
    assert article.keywords == ("Harbour",)
    assert [(each.rel, each.uri, each.title) for each in article.related] == [
        ("see-also", "https://city.example/r", "More"),
        ("derived-from", "https://wire.example/", None),
    ]
    assert article.usage_terms == "https://city.example/terms"
    assert article.copyright_notice == "© Entry"
    assert article.language == "de"
    (paragraph,) = article.body
    assert isinstance(paragraph, Paragraph)
    assert getattr(paragraph.content[1], "href", None) == "https://city.example/a/b"


def test_entry_document_of_atom_is_read() -> None:
    data = b'<entry xmlns="http://www.w3.org/2005/Atom"><title>Bridge</title><content>It is open.</content></entry>'
    assert AtomReader().sniff(Probe(data)) == 0.8
    assert text_of(read(data)) == "It is open."


@pytest.mark.parametrize(
    ("author", "name", "email"),
    [
        ("<author>jane@city.example (Jane Roe)</author>", "Jane Roe", "jane@city.example"),
        ("<author>Jane Roe &lt;jane@city.example&gt;</author>", "Jane Roe", "jane@city.example"),
        ("<dc:creator>Jane Roe</dc:creator>", "Jane Roe", None),
    ],
)
def test_author_is_taken_apart(author: str, name: str, email: str | None) -> None:
    (found,) = read(rss(author)).authors
    assert (found.name, found.email) == (name, email)


def test_address_without_a_name_is_for_the_desk() -> None:
    article = read(rss("<author>jane@city.example</author>"))
    assert article.byline is None
    assert article.authors == ()
    assert [(note.role, note.text, note.audience) for note in article.notes] == [
        ("contact", "jane@city.example", "internal")
    ]


def test_id_that_is_no_uri_is_kept_beside() -> None:
    article = read(rss('<guid isPermaLink="false">1234</guid><link>https://city.example/b</link>'))
    assert (article.guid, article.alt_ids) == ("https://city.example/b", {"feed": "1234"})


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("Mon, 24 Feb 2025 10:15:00 EST", datetime(2025, 2, 24, 15, 15, tzinfo=UTC)),
        ("2025-02-24T10:15:00+09:00", datetime(2025, 2, 24, 1, 15, tzinfo=UTC)),
        ("Mon, 24 Feb 2025 10:15:00", datetime(2025, 2, 24, 9, 15, tzinfo=UTC)),
    ],
)
def test_date_is_read_in_any_of_its_forms(stated: str, expected: datetime) -> None:
    article = read(rss(f"<pubDate>{stated}</pubDate>"), FeedOptions(zone="Europe/Berlin"))
    assert article.published == expected


def test_date_of_dublin_core_is_that_of_publication() -> None:
    article = read(rss("<dc:date>2025-02-24T10:15:00Z</dc:date>"))
    assert (article.published, article.updated) == (datetime(2025, 2, 24, 10, 15, tzinfo=UTC), None)


def test_unreadable_date_is_said() -> None:
    context = Context()
    assert read(rss("<pubDate>last Tuesday</pubDate>"), context=context).published is None
    assert [(notice.code, notice.where) for notice in context.notices] == [("date.unreadable", "entry 1: published")]


def test_draft_is_withheld() -> None:
    draft = '<app:control xmlns:app="http://www.w3.org/2007/app"><app:draft>yes</app:draft></app:control>'
    assert read(atom(draft)).pub_status == "withheld"
    assert read(atom(draft.replace("yes", "no"))).pub_status == "usable"


def test_dateline_and_corrections_are_read() -> None:
    article = read(
        rss("<description>LONDON (Reuters) - It is open. &lt;p&gt;Correction: It is long.&lt;/p&gt;</description>")
    )
    assert article.dateline is not None
    assert article.dateline.place == "LONDON"
    assert [each.public_text for each in article.corrections] == ["It is long."]


# Texts


def test_summary_alone_is_the_text_and_said() -> None:
    context = Context()
    article = read(rss("<description>It is open.\n\nAt last.</description>"), context=context)
    assert [block_text(block) for block in article.body] == ["It is open.", "At last."]
    assert codes(context) == {"feeds.summary-only"}


@pytest.mark.parametrize(
    "summary",
    [
        "It is open &lt;b&gt;at last&lt;/b&gt; […]",
        "<![CDATA[<p>It is open at last&#8230;</p><p>The post <a>B</a> appeared first on <a>C</a>.</p>]]>",
        "It is open at last and cars may cross it.",
    ],
)
def test_summary_that_is_the_start_of_the_text_is_no_standfirst(summary: str) -> None:
    text = "<content:encoded>It is open at last and cars may cross it. Nine days it took.</content:encoded>"
    article = read(rss(f"<description>{summary}</description>{text}"))
    assert article.standfirst == ()
    assert len(article.body) == 1


def test_long_summary_is_kept_beside_the_text() -> None:
    summary = "Other words. " * 60
    article = read(rss(f"<content:encoded>It is open.</content:encoded><description>{summary}</description>"))
    assert isinstance(article.body[0], Aside)
    assert text_of(article).count("Other words.") == 60


def test_markup_is_preferred_to_plain_text_and_another_text_is_a_loss() -> None:
    context = Context()
    article = read(
        rss(
            "<content:encoded>&lt;p&gt;It is open.&lt;/p&gt;</content:encoded>"
            "<content type='text/plain'>Something else, and it is much longer than the other.</content>"
        ),
        context=context,
    )
    assert text_of(article) == "It is open."
    assert [(notice.code, notice.kind) for notice in context.notices] == [("feeds.alternative", Kind.LOSS)]


def test_text_of_an_unknown_type_is_a_loss() -> None:
    context = Context()
    data = base64.b64encode(b"GIF89a").decode()
    article = read(atom(f'<content type="image/gif">{data}</content>'), context=context)
    assert article.body == ()
    assert codes(context) == {"feeds.content-type"}


def test_title_may_hold_markup_or_brackets() -> None:
    title = '<entry xmlns="http://www.w3.org/2005/Atom"><title type="{}">A &lt;i&gt;new&lt;/i&gt;</title></entry>'
    assert plain_text(read(title.format("html").encode()).headline) == "A new"
    assert plain_text(read(title.format("text").encode()).headline) == "A <i>new</i>"


def test_figures_and_tables_of_the_text_are_kept() -> None:
    figure = "<figure><img src='/p.jpg' alt='Pier'><figcaption>The pier</figcaption></figure>"
    markup = f"<![CDATA[{figure}<table><tr><td>1</td><td>2</td></tr></table>]]>"
    article = read(rss(f"<link>https://city.example/a/b</link><content:encoded>{markup}</content:encoded>"))
    assert [type(block).__name__ for block in article.body] == ["Figure", "Table"]
    (found, _) = article.body
    assert isinstance(found, Figure)
    assert found.media.uri == "https://city.example/p.jpg"


def test_entry_without_text_and_title_is_left_out_and_said() -> None:
    context = Context()
    assert read_all(b"<rss><channel><item><guid>1</guid></item></channel></rss>", context=context) == []
    assert codes(context) == {"feeds.empty-entry"}


def test_settings_and_comments_in_an_export_of_blogger_are_no_articles() -> None:
    context = Context()
    kind = '<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#{}"/>'
    assert read_all(atom(kind.format("comment")), context=context) == []
    assert codes(context) == {"feeds.no-article"}
    assert read(atom(kind.format("post"))).keywords == ()


def test_long_unknown_element_is_a_loss() -> None:
    context = Context()
    read(rss(f"<fulltext>{'word ' * 100}</fulltext>"), context=context)
    assert [(notice.code, notice.kind) for notice in context.notices] == [("feeds.element-unknown", Kind.LOSS)]


# Media


def test_media_bring_credit_caption_and_title() -> None:
    article = read(
        rss(
            """<description>It is open.</description>
            <media:content url="https://city.example/p.jpg" type="image/jpeg" width="800" height="600">
              <media:credit role="photographer">Ann Poe</media:credit><media:title>Pier</media:title>
              <media:description type="html">The &lt;b&gt;pier&lt;/b&gt; at dawn</media:description>
              <media:text>A pier</media:text><media:copyright>© City</media:copyright></media:content>"""
        )
    )
    figure, text = article.body
    assert isinstance(figure, Figure)
    assert plain_text(figure.caption) == "The pier at dawn"
    assert block_text(text) == "It is open."
    media = figure.media
    assert isinstance(media, Image)
    assert (media.uri, media.width, media.height, media.alt) == ("https://city.example/p.jpg", 800, 600, "A pier")
    assert (media.credit, media.creator, media.headline) == ("Ann Poe", "Ann Poe", "Pier")
    assert media.copyright_notice == "© City"


def test_largest_of_several_sizes_of_a_picture_is_taken() -> None:
    sizes = "".join(f'<media:content url="https://city.example/p.jpg?width={w}" width="{w}"/>' for w in (140, 700, 460))
    (image,) = read(rss(f"{sizes}<media:credit>Ann Poe</media:credit>")).images
    assert (image.width, image.credit) == (700, "Ann Poe")


def test_pictures_keep_their_order() -> None:
    pictures = "".join(f'<media:content url="https://city.example/{name}.jpg"/>' for name in "abc")
    article = read(rss(f'{pictures}<enclosure url="https://city.example/d.jpg"/>'))
    assert [image.uri[-5] for image in article.images] == ["a", "b", "c", "d"]


def test_best_of_a_group_is_taken() -> None:
    article = read(
        rss(
            """<media:group><media:content url="https://city.example/s.mp4" type="video/mp4" width="320"/>
            <media:content url="https://city.example/d.mp4" type="video/mp4" width="640" isDefault="true"/>
            <media:content url="https://city.example/l.mp4" type="video/mp4" width="1280"/>
            <media:description>The pier</media:description><media:thumbnail url="https://city.example/t.jpg"/></media:group>"""
        )
    )
    (figure,) = article.body
    assert isinstance(figure, Figure)
    assert isinstance(figure.media, Video)
    assert figure.media.uri == "https://city.example/d.mp4"
    assert plain_text(figure.caption) == "The pier"
    assert article.images == ()


def test_thumbnail_stands_in_where_there_is_no_picture() -> None:
    (image,) = read(rss('<media:thumbnail url="https://city.example/t.jpg" width="240" height="135"/>')).images
    assert (image.uri, image.width) == ("https://city.example/t.jpg", 240)


def test_player_is_an_embed() -> None:
    (embed,) = read(rss('<media:player url="https://www.youtube.com/embed/1"/><media:title>Pier</media:title>')).body
    assert embed == Embed("https://www.youtube.com/embed/1", provider="YouTube", title="Pier")


def test_enclosures_are_media_or_related_files() -> None:
    article = read(
        rss(
            """<enclosure url="https://city.example/p.png" type="image/png" length="1"/><enclosure url=""/>
            <enclosure url="https://city.example/a.mp3" type="audio/mpeg"/><enclosure url="https://city.example/v.mp4"/>
            <enclosure url="https://city.example/r.pdf" type="application/pdf"/>
            <enclosure url="javascript:alert(1)" type="image/png"/>"""
        )
    )
    assert [image.uri for image in article.images] == ["https://city.example/p.png"]
    assert [type(each.media) for each in article.body if isinstance(each, Figure)] == [Audio, Video]
    assert [each.uri for each in article.related] == ["https://city.example/r.pdf"]


def test_picture_that_the_text_shows_is_not_shown_twice_but_gets_its_credit() -> None:
    article = read(
        rss(
            """<content:encoded>&lt;img src="https://city.example/p.jpg?w=500" alt="Pier"&gt;</content:encoded>
            <media:content url="https://city.example/p.jpg"><media:credit>Ann Poe</media:credit>
            <media:description>At dawn</media:description></media:content>"""
        )
    )
    (figure,) = article.body
    assert isinstance(figure, Figure)
    assert (figure.media.uri, figure.media.alt, figure.media.credit) == (
        "https://city.example/p.jpg?w=500",
        "Pier",
        "Ann Poe",
    )
    assert plain_text(figure.caption) == "At dawn"
    assert article.images == ()


def test_caption_of_a_picture_is_not_taken_for_the_text() -> None:
    article = read(
        rss(
            """<description>It is open.</description><itunes:summary>A podcast.</itunes:summary>
            <media:content url="https://city.example/p.jpg">
            <media:description>At dawn</media:description></media:content>"""
        )
    )
    assert [block_text(block) for block in article.body] == ["At dawn", "It is open."]


def test_face_of_the_author_is_no_picture_of_the_article() -> None:
    assert read(rss('<media:content url="https://1.gravatar.com/avatar/ab?s=96" medium="image"/>')).images == ()


# Feeds that are not well-formed


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            "<description>Sand & gravel, caf&eacute; &unknown; A &#X41;</description>",
            "Sand & gravel, café &unknown; A A",
        ),
        ("<description>3 < 4</description>", "3 < 4"),
        ("<description>one\x0btwo</description>", "onetwo"),
        ("<description><![CDATA[a & b &eacute;]]> & c</description>", "a & b é & c"),
        ("<:x>y</:x><a:>y</a:><b:c:1>y</b:c:1><description>It is open.</description>", "It is open."),
        ("<foo:bar>x</foo:bar><dcx:creator>x</dcx:creator><description>It is open.</description>", "It is open."),
    ],
)
def test_words_of_a_feed_that_is_not_well_formed_are_kept(item: str, expected: str) -> None:
    context = Context()
    article = read(rss(f"\n{item}"), context=context)
    assert text_of(article) == expected
    (notice,) = [each for each in context.notices if each.code == "feeds.not-well-formed"]
    assert (notice.kind, notice.where) == (Kind.REPAIR, "line 5")


def test_feed_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    data = rss("<description>It is open.</description>")
    articles = read_all(data[: data.index(b"open.") + 5])
    assert text_of(articles[0]) == "It is open."


def test_undeclared_prefix_means_what_it_always_means() -> None:
    data = b"<rss><channel><item><title>Bridge</title><dc:creator>Jane Roe</dc:creator></item></channel></rss>"
    assert read(data).byline == "Jane Roe"


def test_document_type_of_rss_091_is_passed_over() -> None:
    data = """<?xml version="1.0" encoding="iso-8859-1"?>
<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><item><title>Brücke</title></item></channel></rss>"""
    context = Context()
    article = read(data.encode("latin-1"), context=context)
    assert plain_text(article.headline) == "Brücke"
    assert context.notices == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_encodings_with_a_mark_are_read(encoding: str) -> None:
    data = rss("<description>Brücke</description>").decode().encode(encoding)
    assert RssReader().sniff(Probe(data)) == 0.8
    assert text_of(read(data)) == "Brücke"


# Containers and their limits


def test_entries_are_read_one_at_a_time_each_with_its_notices() -> None:
    results = list(read_each(rss("<description>x</description></item><item><title>b</title>"), format=RssReader()))
    assert [len(result.documents) for result in results] == [1, 1]
    assert [[notice.code for notice in result.notices] for result in results] == [["feeds.summary-only"], []]


def test_entry_that_cannot_be_read_is_a_loss_and_does_not_stop_the_others() -> None:
    context = Context()
    flood = "<description>" + "&lt;p&gt;a" * 401_000 + "</description>"
    articles = read_all(rss(f"{flood}</item><item><title>Second</title>"), context=context)
    assert [plain_text(article.headline) for article in articles] == ["Second"]
    assert [(notice.code, notice.kind, notice.where) for notice in context.notices] == [
        ("feeds.entry-unreadable", Kind.LOSS, "entry 1")
    ]


def test_feed_larger_than_an_input_may_be_is_refused() -> None:
    context = Context(limits=Limits(input_bytes=100))
    with pytest.raises(LimitError, match="more than 100 bytes"):
        list(RssReader().each(BytesIO(rss("x" * 100)), FeedOptions(), context))


LAUGHS = b"""<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rss><channel><item><title>&b;</title></item></channel></rss>"""


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (LAUGHS, "declares entities of its own"),
        (b"<!--x-->" + LAUGHS, "declares entities of its own"),
        (gzip.compress(rss("x")), "binary"),
        (b"http://127.0.0.1:9/feed.xml", "no feed"),
        (b"/etc/passwd", "no feed"),
        (b"<html><p>x</html>", "no feed"),
        (b"<svg/>", "no feed"),
        (b"", "no feed"),
    ],
)
def test_what_is_no_feed_is_refused_and_nothing_is_fetched(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_all(data)


def test_external_entity_is_not_resolved() -> None:
    data = (
        b'<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss><channel><item><title>a &xxe; b</title></item></channel></rss>'
    )
    assert plain_text(read(data).headline) == "a &xxe; b"


HOSTILE = {
    "deep": rss("<a>" * 5_000 + "</a>" * 5_000),
    "elements": rss("<a/>" * 250_000),
    "attributes": rss("<link " + " ".join(f'a{number}="b"' for number in range(50_000)) + "/>"),
    "author": rss(f"<author>{'a' * 1_000_000}</author>"),
    "author not well-formed": rss(f"<author>{'a' * 1_000_000}</author>&"),
    "categories": rss("".join(f"<category>c{number}</category>" for number in range(50_000))),
    "media": rss("<media:content url='https://a.example/b.jpg'/><media:title>x</media:title>" * 40_000),
    "line": rss(f"<description>{'a' * 1_000_000}</description><pubDate>{'1 ' * 500_000}</pubDate>"),
    "deep markup": rss(f"<description>{'&lt;div&gt;' * 5_000}x</description>"),
    "angles": b"<rss><channel><item><title>" + b"<" * 500_000,
    "ampersands": rss(f"<description>{'&' * 500_000}</description>"),
    "sections": rss("<description>" + "<![CDATA[" * 100_000),
    "comments": b"<!---->" * 2_000 + b"x",
    "namespaces": b"<rss " + b" ".join(b'xmlns:a%d="b"' % number for number in range(20_000)) + b"/>",
    "keys of feedparser": rss('<authors a="1"/><author>x</author><links a="b"/><title_detail x="1"/><tags>a,b</tags>'),
    "nested sources": rss("<source>" * 200 + "</source>" * 200),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_feed_is_refused_or_read_in_bounded_time(data: bytes) -> None:
    started = time.process_time()
    assert 0 <= RssReader().sniff(Probe(data)) <= 1
    with suppress(InputError):
        read_all(data)
    assert time.process_time() - started < 5


def test_what_was_cut_from_a_hostile_feed_is_said() -> None:
    context = Context()
    article = read(HOSTILE["author"], context=context)
    assert len(article.authors[0].name) == 1_000
    read(HOSTILE["categories"], context=context)
    read(HOSTILE["media"], context=context)
    assert codes(context) == {"feeds.name-cut", "feeds.category", "feeds.media"}
    assert {notice.kind for notice in context.notices} == {Kind.LOSS}


# Contract and detection


def test_readers_keep_their_contract() -> None:
    check_reader(RssReader(), [rss("<guid>https://city.example/1</guid><description>It is open.</description>")])
    check_reader(AtomReader(), [atom("<id>tag:city.example,2025:1</id><content>It is open.</content>")])


@pytest.mark.parametrize(
    ("data", "rss_sure", "atom_sure"),
    [
        (b"<?xml version='1.0'?><!-- <b> --><rss version='2.0'>", 0.8, 0),
        (b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">', 0.8, 0),
        (b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">', 0, 0),
        (b'<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/">', 0, 0),
        (b'<atom:feed xmlns:atom="http://www.w3.org/2005/Atom">', 0, 0.8),
        (b'<feed version="0.3" xmlns="http://purl.org/atom/ns#">', 0, 0.8),
        (b"<feed>", 0, 0.5),
        (b"<entry>", 0, 0),
        (b"<channel href='x'>", 0.5, 0),
        (b"<html><body>rss", 0, 0),
        (b"rss", 0, 0),
    ],
)
def test_dialects_are_told_apart(data: bytes, rss_sure: float, atom_sure: float) -> None:
    assert RssReader().sniff(Probe(data)) == rss_sure
    assert AtomReader().sniff(Probe(data)) == atom_sure


def test_samples_of_other_formats_are_not_claimed() -> None:
    folder = samples("rss").parent
    others = [path for path in folder.rglob("*") if path.is_file() and path.parent.name != "rss"]
    claimed = [
        path.name
        for path in others
        for reader in (RssReader(), AtomReader())
        if reader.sniff(Probe(path.read_bytes(), path.name))
    ]
    assert others
    assert claimed == []


def test_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UsageError, match="no time zone"):
        FeedOptions(zone="Mars/Olympus")


WITHOUT_FEEDPARSER = """
import sys
sys.modules["feedparser"] = None
from newsexport.errors import UsageError
from newsexport.readers.feeds import FeedOptions, RssReader
from newsexport.spi import Context, Probe
print(RssReader().sniff(Probe(b"<rss>")))
try:
    RssReader().read(b"<rss/>", FeedOptions(), Context())
except UsageError as error:
    print(error.hint)
print("lxml" in sys.modules)
"""


def test_without_feedparser_the_reader_says_how_to_get_it() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT_FEEDPARSER], capture_output=True, text=True, check=True)
    sure, hint, _ = done.stdout.splitlines()
    assert sure == "0.8"
    assert hint == "pip install 'newsexport[feeds]'"
