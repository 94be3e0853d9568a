"""What is known of an article beside its text, from the sources of a page in the order in which they are believed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any, Final

from msgspec import Struct

from newsexport.errors import Kind
from newsexport.kit import timestamps
from newsexport.model import Author, Concept, DataMining, Image, Label, Provider
from newsexport.readers.webpage import linked_data
from newsexport.readers.webpage.linked_data import Node
from newsexport.readers.webpage.metadata import Head
from newsexport.spi import Context

_LABELS: Final[Mapping[str, Label]] = {
    "OpinionNewsArticle": "opinion", "AnalysisNewsArticle": "analysis", "ReviewNewsArticle": "review",
    "SatiricalArticle": "satire", "AdvertiserContentArticle": "sponsored", "ClaimReview": "fact-check",
}  # fmt: skip
_BY: Final = re.compile(r"^(?:by|von|par|por|di|door|av|af)\s+", re.IGNORECASE)
_WORDS_FOR_AND: Final = r"(?:and|und|et|y|e|en|och|og|&)"
_AND: Final = re.compile(rf"\s*[,;|]\s*(?:{_WORDS_FOR_AND}\s+)?|\s+{_WORDS_FOR_AND}\s+", re.IGNORECASE)
_MOST_KEYWORDS: Final = 50
_LONGEST_NAME: Final = 80


class Facts(Struct, frozen=True):
    """The sources: JSON-LD first, then the head of the page.

    Attributes:
        data: The article in JSON-LD; empty where there is none.
        head: Elements ``meta`` and ``link``.
        context: Is told which source was believed.
        local: Zone of moments that state none.
    """

    data: Node
    head: Head
    context: Context
    local: tzinfo

    def told(self, field: str, source: str) -> None:
        """Tell which source a field was taken from."""
        self.context.notice("webpage.source", Kind.INFO, f"{field} was taken from {source}", where=field)

    def moment(self, field: str, name: str, meta: tuple[str, str] | None) -> datetime | None:
        """Return a moment by its name in JSON-LD, else from an element of the head."""
        sources = ((linked_data.text(self.data.get(name)), f"JSON-LD {name}"), meta or (None, ""))
        for value, source in sources:
            found = timestamps.stated(value, field, self.context, local=self.local)
            if found is not None:
                self.told(field, source)
                return found
        return None

    def titles(self) -> tuple[str, ...]:
        """Return what the sources call the article, the most believed first."""
        found = (
            linked_data.text(self.data.get("headline")),
            self.head.first("og:title"),
            self.head.first("twitter:title", "dc.title", "headline", "title"),
            self.head.title,
        )
        return tuple(dict.fromkeys(self.head.without_site(title) for title in found if title))

    def standfirst(self) -> str | None:
        """Return the summary."""
        said = linked_data.text(self.data.get("description"))
        found = said or self.head.first("og:description", "twitter:description", "description", "dc.description")
        if found:
            self.told("standfirst", "JSON-LD description" if said else "the head of the page")
        return found

    def authors(self) -> tuple[tuple[Author, ...], tuple[str, ...]]:
        """Return the people who wrote it, and the organisations that are named in their place."""
        people: list[Author] = []
        houses: list[str] = []
        for value in _each(self.data.get("author") or self.data.get("creator")):
            names = [value] if isinstance(value, str) else list(linked_data.texts(value.get("name")))
            is_house = isinstance(value, dict) and any("Organization" in kind for kind in linked_data.kinds(value))
            uri = None if isinstance(value, str) else linked_data.address(value)
            for name in (each for text in names for each in _names(text)):
                if is_house:
                    houses.append(name)
                else:
                    people.append(Author(name, uri=uri))
        source = "JSON-LD author"
        if not people and not houses:
            people = [Author(name) for text in self.head.authors for name in _names(text)]
            source = "the head of the page"
        if people or houses:
            self.told("authors", source)
        unique = {author.name.casefold(): author for author in reversed(people)}
        return tuple(reversed(unique.values())), tuple(dict.fromkeys(houses))

    def provider(self) -> Provider | None:
        """Return who published it."""
        for each in linked_data.objects(self.data.get("publisher")):
            name = linked_data.text(each)
            if name:
                self.told("provider", "JSON-LD publisher")
                return Provider(name, linked_data.address(each.get("url")))
        name = linked_data.text(self.data.get("publisher")) or self.head.first("og:site_name", "dc.publisher")
        if name:
            self.told("provider", "the head of the page")
        return Provider(name) if name else None

    def keywords(self) -> tuple[str, ...]:
        """Return the topics."""
        stated = list(linked_data.texts(self.data.get("keywords")))
        stated += self.head.all("article:tag", "news_keywords", "keywords", "sailthru.tags", "parsely-tags")
        words = (word.strip() for text in stated for word in text.split(","))
        # "Type:story" and the like are codes of the CMS.
        known = {word.casefold(): word for word in words if word and ":" not in word and len(word) <= _LONGEST_NAME}
        return tuple(known.values())[:_MOST_KEYWORDS]

    def images(self) -> tuple[Image, ...]:
        """Return the lead pictures."""
        found = [_image(each) for each in _each(self.data.get("image"))]
        images = [image for image in found if image]
        if not images:
            uri = self.head.first(
                "og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"
            )
            alt = self.head.first("og:image:alt", "twitter:image:alt")
            images = [Image(uri, alt=alt)] if uri and uri.lower().startswith("http") else []
        return tuple(images[:1])

    def concepts(self, kind: str) -> tuple[Concept, ...]:
        """Return the people, organisations or places that it is about, by their type in schema.org."""
        about = [*_each(self.data.get("about")), *_each(self.data.get("mentions"))]
        found = (
            Concept(name, uri=linked_data.address(each.get("sameAs")))
            for each in about
            if isinstance(each, dict) and any(kind in name for name in linked_data.kinds(each))
            if (name := linked_data.text(each))
        )
        return tuple(dict.fromkeys(found))

    def label(self) -> Label | None:
        """Return what readers must be told of its nature."""
        return next((_LABELS[kind] for kind in linked_data.kinds(self.data) if kind in _LABELS), None)

    def data_mining(self) -> DataMining | None:
        """Return whether mining is reserved.

        Source: TDM Reservation Protocol (W3C community group), 6.2 "HTML".
        """
        reserved = self.head.first("tdm-reservation")
        return {"1": "prohibited", "0": "allowed"}.get(reserved or "")  # type: ignore[return-value]  # two of its words

    def language(self) -> str | None:
        """Return the language that the sources state."""
        found = linked_data.text(self.data.get("inLanguage")) or self.head.first("og:locale", "dc.language", "language")
        return found.replace("_", "-") if found else None


def _each(value: Any) -> Iterator[Any]:
    """Yield the strings and objects of a value."""
    yield from (each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str | dict))


def _names(text: str) -> Iterator[str]:
    plain = _BY.sub("", " ".join(text.split()))
    if plain.lower().startswith(("http://", "https://")) or "@" in plain:
        return
    parts = [part.strip() for part in _AND.split(plain) if part.strip()]
    names = [part for part in parts if " " in part]
    # "Smith, John" is one name; of "Jane Roe and John Doe, CNN" the last is none.
    is_list = len(names) > 1 and all(part in names or part.isupper() for part in parts)
    yield from (name for name in (names if is_list else [plain]) if len(name) <= _LONGEST_NAME)


def _image(value: Any) -> Image | None:
    uri = linked_data.address(value)
    if uri is None:
        return None
    if isinstance(value, str):
        return Image(uri)
    creator = linked_data.text(value.get("creator") or value.get("author"))
    return Image(
        uri,
        alt=linked_data.text(value.get("description")),
        headline=linked_data.text(value.get("caption") or value.get("headline")),
        creator=creator,
        credit=linked_data.text(value.get("creditText")),
        copyright_notice=linked_data.text(value.get("copyrightNotice")),
        width=_pixels(value.get("width")),
        height=_pixels(value.get("height")),
    )


def _pixels(value: Any) -> int | None:
    text = str(value.get("value") if isinstance(value, dict) else value).strip().removesuffix("px")
    return int(text) if text.isdecimal() and 0 < int(text) < 100_000 else None
