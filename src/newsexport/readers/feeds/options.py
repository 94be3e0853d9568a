"""Options of the readers of feeds."""

from __future__ import annotations

from newsexport.kit.markup_options import MarkupOptions


class FeedOptions(MarkupOptions, frozen=True, kw_only=True):
    """Options of the readers of feeds."""
