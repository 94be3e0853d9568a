"""What fields of front matter mean: an article's own names, and those of Hugo, Jekyll, Eleventy, Pelican, Quarto."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from newsexport.errors import InputError, Kind
from newsexport.kit.cms import byline as joined
from newsexport.kit.desk.bylines import authors
from newsexport.kit.desk.conventions import in_order
from newsexport.model import Article, Author, Figure
from newsexport.model.canonical import LANGUAGE_TAG
from newsexport.readers.markdown.moments import Moments
from newsexport.readers.markdown.people import authors_of, is_told, names_in
from newsexport.readers.markdown.plain_yaml import Field, Stated
from newsexport.readers.markdown.records import Unfit, dateline, is_uri, related, typed
from newsexport.readers.markdown.values import is_empty, plain, shown, texts, truth

if TYPE_CHECKING:
    from newsexport.readers.markdown.tokens import Teller

# Names besides an article's own, the one that says most first. What another of them says is kept in `extra`.
_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "headline": ("title",),
    "kicker": ("eyebrow", "overline"),
    "standfirst": ("subtitle", "deck", "dek", "summary", "description", "abstract", "excerpt"),
    "published": ("publishdate", "pubdate", "datepublished", "date"),
    "updated": ("lastmod", "lastmodified", "lastmodifiedat", "modified", "datemodified", "dateupdated"),
    "first_created": ("created", "datecreated"),
    "expires": ("expirydate", "expirationdate", "unpublishdate"),
    "embargo": ("embargoed", "embargoeduntil", "embargountil"),
    "language": ("lang", "locale", "languagecode"),
    "guid": ("uuid", "id"),
    "canonical_url": ("canonical", "permalink", "url"),
    "located": ("location", "place"),
    "info_sources": ("source", "sources"),
    "related": ("sourceurl", "originalurl"),
    "provider": ("publisher",),
    "credit_line": ("credit",),
    "copyright_notice": ("copyright",),
    "usage_terms": ("license", "licence", "rights"),
}
_KEYWORDS: Final = ("keywords", "tags", "tag", "topics", "topic", "categories", "category", "section", "sections")
_AUTHORS: Final = ("authors", "author")
_PICTURES: Final = (
    "images", "image", "cover", "coverimage", "featuredimage", "featureimage", "primaryimage", "headerimage",
    "heroimage", "hero", "header", "banner", "teaser", "thumbnail", "thumb",
)  # fmt: skip
_SOURCES: Final = (
    "src", "url", "path", "image", "overlayimage", "uid", "file", "filename", "uri", "href", "teaser", "name",
)  # fmt: skip
# Fields beside a picture's: ``image_alt``.
_BESIDE: Final = ("alt", "alttext", "caption", "credit")
_OF_PICTURES: Final = frozenset({*_SOURCES, *_BESIDE, "width", "height"})
# Read in ways of their own, or never found in front matter.
_OTHERS: Final = frozenset({"alt_ids", "authors", "body", "extra", "images", "keywords", "pub_status"})

_STATUS: Final = {
    **dict.fromkeys(("published", "publish", "public", "live", "usable", "final"), "usable"),
    **dict.fromkeys(("canceled", "cancelled", "killed", "kill"), "canceled"),
    **dict.fromkeys(
        ("draft", "future", "hidden", "pending", "private", "scheduled", "skip", "trash", "unpublished", "withheld"),
        "withheld",
    ),
}
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_WEB: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_NOTICE: Final = re.compile(r"©|\(c\)|copyright|rights|\d{4}", re.IGNORECASE)


class Facts(Struct, frozen=True):
    """What front matter states.

    Attributes:
        values: Fields of an `Article`.
        figures: Pictures to show above it.
    """

    values: Mapping[str, Any]
    figures: tuple[Figure, ...]


def language_of(fields: tuple[Field, ...]) -> str | None:
    """Return the language that front matter states; None where it states none."""
    names = {_key("language"), *_NAMES["language"]}
    stated = (_tag(field.value) for field in fields if _key(field.key) in names)
    return next((tag for tag in stated if tag), None)


def facts(fields: tuple[Field, ...], teller: Teller, moments: Moments, language: str | None) -> Facts:
    """Return what front matter states.

    Args:
        fields: As they are written.
        teller: Reads the Markdown in them.
        moments: Reads the dates in them.
        language: Of the article.

    Raises:
        InputError: a date is none, or the status says nothing.
    """
    conversion = _Conversion(fields, teller, moments, language)
    conversion.run()
    return Facts(conversion.values, conversion.figures)


def _key(name: str) -> str:
    """Return a name without what makes no difference: ``lastMod``, ``last_mod``, ``last-mod``."""
    return re.sub(r"[\s_-]", "", name).lower()


def _tag(value: Stated) -> str | None:
    text = value.strip().partition(".")[0].replace("_", "-") if isinstance(value, str) else ""
    return text if LANGUAGE_TAG.fullmatch(text) else None


class _Conversion:
    """Takes the fields of front matter one after the other; what nobody took is left over."""

    def __init__(self, fields: tuple[Field, ...], teller: Teller, moments: Moments, language: str | None) -> None:
        self.values: dict[str, Any] = {}
        self.figures: tuple[Figure, ...] = ()
        self._alt_ids: dict[str, str] = {}
        self._extra: dict[str, str] = {}
        self._left: dict[str, Field] = {}
        self._teller = teller
        self._moments = moments
        self._language = language
        for field in fields:
            if _key(field.key) in self._left:
                self._keep(field)
            elif not is_empty(field.value):
                self._left[_key(field.key)] = field

    def run(self) -> None:
        """Take all fields."""
        self._status()
        self._keywords()
        self._people()
        for name in _PICTURES:
            if not self.figures and name in self._left:
                self._pictures(name)
        for name in Article.__struct_fields__:
            if name not in _OTHERS:
                self._first(name, _READ.get(name, _Conversion.own))
        self._names()
        self._rest()

    # Fields in ways of their own

    def _status(self) -> None:
        """Read what says whether the copy may be used; copy that is no draft by name only is held back too."""
        found: list[str] = []
        for name in ("draft", "published", "status", "pubstatus"):
            field = self._left.get(name)
            if field is None or (name == "published" and truth(shown(field.value)) is None):
                continue
            found.append(self._one_status(name, field))
            del self._left[name]
        for status in ("canceled", "withheld"):
            if status in found:
                self.values["pub_status"] = status
                return

    def _one_status(self, name: str, field: Field) -> str:
        word = shown(field.value).strip().lower()
        if name in {"draft", "published"}:
            yes = truth(word)
            if yes is None:
                raise InputError(f"{field.key}: {word[:80]!r} is neither true nor false", None, _where(field))
            return "withheld" if yes == (name == "draft") else "usable"
        if name == "pubstatus" and word not in {"usable", "withheld", "canceled"}:
            hint = "it is usable, withheld or canceled"
            raise InputError(f"{field.key}: {word[:80]!r} is no status", hint, _where(field))
        if word not in _STATUS:
            message = f"{field.key}: {word[:80]!r} says nothing of publication: the article is withheld"
            self._teller.context.notice("markdown.status", Kind.GUESS, message, where=_where(field))
        return _STATUS.get(word, "withheld")

    def _keep(self, field: Field) -> None:
        self._extra[f"markdown:{field.key}"] = shown(field.value)

    def _keywords(self) -> None:
        words: list[str] = []
        for name in _KEYWORDS:
            found = list(texts(self._left[name].value)) if name in self._left else []
            if found:
                del self._left[name]
            words += found
        if words:
            self.values["keywords"] = tuple(dict.fromkeys(words))

    def _people(self) -> None:
        known: dict[str, Author] = {}
        for field in [self._left.pop(name) for name in _AUTHORS if name in self._left]:
            known.update((each.name, each) for each in authors_of(field.value, self._language) if each.name)
            if not is_told(field.value):
                self._keep(field)
        byline = self._left.pop("byline", None)
        if byline is not None:
            text = joined(list(texts(byline.value, "\n")), self._language) or shown(byline.value)
            self.values["byline"] = text
            named = authors(text, in_order(self._language)) or map(Author, names_in(text, self._language))
            known = known or {each.name: each for each in named}
        if known:
            self.values["authors"] = tuple(known.values())

    def _pictures(self, name: str) -> None:
        field = self._left[name]
        beside = {part: self._left[f"{name}{part}"] for part in _BESIDE if f"{name}{part}" in self._left}
        about = {part: each.value for part, each in beside.items()}
        stated = field.value if isinstance(field.value, list) else [field.value]
        pictures = [{**about, **_picture(each)} for each in stated]
        found = [
            self._teller.figure({key: each for key, each in known.items() if isinstance(each, str)})
            for known in pictures
        ]
        self.figures = tuple(figure for figure in found if figure is not None)
        if self.figures:
            if any(set(known) - _OF_PICTURES for known in pictures):
                self._keep(field)
            for key in (name, *(f"{name}{part}" for part in beside)):
                del self._left[key]

    def _names(self) -> None:
        """Take names of the article in other systems."""
        for name in ("slug", "id", "uuid", "guid"):
            field = self._left.get(name)
            if field is not None and isinstance(field.value, str):
                self._alt_ids[field.key] = plain(field.value)
                del self._left[name]
        own = self._left.get("altids")
        if own is not None and isinstance(own.value, dict):
            self._alt_ids |= {key: shown(value) for key, value in own.value.items()}
            del self._left["altids"]
        if self._alt_ids:
            self.values["alt_ids"] = self._alt_ids

    def _rest(self) -> None:
        """Keep what has no place."""
        own = self._left.get("extra")
        if own is not None and isinstance(own.value, dict):
            self._extra |= {key: shown(value) for key, value in own.value.items()}
            del self._left["extra"]
        if self._left:
            names = ", ".join(field.key for field in self._left.values())
            message = f"fields of the front matter that have no place of their own were kept in extra: {names[:500]}"
            self._teller.context.notice("markdown.fields", Kind.INFO, message)
        self._extra |= {f"markdown:{field.key}": shown(field.value) for field in self._left.values()}
        if self._extra:
            self.values["extra"] = self._extra

    # Fields of one value

    def _first(self, name: str, read: Callable[[_Conversion, str, Field], Any]) -> None:
        """Take the first field that states a value; others that state the same are taken with it."""
        names = (_key(name), *_NAMES.get(name, ()))
        for key in names:
            field = self._left.get(key)
            if field is None:
                continue
            try:
                value = read(self, name, field)
            except Unfit as unfit:
                if unfit.args:
                    message = f"{field.key}: {shown(field.value)[:80]!r} was kept in extra: {unfit}"
                    self._teller.context.notice("markdown.field", Kind.REPAIR, message, where=_where(field))
                continue
            if value is not None:
                self.values[name] = value
            for other in names:
                if other in self._left and self._left[other].value == field.value:
                    del self._left[other]
            return

    def own(self, name: str, field: Field) -> Any:
        """Return a value of the type that an article's field has."""
        return typed(name, field.value, partial(self._moments.moment, field))

    def inlines(self, _: str, field: Field) -> Any:
        """Return a line of Markdown."""
        if not isinstance(field.value, str):
            raise Unfit("it is no text")
        return self._teller.inlines(" ".join(field.value.split()))

    def moment(self, _: str, field: Field) -> Any:
        """Return a moment."""
        return self._moments.moment(field)

    def embargo(self, _: str, field: Field) -> Any:
        """Return an embargo."""
        return self._moments.embargo(field)

    def language(self, _: str, field: Field) -> Any:
        """Return a language tag."""
        tag = _tag(field.value)
        if tag is None:
            raise Unfit("it is no language tag")
        return tag

    def guid(self, _: str, field: Field) -> Any:
        """Return a URI; other identifiers are names in other systems."""
        text = shown(field.value).strip()
        if _UUID.fullmatch(text):
            return f"urn:uuid:{text.lower()}"
        if not is_uri(text):
            raise Unfit
        return text

    def address(self, _: str, field: Field) -> Any:
        """Return an absolute address; a path of a site is none."""
        text = shown(field.value).strip()
        if not _WEB.fullmatch(text):
            raise Unfit
        return text

    def dateline(self, _: str, field: Field) -> Any:
        """Return a dateline."""
        return dateline(field.value, partial(self._moments.day, field))

    def copyright(self, _: str, field: Field) -> Any:
        """Return the notice of copyright; a mere name is the holder's."""
        text = plain(shown(field.value))
        if _key(field.key) == "copyright" and not _NOTICE.search(text):
            self.values["copyright_holder"] = text
            return None
        return text

    def related(self, _: str, field: Field) -> Any:
        """Return other items; the address that it was first published at is one."""
        return related(field.value, is_origin=_key(field.key) != "related")


def _picture(value: Stated) -> dict[str, Stated]:
    """Return what a value states of a picture, by the names of Markdown's own."""
    if not isinstance(value, dict):
        return {"src": value} if isinstance(value, str) else {}
    known = {_key(key): each for key, each in value.items()}
    source = next((known[key] for key in _SOURCES if isinstance(known.get(key), str) and known[key]), None)
    inner = known.get("image")
    if isinstance(inner, dict):
        return {**known, **_picture(inner)}
    return {**known, "src": source} if source is not None else known


def _where(field: Field) -> str:
    return f"line {field.line}" if field.line else field.key


_READ: Final[dict[str, Callable[[_Conversion, str, Field], Any]]] = {
    **dict.fromkeys(("headline", "standfirst"), _Conversion.inlines),
    **dict.fromkeys(("first_created", "version_created", "published", "updated", "expires"), _Conversion.moment),
    "embargo": _Conversion.embargo,
    "language": _Conversion.language,
    "guid": _Conversion.guid,
    "canonical_url": _Conversion.address,
    "dateline": _Conversion.dateline,
    "copyright_notice": _Conversion.copyright,
    "related": _Conversion.related,
}
