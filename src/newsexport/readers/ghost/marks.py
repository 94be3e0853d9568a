"""What posts of Ghost, and its other lists, are known by."""

from __future__ import annotations

from typing import Final

# What else the APIs answer with, by the name of its list.
_OTHERS: Final = {
    "authors": "a list of authors",
    "users": "a list of users",
    "tags": "a list of tags",
    "tiers": "a list of tiers",
    "members": "a list of members",
    "newsletters": "a list of newsletters",
    "offers": "a list of offers",
    "settings": "the settings page",
    "site": "the description",
}
BODIES: Final = frozenset({"html", "lexical", "mobiledoc", "plaintext"})
_MARKS: Final = frozenset({
    "codeinjection_foot", "codeinjection_head", "comment_id", "custom_excerpt", "custom_template", "feature_image",
    "featured", "visibility",
})  # fmt: skip


def is_post(keys: frozenset[str]) -> bool:
    """Tell whether an object is a post, by the names of its fields."""
    return "title" in keys and bool(keys & BODIES) and len(keys & _MARKS) >= 2


def other(keys: frozenset[str]) -> str | None:
    """Return what an answer of the APIs holds that is no post; None for anything else."""
    return next((what for name, what in _OTHERS.items() if name in keys and keys <= {name, "meta"}), None)
