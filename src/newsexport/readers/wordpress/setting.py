"""What the content of a post is read with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any, Final

import msgspec

from newsexport.readers.wordpress.library import Library
from newsexport.spi import Context

_DEEPEST: Final = 4


class Setting:
    """What the content of one post is read with.

    Attributes:
        context: Hears what is left out.
        where: The content's place in the input.
        library: What the post refers to.
        identity: Number of the post, whose files a gallery without numbers shows.
        is_incomplete: True when blocks were left out whose words may be the post's.
    """

    def __init__(
        self,
        context: Context,
        where: str,
        *,
        library: Library | None = None,
        identity: str | None = None,
        footnotes: str | None = None,
    ) -> None:
        """Get ready.

        Args:
            context: Hears what is left out.
            where: The content's place in the input.
            library: What the post refers to.
            identity: Number of the post.
            footnotes: Notes of the block editor, as JSON.
        """
        self.context = context
        self.where = where
        self.library = library or Library()
        self.identity = identity
        self.is_incomplete = False
        self._footnotes = footnotes
        self._around: list[str] = []
        # Few blocks that hold each other often could make a post of any size.
        self._left = context.limits.input_bytes

    @contextmanager
    def shared(self, number: str) -> Iterator[str | None]:
        """Give the content of a shared block; None where it is not known, or blocks hold each other without end."""
        content = self.library.blocks.get(number)
        if content is None or number in self._around or len(self._around) == _DEEPEST or len(content) > self._left:
            yield None
            return
        self._left -= len(content)
        self._around.append(number)
        yield content
        self._around.pop()

    def footnotes(self) -> str:
        """Return the list of footnotes as a page shows it, once; empty when there are none."""
        if self._around:
            return ""  # the notes are those of the post, not of a block that it shares
        items = "".join(
            f'<li id="{escape(key)}">{note} <a href="#{escape(key)}-link">↩︎</a></li>' for key, note in self._notes()
        )
        self._footnotes = None
        return f'<ol class="wp-block-footnotes">{items}</ol>' if items else ""

    def _notes(self) -> Iterator[tuple[str, str]]:
        try:
            found = msgspec.json.decode(self._footnotes or "[]", type=list[dict[str, Any]])
        except (msgspec.DecodeError, ValueError, RecursionError):
            return
        for each in found:
            key, note = each.get("id"), each.get("content")
            if isinstance(key, str) and isinstance(note, str):
                yield key, note
