"""Options of the EPUB writer."""

from __future__ import annotations

from typing import Literal

from newsexport.spi import Options


class EpubOptions(Options, frozen=True, kw_only=True):
    """Options of the EPUB writer.

    Attributes:
        cover: ``generated`` draws a cover of title, provider and date, or takes the picture of an edition's cover;
            ``none`` leaves it out.
        certified_by: Who vouches that the publication conforms to EPUB Accessibility; the provider when None, nobody,
            and no claim is made, when empty. Never claimed of one whose language or pictures are undescribed.
    """

    cover: Literal["generated", "none"] = "generated"
    certified_by: str | None = None
