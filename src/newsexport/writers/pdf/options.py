"""Options of the PDF writer."""

from __future__ import annotations

from typing import Literal

from newsexport.errors import UsageError
from newsexport.spi import Asset, Options


class PdfOptions(Options, frozen=True, kw_only=True):
    """Options of the PDF writer.

    Attributes:
        page: Size of the paper; ``auto`` is Letter where that is used in the country of the document's language, A4
            everywhere else.
        margin: White space on every side in points (1/72 inch), 0 to 200.
        logo: Picture at the top of the first page; None for none.
    """

    page: Literal["auto", "a4", "letter"] = "auto"
    margin: float = 56.0
    logo: Asset | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.margin <= 200:
            raise UsageError(f"pdf.margin: {self.margin:g} is out of range", "give 0 to 200 points; 72 are an inch")
