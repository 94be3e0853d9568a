"""Pictures, films and recordings of an entry: what Media RSS says of them, and enclosures.

Source: Media RSS Specification 1.5.1, https://www.rssboard.org/media-rss.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from newsexport.kit.html import inlines
from newsexport.kit.html.addresses import joined
from newsexport.kit.html.embeds import provider
from newsexport.model import Audio, Embed, Figure, Image, Inline, LineBreak, Paragraph, Text, Video
from newsexport.readers.feeds.pruning import local_name, text_of
from newsexport.spi import Context

if TYPE_CHECKING:
    from lxml.etree import _Element

Shown: TypeAlias = Figure | Embed

_KINDS: Final[Mapping[str, type[Image | Video | Audio]]] = {"image": Image, "video": Video, "audio": Audio}
_FLASH: Final = "application/x-shockwave-flash"
_WEB: Final = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_AVATAR: Final = re.compile(r"https?://[\w.-]*gravatar\.com/avatar/", re.IGNORECASE)
_MARKUP: Final = re.compile(r"</\w|<br\b|&\w+;")
_SUFFIXES: Final[Mapping[str, type[Image | Video | Audio]]] = {
    **dict.fromkeys(("avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp"), Image),
    **dict.fromkeys(("avi", "m4v", "mov", "mp4", "mpeg", "mpg", "ogv", "webm", "wmv"), Video),
    **dict.fromkeys(("aac", "flac", "m4a", "mp3", "oga", "ogg", "opus", "wav", "wma"), Audio),
}  # fmt: skip
_LARGEST: Final = 100_000


def described(elements: Sequence[_Element], base: str | None, context: Context) -> tuple[Shown, ...]:
    """Return what the elements of Media RSS in an entry describe; of several sizes of a picture, the largest.

    Args:
        elements: Those that stand in the entry itself; what they hold comes with them.
        base: What addresses are relative to; None when it is not known.
        context: Hears what is repaired.
    """
    common = [each for each in elements if local_name(each) not in {"content", "group"}]
    objects = [_Object(each, common, base, context) for each in elements if local_name(each) in {"content", "group"}]
    found = [shown for each in objects or [_Object(None, common, base, context)] if (shown := each.shown())]
    return tuple(_largest(found))


def keywords(elements: Sequence[_Element]) -> tuple[str, ...]:
    """Return what Media RSS calls keywords."""
    named = (each.text or "" for each in elements if local_name(each) == "keywords")
    return tuple(word.strip() for each in named for word in each.split(",") if word.strip())


def enclosed(link: Mapping[str, Any]) -> Figure | None:
    """Return the picture, film or recording that a link encloses; None when it is anything else."""
    kind = _kind(link.get("type"), link["href"])
    return Figure(kind(link["href"], headline=link.get("title") or None)) if kind else None


def file_of(address: str) -> str:
    """Return an address without its query, where that but says in which size a picture is wanted."""
    path = address.partition("?")[0]
    return path if _SUFFIXES.get(_suffix(path)) is Image else address


class _Object:
    """One thing: an element ``content``, the best one of a ``group``, or what only the entry itself describes."""

    def __init__(
        self, element: _Element | None, common: Sequence[_Element], base: str | None, context: Context
    ) -> None:
        own = list(element) if element is not None else []
        content = element
        if element is not None and local_name(element) == "group":
            content = max((each for each in own if local_name(each) == "content"), key=_worth, default=None)
        self._content = content
        # The nearest description holds (Media RSS, "Optional Elements").
        self._scopes = [list(content), own, common] if content is not None and content is not element else [own, common]
        self._base = base
        self._context = context

    def shown(self) -> Shown | None:
        content = self._content
        url = self._address(content)
        if content is not None and url and content.get("type") != _FLASH:
            kind = _KINDS.get(content.get("medium") or "") or _kind(content.get("type"), url) or Image
            return self._figure(kind, content, url)
        player = self._address(next(self._all("player"), None)) or (url if url and _WEB.match(url) else None)
        if player:
            title = next(self._texts("title"), None)
            caption = self._caption()
            fallback = (Paragraph(caption),) if caption else ()
            return Embed(player, provider=provider(player), title=title, fallback=fallback)
        thumbnail = max(self._all("thumbnail"), key=_worth, default=None)
        url = self._address(thumbnail)
        return self._figure(Image, thumbnail, url) if thumbnail is not None and url else None

    def _figure(self, kind: type[Image | Video | Audio], element: _Element, url: str) -> Figure | None:
        if _AVATAR.match(url):
            return None  # WordPress adds the face of the author
        credits_ = list(self._all("credit"))
        makers = [each for each in credits_ if each.get("role") in {"photographer", "author", "artist"}]
        title = next(self._texts("title"), None)
        caption = self._caption()
        words = tuple(self._texts("text"))
        media = kind(
            url,
            alt=" ".join(words) or None if kind is Image else None,
            headline=title,
            creator=_joined(makers),
            credit=_joined(credits_),
            copyright_notice=next(self._texts("copyright"), None),
            usage_terms=next(self._texts("license"), None),
            width=_pixels(element.get("width")),
            height=_pixels(element.get("height")),
        )
        if kind is not Image:
            for each in words:
                caption = (*caption, LineBreak(), Text(each)) if caption else (Text(each),)
        return Figure(media, caption)

    def _all(self, name: str) -> Iterator[_Element]:
        """Yield the elements of a name in the nearest place that has any."""
        scopes = ([each for each in scope if local_name(each) == name] for scope in self._scopes)
        yield from next((found for found in scopes if found), ())

    def _texts(self, name: str) -> Iterator[str]:
        yield from (text for each in self._all(name) if (text := _text(each)))

    def _caption(self) -> tuple[Inline, ...]:
        element = next(self._all("description"), None)
        text = (element.text or "").strip() if element is not None else ""
        if element is None or not text:
            return ()
        if element.get("type") == "html" or _MARKUP.search(text):
            return inlines(text, self._context, base=self._base)
        return (Text(" ".join(text.split())),)

    def _address(self, element: _Element | None) -> str | None:
        url = (element.get("url") or element.text or "").strip() if element is not None else ""
        if not url or " " in url or (_SCHEME.match(url) and not _WEB.match(url)):
            return None
        return joined(self._base, url) if self._base else url


def _kind(media_type: str | None, url: str) -> type[Image | Video | Audio] | None:
    stated = (media_type or "").lower().partition("/")[0]
    return _KINDS.get(stated) or _SUFFIXES.get(_suffix(url.partition("?")[0]))


def _suffix(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[2].lower()


def _worth(element: _Element) -> tuple[bool, int]:
    return element.get("isDefault") == "true", _pixels(element.get("width")) or 0


def _pixels(value: str | None) -> int | None:
    found = re.fullmatch(r"\s*(\d{1,6})(?:\.\d+)?\s*", value or "")
    pixels = int(found[1]) if found else 0
    return pixels if 1 <= pixels <= _LARGEST else None


def _text(element: _Element) -> str:
    return " ".join(text_of(element).split())


def _joined(elements: Iterable[_Element]) -> str | None:
    return ", ".join(dict.fromkeys(text for each in elements if (text := _text(each)))) or None


def _largest(found: Sequence[Shown]) -> Iterator[Shown]:
    """Yield what is shown without the smaller sizes of the same picture."""
    best: dict[str, Shown] = {}
    for each in found:
        address = each.url if isinstance(each, Embed) else file_of(each.media.uri)
        known = best.get(address)
        if known is None or _width(known) < _width(each):
            best[address] = each
    yield from best.values()


def _width(shown: Shown) -> int:
    return (shown.media.width or 0) if isinstance(shown, Figure) else 0
