"""Shortcodes: words in brackets that the server puts something in place of.

Source: WordPress Developer Resources, "Shortcode API": ``[name key="value"]``, ``[name]content[/name]``, and
``[[name]]`` for the brackets themselves. Which names a site knows it does not say: brackets are taken for a shortcode
where WordPress itself or a common plug-in knows the name, where they hold values, or where an end follows; others,
such as ``[sic]`` and ``[their]``, are words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from typing import Final

from msgspec import Struct

from newsexport.errors import Kind
from newsexport.readers.wordpress.library import Attachment, element, embed, gallery, kind_of
from newsexport.readers.wordpress.setting import Setting

_BRACKETS: Final = re.compile(
    r"\[(?P<outer>\[?)(?P<end>/?)(?P<name>[A-Za-z][\w-]{0,60})(?P<rest>(?:[\s/=][^\[\]]*)?)\](?P<closing>\]?)"
)
_ARGUMENT: Final = re.compile(
    r"""(?P<name>[\w-]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"']+))|"(?P<words>[^"]*)"|(?P<word>\S+)"""
)
_HAS_VALUE: Final = re.compile(r"\s+[\w-]+\s*=\s*[\"'&“”\w]")
_PICTURE: Final = re.compile(r"\s*(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?", re.IGNORECASE)
_WEB: Final = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_RECORDINGS: Final = ("src", "mp3", "m4a", "ogg", "wav", "flac", "wma", "mp4", "m4v", "webm", "ogv", "flv", "wmv")
# Players and posts by name: what a number alone leads to; empty where there must be an address.
_SERVICES: Final = {
    "youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}", "tweet": "https://x.com/i/status/{}",
    "wpvideo": "https://videopress.com/v/{}", "videopress": "https://videopress.com/v/{}",
    "gist": "https://gist.github.com/{}", "ted": "", "twitter": "", "soundcloud": "", "instagram": "", "facebook": "",
    "tiktok": "", "spotify": "", "bandcamp": "", "mixcloud": "", "flickr": "", "scribd": "", "slideshare": "",
    "googlemaps": "", "iframe": "", "pinterest": "", "reddit": "",
}  # fmt: skip
_CODE: Final = frozenset({"code", "source", "sourcecode"})
_BARE: Final = frozenset({"gallery", "playlist"})  # which mean something without values
_MOST_OPEN: Final = 16

Arguments = Mapping[str, str]
"""Values by name; those without a name by their place, from ``0``."""


class _Shortcode(Struct):
    """A shortcode whose content is being collected.

    Attributes:
        name: Its name.
        arguments: Its values.
        closing: Index of the brackets that end it.
        parts: Its content so far.
    """

    name: str
    arguments: Arguments
    closing: int
    parts: list[str]


def expanded(content: str, setting: Setting, *, is_rendered: bool = False) -> str:
    """Return HTML without shortcodes: what they show where that can be told, else the words within them.

    Args:
        content: HTML.
        setting: Hears of what is left out, once for each name.
        is_rendered: True for what the server made: the shortcodes that it knew are gone, others stand there as words.
    """
    if "[" not in content:
        return content
    return _Expansion(content, setting, is_rendered=is_rendered).run()


class _Expansion:
    def __init__(self, content: str, setting: Setting, *, is_rendered: bool) -> None:
        self._content = content
        self._setting = setting
        self._brackets = list(_BRACKETS.finditer(content))
        self._closing = _pairs(self._brackets)
        self._starts = {end: start for start, end in self._closing.items()}
        self._known: Mapping[str, _Maker] = {} if is_rendered else _MAKERS
        self._open: list[_Shortcode] = []
        self._parts: list[str] = []
        self._told: set[str] = set()

    def run(self) -> str:
        """Return the content without shortcodes."""
        position = 0
        for index, found in enumerate(self._brackets):
            between = self._content[position : found.start()]
            # Columns and tabs that follow each other would run together.
            parts_words = not between and index and self._brackets[index - 1]["end"] and not found["end"]
            self._parts.append(" " if parts_words else between)
            position = found.end()
            if (words := self._escaped(index, found)) is not None:
                self._parts.append(words if self._known else found[0])
            elif found["end"]:
                self._end(index, found)
            else:
                self._parts.append(found["outer"])
                self._start(index, found)
                self._parts.append(found["closing"])
        self._parts.append(self._content[position:])
        while self._open:
            self._finish(self._open.pop())
        return "".join(self._parts)

    def _escaped(self, index: int, found: re.Match[str]) -> str | None:
        """Return brackets that are words, without the outer pair that says so; None for others."""
        if found["outer"] and found["closing"]:
            return found[0][1:-1]
        start, end = (self._starts.get(index), index) if found["end"] else (index, self._closing.get(index))
        if start is None or end is None:
            return None
        if self._brackets[start]["outer"] and self._brackets[end]["closing"]:
            return found[0][1:] if index == start else found[0][:-1]
        return None

    def _start(self, index: int, found: re.Match[str]) -> None:
        name, rest = found["name"], found["rest"]
        closing = self._closing.get(index)
        maker = self._known.get(name)
        if closing is None and not self._is_void(found):
            self._parts.append(found[0][len(found["outer"]) : len(found[0]) - len(found["closing"])])
            return
        arguments = _arguments(rest)
        if closing is None:
            html = maker(arguments, "", self._setting) if maker else None
            self._parts.append(html or "")
            if html is None:
                self._tell(name, has_words=False)
        elif (maker or _address(arguments)) and len(self._open) < _MOST_OPEN:
            self._open.append(_Shortcode(name, arguments, closing, self._parts))
            self._parts = []
        else:
            self._tell(name, has_words=True)

    def _is_void(self, found: re.Match[str]) -> bool:
        """Tell whether brackets that nothing ends are a shortcode."""
        name, rest = found["name"], found["rest"].strip()
        if name in self._known:
            return bool(rest) or name in _BARE
        return rest == "/" or (not rest and "_" in name) or _HAS_VALUE.match(found["rest"]) is not None

    def _end(self, index: int, found: re.Match[str]) -> None:
        if index not in self._starts:
            self._parts.append(found[0])
            return
        self._parts.append(found["outer"])
        if any(each.closing == index for each in self._open):
            while self._open[-1].closing != index:
                self._finish(self._open.pop())
            self._finish(self._open.pop())
        self._parts.append(found["closing"])

    def _finish(self, ended: _Shortcode) -> None:
        content = "".join(self._parts)
        self._parts = ended.parts
        maker = self._known.get(ended.name)
        html = maker(ended.arguments, content, self._setting) if maker else None
        if html is None:
            address = _address(ended.arguments)
            html = f'<a href="{escape(address)}">{content}</a>' if address and content.strip() else content
            self._tell(ended.name, has_words=bool(content.strip()))
        self._parts.append(html)

    def _tell(self, name: str, *, has_words: bool) -> None:
        if name in self._told:
            return
        self._told.add(name)
        notice = self._setting.context.notice
        if has_words:
            message = f"the shortcode [{name}] is not known; the words within it were kept"
            notice("wordpress.shortcode-kept", Kind.REPAIR, message, where=self._setting.where)
        else:
            message = f"what the shortcode [{name}] shows is not known, and was left out"
            notice("wordpress.shortcode", Kind.LOSS, message, where=self._setting.where)


def _pairs(brackets: list[re.Match[str]]) -> dict[int, int]:
    """Return which brackets end which, by their places."""
    pairs: dict[int, int] = {}
    waiting: dict[str, list[int]] = {}
    for index, found in enumerate(brackets):
        if found["outer"] and found["closing"]:
            continue
        if found["end"]:
            if starts := waiting.get(found["name"]):
                pairs[starts.pop()] = index
        elif not found["rest"].endswith("/"):
            waiting.setdefault(found["name"], []).append(index)
    return pairs


def _arguments(rest: str) -> Arguments:
    values: dict[str, str] = {}
    for found in _ARGUMENT.finditer(rest.rstrip("/")):
        value = next(each for each in found.group("double", "single", "bare", "words", "word") if each is not None)
        values[(found["name"] or str(len(values))).lower()] = value
    return values


def _address(arguments: Arguments) -> str | None:
    """Return the address in values, whatever it is called."""
    for value in (*(arguments.get(name) for name in ("url", "src", "href", "link")), *arguments.values()):
        found = _WEB.search(unescape(value)) if value else None
        if found:
            return found[0]
    return None


# What shortcodes show

_Maker = Callable[[Arguments, str, Setting], str | None]


def _caption(arguments: Arguments, content: str, _: Setting) -> str | None:
    found = _PICTURE.match(content)
    words = arguments.get("caption") or (content[found.end() :] if found else "")
    shown = content[: found.end()] if found else content
    return f'<figure class="wp-caption">{shown}<figcaption>{words.strip()}</figcaption></figure>'


def _embed(arguments: Arguments, content: str, _: Setting) -> str | None:
    url = _address({"url": content}) or _address(arguments)
    return embed(url) if url else None


def _gallery(arguments: Arguments, _: str, setting: Setting) -> str | None:
    library = setting.library
    stated = arguments.get("ids") or arguments.get("include")
    numbers = re.findall(r"\d+", stated) if stated else library.children.get(setting.identity or "", [])
    known = [library.attachments[number] for number in numbers if number in library.attachments]
    if stated and len(known) < len(numbers):
        missing = ", ".join(number for number in numbers if number not in library.attachments)
        message = f"the files {missing} of a gallery are named by number alone, and were left out"
        setting.context.notice("wordpress.gallery", Kind.LOSS, message, where=setting.where)
        return gallery(known) if known else ""
    return gallery(known) if known else None


def _playlist(arguments: Arguments, content: str, setting: Setting) -> str | None:
    found = _gallery(arguments, content, setting)
    # Recordings are shown one below the other.
    return found.removeprefix("<figure>").removesuffix("</figure>") if found else found


def _recording(kind: str) -> _Maker:
    def made(arguments: Arguments, content: str, _: Setting) -> str | None:
        source = next((arguments[name] for name in _RECORDINGS if arguments.get(name)), None) or _address(arguments)
        if source is None:
            return None
        uri = unescape(source)
        if kind_of(uri) is None and _WEB.fullmatch(uri):
            return embed(uri) + content  # the page of a service
        return element(Attachment(uri=uri, kind=kind)) + content

    return made


def _service(pattern: str) -> _Maker:
    def made(arguments: Arguments, content: str, _: Setting) -> str | None:
        url = _address(arguments) or _address({"url": content})
        if url is None and pattern:
            number = arguments.get("id") or arguments.get("0") or content.strip()
            url = pattern.format(number) if re.fullmatch(r"[\w/-]+", number) else None
        return embed(url) if url else None

    return made


def _code(arguments: Arguments, content: str, _: Setting) -> str | None:
    language = arguments.get("language") or arguments.get("lang") or ""
    # Some editors save its signs escaped.
    text = escape(unescape(content), quote=False)
    return f'<pre class="language-{escape(language)}">{text}</pre>' if text.strip() else None


_MAKERS: Final[dict[str, _Maker]] = {
    "caption": _caption,
    "wp_caption": _caption,
    "embed": _embed,
    "gallery": _gallery,
    "playlist": _playlist,
    "audio": _recording("audio"),
    "video": _recording("video"),
    **{name: _service(pattern) for name, pattern in _SERVICES.items()},
    **dict.fromkeys(_CODE, _code),
}
