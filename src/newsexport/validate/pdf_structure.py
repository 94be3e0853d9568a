"""The structure of a PDF: whether it is tagged, and whether every mark on its pages belongs to a tag.

A fault is an error where the file claims the standard that forbids it, and a warning in a file that claims nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from newsexport.validate.pdf_claims import claims
from newsexport.validate.report import Finding, Missing, Severity
from newsexport.validate.tools import Tools

if TYPE_CHECKING:
    from pikepdf import Pdf

NAME: Final = "pdf-structure"
_PAINTS: Final = frozenset(
    {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "Tj", "TJ", "'", '"', "INLINE IMAGE"}
)
_FONT_FILES: Final = ("/FontFile", "/FontFile2", "/FontFile3")

_Fault = tuple[str, str, str | None]
"""Code, message and place."""


def structure(data: bytes, _: Tools) -> tuple[Finding, ...] | Missing:
    """Return what PDF/UA and PDF/A forbid, as far as pikepdf can show it."""
    try:
        import pikepdf  # an optional dependency
    except ImportError:
        return Missing(NAME, "pikepdf is not installed: `pip install pikepdf`")
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            return _findings(pdf)
    except pikepdf.PdfError as error:
        return (Finding("error", NAME, "unreadable", str(error)),)


def _findings(pdf: Pdf) -> tuple[Finding, ...]:
    claimed = claims(_metadata(pdf))
    # ISO 14289-1, 7.1 to 7.18: only PDF/UA asks for all of these.
    accessible: Severity = "error" if any(claim.startswith("ua") for claim in claimed) else "warning"
    faults = [(accessible, fault) for look in (_catalog, _marks, _descriptions) for fault in look(pdf)]
    # ISO 19005-2, 6.2.11.4.1 and ISO 14289-1, 7.21.4.1: both ask for embedded fonts.
    embedded: Severity = "error" if claimed else "warning"
    faults += [(embedded, fault) for fault in _fonts(pdf)]
    return tuple(Finding(severity, NAME, *fault) for severity, fault in faults)


def _at(value: Any, *names: str) -> Any:
    """Return what lies at a path of keys; None where the path ends early."""
    for name in names:
        value = value.get(name) if value is not None else None
    return value


def _metadata(pdf: Pdf) -> bytes:
    stream = _at(pdf.Root, "/Metadata")
    return bytes(stream.read_bytes()) if stream is not None else b""


def _catalog(pdf: Pdf) -> Iterator[_Fault]:
    root = pdf.Root
    if not _at(root, "/MarkInfo", "/Marked") or "/StructTreeRoot" not in root:
        yield "tagged", "the file is not tagged", None
    if not str(_at(root, "/Lang") or ""):
        yield "language", "the catalog states no language", None
    if not _at(root, "/ViewerPreferences", "/DisplayDocTitle"):
        yield "title-shown", "viewers are not told to show the title instead of the file name", None
    metadata = _metadata(pdf)
    if not metadata:
        yield "xmp", "there is no XMP metadata", None
    elif b"dc:title" not in metadata:
        yield "title", "the XMP metadata states no title", None


def _marks(pdf: Pdf) -> Iterator[_Fault]:
    """Find content that is neither tagged nor an artifact, and tags that no element of the tree knows."""
    parents = _parents(pdf)
    for number, page in enumerate(pdf.pages, start=1):
        ids, loose = _page_marks(page)
        if loose:
            yield "unmarked", f"what {loose} operators paint is neither tagged nor an artifact", f"page {number}"
        known = parents.get(int(page.obj.get("/StructParents", -1)), ())
        for mark in sorted(ids):
            if mark >= len(known) or known[mark] is None:
                yield "parent-tree", f"MCID {mark} has no element in the structure tree", f"page {number}"


def _parents(pdf: Pdf) -> dict[int, Any]:
    from pikepdf import NumberTree

    tree = _at(pdf.Root, "/StructTreeRoot", "/ParentTree")
    return dict(NumberTree(tree).items()) if tree is not None else {}


def _page_marks(page: Any) -> tuple[set[int], int]:
    """Return the MCIDs of a page, and how often it paints outside of all marked content."""
    from pikepdf import parse_content_stream

    properties = _at(page.obj, "/Resources", "/Properties") or {}
    ids: set[int] = set()
    depth = loose = 0
    for instruction in parse_content_stream(page):
        operands, name = instruction.operands, str(instruction.operator)
        if name in {"BDC", "BMC"}:
            depth += 1
            mark = _mark(operands, properties)
            ids |= {mark} if mark is not None else set()
        elif name == "EMC":
            depth -= 1
        elif name in _PAINTS and depth == 0:
            loose += 1
    return ids, loose


def _mark(operands: Any, properties: Any) -> int | None:
    """Return the MCID of a marked-content operator, whose properties stand in place or among the page's resources."""
    held = operands[1] if len(operands) > 1 else None
    if held is not None and not hasattr(held, "keys"):
        held = properties.get(str(held))
    mark = _at(held, "/MCID")
    return int(mark) if mark is not None else None


def _descriptions(pdf: Pdf) -> Iterator[_Fault]:
    for element in _elements(_at(pdf.Root, "/StructTreeRoot")):
        if element.get("/S") == "/Figure" and not str(_at(element, "/Alt") or _at(element, "/ActualText") or ""):
            yield "description", "a figure has no description", None
    for number, page in enumerate(pdf.pages, start=1):
        for annotation in _at(page.obj, "/Annots") or ():
            if annotation.get("/Subtype") == "/Link" and "/StructParent" not in annotation:
                yield "link", "a link is not part of the structure tree", f"page {number}"


def _elements(root: Any) -> Iterator[Any]:
    """Yield every element of the structure tree, without recursion: a broken tree may be deep, or bite its tail."""
    import pikepdf

    seen: set[tuple[int, int]] = set()
    stack = [root] if root is not None else []
    while stack:
        element = stack.pop()
        if element is None or (element.is_indirect and element.objgen in seen):
            continue
        seen.add(element.objgen)
        if isinstance(element, pikepdf.Array):
            stack.extend(child for child in element if isinstance(child, pikepdf.Object))
        elif isinstance(element, pikepdf.Dictionary):
            yield element
            stack.append(element.get("/K"))


def _fonts(pdf: Pdf) -> Iterator[_Fault]:
    seen: set[str] = set()
    for number, page in enumerate(pdf.pages, start=1):
        for font in (_at(page.obj, "/Resources", "/Font") or {}).values():
            name = str(font.get("/BaseFont", ""))
            if name not in seen and font.get("/Subtype") != "/Type3" and not _is_embedded(font):
                seen.add(name)
                yield "font", f"the font {name.lstrip('/')} is not embedded", f"page {number}"


def _is_embedded(font: Any) -> bool:
    descendants = font.get("/DescendantFonts")
    descriptor = _at(descendants[0] if descendants is not None else font, "/FontDescriptor")
    return any(_at(descriptor, name) is not None for name in _FONT_FILES)
