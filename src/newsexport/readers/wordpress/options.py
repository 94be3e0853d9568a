"""Options of the readers of WordPress."""

from __future__ import annotations

from typing import Literal

from newsexport.kit.timestamps import zone
from newsexport.spi import Options


class SiteOptions(Options, frozen=True, kw_only=True):
    """What the readers of WordPress have in common.

    Attributes:
        language: BCP 47 tag of the text; None takes the one that the site states.
        zone: Name of the time zone of the site (``Europe/Berlin``), for moments that are stated in no other way; None
            leaves those out.
    """

    language: str | None = None
    zone: str | None = None

    def __post_init__(self) -> None:
        if self.zone is not None:
            zone(self.zone)


class WordPressOptions(SiteOptions, frozen=True, kw_only=True):
    """Options of the reader of posts of WordPress.

    Attributes:
        content: Which form of the text is read: as its author saved it, or as the server shows it. ``auto`` takes the
            saved one of the block editor, unless blocks in it show what the server alone knows.
    """

    content: Literal["auto", "raw", "rendered"] = "auto"


class WxrOptions(SiteOptions, frozen=True, kw_only=True):
    """Options of the reader of WXR.

    Attributes:
        types: Which types of post are read, of all that an export holds: ``page``, and those of plug-ins.
    """

    types: tuple[str, ...] = ("post",)
