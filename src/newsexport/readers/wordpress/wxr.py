"""The reader of WXR, the export of a whole site of WordPress."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO, Final

from newsexport.readers.wordpress.options import WxrOptions
from newsexport.spi import Context, Format, Parsed, Probe

_FORMAT: Final = Format(
    name="wxr",
    media_type="application/rss+xml",
    suffix=".wxr.xml",
    title="Export of WordPress (WXR)",
    detection="RSS with elements of the export of WordPress, of any version",
)
_MARKS: Final = ("wordpress.org/export", "<wp:wxr_version", "WordPress eXtended RSS")


class WxrReader:
    """Reads the export of a site, an article at a time; pictures that posts name by number are looked up in it."""

    @property
    def format(self) -> Format:
        """Export of WordPress (WXR)."""
        return _FORMAT

    @property
    def options_type(self) -> type[WxrOptions]:
        """`WxrOptions`."""
        return WxrOptions

    def sniff(self, probe: Probe) -> float:
        """Return 0.95 for RSS that says it is of WordPress's export."""
        return 0.95 if probe.xml_root == "rss" and any(mark in probe.text for mark in _MARKS) else 0.0

    def read(self, data: bytes, options: WxrOptions, context: Context) -> Parsed:
        """Make articles of all posts.

        Raises:
            InputError: the input is no export, or there is no post in it.
        """
        return Parsed.joined(self.each(BytesIO(data), options, context))

    def each(self, stream: BinaryIO, options: WxrOptions, context: Context) -> Iterator[Parsed]:
        """Yield the articles of the posts.

        Raises:
            InputError: the input is no export, or there is no post in it.
        """
        from newsexport.readers.wordpress.export import articles  # brings what reads XML, HTML and copy

        return articles(stream, options, context)
