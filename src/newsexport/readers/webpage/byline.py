"""The byline as a page displays it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from selectolax.lexbor import LexborNode

from newsexport.model import Author

_BYLINES: Final = (
    '[itemprop~="author"]', '[rel~="author"]', ".byline", ".article-byline", ".article__byline", ".author-name",
    ".authors", ".author", '[class*="byline"]', '[data-testid*="byline"]',
)  # fmt: skip
_BY: Final = re.compile(r"^(?:by|von|par|por|di|door|av|af)[\s:]+", re.IGNORECASE)
_DATED: Final = re.compile(
    r"\s*(?:\||•|·|Published|Updated|Posted|\bon\s+\w+\s+\d|\d{1,2}[:.]\d\d|\b(?:19|20)\d\d\b).*$", re.DOTALL
)
_LOOSE: Final = re.compile(r"\s+([,;.:])")
_LONGEST: Final = 120
_FEWEST: Final = 3


def displayed(page: LexborNode, authors: Sequence[Author]) -> str | None:
    """Return the byline that a page displays for its authors; None when it displays none.

    Args:
        page: Where to look.
        authors: Those known from other sources; without any, only a line that starts with a word such as ``By`` counts.
    """
    for selector in _BYLINES:
        for node in page.css(selector):
            words = " ".join(node.text(separator=" ").split())
            text = _DATED.sub("", _LOOSE.sub(r"\1", words)).strip(" ,;")
            if not _FEWEST <= len(text) <= _LONGEST:
                continue
            if any(author.name.casefold() in text.casefold() for author in authors):
                return text
            if not authors and _BY.match(text):
                return text
    return None
