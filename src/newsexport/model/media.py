"""Pictures, films and recordings, with what must be known of them to publish them."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from newsexport.model.base import AwareDatetime, Node

RightsStatus: TypeAlias = Literal["own", "licensed", "handout", "unknown"]


class MediaObject(Node, frozen=True):
    """What images, videos and audio recordings have in common.

    Attributes:
        uri: Where the bytes are: a key of the assets given along, a path, or a URL.
        alt: Description for those who cannot see it; None when nobody wrote one.
        decorative: True when it adds nothing to the words, so that assistive technology skips it.
        headline: Title of its own.
        creator: Who made it.
        credit: The line to print beside it (``Jane Roe/Example News``).
        copyright_notice: As the owner words it.
        usage_terms: What it may be used for.
        rights: Whose it is; ``unknown`` until somebody says.
        instructions: For the desk that handles it (``no sales, no archive``); never public.
        asset_id: Its key in the picture system; never public.
        created: When it was taken.
        place: Where it was taken.
        persons: Names of the people shown.
        digital_source_type: Code of IPTC's digital source type scheme (``trainedAlgorithmicMedia``).
        width: In pixels.
        height: In pixels.
    """

    uri: str
    alt: str | None = None
    decorative: bool = False
    headline: str | None = None
    creator: str | None = None
    credit: str | None = None
    copyright_notice: str | None = None
    usage_terms: str | None = None
    rights: RightsStatus = "unknown"
    instructions: str | None = None
    asset_id: str | None = None
    created: AwareDatetime | None = None
    place: str | None = None
    persons: tuple[str, ...] = ()
    digital_source_type: str | None = None
    width: Annotated[int, Meta(ge=1)] | None = None
    height: Annotated[int, Meta(ge=1)] | None = None


class Image(MediaObject, frozen=True, tag="image"):
    """A still picture or graphic."""


class Video(MediaObject, frozen=True, tag="video"):
    """Moving pictures."""


class Audio(MediaObject, frozen=True, tag="audio"):
    """A recording."""


Media: TypeAlias = Image | Video | Audio
