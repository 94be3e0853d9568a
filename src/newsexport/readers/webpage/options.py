"""Options of the reader of web pages."""

from __future__ import annotations

from newsexport.kit.markup_options import MarkupOptions


class WebpageOptions(MarkupOptions, frozen=True, kw_only=True):
    """Options of the reader of web pages."""
