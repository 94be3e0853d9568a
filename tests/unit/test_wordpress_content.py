"""What the content of posts is: comments of the block editor, line breaks of the classic one, shortcodes."""

from __future__ import annotations

import pytest

from newsexport.errors import Kind, Notice
from newsexport.kit import html
from newsexport.model import Audio, Block, CodeBlock, Embed, Figure, Gallery, Image, Link, Paragraph, Video
from newsexport.model.walk import block_text, records
from newsexport.readers.wordpress.content import rendered, saved
from newsexport.readers.wordpress.library import Attachment, Library
from newsexport.readers.wordpress.setting import Setting
from newsexport.spi import Context

QUAY = Attachment(
    uri="https://example.com/quay.jpg", kind="image", alt="A quay", caption="The <em>old</em> quay", credit="Mara Lind"
)
LIBRARY = Library(
    attachments={
        "5": QUAY,
        "6": Attachment(uri="https://example.com/map.png", kind="image", title="Map"),
        "7": Attachment(uri="https://example.com/horn.mp3", kind="audio", title="Horn"),
    },
    children={"9": ["5", "6"]},
    blocks={
        "3": "<!-- wp:paragraph --><p>Shared</p><!-- /wp:paragraph -->",
        "4": '<!-- wp:block {"ref":4} /-->',
    },
)


def body(content: str, *, footnotes: str | None = None) -> tuple[tuple[Block, ...], tuple[Notice, ...]]:
    context = Context()
    setting = Setting(context, "content", library=LIBRARY, identity="9", footnotes=footnotes)
    return html.blocks(saved(content, setting), context).blocks, context.notices


def texts(content: str) -> list[str]:
    """Return the text of each block; line breaks are blanks in it."""
    return [block_text(block) for block in body(content)[0]]


# The classic editor


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("One\n\nTwo", ["One", "Two"]),
        ("One\ntwo", ["One two"]),
        ("One\r\n\r\nTwo\r\nthree", ["One", "Two three"]),
        ("One\n  \n\n\nTwo", ["One", "Two"]),
        ("One<br />\ntwo", ["One two"]),
        ("<strong>One</strong>\n\n<em>Two</em>", ["One", "Two"]),
        ("<em>One\n\ntwo</em>", ["One", "two"]),
        ("One\n<h2>Head</h2>\nTwo", ["One", "Head", "Two"]),
        ("One\n<ul>\n \t<li>a</li>\n \t<li>b</li>\n</ul>\nTwo", ["One", "a\nb", "Two"]),
        ("<blockquote>One\n\nTwo</blockquote>\nThree", ["One\nTwo", "Three"]),
        ("One\n\n<!--more-->\n\nTwo\n<!--nextpage-->\nThree", ["One", "Two", "Three"]),
        ("<pre>a\n\n  b</pre>\nTwo", ["a\n\n  b", "Two"]),
        ("<p>One</p>\n<p>Two\nthree</p>", ["One", "Two three"]),
        ("&nbsp;\n\nOne", ["One"]),
        ("5 < 6\n\n<3 you", ["5 < 6", "<3 you"]),
        ("<!-- a comment -->One<!-- another\n\none --> two", ["One two"]),
    ],
)
def test_line_breaks_count(content: str, expected: list[str]) -> None:
    assert texts(content) == expected


@pytest.mark.parametrize(
    "content",
    [
        "One\n\nhttps://www.youtube.com/watch?v=a1&amp;t=2\n\nTwo",
        "One\n\n[embed width=500]https://www.youtube.com/watch?v=a1&amp;t=2[/embed]\n\nTwo",
        "<p>One</p><p>https://www.youtube.com/watch?v=a1&amp;t=2</p><p>Two</p>",
        "One\n\n[youtube https://www.youtube.com/watch?v=a1&amp;t=2]\n\nTwo",
        "One\n\n[youtube=https://www.youtube.com/watch?v=a1&amp;t=2]\n\nTwo",
    ],
)
def test_the_address_of_a_known_service_alone_is_embedded(content: str) -> None:
    blocks, _ = body(content)
    assert [type(block) for block in blocks] == [Paragraph, Embed, Paragraph]
    embed = blocks[1]
    assert isinstance(embed, Embed)
    assert (embed.url, embed.provider) == ("https://www.youtube.com/watch?v=a1&t=2", "YouTube")


def test_another_address_alone_is_a_link_and_one_in_a_sentence_words() -> None:
    blocks, _ = body("https://example.com/a?b=1&amp;c=2\n\nSee https://www.youtube.com/watch?v=a1 for more")
    links = [record.href for _, record in records(blocks) if isinstance(record, Link)]
    assert links == ["https://example.com/a?b=1&c=2"]
    assert [type(block) for block in blocks] == [Paragraph, Paragraph]


# Shortcodes


@pytest.mark.parametrize(
    "prose",
    [
        "It was [sic] close", "[1] and [2]", "[Updated] The boat", "[he said] so", "[their] word", "[emphasis added]",
        "[video] of it", "[see code]", "a[i] = b[i]", "[x = 5]", "[10:30] Rain", "[/i] alone", "[...] more", "[[wiki",
        "[Associated-Press]",
    ],
)  # fmt: skip
def test_brackets_of_prose_stay(prose: str) -> None:
    assert texts(prose) == [prose]
    assert body(prose)[1] == ()


@pytest.mark.parametrize(
    ("content", "expected", "kind"),
    [
        ("One [weather town='Norhaven'] two", ["One two"], Kind.LOSS),
        ("One [weather town=Norhaven /] two", ["One two"], Kind.LOSS),
        ("One [contact_form] two", ["One two"], Kind.LOSS),
        ("[row][column]One[/column][column]Two[/column][/row]", ["One Two"], Kind.REPAIR),
        ("[highlight colour='red']One[/highlight] two", ["One two"], Kind.REPAIR),
        ("[tabs]\n\nOne\n\n[/tabs]\n\nTwo", ["One", "Two"], Kind.REPAIR),
    ],
)
def test_words_within_unknown_shortcodes_are_kept(content: str, expected: list[str], kind: Kind) -> None:
    assert texts(content) == expected
    notices = body(content)[1]
    code = "wordpress.shortcode" if kind is Kind.LOSS else "wordpress.shortcode-kept"
    assert {(notice.code, notice.kind) for notice in notices} == {(code, kind)}


def test_a_shortcode_is_told_once_for_each_name() -> None:
    _, notices = body("[a x=1][a x=2][b x=1]")
    assert [notice.message.split("]")[0].partition("[")[2] for notice in notices] == ["a", "b"]


def test_a_shortcode_in_double_brackets_is_words() -> None:
    assert texts("Write [[gallery ids='1']]") == ["Write [gallery ids='1']"]
    assert texts("Write [[caption]x[/caption]]") == ["Write [caption]x[/caption]"]


@pytest.mark.parametrize(
    "content",
    [
        '[caption id="a" width="4"]<img src="/q.jpg" alt="Q" /> The <em>quay</em>[/caption]',
        '[caption caption="The <em>quay</em>"]<img src="/q.jpg" alt="Q" />[/caption]',
        '[caption]<a href="/q.jpg"><img src="/q.jpg" alt="Q" /></a>\nThe <em>quay</em>[/caption]',
        '[wp_caption]<img src="/q.jpg" alt="Q" />The <em>quay</em>[/wp_caption]',
    ],
)
def test_a_caption_belongs_to_its_picture(content: str) -> None:
    (figure,), _ = body(content)
    assert isinstance(figure, Figure)
    assert (figure.media.uri, figure.media.alt, block_text(figure)) == ("/q.jpg", "Q", "The quay")


def test_a_gallery_shows_the_files_that_it_names() -> None:
    for content in ("[gallery ids='5,6']", "[gallery include='5, 6' columns=2]", "[gallery]"):
        (gallery,), notices = body(content)
        assert isinstance(gallery, Gallery)
        assert [figure.media.uri for figure in gallery.figures] == [QUAY.uri, "https://example.com/map.png"]
        assert gallery.figures[0].media.credit == "Mara Lind"
        assert block_text(gallery) == "The old quay"
        assert notices == ()


def test_files_that_are_not_known_are_lost_and_told() -> None:
    blocks, notices = body("[gallery ids='5,77,78']")
    assert [type(block) for block in blocks] == [Figure]
    assert [(notice.code, notice.kind) for notice in notices] == [("wordpress.gallery", Kind.LOSS)]
    assert "77, 78" in notices[0].message


@pytest.mark.parametrize(
    ("content", "kind", "uri"),
    [
        ("[audio src='/a.mp3']", Audio, "/a.mp3"),
        ("[audio mp3='/a.mp3' ogg='/a.ogg'][/audio]", Audio, "/a.mp3"),
        ("[video width=6 mp4='/v.mp4' poster='/p.jpg'][/video]", Video, "/v.mp4"),
        ("[playlist ids='7']", Audio, "https://example.com/horn.mp3"),
    ],
)
def test_recordings_are_media(content: str, kind: type[object], uri: str) -> None:
    (figure,), notices = body(content)
    assert isinstance(figure, Figure)
    assert (type(figure.media), figure.media.uri, notices) == (kind, uri, ())


@pytest.mark.parametrize(
    ("content", "url"),
    [
        ("[vimeo 1234]", "https://vimeo.com/1234"),
        ("[vimeo id='1234' w=5]", "https://vimeo.com/1234"),
        ("[tweet 99]", "https://x.com/i/status/99"),
        ("[soundcloud url='https://soundcloud.com/a/b']", "https://soundcloud.com/a/b"),
        ("[video src='https://youtu.be/a']", "https://youtu.be/a"),
        ("[iframe src=https://example.com/map]", "https://example.com/map"),
        ("[embed]https://example.com/a?b=1&amp;c=2[/embed]", "https://example.com/a?b=1&c=2"),
    ],
)
def test_players_are_embeds(content: str, url: str) -> None:
    (embed,), notices = body(content)
    assert isinstance(embed, Embed)
    assert (embed.url, notices) == (url, ())


def test_a_button_is_a_link_and_code_is_code() -> None:
    blocks, _ = body("[button url='https://example.com/']Book[/button]\n\n[code lang=py]a[i] = '<b>'\n\nc[/code]")
    links = [record.href for _, record in records(blocks) if isinstance(record, Link)]
    assert links == ["https://example.com/"]
    assert [block.text for block in blocks if isinstance(block, CodeBlock)] == ["a[i] = '<b>'\n\nc"]


# The block editor


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('<!-- wp:embed {"url":"https://youtu.be/a?b\\u0026c"} /-->', Embed("https://youtu.be/a?b&c", "YouTube")),
        ('<!-- wp:core-embed/vimeo {"url":"https://vimeo.com/1"} /-->', Embed("https://vimeo.com/1", "Vimeo")),
        ('<!-- wp:video {"guid":"Ab1"} --><p></p><!-- /wp:video -->', Embed("https://videopress.com/v/Ab1")),
        ('<!-- wp:image {"url":"/a.jpg","alt":"A"} /-->', Figure(Image("/a.jpg", alt="A"))),
        ('<!-- wp:audio {"src":"/a.mp3"} /-->', Figure(Audio("/a.mp3"))),
        ('<!-- wp:cover {"url":"/a.jpg"} /-->', Figure(Image("/a.jpg"))),
    ],
)  # fmt: skip
def test_what_a_comment_alone_says_is_shown(content: str, expected: Block) -> None:
    (block,), notices = body(content)
    assert (block, notices) == (expected, ())


def test_the_picture_of_an_old_cover_stands_in_its_comment() -> None:
    blocks, _ = body(
        '<!-- wp:cover {"url":"/a.jpg"} --><div style="background-image:url(/a.jpg)"><p>One</p></div><!-- /wp:cover -->'
    )
    assert [type(block) for block in blocks] == [Figure, Paragraph]


def test_files_are_found_by_number() -> None:
    (gallery,), _ = body('<!-- wp:gallery {"ids":[5,6]} /-->')
    assert isinstance(gallery, Gallery)
    (figure,), _ = body(
        '<!-- wp:image {"id":5} --><figure><img src="/q.jpg" class="wp-image-5"/></figure><!-- /wp:image -->'
    )
    assert isinstance(figure, Figure)
    assert (figure.media.uri, figure.media.credit) == ("/q.jpg", "Mara Lind")


def test_a_shared_block_is_read_where_it_is_known() -> None:
    assert texts('<!-- wp:block {"ref":3} /-->') == ["Shared"]
    blocks, notices = body('<!-- wp:block {"ref":4} /--><!-- wp:block {"ref":99} /-->')
    assert blocks == ()
    assert {notice.code for notice in notices} == {"wordpress.block-unknown"}


@pytest.mark.parametrize(
    "content",
    [
        '<!-- wp:acme/quote {"text":"Words"} /-->',
        "<!-- wp:acme/quote -->\n<div class='quote'></div>\n<!-- /wp:acme/quote -->",
        "<!-- wp:latest-posts /-->",
        "<!-- wp:core/embed /-->",
        "<!-- wp:embed not-json /-->",
    ],
)
def test_a_block_that_leaves_nothing_is_told(content: str) -> None:
    blocks, notices = body("<!-- wp:paragraph --><p>One</p><!-- /wp:paragraph -->" + content)
    assert [block_text(block) for block in blocks] == ["One"]
    if "not-json" in content:
        return  # then it is no block, but a comment
    assert [(notice.code, notice.kind, notice.where) for notice in notices] == [
        ("wordpress.block-unknown", Kind.LOSS, "content, block 2")
    ]


@pytest.mark.parametrize("name", ["paragraph", "spacer", "separator", "more", "column", "list"])
def test_an_empty_block_of_wordpress_has_lost_nothing(name: str) -> None:
    assert body(f"<!-- wp:{name} --><div></div><!-- /wp:{name} -->")[1] == ()


def test_an_unknown_block_with_words_is_its_words() -> None:
    assert body('<!-- wp:acme/box {"a":1} --><div><p>One</p></div><!-- /wp:acme/box -->')[1] == ()


def test_a_verse_has_lines_and_marks() -> None:
    for name in ("verse", "preformatted"):
        (block,), _ = body(
            f'<!-- wp:{name} --><pre class="wp-block-{name}">One <em>two</em>,\nthree</pre><!-- /wp:{name} -->'
        )
        assert isinstance(block, Paragraph)
        assert [type(inline).__name__ for inline in block.content] == ["Text", "Emphasis", "Text", "LineBreak", "Text"]


def test_footnotes_without_their_block_are_kept() -> None:
    note = '[{"id":"a","content":"Note"}]'
    blocks, _ = body(
        '<!-- wp:paragraph --><p>One<sup class="fn"><a href="#a" id="a-link">1</a></sup></p><!-- /wp:paragraph -->',
        footnotes=note,
    )
    assert block_text(blocks[0]) == "One\nNote"
    for broken in ("{", "[1]", '[{"id":1}]', "null", "[" * 5000):
        assert body("<!-- wp:paragraph --><p>One</p><!-- /wp:paragraph -->", footnotes=broken)[1] == ()


# What the server shows


def test_shortcodes_that_the_server_did_not_know_are_no_words() -> None:
    context = Context()
    shown = rendered("<p>One [weather town=&#8221;N&#8221;] two [gallery] [sic]</p>", Setting(context, "content"))
    assert shown == "<p>One  two [gallery] [sic]</p>"
    assert [notice.code for notice in context.notices] == ["wordpress.shortcode"]
