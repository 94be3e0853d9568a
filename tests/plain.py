"""The plain way to each format: what one writes with the library alone, without checks or accessibility."""

from __future__ import annotations

from io import BytesIO

import docx as python_docx
from ebooklib import epub
from lxml import etree
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

NAR = "http://iptc.org/std/nar/2006-10-01/"
XHTML = "http://www.w3.org/1999/xhtml"


def docx(title: str, paragraphs: list[str], template: BytesIO | None = None) -> bytes:
    if template is not None:
        template.seek(0)
    document = python_docx.Document(template)
    document.add_paragraph(title, style="Title")
    for words in paragraphs:
        document.add_paragraph(words)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf(title: str, paragraphs: list[str]) -> bytes:
    styles = getSampleStyleSheet()
    buffer = BytesIO()
    story = [Paragraph(title, styles["Title"]), *(Paragraph(words, styles["BodyText"]) for words in paragraphs)]
    SimpleDocTemplate(buffer, invariant=1).build(story)
    return buffer.getvalue()


def book(title: str, paragraphs: list[str]) -> bytes:
    made = epub.EpubBook()
    made.set_identifier("urn:x:1")
    made.set_title(title)
    made.set_language("en")
    page = epub.EpubHtml(title=title, file_name="a.xhtml", lang="en")
    page.content = f"<h1>{title}</h1>" + "".join(f"<p>{words}</p>" for words in paragraphs)
    made.add_item(page)
    made.toc = [page]
    made.spine = ["nav", page]
    made.add_item(epub.EpubNcx())
    made.add_item(epub.EpubNav())
    buffer = BytesIO()
    epub.write_epub(buffer, made)
    return buffer.getvalue()


def newsml(title: str, paragraphs: list[str]) -> bytes:
    item = etree.Element(f"{{{NAR}}}newsItem", nsmap={None: NAR}, guid="urn:x:1", version="1", standard="NewsML-G2")
    meta = etree.SubElement(item, f"{{{NAR}}}itemMeta")
    etree.SubElement(meta, f"{{{NAR}}}itemClass", qcode="ninat:text")
    etree.SubElement(meta, f"{{{NAR}}}versionCreated").text = "2025-02-24T10:15:00Z"
    content = etree.SubElement(item, f"{{{NAR}}}contentMeta")
    etree.SubElement(content, f"{{{NAR}}}headline").text = title
    body_set = etree.SubElement(item, f"{{{NAR}}}contentSet")
    inline = etree.SubElement(body_set, f"{{{NAR}}}inlineXML", contenttype="application/xhtml+xml")
    html = etree.SubElement(inline, f"{{{XHTML}}}html", nsmap={None: XHTML})
    etree.SubElement(etree.SubElement(html, f"{{{XHTML}}}head"), f"{{{XHTML}}}title").text = title
    body = etree.SubElement(html, f"{{{XHTML}}}body")
    etree.SubElement(body, f"{{{XHTML}}}h1").text = title
    for words in paragraphs:
        etree.SubElement(body, f"{{{XHTML}}}p").text = words
    return etree.tostring(item, xml_declaration=True, encoding="UTF-8")
