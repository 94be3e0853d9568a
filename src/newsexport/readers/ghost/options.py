"""Options of the reader of Ghost."""

from __future__ import annotations

from typing import Literal

from newsexport.spi import Options


class GhostOptions(Options, frozen=True, kw_only=True):
    """Options of the reader of Ghost.

    Attributes:
        base: URL of the site, for exports, which do not say it, and for relative links.
        body: Which rendition of the text is read; ``auto`` prefers what the editor keeps to what Ghost made of it.
        language: BCP 47 tag of the text; None takes the one that the export or post states.
    """

    base: str | None = None
    body: Literal["auto", "lexical", "mobiledoc", "html"] = "auto"
    language: str | None = None
