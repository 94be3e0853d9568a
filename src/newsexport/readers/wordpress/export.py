"""From the export of a site to articles, in two ways through it: what posts refer to, then the posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import BinaryIO, Final

from newsexport.errors import InputError, Kind, LimitError
from newsexport.kit.timestamps import zone
from newsexport.model import Author, Figure
from newsexport.readers.wordpress import moments, php
from newsexport.readers.wordpress.content import saved
from newsexport.readers.wordpress.items import Item, Site, items
from newsexport.readers.wordpress.library import Attachment, Library, kind_of, whole
from newsexport.readers.wordpress.options import WxrOptions
from newsexport.readers.wordpress.posts import Post, address, lead, parsed
from newsexport.readers.wordpress.setting import Setting
from newsexport.spi import Context, Parsed

_NO_TOPICS: Final = frozenset({"author", "nav_menu", "post_format"})
_MOST_FILES: Final = 200_000
_MOST_SHARED: Final = 16 * 1024 * 1024


def articles(stream: BinaryIO, options: WxrOptions, context: Context) -> Iterator[Parsed]:
    """Yield the articles of the posts; pictures that they name by number are known if the stream can be read twice.

    Raises:
        InputError: the input is no export, or there is no post in it.
    """
    if not stream.seekable():
        return _Export(options, Library(), context).articles(stream)
    library, types = _survey(stream, context)
    left = {kind: count for kind, count in types.items() if kind not in options.types}
    if left:
        listed = ", ".join(f"{kind} ({count})" for kind, count in sorted(left.items()))
        message = f"only {', '.join(options.types)} is read of the export; these are in it as well: {listed}"
        context.notice("wxr.types", Kind.INFO, message)
    return _Export(options, library, context).articles(stream)


def _survey(stream: BinaryIO, context: Context) -> tuple[Library, Counter[str]]:
    """Return what posts may name by number, and how many items of which type there are; go back to the beginning."""
    library, types = Library(), Counter[str]()
    start = stream.tell()
    shared = 0
    try:
        for item in items(stream, Site(), Context(limits=context.limits)):
            kind, number = item.stripped("post_type"), item.stripped("post_id")
            types[kind or "none"] += 1
            if kind == "attachment" and len(library.attachments) < _MOST_FILES:
                library.add(number, item.stripped("post_parent"), _attachment(item))
            elif kind == "wp_block" and shared < _MOST_SHARED:
                library.blocks[number] = item.fields.get("content", "")
                shared += len(library.blocks[number])
    except LimitError:
        pass  # the way through the articles tells of it, after those before it
    stream.seek(start)
    return library, types


def _attachment(item: Item) -> Attachment:
    details = item.meta.get("_wp_attachment_metadata", "")
    uri = item.stripped("attachment_url") or address(item.stripped("guid")) or ""
    return Attachment(
        uri=uri,
        kind=kind_of(uri),
        title=item.stripped("title"),
        alt=item.meta.get("_wp_attachment_image_alt", "").strip(),
        caption=item.stripped("excerpt"),
        credit=php.text(details, "credit"),
        copyright_notice=php.text(details, "copyright"),
        taken=whole(php.text(details, "created_timestamp")),
        width=whole(php.text(details, "width")),
        height=whole(php.text(details, "height")),
    )


class _Export:
    """One way through an export."""

    def __init__(self, options: WxrOptions, library: Library, context: Context) -> None:
        self._options = options
        self._library = library
        self._context = context
        self._site = Site()
        self._zone = zone(options.zone) if options.zone else None

    def articles(self, stream: BinaryIO) -> Iterator[Parsed]:
        """Yield the articles."""
        first: InputError | None = None
        is_any_read = False
        for item in items(stream, self._site, self._context):
            try:
                found = self._article(item)
            except InputError as error:
                first = first or error
                self._context.notice("cms.article-unreadable", Kind.LOSS, error.message, where=item.where)
                continue
            if found is not None:
                is_any_read = True
                yield found
        if not is_any_read:
            hint = f"{', '.join(self._options.types)} was looked for; other types are read with types=page,..."
            raise first or InputError("there is no post in the export", hint)

    def _article(self, item: Item) -> Parsed | None:
        kind = item.stripped("post_type")
        if not kind:
            raise InputError("the item does not say what type of post it is: it is cut off, or of a feed")
        return parsed(self._post(item), self._context, base=self._site.url) if kind in self._options.types else None

    def _post(self, item: Item) -> Post:
        identity = item.stripped("post_id") or None
        setting = Setting(
            self._context,
            item.where,
            library=self._library,
            identity=identity,
            footnotes=item.meta.get("footnotes"),
        )
        return Post(
            where=item.where,
            identity=identity,
            slug=item.stripped("post_name") or None,
            guid=address(item.stripped("guid")),
            link=address(item.stripped("link")),
            # One that does not say is none that may be published.
            status=item.stripped("status") or "draft",
            is_protected=bool(item.stripped("post_password")),
            title=item.stripped("title"),
            excerpt=item.stripped("excerpt"),
            is_written=True,
            content=saved(item.fields.get("content", ""), setting),
            published=self._published(item),
            modified=self._moment(item, "post_modified"),
            authors=self._authors(item),
            keywords=tuple(term.name for term in item.terms if term.domain not in _NO_TOPICS),
            language=self._options.language or self._site.fields.get("language"),
            lead=self._lead(item),
            extra=self._extra(item),
        )

    def _published(self, item: Item) -> datetime | None:
        stated = self._moment(item, "post_date") or moments.utc(item.fields.get("pubDate"), item.where, self._context)
        if stated is None and self._zone is None and item.stripped("status") in {"publish", "future"}:
            moments.local(item.fields.get("post_date"), None, item.where, self._context)
        return stated

    def _moment(self, item: Item, name: str) -> datetime | None:
        stated = moments.utc(item.fields.get(f"{name}_gmt"), item.where, self._context)
        if stated is None and self._zone is not None:
            return moments.local(item.fields.get(name), self._zone, item.where, self._context)
        return stated

    def _authors(self, item: Item) -> tuple[Author, ...]:
        several = [term.name for term in item.terms if term.domain == "author"]
        if several:
            return tuple(Author(unescape(name)) for name in several if name)
        login = item.stripped("creator")
        if not login:
            return ()
        displayed = self._site.authors.get(login.casefold())
        if displayed is None:
            message = f"{login!r} was taken for the author's name; it may be the name the author logs in with"
            self._context.notice("wxr.author-guessed", Kind.GUESS, message, where=item.where)
        return (Author(displayed or login),)

    def _lead(self, item: Item) -> Figure | None:
        number = item.meta.get("_thumbnail_id", "").strip()
        if not number.isdecimal() or number == "0":
            return None
        attachment = self._library.attachments.get(number)
        if attachment is None:
            message = f"the picture above the post is number {number}, which is not in the export"
            self._context.notice("wxr.picture-unknown", Kind.LOSS, message, where=item.where)
            return None
        return lead(attachment, number, self._context, item.where)

    def _extra(self, item: Item) -> dict[str, str]:
        formats = (term.slug.removeprefix("post-format-") for term in item.terms if term.domain == "post_format")
        kind = item.stripped("post_type")
        values = {
            "wxr:site": self._site.fields.get("title"),
            "wordpress:format": next(formats, None),
            "wordpress:sticky": "true" if item.stripped("is_sticky") == "1" else None,
            "wordpress:type": kind if kind != "post" else None,
        }
        return {name: value for name, value in values.items() if value}
