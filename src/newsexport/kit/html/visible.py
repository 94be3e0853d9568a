"""What a page does not show."""

from __future__ import annotations

import re
from typing import Final

from newsexport.kit.html.inlines import Attributes

_STYLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_CLASS: Final = re.compile(
    r"(?:^|\s)(?:screen-reader-text|sr-only|visually-?hidden|visuallyhidden|u-hidden|amp-hidden)(?:$|\s)"
)


def is_hidden(attributes: Attributes) -> bool:
    """Tell whether an element says of itself that it is not shown."""
    if not attributes:
        return False
    style, classes = attributes.get("style"), attributes.get("class")
    return "hidden" in attributes or bool(style and _STYLE.search(style)) or bool(classes and _CLASS.search(classes))
