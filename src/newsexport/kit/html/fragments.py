"""Pieces of HTML in the fields of other formats: a body, a headline, a caption."""

from __future__ import annotations

from msgspec import Struct

from newsexport.kit.html.pieces import levelled
from newsexport.kit.html.tree import parse
from newsexport.kit.html.walk import Walk
from newsexport.model import Block, Inline, LineBreak, Paragraph
from newsexport.model.walk import plain_text, records
from newsexport.spi import Asset, Context


class Fragment(Struct, frozen=True):
    """What a piece of HTML holds.

    Attributes:
        blocks: Headings start at level 2.
        assets: Pictures that stood in the markup itself.
    """

    blocks: tuple[Block, ...]
    assets: tuple[Asset, ...] = ()


def blocks(html: str, context: Context, *, base: str | None = None, language: str | None = None) -> Fragment:
    """Return the blocks of a piece of HTML.

    Args:
        html: As a CMS keeps the body of an article.
        context: Hears what is repaired or left out.
        base: URL that links and pictures are relative to; None when it is not known.
        language: Of the article: elements that state it state nothing new.
    """
    walk = Walk(context, base=base, picture_base=base, language=language)
    found = levelled(walk.blocks(parse(html, context)))
    return Fragment(found, tuple(walk.assets.values()))


def inlines(html: str | None, context: Context, *, base: str | None = None) -> tuple[Inline, ...]:
    """Return the inlines of a line of HTML, such as a headline; several paragraphs are parted by line breaks."""
    if not html:
        return ()
    lines: list[Inline] = []
    for block in blocks(html, context, base=base).blocks:
        for line in _lines(block):
            lines += [LineBreak(), *line] if lines else line
    return tuple(lines)


def plain(html: str | None, context: Context) -> str:
    """Return the characters of a line of HTML, its entities resolved."""
    return plain_text(inlines(html, context)).strip()


def _lines(block: Block) -> list[tuple[Inline, ...]]:
    return [
        value
        for _, record in records(block)
        if isinstance(record, Paragraph) or record is block
        for name in ("content", "caption", "title", "question")
        if isinstance(value := getattr(record, name, None), tuple) and value
    ]
