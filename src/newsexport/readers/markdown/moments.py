"""Dates and embargoes in front matter: a bad one is an error with its name, for it decides when copy goes out."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from newsexport.errors import InputError, Kind
from newsexport.kit import timestamps
from newsexport.kit.desk.moments import days, instant
from newsexport.model import Embargo
from newsexport.readers.markdown.values import plain, truth
from newsexport.spi import Context

if TYPE_CHECKING:
    from newsexport.readers.markdown.plain_yaml import Field, Stated

# YAML 1.1, "Timestamp": digits may be left out; some write the day with slashes.
_STAMP: Final = re.compile(
    r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})"
    r"(?:(?:[Tt]|[ \t]+)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d(?:[.,]\d+)?))?)?"
    r"(?:\s*(?:(?P<utc>[Zz]|UTC|GMT)|(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?))?"
)
_DATED: Final = re.compile(r"\d{4}\D\d")
_HINT: Final = "write it like 2024-02-28T08:30:00+01:00"


class Moments:
    """Reads the moments of one article."""

    def __init__(self, zone: str, language: str | None, context: Context) -> None:
        """Get ready.

        Args:
            zone: Name of the time zone of moments that state none.
            language: Of the article: how its dates may be written.
            context: Hears what was assumed.
        """
        self._zone = timestamps.zone(zone)
        self._is_zone_stated = zone.upper() != "UTC"
        self._language = language
        self._context = context

    def moment(self, field: Field, value: Stated | None = None) -> datetime:
        """Return the moment that a field, or a value in it, states.

        Raises:
            InputError: it states none; field, value and line are named.
        """
        text = self._iso(field.value if value is None else value)
        found = timestamps.stated(text, _where(field), self._context, local=self._zone) if text else None
        if found is None:
            raise self._error(field, value)
        return found

    def day(self, field: Field, value: Stated) -> date:
        """Return the day that a value in a field states.

        Raises:
            InputError: it states none.
        """
        text = self._iso(value)
        if text is None:
            raise self._error(field, value)
        return timestamps.parse(text).date()

    def embargo(self, field: Field) -> Embargo | None:
        """Return the embargo that a field states; one whose moment is not proved stands until further notice.

        Raises:
            InputError: it states a day that does not exist.
        """
        until, words = field.value, None
        if isinstance(until, dict):
            lowered = {key.lower(): value for key, value in until.items()}
            until, words = lowered.get("until", ""), lowered.get("text")
        if not isinstance(until, str):
            raise self._error(field, until)
        text = plain(words) if isinstance(words, str) else plain(f"{field.key}: {until}")
        if isinstance(field.value, str) and truth(until) is not None:
            return Embargo(None, text) if truth(until) else None
        moment = self._proved(field, until)
        if moment is None:
            message = f"{text!r} proves no moment: embargoed until further notice"
            self._context.notice("text.embargo-open", Kind.GUESS, message, where=_where(field))
        return Embargo(moment, text)

    def _proved(self, field: Field, text: str) -> datetime | None:
        """Return the moment of an embargo: with the time of day, and an offset unless the house states its zone."""
        iso = self._iso(text)
        if iso is None:
            if _DATED.match(text.strip()):
                raise self._error(field, text)
            return instant(text, self._language)
        moment = timestamps.parse(iso)
        if moment.tzinfo is None and self._is_zone_stated and not timestamps.is_day(iso):
            moment = moment.replace(tzinfo=self._zone)
        return moment if moment.tzinfo is not None else None

    def _iso(self, value: Stated) -> str | None:
        """Return a moment as ISO 8601 has it; None where it is none."""
        text = " ".join(value.split()) if isinstance(value, str) else ""
        found = _STAMP.fullmatch(text)
        iso = _padded(found) if found else text
        try:
            timestamps.parse(iso)
        except (ValueError, OverflowError):
            return None if found else self._in_words(text)
        return iso

    def _in_words(self, text: str) -> str | None:
        """Return what ``March 4, 2024`` stands for; None for anything beside a day or a moment."""
        moment = instant(text, self._language)
        if moment is not None:
            return moment.isoformat()
        match days(text, self._language):
            case [day] if day.value is not None and day.span == (0, len(text)):
                return day.value.isoformat()
            case _:
                return None

    def _error(self, field: Field, value: Stated | None) -> InputError:
        stated = field.value if value is None else value
        text = stated if isinstance(stated, str) else "a list or table"
        return InputError(f"{field.key}: {text[:80]!r} is no date", _HINT, _where(field))


def _where(field: Field) -> str:
    return f"line {field.line}" if field.line else field.key


def _padded(found: re.Match[str]) -> str:
    day = f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"
    if not found["hour"]:
        return day
    offset = f"{found['sign']}{int(found['hours']):02}:{found['minutes'] or '00'}" if found["sign"] else ""
    time = f"{int(found['hour']):02}:{found['minute']}:{(found['second'] or '00').replace(',', '.')}"
    return f"{day}T{time}{'Z' if found['utc'] else offset}"
