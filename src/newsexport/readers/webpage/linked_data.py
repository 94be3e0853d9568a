"""What a page says of its article to programs in JSON-LD.

Source: schema.org 29, Article and its subtypes; JSON-LD 1.1, 9.1 "Node objects".
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from selectolax.lexbor import LexborNode

_ARTICLES: Final = re.compile(r"(?:\w*Article|BlogPosting|LiveBlogPosting|Report|SocialMediaPosting)$")
_WRAPPING: Final = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$", re.DOTALL
)
_TRAILING_COMMA: Final = re.compile(r",(?=\s*[}\]])")
_LONGEST: Final = 2_000_000
_DEEPEST: Final = 12

Node = Mapping[str, Any]


def article(root: LexborNode, address: str | None) -> Node:
    """Return the description of the page's article; empty when there is none.

    Args:
        root: The page.
        address: Of the page, to tell its article from others that it lists.
    """
    graph = [node for script in root.css('script[type*="ld+json"]') for node in _nodes(_parsed(script), 0)]
    named = {identity: node for node in graph if isinstance(identity := node.get("@id"), str) and len(node) > 2}
    articles = [node for node in graph if _is_article(node)]
    found = next((node for node in articles if address and address in set(_addresses(node))), None)
    chosen = found or max(articles, key=len, default={})
    return {name: _resolved(value, named) for name, value in chosen.items()}


def _parsed(script: LexborNode) -> Any:
    text = script.text()
    if len(text) > _LONGEST:
        return None
    for _ in range(2):
        text = _WRAPPING.sub("", text)
    for attempt in (text, _TRAILING_COMMA.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any, depth: int) -> Iterator[Node]:
    """Yield all objects of a type, wherever they are."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _nodes(each, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for each in value.values():
            if isinstance(each, dict | list):
                yield from _nodes(each, depth + 1)


def _is_article(node: Node) -> bool:
    kinds = node["@type"]
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLES.search(kind) for kind in kinds)


def _addresses(node: Node) -> Iterator[str]:
    for name in ("url", "@id", "mainEntityOfPage"):
        value = node.get(name)
        value = value.get("@id") if isinstance(value, dict) else value
        if isinstance(value, str):
            yield value


def _resolved(value: Any, named: Mapping[str, Node]) -> Any:
    """Put the object in the place of a reference to it."""
    if isinstance(value, list):
        return [_resolved(each, named) for each in value]
    if isinstance(value, dict) and set(value) <= {"@id", "@type"}:
        return named.get(value.get("@id", ""), value)
    return value


def kinds(node: Node) -> tuple[str, ...]:
    """Return the types of an object."""
    return tuple(texts(node.get("@type")))


def text(value: Any) -> str | None:
    """Return the first text of a value, its entities resolved; None when there is none."""
    return next(iter(texts(value)), None)


def texts(value: Any) -> Iterator[str]:
    """Yield the texts of a value: strings, values of typed strings, names of objects."""
    if isinstance(value, str):
        plain = " ".join(html.unescape(value).split())
        if plain:
            yield plain
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, dict):
        yield from texts(value.get("@value") or value.get("name"))


def objects(value: Any) -> Sequence[Node]:
    """Return the objects of a value: one, or several."""
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, dict)]


def address(value: Any) -> str | None:
    """Return the URL that a value is or has; None when there is none."""
    for each in value if isinstance(value, list) else [value]:
        found = each.get("url") or each.get("contentUrl") or each.get("@id") if isinstance(each, dict) else each
        found = found[0] if isinstance(found, list) and found else found
        if isinstance(found, str) and found.strip().lower().startswith(("http://", "https://")):
            return found.strip()
    return None
