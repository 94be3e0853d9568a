"""Places that blocks go to while their elements are open, and what becomes of them at the end."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct, structs

from newsexport.kit.html.inlines import Line, Run, assembled, bearing, paragraphs, undashed, without
from newsexport.kit.html.pieces import Piece, captioned, credited, settled
from newsexport.model import (
    Aside,
    Block,
    CodeBlock,
    Figure,
    Heading,
    Inline,
    Note,
    NoteKind,
    Paragraph,
    Quote,
)
from newsexport.model.base import Direction
from newsexport.model.walk import plain_text

Role: TypeAlias = Literal["lead", "note"]
AsideKind: TypeAlias = Literal["factbox", "sidebar", "summary", "related"]


class Setting(Struct, frozen=True):
    """What the blocks at a place have in common.

    Attributes:
        lang: None when it is that of the surroundings.
        dir: None when it is that of the surroundings.
        role: Of paragraphs.
    """

    lang: str | None = None
    dir: Direction | None = None
    role: Role | None = None


class Frame:
    """A place that blocks go to.

    Attributes:
        pieces: Blocks so far.
        line: Text that no block holds yet.
        setting: Of the paragraph that the text becomes.
    """

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.line = Line()
        self.setting = Setting()
        self._deferred: list[Piece] = []

    def add(self, *pieces: Piece) -> None:
        """Add blocks below what is there."""
        self.pieces += pieces

    def beside(self, piece: Piece) -> None:
        """Add a block that stands within a text: in front of it, or below when the text has begun."""
        if self.line.is_blank or self.line.ends_in_break:
            self.flush()
            self.add(piece)
        else:
            self._deferred.append(piece)

    def part(self) -> None:
        """Begin a new block: what was text so far becomes one."""
        self.flush()

    def flush(self) -> None:
        """Make paragraphs of the text so far."""
        if self.line:
            for runs in paragraphs(self.line.take()):
                self.paragraph(runs)
        if self._deferred:
            deferred, self._deferred = self._deferred, []
            self.add(*deferred)

    def paragraph(self, runs: list[Run]) -> None:
        """Take the text of one paragraph."""
        content = assembled(runs)
        if content:
            self.add(Paragraph(content, self.setting.role, lang=self.setting.lang, dir=self.setting.dir))

    def take_caption(self, content: tuple[Inline, ...]) -> bool:
        """Take a caption for what stands last; return False where there is nothing that could have one."""
        last = self.pieces[-1] if self.pieces else None
        if self.line or not isinstance(last, Figure) or last.caption:
            return False
        self.pieces[-1] = captioned(last, content)
        return True

    def take_credit(self, credit: str) -> bool:
        """Take a credit for what stands last; return False where there is nothing that could have one."""
        last = self.pieces[-1] if self.pieces else None
        if self.line or not isinstance(last, Figure):
            return False
        self.pieces[-1] = credited(last, credit)
        return True

    def blocks(self) -> tuple[Block, ...]:
        """Return all blocks."""
        self.flush()
        return settled(self.pieces)

    def close(self, parent: Frame) -> None:
        """Hand over to the place around what became of this one."""
        parent.add(*self.blocks())


class LineFrame(Frame):
    """A place for one line: blocks that start in it only part it, and what is no text follows it."""

    def add(self, *pieces: Piece) -> None:
        """Keep blocks that no line can hold."""
        self._deferred += pieces

    def beside(self, piece: Piece) -> None:
        """Keep a block that no line can hold."""
        self._deferred.append(piece)

    def part(self) -> None:
        """Begin a new line within the block."""
        self.line.separate()

    def flush(self) -> None:
        """Do nothing: the line is whole at the end alone."""

    def close(self, parent: Frame) -> None:
        """Hand over the line, then what could not stand in it."""
        content = assembled(self.line.take())
        if content:
            self.give(content, parent)
        parent.add(*self._deferred)

    def give(self, content: tuple[Inline, ...], parent: Frame) -> None:
        """Hand over the line."""
        parent.add(Paragraph(content, self.setting.role, lang=self.setting.lang, dir=self.setting.dir))


class HeadingFrame(LineFrame):
    """A heading, of level 1 to 6; see `newsexport.kit.html.pieces.levelled` for what becomes of the first."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level

    def give(self, content: tuple[Inline, ...], parent: Frame) -> None:
        """Add the heading."""
        parent.add(Heading(content, self._level, lang=self.setting.lang, dir=self.setting.dir))


class CaptionFrame(LineFrame):
    """A caption or title: of what is around it, else of what is before it, else a paragraph.

    Attributes:
        credit: A credit within the caption.
    """

    def __init__(self) -> None:
        super().__init__()
        self.credit: str | None = None

    def take_credit(self, credit: str) -> bool:
        """Take a credit that stands in the caption."""
        self.credit = credit if self.credit is None else f"{self.credit} {credit}"
        return True

    def close(self, parent: Frame) -> None:
        """Give the caption to what it belongs to, and the credit with it."""
        content = assembled(self.line.take())
        # A picture within the caption of another: Blogger and old tables.
        parent.add(*self._deferred)
        if content and not parent.take_caption(content):
            self.give(content, parent)
        if self.credit and not parent.take_credit(self.credit):
            parent.add(Paragraph(assembled([(self.credit, ())]), "note"))


class CreditFrame(LineFrame):
    """The credit of a picture."""

    def give(self, content: tuple[Inline, ...], parent: Frame) -> None:
        """Give the credit to what it belongs to."""
        if not parent.take_credit(_bare(plain_text(content))):
            super().give(content, parent)


def _bare(credit: str) -> str:
    bare = credit.strip()
    is_bracketed = bare[:1] in "([" and bare[-1:] in ")]" and not any(mark in bare[1:-1] for mark in "()[]")
    return bare[1:-1].strip() if is_bracketed else bare


class QuoteFrame(Frame):
    """Words of somebody else."""

    def __init__(self, *, pull: bool, cite: str | None) -> None:
        super().__init__()
        self._pull = pull
        self._cite = cite
        self.attribution: tuple[Inline, ...] = ()

    def paragraph(self, runs: list[Run]) -> None:
        """Take a paragraph; one that is all source is the attribution."""
        if self.pieces and not self.attribution and bearing("cite", runs):
            self.attribution = undashed(assembled(without("cite", runs)))
        else:
            super().paragraph(runs)

    def close(self, parent: Frame) -> None:
        """Add the quotation; one without words is none."""
        blocks = self.blocks()
        match blocks:
            case (Quote() as quote,) if self._pull:
                # Some mark a pull quote around a block quotation.
                parent.add(structs.replace(quote, attribution=quote.attribution or self.attribution, pull=True))
                return
        if blocks:
            parent.add(Quote(blocks, self.attribution, pull=self._pull, cite=self._cite))
        elif self.attribution:
            parent.add(Paragraph(self.attribution))


class AttributionFrame(LineFrame):
    """Who said what is quoted around it."""

    def give(self, content: tuple[Inline, ...], parent: Frame) -> None:
        """Give the attribution to the quotation."""
        if isinstance(parent, QuoteFrame):
            between = assembled([(", ", ())]) if parent.attribution else ()
            parent.attribution = (*parent.attribution, *between, *undashed(content))
        else:
            super().give(content, parent)


class AsideFrame(Frame):
    """Matter beside the story."""

    def __init__(self, kind: AsideKind) -> None:
        super().__init__()
        self._kind: AsideKind = kind
        self._title: tuple[Inline, ...] = ()

    def take_caption(self, content: tuple[Inline, ...]) -> bool:
        """Take its title."""
        if self.pieces or self._title:
            return super().take_caption(content)
        self._title = content
        return True

    def close(self, parent: Frame) -> None:
        """Add the aside."""
        blocks = self.blocks()
        if blocks or self._title:
            parent.add(Aside(self._kind, self._title, blocks))


class VerseFrame(Frame):
    """Text whose line breaks count and that bears marks, as verses do."""


class NoteFrame(Frame):
    """A word of the desk to its readers."""

    def __init__(self, kind: NoteKind) -> None:
        super().__init__()
        self._kind: NoteKind = kind

    def close(self, parent: Frame) -> None:
        """Add the note."""
        blocks = self.blocks()
        if blocks:
            parent.add(Note(self._kind, blocks=blocks))


class CodeFrame(Frame):
    """Text whose line breaks and blanks count.

    Attributes:
        language: That it is written in.
        characters: So far.
    """

    def __init__(self, language: str | None) -> None:
        super().__init__()
        self.language = language
        self.characters: list[str] = []

    def close(self, parent: Frame) -> None:
        """Add the text as it stands."""
        text = "".join(self.characters).strip("\n")
        if text.strip():
            parent.add(CodeBlock(text, self.language))
        parent.add(*self.blocks())
