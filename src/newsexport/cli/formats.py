"""``newsexport formats``: what is read and written."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator
from enum import Enum
from inspect import getdoc
from typing import Any, Final, Literal, get_args, get_origin

import msgspec

from newsexport.cli.output import Output, one_line
from newsexport.errors import NewsexportError
from newsexport.registry import Role, names, origin, reader, writer
from newsexport.spi import Options

_ROLES: Final[dict[Role, str]] = {"readers": "read", "writers": "written"}
# A line of a docstring's section "Attributes", with those below it that belong to it.
_ATTRIBUTE: Final = re.compile(r"^    (\w+): (.+(?:\n {8}.+)*)", re.MULTILINE)


def run(arguments: Namespace, output: Output) -> int:
    """Print a table of the formats and what they are recognised by; their options when all is asked for."""
    formats = [_described(role, name) for role in _ROLES for name in names(role)]
    if output.json:
        output.value({"formats": formats})
        return 0
    for verb in _ROLES.values():
        output.line(f"{verb}:")
        for line in _table([each for each in formats if each["role"] == verb], with_options=arguments.verbose):
            output.line(one_line(line))
    return 0


def _described(role: Role, name: str) -> dict[str, Any]:
    known = {"name": name, "role": _ROLES[role], "origin": origin(role, name)}
    try:
        found = reader(name) if role == "readers" else writer(name)
    except NewsexportError as error:
        return {**known, "error": error.message}
    kind = found.format
    return {
        **known,
        "suffix": kind.suffix,
        "media_type": kind.media_type,
        "title": kind.title,
        **({"detection": kind.detection} if role == "readers" else {}),
        "options": list(_options(found.options_type)),
    }


def _options(options_type: type[Options]) -> Iterator[dict[str, Any]]:
    said = purposes(options_type)
    for field in msgspec.structs.fields(options_type):
        yield {
            "name": field.name.replace("_", "-"),
            "choices": list(_choices(field.type)),
            "default": _default(field.default),
            "purpose": said.get(field.name, ""),
        }


def purposes(options_type: type[Options]) -> dict[str, str]:
    """Return what each option is for, as its docstring says; what options have in common is said by their base."""
    docs = (getdoc(each) or "" for each in reversed(options_type.mro()) if issubclass(each, Options))
    said = _ATTRIBUTE.findall("\n".join(docs))
    return {name: " ".join(text.split()).replace("``", "`") for name, text in said}


def _choices(kind: Any) -> Iterator[str]:
    """Yield the words that an option takes; none when it is free."""
    if kind is bool:
        yield from ("true", "false")
    elif get_origin(kind) is Literal:
        yield from map(str, get_args(kind))
    elif isinstance(kind, type) and issubclass(kind, Enum):
        yield from (str(member.value) for member in kind)
    else:
        for each in get_args(kind):
            yield from _choices(each)


def _default(value: object) -> str | None:
    """Return a default as one would write it on the command line; None when there is nothing to write."""
    match value:
        case bool():
            return str(value).lower()
        case float():
            return f"{value:g}"
        case str() | int():
            return str(value)
        case tuple() if value:
            return ",".join(map(str, value))
        case _:
            return None


def _table(formats: list[dict[str, Any]], *, with_options: bool) -> Iterator[str]:
    columns = ("name", "suffix", "media_type", "origin")
    widths = {column: max((len(each.get(column, "")) for each in formats), default=0) for column in columns}
    for each in formats:
        cells = (f"{each.get(column, ''):{widths[column]}}" for column in columns)
        yield "  " + "  ".join((*cells, each.get("title") or each["error"]))
        if detection := each.get("detection"):
            yield f"      recognised by: {detection}"
        if with_options:
            yield from _option_lines(each)


def _option_lines(described: dict[str, Any]) -> Iterator[str]:
    flag = "-I" if described["role"] == "read" else "-O"
    for option in described.get("options", ()):
        default = f" (default: {option['default']})" if option["default"] else ""
        choices = f"={'|'.join(option['choices'])}" if option["choices"] else ""
        yield f"      {flag} {described['name']}.{option['name']}{choices}: {option['purpose']}{default}"
