"""What the subject of a mail says: the headline, and that it is a press release, or under embargo."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from msgspec import Struct

from newsexport.kit.desk.conventions import phrases
from newsexport.kit.desk.marks import embargo_mark

# What programs put in front of a subject when a mail is answered or passed on, in many languages.
_ANSWER: Final = re.compile(
    r"(?:re|aw|antw|odp|rif|res|sv|vs|fwd?|wg|tr|rv|enc|doorst|vl|ynt|r|i|回复|答复|转发)"
    r"\s?(?:[\[(]\d{1,3}[\])])?\s?[:：]\s*",
    re.IGNORECASE,
)
_BRACKET: Final = re.compile(r"(?:\[(?P<square>[^\[\]]{1,80})\]|\((?P<round>[^()]{1,80})\))[\s:：–—-]*")
_SEPARATOR: Final = re.compile(r"\s*[:：]\s+|\s+[-–—|•·/]{1,2}\s+|\s*\*{2,}\s*|\s*[:：]$")
_TIME: Final = re.compile(r"\d{1,2}(?:[:.h]\d\d|\s?[ap]\.?m\b)", re.IGNORECASE)


class Subject(Struct, frozen=True):
    """The parts of a subject.

    Attributes:
        headline: What is left of it.
        embargoes: Each as a line that starts with the word of an embargo.
        is_release: True when it says that this is a press release.
    """

    headline: str
    embargoes: tuple[str, ...] = ()
    is_release: bool = False


def read_subject(text: str) -> Subject:
    """Take a subject, in one line, apart."""
    reader = _Reader()
    headline = reader.headline(text.strip())
    return Subject(headline, tuple(reader.embargoes), reader.is_release)


def says_release(text: str) -> bool:
    """Tell whether a line starts as those do that announce a press release."""
    return bool(_release().match(text))


def is_release_mark(text: str) -> bool:
    """Tell whether a line says that this is a press release and nothing else."""
    return bool(_release().fullmatch(text.strip(" *_[]().!:–—-")))


class _Reader:
    def __init__(self) -> None:
        self.embargoes: list[str] = []
        self.is_release = False

    def headline(self, text: str) -> str:
        """Return a subject without what stands around the headline."""
        rest = text
        while (shorter := self._peeled(rest)) != rest:
            rest = shorter
        rest = self._without_tail(self._without_brackets(rest))
        if found := _capitals().search(rest):
            self._embargo(rest[found.start() :])
        return rest.strip(" -–—|")

    def _peeled(self, text: str) -> str:
        """Return a subject without the first thing that is no part of the headline."""
        if found := _ANSWER.match(text):
            return text[found.end() :]
        found = _BRACKET.match(text)
        if found and (self._takes(found) or found["square"]) and text[found.end() :]:
            return text[found.end() :]
        if found := _release().match(text):
            self.is_release = True
            separator = _SEPARATOR.match(text, found.end())
            return text[separator.end() :] if separator else "" if found.end() == len(text) else text
        return self._without_embargo(text)

    def _without_embargo(self, text: str) -> str:
        """Return a subject without the embargo that it starts with, as far as that reaches."""
        whole, text = text, text.lstrip("* ")
        separators = list(_SEPARATOR.finditer(text))
        ends = [(found.start(), found.end()) for found in separators] or [(len(text), len(text))]
        start, end = ends[0]
        mark = embargo_mark(text) or embargo_mark(text[:start])
        if mark is None:
            return whole
        # The colon behind "Embargo:" is followed by its day, if by a figure.
        for next_start, next_end in [*ends[1:], (len(text), len(text))]:
            following = text[end:next_start]
            is_day = bool(re.search(r"\d", following)) and not re.search(r"\d", text[:start])
            if start >= len(text) or not (is_day or _TIME.match(following)):
                break
            start, end = next_start, next_end
        self._embargo(text[:start])
        return text[end:]

    def _without_brackets(self, text: str) -> str:
        """Return a subject without the brackets that hold an embargo."""
        for found in _BRACKET.finditer(text):
            if self._takes(found):
                return f"{text[: found.start()].rstrip()} {text[found.end() :]}".strip()
        return text

    def _without_tail(self, text: str) -> str:
        """Return a subject without what stands behind the headline: an embargo, the words for a press release."""
        for found in _SEPARATOR.finditer(text):
            tail = text[found.end() :]
            if embargo_mark(tail):
                self._embargo(tail)
                return text[: found.start()]
            if is_release_mark(tail):
                self.is_release = True
                return text[: found.start()]
        return text

    def _takes(self, bracket: re.Match[str]) -> bool:
        """Tell whether a bracket holds an embargo, or the words for a press release; what it says is kept."""
        inner = (bracket["square"] or bracket["round"]).strip()
        if embargo_mark(inner):
            self._embargo(inner)
            return True
        if says_release(inner):
            self.is_release = True
            return True
        return False

    def _embargo(self, text: str) -> None:
        line = text.strip(" *|-–—:：[]()")
        self.embargoes.append(line if embargo_mark(line) else f"EMBARGO: {line}")


@cache
def _release() -> re.Pattern[str]:
    words = phrases(lambda each: (*each.press_release, *each.release))
    return re.compile(rf"[\W_]{{0,4}}(?i:{words})\b(?:\s(?:Nr|No|N[°º])\.?\s?[\d/.-]{{1,12}})?", re.IGNORECASE)


@cache
def _capitals() -> re.Pattern[str]:
    words = phrases(lambda each: map(str.upper, each.embargo))
    return re.compile(rf"\b(?:{words}|EMBARG\w*|SPERRFRIST|SPERRVERMERK|SPERREFRIST|KLAUSULERET|ЭМБАРГО)\b")
