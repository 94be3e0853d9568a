"""How long reading takes, beside other ways to the text of the same input."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

import lxml.html
import pytest
from lxml import etree

from newsexport import export, read, read_each
from timed import long_story, story

Pair = Callable[[str, Callable[[], object], Callable[[], object]], None]

NAVIGATION = "<nav><ul>" + "".join(f'<li><a href="/{number}">Part {number}</a>' for number in range(60)) + "</ul></nav>"


def fragment(words: int) -> bytes:
    article = story() if words < 1000 else long_story(words)
    page = lxml.html.document_fromstring(export(article, "html").data.decode())
    [element] = page.iter("article")
    return etree.tostring(element, encoding="utf-8")


def page(words: int) -> bytes:
    head = b'<!DOCTYPE html><html lang="en"><head><title>Ferry</title><meta property="og:title" content="Ferry"></head>'
    return head + b"<body>" + NAVIGATION.encode() + fragment(words) + NAVIGATION.encode() + b"</body></html>"


def by_trafilatura(data: bytes) -> object:
    import trafilatura

    return trafilatura.extract(data, output_format="xml", include_links=True, include_images=True, include_tables=True)


def by_readability(data: bytes) -> object:
    from readability import Document

    return Document(data.decode()).summary()


def by_lxml(data: bytes) -> object:
    return " ".join(map(str, lxml.html.document_fromstring(data.decode()).itertext()))


def by_markdown_it(data: bytes) -> object:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(data.decode())


WAYS: dict[str, Callable[[bytes], object]] = {
    "trafilatura": by_trafilatura,
    "readability-lxml": by_readability,
    "lxml, text alone": by_lxml,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("words", [600, 5000])
def test_read_html(beside: Pair, words: int, way: str) -> None:
    data = fragment(words)
    beside(f"read html, {words} words / {way}", partial(read, data, format="html"), partial(WAYS[way], data))


@pytest.mark.parametrize("way", ["trafilatura", "readability-lxml"])
@pytest.mark.parametrize("words", [600, 5000])
def test_read_web_page(beside: Pair, words: int, way: str) -> None:
    data = page(words)
    beside(f"read webpage, {words} words / {way}", partial(read, data, format="webpage"), partial(WAYS[way], data))


def test_read_markdown(beside: Pair) -> None:
    parts = (f"## Part {number}\n\nThe *ferry* [left](https://example.com/) late." for number in range(60))
    data = "\n\n".join(parts).encode()
    beside("read markdown / markdown-it to HTML", partial(read, data, format="markdown"), partial(by_markdown_it, data))


ITEM = """<item><title>Part {number}</title><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
<content:encoded>{text}</content:encoded></item>"""


def test_read_wxr(beside: Pair) -> None:
    text = "&lt;p&gt;The ferry left late, three hours late.&lt;/p&gt;" * 12
    items = "".join(ITEM.format(number=number, text=text) for number in range(100))
    names = 'xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    data = f"<rss {names}><channel>{items}</channel></rss>".encode()
    beside(
        "read 100 posts of a WXR / lxml parse alone",
        lambda: sum(1 for _ in read_each(data, format="wxr")),
        lambda: etree.fromstring(data),
    )


ENTRY = (
    "<item><title>Part {number}</title><guid>urn:x:{number}</guid><pubDate>Tue, 04 Mar 2025 13:05:00 +0100</pubDate>"
    "<content:encoded>{text}</content:encoded></item>"
)


def test_read_feed(beside: Pair) -> None:
    import feedparser

    text = "&lt;p&gt;The ferry left late, three hours late.&lt;/p&gt;" * 12
    items = "".join(ENTRY.format(number=number, text=text) for number in range(100))
    names = 'version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    data = f"<rss {names}><channel><title>News</title>{items}</channel></rss>".encode()
    beside(
        "read a feed of 100 entries / feedparser",
        partial(read, data, format="rss"),
        lambda: feedparser.parse(BytesIO(data)),
    )


def test_read_mail(beside: Pair) -> None:
    head = (
        b"From: Jane <jane@example.com>\nSubject: Ferry\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n"
    )
    html = fragment(600).replace(b"\n", b"")
    data = head + b"\n--b\nContent-Type: text/html; charset=utf-8\n\n" + html + b"\n--b--\n"
    message = partial(email.message_from_bytes, data, policy=email.policy.default)
    beside(
        "read a mail / email and trafilatura",
        partial(read, data, format="eml"),
        lambda: by_trafilatura(_html(message())),
    )


def _html(message: Any) -> bytes:
    body = message.get_body()
    return str(body.get_content()).encode()
