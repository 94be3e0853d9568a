"""From a content item of Superdesk to an article.

Source: superdesk-core, superdesk/metadata/item.py for what the fields mean, superdesk/publish/formatters for what of
them is published, and under which names `ninjs_formatter.py` sends them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from msgspec import structs

from newsexport.errors import Kind, UsageError
from newsexport.kit import cms, timestamps
from newsexport.kit.cms import Fields
from newsexport.kit.desk import Copy, read_copy, read_published
from newsexport.kit.desk.inlines import without_head
from newsexport.kit.html import blocks, inlines, levelled, plain
from newsexport.model import (
    AltHeadline,
    Article,
    Author,
    Block,
    Concept,
    Dateline,
    EdNote,
    Embargo,
    Inline,
    Paragraph,
    Related,
    Text,
)
from newsexport.model.article import PubStatus
from newsexport.model.walk import plain_text
from newsexport.readers.superdesk import media, topics
from newsexport.readers.superdesk.draft import Draft
from newsexport.spi import Asset, Parsed

_URI: Final = re.compile(r"(?:urn|tag|https?|uuid):\S+")
_PUBLISHED: Final = frozenset({"published", "corrected", "being_corrected"})
_CANCELED: Final = frozenset({"killed", "recalled"})
_SIGNAL: Final = re.compile(r"(?:sig:|https?://cv\.iptc\.org/newscodes/signal/)(?P<code>\w+)")
_IDS: Final = {
    "superdesk": "_id",
    "superdesk-guid": "guid",
    "superdesk-name": "unique_name",
    "superdesk-family": "family_id",
    "superdesk-ingest": "ingest_id",
}
_INTERNAL: Final = (
    "state", "profile", "sign_off", "rewritten_by", "rewrite_sequence", "correction_sequence", "event_id",
    "ingest_provider", "mimetype",
)  # fmt: skip


class Item:
    """One item on its way to an article."""

    def __init__(self, item: Fields, base: str | None, language: str | None) -> None:
        self._item = item
        self._context = item.context
        self._base = base
        self._language = language
        self._state = item.text("state")
        self._is_published = self._state is None or self._state in _PUBLISHED

    def parsed(self) -> Parsed:
        """Return the article, with the pictures that stood in its markup."""
        html = self._item.characters("body_html")
        associations = media.read(self._item, html, self._base)
        body, assets = self._body(html)
        body = tuple(media.described(block, associations.embedded) for block in body)
        copy = (read_published if self._is_published else read_copy)(body, self._language, self._context)
        article = self._about(self._dated(self._written(copy)))
        article = structs.replace(
            article,
            body=(*article.body, *associations.below),
            related=(*associations.related, *self._attachments()),
        )
        self._tell()
        return Parsed((cms.with_lead(article, associations.lead),), assets)

    def _written(self, copy: Copy) -> Article:
        """Return the article with what is read of it, and what desks say of that."""
        item, stated = self._item, self._dateline()
        byline = self._text("byline") or copy.byline
        status = self._status()
        return Article(
            pub_status="withheld" if copy.held and status == "usable" else status,
            embargo=self._embargo() or copy.embargo,
            headline=self._line("headline"),
            alt_headlines=(AltHeadline("sms", text),) if (text := self._text("sms_message")) else (),
            standfirst=self._line("abstract") or self._line("description_html") or self._line("description_text"),
            byline=byline,
            dateline=stated or copy.dateline,
            body=_without(copy.body, stated),
            authors=self._authors(byline) or copy.authors,
            corrections=copy.corrections,
            notes=(EdNote(note, audience="client"),) if (note := self._text("ednote")) else (),
            info_sources=tuple(dict.fromkeys(filter(None, (item.text("source"), item.text("original_source"))))),
            copyright_holder=self._text("copyrightholder"),
            copyright_notice=self._text("copyrightnotice"),
            usage_terms=self._text("usageterms"),
            language=(self._language or "").replace("_", "-"),
        )

    def _dated(self, article: Article) -> Article:
        """Return the article with its identity and its dates."""
        item = self._item
        published, changed = item.moment("firstpublished"), item.moment("versioncreated")
        is_update = self._is_published and published is not None and changed is not None and changed > published
        return structs.replace(
            article,
            guid=self._uri("guid") or self._uri("_id") or "",
            version=self._version(),
            alt_ids=self._alt_ids(),
            evolved_from=self._uri("rewrite_of") or self._uri("evolvedfrom"),
            translation_of=self._uri("translated_from"),
            first_created=item.moment("firstcreated"),
            version_created=changed,
            published=published,
            updated=changed if is_update else None,
            extra=self._extra(),
        )

    def _about(self, article: Article) -> Article:
        """Return the article with what it is about, and how desks sort it."""
        item = self._item
        return structs.replace(
            article,
            signals=tuple(dict.fromkeys(self._signals())),
            urgency=item.whole("urgency", 1, 9),
            priority=item.whole("priority", 1, 9),
            services=tuple(code for code, _ in topics.codes(item, "anpa_category", "service") if code),
            slugline=item.text("slugline"),
            take=item.text("anpa_take_key"),
            genre=next((Concept(name or code) for code, name in topics.codes(item, "genre")), None),
            subjects=tuple(topics.subjects(item)),
            keywords=item.texts("keywords"),
            people=topics.concepts(item, "person"),
            organisations=(*topics.concepts(item, "organisation"), *topics.concepts(item, "company_codes")),
            places=topics.concepts(item, "place"),
            events=topics.concepts(item, "event"),
            located=self._located(),
        )

    # The text

    def _body(self, html: str) -> tuple[tuple[Block, ...], tuple[Asset, ...]]:
        states = self._item.fields("fields_meta").fields("body_html").each("draftjsState")
        if not html.strip() and states:
            draft = Draft(states[0], self._base)
            found, assets = draft.blocks(), tuple(draft.assets)
            self._item.notice(
                "superdesk.body", Kind.INFO, "the text was read from the state of the editor", "fields_meta"
            )
        else:
            fragment = blocks(self._annotated(html), self._context, base=self._base, language=self._language)
            found, assets = fragment.blocks, fragment.assets
        # Formatters append it: a notice of public service below the story.
        footer = blocks(self._item.characters("body_footer"), self._context, base=self._base)
        plain_body = () if found else self._plain_body()
        return levelled((*found, *plain_body, *footer.blocks)), (*assets, *footer.assets)

    def _plain_body(self) -> tuple[Block, ...]:
        text = self._item.characters("body_text")
        return tuple(Paragraph((Text(" ".join(part.split())),)) for part in text.split("\n") if part.strip())

    def _annotated(self, html: str) -> str:
        """Return the text with its annotations as footnotes."""
        notes = {note.text("id"): note.text("body") for note in self._item.each("annotations")}
        parts: list[str] = []
        last = 0
        for found in _ANNOTATION.finditer(html):
            end = html.find("</span>", found.end()) if found.start() >= last else -1
            if end >= 0 and notes.get(found["id"]):
                reference = f'<sup><a href="#footnote-{found["id"]}">{found["id"]}</a></sup>'
                parts += [html[last:end], "</span>", reference]
                last = end + len("</span>")
        if not parts:
            return html
        items = "".join(f'<li id="footnote-{number}">{note}</li>' for number, note in notes.items() if note)
        return f'{"".join(parts)}{html[last:]}<ol class="footnotes">{items}</ol>'

    def _line(self, name: str) -> tuple[Inline, ...]:
        return inlines(self._item.text(name), self._context, base=self._base)

    def _text(self, name: str) -> str | None:
        """Return the characters of a field that may hold HTML."""
        text = self._item.text(name)
        return (plain(text, self._context) or None) if text and ("<" in text or "&" in text) else text

    # What it is

    def _uri(self, name: str) -> str | None:
        found = self._item.text(name)
        return found if found and _URI.fullmatch(found) else None

    def _version(self) -> int:
        names = ("_current_version", "version")
        found = (self._item.whole(name, 0, 2**31) for name in names if self._item.raw(name) is not None)
        return next((version for version in found if version), 1)

    def _alt_ids(self) -> dict[str, str]:
        found = {alias: value for alias, name in _IDS.items() if (value := self._item.text(name))}
        if found.get("superdesk") == found.get("superdesk-guid"):
            found.pop("superdesk-guid", None)
        return found

    def _status(self) -> PubStatus:
        stated = self._item.text("pubstatus")
        if stated == "canceled" or self._state in _CANCELED:
            return "canceled"
        is_barred = self._item.fields("flags").flag("marked_for_not_publication")
        return "usable" if self._is_published and stated != "withheld" and not is_barred else "withheld"

    def _embargo(self) -> Embargo | None:
        text = self._text("embargoed_text")
        until = self._scheduled("embargo") or self._item.moment("embargoed")
        if until is None and self._state == "scheduled":
            until = self._scheduled("publish_schedule")
        is_set = until is not None or text or self._item.text("embargo") or self._state == "scheduled"
        return Embargo(until, text) if is_set else None

    def _scheduled(self, name: str) -> datetime | None:
        """Return a moment that editors set: as they read it off the clock, unless Superdesk states it in UTC too."""
        settings = self._item.fields("schedule_settings")
        stated = settings.moment(f"utc_{name}")
        clock, place = self._item.moment(name), settings.text("time_zone")
        if stated is not None or clock is None or place is None:
            return stated or clock
        try:
            return clock.replace(tzinfo=timestamps.zone(place))
        except UsageError:
            return clock

    def _signals(self) -> Iterator[str]:
        if self._item.fields("flags").flag("marked_for_legal"):
            # ninjs_formatter.py, _format_signal_cwarn
            yield "sig:cwarn"
        if self._state == "corrected":
            yield "sig:correction"
        for signal in self._item.each("signal"):
            code, scheme = signal.text("qcode") or signal.text("code") or "", signal.text("scheme") or ""
            found = _SIGNAL.fullmatch(code) or _SIGNAL.fullmatch(f"{scheme}{code}")
            if found:
                yield f"sig:{found['code']}"

    def _tell(self) -> None:
        if self._status() == "withheld":
            reason = self._state or self._item.text("pubstatus") or "not for publication"
            self._item.notice("superdesk.withheld", Kind.INFO, f"the item is {reason}, so that the article is withheld")
        if self._item.text("rewritten_by"):
            message = "the item was superseded by an update"
            self._item.notice("superdesk.superseded", Kind.INFO, message, "rewritten_by")

    # What it is about, and who wrote it

    def _authors(self, byline: str | None) -> tuple[Author, ...]:
        found = [
            Author(name, role=each.text("role"), uri=self._author_uri(each))
            for each in self._item.each("authors")
            if (name := each.text("name") or each.text("sub_label"))
        ]
        return tuple(found) or (cms.authors(byline, self._language) if byline else ())

    def _author_uri(self, author: Fields) -> str | None:
        uri = author.text("uri")
        return uri if uri and _URI.fullmatch(uri) else None

    def _located(self) -> tuple[Concept, ...]:
        located = self._item.fields("dateline").fields("located")
        city = located.text("city")
        if city is None:
            plain_name = self._item.text("located")
            return (Concept(plain_name),) if plain_name else ()
        place = located.fields("place")
        code = place.text("code") if place.text("scheme") == "geonames" else None
        return (Concept(city, qcode=f"geonames:{code}" if code else None),)

    def _dateline(self) -> Dateline | None:
        stated = self._item.fields("dateline")
        text = stated.text("text")
        return (
            Dateline(text, stated.fields("located").text("city"), self._day(stated), stated.text("source"))
            if text
            else None
        )

    def _day(self, dateline: Fields) -> date | None:
        moment, place = dateline.moment("date"), dateline.fields("located").text("tz")
        try:
            return (
                moment.astimezone(timestamps.zone(place)).date()
                if moment and place
                else moment.date()
                if moment
                else None
            )
        except (UsageError, OverflowError):
            return moment.date() if moment else None

    # What goes with it

    def _attachments(self) -> Iterator[Related]:
        for each in self._item.each("attachments"):
            href = each.text("href")
            if href:
                yield Related("see-also", href, title=each.text("title") or each.text("filename"))
            else:
                each.notice("superdesk.attachment-lost", Kind.LOSS, "an attachment has no address and was left out")

    def _extra(self) -> dict[str, str]:
        found = {f"superdesk:{name}": value for name in _INTERNAL if (value := self._item.text(name))}
        categories = [name for _, name in topics.codes(self._item, "anpa_category", "service") if name]
        if categories:
            found["superdesk:categories"] = ", ".join(categories)
        custom = self._item.fields("extra")
        for name, value in custom.values.items():
            if isinstance(value, str | int | float):
                text = plain(str(value), self._context)
                found |= {f"superdesk:extra.{name}": text} if text else {}
            elif value:
                custom.notice("superdesk.extra-lost", Kind.LOSS, f"the field {name!r} of the house was left out", name)
        return found


_ANNOTATION: Final = re.compile(r'<span\b[^<>]*?\bannotation-id="(?P<id>\d+)"[^<>]*>')


def _without(body: tuple[Block, ...], dateline: Dateline | None) -> tuple[Block, ...]:
    """Return a body without the dateline that it repeats."""
    if dateline is None or dateline.text is None or not body or not isinstance(body[0], Paragraph):
        return body
    first = body[0]
    text = plain_text(first.content)
    if not text.startswith(dateline.text):
        return body
    rest = without_head(first.content, len(text) - len(text[len(dateline.text) :].lstrip()))
    return (structs.replace(first, content=rest), *body[1:]) if rest else body[1:]
