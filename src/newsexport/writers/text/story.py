"""One article as pieces of plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, assert_never

from newsexport.kit.labels import banners, dateline, day, labels, moment, rights
from newsexport.model.article import Article, Correction, Related
from newsexport.model.grid import placed, width
from newsexport.model.media import Audio, Image, Media, Video
from newsexport.model.nodes import (
    QA,
    Aside,
    Block,
    Cell,
    Code,
    CodeBlock,
    Divider,
    Embed,
    Emphasis,
    Entity,
    Figure,
    FootnoteRef,
    Gallery,
    Heading,
    Inline,
    LineBreak,
    Link,
    List,
    LivePost,
    Note,
    Paragraph,
    Quote,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Underline,
)
from newsexport.model.walk import headline, stated_moment, words
from newsexport.writers.text.layout import broken, grid, less, linked, lowered, prefixed, raised, underlined

_WIDEST_TABLE: Final = 100


class Story:
    """One article as pieces of text, to be set apart by empty lines.

    `room` is the number of columns left for the lines of a piece; 0 for no limit.
    """

    def __init__(self, article: Article, room: int) -> None:
        """Start an article whose lines are broken after `room` columns; 0 for never."""
        self._article = article
        self._labels = labels(article.language)
        self._room = room
        self._footnotes: list[FootnoteRef] = []

    def pieces(self) -> list[str]:
        """Return the pieces in order; empty ones among them say nothing."""
        article = self._article
        top = [*self._head(), *(self._figure(Figure(image), self._room) for image in article.images)]
        return [*top, *self._body(), *self._notes(), *self._foot()]

    # What stands around the body

    def _head(self) -> Iterator[str]:
        article = self._article
        version = f"{self._labels.words['version']} {article.version}"
        made = stated_moment(article)
        when = moment(made, article.language) if made else None
        yield " | ".join(filter(None, (article.slugline, article.take, version, when)))
        yield "\n".join(banner.text for banner in banners(article))
        yield article.kicker or ""
        yield self._line(headline(article))
        yield self._line(article.standfirst)
        yield self._wrapped(article.byline)
        if self._opening() is None:
            yield dateline(article.dateline, article.language) or ""
        if article.keywords:
            yield self._wrapped(f"{self._labels.words['topics']}: {' · '.join(article.keywords)}")

    def _opening(self) -> Paragraph | None:
        """Return the paragraph that the dateline runs into."""
        article = self._article
        first = article.body[0] if article.body else None
        run_in = article.dateline is not None and article.dateline.run_in
        return first if run_in and isinstance(first, Paragraph) else None

    def _body(self) -> list[str]:
        body = self._article.body
        opening = self._opening()
        line = dateline(self._article.dateline, self._article.language)
        if opening is None or line is None:
            return self._blocks(body, self._room)
        return [self._wrapped(f"{line} {self._inlines(opening.content)}"), *self._blocks(body[1:], self._room)]

    def _notes(self) -> Iterator[str]:
        if self._footnotes:
            yield self._small_heading("notes")
        for number, note in enumerate(self._footnotes, 1):
            yield self._under(f"[{number}] ", note.blocks, self._room)

    def _foot(self) -> Iterator[str]:
        article = self._article
        for correction in article.corrections:
            yield from self._correction(correction)
        yield from self._section("related", map(self._related, article.related))
        lines = (f"{name}: {text}" if name else text for name, text in rights(article))
        yield from self._section("rights", ["\n".join(map(self._wrapped, lines))])
        yield from self._section("desk-notes", (self._wrapped(note.text) for note in article.notes))

    def _section(self, name: str, pieces: Iterable[str]) -> Iterator[str]:
        kept = list(filter(None, pieces))
        if kept:
            yield from (self._small_heading(name), *kept)

    def _small_heading(self, name: str) -> str:
        return underlined(self._labels.words[name], "-")

    def _correction(self, correction: Correction) -> Iterator[str]:
        title = self._labels.corrections[correction.kind]
        if correction.date:
            title = f"{title}, {day(correction.date, self._article.language)}"
        change = " → ".join(filter(None, (correction.wrong, correction.right)))
        said = [self._wrapped(line) for line in (correction.public_text, change) if line]
        if said:
            yield from (underlined(title, "-"), *said)

    def _related(self, related: Related) -> str:
        return self._wrapped(linked(related.title or related.uri, related.uri))

    # Blocks

    def _blocks(self, blocks: tuple[Block, ...], room: int) -> list[str]:
        return [piece for block in blocks for piece in self._block(block, room) if piece]

    def _block(self, block: Block, room: int) -> list[str]:
        match block:
            case Paragraph():
                return [self._line(block.content, room)]
            case Heading():
                return [underlined(self._line(block.content, room), "=" if block.level == 2 else "-")]
            case List():
                return [self._list(block, room)]
            case Quote():
                return [self._quote(block, room)]
            case Table():
                return [self._line(block.caption, room), self._table(block, room)]
            case CodeBlock():
                return [prefixed(block.text.rstrip("\n"), "    ")]
            case Divider():
                return ["* * *"]
            case _:
                return self._ensemble(block, room)

    def _ensemble(self, block: Figure | Gallery | Embed | Aside | Note | QA | LivePost, room: int) -> list[str]:
        match block:
            case Figure():
                return [self._figure(block, room)]
            case Gallery():
                return [self._line(block.title, room), *(self._figure(each, room) for each in block.figures)]
            case Embed():
                source = linked(", ".join(filter(None, (block.title, block.provider))) or block.url, block.url)
                return [*self._blocks(block.fallback, room), self._wrapped(source, room)]
            case Aside():
                return [self._aside(block, room)]
            case Note():
                return self._note(block, room)
            case QA():
                return self._interview(block, room)
            case LivePost():
                return self._live_post(block, room)
            case _:
                assert_never(block)

    def _list(self, block: List, room: int) -> str:
        numbered = enumerate(block.items, block.start)
        marked = ((f"{number}. " if block.ordered else "• ", item) for number, item in numbered)
        return "\n".join(self._under(marker, item.blocks, room) for marker, item in marked)

    def _under(self, marker: str, blocks: tuple[Block, ...], room: int) -> str:
        """Return blocks close together behind a marker; the lines below the first hang from where it ends."""
        return prefixed("\n".join(self._blocks(blocks, less(room, len(marker)))), marker, " " * len(marker))

    def _quote(self, quote: Quote, room: int) -> str:
        room = less(room, 2)
        pieces = self._blocks(quote.blocks, room)
        source = self._inlines(quote.attribution)
        if source or quote.cite:
            pieces.append(self._wrapped(f"— {linked(source, quote.cite)}", room))
        return prefixed("\n\n".join(pieces), "> ")

    def _aside(self, aside: Aside, room: int) -> str:
        room = less(room, 2)
        pieces = [self._line(aside.title, room), *self._blocks(aside.blocks, room)]
        return prefixed("\n\n".join(filter(None, pieces)), "| ")

    def _note(self, note: Note, room: int) -> list[str]:
        label = self._labels.notes[note.kind]
        if note.date:
            label = f"{label}, {day(note.date, self._article.language)}"
        return [underlined(label, "-"), *self._blocks(note.blocks, room)]

    def _interview(self, block: QA, room: int) -> list[str]:
        question, answer = (f"{self._labels.words[name]}: " for name in ("question", "answer"))
        first, *others = self._blocks(block.answer, less(room, len(answer))) or [""]
        return [self._wrapped(question + self._inlines(block.question), room), prefixed(first, answer, ""), *others]

    def _live_post(self, post: LivePost, room: int) -> list[str]:
        said = self._labels
        marks = [moment(post.time, self._article.language)] if post.time else []
        marks += [said.words["key-post"]] if post.key else []
        marks += [said.notes["correction"]] if post.status == "corrected" else []
        withdrawn = said.words["withdrawn-post"] if post.status == "withdrawn" else ""
        title = self._line(post.headline, room)
        return [" · ".join(marks), underlined(title, "="), withdrawn, *self._blocks(post.blocks, room)]

    # Pictures, films, recordings

    def _figure(self, figure: Figure, room: int) -> str:
        media = figure.media
        if isinstance(media, Image) and media.decorative and not figure.caption:
            return ""
        named = ". ".join(filter(None, (media.headline, media.alt)))
        kind = self._kind(media)
        title = linked(f"[{kind}: {named}]" if named else f"[{kind}]", media.uri, other=False)
        credit = f"{self._labels.words['credit']}: {media.credit}" if media.credit else None
        small = " | ".join(filter(None, (credit, media.copyright_notice, media.usage_terms, media.instructions)))
        return "\n".join(self._wrapped(line, room) for line in (title, self._inlines(figure.caption), small) if line)

    def _kind(self, media: Media) -> str:
        match media:
            case Image():
                return self._labels.words["picture"]
            case Video():
                return self._labels.words["video"]
            case Audio():
                return self._labels.words["audio"]
            case _:
                assert_never(media)

    # Tables

    def _table(self, table: Table, room: int) -> str:
        head, body, foot = (list(self._rows(part)) for part in (table.head, table.body, table.foot))
        return grid(head, body + foot, room or _WIDEST_TABLE)

    def _rows(self, rows: tuple[tuple[Cell, ...], ...]) -> Iterator[list[str]]:
        """Yield the fields of each row; a cell that covers several stands in the first."""
        across = width(rows)
        for line in placed(rows):
            fields: list[str] = []
            for column, cell in line:
                fields += [""] * (column - len(fields))
                fields.append(" / ".join(self._blocks(cell.blocks, 0)).replace("\n", " "))
            yield fields + [""] * (across - len(fields))

    # Inlines

    def _line(self, inlines: tuple[Inline, ...], room: int | None = None) -> str:
        return self._wrapped(self._inlines(inlines), room)

    def _wrapped(self, text: str | None, room: int | None = None) -> str:
        return broken(text or "", self._room if room is None else room)

    def _inlines(self, inlines: tuple[Inline, ...]) -> str:
        return "".join(map(self._inline, inlines))

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text() | Code():
                return inline.text
            case LineBreak():
                return "\n"
            case FootnoteRef():
                self._footnotes.append(inline)
                return f"[{len(self._footnotes)}]"
            case Link():
                return self._link(inline)
            case Superscript():
                return raised(self._inlines(inline.content))
            case Subscript():
                return lowered(self._inlines(inline.content))
            case Strikethrough():
                return f"~~{self._inlines(inline.content)}~~"
            case Strong() | Emphasis() | Underline() | Span() | Entity():
                return self._inlines(inline.content)
            case _:
                assert_never(inline)

    def _link(self, link: Link) -> str:
        shown = self._inlines(link.content)
        if link.title and [*map(str.casefold, words(link.title))] != [*map(str.casefold, words(shown))]:
            shown = f"{shown} ({link.title})"
        return linked(shown, link.href)
