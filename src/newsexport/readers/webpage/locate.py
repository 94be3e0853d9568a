"""Where the article is on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct
from selectolax.lexbor import LexborNode

from newsexport.readers.webpage.chrome import is_chrome, link_share

_BODIES: Final = (
    '[itemprop~="articleBody"]', '[itemprop~="text"]', ".article-body", ".article__body", ".articleBody",
    ".article_body", ".article-content", ".article__content", ".article-text", ".story-body", ".story-content",
    ".story__content", ".storytext", ".story-text", ".entry-content", ".post-content", ".post-body",
    ".post__content", ".blog-content", ".content-body", ".body-content", ".body-copy", ".main-content",
    "#article-body", "#articleBody", "#story-body", "#storytext", "#article-content", "#content-body",
    ".ArticleBody",
)  # fmt: skip
# These hold the article, and more than that now and then.
_AROUND: Final = (".article", "article", "main", "[role=main]", "#content", "#main")
_LOOSELY: Final = 1.3
MOST: Final = "most of the text"
_SHORTEST: Final = 40
_MOST_LINKED: Final = 0.5
_SHARE: Final = 0.7
_DESCENT: Final = 0.85
_LARGE: Final = 0.3
_DENSE: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DENSITY: Final = 2
_PARAGRAPHS: Final = "p, li, blockquote, pre, h2, h3, td"
_LEAVES: Final = frozenset({"p", "li", "td", "pre", "blockquote"})
_LOOSE: Final = "div, section, article, td, span, center, font"


class Located(Struct, frozen=True):
    """The part of a page that is its article.

    Attributes:
        root: The element that holds it.
        length: How many characters of running text it has.
        how: What it was found by.
    """

    root: LexborNode
    length: int
    how: str


class Text(Struct, frozen=True):
    """Running text: an element, and how long it is."""

    node: LexborNode
    length: int


def locate(body: LexborNode) -> Located:
    """Return the element that holds the article: one that says so, or the one in which the running text is."""
    texts = list(_running(body))
    scores = _scores(body, _within_article(body, texts))
    total = scores.get(body.mem_id, 0)
    if not total:
        return Located(body, len(body.text()), "all of it")
    densest = _densest(body, scores)
    enough = scores[densest.mem_id] * _SHARE
    for selector in (*_BODIES, *_AROUND):
        found = [node for node in body.css(selector) if scores.get(node.mem_id, 0) >= enough]
        best = min(found, key=lambda node: len(node.text()), default=None)
        if best is None:
            continue
        if selector in _AROUND and len(best.text()) > len(densest.text()) * _LOOSELY:
            return Located(densest, scores[densest.mem_id], f"most of the text in {selector}")
        return Located(best, scores[best.mem_id], selector)
    return Located(densest, scores[densest.mem_id], MOST)


def weight(text: str) -> int:
    """Return how long a text is, in letters of the Latin script: a character of Chinese or Thai says more."""
    stripped = text.strip()
    return len(stripped) if stripped.isascii() else len(stripped) + _DENSITY * len(_DENSE.findall(stripped))


def _running(body: LexborNode) -> Iterator[Text]:
    """Yield the paragraphs that are no lists of links."""
    for node in body.css(_PARAGRAPHS):
        length = weight(node.text())
        if length >= _SHORTEST and not _holds_others(node) and link_share(node) <= _MOST_LINKED:
            yield Text(node, length)
    for node in body.css(_LOOSE):
        length = _own_length(node)
        if length >= 2 * _SHORTEST and link_share(node) <= _MOST_LINKED:
            yield Text(node, length)


def _scores(body: LexborNode, texts: Iterable[Text]) -> dict[int, int]:
    """Return how much running text each element holds."""
    scores: dict[int, int] = {}
    for text in texts:
        for node in around(text.node, body):
            scores[node.mem_id] = scores.get(node.mem_id, 0) + text.length
    return scores


def _within_article(body: LexborNode, texts: Sequence[Text]) -> Iterator[Text]:
    """Yield the texts that stand in nothing that calls itself something else than an article.

    What holds a large part of the text is believed to be the article, whatever it calls itself.
    """
    scores = _scores(body, texts)
    most = scores.get(body.mem_id, 0) * _LARGE
    known: dict[int, bool] = {body.mem_id: False}
    for text in texts:
        path: list[LexborNode] = []
        for node in around(text.node, body):
            if node.mem_id in known:
                break
            path.append(node)
        found = known.get(node.mem_id, False)
        for each in reversed(path):
            found = found or (scores[each.mem_id] < most and is_chrome(each.tag or "", each.attributes))
            known[each.mem_id] = found
        if not found:
            yield text


def _holds_others(node: LexborNode) -> bool:
    return node.tag in {"li", "td", "blockquote"} and node.css_first("p, li, td") is not None


def _own_length(node: LexborNode) -> int:
    """Return the length of the text that stands in an element itself, or in its inlines, but for links."""
    length = 0
    child = node.child
    while child is not None:
        if child.is_text_node:
            length += weight(child.text_content or "")
        elif child.tag in {"b", "i", "em", "strong", "font"}:
            length += weight(child.text())
        child = child.next
    return length


def around(node: LexborNode, body: LexborNode) -> Iterator[LexborNode]:
    """Yield an element and all it stands in, up to the body."""
    parent: LexborNode | None = node
    while parent is not None and parent.is_element_node:
        yield parent
        if parent.mem_id == body.mem_id:
            return
        parent = parent.parent


def _densest(body: LexborNode, scores: dict[int, int]) -> LexborNode:
    """Return the smallest element that still holds nearly all the running text."""
    node = body
    while True:
        children = [child for child in node.iter() if scores.get(child.mem_id, 0)]
        best = max(children, key=lambda child: scores[child.mem_id], default=None)
        if best is None or scores[best.mem_id] < scores[node.mem_id] * _DESCENT or best.tag in _LEAVES:
            return node
        node = best


def smallest_with(body: LexborNode, passages: Sequence[str]) -> LexborNode | None:
    """Return the smallest element that holds most of some passages; None when there is none."""
    wanted = [" ".join(passage.split()) for passage in passages if len(passage.split()) > 4]
    if not wanted:
        return None
    node, share = body, _held(body, wanted)
    if share < len(wanted) * _SHARE:
        return None
    while True:
        best = max(node.iter(), key=lambda child: _held(child, wanted), default=None)
        if best is None or best.tag in _LEAVES or _held(best, wanted) < share * _DESCENT:
            return node
        node = best


def _held(node: LexborNode, passages: Sequence[str]) -> int:
    text = " ".join(node.text(separator=" ").split())
    return sum(passage in text for passage in passages)
