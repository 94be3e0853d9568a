"""Authors as front matter names them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsexport.kit.desk.conventions import in_order
from newsexport.model import Author
from newsexport.readers.markdown.plain_yaml import Stated
from newsexport.readers.markdown.records import is_uri
from newsexport.readers.markdown.values import is_empty, plain, shown


def authors_of(value: Stated, language: str | None) -> Iterator[Author]:
    """Yield the authors that a value names: a text, a table, or a list of either."""
    match value:
        case str():
            yield from map(Author, names_in(value, language))
        case dict():
            yield _author(value)
        case list():
            for each in value:
                if isinstance(each, dict):
                    yield _author(each)
                elif not is_empty(each):
                    yield Author(plain(shown(each)))


def names_in(text: str, language: str | None) -> list[str]:
    """Return the names in a text; a comma parts names only where each of the parts has two words."""
    if ";" in text or "\n" in text:
        return list(filter(None, map(plain, re.split(r"[;\n]", text))))
    text = plain(text)
    words = "|".join(map(re.escape, {"and", "&", *in_order(language)[0].and_}))
    parts = [plain(each) for each in re.split(rf",?\s+(?:{words})\s+|,", text)]
    return parts if all(" " in each for each in parts) else list(filter(None, [text]))


def is_told(value: Stated) -> bool:
    """Tell whether an author's record has a place for all that a value says."""
    tables = [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]
    return all(len(_known(table)) == _count(_author(table)) for table in tables)


def _count(author: Author) -> int:
    return sum(1 for value in (author.name, author.role, author.email, author.uri) if value)


def _known(table: dict[str, Stated]) -> dict[str, str]:
    name = table.get("name")
    if isinstance(name, dict):  # Quarto: the parts of a name
        table = {**{key: value for key, value in table.items() if key != "name"}, **name}
    return {key.lower(): plain(shown(value)) for key, value in table.items() if not is_empty(value)}


def _author(table: dict[str, Stated]) -> Author:
    known = _known(table)
    parts = (known[part] for part in ("given", "first", "family", "last") if part in known)
    name = known.get("name") or known.get("display_name") or " ".join(parts)
    uris = (known[key] for key in ("uri", "url", "orcid", "website") if is_uri(known.get(key, "")))
    return Author(name, role=known.get("role"), email=known.get("email"), uri=next(uris, None))
