"""An entry of a feed, as feedparser gives it, to an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from msgspec import Struct, structs

from newsexport.errors import Kind
from newsexport.kit import timestamps
from newsexport.kit.cms import byline, with_lead
from newsexport.kit.desk import read_published
from newsexport.model import Article, Author, Block, EdNote, Embed, Figure, Related
from newsexport.model.walk import records
from newsexport.readers.feeds import media
from newsexport.readers.feeds.options import FeedOptions
from newsexport.readers.feeds.texts import Body, TextReader, Values
from newsexport.spi import Context, Parsed

if TYPE_CHECKING:
    from lxml.etree import _Element

_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
# RFC 3986, 3, of schemes whose names last.
_LASTING: Final = re.compile(r"(?:https?://|tag:|urn:)[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_WEB: Final = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
# Blogger marks posts, comments, settings and templates by a category of this scheme.
_KIND: Final = "#kind"
_POST: Final = "#post"


class Feed(Struct, frozen=True):
    """What holds for all entries of a feed.

    Attributes:
        values: What feedparser read of the feed itself.
        is_atom: True for Atom, where the authors of the feed are those of an entry that names none.
        options: Of the reader.
    """

    values: Values
    is_atom: bool
    options: FeedOptions


class EntryReader:
    """Reads one entry."""

    def __init__(self, feed: Feed, entry: Values, elements: Sequence[_Element], where: str, context: Context) -> None:
        """Get ready.

        Args:
            feed: The feed it is from.
            entry: What feedparser read of it.
            elements: Its elements of Media RSS.
            where: Which entry it is.
            context: Hears what is repaired, guessed or left out.
        """
        self._feed = feed
        self._entry = entry
        self._elements = elements
        self._where = where
        self._context = context
        self._url = self._web(entry.get("link"))
        self._base = self._url or self._web(feed.values.get("link")) or feed.options.base
        self._language = feed.options.language or self._stated_language()
        self._texts = TextReader(context, where, base=self._base, language=self._language)

    def read(self) -> Parsed | None:
        """Return the article with its pictures; None for an entry that is none."""
        if self._is_no_post():
            self._context.notice("feeds.no-article", Kind.INFO, "the entry is no post of the site", where=self._where)
            return None
        body = self._texts.body(self._entry.get("content") or (), self._entry.get("summary_detail") or {})
        article = self._with_media(self._with_body(self._identified(), body), body)
        if not article.headline and not article.body and not article.images:
            self._context.notice("feeds.empty-entry", Kind.INFO, "the entry holds no text", where=self._where)
            return None
        return Parsed((article,), body.assets)

    # Identity, people, dates, rights

    def _identified(self) -> Article:
        entry = self._entry
        guid, alt_ids = self._identity()
        authors, notes = self._people()
        published, updated = self._moment("published"), self._moment("updated")
        if published is None and not self._feed.is_atom:
            published, updated = updated, None  # feedparser takes the date of Dublin Core for that of an update
        rights = entry.get("rights_detail") or self._feed.values.get("rights_detail") or {}
        title = self._texts.plain(self._feed.values.get("title_detail") or {})
        return Article(
            guid=guid,
            alt_ids=alt_ids,
            canonical_url=self._url,
            pub_status="withheld" if self._is_draft() else "usable",
            expires=self._moment("expired"),
            headline=self._texts.line(entry.get("title_detail") or {}),
            byline=byline([each.name for each in authors if each.role is None], self._language),
            authors=authors,
            keywords=tuple(dict.fromkeys(self._keywords())),
            first_created=self._moment("created"),
            version_created=updated or published,
            published=published,
            updated=updated,
            info_sources=tuple(dict.fromkeys(self._sources())),
            copyright_notice=self._texts.plain(rights),
            usage_terms=next((each["href"] for each in self._links("license")), None),
            notes=notes,
            related=self._related(),
            language=self._language or "",
            extra={"feed:title": title} if title else {},
        )

    def _identity(self) -> tuple[str, dict[str, str]]:
        """Return the guid, and the id where that is none."""
        stated = str(self._entry.get("id") or "").strip()
        if _LASTING.fullmatch(stated):
            return stated, {}
        if _UUID.fullmatch(stated):
            return f"urn:uuid:{stated.lower()}", {}
        return self._url or "", {"feed": stated} if stated else {}

    def _people(self) -> tuple[tuple[Author, ...], tuple[EdNote, ...]]:
        """Return the authors, and those of whom only the address is known as words to the desk."""
        source = self._entry.get("source") or {}
        stated = self._entry.get("authors") or source.get("authors") or ()
        if not any(stated) and self._feed.is_atom:
            stated = self._feed.values.get("authors") or ()
        authors = [_author(each, None) for each in stated]
        authors += [_author(each, "contributor") for each in self._entry.get("contributors") or ()]
        addresses = [each["email"] for each in stated if each.get("email") and not each.get("name")]
        notes = tuple(EdNote(each, role="contact") for each in addresses)
        return tuple(dict.fromkeys(filter(None, authors))), notes

    def _keywords(self) -> Iterator[str]:
        for tag in self._entry.get("tags") or ():
            if not str(tag.get("scheme") or "").endswith(_KIND):
                yield from filter(None, (" ".join(str(tag.get("label") or tag.get("term") or "").split()),))
        yield from media.keywords(self._elements)

    def _sources(self) -> Iterator[str]:
        source = self._entry.get("source") or {}
        named = (self._texts.plain(source.get("title_detail") or {}), source.get("title"), self._entry.get("publisher"))
        yield from (" ".join(each.split()) for each in named if isinstance(each, str) and each.strip())

    def _moment(self, field: str) -> datetime | None:
        """Return a moment as it is stated: what feedparser makes of one it does not know may be another day."""
        zone = timestamps.zone(self._feed.options.zone)
        return timestamps.stated(self._entry.get(field), f"{self._where}: {field}", self._context, local=zone)

    def _stated_language(self) -> str | None:
        details = [*(self._entry.get("content") or ()), self._entry.get("title_detail") or {}]
        stated = (each.get("language") for each in details)
        return next((each for each in stated if each), None) or self._feed.values.get("language")

    def _is_draft(self) -> bool:
        """Tell whether the entry is not to be published (RFC 5023, 13.1.1); the prefix of its element may be any."""
        return any(name.rpartition("_")[2] == "draft" and value == "yes" for name, value in self._entry.items())

    def _is_no_post(self) -> bool:
        tags = self._entry.get("tags") or ()
        kinds = [str(each.get("term")) for each in tags if str(each.get("scheme") or "").endswith(_KIND)]
        return bool(kinds) and not any(each.endswith(_POST) for each in kinds)

    # Links

    def _links(self, relation: str) -> Iterator[Values]:
        for link in self._entry.get("links") or ():
            if link.get("rel") == relation and self._web(link.get("href")):
                yield link

    def _related(self) -> tuple[Related, ...]:
        found = [Related("see-also", each["href"], each.get("title") or None) for each in self._links("related")]
        found += [Related("derived-from", each["href"], each.get("title") or None) for each in self._links("via")]
        others = (each for each in self._links("enclosure") if media.enclosed(each) is None)
        return (*found, *(Related("see-also", each["href"], each.get("title") or None) for each in others))

    @staticmethod
    def _web(address: object) -> str | None:
        return address if isinstance(address, str) and _WEB.fullmatch(address) else None

    # Text and media

    def _with_body(self, article: Article, body: Body) -> Article:
        copy = read_published(body.blocks, self._language, self._context)
        return structs.replace(
            article,
            standfirst=body.standfirst,
            dateline=copy.dateline,
            body=copy.body,
            corrections=copy.corrections,
        )

    def _with_media(self, article: Article, body: Body) -> Article:
        """Add the media that the text does not show, and what is said of those that it shows."""
        shown = [*media.described(self._elements, self._base, self._context)]
        shown += filter(None, map(media.enclosed, self._links("enclosure")))
        figures: dict[str, Figure] = {}
        for each in (*shown, *body.pictures):
            if isinstance(each, Figure):
                figures.setdefault(media.file_of(each.media.uri), each)
        present = {media.file_of(each.media.uri) for _, each in records(article.body) if isinstance(each, Figure)}
        article = structs.replace(article, body=tuple(_completed(each, figures) for each in article.body))
        article = with_lead(article, [figure for file, figure in figures.items() if file not in present])
        addresses = {each.url for _, each in records(article.body) if isinstance(each, Embed)}
        embeds = tuple(each for each in shown if isinstance(each, Embed) and each.url not in addresses)
        return structs.replace(article, body=(*embeds, *article.body))


def _author(person: Values, role: str | None) -> Author | None:
    name = " ".join(str(person.get("name") or "").split())
    address = person.get("href")
    uri = address if isinstance(address, str) and _WEB.fullmatch(address) else None
    return Author(name, role=role, email=person.get("email") or None, uri=uri) if name else None


def _completed(block: Block, figures: dict[str, Figure]) -> Block:
    """Return a figure of the text with the caption and the credit that only the feed states."""
    known = figures.get(media.file_of(block.media.uri)) if isinstance(block, Figure) else None
    if not isinstance(block, Figure) or known is None:
        return block
    names = ("alt", "headline", "creator", "credit", "copyright_notice", "usage_terms")
    missing = {
        name: value for name in names if not getattr(block.media, name) and (value := getattr(known.media, name))
    }
    return structs.replace(block, caption=block.caption or known.caption, media=structs.replace(block.media, **missing))
