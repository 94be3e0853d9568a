"""Which posts an answer of WordPress, or a hook, holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from newsexport.errors import InputError
from newsexport.kit import cms
from newsexport.kit.cms import Fields
from newsexport.readers.wordpress.fields import post
from newsexport.readers.wordpress.options import WordPressOptions
from newsexport.readers.wordpress.posts import parsed
from newsexport.spi import Context, Parsed

_WITHDRAWALS: Final = frozenset({"article.unpublished", "article.deleted"})


def articles(stream: BinaryIO, options: WordPressOptions, context: Context) -> Iterator[Parsed]:
    """Yield the articles of the posts, each with its own notices.

    Raises:
        InputError: the input is no JSON of WordPress, or an error that WordPress answered with.
    """
    found = _posts(cms.load(stream, context), context)
    return cms.articles(found, lambda fields: _article(fields, options), context)


def _posts(value: Any, context: Context) -> Iterator[Fields]:
    if isinstance(value, list):
        items = Fields({f"[{index}]": each for index, each in enumerate(value)}, context)
        yield from filter(None, map(items.fields, items.values))
    elif isinstance(value, dict):
        yield Fields(value, context)
    else:
        raise InputError("this is no JSON of WordPress", "give a post, or a list of posts")


def _article(fields: Fields, options: WordPressOptions) -> Parsed:
    event = fields.text("type") or "" if isinstance(fields.raw("data"), dict) else ""
    said = fields.fields("data") if event.startswith("article.") else fields
    if "code" in said and "message" in said:
        hint = "name a post that may be read; context=edit needs a user who may edit it"
        message = f"WordPress answered with an error: {said.text('message')} ({said.text('code')})"
        raise InputError(message, hint, said.path or None)
    if said.text("type") == "attachment":
        hint = "give the post that shows it, fetched with ?_embed"
        raise InputError("this is a file of the media library, not a post", hint, said.path or None)
    if not said.values.keys() & {"content", "content_raw", "title"}:
        hint = "give what the REST interface answers under /wp-json/wp/v2/posts"
        raise InputError("this is no post of WordPress: it has no title and no content", hint, said.path or None)
    return parsed(post(said, options, is_withdrawn=event in _WITHDRAWALS), fields.context)
