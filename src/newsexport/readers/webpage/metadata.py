"""What a page says of its article in its head: Open Graph, meta elements, the title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from selectolax.lexbor import LexborNode

from newsexport.kit.html.addresses import joined

_WEB: Final = re.compile(r"https?://\S+$", re.IGNORECASE)
_PUBLISHED: Final = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date.published",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date",
    "dcterms.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "article.published",
    "date", "cxenseparse:recs:publishtime", "citation_publication_date", "ptime", "originalpublicationdate", "time",
)  # fmt: skip
_UPDATED: Final = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "lastmod", "last-modified", "article.updated", "utime",
)  # fmt: skip
_AUTHORS: Final = (
    "author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "article:author",
    "citation_author", "authors", "twitter:creator:name",
)  # fmt: skip
_ITEMS: Final = (
    '[itemprop="headline"], [itemprop="datePublished"], [itemprop="dateModified"], [itemprop="author"], '
    '[itemprop="description"], [itemprop="copyrightHolder"], a[rel~="author"], time[pubdate], article time[datetime]'
)
_LONGEST: Final = 300
_SEPARATORS: Final = re.compile(r"\s[|\-–—·»:•]\s")


class Head(Struct, frozen=True):
    """What elements say that are made to: ``meta``, ``link``, microdata.

    Attributes:
        metas: Contents by name, in small letters.
        links: Addresses by relation.
        title: Of the window.
    """

    metas: dict[str, tuple[str, ...]]
    links: dict[str, str]
    title: str | None

    def first(self, *names: str) -> str | None:
        """Return the content of the first of some elements that there is."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)

    def all(self, *names: str) -> tuple[str, ...]:
        """Return the contents of all elements of some names."""
        return tuple(content for name in names for content in self.metas.get(name, ()))

    @property
    def address(self) -> str | None:
        """The address of the page: as it calls itself."""
        found = (self.links.get("canonical"), self.first("og:url", "twitter:url", "dc.identifier"))
        return next((url for url in found if url and _WEB.match(url)), None)

    @property
    def published(self) -> tuple[str, str] | None:
        """The moment of publication and the name of its element."""
        return self._named(_PUBLISHED)

    @property
    def updated(self) -> tuple[str, str] | None:
        """The moment of the last change and the name of its element."""
        return self._named(_UPDATED)

    @property
    def authors(self) -> tuple[str, ...]:
        """The names of the authors; addresses, which some pages give in their place, are left out."""
        for name in _AUTHORS:
            found = tuple(
                each for each in self.metas.get(name, ()) if not _WEB.match(each) and not each.startswith("@")
            )
            if found:
                return found
        return ()

    def without_site(self, title: str) -> str:
        """Return a title without the name of the site at its end."""
        site = (self.first("og:site_name", "application-name") or "").casefold()
        cuts = list(_SEPARATORS.finditer(title))
        for cut in reversed(cuts):
            rest = title[cut.end() :].casefold()
            if site and (rest in site or site in rest or rest.removesuffix(".com") in site):
                return title[: cut.start()].strip()
        return title

    def _named(self, names: tuple[str, ...]) -> tuple[str, str] | None:
        return next(((self.metas[name][0], name) for name in names if name in self.metas), None)


def read_head(root: LexborNode) -> Head:
    """Return what the head of a page says."""
    metas: dict[str, list[str]] = {}
    for meta in root.css("meta[content]"):
        attributes = meta.attributes
        content = " ".join((attributes.get("content") or "").split())
        names = (attributes.get(name) for name in ("property", "name", "itemprop", "http-equiv"))
        for name in _names(names):
            if content:
                metas.setdefault(name, []).append(content)
    for name, content in _microdata(root):
        # Several bylines or moments are those of other stories on the page.
        metas.setdefault(name, [content])
    links: dict[str, str] = {}
    base = next((node.attributes.get("href") for node in root.css("base[href]")), None) or ""
    for link in root.css("link[rel][href]"):
        for relation in (link.attributes.get("rel") or "").lower().split():
            links.setdefault(relation, joined(base, (link.attributes.get("href") or "").strip()))
    if base and _WEB.match(base):
        links.setdefault("base", base)
    title = root.css_first("head > title") or root.css_first("title")
    words = " ".join(title.text().split()) if title is not None else ""
    return Head({name: tuple(values) for name, values in metas.items()}, links, words or None)


def _microdata(root: LexborNode) -> Iterator[tuple[str, str]]:
    """Yield what elements of the text itself say of it, in the names of elements ``meta``.

    Source: HTML Living Standard, 5.2.4 "Values".
    """
    for node in root.css(_ITEMS):
        attributes = node.attributes
        inner = node.css_first('[itemprop~="name"]') if attributes.get("itemprop") == "author" else None
        shown = (inner or node).text(separator=" ")
        content = attributes.get("content") or attributes.get("datetime") or shown
        names = (attributes.get("itemprop") or attributes.get("rel") or "time").lower().split()
        words = " ".join(content.split())
        if words and len(words) <= _LONGEST:
            yield from ((name, words) for name in names)


def _names(values: Iterator[str | None]) -> Iterator[str]:
    for value in values:
        yield from (value or "").lower().split()
