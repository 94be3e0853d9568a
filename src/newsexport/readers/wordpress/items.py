"""The items of an export, one at a time: memory holds none but the one at hand."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from msgspec import Struct, field

from newsexport.errors import InputError, Kind
from newsexport.readers.wordpress.stream import ExportStream
from newsexport.spi import Context

if TYPE_CHECKING:
    from lxml.etree import _Element, iterparse

_OF_SITE: Final = ("author", "base_blog_url", "base_site_url", "language", "link", "title")
_SKIPPED: Final = frozenset({"comment", "comments", "description"})
_MOST_FAULTS: Final = 100
# What the parser mends without a loss.
_HARMLESS: Final = frozenset({"NS_ERR_UNDEFINED_NAMESPACE", "ERR_UNDECLARED_ENTITY", "ERR_DOCUMENT_END"})


class Term(Struct, frozen=True):
    """A category, a tag, or what plug-ins keep as such.

    Attributes:
        domain: Which of them (``category``, ``post_tag``).
        slug: Its name in addresses.
        name: As displayed, in HTML.
    """

    domain: str
    slug: str
    name: str


class Item(Struct):
    """An item of an export.

    Attributes:
        number: Its place, from 1.
        fields: Texts by the local name of their elements; of the two that are called ``encoded``, ``content`` and
            ``excerpt``.
        terms: Categories, tags and the like.
        meta: Custom fields.
    """

    number: int
    fields: dict[str, str] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)

    def stripped(self, name: str) -> str:
        """Return a text without blanks at its ends; empty for none."""
        return self.fields.get(name, "").strip()

    @property
    def where(self) -> str:
        """Its place, for people."""
        identity = self.stripped("post_id")
        return f"post {identity}" if identity else f"item {self.number}"


class Site(Struct):
    """What an export says of its site before the items.

    Attributes:
        fields: Texts by the local name of their elements.
        authors: Names as displayed, by the names they log in with, in small letters.
    """

    fields: dict[str, str] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str | None:
        """The address of the site."""
        names = ("base_blog_url", "link", "base_site_url")
        return next((found for name in names if (found := self.fields.get(name))), None)


def items(stream: BinaryIO, site: Site, context: Context) -> Iterator[Item]:
    """Yield the items.

    Args:
        stream: The export.
        site: Learns what stands before the first item.
        context: Hears what is damaged.

    Raises:
        InputError: it is no RSS, or one item is larger than an input may be.
    """
    from lxml import etree  # 20 ms, and other formats need no parser of XML

    clean = ExportStream(stream, context.limits.input_bytes)
    events = etree.iterparse(
        clean,
        events=("end",),
        tag=tuple(f"{{*}}{name}" for name in ("item", *_OF_SITE)),
        recover=True,
        huge_tree=True,  # the stream bounds an item
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    faults = _Faults(clean, events, context)
    number = 0
    try:
        for _, element in events:
            parent = element.getparent()
            if parent is None or _name(parent.tag) != "channel":
                continue
            if _name(element.tag) == "item":
                number += 1
                item = _item(element, number)
                faults.tell(item.where)
                clean.begin()
                yield item
                _forget(element, parent)
            else:
                _of_site(element, site)
    except etree.XMLSyntaxError as error:
        raise InputError(f"the export is no XML: {error}") from error
    faults.tell("end")


def _forget(element: _Element, parent: _Element) -> None:
    element.clear()
    while element.getprevious() is not None:
        del parent[0]


class _Faults:
    """Tells of what was mended or lost on the way."""

    def __init__(self, stream: ExportStream, events: iterparse[Any], context: Context) -> None:
        self._stream = stream
        self._events = events
        self._context = context
        self._is_repaired = False
        self._told = 0

    def tell(self, where: str) -> None:
        """Tell of what came to light since the last item."""
        if self._stream.repaired and not self._is_repaired:
            self._is_repaired = True
            message = "characters that no XML may hold were left out, bytes of another encoding read as Windows-1252"
            self._context.notice("wxr.characters", Kind.REPAIR, message, where=where)
        if self._told >= _MOST_FAULTS:
            return  # reading the log takes time for each fault in it
        log = self._events.error_log
        for fault in islice(log, self._told, len(log)):
            if fault.type_name not in _HARMLESS:
                message = f"the XML is damaged in line {fault.line}, words may be missing: {fault.message.strip()}"
                self._context.notice("wxr.damaged", Kind.LOSS, message, where=where)
        self._told = len(log)


def _name(tag: object) -> str:
    """Return the local name of an element, whatever version of the format its namespace is of, or with none."""
    space, _, local = str(tag).rpartition("}")
    prefix, _, name = local.rpartition(":")
    if name != "encoded":
        return name
    return "excerpt" if "excerpt" in (prefix or space) else "content"


def _text(element: _Element) -> str:
    """Return all text in an element; references to entities that nobody declared stay, for they are HTML's."""
    return "".join(map(str, element.itertext()))


def _of_site(element: _Element, site: Site) -> None:
    name = _name(element.tag)
    if name != "author":
        site.fields.setdefault(name, _text(element).strip())
        return
    said = {_name(child.tag): _text(child).strip() for child in element if isinstance(child.tag, str)}
    login, displayed = said.get("author_login"), unescape(said.get("author_display_name", ""))
    if login and displayed:
        site.authors[login.casefold()] = displayed


def _item(element: _Element, number: int) -> Item:
    item = Item(number)
    for child in element:
        name = _name(child.tag) if isinstance(child.tag, str) else ""
        if name == "category":
            item.terms.append(Term(child.get("domain", "category"), child.get("nicename", ""), _text(child).strip()))
        elif name == "postmeta":
            said = {_name(each.tag): _text(each) for each in child if isinstance(each.tag, str)}
            item.meta[said.get("meta_key", "")] = said.get("meta_value", "")
        elif name and name not in _SKIPPED:
            item.fields.setdefault(name, _text(child))
    return item
