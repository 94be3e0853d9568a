"""Blocks as paragraphs and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, assert_never

from msgspec import structs

from newsexport.errors import Kind
from newsexport.kit.images import picture
from newsexport.kit.labels import day, moment
from newsexport.model import (
    QA,
    Aside,
    Audio,
    Block,
    Cell,
    CodeBlock,
    Divider,
    Embed,
    Figure,
    Gallery,
    Heading,
    Image,
    Inline,
    List,
    LivePost,
    Note,
    Paragraph,
    Quote,
    Table,
    Video,
)
from newsexport.model.walk import plain_text
from newsexport.writers.docx import tables
from newsexport.writers.docx.markup import PLAIN, Look, characters, paragraph, run
from newsexport.writers.docx.numbering import DEEPEST, STEP
from newsexport.writers.docx.paragraphs import BOXES, INSET, PADDING, Marker, Paragraphs, Setting, room
from newsexport.writers.docx.styles import HEADINGS, Style

WEB: Final = ("http://", "https://")
"""What an address begins with that a reader can follow."""
_BELOW_TABLE: Final = 240
"""Twips of space above what follows a table, which has none of its own."""
_BELOW_TIME: Final = 40
"""The same of the headline below the time of a post."""
_BOLD: Final = Look(bold=True)


class Blocks(Paragraphs):
    """Writes blocks, one below the other."""

    def end(self) -> str:
        """Return what was written; Word can open no part that ends in a table."""
        self._close_table()
        return "".join(self.out)

    def lead_in(self, runs: str, blocks: tuple[Block, ...], setting: Setting, style: Style) -> None:
        """Write blocks whose first paragraph begins with these runs; a paragraph of their own where there is none."""
        if blocks and isinstance(blocks[0], Paragraph):
            self._prefix = runs
        else:
            self.paragraph(style, runs, setting)
        self.blocks(blocks, setting)

    def blocks(self, blocks: Iterable[Block], setting: Setting) -> None:
        """Write blocks."""
        for block in blocks:
            self._block(block, setting.within(block))

    def _block(self, block: Block, setting: Setting) -> None:
        match block:
            case Paragraph():
                self.paragraph(self._text_style(block, setting), self._inlines(block.content, setting), setting)
            case Heading():
                self._heading(block, setting)
            case List():
                self._list(block, setting)
            case Quote():
                self._quote(block, setting)
            case Figure() | Gallery() | Embed():
                self._shown(block, setting)
            case Table():
                self._table(block, setting)
            case CodeBlock():
                content = run(characters(block.text.rstrip("\n")))
                self.paragraph(Style.SOURCE_CODE, content, setting)
            case Divider():
                self.paragraph(Style.DIVIDER, run(characters("***")), setting)
            case Aside() | Note() | QA() | LivePost():
                self._set_apart(block, setting)
            case _:
                assert_never(block)

    def _inlines(self, inlines: Iterable[Inline], setting: Setting, look: Look = PLAIN) -> str:
        return self.runs.inlines(inlines, setting.place, look)

    def _text_style(self, block: Paragraph, setting: Setting) -> Style:
        if setting.style:
            return setting.style
        if setting.level >= 0:
            return self._marker.style if self._marker else Style.LIST_CONTINUE
        return {"lead": Style.LEAD, "note": Style.RIGHTS}.get(block.role or "", Style.NORMAL)

    def _heading(self, heading: Heading, setting: Setting) -> None:
        if setting.is_body:
            level = min(heading.level + setting.shift, len(HEADINGS))
            self._before = None
            self.paragraph(HEADINGS[level - 1], self._inlines(heading.content, setting), setting)
        else:
            runs = self._inlines(heading.content, setting, _BOLD)
            self.paragraph(setting.style or Style.NORMAL, runs, setting, keep_next=True)

    def _list(self, block: List, setting: Setting) -> None:
        level = min(setting.level + 1, DEEPEST)
        numbering = self._manuscript.numbering
        number = numbering.ordered(level, block.start) if block.ordered else numbering.bulleted
        marker = Marker(Style.LIST_NUMBER if block.ordered else Style.LIST_BULLET, level, number)
        inner = structs.replace(setting, level=level)
        for item in block.items:
            if block.ordered and self._marker:
                # The number of an item that has no words of its own still counts.
                self.paragraph(self._marker.style, "", structs.replace(setting, level=self._marker.level))
            self._marker = marker
            self.blocks(item.blocks, inner.within(item))
        self._marker = None

    def _quote(self, quote: Quote, setting: Setting) -> None:
        style = Style.INTENSE_QUOTE if quote.pull else Style.QUOTE
        # A box would be notched where a paragraph in it is set in further.
        inset = setting.inset if setting.box else setting.inset + INSET
        inner = structs.replace(setting, style=style, inset=inset)
        self.blocks(quote.blocks, inner)
        if quote.attribution:
            runs = run(characters("— ")) + self._inlines(quote.attribution, setting)
            self.paragraph(Style.ATTRIBUTION, runs, inner)

    # Tables

    def _table(self, table: Table, setting: Setting) -> None:
        if not setting.is_body or tables.width(table) > tables.MOST_COLUMNS:
            self._taken_apart(table, setting)
            return
        if table.caption:
            self.paragraph(Style.GROUP_TITLE, self._inlines(table.caption, setting), setting, keep_next=True)
        # Word would make one table of two that touch.
        self._close_table()
        style = self._manuscript.plan.style(Style.NEWS_TABLE)
        width, indent = room(setting), setting.inset + STEP * (setting.level + 1)
        inner = structs.replace(setting, inset=0, level=-1, box=None, is_body=False)
        self.out.append(tables.markup(table, style, width, indent, setting.place.rtl, self._cell(inner)))
        self._before = _BELOW_TABLE

    def _close_table(self) -> None:
        if self.out and self.out[-1].endswith("</w:tbl>"):
            style = self._manuscript.plan.style(Style.TABLE_END)
            self.out.append(paragraph("", f'<w:pStyle w:val="{style}"/>'))
            self._before = None

    def _cell(self, setting: Setting) -> Callable[[Cell, Style, int], str]:
        def write(cell: Cell, style: Style, width: int) -> str:
            content = Blocks(self._manuscript, self._relationships, self.language)
            inner = structs.replace(setting.within(cell), style=style, width=width)
            content.blocks(cell.blocks, inner)
            if not content.out:
                content.paragraph(style, "", inner)
            return content.end()

        return write

    def _taken_apart(self, table: Table, setting: Setting) -> None:
        message = "a table within a table or footnote, or of too many columns, was taken apart into paragraphs"
        self._manuscript.context.notice("docx.table-flattened", Kind.LOSS, message, node=table)
        if table.caption:
            self.paragraph(setting.style or Style.NORMAL, self._inlines(table.caption, setting, _BOLD), setting)
        for row in (*table.head, *table.body, *table.foot):
            for cell in row:
                self.blocks(cell.blocks, setting.within(cell))

    # Pictures, films, recordings, things that live elsewhere

    def _shown(self, block: Figure | Gallery | Embed, setting: Setting) -> None:
        match block:
            case Figure():
                self.figure(block, setting)
            case Gallery():
                if block.title:
                    self.paragraph(Style.GROUP_TITLE, self._inlines(block.title, setting), setting, keep_next=True)
                self.blocks(block.figures, setting)
            case Embed():
                self._embed(block, setting)
            case _:
                assert_never(block)

    def figure(self, figure: Figure, setting: Setting) -> None:
        """Write a figure: what it shows, and below it the caption with the credit."""
        media = figure.media
        inner = setting.within(media)
        caption = self._inlines(figure.caption, setting)
        credit = media.credit or media.creator or media.copyright_notice
        if credit:
            # One paragraph: readers take every paragraph of a caption's style for a caption.
            caption += (run(characters(" ")) if caption else "") + self.runs.text(credit, setting.place, Style.CREDIT)
        if isinstance(media, Image):
            self._image(media, figure, inner, keep_next=bool(caption))
        else:
            self._played(media, inner, keep_next=bool(caption))
        if caption:
            self.paragraph(Style.CAPTION, caption, setting)

    def _image(self, media: Image, figure: Figure, setting: Setting, *, keep_next: bool) -> None:
        context = self._manuscript.context
        if media.decorative and context.asset(media.uri) is None:
            return
        found = picture(media, context)
        alt = None if media.decorative else media.alt or media.headline or plain_text(figure.caption)
        if found is None:
            reason = f": {alt}" if alt else ""
            runs = self.label("[" + self.said.words["image-unavailable"])
            self.paragraph(Style.CAPTION, runs + self.runs.text(f"{reason}]", setting.place), setting)
            return
        if not media.decorative and not media.alt:
            context.notice("docx.alt-missing", Kind.INFO, "the picture has no description", node=media)
        identifier = self._relationships.add("image", self._manuscript.pictures.target(found))
        drawing = self._manuscript.pictures.drawing(found, identifier, room(setting), alt=alt, title=media.headline)
        self.paragraph(Style.PICTURE, run(drawing), setting, keep_next=keep_next)

    def _played(self, media: Video | Audio, setting: Setting, *, keep_next: bool) -> None:
        kind = self.said.words["video" if isinstance(media, Video) else "audio"]
        runs = self.label(f"{kind}: ", Style.RUN_IN) + self._linked(media.alt or media.headline, media.uri, setting)
        self.paragraph(Style.EMBED, runs, setting, keep_next=keep_next)

    def _embed(self, embed: Embed, setting: Setting) -> None:
        provider = self.runs.text(f"{embed.provider}: ", setting.place, Style.RUN_IN) if embed.provider else ""
        inner = self._boxed(Style.EMBED, setting)
        self.paragraph(Style.EMBED, provider + self._linked(embed.title, embed.url, setting), inner)
        self.blocks(embed.fallback, inner)

    def _linked(self, text: str | None, uri: str, setting: Setting) -> str:
        if uri.lower().startswith(WEB):
            return self.runs.link(text or uri, uri, setting.place)
        return self.runs.text(text or uri, setting.place)

    # Matter set apart

    def _set_apart(self, block: Aside | Note | QA | LivePost, setting: Setting) -> None:
        match block:
            case Aside():
                inner = self._boxed(Style.ASIDE, setting)
                if block.title:
                    self.paragraph(Style.ASIDE_TITLE, self._inlines(block.title, setting), inner)
                self.blocks(block.blocks, inner)
            case Note():
                dated = f" ({day(block.date.date(), self.language)})" if block.date else ""
                label = self.label(f"{self.said.notes[block.kind]}{dated}: ", Style.RUN_IN)
                self.lead_in(label, block.blocks, self._boxed(Style.NOTE, setting), Style.NOTE)
            case QA():
                asked = self.label(f"{self.said.words['question']}: ") if block.question else ""
                self.paragraph(Style.QUESTION, asked + self._inlines(block.question, setting), setting)
                answer = self.label(f"{self.said.words['answer']}: ", Style.RUN_IN)
                self.lead_in(answer, block.answer, setting, Style.NORMAL)
            case LivePost():
                self._live_post(block, setting)
            case _:
                assert_never(block)

    def _boxed(self, style: Style, setting: Setting) -> Setting:
        # A house's template has boxes of its own, or none.
        shade = None if self._manuscript.plan.is_house else BOXES[style]
        return structs.replace(setting, style=style, box=shade, inset=setting.inset + PADDING)

    def _live_post(self, post: LivePost, setting: Setting) -> None:
        marks = [moment(post.time, self.language)] if post.time else []
        marks += [self.said.words["key-post"]] if post.key else []
        marks += [self.said.corrections["correction"]] if post.status == "corrected" else []
        if marks:
            self.paragraph(Style.POST_TIME, self.label(" · ".join(marks)), setting)
            self._before = _BELOW_TIME
        if post.headline:
            style = HEADINGS[1 + setting.shift] if setting.is_body else Style.QUESTION
            self.paragraph(style, self._inlines(post.headline, setting), setting)
        if post.status == "withdrawn":
            self.paragraph(setting.style or Style.NORMAL, self.words("withdrawn-post"), setting)
        self.blocks(post.blocks, setting)
