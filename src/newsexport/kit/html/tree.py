"""HTML to a tree, as browsers build it, in bounded time whatever the input.

Source: HTML Living Standard, 13.2 "Parsing HTML documents". The parser is Lexbor's (selectolax): it keeps the text
below any depth, where lxml.html drops it below 254 elements. Its time grows with the square of the depth, and
formatting elements that are never closed are opened again in each paragraph, so that hostile markup is trimmed first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsexport.errors import Kind, LimitError
from newsexport.model.canonical import LANGUAGE_TAG
from newsexport.spi import Context

# Browsers build no deeper trees than 512 elements; articles are ten to sixty deep.
_DEEPEST: Final = 256
_MOST_FORMATTING: Final = 24
_MOST_COPIES: Final = 100_000
_MOST_TAGS: Final = 150_000
_MOST_ATTRIBUTES: Final = 300
_LONG: Final = 2_000

_TAG: Final = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*)(?P<rest>(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_QUOTED: Final = re.compile("\"[^\"]*+\"|'[^']*+'")
_CHARSET: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*(?P<name>[\w.:-]{1,40})|<\?xml[^>]{0,200}?encoding\s*=\s*[\"'](?P<xml>[\w.-]{1,40})",
    re.IGNORECASE,
)
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_FORMATTING: Final = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
)
# Void, or closed by what follows them: they cannot pile up on each other.
_SHALLOW: Final = frozenset({
    "area", "base", "basefont", "bgsound", "body", "br", "col", "colgroup", "dd", "dt", "embed", "frame", "head",
    "hr", "html", "image", "img", "input", "keygen", "li", "link", "meta", "optgroup", "option", "p", "param",
    "rb", "rp", "rt", "rtc", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
})  # fmt: skip
_RAW: Final = frozenset({"iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"})


def parse(text: str, context: Context) -> LexborNode:
    """Return the element ``html`` of a document or a fragment.

    Raises:
        LimitError: the markup has more than 150,000 tags.
    """
    if not text.isascii():
        text = _SURROGATES.sub("\ufffd", text)
    trimmed = _trimmed(text)
    if trimmed is not text:
        message = f"elements nested deeper than {_DEEPEST}, or never closed, were left out; their words were kept"
        context.notice("html.depth", Kind.REPAIR, message)
    root = LexborHTMLParser(trimmed).root
    if root is None:
        raise ValueError("the parser always makes a root")
    return root


def declared_encoding(data: bytes) -> str | None:
    """Return the name of the encoding that a document states in its first 4096 bytes.

    Source: HTML Living Standard, 13.2.3.2 "Determining the character encoding"; XML 1.0, 4.3.3.
    """
    found = _CHARSET.search(data[:4096])
    name = (found["name"] or found["xml"]) if found else None
    return name.decode("ascii") if name else None


def language_of(root: LexborNode) -> str | None:
    """Return the language that a tree states for all of it: the root's, else the one most of its words are in."""
    for node in (root, root.css_first("body"), root.css_first("article")):
        stated = _language(node) if node is not None else None
        if stated:
            return stated
    words: dict[str, int] = {}
    for node in root.css("[lang]"):
        language = _language(node)
        if language:
            words[language] = words.get(language, 0) + len(node.text())
    whole = len(root.text())
    language, count = max(words.items(), key=lambda item: item[1], default=(None, 0))
    return language if count * 2 > whole else None


def _language(node: LexborNode) -> str | None:
    attributes = node.attributes
    tag = (attributes.get("lang") or attributes.get("xml:lang") or "").strip().replace("_", "-")
    return tag if LANGUAGE_TAG.fullmatch(tag) else None


def _trimmed(text: str) -> str:
    """Return the markup without the tags that would make the parser slow: the same string when there are none."""
    for most_formatting in (_MOST_FORMATTING, 1):
        nesting = _Nesting(most_formatting)
        for found, name in _tags(text):
            nesting.tag(found, name)
        if nesting.copies <= _MOST_COPIES:
            break
    return _replaced(text, nesting.replaced)


class _Nesting:
    """What is open at a place of the markup.

    Attributes:
        replaced: Tags to leave out, or to put in without their attributes, as span and replacement.
        copies: How many formatting elements the parser would open again.
    """

    def __init__(self, most_formatting: int) -> None:
        self.replaced: list[tuple[tuple[int, int], str]] = []
        self.copies = 0
        self._most_formatting = most_formatting
        self._count = 0
        self._open: list[str] = []
        # Formatting elements outlive what they stand in: only their own end tags close them.
        self._formatting: list[str] = []
        self._ignored: dict[str, int] = {}

    def tag(self, found: re.Match[str], name: str) -> None:
        self._count += 1
        if self._count > _MOST_TAGS:
            raise LimitError(f"the markup has more than {_MOST_TAGS} tags", "give one article at a time")
        if name in _SHALLOW:
            self.copies += len(self._formatting)
        elif found["end"]:
            self._end(found, name)
            return
        elif not self._start(name):
            self._ignored[name] = self._ignored.get(name, 0) + 1
            self.replaced.append((found.span(), ""))
            return
        rest = found["rest"]
        if len(rest) > _LONG and len(_QUOTED.sub(" ", rest).split()) > _MOST_ATTRIBUTES:
            self.replaced.append((found.span(), f"<{name}>"))

    def _start(self, name: str) -> bool:
        if len(self._open) + len(self._formatting) >= _DEEPEST:
            return False
        if name in _FORMATTING:
            if len(self._formatting) >= self._most_formatting:
                return False
            self._formatting.append(name)
        else:
            self.copies += len(self._formatting)
            self._open.append(name)
        return True

    def _end(self, found: re.Match[str], name: str) -> None:
        tags = self._formatting if name in _FORMATTING else self._open
        if self._ignored.get(name):
            self._ignored[name] -= 1
            self.replaced.append((found.span(), ""))
        elif name in tags:
            index = len(tags) - 1 - tags[::-1].index(name)
            del tags[index : index + 1 if name in _FORMATTING else None]


def _tags(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the tags outside comments and raw text, with their names; what is never closed ends the markup."""
    position = text.find("<")
    while position >= 0:
        following = text[position + 1 : position + 2]
        if following == "!":
            end = text.find("-->", position) if text.startswith("<!--", position) else text.find(">", position)
            position = text.find("<", max(end, position + 1)) if end >= 0 else -1
            continue
        if not (following == "/" or (following.isascii() and following.isalpha())):
            position = text.find("<", position + 1)
            continue
        found = _TAG.match(text, position)
        if found is None:
            if following != "/" or text[position + 2 : position + 3].isalpha():
                return  # the tag is open to the end, as is the whole rest for a browser
            position = text.find("<", position + 1)
            continue
        name = found["name"].lower()
        yield found, name
        position = found.end()
        if name in _RAW and not found["end"]:
            position = _after_raw(text, position, name)
        position = text.find("<", position) if position >= 0 else -1


def _after_raw(text: str, start: int, name: str) -> int:
    found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, start)
    return found.start() if found else -1


def _replaced(text: str, replaced: list[tuple[tuple[int, int], str]]) -> str:
    if not replaced:
        return text
    parts: list[str] = []
    last = 0
    for (start, end), replacement in replaced:
        parts += [text[last:start], replacement]
        last = end
    return "".join([*parts, text[last:]])
