"""The parts of an Open Packaging container: names, content types, relationships.

Source: ISO/IEC 29500-2, clauses 6.2.3 (content types) and 6.5 (relationships).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import quote as percent_encoded

from msgspec import Struct

from newsexport.kit.package import Package
from newsexport.kit.xml import quote
from newsexport.writers.docx.markup import HEAD

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_DEFAULTS: Final = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "jpg": "image/jpeg",
}
# RFC 3986: everything a URI may hold stays as it is, a percent sign included.
_URI_SAFE: Final = "%/:=&?~#+!$,;'@()*[]-._"


def word(kind: str) -> str:
    """Return the content type of a part of WordprocessingML (``styles``)."""
    return f"{_WORD}{kind}+xml"


class Part(Struct, frozen=True):
    """One part of the package.

    Attributes:
        name: Its path, without a leading ``/``.
        data: Its bytes.
        content_type: None when its suffix says it.
        relationships: The part's own, as XML; None when it has none.
    """

    name: str
    data: bytes
    content_type: str | None = None
    relationships: str | None = None


class Relationship(Struct, frozen=True):
    """One relationship of a part.

    Attributes:
        id: What the part calls it.
        kind: The last step of its type (``styles``), or the whole type when it is none of Office's.
        target: Path, relative to the part's own folder, or a URI.
        external: True for a URI.
    """

    id: str
    kind: str
    target: str
    external: bool


class Relationships:
    """The relationships of one part, one for each distinct target, named in the order of first use."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str, bool], str] = {}

    def add(self, kind: str, target: str) -> str:
        """Return the id of the relationship to another part.

        Args:
            kind: As in `Relationship`.
            target: Path, relative to the part's own folder.
        """
        return self._id(kind, target, external=False)

    def link(self, uri: str) -> str:
        """Return the id of the relationship to a web address."""
        return self._id("hyperlink", percent_encoded(uri, safe=_URI_SAFE), external=True)

    def _id(self, kind: str, target: str, *, external: bool) -> str:
        return self._ids.setdefault((kind, target, external), f"rId{len(self._ids) + 1}")

    def xml(self) -> str | None:
        """Return the relationships part; None when there are no relationships."""
        entries = [Relationship(identifier, *target) for target, identifier in self._ids.items()]
        return relationships_part(entries) if entries else None


def relationships_part(entries: Iterable[Relationship]) -> str:
    """Return a relationships part."""
    body = "".join(map(_entry, entries))
    return f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{body}</Relationships>'


def _entry(entry: Relationship) -> str:
    kind = entry.kind if ":" in entry.kind else _OFFICE + entry.kind
    mode = ' TargetMode="External"' if entry.external else ""
    return f'<Relationship Id="{quote(entry.id)}" Type="{quote(kind)}" Target="{quote(entry.target)}"{mode}/>'


def packed(parts: Iterable[Part], relationships: Relationships) -> bytes:
    """Return the container of these parts.

    Args:
        parts: In their order, names unique without regard to case.
        relationships: Those of the package itself.
    """
    parts = tuple(parts)
    package = Package()
    # Word and file(1) expect the content types first.
    package.add("[Content_Types].xml", _content_types(parts).encode())
    package.add("_rels/.rels", (relationships.xml() or "").encode())
    for part in parts:
        package.add(part.name, part.data)
        if part.relationships is not None:
            folder, _, name = part.name.rpartition("/")
            package.add(f"{folder}/_rels/{name}.rels", part.relationships.encode())
    return package.finish()


def _content_types(parts: tuple[Part, ...]) -> str:
    suffixes = {"rels", "xml", *(part.name.rpartition(".")[2] for part in parts if part.content_type is None)}
    defaults = "".join(
        f'<Default Extension="{suffix}" ContentType="{media_type}"/>'
        for suffix, media_type in _DEFAULTS.items()
        if suffix in suffixes
    )
    overrides = "".join(
        f'<Override PartName="/{quote(part.name)}" ContentType="{quote(part.content_type)}"/>'
        for part in parts
        if part.content_type is not None
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'{HEAD}<Types xmlns="{namespace}">{defaults}{overrides}</Types>'
