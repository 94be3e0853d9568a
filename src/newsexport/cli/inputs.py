"""What several commands take alike: standard input, options of formats, moments."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime

from newsexport.errors import InputError, UsageError
from newsexport.spi import Limits


def standard_input(limits: Limits) -> bytes:
    """Return what is piped in, and one byte more than the limit when it is more than that.

    Raises:
        InputError: it cannot be read.
    """
    if sys.stdin is None:  # the caller closed it
        raise InputError("standard input is closed", "give the path of a file")
    try:
        return sys.stdin.buffer.read(limits.input_bytes + 1)
    except OSError as error:
        raise InputError(f"cannot read standard input: {error.strerror or error}") from error


def format_options(pairs: Iterable[str], flag: str) -> dict[str, dict[str, str]]:
    """Return the values of ``FORMAT.OPTION=VALUE`` by format and option.

    Raises:
        UsageError: one is not of this form.
    """
    options: dict[str, dict[str, str]] = {}
    for pair in pairs:
        place, equals, value = pair.partition("=")
        name, _, option = place.partition(".")
        if not (equals and name and option):
            raise UsageError(f"{flag} {pair!r} names no option of a format", f"write {flag} FORMAT.OPTION=VALUE")
        options.setdefault(name, {})[option] = value
    return options


def moment(text: str, flag: str) -> datetime:
    """Return the date and time that a flag states.

    Raises:
        UsageError: it is none, or does not say its offset from UTC.
    """
    hint = "write it like 2025-02-24T12:00:00+01:00"
    try:
        stated = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{flag} {text!r} is no date and time", hint) from error
    if stated.tzinfo is None:
        raise UsageError(f"{flag} {text!r} does not state its offset from UTC", hint)
    return stated
