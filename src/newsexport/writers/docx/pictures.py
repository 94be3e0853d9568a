"""Pictures: their parts, each once, and the drawings that show them in line with the text.

Source: ISO/IEC 29500-1, 20.4.2.8 (inline) and 19.3.1.37 (pic); MS-ODRAWXML 2.15 (decorative).
"""

from __future__ import annotations

from typing import Final

from newsexport.kit.images import Picture
from newsexport.kit.xml import quote
from newsexport.writers.docx.parts import Part

_EMU_PER_PIXEL: Final = 9525
"""At 96 pixels an inch, so that a small picture is not blown up."""
_EMU_PER_TWIP: Final = 635
_TALLEST: Final = 4_900_000
"""EMU; a tall picture leaves room for its caption on the page."""
_DECORATIVE: Final = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


class Pictures:
    """The pictures of one document."""

    def __init__(self) -> None:
        self._names: dict[bytes, str] = {}
        self._shown = 0

    def target(self, picture: Picture) -> str:
        """Return the path of a picture's part, relative to ``word/``; equal bytes share one."""
        return self._names.setdefault(picture.data, f"media/picture{len(self._names) + 1}{picture.suffix}")

    def parts(self) -> tuple[Part, ...]:
        """Return the parts, in the order of first use."""
        return tuple(Part(f"word/{name}", data) for data, name in self._names.items())

    def drawing(self, picture: Picture, relationship: str, width: int, *, alt: str | None, title: str | None) -> str:
        """Return the drawing of a picture as the content of a run.

        Args:
            picture: What to show.
            relationship: Id of the relationship to its part.
            width: Of the column, in twips.
            alt: Description; None for a decorative picture.
            title: Its own title.
        """
        self._shown += 1
        across, down = _extent(picture, width)
        titled = f' title="{quote(title)}"' if title else ""
        decorative = _DECORATIVE if alt is None else ""
        # The ids of drawings are unique in the whole document.
        named = f'id="{self._shown}" name="Picture {self._shown}" descr="{quote(alt or "")}"{titled}'
        return (
            f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{across}" cy="{down}"/>'
            f"<wp:docPr {named}>{decorative}</wp:docPr>"
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f"<pic:pic><pic:nvPicPr><pic:cNvPr {named}>{decorative}</pic:cNvPr><pic:cNvPicPr/></pic:nvPicPr>"
            f'<pic:blipFill><a:blip r:embed="{relationship}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing>"
        )


def _extent(picture: Picture, width: int) -> tuple[int, int]:
    """Return width and height in EMU: as large as the pixels, the column and the page allow, undistorted."""
    across, down = picture.width * _EMU_PER_PIXEL, picture.height * _EMU_PER_PIXEL
    scale = min(1.0, width * _EMU_PER_TWIP / across, _TALLEST / down)
    return max(1, round(across * scale)), max(1, round(down * scale))
