"""The reader of plain text."""

from __future__ import annotations

from typing import Final

from newsexport.kit.desk import Quotes, Unwrap, read_story
from newsexport.kit.encoding import decode
from newsexport.spi import Context, Format, Options, Parsed, Probe

_FORMAT: Final = Format(
    name="text",
    media_type="text/plain",
    suffix=".txt",
    title="Plain text",
    detection="text that no other format knows",
)
_UNREADABLE: Final = "\ufffd"


class TextOptions(Options, frozen=True, kw_only=True):
    """Options of the reader of plain text.

    Attributes:
        unwrap: Whether lines broken at a fixed width are joined: ``auto`` where they look broken.
        quotes: What a quotation that stands alone on its line becomes: a block quotation, a pull quote, a paragraph.
        language: BCP 47 tag of the text: whose conventions are tried first. None leaves the language open.
    """

    unwrap: Unwrap = "auto"
    quotes: Quotes = "quote"
    language: str | None = None


class TextReader:
    """Reads a story as people type it and as wires send it; what it can but guess is noticed."""

    @property
    def format(self) -> Format:
        """Plain text."""
        return _FORMAT

    @property
    def options_type(self) -> type[TextOptions]:
        """`TextOptions`."""
        return TextOptions

    def sniff(self, probe: Probe) -> float:
        """Return 0.1 to 0.3 for text, so that every format that knows an input wins; 0 for what is no text, or XML."""
        if probe.is_binary or probe.is_xml:
            return 0.0
        # One character may be cut in two where the head ends.
        if probe.text.count(_UNREADABLE) > 1:
            return 0.1
        return 0.3 if probe.suffix == self.format.suffix else 0.2

    def read(self, data: bytes, options: TextOptions, context: Context) -> Parsed:
        """Make an article of the text.

        Raises:
            InputError: the input is binary, or there is nothing in it to read.
        """
        text = decode(data, context)
        article = read_story(text, context, unwrap=options.unwrap, quotes=options.quotes, language=options.language)
        return Parsed((article,))
