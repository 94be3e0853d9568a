"""What word processors put on the clipboard in place of lists."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct
from selectolax.lexbor import LexborNode

from newsexport.kit.html.inlines import Attributes

# Word: style="mso-list:l0 level2 lfo1" on a paragraph, and its marker in a span of style "mso-list:Ignore".
_LIST: Final = re.compile(r"mso-list\s*:\s*\S+\s+level(?P<level>\d)", re.IGNORECASE)
_IGNORED: Final = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"\(?(?:\d{1,4}|[a-np-z]|[ivxlcdm]{1,6})[.)]", re.IGNORECASE)


class LooseItem(Struct, frozen=True):
    """An item of a list that stands in no list.

    Attributes:
        level: From 1.
        ordered: True when its marker is a number or a letter.
    """

    level: int
    ordered: bool


def loose_item(node: LexborNode, attributes: Attributes) -> LooseItem | None:
    """Return what a paragraph of Word is as an item; None when it is none."""
    found = _LIST.search(attributes.get("style") or "")
    if found is None:
        return None
    markers = (each.text().strip() for each in node.css("span[style]") if is_marker(each.attributes))
    return LooseItem(max(1, int(found["level"])), bool(_NUMBERED.match(next(markers, ""))))


def is_marker(attributes: Attributes) -> bool:
    """Tell whether an element holds nothing but the marker in front of an item."""
    style = attributes.get("style")
    return bool(style and _IGNORED.search(style))
