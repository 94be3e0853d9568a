"""What items of Superdesk are known by."""

from __future__ import annotations

from typing import Final

OWN: Final = frozenset({
    "_current_version", "anpa_category", "anpa_take_key", "body_footer", "correction_sequence", "family_id",
    "fields_meta", "ingest_provider", "original_creator", "profile", "rewrite_of", "rewrite_sequence",
    "schedule_settings", "sign_off", "unique_name",
})  # fmt: skip
"""Fields that no other system's JSON has."""


def is_item(keys: frozenset[str]) -> bool:
    """Tell an item from others by its fields: ninjs, which Superdesk's is close to, has `uri` where that has `guid`."""
    if "guid" in keys and ("type" in keys or "headline" in keys):
        return not OWN.isdisjoint(keys) or {"pubstatus", "versioncreated"} <= keys or "body_html" in keys
    return {"_id", "type", "body_html", "versioncreated"} <= keys
