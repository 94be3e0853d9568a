"""What is known of a template before any story is written into it: its styles, its page, its standing parts.

The built-in template is read from ``template/``; a house's is opened by `newsexport.writers.docx.house`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from newsexport.writers.docx.markup import HEAD, NAMESPACES
from newsexport.writers.docx.parts import Part
from newsexport.writers.docx.styles import Style

if TYPE_CHECKING:
    from lxml.etree import _Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARK: Final = "<!--story-->"
"""Stands in a standing part where each document puts something of its own."""
USED: Final = frozenset(Style)


class Running(Struct, frozen=True):
    """A running head or foot of a template.

    Attributes:
        kind: ``header`` or ``footer``.
        pages: ``default``, ``first`` or ``even``.
        target: Path of its part, relative to ``word/``.
    """

    kind: str
    pages: str
    target: str


class Layout(Struct, frozen=True, kw_only=True):
    """The page, in twips (1/20 point).

    Attributes:
        width: None to choose by the language of the document.
        height: None likewise.
        margins: ``w:pgMar`` in the order of the schema: top, right, bottom, left, header, footer.
        running: Heads and feet; where a template has none of a kind, the writer makes one.
        first_differs: True when the first page has its own.
        even_differs: True when even pages have their own.
    """

    width: int | None = None
    height: int | None = None
    margins: tuple[int, int, int, int, int, int] = (1440, 1587, 1304, 1587, 680, 624)
    running: tuple[Running, ...] = ()
    first_differs: bool = False
    even_differs: bool = False


class Plan(Struct, frozen=True, kw_only=True):
    """A template as the writer needs it.

    Attributes:
        styles: The styles part, before and after the language of the document.
        ids: Id of each `Style`.
        numbering: The numbering part, before our definitions, before our lists, and after them.
        first_definition: Lowest free id of a definition.
        first_list: Lowest free id of a list.
        layout: The page.
        parts: Taken over as they are.
        relationships: Kind and target of those that belong to the document part.
        added: Names of the styles that a house's template lacked.
        is_house: False for the built-in template.
    """

    styles: tuple[str, str]
    ids: Mapping[Style, str]
    numbering: tuple[str, str, str]
    first_definition: int = 0
    first_list: int = 1
    layout: Layout = Layout()
    parts: tuple[Part, ...] = ()
    relationships: tuple[tuple[str, str], ...] = ()
    added: tuple[str, ...] = ()
    is_house: bool = False

    def style(self, style: Style) -> str:
        """Return the id of a style."""
        return self.ids[style]


@cache
def built_in() -> Plan:
    """Return the built-in template. It needs no python-docx, which takes 100 ms to import."""
    from lxml import etree

    styles = standing_styles()
    theme = etree.tostring(_data("theme.xml"), xml_declaration=True, encoding="UTF-8", standalone=True)
    return Plan(
        ids={Style(name(style)): identifier(style) for style in styles.iter(f"{W}style") if name(style) in USED},
        styles=split_styles(styles),
        numbering=(f"{HEAD}<w:numbering {NAMESPACES}>", "", "</w:numbering>"),
        parts=(Part("word/theme/theme1.xml", theme, "application/vnd.openxmlformats-officedocument.theme+xml"),),
        relationships=(("theme", "theme/theme1.xml"),),
    )


def standing_styles() -> _Element:
    """Return the built-in styles part."""
    return _data("styles.xml")


def _data(file: str) -> _Element:
    from lxml import etree

    data = files("newsexport.writers.docx").joinpath(f"template/{file}").read_bytes()
    return etree.fromstring(data, etree.XMLParser(remove_blank_text=True))


def marked(root: _Element) -> tuple[str, ...]:
    """Return a part cut where `mark` put its marks."""
    from lxml import etree

    return tuple((HEAD + etree.tostring(root, encoding="unicode")).split(_MARK))


def mark() -> _Element:
    """Return an element to put where each document puts something of its own."""
    from lxml import etree

    return etree.Comment(_MARK[4:-3])


def split_styles(root: _Element) -> tuple[str, str]:
    """Return a styles part cut where the language of the document stands."""
    properties = _default_properties(root)
    language = properties.find(f"{W}lang")
    if language is not None:
        properties.remove(language)
    # w:lang is followed by two properties that no document default needs.
    properties.append(mark())
    before, after = marked(root)
    return before, after


def _default_properties(root: _Element) -> _Element:
    """Return the run properties that hold where nothing else is said, made where a house's template has none."""
    from lxml import etree

    parent = root
    for step in ("docDefaults", "rPrDefault", "rPr"):
        child = parent.find(f"{W}{step}")
        if child is None:
            child = etree.Element(f"{W}{step}")
            parent.insert(0, child)
        parent = child
    return parent


def name(style: _Element) -> str:
    """Return the name of a style."""
    found = style.find(f"{W}name")
    return "" if found is None else found.get(f"{W}val", "")


def identifier(style: _Element) -> str:
    """Return the id of a style."""
    return style.get(f"{W}styleId", "")
