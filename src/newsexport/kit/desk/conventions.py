"""What newsrooms and agencies write around a story, from the tables ``conventions.toml`` and ``wire.toml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec
from msgspec import Struct


class Conventions(Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The conventions of one language; each field is explained at the head of ``conventions.toml``."""

    byline: tuple[str, ...]
    and_: tuple[str, ...] = msgspec.field(name="and")
    in_: tuple[str, ...] = msgspec.field(name="in")
    months: tuple[str, ...]
    weekdays: tuple[str, ...] = ()
    editor_note: tuple[str, ...] = ()
    desk_note: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    release: tuple[str, ...] = ()
    press_release: tuple[str, ...] = ()
    correction: tuple[str, ...] = ()
    clarification: tuple[str, ...] = ()
    update: tuple[str, ...] = ()
    embargo: tuple[str, ...] = ()
    embargo_word: tuple[str, ...] = ()
    hold: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    sign_off: tuple[str, ...] = ()


class Wire(Struct, frozen=True, forbid_unknown_fields=True):
    """The conventions of agencies in any language; each field is explained in ``wire.toml``."""

    agencies: frozenset[str]
    cities: frozenset[str]
    regions: frozenset[str]
    offices: frozenset[str]
    name_particles: frozenset[str]
    place_particles: frozenset[str]
    urgency: Mapping[str, int]


@cache
def languages() -> dict[str, Conventions]:
    """Return the conventions by language, English first."""
    data = files(__package__).joinpath("conventions.toml").read_text("utf-8")
    return msgspec.toml.decode(data, type=dict[str, Conventions])


@cache
def wire() -> Wire:
    """Return what agencies have in common."""
    return msgspec.toml.decode(files(__package__).joinpath("wire.toml").read_text("utf-8"), type=Wire)


def in_order(language: str | None) -> tuple[Conventions, ...]:
    """Return all conventions, those of a BCP 47 tag first; English first where there are none."""
    known = languages()
    first = (language or "en").split("-")[0].lower()
    return (known.get(first, known["en"]), *(each for name, each in known.items() if name != first))


@cache
def months() -> dict[str, int]:
    """Return the number of a month by each of its names in small letters: no two languages disagree."""
    return {
        name: number
        for each in languages().values()
        for number, names in enumerate(each.months, start=1)
        for name in names.split()
    }


@cache
def phrases(choose: Callable[[Conventions], Iterable[str]]) -> str:
    """Return a pattern for the phrases of all languages that `choose` picks, the longest first."""
    found = {phrase for each in languages().values() for phrase in choose(each)}
    return "|".join(pattern(phrase) for phrase in sorted(found, key=lambda phrase: (-len(phrase), phrase)))


def pattern(phrase: str) -> str:
    """Return a pattern for a phrase, with either form of the apostrophe."""
    return re.escape(phrase).replace("'", "['’]")


_SENTENCE_END: Final = re.compile(r"(?P<mark>[.!?…。！？।؟۔])[”\"’'»)\]]*$")
_ABBREVIATION: Final = re.compile(
    r"(?:(?:[^\W\d_]\.){1,5}|(?:St|Jr|Sr|Inc|Corp|Co|Ltd|No|vs|Mio|Mrd|Bd|Nr)\.)[”\"’'»)\]]*$"
)
_FEW_WORDS: Final = 12


def sentence_end(text: str) -> str | None:
    """Return the mark that ends a text as a sentence; None when it ends otherwise, or in an abbreviation.

    ``U.S.`` alone is a kicker; at the end of a dozen words it still is an abbreviation; after more, it ends a sentence.
    """
    found = _SENTENCE_END.search(text, max(0, len(text) - 8))
    if found is None:
        return None
    last = text[-40:].rpartition(" ")[2]
    if _ABBREVIATION.match(last.lstrip("“\"‘'«(")) and few_words(text, _FEW_WORDS):
        return None
    return found["mark"]


def few_words(text: str, limit: int) -> bool:
    """Tell whether a text has at most so many words, without counting those of a long one."""
    return len(text) <= 16 * limit and len(text.split()) <= limit
