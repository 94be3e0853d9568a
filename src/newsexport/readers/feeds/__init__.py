"""The readers of feeds: RSS in all its versions, and Atom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO, Final

from newsexport.errors import InputError, Kind, LimitError
from newsexport.readers.feeds.options import FeedOptions
from newsexport.spi import Context, Format, Parsed, Probe

__all__ = ["AtomReader", "FeedOptions", "RssReader"]

_RSS: Final = Format(
    name="rss",
    media_type="application/rss+xml",
    suffix=".rss",
    title="RSS feed",
    detection="XML with the root element rss, or RDF of RSS 1.0",
)
_ATOM: Final = Format(
    name="atom",
    media_type="application/atom+xml",
    suffix=".atom",
    title="Atom feed",
    detection="XML with the root element feed or entry of Atom",
)
_RDF: Final = re.compile(r"purl\.org/rss/|netscape\.com/rdf", re.IGNORECASE)
_ATOM_NAMESPACE: Final = re.compile(r"www\.w3\.org/2005/Atom|purl\.org/atom/ns#", re.IGNORECASE)
_EXPORT: Final = "wordpress.org/export"


class _FeedReader:
    """Reads a feed of any dialect, an article per entry."""

    _format: Format

    @property
    def format(self) -> Format:
        """What it reads."""
        return self._format

    @property
    def options_type(self) -> type[FeedOptions]:
        """`FeedOptions`."""
        return FeedOptions

    def read(self, data: bytes, options: FeedOptions, context: Context) -> Parsed:
        """Make an article of each entry.

        Raises:
            InputError: the input is no feed.
            LimitError: the feed is too large.
            UsageError: feedparser is not installed.
        """
        return Parsed.joined(self.each(BytesIO(data), options, context))

    def each(self, stream: BinaryIO, options: FeedOptions, context: Context) -> Iterator[Parsed]:
        """Yield the articles one at a time; raises what `read` raises."""
        # They bring the kit of HTML and feedparser, for which sniffing has no use.
        from newsexport.readers.feeds.entries import EntryReader, Feed
        from newsexport.readers.feeds.parsing import parse

        data = stream.read(context.limits.input_bytes + 1)
        if len(data) > context.limits.input_bytes:
            raise LimitError(f"the feed has more than {context.limits.input_bytes} bytes", "give a part of it")
        found = parse(data, context, base=options.base)
        feed = Feed(found.feed, is_atom=found.is_atom, options=options)
        for number, (entry, media) in enumerate(found.entries, start=1):
            where = f"entry {number}"
            try:
                parsed = EntryReader(feed, entry, media, where, context).read()
            except InputError as error:
                context.notice("feeds.entry-unreadable", Kind.LOSS, str(error), where=where)
                continue
            if parsed is not None:
                yield parsed


class RssReader(_FeedReader):
    """Reads RSS 0.9 to 2.0 and its ancestor CDF, an article per item."""

    _format = _RSS

    def sniff(self, probe: Probe) -> float:
        """Return 0.8 for RSS, 0.5 for what may be its ancestor CDF; 0 for an export of WordPress, which is no feed."""
        root = (probe.xml_root or "").lower()
        if _EXPORT in probe.text:
            return 0.0
        if root == "rss" or (root == "rdf" and _RDF.search(probe.text)):
            return 0.8
        return 0.5 if root == "channel" else 0.0


class AtomReader(_FeedReader):
    """Reads Atom 0.3 and 1.0, feeds and single entries, an article per entry."""

    _format = _ATOM

    def sniff(self, probe: Probe) -> float:
        """Return 0.8 for Atom, 0.5 for a feed that does not name its namespace."""
        root = (probe.xml_root or "").lower()
        if root in {"feed", "entry"} and _ATOM_NAMESPACE.search(probe.text):
            return 0.8
        return 0.5 if root == "feed" else 0.0
