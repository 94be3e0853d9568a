"""Posts of the block editor: HTML with comments that say which block it is, and what that block keeps beside its HTML.

Source: WordPress Block Editor Handbook, "Markup representation of a block": ``<!-- wp:name {json} -->`` and
``<!-- /wp:name -->`` around the HTML of a block, ``<!-- wp:name {json} /-->`` for one whose HTML the server makes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Any, Final, TypeAlias

import msgspec
from msgspec import Struct

from newsexport.errors import Kind
from newsexport.readers.wordpress.library import Attachment, element, embed, figure, gallery
from newsexport.readers.wordpress.setting import Setting

_OPENING: Final = re.compile(r"<!--\s+wp:[a-z]")
_DELIMITER: Final = re.compile(
    r"\s+(?P<end>/?)wp:(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)(?:\s+(?P<attributes>\{.*\}))?\s*(?P<void>/?)",
    re.DOTALL,
)
# Blocks of WordPress itself whose words all stand in their HTML: an empty one says nothing.
_STATIC: Final = frozenset({
    "accordion", "button", "buttons", "classic", "code", "column", "columns", "details", "freeform", "group",
    "heading", "html", "list", "list-item", "math", "media-text", "missing", "more", "nextpage", "paragraph",
    "preformatted", "pullquote", "quote", "separator", "shortcode", "social-links", "spacer", "subhead", "table",
    "text-columns", "verse",
})  # fmt: skip
# Parts of the site that a post may show; what they show is none of its words.
_WIDGETS: Final = frozenset({
    "archives", "calendar", "categories", "latest-comments", "latest-posts", "loginout", "navigation", "page-list",
    "query", "read-more", "rss", "search", "tag-cloud",
})  # fmt: skip
_TAG: Final = re.compile(r"<[^<>]*>")
_MEDIA: Final = re.compile(r"<(?:img|video|audio|iframe|embed|object|math|picture|hr)\b", re.IGNORECASE)
_MOST_NESTED: Final = 20


def are_in(content: str) -> bool:
    """Tell whether content was made with the block editor."""
    return _OPENING.search(content) is not None


def expanded(content: str, setting: Setting) -> str:
    """Return the HTML of a post's blocks, with what they keep in comments made visible."""
    expansion = _Expansion(setting)
    position = 0
    for start, end, found in _delimiters(content):
        expansion.add(content[position:start])
        expansion.delimiter(found)
        position = end
    expansion.add(content[position:])
    return expansion.finish()


def _delimiters(content: str) -> Iterator[tuple[int, int, re.Match[str]]]:
    position = 0
    while (start := content.find("<!--", position)) >= 0:
        end = content.find("-->", start + 4)
        if end < 0:
            return
        found = _DELIMITER.fullmatch(content, start + 4, end)
        position = end + 3
        if found:
            yield start, position, found


def _plain(name: str) -> str:
    return name.removeprefix("core/")


def _attributes(json: str | None) -> dict[str, Any]:
    """Return what a block keeps in its comment; nothing for what is no JSON."""
    try:
        return msgspec.json.decode(json or "{}", type=dict[str, Any])
    except (msgspec.DecodeError, ValueError, RecursionError):
        return {}


class _Open(Struct):
    """A block that is open.

    Attributes:
        name: Of the block.
        attributes: What its comment says, as JSON.
        number: Which block of the post it is, from 1.
        start: Index of its first part.
        shows: True when its HTML has something to see.
    """

    name: str
    attributes: str | None
    number: int
    start: int
    shows: bool = False


class _Expansion:
    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._parts: list[str] = []
        self._open: list[_Open] = []
        self._count = 0

    def add(self, html: str) -> None:
        """Add HTML between two delimiters."""
        if not html:
            return
        self._parts.append(html)
        if self._open and not self._open[-1].shows:
            self._open[-1].shows = bool(_TAG.sub("", html).strip() or _MEDIA.search(html))

    def delimiter(self, found: re.Match[str]) -> None:
        """Take a comment that opens or closes a block."""
        name = _plain(found["name"])
        if found["end"]:
            self._end(name)
            return
        self._count += 1
        block = _Open(name, found["attributes"], self._count, len(self._parts))
        if found["void"]:
            self._close(block)
        else:
            self._open.append(block)

    def finish(self) -> str:
        """Return the HTML of all blocks."""
        while self._open:
            self._close(self._open.pop())
        self._parts.append(self._setting.footnotes())
        return "".join(self._parts)

    def _end(self, name: str) -> None:
        if not any(block.name == name for block in self._open[-_MOST_NESTED:]):
            return
        while True:
            block = self._open.pop()
            self._close(block)
            if block.name == name:
                return

    def _close(self, block: _Open) -> None:
        if block.name == "footnotes":
            self._parts.append(self._setting.footnotes())
        elif block.name == "cover" and block.shows:
            self._background(block)
        elif not block.shows:
            self._made(block)
        if self._open and block.shows:
            self._open[-1].shows = True

    def _made(self, block: _Open) -> None:
        """Add what a block without HTML of its own shows, or say that it is lost."""
        maker = _MAKERS.get(block.name.partition("/")[0] if block.name.startswith("core-embed/") else block.name)
        html = maker(_attributes(block.attributes), self._setting) if maker else None
        if html:
            block.shows = True
            self._parts.append(html)
        elif block.name not in _STATIC:
            self._setting.is_incomplete |= block.name not in _WIDGETS
            message = f"what the block {block.name} shows does not stand in the post, and was left out"
            where = f"{self._setting.where}, block {block.number}"
            self._setting.context.notice("wordpress.block-unknown", Kind.LOSS, message, where=where)

    def _background(self, block: _Open) -> None:
        """Add the picture behind a text, which older covers keep in a style."""
        attributes = _attributes(block.attributes)
        url = _text(attributes, "url")
        if url is None or len(self._open) > _MOST_NESTED:
            return
        source = f'src="{escape(url)}"'
        if not any(source in part or f'src="{url}"' in part for part in self._parts[block.start :]):
            self._parts.insert(block.start, element(Attachment(uri=url, kind="image")))


def _text(attributes: dict[str, Any], *names: str) -> str | None:
    return next((value for name in names if isinstance(value := attributes.get(name), str) and value.strip()), None)


# What is made of the comments of blocks

_Attributes: TypeAlias = dict[str, Any]
_Maker: TypeAlias = Callable[[_Attributes, Setting], str | None]


def _embed(attributes: _Attributes, _: Setting) -> str | None:
    url = _text(attributes, "url")
    return embed(url) if url else None


def _file(kind: str | None) -> _Maker:
    """Return what makes the figure of a file, which is named by its address or by its number in the library."""

    def made(attributes: _Attributes, setting: Setting) -> str | None:
        if (uri := _text(attributes, "url", "src", "href")) is not None:
            said = {name: _text(attributes, name) or "" for name in ("alt", "caption", "fileName")}
            alt = escape(said["alt"])
            return figure(Attachment(uri=uri, kind=kind, alt=alt, caption=said["caption"], title=said["fileName"]))
        if (film := _text(attributes, "guid")) is not None:
            return embed(f"https://videopress.com/v/{film}")
        known = setting.library.attachments.get(str(attributes.get("id")))
        return figure(known) if known else None

    return made


def _gallery(attributes: _Attributes, setting: Setting) -> str | None:
    numbers = attributes.get("ids")
    known = setting.library.attachments
    found = [known[str(each)] for each in numbers if str(each) in known] if isinstance(numbers, list) else []
    return gallery(found) if found else None


def _social_link(attributes: _Attributes, _: Setting) -> str | None:
    address = _text(attributes, "url")
    if address is None:
        return None
    name = _text(attributes, "label") or (_text(attributes, "service") or address).capitalize()
    return f'<li><a href="{escape(address)}">{escape(name)}</a></li>'


def _shared(attributes: _Attributes, setting: Setting) -> str | None:
    with setting.shared(str(attributes.get("ref"))) as content:
        return expanded(content, setting) if content else None


_MAKERS: Final[dict[str, _Maker]] = {
    "embed": _embed,
    "core-embed": _embed,
    **dict.fromkeys(("image", "cover"), _file("image")),
    "audio": _file("audio"),
    **dict.fromkeys(("video", "videopress/video"), _file("video")),
    "file": _file(None),
    "gallery": _gallery,
    "social-link": _social_link,
    "block": _shared,
}
