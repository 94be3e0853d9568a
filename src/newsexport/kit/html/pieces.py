"""What stands in a frame before it is closed: blocks, and what becomes a block with its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final, TypeAlias

from msgspec import Struct, structs

from newsexport.kit.html.addresses import host, path
from newsexport.model import Block, Cell, Figure, Heading, Inline, Link, List, ListItem, Paragraph, Text
from newsexport.model.walk import plain_text, records

_PICTURE_FILE: Final = re.compile(r"\.(?:avif|bmp|gif|jpe?g|png|svg|tiff?|webp)$", re.IGNORECASE)
_LOWEST: Final = 6
_MOST_ABOVE: Final = 1
_SHORT: Final = 60


class LevelledItem(Struct, frozen=True):
    """An item of a list that says how deep it stands, as word processors write lists.

    Attributes:
        level: From 1.
        ordered: True when it is numbered.
        blocks: Its content.
    """

    level: int
    ordered: bool
    blocks: tuple[Block, ...]


class LinkedFigure(Figure, frozen=True, kw_only=True, tag="linked-figure"):
    """A figure whose picture is a link.

    Attributes:
        href: Where it leads.
    """

    href: str


Piece: TypeAlias = Block | LevelledItem


def settled(pieces: Sequence[Piece]) -> tuple[Block, ...]:
    """Return the blocks that pieces come to: items become lists, links of pictures become links of their captions."""
    blocks: list[Block] = []
    for are_items, group in groupby(pieces, key=lambda piece: isinstance(piece, LevelledItem)):
        if are_items:
            items = [piece for piece in group if isinstance(piece, LevelledItem)]
            blocks += _lists(items)
        else:
            blocks += (_plain(piece) for piece in group if not isinstance(piece, LevelledItem))
    return tuple(blocks)


def _lists(items: Sequence[LevelledItem]) -> Iterator[List]:
    """Nest items by their level; a change of kind on the top level starts a new list."""
    top = min((item.level for item in items), default=1)
    index = 0
    while index < len(items):
        ordered = items[index].ordered
        entries: list[ListItem] = []
        while index < len(items) and not (items[index].level == top and items[index].ordered != ordered and entries):
            end = index + 1
            while end < len(items) and items[end].level > top:
                end += 1
            if items[index].level == top:
                below = tuple(_lists(items[index + 1 : end]))
                entries.append(ListItem((*items[index].blocks, *below)))
            else:  # the first items stand deeper than what follows
                entries.append(ListItem(tuple(_lists(items[index:end]))))
            index = end
        yield List(tuple(entries), ordered=ordered)


def _plain(block: Block) -> Block:
    if not isinstance(block, LinkedFigure):
        return block
    fields = {name: getattr(block, name) for name in Figure.__struct_fields__ if name != "caption"}
    return Figure(caption=_linked(block.caption, block.href, block.media.alt), **fields)


def _linked(caption: tuple[Inline, ...], href: str, alt: str | None) -> tuple[Inline, ...]:
    """Return a caption that leads where its picture does."""
    links = [record for _, record in records(caption) if isinstance(record, Link)]
    if any(link.href == href for link in links):
        return caption
    if caption and not links:
        return (Link(caption, href),)
    label = Link((Text((not caption and alt) or host(href) or href),), href)
    return (*caption, Text(" "), label) if caption else (label,)


def leads_to_picture(href: str) -> bool:
    """Tell whether a link leads to a picture, as those of enlargements do."""
    return bool(_PICTURE_FILE.search(path(href))) or "attachment_id=" in href


def captioned(figure: Figure, caption: tuple[Inline, ...]) -> Figure:
    """Return a figure with a caption; a picture that has one is not decorative."""
    media = structs.replace(figure.media, decorative=False) if figure.media.decorative else figure.media
    return structs.replace(figure, media=media, caption=caption)


def credited(figure: Figure, credit: str) -> Figure:
    """Return a figure with a credit, besides what it has."""
    known = figure.media.credit
    joined = credit if not known or known in credit else known if credit in known else f"{known} {credit}"
    return structs.replace(figure, media=structs.replace(figure.media, credit=joined))


def headline_of(blocks: tuple[Block, ...]) -> tuple[tuple[Inline, ...], tuple[Block, ...]]:
    """Part the headline from a text: the heading of level 1 that stands above it, below a kicker or a date at most."""
    above = 0
    for index, block in enumerate(blocks):
        if isinstance(block, Heading) and block.level == 1:
            return block.content, (*blocks[:index], *blocks[index + 1 :])
        if isinstance(block, Paragraph):
            above += 1
        if above > _MOST_ABOVE or (isinstance(block, Paragraph) and len(plain_text(block.content)) > _SHORT):
            break
    return (), blocks


def levelled(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks without headings of level 1, which is the headline's: all levels go down by one where there are."""
    found = [record.level for _, record in records(blocks) if isinstance(record, Heading)]
    return tuple(map(_lowered, blocks)) if 1 in found else blocks


def _lowered(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_lowered, value))
    if isinstance(value, Heading):
        return structs.replace(value, level=min(value.level + 1, _LOWEST))
    if isinstance(value, Block | ListItem | Cell):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        changes = {name: _lowered(field) for name, field in fields.items() if isinstance(field, tuple) and field}
        return structs.replace(value, **changes) if changes else value
    return value
