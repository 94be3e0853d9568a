"""Writes a document as JSON: the model itself, to be read again without loss."""

from __future__ import annotations

from typing import Final

import msgspec

from newsexport.errors import UsageError
from newsexport.model import codec
from newsexport.model.edition import Document
from newsexport.spi import Context, Format, Options, Request

_WIDEST: Final = 8


class JsonOptions(Options, frozen=True, kw_only=True):
    """Options of the JSON writer.

    Attributes:
        indent: Blanks for each level, 0 to 8; 0 writes everything on one line.
    """

    indent: int = 2

    def __post_init__(self) -> None:
        """Refuse what no reader of JSON wants to see."""
        if not 0 <= self.indent <= _WIDEST:
            raise UsageError(f"json.indent is {self.indent}", f"give 0 to {_WIDEST}")


class JsonWriter:
    """Writes JSON that `newsexport.model.codec.decode` reads back as an equal document."""

    @property
    def format(self) -> Format:
        """JSON, complete: for archives and other programs of the house."""
        return Format(
            name="json", media_type="application/json", suffix=".article.json", title="JSON", audience="internal"
        )

    @property
    def options_type(self) -> type[JsonOptions]:
        """The class of its options."""
        return JsonOptions

    def requires(self, document: Document, options: JsonOptions) -> tuple[Request, ...]:
        """Return nothing: no other rendition is needed."""
        return ()

    def write(self, document: Document, options: JsonOptions, context: Context) -> bytes:
        """Return the document as JSON in UTF-8, with a line feed at the end."""
        data = codec.encode(document)
        if options.indent:
            data = msgspec.json.format(data, indent=options.indent)
        return data + b"\n"
