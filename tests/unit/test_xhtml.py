"""Blocks and inlines as XHTML, in the three profiles."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from lxml import etree
from msgspec import structs

from newsexport.kit.xhtml import Profile, Source, Xhtml, address, body, story, web_address
from newsexport.model import (
    Article,
    Block,
    Cell,
    CodeBlock,
    Correction,
    Dateline,
    EdNote,
    Embargo,
    Embed,
    Figure,
    FootnoteRef,
    Heading,
    Image,
    Link,
    List,
    ListItem,
    LivePost,
    Paragraph,
    Quote,
    Related,
    Table,
    Text,
    Video,
    view,
    walk,
)
from newsexport.model.nodes import Inline
from newsexport.spi import Context
from stories import FLASH, NOON, everything, paragraph, text

PICTURE = Source("picture.png", 320, 200)
RICH = (Profile.PAGE, Profile.EPUB)
FLAT_TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "blockquote", "ul", "ol", "li", "pre", "hr"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
    *("a", "strong", "em", "u", "s", "sup", "sub", "code", "br", "span", "time"),
}


def markup_of(profile: Profile, language: str = "en", **options: int | str) -> Xhtml:
    source = None if profile is Profile.WIRE else lambda image: PICTURE
    level, prefix = int(options.get("level", 1)), str(options.get("prefix", ""))
    return Xhtml(Context(), language, profile, image_source=source, level=level, prefix=prefix)


def block(block: Block, profile: Profile = Profile.PAGE) -> str:
    return markup_of(profile).blocks((block,)).strip()


def inline(inline: Inline) -> str:
    return markup_of(Profile.PAGE).inlines((inline,))


def public(article: Article) -> Article:
    viewed = view(article, "public")
    assert isinstance(viewed, Article)
    return viewed


def tree(markup: str) -> Any:
    return etree.fromstring(f'<root xmlns:epub="http://www.idpf.org/2007/ops">{markup}</root>')


@pytest.mark.parametrize("profile", Profile)
def test_every_word_of_a_story_is_in_its_markup(profile: Profile) -> None:
    article = public(everything())
    lines: list[str | None] = [walk.plain_text(article.headline), walk.plain_text(article.standfirst)]
    lines += [walk.block_text(each) for each in article.body]
    lines += [article.kicker, article.byline, article.credit_line, article.usage_terms, *article.keywords]
    lines += [correction.public_text for correction in article.corrections]
    expected = Counter(walk.words(" ".join(filter(None, lines))))
    found = Counter(walk.words("".join(tree(story(article, markup_of(profile))).itertext())))
    assert expected - found == Counter()


def test_wire_markup_is_flat_and_says_nothing_to_style_sheets() -> None:
    elements = list(tree(story(everything(), markup_of(Profile.WIRE))).iterdescendants())
    assert {str(element.tag) for element in elements} <= FLAT_TAGS
    names = {str(name) for element in elements for name in element.attrib}
    assert not {name for name in names if name in {"class", "role"} or name.startswith("{http://www.idpf")}


def test_only_epub_says_what_a_part_is_in_epub_terms() -> None:
    assert "epub:type" in story(everything(), markup_of(Profile.EPUB))
    assert "epub:type" not in story(everything(), markup_of(Profile.PAGE))


@pytest.mark.parametrize("profile", Profile)
def test_ids_are_unique_and_links_within_the_markup_lead_somewhere(profile: Profile) -> None:
    root = tree(story(everything(), markup_of(profile, prefix="a1-")))
    ids = [str(found) for found in root.xpath("//@id")]
    assert len(ids) == len(set(ids))
    assert {str(href)[1:] for href in root.xpath("//a/@href[starts-with(., '#')]")} <= set(ids)
    assert all(name.startswith("a1-") for name in ids)


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (Text("a < b & c"), "a &lt; b &amp; c"),
        (Text("mot", lang="fr"), '<span lang="fr">mot</span>'),
        (Text("שלום", lang="he"), '<span lang="he" dir="rtl">שלום</span>'),
        (Link(text("x"), "https://example.com/?a=1&b=2"), '<a href="https://example.com/?a=1&amp;b=2">x</a>'),
        (
            Link(text("x"), "https://example.com/", title='"x"'),
            '<a href="https://example.com/" title="&quot;x&quot;">x</a>',
        ),
    ],
)
def test_inlines(node: Inline, expected: str) -> None:
    assert inline(node) == expected


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (Heading(text("Hours"), 3), "<h3>Hours</h3>"),
        (Paragraph(text("Small"), role="note"), '<p class="note">Small</p>'),
        (List((ListItem((paragraph("one"),)),)), "<ul>\n<li>one</li>\n</ul>"),
        (List((ListItem((paragraph("one"),)),), ordered=True, start=4), '<ol start="4">\n<li>one</li>\n</ol>'),
        (
            List((ListItem((paragraph("one"), paragraph("more"))),)),
            "<ul>\n<li>\n<p>one</p>\n<p>more</p>\n</li>\n</ul>",
        ),
        (Quote((paragraph("Yes."),), cite="javascript:alert(1)"), "<blockquote>\n<p>Yes.</p>\n</blockquote>"),
        (CodeBlock("\n a < b"), "<pre><code>\n a &lt; b</code></pre>"),
        (
            Embed("https://example.com/1", provider="Social"),
            '<figure class="embed">\n<figcaption><a href="https://example.com/1">Social</a></figcaption>\n</figure>',
        ),
        (Embed("javascript:x"), '<figure class="embed">\n<figcaption>javascript:x</figcaption>\n</figure>'),
        (Figure(Video("local.mp4", alt="The film")), "<figure>\n<p>[Video: The film]</p>\n</figure>"),
    ],
)
def test_blocks(node: Block, expected: str) -> None:
    assert block(node) == expected


def test_header_cells_say_what_they_head_and_empty_ones_head_nothing() -> None:
    head = (Cell(header=True), Cell((paragraph("Queue"),), header=True))
    row = (Cell((paragraph("Noon"),), header=True, rowspan=2), Cell((paragraph("4 km"),)))
    root = tree(block(Table((head,), (row, (Cell((paragraph("5 km"),)),)))))
    assert root.xpath("//thead/tr/*/@scope") == ["col"]
    assert [element.tag for element in root.xpath("//thead/tr/*")] == ["td", "th"]
    assert root.xpath("//tbody//th/@scope") == ["row"]
    assert root.xpath("//tbody//th/@rowspan") == ["2"]


def test_a_decorative_picture_is_skipped_by_screen_readers() -> None:
    assert 'alt="" role="presentation"' in block(Figure(Image("x", alt="ignored", decorative=True)))


def test_a_picture_without_bytes_is_its_description_in_words() -> None:
    xhtml = Xhtml(Context(), "en", Profile.PAGE, image_source=lambda image: None)
    assert "[picture not available: A ship]" in xhtml.figure(Figure(Image("x", alt="A ship")))
    assert xhtml.figure(Figure(Image("x", decorative=True))) == ""


def test_wire_links_to_pictures_on_the_web() -> None:
    figure = Figure(Image("https://example.com/a.jpg", alt="A ship", credit="Sam Lens"), text("In port."))
    expected = '<p><a href="https://example.com/a.jpg">Picture: A ship</a> In port. (Sam Lens)</p>'
    assert block(figure, Profile.WIRE) == expected


def test_footnotes_are_numbered_and_linked_both_ways() -> None:
    xhtml = markup_of(Profile.PAGE)
    shown = xhtml.inlines((Text("One"), FootnoteRef((paragraph("First."),)), FootnoteRef((paragraph("Second."),))))
    assert shown == ('One<sup><a id="ref1" href="#note1">1</a></sup><sup><a id="ref2" href="#note2">2</a></sup>')
    assert tree(xhtml.footnotes()).xpath("//li/@id") == ["note1", "note2"]
    assert tree(xhtml.footnotes()).xpath("//li/a/@href") == ["#ref1", "#ref2"]


def test_a_footnote_within_a_link_follows_it() -> None:
    link = Link((Text("port"), FootnoteRef((paragraph("A note."),))), "https://example.com/")
    assert inline(link) == '<a href="https://example.com/">port</a><sup><a id="ref1" href="#note1">1</a></sup>'


def test_a_dateline_that_runs_in_begins_the_first_paragraph() -> None:
    line = Dateline(place="ROME", date=date(2025, 2, 24))
    article = structs.replace(FLASH, dateline=line, body=(paragraph("It rains."), paragraph("Still.")))
    assert body(article, markup_of(Profile.WIRE)) == "<p>ROME, Feb. 24 — It rains.</p>\n<p>Still.</p>\n"


@pytest.mark.parametrize("line", [Dateline(place="ROME", run_in=False), Dateline(place="ROME")])
def test_a_dateline_that_cannot_run_in_has_a_line_of_its_own(line: Dateline) -> None:
    blocks = (Heading(text("Rain")),) if line.run_in else (paragraph("It rains."),)
    article = structs.replace(FLASH, dateline=line, body=blocks)
    assert "<p>ROME —</p>" in story(article, markup_of(Profile.WIRE))


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize(
    ("changes", "banner"),
    [
        ({"pub_status": "canceled"}, "KILLED"),
        ({"pub_status": "withheld"}, "HOLD"),
        ({"embargo": Embargo(NOON)}, "EMBARGOED until 24 February 2025, 12:00 UTC"),
        ({"label": "sponsored"}, "Sponsored content"),
    ],
)
def test_what_must_be_seen_stands_first(profile: Profile, changes: dict[str, Any], banner: str) -> None:
    lines = "".join(tree(story(structs.replace(FLASH, kind="story", **changes), markup_of(profile))).itertext()).split(
        "\n"
    )
    assert next(filter(None, lines)).startswith(banner)


def test_what_belongs_below_the_story() -> None:
    article = structs.replace(
        FLASH,
        corrections=(Correction(public_text="It was 800 metres."), Correction(wrong="900", right="800")),
        related=(Related("see-also", "urn:x:1", "The port"), Related("derived-from", "urn:x:2")),
        notes=(EdNote("Adds map.", audience="public"),),
        info_sources=("Port", "City"),
        responsible_editor="Rita Chief",
    )
    shown = story(article, markup_of(Profile.WIRE))
    assert "It was 800 metres." in shown
    assert "900" not in shown
    assert shown.count("<li>") == 1
    assert "Adds map." in shown
    assert "<p>Sources: Port, City</p>" in shown
    assert "<p>Responsible editor: Rita Chief</p>" in shown


def test_a_withdrawn_post_keeps_its_place() -> None:
    assert "This post was withdrawn" in block(LivePost(NOON, status="withdrawn"))


def test_headings_follow_the_level_of_the_headline() -> None:
    xhtml = markup_of(Profile.PAGE, level=3)
    assert xhtml.blocks((Heading(text("Hours"), 2), Heading(text("Deep"), 6))) == "<h4>Hours</h4>\n<h6>Deep</h6>\n"


def test_a_language_has_its_attribute_of_xml_in_xml_alone() -> None:
    node = Paragraph(text("Oui"), lang="fr")
    assert block(node) == '<p lang="fr">Oui</p>'
    assert block(node, Profile.EPUB) == '<p lang="fr" xml:lang="fr">Oui</p>'


def test_where_the_flat_profile_drops_an_element_its_language_stays() -> None:
    embed = Embed("https://example.com/", fallback=(paragraph("Oui"),), lang="fr")
    assert '<p lang="fr" xml:lang="fr">Oui</p>' in block(embed, Profile.WIRE)


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("https://example.com/a b<c>", "https://example.com/a%20b%3Cc%3E"),
        ("https://example.com/100%", "https://example.com/100%25"),
        ("https://example.com/?a[]=1#x#y", "https://example.com/?a%5B%5D=1#x%23y"),
        ("https://münchen.de/ä", "https://münchen.de/ä"),
        ("https://[::1]:80/", "https://[::1]:80/"),
        ("mailto:a b@example.com", "mailto:a%20b@example.com"),
        ("https://exa mple.com/", None),
        ("https://[bad/", None),
        ("https://example.com:99999/", None),
    ],
)
def test_addresses_are_escaped_or_refused(uri: str, expected: str | None) -> None:
    assert address(uri) == expected


def test_only_the_web_is_a_web_address() -> None:
    assert web_address("HTTPS://example.com") is not None
    assert [web_address(uri) for uri in ("javascript:alert(1)", "file:///x", "urn:x:1", "x.mp4", None)] == [None] * 5


def test_a_link_to_nowhere_keeps_its_words_and_is_reported() -> None:
    context = Context()
    xhtml = Xhtml(context, "en", Profile.PAGE)
    assert xhtml.inlines((Link(text("port"), "https://[bad/"),)) == "port"
    assert [notice.code for notice in context.notices] == ["link.broken"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (datetime(2025, 2, 24, 10, 15, tzinfo=UTC), "2025-02-24T10:15:00+00:00"),
        (datetime(2025, 2, 24, 10, 15, 0, 100, tzinfo=UTC), "2025-02-24T10:15:00.000+00:00"),
        (datetime(2025, 2, 24, 10, 15, 0, 123_456, tzinfo=UTC), "2025-02-24T10:15:00.123+00:00"),
        (datetime(1890, 2, 24, 12, tzinfo=timezone(timedelta(minutes=53, seconds=28))), "1890-02-24T11:06:32+00:00"),
    ],
)
def test_moments_are_written_as_html_has_them(value: datetime, written: str) -> None:
    assert f'datetime="{written}"' in markup_of(Profile.PAGE).time(value)
