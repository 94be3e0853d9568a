"""What a rendition holds, by means other than ours: its text, its raw bytes unpacked, whether it is well formed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import lxml.html
import pikepdf
import pypdfium2
from lxml import etree

from newsexport.model import Code, CodeBlock, Document, Text
from newsexport.model.walk import articles as articles_of
from newsexport.model.walk import records

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def letters(text: str) -> str:
    """Return the letters and digits of a text, one after the other: what no layout changes."""
    return re.sub(r"[\W_]", "", text)


def text_of(name: str, data: bytes) -> str:
    """Return the text of a rendition."""
    return _TEXT[name](data)


def _docx(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as archive:
        parts = [name for name in archive.namelist() if name.startswith("word/") and name.endswith(".xml")]
        trees = [etree.fromstring(archive.read(name)) for name in parts]
    return "\n".join(element.text or "" for tree in trees for element in tree.iter(f"{_W}t"))


def _pdf(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def _epub(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as archive:
        pages = [name for name in archive.namelist() if name.endswith(".xhtml")]
        return "\n".join(_element_text(etree.fromstring(archive.read(name))) for name in pages)


def _element_text(element: Any) -> str:
    return "\n".join(element.itertext())


def _json(data: bytes) -> str:
    def strings(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            for each in value:
                yield from strings(each)
        elif isinstance(value, str):
            yield value

    return "\n".join(strings(json.loads(data)))


_TEXT: dict[str, Callable[[bytes], str]] = {
    "docx": _docx,
    "pdf": _pdf,
    "epub": _epub,
    "newsml-g2": lambda data: _element_text(etree.fromstring(data)),
    "html": lambda data: _element_text(lxml.html.document_fromstring(data.decode())),
    "text": lambda data: data.decode(),
    "json": _json,
}


def assert_well_formed(name: str, data: bytes) -> None:
    """Open a rendition with a library that did not write it."""
    if name in {"docx", "epub"}:
        for member, content in unpacked(data):
            if member.endswith((".xml", ".xhtml", ".rels", ".opf", ".ncx")):
                etree.fromstring(content)
    elif name == "pdf":
        with pikepdf.open(BytesIO(data)) as pdf:
            assert pdf.check_pdf_syntax() == []
    elif name == "newsml-g2":
        etree.fromstring(data)
    elif name == "json":
        json.loads(data)
    else:
        data.decode()


def unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the members of a ZIP archive."""
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def all_bytes(name: str, data: bytes) -> bytes:
    """Return every byte of a rendition as it was before compression."""
    if name in {"docx", "epub"}:
        return b"\n".join(member.encode() + content for member, content in unpacked(data))
    if name == "pdf":
        with pikepdf.open(BytesIO(data)) as pdf:
            buffer = BytesIO()
            pdf.save(
                buffer,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.all,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
            )
        return buffer.getvalue() + _pdf(data).encode()
    return data


def displayed(document: Document) -> Iterator[str]:
    """Yield the strings that a reader must find: every leaf of the text and what stands around it."""
    for article in articles_of(document):
        for _, record in records((article.headline, article.standfirst, article.body)):
            if isinstance(record, Text | Code | CodeBlock):
                yield record.text
        yield from filter(None, (article.kicker, article.byline))
        if article.dateline:
            yield article.dateline.text or article.dateline.place or ""
        yield from article.keywords
        yield from filter(None, (each.public_text for each in article.corrections))
        yield from filter(None, (article.copyright_notice, article.usage_terms, article.credit_line))


def missing_words(name: str, document: Document, data: bytes) -> list[str]:
    """Return the displayed strings of a document that a rendition of it lacks."""
    found = letters(text_of(name, data))
    return [
        text
        for text in displayed(document)
        # A page's running head may stand between two words, never within one.
        if letters(text) not in found and not all(letters(word) in found for word in text.split())
    ]


__all__ = ["all_bytes", "assert_well_formed", "displayed", "letters", "missing_words", "text_of", "unpacked"]
