"""Who may see what: the one place where a document is cut down to an audience, before any writer sees it."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from msgspec import Struct, structs

from newsexport.model.article import Article, Audience, Correction
from newsexport.model.concepts import Author
from newsexport.model.edition import Document, Edition
from newsexport.model.media import Audio, Image, Video

_MAY_READ: Final[dict[Audience, frozenset[Audience]]] = {
    "internal": frozenset({"internal", "client", "public"}),
    "client": frozenset({"client", "public"}),
    "public": frozenset({"public"}),
}
_Viewed = TypeVar("_Viewed")


def view(document: Document, audience: Audience) -> Document:
    """Return what an audience may see of a document: the same object for ``internal``.

    Clients do not see internal notes, e-mail addresses, `extra`, `alt_ids`, `revision` and the keys of picture systems.
    The public further sees none of the desks' fields (services, take, priority, signals, instructions for pictures),
    neither the wrong nor the right words of corrections, and authors only where there is a byline. Of killed copy
    (``canceled``) neither sees any words of the story, not even its headline, which may repeat what it was killed for.
    """
    if audience == "internal":
        return document
    if isinstance(document, Edition):
        sections = tuple(
            structs.replace(section, articles=tuple(_article(article, audience) for article in section.articles))
            for section in document.sections
        )
        return structs.replace(document, sections=sections, cover=_stripped(document.cover, audience))
    return _article(document, audience)


def _article(article: Article, audience: Audience) -> Article:
    notes = tuple(note for note in article.notes if note.audience in _MAY_READ[audience])
    article = structs.replace(article, notes=notes, extra={}, alt_ids={}, revision=None)
    if article.pub_status == "canceled":
        article = _killed(article)
    if audience == "public":
        article = structs.replace(article, services=(), take=None, priority=None, signals=())
        if article.byline is None:
            article = structs.replace(article, authors=())
    return _stripped(article, audience)


def _killed(article: Article) -> Article:
    return structs.replace(
        article,
        kicker=None,
        headline=(),
        alt_headlines=(),
        standfirst=(),
        body=(),
        images=(),
        corrections=tuple(structs.replace(each, wrong=None, right=None) for each in article.corrections),
    )


def _stripped(value: _Viewed, audience: Audience) -> _Viewed:
    """Take internal fields out of every record below a value."""
    return _strip(value, audience)  # type: ignore[no-any-return]  # same type in, same type out


def _strip(value: Any, audience: Audience) -> Any:
    if isinstance(value, tuple):
        results = tuple(_strip(item, audience) for item in value)
        return value if all(a is b for a, b in zip(results, value, strict=True)) else results
    if not isinstance(value, Struct):
        return value
    changes = dict(_hidden(value, audience))
    for name in value.__struct_fields__:
        child = getattr(value, name)
        if name not in changes and isinstance(child, (tuple, Struct)):
            stripped = _strip(child, audience)
            if stripped is not child:
                changes[name] = stripped
    return structs.replace(value, **changes) if changes else value


def _hidden(record: Struct, audience: Audience) -> dict[str, None]:
    """Return the fields of a record that an audience may not see and that are set."""
    match record:
        case Author():
            names = ["email"]
        case Image() | Video() | Audio():
            names = ["asset_id", "instructions"] if audience == "public" else ["asset_id"]
        case Correction():
            names = ["wrong", "right"] if audience == "public" else []
        case _:
            names = []
    return {name: None for name in names if getattr(record, name) is not None}
