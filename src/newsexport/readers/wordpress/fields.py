"""The fields of a post in JSON, by the names that WordPress and common plug-ins give them."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Final

from newsexport.errors import Kind
from newsexport.kit.cms import Fields
from newsexport.kit.timestamps import zone
from newsexport.model import Author, Figure
from newsexport.readers.wordpress import blocks, moments
from newsexport.readers.wordpress.content import rendered, saved
from newsexport.readers.wordpress.library import Attachment, whole
from newsexport.readers.wordpress.options import WordPressOptions
from newsexport.readers.wordpress.posts import Post, address, lead
from newsexport.readers.wordpress.setting import Setting
from newsexport.spi import Context

_NO_TOPICS: Final = frozenset({"author", "nav_menu", "post_format"})
_NUMBERS: Final = frozenset({"author", "categories", "featured_media", "tags"})
_KEPT: Final = ("author", "format", "sticky", "template", "featured_media", "categories", "tags")
_USUAL: Final = frozenset({"standard", "false", "0", ""})


def post(fields: Fields, options: WordPressOptions, *, is_withdrawn: bool) -> Post:
    """Return what the fields of a post say.

    Args:
        fields: As the REST interface names them, or our hook.
        options: Of the reader.
        is_withdrawn: True when the post is told to be public no more.
    """
    status = fields.text("status") or "publish"
    excerpt = fields.fields("excerpt") if isinstance(fields.raw("excerpt"), dict) else None
    is_written = excerpt is not None and "raw" in excerpt
    return Post(
        where=fields.path,
        identity=fields.text("id"),
        slug=fields.text("slug"),
        guid=address(_html(fields, "guid")),
        link=address(fields.text("link")),
        status="trash" if is_withdrawn and status == "publish" else status,
        is_protected=bool(fields.text("password") or _is_hidden(fields)),
        title=_html(fields, "title"),
        excerpt=excerpt.characters("raw") if excerpt is not None and is_written else _html(fields, "excerpt"),
        is_written=is_written,
        content=_content(fields, options),
        published=_moment(fields, "date", options),
        modified=_moment(fields, "modified", options),
        authors=_authors(fields),
        keywords=_keywords(fields),
        language=options.language or _language(fields),
        lead=_lead(fields),
        extra=_extra(fields),
    )


def _html(fields: Fields, name: str) -> str:
    """Return a text that is one in hooks, and an object of its forms in REST: as its author wrote it, where that is."""
    if isinstance(fields.raw(name), str):
        return fields.characters(name)
    forms = fields.fields(name)
    return forms.characters("raw") or forms.characters("rendered")


def _is_hidden(fields: Fields) -> bool:
    content = fields.raw("content")
    return isinstance(content, dict) and content.get("protected") is True


def _moment(fields: Fields, name: str, options: WordPressOptions) -> datetime | None:
    stated = moments.utc(fields.text(f"{name}_gmt"), fields.where(f"{name}_gmt"), fields.context)
    if stated is not None or f"{name}_gmt" in fields:
        return stated
    site = zone(options.zone) if options.zone else None
    return moments.local(fields.text(name), site, fields.where(name), fields.context)


# The text


def _content(fields: Fields, options: WordPressOptions) -> str:
    """Return the text as HTML: what was saved says more than what is shown, as long as it says all of it."""
    forms = fields.fields("content") if isinstance(fields.raw("content"), dict) else Fields({}, fields.context)
    raw = forms.characters("raw") or fields.characters("content_raw")
    shown = forms.characters("rendered") or ("" if forms else fields.characters("content"))
    is_asked = options.content == "raw" or not shown
    if raw and (is_asked or (options.content == "auto" and blocks.are_in(raw))):
        # What is said of the saved form counts only if that form is taken.
        trial = Context(limits=fields.context.limits)
        notes = fields.fields("meta").text("footnotes")
        setting = Setting(trial, fields.where("content"), identity=fields.text("id"), footnotes=notes)
        html = saved(raw, setting)
        if is_asked or not setting.is_incomplete:
            for notice in trial.notices:
                fields.context.notice(notice.code, notice.kind, notice.message, where=notice.where)
            return html
        message = "the text was read as the server shows it: blocks in it show what was not saved with it"
        fields.notice("wordpress.content-rendered", Kind.INFO, message, "content")
    return rendered(shown, Setting(fields.context, fields.where("content")))


# Who, about what, and what the system keeps


def _authors(fields: Fields) -> tuple[Author, ...]:
    """Return the authors: those that a plug-in for several keeps as terms, else the one of WordPress."""
    several = [term for term in _terms(fields) if term.text("taxonomy") == "author"]
    known = several or fields.fields("_embedded").each("author")
    # One that may not be seen is an error here, without a name.
    found = [Author(name, uri=address(each.text("link"))) for each in known if (name := address(each.text("name")))]
    if found:
        return tuple(found)
    name = address(fields.fields("yoast_head_json").text("author"))
    return (Author(name),) if name else ()


def _terms(fields: Fields) -> list[Fields]:
    groups = enumerate(fields.fields("_embedded").items("wp:term"))
    place = fields.where("_embedded")
    holder = Fields({f"wp:term[{index}]": group for index, group in groups}, fields.context, place)
    return [term for name in holder.values for term in holder.each(name)]


def _keywords(fields: Fields) -> tuple[str, ...]:
    terms = (term.text("name") for term in _terms(fields) if term.text("taxonomy") not in _NO_TOPICS)
    # Hooks name categories and tags, REST numbers them.
    named = (each for name in ("categories", "tags") for each in fields.items(name) if isinstance(each, str))
    return tuple(topic for topic in (*terms, *named) if topic)


def _language(fields: Fields) -> str | None:
    """Return the language as plug-ins for several languages state it, or for search engines."""
    return fields.text("lang") or fields.text("locale") or fields.fields("yoast_head_json").text("og_locale")


def _lead(fields: Fields) -> Figure | None:
    """Return the featured picture; its number alone leads to none."""
    number = fields.text("featured_media")
    if not number or number == "0":
        return None
    media = next(iter(fields.fields("_embedded").each("wp:featuredmedia")), Fields({}, fields.context))
    shared = next(iter(fields.fields("yoast_head_json").each("og_image")), media)
    uri = media.text("source_url") or fields.text("jetpack_featured_media_url") or shared.text("url")
    if uri is None:
        return None
    details = media.fields("media_details")
    picture = details.fields("image_meta")
    attachment = Attachment(
        uri=uri,
        kind=(media.text("mime_type") or "image").partition("/")[0],
        alt=escape(media.text("alt_text") or ""),
        caption=_html(media, "caption"),
        credit=picture.text("credit") or "",
        copyright_notice=picture.text("copyright") or "",
        taken=whole(picture.text("created_timestamp")),
        width=details.pixels("width"),
        height=details.pixels("height"),
    )
    return lead(attachment, number, fields.context, media.path or fields.where("featured_media"))


def _extra(fields: Fields) -> dict[str, str]:
    """Return what is WordPress's own, and the house's own fields; tell of numbers that nothing is known behind."""
    values = {name: fields.raw(name) for name in _KEPT if name in fields}
    numbers = {name: each for name, each in values.items() if name in _NUMBERS and _shown(each)}
    if numbers and not fields.fields("_embedded"):
        listed = "; ".join(f"{name} {_shown(each)}" for name, each in numbers.items())
        message = f"these are named by number alone ({listed}): fetch the post with ?_embed to have them"
        fields.notice("wordpress.not-embedded", Kind.INFO, message)
    for group in ("acf", "meta"):
        values |= {f"{group}.{name}": each for name, each in fields.fields(group).values.items() if name != "footnotes"}
    for name, each in values.items():
        if isinstance(each, dict) or (isinstance(each, list) and any(isinstance(part, dict | list) for part in each)):
            message = f"the custom field {name} holds more than a value, and was left out"
            fields.notice("wordpress.custom-field", Kind.LOSS, message, name)
    return {f"wordpress:{name}": shown for name, each in values.items() if (shown := _shown(each))}


def _shown(value: object) -> str:
    """Return a value that is not the usual one as text; empty for others, and for what is no value."""
    if isinstance(value, list):
        return ",".join(str(each) for each in value if isinstance(each, int) and not isinstance(each, bool))
    text = str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, str | int | float) else ""
    return "" if text in _USUAL else text
