"""What is put on a page: glyphs and pictures."""

from __future__ import annotations

from typing import NamedTuple

from newsexport.writers.pdf.syntax import Colour, stream
from newsexport.writers.pdf.tags import Element


class Glyphs(NamedTuple):
    """Characters of one look.

    Attributes:
        text: The characters.
        font: Name of the font that sets them.
        size: In points.
        colour: Red, green and blue, 0 to 1.
        rise: Points above the baseline.
        element: What they belong to; None for an artifact.
    """

    text: str
    font: str
    size: float
    colour: Colour
    rise: float = 0.0
    element: Element | None = None


class Placed(NamedTuple):
    """Glyphs at a place of the page: the left end of their baseline."""

    x: float
    y: float
    glyphs: Glyphs


class Raster(NamedTuple):
    """A picture as PDF holds it.

    Attributes:
        data: The encoded pixels.
        filter: How they are encoded (``DCTDecode``).
        width: In pixels.
        height: In pixels.
        grey: True for one channel, False for red, green and blue.
    """

    data: bytes
    filter: str
    width: int
    height: int
    grey: bool

    def written(self) -> bytes:
        """Return the picture as an image XObject.

        Source: ISO 32000-1, 8.9.5.
        """
        entries = {
            "Type": "/XObject",
            "Subtype": "/Image",
            "Width": str(self.width),
            "Height": str(self.height),
            "ColorSpace": "/DeviceGray" if self.grey else "/DeviceRGB",
            "BitsPerComponent": "8",
            "Filter": f"/{self.filter}",
        }
        return stream(entries, self.data)
