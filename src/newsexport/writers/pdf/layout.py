"""Blocks of the model as pieces of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, assert_never

from msgspec import Struct, structs

from newsexport.kit.labels import day, labels, moment
from newsexport.model import (
    QA,
    Aside,
    Block,
    CodeBlock,
    Divider,
    Embed,
    Figure,
    FootnoteRef,
    Gallery,
    Heading,
    Inline,
    Link,
    List,
    LivePost,
    Node,
    Note,
    Paragraph,
    Quote,
    Row,
    Table,
)
from newsexport.model.grid import placed, width
from newsexport.model.walk import plain_text, records
from newsexport.writers.pdf import tables, theme
from newsexport.writers.pdf._reportlab import Metrics
from newsexport.writers.pdf.figures import Figures
from newsexport.writers.pdf.inlines import Footnote, Typesetter
from newsexport.writers.pdf.pieces import Inset, Piece, Rule, boxed
from newsexport.writers.pdf.tables import CellBox
from newsexport.writers.pdf.tags import Element
from newsexport.writers.pdf.text import Run, TextBlock
from newsexport.writers.pdf.theme import Style

_LEAST_COLUMN: Final = 26.0


class Setting(Struct, frozen=True):
    """Where blocks stand.

    Attributes:
        text: Style of their paragraphs.
        gutter: White space before the text, which pictures and tables reach into.
        width: Of the column, roughly.
        rtl: True when lines start on the right.
        depth: How many lists they are in.
    """

    text: Style
    width: float
    gutter: float = 0.0
    rtl: bool = False
    depth: int = 0


class Layout:
    """Makes pieces of blocks, each tagged as what it is.

    Attributes:
        language: Of the words added.
        base: Added to the level of each heading.
    """

    def __init__(self, typesetter: Typesetter, metrics: Metrics, figures: Figures) -> None:
        self.set = typesetter
        self.metrics = metrics
        self.figures = figures
        self.language = "und"
        self.base = 0

    # Paragraphs

    def text(
        self,
        content: Iterable[Inline] | str,
        style: Style,
        element: Element,
        setting: Setting,
        node: Struct | None = None,
        *,
        prefix: Sequence[Run] = (),
        suffix: Sequence[Run] = (),
    ) -> Piece:
        """Return a paragraph, hung from the gutter."""
        if isinstance(content, str):
            runs = self.set.words(content, style, element, node)
        else:
            runs = self.set.inlines(content, style, element)
        rtl = node.dir == "rtl" if isinstance(node, Node) and node.dir else setting.rtl
        return self.hung(TextBlock([*prefix, *runs, *suffix], style, self.metrics, rtl=rtl), setting)

    def hung(self, piece: Piece, setting: Setting) -> Piece:
        """Return a piece that leaves the gutter free."""
        if not setting.gutter:
            return piece
        return Inset(piece, 0, setting.gutter) if setting.rtl else Inset(piece, setting.gutter)

    def heading(self, content: tuple[Inline, ...], level: int, parent: Element, setting: Setting, node: Node) -> Piece:
        """Return a heading, which is in the outline too."""
        depth = min(6, level + self.base)
        style = theme.HEADINGS[level]
        runs = self.set.inlines(content, style, parent.add(f"H{depth}", node.lang))
        outline = (plain_text(content), depth - 1)
        return self.hung(TextBlock(runs, style, self.metrics, rtl=setting.rtl, outline=outline), setting)

    def label(self, text: str, parent: Element, style: Style, rtl: bool) -> Piece:
        """Return the number, mark or letter before an item."""
        return TextBlock(self.set.words(text, style, parent.add("Lbl")), style, self.metrics, rtl=rtl)

    # Blocks

    def blocks(self, blocks: Iterable[Block], parent: Element, setting: Setting) -> list[Piece]:
        """Return the pieces of blocks."""
        return [piece for block in blocks for piece in self.block(block, parent, setting)]

    def block(self, block: Block, parent: Element, setting: Setting) -> list[Piece]:
        """Return the pieces of a block."""
        match block:
            case Paragraph():
                return [self.paragraph(block, parent, setting)]
            case Heading():
                return [self.heading(block.content, block.level, parent, setting, block)]
            case Figure():
                return self.figures.figure(block, parent)
            case Gallery():
                return self.figures.gallery(block, parent)
            case Table():
                return self._table(block, parent, setting)
            case Divider():
                return [Rule(0.8, theme.RULE, before=8, after=14, share=0.3)]
            case CodeBlock():
                return self._code(block, parent, setting)
            case _:
                return self._container(block, parent, setting)

    def _container(
        self, block: List | Quote | Embed | Aside | Note | QA | LivePost, parent: Element, setting: Setting
    ) -> list[Piece]:
        inner = structs.replace(setting, gutter=0.0, width=setting.width - setting.gutter)
        match block:
            case List():
                pieces = self._list(block, parent, inner)
            case Quote():
                if block.pull:
                    return self._pull_quote(block, parent, inner)
                pieces = self._quote(block, parent, inner)
            case Embed():
                pieces = self._embed(block, parent, inner)
            case Aside():
                pieces = self._aside(block, parent, inner)
            case Note():
                pieces = self._note(block, parent, inner)
            case QA():
                pieces = self._qa(block, parent, inner)
            case LivePost():
                return self._live_post(block, parent, setting)
            case _:
                assert_never(block)
        return [self.hung(piece, setting) for piece in pieces]

    def paragraph(
        self,
        paragraph: Paragraph,
        parent: Element,
        setting: Setting,
        *,
        dateline: str | None = None,
        end_mark: bool = False,
    ) -> Piece:
        """Return a paragraph, with a dateline before it and an end mark after it where wanted."""
        style = setting.text
        if paragraph.role == "lead" and style is theme.BODY:
            style = theme.LEAD
        if paragraph.role == "note":
            style = theme.SMALL_PRINT
        element = parent.add("P", paragraph.lang)
        face = structs.replace(style, family="sans", bold=True, size=style.size * 0.88)
        prefix = self.set.words(f"{dateline} ", face, element) if dateline else ()
        mark = structs.replace(style, family="sans", size=style.size * 0.72, colour=theme.ACCENT)
        suffix = self.set.words("\u00a0\u25a0", mark, None) if end_mark else ()
        return self.text(paragraph.content, style, element, setting, paragraph, prefix=prefix, suffix=suffix)

    def _code(self, block: CodeBlock, parent: Element, setting: Setting) -> list[Piece]:
        element = parent.add("P", block.lang).add("Code")
        text = block.text.rstrip("\n").expandtabs(4)
        runs = self.set.words(text, theme.CODE, element, block)
        pieces = boxed([TextBlock(runs, theme.CODE, self.metrics)], 10, 8, theme.TINT, None, setting.rtl)
        return [self.hung(piece, setting) for piece in pieces]

    def _list(self, block: List, parent: Element, setting: Setting) -> list[Piece]:
        element = parent.add("L", block.lang)
        element.attributes = {"O": "/List", "ListNumbering": "/Decimal" if block.ordered else "/Disc"}
        style = setting.text
        mark = "•" if setting.depth % 2 == 0 else "–"
        marks = [f"{block.start + index}." if block.ordered else mark for index in range(len(block.items))]
        indent = max(self.metrics.width(mark, "SourceSerifPro-Bold", style.size) for mark in marks) + style.size * 0.75
        inner = structs.replace(setting, depth=setting.depth + 1, width=setting.width - indent)
        pieces: list[Piece] = []
        for mark, item in zip(marks, block.items, strict=True):
            entry = element.add("LI", item.lang)
            label = self.label(mark, entry, style, setting.rtl)
            content = self.blocks(item.blocks, entry.add("LBody"), inner)
            pieces += self.labelled(label, content, indent, setting.rtl)
        for piece in pieces[:-1]:
            piece.after = min(piece.after, 4.0)
        return pieces

    def labelled(self, label: Piece, pieces: Sequence[Piece], indent: float, rtl: bool) -> list[Piece]:
        """Return pieces indented, with a label before the first of them."""
        return [
            Inset(
                piece,
                0 if rtl else indent,
                indent if rtl else 0,
                label=label if index == 0 else None,
                rtl=rtl,
            )
            for index, piece in enumerate(pieces)
        ]

    def _quote(self, quote: Quote, parent: Element, setting: Setting) -> list[Piece]:
        inner = structs.replace(
            setting, text=structs.replace(setting.text, italic=True, after=5), width=setting.width - 32
        )
        pieces = self._quoted(quote, parent, inner)
        framed: list[Piece] = [Inset(piece, 16, 16) for piece in pieces]
        framed[-1].after = max(framed[-1].after, setting.text.after + 2)
        return framed

    def _pull_quote(self, quote: Quote, parent: Element, setting: Setting) -> list[Piece]:
        pieces = self._quoted(quote, parent, structs.replace(setting, text=theme.PULL_QUOTE))
        above = Rule(2, theme.ACCENT, before=12, after=7, keep=True)
        below = Rule(0.6, theme.RULE, before=6, after=14)
        for piece in pieces:
            piece.keep = True
        return [above, *pieces, below]

    def _quoted(self, quote: Quote, parent: Element, setting: Setting) -> list[Piece]:
        element = parent.add("BlockQuote", quote.lang)
        pieces = self.blocks(quote.blocks, element, setting)
        if quote.attribution:
            for piece in pieces[-1:]:
                piece.keep = True
            content = _cited(quote)
            pieces.append(self.text(content, theme.ATTRIBUTION, element.add("P"), setting, quote))
        return pieces

    def _embed(self, embed: Embed, parent: Element, setting: Setting) -> list[Piece]:
        element = parent.add("Div", embed.lang)
        text = ": ".join(part for part in (embed.provider, embed.title) if part) or embed.url
        line = element.add("P")
        if embed.url.lower().startswith(("http://", "https://")):
            runs = self.set.link(text, embed.url, theme.BYLINE, line, embed)
        else:
            runs = self.set.words(text, theme.BYLINE, line, embed)
        title = TextBlock(runs, theme.BYLINE, self.metrics, rtl=setting.rtl)
        title.keep, title.after = bool(embed.fallback), 5
        inner = structs.replace(setting, text=theme.BOX_TEXT, width=setting.width - 24)
        pieces = [title, *self.blocks(embed.fallback, element, inner)]
        return boxed(pieces, 12, 2, None, theme.RULE, setting.rtl)

    def _aside(self, aside: Aside, parent: Element, setting: Setting) -> list[Piece]:
        element = parent.add("Sect", aside.lang)
        inner = structs.replace(setting, text=theme.BOX_TEXT, width=setting.width - 28)
        pieces: list[Piece] = []
        if aside.title:
            pieces.append(self.text(aside.title, theme.BOX_TITLE, element.add("P"), inner, aside))
        pieces += self.blocks(aside.blocks, element, inner)
        return boxed(pieces, 14, 11, theme.TINT, None, setting.rtl)

    def _note(self, note: Note, parent: Element, setting: Setting) -> list[Piece]:
        title = labels(self.language).notes[note.kind]
        if note.date:
            title = f"{title} · {day(note.date.date(), self.language)}"
        return self.notice(title, note.blocks, parent.add("Sect", note.lang), setting)

    def notice(self, title: str, blocks: Iterable[Block], element: Element, setting: Setting) -> list[Piece]:
        """Return a word of the desk to its readers, a bar at its side."""
        inner = structs.replace(setting, text=theme.BOX_TEXT, gutter=0.0, width=setting.width - 24)
        heading = self.text(title, theme.LABEL, element.add("P"), inner)
        return boxed([heading, *self.blocks(blocks, element, inner)], 12, 2, None, theme.ACCENT, setting.rtl)

    def _qa(self, block: QA, parent: Element, setting: Setting) -> list[Piece]:
        element = parent.add("Div", block.lang)
        words = labels(self.language).words
        bold = structs.replace(setting.text, family="sans", bold=True, colour=theme.ACCENT)
        texts = [f"{words[name]}\u2002" for name in ("question", "answer")]
        indent = max(self.metrics.width(text, "SourceSansPro-Bold", bold.size) for text in texts) + 4
        inner = structs.replace(setting, width=setting.width - indent)
        pieces: list[Piece] = []
        if block.question:
            label = self.label(words["question"], element, bold, setting.rtl)
            question = self.text(block.question, theme.QUESTION, element.add("P"), inner, block)
            pieces += self.labelled(label, [question], indent, setting.rtl)
        if block.answer:
            label = self.label(words["answer"], element, bold, setting.rtl)
            pieces += self.labelled(label, self.blocks(block.answer, element, inner), indent, setting.rtl)
        return pieces

    def _live_post(self, post: LivePost, parent: Element, setting: Setting) -> list[Piece]:
        element = parent.add("Sect", post.lang)
        said = labels(self.language)
        line = [moment(post.time, self.language)] if post.time else []
        line += [said.words["key-post"]] if post.key else []
        line += [said.corrections["correction"]] if post.status == "corrected" else []
        pieces: list[Piece] = [self.hung(Rule(0.6, theme.RULE, before=8, keep=True), setting)]
        if line:
            pieces.append(self.text(" · ".join(line), theme.POST_TIME, element.add("P"), setting))
        if post.headline:
            pieces.append(self.heading(post.headline, 2, element, setting, post))
        if post.status == "withdrawn":
            style = structs.replace(setting.text, italic=True, colour=theme.GREY)
            pieces.append(self.text(said.words["withdrawn-post"], style, element.add("P"), setting))
        return pieces + self.blocks(post.blocks, element, setting)

    # Tables

    def _table(self, table: Table, parent: Element, setting: Setting) -> list[Piece]:
        element = parent.add("Table", table.lang)
        columns = max(width(rows) for rows in (table.head, table.body, table.foot))
        inner = structs.replace(setting, text=theme.CELL, gutter=0.0, width=setting.width / columns)
        pieces: list[Piece] = []
        if table.caption:
            pieces.append(self.text(table.caption, theme.GALLERY_TITLE, element.add("Caption"), inner, table))
        ends = tables.columns_of_numbers(table, columns)
        cells = self._cells(table.head, element.add("THead"), inner, ends, is_head=True)
        rows = self._cells(table.body, element.add("TBody"), inner, ends)
        foot = self._cells(table.foot, element.add("TFoot"), inner, ends)
        bands = tables.bands(len(table.body), rows, rule=0.8, colour=theme.INK)
        bands += tables.bands(len(table.foot), foot, rule=0.8, colour=theme.INK)
        built = tables.Table(columns, tables.Band(len(table.head), tuple(cells)), bands, rtl=setting.rtl)
        if setting.width / columns < _LEAST_COLUMN:
            return pieces + built.flat()
        return [*pieces, built]

    def _cells(
        self, rows: tuple[Row, ...], part: Element, setting: Setting, ends: set[int], *, is_head: bool = False
    ) -> list[CellBox]:
        cells: list[CellBox] = []
        for row, line in enumerate(placed(rows)):
            element = part.add("TR")
            for column, cell in line:
                written = element.add("TH" if cell.header else "TD", cell.lang)
                written.attributes = tables.spans(cell.colspan, cell.rowspan)
                if cell.header:
                    written.attributes = {
                        "O": "/Table",
                        **written.attributes,
                        "Scope": "/Column" if is_head else "/Row",
                    }
                style = theme.CELL_HEAD if cell.header else theme.CELL
                if column in ends and cell.colspan == 1:
                    style = structs.replace(style, align="end")
                pieces = self.blocks(cell.blocks, written, structs.replace(setting, text=style))
                if pieces:
                    pieces[-1].after = 0
                cells.append(CellBox(row, column, cell.rowspan, cell.colspan, tuple(pieces)))
        return cells

    # Footnotes

    def footnotes(self, notes: Sequence[Footnote], parent: Element, setting: Setting) -> list[Piece]:
        """Return the footnotes of a story."""
        pieces: list[Piece] = []
        for note in notes:
            element = parent.add("Note", note.node.lang)
            element.identifier = note.anchor
            runs = self.set.words(f"{note.number}", theme.FOOTNOTE, element.add("Lbl"))
            label = TextBlock(runs, theme.FOOTNOTE, self.metrics, rtl=setting.rtl, anchor=note.anchor)
            inner = structs.replace(setting, text=theme.FOOTNOTE, gutter=0.0)
            # What refers to the note leads to its label, even where nothing of the note can be shown.
            content = self.blocks(note.node.blocks, element, inner) or [TextBlock((), theme.FOOTNOTE, self.metrics)]
            pieces += [self.hung(piece, setting) for piece in self.labelled(label, content, 16, setting.rtl)]
        return pieces


def _cited(quote: Quote) -> tuple[Inline, ...]:
    """Return the attribution, leading to the source where it leads nowhere else."""
    leads_elsewhere = any(isinstance(record, Link | FootnoteRef) for _, record in records(quote.attribution))
    if quote.cite and quote.cite.lower().startswith(("http://", "https://")) and not leads_elsewhere:
        return (Link(quote.attribution, quote.cite),)
    return quote.attribution
