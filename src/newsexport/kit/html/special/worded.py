"""Elements whose words are read in a way of their own: links, notes, formulas, verses, items of Word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborNode

from newsexport.kit.html.builder import Builder
from newsexport.kit.html.inlines import Attributes
from newsexport.kit.html.lists import ItemFrame
from newsexport.kit.html.makers import VERSE
from newsexport.kit.html.paste import is_marker, loose_item
from newsexport.kit.html.visible import is_hidden
from newsexport.model import FootnoteRef

if TYPE_CHECKING:
    from newsexport.kit.html.walk import Walk

_HEADING_SIGNS: Final = frozenset({"", "#", "¶", "§", "🔗"})
_MARKED: Final = "a[href], em, strong, b, i, u, s, sup"


def link(walk: Walk, node: LexborNode, attributes: Attributes, builder: Builder) -> bool:
    """Tell of a reference to a footnote; anything else is told as usual, but for signs that lead to a heading."""
    note = walk.note(node, builder)
    if note:
        builder.inline(FootnoteRef(note))
        return True
    words = node.text().strip()
    if (attributes.get("href") or "").startswith("#") and words in _HEADING_SIGNS:
        return True
    name = None if node.css_first("img, picture, video") is not None else _name(node, attributes)
    if name:
        builder.start("a", attributes)
        builder.text(name)
        builder.end("a")
    return bool(name) or "wp-block-file__button" in (attributes.get("class") or "")


def _name(node: LexborNode, attributes: Attributes) -> str | None:
    """Return the words for a link that shows none, such as an icon; None for a link that shows its words."""
    hidden = [each for each in node.css("[class]") if is_hidden(each.attributes)]
    said = " ".join(each.text().strip() for each in hidden)
    if len(node.text().strip()) > len(said):
        return None
    return attributes.get("aria-label") or said or attributes.get("title") or None


def raised(walk: Walk, node: LexborNode, _: Attributes, builder: Builder) -> bool:
    """Tell of references to footnotes that are raised, without the brackets around them."""
    links = [each for each in node.css("a") if walk.refers(each)]
    if not links or _letters(node) > sum(map(_letters, links)):
        return False
    for each in links:
        if not link(walk, each, each.attributes, builder):
            builder.text(each.text())
    return True


def _letters(node: LexborNode) -> int:
    return len(re.sub(r"\W", "", node.text()))


def formula(_walk: Walk, node: LexborNode, attributes: Attributes, builder: Builder) -> bool:
    """Tell of a formula by the words that stand for it."""
    annotation = node.css_first("annotation")
    tokens = "".join(each.text(deep=False) for each in node.css("mi, mn, mo, ms, mtext"))
    words = attributes.get("alttext") or (annotation.text(deep=False) if annotation is not None else tokens)
    builder.text(" ".join(words.split()))
    return True


def paragraph(walk: Walk, node: LexborNode, attributes: Attributes, builder: Builder) -> bool:
    """Tell of a paragraph that Word means as an item of a list; anything else is told as usual."""
    found = loose_item(node, attributes)
    if found is not None:
        builder.start("p", attributes)
        builder.item(found.level, ordered=found.ordered)
        walk.below(node, builder)
        builder.end("p")
    return found is not None


def preformatted(walk: Walk, node: LexborNode, attributes: Attributes, builder: Builder) -> bool:
    """Tell of verses: of what is called so, or has marks and links, which a program has not."""
    is_verse = "verse" in (attributes.get("class") or "") or node.css_first(_MARKED) is not None
    if not is_verse or node.css_first("code") is not None:
        return False
    builder.start(VERSE, attributes)
    walk.below(node, builder)
    builder.end(VERSE)
    return True


def checkbox(_walk: Walk, _: LexborNode, attributes: Attributes, builder: Builder) -> bool:
    """Tell of the box of a task in a list."""
    if (attributes.get("type") or "").lower() == "checkbox" and builder.within(ItemFrame):
        builder.text("☑ " if "checked" in attributes else "☐ ")
    return True


def span(_walk: Walk, _: LexborNode, attributes: Attributes, __: Builder) -> bool:
    """Pass over the marker that Word writes in front of an item."""
    return is_marker(attributes)
