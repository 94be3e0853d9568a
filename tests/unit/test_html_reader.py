"""The reader of HTML that is an article and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from markup import lines
from newsexport import export, read
from newsexport.errors import UsageError
from newsexport.model import Article, Dateline, Embargo
from newsexport.model.walk import plain_text
from newsexport.readers.html import HtmlOptions, HtmlReader
from newsexport.registry import detect
from newsexport.spi import Context, Parsed, Probe
from newsexport.testing import check_reader, stories
from samples import samples


def parsed(markup: str | bytes, context: Context | None = None, **options: str) -> Parsed:
    data = markup if isinstance(markup, bytes) else markup.encode()
    return HtmlReader().read(data, HtmlOptions(**options), context or Context())


def article(markup: str | bytes, context: Context | None = None, **options: str) -> Article:
    [document] = parsed(markup, context, **options).documents
    assert isinstance(document, Article)
    return document


STORY = """
<article lang="en-GB">
  <header>
    <p class="kicker">Energy</p>
    <h1>Bridge <em>reopens</em></h1>
    <p class="standfirst">After three years.</p>
    <p class="byline">By Jane Roe and John Doe</p>
    <p class="dates"><time datetime="2025-02-24T10:00:00Z">24 Feb</time></p>
  </header>
  <p><b>WASHINGTON</b> (AP) — It <a href="https://example.com/a">reopened</a>.</p>
  <p>Correction: it was <a href="https://example.com/b">three</a> lanes.</p>
</article>
"""


def test_the_head_of_an_article_is_read_by_its_classes() -> None:
    found = article(STORY)
    assert plain_text(found.headline) == "Bridge reopens"
    assert (found.kicker, plain_text(found.standfirst)) == ("Energy", "After three years.")
    assert found.byline == "By Jane Roe and John Doe"
    assert [author.name for author in found.authors] == ["Jane Roe", "John Doe"]
    assert found.published == datetime(2025, 2, 24, 10, tzinfo=UTC)
    assert found.language == "en-GB"


def test_a_dateline_is_taken_off_the_first_paragraph_and_marks_stay() -> None:
    found = article(STORY)
    assert found.dateline == Dateline(text="WASHINGTON (AP) —", place="WASHINGTON", source="AP")
    assert next(lines(found.body)) == "p: It [reopened](https://example.com/a)."


def test_a_correction_is_a_note_that_keeps_its_links() -> None:
    found = article(STORY)
    assert list(lines(found.body))[1:] == ["note of correction", "  p: it was [three](https://example.com/b) lanes."]
    assert [each.public_text for each in found.corrections] == ["it was three lanes."]


def test_an_embargo_in_a_paragraph_is_never_overlooked() -> None:
    found = article("<h1>Report</h1><p><strong>EMBARGOED UNTIL 25 Feb 2025 10:00 GMT</strong></p><p>It says so.</p>")
    assert found.embargo == Embargo(datetime(2025, 2, 25, 10, tzinfo=UTC), "EMBARGOED UNTIL 25 Feb 2025 10:00 GMT")
    assert list(lines(found.body)) == ["p: It says so."]


def test_a_heading_in_the_middle_of_a_text_is_no_headline() -> None:
    found = article("<p>One paragraph that stands above it and is long enough to be text.</p><h1>Part</h1><p>Two.</p>")
    assert found.headline == ()
    assert [text for text in lines(found.body) if text.startswith("h")] == ["h2: Part"]


def test_a_byline_above_the_text_is_taken_off_it() -> None:
    found = article("<h1>Bridge reopens</h1><p>By Jane Roe</p><p>It reopened.</p>")
    assert (found.byline, list(lines(found.body))) == ("By Jane Roe", ["p: It reopened."])


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ('<meta charset="windows-1251"><p>Мост</p>'.encode("cp1251"), "Мост"),
        ('<meta charset="iso-8859-1"><p>“quoted”</p>'.encode("cp1252"), "“quoted”"),
        ('<?xml version="1.0" encoding="shift_jis"?><p>橋</p>'.encode("cp932"), "橋"),
        ('<meta charset="klingon"><p>Brücke</p>'.encode(), "Brücke"),
        ('<meta charset="us-ascii"><p>Brücke</p>'.encode("utf-16"), "Brücke"),
        ("<p>Brücke</p>".encode("cp1252"), "Brücke"),
    ],
)
def test_the_encoding_is_what_the_markup_states_unless_the_bytes_say_otherwise(data: bytes, word: str) -> None:
    assert plain_text(article(data).body[0].content) == word  # type: ignore[union-attr]  # a paragraph


def test_relative_addresses_are_made_whole_by_the_base() -> None:
    found = article('<p><a href="/a">x</a></p>', base="https://example.com/news/")
    assert list(lines(found.body)) == ["p: [x](https://example.com/a)"]
    assert found.canonical_url == "https://example.com/news/"


def test_an_unknown_time_zone_is_refused() -> None:
    with pytest.raises(UsageError, match="no time zone 'Mars'"):
        HtmlOptions(zone="Mars")


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"<p>Words</p>", None, "html"),
        (b"<!-- wp:paragraph --><p>Words</p>", "post.txt", "html"),
        (b"<article><h1>A</h1></article>", None, "html"),
        (b"Words <b>and</b> <i>marks</i>", None, "html"),
        (b"A story that says <b>x</b>", "a.html", "html"),
        (b"<!DOCTYPE html><html><body><p>Words</p>", None, "webpage"),
        (b"A story about a < b and c > d.", None, "text"),
        (b"Plain words", "story.txt", "text"),
    ],
)
def test_html_is_told_from_other_text(data: bytes, name: str | None, expected: str) -> None:
    assert detect(Probe(data, name)) == expected


def test_the_reader_keeps_its_contract() -> None:
    check_reader(HtmlReader(), [STORY.encode(), b"<p>Words</p>"])


def test_what_our_own_writer_writes_is_read_again() -> None:
    story = stories()[0]
    assert isinstance(story, Article)
    page = export(story, "html").data
    found = read(page, format="html").document
    assert isinstance(found, Article)
    assert (found.headline, found.byline, found.language) == (story.headline, story.byline, story.language)
    assert list(lines(found.body)) == list(lines(story.body))


# What is pasted from word processors: real files.


# What is expected was counted in the files: elements with words in them, `aria-level` of paragraphs.
@pytest.mark.parametrize(
    ("name", "headline", "expected"),
    [
        ("google-docs-empty-paragraphs", "", ["p", "p", "h2", "p", "ul", "- p", "- p", "p", "divider", "p"]),
        ("office-com-headings", "Heading one", ["h2", "h3", "h4"]),
        ("office-com-text-formats", "", ["p", "p", "p", "p"]),
    ],
)
def test_what_word_processors_put_on_the_clipboard(name: str, headline: str, expected: list[str]) -> None:
    found = article((samples("html-paste") / f"{name}.html").read_bytes())
    assert plain_text(found.headline) == headline
    assert [text.partition(":")[0] for text in lines(found.body)] == expected


def test_marks_of_word_on_the_web_are_kept() -> None:
    data = (samples("html-paste") / "office-com-text-formats.html").read_bytes()
    first = next(lines(article(data).body))
    for marked in ("*bold*", "_italic", "__underline__", "~strikethrough~", ",subscript", "^supscript"):
        assert marked in first
