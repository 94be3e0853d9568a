"""The words that renditions add to a story, in its language: banners, headings of small print, days and moments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Final, Literal, TypeAlias

import msgspec
from msgspec import Struct

from newsexport.model.article import Article, Dateline
from newsexport.model.base import Direction

_RIGHT_TO_LEFT: Final = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_RIGHT_TO_LEFT_SCRIPTS: Final = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo"})

BannerKind: TypeAlias = Literal["canceled", "withheld", "embargo", "desk", "label", "ai"]


class Banner(Struct, frozen=True):
    """A line that must be seen before the story is read.

    Attributes:
        kind: What it warns of; the first four address desks, the last two readers.
        text: In the language of the story.
    """

    kind: BannerKind
    text: str


class Labels(Struct, frozen=True, forbid_unknown_fields=True):
    """Words in one language.

    Attributes:
        canceled: Banner of killed copy.
        withheld: Banner of copy on hold.
        embargo_until: Banner; ``{moment}`` stands for the first moment of publication.
        embargo: Banner of an embargo until further notice.
        ai_assisted: Banner of copy a machine helped to write.
        ai_generated: Banner of copy a machine wrote.
        kinds: Banner of each kind of article that is no story.
        labels: Banner of each label.
        notes: Heading of each kind of note in the body.
        corrections: Heading of each kind of correction.
        words: Everything else by its English name.
        months: January to December.
        day: Pattern of a day, of ``{day}``, ``{month}``, ``{year}``.
        dateline_months: Months as datelines shorten them.
        dateline_day: Pattern of a day in a dateline, of ``{day}`` and ``{month}``.
    """

    canceled: str
    withheld: str
    embargo_until: str
    embargo: str
    ai_assisted: str
    ai_generated: str
    kinds: Mapping[str, str]
    labels: Mapping[str, str]
    notes: Mapping[str, str]
    corrections: Mapping[str, str]
    words: Mapping[str, str]
    months: tuple[str, ...]
    day: str
    dateline_months: tuple[str, ...]
    dateline_day: str


def labels(language: str) -> Labels:
    """Return the words in the language of a BCP 47 tag; in English where there are none."""
    known = _tables()
    return known.get(language.split("-")[0].lower(), known["en"])


@cache
def _tables() -> dict[str, Labels]:
    data = files("newsexport.kit").joinpath("data/labels.toml").read_text("utf-8")
    return msgspec.toml.decode(data, type=dict[str, Labels])


def direction(language: str, stated: Direction | None = None) -> Direction:
    """Return the base direction: the stated one, else that of the tag's script, else of its language."""
    if stated:
        return stated
    first, *rest = language.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), None)
    if script:
        return "rtl" if script in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if first in _RIGHT_TO_LEFT else "ltr"


def banners(article: Article) -> tuple[Banner, ...]:
    """Return what must be seen of an article's status, kind, label and making, the gravest first."""
    said = labels(article.language)
    result: list[Banner] = []
    if article.pub_status == "canceled":
        result.append(Banner("canceled", said.canceled))
    if article.pub_status == "withheld":
        result.append(Banner("withheld", said.withheld))
    if article.embargo is not None:
        until = article.embargo.until
        text = said.embargo if until is None else said.embargo_until.format(moment=moment(until, article.language))
        result.append(Banner("embargo", text))
    if article.kind != "story":
        result.append(Banner("desk", said.kinds[article.kind]))
    if article.label is not None:
        result.append(Banner("label", said.labels[article.label]))
    if article.ai_use is not None:
        result.append(Banner("ai", said.ai_generated if article.ai_use == "generated" else said.ai_assisted))
    return tuple(result)


def rights(article: Article) -> tuple[tuple[str, str], ...]:
    """Return the lines on sources and rights: what each is called, empty where it speaks for itself, and its text."""
    words = labels(article.language).words
    lines = (
        (words["sources"], ", ".join(article.info_sources)),
        ("", article.credit_line),
        ("", article.copyright_notice),
        ("", article.usage_terms),
        (words["responsible-editor"], article.responsible_editor),
    )
    return tuple((name, text) for name, text in lines if text)


def day(value: date, language: str) -> str:
    """Return a day in words (``24 February 2025``)."""
    said = labels(language)
    return said.day.format(day=value.day, month=said.months[value.month - 1], year=value.year)


def moment(value: datetime, language: str) -> str:
    """Return a moment in words with its offset (``24 February 2025, 10:15 UTC``)."""
    offset = value.utcoffset() or timedelta()
    minutes = int(offset.total_seconds()) // 60
    sign = "+" if minutes > 0 else "−"
    zone = f"UTC{sign}{abs(minutes) // 60}:{abs(minutes) % 60:02d}" if minutes else "UTC"
    return f"{day(value.date(), language)}, {value:%H:%M} {zone}"


def dateline(value: Dateline | None, language: str) -> str | None:
    """Return a dateline as displayed: its text, else one made of place, day and source; None when it says nothing."""
    if value is None or value.text:
        return value.text if value else None
    parts = [value.place] if value.place else []
    if value.date:
        said = labels(language)
        parts.append(said.dateline_day.format(day=value.date.day, month=said.dateline_months[value.date.month - 1]))
    text = ", ".join(parts)
    if value.source:
        text = f"{text} ({value.source})".strip()
    return f"{text} —" if text else None
