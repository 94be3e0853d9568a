"""An edition: its front, and its articles by section, each on a new page."""

from __future__ import annotations

from msgspec import structs

from newsexport.kit.labels import day
from newsexport.model import Edition, Figure
from newsexport.model.walk import headline, plain_text, stated_moment, title
from newsexport.writers.docx.blocks import Blocks
from newsexport.writers.docx.markup import base
from newsexport.writers.docx.paragraphs import Manuscript, Setting
from newsexport.writers.docx.parts import Relationships
from newsexport.writers.docx.story import Story, bookmark_name
from newsexport.writers.docx.styles import Style


def edition(document: Edition, manuscript: Manuscript, relationships: Relationships) -> str:
    """Return the body of an edition."""
    blocks = Blocks(manuscript, relationships, document.language)
    place = base(document.language, document.direction)
    setting = Setting(place=place, width=manuscript.width)
    _front(document, blocks, setting)
    _contents(document, blocks, setting)
    result = [blocks.end()]
    number = 0
    for section in document.sections:
        heading = Blocks(manuscript, relationships, document.language)
        heading.new_page()
        if section.title:
            heading.paragraph(Style.HEADING_1, heading.runs.text(section.title, place), setting, outline=0)
            result.append(heading.end())
        for index, article in enumerate(section.articles):
            number += 1
            # Below a section's title a headline is one level down; without one it would skip that level.
            story = Story(manuscript, relationships, article, depth=1 if section.title else 0, bookmark=number)
            if index or not section.title:
                story.blocks.new_page()
            result.append(story.write())
    return "".join(result)


def _front(document: Edition, blocks: Blocks, setting: Setting) -> None:
    place = setting.place
    publisher = document.publisher.name if document.publisher else None
    dated = blocks.label(day(issued.date(), document.language)) if (issued := stated_moment(document)) else ""
    if publisher:
        blocks.paragraph(Style.KICKER, blocks.runs.text(publisher, place), setting)
    blocks.paragraph(Style.TITLE, blocks.runs.text(title(document), place), setting, outline=0)
    if dated:
        blocks.paragraph(Style.DATELINE, dated, setting)
    if document.cover:
        blocks.figure(Figure(document.cover), setting)
    if document.rights:
        blocks.paragraph(Style.RIGHTS, blocks.runs.text(document.rights, place), setting)


def _contents(document: Edition, blocks: Blocks, setting: Setting) -> None:
    blocks.paragraph(Style.CONTENTS_HEADING, blocks.words("contents"), setting)
    number = 0
    for section in document.sections:
        if section.title:
            blocks.paragraph(Style.CONTENTS_SECTION, blocks.runs.text(section.title, setting.place), setting)
        for article in section.articles:
            number += 1
            inner = structs.replace(setting, place=base(article.language, article.direction))
            runs = blocks.runs.text(plain_text(headline(article)), inner.place, Style.HYPERLINK)
            link = f'<w:hyperlink w:anchor="{bookmark_name(number)}" w:history="1">{runs}</w:hyperlink>'
            blocks.paragraph(Style.CONTENTS, link, inner)
