"""Which entries an input holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import BinaryIO, Final

from newsexport.errors import InputError, UsageError
from newsexport.kit import cms
from newsexport.kit.cms import Fields
from newsexport.readers.strapi.entry import ROLES, Entry
from newsexport.readers.strapi.shapes import entry_of
from newsexport.spi import Context, Format, Options, Parsed, Probe

_FORMAT: Final = Format(
    name="strapi",
    media_type="application/json",
    suffix=".strapi.json",
    title="Entries of Strapi",
    detection="JSON of Strapi: the body of a webhook, an answer of the REST API, an entry with a documentId",
)
_ANSWER: Final = re.compile(r'\s*\{\s*"data"\s*:\s*\[?\s*\{\s*"id"\s*:\s*\d+\s*,\s*"(?:documentId|attributes)"\s*:')
_DATES: Final = frozenset({"createdAt", "updatedAt"})


class StrapiOptions(Options, frozen=True, kw_only=True):
    """Options of the reader of Strapi.

    Attributes:
        base: URL of the server: what addresses of uploaded files are relative to.
        fields: Names of the house's fields by what they hold (``headline=heading,body=copy``); the usual names are
            known: those of `newsexport.readers.strapi.entry.ROLES`.
        language: BCP 47 tag of the text; None takes the locale of the entry.
    """

    base: str | None = None
    fields: Mapping[str, str] = {}
    language: str | None = None

    def __post_init__(self) -> None:
        unknown = sorted(set(self.fields) - set(ROLES))
        if unknown:
            raise UsageError(
                f"strapi.fields: {unknown[0]!r} is nothing that a field can hold", f"it holds {', '.join(ROLES)}"
            )


class StrapiReader:
    """Reads entries of Strapi 4 and 5, whatever a house calls its fields."""

    @property
    def format(self) -> Format:
        """Entries of Strapi."""
        return _FORMAT

    @property
    def options_type(self) -> type[StrapiOptions]:
        """`StrapiOptions`."""
        return StrapiOptions

    def sniff(self, probe: Probe) -> float:
        """Return 0.95 for webhooks and answers of the API, 0.9 for entries, 0.5 for what only has Strapi's dates."""
        keys = probe.json_keys
        if {"event", "model"} <= keys and ("entry" in keys or "media" in keys):
            return 0.95
        if "data" in keys and keys <= {"data", "meta"}:
            return 0.95 if _ANSWER.match(probe.text) else 0.0
        if keys >= _DATES:
            return 0.9 if "documentId" in keys else 0.5 if {"id", "publishedAt"} <= keys else 0.0
        return 0.0

    def read(self, data: bytes, options: StrapiOptions, context: Context) -> Parsed:
        """Make an article of each entry.

        Raises:
            InputError: it is no JSON, or holds no entry.
        """
        return Parsed.joined(self.each(BytesIO(data), options, context))

    def each(self, stream: BinaryIO, options: StrapiOptions, context: Context) -> Iterator[Parsed]:
        """Yield an article for each entry, one at a time.

        Raises:
            InputError: it is no JSON, or holds no entry.
        """
        value = cms.load(stream, context)
        sent = Fields(value if isinstance(value, dict) else {}, context)
        event, model = sent.text("event"), sent.text("model")

        def read(fields: Fields) -> Parsed:
            return Entry(fields, options.fields, options.base, options.language).parsed(event, model)

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
    if "documentId" in entry or entry.values.keys() >= _DATES:
        return
    if "error" in sent:
        raise InputError(f"Strapi answered with an error: {sent.fields('error').text('message')}")
    if "media" in sent:
        raise InputError("this is an uploaded file of Strapi, not an entry", where="media")
    hint = "give the body of a websent, or the answer of the REST API for an entry or a list of them"
    raise InputError("this JSON is no entry of Strapi", hint, entry.path or None)
