"""Lists that were typed: paragraphs, or lines of one, that start with a bullet or with the next number.

What reads a text aloud announces a list, and Word numbers it on, only where it is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct, structs

from newsexport.errors import Kind
from newsexport.kit.desk.inlines import without_head
from newsexport.model import Aside, Block, Inline, LineBreak, List, ListItem, LivePost, Note, Paragraph, Quote
from newsexport.model.walk import plain_text
from newsexport.spi import Context

# A bullet marks nothing but items: a dash may stand before a speech, an asterisk before a note.
_MARKER: Final = re.compile(r"\s*(?:[•‣◦⁃∙●▪◆■]|\(?(?P<number>\d{1,3})[.)])\s+(?=\S)")


class _Item(Struct, frozen=True):
    """A line that starts as the items of lists do.

    Attributes:
        line: As it was typed.
        marker: How many characters its marker has.
        number: None for a bullet.
    """

    line: Paragraph
    marker: int
    number: int | None


def listed(blocks: Iterable[Block], context: Context) -> tuple[Block, ...]:
    """Return blocks with a list in place of each run of items, also in what holds blocks.

    Args:
        blocks: Of a body.
        context: Hears of each list as ``text.list-typed``.
    """
    found: list[Block] = []
    run: list[_Item] = []
    for block in blocks:
        for piece in _pieces(block, context):
            if run and not (isinstance(piece, _Item) and _follows(piece, run[-1])):
                found += _settled(run, context)
                run = []
            if isinstance(piece, _Item):
                run.append(piece)
            else:
                found.append(piece)
    return (*found, *_settled(run, context))


def _pieces(block: Block, context: Context) -> Iterator[Block | _Item]:
    match block:
        case Paragraph(role=None):
            yield from _parted(block)
        case Aside() | LivePost() | Note() | Quote():
            yield structs.replace(block, blocks=listed(block.blocks, context))
        case _:
            yield block


def _parted(paragraph: Paragraph) -> Iterator[Block | _Item]:
    """Yield the items that the last lines of a paragraph are, below what stands above them."""
    content = paragraph.content
    breaks = [index for index, inline in enumerate(content) if isinstance(inline, LineBreak)]
    if not breaks:
        yield _item(paragraph) or paragraph
        return
    starts = [0, *(index + 1 for index in breaks)]
    items: list[_Item] = []
    above = len(content)
    for start, end in zip(reversed(starts), reversed([*breaks, len(content)]), strict=True):
        item = _item(structs.replace(paragraph, content=content[start:end]))
        if item is None and plain_text(content[start:end]).strip():
            break
        items += [item] if item is not None else []
        above = start
    items.reverse()
    # A number that stands alone below other lines is more likely one of a sentence.
    if not items or (above and not _is_list(items)):
        yield paragraph
        return
    if above:
        yield structs.replace(paragraph, content=_without_breaks(content[:above]))
    yield from items


def _item(line: Paragraph) -> _Item | None:
    found = _MARKER.match(plain_text(line.content))
    if found is None:
        return None
    return _Item(line, found.end(), int(found["number"]) if found["number"] else None)


def _follows(item: _Item, before: _Item) -> bool:
    if item.number is None or before.number is None:
        return item.number is before.number
    return item.number == before.number + 1


def _is_list(run: Sequence[_Item]) -> bool:
    return len(run) > 1 or run[0].number is None


def _settled(run: Sequence[_Item], context: Context) -> Iterator[Block]:
    """Yield the list that items come to; a number that stands alone is no list."""
    if not run:
        return
    if not _is_list(run):
        yield run[0].line
        return
    first = run[0].number
    words = plain_text(run[0].line.content).strip()
    context.notice("text.list-typed", Kind.REPAIR, f"{len(run)} typed items were made a list: {words[:60]!r} ...")
    items = tuple(
        ListItem((structs.replace(each.line, content=without_head(each.line.content, each.marker)),)) for each in run
    )
    yield List(items, ordered=first is not None, start=first if first is not None else 1)


def _without_breaks(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    while content and isinstance(content[-1], LineBreak):
        content = content[:-1]
    return content
