"""What holds for every mail and every feed: no words are lost, and no damage leads to anything but a typed error."""

from __future__ import annotations

import base64
import quopri
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from html import escape
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from newsexport.errors import InputError
from newsexport.model import Article, codec
from newsexport.model.walk import words
from newsexport.readers.eml import EmlOptions, EmlReader
from newsexport.readers.feeds import FeedOptions, RssReader
from newsexport.spi import Context, Parsed

WORDS = st.text(st.characters(categories=("L", "N", "Zs")), min_size=1, max_size=40).filter(words)
ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "8bit": lambda data: data,
    "base64": base64.encodebytes,
    "quoted-printable": quopri.encodestring,
}


@st.composite
def leaves(draw: st.DrawFn) -> tuple[bytes, list[str]]:
    """Return a part of text, and its words."""
    text, kind, encoding = draw(WORDS), draw(st.sampled_from(["plain", "html"])), draw(st.sampled_from(list(ENCODINGS)))
    body = f"<p>{escape(text)}</p>" if kind == "html" else text
    header = f"Content-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n"
    return header.encode() + ENCODINGS[encoding](body.encode()), words(text)


def joined(parts: list[tuple[bytes, list[str]]]) -> tuple[bytes, list[str]]:
    """Return a multipart of parts, with a boundary that none of them has."""
    boundary = f"={sum(len(data) for data, _ in parts)}="
    body = b"".join(f"--{boundary}\n".encode() + data + b"\n" for data, _ in parts)
    header = f'Content-Type: multipart/mixed; boundary="{boundary}"\n\n'
    return header.encode() + body + f"--{boundary}--".encode(), [word for _, found in parts for word in found]


PARTS = st.recursive(leaves(), lambda parts: st.lists(parts, min_size=1, max_size=3).map(joined), max_leaves=6)


def all_words(parsed: Parsed) -> Counter[str]:
    """Count the words in all the strings of the documents."""
    found: Counter[str] = Counter()

    def count(value: Any) -> None:
        match value:
            case str():
                found.update(words(value))
            case dict() | list() | tuple():
                for each in value.values() if isinstance(value, dict) else value:
                    count(each)

    for document in parsed.documents:
        count(msgspec.json.decode(codec.encode(document)))
    return found


@given(PARTS)
def test_mail_keeps_the_words_of_all_its_parts(part: tuple[bytes, list[str]]) -> None:
    data, expected = part
    parsed = EmlReader().read(b"From: a@b.example\nSubject: x\n" + data, EmlOptions(), Context())
    assert not Counter(expected) - all_words(parsed)


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_feed_keeps_the_words_of_all_its_entries(texts: list[str]) -> None:
    items = "".join(f"<item><title>x</title><description>{escape(escape(text))}</description></item>" for text in texts)
    parsed = RssReader().read(f"<rss><channel>{items}</channel></rss>".encode(), FeedOptions(), Context())
    assert len(parsed.documents) == len(texts)
    assert not Counter(word for text in texts for word in words(text)) - all_words(parsed)


MAIL, _ = joined(
    [(b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+YTwvcD4=", []), (b"\nplain", [])]
)
FEED = b"""<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><item>
<title>a</title><author>b@c.de (f)</author><pubDate>Mon, 24 Feb 2025 10:15:00 +0100</pubDate><guid>urn:x</guid>
<media:content url="http://a.example/b.jpg" width="1"/><description><![CDATA[<p>x</p>]]></description></item></channel>
</rss>"""
DAMAGE = st.lists(
    st.tuples(
        st.integers(0, 600),
        st.integers(0, 5),
        st.one_of(st.binary(max_size=3), st.sampled_from([b"<", b"&", b"\n--", b"=?", b"]]>", b"\0", b"<item>"])),
    ),
    max_size=6,
)


def damaged(data: bytes, damage: list[tuple[int, int, bytes]]) -> bytes:
    for at, length, inserted in damage:
        place = at % len(data) if data else 0
        data = data[:place] + inserted + data[place + length :]
    return data


@given(DAMAGE)
def test_damage_is_read_or_refused(damage: list[tuple[int, int, bytes]]) -> None:
    header = b"From: =?utf-8?q?a?= <a@b.example>\nSubject: x\nDate: Mon, 24 Feb 2025 10:15:00 +0100\n"
    with suppress(InputError):
        parsed = EmlReader().read(damaged(header + MAIL, damage), EmlOptions(), Context())
        assert isinstance(parsed.documents[0], Article)
    with suppress(InputError):
        RssReader().read(damaged(FEED, damage), FeedOptions(), Context())
