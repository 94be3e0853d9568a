"""Embargoes and holds: a marker that proves no moment stands until further notice; it is never overlooked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Final

from msgspec import Struct, structs

from newsexport.errors import Kind
from newsexport.kit.desk.conventions import phrases
from newsexport.kit.desk.lines import Line
from newsexport.kit.desk.marks import embargo_mark
from newsexport.kit.desk.moments import days, instant
from newsexport.model import Embargo
from newsexport.spi import Context

_LONGEST: Final = 200
_AT_ONCE: Final = re.compile(r"[\W_]{0,4}(?i:immediate|sofort|inmediat|immédiat|imediat|now\b|straks|direkt|omedelbar)")


class _Found(Struct, frozen=True):
    """An embargo as a line words it; `bare` when the line is nothing but its marker."""

    text: str
    until: datetime | None
    bare: bool


class Embargoes:
    """The embargoes that a text states.

    Attributes:
        held: True for copy that waits for its release by hand.
    """

    def __init__(self, language: str | None, context: Context) -> None:
        self.held = False
        self._language = language
        self._context = context
        self._found: list[_Found] = []

    def embargo(self) -> Embargo | None:
        """Return what all of them come to: the last of their moments, or none where one of them proves no moment.

        A line that only says *embargoed* leaves the moment to the others.
        """
        if not self._found:
            return None
        stated = [each.until for each in self._found if not each.bare]
        known = [until for until in stated if until is not None]
        until = max(known) if known and len(known) == len(stated) else None
        return Embargo(until, " / ".join(each.text for each in self._found))

    def without(self, lines: Iterable[Line]) -> list[Line]:
        """Take the embargoes off a text.

        A line that states an embargo beside other words remains, and the embargo holds all the same.
        """
        rest: list[Line] = []
        gap = False
        waiting = list(lines)[::-1]
        while waiting:
            line = waiting.pop()
            if self._is_embargo(line, waiting):
                gap = gap or line.gap
                continue
            rest.append(structs.replace(line, gap=True) if gap else line)
            gap = False
        return rest

    def _is_embargo(self, line: Line, waiting: list[Line]) -> bool:
        """Tell whether a line is an embargo and no more; the line below it may be a part of it."""
        head = line.text[:_LONGEST]
        found = embargo_mark(head)
        if found is None or _AT_ONCE.match(head, found.end()):
            if within := _within().search(head):
                self.add(line.text[within.start() : within.start() + _LONGEST].strip("()[] "), line)
            return False
        text = line.text if len(line.text) <= _LONGEST else head.rpartition(" ")[0]
        if waiting and self._goes_on(text, waiting[-1]):
            text = f"{text} {waiting.pop().text}"
        self.held = self.held or (bool(found["hold"]) and self._instant(text) is None)
        self.add(text, line)
        return len(line.text) <= _LONGEST

    def _goes_on(self, text: str, below: Line) -> bool:
        """Tell whether the line below holds the day of an embargo."""
        if below.gap or len(below.text) > _LONGEST // 2 or embargo_mark(below.text):
            return False
        if not days(below.text, self._language):
            return False
        return not re.search(r"\d", text) or (
            self._instant(text) is None and self._instant(f"{text} {below.text}") is not None
        )

    def add(self, text: str, line: Line) -> None:
        """Keep an embargo that a line words so."""
        until = self._instant(text)
        mark = embargo_mark(text)
        self._found.append(_Found(text, until, mark is not None and not re.search(r"\w", text[mark.end() :])))
        if until is None:
            message = f"{text!r} proves no moment: embargoed until further notice"
            self._context.notice("text.embargo-open", Kind.GUESS, message, where=line.where)
        else:
            message = f"{text!r} was read as an embargo until {until.isoformat()}"
            self._context.notice("text.embargo", Kind.INFO, message, where=line.where)

    def _instant(self, text: str) -> datetime | None:
        return instant(text, self._language)


@cache
def _within() -> re.Pattern[str]:
    """Match an embargo in capitals, or at the head of a bracket, anywhere in a line."""
    return re.compile(
        rf"\b(?:{phrases(lambda each: map(str.upper, each.embargo))}|EMBARGOED)\b"
        rf"|[(\[]\s?(?i:{phrases(lambda each: each.embargo)}|embargoed|under embargo|sperrfrist|sous embargo)\b"
    )
