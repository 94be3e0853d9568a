"""What holds for every text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from newsexport.errors import InputError
from newsexport.model import Article, List, codec
from newsexport.model.walk import records, words
from newsexport.readers.text import TextOptions, TextReader
from newsexport.spi import Context

LINES = [
    "", "  ", "World", "U.S.", "Bridge opens after nine days", "BRIDGE OPENS", "Shipping", "By Jane Roe in Paris",
    "Associated Press", "The bridge was opened at dawn.",
    "PARIS, Feb. 24, 2025 (AP) — The bridge was opened at dawn.", "LONDON (Reuters) -", "“We saw it coming.”",
    "— Ada Mason, captain", "• test the pillars", "  - paint the rails", "1. first", "2) second", "It is so:",
    "EMBARGOED UNTIL 0001 GMT Feb. 25, 2025", "EMBARGO", "25 February 2025 06:00 CET", "HOLD FOR RELEASE",
    "PRESS RELEASE (embargoed until Friday)", "Eds: Pictures follow.", "Notes to editors:",
    "[Editor’s note: Times are local.]", "CORRECTION (Feb. 24): It is long.", "Update: Cars may cross", "(more)",
    "-30-", "###", "ENDS", "BC-US--Bridge,2nd Ld-Writethru", "HARBOUR-BRIDGE/OPENING (ADV 25)", "URGENT",
    "FLASH 1st Ld", "-----", "Keywords: a, b; c", "(Reporting by Jane Roe)", "FOR IMMEDIATE RELEASE", "Anglo-",
    "the bridge over the harbour was opened to lorries at dawn on Monday, nine",
]  # fmt: skip
EMBARGOES = ["EMBARGOED UNTIL FRIDAY", "Sperrfrist: Freitag", "EMBARGO", "*** Under embargo until 6 pm ***"]
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=30)
TEXTS = st.lists(st.one_of(st.sampled_from(LINES), WORDS), min_size=1, max_size=30).map("\n".join)
OPTIONS = st.builds(
    TextOptions,
    unwrap=st.sampled_from(["auto", "always", "never"]),
    quotes=st.sampled_from(["quote", "pull", "paragraph"]),
    language=st.sampled_from([None, "de", "en-US"]),
)


def strings(value: Any) -> Iterator[str]:
    """Yield every string that a document holds, but for the names of its fields and nodes."""
    match value:
        case str():
            yield value
        case dict():
            for key, child in value.items():
                if key not in {"type", "language"}:
                    yield from strings(child)
        case list() | tuple():
            for child in value:
                yield from strings(child)


def read(text: str, options: TextOptions) -> tuple[Article, Context] | None:
    context = Context()
    try:
        (document,) = TextReader().read(text.encode(), options, context).documents
    except InputError:
        return None
    assert isinstance(document, Article)
    return document, context


@settings(max_examples=300, deadline=None)
@given(TEXTS, OPTIONS)
def test_every_word_is_in_the_article_or_in_a_notice(text: str, options: TextOptions) -> None:
    result = read(text, options)
    if result is None:
        assert not words(text)
        return
    article, context = result
    kept = Counter(word for string in strings(msgspec.to_builtins(article)) for word in words(string))
    kept.update(word for notice in context.notices for word in words(notice.message))
    # The numbers of a list are in its start and the order of its items.
    lists = [node for _, node in records(article) if isinstance(node, List) and node.ordered]
    kept.update(str(node.start + index) for node in lists for index in range(len(node.items)))
    missing = Counter(words(text)) - kept
    assert not {word for word in missing if not (word.isdigit() and str(int(word)) in kept)}


@settings(max_examples=100, deadline=None)
@given(TEXTS, OPTIONS)
def test_every_article_is_one_that_may_be_exported(text: str, options: TextOptions) -> None:
    result = read(text, options)
    if result is not None:
        assert codec.check(result[0]) == result[0]


@settings(max_examples=100, deadline=None)
@given(TEXTS, OPTIONS)
def test_the_same_text_reads_the_same(text: str, options: TextOptions) -> None:
    first, second = read(text, options), read(text, options)
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert first[0] == second[0]
        assert first[1].notices == second[1].notices


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(LINES), max_size=12),
    st.sampled_from(["EMBARGOED UNTIL FRIDAY", "Sperrfrist: Freitag", "EMBARGO"]),
)
def test_an_embargo_is_never_overlooked(lines: list[str], embargo: str) -> None:
    result = read("\n".join([*lines, "", embargo, "", "The bridge was opened at dawn."]), TextOptions())
    assert result is not None
    assert result[0].embargo is not None
