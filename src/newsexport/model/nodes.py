"""The nodes of a text: inlines within a line, blocks one below the other.

One module, because they refer to each other. Both unions are closed: a writer matches every member and ends in
`typing.assert_never`, so that a new node fails the type check wherever it was forgotten.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from newsexport.model.base import AwareDatetime, Node
from newsexport.model.media import Media

# Inlines


class Text(Node, frozen=True, tag="text"):
    """Characters.

    Attributes:
        text: Never empty in a prepared document.
    """

    text: str


class Strong(Node, frozen=True, tag="strong"):
    """Strong importance, shown bold."""

    content: tuple[Inline, ...]


class Emphasis(Node, frozen=True, tag="emphasis"):
    """Stress, titles of works, foreign words: shown italic."""

    content: tuple[Inline, ...]


class Underline(Node, frozen=True, tag="underline"):
    """Underlined words that are no link."""

    content: tuple[Inline, ...]


class Strikethrough(Node, frozen=True, tag="strikethrough"):
    """Words struck out but left legible."""

    content: tuple[Inline, ...]


class Superscript(Node, frozen=True, tag="superscript"):
    """Raised characters, as in 10²."""

    content: tuple[Inline, ...]


class Subscript(Node, frozen=True, tag="subscript"):
    """Lowered characters, as in H₂O."""

    content: tuple[Inline, ...]


class Code(Node, frozen=True, tag="code"):
    """A piece of code, a file name, a command.

    Attributes:
        text: Shown in a fixed-width face, white space kept.
    """

    text: str


class Link(Node, frozen=True, tag="link"):
    """Words that lead elsewhere.

    Attributes:
        content: What is shown; holds no further link in a prepared document.
        href: Absolute ``http``, ``https``, ``mailto`` or ``tel`` URI in a prepared document.
        title: Advisory text, shown on hover where the format can.
    """

    content: tuple[Inline, ...]
    href: str
    title: str | None = None


class LineBreak(Node, frozen=True, tag="line-break"):
    """A new line within a block, as in verse or an address."""


class Span(Node, frozen=True, tag="span"):
    """Words set apart only by their `lang` or `dir`."""

    content: tuple[Inline, ...]


EntityKind: TypeAlias = Literal["person", "organisation", "place", "event", "date", "money", "product"]


class Entity(Node, frozen=True, tag="entity"):
    """The mention of a thing that has a name.

    Attributes:
        content: The words as they stand in the text.
        kind: What sort of thing is named.
        uri: Which one is meant, as a URI.
    """

    content: tuple[Inline, ...]
    kind: EntityKind
    uri: str | None = None


class FootnoteRef(Node, frozen=True, tag="footnote-ref"):
    """The place a footnote belongs to, together with the note itself.

    Attributes:
        blocks: The note's text; holds no further footnote in a prepared document.
    """

    blocks: tuple[Block, ...]


Inline: TypeAlias = (
    Text
    | Strong
    | Emphasis
    | Underline
    | Strikethrough
    | Superscript
    | Subscript
    | Code
    | Link
    | LineBreak
    | Span
    | Entity
    | FootnoteRef
)


# Blocks


class Paragraph(Node, frozen=True, tag="paragraph"):
    """A paragraph of running text.

    Attributes:
        content: Never empty in a prepared document.
        role: ``lead`` for the opening paragraph that sums up the story, ``note`` for small print; None for the rest.
    """

    content: tuple[Inline, ...]
    role: Literal["lead", "note"] | None = None


class Heading(Node, frozen=True, tag="heading"):
    """A heading within the body.

    Attributes:
        level: 2 to 6; level 1 is the article's headline. No level is skipped in a prepared document.
    """

    content: tuple[Inline, ...]
    level: Annotated[int, Meta(ge=2, le=6)] = 2


class ListItem(Node, frozen=True, tag="list-item"):
    """One item of a `List`."""

    blocks: tuple[Block, ...]


class List(Node, frozen=True, tag="list"):
    """A list, bulleted or numbered, possibly within another.

    Attributes:
        ordered: True for a numbered list.
        start: First number of an ordered list.
    """

    items: tuple[ListItem, ...]
    ordered: bool = False
    start: Annotated[int, Meta(ge=0, le=32767)] = 1


class Quote(Node, frozen=True, tag="quote"):
    """Words of somebody else, set apart.

    Attributes:
        blocks: What was said.
        attribution: Who said it, as displayed; empty when the text around it tells.
        pull: True for a line lifted out of the story for display.
        cite: URI of the source.
    """

    blocks: tuple[Block, ...]
    attribution: tuple[Inline, ...] = ()
    pull: bool = False
    cite: str | None = None


class Figure(Node, frozen=True, tag="figure"):
    """A picture, video or recording in the text, with its caption.

    Attributes:
        caption: As displayed, without the credit, which stands in `media`.
    """

    media: Media
    caption: tuple[Inline, ...] = ()


class Gallery(Node, frozen=True, tag="gallery"):
    """Several figures shown together."""

    figures: tuple[Figure, ...]
    title: tuple[Inline, ...] = ()


class Cell(Node, frozen=True, tag="cell"):
    """One cell of a `Table`.

    Attributes:
        colspan: Columns covered, 1 to 1000.
        rowspan: Rows covered, 1 to 65534; never reaches out of its part of the table in a prepared document.
        header: True when the cell names its row or column.
    """

    blocks: tuple[Block, ...] = ()
    colspan: Annotated[int, Meta(ge=1, le=1000)] = 1
    rowspan: Annotated[int, Meta(ge=1, le=65534)] = 1
    header: bool = False


Row: TypeAlias = tuple[Cell, ...]


class Table(Node, frozen=True, tag="table"):
    """A table; every row covers the same number of columns in a prepared document.

    Attributes:
        head: Rows repeated at the top of each page; at least one in a prepared document.
        body: The data.
        foot: Totals and the like.
    """

    head: tuple[Row, ...] = ()
    body: tuple[Row, ...] = ()
    foot: tuple[Row, ...] = ()
    caption: tuple[Inline, ...] = ()


class Embed(Node, frozen=True, tag="embed"):
    """Something that lives elsewhere: a post, a map, a video player.

    Attributes:
        url: Where a reader finds it.
        provider: Name of the service, as displayed.
        title: What it is, in words.
        fallback: What to show where it cannot be played.
    """

    url: str
    provider: str | None = None
    title: str | None = None
    fallback: tuple[Block, ...] = ()


class CodeBlock(Node, frozen=True, tag="code-block"):
    """Lines of code or other text whose line breaks and blanks count."""

    text: str
    language: str | None = None


class Divider(Node, frozen=True, tag="divider"):
    """A break between two parts of a story."""


class Aside(Node, frozen=True, tag="aside"):
    """Matter beside the story."""

    kind: Literal["factbox", "sidebar", "summary", "related"]
    title: tuple[Inline, ...] = ()
    blocks: tuple[Block, ...] = ()


NoteKind: TypeAlias = Literal["editor", "correction", "clarification", "update", "embargo"]


class Note(Node, frozen=True, tag="note"):
    """A word of the desk to its readers, displayed in the body.

    The authority on a correction is `Article.corrections`; this is its display.
    """

    kind: NoteKind
    date: AwareDatetime | None = None
    blocks: tuple[Block, ...] = ()


class QA(Node, frozen=True, tag="qa"):
    """A question of an interview and its answer."""

    question: tuple[Inline, ...]
    answer: tuple[Block, ...] = ()


class LivePost(Node, frozen=True, tag="live-post"):
    """One entry of a live blog.

    Attributes:
        time: When it was posted.
        headline: Counts as a heading of level 2.
        status: ``withdrawn`` posts keep their place, not their words: a prepared document holds none in `blocks`.
        key: True for an entry that is part of the summary.
    """

    time: AwareDatetime | None = None
    headline: tuple[Inline, ...] = ()
    status: Literal["published", "corrected", "withdrawn"] = "published"
    key: bool = False
    blocks: tuple[Block, ...] = ()


Block: TypeAlias = (
    Paragraph
    | Heading
    | List
    | Quote
    | Figure
    | Gallery
    | Table
    | Embed
    | CodeBlock
    | Divider
    | Aside
    | Note
    | QA
    | LivePost
)
