"""The reader of posts of WordPress: answers of its REST interface, and our hook.

The files in data/wordpress were recorded from a WordPress that holds our own texts (its README says how); the hooks
are payloads that one of other texts sent. What is expected is taken from them by other means: XPath over the tree that
lxml makes of `content.rendered`, which is WordPress's own idea of the post, `html.unescape` for titles, the fields for
dates.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import lxml.html
import pytest

from measure import Parts, kept, of_article, of_markup
from newsexport.api.preparing import prepare
from newsexport.errors import InputError, Kind, UsageError
from newsexport.model import (
    Article,
    Aside,
    Audio,
    Author,
    CodeBlock,
    Embargo,
    Embed,
    Figure,
    FootnoteRef,
    Gallery,
    Heading,
    Link,
    List,
    Paragraph,
    Quote,
    Table,
    Video,
)
from newsexport.model.walk import block_text, plain_text, records
from newsexport.readers.wordpress import WordPressOptions, WordPressReader
from newsexport.spi import Context, Probe
from newsexport.testing import check_reader
from samples import payloads, samples

DATA = Path(__file__).parent / "data/wordpress"
POSTS = ("post-view.json", "post-edit.json", "post-not-embedded.json", "classic-view.json", "classic-edit.json")
LISTS = ("posts-view.json", "posts-edit.json")
MAIN = 10


def load(name: str) -> Any:
    return json.loads((DATA / name).read_text("utf-8"))


def read(value: Any, context: Context | None = None, **options: Any) -> tuple[Article, ...]:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    parsed = WordPressReader().read(data, WordPressOptions(**options), context or Context())
    return tuple(document for document in parsed.documents if isinstance(document, Article))


def one(value: Any, context: Context | None = None, **options: Any) -> Article:
    (article,) = read(value, context, **options)
    return article


def post(content: str = "<p>Text</p>", **fields: Any) -> dict[str, Any]:
    known = {
        "id": 7,
        "date_gmt": "2024-05-06T05:30:00",
        "modified_gmt": "2024-05-06T05:30:00",
        "status": "publish",
        "title": {"rendered": "Title"},
        "content": {"rendered": content},
    }
    return known | fields


def said(context: Context, kind: Kind | None = None) -> list[str]:
    return [notice.code for notice in context.notices if kind in (None, notice.kind)]


def find(article: Article, kind: type[Any]) -> list[Any]:
    return [record for _, record in records(article.body) if isinstance(record, kind)]


def shown_by_wordpress(post: dict[str, Any], *, without_widgets: bool = False) -> Parts:
    """Return the parts of what WordPress shows, but for shortcodes that it does not know and buttons to download."""
    html = re.sub(r"\[/?weather[^\]]*\]", "", post["content"]["rendered"])
    root = lxml.html.fragment_fromstring(f"<div>{html}</div>")
    root.rewrite_links(lambda link: urljoin(post["link"], link) if link.startswith("/") else link)
    widgets = "//ul[contains(@class, 'wp-block-latest-posts')]" if without_widgets else "//nothing"
    for element in root.xpath(f"//a[contains(@class, 'wp-block-file__button')] | {widgets}"):
        element.getparent().remove(element)
    return of_markup(lxml.html.tostring(root, encoding="unicode"))


def assert_kept(expected: Parts, article: Article) -> None:
    for kind, (found, all_of_them) in kept(expected, of_article(article)).items():
        least = 0.98 if kind == "words" else 0.95
        assert found >= least * all_of_them, (kind, expected[kind] - of_article(article)[kind])


# What was recorded


@pytest.mark.parametrize("name", [*POSTS, *LISTS])
def test_a_recorded_answer_reads_as_wordpress_shows_it(name: str) -> None:
    value = load(name)
    posts = value if isinstance(value, list) else [value]
    articles = read(value)
    assert len(articles) == len(posts)
    for article, each in zip(articles, posts, strict=True):
        title = re.sub(r"</?b>", "", unescape(each["title"].get("raw") or each["title"]["rendered"]))
        assert plain_text(article.headline) == title
        if each["status"] == "publish":
            assert article.published == datetime.fromisoformat(each["date_gmt"]).replace(tzinfo=UTC)
        if not each["content"]["protected"] or each["content"]["rendered"]:
            assert_kept(shown_by_wordpress(each), article)


@pytest.mark.parametrize("name", ["post-edit.json", "classic-edit.json"])
def test_the_saved_form_holds_what_wordpress_shows(name: str) -> None:
    expected = shown_by_wordpress(load(name), without_widgets=True)
    article = one(load(name), content="raw")
    # Players stand under the address of the page, and pictures of the gallery are named by number alone.
    expected["links"] = expected["images"] = Counter()
    if name == "classic-edit.json":
        expected["captions"].pop("The quay before the works")
        expected["words"] -= Counter(("The", "quay", "before", "the", "works"))
    assert_kept(expected, article)


def test_blocks_become_what_they_are() -> None:
    article = one(load("post-edit.json"), content="raw")
    assert [type(block).__name__ for block in article.body] == [
        "Figure",  # the featured picture: it has a caption
        "Paragraph", "Heading", "List", "Figure", "Gallery", "Quote", "Quote", "Table", "Embed", "Figure", "Figure",
        "Paragraph", "Paragraph", "Heading", "Paragraph", "Paragraph", "Figure", "Paragraph", "Figure", "Paragraph",
        "Aside", "Paragraph", "CodeBlock", "CodeBlock", "Divider", "Paragraph", "List",
    ]  # fmt: skip
    assert [block_text(quote.blocks[0]) for quote in find(article, Quote)] == [
        "Nobody believed the island would wait a year.",
        "The sea takes what it wants",
    ]
    assert [(plain_text(quote.attribution), quote.pull) for quote in find(article, Quote)] == [
        ("Pilot Jens Holt", False),
        ("Fisher’s saying", True),
    ]
    (table,) = find(article, Table)
    assert (len(table.head), len(table.body), len(table.foot)) == (1, 2, 1)
    assert plain_text(table.caption) == "Fares in crowns"
    (embed,) = find(article, Embed)
    assert (embed.url, embed.provider) == ("https://www.youtube.com/watch?v=harbour0001", "YouTube")
    (gallery,) = find(article, Gallery)
    assert [plain_text(figure.caption) for figure in gallery.figures] == ["First view", ""]
    assert plain_text(gallery.title) == "Two views of the harbour"
    (aside,) = find(article, Aside)
    assert plain_text(aside.title) == "How the vote went"
    assert [heading.level for heading in find(article, Heading)] == [2, 3]
    assert [(each.ordered, each.start) for each in find(article, List)][:2] == [(False, 1), (True, 3)]
    assert len(find(article, Audio)) == len(find(article, Video)) == 1
    assert [code.text for code in find(article, CodeBlock)] == [
        "06:00  Norhaven\n06:40  Østholm",
        "curl https://example.com/ferry.json",
    ]


def test_a_footnote_of_the_block_editor_stands_where_it_is_referred_to() -> None:
    for form in ("raw", "rendered"):
        (note,) = find(one(load("post-edit.json"), content=form), FootnoteRef)
        assert block_text(note.blocks[0]) == "The storm of June 2023."


def test_what_blocks_keep_in_comments_alone_is_read_or_told() -> None:
    context = Context()
    article = one(load("post-edit.json"), context, content="raw")
    links = {link.href: plain_text(link.content) for link in find(article, Link)}
    assert links["https://example.com/@norhaven"] == "Mastodon"
    lost = [(notice.message.split()[3], notice.where) for notice in context.notices if notice.code.endswith("unknown")]
    assert lost == [("latest-posts", "content, block 44"), ("norhaven/tide-table", "content, block 45")]


def test_what_a_post_shares_with_others_is_read_from_the_form_that_shows_it() -> None:
    edited = next(each for each in load("posts-edit.json") if each["slug"] == "office-hours")
    context = Context()
    article = one(edited, context)
    assert "open on weekdays" in block_text(article.body[-1])
    assert "wordpress.content-rendered" in said(context, Kind.INFO)
    assert "wordpress.block-unknown" in said_of(edited, content="raw")


def said_of(value: Any, **options: Any) -> list[str]:
    context = Context()
    read(value, context, **options)
    return said(context)


def test_the_fields_of_a_post() -> None:
    article = one(load("post-view.json"))
    assert article.guid == "http://127.0.0.1:8089/2024/05/ferry-sails-again/"
    assert article.canonical_url == "http://127.0.0.1:8089/2024/05/ferry-sails-again/"
    assert article.alt_ids == {"wordpress": "10", "wordpress:slug": "ferry-sails-again"}
    assert article.published == datetime(2024, 5, 6, 5, 30, tzinfo=UTC)
    assert article.updated == article.version_created == datetime(2024, 5, 6, 7, 45, tzinfo=UTC)
    assert article.authors == (Author("Ingrid Vale", uri="http://127.0.0.1:8089/author/ivale/"),)
    assert article.byline == "Ingrid Vale"
    assert article.keywords == ("Budget", "Harbour & coast", "Ferry", "Rock & roll", "Østholm")
    assert plain_text(article.standfirst) == "After eleven months the island has its boat & its bus back."


def test_the_featured_picture_has_what_its_file_says() -> None:
    figure = one(load("post-view.json")).body[0]
    assert isinstance(figure, Figure)
    media = figure.media
    assert media.uri == "http://127.0.0.1:8089/wp-content/uploads/ferry.jpg"
    assert (media.alt, media.credit) == ("A white ferry beside a stone quay", "Mara Lind/Norhaven Post")
    assert (media.copyright_notice, media.asset_id) == ("© 2024 Norhaven Post", "4")
    assert (media.width, media.height) == (640, 360)
    assert media.created == datetime(2024, 4, 28, 8, 15, tzinfo=UTC)
    assert plain_text(figure.caption) == "The Østholm at the new quay on Sunday."


def test_a_featured_picture_without_a_caption_is_a_lead_picture_unless_the_body_shows_it() -> None:
    media = {"source_url": "https://example.com/quay.jpg", "alt_text": "Quay", "caption": {"rendered": ""}}
    value = post(featured_media=5, _embedded={"wp:featuredmedia": [media]})
    (image,) = one(value).images
    assert (image.uri, image.alt) == ("https://example.com/quay.jpg", "Quay")
    value["content"] = {"rendered": '<p><img src="https://example.com/quay-300x225.jpg"></p>'}
    assert one(value).images == ()


def test_numbers_that_nothing_is_known_behind_are_told() -> None:
    context = Context()
    article = one(load("post-not-embedded.json"), context)
    assert said(context).count("wordpress.not-embedded") == 1
    (notice,) = (notice for notice in context.notices if notice.code == "wordpress.not-embedded")
    assert notice.kind is Kind.INFO
    assert "?_embed" in notice.message
    assert (article.authors, article.keywords, article.images) == ((), (), ())
    assert article.extra["wordpress:author"] == "2"
    assert article.extra["wordpress:tags"] == "4,6,5"


STATUSES = {
    "bridge": ("withheld", Embargo(datetime(2030, 1, 2, 5, tzinfo=UTC))),
    "": ("withheld", None),  # the draft
    "withdrawn__trashed": ("withheld", None),
    "members": ("withheld", None),
    "for-the-desk": ("withheld", None),
    "untitled": ("usable", None),
    "council-budget": ("usable", None),
}


def test_what_is_not_public_is_withheld() -> None:
    articles = {article.alt_ids.get("wordpress:slug", ""): article for article in read(load("posts-edit.json"))}
    for slug, (status, embargo) in STATUSES.items():
        article = articles[slug]
        assert (article.pub_status, article.embargo) == (status, embargo), slug
        if status == "withheld" and slug != "members":
            assert (article.published, article.canonical_url) == (None, None), slug


def test_a_post_with_a_password_is_withheld_and_its_absent_words_are_told() -> None:
    cases = (
        ("posts-view.json", "wordpress.protected-empty", Kind.LOSS),
        ("posts-edit.json", "wordpress.protected", Kind.INFO),
    )
    for name, code, kind in cases:
        context = Context()
        members = next(each for each in load(name) if each["slug"] == "members")
        article = one(members, context)
        assert article.pub_status == "withheld"
        assert code in said(context, kind)
        assert "tide" not in str(article.extra)


def test_a_standfirst_is_what_somebody_wrote() -> None:
    content = "<p>The ferry sails again. It is blue.</p>"
    automatic = (
        "<p>The ferry sails again. It is blue.</p>",
        "<p>The ferry sails [&hellip;]</p>",
        "<p>The ferry&hellip;</p>",
    )
    more = '<p>Other words <a class="more-link" href="/x">Continue reading</a></p>'
    for excerpt in (*automatic, more, ""):
        assert one(post(content, excerpt={"rendered": excerpt})).standfirst == ()
    written = one(post(content, excerpt={"rendered": "<p>A boat &amp; a bus</p>"}))
    assert plain_text(written.standfirst) == "A boat & a bus"
    open_end = one(post(content, excerpt={"rendered": "<p>And then&hellip;</p>"}))
    assert plain_text(open_end.standfirst) == "And then…"
    edited = one(post(content, excerpt={"raw": "The ferry sails", "rendered": ""}))
    assert plain_text(edited.standfirst) == "The ferry sails"


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Ferry &#038; “bus”", "Ferry & “bus”"),
        ("It&#8217;s ⚓ time", "It’s ⚓ time"),
        ("What <b>now</b>?", "What now?"),
        ("The <html> tag", "The <html> tag"),
        ("5 < 6", "5 < 6"),
        ("", ""),
    ],
)
def test_titles_are_html(title: str, headline: str) -> None:
    assert plain_text(one(post(title={"rendered": title})).headline) == headline


# Dates


def test_a_date_by_the_clock_of_the_site_needs_its_zone() -> None:
    value = post(date="2024-05-06T07:30:00")
    del value["date_gmt"]
    context = Context()
    assert one(value, context).published is None
    assert "wordpress.local-date" in said(context, Kind.LOSS)
    published = one(value, zone="Europe/Oslo").published
    assert published == datetime(2024, 5, 6, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize("none", [None, "", "0000-00-00T00:00:00", "0000-00-00 00:00:00"])
def test_a_draft_has_no_date(none: str | None) -> None:
    context = Context()
    article = one(post(date_gmt=none, modified_gmt=none, status="draft", date="2024-05-06T07:30:00"), context)
    assert (article.published, article.version_created) == (None, None)
    assert not said(context, Kind.LOSS)


def test_a_zone_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError):
        WordPressOptions(zone="Norhaven")


# The hook


def bodies() -> list[Path]:
    return sorted(payloads("wordpress").glob("*.body.json"))


def test_every_hook_reads_as_its_post() -> None:
    assert len(bodies()) >= 3
    for path in bodies():
        data = path.read_bytes()
        event = json.loads(data)
        said_of_post = event["data"]
        article = one(data)
        assert plain_text(article.headline) == unescape(said_of_post["title"]), path.name
        is_public = event["type"] in {"article.published", "article.updated"}
        assert article.pub_status == ("usable" if is_public else "withheld"), path.name
        dated = datetime.fromisoformat(said_of_post["date_gmt"]).replace(tzinfo=UTC)
        assert article.published == (dated if said_of_post["status"] == "publish" and is_public else None), path.name
        assert article.guid == said_of_post["guid"]
        assert_kept(of_markup(said_of_post["content_raw"]), article)
        names = re.findall(r"<!-- wp:([a-z-]+)", said_of_post["content_raw"])
        counted = {"paragraph": Paragraph, "pullquote": Quote, "list": List, "heading": Heading}
        for name, kind in counted.items():
            if name in names and kind is not Paragraph:
                assert len(find(article, kind)) == names.count(name), (path.name, name)


def test_a_post_that_a_hook_says_is_gone_is_withheld_whatever_its_status() -> None:
    for event in ("article.unpublished", "article.deleted"):
        value = {"type": event, "timestamp": "x", "data": post()}
        assert one(value).pub_status == "withheld"


# Plug-ins


def test_several_authors_stand_as_terms() -> None:
    terms = [[{"taxonomy": "author", "name": "Åse Berg"}, {"taxonomy": "author", "name": "Tom Oak"}]]
    article = one(post(_embedded={"author": [{"name": "The desk"}], "wp:term": terms}), language="en")
    assert [author.name for author in article.authors] == ["Åse Berg", "Tom Oak"]
    assert article.byline == "Åse Berg and Tom Oak"
    assert article.keywords == ()


def test_an_author_who_may_not_be_seen_is_none() -> None:
    hidden = {"code": "rest_user_invalid_id", "message": "Invalid user ID.", "data": {"status": 404}}
    assert one(post(author=3, _embedded={"author": [hidden]})).authors == ()


def test_what_is_made_for_search_engines_fills_gaps() -> None:
    yoast = {"og_locale": "de_AT", "author": "Åse Berg", "og_image": [{"url": "https://example.com/a.jpg"}]}
    article = one(post(featured_media=3, yoast_head_json=yoast))
    assert article.language == "de-AT"
    assert article.byline == "Åse Berg"
    assert [image.uri for image in article.images] == ["https://example.com/a.jpg"]
    assert one(post(yoast_head_json=yoast), language="en").language == "en"


def test_custom_fields_stay_in_the_house() -> None:
    context = Context()
    article = one(post(acf={"desk": "Harbour", "rank": 2, "box": {"a": 1}}, meta={"source": "Port"}), context)
    assert article.extra == {
        "wordpress:acf.desk": "Harbour",
        "wordpress:acf.rank": "2",
        "wordpress:meta.source": "Port",
    }
    assert said(context, Kind.LOSS) == ["wordpress.custom-field"]


# What is no post


@pytest.mark.parametrize("name", ["error-401.json", "error-404.json"])
def test_an_error_of_wordpress_is_said(name: str) -> None:
    with pytest.raises(InputError, match=re.escape(load(name)["message"])) as caught:
        read(load(name))
    assert load(name)["code"] in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    "value", [b"", b"{}", b'"x"', b"null", b"{", b"\xff\xfe", b"[" * 6000, {"type": "attachment", "title": "x"}]
)
def test_what_is_no_post_is_refused(value: Any) -> None:
    with pytest.raises(InputError):
        read(value)


def test_one_post_that_cannot_be_read_does_not_stop_the_others() -> None:
    context = Context()
    articles = read([post(), {"type": "attachment", "title": "Quay"}, post()], context)
    assert len(articles) == 2
    assert said(context, Kind.LOSS) == ["cms.article-unreadable"]


WRONG: tuple[Any, ...] = (
    None,
    0,
    -1,
    1e300,
    True,
    "",
    "\ud800",
    [],
    [[]],
    {},
    {"a": [None]},
    ["x", None, {}],
    "9" * 400,
)


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_wrong_types_in_any_field_are_no_crash(wrong: Any) -> None:
    whole = load("post-edit.json")
    for name in whole:
        changed = {**whole, name: wrong}
        for article in _read_or_refuse(changed):
            prepare(article, origin="x", now=datetime(2024, 1, 1, tzinfo=UTC))
    for group in ("title", "content", "excerpt", "guid", "_embedded"):
        for name in whole[group]:
            changed = {**whole, group: {**whole[group], name: wrong}}
            for article in _read_or_refuse(changed):
                prepare(article, origin="x", now=datetime(2024, 1, 1, tzinfo=UTC))


def _read_or_refuse(value: Any) -> tuple[Article, ...]:
    try:
        return read(value)
    except InputError:
        return ()


@pytest.mark.parametrize(
    "content",
    [
        "<" * 200_000, "[" * 200_000, "[a " * 70_000, "[a]" * 25_000 + "[/a]" * 25_000, "[caption]" * 20_000,
        "<!-- wp:x {" * 20_000, "<!-- wp:a/b -->" * 13_000, "<div>" * 5_000, "word " * 200_000, "x" * 1_000_000,
        "\n " * 100_000, "<!--" * 50_000, "<pre>" * 40_000, '<!-- wp:embed {"a":' + '{"a":' * 5_000 + " /-->",
    ],
    ids=lambda content: content[:12],
)  # fmt: skip
@pytest.mark.parametrize("form", ["raw", "rendered"])
def test_hostile_content_takes_no_more_than_seconds(content: str, form: str) -> None:
    start = time.monotonic()
    one(post() | {"content": {form: content}})
    assert time.monotonic() - start < 15


# The contract


def test_it_keeps_the_contract_of_readers() -> None:
    recorded = [(DATA / name).read_bytes() for name in (*POSTS, *LISTS)]
    check_reader(WordPressReader(), [*recorded, *(path.read_bytes() for path in bodies())])


def test_it_claims_no_input_of_others() -> None:
    own = payloads("wordpress")
    others = [*samples("ghost").parent.rglob("*"), *own.parent.rglob("*")]
    for path in others:
        if path.is_file() and own not in path.parents:
            assert WordPressReader().sniff(Probe(path.read_bytes(), path.name)) == 0, path
