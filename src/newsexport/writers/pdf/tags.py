"""The logical structure of a document: what each piece of ink on its pages means.

Source: ISO 32000-1, 14.7 "Logical structure" and 14.8 "Tagged PDF"; ISO 14289-1 (PDF/UA-1), clause 7.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from newsexport.writers.pdf.syntax import dictionary, string

CELLS: Final = frozenset({"TR", "TH", "TD"})
"""What stays in the tree when it holds nothing, since it takes up a place in a table."""


class Mark(NamedTuple):
    """A piece of marked content.

    Attributes:
        page: Index of the page it is on.
        number: Its number on that page (MCID).
    """

    page: int
    number: int


class Annotation(NamedTuple):
    """A part of the page that reacts to its reader.

    Attributes:
        page: Index of the page it is on.
        reference: Its object (``12 0 R``).
    """

    page: int
    reference: str


class Element:
    """A node of the structure tree.

    The tree is built in reading order before anything is drawn. Marks are added where the ink falls, so that an
    element that is split over two pages stays one element.

    Attributes:
        role: Its structure type (``P``); empty for a stretch of its parent's own content between two children.
        parent: None for the root.
        children: In reading order.
        language: BCP 47 tag; None when it is that of the surroundings.
        alternate: Words in place of a picture.
        identifier: Its name in the document; notes need one.
        attributes: Attribute objects as written (``{"O": "/Table", "Scope": "/Row"}``).
    """

    __slots__ = ("alternate", "attributes", "children", "identifier", "language", "parent", "role")

    def __init__(self, role: str, parent: Element | None = None, language: str | None = None) -> None:
        self.role = role
        self.parent = parent
        self.children: list[Child] = []
        self.language = language
        self.alternate: str | None = None
        self.identifier: str | None = None
        self.attributes: dict[str, str] = {}

    def add(self, role: str, language: str | None = None) -> Element:
        """Return a new last child."""
        child = Element(role, self, language)
        self.children.append(child)
        return child

    def content(self) -> Element:
        """Return a stretch of the element's own content, after all children it has so far."""
        last = self.children[-1] if self.children else None
        if isinstance(last, Element) and not last.role:
            return last
        return self.add("")

    @property
    def owner(self) -> Element:
        """The element with a role that this is, or is a stretch of."""
        return self if self.role or self.parent is None else self.parent.owner

    def kids(self) -> Iterator[Child]:
        """Yield the children as they are written: stretches dissolved, empty elements left out."""
        for child in self.children:
            if not isinstance(child, Element):
                yield child
            elif not child.role:
                yield from child.kids()
            elif child.role in CELLS or any(True for _ in child.kids()):
                yield child

    def descendants(self) -> Iterator[Element]:
        """Yield every written element below this one, parents first."""
        for child in self.kids():
            if isinstance(child, Element):
                yield child
                yield from child.descendants()


Child: TypeAlias = Element | Mark | Annotation


def written(element: Element, parent: str, references: Mapping[Element, str], pages: Sequence[str]) -> str:
    """Return a structure element as PDF writes it.

    Args:
        element: The element.
        parent: Reference of its parent.
        references: Of all elements.
        pages: Reference of each page.

    Source: ISO 32000-1, table 323.
    """
    kids = list(element.kids())
    page = next((kid.page for kid in kids if not isinstance(kid, Element)), None)
    texts = {"Lang": element.language, "Alt": element.alternate, "ID": element.identifier}
    entries = {"Type": "/StructElem", "S": f"/{element.role}", "P": parent}
    if page is not None:
        entries["Pg"] = pages[page]
    entries |= {key: string(text) for key, text in texts.items() if text}
    if element.attributes:
        entries["A"] = dictionary(element.attributes)
    entries["K"] = f"[{' '.join(_kid(kid, page, references, pages) for kid in kids)}]"
    return dictionary(entries)


def _kid(kid: Child, page: int | None, references: Mapping[Element, str], pages: Sequence[str]) -> str:
    match kid:
        case Element():
            return references[kid]
        case Mark():
            if kid.page == page:
                return str(kid.number)
            return dictionary({"Type": "/MCR", "Pg": pages[kid.page], "MCID": str(kid.number)})
        case Annotation():
            return dictionary({"Type": "/OBJR", "Pg": pages[kid.page], "Obj": kid.reference})
