"""Lists, nested as HTML has it and as word processors have it."""

from __future__ import annotations

import re
from typing import Final

from newsexport.kit.html.frames import Frame
from newsexport.kit.html.inlines import Attributes
from newsexport.kit.html.pieces import LevelledItem, Piece, settled
from newsexport.model import Figure, Gallery, List, ListItem

_HIGHEST_START: Final = 32767
_INDENT: Final = re.compile(r"(?:^|\s)ql-indent-(\d)")


class ListFrame(Frame):
    """A list whose items come in."""

    def __init__(self, *, ordered: bool, start: str | None) -> None:
        super().__init__()
        self.ordered = ordered
        self._start = int(start) if start and start.strip().isdecimal() else 1
        self._entries: list[tuple[ListItem, int | None]] = []

    def add(self, *pieces: Piece) -> None:
        """Take what stands in the list but in none of its items: a list belongs to the item before it."""
        for block in settled(pieces):
            if isinstance(block, List) and self._entries:
                last, level = self._entries[-1]
                self._entries[-1] = ListItem((*last.blocks, block)), level
            else:
                self._entries.append((ListItem((block,)), None))

    def item(self, item: ListItem, level: int | None) -> None:
        """Take an item, with the level that it states."""
        if item.blocks:
            self._entries.append((item, level))

    def close(self, parent: Frame) -> None:
        """Add the list; one of pictures alone is a gallery, one that states levels is nested with its neighbours."""
        self.flush()
        items = tuple(item for item, _ in self._entries)
        if any(level is not None for _, level in self._entries):
            parent.add(*(LevelledItem(level or 1, self.ordered, item.blocks) for item, level in self._entries))
            return
        blocks = [block for item in items for block in item.blocks]
        figures = tuple(block for block in blocks if isinstance(block, Figure))
        if figures and len(figures) == len(blocks):
            parent.add(Gallery(figures) if len(figures) > 1 else figures[0])
        elif items:
            start = min(self._start, _HIGHEST_START) if self.ordered else 1
            parent.add(List(items, ordered=self.ordered, start=start))


class ItemFrame(Frame):
    """An item of a list."""

    def __init__(self, level: int | None) -> None:
        super().__init__()
        self._level = level

    def close(self, parent: Frame) -> None:
        """Give the item to its list; without one it is no item."""
        blocks = self.blocks()
        if isinstance(parent, ListFrame):
            parent.item(ListItem(blocks), self._level)
        else:
            parent.add(*blocks)


class LooseItemFrame(Frame):
    """An item that stands in no list: Word writes lists so."""

    def __init__(self, level: int, *, ordered: bool) -> None:
        super().__init__()
        self._level = level
        self._ordered = ordered

    def close(self, parent: Frame) -> None:
        """Add the item, to be nested with its neighbours."""
        blocks = self.blocks()
        if blocks:
            parent.add(LevelledItem(self._level, self._ordered, blocks))


def stated_level(attributes: Attributes) -> int | None:
    """Return the level that an item states beside its place: Word on the web and Quill keep all items on one level."""
    office = attributes.get("data-aria-level")
    if office and office.isdecimal():
        return int(office)
    quill = _INDENT.search(attributes.get("class") or "")
    return int(quill[1]) + 1 if quill else None
