"""Hypothesis strategies for articles: any that `prepare` accepts, from blank to hostile."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st

from newsexport.model import (
    QA,
    AltHeadline,
    Article,
    Aside,
    Audio,
    Author,
    Block,
    Cell,
    Code,
    CodeBlock,
    Concept,
    Correction,
    Dateline,
    Divider,
    Edition,
    EdNote,
    Embargo,
    Embed,
    Emphasis,
    Entity,
    Figure,
    FootnoteRef,
    Gallery,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    List,
    ListItem,
    LivePost,
    Note,
    Paragraph,
    Provider,
    Quote,
    Related,
    Section,
    Span,
    Strikethrough,
    Strong,
    Subject,
    Subscript,
    Superscript,
    Table,
    Text,
    Underline,
    Video,
)

_TRICKY = [
    "&",
    "<",
    ">",
    "]]>",
    "<!--",
    "'",
    '"',
    "\\",
    "{",
    "%s",
    "\u200f",
    "\u00ad",
    "\u00a0",
    "e\u0301",
    "é",
    "—",
    "“",
]
_WORDS = ["bridge", "Mayor", "2.5%", "naïve", "Zürich", "Łódź", "Ελλάδα", "Москва", "U.S.", "don’t", "10", "résumé"]

_DocumentT = TypeVar("_DocumentT", Article, Edition)

characters = st.characters(codec="utf-8", exclude_categories=["Cs", "Co", "Cn"])
words = st.sampled_from(_WORDS) | st.text("abcxyzäöüß", min_size=1, max_size=8)
phrases = st.lists(words | st.sampled_from(_TRICKY), min_size=1, max_size=6).map(" ".join)
anything = st.text(characters, min_size=1, max_size=24)
latin = phrases
lines = phrases.map(lambda text: " ".join(text.split()))
moments = st.datetimes(datetime(1990, 1, 1), datetime(2035, 1, 1)).map(
    lambda each: each.replace(microsecond=0, tzinfo=UTC)
)  # made aware at once
languages = st.sampled_from(["en", "en-US", "de", "fr-CA", "es", "und", "ar", "he", "pt-BR", "ja"])
links = st.sampled_from(
    ["https://example.com/a?b=1&c=2", "http://example.org", "mailto:desk@example.com", "tel:+4930123"]
)
maybe_lang = st.none() | st.sampled_from(["fr", "de-CH", "ar"])


def inlines(text: st.SearchStrategy[str], *, footnotes: bool = True) -> st.SearchStrategy[tuple[Inline, ...]]:
    leaf: st.SearchStrategy[Any] = st.one_of(
        st.builds(Text, text, lang=maybe_lang), st.builds(Text, text), st.builds(Code, text), st.just(LineBreak())
    )

    def wrapped(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        content = st.lists(inner, min_size=1, max_size=3).map(tuple)
        plain = [Strong, Emphasis, Underline, Strikethrough, Superscript, Subscript, Span]
        options = [st.builds(kind, content) for kind in plain]
        options.append(st.builds(Link, content, links, st.none() | lines))
        options.append(st.builds(Entity, content, st.sampled_from(["person", "place", "date"]), st.none() | links))
        if footnotes:
            note = st.builds(Paragraph, st.tuples(st.builds(Text, text)))
            options.append(st.builds(FootnoteRef, st.tuples(note)))
        return st.one_of(options)

    return st.lists(st.recursive(leaf, wrapped, max_leaves=4), min_size=1, max_size=4).map(tuple)


def media() -> st.SearchStrategy[Any]:
    uris = st.sampled_from(["bridge.png", "map.png", "missing.jpg", "https://example.com/film.mp4"])
    fields: dict[str, Any] = {
        "alt": st.none() | lines,
        "decorative": st.booleans(),
        "credit": st.none() | lines,
        "creator": st.none() | lines,
    }
    return st.one_of(*(st.builds(kind, uris, **fields) for kind in (Image, Video, Audio)))


def blocks(text: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Block, ...]]:
    content = inlines(text)
    figure = st.builds(Figure, media(), content)
    leaf: st.SearchStrategy[Any] = st.one_of(
        st.builds(Paragraph, content, st.sampled_from([None, "lead", "note"])),
        st.builds(Paragraph, content),
        st.builds(Heading, content, st.integers(2, 6)),
        figure,
        st.builds(Gallery, st.lists(figure, min_size=1, max_size=2).map(tuple), content),
        st.builds(CodeBlock, text, st.none() | st.just("python")),
        st.just(Divider()),
        st.builds(Embed, links, st.none() | lines, st.none() | lines),
    )

    def wrapped(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        inside = st.lists(inner, min_size=1, max_size=2).map(tuple)
        item = st.builds(ListItem, inside)
        cell = st.builds(
            Cell, st.lists(inner, max_size=1).map(tuple), st.integers(1, 2), st.integers(1, 2), st.booleans()
        )
        rows = st.lists(st.lists(cell, min_size=1, max_size=3).map(tuple), max_size=2).map(tuple)
        return st.one_of(
            st.builds(List, st.lists(item, min_size=1, max_size=3).map(tuple), st.booleans(), st.integers(0, 12)),
            st.builds(Quote, inside, st.just(()) | content, st.booleans(), st.none() | links),
            st.builds(Table, rows, rows, rows, st.just(()) | content),
            st.builds(Aside, st.sampled_from(["factbox", "sidebar", "summary", "related"]), content, inside),
            st.builds(Note, st.sampled_from(["editor", "correction", "update"]), st.none() | moments, inside),
            st.builds(QA, content, inside),
            st.builds(
                LivePost,
                st.none() | moments,
                content,
                st.sampled_from(["published", "corrected"]),
                st.booleans(),
                inside,
            ),
        )

    return st.lists(st.recursive(leaf, wrapped, max_leaves=5), max_size=5).map(tuple)


@st.composite
def articles(draw: st.DrawFn, text: st.SearchStrategy[str] = latin) -> Article:
    """Return articles that can be prepared; `text` makes the characters of the body."""
    # A copy: Hypothesis prints what it built itself call by call, which takes minutes for nodes in nodes.
    return copy(draw(_articles(text)))


def copy(document: _DocumentT) -> _DocumentT:
    return pickle.loads(pickle.dumps(document))  # type: ignore[no-any-return]  # what went in comes out


def _articles(text: st.SearchStrategy[str]) -> st.SearchStrategy[Article]:
    short = text if text is not latin else lines
    return st.builds(
        Article,
        guid=st.integers(1, 99).map(lambda number: f"urn:newsml:example.com:20250224:{number}"),
        version=st.integers(1, 4),
        pub_status=st.sampled_from(["usable", "usable", "withheld"]),
        embargo=st.none() | st.builds(Embargo, st.none() | moments, st.none() | short),
        kind=st.sampled_from(["story", "alert", "advisory", "service"]),
        label=st.sampled_from([None, "opinion", "sponsored"]),
        urgency=st.none() | st.integers(1, 9),
        slugline=st.none() | st.just("BRIDGE-OPENING"),
        kicker=st.none() | short,
        headline=st.just(()) | inlines(text, footnotes=False),
        alt_headlines=st.lists(st.builds(AltHeadline, st.just("short"), short), max_size=1).map(tuple),
        standfirst=st.just(()) | inlines(text),
        byline=st.none() | short,
        dateline=st.none() | st.builds(Dateline, place=st.none() | short, run_in=st.booleans()),
        body=blocks(text),
        authors=st.lists(st.builds(Author, short), max_size=2).map(tuple),
        subjects=st.lists(st.builds(Subject, st.just("20000639")), max_size=1).map(tuple),
        keywords=st.lists(short, max_size=2).map(tuple),
        people=st.lists(st.builds(Concept, name=short), max_size=1).map(tuple),
        first_created=st.none() | moments,
        version_created=moments,
        provider=st.none() | st.just(Provider("Example News", "https://example.com/")),
        info_sources=st.lists(short, max_size=1).map(tuple),
        credit_line=st.none() | short,
        copyright_notice=st.none() | short,
        usage_terms=st.none() | short,
        ai_use=st.sampled_from([None, "assisted", "generated"]),
        notes=st.lists(
            st.builds(EdNote, short, audience=st.sampled_from(["internal", "client", "public"])), max_size=2
        ).map(tuple),
        corrections=st.lists(st.builds(Correction, public_text=short), max_size=1).map(tuple),
        related=st.lists(st.builds(Related, st.just("see-also"), links, st.none() | short), max_size=1).map(tuple),
        language=languages,
        images=st.lists(st.builds(Image, st.just("bridge.png"), alt=st.none() | short), max_size=1).map(tuple),
    )


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    return copy(draw(_editions()))


def _editions() -> st.SearchStrategy[Edition]:
    sections = st.lists(
        st.builds(Section, lines, st.lists(articles(), min_size=1, max_size=2).map(tuple)), min_size=1, max_size=2
    )
    return st.builds(
        Edition,
        guid=st.just("urn:newsml:example.com:20250224:edition"),
        title=lines,
        date=st.just((datetime(2025, 2, 24, tzinfo=UTC) + timedelta()).date()),
        language=languages,
        sections=sections.map(tuple),
    )
