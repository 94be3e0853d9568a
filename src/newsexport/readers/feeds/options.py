"""What can be chosen when a feed is read."""

from __future__ import annotations

from newsexport.kit import timestamps
from newsexport.spi import Options


class FeedOptions(Options, frozen=True, kw_only=True):
    """Options of the readers of feeds.

    Attributes:
        base: URL of the feed: what relative links are relative to where the feed does not say.
        language: BCP 47 tag of the entries; None takes the one that the feed states.
        zone: Name of the time zone of moments that state none (``Europe/Berlin``).
    """

    base: str | None = None
    language: str | None = None
    zone: str = "UTC"

    def __post_init__(self) -> None:
        timestamps.zone(self.zone)
