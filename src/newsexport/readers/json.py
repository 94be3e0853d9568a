"""The reader of the document model's own JSON."""

from __future__ import annotations

import re
from typing import Final

from newsexport.errors import InputError
from newsexport.model import Article, Edition, codec
from newsexport.spi import Context, Format, Options, Parsed, Probe

_FORMAT: Final = Format(
    name="json",
    media_type="application/json",
    suffix=".article.json",
    title="newsexport JSON",
    detection="a JSON object with fields of an article or an edition, or JSON that no other format knows",
)
_MARKS: Final = frozenset({"type", "schema_version", "guid", "headline", "body", "sections"})
_OWN: Final = frozenset({"type", "schema_version", *Article.__struct_fields__, *Edition.__struct_fields__})
# A text may start with a bracket, "[Editor's note: ...]", so that an array is known by its first item.
_LOOKS_LIKE_JSON: Final = re.compile(r"\s*(?:\{|\[\s*[\[{\"\]])")


class JsonOptions(Options, frozen=True, kw_only=True):
    """Options of the JSON reader: there are none."""


class JsonReader:
    """Reads what `newsexport.model.codec.encode` writes, and JSON written by hand."""

    @property
    def format(self) -> Format:
        """JSON of the document model."""
        return _FORMAT

    @property
    def options_type(self) -> type[JsonOptions]:
        """`JsonOptions`."""
        return JsonOptions

    def sniff(self, probe: Probe) -> float:
        """Return 1.0 for an object of the model's keys, and something for all that looks like JSON.

        So JSON with a fault in it is refused as such, rather than read as plain text.
        """
        keys = probe.json_keys
        if keys & _MARKS:
            return 1.0 if keys <= _OWN else 0.6
        return 0.5 if probe.suffix == ".json" or _LOOKS_LIKE_JSON.match(probe.text) else 0.0

    def read(self, data: bytes, options: JsonOptions, context: Context) -> Parsed:
        """Decode the document.

        Raises:
            InputError: empty, not JSON, or too large a document.
            ArticleError: JSON, but of no document.
        """
        if not data.strip():
            raise InputError("the input is empty", "give a document as JSON")
        keys = Probe(data).json_keys
        if len(keys & _OWN) < len(keys - _OWN):
            hint = "`newsexport formats` says what each format is recognised by"
            raise InputError("this JSON is no document of newsexport, nor of another format that is read", hint)
        return Parsed((codec.decode(data),))
