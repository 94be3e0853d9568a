"""The reader of posts of Ghost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO, Final

from newsexport.readers.ghost.marks import is_post, other
from newsexport.readers.ghost.options import GhostOptions
from newsexport.spi import Context, Format, Parsed, Probe

_FORMAT: Final = Format(
    name="ghost",
    media_type="application/json",
    suffix=".ghost.json",
    title="Posts of Ghost",
    detection="JSON with posts or pages of Ghost: an answer of its APIs, the body of a webhook, an export",
)
_NAME: Final = re.compile(r'"(\w+)"\s*:')
_HOOK: Final = re.compile(r'"(?:post|page)"\s*:\s*\{\s*"(?:current|previous)"\s*:\s*\{')


class GhostReader:
    """Reads posts and pages of Ghost, of version 2 and later."""

    @property
    def format(self) -> Format:
        """Posts of Ghost."""
        return _FORMAT

    @property
    def options_type(self) -> type[GhostOptions]:
        """`GhostOptions`."""
        return GhostOptions

    def sniff(self, probe: Probe) -> float:
        """Return 0.95 for posts of Ghost, 0.6 for its other lists, which are refused by name."""
        keys = probe.json_keys
        if is_post(keys):
            return 0.95
        if keys <= {"event", "post", "page"} and _HOOK.search(probe.text):
            return 0.95
        is_export = keys in ({"db"}, {"meta", "data"}, {"meta", "data", "db"}) and '"exported_on"' in probe.text
        is_list = bool(keys & {"posts", "pages"}) and keys <= {"posts", "pages", "meta"}
        if is_export or (is_list and is_post(frozenset(_NAME.findall(probe.text)))):
            return 0.95
        return 0.6 if other(keys) and _is_of_ghost(probe.text) else 0.0

    def read(self, data: bytes, options: GhostOptions, context: Context) -> Parsed:
        """Make an article of each post.

        Raises:
            InputError: it is no JSON, or holds no post.
        """
        return Parsed.joined(self.each(BytesIO(data), options, context))

    def each(self, stream: BinaryIO, options: GhostOptions, context: Context) -> Iterator[Parsed]:
        """Yield an article for each post, one at a time.

        Raises:
            InputError: it is no JSON, or holds no post.
        """
        from newsexport.readers.ghost.posts import posts  # brings what reads HTML and copy

        return posts(stream, options, context)


def _is_of_ghost(text: str) -> bool:
    return all(f'"{name}"' in text for name in ("meta_title", "url")) or '"codeinjection_head"' in text
