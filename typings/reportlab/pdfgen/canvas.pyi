from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObjectReference, PDFString

class Canvas:
    _doc: PDFDocument
    _code: list[str]
    _preamble: str
    _formsinuse: list[str]
    _annotationrefs: list[PDFObjectReference]
    def __init__(
        self,
        filename: str,
        pagesize: tuple[float, float] | None = None,
        *,
        pageCompression: int | None = None,
        invariant: int | None = None,
        pdfVersion: tuple[int, int] | None = None,
        lang: str | None = None,
    ) -> None: ...
    def _make_preamble(self) -> None: ...
    def showPage(self) -> None: ...
    def absolutePosition(self, x: float, y: float) -> tuple[float, float]: ...
    def bookmarkPage(self, key: str, fit: str = "Fit", *, left: float, top: float, zoom: float) -> object: ...
    def addOutlineEntry(self, title: PDFString, key: str, level: int = 0) -> None: ...
