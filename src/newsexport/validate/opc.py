"""Open Packaging Conventions: the parts of a package, their content types and relationships.

Source: ISO/IEC 29500-2, clauses 6.2.3 (content types), 6.5 (relationships) and 7.3 (mapping to ZIP).
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile

from newsexport.kit import xml

if TYPE_CHECKING:
    from lxml.etree import _Element

CONTENT_TYPES_PART: Final = "[Content_Types].xml"
_CONTENT_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True)
class Relationship:
    """A relationship of a part.

    Attributes:
        kind: Its type, a URI.
        target: Name of a part, or a URI when `external`.
        external: True when it leads out of the package.
    """

    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class Parts:
    """A package in memory; parts are named without a leading slash.

    Attributes:
        names: Of all members, content types and relationships included.
        content_types: Of each part that has one.
        xml: Root elements of the XML parts.
        relationships: Of each part by their ids; those of the package under the empty name.
    """

    names: frozenset[str]
    content_types: dict[str, str]
    xml: dict[str, _Element]
    relationships: dict[str, dict[str, Relationship]]


def open_package(data: bytes) -> Parts:
    """Read a package.

    Raises:
        BadZipFile: it is no ZIP archive, or a damaged one.
        InputError: one of its XML parts is not well-formed, or it has no content types.
    """
    with ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    roots = {name: xml.parse(body) for name, body in members.items() if name.endswith((".xml", ".rels"))}
    return Parts(
        frozenset(members),
        _content_types(roots[CONTENT_TYPES_PART], list(members)) if CONTENT_TYPES_PART in roots else {},
        {name: root for name, root in roots.items() if name != CONTENT_TYPES_PART and not name.endswith(".rels")},
        {_source(name): _relationships(name, root) for name, root in roots.items() if name.endswith(".rels")},
    )


def _content_types(root: _Element, names: list[str]) -> dict[str, str]:
    defaults = {e.get("Extension", "").lower(): e.get("ContentType", "") for e in root.iter(f"{_CONTENT_TYPES}Default")}
    overrides = {e.get("PartName", ""): e.get("ContentType", "") for e in root.iter(f"{_CONTENT_TYPES}Override")}
    types = {name: overrides.get(f"/{name}") or defaults.get(name.rpartition(".")[2].lower()) for name in names}
    return {name: kind for name, kind in types.items() if kind and name != CONTENT_TYPES_PART}


def _source(name: str) -> str:
    """Return the part that ``word/_rels/document.xml.rels`` belongs to."""
    return name.replace("_rels/", "").removesuffix(".rels")


def _relationships(name: str, root: _Element) -> dict[str, Relationship]:
    folder = dirname(_source(name))
    return {each.get("Id", ""): _relationship(each, folder) for each in root.iter(_RELATIONSHIP)}


def _relationship(element: _Element, folder: str) -> Relationship:
    target, external = element.get("Target", ""), element.get("TargetMode") == "External"
    if not external:
        target = target[1:] if target.startswith("/") else normpath(join(folder, target))
    return Relationship(element.get("Type", ""), target, external)
