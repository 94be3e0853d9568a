"""From a story of ANS to an article.

Source: washingtonpost/ans-schema, schema/ans/0.10.12, the descriptions of the traits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, get_args

from msgspec import structs

from newsexport.errors import Kind
from newsexport.kit import cms
from newsexport.kit.cms import Fields
from newsexport.kit.desk import Copy, read_copy, read_published
from newsexport.kit.html import levelled
from newsexport.kit.html.addresses import joined
from newsexport.model import AltHeadline, Article, Author, Block, Concept, EdNote, Embargo, Figure, Gallery, Related
from newsexport.model.article import Label
from newsexport.readers.ans import media
from newsexport.readers.ans.elements import Elements, correction
from newsexport.spi import Parsed

_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_WIKIDATA: Final = re.compile(r"Q\d{1,12}")
_DEFAULTS: Final = frozenset({"basic", "default"})
# Arc's own: the picture on top of the story, then the one that advertises it; ANS 0.4 has pictures alone.
_LEADS: Final = (("promo_items", "lead_art"), ("promo_items", "basic"), ("promo_images", "default"))
_ENTITIES: Final = {
    "people": ("person",),
    "organisations": ("organization", "organisation"),
    "places": ("location", "place"),
}


class Story:
    """One story on its way to an article."""

    def __init__(self, story: Fields, base: str | None, language: str | None) -> None:
        self._story = story
        self._base = base
        self._language = language or (story.text("language") or "").replace("_", "-") or None

    def parsed(self) -> Parsed:
        """Return the article, with the pictures that stood in its markup."""
        elements = Elements(self._base, self._language)
        body = levelled(elements.read(self._story))
        is_published = self._is_published()
        copy = (read_published if is_published else read_copy)(body, self._language, self._story.context)
        stated = tuple(found for each in self._story.each("corrections") if (found := correction(each)))
        corrections = tuple(dict.fromkeys((*stated, *elements.corrections, *copy.corrections)))
        article = self._about(self._dated(self._written(copy)))
        article = structs.replace(
            article,
            pub_status="usable" if is_published and not copy.held else "withheld",
            corrections=corrections,
            extra=self._extra(),
        )
        if not is_published:
            status = self._story.text("status") or "scheduled, or not published"
            self._story.notice(
                "ans.withheld", Kind.INFO, f"the story is {status}, so that the article is withheld", "status"
            )
        return Parsed((cms.with_lead(article, self._lead(elements)),), tuple(elements.assets))

    def _written(self, copy: Copy) -> Article:
        """Return the article with what is read of it."""
        story = self._story
        by, others = self._authors()
        label = story.fields("label").fields("basic")
        standfirst = media.default(story, "subheadlines") or media.default(story, "description")
        notice = media.words(story.text("editor_note"), story)
        return Article(
            embargo=self._embargo() or copy.embargo,
            label=self._label(),
            slugline=story.text("slug"),
            kicker=None if label.raw("display") is False else label.text("text"),
            headline=media.line(media.default(story, "headlines"), story, self._base),
            alt_headlines=tuple(self._alternatives()),
            standfirst=media.line(standfirst, story, self._base),
            byline=cms.byline([author.name for author in by], self._language) or copy.byline,
            dateline=copy.dateline,
            body=copy.body,
            authors=(*by, *others) or copy.authors,
            copyright_notice=media.words(story.text("copyright"), story),
            # Trait editor_note: "to be displayed near the content".
            notes=(*((EdNote(notice, audience="public"),) if notice else ()), *self._internal_notes()),
            language=self._language or "",
        )

    def _dated(self, article: Article) -> Article:
        """Return the article with its identity and its dates."""
        story = self._story
        known = story.text("_id") or ""
        shown, latest = story.moment("display_date"), story.moment("publish_date")
        published = story.moment("first_publish_date") or latest or shown
        updated = next((moment for moment in (shown, latest) if moment and published and moment > published), None)
        source = story.fields("source").text("source_id")
        return structs.replace(
            article,
            guid=f"urn:uuid:{known.lower()}" if _UUID.fullmatch(known) else "",
            revision=story.fields("revision").text("revision_id"),
            alt_ids={**({"ans": known} if known else {}), **({"ans-source": source} if source else {})},
            canonical_url=self._url(story),
            first_created=story.moment("created_date"),
            version_created=story.moment("last_updated_date"),
            published=published,
            updated=updated,
        )

    def _about(self, article: Article) -> Article:
        """Return the article with what it is about, and whom it comes from."""
        story = self._story
        located = story.text("location") or story.fields("address").text("locality")
        source, category = self._source()
        return structs.replace(
            article,
            keywords=self._keywords(),
            people=self._entities("people"),
            organisations=self._entities("organisations"),
            places=self._entities("places"),
            located=(Concept(located),) if located else (),
            info_sources=(source,) if source else (),
            credit_line=source if category == "wires" else None,
            related=tuple(self._related()),
        )

    # Whether it may be read

    def _is_published(self) -> bool:
        """Tell whether it is published: by its status, its revision, else its dates.

        A story that says nothing of the kind is one, unless it is still planned.
        """
        story = self._story
        status = story.text("status")
        if status is not None:
            return status.lower() == "published"
        if story.fields("revision").raw("published") is False:
            return False
        has_date = any(story.text(name) for name in ("publish_date", "first_publish_date", "display_date"))
        return has_date or not story.fields("planning").fields("scheduling")

    def _embargo(self) -> Embargo | None:
        stated = self._story.fields("content_restrictions").fields("embargo")
        if stated.flag("active"):
            return Embargo(stated.moment("end_time"), media.words(stated.text("description"), stated))
        if (self._story.text("status") or "").lower() == "embargoed":
            return Embargo()
        if self._is_published():
            return None
        scheduled = self._story.fields("planning").fields("scheduling").moment("scheduled_publish_date")
        return Embargo(scheduled) if scheduled else None

    def _label(self) -> Label | None:
        if self._story.fields("owner").flag("sponsored"):
            return "sponsored"
        subtype = (self._story.text("subtype") or "").lower().replace("_", "-")
        return next((label for label in get_args(Label) if label == subtype), None)

    # What is around the text

    def _alternatives(self) -> Iterator[AltHeadline]:
        headlines = self._story.fields("headlines")
        main = media.default(self._story, "headlines")
        for name in headlines.values:
            text = media.words(headlines.text(name), headlines)
            if name not in _DEFAULTS and text and text != main:
                yield AltHeadline("seo" if name == "meta_title" else name, text)

    def _authors(self) -> tuple[tuple[Author, ...], tuple[Author, ...]]:
        """Return those whom the byline names, and those who did something else."""
        credited = self._story.fields("credits")
        found = {role: tuple(self._author(each, role) for each in credited.each(role)) for role in credited.values}
        known = {role: tuple(filter(None, authors)) for role, authors in found.items()}
        return known.pop("by", ()), tuple(author for authors in known.values() for author in authors)

    def _author(self, author: Fields, role: str) -> Author | None:
        name = author.text("byline") or author.text("name")
        if name is None:
            author.notice("ans.reference-lost", Kind.LOSS, "a reference to an author is not resolved and was left out")
            return None
        url = media.address(author, "url", self._base) or ""
        uri = url if url.lower().startswith(("http://", "https://")) else None
        return Author(name, role=None if role == "by" else role, email=author.text("email"), uri=uri)

    def _internal_notes(self) -> Iterator[EdNote]:
        planning, workflow = self._story.fields("planning"), self._story.fields("workflow")
        for text in (planning.text("internal_note"), planning.text("budget_line"), workflow.text("note")):
            if text:
                yield EdNote(text)

    def _lead(self, elements: Elements) -> tuple[Figure, ...]:
        for holder, name in _LEADS:
            item = self._story.fields(holder).fields(name)
            if item:
                # Of a gallery all pictures are shown, of anything else what it comes to.
                shown = elements.gallery(item) if item.text("type") == "gallery" else self._shown(item, elements)
                figures = [each for each in shown if isinstance(each, Figure)]
                return (*figures, *(figure for each in shown if isinstance(each, Gallery) for figure in each.figures))
        return ()

    def _shown(self, item: Fields, elements: Elements) -> tuple[Block, ...]:
        return elements.reference(item) if item.text("type") == "reference" else elements.medium(item)

    # What it is about

    def _keywords(self) -> tuple[str, ...]:
        taxonomy = self._story.fields("taxonomy")
        names = (
            *(tag.text("text") or tag.text("name") or tag.text("slug") for tag in taxonomy.each("tags")),
            *(each.text("keyword") for each in taxonomy.each("keywords")),
            *taxonomy.texts("seo_keywords"),
            *(topic.text("name") for topic in taxonomy.each("topics")),
            *(topic.text("label") for topic in taxonomy.each("content_topics")),
        )
        return tuple(dict.fromkeys(filter(None, names)))

    def _entities(self, kind: str) -> tuple[Concept, ...]:
        taxonomy = self._story.fields("taxonomy")
        found = []
        for entity in (*taxonomy.each("named_entities"), *taxonomy.each("entities")):
            name = entity.text("name") or entity.text("label")
            if name and (entity.text("type") or "").lower() in _ENTITIES[kind]:
                known = _WIKIDATA.fullmatch(entity.text("_id") or "")
                found.append(Concept(name, uri=f"http://www.wikidata.org/entity/{known[0]}" if known else None))
        return tuple(dict.fromkeys(found))

    def _source(self) -> tuple[str | None, str | None]:
        """Return whom the story comes from, and how: `source` said so until ANS 0.10.10."""
        distributor, source = self._story.fields("distributor"), self._story.fields("source")
        if distributor.text("reference_id"):
            message = "a reference to the distributor is not resolved and was left out"
            distributor.notice("ans.reference-lost", Kind.LOSS, message)
        if distributor:
            return distributor.text("name"), distributor.text("category")
        name = source.text("name")
        return None if name == "(deprecated)" else name, source.text("source_type")

    def _related(self) -> Iterator[Related]:
        for name in self._story.fields("related_content").values:
            for other in self._story.fields("related_content").each(name) if name != "redirect" else ():
                uri = self._url(other)
                if uri:
                    yield Related("see-also", uri, title=media.words(media.default(other, "headlines"), other))
                else:
                    message = "a related item has no address and was left out"
                    other.notice("ans.related-lost", Kind.LOSS, message)

    def _url(self, item: Fields) -> str | None:
        """Return the address of a story; a path alone is none."""
        path = item.text("canonical_url") or item.text("website_url")
        url = joined(self._base, path) if path and self._base else path or ""
        return url if url.lower().startswith(("http://", "https://")) else None

    def _extra(self) -> dict[str, str]:
        story, taxonomy = self._story, self._story.fields("taxonomy")
        section = taxonomy.fields("primary_section") or taxonomy.fields("primary_site")
        label = story.fields("label")
        found = {
            "subtype": story.text("subtype"),
            "status": story.text("status"),
            "owner": story.fields("owner").text("id"),
            "path": story.text("canonical_url") if self._url(story) is None else None,
            "website": story.text("canonical_website") or story.text("website"),
            "section": section.text("name") or section.text("_id") or section.fields("referent").text("id"),
            "content-code": story.fields("content_restrictions").text("content_code"),
            "workflow": story.fields("workflow").text("status_code"),
            "created-by": story.fields("contributors").fields("created_by").text("display_name"),
            "distributor": story.fields("distributor").text("reference_id"),
            "stock-symbols": ", ".join(taxonomy.texts("stock_symbols")),
            "description": media.default(story, "description") if media.default(story, "subheadlines") else None,
            **{f"label-{name}": each.text("text") for name, each in story.named("label") if name != "basic"},
            "label": label.fields("basic").text("text") if label.fields("basic").raw("display") is False else None,
        }  # fmt: skip
        return {f"ans:{name}": value for name, value in found.items() if value}
