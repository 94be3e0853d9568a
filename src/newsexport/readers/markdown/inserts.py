"""What shortcodes become: figures, players, quotations, boxes; of the others the words alone are kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from msgspec import structs

from newsexport.errors import Kind
from newsexport.kit.html import Builder
from newsexport.kit.html.embeds import provider
from newsexport.model import Audio, Embed, Inline, LineBreak, Media, Paragraph, Video
from newsexport.readers.markdown.shortcodes import Shortcode

if TYPE_CHECKING:
    from newsexport.readers.markdown.tokens import Teller

# Where readers find what a service shows, by its identifier there.
_SERVICES: Final = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "yt": "https://www.youtube.com/watch?v={}",
    "youtubepl": "https://www.youtube.com/playlist?list={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "tweet": "https://x.com/i/status/{}",
    "twitter": "https://x.com/i/status/{}",
    "x": "https://x.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "tiktok": "https://www.tiktok.com/@/video/{}",
    "gist": "https://gist.github.com/{}",
    "ted": "https://www.ted.com/talks/{}",
    "datawrapper": "https://datawrapper.dwcdn.net/{}/",
    "flourish": "https://flo.uri.sh/visualisation/{}/embed",
    **dict.fromkeys(
        ("audio", "bluesky", "codepen", "embed", "facebook", "iframe", "map", "mastodon", "oembed", "soundcloud",
         "spotify", "threads", "video"),
        "{}",
    ),
}  # fmt: skip
# Of these the identifier has two parts, the account first.
_ACCOUNTS: Final = {
    **dict.fromkeys(("tweet", "twitter", "x"), "https://x.com/{}/status/{}"),
    "gist": "https://gist.github.com/{}/{}",
    "tiktok": "https://www.tiktok.com/@{}/video/{}",
}
_PICTURE: Final = re.compile(r"(?:^|-)(?:img|image|images|figure|fig|photo|picture|pic|screenshot|infographic)(?:$|-)")
_PICTURE_FILE: Final = re.compile(r"\.(?:avif|bmp|gif|jpe?g|png|svg|tiff?|webp)(?:$|\?)", re.IGNORECASE)
# A path without a suffix may be the key of a picture.
_PICTURE_OR_NAME: Final = re.compile(rf"{_PICTURE_FILE.pattern}|^(?:[^.?]|\.\.?/)+$", re.IGNORECASE)
_SOURCES: Final = ("src", "image", "img")
_FILES: Final = ("file", "path", "filename", "uid", "url")
_RECORDING: Final = re.compile(r"(?:^|-)(?:video|(?P<audio>audio))(?:$|-)")
_RECORDING_FILE: Final = re.compile(
    r"\.(?:mp4|webm|mov|m4v|ogv|(?P<audio>mp3|m4a|ogg|oga|opus|wav|aac))(?:$|\?)", re.IGNORECASE
)
_QUOTE: Final = re.compile(r"quote(?:$|-)")
_BOX: Final = re.compile(
    r"(?:^|-)(?:admonition|alert|aside|box|callout|caution|danger|details|expand|fact|factbox|hint|important|info|"
    r"infobox|note|notice|sidebar|tip|warning)(?:$|-)"
)
_FACTS: Final = re.compile(r"fact|info-?box")
_IDENTIFIER: Final = re.compile(r"[\w.~:/?#@!$&'()*+,;=%-]+")
_WEB: Final = re.compile(r"https?://\S+", re.IGNORECASE)
# Values that say how something looks, however many words they have.
_LOOKS: Final = frozenset({
    "align", "allow", "attrs", "class", "classes", "css", "height", "id", "layout", "loading", "options", "params",
    "position", "rel", "size", "sizes", "srcset", "style", "target", "type", "width",
})  # fmt: skip
# Values that are words, however few.
_TEXTS: Final = frozenset({
    "alt", "attribution", "author", "body", "caption", "cite", "content", "credit", "description", "heading", "intro",
    "label", "quote", "summary", "text", "title",
})  # fmt: skip
# What gives no word and no picture on any site.
_SILENT: Final = frozenset({"break", "clear", "clearfix", "else", "elsif", "hr", "more", "newpage", "pagebreak", "toc"})


class _Given:
    """The arguments of a shortcode; those that were taken are gone.

    Attributes:
        is_kept: True when words among them were kept as paragraphs.
    """

    def __init__(self, call: Shortcode) -> None:
        self.name = call.name
        self.arguments = call.arguments
        self.positional = list(call.positional)
        self.is_kept = False
        self._named = dict(call.named)

    def take(self, *names: str) -> str:
        """Take the first argument of these names that says something."""
        found = next((name for name in names if self._named.get(name, "").strip()), None)
        return self._named.pop(found).strip() if found else ""

    def peek(self, name: str) -> str:
        """Return an argument without taking it."""
        return self._named.get(name, "")

    def stated(self, name: str) -> str | None:
        """Take an argument that may be empty on purpose."""
        return self._named.pop(name, None)

    def first(self, *names: str) -> str:
        """Take an argument by its name, or the first one without a name."""
        return self.take(*names) or (self.positional.pop(0).strip() if self.positional else "")

    def prose(self) -> str:
        """Take the first argument without a name that reads like prose."""
        found = next((value for value in self.positional if _is_prose(value)), None)
        if found is not None:
            self.positional.remove(found)
        return found or ""

    def picture(self) -> str:
        """Take the address of a picture; other files are none, unless the shortcode is named after pictures."""
        is_named = bool(_PICTURE.search(self.name))
        for names, pattern in ((_SOURCES, _PICTURE_OR_NAME), (_FILES, _PICTURE_FILE)):
            found = next((name for name in names if self._named.get(name, "").strip()), None)
            if found is not None and (is_named or pattern.search(self._named[found])):
                return self._named.pop(found).strip()
        if self.positional and (is_named or _PICTURE_FILE.search(self.positional[0])):
            return self.positional.pop(0).strip()
        return ""

    def rest(self) -> Iterator[tuple[str, str]]:
        """Yield the arguments that are left, with their names."""
        yield from ((name, value) for name, value in self._named.items() if name not in _LOOKS)
        yield from (("", value) for value in self.positional)


def tell(call: Shortcode, teller: Teller, builder: Builder) -> None:
    """Tell a builder of what a shortcode stands for."""
    given = _Given(call)
    is_told = any(make(given, teller, builder) for make in _MAKERS)
    lost = _words(given, teller, builder)
    if is_told and lost:
        message = f"of the shortcode {call.name!r} the address {lost[0][:200]} was left out"
        teller.notice("markdown.shortcode", Kind.LOSS, message)
    elif not is_told and call.name not in teller.ended | _SILENT and not given.is_kept:
        source = " ".join(call.source.split())
        teller.notice("markdown.shortcode", Kind.LOSS, f"the shortcode {source[:80]} was left out")


def open_around(call: Shortcode, teller: Teller, builder: Builder) -> Callable[[Builder], None]:
    """Tell a builder of a shortcode with blocks in it; return what closes it."""
    given = _Given(call)
    if _QUOTE.search(call.name):
        return _quote_around(given, teller, builder)
    if "gallery" in call.name:
        builder.start("figure", {})
        _line("figcaption", given.take("title", "caption") or given.prose(), teller, builder)
        return lambda builder: builder.end("figure")
    if _BOX.search(call.name) and not _PICTURE.search(call.name):
        builder.start("aside", {"class": "factbox" if _FACTS.search(call.name) else ""})
        title = given.take("title", "heading", "header", "summary", "label") or given.prose()
        _line("summary", title, teller, builder)
        _words(given, teller, builder)
        return lambda builder: builder.end("aside")
    tell(call, teller, builder)
    return lambda _: None


# Quotations


def _quotation(given: _Given, teller: Teller, builder: Builder) -> bool:
    if not _QUOTE.search(given.name):
        return False
    words = given.take("text", "quote", "content", "body") or given.prose()
    if words:
        close = _quote_around(given, teller, builder)
        _line("p", words, teller, builder)
        close(builder)
    return bool(words)


def _quote_around(given: _Given, teller: Teller, builder: Builder) -> Callable[[Builder], None]:
    address = given.take("link", "url", "href", "cite-url", "source-url")
    by = given.take("cite", "author", "attribution", "by", "speaker", "name", "who")
    source = given.take("source", "title", "role")
    if not by and given.positional:
        # Jekyll and Hexo: {% blockquote Jane Roe, The Book https://example.com/ %}
        given.positional = []
        words = given.arguments.replace('"', "").split()
        address = address or next(filter(_WEB.fullmatch, words), "")
        by = " ".join(word for word in words if not _WEB.fullmatch(word))
    # A class that says so makes it a pull quote.
    builder.start("blockquote", {"class": "pull-quote" if "pull" in given.name else "", "cite": address})

    def close(builder: Builder) -> None:
        _line("footer", ", ".join(filter(None, (by, source))), teller, builder)
        _words(given, teller, builder)
        builder.end("blockquote")

    return close


# Pictures, films, recordings


def _picture(given: _Given, teller: Teller, builder: Builder) -> bool:
    source = given.picture()
    if not source:
        return False
    named = {name: given.stated(name) for name in ("alt", "width", "height")}
    if named["alt"] is None:
        # Eleventy: {% image "a.jpg", "A ship" %}
        named["alt"] = given.prose() or None
    attributes = {name: value for name, value in named.items() if value is not None}
    media = teller.shown({"src": source, **attributes}, builder)
    if media is None:
        builder.text(named["alt"] or "")
        return bool(named["alt"])
    _media(media, given, teller, builder)
    return True


def _recording(given: _Given, teller: Teller, builder: Builder) -> bool:
    found = _RECORDING.search(given.name) or _RECORDING_FILE.search(given.peek("src"))
    source = given.first("src", "url", "file", "mp4", "webm", "ogg", "mp3", "path", "href") if found else ""
    if found is None or not source or not _IDENTIFIER.fullmatch(source):
        return False
    if provider(source):
        return _embed(source, given, teller, builder)
    kind = Audio if found["audio"] else Video
    alt = given.take("alt") or None
    _media(kind(teller.media_address(source), alt=alt), given, teller, builder)
    return True


def _media(media: Media, given: _Given, teller: Teller, builder: Builder) -> None:
    """Tell of a medium with the caption, credit and link that its shortcode states."""
    caption, title = given.take("caption", "desc", "description"), given.take("title")
    credit = given.take("attr", "attribution", "credit", "credits", "photographer", "copyright", "author", "source")
    media = structs.replace(media, credit=credit or None, headline=title if title and caption else None)
    link = given.take("link", "href")
    builder.start("a", {"href": link or None})
    builder.media(media, teller.inlines(caption or title))
    builder.end("a")


# What lives elsewhere


def _service(given: _Given, teller: Teller, builder: Builder) -> bool:
    parts = given.name.split("-")
    name = next((each for each in (given.name, parts[0]) if each in _SERVICES), None)
    if name is None:
        return False
    account = given.take("user", "username", "account")
    if not account and len(given.positional) > 1 and name in _ACCOUNTS:
        account = given.positional.pop(0)
    identifier = given.first("id", "url", "src", "link", "href", "code", "slug", "v")
    if not identifier or not _IDENTIFIER.fullmatch(identifier):
        return False
    if _WEB.match(identifier):
        url = identifier
    elif account:
        url = _ACCOUNTS[name].format(account.lstrip("@"), identifier) if name in _ACCOUNTS else ""
    else:
        url = _SERVICES[name].format(identifier)
    return bool(_WEB.fullmatch(url)) and _embed(url, given, teller, builder)


def _embed(url: str, given: _Given, teller: Teller, builder: Builder) -> bool:
    title = given.take("title", "label", "alt") or None
    caption: tuple[Inline, ...] = teller.inlines(given.take("caption", "description"))
    fallback = (Paragraph(caption),) if caption else ()
    builder.block(Embed(url, provider=provider(url), title=title, fallback=fallback))
    return True


# Lines and words


def _break(given: _Given, _: Teller, builder: Builder) -> bool:
    is_break = given.name in {"br", "newline", "linebreak", "line-break"}
    if is_break:
        builder.inline(LineBreak())
    return is_break


def _words(given: _Given, teller: Teller, builder: Builder) -> list[str]:
    """Tell of what reads like prose among the arguments that are left, with the links of buttons.

    Returns:
        The addresses that no words belong to.
    """
    rest = list(given.rest())
    addresses = {name: value for name, value in rest if _WEB.fullmatch(value)}
    for name, value in rest:
        stem = re.sub(r"-?(?:text|label|title)$", "", name)
        key = next((key for key in addresses if stem and key.startswith(stem) and key != name), None)
        if name in addresses or not (key or _is_prose(value) or (name in _TEXTS and value.strip())):
            continue
        _line("p", value, teller, builder, href=addresses.pop(key) if key else None)
        given.is_kept = True
    if given.is_kept:
        message = f"the words of the shortcode {given.name!r} were kept as paragraphs"
        teller.notice("markdown.shortcode-words", Kind.REPAIR, message)
    return list(addresses.values())


def _is_prose(value: str) -> bool:
    """Tell whether a value has several words."""
    words = [word for word in value.split() if any(map(str.isalpha, word))]
    return len(words) > 1 and max(map(len, words)) > 1


def _line(tag: str, words: str, teller: Teller, builder: Builder, href: str | None = None) -> None:
    if words:
        builder.start(tag, {})
        builder.start("a", {"href": href})
        teller.words(words, builder)
        builder.end("a")
        builder.end(tag)


_MAKERS: Final[tuple[Callable[[_Given, Teller, Builder], bool], ...]] = (
    _break,
    _quotation,
    _recording,
    _service,
    _picture,
)
