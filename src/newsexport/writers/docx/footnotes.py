"""The footnotes part: two separators that Word insists on, then the notes.

Source: ISO/IEC 29500-1, 17.11.
"""

from __future__ import annotations

from newsexport.model import FootnoteRef
from newsexport.writers.docx.blocks import Blocks
from newsexport.writers.docx.markup import HEAD, NAMESPACES, Look, Place, characters, run
from newsexport.writers.docx.paragraphs import Manuscript, Setting
from newsexport.writers.docx.parts import Part, Relationships, word
from newsexport.writers.docx.styles import Style

SEPARATORS = (-1, 0)
"""Ids of the separator and the continuation separator."""
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
    f"</w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>"
    for kind, number in zip(("separator", "continuationSeparator"), SEPARATORS, strict=True)
)


class Footnotes:
    """The footnotes of one document."""

    def __init__(self) -> None:
        self._relationships = Relationships()
        self._notes: list[str] = []

    def add(self, manuscript: Manuscript, note: FootnoteRef, place: Place) -> int:
        """Write a footnote and return its id."""
        number = len(self._notes) + 1
        blocks = Blocks(manuscript, self._relationships, place.language)
        setting = Setting(place=place, width=manuscript.width, style=Style.FOOTNOTE_TEXT, is_body=False)
        look = Look(style=manuscript.plan.style(Style.FOOTNOTE_REFERENCE))
        blocks.lead_in(run("<w:footnoteRef/>", look) + run(characters(" ")), note.blocks, setting, Style.FOOTNOTE_TEXT)
        self._notes.append(f'<w:footnote w:id="{number}">{blocks.end()}</w:footnote>')
        return number

    def part(self) -> Part | None:
        """Return the part; None when there are no footnotes."""
        if not self._notes:
            return None
        data = f"{HEAD}<w:footnotes {NAMESPACES}>{_SEPARATORS}{''.join(self._notes)}</w:footnotes>"
        return Part("word/footnotes.xml", data.encode(), word("footnotes"), self._relationships.xml())
