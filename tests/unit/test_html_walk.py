"""HTML to blocks, case by case: tests/unit/data/html.md."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from markup import line, lines
from newsexport.errors import Kind, LimitError
from newsexport.kit.html import blocks, inlines, plain
from newsexport.model import FootnoteRef, Paragraph
from newsexport.model.walk import plain_text, records
from newsexport.spi import Context, Limits

_CASES = re.findall(
    r"^## ([^\n]+)\n~~~\n(.*?)\n~~~\n(.*?)(?=^## |\Z)",
    (Path(__file__).parent / "data/html.md").read_text("utf-8"),
    re.MULTILINE | re.DOTALL,
)
_BASE = "https://example.com/news/"


@pytest.mark.parametrize(("markup", "expected"), [case[1:] for case in _CASES], ids=[case[0] for case in _CASES])
def test_markup_becomes_blocks(markup: str, expected: str) -> None:
    found = blocks(markup, Context(), base=_BASE, language="en-GB").blocks
    assert "\n".join(lines(found)).strip() == expected.strip()


def notices(markup: str) -> list[tuple[str, Kind]]:
    context = Context()
    blocks(markup, context)
    return [(notice.code, notice.kind) for notice in context.notices]


@pytest.mark.parametrize(
    ("markup", "code", "kind"),
    [
        ('<p>Words <a href="javascript:x()">more</a></p>', "link.unsafe", Kind.REPAIR),
        ('<iframe src="about:blank"></iframe>', "html.embed-lost", Kind.LOSS),
        ("<video controls></video>", "html.embed-lost", Kind.LOSS),
        ('<img src="data:image/png;base64,@@@@' + "@" * 200 + '">', "html.data-uri", Kind.LOSS),
        ('<svg role="img" aria-label="Map of the harbour"><path/></svg>', "html.drawing", Kind.LOSS),
        ("<form><input name=x><button>Send</button></form>", "html.form", Kind.INFO),
        ("<blockquote>" * 40 + "deep", "html.depth", Kind.REPAIR),
    ],
)
def test_what_is_left_out_is_said(markup: str, code: str, kind: Kind) -> None:
    assert notices(markup) == [(code, kind)]


def test_a_notice_says_behind_which_words() -> None:
    context = Context()
    blocks('<p>The ferry left at noon.</p><iframe src=""></iframe>', context)
    assert [notice.where for notice in context.notices] == ["after 'ferry left at noon.'"]


def test_a_picture_within_the_markup_is_an_asset_named_by_its_content() -> None:
    pixels = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg" + "A" * 60
    markup = f'<img src="data:image/png;base64,{pixels}">'
    found = blocks(markup * 2, Context())
    [asset] = found.assets
    assert asset.uri.startswith("inline-")
    assert asset.uri.endswith(".png")
    assert asset.data.startswith(b"\x89PNG")
    assert list(lines(found.blocks)) == [f"image {asset.uri}"] * 2


def test_a_picture_within_the_markup_that_is_too_large_is_a_loss() -> None:
    context = Context(limits=Limits(asset_bytes=50))
    found = blocks(f'<img src="data:image/png;base64,{"A" * 400}">', context)
    assert (found.blocks, found.assets) == ((), ())
    assert [notice.code for notice in context.notices] == ["html.data-uri"]


def test_without_a_base_relative_addresses_stay_as_they_are() -> None:
    found = blocks('<p><a href="/a">x</a></p><img src="b.jpg"><img src="//c.example/d.jpg">', Context()).blocks
    assert list(lines(found)) == ["p: [x](/a)", "image b.jpg", "image https://c.example/d.jpg"]


def test_a_headline_in_html_is_inlines_and_plain_text() -> None:
    title = "Tides &amp; <em>ferries</em>&nbsp;&#8211; part&nbsp;2"
    assert line(inlines(title, Context())) == "Tides & _ferries_\xa0– part\xa02"
    assert plain(title, Context()) == "Tides & ferries\xa0– part\xa02"
    assert inlines(None, Context()) == ()
    assert line(inlines("<p>One</p><p>Two</p>", Context())) == "One / Two"


def test_a_lone_surrogate_does_not_stop_the_reading() -> None:
    assert list(lines(blocks("<p>a\ud800b</p>", Context()).blocks)) == ["p: a\ufffdb"]


def test_a_note_of_too_many_references_is_given_to_the_first_of_them() -> None:
    markup = (
        "<p>"
        + "<sup><a href=#fn1>1</a></sup> " * 500
        + "</p><ol class=footnotes><li id=fn1>"
        + "note " * 5_000
        + "</ol>"
    )
    context = Context()
    [paragraph] = blocks(markup, context).blocks
    assert isinstance(paragraph, Paragraph)
    found = [each for _, each in records(paragraph) if isinstance(each, FootnoteRef)]
    assert 1 < len(found) < 500
    assert plain_text(paragraph.content).split() == ["1"] * (500 - len(found))
    assert [notice.code for notice in context.notices] == ["html.footnote"]


# Hostile markup, each in a process of its own: words kept, five seconds, 500 MB.

_HOSTILE = {
    "5,000 elements deep": "'<div>' * 5000 + 'word' + '</div>' * 5000",
    "140,000 elements deep": "'<div>' * 140_000 + 'word'",
    "5,000 lists deep": "'<ul><li>' * 5000 + 'word'",
    "5,000 tables deep": "'<table><tr><td>' * 5000 + 'word'",
    "5,000 quotations deep": "'<blockquote>' * 5000 + 'word'",
    "50,000 marks never closed": "'<b>x' * 50_000 + 'word'",
    "50,000 other marks in paragraphs": "''.join(f'<p><font size={n}>x' for n in range(50_000)) + 'word'",
    "50,000 links never closed": "''.join(f'<p><a href={n}>x' for n in range(50_000)) + 'word'",
    "marks that cross blocks": "'<b><div>x</b>' * 30_000 + 'word'",
    "a million bytes in one line": "'word ' * 200_000",
    "100,000 attributes": "'<p ' + ' '.join(f'a{n}=1' for n in range(100_000)) + '>word'",
    "a quotation mark never closed": "'word<a \"' * 300_000",
    "140,000 ends": "'</div>' * 140_000 + 'word'",
    "notes to notes": "''.join(f'<li id=fn{n}><sup><a href=#fn{n + 1}>{n}</a></sup>x' for n in range(1500)) + 'word'",
    "a long note of many references": "'<p>' + '<sup><a href=#fn1>1</a></sup> ' * 5000"
    " + 'word<ol class=footnotes><li id=fn1>' + 'note ' * 50_000 + '</ol>'",
    "spans of a table": "'<table>' + '<tr><td rowspan=65534 colspan=1000>x' * 2000 + '</table>word'",
    "sets of pictures": "'<img srcset=\"' + 'a 1w, ' * 100_000 + '\">word'",
    "a data URI of ten million bytes": "'<img src=\"data:image/png;base64,' + 'A' * 10_000_000 + '\">word'",
    "20,000 pictures": "'<figure><img src=a.jpg><figcaption>x</figcaption></figure>' * 20_000 + 'word'",
}
_CHILD = """
from newsexport.kit.html import blocks
from newsexport.model import Article, Block
from newsexport.model.codec import check_limits
from newsexport.model.walk import block_text
from newsexport.spi import Context
found = blocks({markup}, Context()).blocks
text = "".join(map(block_text, found))
assert "word" in text, len(found)
if len(found) < 20_000:
    check_limits(Article(body=found))
"""


@pytest.mark.parametrize("markup", _HOSTILE.values(), ids=_HOSTILE)
def test_hostile_markup_is_bounded_and_keeps_its_words(markup: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CHILD.format(markup=markup)],
        timeout=30,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30)),
    )
    assert done.returncode == 0, done.stderr


def test_more_tags_than_an_article_has_are_refused() -> None:
    with pytest.raises(LimitError, match="more than 150000 tags"):
        blocks("<p>x" * 150_001, Context())
