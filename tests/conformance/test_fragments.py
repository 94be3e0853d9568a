"""What is kept of the markup of CMSs, beside what extractors of web pages keep of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import lxml.html
import pytest
from lxml import etree

from measure import KINDS, Parts, kept, of_article, of_markup, total
from newsexport.kit.html import blocks
from newsexport.model import Article
from newsexport.spi import Context
from samples import payloads, samples

pytestmark = pytest.mark.conformance

OWN = Path(__file__).parents[1] / "unit/data/wordpress"


def fragments() -> Iterator[str]:
    """Yield bodies of articles as CMSs keep or render them."""
    for name in ("posts.json", "pages.json"):
        data = json.loads((samples("ghost") / name).read_text("utf-8"))
        yield from (
            post["html"] for posts in data.values() if isinstance(posts, list) for post in posts if post.get("html")
        )
    for path in sorted(payloads("ghost").glob("*.body.json")):
        current = json.loads(path.read_text("utf-8"))["post"].get("current") or {}
        yield from filter(None, [current.get("html")])
    for path in sorted(samples("govuk").glob("*.json")):
        yield from filter(None, [json.loads(path.read_text("utf-8")).get("details", {}).get("body")])
    content = "{http://purl.org/rss/1.0/modules/content/}encoded"
    root = etree.parse(samples("wordpress-wxr") / "theme-preview.xml").getroot()
    yield from (element.text for element in root.iter(content) if element.text and element.text.strip())
    for path in sorted(OWN.glob("*-view.json")):
        posts = json.loads(path.read_text("utf-8"))
        for post in posts if isinstance(posts, list) else [posts]:
            yield post["content"]["rendered"]


def ours(html: str) -> Parts:
    return of_article(Article(body=blocks(html, Context()).blocks))


def by_trafilatura(html: str) -> Parts:
    import trafilatura

    page = f"<html><body><article>{html}</article></body></html>"
    found = trafilatura.extract(
        page, output_format="html", include_images=True, include_links=True, include_tables=True, favor_recall=True
    )
    return of_markup(_body(found or "<p></p>"))


def by_readability(html: str) -> Parts:
    from readability import Document

    page = f"<html><body><article>{html}</article></body></html>"
    return of_markup(_body(Document(page).summary()))


def _body(page: str) -> str:
    body = lxml.html.document_fromstring(page).find("body")
    return etree.tostring(body, encoding="unicode") if body is not None else ""


READERS: dict[str, Callable[[str], Parts]] = {
    "newsexport": ours,
    "trafilatura": by_trafilatura,
    "readability-lxml": by_readability,
}


def test_fragments_of_cmss_are_kept_whole(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.root.manager, "disable", logging.CRITICAL)
    bodies = list(dict.fromkeys(fragments()))
    assert len(bodies) > 20
    expected = [of_markup(html) for html in bodies]
    results = {
        name: total(kept(parts, read(html)) for html, parts in zip(bodies, expected, strict=True))
        for name, read in READERS.items()
    }
    with capsys.disabled():
        print(f"\nkept of {len(bodies)} fragments:")
        for kind in KINDS:
            shares = (f"{name} {found / of:.3f}" for name, figures in results.items() for found, of in [figures[kind]])
            print(f"  {kind:12} {results['newsexport'][kind][1]:6}  {'  '.join(shares)}")
    for kind, (found, of) in results["newsexport"].items():
        assert of > 10, kind
        assert found / of >= (0.98 if kind == "words" else 0.95), kind
