"""Elements that no reader of the page sees as they stand: what is for browsers without scripts, forms, drawings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborNode

from newsexport.errors import Kind
from newsexport.kit.html.builder import Builder
from newsexport.kit.html.inlines import Attributes

if TYPE_CHECKING:
    from newsexport.kit.html.walk import Walk

_SHOWN: Final = frozenset({"img", "iframe", "picture", "video", "audio", "amp-img"})
_FORM_WORDS: Final = 400


def unscripted(_walk: Walk, node: LexborNode, _: Attributes, __: Builder) -> bool:
    """Pass over what is shown without scripts alone, but for a picture or a frame that is not told already."""
    before = node.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    shows = before is not None and (before.tag in _SHOWN or before.css_first("img, iframe, picture") is not None)
    return shows or node.css_first("img, iframe") is None


def form(_walk: Walk, node: LexborNode, _: Attributes, builder: Builder) -> bool:
    """Pass over a form; one that holds a text as well, as pages of ASP.NET do, is told without its controls."""
    controls = node.css("input:not([type=hidden]), select, textarea, button")
    if not controls or len(node.text().strip()) > _FORM_WORDS:
        return False
    builder.notice("html.form", Kind.INFO, "a form was left out")
    return True


def drawing(_walk: Walk, node: LexborNode, attributes: Attributes, builder: Builder) -> bool:
    """Pass over a drawing, and say so where it is named."""
    title = node.css_first("title")
    name = attributes.get("aria-label") or (title.text() if title is not None else "")
    if name.strip() and attributes.get("aria-hidden") != "true":
        builder.notice("html.drawing", Kind.LOSS, f"the drawing {name.strip()[:60]!r} was left out")
    return True
