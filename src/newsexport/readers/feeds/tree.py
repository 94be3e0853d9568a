"""The XML of a feed to a tree, in bounded time; what is not well-formed is mended, so that its words are kept."""

from __future__ import annotations

import html.entities
import re
from io import BytesIO
from typing import TYPE_CHECKING, Final

from newsexport.errors import InputError, Kind, LimitError
from newsexport.kit.encoding import decode
from newsexport.kit.html.tree import declared_encoding
from newsexport.kit.xml import escape
from newsexport.spi import Context

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_ELEMENTS: Final = 100_000
_DEEPEST: Final = 256
_MOST_ATTRIBUTES: Final = 300

_PROLOG: Final = re.compile(
    r"(?:\s|(?><!--.*?-->)|(?><\?.*?\?>)|<!(?i:DOCTYPE)[^>\[]*+(?:>|(?P<subset>\[.*)))*+(?:\Z|(?=<[\w:]))", re.DOTALL
)
# Prefixes that feeds use without declaring them.
_PREFIXES: Final = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_AMPERSAND: Final = re.compile(
    r"&(?:(?P<name>[A-Za-z][A-Za-z0-9]{1,31});|#(?P<number>[0-9]{1,7}|[xX][0-9A-Fa-f]{1,6});)?"
)
_NAME: Final = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_ANGLE: Final = re.compile(r"<(?![\w:/!?])")
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def parse(data: bytes, context: Context) -> _Element:
    """Return the root element of a feed.

    Raises:
        InputError: it is no XML, or it declares entities of its own.
        LimitError: it has too many elements or attributes, or nests them too deeply.
    """
    from lxml import etree  # 20 ms, and only feeds need it

    text = _markup(data, context)
    try:
        root = _tree(text, recover=False)
    except etree.XMLSyntaxError as error:
        message = f"the feed is not well-formed: {error.msg}"
        context.notice("feeds.not-well-formed", Kind.REPAIR, message, where=f"line {error.lineno}")
        root = _recovered(_mended(text))
    if root is None:
        raise InputError("the input is no feed", "give RSS or Atom")
    return root


def _recovered(text: str) -> _Element | None:
    """Return the root of markup whose faults are passed over; None where there is no element at all."""
    from lxml import etree

    try:
        return _tree(text, recover=True)
    except etree.XMLSyntaxError:
        return None


def _markup(data: bytes, context: Context) -> str:
    """Return the markup from the root element on, below as many lines as stand above it."""
    text = decode(data, context, declared=declared_encoding(data)).lstrip("\ufeff")
    found = _PROLOG.match(text)
    if found is None:
        raise InputError("the input is no feed", "give RSS or Atom")
    if found["subset"]:
        raise InputError("the feed declares entities of its own, which are not read", "remove its document type")
    return "\n" * found[0].count("\n") + text[found.end() :]


def _tree(text: str, *, recover: bool) -> _Element | None:
    """Return the root; without a document type there are no entities whose expansion could outgrow the input."""
    from lxml import etree

    events = etree.iterparse(
        BytesIO(text.encode("utf-8", "replace")),
        events=("start", "end"),
        huge_tree=True,
        load_dtd=False,
        no_network=True,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
        resolve_entities=False,
    )
    depth = count = 0
    for event, element in events:
        depth += 1 if event == "start" else -1
        count += event == "start"
        if count > _MOST_ELEMENTS:
            raise LimitError(f"the feed has more than {_MOST_ELEMENTS} elements", "give a part of it at a time")
        if depth > _DEEPEST:
            raise LimitError(f"the feed nests elements deeper than {_DEEPEST}", where=f"line {element.sourceline}")
        if len(element.attrib) > _MOST_ATTRIBUTES:
            message = f"an element has more than {_MOST_ATTRIBUTES} attributes"
            raise LimitError(message, where=f"line {element.sourceline}")
        if recover and event == "start":
            _declare(element)
    root: _Element | None = events.root
    return root


def _declare(element: _Element) -> None:
    """Put an element whose prefix is not declared into the namespace that it means."""
    prefix, colon, name = element.tag.partition(":")
    if colon and "{" not in prefix:
        local = name if _NAME.fullmatch(name) else "unnamed"
        element.tag = f"{{{_PREFIXES.get(prefix, 'urn:x-undeclared')}}}{local}"
    for attribute in [each for each in element.attrib if ":" in each and "{" not in each]:
        del element.attrib[attribute]


def _mended(text: str) -> str:
    """Return markup with each ``&`` and ``<`` that stands for itself written as XML wants it."""
    parts: list[str] = []
    position = 0
    while position < len(text):
        start = text.find("<![CDATA[", position)
        end = text.find("]]>", start) if start >= 0 else -1
        markup = text[position : start if end >= 0 else None]
        parts.append(_ANGLE.sub("&lt;", _AMPERSAND.sub(_reference, markup)))
        if end < 0:
            break
        parts.append(text[start : end + 3])
        position = end + 3
    return _CONTROLS.sub("", "".join(parts))


def _reference(found: re.Match[str]) -> str:
    """Return a reference that XML knows for one of HTML, and for a lone ampersand."""
    if found["number"]:
        return f"&#{found['number'].lower()};"
    if found["name"] in {"amp", "apos", "gt", "lt", "quot"}:
        return found[0]
    character = html.entities.html5.get(f"{found['name']};")
    return escape(character) if character else found[0].replace("&", "&amp;")
