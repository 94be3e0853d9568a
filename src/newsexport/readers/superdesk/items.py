"""Which items an input holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from newsexport.errors import InputError
from newsexport.kit import cms
from newsexport.kit.cms import Fields
from newsexport.readers.superdesk.item import Item
from newsexport.readers.superdesk.marks import is_item
from newsexport.spi import Context, Parsed

_TEXTS: Final = frozenset({"text", "preformatted"})


def items(stream: BinaryIO, base: str | None, language: str | None, context: Context) -> Iterator[Parsed]:
    """Yield an article for each item, one at a time; `base` and `language` are options of the reader.

    Raises:
        InputError: it is no JSON, or holds no text of Superdesk.
    """

    def read(item: Fields) -> Parsed:
        kind = item.text("type") or "text"
        if kind not in _TEXTS:
            raise InputError(f"this is an item of the type {kind!r} of Superdesk, not a text", where=item.path or None)
        return Item(item, base, language or item.text("language")).parsed()

    return cms.articles(_items(cms.load(stream, context), context), read, context)


def _items(value: Any, context: Context) -> Iterator[Fields]:
    if isinstance(value, dict) and isinstance(value.get("_items"), list):
        return iter(Fields(value, context).each("_items"))
    if isinstance(value, dict) and is_item(frozenset(value)):
        return iter((Fields(value, context),))
    hint = "give an item of the archive or content API, a list of _items, or what is sent by HTTP push"
    raise InputError("this JSON is no content item of Superdesk", hint)
