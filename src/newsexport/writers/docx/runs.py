"""Inlines as runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, assert_never

from msgspec import structs

from newsexport.kit.xml import quote
from newsexport.model import (
    Code,
    Emphasis,
    Entity,
    FootnoteRef,
    Inline,
    LineBreak,
    Link,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
)
from newsexport.writers.docx.markup import PLAIN, Look, Place, characters, directed, run
from newsexport.writers.docx.parts import Relationships
from newsexport.writers.docx.styles import Style
from newsexport.writers.docx.template import Plan

_LONGEST_TOOLTIP: Final = 260


class Runs:
    """Writes inlines into one part of a document.

    Args:
        plan: The template.
        language: Of the document, which runs need not repeat.
        relationships: Of the part.
        footnote: Makes a footnote and returns its id.
    """

    def __init__(
        self, plan: Plan, language: str, relationships: Relationships, footnote: Callable[[FootnoteRef, Place], int]
    ) -> None:
        self._plan = plan
        self._language = language
        self.relationships = relationships
        self._footnote = footnote

    def inlines(self, inlines: Iterable[Inline], place: Place, look: Look = PLAIN) -> str:
        """Return the runs of inlines."""
        return "".join(self._inline(inline, place.within(inline), look) for inline in inlines)

    def text(self, text: str, place: Place, style: Style | None = None) -> str:
        """Return the runs of plain text, in a character style."""
        return self._text(text, place, self._styled(PLAIN, style) if style else PLAIN)

    def link(self, text: str, uri: str, place: Place) -> str:
        """Return plain text that leads to a web address."""
        return self.inlines((Link((Text(text),), uri),), place)

    def _inline(self, inline: Inline, place: Place, look: Look) -> str:
        match inline:
            case Text():
                return self._text(inline.text, place, look)
            case Code():
                return self._text(inline.text, place, look if look.style else self._styled(look, Style.VERBATIM))
            case Link():
                return self._link(inline, place, look)
            case LineBreak():
                return run("<w:br/>")
            case FootnoteRef():
                reference = f'<w:footnoteReference w:id="{self._footnote(inline, place)}"/>'
                return run(reference, self._styled(PLAIN, Style.FOOTNOTE_REFERENCE))
            case Strong() | Emphasis() | Underline() | Strikethrough() | Superscript() | Subscript():
                return self.inlines(inline.content, place, _looking(inline, look))
            case Span() | Entity():
                return self.inlines(inline.content, place, look)
            case _:
                assert_never(inline)

    def _text(self, text: str, place: Place, look: Look) -> str:
        tag = None if place.language == self._language else place.language
        if text.isascii() and not place.rtl:
            return run(characters(text), look, tag=tag)
        return "".join(run(characters(piece), look, rtl=rtl, tag=tag) for piece, rtl in directed(text, place.rtl))

    def _link(self, link: Link, place: Place, look: Look) -> str:
        identifier = self.relationships.link(link.href)
        title = f' w:tooltip="{quote(link.title[:_LONGEST_TOOLTIP])}"' if link.title else ""
        content = self.inlines(link.content, place, self._styled(look, Style.HYPERLINK))
        return f'<w:hyperlink r:id="{identifier}" w:history="1"{title}>{content}</w:hyperlink>'

    def _styled(self, look: Look, style: Style) -> Look:
        return structs.replace(look, style=self._plan.style(style))


def _looking(inline: Strong | Emphasis | Underline | Strikethrough | Superscript | Subscript, look: Look) -> Look:
    match inline:
        case Strong():
            return structs.replace(look, bold=True)
        case Emphasis():
            return structs.replace(look, italic=True)
        case Underline():
            return structs.replace(look, underline=True)
        case Strikethrough():
            return structs.replace(look, strike=True)
        case Superscript():
            return structs.replace(look, vertical="superscript")
        case Subscript():
            return structs.replace(look, vertical="subscript")
        case _:
            assert_never(inline)
