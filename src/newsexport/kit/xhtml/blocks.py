"""Blocks as XHTML."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar, assert_never

from msgspec import structs

from newsexport.kit.labels import day, moment
from newsexport.kit.xhtml.markup import Markup, Profile, Source, web_address
from newsexport.kit.xml import attributes, escape
from newsexport.model.base import AwareDatetime, Node
from newsexport.model.media import Audio, Image, Media, Video
from newsexport.model.nodes import (
    QA,
    Aside,
    Block,
    Cell,
    CodeBlock,
    Divider,
    Embed,
    Figure,
    FootnoteRef,
    Gallery,
    Heading,
    List,
    LivePost,
    Note,
    Paragraph,
    Quote,
    Row,
    Table,
)
from newsexport.model.walk import plain_text

_Inner = TypeVar("_Inner", bound=Node)
_DEEPEST: Final = 6


class Xhtml(Markup):
    """The markup of one article, without a namespace declaration of its own."""

    def blocks(self, blocks: tuple[Block, ...]) -> str:
        """Return the markup of blocks."""
        return "".join(map(self._block, blocks))

    def paragraph(self, paragraph: Paragraph, lead_in: str = "") -> str:
        """Return a paragraph that begins with other markup: a dateline, the number of a note."""
        content = lead_in + self.inlines(paragraph.content)
        return self.line("p", content, node=paragraph, class_=paragraph.role)

    def heading(self, level: int, content: str, *, node: Node | None = None, **values: str | None) -> str:
        """Return a heading; the headline has level 1."""
        return self.line(f"h{min(self.level + level - 1, _DEEPEST)}", content, node=node, **values)

    def footnotes(self) -> str:
        """Return the notes referred to so far, with links back; empty when there are none."""
        if not self._footnotes:
            return ""
        title = self.small_heading(self.labels.words["notes"])
        if self.profile is Profile.EPUB:
            notes = "".join(self._footnote_aside(number, note) for number, note in enumerate(self._footnotes, 1))
        else:
            items = (self._footnote_item(number, note) for number, note in enumerate(self._footnotes, 1))
            notes = self.line("ol", "\n" + "".join(items))
        return self.group("section", title + notes, class_="notes")

    def small_heading(self, words: str) -> str:
        """Return the heading of what follows the body: a line in bold where the profile is flat."""
        if self.profile is Profile.WIRE:
            return self.line("p", self.element("strong", escape(words)))
        return self.heading(2, escape(words))

    def time(self, value: AwareDatetime, words: str | None = None) -> str:
        """Return a moment in words that programs can read as well."""
        return self.element("time", escape(words or moment(value, self.language)), datetime=_global(value))

    def figure(self, figure: Figure) -> str:
        """Return a picture, film or recording with its caption and credit."""
        caption = self._caption(figure)
        shown = self._media(figure)
        if self.profile is Profile.WIRE:
            content = " ".join(filter(None, (shown, caption)))
            return self.line("p", content, node=figure) if content else ""
        if caption:
            caption = self.line("figcaption", caption)
        return self.group("figure", shown + "\n" + caption if shown else caption, node=figure)

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return self.paragraph(block)
            case Heading():
                return self.heading(block.level, self.inlines(block.content), node=block)
            case List():
                return self._list(block)
            case Quote():
                return self._quote(block)
            case Table():
                return self._table(block)
            case CodeBlock():
                return self._code(block)
            case Divider():
                return "<hr/>\n"
            case Figure():
                return self.figure(block)
            case Gallery() | Embed() | Aside() | Note() | QA() | LivePost():
                return self._ensemble(block)
            case _:
                assert_never(block)

    def _ensemble(self, block: Gallery | Embed | Aside | Note | QA | LivePost) -> str:
        match block:
            case Gallery():
                return self._gallery(block)
            case Embed():
                return self._embed(block)
            case Aside():
                return self._aside(block)
            case Note():
                return self._note(block)
            case QA():
                return self._interview(block)
            case LivePost():
                return self._live_post(block)
            case _:
                assert_never(block)

    # Text

    def _list(self, block: List) -> str:
        items = "".join(self.line("li", self._tight(item.blocks), node=item) for item in block.items)
        start = str(block.start) if block.ordered and block.start != 1 else None
        return self.line("ol" if block.ordered else "ul", "\n" + items, node=block, start=start)

    def _tight(self, blocks: tuple[Block, ...]) -> str:
        """Return the blocks of a list item or cell; a first paragraph that only lists follow needs no element."""
        if not blocks:
            return ""
        first, *rest = blocks
        plain = isinstance(first, Paragraph) and not (first.lang or first.dir or first.role)
        if isinstance(first, Paragraph) and plain and all(isinstance(block, List) for block in rest):
            return self.inlines(first.content) + "".join(f"\n{self._block(block)}" for block in rest)
        return "\n" + self.blocks(blocks)

    def _quote(self, quote: Quote) -> str:
        content = self.blocks(quote.blocks)
        if quote.attribution:
            tag = "p" if self.profile is Profile.WIRE else "footer"
            content += self.line(tag, f"— {self.inlines(quote.attribution)}")
        cite = web_address(quote.cite)
        if quote.pull and self.profile is not Profile.WIRE:
            return self.group("aside", content, node=quote, class_="pull", epub_type="pullquote", role="doc-pullquote")
        return self.line("blockquote", "\n" + content, node=quote, cite=cite)

    def _code(self, block: CodeBlock) -> str:
        class_ = f"language-{block.language}" if block.language else None
        return self.line("pre", self.element("code", escape(block.text), class_=class_), node=block)

    def _footnote_aside(self, number: int, footnote: FootnoteRef) -> str:
        back = self._back(number, str(number)) + " "
        first, *rest = footnote.blocks
        if isinstance(first, Paragraph):
            content = self.paragraph(first, back) + self.blocks(tuple(rest))
        else:
            content = self.line("p", back.strip()) + self.blocks(footnote.blocks)
        name = self.name(f"note{number}")
        return self.group("aside", content, id=name, node=footnote, epub_type="footnote", role="doc-footnote")

    def _footnote_item(self, number: int, footnote: FootnoteRef) -> str:
        back = self._back(number, "↩")
        content = self._tight(footnote.blocks)
        content += self.line("p", back) if content.startswith("\n") else " " + back
        return self.line("li", content, id=self.name(f"note{number}"), node=footnote)

    def _back(self, number: int, shown: str) -> str:
        return self.element(
            "a",
            shown,
            href=f"#{self.name(f'ref{number}')}",
            role="doc-backlink",
            aria_label=self.labels.words["back-to-text"],
        )

    # Pictures, films, recordings

    def _media(self, figure: Figure) -> str:
        media = figure.media
        match media:
            case Image():
                return self._image(media, figure)
            case Video():
                return self._linked(media, self.labels.words["video"], media.headline or media.alt)
            case Audio():
                return self._linked(media, self.labels.words["audio"], media.headline or media.alt)
            case _:
                assert_never(media)

    def _image(self, image: Image, figure: Figure) -> str:
        described = image.alt or image.headline
        source = self._image_source(image) if self._image_source else None
        if source is not None:
            return self._img(image, source, described or plain_text(figure.caption) or self.labels.words["picture"])
        if image.decorative:
            return ""
        if self._image_source is None:
            return self._linked(image, self.labels.words["picture"], described)
        said = [self.labels.words["image-unavailable"], *filter(None, [described])]
        return self.element("p", escape(f"[{': '.join(said)}]"), node=image)

    def _img(self, image: Image, source: Source, alt: str) -> str:
        values = attributes(
            src=source.address,
            alt="" if image.decorative else alt,
            role="presentation" if image.decorative else None,
            width=str(source.width) if source.width else None,
            height=str(source.height) if source.height else None,
            lang=image.lang,
        )
        return f"<img{values}/>"

    def _linked(self, media: Media, kind: str, title: str | None) -> str:
        words = escape(f"{kind}: {title}" if title else kind)
        href = web_address(media.uri)
        content = self.element("a", words, href=href, node=media) if href else f"[{words}]"
        return content if self.profile is Profile.WIRE else self.element("p", content)

    def _caption(self, figure: Figure) -> str:
        credit = figure.media.credit or figure.media.copyright_notice
        parts = [self.inlines(figure.caption)]
        if credit and not figure.media.decorative:
            small = escape(credit)
            parts.append(
                f"({small})" if self.profile is Profile.WIRE else self.element("small", small, class_="credit")
            )
        return " ".join(filter(None, parts))

    def _gallery(self, gallery: Gallery) -> str:
        title = self.inlines(gallery.title)
        if title and self.profile is Profile.WIRE:
            title = self.line("p", self.element("strong", title), node=gallery)
        elif title:
            title = self.line("figcaption", title)
        figures = "".join(map(self.figure, self._within(gallery, gallery.figures)))
        return self.group("figure", title + figures, node=gallery, class_="gallery")

    def _embed(self, embed: Embed) -> str:
        named = ", ".join(filter(None, (embed.title, embed.provider)))
        href = web_address(embed.url)
        if href:
            source = self.element("a", escape(named or embed.url), href=href)
        else:
            source = escape(" ".join(filter(None, (named, embed.url))))
        fallback = self.blocks(self._within(embed, embed.fallback))
        tag = "p" if self.profile is Profile.WIRE else "figcaption"
        return self.group("figure", fallback + self.line(tag, source), node=embed, class_="embed")

    # Tables

    def _table(self, table: Table) -> str:
        content = self.line("caption", self.inlines(table.caption)) if table.caption else ""
        for tag, rows in (("thead", table.head), ("tbody", table.body), ("tfoot", table.foot)):
            if rows:
                content += self.line(tag, "\n" + "".join(self._row(row, tag) for row in rows))
        return self.line("table", "\n" + content, node=table)

    def _row(self, row: Row, part: str) -> str:
        scope = "col" if part == "thead" else "row"
        return self.line("tr", "\n" + "".join(self._cell(cell, scope) for cell in row))

    def _cell(self, cell: Cell, scope: str) -> str:
        # A header without words names nothing, and screen readers stumble over it.
        header = cell.header and bool(cell.blocks)
        return self.line(
            "th" if header else "td",
            self._tight(cell.blocks),
            node=cell,
            scope=scope if header else None,
            colspan=str(cell.colspan) if cell.colspan > 1 else None,
            rowspan=str(cell.rowspan) if cell.rowspan > 1 else None,
        )

    # Matter beside and around the text

    def _aside(self, aside: Aside) -> str:
        title = self.inlines(aside.title)
        if title:
            title = self.line("p", self.element("strong", title), node=self._flat(aside), class_="title")
        content = title + self.blocks(self._within(aside, aside.blocks))
        return self.group("aside", content, node=aside, class_=aside.kind, epub_type="sidebar", role="note")

    def _note(self, note: Note) -> str:
        label = self.element("strong", escape(self.labels.notes[note.kind]))
        if note.date:
            label += f", {self.time(note.date, day(note.date, self.language))}"
        content = self.line("p", label, class_="title") + self.blocks(self._within(note, note.blocks))
        return self.group("section", content, node=note, class_="note", epub_type="notice", role="doc-notice")

    def _interview(self, part: QA) -> str:
        question = self.inlines(part.question)
        if question:
            question = self.line("p", self.element("strong", question), node=self._flat(part), class_="question")
        answer = self.blocks(self._within(part, part.answer))
        return self.group("div", question + answer, node=part, class_="qa")

    def _live_post(self, post: LivePost) -> str:
        marks = [self.time(post.time)] if post.time else []
        if post.key:
            marks.append(escape(self.labels.words["key-post"]))
        if post.status == "corrected":
            marks.append(escape(self.labels.notes["correction"]))
        content = self.line("p", " · ".join(marks), class_="time") if marks else ""
        if post.headline:
            content += self.heading(2, self.inlines(post.headline), node=self._flat(post))
        if post.status == "withdrawn":
            content += self.line("p", self.element("em", escape(self.labels.words["withdrawn-post"])))
        content += self.blocks(self._within(post, post.blocks))
        return self.group("section", content, node=post, class_="live-post key" if post.key else "live-post")

    # Language where there is no element to bear it

    def _flat(self, node: Node) -> Node | None:
        return node if self.profile is Profile.WIRE else None

    def _within(self, parent: Node, children: tuple[_Inner, ...]) -> tuple[_Inner, ...]:
        """Return children that bear a parent's language and direction where the flat profile has no element for it."""
        if self.profile is not Profile.WIRE or not (parent.lang or parent.dir):
            return children
        return tuple(
            structs.replace(child, lang=child.lang or parent.lang, dir=child.dir or parent.dir) for child in children
        )


def _global(value: datetime) -> str:
    """Return a moment as HTML writes it, to the millisecond, in UTC where it cannot write the offset.

    Source: HTML Living Standard, 2.3.5.7 "Global dates and times".
    """
    if (value.utcoffset() or timedelta()) % timedelta(minutes=1):
        value = value.astimezone(UTC)
    return value.isoformat(timespec="milliseconds" if value.microsecond else "seconds")
