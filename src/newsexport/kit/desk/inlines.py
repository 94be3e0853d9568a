"""Inlines, cut where the words of a desk end."""

from __future__ import annotations

from msgspec import structs

from newsexport.model import Code, Inline, LineBreak, Text
from newsexport.model.walk import plain_text


def without_head(content: tuple[Inline, ...], length: int) -> tuple[Inline, ...]:
    """Return inlines without their first characters, as `newsexport.model.walk.plain_text` counts them."""
    rest: list[Inline] = []
    for inline in content:
        size = len(plain_text((inline,)))
        if length <= 0:
            rest.append(inline)
        elif size > length:
            rest.append(_cut(inline, length))
        length -= size
    return tuple(rest)


def _cut(inline: Inline, length: int) -> Inline:
    match inline:
        case Text() | Code():
            return structs.replace(inline, text=inline.text[length:])
        case LineBreak():
            return inline
        case _ if hasattr(inline, "content"):
            return structs.replace(inline, content=without_head(inline.content, length))
        case _:
            return inline
