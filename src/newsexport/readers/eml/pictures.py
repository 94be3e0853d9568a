"""The pictures that come with a mail: their names, and the addresses by which its markup refers to them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote

from newsexport.kit.html import Walk
from newsexport.readers.eml.mime import Part
from newsexport.spi import Asset, Context

_SUFFIXES: Final = {"jpeg": "jpg", "pjpeg": "jpg", "svg+xml": "svg", "tiff": "tif", "x-png": "png", "x-icon": "ico"}
_NAMELESS: Final = re.compile(r"[^\w.-]+")
_LONGEST_NAME: Final = 80


class Pictures:
    """The pictures of a mail.

    Attributes:
        assets: Each under a name of its own.
    """

    def __init__(self, parts: Iterable[tuple[Part, str]], context: Context) -> None:
        """Take the pictures out of their parts, given with their media types.

        Raises:
            LimitError: one of them is too large.
        """
        self.assets: list[Asset] = []
        self._addresses: dict[str, str] = {}
        names: set[str] = set()
        for part, media_type in parts:
            data = part.content(context)
            if not data:
                continue
            name = _unique(_name(part, media_type, len(self.assets) + 1), names)
            self.assets.append(Asset(name, data, media_type))
            header = part.header
            for address in (f"cid:{header.content_id}", header.text("content-location")):
                self._addresses.setdefault(address, name)

    def name(self, address: str) -> str | None:
        """Return the name of the picture behind an address; None when it did not come with the mail.

        Source: RFC 2392 (``cid:``); RFC 2557, 5 (``Content-Location``).
        """
        if address[:4].lower() == "cid:":
            address = f"cid:{unquote(address[4:])}"
        return self._addresses.get(address)


class MailWalk(Walk):
    """A way through the markup of a mail, which names the pictures that came with it."""

    def __init__(self, pictures: Pictures, context: Context, *, language: str | None) -> None:
        """Get ready; mails have no address of their own, so that nothing is relative to it."""
        super().__init__(context, language=language)
        self._pictures = pictures

    def picture_address(self, uri: str) -> str:
        """Return the name of a picture that came with the mail, the address of any other."""
        return self._pictures.name(uri.strip()) or super().picture_address(uri)


def _name(part: Part, media_type: str, number: int) -> str:
    """Return a name for a picture that is a path to nowhere."""
    stated = part.header.file_name or part.header.content_id.partition("@")[0]
    name = _NAMELESS.sub("_", stated.replace("\\", "/").rpartition("/")[2]).strip("._")[-_LONGEST_NAME:]
    subtype = media_type.partition("/")[2]
    suffix = _NAMELESS.sub("", _SUFFIXES.get(subtype, subtype))[:8]
    stem = name or f"picture-{number}"
    return stem if "." in stem or not suffix else f"{stem}.{suffix}"


def _unique(name: str, names: set[str]) -> str:
    stem, dot, suffix = name.rpartition(".")
    unique, count = name, 1
    while unique.casefold() in names:
        count += 1
        unique = f"{stem}-{count}{dot}{suffix}"
    names.add(unique.casefold())
    return unique
