"""Shapes in which Strapi 4 and 5 wrap entries, relations and files."""

from __future__ import annotations

from typing import Final

from newsexport.kit.cms import Fields
from newsexport.kit.html.addresses import joined
from newsexport.model import Audio, Figure, Image, Text, Video

_NAMES: Final = ("name", "title", "displayName", "fullName", "username", "label", "text", "value")


def entry_of(fields: Fields) -> Fields:
    """Return an entry without the wrappers of Strapi 4, ``data`` and ``attributes``."""
    if isinstance(fields.raw("data"), dict) and fields.values.keys() <= {"data", "meta"}:
        fields = fields.fields("data")
    if "attributes" not in fields:
        return fields
    inner = fields.fields("attributes")
    own = {name: value for name, value in fields.values.items() if name != "attributes"}
    return Fields({**own, **inner.values}, fields.context, inner.path)


def related(fields: Fields, name: str) -> tuple[Fields, ...]:
    """Return the entries, files or components that a field refers to: none, one or several."""
    value = fields.raw(name)
    if isinstance(value, dict) and isinstance(value.get("data"), list):
        return tuple(map(entry_of, fields.fields(name).each("data")))
    if isinstance(value, list):
        # Texts stand in such lists too, and are asked for otherwise.
        places = ((f"{fields.where(name)}[{index}]", each) for index, each in enumerate(value))
        return tuple(entry_of(Fields(each, fields.context, where)) for where, each in places if isinstance(each, dict))
    found = entry_of(fields.fields(name)) if isinstance(value, dict) else None
    return (found,) if found else ()


def name_of(entry: Fields) -> str | None:
    """Return what a related entry is called."""
    first, last = entry.text("firstname") or entry.text("firstName"), entry.text("lastname") or entry.text("lastName")
    named = next((name for field in _NAMES if isinstance(entry.raw(field), str) and (name := entry.text(field))), None)
    return named or " ".join(filter(None, (first, last))) or None


def is_file(entry: Fields) -> bool:
    """Tell whether something is an uploaded file."""
    return bool(entry.text("url")) and ("mime" in entry or "alternativeText" in entry or "hash" in entry)


def figure_of(file: Fields, base: str | None) -> Figure | None:
    """Return the picture or recording in an uploaded file; None for another kind of file."""
    kind = (file.text("mime") or "image/").partition("/")[0]
    url = file.text("url") or ""
    uri = joined(base, url) if base else url
    caption = file.text("caption")
    shown = (Text(caption),) if caption else ()
    alt = file.text("alternativeText")
    if kind == "image" and uri:
        return Figure(Image(uri, alt=alt, width=file.pixels("width"), height=file.pixels("height")), shown)
    if kind == "video" and uri:
        return Figure(Video(uri, alt=alt, width=file.pixels("width"), height=file.pixels("height")), shown)
    return Figure(Audio(uri, alt=alt), shown) if kind == "audio" and uri else None
