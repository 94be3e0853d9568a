"""The reader of posts as the REST interface of WordPress answers with them, and as our hook sends them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO, Final

from newsexport.readers.wordpress.options import WordPressOptions
from newsexport.spi import Context, Format, Parsed, Probe

_FORMAT: Final = Format(
    name="wordpress",
    media_type="application/json",
    suffix=".wordpress.json",
    title="Posts of WordPress",
    detection="JSON of the REST interface of WordPress: a post or a list of posts, or the body of our hook",
)
_DATES: Final = frozenset({"date_gmt", "modified_gmt"})
_ERROR: Final = frozenset({"code", "message", "data"})
_ENVELOPE: Final = frozenset({"type", "timestamp", "data"})


class WordPressReader:
    """Reads posts of WordPress: answers of its REST interface, with or without authority to edit, and hooks."""

    @property
    def format(self) -> Format:
        """Posts of WordPress."""
        return _FORMAT

    @property
    def options_type(self) -> type[WordPressOptions]:
        """`WordPressOptions`."""
        return WordPressOptions

    def sniff(self, probe: Probe) -> float:
        """Return 0.95 for a post, a hook or an error, 0.9 for a list and for a post with few of its fields."""
        keys = probe.json_keys
        says = {name for name in ("date_gmt", "rendered", "content") if f'"{name}"' in probe.text}
        if keys >= _DATES or (keys == _ERROR and '"rest_' in probe.text):
            return 0.95
        if keys >= _ENVELOPE and "date_gmt" in says and '"article.' in probe.text:
            return 0.95
        is_list = probe.text.lstrip().startswith("[")
        has_text = is_list or "title" in keys or "content" in keys
        return 0.9 if has_text and "rendered" in says else 0.0

    def read(self, data: bytes, options: WordPressOptions, context: Context) -> Parsed:
        """Make articles of the posts.

        Raises:
            InputError: the input is no JSON of WordPress, or an error that WordPress answered with.
        """
        return Parsed.joined(self.each(BytesIO(data), options, context))

    def each(self, stream: BinaryIO, options: WordPressOptions, context: Context) -> Iterator[Parsed]:
        """Yield the articles of the posts, each with its own notices.

        Raises:
            InputError: the input is no JSON of WordPress, or an error that WordPress answered with.
        """
        from newsexport.readers.wordpress.answers import articles  # brings what reads HTML and copy

        return articles(stream, options, context)
