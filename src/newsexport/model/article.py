"""One news story with all that must be known to publish, correct and withdraw it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from newsexport.model.base import AwareDatetime, Direction, Record
from newsexport.model.concepts import Author, Concept, Provider, Subject
from newsexport.model.media import Image
from newsexport.model.nodes import Block, Inline

Audience: TypeAlias = Literal["internal", "client", "public"]
PubStatus: TypeAlias = Literal["usable", "withheld", "canceled"]
Label: TypeAlias = Literal[
    "opinion", "editorial", "analysis", "review", "fact-check", "satire", "sponsored", "press-release"
]
AiUse: TypeAlias = Literal["assisted", "generated"]
DataMining: TypeAlias = Literal[
    "allowed", "prohibited", "prohibited-ai-training", "prohibited-genai-training", "prohibited-except-search"
]


class Embargo(Record, frozen=True):
    """Not to be published yet.

    Attributes:
        until: The first moment of publication; None when no moment could be proved: embargoed until further notice.
        text: The embargo as the input words it.
    """

    until: AwareDatetime | None = None
    text: str | None = None


class Dateline(Record, frozen=True):
    """Where, and often when, the story was reported.

    Attributes:
        text: As displayed (``WASHINGTON, Feb. 24 (Example) —``); made from the other fields when None.
        place: The place as displayed (``WASHINGTON``).
        date: The day.
        source: Agency in brackets (``Reuters``).
        run_in: True when the first paragraph starts with it on the same line.
    """

    text: str | None = None
    place: str | None = None
    date: datetime.date | None = None
    source: str | None = None
    run_in: bool = True


class AltHeadline(Record, frozen=True):
    """Another headline for another use.

    Attributes:
        role: The use: ``short``, ``seo``, ``social``, ``print`` or a house's own word.
        text: Plain text.
    """

    role: str
    text: str


class EdNote(Record, frozen=True):
    """A word to the desks that handle the article.

    Attributes:
        role: What the note does: ``editor``, ``correction``, ``kill``, ``advisory``, or a house's own word.
        text: Plain text.
        audience: The widest circle that may read it.
    """

    text: str
    role: str = "editor"
    audience: Audience = "internal"


class Correction(Record, frozen=True):
    """What an earlier version got wrong.

    Attributes:
        kind: ``update`` adds what happened since; the others mend the story.
        date: When it was made.
        public_text: The correction as readers see it.
        wrong: The words that were wrong; never public.
        right: The words that replace them; never public.
        version: The version that brought the correction.
    """

    kind: Literal["correction", "clarification", "update", "retraction"] = "correction"
    date: AwareDatetime | None = None
    public_text: str | None = None
    wrong: str | None = None
    right: str | None = None
    version: Annotated[int, Meta(ge=1)] | None = None


class Related(Record, frozen=True):
    """Another item this one refers to.

    Attributes:
        rel: How: ``see-also``, ``derived-from``, ``depends-on``, ``picture``.
        uri: Which one: a guid or a URL.
        title: As displayed.
    """

    rel: Literal["see-also", "derived-from", "depends-on", "picture"]
    uri: str
    title: str | None = None


class Article(Record, frozen=True, tag_field="type", tag="article"):
    """One news story.

    Names and meanings follow IPTC NewsML-G2 and ninjs. Every field may be left out; `newsexport.prepare` completes
    guid, language and version_created, which every writer relies on.

    Attributes:
        guid: URI that is the same in all versions; empty until known.
        version: 1 for the first; a higher one replaces all lower ones.
        revision: The state within the CMS; not compared.
        alt_ids: Other names of the article (``"wordpress": "123"``); never public.
        canonical_url: Where readers find it on the web.
        evolved_from: guid of an earlier item that this one replaces under a new guid.
        translation_of: guid of the item this one was translated from.
        pub_status: ``withheld`` until further notice; ``canceled`` is killed for good.
        embargo: None when there is none.
        expires: When it must no longer be published.
        signals: QCodes of IPTC's signal scheme (``sig:update``) beside those that status and version imply.
        kind: ``alert`` is a flash, ``advisory`` and ``service`` address desks, not readers.
        label: What readers must be told of its nature.
        urgency: 1 the most urgent to 9.
        priority: 1 the highest to 9.
        services: Codes of the services that carry it.
        slugline: Short name of the story, its parts joined by ``-``.
        take: Version words of the wire (``1st Lead``).
        genre: Its journalistic form.
        kicker: Word or two above the headline.
        headline: Inlines.
        alt_headlines: Headlines for other uses.
        standfirst: Summary below the headline.
        byline: As displayed; None when none may be displayed, even if `authors` are known.
        dateline: None when the story has none.
        body: The story.
        authors: Who wrote it.
        subjects: Topics from controlled vocabularies.
        keywords: Free words.
        people: Who the story is about.
        organisations: Which organisations it is about.
        places: Which places it is about.
        events: Which events it is about.
        located: Where it was written.
        first_created: When the first version was made.
        version_created: When this version was made.
        published: When readers first saw it.
        updated: When readers first saw this version.
        provider: Who sends it out; without one, NewsML-G2 is written as withheld.
        info_sources: Agencies and other sources it draws on.
        credit_line: How to name the source.
        copyright_holder: Name.
        copyright_notice: As the owner words it.
        usage_terms: What clients may do with it.
        data_mining: Whether text and data mining is allowed, in the terms of PLUS.
        ai_use: How far a machine wrote it; None when not stated.
        responsible_editor: Who answers for it under press law.
        notes: Words to the desks.
        corrections: What earlier versions got wrong; the authority.
        related: Other items.
        language: BCP 47 tag; empty until known, ``und`` when undetermined.
        direction: Base direction; taken from the language when None.
        images: Lead pictures, the first one foremost.
        extra: A vendor's own values, names prefixed (``"acme:desk"``); never leave the house.
    """

    guid: str = ""
    version: Annotated[int, Meta(ge=1)] = 1
    revision: str | None = None
    alt_ids: Mapping[str, str] = {}
    canonical_url: str | None = None
    evolved_from: str | None = None
    translation_of: str | None = None

    pub_status: PubStatus = "usable"
    embargo: Embargo | None = None
    expires: AwareDatetime | None = None
    signals: tuple[str, ...] = ()

    kind: Literal["story", "alert", "advisory", "service"] = "story"
    label: Label | None = None
    urgency: Annotated[int, Meta(ge=1, le=9)] | None = None
    priority: Annotated[int, Meta(ge=1, le=9)] | None = None
    services: tuple[str, ...] = ()
    slugline: str | None = None
    take: str | None = None
    genre: Concept | None = None

    kicker: str | None = None
    headline: tuple[Inline, ...] = ()
    alt_headlines: tuple[AltHeadline, ...] = ()
    standfirst: tuple[Inline, ...] = ()
    byline: str | None = None
    dateline: Dateline | None = None
    body: tuple[Block, ...] = ()

    authors: tuple[Author, ...] = ()
    subjects: tuple[Subject, ...] = ()
    keywords: tuple[str, ...] = ()
    people: tuple[Concept, ...] = ()
    organisations: tuple[Concept, ...] = ()
    places: tuple[Concept, ...] = ()
    events: tuple[Concept, ...] = ()
    located: tuple[Concept, ...] = ()

    first_created: AwareDatetime | None = None
    version_created: AwareDatetime | None = None
    published: AwareDatetime | None = None
    updated: AwareDatetime | None = None

    provider: Provider | None = None
    info_sources: tuple[str, ...] = ()
    credit_line: str | None = None
    copyright_holder: str | None = None
    copyright_notice: str | None = None
    usage_terms: str | None = None
    data_mining: DataMining | None = None
    ai_use: AiUse | None = None
    responsible_editor: str | None = None

    notes: tuple[EdNote, ...] = ()
    corrections: tuple[Correction, ...] = ()
    related: tuple[Related, ...] = ()

    language: str = ""
    direction: Direction | None = None
    images: tuple[Image, ...] = ()
    extra: Mapping[str, str] = {}
