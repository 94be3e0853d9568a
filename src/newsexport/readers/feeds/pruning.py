"""What of a feed is read: the rest is cut off before feedparser sees it.

feedparser knows the dialects of feeds, but takes the caption of a picture for the text of an entry, lets one element
pose as the parsed value of another, and its time grows with the square of the length of some elements.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from newsexport.errors import Kind
from newsexport.kit.mailboxes import mailbox
from newsexport.spi import Context

if TYPE_CHECKING:
    from lxml.etree import _Element

MARK: Final = "newsexport_entry"
"""Name of the element that says, in each entry, which one it is."""
Media: TypeAlias = "list[_Element]"
"""The elements of Media RSS in an entry."""

_MOST_CATEGORIES: Final = 200
_MOST_MEDIA: Final = 200
_LONGEST_NAME: Final = 1_000
_TELLING: Final = 200

_ENTRIES: Final = frozenset({"item", "entry"})
_NAMES: Final = frozenset({"author", "creator", "publisher"})
_CATEGORIES: Final = frozenset({"category", "keywords", "subject"})
# By their names in small letters, whatever the namespace.
_READ: Final = _ENTRIES | _NAMES | _CATEGORIES | {
    "channel", "contributor", "control", "created", "date", "draft", "email", "enclosure", "expirationdate", "feed",
    "guid", "id", "issued", "language", "license", "link", "modified", "name", "pubdate", "published", "rdf", "rss",
    "source", "updated", "uri", "url",
}  # fmt: skip
# These may hold markup of their own.
_MARKUP: Final = frozenset(
    {"abstract", "body", "content", "copyright", "description", "encoded", "fullitem", "rights", "summary", "title"}
)
_KEPT: Final = _READ | _MARKUP
_MEDIA: Final = re.compile(r"https?://search\.yahoo\.com/mrss/?", re.IGNORECASE)
_ITUNES: Final = re.compile(r"http://(?:www\.itunes|example)\.com/DTDs/PodCast-1\.0\.dtd", re.IGNORECASE)


def prune(root: _Element, context: Context) -> list[Media]:
    """Cut off what is not read, and return, per entry, the elements of Media RSS that were set apart.

    Args:
        root: Each entry in it gets a child of the name `MARK`, whose text is its index.
        context: Is told of words that are lost.
    """
    pruning = _Pruning(context)
    pruning.prune(root)
    return pruning.media


def local_name(element: _Element) -> str:
    """Return the name of an element in small letters, without its namespace."""
    return element.tag.rpartition("}")[2].lower()


def text_of(element: _Element) -> str:
    """Return the characters in an element and all below it."""
    return "".join(map(str, element.itertext()))


class _Pruning:
    def __init__(self, context: Context) -> None:
        self.media: list[Media] = []
        self._context = context
        self._categories = 0

    def prune(self, root: _Element) -> None:
        waiting: list[tuple[_Element, Media | None]] = [(root, None)]
        while waiting:
            element, media = waiting.pop()
            name = local_name(element)
            children = list(element)
            if name in _ENTRIES:
                media = self._mark(element)
            elif name in _NAMES:
                self._name(element)
            elif name in _CATEGORIES:
                self._count(element)
            if name not in _MARKUP:
                kept = [(child, media) for child in children if self._is_kept(child, media)]
                waiting += reversed(kept)

    def _mark(self, entry: _Element) -> Media:
        """Number an entry."""
        # In front, for an entry within this one would end both.
        entry.insert(0, _made(MARK, str(len(self.media))))
        self.media.append([])
        self._categories = 0
        return self.media[-1]

    def _is_kept(self, element: _Element, media: Media | None) -> bool:
        """Tell whether an element is for feedparser; any other is taken off."""
        namespace = element.tag.rpartition("}")[0].removeprefix("{")
        is_media, is_itunes = _MEDIA.fullmatch(namespace), _ITUNES.fullmatch(namespace)
        if not is_media and not is_itunes and local_name(element) in _KEPT:
            return True
        if is_media and media is not None:
            self._set_apart(element, media)
        elif not is_media and not is_itunes:
            self._say_unread(element)
        _remove(element)
        return False

    def _set_apart(self, element: _Element, media: Media) -> None:
        if len(media) < _MOST_MEDIA:
            media.append(element)
        else:
            message = f"an entry has more than {_MOST_MEDIA} elements of media; the rest was left out"
            self._context.notice("feeds.media", Kind.LOSS, message, where=_line(element))

    def _say_unread(self, element: _Element) -> None:
        words = text_of(element).split()
        if sum(map(len, words)) > _TELLING:
            message = f"the element {element.tag.rpartition('}')[2]!r}, which is not known, was left out"
            self._context.notice("feeds.element-unknown", Kind.LOSS, message, where=_line(element))

    def _name(self, element: _Element) -> None:
        """Cut a name that is none, and take one with a mail address apart: feedparser knows no long domains."""
        text = text_of(element)
        if len(text) > _LONGEST_NAME:
            message = f"a name is longer than {_LONGEST_NAME} characters and was cut"
            self._context.notice("feeds.name-cut", Kind.LOSS, message, where=_line(element))
            for child in list(element):
                element.remove(child)
            element.text = text[:_LONGEST_NAME]
        found = mailbox(text) if not len(element) else None
        if found is not None and local_name(element) != "publisher":
            element.text = None
            parts = (("name", found.name), ("email", found.address))
            element.extend(_made(part, text) for part, text in parts if text)

    def _count(self, element: _Element) -> None:
        self._categories += 1
        if self._categories > _MOST_CATEGORIES:
            _remove(element)
            message = f"an entry has more than {_MOST_CATEGORIES} categories; the rest was left out"
            self._context.notice("feeds.category", Kind.LOSS, message, where=_line(element))


def _line(element: _Element) -> str:
    return f"line {element.sourceline}"


def _made(name: str, text: str) -> _Element:
    from lxml import etree  # 20 ms, and only feeds need it

    element = etree.Element(name)
    element.text = text
    return element


def _remove(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
