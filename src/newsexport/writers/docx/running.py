"""Running heads and feet: those of the template, and ours where it has none."""

from __future__ import annotations

from newsexport.kit.labels import day
from newsexport.model import Document, Edition
from newsexport.model.walk import stated_moment, title
from newsexport.writers.docx.markup import HEAD, NAMESPACES, Place, base, characters, field, paragraph, run
from newsexport.writers.docx.paragraphs import Manuscript, Paragraphs
from newsexport.writers.docx.parts import Part, Relationships, word
from newsexport.writers.docx.styles import Style
from newsexport.writers.docx.template import Running


def running(document: Document, manuscript: Manuscript) -> tuple[tuple[Running, Part | None], ...]:
    """Return the heads and feet of a document, each with its part unless the template brings that."""
    theirs = manuscript.plan.layout.running
    place = base(document.language, document.direction)
    words = Paragraphs(manuscript, Relationships(), document.language)
    result: list[tuple[Running, Part | None]] = [(each, None) for each in theirs]
    for kind, ends in (("header", _head(document, place, words)), ("footer", _foot(document, place, words))):
        if all(each.kind != kind for each in theirs):
            name = f"story-{kind}.xml"
            result.append((Running(kind, "default", name), _part(kind, name, ends, place, manuscript)))
    return tuple(result)


def _head(document: Document, place: Place, words: Paragraphs) -> tuple[str, str]:
    """Return what stands at the outer ends of the head: the slug and the version, the title and the day."""
    if isinstance(document, Edition):
        dated = words.label(day(issued.date(), document.language)) if (issued := stated_moment(document)) else ""
        return words.runs.text(title(document), place), dated
    slug = document.slugline or title(document)
    return words.runs.text(slug, place), words.label(f"{words.said.words['version']} {document.version}")


def _foot(document: Document, place: Place, words: Paragraphs) -> tuple[str, str]:
    provider = document.publisher if isinstance(document, Edition) else document.provider
    pages = field("PAGE", "1") + run(characters(" / ")) + field("NUMPAGES", "1")
    return words.runs.text(provider.name if provider else "", place), words.label(
        f"{words.said.words['page']} "
    ) + pages


def _part(kind: str, name: str, ends: tuple[str, str], place: Place, manuscript: Manuscript) -> Part:
    style = manuscript.plan.style(Style.RUNNING_HEAD if kind == "header" else Style.RUNNING_FOOT)
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{manuscript.width}"/></w:tabs>'
    properties = f'<w:pStyle w:val="{style}"/>{tabs}{"<w:bidi/>" if place.rtl else ""}'
    content = paragraph(f"{ends[0]}<w:r><w:tab/></w:r>{ends[1]}", properties)
    element = "hdr" if kind == "header" else "ftr"
    data = f"{HEAD}<w:{element} {NAMESPACES}>{content}</w:{element}>"
    return Part(f"word/{name}", data.encode(), word(kind))
