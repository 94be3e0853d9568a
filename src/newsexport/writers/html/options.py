"""Options of the HTML writer."""

from __future__ import annotations

from typing import Literal

from newsexport.spi import Options


class HtmlOptions(Options, frozen=True, kw_only=True):
    """Options of the HTML writer.

    Attributes:
        page: True for a whole page with style and metadata; False for an ``article`` (or ``section`` for an edition) to
            put into a page.
        images: ``inline`` carries pictures within the file; ``link`` refers to them where they are.
    """

    page: bool = True
    images: Literal["inline", "link"] = "inline"
