"""What the file says of itself: the information dictionary and the XMP packet, which agree.

Source: ISO 16684-1 (XMP); ISO 19005-2, 6.6 (PDF/A); ISO 14289-1, clause 5 (PDF/UA).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from msgspec import Struct

from newsexport.kit.xml import escape, quote
from newsexport.model import Article, Document, Edition
from newsexport.model.walk import created, creators, modified, plain_text, title
from newsexport.writers.pdf.syntax import string

PRODUCER: Final = "newsexport"


class Metadata(Struct, frozen=True):
    """What both places say.

    Attributes:
        title: Shown in the title bar.
        creators: Names of authors, or of who sends it out.
        description: The standfirst.
        topics: Keywords, and names of subjects.
        rights: The copyright notice.
        language: BCP 47 tag.
        identifier: guid.
        created: Of the first version.
        modified: Of this version.
    """

    title: str
    creators: tuple[str, ...]
    description: str
    topics: tuple[str, ...]
    rights: str
    language: str
    identifier: str
    created: datetime
    modified: datetime

    def information(self) -> dict[str, str]:
        """Return the entries of the information dictionary, as written."""
        entries = {
            "Title": self.title,
            "Author": ", ".join(self.creators),
            "Subject": self.description,
            "Keywords": ", ".join(self.topics),
            "Creator": PRODUCER,
            "Producer": PRODUCER,
        }
        written = {key: string(value) for key, value in entries.items() if value}
        return written | {"CreationDate": _pdf_date(self.created), "ModDate": _pdf_date(self.modified)}

    def packet(self) -> bytes:
        """Return the XMP packet."""
        dublin_core = [
            "<dc:format>application/pdf</dc:format>",
            _array("dc:title", "Alt", (self.title,)),
            _array("dc:creator", "Seq", self.creators),
            _array("dc:description", "Alt", (self.description,)),
            _array("dc:subject", "Bag", self.topics),
            _array("dc:rights", "Alt", (self.rights,)),
            _array("dc:language", "Bag", (self.language,)),
            f"<dc:identifier>{escape(self.identifier)}</dc:identifier>",
        ]
        return _PACKET.format(
            dublin_core="".join(dublin_core),
            created=_xmp_date(self.created),
            modified=_xmp_date(self.modified),
            producer=quote(PRODUCER),
            keywords=f' pdf:Keywords="{quote(", ".join(self.topics))}"' if self.topics else "",
        ).encode()


def describe(document: Document) -> Metadata:
    """Return what a file of the document says of itself."""
    if isinstance(document, Edition):
        return _edition(document)
    return Metadata(
        title(document),
        creators(document),
        plain_text(document.standfirst),
        _topics(document),
        document.copyright_notice or "",
        document.language,
        document.guid,
        created(document),
        modified(document),
    )


def _edition(edition: Edition) -> Metadata:
    names = (edition.publisher.name,) if edition.publisher else ()
    rights = edition.rights or ""
    return Metadata(
        title(edition), names, "", (), rights, edition.language, edition.guid, created(edition), modified(edition)
    )


def _topics(article: Article) -> tuple[str, ...]:
    named = (subject.name for subject in article.subjects if subject.name)
    return tuple(dict.fromkeys((*article.keywords, *named)))


def _pdf_date(moment: datetime) -> str:
    return f"(D:{moment.astimezone(UTC):%Y%m%d%H%M%S}+00'00')"


def _xmp_date(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}+00:00"


def _array(name: str, kind: str, items: tuple[str, ...]) -> str:
    """Return a property that is an ordered (Seq) or unordered (Bag) array, or one of languages (Alt)."""
    default = ' xml:lang="x-default"' if kind == "Alt" else ""
    written = "".join(f"<rdf:li{default}>{escape(item)}</rdf:li>" for item in items if item)
    return f"<{name}><rdf:{kind}>{written}</rdf:{kind}></{name}>" if written else ""


# The extension schema describes pdfuaid, which PDF/A does not know (ISO 19005-2, 6.6.2.3).
_PACKET: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="2" pdfaid:conformance="A"/>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">{dublin_core}</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreateDate="{created}" \
xmp:ModifyDate="{modified}" xmp:CreatorTool="{producer}"/>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" pdf:Producer="{producer}"{keywords}/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
