"""Bylines: the line as it stands, and the names in it that are beyond doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from newsexport.kit.desk.conventions import Conventions, few_words, pattern, sentence_end, wire
from newsexport.model import Author

_MOST_WORDS: Final = 20
_LINKS: Final = frozenset({"for", "of", "the", "with", "at"})


def is_byline(text: str, conventions: Iterable[Conventions]) -> bool:
    """Tell whether a line names those who wrote the story: a word such as ``By``, then only capitalised words."""
    return any(_names(text, each) is not None for each in conventions)


def authors(text: str, conventions: Iterable[Conventions]) -> tuple[Author, ...]:
    """Return the authors that a byline names.

    What may be a place, an agency or an office is no name. Where several languages share the word of the byline, the
    one that finds most names is right.
    """
    found = [_people(names, each) for each in conventions if (names := _names(text, each)) is not None]
    return tuple(Author(name) for name in max(found, key=len, default=()))


def _names(text: str, conventions: Conventions) -> str | None:
    """Return what follows the word of the byline; None when the line is no byline in this language."""
    if not few_words(text, _MOST_WORDS) or sentence_end(text) is not None:
        return None
    words = "|".join(pattern(word) for word in conventions.byline)
    found = re.match(rf"(?i:{words}):?\s+(?P<names>\S.*?)\s*=?$", text)
    if found is None or ":" in found["names"]:
        return None
    names = found["names"]
    links = _LINKS.union(wire().name_particles, wire().agencies, conventions.and_, conventions.in_)
    tokens = names.split()
    proper = all(_is_capitalised(token) or token.strip(",").lower() in links for token in tokens)
    return names if proper and _is_capitalised(tokens[0]) else None


def _is_capitalised(token: str) -> bool:
    first = token.lstrip("“\"'’(")[:1]
    # Scripts without capitals have names too.
    return first.isalpha() and not first.islower()


def _people(names: str, conventions: Conventions) -> list[str]:
    """Return the names among the parts of a byline, up to the first that may be the second of two places."""
    conjunctions = "|".join(re.escape(word) for word in conventions.and_)
    locatives = "|".join(re.escape(word) for word in conventions.in_)
    found: list[str] = []
    placed = False
    for part in re.split(rf"\s+(?:{conjunctions})\s+|\s*[,;/]\s*", names):
        name, *place = re.split(rf"\s+(?:{locatives})\s+", part, maxsplit=1)
        if placed and not place:
            break
        placed = placed or bool(place)
        if _is_name(name):
            found.append(name)
    return found


def _is_name(text: str) -> bool:
    tokens = text.split()
    if not 2 <= len(tokens) <= 5 or text.lower() in wire().agencies or any(map(str.isdigit, text)):
        return False
    if any(token.lower().strip(".") in wire().offices for token in tokens):
        return False
    full = [token for token in tokens if token not in wire().name_particles]
    return len(full) >= 2 and all(_is_capitalised(token) for token in full)
