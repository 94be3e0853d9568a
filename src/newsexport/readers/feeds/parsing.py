"""The one place where feedparser is called: on bytes alone, so that it reaches for no network and no file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final

from msgspec import Struct

from newsexport.errors import InputError, UsageError
from newsexport.readers.feeds.pruning import MARK, Media, local_name, prune
from newsexport.readers.feeds.tree import parse as parse_tree
from newsexport.spi import Context

_ROOTS: Final = frozenset({"rss", "rdf", "feed", "entry", "channel"})


class ParsedFeed(Struct, frozen=True):
    """What feedparser read.

    Attributes:
        feed: Of the feed itself.
        entries: Of each entry, with its elements of Media RSS.
        is_atom: True for Atom of any version.
    """

    feed: Mapping[str, Any]
    entries: Sequence[tuple[Mapping[str, Any], Media]]
    is_atom: bool


def parse(data: bytes, context: Context, *, base: str | None) -> ParsedFeed:
    """Read a feed.

    Args:
        data: The feed.
        context: Is told of repairs and losses.
        base: URL of the feed; None when it is not known.

    Raises:
        InputError: it is no feed.
        LimitError: it is too large.
        UsageError: feedparser is not installed.
    """
    from lxml import etree  # 20 ms, and only feeds need it

    try:
        import feedparser  # 120 ms
    except ImportError as error:
        raise UsageError("feeds are read by feedparser, which is missing", "pip install 'newsexport[feeds]'") from error
    root = parse_tree(data, context)
    if local_name(root) not in _ROOTS:
        raise InputError("the input is no feed", "give RSS or Atom")
    media = prune(root, context)
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": base or ""}
    try:
        # Our own walk lets nothing unsafe pass; feedparser's would drop figures. So it is with relative links.
        found = feedparser.parse(
            BytesIO(etree.tostring(root, encoding="utf-8")),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise InputError(f"the feed cannot be read: {error}") from error
    entries = [(dict(entry), _own(entry.get(MARK), media)) for entry in found["entries"]]
    return ParsedFeed(dict(found["feed"]), entries, str(found["version"]).startswith("atom"))


def _own(mark: str | None, media: Sequence[Media]) -> Media:
    """Return the media of an entry; none for one that stands where entries do not, whose mark feedparser mislays."""
    return media[int(mark)] if mark else []
