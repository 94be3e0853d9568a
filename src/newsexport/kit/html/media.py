"""Pictures, films and recordings by the attributes of their elements."""

from __future__ import annotations

import binascii
import hashlib
import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import unquote_to_bytes

from newsexport.kit.html.inlines import Attributes
from newsexport.model import Audio, Image, Video
from newsexport.spi import Asset

# Attributes by which pages put off the loading of pictures; the address in `src` is then a placeholder's.
_LAZY: Final = (
    "data-src", "data-lazy-src", "data-original", "data-orig-file", "data-full-src", "data-hi-res-src", "data-image",
    "data-url", "data-actualsrc",
)  # fmt: skip
_LAZY_SETS: Final = ("data-srcset", "data-lazy-srcset")
_CANDIDATE: Final = re.compile(r"\s*(?P<url>[^\s,]\S*[^\s,]|[^\s,])(?:\s+(?P<size>\d+(?:\.\d+)?)[wxh])?\s*(?:,|$)")
_PLACEHOLDER: Final = re.compile(
    r"(?:^|/)(?:1x1|blank|clear|dot|gr[ae]y|lazy(?:[-_]?load)?|loading|pixel|placeholder|spacer|transparent)"
    r"\.(?:gif|png|svg|jpe?g|webp)(?:$|\?)",
    re.IGNORECASE,
)
_NOTHING: Final = re.compile(r"(?:^|/)(?:1x1|blank|clear|pixel|spacer|transparent)\.(?:gif|png)(?:$|\?)", re.IGNORECASE)
_DATA: Final = re.compile(r"data:(?P<type>[\w.+-]+/[\w.+-]+)?(?P<parameters>(?:;[^,;]*)*),", re.IGNORECASE)
_SUFFIXES: Final = {"jpeg": "jpg", "svg+xml": "svg", "x-icon": "ico"}
_SMALLEST: Final = 120
_LARGEST: Final = 100_000
_EMOJI: Final = re.compile(r"(?:^|\s)(?:emoji|wp-smiley|emojione|twemoji)(?:$|\s)")

Address = Callable[[str], str]


def image(attributes: Attributes, address: Address, others: tuple[str, ...] = ()) -> Image | None:
    """Return a picture; None where there is only a placeholder or a pixel that counts readers.

    Args:
        attributes: Of the element ``img``.
        address: Makes an address of a picture absolute.
        others: Sets of candidates (``srcset``) around it.
    """
    uri = _source(attributes, others)
    width, height = _pixels(attributes.get("width")), _pixels(attributes.get("height"))
    if uri is None or (width is not None and width <= 1) or (height is not None and height <= 1):
        return None
    alt = attributes.get("alt") if "alt" in attributes else None
    words = " ".join((alt or "").split())
    is_decorative = "alt" in attributes and not words
    uri = uri if uri[:5].lower() == "data:" else address(uri)
    return Image(uri, alt=words or None, decorative=is_decorative, width=width, height=height)


def emoji(attributes: Attributes) -> str | None:
    """Return the character that a picture stands for; None when it stands for itself."""
    alt = attributes.get("alt")
    return alt if alt and len(alt) <= 16 and _EMOJI.search(attributes.get("class") or "") else None


def recording(tag: str, attributes: Attributes, sources: Iterator[str], address: Address) -> Video | Audio | None:
    """Return a film or a recording; None where it has no address."""
    uri = attributes.get("src") or attributes.get("data-src") or next(sources, None)
    if not uri or uri[:5].lower() in {"data:", "blob:"}:
        return None
    title = attributes.get("title") or attributes.get("aria-label") or None
    if tag == "audio":
        return Audio(address(uri), headline=title)
    width, height = _pixels(attributes.get("width")), _pixels(attributes.get("height"))
    return Video(address(uri), headline=title, width=width, height=height)


def _source(attributes: Attributes, others: tuple[str, ...]) -> str | None:
    lazy = next((value.strip() for name in _LAZY if (value := attributes.get(name)) and _is_address(value)), None)
    sets = (attributes.get(name) for name in (*_LAZY_SETS, "srcset"))
    candidates = (best for each in (*sets, *others) if each and (best := largest(each)))
    source = (attributes.get("src") or "").strip()
    if source and not _is_placeholder(source):
        return source
    is_picture = source and source[:5].lower() != "data:" and not _NOTHING.search(source)
    return lazy or next(candidates, None) or (source if is_picture else None)


def _is_address(value: str) -> bool:
    text = value.strip()
    return bool(text) and " " not in text and text[0] not in "{[" and not _is_placeholder(text)


def _is_placeholder(source: str) -> bool:
    if source[:5].lower() == "data:":
        return len(source) < _SMALLEST or source[5:14].lower() == "image/svg"
    return bool(_PLACEHOLDER.search(source)) or source[:6] == "about:"


def largest(candidates: str) -> str | None:
    """Return the largest picture of a set.

    Source: HTML Living Standard, 4.8.4.2.1 "Srcset attributes".
    """
    best: tuple[float, str] | None = None
    for found in _CANDIDATE.finditer(candidates):
        size = float(found["size"] or 1)
        if not _is_placeholder(found["url"]) and (best is None or size > best[0]):
            best = size, found["url"]
    return best[1] if best else None


def _pixels(value: str | None) -> int | None:
    found = re.fullmatch(r"\s*(\d{1,6})(?:\.\d+)?(?:px)?\s*", value or "")
    pixels = int(found[1]) if found else None
    return pixels if pixels is None or 1 <= pixels <= _LARGEST else 1 if pixels == 0 else None


def inlined(uri: str, limit: int) -> Asset | None:
    """Return the picture in a data URI, named by its content; None when it is broken or larger than the limit.

    Source: RFC 2397.
    """
    found = _DATA.match(uri)
    if found is None or len(uri) > 2 * limit:
        return None
    content = uri[found.end() :]
    try:
        if ";base64" in found["parameters"].lower():
            plain = unquote_to_bytes(content).translate(None, b" \t\n\r=")
            # Browsers do not mind missing padding.
            data = b64decode(plain + b"=" * (-len(plain) % 4))
        else:
            data = unquote_to_bytes(content)
    except (binascii.Error, ValueError):
        return None
    if not data or len(data) > limit:
        return None
    kind = (found["type"] or "text/plain").lower()
    subtype = kind.partition("/")[2]
    name = f"inline-{hashlib.sha256(data).hexdigest()[:12]}.{_SUFFIXES.get(subtype, subtype)}"
    return Asset(name, data, kind)
