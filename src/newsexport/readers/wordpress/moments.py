"""Dates as WordPress means them: twice, by the clock of the site and in UTC, neither with an offset."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from typing import Final

from newsexport.errors import Kind
from newsexport.kit import timestamps
from newsexport.spi import Context

# Drafts have no date in the database; feeds make the year 1970, or one before Christ, of it.
_NONE: Final = re.compile(r"\s*(?:0000-|.*\s-0001\s|\w{3}, 01 Jan 1970 00:00:00|1970-01-01[T ]00:00:00).*", re.DOTALL)


def utc(text: str | None, where: str, context: Context) -> datetime | None:
    """Return a moment that is stated in UTC; None for none."""
    if not text or _NONE.match(text[:100]):
        return None
    with suppress(ValueError):
        found = timestamps.parse(text)
        if found.tzinfo is None:
            return found.replace(tzinfo=UTC)
    return timestamps.stated(text, where, context)


def local(text: str | None, zone: tzinfo | None, where: str, context: Context) -> datetime | None:
    """Return a moment that is stated by the clock of the site; None, and a notice, where its zone is not known."""
    if not text or _NONE.match(text[:100]):
        return None
    if zone is not None:
        return timestamps.stated(text, where, context, local=zone)
    message = f"{text[:40]!r} is by the clock of the site, whose zone is not stated: it was left out; name it with zone"
    context.notice("wordpress.local-date", Kind.LOSS, message, where=where)
    return None
