"""Moments as programs write them: ISO 8601 and its kin, the dates of mail and feeds."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsexport.errors import Kind, UsageError
from newsexport.spi import Context

_ISO: Final = re.compile(
    r"(?P<day>\d{4}-?\d\d-?\d\d)"
    r"(?:(?:T|t|\s)\s?(?P<time>\d\d:?\d\d(?::?\d\d(?:[.,]\d{1,9})?)?)\s?(?P<offset>[Zz]|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?"
)
_UTC: Final = frozenset({"Z", "UTC", "GMT"})
_LONGEST: Final = 100


def zone(name: str) -> tzinfo:
    """Return a time zone by its name in the IANA database.

    Raises:
        UsageError: there is none of this name.
    """
    if name.upper() == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(f"there is no time zone {name!r}", "write one like Europe/Berlin") from error


def parse(text: str) -> datetime:
    """Return a moment as a text states it; it is naive where no offset is stated, midnight where no time is.

    Source: ISO 8601 and RFC 3339, with a blank in place of the T or before the offset; RFC 5322, 3.3.

    Raises:
        ValueError: the text is no moment, or one that does not exist.
    """
    stripped = text.strip()
    found = _ISO.fullmatch(stripped)
    if found is None:
        if len(stripped) > _LONGEST or not stripped.isascii():
            raise ValueError(f"{stripped[:_LONGEST]!r} is no date")
        from email.utils import parsedate_to_datetime  # 8 ms, and most moments are of ISO 8601

        try:
            return parsedate_to_datetime(stripped)
        except (TypeError, IndexError, OverflowError) as error:
            raise ValueError(f"{stripped!r} is no date") from error
    time = (found["time"] or "00:00").replace(",", ".")
    offset = {"Z": "+00:00", "UTC": "+00:00", "GMT": "+00:00"}.get(
        (found["offset"] or "").upper(), found["offset"] or ""
    )
    return datetime.fromisoformat(f"{found['day']}T{time}{offset}")


def is_day(text: str) -> bool:
    """Tell whether a text states a day without a time."""
    found = _ISO.fullmatch(text.strip())
    return found is not None and found["time"] is None


def stated(text: object, field: str, context: Context, *, local: tzinfo = UTC) -> datetime | None:
    """Return the moment in a field of an input; None, with a notice, where it is none.

    Args:
        text: The value as it stands; None and empty text state nothing.
        field: What notices call it.
        context: Is told of what was assumed or left out.
        local: The zone of a moment that states none; assuming it is noticed as a guess.
    """
    if text is None or text == "":
        return None
    try:
        found = parse(str(text))
        aware = found if found.tzinfo is not None else found.replace(tzinfo=local)
        aware.astimezone(UTC)  # a moment at the edge of the calendar has no time in UTC
    except (ValueError, OverflowError):
        message = f"{str(text)[:_LONGEST]!r} is no date and was left out"
        context.notice("date.unreadable", Kind.REPAIR, message, where=field)
        return None
    if found.tzinfo is None:
        what = "no time of day" if is_day(str(text)) else "no offset from UTC"
        message = f"{str(text).strip()!r} states {what}: {aware.isoformat()} was taken"
        context.notice("date.zone-assumed", Kind.GUESS, message, where=field)
    return aware
