"""Controlled vocabularies: IPTC's Media Topics, and the schemes that IPTC's catalog gives short names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from msgspec import Struct

CATALOG: Final = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"
"""The catalog whose aliases `schemes` holds; readers know it by exactly these characters."""
MEDIA_TOPICS_RELEASE: Final = "2025-10-09"
"""The release of the Media Topics that `topic` knows."""


class Topic(Struct, frozen=True):
    """One of IPTC's Media Topics.

    Attributes:
        code: Within the scheme (``20000639``).
        name: In English.
        broader: Code of the next wider topic; None for the widest.
        retired: Day since when it must no longer be used (``2021-09-30``); None while it may.
    """

    code: str
    name: str
    broader: str | None = None
    retired: str | None = None


def topic(code: str) -> Topic | None:
    """Return the Media Topic with this code; None when the release has none."""
    return _topics().get(code)


def broader_topics(code: str) -> tuple[Topic, ...]:
    """Return the chain of wider topics, nearest first; empty for the widest and for unknown codes."""
    return tuple(_broader(code))


def scheme(alias: str) -> str | None:
    """Return the URI of the scheme that the IPTC catalog gives this alias (``medtop``); None when it gives none."""
    return _schemes().get(alias)


def _broader(code: str) -> Iterator[Topic]:
    found = topic(code)
    while found and found.broader:
        found = topic(found.broader)
        if found:
            yield found


@cache
def _topics() -> Mapping[str, Topic]:
    rows = ((*row, "", "") for row in _rows("mediatopics.tsv"))
    return {code: Topic(code, name, broader or None, retired or None) for code, name, broader, retired, *_ in rows}


@cache
def _schemes() -> Mapping[str, str]:
    return {row[0]: row[1] for row in _rows("catalog.tsv")}


def _rows(name: str) -> Iterator[list[str]]:
    lines = files("newsexport.kit").joinpath(f"data/{name}").read_text("utf-8").splitlines()
    return (line.split("\t") for line in lines if not line.startswith("#"))
