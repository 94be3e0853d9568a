"""The reader of saved web pages."""

from __future__ import annotations

import re
from typing import Final

from newsexport.readers.webpage.options import WebpageOptions
from newsexport.spi import Context, Format, Parsed, Probe

_FORMAT: Final = Format(
    name="webpage",
    media_type="text/html",
    suffix=".html",
    title="Saved web page",
    detection="a document of HTML: <!DOCTYPE html>, <html> or <head>",
)
_DOCUMENT: Final = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head)\b", re.IGNORECASE | re.DOTALL
)


class WebpageReader:
    """Reads the article of a page, with what the page says of it, and leaves out what surrounds it."""

    @property
    def format(self) -> Format:
        """A saved web page."""
        return _FORMAT

    @property
    def options_type(self) -> type[WebpageOptions]:
        """`WebpageOptions`."""
        return WebpageOptions

    def sniff(self, probe: Probe) -> float:
        """Return 0.7 for a document of HTML."""
        return 0.7 if not probe.is_binary and _DOCUMENT.match(probe.text) else 0.0

    def read(self, data: bytes, options: WebpageOptions, context: Context) -> Parsed:
        """Make an article of the page.

        Raises:
            InputError: there is no text on the page, or the input is binary.
            LimitError: the page has too many tags.
        """
        # They bring what reads HTML and copy.
        from newsexport.kit.encoding import decode
        from newsexport.kit.html.tree import declared_encoding, parse
        from newsexport.readers.webpage.page import Page

        root = parse(decode(data, context, declared=declared_encoding(data)), context)
        page = Page(root, options, context)
        return Parsed((page.article(),), tuple(page.walk.assets.values()))
