"""Values of front matter: texts, lists of them, yes and no."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from newsexport.readers.markdown.plain_yaml import Stated

_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});")
_YES: Final = frozenset({"true", "yes", "on", "1", "y"})
_NO: Final = frozenset({"false", "no", "off", "0", "n", ""})


def plain(text: str) -> str:
    """Return one line of text, its entities resolved."""
    return " ".join(_ENTITY.sub(lambda found: unescape(found[0]), text).split())


def truth(text: str) -> bool | None:
    """Return what a word says, as YAML 1.1 has it; None where it says neither yes nor no."""
    word = text.strip().lower()
    return True if word in _YES else False if word in _NO else None


def texts(value: Stated, separator: str = ",") -> Iterator[str]:
    """Yield the texts of a list, or of one text with separators; of tables in it their names."""
    match value:
        case str():
            yield from filter(None, map(plain, value.split(separator)))
        case list():
            for each in value:
                yield from (filter(None, [plain(each)]) if isinstance(each, str) else texts(each, separator))
        case dict():
            name = next((value[key] for key in ("name", "title", "label", "slug") if key in value), "")
            yield from (filter(None, [plain(name)]) if isinstance(name, str) else ())


def is_empty(value: Stated) -> bool:
    """Tell whether a value says nothing."""
    return (
        not value.strip()
        if isinstance(value, str)
        else all(map(is_empty, value.values() if isinstance(value, dict) else value))
    )


def shown(value: Stated) -> str:
    """Return a value as text: a list or table as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
