"""The look of a page: sizes, faces, colours and distances, all in points (1/72 inch).

One column of serif text in a measure of about 70 characters, hung from a white gutter that headlines, pictures, tables
and pull quotes reach into; sans serif for all that is not the story itself. Text colours keep a contrast of at least
4.5 to 1 on white and on the tint (WCAG 2.2, 1.4.3).
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from msgspec import Struct

from newsexport.kit.fonts import Family
from newsexport.writers.pdf.syntax import Colour

Align: TypeAlias = Literal["start", "end", "centre"]

INK: Final[Colour] = (0.08, 0.08, 0.1)
GREY: Final[Colour] = (0.36, 0.36, 0.4)
ACCENT: Final[Colour] = (0.62, 0.1, 0.12)
LINK: Final[Colour] = (0.08, 0.27, 0.5)
RULE: Final[Colour] = (0.72, 0.72, 0.74)
TINT: Final[Colour] = (0.955, 0.95, 0.935)

A4: Final = (595.28, 841.89)
LETTER: Final = (612.0, 792.0)
_LETTER_COUNTRIES: Final = frozenset(
    {"US", "CA", "MX", "CL", "CO", "CR", "DO", "GT", "NI", "PA", "PH", "PR", "SV", "VE"}
)

MEASURE: Final = 392.0
"""The widest a line of text gets."""
LOGO_HEIGHT: Final = 34.0
HEAD: Final = 30.0
"""Room for the running head, between the margin and the text."""
FOOT: Final = 24.0
"""Room for the page number."""
LEAST_WIDTH: Final = 48.0
"""No nesting makes a column narrower than this."""


class Style(Struct, frozen=True, kw_only=True):
    """How a paragraph looks.

    Attributes:
        family: Of the face.
        bold: Its weight.
        italic: Its slant.
        size: Of the letters.
        leading: From baseline to baseline.
        colour: Of the letters.
        align: ``start`` is left, or right where the language is written from right to left.
        before: Space above, not added to the space below what precedes.
        after: Space below.
        keep: True to stay on a page with the beginning of what follows.
    """

    family: Family = "serif"
    bold: bool = False
    italic: bool = False
    size: float = 10.8
    leading: float = 15.0
    colour: Colour = INK
    align: Align = "start"
    before: float = 0.0
    after: float = 0.0
    keep: bool = False


BODY: Final = Style(after=7.5)
LEAD: Final = Style(size=12.6, leading=17.5, after=9)
SMALL_PRINT: Final = Style(family="sans", size=8.6, leading=11.6, colour=GREY, after=4)
CODE: Final = Style(family="mono", size=8.6, leading=12.4, after=0)

BANNER: Final = Style(family="sans", bold=True, size=9.6, leading=13, colour=ACCENT, after=4)
KICKER: Final = Style(family="sans", bold=True, size=10.5, leading=14, colour=ACCENT, after=3, keep=True)
HEADLINE: Final = Style(bold=True, size=29, leading=33, after=9, keep=True)
STANDFIRST: Final = Style(size=14.4, leading=19.6, colour=GREY, after=11)
BYLINE: Final = Style(family="sans", bold=True, size=9.6, leading=13, after=2)
DATELINE: Final = Style(family="sans", size=9.6, leading=13, colour=GREY, after=2)
TOPICS: Final = Style(family="sans", size=9, leading=12.6, colour=GREY, after=2)

HEADINGS: Final = {
    2: Style(bold=True, size=15.5, leading=19.5, before=12, after=4, keep=True),
    3: Style(bold=True, size=12.6, leading=16.5, before=9, after=3, keep=True),
    4: Style(family="sans", bold=True, size=11, leading=15, before=8, after=2, keep=True),
    5: Style(family="sans", bold=True, size=9.8, leading=14, before=7, after=2, keep=True),
    6: Style(family="sans", bold=True, size=9.8, leading=14, before=7, after=2, colour=GREY, keep=True),
}
LABEL: Final = Style(family="sans", bold=True, size=8.8, leading=12, colour=ACCENT, before=2, after=4, keep=True)
BOX_TITLE: Final = Style(family="sans", bold=True, size=11.2, leading=15, before=2, after=5, keep=True)
BOX_TEXT: Final = Style(family="sans", size=9.6, leading=13.6, after=5)
QUOTE: Final = Style(italic=True, after=5)
PULL_QUOTE: Final = Style(size=19, leading=24.5, after=4)
ATTRIBUTION: Final = Style(family="sans", size=9, leading=12.4, colour=GREY, after=3)
CAPTION: Final = Style(family="sans", size=9, leading=12.2, after=2)
CREDIT: Final = Style(family="sans", size=7.8, leading=10.6, colour=GREY, after=2)
GALLERY_TITLE: Final = Style(family="sans", bold=True, size=11.2, leading=15, before=8, after=5, keep=True)
CELL: Final = Style(family="sans", size=9, leading=12.2, after=2)
CELL_HEAD: Final = Style(family="sans", bold=True, size=9, leading=12.2, after=2)
QUESTION: Final = Style(bold=True, before=5, after=3, keep=True)
POST_TIME: Final = Style(family="sans", bold=True, size=9, leading=12.4, colour=ACCENT, before=6, after=2, keep=True)
FOOTNOTE: Final = Style(size=9.2, leading=12.4, after=3)

TITLE: Final = Style(bold=True, size=44, leading=48, before=120, after=14)
TITLE_DATE: Final = Style(family="sans", size=12, leading=16, colour=GREY, after=26)
SECTION: Final = Style(family="sans", bold=True, size=11, leading=15, colour=ACCENT, before=12, after=4, keep=True)
ENTRY: Final = Style(size=12, leading=16, after=4)
FURNITURE: Final = Style(family="sans", size=8, leading=11, colour=GREY)


def page_size(page: Literal["auto", "a4", "letter"], language: str) -> tuple[float, float]:
    """Return width and height of the paper for a document in a language (BCP 47)."""
    if page == "auto":
        region = next((part.upper() for part in language.split("-")[1:] if len(part) == 2), "")
        page = "letter" if region in _LETTER_COUNTRIES else "a4"
    return LETTER if page == "letter" else A4
