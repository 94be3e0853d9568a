"""Which stories an input holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from newsexport.errors import InputError
from newsexport.kit import cms
from newsexport.kit.cms import Fields
from newsexport.readers.ans.story import Story
from newsexport.spi import Context, Parsed

_LISTS: Final = frozenset({"results", "collection"})


def stories(stream: BinaryIO, base: str | None, language: str | None, context: Context) -> Iterator[Parsed]:
    """Yield an article for each story, one at a time; `base` and `language` are options of the reader.

    Raises:
        InputError: it is no JSON, or holds no story.
    """

    def read(story: Fields) -> Parsed:
        _check(story)
        return Story(story, base, language).parsed()

    return cms.articles(_stories(cms.load(stream, context), context), read, context)


def _stories(value: Any, context: Context) -> Iterator[Fields]:
    if isinstance(value, list):
        return iter(Fields({"stories": value}, context).each("stories"))
    if not isinstance(value, dict):
        raise InputError("this JSON is no story of ANS")
    found = Fields(value, context)
    return iter(found.each("content_elements") if found.text("type") in _LISTS else (found,))


def _check(story: Fields) -> None:
    kind = story.text("type")
    if kind is None:
        raise InputError("this JSON is no story of ANS", "give an object of the type story, or results of stories")
    if kind != "story":
        raise InputError(f"this is an object of the type {kind!r} of ANS, not a story", where=story.path or None)
