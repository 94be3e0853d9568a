"""Associations: pictures, films and recordings of an item, and other items that belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from msgspec import Struct, structs

from newsexport.errors import Kind
from newsexport.kit.cms import Fields
from newsexport.kit.html import inlines
from newsexport.kit.html.addresses import joined
from newsexport.model import Audio, Block, Figure, Gallery, Image, Inline, Related, Text, Video
from newsexport.model.media import MediaObject

# superdesk/editor_utils.py, DraftJSHTMLExporter.render_media: what stands around a picture in the text.
_MARKER: Final = re.compile(r'<!--\s*EMBED (?:START \w+ \{id: "(?P<key>[^"<>]*)"\}|END)')
_SOURCE: Final = re.compile(r'<(?:img|video|audio)\b[^<>]*?\ssrc="(?P<uri>[^"]*)"', re.IGNORECASE)
_RENDITIONS: Final = ("original", "baseImage", "16-9", "viewImage", "4-3")
_KINDS: Final[dict[str, type[MediaObject]]] = {"picture": Image, "graphic": Image, "video": Video, "audio": Audio}


class Associations(Struct, frozen=True):
    """What belongs to an item.

    Attributes:
        lead: The picture that is shown above the text.
        embedded: What stands in the text, by the address it has there.
        below: What stands in fields of its own.
        related: Other items.
    """

    lead: tuple[Figure, ...]
    embedded: dict[str, Figure]
    below: tuple[Block, ...]
    related: tuple[Related, ...]


def read(item: Fields, body: str, base: str | None) -> Associations:
    """Return what belongs to an item.

    Args:
        item: With its associations.
        body: Its text in HTML, which says where the pictures of the editor stand.
        base: What addresses are relative to.
    """
    places = dict(_places(body, base))
    lead: list[Figure] = []
    embedded: dict[str, Figure] = {}
    below: dict[str, list[Figure]] = {}
    related: list[Related] = []
    for key, other in item.named("associations"):
        figure = _figure(other, base)
        if figure is None:
            related += _related(other)
        elif key == "featuremedia":
            lead.append(figure)
        elif key in places:
            embedded[places[key]] = figure
        elif key.startswith("editor_"):
            other.notice(
                "superdesk.media-lost", Kind.LOSS, f"{figure.media.uri!r} has no place in the text and was left out"
            )
        else:
            # Fields of a house's own: `field--1`, `field--2`.
            below.setdefault(key.rpartition("--")[0] or key, []).append(figure)
    shown = tuple(figures[0] if len(figures) == 1 else Gallery(tuple(figures)) for figures in below.values())
    return Associations(tuple(lead), embedded, shown, tuple(related))


def described(block: Block, embedded: dict[str, Figure]) -> Block:
    """Return a figure of the text with what its association says of it; any other block as it is."""
    known = embedded.get(block.media.uri) if isinstance(block, Figure) else None
    if not isinstance(block, Figure) or known is None:
        return block
    return structs.replace(
        known, media=structs.replace(known.media, uri=block.media.uri), caption=block.caption or known.caption
    )


def _places(body: str, base: str | None) -> Iterator[tuple[str, str]]:
    """Yield the key and the address of each picture between two markers."""
    markers = list(_MARKER.finditer(body))
    for marker, following in pairwise(markers):
        source = _SOURCE.search(body, marker.end(), following.start()) if marker["key"] else None
        if source:
            uri = source["uri"].replace("&amp;", "&")
            yield marker["key"], joined(base, uri) if base else uri


def _figure(item: Fields, base: str | None) -> Figure | None:
    kind = _KINDS.get(item.text("type") or "picture")
    if kind is None:
        return None
    renditions = item.fields("renditions")
    names = sorted(
        renditions.values, key=lambda name: _RENDITIONS.index(name) if name in _RENDITIONS else len(_RENDITIONS)
    )
    found = next((rendition for name in names if (rendition := renditions.fields(name)).text("href")), None)
    if found is None:
        item.notice("superdesk.media-lost", Kind.LOSS, "a picture or recording has no address and was left out")
        return None
    byline, source = item.text("byline"), item.text("source")
    uri = found.text("href") or ""
    said: dict[str, Any] = {
        "alt": item.text("alt_text") or item.text("body_text"),
        "headline": item.text("headline"),
        "creator": byline,
        "credit": item.text("creditline") or "/".join(filter(None, (byline, source))) or None,
        "copyright_notice": item.text("copyrightnotice") or item.text("copyrightholder"),
        "usage_terms": item.text("usageterms"),
        "instructions": item.text("ednote"),
        "asset_id": item.text("guid") or item.text("_id"),
        "width": found.pixels("width"),
        "height": found.pixels("height"),
    }  # fmt: skip
    return Figure(kind(joined(base, uri) if base else uri, **said), _caption(item))  # type: ignore[arg-type]  # the three are its members


def _caption(item: Fields) -> tuple[Inline, ...]:
    html = item.text("description_html")
    if html:
        return inlines(html, item.context)
    text = item.text("description_text")
    return (Text(text),) if text else ()


def _related(item: Fields) -> Iterator[Related]:
    uri = item.text("guid") or item.text("_id")
    if uri and (item.text("type") or "picture") not in _KINDS:
        yield Related("see-also", uri, title=item.text("headline"))
