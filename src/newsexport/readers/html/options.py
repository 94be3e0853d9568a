"""Options of the reader of HTML."""

from __future__ import annotations

from newsexport.kit.markup_options import MarkupOptions


class HtmlOptions(MarkupOptions, frozen=True, kw_only=True):
    """Options of the reader of HTML."""
