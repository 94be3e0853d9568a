"""The elements of HTML, as they open and close, to the blocks of the model.

What walks a tree, or goes through the tokens of Markdown, tells the builder of each start, text and end; it needs no
recursion, so that no depth of markup can exhaust the stack. Elements that the model has no place for are transparent:
their words flow into what is around them.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from newsexport.errors import Kind
from newsexport.kit.html.addresses import joined
from newsexport.kit.html.classes import (
    aside_kind,
    code_language,
    is_caption,
    is_credit,
    is_picture_credit,
    note_kind,
)
from newsexport.kit.html.figures import FigureFrame
from newsexport.kit.html.frames import (
    AsideFrame,
    AttributionFrame,
    CaptionFrame,
    CodeFrame,
    CreditFrame,
    Frame,
    LineFrame,
    NoteFrame,
    QuoteFrame,
    Role,
    Setting,
    VerseFrame,
)
from newsexport.kit.html.inlines import STRONG, Attributes, Marks, as_direction, marks_of, with_mark
from newsexport.kit.html.lists import LooseItemFrame
from newsexport.kit.html.makers import MAKERS, heading
from newsexport.kit.html.pieces import LinkedFigure, captioned, leads_to_picture
from newsexport.kit.html.tables import TableFrame
from newsexport.kit.labels import direction
from newsexport.model import Block, Direction, Divider, Figure, Inline, LineBreak, Media
from newsexport.spi import Context

_MOST_FRAMES: Final = 20
_REMEMBERED: Final = 60

_TRANSPARENT: Final = frozenset({
    "address", "article", "body", "center", "dd", "div", "dl", "fieldset", "footer", "form", "header", "hgroup",
    "html", "legend", "main", "nav", "p", "search", "section", "tbody", "tfoot", "thead", "tr",
})  # fmt: skip
_BLOCKS: Final = _TRANSPARENT | {
    "aside", "blockquote", "caption", "details", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "li", "listing", "menu", "ol", "plaintext", "pre", "pre-verse", "summary", "table", "td", "th", "ul", "xmp",
}  # fmt: skip
_UNSAFE: Final = re.compile(r"[\x00-\x20]*(?:javascript|data|vbscript|file|blob|about)\s*:", re.IGNORECASE)
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_CONTROLS: Final = re.compile("[\t\n\r]")


class _Open(Struct):
    """An element that is open, and what held before it."""

    tag: str
    marks: Marks
    setting: Setting
    frame: Frame | None


class Builder:
    """Makes blocks of elements.

    Attributes:
        base: What relative links are relative to; None when it is not known.
    """

    def __init__(
        self, context: Context, *, base: str | None = None, language: str | None = None, depth: int = _MOST_FRAMES
    ) -> None:
        """Start with nothing.

        Args:
            context: Hears what is repaired or left out.
            base: URL of the document.
            language: Of the document: elements that state it state nothing new.
            depth: How many containers may be open at once; what nests deeper is flattened.
        """
        self.base = base
        self._context = context
        self._language = _tag(language)
        self._direction: Direction = direction(self._language or "und")
        self._depth = depth
        self._frames: list[Frame] = [Frame()]
        self._open: list[_Open] = []
        self._marks: Marks = ()
        self._setting = Setting()
        self._words = ""
        self._is_flattened = False

    # What is told

    def start(self, tag: str, attributes: Attributes) -> None:
        """Open an element."""
        opened = _Open(tag, self._marks, self._setting, None)
        self._open.append(opened)
        if tag in _BLOCKS or self._is_part(attributes):
            self._part(opened, tag, attributes)
        else:
            self._inline(tag, attributes)

    def end(self, tag: str) -> None:
        """Close an element with all that is open in it; nothing happens when it is not open."""
        if not any(opened.tag == tag for opened in self._open):
            return
        while True:
            opened = self._open.pop()
            self._close(opened)
            if opened.tag == tag:
                return

    def text(self, characters: str) -> None:
        """Add characters."""
        frame = self._frames[-1]
        if isinstance(frame, CodeFrame):
            frame.characters.append(characters)
        elif isinstance(frame, VerseFrame):
            frame.line.verbatim(characters, self._marks)
        else:
            frame.line.text(characters, self._marks)
        self._words = (self._words + characters)[-_REMEMBERED:]

    def inline(self, node: Inline) -> None:
        """Add a finished inline."""
        frame = self._frames[-1]
        if isinstance(frame, CodeFrame) and isinstance(node, LineBreak):
            frame.characters.append("\n")
        else:
            frame.line.node(node, self._marks)

    def block(self, block: Block) -> None:
        """Add a finished block."""
        frame = self._frames[-1]
        frame.flush()
        frame.add(block)

    def media(self, media: Media, caption: tuple[Inline, ...] = ()) -> None:
        """Add a picture, film or recording, with its caption, where it stands in the text."""
        href = next((mark[1] for mark in self._marks if mark[0] == "link"), None)
        is_link = href is not None and href != media.uri and not leads_to_picture(href)
        figure = LinkedFigure(media, href=href) if href is not None and is_link else Figure(media)
        self._frames[-1].beside(captioned(figure, caption) if caption else figure)

    def item(self, level: int, *, ordered: bool) -> None:
        """Make an item of a list, on a level from 1, of the paragraph that has just been opened."""
        if self._open and len(self._frames) < self._depth and not isinstance(self._frames[-1], LineFrame):
            self._push(self._open[-1], LooseItemFrame(level, ordered=ordered))

    def finish(self) -> tuple[Block, ...]:
        """Close all that is open and return the blocks."""
        while self._open:
            self._close(self._open.pop())
        return self._frames[0].blocks()

    # Where it is

    @property
    def where(self) -> str | None:
        """The place in words: what was read last."""
        words = " ".join(self._words.split())
        return f"after {words[-40:].partition(' ')[2] or words!r}" if words else None

    def within(self, kind: type[Frame]) -> bool:
        """Tell whether a place of a kind is open."""
        return any(isinstance(frame, kind) for frame in self._frames)

    def notice(self, code: str, kind: Kind, message: str) -> None:
        """Tell what happened at this place."""
        self._context.notice(code, kind, message, where=self.where)

    def address(self, href: str | None) -> str | None:
        """Return where a link leads: absolute when the base is known; None for what is no link of a text."""
        reference = _CONTROLS.sub("", href or "").strip()
        if not reference or reference.startswith("#"):
            return None
        if _UNSAFE.match(reference):
            self.notice("link.unsafe", Kind.REPAIR, f"the link to {reference[:80]!r} was dissolved, its words kept")
            return None
        if reference.startswith("//") and self.base is None:
            return f"https:{reference}"
        return reference if _SCHEME.match(reference) or self.base is None else joined(self.base, reference)

    # Inlines

    def _inline(self, tag: str, attributes: Attributes) -> None:
        frame = self._frames[-1]
        if isinstance(frame, CodeFrame):
            frame.language = frame.language or code_language(attributes)
        if tag in _QUOTED:
            self.text(_QUOTED[tag][0])
        elif tag == "br":
            self.inline(LineBreak())
        elif tag == "a" and (href := self.address(attributes.get("href"))):
            self._marks = with_mark(self._marks, ("link", href, attributes.get("title") or ""))
        for mark in marks_of(tag, attributes):
            self._marks = with_mark(self._marks, mark)
        lang = _stated(attributes)
        is_other = lang is not None and lang != (self._setting.lang or self._language)
        stated = as_direction(attributes.get("dir"))
        turned = stated if stated != (self._setting.dir or self._direction) else None
        if is_other or turned:
            self._marks = with_mark(self._marks, ("span", (is_other and lang) or "", turned or ""))

    # Blocks

    def _is_part(self, attributes: Attributes) -> bool:
        """Tell whether an inline element stands for a block, by its class."""
        if not attributes:
            return False
        if is_caption(attributes) or is_picture_credit(attributes):
            return True
        return isinstance(self._frames[-1], FigureFrame | CaptionFrame) and is_credit(attributes)

    def _part(self, opened: _Open, tag: str, attributes: Attributes) -> None:
        around = self._frames[-1]
        around.part()
        self._words += " "
        self._set(tag, attributes)
        is_line = isinstance(around, LineFrame | CodeFrame)
        if is_line and not (isinstance(around, CaptionFrame) and is_credit(attributes)):
            return
        frame = self._frame(tag, attributes)
        if frame is None:
            around.setting = self._setting
        elif len(self._frames) < self._depth:
            self._push(opened, frame)
        else:
            self._flatten()

    def _flatten(self) -> None:
        if not self._is_flattened:
            message = f"elements nested deeper than {self._depth} were flattened; their words were kept"
            self.notice("html.depth", Kind.REPAIR, message)
        self._is_flattened = True

    def _push(self, opened: _Open, frame: Frame) -> None:
        opened.frame = frame
        frame.setting = self._setting
        if isinstance(frame, TableFrame):
            for each in self._frames:
                if isinstance(each, TableFrame):
                    each.holds_tables = True
        self._frames.append(frame)

    def _set(self, tag: str, attributes: Attributes) -> None:
        stated = _stated(attributes)
        lang = self._setting.lang if stated is None else None if stated == self._language else stated
        turned = as_direction(attributes.get("dir")) or self._setting.dir
        turned = None if turned == self._direction else turned
        role = _ROLES.get(attributes.get("class") or "") if tag == "p" else None
        self._setting = Setting(lang, turned, role)

    def _frame(self, tag: str, attributes: Attributes) -> Frame | None:
        """Return the place that an element opens; None when its blocks go to where it stands."""
        maker = MAKERS.get(tag)
        if attributes.get("role") == "heading":
            maker = heading
        if maker is not None:
            return maker(self, attributes)
        if tag in {"thead", "tbody", "tfoot", "tr"}:
            self._table_part(tag)
            return None
        if tag == "hr":
            self.block(Divider())
            return None
        if tag == "dt":
            self._marks = with_mark(self._marks, STRONG)
            return LineFrame()
        return self._by_class(tag, attributes)

    def _table_part(self, tag: str) -> None:
        table = self._frames[-1]
        if not isinstance(table, TableFrame):
            return
        if tag == "tr":
            table.row()
        else:
            table.part_of(tag)

    def _by_class(self, tag: str, attributes: Attributes) -> Frame | None:
        """Return the place that an element of no meaning opens by its class."""
        around = self._frames[-1]
        if isinstance(around, FigureFrame | CaptionFrame) and is_credit(attributes):
            return CreditFrame()
        if is_picture_credit(attributes):
            return CreditFrame()
        if is_caption(attributes):
            return CaptionFrame()
        if tag == "footer" and isinstance(around, QuoteFrame):
            return AttributionFrame()
        kind = note_kind(attributes)
        if kind and not self.within(NoteFrame):
            return NoteFrame(kind)
        aside = aside_kind(attributes)
        return AsideFrame(aside) if aside == "factbox" else None

    def _close(self, opened: _Open) -> None:
        frame = self._frames[-1]
        if opened.frame is not None:
            while self._frames[-1] is not opened.frame:
                self._pop()
            self._pop()
        elif opened.tag in _BLOCKS:
            frame.part()
            if opened.tag in {"thead", "tbody", "tfoot"} and isinstance(frame, TableFrame):
                frame.part_of(None)
        if opened.tag in _QUOTED and opened.tag not in _BLOCKS:
            self.text(_QUOTED[opened.tag][1])
        self._marks, self._setting = opened.marks, opened.setting
        self._frames[-1].setting = self._setting

    def _pop(self) -> None:
        frame = self._frames.pop()
        frame.close(self._frames[-1])


_QUOTED: Final = {"q": ("“", "”"), "rt": ("(", ")")}
_ROLES: Final[dict[str, Role]] = {"lead": "lead", "note": "note"}


def _stated(attributes: Attributes) -> str | None:
    return _tag(attributes.get("lang") or attributes.get("xml:lang"))


def _tag(language: str | None) -> str | None:
    """Return a language tag as BCP 47 writes it; None for none."""
    return (language or "").strip().replace("_", "-") or None
