"""Blocks and inlines as lines of a small markup, for tests to compare: what each holds, and how it nests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsexport.model import (
    QA,
    Aside,
    Block,
    Code,
    CodeBlock,
    Divider,
    Embed,
    Emphasis,
    Entity,
    Figure,
    FootnoteRef,
    Gallery,
    Heading,
    Inline,
    LineBreak,
    Link,
    List,
    LivePost,
    Note,
    Paragraph,
    Quote,
    Row,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Underline,
)

_MARKS: dict[type[Inline], str] = {
    Strong: "*",
    Emphasis: "_",
    Underline: "__",
    Strikethrough: "~",
    Superscript: "^",
    Subscript: ",",
}


def lines(blocks: Iterable[Block], indent: str = "") -> Iterator[str]:
    """Yield the lines of blocks."""
    for block in blocks:
        yield from (indent + line for line in _block(block))


def line(inlines: Iterable[Inline]) -> str:
    """Return inlines as one line."""
    return "".join(map(_inline, inlines))


def _inline(inline: Inline) -> str:
    match inline:
        case Text():
            return inline.text
        case Code():
            return f"`{inline.text}`"
        case LineBreak():
            return " / "
        case Link():
            title = f" {inline.title!r}" if inline.title else ""
            return f"[{line(inline.content)}]({inline.href}{title})"
        case Span():
            return f"<{' '.join(filter(None, (inline.lang, inline.dir)))}: {line(inline.content)}>"
        case Entity():
            return f"<{inline.kind}: {line(inline.content)}>"
        case FootnoteRef():
            return f"{{{' | '.join(lines(inline.blocks))}}}"
        case _:
            mark = _MARKS[type(inline)]
            return f"{mark}{line(inline.content)}{mark}"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            marks = " ".join(filter(None, ("p", block.role, block.lang, block.dir)))
            yield f"{marks}: {line(block.content)}"
        case Heading():
            yield f"h{block.level}: {line(block.content)}"
        case List():
            yield f"ol {block.start}" if block.ordered else "ul"
            for item in block.items:
                yield "- " + "\n".join(lines(item.blocks)).replace("\n", "\n  ")
        case CodeBlock():
            yield f"code {block.language or ''}".rstrip() + f": {block.text!r}"
        case Divider():
            yield "divider"
        case Figure():
            yield _figure(block)
        case _:
            title, below = _titled(block)
            yield title.rstrip(": ")
            yield from (f"  {each}" for each in below)


def _titled(block: Gallery | Table | Quote | Embed | Aside | Note | QA | LivePost) -> tuple[str, Iterator[str]]:
    match block:
        case Gallery():
            return f"gallery: {line(block.title)}", map(_figure, block.figures)
        case Table():
            parts = (("head", block.head), ("body", block.body), ("foot", block.foot))
            return f"table: {line(block.caption)}", (f"{part}: {_row(row)}" for part, rows in parts for row in rows)
        case Quote():
            by = f" by {line(block.attribution)}" if block.attribution else ""
            cite = f" cite {block.cite}" if block.cite else ""
            return f"{'pull ' if block.pull else ''}quote{by}{cite}", lines(block.blocks)
        case Embed():
            said = "".join(f" ({each})" for each in (block.provider, block.title) if each)
            return f"embed {block.url}{said}", lines(block.fallback)
        case Aside():
            return f"{block.kind}: {line(block.title)}", lines(block.blocks)
        case Note():
            return f"note of {block.kind}", lines(block.blocks)
        case QA():
            return f"q: {line(block.question)}", lines(block.answer)
        case LivePost():
            return f"post: {line(block.headline)}", lines(block.blocks)


def _figure(figure: Figure) -> str:
    media = figure.media
    size = f" {media.width}x{media.height}" if media.width or media.height else ""
    alt = " decorative" if media.decorative else f" alt {media.alt!r}" if media.alt else ""
    credit = f" credit {media.credit!r}" if media.credit else ""
    caption = f": {line(figure.caption)}" if figure.caption else ""
    return f"{type(media).__name__.lower()} {media.uri}{size}{alt}{credit}{caption}"


def _row(row: Row) -> str:
    def cell(index: int) -> str:
        each = row[index]
        spans = "".join(f"{name}{count}" for name, count in (("c", each.colspan), ("r", each.rowspan)) if count > 1)
        return f"{'!' if each.header else ''}{spans and f'{spans} '}{'; '.join(lines(each.blocks))}"

    return " | ".join(map(cell, range(len(row))))
