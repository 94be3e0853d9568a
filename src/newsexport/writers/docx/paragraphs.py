"""Paragraphs: what one is made of, whichever block it comes from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import Struct, structs

from newsexport.kit.labels import labels
from newsexport.model import FootnoteRef, Node
from newsexport.spi import Context
from newsexport.writers.docx.markup import Place, base, paragraph
from newsexport.writers.docx.numbering import STEP, Numbering
from newsexport.writers.docx.parts import Relationships
from newsexport.writers.docx.pictures import Pictures
from newsexport.writers.docx.runs import Runs
from newsexport.writers.docx.styles import Style
from newsexport.writers.docx.template import Plan

INSET: Final = 480
"""Twips by which quotations are set in, as their styles say."""
PADDING: Final = 120
"""The same of boxes."""
BOXES: Final = {Style.ASIDE: "F2EFE9", Style.NOTE: "EEF2F6", Style.EMBED: "F3F4EF"}
"""Colours of the boxes, as their styles say."""


class Manuscript(Struct, frozen=True):
    """What all parts of one document share.

    Attributes:
        plan: The template.
        context: The world.
        language: Of the document.
        width: Of the text, in twips.
        numbering: Its lists.
        pictures: Its pictures.
        footnote: Makes a footnote of the main text and returns its id.
    """

    plan: Plan
    context: Context
    language: str
    width: int
    numbering: Numbering
    pictures: Pictures
    footnote: Callable[[FootnoteRef, Place], int]


class Setting(Struct, frozen=True, kw_only=True):
    """Where a block stands.

    Attributes:
        place: Language and direction.
        width: Of the column, in twips.
        style: Of plain paragraphs; None in the body, where each has its own.
        inset: Twips by which the surroundings are set in on both sides.
        level: Of the list around, from 0; -1 outside lists.
        box: Shade of the box around; None outside boxes.
        shift: Levels by which headings sink, because the article itself is part of something.
        is_body: False in cells and footnotes, where headings and tables are taken apart into paragraphs.
    """

    place: Place
    width: int
    style: Style | None = None
    inset: int = 0
    level: int = -1
    box: str | None = None
    shift: int = 0
    is_body: bool = True

    def within(self, node: Node) -> Setting:
        """Return the setting inside a node."""
        place = self.place.within(node)
        return self if place is self.place else structs.replace(self, place=place)


class Marker(Struct, frozen=True):
    """The bullet or number of a list item that the next paragraph takes."""

    style: Style
    level: int
    number: int


class Paragraphs:
    """Writes paragraphs, one below the other.

    Args:
        manuscript: What the document shares.
        relationships: Of the part written into.
        language: Of the words that are added to the text.

    Attributes:
        out: What was written so far.
        runs: Writes inlines into the same part.
        said: The words that are added to the text.
        language: As given.
    """

    def __init__(self, manuscript: Manuscript, relationships: Relationships, language: str) -> None:
        self.out: list[str] = []
        self.runs = Runs(manuscript.plan, manuscript.language, relationships, manuscript.footnote)
        self.said = labels(language)
        self.language = language
        self._manuscript = manuscript
        self._relationships = relationships
        # Where there are no words in a language they are English, and say so.
        is_foreign = self.said is labels("en") and not language.lower().startswith("en")
        self._said_in = base("en" if is_foreign else language)
        self._marker: Marker | None = None
        self._prefix = ""
        self._new_page = False
        self._before: int | None = None

    def paragraph(
        self, style: Style, runs: str, setting: Setting, *, keep_next: bool = False, outline: int | None = None
    ) -> None:
        """Write a paragraph.

        Args:
            style: Its style.
            runs: Its content.
            setting: Where it stands.
            keep_next: True to keep it on one page with what follows.
            outline: Level in the outline, from 0; None for that of the style.
        """
        marker, self._marker = self._marker, None
        parts = (
            "" if style is Style.NORMAL else f'<w:pStyle w:val="{self._manuscript.plan.style(style)}"/>',
            "<w:keepNext/>" if keep_next else "",
            "<w:pageBreakBefore/>" if self._new_page else "",
            f'<w:numPr><w:ilvl w:val="{marker.level}"/><w:numId w:val="{marker.number}"/></w:numPr>' if marker else "",
            _frame(setting.box) if setting.box and style not in _BOXED else "",
            "<w:bidi/>" if setting.place.rtl else "",
            "" if self._before is None else f'<w:spacing w:before="{self._before}"/>',
            _indentation(style, marker, setting),
            "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>',
        )
        self.out.append(paragraph(self._prefix + runs, "".join(parts)))
        self._prefix = ""
        self._new_page, self._before = False, None

    def new_page(self) -> None:
        """Let the next paragraph begin a page."""
        self._new_page = True

    def words(self, name: str, style: Style | None = None) -> str:
        """Return words of the labels as runs."""
        return self.label(self.said.words[name], style)

    def label(self, text: str, style: Style | None = None) -> str:
        """Return text in the language of the labels as runs."""
        return self.runs.text(text, self._said_in, style)


_BOXED: Final = frozenset({*BOXES, Style.ASIDE_TITLE})
_OWN_INSETS: Final = {
    **dict.fromkeys((*_BOXED, Style.SOURCE_CODE), PADDING),
    **dict.fromkeys((Style.QUOTE, Style.INTENSE_QUOTE, Style.ATTRIBUTION), INSET),
}


def _frame(shade: str) -> str:
    """Return the borders and shade that carry a box on through a paragraph of another style.

    The borders have the colour of the shade: they fill the gaps between the paragraphs.
    """
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="48" w:space="0" w:color="{shade}"/>'
        for edge in ("top", "left", "bottom", "right", "between")
    )
    return f'<w:pBdr>{edges}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>'


def _indentation(style: Style, marker: Marker | None, setting: Setting) -> str:
    """Return the indentation where it is not that of the style or the list."""
    if setting.level >= 0:
        if marker and not setting.inset:
            return ""
        hanging = f' w:hanging="{STEP}"' if marker else ""
        return f'<w:ind w:left="{setting.inset + STEP * (setting.level + 1)}" w:right="{setting.inset}"{hanging}/>'
    if setting.inset in {0, _OWN_INSETS.get(style)}:
        return ""
    return f'<w:ind w:left="{setting.inset}" w:right="{setting.inset}"/>'


def room(setting: Setting) -> int:
    """Return the width that is left between the indentations, in twips."""
    return max(STEP, setting.width - 2 * setting.inset - STEP * (setting.level + 1))
