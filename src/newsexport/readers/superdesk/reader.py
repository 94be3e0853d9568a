"""Which items an input holds."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO, Final

from newsexport.errors import InputError
from newsexport.kit import cms
from newsexport.kit.cms import Fields
from newsexport.readers.superdesk.item import Item
from newsexport.spi import Context, Format, Options, Parsed, Probe

_FORMAT: Final = Format(
    name="superdesk",
    media_type="application/json",
    suffix=".superdesk.json",
    title="Content items of Superdesk",
    detection="JSON with fields of Superdesk's own (anpa_category, fields_meta, guid), or a list of _items",
)
_TEXTS: Final = frozenset({"text", "preformatted"})
_OWN: Final = frozenset({
    "_current_version", "anpa_category", "anpa_take_key", "body_footer", "correction_sequence", "family_id",
    "fields_meta", "ingest_provider", "original_creator", "profile", "rewrite_of", "rewrite_sequence",
    "schedule_settings", "sign_off", "unique_name",
})  # fmt: skip


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
            return 0.95 if any(f'"{name}"' in probe.text for name in (*_OWN, "pubstatus", "body_html")) else 0.0
        return 0.95 if _is_item(keys) else 0.0

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
        items = _items(cms.load(stream, context), context)
        return cms.articles(items, lambda item: _read(item, options), context)


def _is_item(keys: frozenset[str]) -> bool:
    """Tell an item from others by its fields: ninjs, which Superdesk's is close to, has `uri` where that has `guid`."""
    if "guid" in keys and ("type" in keys or "headline" in keys):
        return not _OWN.isdisjoint(keys) or {"pubstatus", "versioncreated"} <= keys or {"_id", "body_html"} <= keys
    return {"_id", "type", "body_html", "versioncreated"} <= keys


def _items(value: Any, context: Context) -> Iterator[Fields]:
    if isinstance(value, dict) and isinstance(value.get("_items"), list):
        return iter(Fields(value, context).each("_items"))
    if isinstance(value, dict) and _is_item(frozenset(value)):
        return iter((Fields(value, context),))
    hint = "give an item of the archive or content API, a list of _items, or what is sent by HTTP push"
    raise InputError("this JSON is no content item of Superdesk", hint)


def _read(item: Fields, options: SuperdeskOptions) -> Parsed:
    kind = item.text("type") or "text"
    if kind not in _TEXTS:
        raise InputError(f"this is an item of the type {kind!r} of Superdesk, not a text", where=item.path or None)
    return Item(item, options.base, options.language or item.text("language")).parsed()
