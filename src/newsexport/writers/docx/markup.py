"""WordprocessingML as strings: runs, paragraph properties, languages and directions.

The order of the properties is the schema's; Word refuses others.
Source: ISO/IEC 29500-1, 17.3.1 (paragraphs), 17.3.2 (runs), 17.3.3.31 (text).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from newsexport.kit.labels import direction
from newsexport.kit.xml import escape, quote
from newsexport.model import Direction, Node

HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_RTL: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_LTR: Final = "A-Za-z\u00c0-\u058f\u0900-\u1fff\u2c00-\ud7ff\uf900-\ufb1c"
_RTL_SPAN: Final = re.compile(f"[{_RTL}](?:[^{_LTR}]*[{_RTL}])?")
_LTR_SPAN: Final = re.compile(f"[{_LTR}](?:[^{_RTL}]*[{_LTR}])?")
_BREAKS: Final = re.compile("([\n\t])")
_EAST_ASIAN: Final = ("zh", "ja", "ko")


class Place(Struct, frozen=True):
    """Where in a text a writer is.

    Attributes:
        language: BCP 47 tag.
        rtl: True where the base direction is right to left.
    """

    language: str
    rtl: bool

    def within(self, node: Node) -> Place:
        """Return the place inside a node."""
        if node.lang is None and node.dir is None:
            return self
        return base(node.lang or self.language, node.dir)


def base(language: str, stated: Direction | None = None) -> Place:
    """Return the place of a text in a language, its direction stated or taken from the language."""
    return Place(language, direction(language, stated) == "rtl")


class Look(Struct, frozen=True):
    """How characters differ from their paragraph.

    Attributes:
        style: Id of a character style.
        vertical: ``superscript`` or ``subscript``.
    """

    style: str | None = None
    bold: bool = False
    italic: bool = False
    strike: bool = False
    underline: bool = False
    vertical: str | None = None


PLAIN: Final = Look()


def language(tag: str, name: str = "lang") -> str:
    """Return ``w:lang`` or its sibling ``w:themeFontLang`` with the tag for each group of scripts it concerns."""
    value = quote(tag)
    east_asian = f' w:eastAsia="{value}"' if tag.split("-")[0].lower() in _EAST_ASIAN else ""
    bidi = f' w:bidi="{value}"' if direction(tag) == "rtl" else ""
    return f'<w:{name} w:val="{value}"{east_asian}{bidi}/>'


def characters(text: str) -> str:
    """Return text as the content of a run: line breaks and tabs are elements of their own."""
    if "\n" not in text and "\t" not in text:
        return f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    marks = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    return "".join(marks.get(part) or characters(part) for part in _BREAKS.split(text) if part)


def run(content: str, look: Look = PLAIN, *, rtl: bool = False, tag: str | None = None) -> str:
    """Return a run.

    Args:
        content: Markup.
        look: How it looks.
        rtl: Whether its characters run from right to left.
        tag: Language; None for that of the document.
    """
    parts = (
        f'<w:rStyle w:val="{look.style}"/>' if look.style else "",
        "<w:b/><w:bCs/>" if look.bold else "",
        "<w:i/><w:iCs/>" if look.italic else "",
        "<w:strike/>" if look.strike else "",
        # Some styles space their letters, which would tear joined ones apart.
        '<w:spacing w:val="0"/>' if rtl else "",
        '<w:u w:val="single"/>' if look.underline else "",
        f'<w:vertAlign w:val="{look.vertical}"/>' if look.vertical else "",
        "<w:rtl/>" if rtl else "",
        language(tag) if tag else "",
    )
    properties = "".join(parts)
    return f"<w:r><w:rPr>{properties}</w:rPr>{content}</w:r>" if properties else f"<w:r>{content}</w:r>"


def directed(text: str, rtl: bool) -> Iterator[tuple[str, bool]]:
    """Yield text in pieces of one direction, each with whether it runs from right to left.

    ISO/IEC 29500-1, 17.3.2.30: ``w:rtl`` is not to be used on strong left-to-right characters, and without it Word
    takes none of the properties for complex scripts.
    """
    position = 0
    for found in (_LTR_SPAN if rtl else _RTL_SPAN).finditer(text):
        if found.start() > position:
            yield text[position : found.start()], rtl
        yield found[0], not rtl
        position = found.end()
    if position < len(text):
        yield text[position:], rtl


def paragraph(runs: str, properties: str = "") -> str:
    """Return a paragraph of runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>" if properties else f"<w:p>{runs}</w:p>"


def field(instruction: str, shown: str) -> str:
    """Return a field that Word computes, and what is shown until then."""
    return f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>{escape(shown)}</w:t></w:r></w:fldSimple>'
