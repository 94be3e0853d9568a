"""From an entry of Strapi to an article.

What a house keeps in an entry is its own affair: fields are found by the names that many houses use, or by those that
an option states, and what is left is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from msgspec import structs

from newsexport.errors import Kind
from newsexport.kit import cms
from newsexport.kit.cms import Fields
from newsexport.kit.desk import Copy, read_copy, read_published
from newsexport.kit.html import inlines
from newsexport.model import AltHeadline, Article, Author, Dateline, Figure, Inline, Text
from newsexport.model.walk import block_text
from newsexport.readers.strapi.body import Body
from newsexport.readers.strapi.roles import ROLES
from newsexport.readers.strapi.shapes import figure_of, is_file, name_of, related
from newsexport.spi import Parsed

_SEVERAL: Final = frozenset({"image", "keywords"})
"""What several fields may hold together."""

_SYSTEM: Final = frozenset({
    "id", "documentId", "createdAt", "updatedAt", "publishedAt", "createdBy", "updatedBy", "locale", "localizations",
    "status", "strapi_stage", "strapi_assignee", "__component", "__v", "_id",
})  # fmt: skip
_GONE: Final = frozenset({"entry.unpublish", "entry.delete"})


class Entry:
    """One entry on its way to an article."""

    def __init__(self, entry: Fields, names: Mapping[str, str], base: str | None, language: str | None) -> None:
        self._entry = entry
        self._base = base
        self._language = language or (entry.text("locale") or "").replace("_", "-") or None
        self._names = {role: _present(entry, role, names.get(role)) for role in ROLES}

    def parsed(self, event: str | None, model: str | None) -> Parsed:
        """Return the article, with the pictures that stood in its markup.

        Args:
            event: What a webhook says has happened.
            model: Which type of content it is of.
        """
        is_published = event not in _GONE and self._is_published()
        text = Body(self._base, self._language)
        name = self._name("body")
        blocks = text.read(self._entry, name) if name else ()
        copy = (read_published if is_published else read_copy)(blocks, self._language, self._entry.context)
        article = self._dated(self._written(copy), is_published=is_published)
        extra = {**self._extra(), **({"strapi:model": model} if model else {})}
        article = structs.replace(
            article, pub_status="usable" if is_published and not copy.held else "withheld", extra=extra
        )
        if not is_published:
            reason = f"the entry is no longer published: {event}" if event in _GONE else "the entry is a draft"
            self._entry.notice(
                "strapi.withheld", Kind.INFO, f"{reason}, so that the article is withheld", "publishedAt"
            )
        lead = [figure for name in self._names["image"] for figure in self._figures(name)]
        return Parsed((cms.with_lead(article, lead),), tuple(text.assets))

    def _written(self, copy: Copy) -> Article:
        """Return the article with what is read of it."""
        authors, byline = self._authors()
        dateline = self._text("dateline")
        return Article(
            embargo=copy.embargo,
            kicker=self._text("kicker"),
            headline=self._line("headline"),
            alt_headlines=tuple(self._alternatives()),
            standfirst=self._line("standfirst"),
            byline=byline or copy.byline,
            dateline=Dateline(dateline) if dateline else copy.dateline,
            body=copy.body,
            authors=authors or copy.authors,
            keywords=self._keywords(),
            corrections=copy.corrections,
            language=self._language or "",
        )

    def _dated(self, article: Article, *, is_published: bool) -> Article:
        """Return the article with its identity and its dates."""
        entry = self._entry
        published, updated = self._published(), entry.moment("updatedAt")
        is_update = is_published and published is not None and updated is not None and updated > published
        document, number = entry.text("documentId"), entry.text("id")
        ids = {"strapi": document or number, "strapi-slug": self._text("slug")}
        url = self._text("url") or ""
        return structs.replace(
            article,
            # The number of an entry is another one each time it is published.
            revision=number if document else None,
            alt_ids={name: value for name, value in ids.items() if value},
            canonical_url=url if url.lower().startswith(("http://", "https://")) else None,
            first_created=entry.moment("createdAt"),
            version_created=updated,
            published=published,
            updated=updated if is_update else None,
        )

    def _is_published(self) -> bool:
        """Tell whether it is published: types of content without drafts have no `publishedAt`."""
        is_draft = self._entry.text("status") == "draft"
        return not is_draft and ("publishedAt" not in self._entry or self._entry.raw("publishedAt") is not None)

    def _published(self) -> datetime | None:
        name = self._name("published")
        return (self._entry.moment(name) if name else None) or self._entry.moment("publishedAt")

    # Fields by what they hold

    def _name(self, role: str) -> str | None:
        return self._names[role][0] if self._names[role] else None

    def _text(self, role: str) -> str | None:
        name = self._name(role)
        return self._entry.text(name) if name else None

    def _line(self, role: str) -> tuple[Inline, ...]:
        """Return a line of text, of HTML, or of blocks."""
        name = self._name(role)
        if name is None:
            return ()
        if isinstance(self._entry.raw(name), list | dict):
            found = Body(self._base, self._language).read(self._entry, name)
            text = " ".join(map(block_text, found))
            return (Text(text),) if text else ()
        line = self._entry.text(name) or ""
        return inlines(line, self._entry.context, base=self._base) if "<" in line else (Text(line),) if line else ()

    def _authors(self) -> tuple[tuple[Author, ...], str | None]:
        """Return the authors and how they are displayed."""
        stated, name = self._text("byline"), self._name("authors")
        if name is None:
            return cms.authors(stated, self._language) if stated else (), stated
        if isinstance(self._entry.raw(name), str):
            line = stated or self._entry.text(name)
            return cms.authors(line, self._language) if line else (), line
        named = [(person, title) for person in related(self._entry, name) if (title := name_of(person))]
        found = tuple(Author(title, email=person.text("email")) for person, title in named)
        found = found or tuple(map(Author, self._texts(name)))
        return found, stated or cms.byline([author.name for author in found], self._language)

    def _keywords(self) -> tuple[str, ...]:
        found: list[str] = []
        for name in self._names["keywords"]:
            value = self._entry.raw(name)
            if isinstance(value, str):
                found += (word.strip() for word in value.split(","))
            else:
                found += (title for each in related(self._entry, name) if (title := name_of(each)))
                found += self._texts(name)
        return tuple(dict.fromkeys(filter(None, found)))

    def _texts(self, name: str) -> tuple[str, ...]:
        value = self._entry.raw(name)
        return tuple(text.strip() for text in value if isinstance(text, str)) if isinstance(value, list) else ()

    def _alternatives(self) -> tuple[AltHeadline, ...]:
        name = self._name("seo")
        found = related(self._entry, name) if name else ()
        title = self._text("headline")
        texts = (seo.text("metaTitle") for seo in found)
        return tuple(AltHeadline("seo", text) for text in texts if text and text != title)

    def _figures(self, name: str) -> tuple[Figure, ...]:
        files = related(self._entry, name)
        return tuple(figure for file in files if is_file(file) and (figure := figure_of(file, self._base)))

    def _extra(self) -> dict[str, str]:
        """Return what is left of the entry, and tell of what cannot be kept."""
        told = {name for names in self._names.values() for name in names}
        found: dict[str, str] = {}
        for name, value in self._entry.values.items():
            if name in told or name in _SYSTEM or value in (None, "", [], {}):
                continue
            if isinstance(value, str | int | float):
                found[f"strapi:{name}"] = str(value)
            else:
                message = f"the field {name!r} was left out; the option `fields` says what a field holds"
                self._entry.notice("strapi.field-lost", Kind.LOSS, message, name)
        return found


def _present(entry: Fields, role: str, stated: str | None) -> tuple[str, ...]:
    """Return the field that holds a thing, of those that may; all of them where several may hold it together."""
    names = (stated,) if stated else ROLES[role]
    found = tuple(name for name in names if entry.raw(name) not in (None, "", [], {}))
    return found if role in _SEVERAL else found[:1]
