"""What a picture says of itself, in the words of the model; and the model's words put back into a picture.

Source: IPTC Photo Metadata Standard 2024.1, "IPTC Core" and "IPTC Extension"; Exif 3.0 where neither XMP nor IIM
speaks, as the guidelines of the Metadata Working Group have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from msgspec import Struct

from newsexport.kit.images import iim, tiff, xmp
from newsexport.kit.images.packets import Packets, packets
from newsexport.kit.images.sniffing import sniffed
from newsexport.model.media import MediaObject

_LONGEST: Final = 10_000
_MOST_PERSONS: Final = 100
_SOURCE_TYPES: Final = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_SOURCE_TYPE: Final = re.compile(r"[A-Za-z][\w-]*")
_ISO: Final = re.compile(
    r"(?P<local>\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?)?)?)?)(?P<fraction>\.\d+)?(?P<zone>Z|[+-]\d\d:\d\d)?"
)
_IIM_DATE: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
_IIM_TIME: Final = re.compile(r"(\d\d)(\d\d)(\d\d)(?:([+-]\d\d):?(\d\d))?")
_EXIF_DATE: Final = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)")
_EXIF_ZONE: Final = re.compile(r"Z|[+-]\d\d:\d\d")


class PhotoMetadata(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a picture says of itself; the fields are those of `newsexport.model.media.MediaObject`.

    Attributes:
        headline: Headline.
        creator: Creator; several with commas between them.
        credit: Credit Line.
        copyright_notice: Copyright Notice.
        usage_terms: Rights Usage Terms.
        instructions: Instructions.
        alt: Alt Text (Accessibility).
        created: Date Created, where the picture tells its offset from UTC.
        place: City, else the city or name of Location Created, else of Location Shown.
        persons: Person Shown in the Image.
        digital_source_type: Last part of the URI of Digital Source Type.
    """

    headline: str | None = None
    creator: str | None = None
    credit: str | None = None
    copyright_notice: str | None = None
    usage_terms: str | None = None
    instructions: str | None = None
    alt: str | None = None
    created: datetime | None = None
    place: str | None = None
    persons: tuple[str, ...] = ()
    digital_source_type: str | None = None


# Reading


def metadata(data: bytes) -> PhotoMetadata:
    """Return what a picture says of itself: XMP before IIM before EXIF; nothing of what is damaged or too long."""
    kind = sniffed(data)
    return described(packets(data, kind)) if kind else PhotoMetadata()


def described(found: Packets) -> PhotoMetadata:
    """Return what packets say."""
    said = xmp.values(found.xmp) if found.xmp else {}
    old = iim.texts(iim.datasets(found.iim))
    exif = tiff.fields(found.exif)
    source_type = _last_part(_line(said.get("digital_source_type")))
    return PhotoMetadata(
        headline=_line(said.get("headline"), old.get(iim.HEADLINE)),
        creator=_line(said.get("creator"), old.get(iim.CREATOR), _exif_text(exif.get(tiff.ARTIST))),
        credit=_line(said.get("credit"), old.get(iim.CREDIT)),
        copyright_notice=_line(
            said.get("copyright_notice"), old.get(iim.COPYRIGHT), _exif_text(exif.get(tiff.COPYRIGHT))
        ),
        usage_terms=_line(said.get("usage_terms")),
        instructions=_line(said.get("instructions"), old.get(iim.INSTRUCTIONS)),
        alt=_line(said.get("alt")),
        created=_moment(
            (
                _line(said.get("created")),
                _iim_moment(old.get(iim.DATE), old.get(iim.TIME)),
                _exif_moment(exif.get(tiff.CREATED), exif.get(tiff.CREATED_OFFSET)),
            )
        ),
        place=_line(said.get("place"), old.get(iim.CITY)),
        persons=tuple(filter(_is_bounded, said.get("persons", ())))[:_MOST_PERSONS],
        digital_source_type=source_type,
    )


def _line(*candidates: tuple[str, ...] | None) -> str | None:
    """Return the first that says something, its values with commas between them."""
    joined = (", ".join(values) for values in candidates if values)
    return next(filter(_is_bounded, joined), None)


def _is_bounded(text: str) -> bool:
    return 0 < len(text) <= _LONGEST


def _last_part(uri: str | None) -> str | None:
    code = (uri or "").rstrip("/").rpartition("/")[2]
    return code if _SOURCE_TYPE.fullmatch(code) else None


def _exif_text(field: tiff.Field | None) -> tuple[str, ...]:
    """Return the parts of a text: Exif parts the owners of a photo and of its edition by a NUL."""
    parts = field.text.split("\0") if field else ()
    return tuple(part.strip() for part in parts if part.strip())


# Dates, in the form of XMP: 2025-02-24T12:00:00+01:00, from its front as far as it is known.


def _moment(stated: Iterable[str | None]) -> datetime | None:
    """Return the first moment with an offset that contradicts none stated before it."""
    before = ""
    for text in filter(None, stated):
        found = _ISO.fullmatch(text)
        if found is None or not text.startswith(before):
            continue
        if found["zone"] and len(found["local"]) > len("2025-02-24"):
            moment = _parsed(text)
            if moment is not None:
                return moment
        before = found["local"]
    return None


def _parsed(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _iim_moment(day: tuple[str, ...] | None, time: tuple[str, ...] | None) -> str | None:
    date = _IIM_DATE.fullmatch(day[0]) if day else None
    if date is None:
        return None
    clock = _IIM_TIME.fullmatch(time[0]) if time else None
    zone = f"{clock[4]}:{clock[5]}" if clock and clock[4] else ""
    return "-".join(date.groups()) + (f"T{clock[1]}:{clock[2]}:{clock[3]}{zone}" if clock else "")


def _exif_moment(day: tiff.Field | None, offset: tiff.Field | None) -> str | None:
    date = _EXIF_DATE.fullmatch(day.text.strip("\0 ")) if day else None
    if date is None:
        return None
    zone = offset.text.strip("\0 ") if offset else ""
    return f"{date[1]}-{date[2]}-{date[3]}T{date[4]}" + (zone if _EXIF_ZONE.fullmatch(zone) else "")


# Writing


def carried(found: Packets, media: MediaObject, room: int | None = None) -> Packets:
    """Return the packets of a picture that was made anew: its own, with what the article says in its place.

    Args:
        found: As they were in the picture.
        media: The node that shows it; without instructions, neither has the picture any.
        room: Bytes that XMP may have; what does not fit is cut down to what the article says.
    """
    packet = found.xmp
    if packet and media.instructions is None:
        packet = xmp.without_instructions(packet)
    own = described(Packets(packet))
    said = dict(_said(media))
    changed = {field: value for field, value in said.items() if getattr(media, field) != getattr(own, field)}
    written = xmp.with_values(packet, changed)
    if written and room and len(written) > room:
        written = xmp.with_values(None, said)
    return Packets(written if written and len(written) <= (room or len(written)) else None, _iim(found.iim, media))


def _said(media: MediaObject) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what the article says, in the form of XMP."""
    for field in PhotoMetadata.__struct_fields__:
        value = getattr(media, field)
        if field == "digital_source_type" and value and "/" not in value:
            yield field, (_SOURCE_TYPES + value,)
        elif isinstance(value, datetime):
            yield field, (value.isoformat(),)
        elif value:
            yield field, (value,) if isinstance(value, str) else value


def _iim(block: bytes, media: MediaObject) -> bytes:
    if not block:
        return b""
    moment = media.created.isoformat(timespec="seconds") if media.created else ""
    own = _parsed(_iim_moment(*(iim.texts(iim.datasets(block)).get(each) for each in (iim.DATE, iim.TIME))) or "")
    values = {
        iim.HEADLINE: media.headline,
        iim.CREATOR: media.creator,
        iim.CREDIT: media.credit,
        iim.COPYRIGHT: media.copyright_notice,
        iim.CITY: media.place,
        iim.DATE: moment[:10].replace("-", ""),
        iim.TIME: moment[11:].replace(":", ""),
    }
    known = {number: value for number, value in values.items() if value}
    if own == media.created:
        known = {number: value for number, value in known.items() if number not in {iim.DATE, iim.TIME}}
    return iim.block(iim.with_values(iim.renewed(iim.datasets(block)), {**known, iim.INSTRUCTIONS: media.instructions}))
