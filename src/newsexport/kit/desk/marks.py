"""Lines that are marks and no words of a story: end marks, ``(more)``, embargoes, urgency, takes, sluglines."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from msgspec import Struct

from newsexport.kit.desk.conventions import pattern, phrases, wire

_LONGEST: Final = 120
_CAPITAL: Final = "A-ZÀ-ÖØ-ÞŠŽŁŚŻĆ"
_HASHES: Final = re.compile(r"#(?:\s?#){2,9}")
_THIRTY: Final = re.compile(r"[-–—*\s]{1,4}(?:30|0)[-–—*\s]{1,4}")
_SLUGLINE: Final = re.compile(
    # The Associated Press: "BC-US--Harbour Bridge,1st Ld"; dpa: "Hafen/Brücke/"; Reuters: "HARBOUR-BRIDGE/ (UPDATE 1)".
    r"(?P<slug>(?:BC|AM|PM|AP)-[\w./'’ -]+|(?:\w[\w-]*/){2,8}"
    rf"|[{_CAPITAL}]+(?:-[{_CAPITAL}]+)+/[{_CAPITAL}-]*|[{_CAPITAL}]{{3,}}/"
    rf"|[{_CAPITAL}][{_CAPITAL}.'’]*(?:-{{1,2}}[{_CAPITAL}0-9][{_CAPITAL}0-9.'’]*){{2,8}})"
    r"(?:\s?,\s?(?P<after>.{1,80})|\s?\((?P<within>[^()]{1,60})\))?"
)


_BRACKETED: Final = re.compile(r"\([^()]{2,100}\)")


class Markers(Struct, frozen=True):
    """What a line of markers says.

    Attributes:
        urgency: 1 or 2 where it states one.
        advance: True for copy sent ahead of its day.
    """

    urgency: int | None
    advance: bool


def ends(text: str) -> bool:
    """Tell whether a line says that the story ends here."""
    return bool(is_hashes(text) or (len(text) <= _LONGEST and (_THIRTY.fullmatch(text) or _end().fullmatch(text))))


def is_hashes(text: str) -> bool:
    """Tell whether a line is ``###``, which ends a story or parts its sections."""
    return bool(_HASHES.fullmatch(text))


def more(text: str) -> bool:
    """Tell whether a line says that more of the story is to follow."""
    return len(text) <= _LONGEST and bool(_more().fullmatch(text))


def embargo_mark(text: str) -> re.Match[str] | None:
    """Match the words of embargo that a line starts with; their group ``hold`` is those of copy on hold."""
    return _embargo().match(text)


def slugline(text: str) -> tuple[str, str | None] | None:
    """Return a slugline and what stands behind it; None when a line is none."""
    found = _SLUGLINE.fullmatch(text) if len(text) <= _LONGEST else None
    return (found["slug"], found["after"] or found["within"]) if found else None


def is_bracketed(text: str) -> bool:
    """Tell whether a line stands in brackets, as what a new version brings does: ``(Adds quote, background)``."""
    return bool(_BRACKETED.fullmatch(text))


def markers(text: str) -> Markers | None:
    """Return what a line says that holds nothing but markers; None when it holds more."""
    if len(text) > _LONGEST or not _line_of_markers().fullmatch(text):
        return None
    found = re.findall("|".join(map(re.escape, _urgent())), text)
    urgency = min((wire().urgency[word] for word in found), default=None)
    return Markers(urgency, bool(re.search(r"(?i:\badv)", text)))


@cache
def _end() -> re.Pattern[str]:
    words = phrases(lambda each: each.end)
    return re.compile(rf"[(\[*–—-]{{0,3}}\s?(?i:{words})\s?[)\]*./–—-]{{0,3}}")


@cache
def _more() -> re.Pattern[str]:
    words = phrases(lambda each: each.more)
    return re.compile(rf"[(\[*–—-]{{1,3}}\s?(?i:{words})\s?(?:…|\.\.\.)?\s?[)\]*–—-]{{1,3}}")


@cache
def _urgent() -> tuple[str, ...]:
    return tuple(sorted(wire().urgency, key=len, reverse=True))


@cache
def _line_of_markers() -> re.Pattern[str]:
    urgent = "|".join(map(pattern, _urgent()))
    ordinal = r"(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth)"
    take = (
        rf"(?:{ordinal}[\s-](?:lead|ld|writethru|add|take)|writethru|update\s\d{{1,2}}|adv\s?\d{{1,2}}|adv|corrective)"
    )
    marker = rf"(?:(?:{urgent})|(?i:{take}))"
    return re.compile(rf"[*\s]{{0,4}}{marker}(?:[\s,/–-]{{1,3}}{marker}){{0,5}}[\s*:!.-]{{0,4}}")


@cache
def _embargo() -> re.Pattern[str]:
    return re.compile(
        r"[\W_]{0,6}(?:"
        rf"(?P<hold>(?i:{phrases(lambda each: each.hold)})\b|HOLD[\s*!.)\]]{{0,4}}$)"
        rf"|(?i:{phrases(lambda each: each.embargo)})\b"
        rf"|(?i:{phrases(lambda each: each.embargo_word)})(?=\s?[:：]|[\W_]*$|\s\(?\d)"
        rf"|(?:{phrases(lambda each: map(str.upper, each.embargo_word))})(?=\s?[–—-]|\s(?:AT|ON|FOR|TO)\b)"
        r")"
    )
