"""The texts of an entry: feeds state them as plain text or as markup, whole or as a summary, once or several times."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from msgspec import Struct

from newsexport.errors import Kind
from newsexport.kit.html import Fragment, blocks, inlines
from newsexport.kit.html.embeds import provider
from newsexport.model import Aside, Block, Embed, Figure, Inline, Paragraph, Text
from newsexport.model.walk import block_text, plain_text, words
from newsexport.spi import Asset, Context

Values: TypeAlias = Mapping[str, Any]
"""What feedparser made of an element."""

_HTML: Final = frozenset({"text/html", "application/xhtml+xml"})
_MARKUP: Final = re.compile(r"</\w|<(?:br|hr|img|p)\b", re.IGNORECASE)
_GAP: Final = re.compile(r"\n[ \t\r]*\n\s*")
# The plug-in Yoast SEO adds it to each summary.
_APPENDED: Final = re.compile(r"The post .+ (?:appeared first|first appeared) on .+", re.DOTALL)
_CUT: Final = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$")
_COMPARED: Final = 12
_LONGEST_STANDFIRST: Final = 400


class Body(Struct, frozen=True):
    """The text of an entry.

    Attributes:
        blocks: The text itself.
        assets: Pictures that stood in its markup.
        standfirst: From a summary that says more than the beginning of the text.
        pictures: That only the summary shows.
    """

    blocks: tuple[Block, ...] = ()
    assets: tuple[Asset, ...] = ()
    standfirst: tuple[Inline, ...] = ()
    pictures: tuple[Figure, ...] = ()


class TextReader:
    """Reads the texts of one entry."""

    def __init__(self, context: Context, where: str, *, base: str | None, language: str | None) -> None:
        """Get ready.

        Args:
            context: Hears what is repaired or left out.
            where: Which entry it is.
            base: What links are relative to where the element does not say.
            language: Of the entry.
        """
        self._context = context
        self._where = where
        self._base = base
        self._language = language

    def line(self, detail: Values) -> tuple[Inline, ...]:
        """Return a title."""
        value = detail.get("value") or ""
        if _is_html(detail.get("type"), value):
            return inlines(value, self._context, base=self._base_of(detail))
        text = " ".join(value.split())
        return (Text(text),) if text else ()

    def plain(self, detail: Values) -> str | None:
        """Return a line without its markup; None for an empty one."""
        return " ".join(plain_text(self.line(detail)).split()) or None

    def body(self, contents: Sequence[Values], summary: Values) -> Body:
        """Return the text of an entry.

        Args:
            contents: Alternatives of the text; markup is better than plain text, more better than less.
            summary: A summary of it, or all there is of it.
        """
        stated = [each for each in contents if (each.get("value") or "").strip()]
        if not stated:
            return self._without_content(contents, summary)
        best = max(stated, key=lambda each: (each.get("type") in _HTML, len(each["value"])))
        read = self._fragment(best)
        text = _words(read.blocks)
        self._say_left([each for each in stated if each is not best], text)
        return self._summarised(read, self._fragment(summary), text)

    def _without_content(self, contents: Sequence[Values], summary: Values) -> Body:
        read = self._fragment(summary)
        if read.blocks:
            self._say("feeds.summary-only", Kind.INFO, "the entry holds a summary, which was taken for the text")
        addresses = [str(each["src"]) for each in contents if each.get("src")]
        for each in addresses:
            self._say("feeds.content-elsewhere", Kind.INFO, f"the text of the entry is at {each[:200]!r}")
        return Body((*read.blocks, *(Embed(each, provider=provider(each)) for each in addresses)), read.assets)

    def _summarised(self, read: Fragment, summary: Fragment, text: str) -> Body:
        """Add what a summary says beyond the text."""
        pictures = tuple(each for each in summary.blocks if isinstance(each, Figure))
        rest = [each for each in summary.blocks if not isinstance(each, Figure) and not _is_part(each, text)]
        standfirst: tuple[Inline, ...] = ()
        above: tuple[Block, ...] = ()
        match rest:
            case []:
                pass
            case [Paragraph(content=content) as block] if len(block_text(block)) <= _LONGEST_STANDFIRST:
                standfirst = content
            case _:
                above = (Aside("summary", blocks=tuple(rest)),)
        return Body((*above, *read.blocks), (*read.assets, *summary.assets), standfirst, pictures)

    def _fragment(self, detail: Values) -> Fragment:
        markup = self._markup(detail.get("type") or "text/html", (detail.get("value") or "").strip())
        return blocks(markup, self._context, base=self._base_of(detail), language=self._language)

    def _markup(self, media_type: str, value: str) -> str:
        """Return a text as HTML; paragraphs of plain text are parted by blank lines."""
        is_text = media_type.startswith("text/") or media_type.endswith("xml")
        if value and not is_text and media_type != "application/octet-stream":
            self._say("feeds.content-type", Kind.LOSS, f"a text of the type {media_type[:80]!r} was left out")
            return ""
        is_html = _is_html(media_type, value)
        if is_html and "<" in value:
            return value
        escaped = value if is_html else html.escape(value, quote=False)
        return "".join(f"<p>{part}</p>" for part in _GAP.split(escaped))

    def _say_left(self, others: Sequence[Values], text: str) -> None:
        """Tell of alternatives that are none, for they say something else."""
        for each in others:
            left = [block for block in self._fragment(each).blocks if not _is_part(block, text)]
            if left:
                message = f"another text of the entry was left out: {block_text(left[0])[:60]!r}"
                self._say("feeds.alternative", Kind.LOSS, message)

    def _base_of(self, detail: Values) -> str | None:
        return detail.get("base") or self._base

    def _say(self, code: str, kind: Kind, message: str) -> None:
        self._context.notice(code, kind, message, where=self._where)


def _is_html(media_type: str | None, value: str) -> bool:
    return media_type in _HTML or (media_type not in {None, "text/plain"} and bool(_MARKUP.search(value)))


def _words(found: Sequence[Block]) -> str:
    text = " ".join(words("\n".join(block_text(each) for each in found).casefold()))
    return f" {text} "


def _is_part(block: Block, text: str) -> bool:
    """Tell whether a block of a summary was cut out of the text, as far as its first words tell."""
    said = block_text(block)
    if _APPENDED.fullmatch(said.strip()):
        return True
    first = words(said.casefold())
    if len(first) > _COMPARED or _CUT.search(said):
        first = first[: min(_COMPARED, len(first) - 1)]
    return f" {' '.join(first)} " in text if first else not isinstance(block, Embed)
