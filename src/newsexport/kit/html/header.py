"""The head of an article in its own markup: kicker, standfirst, byline and dateline by the classes that mark them."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

from selectolax.lexbor import LexborNode

from newsexport.kit.html.inlines import Attributes

Part: TypeAlias = Literal["kicker", "standfirst", "byline", "dateline", "topics", "dates"]
_WORDS: Final[tuple[tuple[Part, str], ...]] = (
    ("kicker", "kicker|eyebrow|overline"),
    ("standfirst", "standfirst|dek|deck|sub-?headline|subhed"),
    ("byline", "byline"),
    ("dateline", "dateline"),
    ("topics", "topics"),
    ("dates", "dates"),
)
_PARTS: Final = tuple((part, re.compile(rf"(?:^|\s)(?:[a-z]+[-_]+)*(?:{words})(?:$|\s)")) for part, words in _WORDS)
_LONGEST: Final = 1_000
_TEXT: Final = 200


class Header:
    """Takes the parts of the head out of a walk, up to the first paragraph of the text.

    Attributes:
        parts: The words of each part, as displayed.
        moments: Values of elements ``time`` in the head.
    """

    def __init__(self) -> None:
        self.parts: dict[Part, str] = {}
        self.moments: list[str] = []
        self._is_over = False

    def __call__(self, node: LexborNode, tag: str, attributes: Attributes) -> bool:
        """Tell whether an element is a part of the head; its words are kept here."""
        if self._is_over:
            return False
        part = self._part(attributes)
        if part is None:
            self._is_over = tag == "p" and len(node.text()) > _TEXT
            return False
        words = " ".join(node.text(separator=" ").split())
        if not words or len(words) > _LONGEST or part in self.parts:
            return False
        self.parts[part] = words
        times = [node] if tag == "time" else node.css("time[datetime]")
        self.moments += (stated for each in times if (stated := each.attributes.get("datetime")))
        return True

    def _part(self, attributes: Attributes) -> Part | None:
        words = f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''}".strip()
        return next((part for part, pattern in _PARTS if pattern.search(words)), None) if words else None
