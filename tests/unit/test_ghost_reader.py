"""The reader of Ghost: what the fields of a post say, each card of its editors, and what comes instead of posts."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from newsexport.errors import InputError, Kind, LimitError
from newsexport.model import (
    Aside,
    Audio,
    Block,
    CodeBlock,
    Divider,
    Embed,
    Figure,
    Gallery,
    Heading,
    Image,
    Link,
    List,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
    Video,
)
from newsexport.model.article import Article
from newsexport.model.walk import block_text, plain_text, records, words
from newsexport.readers.ghost import GhostOptions, GhostReader
from newsexport.spi import Context, Limits, Probe
from newsexport.testing import check_reader
from samples import files, payloads, samples

NO_POSTS = {"authors.json", "tags.json", "settings.json", "emails.json", "info.json", "response.json", "data1.json"}
POST = {
    "id": "1", "title": "A bridge", "status": "published", "visibility": "public", "comment_id": "1",
    "featured": False, "custom_excerpt": None, "published_at": "2025-02-24T10:15:00.000Z",
}  # fmt: skip


def read(post: object, options: GhostOptions | None = None, context: Context | None = None) -> Article:
    data = post if isinstance(post, bytes) else json.dumps(post).encode()
    (article,) = GhostReader().read(data, options or GhostOptions(), context or Context()).documents
    assert isinstance(article, Article)
    return article


def text(characters: str, bits: int = 0) -> dict[str, Any]:
    return {"type": "extended-text", "text": characters, "format": bits}


def element(kind: str, *children: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"type": kind, "children": list(children), **fields}


def lexical(*nodes: dict[str, Any], context: Context | None = None) -> tuple[Block, ...]:
    kept = json.dumps({"root": element("root", *nodes)})
    return read({**POST, "lexical": kept}, context=context).body


def mobiledoc(context: Context | None = None, **tables: Any) -> tuple[Block, ...]:
    kept = json.dumps({"version": "0.3.1", "atoms": [], "cards": [], "markups": [], **tables})
    return read({**POST, "mobiledoc": kept}, context=context).body


def card(name: str, **payload: Any) -> tuple[Block, ...]:
    """Read a card from both editors: they have it in common."""
    found = lexical({"type": name, **payload})
    assert mobiledoc(cards=[[name, payload]], sections=[[10, 0]]) == found
    return found


# Real files. What is expected of each is taken from its JSON and, for the body, from its HTML by lxml.


def expected_posts(data: bytes) -> list[dict[str, Any]]:
    """Extract the posts as the documentation of Ghost's APIs describes them: `posts`, `pages`, `post.current`, `db`."""
    value = json.loads(data)
    if "db" in value:
        value = value["db"][0]
    if "data" in value:
        return list(value["data"]["posts"])
    if "post" in value:
        return [value["post"]["current"] or value["post"]["previous"]]
    return list(value.get("posts") or value.get("pages") or [value])


FILES = files(samples, "ghost", "*.json") + files(payloads, "ghost", "*.body.json")
POSTS = [path for path in FILES if path.name not in NO_POSTS]


@pytest.mark.parametrize("path", POSTS, ids=lambda path: path.name)
def test_a_real_file_says_what_its_fields_say(path: Path) -> None:
    data = path.read_bytes()
    posts = expected_posts(data)
    documents = GhostReader().read(data, GhostOptions(), Context()).documents
    assert len(documents) == len(posts)
    for article, post in zip(documents, posts, strict=True):
        assert isinstance(article, Article)
        assert plain_text(article.headline) == post["title"]
        assert plain_text(article.standfirst) == (post["custom_excerpt"] or "")
        assert article.published == datetime.fromisoformat(post["published_at"]) if post["published_at"] else True
        assert article.first_created == datetime.fromisoformat(post["created_at"])
        if post["html"]:
            check_body(article.body, lxml.html.fromstring(f"<div>{post['html']}</div>"))
        else:
            nodes = json.loads(post["lexical"])["root"]["children"]
            pictures = [record for _, record in records(article.body) if isinstance(record, Image)]
            assert [each.uri for each in pictures] == [node["src"] for node in nodes if node["type"] == "image"]


def check_body(body: tuple[Block, ...], root: Any) -> None:
    """Compare a body with its HTML, taken apart by XPath."""
    text_blocks = [block for block in body if not isinstance(block, Figure | Gallery | Embed)]
    outside = " ".join(root.xpath("//text()[not(ancestor::figure[not(.//pre)] or ancestor::script)]"))
    assert words(" ".join(map(block_text, text_blocks))) == words(outside)
    found = [record for _, record in records(body)]
    assert [each.media.uri for each in found if isinstance(each, Figure)] == root.xpath(
        "//img[@class!='kg-bookmark-icon' or not(@class)]/@src"
    )
    embeds = [each for each in found if isinstance(each, Embed)]
    assert [each.url for each in embeds] == root.xpath(
        "//iframe/@src|//a[contains(@class, 'kg-bookmark-container')]/@href"
    )
    titles = root.xpath("//*[@class='kg-bookmark-title']/text()")
    assert [each.title for each in embeds if each.title in titles] == titles
    captions = [words(each.text_content()) for each in root.xpath("//figcaption[not(../pre)]")]
    held = [words(block_text(block)) for block in body if isinstance(block, Figure | Gallery | Embed)]
    assert [caption for caption in captions if not any(each[-len(caption) :] == caption for each in held)] == []
    assert sum(isinstance(each, Heading) for each in found) == len(root.xpath("//h1|//h2|//h3|//h4"))
    # Lists, and runs of paragraphs that start with a bullet.
    bullet = "starts-with(normalize-space(), '•')"
    lists = root.xpath(f"//ul|//ol|//p[{bullet}][not(preceding-sibling::*[1][self::p][{bullet}])]")
    assert sum(isinstance(each, List) for each in found) == len(lists)
    assert sum(isinstance(each, Quote) for each in found) == len(root.xpath("//blockquote"))
    links = root.xpath("//a[not(ancestor::figure)]/@href")
    assert [each.href for each in found if isinstance(each, Link) and each.href in links] == links


@pytest.mark.parametrize("name", sorted(NO_POSTS))
def test_a_real_file_that_is_no_post_is_refused(name: str) -> None:
    with pytest.raises(InputError) as caught:
        GhostReader().read((samples("ghost") / name).read_bytes(), GhostOptions(), Context())
    assert (
        "no post of Ghost" in str(caught.value) or "not a post" in str(caught.value) or "no JSON" in str(caught.value)
    )


def test_it_knows_its_files_and_no_others() -> None:
    sniff = GhostReader().sniff
    others = [path for path in samples("").glob("*/*") if path.parent.name != "ghost" and path.is_file()]
    others += [path for path in payloads("").glob("*/*.json") if path.parent.name != "ghost"]
    sure = {path.name: sniff(Probe(path.read_bytes(), path.name)) for path in FILES}
    assert {name for name, value in sure.items() if value > 0.9} == {path.name for path in POSTS}
    refused = {name for name, value in sure.items() if 0 < value < 0.9}
    assert refused == {"authors.json", "settings.json", "tags.json"}
    assert {path.name for path in others if sniff(Probe(path.read_bytes(), path.name))} == set()


def test_the_reader_keeps_its_contract() -> None:
    check_reader(GhostReader(), [path.read_bytes() for path in POSTS])


def test_lexical_that_ghost_kept_comes_to_what_ghost_rendered() -> None:
    # A webhook carries both: the revisions as the editor keeps them, and the HTML that Ghost made of the last one.
    compared = 0
    for path in payloads("ghost").glob("*.body.json"):
        post = json.loads(path.read_bytes())["post"]["current"]
        revisions = post.get("post_revisions") or []
        if revisions:
            last = max(revisions, key=lambda each: each["created_at_ts"])
            assert read({**post, "html": None, "lexical": last["lexical"]}).body == read(post).body
            compared += 1
    assert compared >= 3


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("real-00-post-added", "draft"),
        ("real-01-post-published", "published"),
        ("real-05-post-unpublished", "unpublished"),
        ("real-09-post-unpublished", "unpublished"),
        ("real-10-post-deleted", "deleted"),
    ],
)
def test_a_webhook_says_what_became_of_the_post(name: str, status: str) -> None:
    context = Context()
    article = read((payloads("ghost") / f"{name}.body.json").read_bytes(), context=context)
    assert article.pub_status == ("usable" if status == "published" else "withheld")
    assert article.extra["ghost:status"] == status
    assert ("ghost.withheld" in {notice.code for notice in context.notices}) == (status != "published")


# Fields


def test_the_fields_of_a_post_become_those_of_an_article() -> None:
    article = read({
        **POST,
        "uuid": "A3FF183D-dfda-41c6-bef8-60e87509c43d",
        "slug": "a-bridge",
        "url": "https://example.com/a-bridge/",
        "html": "<p>It is open.</p>",
        "custom_excerpt": "It reopened.",
        "og_title": "Look, a bridge",
        "twitter_title": "Look, a bridge",
        "meta_title": "Bridge open",
        "feature_image": "/content/images/a.jpg",
        "feature_image_alt": "A bridge at night",
        "authors": [{"name": "Jane Roe", "email": "roe@example.com"}, {"name": "John Doe"}, {"name": "Ann Poe"}],
        "tags": [{"name": "News", "visibility": "public"}, {"name": "#desk", "visibility": "internal"}, {"name": "#x"}],
        "created_at": "2025-02-24T09:00:00.000Z",
        "updated_at": "2025-02-24T12:00:00.000Z",
        "locale": "en",
    })  # fmt: skip
    assert article.guid == "urn:uuid:a3ff183d-dfda-41c6-bef8-60e87509c43d"
    assert article.alt_ids == {"ghost": "1", "ghost-slug": "a-bridge"}
    assert article.canonical_url == "https://example.com/a-bridge/"
    assert [(each.role, each.text) for each in article.alt_headlines] == [
        ("social", "Look, a bridge"),
        ("seo", "Bridge open"),
    ]
    assert article.byline == "Jane Roe, John Doe and Ann Poe"
    assert article.authors[0].email == "roe@example.com"
    assert article.keywords == ("News",)
    assert article.extra["ghost:internal-tags"] == "#desk, #x"
    assert article.images == (Image("https://example.com/content/images/a.jpg", alt="A bridge at night"),)
    assert article.published == datetime(2025, 2, 24, 10, 15, tzinfo=UTC)
    assert article.updated == article.version_created == datetime(2025, 2, 24, 12, tzinfo=UTC)


def test_a_lead_picture_with_a_caption_stands_at_the_head_of_the_body() -> None:
    post = {**POST, "html": "<p>Open.</p>", "feature_image": "https://example.com/a.jpg"}
    article = read({**post, "feature_image_caption": "A <b>bridge</b>"})
    caption = (Text("A "), Strong((Text("bridge"),)))
    assert article.body[0] == Figure(Image("https://example.com/a.jpg"), caption)
    assert article.images == ()


def test_a_scheduled_post_is_embargoed_until_its_moment() -> None:
    article = read({**POST, "status": "scheduled", "html": "<p>Open.</p>", "url": "https://example.com/p/1/"})
    assert article.pub_status == "withheld"
    assert article.embargo is not None
    assert article.embargo.until == datetime(2025, 2, 24, 10, 15, tzinfo=UTC)
    assert (article.published, article.canonical_url) == (None, None)


def test_what_is_for_members_is_said() -> None:
    context = Context()
    post = {**POST, "visibility": "paid", "access": False, "html": "<p>Free.</p><!--members-only--><p>Paid.</p>"}
    article = read(post, context=context)
    assert [block_text(block) for block in article.body] == ["Free.", "Paid."]
    assert article.extra["ghost:visibility"] == "paid"
    assert [(notice.code, notice.kind) for notice in context.notices] == [
        ("ghost.members", Kind.INFO),
        ("ghost.members", Kind.INFO),
        ("ghost.preview", Kind.LOSS),
    ]


def test_an_export_is_joined_from_its_tables() -> None:
    data = {
        "posts": [
            {**POST, "id": "p2", "html": "<p>Two</p>"},
            {**POST, "id": "p1", "html": '<p><img src="__GHOST_URL__/content/images/1.jpg"></p>'},
        ],
        "users": [{"id": "u1", "name": "Jane Roe"}, {"id": "u2", "name": "John Doe"}],
        "tags": [{"id": "t1", "name": "News", "visibility": "public"}],
        "posts_authors": [
            {"post_id": "p1", "author_id": "u1", "sort_order": 1},
            {"post_id": "p1", "author_id": "u2", "sort_order": 0},
        ],
        "posts_tags": [{"post_id": "p1", "tag_id": "t1", "sort_order": 0}],
        "posts_meta": [{"id": "m1", "post_id": "p1", "og_title": "Social"}],
        "settings": [{"key": "locale", "value": "de"}],
    }
    exported = json.dumps({"db": [{"meta": {"exported_on": 1}, "data": data}]}).encode()
    assert GhostReader().sniff(Probe(exported)) > 0.9
    parts = list(GhostReader().each(BytesIO(exported), GhostOptions(base="https://example.com/"), Context()))
    assert [len(part.documents) for part in parts] == [1, 1]
    (article,) = parts[1].documents
    assert isinstance(article, Article)
    assert article.byline == "John Doe und Jane Roe"
    assert (article.keywords, article.language) == (("News",), "de")
    assert article.alt_headlines[0].text == "Social"
    assert article.body == (Figure(Image("https://example.com/content/images/1.jpg")),)


def test_one_post_that_cannot_be_read_does_not_stop_the_others() -> None:
    context = Context()
    nested: Any = text("deep")
    for _ in range(400):
        nested = element("div", nested)
    posts = [{**POST, "lexical": {"root": element("root", nested)}}, {**POST, "html": "<p>Open.</p>"}]
    (article,) = GhostReader().read(json.dumps({"posts": posts}).encode(), GhostOptions(), context).documents
    assert isinstance(article, Article)
    assert [block_text(block) for block in article.body] == ["Open."]
    assert [notice.where for notice in context.notices if notice.code == "cms.article-unreadable"] == ["posts[0]"]


# Lexical


def test_the_formats_of_text_in_lexical() -> None:
    node = element("paragraph", text("a", 1), text("b", 3), text("c "), text("d", 16), text("e", 32), text("f", 64))
    (block,) = lexical(node)
    assert isinstance(block, Paragraph)
    kinds = [[type(record).__name__ for _, record in records((inline,))] for inline in block.content]
    assert kinds == [
        ["Strong", "Text", "Emphasis", "Text"], ["Text"], ["Code"], ["Subscript", "Text"], ["Superscript", "Text"],
    ]  # fmt: skip


def test_the_elements_of_lexical() -> None:
    item = element("listitem", text("one"))
    below = element("listitem", element("list", element("listitem", text("one.one")), listType="number", start=3))
    blocks = lexical(
        element("extended-heading", text("A heading"), tag="h3"),
        element("extended-quote", text("one"), {"type": "linebreak"}, {"type": "linebreak"}, text("two")),
        element("aside", text("other style")),
        element("list", item, below, listType="bullet"),
        element("list", element("listitem", text("done"), checked=True), listType="check"),
        element("paragraph", element("link", text("words"), url="https://example.com/"), {"type": "tab"}, text("x")),
        element("paragraph", element("at-link", text("search")), element("tk", text="TK")),
        {"type": "horizontalrule"},
    )
    assert [type(block) for block in blocks] == [Heading, Quote, Quote, List, List, Paragraph, Paragraph, Divider]
    assert blocks[0] == Heading((Text("A heading"),), 3)
    assert [block_text(block) for block in blocks[1:6]] == [
        "one\ntwo", "other style", "one\none.one", "☑ done", "words x",
    ]  # fmt: skip
    assert isinstance(blocks[3], List)
    (outer,) = blocks[3].items
    assert isinstance(inner := outer.blocks[1], List)
    assert (inner.ordered, inner.start) == (True, 3)
    assert block_text(blocks[6]) == "TK"


def test_a_node_that_is_not_known_keeps_its_words_and_is_told_with_its_place() -> None:
    context = Context()
    blocks = lexical(
        element("poll", text("Yes or no?")),
        {"type": "mention", "text": "@jane"},
        {"type": "recipe", "html": "<p>Salt</p>", "title": "Soup"},
        {"type": "map", "lat": 1},
        context=context,
    )
    assert [block_text(block) for block in blocks] == ["Yes or no?", "@jane", "Salt", "Soup"]
    assert [(notice.code, notice.where) for notice in context.notices] == [
        ("ghost.unknown", "lexical.root.children[0]"),
        ("ghost.unknown", "lexical.root.children[1]"),
        ("ghost.unknown", "lexical.root.children[2]"),
        ("ghost.card-lost", "lexical.root.children[3]"),
    ]


def test_lexical_that_is_broken_leaves_the_html() -> None:
    context = Context()
    article = read({**POST, "lexical": "{broken", "html": "<p>Open.</p>"}, context=context)
    assert [block_text(block) for block in article.body] == ["Open."]
    assert "ghost.body-unreadable" in {notice.code for notice in context.notices}


@pytest.mark.parametrize(("body", "expected"), [("auto", "kept"), ("html", "rendered"), ("mobiledoc", "kept")])
def test_an_option_chooses_the_body(body: Any, expected: str) -> None:
    kept = json.dumps({"root": element("root", element("paragraph", text("kept")))})
    post = {**POST, "lexical": kept, "html": "<p>rendered</p>"}
    assert [block_text(block) for block in read(post, GhostOptions(body=body)).body] == [expected]


# Mobiledoc


def test_the_sections_of_mobiledoc() -> None:
    blocks = mobiledoc(
        markups=[["strong"], ["a", ["href", "https://example.com/"]], ["script"]],
        atoms=[["soft-return", "", {}], ["mention", "@bob", {"id": 42}]],
        sections=[
            [1, "h2", [[0, [], 0, "Heading"]]],
            [1, "p", [[0, [0], 0, "bold "], [0, [1], 1, "link"], [0, [], 1, ""], [0, [], 0, " plain"]]],
            [1, "p", [[0, [2], 1, "one"], [1, [], 0, 0], [0, [], 0, "two "], [1, [], 0, 1]]],
            [1, "aside", [[0, [], 0, "quoted"]]],
            [3, "ol", [[[0, [], 0, "item"]], [[0, [], 0, "other"]]]],
            [2, "https://example.com/a.jpg"],
        ],
    )
    assert [type(block) for block in blocks] == [Heading, Paragraph, Paragraph, Quote, List, Figure]
    assert isinstance(blocks[1], Paragraph)
    assert blocks[1].content == (
        Strong((Text("bold "), Link((Text("link"),), "https://example.com/"))),
        Text(" plain"),
    )
    assert [block_text(block) for block in blocks[2:5]] == ["one two @bob", "quoted", "item\nother"]


def test_broken_tables_of_mobiledoc_are_no_error() -> None:
    sections: list[Any] = [[10, 5], [10, -1], [99], "x", [1, "p", [[0, [7, "x", None], 5, 3], 1, [1, [], 0, 9]]], [1]]
    assert mobiledoc(sections=sections, markups=[3, []], atoms=[0], cards="x") == ()


def test_a_card_that_a_thousand_sections_refer_to_is_shown_once() -> None:
    assert len(mobiledoc(cards=[["html", {"html": "<p>x</p>"}], ["hr", {}]], sections=[[10, 0]] * 1000)) == 1
    assert len(mobiledoc(cards=[["hr", {}]], sections=[[10, 0]] * 3)) == 3


# Cards


def test_a_card_of_a_picture() -> None:
    (figure,) = card("image", src="https://example.com/a.jpg", alt="Alt", width=8, height=6, caption="A <em>b</em>")
    assert isinstance(figure, Figure)
    assert figure.media == Image("https://example.com/a.jpg", alt="Alt", width=8, height=6)
    assert plain_text(figure.caption) == "A b"


def test_a_card_of_a_gallery() -> None:
    images = [{"src": "https://example.com/1.jpg", "alt": "one"}, {"src": "https://example.com/2.jpg"}, {"src": ""}]
    (gallery,) = card("gallery", images=images, caption="Both")
    assert isinstance(gallery, Gallery)
    assert [figure.media.uri for figure in gallery.figures] == [
        "https://example.com/1.jpg",
        "https://example.com/2.jpg",
    ]
    assert plain_text(gallery.title) == "Both"


def test_cards_of_recordings() -> None:
    (film,) = card("video", src="https://example.com/v.mp4", width=1, height=2, caption="Film")
    assert film == Figure(Video("https://example.com/v.mp4", width=1, height=2), (Text("Film"),))
    (sound,) = card("audio", src="https://example.com/a.mp3", title="Sound")
    assert sound == Figure(Audio("https://example.com/a.mp3", headline="Sound"))


def test_a_card_of_a_file_leads_to_it() -> None:
    blocks = card(
        "file", src="https://example.com/a.pdf", fileTitle="Report", fileCaption="All of it", fileName="a.pdf"
    )
    assert blocks == (
        Paragraph((Link((Text("Report"),), "https://example.com/a.pdf"),)),
        Paragraph((Text("All of it"),)),
    )


def test_a_card_of_an_embed_leads_to_the_page_not_to_the_player() -> None:
    html = '<iframe src="https://www.youtube.com/embed/x" title="Player"></iframe>'
    (embed,) = card("embed", url="https://youtu.be/x", html=html, metadata={"title": "Film"}, caption="Seen")
    assert embed == Embed(
        "https://youtu.be/x", provider="YouTube", title="Film", fallback=(Paragraph((Text("Seen"),)),)
    )
    tweet = (
        '<blockquote class="twitter-tweet"><p>Words</p><a href="https://twitter.com/x/status/1">May 1</a></blockquote>'
    )
    (post,) = card("embed", url="https://twitter.com/x/status/1", html=tweet)
    assert isinstance(post, Embed)
    assert block_text(post) == "Words\nMay 1"
    (alone,) = card("embed", html=html)
    assert isinstance(alone, Embed)
    assert alone.url == "https://www.youtube.com/embed/x"


def test_a_card_of_a_bookmark() -> None:
    metadata = {"title": "Page", "description": "All of it", "publisher": "Example", "author": "Roe"}
    (embed,) = card("bookmark", url="https://example.com/", metadata=metadata, caption="Seen")
    assert isinstance(embed, Embed)
    assert (embed.url, embed.title, embed.provider) == ("https://example.com/", "Page", "Example")
    assert block_text(embed) == "All of it\nSeen"


def test_cards_of_markup() -> None:
    paragraph, table = card("html", html="<p>One</p><table><tr><th>a</th></tr><tr><td>b</td></tr></table>")
    assert (block_text(paragraph), type(table)) == ("One", Table)
    assert [block_text(block) for block in card("markdown", markdown="**a**\nb\n\n- c")] == ["a b", "c"]


def test_cards_of_boxes() -> None:
    (callout,) = card("callout", calloutText="<p>Mind <b>this</b></p>", calloutEmoji="💡")
    assert isinstance(callout, Aside)
    assert (callout.kind, block_text(callout)) == ("factbox", "Mind this")
    (toggle,) = card("toggle", heading="Why?", content="<p>So.</p>")
    assert isinstance(toggle, Aside)
    assert (plain_text(toggle.title), block_text(toggle)) == ("Why?", "Why?\nSo.")
    (product,) = card(
        "product", productTitle="A lamp", productDescription="<p>Bright</p>", productRatingEnabled=True,
        productStarRating=4, productButtonEnabled=True, productButton="Buy", productUrl="https://example.com/buy",
    )  # fmt: skip
    assert block_text(product) == "A lamp\n4/5\nBright\nBuy"


def test_cards_of_code_headings_and_buttons() -> None:
    assert card("code", code="a = 1\n  b", language="python") == (CodeBlock("a = 1\n  b", "python"),)
    header = card(
        "header", header="Head", subheader="Below", buttonEnabled=True, buttonText="Go", buttonUrl="https://x.example"
    )
    assert [block_text(block) for block in header] == ["Head", "Below", "Go"]
    assert card("button", buttonText="Go", buttonUrl="javascript:x()") == (Paragraph((Text("Go"),)),)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("email", Kind.INFO), ("email-cta", Kind.INFO), ("paywall", Kind.INFO), ("signup", Kind.INFO),
     ("call-to-action", Kind.LOSS), ("transistor", Kind.LOSS)],
)  # fmt: skip
def test_a_card_that_is_no_part_of_the_story_is_left_out_and_told(name: str, kind: Kind) -> None:
    context = Context()
    blocks = lexical({"type": name, "html": "<p>Subscribe</p>"}, element("paragraph", text("story")), context=context)
    assert [block_text(block) for block in blocks] == ["story"]
    assert [notice.kind for notice in context.notices] == [kind]


@pytest.mark.parametrize(
    ("visibility", "kind"),
    [
        ({"web": {"nonMember": False, "memberSegment": "status:free"}, "email": {}}, Kind.LOSS),
        ({"web": {"nonMember": False, "memberSegment": ""}, "email": {}}, Kind.INFO),
        ({"showOnWeb": False, "showOnEmail": True}, Kind.INFO),
        ({"emailOnly": True, "segment": ""}, Kind.INFO),
        ({"web": {"nonMember": True, "memberSegment": ""}, "email": {}}, None),
    ],
)
def test_a_card_is_read_when_all_readers_see_it(visibility: dict[str, Any], kind: Kind | None) -> None:
    context = Context()
    blocks = lexical({"type": "html", "html": "<p>x</p>", "visibility": visibility}, context=context)
    assert len(blocks) == (kind is None)
    assert [notice.kind for notice in context.notices] == ([kind] if kind else [])


def test_the_furniture_of_rendered_cards_is_no_text() -> None:
    context = Context()
    article = read(
        {
            **POST,
            "html": '<div class="kg-card kg-audio-card"><div class="kg-audio-player-container"><audio src="https://'
            'example.com/a.mp3"></audio><div class="kg-audio-title">Sound</div><div class="kg-audio-player"><span>0:00'
            '</span></div></div></div><div class="kg-card kg-callout-card kg-callout-card-blue"><div class='
            '"kg-callout-emoji">💡</div><div class="kg-callout-text">Mind</div></div><div class='
            '"kg-card kg-signup-card"><h2>Join</h2></div><!--kg-gated-block:begin nonMember:false --><p>Gated</p>'
            "<!--kg-gated-block:end-->",
        },
        context=context,
    )
    assert [block_text(block) for block in article.body] == ["", "Sound", "Mind"]
    assert isinstance(article.body[2], Aside)
    assert [notice.code for notice in context.notices] == ["ghost.card-lost", "ghost.card-unseen"]


# What is hostile or broken


FIELDS = (
    "title", "html", "lexical", "mobiledoc", "authors", "tags", "published_at", "uuid", "feature_image", "url",
    "primary_author", "visibility", "custom_excerpt",
)  # fmt: skip


@pytest.mark.parametrize("value", [None, 1, True, [], [1], {}, {"a": [{"b": None}]}, "x", "\ud800", 10**400])
@pytest.mark.parametrize("name", FIELDS)
def test_a_field_of_any_type_is_no_error(name: str, value: Any) -> None:
    post = {**POST, "html": "<p>Open.</p>", name: value}
    GhostReader().read(json.dumps(post).encode(), GhostOptions(), Context())


def test_input_of_any_encoding_is_read() -> None:
    text_ = json.dumps({**POST, "html": "<p>Straße</p>"}, ensure_ascii=False)
    for data in (text_.encode("utf-8-sig"), text_.encode("utf-16"), text_.encode("cp1252")):
        assert block_text(read(data).body[0]) == "Straße"


@pytest.mark.parametrize("data", [b"", b"[", b"{}", b"[]", b"null", b"[" * 5000, b'{"post":' * 5000])
def test_what_is_no_post_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        GhostReader().read(data, GhostOptions(), Context())


def test_more_than_the_limit_is_refused() -> None:
    context = Context(limits=Limits(input_bytes=100))
    with pytest.raises(LimitError):
        list(GhostReader().each(BytesIO(json.dumps({**POST, "html": "x" * 100}).encode()), GhostOptions(), context))
