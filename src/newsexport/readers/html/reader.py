"""The reader of HTML that is an article and nothing else: a fragment of a CMS, an element ``article``."""

from __future__ import annotations

import re
from typing import Final

from newsexport.readers.html.options import HtmlOptions
from newsexport.spi import Context, Format, Parsed, Probe

_FORMAT: Final = Format(
    name="html",
    media_type="text/html",
    suffix=".html",
    title="HTML of an article alone",
    detection="elements of HTML without a document around them",
)
_OPENING: Final = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?P<name>!doctype html|[a-z][a-z0-9]*)\b", re.IGNORECASE | re.DOTALL
)
_DOCUMENT: Final = frozenset({"!doctype html", "html", "head", "body"})
_ELEMENTS: Final = (
    "a", "article", "aside", "b", "blockquote", "br", "center", "div", "em", "figure", "font", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "i", "iframe", "img", "li", "main", "meta", "ol", "p", "picture", "pre", "section",
    "span", "strong", "style", "table", "u", "ul", "video",
)  # fmt: skip
_ELEMENT: Final = re.compile(rf"</?(?:{'|'.join(_ELEMENTS)})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_FEW: Final = 3


class HtmlReader:
    """Reads an article that is marked up in HTML; see `newsexport.kit.html` for what becomes of the elements."""

    @property
    def format(self) -> Format:
        """HTML of an article alone."""
        return _FORMAT

    @property
    def options_type(self) -> type[HtmlOptions]:
        """`HtmlOptions`."""
        return HtmlOptions

    def sniff(self, probe: Probe) -> float:
        """Return 0.8 for a fragment of HTML, 0.5 for a document of it, 0.4 for a text with some elements."""
        if probe.is_binary:
            return 0.0
        found = _OPENING.match(probe.text)
        name = found["name"].lower() if found else ""
        if name in _DOCUMENT:
            return 0.5
        if name in _ELEMENTS:
            return 0.8
        if probe.is_xml:
            return 0.0
        count = len(_ELEMENT.findall(probe.text))
        return 0.4 if count >= _FEW or (count and probe.suffix in {".html", ".htm", ".xhtml"}) else 0.0

    def read(self, data: bytes, options: HtmlOptions, context: Context) -> Parsed:
        """Make an article of the markup.

        Raises:
            InputError: the input is binary.
            LimitError: the markup has too many tags.
        """
        from newsexport.readers.html.story import story  # brings what reads HTML and copy

        return story(data, options, context)
