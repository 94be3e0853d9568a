"""The one gate between readers and writers: check, clean, canonicalise, complete."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, TypeVar
from urllib.parse import urlsplit

from msgspec import structs

from newsexport.api.metadata import Values, merged
from newsexport.errors import ArticleError, Kind, Notice
from newsexport.model.article import Article
from newsexport.model.base import ASSUMED_MOMENT, Record
from newsexport.model.canonical import LANGUAGE_TAG, canonical
from newsexport.model.clean import without_surrogates
from newsexport.model.codec import check
from newsexport.model.edition import Document, Edition, Section
from newsexport.spi import Posture

Report = Callable[[Notice], None]
_RecordT = TypeVar("_RecordT", bound=Record)

# RFC 3986: a scheme, a colon, and no white space or delimiters that no URI may hold.
_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def prepare(
    document: Document,
    *,
    flags: Values | None = None,
    sidecar: Values | None = None,
    house: Values | None = None,
    origin: str | None = None,
    now: datetime | None = None,
    posture: Posture = "wire",
    report: Report | None = None,
) -> Document:
    """Make a document ready for any writer.

    Its values are checked, its text is cleaned and put into canonical form, and what is missing is completed from
    flags, sidecar and house, in that order; the document's own word stands before the house's. Dates come from the
    document, else `now`, else the environment's SOURCE_DATE_EPOCH, else 1980-01-01T00:00:00Z. Nothing is invented: a
    guid comes from the document or from the provider and the `origin`, never from the text.

    Args:
        document: An article or edition, of a reader or made in Python.
        flags: Fields that overrule everything.
        sidecar: Fields that overrule the document.
        house: Fields that hold where the document says nothing.
        origin: Path or CMS id, the same for all versions: what a missing guid is derived from.
        now: What a missing date is taken to be.
        posture: ``strict`` makes errors of dates that contradict each other and of an invalid language, which ``wire``
            leaves out.
        report: Called with every notice.

    Returns:
        The same object when there is nothing to do.

    Raises:
        ArticleError: a wrong type, no guid and nothing to derive it from, dates without an offset; `where` is the path.
        LimitError: the document is too large or too deep.
    """
    tell: Report = report or (lambda _: None)
    document = _checked(document, tell)
    document = merged(document, flags or {}, sidecar or {}, house or {})
    document = canonical(document, tell)
    gate = _Gate(origin, now, posture, tell)
    if isinstance(document, Edition):
        return gate.edition(document, house or {})
    return gate.article(document)


def _checked(document: Document, report: Report) -> Document:
    if not isinstance(document, Article | Edition):
        raise ArticleError(f"{type(document).__name__} is no document", "give an Article or an Edition")
    try:
        return check(document)
    except UnicodeEncodeError:
        # JSON cannot say a lone surrogate: without it, the types can be checked.
        report(Notice("text.surrogate", Kind.REPAIR, "lone surrogates are no characters and were removed"))
        return check(without_surrogates(document))


class _Gate:
    """Completes documents; `_tell` hears what was assumed."""

    def __init__(self, origin: str | None, now: datetime | None, posture: Posture, tell: Report) -> None:
        self._origin = origin
        self._now = now
        self._posture = posture
        self._tell = tell

    def article(self, article: Article, where: str = "") -> Article:
        provider = article.provider.uri if article.provider else None
        created = article.version_created or self._date(article, where)
        changes: dict[str, object] = {
            "guid": self._guid(article.guid, article.canonical_url, provider, where),
            "language": self._language(article.language, where),
            "version_created": created,
        }
        if article.first_created and article.first_created > created:
            self._repair("date.order", "first_created is later than version_created and was left out", where)
            changes["first_created"] = None
        if article.published and article.updated and article.updated < article.published:
            self._repair("date.order", "updated is earlier than published and was left out", where)
            changes["updated"] = None
        return _with(article, changes)

    def edition(self, edition: Edition, house: Values) -> Edition:
        provider = edition.publisher.uri if edition.publisher else None
        language = self._language(edition.language, "")
        below = {**house, "language": language}
        sections = tuple(self._section(section, below, index) for index, section in enumerate(edition.sections))
        changes: dict[str, object] = {"language": language, "guid": self._guid(edition.guid, None, provider, "")}
        changes["date"] = edition.date or self._assumed("").date()
        changes["sections"] = edition.sections if sections == edition.sections else sections
        return _with(edition, changes)

    def _section(self, section: Section, house: Values, number: int) -> Section:
        articles: list[Article] = []
        for index, article in enumerate(section.articles):
            origin = f"{self._origin}#{number}/{index}" if self._origin else None
            gate = _Gate(origin, self._now, self._posture, self._tell)
            articles.append(gate.article(merged(article, {}, {}, house), f"sections[{number}].articles[{index}]"))
        return _with(section, {"articles": tuple(articles)})

    def _guid(self, guid: str, url: str | None, provider: str | None, where: str) -> str:
        place = f"{where}.guid".lstrip(".")
        if guid:
            if not _URI.fullmatch(guid):
                hint = "write it like urn:newsml:example.com:20250224:slug or tag:example.com,2025:123"
                raise ArticleError(f"the guid {guid!r} is no URI", hint, place)
            return guid
        if url is None and self._origin is None:
            hint = "give one with Article(guid=...) or --guid: it must be the same in all versions of the story"
            raise ArticleError("the document has no guid and nothing to derive one from", hint, place)
        domain = urlsplit(provider or "").hostname or "localhost"
        # The address of a story outlives the files that hold it.
        derived = uuid.uuid5(uuid.NAMESPACE_URL, url or f"https://{domain}/{self._origin}").urn
        source = url or self._origin
        self._say("guid.derived", Kind.GUESS, f"no guid was given; {derived} was derived from {source!r}", place)
        return derived

    def _language(self, language: str, where: str) -> str:
        place = f"{where}.language".lstrip(".")
        if language and not LANGUAGE_TAG.fullmatch(language):
            self._repair("language.invalid", f"{language!r} is no language tag", where)
        elif language:
            return language
        else:
            self._say("language.undetermined", Kind.INFO, "no language was given: it is marked as undetermined", place)
        return "und"

    def _date(self, article: Article, where: str) -> datetime:
        stated = article.updated or article.published or article.first_created
        return stated or self._assumed(where)

    def _assumed(self, where: str) -> datetime:
        if self._now is not None:
            return self._now
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if epoch is not None:
            try:
                return datetime.fromtimestamp(int(epoch), UTC)
            except (ValueError, OverflowError, OSError) as error:
                hint = "give seconds since 1970, as https://reproducible-builds.org/specs/source-date-epoch/ says"
                raise ArticleError(f"SOURCE_DATE_EPOCH={epoch!r} is no time", hint) from error
        message = f"no date was given; {ASSUMED_MOMENT:%Y-%m-%d} was assumed"
        self._say("date.assumed", Kind.GUESS, message, f"{where}.version_created".lstrip("."))
        return ASSUMED_MOMENT

    def _repair(self, code: str, message: str, where: str) -> None:
        if self._posture == "strict":
            raise ArticleError(message, where=where or None)
        self._say(code, Kind.REPAIR, message, where or None)

    def _say(self, code: str, kind: Kind, message: str, where: str | None) -> None:
        self._tell(Notice(code, kind, message, where))


def _with(record: _RecordT, changes: dict[str, object]) -> _RecordT:
    """Return the record with these fields: the same object when it has them."""
    if all(getattr(record, name) == value for name, value in changes.items()):
        return record
    return structs.replace(record, **changes)
