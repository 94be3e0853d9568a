"""Templates of a house: python-docx opens one, what a story needs of it is kept, and styles it lacks are added."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile, ZipFile

from newsexport.errors import InputError, UsageError
from newsexport.kit.package import Package
from newsexport.kit.xml import parse
from newsexport.writers.docx.parts import Part, Relationship, relationships_part
from newsexport.writers.docx.styles import Style
from newsexport.writers.docx.template import (
    USED,
    Layout,
    Plan,
    Running,
    W,
    identifier,
    mark,
    marked,
    name,
    split_styles,
    standing_styles,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.section import Section
    from docx.shared import Length
    from lxml.etree import _Element

_MAX_BYTES: Final = 64 * 1024 * 1024
_HINT: Final = "give a .docx or .dotx file saved by Word or LibreOffice"
_LOCK: Final = Lock()
_STANDING: Final = ("fontTable", "theme")
_MONOSPACED: Final = (Style.SOURCE_CODE, Style.VERBATIM)
_WITHIN: Final = {"image", "hyperlink", "font"}
"""Kinds of relationships that a standing part may bring along; nothing that runs or is fetched."""


def house(data: bytes) -> Plan:
    """Return the plan of a template.

    Raises:
        UsageError: it is no Word document, or brings macros or something to be fetched from outside.
    """
    # Of threads that ask for the same template at once, one makes the plan.
    with _LOCK:
        return _understood(data)


@lru_cache(maxsize=8)
def _understood(data: bytes) -> Plan:
    document = _opened(data)
    related = {
        rel.reltype.rpartition("/")[2]: rel.target_part for rel in document.part.rels.values() if not rel.is_external
    }
    if "styles" not in related:
        raise UsageError("the template has no styles", _HINT)
    styles = parse(_checked(related["styles"]))
    numbering = parse(_checked(related["numbering"])) if "numbering" in related else _no_numbering()
    ids, added = _resolved(styles)
    layout, runnings = _layout(document)
    standing = {kind: related[kind] for kind in _STANDING if kind in related}
    parts = {part.name: part for root in (*standing.values(), *runnings) for part in _taken(root)}
    return Plan(
        styles=split_styles(styles),
        ids=ids,
        first_definition=_free(numbering, "abstractNum", "abstractNumId"),
        first_list=_free(numbering, "num", "numId"),
        numbering=_split_numbering(numbering),
        layout=layout,
        parts=tuple(parts.values()),
        relationships=tuple((kind, _target(part)) for kind, part in standing.items()),
        added=added,
        is_house=True,
    )


# Opening


def _opened(data: bytes) -> WordDocument:
    # python-docx takes 100 ms to import, and only house templates need it.
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    try:
        return docx.Document(BytesIO(_as_document(data)))
    except (BadZipFile, zlib.error, RuntimeError, OpcError, KeyError, ValueError, XMLSyntaxError) as error:
        # RuntimeError is what zipfile raises for archives under a password.
        raise UsageError("the template is no Word document that can be read", _HINT) from error


def _as_document(data: bytes) -> bytes:
    """Return a .dotx as the .docx it is but for one word of its content types; a .docx as it is."""
    with ZipFile(BytesIO(data)) as archive:
        if sum(member.file_size for member in archive.infolist()) > _MAX_BYTES:
            raise UsageError(f"the template unpacks to more than {_MAX_BYTES} bytes", _HINT)
        types = archive.read("[Content_Types].xml")
        if b"template.main+xml" not in types:
            return data
        package = Package(level=1)
        for path in archive.namelist():
            is_types = path == "[Content_Types].xml"
            package.add(path, types.replace(b"template.main", b"document.main") if is_types else archive.read(path))
        return package.finish()


# Styles


def _resolved(root: _Element) -> tuple[dict[Style, str], tuple[str, ...]]:
    """Return the ids of our styles in a styles part, and the names of those that had to be added to it."""
    known = {(_kind(style), name(style).lower()): identifier(style) for style in root.iter(f"{W}style")}
    taken = set(known.values())
    ours = list(standing_styles().iter(f"{W}style"))
    ids: dict[str, str] = {}
    missing: list[_Element] = []
    for style in ours:
        found = known.get((_kind(style), name(style).lower()))
        if found is None:
            missing.append(style)
            found = _unused(identifier(style), taken)
        ids[identifier(style)] = found
    names = {each for _, each in known}
    for style in missing:
        root.append(_adapted(style, ids, names))
    resolved = {Style(name(style)): ids[identifier(style)] for style in ours if name(style) in USED}
    return resolved, tuple(name(style) for style in missing if name(style) in USED)


def _adapted(style: _Element, ids: dict[str, str], names: set[str]) -> _Element:
    """Return a style of ours for another template: in its fonts and its ids."""
    style = deepcopy(style)
    style.attrib.pop(f"{W}default", "")
    style.set(f"{W}styleId", ids[identifier(style)])
    for reference in style.iterchildren(f"{W}basedOn", f"{W}next"):
        reference.set(f"{W}val", ids[reference.get(f"{W}val", "")])
    # Lists of ours are numbered otherwise there, and fonts are the house's business, save those of code.
    foreigners = ("numPr",) if name(style) in _MONOSPACED else ("numPr", "rFonts")
    for foreign in list(style.iter(*(f"{W}{foreigner}" for foreigner in foreigners))):
        parent = foreign.getparent()
        if parent is not None:
            parent.remove(foreign)
    if name(style).lower() in names:
        # The name belongs to a style of another type, and names are unique among all types.
        style[0].set(f"{W}val", f"News {name(style)}")
    return style


def _unused(wanted: str, taken: set[str]) -> str:
    while wanted in taken:
        wanted += "News"
    taken.add(wanted)
    return wanted


def _kind(style: _Element) -> str:
    return style.get(f"{W}type", "paragraph")


# Numbering


def _no_numbering() -> _Element:
    from lxml import etree

    return etree.Element(f"{W}numbering", nsmap={"w": W[1:-1]})


def _split_numbering(root: _Element) -> tuple[str, str, str]:
    for picture in list(root.iter(f"{W}numPicBullet", f"{W}lvlPicBulletId")):
        parent = picture.getparent()
        if parent is not None:
            parent.remove(picture)
    first_list = root.find(f"{W}num")
    last = root.find(f"{W}numIdMacAtCleanup")
    end = len(root) if last is None else root.index(last)
    root.insert(end, mark())
    root.insert(end if first_list is None else root.index(first_list), mark())
    definitions, lists, rest = marked(root)
    return definitions, lists, rest


def _free(root: _Element, element: str, attribute: str) -> int:
    return max((int(each.get(f"{W}{attribute}", "0")) for each in root.iter(f"{W}{element}")), default=0) + 1


# Page, heads and feet


def _layout(document: WordDocument) -> tuple[Layout, tuple[Any, ...]]:
    """Return the page of the template's last section, and the parts of its heads and feet."""
    if not len(document.sections):
        return Layout(), ()
    section = document.sections[-1]
    found = tuple(_runnings(section, document))
    default = Layout()
    top, right, bottom, left, header, footer = default.margins
    width, height = section.page_width, section.page_height
    layout = Layout(
        width=width.twips if width and height else None,
        height=height.twips if width and height else None,
        margins=(
            _twips(section.top_margin, top),
            _twips(section.right_margin, right),
            _twips(section.bottom_margin, bottom),
            _twips(section.left_margin, left),
            _twips(section.header_distance, header),
            _twips(section.footer_distance, footer),
        ),
        running=tuple(running for running, _ in found),
        first_differs=section.different_first_page_header_footer,
        even_differs=document.settings.odd_and_even_pages_header_footer,
    )
    return layout, tuple(part for _, part in found)


def _twips(length: Length | None, usual: int) -> int:
    return usual if length is None else length.twips


def _runnings(section: Section, document: WordDocument) -> Iterator[tuple[Running, Any]]:
    for kind in ("header", "footer"):
        for reference in section._sectPr.iterchildren(f"{W}{kind}Reference"):
            identifier_ = reference.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
            part = document.part.related_parts[identifier_]
            yield Running(kind, reference.get(f"{W}type", "default"), _target(part)), part


def _target(part: Any) -> str:
    return str(part.partname.relative_ref("/word"))


def _taken(part: Any) -> Iterator[Part]:
    """Yield a part of the template and what it needs."""
    entries: list[Relationship] = []
    for key, rel in part.rels.items():
        kind = rel.reltype.rpartition("/")[2]
        if kind not in _WITHIN or (rel.is_external and kind != "hyperlink"):
            raise UsageError(f"the template's {part.partname} brings along a {kind}", "take it out of the template")
        entries.append(Relationship(key, rel.reltype, rel.target_ref, rel.is_external))
        if not rel.is_external:
            yield from _taken(rel.target_part)
    relationships = relationships_part(entries) if entries else None
    yield Part(str(part.partname)[1:], _checked(part), part.content_type, relationships)


def _checked(part: Any) -> bytes:
    data = bytes(part.blob)
    if part.content_type.endswith("+xml"):
        try:
            parse(data)
        except InputError as error:
            raise UsageError(f"the template's {part.partname} is unsafe: {error.message}", _HINT) from error
    return data
