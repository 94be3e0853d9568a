"""The reader of Strapi's entries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import BinaryIO, Final

from newsexport.errors import UsageError
from newsexport.readers.strapi.roles import DATES, ROLES
from newsexport.spi import Context, Format, Options, Parsed, Probe

_FORMAT: Final = Format(
    name="strapi",
    media_type="application/json",
    suffix=".strapi.json",
    title="Entries of Strapi",
    detection="JSON of Strapi: the body of a webhook, an answer of the REST API, an entry with a documentId",
)
_ANSWER: Final = re.compile(r'\s*\{\s*"data"\s*:\s*\[?\s*\{\s*"id"\s*:\s*\d+\s*,\s*"(?:documentId|attributes)"\s*:')


class StrapiOptions(Options, frozen=True, kw_only=True):
    """Options of the reader of Strapi.

    Attributes:
        base: URL of the server: what addresses of uploaded files are relative to.
        fields: Names of the house's fields by what they hold (``headline=heading,body=copy``); the usual names are
            known: those of `newsexport.readers.strapi.roles.ROLES`.
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
        if keys >= DATES:
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
        from newsexport.readers.strapi.entries import entries  # brings what reads HTML, Markdown and copy

        return entries(stream, options.fields, options.base, options.language, context)
