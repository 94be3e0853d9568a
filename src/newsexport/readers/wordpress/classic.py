"""Posts of the classic editor: a blank line parts paragraphs, a line break is one, a URL alone on its line is embedded.

Source: WordPress Developer Resources, "wpautop"; WordPress support, "Embeds".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Final, Literal, TypeAlias

from newsexport.kit.html import embeds
from newsexport.readers.wordpress.library import embed

Kind: TypeAlias = Literal["text", "block", "inline", "break"]

_NAME: Final = re.compile(r"</?([a-z][a-z0-9]*)", re.IGNORECASE)
_BLOCKS: Final = frozenset({
    "address", "area", "article", "aside", "audio", "blockquote", "caption", "col", "colgroup", "dd", "details", "div",
    "dl", "dt", "embed", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "legend", "li", "main", "map", "menu", "nav", "object", "ol", "optgroup", "option", "p",
    "param", "pre", "script", "section", "select", "source", "style", "summary", "table", "tbody", "td", "textarea",
    "tfoot", "th", "thead", "tr", "track", "ul", "video",
})  # fmt: skip
# Their line breaks are none of the text's.
_KEPT: Final = frozenset({"pre", "script", "style", "svg", "textarea"})
_BREAKS: Final = re.compile(r"\n[ \t]*(?P<more>\n\s*)?")
_ADDRESS: Final = re.compile(r"[ \t]*(https?://[^\s<>\"]+)[ \t]*", re.IGNORECASE)
_PARAGRAPH: Final = re.compile(r"<p(?:\s[^<>]*)?>\s*(https?://[^\s<>\"]+)\s*</p>", re.IGNORECASE)


def broken(content: str) -> str:
    """Return content with an element for each line break that counts, and addresses alone on a line embedded."""
    parts: list[str] = []
    before: Kind = "block"
    pieces = list(_pieces(content.replace("\r\n", "\n").replace("\r", "\n")))
    for index, (kind, piece) in enumerate(pieces):
        if kind != "text":
            parts.append(piece)
            before = kind
            continue
        after = pieces[index + 1][0] if index + 1 < len(pieces) else "block"
        parts.append(_text(piece, before, after))
        before = kind
    return "".join(parts)


def embedded(content: str) -> str:
    """Return HTML whose paragraphs of nothing but the address of a known service are embeds."""
    return _PARAGRAPH.sub(lambda found: _embed(found[1]) or found[0], content)


def _embed(address: str) -> str | None:
    url = unescape(address)
    return embed(url) if embeds.provider(url) else None


def _text(text: str, before: Kind, after: Kind) -> str:
    """Return text between two elements with its line breaks as elements."""
    if before == "break":
        # The line break behind a break is its own.
        text = re.sub(r"\A[ \t]*\n", "", text)
    start = len(text) - len(text.lstrip()) if before == "block" else 0
    end = max(start, len(text.rstrip())) if after == "block" else len(text)
    lines = _BREAKS.sub(lambda found: "<br><br>\n" if found["more"] else "<br>\n", text[start:end]).split("\n")
    first = 0 if before == "block" else 1
    last = len(lines) if after == "block" else len(lines) - 1
    shown = (_line(line) if first <= index < last else line for index, line in enumerate(lines))
    return text[:start] + "\n".join(shown) + text[end:]


def _line(line: str) -> str:
    text = line.replace("<br>", "")
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return line
    return _embed(found[1]) or line.replace(found[1], f'<a href="{escape(unescape(found[1]))}">{found[1]}</a>')


def _pieces(content: str) -> Iterator[tuple[Kind, str]]:
    """Yield the text and the tags of content in order; comments are left out, and what keeps its lines is one block."""
    marks = _Marks(content)
    position = 0
    while (start := content.find("<", position)) >= 0:
        if start > position:
            yield "text", content[position:start]
        if content.startswith("<!--", start):
            position = marks.after("-->", start) or start + len("<!--")
            if content.startswith(("<!--more", "<!--nextpage"), start):
                yield "block", "<div></div>\n"
            continue
        found = _NAME.match(content, start)
        position = marks.after(">", start) or start + 1 if found else start + 1
        name = found[1].lower() if found and position > start + 1 else ""
        if name in _KEPT and content[start + 1] != "/":
            position = marks.after(f"</{name}>", position) or position
        yield _kind(name), content[start:position]
    if position < len(content):
        yield "text", content[position:]


class _Marks:
    """Where marks are in a text: one that does not come any more is searched for once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._gone: set[str] = set()

    def after(self, mark: str, start: int) -> int | None:
        """Return the position behind the next one; None where there is none."""
        found = -1 if mark in self._gone else self._text.find(mark, start)
        if found < 0:
            self._gone.add(mark)
            return None
        return found + len(mark)


def _kind(name: str) -> Kind:
    match name:
        case "":
            return "text"
        case "br":
            return "break"
        case _:
            return "block" if name in _BLOCKS else "inline"
