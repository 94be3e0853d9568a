"""Inlines of the model as runs of glyphs, each with its place in the structure tree."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, assert_never

from msgspec import Struct, structs

from newsexport.errors import Kind
from newsexport.kit import fonts
from newsexport.kit.fonts import Face
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
from newsexport.model.walk import plain_text
from newsexport.spi import Context
from newsexport.writers.pdf import theme
from newsexport.writers.pdf.ink import Glyphs
from newsexport.writers.pdf.syntax import Colour
from newsexport.writers.pdf.tags import Element
from newsexport.writers.pdf.text import Run
from newsexport.writers.pdf.theme import Style


class _Look(Struct, frozen=True):
    """How the next characters look and what they belong to."""

    face: Face
    size: float
    colour: Colour
    element: Element | None
    rise: float = 0.0
    url: str | None = None
    title: str = ""
    underline: bool = False
    strike: bool = False


class Footnote(Struct, frozen=True):
    """A footnote waiting for the end of its story.

    Attributes:
        node: The reference with the text.
        number: Counted from 1 within the document.
    """

    node: FootnoteRef
    number: int

    @property
    def anchor(self) -> str:
        """Name of its place in the document."""
        return f"note-{self.number}"


class Typesetter:
    """Makes runs of inlines and plain words; collects footnotes, and tells of characters it cannot set.

    Attributes:
        footnotes: Those met since the last story ended.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._told: set[str] = set()
        self._count = 0
        self.footnotes: list[Footnote] = []

    def words(self, text: str, style: Style, element: Element | None, node: Struct | None = None) -> list[Run]:
        """Return runs of plain text; an artifact without an element."""
        return list(self._text(text, _look(style, element.content() if element else None), node))

    def link(self, text: str, url: str, style: Style, element: Element, node: Struct | None = None) -> list[Run]:
        """Return runs of plain text that lead to a URL, or to a place of the document (``#name``)."""
        look = _look(style, element.add("Link").content())
        return list(self._text(text, _linked(look, url, text), node))

    def inlines(self, inlines: Iterable[Inline], style: Style, element: Element) -> list[Run]:
        """Return runs of inlines."""
        look = _look(style, element)
        return [run for inline in inlines for run in self._inline(inline, look)]

    def _inline(self, inline: Inline, look: _Look) -> Iterator[Run]:
        if inline.lang and look.element is not None:
            look = structs.replace(look, element=look.element.add("Span", inline.lang))
        match inline:
            case Text():
                yield from self._text(inline.text, _in_place(look), inline)
            case Code():
                mono = structs.replace(look.face, family="mono")
                yield from self._text(
                    inline.text, _in_place(structs.replace(look, face=mono, size=look.size * 0.9)), inline
                )
            case LineBreak():
                yield _line_break(_in_place(look))
            case FootnoteRef():
                yield from self._reference(inline, look)
            case Link():
                element = look.element.add("Link") if look.element is not None else None
                title = inline.title or plain_text(inline.content)
                look = structs.replace(_linked(look, inline.href, title), element=element)
                yield from self._content(inline.content, look)
            case Strong() | Emphasis() | Underline() | Strikethrough() | Superscript() | Subscript():
                yield from self._content(inline.content, _changed(inline, look))
            case Span() | Entity():
                yield from self._content(inline.content, look)
            case _:
                assert_never(inline)

    def _content(self, content: tuple[Inline, ...], look: _Look) -> Iterator[Run]:
        for inline in content:
            yield from self._inline(inline, look)

    def _reference(self, node: FootnoteRef, look: _Look) -> Iterator[Run]:
        self._count += 1
        footnote = Footnote(node, self._count)
        self.footnotes.append(footnote)
        element = look.element.add("Reference").add("Link") if look.element is not None else None
        raised = structs.replace(look, element=element, size=look.size * 0.64, rise=look.rise + look.size * 0.34)
        text = str(footnote.number)
        # A thin blank keeps the number from becoming part of the word.
        yield from self._text(f"\u00a0{text}", _in_place(_linked(raised, f"#{footnote.anchor}", text)), node)

    def _text(self, text: str, look: _Look, node: Struct | None) -> Iterator[Run]:
        if not text.isascii():
            self._tell(text, look.face, node)
        for index, line in enumerate(text.split("\n")):
            if index:
                yield _line_break(look)
            for name, characters in fonts.runs(line, look.face):
                yield _run(characters, name, look)

    def _tell(self, text: str, face: Face, node: Struct | None) -> None:
        missing = fonts.missing(text, face)
        if missing and missing not in self._told:
            self._told.add(missing)
            named = ", ".join(f"{char} (U+{ord(char):04X})" for char in missing)
            message = f"no font has the characters {named}"
            self._context.notice("pdf.glyph-missing", Kind.LOSS, message, node=node)
        for script in sorted(_unshaped(text) - self._told):
            self._told.add(script)
            message = f"letters of the {script} script are set one by one, without joining them or placing their marks"
            self._context.notice("pdf.script-unshaped", Kind.INFO, message, node=node)


def _look(style: Style, element: Element | None) -> _Look:
    return _Look(Face(style.family, style.bold, style.italic), style.size, style.colour, element)


def _linked(look: _Look, url: str, title: str) -> _Look:
    return structs.replace(look, url=url, title=title, colour=theme.LINK)


def _in_place(look: _Look) -> _Look:
    """Return the look for characters at this point of its element's content."""
    return structs.replace(look, element=look.element.content() if look.element is not None else None)


def _changed(inline: Strong | Emphasis | Underline | Strikethrough | Superscript | Subscript, look: _Look) -> _Look:
    face = look.face
    match inline:
        case Strong():
            return structs.replace(look, face=structs.replace(face, bold=True))
        case Emphasis():
            return structs.replace(look, face=structs.replace(face, italic=not face.italic))
        case Underline():
            return structs.replace(look, underline=True)
        case Strikethrough():
            return structs.replace(look, strike=True)
        case Superscript():
            return structs.replace(look, size=look.size * 0.66, rise=look.rise + look.size * 0.33)
        case Subscript():
            return structs.replace(look, size=look.size * 0.66, rise=look.rise - look.size * 0.14)
        case _:
            assert_never(inline)


def _line_break(look: _Look) -> Run:
    return _run("\n", fonts.runs(" ", look.face)[0][0], look)


def _run(text: str, font: str, look: _Look) -> Run:
    glyphs = Glyphs(text, font, look.size, look.colour, look.rise, look.element)
    # The raised number of a footnote leads somewhere without a line below it.
    return Run(glyphs, look.url, look.title, look.underline or bool(look.url and not look.rise), look.strike)


_INDIC: Final = range(0x0900, 0x0E00)
_SOUTH_EAST_ASIAN: Final = (range(0x0F00, 0x10A0), range(0x1780, 0x18B0), range(0x1A20, 0x1AB0))


def _unshaped(text: str) -> set[str]:
    """Return the names of the scripts in a text whose letters join, stack or run from right to left."""
    return {
        unicodedata.name(char, "unknown").split()[0].capitalize()
        for char in set(text)
        if char > "\u058f" and unicodedata.category(char)[0] == "L" and _needs_shaping(char)
    }


def _needs_shaping(char: str) -> bool:
    if unicodedata.bidirectional(char) in {"R", "AL"}:
        return True
    code = ord(char)
    return code in _INDIC or any(code in block for block in _SOUTH_EAST_ASIAN)
