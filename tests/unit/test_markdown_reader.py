"""Markdown: what becomes of each of its parts, real posts, and texts that mean harm."""

from __future__ import annotations

import re
import time
from collections import Counter
from html import unescape
from pathlib import Path

import pytest

from markup import line, lines
from newsexport import prepare, registry
from newsexport.errors import InputError, Kind, LimitError
from newsexport.model import (
    Article,
    Embed,
    Figure,
    Heading,
    Link,
    ListItem,
    Quote,
    codec,
)
from newsexport.model.walk import block_text, plain_text, records, words
from newsexport.readers.markdown import MarkdownOptions, MarkdownReader
from newsexport.spi import Context, Probe
from newsexport.testing import check_reader
from samples import corpus, samples

_CASES = re.findall(
    r"^## ([^\n]+)\n~~~\n(.*?)\n~~~\n(.*?)(?=^## |\Z)",
    (Path(__file__).parent / "data/markdown.md").read_text("utf-8"),
    re.MULTILINE | re.DOTALL,
)


def read(text: str | bytes, context: Context | None = None, **options: object) -> Article:
    data = text if isinstance(text, bytes) else text.encode()
    given = registry.options(MarkdownOptions, options, "markdown")
    [document] = MarkdownReader().read(data, given, context or Context()).documents
    assert isinstance(document, Article)
    return document


def notices(text: str, **options: object) -> list[tuple[str, Kind, str | None]]:
    context = Context()
    read(text, context, **options)
    return [(notice.code, notice.kind, notice.where) for notice in context.notices]


def said(article: Article) -> list[str]:
    """Return the words of a body, descriptions of pictures and titles of players among them."""
    media = [record for _, record in records(article.body) if isinstance(record, Figure)]
    embeds = [record.title or "" for _, record in records(article.body) if isinstance(record, Embed)]
    parts = [*map(block_text, article.body), *(figure.media.alt or "" for figure in media), *embeds]
    return words(" ".join(parts).replace("_", " "))


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in _CASES], ids=[case[0] for case in _CASES])
def test_text_becomes_blocks(text: str, expected: str) -> None:
    assert "\n".join(lines(read(text).body)).strip() == expected.strip()


# The headline and what stands around the story


def test_the_first_heading_of_level_1_is_the_headline() -> None:
    article = read("# The *port* reopens\n\nWords.\n\n## Part")
    assert (line(article.headline), list(lines(article.body))) == ("The _port_ reopens", ["p: Words.", "h2: Part"])


@pytest.mark.parametrize(
    ("heading", "body"),
    [("# The port reopens", ["p: Words."]), ("# Ships sail again", ["h2: Ships sail again", "p: Words."])],
)
def test_a_heading_that_repeats_the_title_is_none_of_the_text(heading: str, body: list[str]) -> None:
    article = read(f'---\ntitle: "The *port* reopens"\n---\n{heading.replace("port", "**port**")}\n\nWords.')
    assert line(article.headline) == "The _port_ reopens"
    assert list(lines(article.body)) == body


def test_what_desks_write_above_copy_is_taken_off_it() -> None:
    article = read("EMBARGOED UNTIL FRIDAY\n\nBy Jane Roe\n\nLONDON (Reuters) - It was.")
    assert article.embargo is not None
    assert article.embargo.until is None
    assert article.byline == "By Jane Roe"
    assert [author.name for author in article.authors] == ["Jane Roe"]
    assert article.dateline is not None
    assert article.dateline.place == "LONDON"
    assert list(lines(article.body)) == ["p: It was."]


def test_front_matter_says_more_than_the_text() -> None:
    head = "---\nbyline: Our correspondent\nauthors: [John Doe]\ndateline: PARIS\nembargo: 2025-02-25T06:00:00Z\n---\n"
    article = read(head + "EMBARGOED UNTIL FRIDAY\n\nBy Jane Roe\n\nLONDON (Reuters) - It was.")
    assert article.byline == "Our correspondent"
    assert [author.name for author in article.authors] == ["John Doe"]
    assert article.dateline is not None
    assert article.dateline.place == "PARIS"
    assert article.embargo is not None
    assert article.embargo.until is not None


def test_copy_that_waits_for_its_release_is_withheld() -> None:
    assert read("---\ntitle: A\n---\nHOLD FOR RELEASE\n\nIt was.").pub_status == "withheld"


def test_links_and_pictures_are_absolute_where_the_base_is_known() -> None:
    article = read("[a](b.html) ![c](/d.jpg) ![e](f.jpg)", base="https://example.com/news/a")
    assert article.canonical_url == "https://example.com/news/a"
    assert list(lines(article.body)) == [
        "p: [a](https://example.com/news/b.html)",
        "image https://example.com/d.jpg alt 'c'",
        "image f.jpg alt 'e'",
    ]


def test_a_picture_within_the_text_is_an_asset() -> None:
    pixels = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg" + "A" * 60
    parsed = MarkdownReader().read(f"![a](data:image/png;base64,{pixels})".encode(), MarkdownOptions(), Context())
    [asset] = parsed.assets
    [document] = parsed.documents
    assert isinstance(document, Article)
    assert list(lines(document.body)) == [f"image {asset.uri} alt 'a'"]


@pytest.mark.parametrize("data", ["\ufeffA *b*", "A *b*".encode("utf-16"), "A\r\n*b*", "A\r*b*"])
def test_byte_order_marks_and_line_ends_make_no_difference(data: str | bytes) -> None:
    assert list(lines(read(data).body)) == ["p: A _b_"]


# What is said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\n{{< unknown >}}", ("markdown.shortcode", Kind.LOSS, "line 3")),
        ("a\nb {{ site.x }}", ("markdown.shortcode", Kind.LOSS, "line 2")),
        ("---\ntitle: A\n---\n\n- a\n- b\n\n  {% unknown x %}", ("markdown.shortcode", Kind.LOSS, "line 8")),
        ('{{< note text="Two words" >}}', ("markdown.shortcode-words", Kind.REPAIR, "line 1")),
        ('{{< img src="a.jpg" attrlink="https://a.example/" >}}', ("markdown.shortcode", Kind.LOSS, "line 1")),
        ("a\n\n[^1]: b", ("markdown.footnote", Kind.REPAIR, None)),
        ("---\nfoo: bar\n---\na", ("markdown.fields", Kind.INFO, None)),
        ("---\nurgency: high\n---\na", ("markdown.field", Kind.REPAIR, "line 2")),
        ("---\nstatus: in review\n---\na", ("markdown.status", Kind.GUESS, "line 2")),
        ("---\ndate: 2024-02-28\n---\na", ("date.zone-assumed", Kind.GUESS, "line 2")),
        ("[a](javascript:b)", ("link.unsafe", Kind.REPAIR, None)),
    ],
)
def test_what_is_left_out_or_assumed_is_said(text: str, expected: tuple[str, Kind, str | None]) -> None:
    assert notices(text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "{{< box >}}\na\n{{< /box >}}",
        "a {{< highlight >}}b{{< /highlight >}}",
        "{{< frame >}}\n\na\n\n{{< /frame >}}",
        "{{< toc >}}\n\na {{/* b */}}",
        "{% if page.x %}\n\na\n\n{% else %}\n\nb\n\n{% endif %}",
        "[a]({{< ref \"b.md\" >}})",
    ],
)  # fmt: skip
def test_shortcodes_around_words_and_those_without_any_are_no_loss(text: str) -> None:
    assert notices(text) == []


# Recognition


@pytest.mark.parametrize(
    ("text", "name", "sure"),
    [
        ("Words.", "a.md", 0.9),
        ("Words.", "a.MARKDOWN", 0.9),
        ("---\ntitle: A\n---\nWords.", None, 0.7),
        ("+++\ntitle = 'A'\n+++\nWords.", "a", 0.7),
        ("---\r\ntitle: A\r\n---\r\nWords.", None, 0.7),
        ("---\ntitle: A\n---\nWords.", "a.txt", 0.0),
        ("---\ntitle: A\nWords.", None, 0.0),
        ("---\n\nWords.\n\n---\n", None, 0.0),
        ("# A\n\nWords *so* [b](c).", None, 0.35),
        ("# A\n\nWords.", None, 0.0),
        ("# A\n\nWords *so*.", "a.txt", 0.0),
        ("Words *so* [b](c).", None, 0.0),
        ('{"title": "A"}', None, 0.0),
        ("<p>A *b* <b>c</b></p>", None, 0.0),
        ("%PDF-1.7", "a.md", 0.0),
    ],
)
def test_markdown_is_known_by_its_name_or_its_marks(text: str, name: str | None, sure: float) -> None:
    assert MarkdownReader().sniff(Probe(text.encode(), name)) == sure


def test_no_sample_of_another_format_is_taken_for_markdown() -> None:
    claimed = {
        path.name
        for path in samples("markdown").parent.rglob("*")
        if path.is_file() and path.suffix != ".md" and MarkdownReader().sniff(Probe(path.read_bytes(), path.name))
    }
    assert claimed == set()


def test_the_reader_keeps_its_contract() -> None:
    check_reader(MarkdownReader(), [path.read_bytes() for path in sorted(samples("markdown").iterdir())[:5]])


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", "\ufeff\n".encode()])
def test_blank_input_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="the input is empty"):
        read(data)


def test_binary_input_is_refused() -> None:
    with pytest.raises(InputError, match="binary"):
        read(b"\x89PNG\r\n\x1a\n\0\0")


# Texts that mean harm

_MANY = 5_000


@pytest.mark.parametrize(
    "text",
    [
        "> " * _MANY + "word",
        "- " * _MANY + "word",
        "".join("  " * depth + "- word\n" for depth in range(200)),
        "".join("> " * depth + "- word\n" for depth in range(200)),
        "word\n: " * _MANY,
        "![" * 2_000 + "word" + "](a)" * 2_000,
        "[" * 2_000 + "word" + "](a)" * 2_000,
        "^[" * 2_000 + "word" + "]" * 2_000,
        "*" * 100_000 + "word",
        "a " + "`" * 100_000 + "word",
        "<" * 100_000 + "word",
        "*a **b " * _MANY + "word",
        "<!-- " * _MANY + "word",
        "<b>" * _MANY + "word",
        "<div>\n\n" * _MANY + "word",
        "<table><tr><td>\n\n" * 500 + "word",
        "</div>\n\n" * _MANY + "word",
        "<a href='" * _MANY + "word",
        "{{< " * _MANY + "word",
        "{{< box >}}\n" * _MANY + "word\n" + "{{< /box >}}\n" * _MANY,
        "{{< a" * _MANY + " >}} word",
        "{% raw %}" * _MANY + "word",
        "word[^1]\n\n[^1]: a [^1] [^2]\n[^2]: b [^1]",
        "|" * 20_000 + "\n" + "|-" * 20_000 + "\n" + "| word\n" * 50,
        "[a]: b\n" * _MANY + "word",
        "word " * 200_000,
        "word\n" * _MANY,
        "---\n" + "a: b\n" * _MANY + "word",
        "\ud800word".encode("utf-8", "surrogatepass"),
        "word\x01\x02\x7f\u2028\x85",
        '<newsexport-slot n="1"></newsexport-slot> <b>word</b>',
        "<plaintext>**word** <i>a</i>",
        "<table>\n\nword\n\n</table>",
        "<select>\n<option>a\n</select>\n\nword",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_hostile_text_is_read_in_bounded_time_and_keeps_its_words(text: str | bytes) -> None:
    started = time.process_time()
    article = read(text)
    assert time.process_time() - started < 5
    assert any(each.endswith("word") for each in [*said(article), *words(plain_text(article.headline))])
    prepare(article, origin="sample")


@pytest.mark.parametrize("text", ["[" * 30_000, "a\n\n" * 30_000, "*a **b " * 40_000, "a" + "\n" * 60_000])
def test_more_than_an_article_is_refused(text: str) -> None:
    with pytest.raises(LimitError):
        read(text)


def test_containers_nest_no_deeper_than_documents_may() -> None:
    article = read("".join("> " * depth + "- a\n" for depth in range(100)))
    assert codec.check(article) == article


# Real posts
#
# What is expected is counted in the source by regular expressions, line by line.

_SHORTCODE = re.compile(r"\{\{<\s*(?P<name>/?[\w-]+)(?P<arguments>.*?)>\}\}", re.DOTALL)
_ARGUMENT = re.compile(r"([\w-]+)=\"([^\"]*)\"")
_PICTURE = re.compile(r"\.(?:jpg|png|gif)$")
_ITEM = re.compile(r"^(?:> )?\s*(?:[*-]|\d+\.) ", re.MULTILINE)


_POSTS = (
    "2013-07-02", "2013-12-05", "2014-01-10", "2014-05-29", "2014-10-14", "2015-01-09", "2015-07-14", "2015-07-30",
    "2015-08-27", "2016-06-20", "2016-09-15", "2017-06-21", "2017-06-28", "2017-06-30", "2019-09-17", "2019-10-10",
    "2019-11-18", "2020-02-11", "2024-08-21", "2024-10-28",
)  # fmt: skip


def post(day: str) -> Path:
    [path] = samples("markdown").glob(f"GSA__{day}-*.md")
    return path


def parted(path: Path) -> tuple[str, str]:
    found = re.fullmatch(r"---\n(.*?)\n---\n?(.*)", path.read_text("utf-8"), re.DOTALL)
    assert found is not None
    return found[1], found[2]


def stated(head: str, name: str) -> str:
    """Return a value of front matter: folded lines joined, quotes off, entities resolved."""
    found = re.search(rf"^{name}: *(.*(?:\n  .*)*)", head, re.MULTILINE)
    return " ".join(unescape(found[1].strip("\"'")).split()) if found else ""


def listed(head: str, name: str) -> list[str]:
    found = re.search(rf"^{name}: *\n((?:  - .*\n?)+)", head, re.MULTILINE)
    return re.findall(r"- (.*\S)", found[1]) if found else []


def counted(body: str) -> Counter[str]:
    """Count the parts of a post in its source."""
    names = Counter(found["name"] for found in _SHORTCODE.finditer(body))
    return +Counter({
        "figures": sum(names[name] for name in ("legacy-img", "img", "img-right")) + body.count("<img "),
        "embeds": names["youtube"] + names["tweet"] + body.count("[youtube="),
        "quotes": len(re.findall(r"(?:^|\n\n)> ", body)) + names["quote-block"],
        "headings": len(re.findall(r"^##* +\S.*|^\S.*\n---+$", body, re.MULTILINE)),
        "items": len(_ITEM.findall(body)) + body.count("<li>"),
    })  # fmt: skip


def found(article: Article) -> Counter[str]:
    kinds = {"figures": Figure, "embeds": Embed, "quotes": Quote, "headings": Heading, "items": ListItem}
    nodes = [node for _, node in records(article.body)]
    return +Counter({name: sum(isinstance(node, kind) for node in nodes) for name, kind in kinds.items()})


def addresses(body: str) -> set[str]:
    """Return where the links of a post lead, but those of pictures to themselves."""
    plain = re.findall(r"\]\((https?://[^\s)]+)", body) + re.findall(r"<a [^>]*?href=\"(https?://[^\"]+)", body)
    buttons = re.findall(r"button-url=\"([^\"]+)", body)
    return {unescape(each) for each in plain + buttons if not _PICTURE.search(each)}


def readable(body: str) -> list[str]:
    """Return the words of a post that its readers see, descriptions of pictures among them."""

    def shown(shortcode: re.Match[str]) -> str:
        values = [value for key, value in _ARGUMENT.findall(shortcode["arguments"]) if key not in {"src", "id", "user"}]
        return " ".join(value for value in values if not value.startswith("http"))

    text = re.sub(r"\]\((?:\{\{.*?\}\}|https?[^\s)]*)[^)]*\)(?:\{\.\w+\})?", "]", body)
    text = re.sub(r"\[youtube=.*?\]", "", _SHORTCODE.sub(shown, text))
    text = re.sub(r"^\s*\d+\.", "", re.sub(r"<img [^>]*?alt=\"([^\"]*)\"[^>]*>", r" \1 ", text), flags=re.MULTILINE)
    return words(unescape(re.sub(r"</?[a-z][^>]*>", " ", text.replace("\\", ""))).replace("_", " "))


@pytest.mark.parametrize("day", _POSTS)
def test_a_real_post_states_what_its_front_matter_does(day: str) -> None:
    head, body = parted(post(day))
    article = read(post(day).read_bytes())
    assert plain_text(article.headline) == stated(head, "title")
    assert plain_text(article.standfirst) == (stated(head, "deck") or stated(head, "summary"))
    assert (article.kicker or "") == stated(head, "kicker")
    assert [author.name for author in article.authors] == listed(head, "authors")
    assert list(article.keywords) == listed(head, "topics")
    assert article.alt_ids["slug"] == stated(head, "slug")
    pictures = re.findall(r"(?:uid|primary_image): \"?([\w-]+)", head)
    assert [image.uri for image in article.images] == [each for each in pictures if f'"{each}"' not in body]
    date, clock, offset = stated(head, "date").split()
    assert article.published is not None
    assert f"{article.published:%Y-%m-%d %H:%M:%S %z}" == f"{date} {clock:0>8} {offset}"
    expires = stated(head, "expirydate")
    assert (f"{article.expires:%Y-%m-%d}" if article.expires else "") == expires


@pytest.mark.parametrize("day", _POSTS)
def test_a_real_post_keeps_its_parts_links_and_words(day: str) -> None:
    _, body = parted(post(day))
    article = read(post(day).read_bytes())
    assert found(article) == counted(body)
    links = {node.href for _, node in records(article.body) if isinstance(node, Link)}
    assert {href for href in links if href.startswith("http")} == addresses(body)
    expected = Counter(readable(body))
    missing = expected - Counter(said(article))
    assert missing.total() <= 0.02 * expected.total(), missing


@pytest.mark.parametrize("day", _POSTS)
def test_a_real_post_loses_nothing(day: str) -> None:
    context = Context()
    prepare(read(post(day).read_bytes(), context), origin=day)
    assert [notice for notice in context.notices if notice.kind is Kind.LOSS] == []


def test_every_post_at_hand_is_read() -> None:
    assert sorted(path.name[5:15] for path in samples("markdown").iterdir()) == sorted(_POSTS)


def test_articles_of_pelican_state_what_their_first_lines_do() -> None:
    count = 0
    for path in sorted((corpus("pelican") / "pelican/tests/content").iterdir()):
        source = path.read_text("utf-8-sig") if path.suffix in {".md", ".markdown", ".mdown", ".mkd"} else ""
        title = re.match(r"[Tt]itle: (.*)", source)
        if title is None:
            continue
        article = read(path.read_bytes())
        assert plain_text(article.headline) == title[1]
        day = re.search(r"^Date: (\S+)", source, re.MULTILINE)
        assert (f"{article.published:%Y-%m-%d}" if article.published else None) == (day[1] if day else None)
        tags = re.search(r"^Tags:(.*)", source, re.MULTILINE)
        assert set(article.keywords) >= {tag.strip() for tag in tags[1].split(",") if tag.strip()} if tags else True
        assert article.pub_status == ("withheld" if re.search("^Status:", source, re.MULTILINE) else "usable")
        count += 1
    assert count > 10
