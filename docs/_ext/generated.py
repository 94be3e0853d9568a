"""What the documentation takes from the code.

A comment ``<!-- generated: NAME -->`` in a page is replaced by what the code says; fields of structs get their types.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

import msgspec

from newsexport import registry
from newsexport.cli.formats import purposes
from newsexport.cli.parser import parser
from newsexport.spi import Asset, Options

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def setup(app: Sphinx) -> dict[str, bool]:
    """Tell Sphinx of this extension."""
    app.connect("source-read", _fill)
    app.connect("autodoc-process-signature", _without_fields)
    # Before napoleon, which reads the sections of Google's style.
    app.connect("autodoc-process-docstring", _with_types, priority=100)
    app.connect("missing-reference", _by_last_name)
    return {"parallel_read_safe": True}


def _fill(_app: Sphinx, _name: str, source: list[str]) -> None:
    source[0] = re.sub(r"<!-- generated: (\w+) -->", lambda match: "\n".join(_MAKERS[match[1]]()), source[0])


# The library


def _without_fields(_app: Sphinx, _what: str, _name: str, obj: object, *_: object) -> tuple[str, None] | None:
    """Leave out the constructor of a struct: its fields are listed, with their types, below it."""
    return ("", None) if isinstance(obj, type) and issubclass(obj, msgspec.Struct) else None


def _with_types(_app: Sphinx, _what: str, _name: str, obj: object, _options: object, lines: list[str]) -> None:
    """Write the type of each field, as it stands in the source, into the section ``Attributes``."""
    if not (isinstance(obj, type) and issubclass(obj, msgspec.Struct)):
        return
    types = {
        name: kind for base in reversed(obj.__mro__) for name, kind in vars(base).get("__annotations__", {}).items()
    }
    for number, line in enumerate(lines):
        field = re.match(r"    (\w+): ", line)
        if field and field[1] in types:
            lines[number] = f"    {field[1]} (``{_bounds(types[field[1]])}``): {line[field.end() :]}"


def _bounds(kind: str) -> str:
    """Return ``Annotated[int, Meta(ge=1, le=9)]`` as ``int from 1 to 9``."""
    return re.sub(r"Annotated\[(\w+), Meta\(ge=(\d+)(?:, le=(\d+))?\)\]", _range, kind)


def _range(match: re.Match[str]) -> str:
    return f"{match[1]} from {match[2]} to {match[3]}" if match[3] else f"{match[1]} from {match[2]}"


def _by_last_name(app: Sphinx, env: BuildEnvironment, node: pending_xref, inner: Element) -> Element | None:
    """Find what a docstring calls by its last name alone (`Article`); a field (`Article.body`) leads to its class."""
    if node.get("refdomain") != "py" or re.fullmatch("[a-z_]+", node["reftarget"]):
        return None
    domain = env.domains["py"]
    known = [name for name, *_ in domain.get_objects()]
    for wanted in (node["reftarget"], node["reftarget"].rpartition(".")[0]):
        found = [name for name in known if f".{name}".endswith(f".{wanted}")] if wanted else []
        nearest = [name for name in found if name.count(".") == min(each.count(".") for each in found)]
        if len(nearest) == 1:
            return domain.resolve_xref(env, node["refdoc"], app.builder, "obj", nearest[0], node, inner)
    return None


# The command line


def commands() -> Iterator[str]:
    """Yield the reference of all commands as Markdown."""
    top = parser()
    yield from ("```text", top.format_usage().strip(), "```", "")
    [subparsers] = [action for action in top._actions if isinstance(action, argparse._SubParsersAction)]
    for name, command in subparsers.choices.items():
        yield from (f"## {top.prog} {name}", "", command.description or "", "")
        yield from ("```text", command.format_usage().removeprefix("usage: ").strip(), "```", "")
        yield from _arguments(command)
        if command.epilog:
            yield from ("```text", command.epilog, "```", "")


def _arguments(command: argparse.ArgumentParser) -> Iterator[str]:
    for group in command._action_groups:
        actions = [action for action in group._group_actions if action.help != argparse.SUPPRESS]
        if not actions:
            continue
        title = (group.title or "").capitalize()
        yield from (f"**{title}**", "")
        if group.description:
            yield from (group.description, "")
        for action in actions:
            yield from (_term(action), f": {_help(command, action)}", "")


def _term(action: argparse.Action) -> str:
    value = action.metavar or ("{" + ",".join(map(str, action.choices)) + "}" if action.choices else "")
    shown = f" {value}" if value and action.nargs != 0 else ""
    if action.nargs == "?" and action.option_strings:
        shown = f"[={value}]"
    return ", ".join(f"`{option}{shown}`" for option in action.option_strings) or f"`{value or action.dest}`"


def _help(command: argparse.ArgumentParser, action: argparse.Action) -> str:
    said = (action.help or "") % {**vars(action), "prog": command.prog}
    return said[:1].upper() + said[1:] + "."


# Options of formats


def options() -> Iterator[str]:
    """Yield the options of all built-in formats as Markdown."""
    for role, title in (("writers", "Formats written: `-O`"), ("readers", "Formats read: `-I`")):
        yield from (f"## {title}", "")
        for name in registry.names(role):
            if registry.origin(role, name) == "built-in":
                chosen = registry.writer(name) if role == "writers" else registry.reader(name)
                yield from (f"### {name}" if role == "writers" else f"### {name} (read)", "")
                yield from _table(name, chosen.options_type)
                yield from (f"In Python: `{_importable(type(chosen), chosen.options_type)}`.", "")


def _importable(owner: type, options_type: type[Options]) -> str:
    """Return where users import the class of options from: the package of the format."""
    package = ".".join(owner.__module__.split(".")[:3])
    return f"{package}.{getattr(import_module(package), options_type.__name__).__name__}"


def _table(name: str, options_type: type[Options]) -> Iterator[str]:
    fields = msgspec.structs.fields(options_type)
    if not fields:
        yield from ("It has no options.", "")
        return
    said = purposes(options_type)
    yield from ("| option | values | default | meaning |", "|---|---|---|---|")
    for field in fields:
        option = f"`{name}.{field.name.replace('_', '-')}`"
        row = (option, _values(field.type), _default(field.default), said[field.name])
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
    yield ""


def _values(kind: Any) -> str:
    """Return the text form of a type, as `newsexport.registry.options` reads it."""
    if kind is Asset:
        return "`file:PATH`"
    if kind is bool:
        return "`true`, `false`"
    if kind in _WORDS:
        return _WORDS[kind]
    if hasattr(kind, "__metadata__"):
        return _values(kind.__origin__)
    if isinstance(kind, type) and hasattr(kind, "__members__"):
        return ", ".join(f"`{member.value}`" for member in kind)
    arguments = [each for each in get_args(kind) if each not in (type(None), Ellipsis)]
    origin = get_origin(kind)
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in arguments)
    if origin is tuple:
        return f"{_values(arguments[0])}, with commas between them"
    if origin in {dict, Mapping}:
        return "`name=value`, with commas between them"
    return " or ".join(dict.fromkeys(map(_values, arguments)))


_WORDS = {str: "text", int: "whole number", float: "number"}


def _default(value: object) -> str:
    match value:
        case None | () | msgspec.NODEFAULT:
            return ""
        case bool():
            return f"`{str(value).lower()}`"
        case tuple():
            return f"`{','.join(map(str, value))}`"
        case float():
            return f"`{value:g}`"
        case _:
            return f"`{value}`"


_MAKERS = {"commands": commands, "options": options}
