"""Small files that are valid, each with a way to break it: a validator must tell the two apart."""

from __future__ import annotations

from io import BytesIO

import pikepdf

from newsexport.kit.package import Package

_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DOCX = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{_RELATIONSHIPS}/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
    "word/_rels/document.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="b" Type="{_RELATIONSHIPS}/styles" Target="styles.xml"/></Relationships>'
    ),
    "word/styles.xml": (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:type="paragraph" w:styleId="Body"><w:name w:val="Body"/></w:style></w:styles>'
    ),
    "word/document.xml": (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        f' xmlns:r="{_RELATIONSHIPS}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:x="urn:example:extension" mc:Ignorable="x"><w:body>'
        '<w:p x:id="1"><w:pPr><w:pStyle w:val="Body"/></w:pPr><w:r><w:t>News</w:t></w:r></w:p>'
        "<x:note/></w:body></w:document>"
    ),
}
_EPUB = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": (
        '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile'
        ' full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    ),
    "book.opf": (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:example:1</dc:identifier>'
        "<dc:title>News</dc:title><dc:language>en</dc:language>"
        '<meta property="dcterms:modified">2025-02-24T12:00:00Z</meta></metadata>'
        '<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/></manifest>'
        '<spine><itemref idref="nav"/></spine></package>'
    ),
    "nav.xhtml": (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>News</title>'
        '</head><body><nav epub:type="toc"><ol><li><a href="nav.xhtml">News</a></li></ol></nav></body></html>'
    ),
}
NEWSML_G2 = (
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:example:1" version="1" standard="NewsML-G2"'
    ' standardversion="2.35" conformance="power" xml:lang="en"><catalogRef href="https://example.com/catalog.xml"/>'
    '<itemMeta><itemClass qcode="ninat:text"/><provider><name>Example News</name></provider>'
    "<versionCreated>2025-02-24T12:00:00Z</versionCreated></itemMeta></newsItem>"
)
JSON = (
    '{"schema_version":"0.1","type":"article","guid":"urn:example:1","language":"en",'
    '"version_created":"2025-02-24T12:00:00Z","headline":"News"}'
)


def docx(old: str = "", new: str = "") -> bytes:
    """Return a document of one paragraph, with a piece of one of its parts replaced."""
    return _package(_DOCX, old, new)


def epub(old: str = "", new: str = "") -> bytes:
    """Return a book of one page, with a piece of one of its members replaced."""
    return _package(_EPUB, old, new)


def newsml_g2(old: str = "", new: str = "") -> bytes:
    """Return a news item, with a piece replaced."""
    return _replaced(NEWSML_G2, old, new).encode()


def json(old: str = "", new: str = "") -> bytes:
    """Return an article, with a piece replaced."""
    return _replaced(JSON, old, new).encode()


def pdf(old: str = "", new: str = "", *, drop: str = "") -> bytes:
    """Return a tagged page that claims PDF/UA.

    Args:
        old: A piece of its content stream or metadata, to be replaced.
        new: What replaces it.
        drop: A key of the catalog to leave out.
    """
    xmp = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><pdfuaid:part>1</pdfuaid:part><dc:title><rdf:Alt>'
        '<rdf:li xml:lang="x-default">News</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>'
    )
    content = "/P <</MCID 0>> BDC 0 0 10 10 re f EMC /Artifact BMC 20 20 10 10 re f EMC"
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(200, 200))
    page.Contents = made.make_stream(content.replace(old, new).encode() if old else content.encode())
    page.obj.StructParents = 0
    element = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Figure, Alt="A box"))
    element.K = pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=page.obj, MCID=0)
    tree = pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Array([element])]))
    made.Root.StructTreeRoot = pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=element, ParentTree=tree)
    made.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    made.Root.Lang = pikepdf.String("en")
    made.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    made.Root.Metadata = made.make_stream(xmp.replace(old, new).encode() if old else xmp.encode())
    if drop:
        del made.Root[drop]
    target = BytesIO()
    made.save(target, deterministic_id=True, compress_streams=False)
    return target.getvalue()


def _package(members: dict[str, str], old: str, new: str) -> bytes:
    package = Package()
    assert not old or any(old in text for text in members.values())
    for name, text in members.items():
        package.add(name, (text.replace(old, new) if old else text).encode(), stored=name == "mimetype")
    return package.finish()


def _replaced(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new) if old else text
