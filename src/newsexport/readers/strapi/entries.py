"""Which entries an input holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from newsexport.errors import InputError
from newsexport.kit import cms
from newsexport.kit.cms import Fields
from newsexport.readers.strapi.entry import Entry
from newsexport.readers.strapi.roles import DATES
from newsexport.readers.strapi.shapes import entry_of
from newsexport.spi import Context, Parsed


def entries(
    stream: BinaryIO, names: Mapping[str, str], base: str | None, language: str | None, context: Context
) -> Iterator[Parsed]:
    """Yield an article for each entry, one at a time; `names`, `base` and `language` are options of the reader.

    Raises:
        InputError: it is no JSON, or holds no entry.
    """
    value = cms.load(stream, context)
    sent = Fields(value if isinstance(value, dict) else {}, context)
    event, model = sent.text("event"), sent.text("model")

    def read(fields: Fields) -> Parsed:
        return Entry(fields, names, base, language).parsed(event, model)

    return cms.articles(_entries(sent), read, context)


def _entries(sent: Fields) -> Iterator[Fields]:
    if isinstance(sent.raw("data"), list):
        for each in sent.each("data"):
            entry = entry_of(each)
            _check(entry, sent)
            yield entry
        return
    name = next((name for name in ("entry", "data") if name in sent), None)
    entry = entry_of(sent.fields(name) if name else sent)
    _check(entry, sent)
    yield entry


def _check(entry: Fields, sent: Fields) -> None:
    is_told = (sent.text("event") or "").startswith("entry.")
    if is_told or "documentId" in entry or entry.values.keys() >= DATES:
        return
    if "error" in sent:
        raise InputError(f"Strapi answered with an error: {sent.fields('error').text('message')}")
    if "media" in sent:
        raise InputError("this is an uploaded file of Strapi, not an entry", where="media")
    hint = "give the body of a webhook, or the answer of the REST API for an entry or a list of them"
    raise InputError("this JSON is no entry of Strapi", hint, entry.path or None)
