"""A post of WordPress, whichever way it came, to an article."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from typing import Final

from msgspec import Struct, structs

from newsexport.errors import Kind
from newsexport.kit import cms, html
from newsexport.kit.desk import Copy, read_copy, read_published
from newsexport.model import Article, Audio, Author, Block, Embargo, Figure, Image, Inline, Media, Video
from newsexport.model.canonical import LANGUAGE_TAG
from newsexport.model.walk import block_text, plain_text, records, words
from newsexport.readers.wordpress import classic
from newsexport.readers.wordpress.library import Attachment
from newsexport.spi import Context, Parsed

_URI: Final = re.compile(r"(?:https?://|urn:|tag:)[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_SIZED: Final = re.compile(r"-\d{1,5}x\d{1,5}(?=\.[a-z]{3,4}$)|-scaled(?=\.[a-z]{3,4}$)", re.IGNORECASE)
# Titles may hold markup, and words in angle brackets that are none.
_NO_MARKUP: Final = re.compile(
    r"<(?!/?(?:a|abbr|b|bdi|bdo|br|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|u|var)"
    r"(?:\s[^<>]*)?/?>)",
    re.IGNORECASE,
)
_MORE: Final = ("[…]", "[...]")
_MORE_LINK: Final = re.compile(r"<a\b[^<>]*\bmore-link\b", re.IGNORECASE)


class Post(Struct, kw_only=True):
    """What a post says of itself.

    Attributes:
        where: Its place in the input; empty for the whole.
        identity: Its number.
        slug: Its name in addresses.
        guid: Its permanent name.
        link: Where it is on the web.
        status: ``publish``, ``future``, ``draft``, ``pending``, ``private``, ``trash``.
        is_protected: True when readers need a password.
        title: HTML.
        excerpt: HTML.
        is_written: True when the excerpt is known to be written by hand.
        content: HTML.
        published: The moment it is dated at.
        modified: When it was last changed.
        authors: As displayed.
        keywords: Names of its categories and tags.
        language: As stated.
        lead: The picture above it.
        extra: What is the system's own.
    """

    where: str = ""
    identity: str | None = None
    slug: str | None = None
    guid: str | None = None
    link: str | None = None
    status: str = "publish"
    is_protected: bool = False
    title: str = ""
    excerpt: str = ""
    is_written: bool = False
    content: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    authors: tuple[Author, ...] = ()
    keywords: tuple[str, ...] = ()
    language: str | None = None
    lead: Figure | None = None
    extra: dict[str, str] = {}


def parsed(post: Post, context: Context, *, base: str | None = None) -> Parsed:
    """Return the article that a post is.

    Args:
        post: What it says.
        context: Hears what is guessed or left out.
        base: What relative links are relative to, where the post does not say where it is.
    """
    language = _language(post, context)
    fragment = html.blocks(post.content, context, base=_web(post.link) or base, language=language)
    is_public = post.status == "publish"
    take = read_published if is_public else read_copy
    copy = take(fragment.blocks, language, context)
    article = Article(
        guid=_guid(post),
        alt_ids=_alt_ids(post),
        canonical_url=_web(post.link) if is_public else None,
        headline=html.inlines(_NO_MARKUP.sub("&lt;", post.title), context),
        body=copy.body,
        byline=cms.byline([author.name for author in post.authors], language) or copy.byline,
        authors=post.authors or copy.authors,
        dateline=copy.dateline,
        corrections=copy.corrections,
        keywords=_keywords(post),
        language=language or "",
        extra=post.extra,
    )
    article = structs.replace(_dated(article, post), standfirst=_standfirst(post, fragment.blocks, context))
    return Parsed((_led(_released(article, post, copy, context), post.lead),), fragment.assets)


def lead(attachment: Attachment, number: str, context: Context, where: str | None = None) -> Figure:
    """Return the figure of the file that stands above a post."""
    taken = None
    if attachment.taken:
        taken = datetime.fromtimestamp(attachment.taken, UTC)
        message = f"the clock of the camera states no offset from UTC: {taken.isoformat()} was taken"
        context.notice("date.zone-assumed", Kind.GUESS, message, where=where)
    kinds: dict[str | None, type[Media]] = {"audio": Audio, "video": Video}
    kind = kinds.get(attachment.kind, Image)
    media = kind(
        attachment.uri,
        alt=html.plain(attachment.alt, context) or None,
        credit=attachment.credit or None,
        copyright_notice=attachment.copyright_notice or None,
        asset_id=number,
        created=taken,
        width=attachment.width,
        height=attachment.height,
    )
    return Figure(media, html.inlines(attachment.caption, context))


def address(value: str | None) -> str | None:
    """Return an address that is escaped as HTML, as WordPress writes them."""
    return unescape(value).strip() or None if value else None


def _web(link: str | None) -> str | None:
    return link if link and link.lower().startswith(("http://", "https://")) else None


def _guid(post: Post) -> str:
    return post.guid if post.guid and _URI.fullmatch(post.guid) else ""


def _alt_ids(post: Post) -> dict[str, str]:
    names = {"wordpress": post.identity, "wordpress:slug": post.slug}
    return {name: value for name, value in names.items() if value}


def _keywords(post: Post) -> tuple[str, ...]:
    names = (unescape(keyword).strip() for keyword in post.keywords)
    # The category of what was put into none.
    return tuple(dict.fromkeys(name for name in names if name and name.casefold() != "uncategorized"))


def _language(post: Post, context: Context) -> str | None:
    stated = (post.language or "").strip().replace("_", "-")
    if stated and not LANGUAGE_TAG.fullmatch(stated):
        context.notice("language.invalid", Kind.REPAIR, f"{stated[:40]!r} is no language tag", where=post.where or None)
        return None
    return stated or None


def _dated(article: Article, post: Post) -> Article:
    """Return the article with its dates: only a post that is public has been published."""
    dated, modified = post.published, post.modified
    if post.status != "publish":
        # A post that was scheduled and never touched again bears its date as that of its change.
        is_known = modified is not None and (post.status != "future" or dated is None or modified < dated)
        return structs.replace(article, version_created=modified) if is_known else article
    is_changed = dated is not None and modified is not None and modified > dated
    version = modified if is_changed or dated is None else dated
    return structs.replace(article, published=dated, updated=modified if is_changed else None, version_created=version)


# Whether it may be published


def _released(article: Article, post: Post, copy: Copy, context: Context) -> Article:
    """Return the article with what keeps it from being published."""
    where = post.where or None
    embargo = copy.embargo
    if post.status == "future":
        embargo = Embargo(post.published, None)
    if post.is_protected:
        if post.content.strip():
            message = "readers need a password for this post: it is withheld"
            context.notice("wordpress.protected", Kind.INFO, message, where=where)
        else:
            message = "readers need a password for this post, and its words did not come with it"
            context.notice("wordpress.protected-empty", Kind.LOSS, message, where=where)
    is_usable = post.status == "publish" and not post.is_protected and not copy.held
    return structs.replace(article, embargo=embargo, pub_status="usable" if is_usable else "withheld")


# The excerpt, the picture above


def _standfirst(post: Post, body: tuple[Block, ...], context: Context) -> tuple[Inline, ...]:
    """Return the excerpt when somebody wrote it; WordPress makes one of the first words otherwise."""
    if not post.excerpt.strip():
        return ()
    found = html.inlines(classic.broken(post.excerpt), context)
    if post.is_written:
        return found
    if _MORE_LINK.search(post.excerpt) or plain_text(found).rstrip().endswith(_MORE):
        return ()
    own = words(plain_text(found))
    running = tuple(block for block in body if not isinstance(block, Figure))
    starts = (words(" ".join(map(block_text, blocks)))[: len(own)] for blocks in (body, running))
    return () if own in starts else found


def _led(article: Article, lead: Figure | None) -> Article:
    """Return the article with the picture above it, unless the body shows it in another size."""
    if lead is None:
        return article
    shown = {_SIZED.sub("", record.uri) for _, record in records(article.body) if isinstance(record, Image)}
    return article if _SIZED.sub("", lead.media.uri) in shown else cms.with_lead(article, lead)
