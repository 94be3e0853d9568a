"""The canvas: ReportLab's, made to tag whatever is drawn. All that leans on ReportLab's internals is in this module.

It leans on, and tests/unit/test_pdf.py proves:

- ``Canvas._code``: the operators of the page; ``_make_preamble``: what they start with (Helvetica, unless prevented);
- ``Canvas._formsinuse`` and ``_annotationrefs``: names of XObjects and references of annotations of the page;
- ``PDFDocument.Reference`` and ``idToObjectNumberAndVersion``: objects and their numbers, known at once;
- ``PDFDocument.info``, ``_ID``, ``encrypt``, ``defaultStreamFilters``: instance attributes that shadow the defaults;
- ``PDFPage.stream``: the operators of a finished page; ``__NoDefault__``: the keys that a page or catalog may have;
- ``TTFont.splitString``, ``getSubsetInternalName`` and ``addObjects``: subsets, kept per document.

Nothing of ReportLab's process-wide state is touched: fonts are not registered with ``pdfmetrics``, and ``rl_config`` is
left alone. Page streams would be wrapped in ASCII 85 when ``rl_config.useA85`` says so; ``pageCompression=0`` together
with a default stream filter avoids that for this document alone.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from threading import Lock
from typing import Final, NamedTuple
from urllib.parse import quote

from reportlab.pdfbase.pdfdoc import NoEncryption, PDFDocument, PDFObject, PDFString, PDFZCompress, xObjectName
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas as ReportLabCanvas

from newsexport.kit import fonts
from newsexport.writers.pdf.ink import Glyphs, Placed, Raster
from newsexport.writers.pdf.syntax import Colour, decimal, dictionary, rgb, stream, string, text_bytes
from newsexport.writers.pdf.tags import Annotation, Element, Mark, written

_URI: Final = "".join(map(chr, range(0x21, 0x7F)))


# Fonts


class _Widths(dict[str, float]):
    """Width of each character in thousandths of the size, looked up once."""

    def __init__(self, font: TTFont) -> None:
        super().__init__()
        self._face = font.face

    def __missing__(self, char: str) -> float:
        width = self[char] = float(self._face.getCharWidth(ord(char)))
        return width


class _Font(TTFont):
    """A font of ReportLab whose subsets hold the characters used, and none besides."""

    # The parser keeps its position in the file in itself, and subsets are made by parsing.
    _subsetting: Final = Lock()

    def __init__(self, name: str) -> None:
        super().__init__(name, BytesIO(fonts.font(name).data), asciiReadable=False, shapable=False)
        self.widths: Final = _Widths(self)

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - ReportLab's name
        """Embed the subsets."""
        with self._subsetting:
            super().addObjects(doc)


_loading: Final = Lock()


@cache
def _parsed(name: str) -> _Font:
    return _Font(name)


def _font(name: str) -> _Font:
    with _loading:
        return _parsed(name)


class Metrics:
    """Widths of text in fonts by their name, in one place for a document."""

    def __init__(self) -> None:
        self._widths: dict[str, _Widths] = {}

    def width(self, text: str, font: str, size: float) -> float:
        """Return the width of text in points."""
        return sum(map(self.of(font).__getitem__, text)) * size / 1000

    def of(self, font: str) -> Mapping[str, float]:
        """Return the width of each character in thousandths of the size."""
        widths = self._widths.get(font)
        if widths is None:
            widths = self._widths[font] = _font(font).widths
        return widths


# Objects


class _Raw(PDFObject):
    """An object written as it is."""

    def __init__(self, data: str | bytes = b"") -> None:
        self.data = data.encode("ascii") if isinstance(data, str) else data

    def format(self, document: PDFDocument) -> bytes:
        return self.data


class _Information(_Raw):
    """The document information dictionary, which ReportLab would date by its own clock."""

    def digest(self, signature: object) -> None:
        """Add nothing to the identifier of the file, which is made elsewhere."""


class _EndOfLine(bytes, PDFObject):
    def format(self, document: PDFDocument) -> bytes:
        return bytes(self) + b"\n"


class _LineBeforeEndstream(NoEncryption):
    """Ends the data of every stream with an end-of-line marker that its length does not count.

    Source: ISO 19005-2, 6.1.7.1: the keyword endstream shall be preceded by an EOL marker.
    """

    def encode(self, t: str | bytes) -> _EndOfLine:
        return _EndOfLine(t.encode("ascii") if isinstance(t, str) else t)


class _Link(NamedTuple):
    page: int
    rectangle: str
    destination: str
    words: str
    element: Element
    object: _Raw


class _Number(NamedTuple):
    page: int
    destination: str
    x: float
    y: float
    glyphs: Glyphs
    is_left: bool


class Canvas(ReportLabCanvas):
    """A document in the making: every painting operator stands for an element or is an artifact.

    Attributes:
        root: The structure tree.
        heads: What the head of each finished page says.
        head: What the head of the page at hand says.
    """

    def __init__(self, size: tuple[float, float], language: str) -> None:
        self._marks: list[list[Element]] = [[]]
        super().__init__("", pagesize=size, pageCompression=0, invariant=1, pdfVersion=(1, 7), lang=language)
        self._doc.defaultStreamFilters = [PDFZCompress]
        self._doc.encrypt = _LineBeforeEndstream()
        self.root = Element("Document")
        self.head = ""
        self.heads: list[str] = []
        self.metrics = Metrics()
        self._links: list[_Link] = []
        self._places: dict[str, tuple[int, float]] = {}
        self._numbers: list[_Number] = []
        self._decorating = False
        self._outlined = -1

    def _make_preamble(self) -> None:
        # ReportLab's selects Helvetica, which would not be embedded.
        self._preamble = ""

    # Pages

    @property
    def page(self) -> int:
        """Index of the page at hand."""
        return len(self._marks) - 1

    @property
    def is_blank(self) -> bool:
        """True before anything is drawn on the page at hand."""
        return not self._code

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        """Finish the page at hand."""
        super().showPage()
        self._marks.append([])
        self.heads.append(self.head)

    # Drawing

    @contextmanager
    def artifacts(self) -> Iterator[None]:
        """Draw what repeats content that is tagged elsewhere."""
        before, self._decorating = self._decorating, True
        yield
        self._decorating = before

    def text(self, pieces: Iterable[Placed]) -> None:
        """Draw text, in reading order."""
        self._code += self._text(pieces, self.page)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Fill a rectangle, as an artifact."""
        area = " ".join(map(decimal, (x, y, width, height)))
        self._code.append(f"/Artifact BMC {rgb(colour)} rg {area} re f EMC")

    def picture(self, raster: Raster, width: float, height: float, element: Element | None) -> None:
        """Draw a picture at the origin; with its bounds as attributes of its figure."""
        name = hashlib.sha256(raster.data).hexdigest()[:16]
        if not self._doc.hasForm(name):
            self._doc.Reference(_Raw(raster.written()), xObjectName(name))
        if name not in self._formsinuse:
            self._formsinuse.append(name)
        element = None if self._decorating else element
        begin = self._begin(element, self.page)
        self._code.append(f"{begin} q {decimal(width)} 0 0 {decimal(height)} 0 0 cm /{xObjectName(name)} Do Q EMC")
        if element is not None:
            corners = (*self.absolutePosition(0, 0), *self.absolutePosition(width, height))
            bounds = " ".join(map(decimal, corners))
            element.owner.attributes = {"O": "/Layout", "Placement": "/Block", "BBox": f"[{bounds}]"}

    def link(self, x: float, y: float, width: float, height: float, to: str, words: str, element: Element) -> None:
        """Make a rectangle lead to a URI, or to a place of the document (``#name``)."""
        if self._decorating:
            return
        corners = (*self.absolutePosition(x, y), *self.absolutePosition(x + width, y + height))
        target = _Raw()
        self._annotationrefs.append(self._doc.Reference(target))
        link = _Link(self.page, " ".join(map(decimal, corners)), to, words, element.owner, target)
        self._links.append(link)
        link.element.children.append(Annotation(link.page, self._number(target)))

    def place(self, name: str, y: float) -> None:
        """Name the place at this height above the origin, for links to lead to."""
        self._places[name] = (self.page, self.absolutePosition(0, y)[1])

    def outline(self, title: str, level: int, y: float) -> None:
        """Add an entry to the outline, 0 the outermost level; it is kept from skipping one."""
        if self._decorating:
            return
        self._outlined = min(level, self._outlined + 1)
        key = f"outline-{len(self._doc.outline.destinationnamestotitles)}"
        self.bookmarkPage(key, fit="XYZ", left=0, top=self.absolutePosition(0, y)[1], zoom=0)
        # Left to itself ReportLab asks for the codec "pdfdoc", and other libraries, once loaded, bring another.
        self.addOutlineEntry(PDFString(text_bytes(title), enc="raw"), key, self._outlined)

    def number(self, name: str, x: float, y: float, glyphs: Glyphs, *, is_left: bool = False) -> None:
        """Write the number of the page that a named place is on, once that is known; it ends, or starts, at `x`."""
        self._numbers.append(_Number(self.page, name, *self.absolutePosition(x, y), glyphs, is_left))

    def fill_in_numbers(self) -> None:
        """Write all page numbers that were waited for."""
        for page, name, x, y, glyphs, is_left in self._numbers:
            text = str(self._places[name][0] + 1)
            width = 0.0 if is_left else self.metrics.width(text, glyphs.font, glyphs.size)
            self.add_text(page, [Placed(x - width, y, glyphs._replace(text=text))])

    def add_text(self, page: int, pieces: Iterable[Placed]) -> None:
        """Add text to a finished page, in the coordinates of the page."""
        self._doc.Pages.pages[page].stream += "\n".join(self._text(pieces, page)) + "\n"

    # Operators

    def _begin(self, element: Element | None, page: int) -> str:
        if element is None:
            return "/Artifact BMC"
        marks = self._marks[page]
        element.children.append(Mark(page, len(marks)))
        marks.append(element.owner)
        return f"/{element.owner.role} <</MCID {len(marks) - 1}>> BDC"

    def _text(self, pieces: Iterable[Placed], page: int) -> list[str]:
        code: list[str] = []
        element: Element | None = None
        look: tuple[str, float, Colour, float] | None = None
        for x, y, glyphs in pieces:
            wanted = None if self._decorating else glyphs.element
            if not code or wanted is not element:
                element = wanted
                code += ["ET EMC"] if code else []
                code.append(f"{self._begin(element, page)} BT")
            if look != glyphs[1:5]:
                look = glyphs[1:5]
                code.append(f"{rgb(glyphs.colour)} rg {decimal(glyphs.rise)} Ts")
            code.append(f"1 0 0 1 {decimal(x)} {decimal(y)} Tm {self._shown(glyphs)}")
        return [*code, "ET EMC"] if code else []

    def _shown(self, glyphs: Glyphs) -> str:
        font = _font(glyphs.font)
        size = decimal(glyphs.size)
        return " ".join(
            f"{font.getSubsetInternalName(subset, self._doc)} {size} Tf <{codes.hex()}> Tj"
            for subset, codes in font.splitString(glyphs.text, self._doc)
        )

    # The file

    def finish(self, information: dict[str, str], metadata: bytes, profile: bytes) -> bytes:
        """Return the file.

        Args:
            information: Entries of the document information dictionary, as written.
            metadata: The XMP packet.
            profile: The ICC profile of the output intent.
        """
        document = self._doc
        document.info = _Information(dictionary(information))
        catalog = document.Catalog
        catalog.StructTreeRoot = self._structure()
        catalog.MarkInfo = _Raw("<< /Marked true >>")
        catalog.ViewerPreferences = _Raw("<< /DisplayDocTitle true >>")
        catalog.Metadata = _Raw(stream({"Type": "/Metadata", "Subtype": "/XML"}, metadata))
        catalog.OutputIntents = _Raw(f"[{self._output_intent(profile)}]")
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        digest = hashlib.sha256(metadata)
        for page in document.Pages.pages:
            digest.update(page.stream.encode("ascii"))
        identifier = digest.hexdigest()[:32].encode("ascii")
        document._ID = b"[<%s><%s>]" % (identifier, identifier)
        return document.GetPDFData(self)

    def _number(self, pdf_object: _Raw) -> str:
        """Return the reference of an object (``12 0 R``)."""
        return self._doc.Reference(pdf_object).format(self._doc).decode("ascii")

    def _output_intent(self, profile: bytes) -> str:
        icc = _Raw(stream({"N": "3", "Filter": "/FlateDecode"}, zlib.compress(profile)))
        return dictionary(
            {
                "Type": "/OutputIntent",
                "S": "/GTS_PDFA1",
                "OutputConditionIdentifier": "(sRGB)",
                "Info": "(sRGB IEC61966-2.1)",
                "DestOutputProfile": self._number(icc),
            }
        )

    def _structure(self) -> _Raw:
        """Return the root of the structure tree; everything below it is written."""
        objects = {element: _Raw() for element in (self.root, *self.root.descendants())}
        references = {element: self._number(raw) for element, raw in objects.items()}
        pages = [f"{number} 0 R" for number in self._page_numbers()]
        root = _Raw()
        top = self._number(root)
        for element, raw in objects.items():
            parent = references[element.parent] if element.parent else top
            raw.data = written(element, parent, references, pages).encode("ascii")
        entries = {"Type": "/StructTreeRoot", "K": references[self.root], **self._parent_tree(references, pages)}
        named = sorted((element.identifier, each) for element, each in references.items() if element.identifier)
        if named:
            entries["IDTree"] = f"<< /Names [{' '.join(f'{string(name)} {each}' for name, each in named)}] >>"
        root.data = dictionary(entries).encode("ascii")
        return root

    def _parent_tree(self, references: Mapping[Element, str], pages: list[str]) -> dict[str, str]:
        """Return the way from marks and annotations back to their elements; it is noted in the pages, too."""
        tree: list[str] = []
        for key, link in enumerate(self._links):
            link.object.data = self._annotation(link, key, pages).encode("ascii")
            tree.append(f"{key} {references[link.element]}")
        for key, (page, marks) in enumerate(zip(self._doc.Pages.pages, self._marks, strict=False), len(self._links)):
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            # ISO 14289-1, 7.18.3: the tab order of a page with annotations follows the structure.
            page.Tabs = "/S"
            page.StructParents = key
            tree.append(f"{key} [{' '.join(references[element] for element in marks)}]")
        nums = self._number(_Raw(f"<< /Nums [{' '.join(tree)}] >>"))
        return {"ParentTree": nums, "ParentTreeNextKey": str(len(tree))}

    def _page_numbers(self) -> Iterator[int]:
        for page in range(len(self._doc.Pages.pages)):
            yield self._doc.idToObjectNumberAndVersion[f"Page{page + 1}"][0]

    def _annotation(self, link: _Link, key: int, pages: list[str]) -> str:
        entries = {"Type": "/Annot", "Subtype": "/Link", "Rect": f"[{link.rectangle}]", "Border": "[0 0 0]"}
        if link.destination.startswith("#"):
            page, y = self._places[link.destination[1:]]
            entries["Dest"] = f"[{pages[page]} /XYZ null {decimal(y)} null]"
        else:
            # ISO 32000-1, 12.6.4.7: a URI is in 7-bit ASCII.
            uri = string(quote(link.destination, safe=_URI))
            entries["A"] = dictionary({"S": "/URI", "URI": uri})
        # F 4: printed; ISO 19005-2, 6.3.2 demands it of every annotation.
        return dictionary(entries | {"F": "4", "Contents": string(link.words), "StructParent": str(key)})
