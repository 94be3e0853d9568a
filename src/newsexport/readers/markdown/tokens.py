"""From the tokens of Markdown to blocks: the builder is told of elements, HTML goes through the walk of HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape
from typing import Any, Final

from markdown_it.token import Token
from msgspec import structs
from selectolax.lexbor import LexborNode

from newsexport.errors import Kind
from newsexport.kit.html import Builder, Walk, parse
from newsexport.kit.html.inlines import Attributes
from newsexport.kit.html.pieces import captioned
from newsexport.model import (
    Block,
    Code,
    CodeBlock,
    Figure,
    FootnoteRef,
    Heading,
    Image,
    Inline,
    LineBreak,
    Paragraph,
    Text,
)
from newsexport.readers.markdown import inserts, raw
from newsexport.readers.markdown.grammar import parser
from newsexport.readers.markdown.shortcodes import Shortcode, ends, scan
from newsexport.readers.markdown.values import plain
from newsexport.spi import Asset, Context

_NOTE_DEPTH: Final = 6
# ``python``, ``{.python}``, ``{python, echo=false}``
_LANGUAGE: Final = re.compile(r"\s*\{?\.?([\w+#-]+)")


class Teller:
    """Tells builders what a text in Markdown holds.

    Attributes:
        context: Hears what is repaired or left out.
        ended: Names of shortcodes that are ended somewhere.
    """

    def __init__(self, context: Context, *, base: str | None = None, language: str | None = None) -> None:
        """Get ready.

        Args:
            context: Hears what is repaired or left out.
            base: What relative links are relative to; None when it is not known.
            language: Of the document.
        """
        self.context = context
        self.ended: frozenset[str] = frozenset()
        self._base = base
        self._language = language
        self._walk = Walk(context, base=base, language=language, others={raw.SLOT: self._slot})
        self._slots = raw.Slots()
        self._containers: list[Callable[[Builder], None]] = []
        self._env: dict[str, Any] = {}
        self._notes: dict[str, list[Token]] = {}
        self._unused: dict[str, None] = {}
        self._is_in_note = False
        self._first = 1
        self._line = 1

    # What is asked for

    def blocks(self, text: str, first: int = 1) -> tuple[Block, ...]:
        """Return the blocks of a text whose first line has a number in the input."""
        self.ended = ends(text)
        self._first = self._line = first
        self._env = {}
        tokens = self._without_notes(parser().parse(text, self._env))
        builder = self._builder()
        self._tell(tokens, builder)
        return (*builder.finish(), *self._left_over())

    def inlines(self, text: str) -> tuple[Inline, ...]:
        """Return the inlines of a line of Markdown, such as a caption."""
        builder = self._builder()
        self.words(text, builder)
        lines = [block.content for block in builder.finish() if isinstance(block, Paragraph | Heading)]
        return tuple(inline for index, line in enumerate(lines) for inline in ((LineBreak(),) * (index > 0) + line))

    def words(self, text: str, builder: Builder) -> None:
        """Tell of a line of Markdown."""
        around, self._env = self._env, {}
        line = self._line
        for token in parser().parseInline(text, self._env):
            self._tell(token.children or [], builder)
        self._env, self._line = around, line

    def shown(self, attributes: Attributes, builder: Builder) -> Image | None:
        """Return the picture that attributes as those of ``img`` state; None where they state none."""
        uri = (attributes.get("src") or "").strip()
        is_safe = uri[:5].lower() == "data:" or builder.address(uri) is not None
        return self._walk.shown(attributes, builder) if is_safe else None

    def figure(self, stated: Mapping[str, str]) -> Figure | None:
        """Return a picture with its caption, of ``src``, ``alt``, ``caption``, ``credit``; None where there is none."""
        # Templates of front matter have empty descriptions in them: none was written.
        alt = plain(stated.get("alt") or stated.get("alttext") or "")
        sizes = {name: stated[name] for name in ("width", "height") if name in stated}
        attributes = {"src": stated.get("src"), **sizes, **({"alt": alt} if alt else {})}
        media = self.shown(attributes, self._builder())
        if media is None:
            return None
        credit, caption = plain(stated.get("credit", "")), self.inlines(stated.get("caption", ""))
        figure = Figure(structs.replace(media, credit=credit or None))
        return captioned(figure, caption) if caption else figure

    def media_address(self, uri: str) -> str:
        """Return the address of a film or a recording, absolute when the base is known."""
        return self._walk.picture_address(uri)

    @property
    def assets(self) -> tuple[Asset, ...]:
        """Pictures that stood in the text itself."""
        return tuple(self._walk.assets.values())

    def notice(self, code: str, kind: Kind, message: str) -> None:
        """Tell what happened at this line."""
        self.context.notice(code, kind, message, where=f"line {self._line}")

    def _builder(self, depth: int = 20) -> Builder:
        return Builder(self.context, base=self._base, language=self._language, depth=depth)

    # Tokens

    def _tell(self, tokens: Sequence[Token], builder: Builder) -> None:
        self._run(tokens, raw.regions(tokens), 0, len(tokens), builder)

    def _run(self, tokens: Sequence[Token], regions: dict[int, int], start: int, stop: int, builder: Builder) -> None:
        index = start
        while index < stop:
            last = regions.get(index)
            if last is None:
                self._token(tokens[index], builder)
                index += 1
            else:
                self._html(tokens, regions, index, last, builder)
                index = last + 1

    def _token(self, token: Token, builder: Builder) -> None:
        if token.map and token.nesting >= 0:
            self._line = self._first + token.map[0]
        special = _SPECIAL.get(token.type)
        if special is not None:
            special(self, token, builder)
        elif token.nesting >= 0 and token.tag:
            builder.start(token.tag, {name: str(value) for name, value in token.attrs.items()})
            self._title(token, builder)
        if special is None and token.nesting <= 0 and token.tag:
            builder.end(token.tag)

    def _title(self, token: Token, builder: Builder) -> None:
        """Tell of the title of a call-out."""
        title = token.meta.get("title")
        if title:
            builder.start("summary", {})
            self.words(title, builder)
            builder.end("summary")

    def _inline(self, token: Token, builder: Builder) -> None:
        self._tell(token.children or [], builder)

    def _text(self, token: Token, builder: Builder) -> None:
        builder.text(token.content)

    def _softbreak(self, _: Token, builder: Builder) -> None:
        self._line += 1
        builder.text(" ")

    def _hardbreak(self, _: Token, builder: Builder) -> None:
        self._line += 1
        builder.inline(LineBreak())

    def _code(self, token: Token, builder: Builder) -> None:
        builder.inline(Code(token.content))

    def _code_block(self, token: Token, builder: Builder) -> None:
        text = token.content.rstrip("\n")
        language = _LANGUAGE.match(token.info)
        if text.strip():
            builder.block(CodeBlock(text, language[1] if language else None))

    def _image(self, token: Token, builder: Builder) -> None:
        alt = _plain(token.children or [])
        # An empty description is none that was written: Markdown has no way to leave it out.
        attributes = {"src": str(token.attrs.get("src", "")), **({"alt": alt} if alt else {})}
        found = self.shown(attributes, builder)
        title = str(token.attrs.get("title", ""))
        if found is None:
            builder.text(f"{alt} {title}")
        else:
            builder.media(found, (Text(title),) if title else ())

    # Shortcodes

    def _shortcode(self, token: Token, builder: Builder) -> None:
        self.insert(token.meta["call"], builder)

    def insert(self, call: Shortcode, builder: Builder) -> None:
        """Tell of what a shortcode stands for."""
        inserts.tell(call, self, builder)

    def _open(self, token: Token, builder: Builder) -> None:
        self._containers.append(inserts.open_around(token.meta["call"], self, builder))

    def _close(self, _: Token, builder: Builder) -> None:
        self._containers.pop()(builder)

    # HTML

    def _html(self, tokens: Sequence[Token], regions: dict[int, int], first: int, last: int, builder: Builder) -> None:
        parts = [
            self._filled(piece)
            if isinstance(piece, str)
            else self._slots.add(partial(self._run, tokens, regions, *piece))
            for piece in raw.pieces(tokens, first, last)
        ]
        # An explicit body, for what may stand in a head would be taken for one.
        markup = f"<body>{''.join(parts)}"
        body = parse(markup, self.context).css_first("body")
        if body is not None:
            self._walk.tell(body, builder)
            self._slots.rest(markup, body, builder)

    def _slot(self, _: Walk, __: LexborNode, attributes: Attributes, builder: Builder) -> bool:
        self._slots.tell(attributes.get("n"), builder)
        return True

    def _filled(self, content: str) -> str:
        """Return HTML with slots, or addresses, in place of its shortcodes."""
        calls: list[Shortcode] = []
        parts: list[str] = []
        position = 0
        while (found := content.find("{", position)) >= 0:
            call = scan(content, found, len(content))
            parts.append(content[position : found if call else found + 1])
            position = call.stop if call else found + 1
            if call is not None:
                parts.append(raw.mark(len(calls)))
                calls.append(call)
        return raw.whole("".join([*parts, content[position:]]), partial(self._standing, calls))

    def _standing(self, calls: Sequence[Shortcode], number: int, is_in_tag: bool) -> str:
        """Return what stands in HTML for a shortcode."""
        call = calls[number]
        if call.role == "literal":
            return escape(call.source)
        if call.role not in {"call", "value"}:
            return ""
        return escape(call.target) if is_in_tag else self._slots.add(partial(self.insert, call))

    # Footnotes

    def _without_notes(self, tokens: Sequence[Token]) -> list[Token]:
        """Take the notes out of a text."""
        rest: list[Token] = []
        around: list[list[Token]] = [rest]
        self._notes, self._unused = {}, {}
        for token in tokens:
            if token.type == "footnote_reference_open":
                label = token.meta["label"]
                name = label if label not in self._notes else f"{label} {len(self._notes)}"
                self._unused[name] = None
                around.append(self._notes.setdefault(name, []))
            elif token.type == "footnote_reference_close":
                around.pop()
            else:
                around[-1].append(token)
        return rest

    def _footnote(self, token: Token, builder: Builder) -> None:
        label = token.meta.get("label")
        if self._is_in_note:
            # No document holds a note within a note: its label stays, or its words.
            if label is None:
                self._tell(self._env["footnotes"]["list"][token.meta["id"]]["tokens"], builder)
            else:
                builder.text(f"[{label}]")
            return
        tokens = self._notes.get(label, []) if label else self._env["footnotes"]["list"][token.meta["id"]]["tokens"]
        self._unused.pop(label or "", None)
        blocks = self._note(tokens)
        if blocks:
            builder.inline(FootnoteRef(blocks))

    def _note(self, tokens: Sequence[Token]) -> tuple[Block, ...]:
        line = self._line
        self._is_in_note = True
        builder = self._builder(_NOTE_DEPTH)
        self._tell(tokens, builder)
        self._is_in_note = False
        self._line = line
        return builder.finish()

    def _left_over(self) -> tuple[Block, ...]:
        """Return the notes that nothing refers to, as small print below the text."""
        blocks: list[Block] = []
        for name in self._unused:
            found = self._note(self._notes[name])
            blocks += (structs.replace(each, role="note") if isinstance(each, Paragraph) else each for each in found)
            message = f"nothing refers to the footnote {name.partition(' ')[0]!r}: it stands below the text"
            self.context.notice("markdown.footnote", Kind.REPAIR, message)
        return tuple(blocks)


def _plain(tokens: Sequence[Token]) -> str:
    """Return the characters of a description."""
    parts = (
        " "
        if token.type.endswith("break")
        else _plain(token.children or [])
        if token.type == "image"
        else token.content
        for token in tokens
        if token.type not in {"html_inline", "shortcode"}
    )
    return " ".join("".join(parts).split())


_SPECIAL: Final[dict[str, Callable[[Teller, Token, Builder], None]]] = {
    "inline": Teller._inline,
    **dict.fromkeys(("text", "text_special"), Teller._text),
    "softbreak": Teller._softbreak,
    "hardbreak": Teller._hardbreak,
    "code_inline": Teller._code,
    **dict.fromkeys(("fence", "code_block"), Teller._code_block),
    "image": Teller._image,
    "footnote_ref": Teller._footnote,
    "shortcode": Teller._shortcode,
    "shortcode_open": Teller._open,
    "shortcode_close": Teller._close,
}
