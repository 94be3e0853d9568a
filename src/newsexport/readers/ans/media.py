"""Pictures, films and recordings of ANS, and who is credited for them."""

from __future__ import annotations

from typing import Final

from newsexport.errors import Kind
from newsexport.kit.cms import Fields
from newsexport.kit.html import inlines, plain
from newsexport.kit.html.addresses import joined
from newsexport.model import Audio, Figure, Image, Inline, Video
from newsexport.model.media import RightsStatus

_RIGHTS: Final[dict[str, RightsStatus]] = {
    "staff": "own", "wires": "licensed", "stock": "licensed", "handout": "handout",
}  # fmt: skip
_PICTURES: Final = frozenset({"image", "graphic"})


def default(fields: Fields, name: str) -> str | None:
    """Return the text that stands unless a use has its own: ``basic``, and ``default`` up to ANS 0.4."""
    texts = fields.fields(name)
    return texts.text("basic") or texts.text("default")


def address(fields: Fields, name: str, base: str | None) -> str | None:
    """Return an address, absolute when the base is known."""
    uri = fields.text(name)
    return joined(base, uri) if uri and base else uri


def names(fields: Fields, role: str) -> list[str]:
    """Return whom an object credits, as the public knows them; a reference that nobody resolved is told."""
    found = []
    for author in fields.fields("credits").each(role):
        name = author.text("byline") or author.text("name")
        if name:
            found.append(name)
        elif author.text("type") == "reference":
            author.notice("ans.reference-lost", Kind.LOSS, "a reference to an author is not resolved and was left out")
    return found


def figure(item: Fields, base: str | None) -> Figure | None:
    """Return a picture, film or recording with its caption; None where it has no address."""
    kind = item.text("type")
    if kind in _PICTURES:
        return _picture(item, base)
    if kind == "video":
        return _film(item, base)
    return _recording(item, base) if kind == "audio" else None


def _picture(item: Fields, base: str | None) -> Figure | None:
    uri = address(item, "url", base) or address(item.fields("additional_properties"), "originalUrl", base)
    if uri is None:
        return None
    image = Image(
        uri,
        alt=item.text("alt_text"),
        headline=item.text("subtitle") or item.text("title"),
        creator=", ".join(names(item, "by")) or item.text("byline"),
        credit=credit(item),
        copyright_notice=item.text("copyright"),
        rights=_RIGHTS.get(item.fields("distributor").text("category") or "", "unknown"),
        asset_id=item.text("_id"),
        place=item.text("location"),
        width=item.pixels("width"),
        height=item.pixels("height"),
    )
    return Figure(image, caption(item, base))


def _film(item: Fields, base: str | None) -> Figure | None:
    streams = [stream for stream in item.each("streams") if stream.text("url")]
    # Players take the file that is best; the others are pieces of a stream.
    best = max(streams, key=lambda each: (each.text("stream_type") == "mp4", each.pixels("width") or 0), default=None)
    uri = address(best, "url", base) if best else None
    if best is None or uri is None:
        return None
    film = Video(
        uri,
        headline=default(item, "headlines"),
        creator=", ".join(names(item, "by")) or None,
        credit=credit(item),
        copyright_notice=item.text("copyright"),
        asset_id=item.text("_id"),
        width=best.pixels("width"),
        height=best.pixels("height"),
    )
    return Figure(film, caption(item, base))


def _recording(item: Fields, base: str | None) -> Figure | None:
    found = next((stream for stream in item.each("streams") if stream.text("url")), None)
    uri = address(found, "url", base) if found else None
    if uri is None:
        return None
    recording = Audio(uri, headline=default(item, "headlines"), credit=credit(item), asset_id=item.text("_id"))
    return Figure(recording, caption(item, base))


def credit(item: Fields) -> str | None:
    """Return the line to print beside a picture: who made it, and whom they work for."""
    house = names(item, "affiliation") or list(filter(None, (item.fields("distributor").text("name"),)))
    return "/".join(dict.fromkeys((*names(item, "by"), *house))) or None


def caption(item: Fields, base: str | None) -> tuple[Inline, ...]:
    """Return the caption of a picture, or the description of a film."""
    return line(item.text("caption") or default(item, "description"), item, base)


def line(html: str | None, item: Fields, base: str | None) -> tuple[Inline, ...]:
    """Return a line that may hold HTML."""
    return inlines(html, item.context, base=base)


def words(html: str | None, item: Fields) -> str | None:
    """Return the characters of a line that may hold HTML."""
    return (plain(html, item.context) or None) if html and ("<" in html or "&" in html) else html
