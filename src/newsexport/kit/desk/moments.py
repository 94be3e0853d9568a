"""Days and moments as newsrooms write them: what is not proved is not taken."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from newsexport.kit.desk.conventions import languages, months

_Saving: TypeAlias = Literal["eu", "us"]
_LONGEST: Final = 500

# Minutes east of UTC. CST and BST have other meanings far away; those are earlier moments, so that these are safe.
_FIXED: Final = {
    "GMT": 0, "UTC": 0, "UT": 0, "Z": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "MEZ": 60, "CEST": 120,
    "MESZ": 120, "EET": 120, "EEST": 180, "MSK": 180, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
}  # fmt: skip
_SEASONAL: Final[dict[str, tuple[int, _Saving]]] = {
    **dict.fromkeys(("london time", "uk time", "lisbon time"), (0, "eu")),
    **dict.fromkeys(
        ("paris time", "berlin time", "brussels time", "madrid time", "rome time", "vienna time", "stockholm time",
         "amsterdam time", "central european time", "heure de paris", "heure de bruxelles", "hora de madrid",
         "hora peninsular", "hora peninsular española", "ora di roma", "ora italiana", "deutscher zeit",
         "mitteleuropäischer zeit", "nederlandse tijd", "svensk tid", "dansk tid"),
        (60, "eu"),
    ),
    **dict.fromkeys(("eastern time", "new york time", "us eastern", "u.s. eastern", "eastern"), (-300, "us")),
    **dict.fromkeys(("central time", "us central"), (-360, "us")),
    **dict.fromkeys(("mountain time", "us mountain"), (-420, "us")),
    **dict.fromkeys(("pacific time", "us pacific", "pacific"), (-480, "us")),
}  # fmt: skip
_SHORT: Final[dict[str, int]] = {"ET": -300, "CT": -360, "MT": -420, "PT": -480}
# The laws that the rules of summer time below follow are in force since then.
_RULES_SINCE: Final = 2007


class Day(Struct, frozen=True):
    """A day in a text.

    Attributes:
        value: None when the text does not say the year, or when it can be read as two different days.
        span: Where it stands.
    """

    value: date | None
    span: tuple[int, int]


def days(text: str, language: str | None) -> list[Day]:
    """Return the days that a text names."""
    return [Day(_date(found, language), found.span()) for found in _day_pattern().finditer(text) if any(found.groups())]


def instant(text: str, language: str | None) -> datetime | None:
    """Return the one moment that a text names; None when day, year, time of day or zone is missing or in doubt."""
    text = text[:_LONGEST]
    found = days(text, language)
    dates = {day.value for day in found}
    if len(dates) != 1 or (day := dates.pop()) is None:
        return None
    for each in reversed(found):
        text = f"{text[: each.span[0]]} ; {text[each.span[1] :]}"
    times, zones = _clock(text)
    if not times or len(times) != len(zones):
        return None
    moments = [_moment(day, time, zone) for time, zone in zip(times, zones, strict=True)]
    return moments[0] if len(set(moments)) == 1 else None


@cache
def _day_pattern() -> re.Pattern[str]:
    month = "|".join(sorted(map(re.escape, months()), key=lambda name: (-len(name), name)))
    return re.compile(
        rf"(?<!\d)(?P<y0>\d{{4}})-(?P<m0>\d\d)-(?P<d0>\d\d)(?:(?=T\d)|(?!\d))"
        rf"|(?<!\d)(?P<d1>\d{{1,2}})\.\s?(?P<m1>\d{{1,2}})\.\s?(?P<y1>\d{{4}})(?!\d)"
        rf"|(?<!\d)(?P<d2>\d{{1,2}})/(?P<m2>\d{{1,2}})/(?P<y2>\d{{4}})(?!\d)"
        rf"|\b(?P<m3>{month})\b\.?\s(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,?\s(?P<y3>\d{{4}})(?!\d))?"
        rf"|(?<![\d:])(?P<d4>\d{{1,2}})(?:\.|er|st|nd|rd|th|º|ª)?\s(?:de\s|of\s|d['’])?(?P<m4>{month})\b\.?"
        rf"(?:,?\s(?:de\s|del\s)?(?P<y4>\d{{4}})(?!\d))?",
        re.IGNORECASE,
    )


def _date(found: re.Match[str], language: str | None) -> date | None:
    form = next(index for index in range(5) if found[f"d{index}"])
    day, month, year = found[f"d{form}"], found[f"m{form}"], found[f"y{form}"]
    if year is None:
        return None
    if form == 2 and language != "en-GB" and (language or "en").split("-")[0] == "en":
        return _american(int(day), int(month), int(year), language)
    return _valid(int(year), months().get(month.lower()) or int(month), int(day))


def _american(first: int, second: int, year: int, language: str | None) -> date | None:
    """Read 2/3/2025: the month comes first in the USA; elsewhere in English it is in doubt unless one is no month."""
    if first > 12:
        return _valid(year, second, first)
    if language == "en-US" or second > 12 or first == second:
        return _valid(year, first, second)
    return None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _clock_pattern() -> re.Pattern[str]:
    seasonal = "|".join(re.escape(name) for name in sorted(_SEASONAL, key=lambda name: (-len(name), name)))
    return re.compile(
        r"(?P<offset>(?:\b(?:UTC|GMT)\s?|(?<=\d)\s?)[+−-]\d{1,2}(?::?[0-5]\d)?)(?!\d)"
        rf"|(?<![^\W\d_])(?P<fixed>{'|'.join(sorted(_FIXED, key=len, reverse=True))})(?!\w)"
        rf"|\b(?i:(?P<seasonal>{seasonal}))\b"
        r"|\b(?P<short>ET|CT|MT|PT)\b"
        r"|(?<![\d:.])(?P<hour>\d{1,2})(?:[:.h](?P<minute>[0-5]\d)(?::\d\d)?)?\s?"
        r"(?:(?P<half>(?i:[ap]))\.?(?i:m)\b\.?|(?i:h|uhr|heures?|horas?|uur)\b(?!\s(?:de|peninsular)\b))"
        r"|(?<![\d:.])(?P<hour2>\d{1,2})[:.h](?P<minute2>[0-5]\d)(?::\d\d(?:\.\d+)?)?(?!\d)"
        r"|(?<![\d:.])(?P<hour3>[0-2]\d)(?P<minute3>[0-5]\d)(?!\d)"
        r"|\b(?P<noon>(?i:noon))\b"
    )


def _clock(text: str) -> tuple[list[tuple[int, int] | None], list[re.Match[str]]]:
    """Return the times of day and the zones that a text names, each in order."""
    found = list(_clock_pattern().finditer(text))
    american = any(each["half"] or each["noon"] for each in found)
    zones = [each for each in found if each["offset"] or each["fixed"] or each["seasonal"]]
    # "ET" is the French "and" as well: it is a zone only beside "a.m." or "p.m.".
    zones += [each for each in found if each["short"] and american]
    times = [_time(each) for each in found if each["hour"] or each["hour2"] or each["hour3"] or each["noon"]]
    return times, sorted(zones, key=lambda each: each.start())


def _time(found: re.Match[str]) -> tuple[int, int] | None:
    if found["noon"]:
        return 12, 0
    hour = int(found["hour"] or found["hour2"] or found["hour3"])
    minute = int(found["minute"] or found["minute2"] or found["minute3"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"] in "pP" else 0)
    return (hour, minute) if hour < 24 else None


def _moment(day: date, time: tuple[int, int] | None, zone: re.Match[str]) -> datetime | None:
    if time is None:
        return None
    local = datetime(day.year, day.month, day.day, *time)  # its zone is added below
    minutes = _offset(local, zone)
    return None if minutes is None else local.replace(tzinfo=timezone(timedelta(minutes=minutes)))


def _offset(local: datetime, zone: re.Match[str]) -> int | None:
    if zone["fixed"]:
        return _FIXED[zone["fixed"]]
    if zone["offset"]:
        return _stated(zone["offset"])
    standard, saving = _SEASONAL[zone["seasonal"].lower()] if zone["seasonal"] else (_SHORT[zone["short"]], "us")
    if local.year < _RULES_SINCE:
        return None
    return standard + 60 if _is_summer(local, saving, standard) else standard


def _stated(offset: str) -> int | None:
    sign, digits = re.sub(r"[^\d+−-]", "", offset)[0], re.sub(r"\D", "", offset)
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    return (hours * 60 + minutes) * (1 if sign == "+" else -1) if hours <= 14 else None


def _is_summer(local: datetime, saving: _Saving, standard: int) -> bool:
    """Tell whether clocks are put forward; the hour that passes twice counts as its second, later time.

    Source: Directive 2000/84/EC (last Sundays of March and October, 01:00 UTC); 15 U.S.C. 260a (second Sunday of March,
    first Sunday of November, 02:00 local time).
    """
    if saving == "eu":
        change = timedelta(hours=1, minutes=standard)
        return _sunday(local.year, 3, 25) + change <= local < _sunday(local.year, 10, 25) + change
    return _sunday(local.year, 3, 8) + timedelta(hours=2) <= local < _sunday(local.year, 11, 1) + timedelta(hours=1)


def _sunday(year: int, month: int, earliest: int) -> datetime:
    first = datetime(year, month, earliest)
    return first + timedelta(days=(6 - first.weekday()) % 7)


@cache
def weekday_pattern() -> str:
    """Return a pattern for the names of weekdays in every language."""
    names = {name for each in languages().values() for names in each.weekdays for name in names.split()}
    return "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))
