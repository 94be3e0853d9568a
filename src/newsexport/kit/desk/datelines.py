"""Datelines: where, when and by which agency, in front of the first paragraph."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct, structs

from newsexport.kit.desk.conventions import wire
from newsexport.kit.desk.moments import Day, days, weekday_pattern
from newsexport.model import Dateline

# Every pattern sees no more than the head of a line, so that none takes long on any input.
_LONGEST: Final = 120
_DASH: Final = r"(?:\.?\s?(?:--|[-–—―_]))"
_BRACKETED: Final = re.compile(
    rf"(?P<before>[^()]{{0,80}})\((?P<source>[^()]{{1,40}})\)(?:(?P<dash>{_DASH}|:)(?:\s+|$)|(?P<none>\s+|$))"
)
_SLASHED: Final = re.compile(
    rf"(?P<before>[^/()]{{2,80}}?)[.,]? /(?P<source>[^/()]{{2,20}})/(?:(?P<dash>{_DASH}|\.)(?:\s+|$)|(?P<none>\s+|$))"
)
_AGENCY_FIRST: Final = re.compile(
    r"\((?P<source>[^()]{1,40})\)\s?[-–—]+\s?(?P<before>[^-–—()]{2,60}?)\s?(?P<dash>[-–—]+)(?P<none>)(?:\s+|$)"
)
_BARE: Final = re.compile(r"(?P<before>[^()]{2,80}?)(?P<source>)(?P<none>)(?P<dash>\s?--\s|\s?[–—―](?:\s|$)|\s[-_]\s)")


class Opening(Struct, frozen=True):
    """A paragraph that opens with a dateline.

    Attributes:
        dateline: What stands in front; `run_in` is False when the line holds nothing else.
        rest: The words of the paragraph.
    """

    dateline: Dateline
    rest: str


def opening(text: str, language: str | None) -> Opening | None:
    """Take the dateline off a first paragraph; None when it has none, or none that is beyond doubt."""
    head = text[:_LONGEST]
    for form in (_AGENCY_FIRST, _BRACKETED, _SLASHED, _BARE):
        found = form.match(head)
        dateline = _dateline(found, language) if found else None
        if found and dateline:
            rest = text[found.end() :].strip()
            return Opening(structs.replace(dateline, text=found[0].strip(), run_in=bool(rest)), rest)
    return None


def _dateline(found: re.Match[str], language: str | None) -> Dateline | None:
    place, day = _placed(found["before"], language)
    source = found["source"].strip()
    if not (_is_place(place) if place else bool(source and found["dash"])):
        return None
    if source and _is_agency(source):
        proved = bool(found["dash"] or day or found["none"] == "")
    elif source:
        # "NATO (North Atlantic) - ..." looks the same: only a day tells an unknown agency from an explanation.
        proved = bool(day) and _in_capitals(place)
    else:
        proved = _in_capitals(place) and (bool(day) or _is_known(place))
    return Dateline(place=place or None, date=day.value if day else None, source=source or None) if proved else None


def _placed(before: str, language: str | None) -> tuple[str, Day | None]:
    """Part a place from the day that follows it."""
    before = before.strip().rstrip(",:")
    found = days(before, language)
    if found and not before[found[-1].span[1] :].strip(" .,"):
        return before[: found[-1].span[0]].rstrip(" ,"), found[-1]
    weekday = re.search(rf",\s(?i:{weekday_pattern()})\.?$", before)
    if weekday:
        return before[: weekday.start()], Day(None, weekday.span())
    return before, None


def _is_place(place: str) -> bool:
    tokens = re.split(r"[\s/]+", place.replace(",", " ").strip())
    if not 1 <= len(tokens) <= 7:
        return False
    return tokens[0][:1].isupper() and all(token[:1].isupper() or token in wire().place_particles for token in tokens)


def _is_agency(source: str) -> bool:
    agencies = wire().agencies
    whole = source.lower()
    return whole in agencies or any(part in agencies for part in re.split(r"[/\s]+", whole))


def _in_capitals(place: str) -> bool:
    return place.partition(",")[0].isupper()


def _is_known(place: str) -> bool:
    city, _, region = place.lower().partition(",")
    return city in wire().cities if not region else region.strip() in wire().regions
