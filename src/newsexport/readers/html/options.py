"""Options of the reader of HTML."""

from __future__ import annotations

from newsexport.kit import timestamps
from newsexport.spi import Options


class HtmlOptions(Options, frozen=True, kw_only=True):
    """Options of the reader of HTML.

    Attributes:
        base: URL of the article: what relative links are relative to.
        language: BCP 47 tag of the text; None takes the one that the markup states.
        zone: Name of the time zone of moments that state none (``Europe/Berlin``).
    """

    base: str | None = None
    language: str | None = None
    zone: str = "UTC"

    def __post_init__(self) -> None:
        timestamps.zone(self.zone)
