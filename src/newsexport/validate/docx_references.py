"""References inside a DOCX package: each name, id and relationship that is used must be defined.

Neither the Open XML SDK nor the schemas look at most of these; Word drops formatting in silence, or offers a repair.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile

from newsexport.errors import InputError
from newsexport.validate.opc import Parts, open_package
from newsexport.validate.report import Finding, Severity
from newsexport.validate.tools import Tools

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME: Final = "references"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DOC_PR: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_DECORATIVE: Final = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_STYLE_KINDS: Final = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
_NOTES: Final = {"footnoteReference": "footnote", "endnoteReference": "endnote", "commentReference": "comment"}
_CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def references(data: bytes, _: Tools) -> tuple[Finding, ...]:
    """Return what is used and not defined, and pictures without a description."""
    try:
        parts = open_package(data)
    except (BadZipFile, InputError) as error:
        return (Finding("error", NAME, "package", str(error)),)
    texts = {
        name: root for name, root in parts.xml.items() if parts.content_types.get(name, "").startswith(_CONTENT_TYPE)
    }
    found = [*_package(parts), *_styles(texts), *_lists(texts), *_anchors(texts), *_notes(texts)]
    return (*found, *_cells(texts), *_descriptions(texts))


def _finding(code: str, message: str, where: str, severity: Severity = "error") -> Finding:
    return Finding(severity, NAME, code, message, where)


def _package(parts: Parts) -> Iterator[Finding]:
    for source, relationships in parts.relationships.items():
        for key, each in relationships.items():
            if not each.external and each.target not in parts.names:
                yield _finding("target", f"relationship {key} leads to {each.target}, which is absent", source or "/")
    for name, root in parts.xml.items():
        known = parts.relationships.get(name, {})
        for element in root.iter("*"):
            for attribute in ("id", "embed", "link"):
                used = element.get(f"{_R}{attribute}")
                if used and used not in known:
                    yield _finding("relationship", f"relationship {used} is used and not defined", name)


def _styles(texts: dict[str, _Element]) -> Iterator[Finding]:
    defined = {
        (style.get(f"{_W}type"), style.get(f"{_W}styleId"))
        for root in texts.values()
        for style in root.iter(f"{_W}style")
    }
    for name, root in texts.items():
        for tag, kind in _STYLE_KINDS.items():
            for used in sorted(_values(root, tag)):
                if (kind, used) not in defined:
                    yield _finding("style", f"the {kind} style {used!r} is used and not defined", name)


def _lists(texts: dict[str, _Element]) -> Iterator[Finding]:
    defined = {num.get(f"{_W}numId") for root in texts.values() for num in root.iter(f"{_W}num")}
    for name, root in texts.items():
        for used in sorted(_values(root, "numId") - {"0"}):  # 17.9.18: 0 takes numbering away
            if used not in defined:
                yield _finding("list", f"the numbering {used} is used and not defined", name)


def _values(root: _Element, tag: str) -> set[str]:
    return {element.get(f"{_W}val", "") for element in root.iter(f"{_W}{tag}")}


def _anchors(texts: dict[str, _Element]) -> Iterator[Finding]:
    marks = {mark.get(f"{_W}name") for root in texts.values() for mark in root.iter(f"{_W}bookmarkStart")}
    for name, root in texts.items():
        for link in root.iter(f"{_W}hyperlink"):
            anchor = link.get(f"{_W}anchor")
            if anchor and not link.get(f"{_R}id") and anchor not in marks | {"_top"}:
                yield _finding("anchor", f"a link leads to the bookmark {anchor!r}, which is absent", name)


def _notes(texts: dict[str, _Element]) -> Iterator[Finding]:
    for name, root in texts.items():
        for tag, kind in _NOTES.items():
            used = {each.get(f"{_W}id") for each in root.iter(f"{_W}{tag}")}
            defined = {note.get(f"{_W}id") for other in texts.values() for note in other.iter(f"{_W}{kind}")}
            for key in sorted(filter(None, used - defined)):
                yield _finding("note", f"the {kind} {key} is referred to and not defined", name)


def _cells(texts: dict[str, _Element]) -> Iterator[Finding]:
    for name, root in texts.items():
        for cell in root.iter(f"{_W}tc"):
            if len(cell) == 0 or cell[-1].tag != f"{_W}p":  # 17.4.65: a cell ends in a paragraph
                yield _finding("cell", "a table cell does not end in a paragraph", f"{name}:{cell.sourceline}")


def _descriptions(texts: dict[str, _Element]) -> Iterator[Finding]:
    for name, root in texts.items():
        for picture in root.iter(_DOC_PR):
            if not picture.get("descr") and not any(e.get("val") == "1" for e in picture.iter(_DECORATIVE)):
                where = f"{name}:{picture.sourceline}"
                yield _finding("description", "a picture has no description", where, "warning")
