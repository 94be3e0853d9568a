"""Front matter: what stands between fences above a text, in YAML, TOML or JSON, or in lines of names and values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from newsexport.errors import InputError, LimitError

if TYPE_CHECKING:
    from newsexport.readers.markdown.plain_yaml import Field, Stated

_LONGEST: Final = 65_536
_DEEPEST: Final = 20
_OPENING: Final = re.compile(r"(?:[ \t]*\n)*(?P<mark>---|\+\+\+|;;;)[ \t]*(?P<form>yaml|toml|json)?[ \t]*\n")
_CLOSING: Final = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
    ";;;": re.compile(r"^;;;[ \t]*$", re.MULTILINE),
}
_FORMS: Final = {"---": "yaml", "+++": "toml", ";;;": "json"}
# The first line that says something has a name and a colon; else the fences are rules across the page.
_TABLE: Final = re.compile(r"(?:[ \t]*(?:#.*)?\n)*[ \t]*(?:\"[^\"\n]+\"|'[^'\n]+'|[^\W\d][^:#\n]*?)[ \t]*:(?:\s|$)")
_NOTHING: Final = re.compile(r"(?:[ \t]*(?:#.*)?(?:\n|\Z))*")
_OBJECT: Final = re.compile(r"\s*(?=\{\s*(?:\"(?:[^\"\\\n]|\\.)*\"\s*:|\}\s*(?:\n|$)))")
# Lines above a text, as MultiMarkdown and Python-Markdown have them; Pelican's articles start so.
_LINES: Final = re.compile(
    r"(?:[ \t]*\n)*(?P<head>(?:[A-Za-z][\w -]{0,40}:.*(?:\n|\Z)(?:(?: {4}|\t).*\S.*(?:\n|\Z))*)+)(?=[ \t]*\n|\Z)"
)
_LINE: Final = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}):(?P<value>.*(?:\n[ \t]+.*)*)")
_TOML_KEY: Final = re.compile(r"^[ \t]*\[{0,2}[ \t]*[\"']?(?P<key>[\w-]+)", re.MULTILINE)
_JSON_KEY: Final = re.compile(r"\"(?P<key>(?:[^\"\\\n]|\\.)*+)\"\s*:")
_NAMES: Final = frozenset({
    "author", "authors", "category", "date", "lang", "modified", "slug", "status", "summary", "tags", "template",
    "title",
})  # fmt: skip


class Parted(Struct, frozen=True):
    """A text without its front matter.

    Attributes:
        fields: Of the front matter.
        body: The text.
        first: Number of its first line in the input.
    """

    fields: tuple[Field, ...]
    body: str
    first: int = 1


class _Head(Struct, frozen=True):
    """Front matter as it stands: its form, its span, and where the text starts."""

    form: str
    start: int
    end: int
    body: int


def is_fenced(text: str) -> bool:
    """Tell whether a text starts with front matter between fences."""
    return _fenced(text) is not None


def part(text: str) -> Parted:
    """Part the front matter from a text.

    Raises:
        InputError: it cannot be read; the line is named.
        LimitError: it is longer than 64 KiB, or nested too deeply.
    """
    head = _fenced(text) or _bare_object(text) or _lines(text)
    if head is None:
        return Parted((), text)
    if head.end - head.start > _LONGEST:
        raise LimitError(f"the front matter is longer than {_LONGEST // 1024} KiB", "close its fence above the text")
    first = text.count("\n", 0, head.start) + 1
    fields = _read(head.form, text[head.start : head.end], first)
    return Parted(fields, text[head.body :], text.count("\n", 0, head.body) + 1)


def _fenced(text: str) -> _Head | None:
    opening = _OPENING.match(text)
    closing = _CLOSING[opening["mark"]].search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return None
    form = opening["form"] or _FORMS[opening["mark"]]
    start, end = opening.end(), closing.start()
    is_table = _TABLE.match(text, start, end) or _NOTHING.fullmatch(text, start, end)
    return _Head(form, start, end, closing.end()) if form != "yaml" or is_table else None


def _bare_object(text: str) -> _Head | None:
    """Return the object of JSON that a text starts with; what is broken in it is told when it is read."""
    found = _OBJECT.match(text)
    if found is None:
        return None
    try:
        _, end = json.JSONDecoder(strict=False, parse_int=str, parse_float=str).raw_decode(text, found.end())
    except (ValueError, RecursionError):
        end = min(len(text), found.end() + _LONGEST)
    return _Head("json", found.end(), end, end)


def _lines(text: str) -> _Head | None:
    found = _LINES.match(text)
    if found is None:
        return None
    keys = [each["key"].strip().lower() for each in _LINE.finditer(found["head"])]
    is_head = keys[0] in _NAMES and (len(keys) > 1 or keys[0] == "title")
    return _Head("lines", *found.span("head"), found.end()) if is_head else None


def _read(form: str, text: str, first: int) -> tuple[Field, ...]:
    match form:
        case "yaml":
            from newsexport.readers.markdown.plain_yaml import fields  # 20 ms, and not every text has front matter

            return fields(text, first)
        case "toml":
            return _toml(text, first)
        case "json":
            return _json(text, first)
        case _:
            return _named_lines(text, first)


def _toml(text: str, first: int) -> tuple[Field, ...]:
    import tomllib  # few texts have front matter in TOML

    try:
        values = tomllib.loads(text)
    except RecursionError as error:
        raise LimitError("the front matter is nested too deeply", None, f"line {first}") from error
    except ValueError as error:  # TOML's own is one, and a number may have thousands of digits
        found = re.search(r"\(at line (\d+)", str(error))
        where = f"line {first + int(found[1]) - 1}" if found else f"line {first}"
        problem = re.sub(r" \(at .*\)$", "", str(error))
        raise InputError(
            f"the front matter cannot be read: {problem}", "it is TOML by its fences +++", where
        ) from error
    return _fields(values.items(), text, first, _TOML_KEY)


def _json(text: str, first: int) -> tuple[Field, ...]:
    try:
        values = json.loads(text, strict=False, object_pairs_hook=_object, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        where = f"line {first + error.lineno - 1}"
        message = f"the front matter cannot be read: {error.msg.lower()}"
        raise InputError(message, "look at the quotes, commas and brackets there", where) from error
    except RecursionError as error:
        raise LimitError("the front matter is nested too deeply", None, f"line {first}") from error
    except _TwiceError as error:
        raise InputError(f"the field {error} is stated twice", "leave one of the two", f"line {first}") from error
    if not isinstance(values, dict):
        raise InputError("the front matter is no object", "put it in braces", f"line {first}")
    return _fields(values.items(), text, first, _JSON_KEY)


class _TwiceError(Exception):
    """A field that an object states twice."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _TwiceError(repr(next(key for key in keys if keys.count(key) > 1)))
    return table


def _named_lines(text: str, first: int) -> tuple[Field, ...]:
    from newsexport.readers.markdown.plain_yaml import Field

    found: dict[str, Field] = {}
    for each in _LINE.finditer(text):
        key, value = each["key"].strip(), "\n".join(line.strip() for line in each["value"].split("\n")).strip()
        if key in found:
            known = found[key].value
            together: Stated = [*known, value] if isinstance(known, list) else [known, value]
            found[key] = Field(key, together, found[key].line)
        else:
            found[key] = Field(key, value, first + text.count("\n", 0, each.start()))
    return tuple(found.values())


def _fields(items: Iterable[tuple[str, Any]], text: str, first: int, names: re.Pattern[str]) -> tuple[Field, ...]:
    from newsexport.readers.markdown.plain_yaml import Field

    lines: dict[str, int] = {}
    for found in names.finditer(text):
        lines.setdefault(found["key"], first + text.count("\n", 0, found.start("key")))
    return tuple(Field(key, _stated(value), lines.get(key)) for key, value in items)


def _stated(value: Any, depth: int = 0) -> Stated:
    """Return a value of TOML or JSON as YAML states it here."""
    if depth > _DEEPEST:
        raise LimitError(f"the front matter is nested deeper than {_DEEPEST}")
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime() | date() | time():
            return value.isoformat()
        case list():
            return [_stated(each, depth + 1) for each in value]
        case dict():
            return {str(key): _stated(each, depth + 1) for key, each in value.items()}
        case _:
            return str(value)
