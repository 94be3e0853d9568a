"""From posts of Ghost to articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from msgspec import structs

from newsexport.errors import Kind
from newsexport.kit import cms
from newsexport.kit.cms import Fields
from newsexport.kit.desk import Copy, read_copy, read_published
from newsexport.kit.html import inlines
from newsexport.kit.html.addresses import joined
from newsexport.model import AltHeadline, Article, Author, Embargo, Figure, Image, Text
from newsexport.readers.ghost import envelopes
from newsexport.readers.ghost.body import SITE, Body, Source
from newsexport.readers.ghost.options import GhostOptions
from newsexport.spi import Context, Parsed

_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_PUBLISHED: Final = frozenset({"published", "sent"})
_ALTERNATIVES: Final = (
    ("social", "og_title"),
    ("social", "twitter_title"),
    ("seo", "meta_title"),
    ("email", "email_subject"),
)
_KEPT: Final = ("status", "visibility", "type", "custom_template", "meta_description", "og_description")


def posts(stream: BinaryIO, options: GhostOptions, context: Context) -> Iterator[Parsed]:
    """Yield an article for each post, one at a time.

    Raises:
        InputError: it is no JSON, or holds no post.
    """
    found = envelopes.posts(cms.load(stream, context), context)
    return cms.articles(found, lambda post: _Post(post, options).parsed(), context)


class _Post:
    """One post on its way to an article."""

    def __init__(self, post: Fields, options: GhostOptions) -> None:
        self._post = post
        self._context = post.context
        self._options = options
        self._language = options.language or post.text("locale")
        self._status = post.text("status") or ("published" if post.text("published_at") else "draft")
        self._is_published = self._status in _PUBLISHED

    def parsed(self) -> Parsed:
        """Return the article, with the pictures that stood in its markup."""
        where = Source(self._base(), self._options.base, self._language)
        blocks, assets = Body(self._post, where).read(self._options.body)
        read = read_published if self._is_published else read_copy
        copy = read(blocks, self._language, self._context)
        self._tell()
        article = self._dated(self._written(copy))
        return Parsed((cms.with_lead(article, self._lead()),), assets)

    def _written(self, copy: Copy) -> Article:
        """Return the article with what is read of it."""
        post, names = self._post, self._authors()
        return Article(
            pub_status="usable" if self._is_published and not copy.held else "withheld",
            embargo=copy.embargo,
            headline=(Text(title),) if (title := post.text("title")) else (),
            alt_headlines=self._alternatives(),
            standfirst=(Text(excerpt),) if (excerpt := post.text("custom_excerpt")) else (),
            byline=cms.byline([author.name for author in names], self._language) or copy.byline,
            dateline=copy.dateline,
            body=copy.body,
            authors=names or copy.authors,
            keywords=self._keywords(),
            corrections=copy.corrections,
            language=self._language or "",
        )

    def _dated(self, article: Article) -> Article:
        """Return the article with its identity and its dates; what is scheduled is not published yet."""
        post = self._post
        published, updated = post.moment("published_at"), post.moment("updated_at")
        is_update = self._is_published and published is not None and updated is not None and updated > published
        is_scheduled = self._status == "scheduled"
        return structs.replace(
            article,
            guid=self._guid(),
            alt_ids=self._alt_ids(),
            canonical_url=self._url() if self._is_published else None,
            embargo=Embargo(published) if is_scheduled else article.embargo,
            first_created=post.moment("created_at"),
            version_created=updated,
            published=None if is_scheduled else published,
            updated=updated if is_update else None,
            extra=self._extra(),
        )

    # Who and where it is

    def _guid(self) -> str:
        uuid = self._post.text("uuid") or ""
        return f"urn:uuid:{uuid.lower()}" if _UUID.fullmatch(uuid) else ""

    def _alt_ids(self) -> dict[str, str]:
        found = {"ghost": self._post.text("id"), "ghost-slug": self._post.text("slug")}
        return {name: value for name, value in found.items() if value}

    def _url(self) -> str | None:
        url = self._post.text("canonical_url") or self._post.text("url")
        return self._address(url) if url else None

    def _base(self) -> str | None:
        """Return what links are relative to: drafts have an address too, if only for a preview."""
        return self._options.base or self._post.text("url")

    def _address(self, url: str) -> str:
        relative = url.removeprefix(SITE)
        base = self._base()
        return joined(base, relative) if base else relative

    # What is around the text

    def _authors(self) -> tuple[Author, ...]:
        found = self._post.each("authors") or (self._post.fields("primary_author"),)
        return tuple(
            Author(name, email=author.text("email"), uri=author.text("url"))
            for author in found
            if (name := author.text("name"))
        )

    def _keywords(self) -> tuple[str, ...]:
        names = (tag.text("name") for tag in self._post.each("tags") if not _is_internal(tag))
        return tuple(dict.fromkeys(name for name in names if name))

    def _alternatives(self) -> tuple[AltHeadline, ...]:
        title = self._post.text("title")
        found = (AltHeadline(role, text) for role, name in _ALTERNATIVES if (text := self._post.text(name)))
        return tuple(dict.fromkeys(each for each in found if each.text != title))

    def _lead(self) -> tuple[Figure, ...]:
        uri = self._post.text("feature_image")
        if not uri:
            return ()
        caption = inlines(self._post.text("feature_image_caption"), self._context, base=self._base())
        return (Figure(Image(self._address(uri), alt=self._post.text("feature_image_alt")), caption),)

    def _extra(self) -> dict[str, str]:
        found = {f"ghost:{name}": value for name in _KEPT if (value := self._post.text(name))}
        internal = [name for tag in self._post.each("tags") if _is_internal(tag) and (name := tag.text("name"))]
        return {**found, **({"ghost:internal-tags": ", ".join(internal)} if internal else {})}

    def _tell(self) -> None:
        """Say what a desk should know of the post."""
        if not self._is_published:
            message = f"the post is {self._status}, so that the article is withheld"
            self._post.notice("ghost.withheld", Kind.INFO, message, "status")
        visibility = self._post.text("visibility")
        if visibility and visibility != "public":
            self._post.notice("ghost.members", Kind.INFO, f"the post is for {visibility} alone", "visibility")
        if self._post.raw("access") is False:
            message = "the post is for members, and the input holds what all may read of it"
            self._post.notice("ghost.preview", Kind.LOSS, message, "access")


def _is_internal(tag: Fields) -> bool:
    return tag.text("visibility") == "internal" or (tag.text("name") or "").startswith("#")
