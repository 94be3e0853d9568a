"""HTML within Markdown: which pieces of it belong together, and one markup of them with slots for what is between.

A parser of HTML must see an element whole, from ``<details>`` to ``</details>``. What CommonMark makes of the text in
between is told where its slot is met on the way through the tree, so that neither can break the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from markdown_it.token import Token
from selectolax.lexbor import LexborNode

from newsexport.kit.html import Builder

SLOT: Final = "newsexport-slot"

Tell = Callable[[Builder], None]

_TAG: Final = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<end>/?)(?P<name>[A-Za-z][^\s/<>]*+)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>", re.DOTALL
)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
# Markup, and what only looks like it: an address between angles; a tag, or a comment, that never ends.
_MARKUP: Final = re.compile(
    r"(?P<address><(?=[A-Za-z][\w+.-]*://|[\w.+-]+@))|<(?:!(?!--)|\?)[^>]*>"
    r"|</?[A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>|(?P<lone><)"
)
_MARK: Final = re.compile("\ufdd0(\\d+)\ufdd1")
_NO_MARKS: Final = str.maketrans("", "", "\ufdd0\ufdd1")
_OWN: Final = re.compile(SLOT, re.IGNORECASE)
_PLAINTEXT: Final = re.compile(r"<(/?)plaintext", re.IGNORECASE)
_VOID: Final = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
# Elements whose content is no markup to a parser.
_RAW: Final = frozenset({"iframe", "noembed", "noframes", "textarea", "title", "xmp"})
_HIDDEN: Final = frozenset({"script", "style"})
# What may stay open to the end of a text; anything else that is never closed would hide it, or part it.
_OPEN: Final = frozenset({
    "a", "abbr", "b", "big", "center", "cite", "code", "dd", "del", "dfn", "dt", "em", "font", "i", "ins", "kbd",
    "li", "mark", "p", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
})  # fmt: skip
_MOST_OPEN: Final = 256


class Slots:
    """What is told where a slot is met."""

    def __init__(self) -> None:
        self._waiting: dict[str, Tell] = {}
        self._count = 0

    def add(self, tell: Tell) -> str:
        """Return the markup of a new slot."""
        self._count += 1
        self._waiting[str(self._count)] = tell
        return f'<{SLOT} n="{self._count}"></{SLOT}>'

    def tell(self, number: str | None, builder: Builder) -> None:
        """Tell what a slot stands for, once."""
        told = self._waiting.pop(number or "", None)
        if told is not None:
            told(builder)

    def rest(self, markup: str, tree: LexborNode, builder: Builder) -> None:
        """Tell what the parser has left out of the tree of a markup; what is hidden in it is forgotten."""
        present = {node.attributes.get("n") for node in tree.css(SLOT)}
        for number in re.findall(rf'<{SLOT} n="(\d+)">', markup):
            if number not in present:
                self.tell(number, builder)
            self._waiting.pop(number, None)


def regions(tokens: Sequence[Token]) -> dict[int, int]:
    """Return the first and last token of each region that has to be parsed as one piece of HTML.

    In a text it goes from the first tag to the end; among blocks, from one that opens an element to the one that
    closes it, when both stand in the same container.
    """
    first = next((index for index, token in enumerate(tokens) if token.type == "html_inline"), None)
    if first is not None:
        return {first: len(tokens) - 1}
    found: dict[int, int] = {}
    around: list[list[tuple[str, int]]] = [[]]
    for index, token in enumerate(tokens):
        if token.nesting > 0:
            around.append([])
        elif token.nesting < 0:
            around.pop()
        elif token.type == "html_block":
            found[index] = index
            for start in _opened(token.content, index, around[-1]):
                found[start] = index
    return _merged(found, tokens)


def _opened(content: str, index: int, around: list[tuple[str, int]]) -> Iterator[int]:
    """Yield the tokens that open what this one closes; what it opens itself is added to what is open around."""
    for tag in _TAG.finditer(content):
        name = (tag["name"] or "").lower()
        if not name or name in _VOID | _RAW | _HIDDEN:
            continue
        if not tag["end"]:
            around.append((name, index))
            del around[:-_MOST_OPEN]
            continue
        place = next((at for at in range(len(around) - 1, -1, -1) if around[at][0] == name), None)
        if place is not None:
            yield around[place][1]
            del around[place:]


def _merged(found: dict[int, int], tokens: Sequence[Token]) -> dict[int, int]:
    """Join regions of the same container that overlap."""
    merged: dict[int, int] = {}
    latest: dict[int, int] = {}
    for start in sorted(found):
        level = tokens[start].level
        before = latest.get(level)
        if before is not None and start <= merged[before]:
            merged[before] = max(merged[before], found[start])
        else:
            latest[level] = start
            merged[start] = found[start]
    return merged


def pieces(tokens: Sequence[Token], first: int, last: int) -> Iterator[str | tuple[int, int]]:
    """Yield a region piece by piece: HTML, and runs of tokens between as the first and the one behind the last."""
    kind, level = tokens[first].type, tokens[first].level
    places = [
        index
        for index in range(first, last + 1)
        if tokens[index].type == kind and (kind == "html_inline" or tokens[index].level == level)
    ]
    contents = [_plain(tokens[index].content) for index in places]
    if kind == "html_inline":
        contents = list(_closed(contents))
    position = first
    hidden = ""
    for index, content in zip(places, contents, strict=True):
        if position < index and not hidden:
            yield position, index
        yield content
        position = index + 1
        tag = _TAG.match(content)
        name = (tag["name"] or "").lower() if tag else ""
        if name in _HIDDEN and tag is not None and tag.end() == len(content):
            hidden = "" if tag["end"] else hidden or name
    if position <= last:
        yield position, last + 1


def _plain(content: str) -> str:
    """Return HTML without comments, without an element that has no end, without slots and marks of its own."""
    content = content.translate(_NO_MARKS)
    end = content.rfind("-->") + len("-->")
    return _OWN.sub("span", _PLAINTEXT.sub(r"<\1pre", _COMMENT.sub("", content[:end]) + content[end:]))


def _closed(contents: Sequence[str]) -> Iterator[str]:
    """Yield the tags of a text, those that are never closed closed at once; what is no element is left out."""
    tags = [_TAG.fullmatch(content) for content in contents]
    names = [(tag["name"] or "").lower() if tag else "" for tag in tags]
    ends = {name: index for index, (tag, name) in enumerate(zip(tags, names, strict=True)) if tag and tag["end"]}
    for index, (tag, name, content) in enumerate(zip(tags, names, contents, strict=True)):
        if tag is None or not name or (tag["end"] and name in _RAW):
            yield ""
        elif tag["end"] or name in _VOID:
            yield content
        elif name in _RAW or (name not in _OPEN and ends.get(name, -1) < index):
            yield f"{content}</{name}>"
        else:
            yield content


def whole(content: str, standing: Callable[[int, bool], str]) -> str:
    """Return HTML in which what a parser would drop, with all that follows it, is text, and what marks stand for.

    Args:
        content: With marks by number.
        standing: Returns what a mark stands for, within a tag or not.
    """

    def filled(text: str, is_in_tag: bool) -> str:
        return _MARK.sub(lambda found: standing(int(found[1]), is_in_tag), text)

    parts: list[str] = []
    position = 0
    for found in _MARKUP.finditer(content):
        is_text = found["lone"] or found["address"]
        parts += [filled(content[position : found.start()], False), "&lt;" if is_text else filled(found[0], True)]
        position = found.end()
    return "".join([*parts, filled(content[position:], False)])


def mark(number: int) -> str:
    """Return a mark: characters that no text may hold, so that only what is marked is taken for one."""
    return f"\ufdd0{number}\ufdd1"
