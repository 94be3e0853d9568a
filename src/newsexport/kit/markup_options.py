"""What the readers of formats with markup have in common."""

from __future__ import annotations

from newsexport.kit import timestamps
from newsexport.spi import Options


class MarkupOptions(Options, frozen=True, kw_only=True):
    """Options of readers of formats with markup.

    Attributes:
        base: URL of the input: what relative links are relative to; None takes the one that it states.
        language: BCP 47 tag of the text; None takes the one that the input states.
        zone: Name of the time zone of moments that state none (``Europe/Berlin``).
    """

    base: str | None = None
    language: str | None = None
    zone: str = "UTC"

    def __post_init__(self) -> None:
        timestamps.zone(self.zone)
