"""All that an item says about itself and its story, in the order of the schema: rightsInfo, itemMeta, contentMeta."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from newsexport.kit.labels import banners, dateline, labels
from newsexport.kit.xhtml import web_address
from newsexport.model.article import AiUse, Article, Correction, DataMining, Related
from newsexport.model.nodes import FootnoteRef
from newsexport.model.walk import block_text, plain_text, records, title
from newsexport.spi import Context
from newsexport.version import __version__
from newsexport.writers.newsml_g2.catalog import Schemes
from newsexport.writers.newsml_g2.concepts import concept, party, subjects
from newsexport.writers.newsml_g2.elements import empty, leaf, parent, stamp

_PLUS: Final = "http://ns.useplus.org/ldf/vocab/DMI-"
_DATA_MINING: Final[dict[DataMining, str]] = {
    "allowed": "ALLOWED",
    "prohibited": "PROHIBITED",
    "prohibited-ai-training": "PROHIBITED-AIMLTRAINING",
    "prohibited-genai-training": "PROHIBITED-GENAIMLTRAINING",
    "prohibited-except-search": "PROHIBITED-EXCEPTSEARCHENGINEINDEXING",
}
_SOURCE_TYPES: Final = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_AI_USE: Final[dict[AiUse, str]] = {
    "assisted": "compositeWithTrainedAlgorithmicMedia",
    "generated": "trainedAlgorithmicMedia",
}
_RELATIONS: Final[dict[Literal["see-also", "derived-from", "depends-on", "picture"], str]] = {
    "see-also": "irel:seeAlso",
    "derived-from": "irel:derivedFrom",
    "depends-on": "irel:dependsOn",
    "picture": "irel:associatedWith",
}
_DESK_BANNERS: Final = frozenset({"canceled", "withheld", "embargo", "desk"})
_PROFILE: Final = "newsexport-text"
_PROFILE_VERSION: Final = "1"


def rights_info(article: Article) -> str:
    """Return whose the story is and what may be done with it; an empty string when nothing is known."""
    holder = article.copyright_holder
    provider = article.provider
    uri = provider.uri if provider and provider.name == holder else None
    mining = f"{_PLUS}{_DATA_MINING[article.data_mining]}" if article.data_mining else None
    editor = article.responsible_editor
    parts = (
        party("accountable", editor, None) if editor else "",
        party("copyrightHolder", holder, uri) if holder else "",
        leaf("copyrightNotice", article.copyright_notice),
        leaf("usageTerms", article.usage_terms),
        empty("dataMining", uri=mining) if mining else "",
    )
    return parent("rightsInfo", *parts) if any(parts) else ""


def item_meta(article: Article, schemes: Schemes) -> str:
    """Return what is known of the item: whose it is, its version, its status, what it replaces."""
    provider = article.provider
    embargo = article.embargo
    return parent(
        "itemMeta",
        empty("itemClass", qcode="ninat:text"),
        party("provider", provider.name, provider.uri) if provider else empty("provider", literal="unknown"),
        leaf("versionCreated", stamp(article.version_created)),
        leaf("firstCreated", stamp(article.first_created)),
        leaf("embargoed", stamp(embargo.until)) if embargo else "",
        empty("pubStatus", qcode=f"stat:{article.pub_status}"),
        leaf("generator", "newsexport", versioninfo=__version__),
        leaf("profile", _PROFILE, versioninfo=_PROFILE_VERSION),
        *(empty("service", qcode=schemes.code("nxservice", service)) for service in article.services),
        leaf("title", title(article)),
        *(leaf("edNote", text, role=schemes.code("nxnote", role)) for role, text in _ed_notes(article)),
        *(empty("signal", qcode=signal) for signal in _signals(article)),
        leaf("altRep", article.canonical_url),
        leaf("expires", stamp(article.expires)),
        *_links(article, schemes),
        *(
            empty("itemMetaExtProperty", rel=schemes.code("nxproperty", name), value=value)
            for name, value in _properties(article)
        ),
    )


def content_meta(article: Article, schemes: Schemes, context: Context) -> str:
    """Return what is known of the story.

    No administrative element may follow a descriptive one; `_descriptive` holds the latter.
    """
    ai_use = article.ai_use
    return parent(
        "contentMeta",
        leaf("urgency", None if article.urgency is None else str(article.urgency)),
        # First and last publication: what itemMeta has no dates for.
        leaf("contentCreated", stamp(article.published)),
        leaf("contentModified", stamp(article.updated)),
        empty("digitalSourceType", uri=f"{_SOURCE_TYPES}{_AI_USE[ai_use]}") if ai_use else "",
        *(concept("located", place, "geoArea") for place in article.located),
        *(party("infoSource", source, None) for source in article.info_sources),
        *_creators(article, schemes),
        *(leaf("altId", value, type=schemes.code("nxaltid", kind)) for kind, value in article.alt_ids.items()),
        *_descriptive(article, schemes, context),
    )


def _descriptive(article: Article, schemes: Schemes, context: Context) -> Iterator[str]:
    yield empty("language", tag=article.language)
    if article.genre:
        yield concept("genre", article.genre)
    for keyword in article.keywords:
        yield leaf("keyword", keyword)
    yield from subjects(article, schemes, context)
    yield leaf("slugline", article.slugline, separator="-")
    yield leaf("headline", plain_text(article.headline))
    if article.kicker:
        yield leaf("headline", article.kicker, role=schemes.code("nxheadline", "kicker"))
    for other in article.alt_headlines:
        yield leaf("headline", other.text, role=schemes.code("nxheadline", other.role))
    yield leaf("dateline", dateline(article.dateline, article.language))
    yield leaf("by", article.byline)
    yield leaf("creditline", article.credit_line)
    yield leaf("description", _summary(article), role="drol:summary")


def _summary(article: Article) -> str:
    """Return the standfirst with its footnotes, which have no place of their own here, in brackets."""
    footnotes = (record for _, record in records(article.standfirst) if isinstance(record, FootnoteRef))
    notes = (" ".join(map(block_text, footnote.blocks)).replace("\n", " ") for footnote in footnotes)
    return plain_text(article.standfirst) + "".join(f" ({note})" for note in notes)


def _creators(article: Article, schemes: Schemes) -> Iterator[str]:
    # A withheld byline must not surface as a creator.
    for author in article.authors if article.byline else ():
        yield party(
            "creator", author.name, author.uri, role=schemes.code("nxauthor", author.role) if author.role else None
        )


def _ed_notes(article: Article) -> Iterator[tuple[str, str]]:
    """Yield the role and text of each word to the desks; what readers must see is in the body."""
    for banner in banners(article):
        if banner.kind in _DESK_BANNERS:
            yield "status", banner.text
    if article.embargo and article.embargo.text:
        yield "embargo", article.embargo.text
    for note in article.notes:
        yield note.role, note.text
    for correction in article.corrections:
        yield correction.kind, _correction(correction, article.language)


def _correction(correction: Correction, language: str) -> str:
    words = " → ".join(filter(None, (correction.wrong, correction.right)))
    said = " ".join(filter(None, (correction.public_text, words)))
    return f"{labels(language).corrections[correction.kind]}: {said}"


def _signals(article: Article) -> tuple[str, ...]:
    implied: tuple[str, ...] = ()
    if article.version > 1 and article.pub_status != "canceled":
        corrected = any(each.version == article.version and each.kind != "update" for each in article.corrections)
        implied = ("sig:correction",) if corrected else ("sig:update",)
    return tuple(dict.fromkeys((*implied, *article.signals)))


def _links(article: Article, schemes: Schemes) -> Iterator[str]:
    if article.evolved_from:
        yield empty("link", rel="irel:evolvedFrom", residref=article.evolved_from)
    if article.translation_of:
        yield empty("link", rel=schemes.code("nxrelation", "translationOf"), residref=article.translation_of)
    for related in article.related:
        yield _link(related)


def _link(related: Related) -> str:
    web = web_address(related.uri)
    where = {"href": web} if web else {"residref": related.uri}
    return empty("link", rel=_RELATIONS[related.rel], **where, title=related.title)


def _properties(article: Article) -> Iterator[tuple[str, str]]:
    """Yield name and value of what the standard has no element for."""
    if article.embargo and article.embargo.until is None:
        yield "embargo", "indefinite"
    if article.kind != "story":
        yield "kind", article.kind
    if article.label:
        yield "label", article.label
    if article.priority is not None:
        yield "priority", str(article.priority)
    if article.take:
        yield "take", article.take
