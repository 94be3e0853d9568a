from typing import Any

class PDFObject: ...

class PDFString(PDFObject):
    def __init__(self, s: str | bytes, escape: int = 1, enc: str = "auto") -> None: ...

class NoEncryption:
    def encode(self, t: str | bytes) -> Any: ...

class PDFObjectReference(PDFObject):
    def format(self, document: PDFDocument) -> bytes: ...

class PDFStreamFilterZCompress: ...

class PDFCatalog(PDFObject):
    __NoDefault__: list[str]
    StructTreeRoot: PDFObject
    MarkInfo: PDFObject
    ViewerPreferences: PDFObject
    Metadata: PDFObject
    OutputIntents: PDFObject

class PDFPage(PDFObject):
    __NoDefault__: list[str]
    stream: str
    Tabs: str
    StructParents: int

class PDFPages(PDFObject):
    pages: list[PDFPage]

class PDFOutlines(PDFObject):
    destinationnamestotitles: dict[str, str]

class PDFDocument(PDFObject):
    Catalog: PDFCatalog
    Pages: PDFPages
    outline: PDFOutlines
    info: PDFObject
    encrypt: NoEncryption
    defaultStreamFilters: list[PDFStreamFilterZCompress] | None
    idToObjectNumberAndVersion: dict[str, tuple[int, int]]
    _ID: bytes | None
    def Reference(self, obj: PDFObject, name: str | None = None) -> PDFObjectReference: ...
    def GetPDFData(self, canvas: object) -> bytes: ...
    def hasForm(self, name: str) -> bool: ...

PDFZCompress: PDFStreamFilterZCompress

def xObjectName(externalname: str) -> str: ...
