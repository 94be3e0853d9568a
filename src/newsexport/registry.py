"""Which formats there are: a table of the built-in ones, then the entry points of plug-ins.

Nothing is imported before its format is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import msgspec

from newsexport.errors import InputError, UsageError, WriterError
from newsexport.spi import Asset, Options, OptionsT, Probe, Reader, Writer

Role: TypeAlias = Literal["readers", "writers"]

# In the order in which equally sure readers win.
_BUILT_IN: Final[dict[Role, dict[str, str]]] = {
    "readers": {
        "wordpress": "newsexport.readers.wordpress:WordPressReader",
        "wxr": "newsexport.readers.wordpress:WxrReader",
        "ghost": "newsexport.readers.ghost:GhostReader",
        "strapi": "newsexport.readers.strapi:StrapiReader",
        "superdesk": "newsexport.readers.superdesk:SuperdeskReader",
        "ans": "newsexport.readers.ans:AnsReader",
        "rss": "newsexport.readers.feeds:RssReader",
        "atom": "newsexport.readers.feeds:AtomReader",
        "eml": "newsexport.readers.eml:EmlReader",
        "json": "newsexport.readers.json:JsonReader",
        "webpage": "newsexport.readers.webpage:WebpageReader",
        "html": "newsexport.readers.html:HtmlReader",
        "markdown": "newsexport.readers.markdown:MarkdownReader",
        "text": "newsexport.readers.text:TextReader",
    },
    "writers": {
        "docx": "newsexport.writers.docx:DocxWriter",
        "pdf": "newsexport.writers.pdf:PdfWriter",
        "epub": "newsexport.writers.epub:EpubWriter",
        "newsml-g2": "newsexport.writers.newsml_g2:NewsmlG2Writer",
        "html": "newsexport.writers.html:HtmlWriter",
        "text": "newsexport.writers.text:TextWriter",
        "json": "newsexport.writers.json:JsonWriter",
    },
}


def names(role: Role) -> tuple[str, ...]:
    """Return the names of all formats that can be read or written, built-in ones first."""
    return (*_BUILT_IN[role], *(name for name in _plug_ins(role) if name not in _BUILT_IN[role]))


def origin(role: Role, name: str) -> str:
    """Return where a format comes from: ``built-in`` or the name of the distribution that brings it."""
    return "built-in" if name in _BUILT_IN[role] else _plug_ins(role)[name].dist.name


def reader(name: str) -> Reader[Any]:
    """Return the reader of a format.

    Raises:
        UsageError: no reader has this name.
        WriterError: the plug-in cannot be loaded.
    """
    found: Reader[Any] = _load("readers", name)
    return found


def writer(name: str) -> Writer[Any]:
    """Return the writer of a format.

    Raises:
        UsageError: no writer has this name.
        WriterError: the plug-in cannot be loaded.
    """
    found: Writer[Any] = _load("writers", name)
    return found


def detect(probe: Probe) -> str:
    """Return the name of the reader that is surest of an input; the earlier one where two are equally sure.

    Raises:
        InputError: none of them knows it.
    """
    if not probe.data.strip():
        raise InputError("the input is empty", "give a file with a story in it", probe.name)
    sure = {name: _sureness(name, probe) for name in names("readers")}
    best = max(sure, key=lambda name: sure[name])
    if sure[best] <= 0:
        kinds = ", ".join(names("readers"))
        what = "is a binary file of a format that is not read" if probe.is_binary else "is of no known format"
        raise InputError(f"the input {what}", f"these are read: {kinds}; `--from` names one", probe.name)
    return best


def _sureness(name: str, probe: Probe) -> float:
    if name in _BUILT_IN["readers"]:
        return reader(name).sniff(probe)
    try:
        return float(reader(name).sniff(probe))
    except Exception:  # a plug-in may fail in any way; named with --from, it says how
        return 0.0


def options(options_type: type[OptionsT], values: Mapping[str, object], where: str) -> OptionsT:
    """Build options from text or TOML values.

    Args:
        options_type: The class to build.
        values: Option name (with ``-`` or ``_``) to value; text stands for a number, ``true`` or ``false``, one of an
            enumeration, a comma list, or an `Asset` as ``file:PATH``.
        where: What the message calls the options (``pdf``).

    Raises:
        UsageError: an unknown option, or a value it does not take.
    """
    fields = {field.name: field for field in msgspec.structs.fields(options_type)}
    given: dict[str, object] = {}
    for key, value in values.items():
        name = key.replace("-", "_")
        if name not in fields:
            raise UsageError(f"{where} has no option {key!r}", suggestion(name, fields) or _listed(fields))
        given[name] = _value(value, fields[name].type, f"{where}.{key}")
    try:
        return msgspec.convert(given, options_type, strict=False)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `$.")
        place = f"{where}.{place.strip('`')}" if place else where
        raise UsageError(f"{place}: {message}", "`newsexport formats -v` lists what options take") from error


def suggestion(name: str, known: Any) -> str | None:
    """Return a hint that names the nearest of the known words; None when none is near."""
    near = get_close_matches(name, list(known), n=1)
    return f"did you mean {near[0]!r}?" if near else None


def _listed(fields: Mapping[str, object]) -> str:
    return f"its options are {', '.join(fields)}" if fields else "it has no options"


def _value(value: object, kind: Any, where: str) -> object:
    if not isinstance(value, str):
        return value
    wanted = str(kind)
    if "Asset" in wanted:
        return _asset(value, where)
    if "tuple" in wanted:
        return [part.strip() for part in value.split(",") if part.strip()]
    if "Mapping" in wanted or "dict" in wanted:
        return _pairs(value, where)
    return value


def _pairs(value: str, where: str) -> dict[str, str]:
    pairs = [part.strip().partition("=") for part in value.split(",") if part.strip()]
    if any(not equals for _, equals, _ in pairs):
        raise UsageError(f"{where}: {value!r} is no list of name=value", "put commas between several")
    return {name: given for name, _, given in pairs}


def _asset(value: str, where: str) -> Asset:
    path = Path(value.removeprefix("file:"))
    try:
        return Asset(path.name, path.read_bytes())
    except OSError as error:
        raise UsageError(f"{where}: {path}: {error.strerror}", "give a file as file:PATH") from error


def _load(role: Role, name: str) -> Any:
    if name in _BUILT_IN[role]:
        return _built_in(role, name)
    entry = _plug_ins(role).get(name)
    if entry is None:
        verb = "read" if role == "readers" else "written"
        known = names(role)
        hint = suggestion(name, known) or f"these can be {verb}: {', '.join(known)}"
        raise UsageError(f"no format {name!r} can be {verb}", hint)
    try:
        return entry.load()()
    except Exception as error:  # a plug-in may fail in any way
        hint = f"the package {entry.dist.name} provides it"
        raise WriterError(f"the plug-in {name!r} cannot be loaded: {error}", hint) from error


@cache
def _built_in(role: Role, name: str) -> Any:
    module, _, attribute = _BUILT_IN[role][name].partition(":")
    return getattr(import_module(module), attribute)()


@cache
def _plug_ins(role: Role) -> dict[str, Any]:
    from importlib.metadata import entry_points  # 20 to 40 ms, and built-in formats never need it

    return {entry.name: entry for entry in entry_points(group=f"newsexport.{role}")}


__all__ = ["Options", "Role", "detect", "names", "options", "origin", "reader", "suggestion", "writer"]
