"""YAML whose values are text: ``no`` is Norwegian, ``12:30`` is no number, and no date is one before its field says so.

Source: YAML 1.2, 10.1 "Failsafe Schema".
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

import yaml
from msgspec import Struct

from newsexport.errors import InputError, LimitError

Stated: TypeAlias = "str | list[Stated] | dict[str, Stated]"
"""A value of front matter."""

_DEEPEST: Final = 20
_MOST_VALUES: Final = 10_000
_NOTHING: Final = frozenset({"~", "null"})
_OF_TEXT: Final = frozenset({"!", "tag:yaml.org,2002:str"})
# YAML 1.2, 5.1 "Character Set".
_UNPRINTABLE: Final = re.compile("[^\x09\x0a\x0d\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HINTS: Final = (
    ("mapping values are not allowed", "put a value with a colon in it in quotes"),
    ("'\\t'", "indent with blanks, not with tabs"),
    ("cannot start any token", "put the value in quotes"),
    ("in quotes", "close the quotes, and double those that stand in it"),
    ("", "look at the quotes, colons and indents there"),
)


class Field(Struct, frozen=True):
    """A field of front matter.

    Attributes:
        key: As it is written.
        value: Text, or lists and tables of it.
        line: In the input; None when it is not known.
    """

    key: str
    value: Stated
    line: int | None = None


class _Frame(Struct):
    """A list or table that is open."""

    holder: list[Stated] | dict[str, Stated]
    anchor: str | None = None
    key: str | None = None
    size: int = 1


def fields(text: str, first: int) -> tuple[Field, ...]:
    """Return the fields of a table in YAML.

    Args:
        text: Between the fences.
        first: Number of its first line in the input.

    Raises:
        InputError: it is no YAML, or no table; the line is named.
        LimitError: it is nested too deeply, or its aliases stand for too much.
    """
    loading = _Loading(first)
    try:
        for event in yaml.parse(_UNPRINTABLE.sub(_printable, text), Loader=yaml.BaseLoader):
            loading.event(event)
    except yaml.YAMLError as error:
        raise _unreadable(error, first) from error
    return tuple(Field(key, value, loading.lines.get(key)) for key, value in loading.table().items())


def _unreadable(error: yaml.YAMLError, first: int) -> InputError:
    problem = str(getattr(error, "problem", None) or "it is no YAML")
    mark = getattr(error, "problem_mark", None)
    if "quoted scalar" in str(getattr(error, "context", None)):
        # Quotes that are never closed are at fault where they open.
        problem, mark = "a value in quotes does not end", getattr(error, "context_mark", None)
    hint = next(hint for words, hint in _HINTS if words in problem)
    return InputError(f"the front matter cannot be read: {problem}", hint, f"line {first + (mark.line if mark else 0)}")


def _printable(found: re.Match[str]) -> str:
    """Return what a control character of Windows stands for; others are no text."""
    character = found[0]
    return character.encode("latin-1").decode("cp1252", "replace") if "\x80" <= character <= "\x9f" else "\ufffd"


class _Loading:
    """Makes values of events, without recursion.

    Attributes:
        lines: Of the fields.
    """

    def __init__(self, first: int) -> None:
        self.lines: dict[str, int] = {}
        self._first = first
        self._line = first
        self._frames: list[_Frame] = [_Frame([])]
        self._anchors: dict[str, tuple[Stated, int]] = {}

    def table(self) -> dict[str, Stated]:
        """Return the whole."""
        match self._frames[0].holder:
            case [] | [""]:
                return {}
            case [dict() as table]:
                return table
            case _:
                raise self._error("the front matter is no table", "write lines of a name, a colon and a value")

    def event(self, event: yaml.Event) -> None:
        """Take what comes next."""
        if event.start_mark is not None:
            self._line = self._first + event.start_mark.line
        tag = getattr(event, "tag", None)
        if tag and tag not in _OF_TEXT:
            raise self._error(f"the front matter holds a value of the type {tag!r}", "write it without the tag")
        match event:
            case yaml.ScalarEvent():
                is_nothing = event.style is None and event.value in _NOTHING
                self._value("" if is_nothing else event.value, event.anchor, 1)
            case yaml.AliasEvent():
                self._alias(event.anchor or "")
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._open([] if isinstance(event, yaml.SequenceStartEvent) else {}, event.anchor)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                frame = self._frames.pop()
                self._value(frame.holder, frame.anchor, frame.size)

    def _open(self, holder: list[Stated] | dict[str, Stated], anchor: str | None) -> None:
        around = self._frames[-1]
        if isinstance(around.holder, dict) and around.key is None:
            raise self._error("a list or table stands for the name of a field", "put the name in quotes")
        if len(self._frames) > _DEEPEST:
            raise LimitError(f"the front matter is nested deeper than {_DEEPEST}", None, f"line {self._line}")
        self._frames.append(_Frame(holder, anchor))

    def _alias(self, anchor: str) -> None:
        if anchor not in self._anchors:
            raise self._error(f"the alias {anchor!r} stands for nothing above it", "write the value itself")
        value, size = self._anchors[anchor]
        self._value(value, None, size)

    def _value(self, value: Stated, anchor: str | None, size: int) -> None:
        frame = self._frames[-1]
        frame.size += size
        if sum(each.size for each in self._frames) > _MOST_VALUES:
            message = f"the front matter holds more than {_MOST_VALUES} values"
            raise LimitError(message, "write what its aliases stand for, where it is needed", f"line {self._line}")
        if anchor is not None:
            self._anchors[anchor] = value, size
        if isinstance(frame.holder, list):
            frame.holder.append(value)
        elif frame.key is None:
            self._key(frame, value)
        else:
            frame.holder[frame.key] = value
            frame.key = None

    def _key(self, frame: _Frame, value: Stated) -> None:
        if not isinstance(value, str):
            raise self._error("a list or table stands for the name of a field", "put the name in quotes")
        if value in frame.holder:
            raise self._error(f"the field {value!r} is stated twice", "leave one of the two")
        frame.key = value
        if len(self._frames) == 2:  # the table itself is the second
            self.lines[value] = self._line

    def _error(self, message: str, hint: str) -> InputError:
        return InputError(message, hint, f"line {self._line}")
