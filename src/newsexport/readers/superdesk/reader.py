"""The reader of Superdesk's content items."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO, Final

from newsexport.readers.superdesk.marks import OWN, is_item
from newsexport.spi import Context, Format, Options, Parsed, Probe

_FORMAT: Final = Format(
    name="superdesk",
    media_type="application/json",
    suffix=".superdesk.json",
    title="Content items of Superdesk",
    detection="JSON with fields of Superdesk's own (anpa_category, fields_meta, guid), or a list of _items",
)


class SuperdeskOptions(Options, frozen=True, kw_only=True):
    """Options of the reader of Superdesk.

    Attributes:
        base: URL that relative addresses of links and pictures are relative to.
        language: BCP 47 tag of the text; None takes the one that the item states.
    """

    base: str | None = None
    language: str | None = None


class SuperdeskReader:
    """Reads items of the type ``text``; pictures, packages and plans are refused by name."""

    @property
    def format(self) -> Format:
        """Content items of Superdesk."""
        return _FORMAT

    @property
    def options_type(self) -> type[SuperdeskOptions]:
        """`SuperdeskOptions`."""
        return SuperdeskOptions

    def sniff(self, probe: Probe) -> float:
        """Return 0.95 for items of Superdesk, as it keeps them and as it sends them."""
        keys = probe.json_keys
        if "_items" in keys:
            return 0.95 if any(f'"{name}"' in probe.text for name in (*OWN, "pubstatus", "body_html")) else 0.0
        return 0.95 if is_item(keys) else 0.0

    def read(self, data: bytes, options: SuperdeskOptions, context: Context) -> Parsed:
        """Make an article of each item.

        Raises:
            InputError: it is no JSON, or holds no text of Superdesk.
        """
        return Parsed.joined(self.each(BytesIO(data), options, context))

    def each(self, stream: BinaryIO, options: SuperdeskOptions, context: Context) -> Iterator[Parsed]:
        """Yield an article for each item, one at a time.

        Raises:
            InputError: it is no JSON, or holds no text of Superdesk.
        """
        from newsexport.readers.superdesk.items import items  # brings what reads HTML and copy

        return items(stream, options.base, options.language, context)
