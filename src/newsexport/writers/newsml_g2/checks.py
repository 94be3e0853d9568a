"""What a user can get wrong about an article that NewsML-G2 cannot forgive, each fault with its path.

Schemas see none of this: whether an alias is declared, whether dates are in order, whether a guid is a URI.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from newsexport.errors import ArticleError
from newsexport.kit import vocab
from newsexport.model.article import Article
from newsexport.model.concepts import Author, Concept, Provider, Subject
from newsexport.model.walk import records

# Stricter than RFC 3986 on brackets, which only IPv6 addresses may have.
_CHARACTER: Final = r"""(?:[^\s<>"{}|\\^`%\[\]#]|%[0-9A-Fa-f]{2})"""
_URI: Final = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:{_CHARACTER}+(?:\#{_CHARACTER}*)?")
_QCODE: Final = re.compile(r"(?P<alias>[^\s:]+):[^\s]+")
_DESCRIBED: Final = (
    "provider",
    "authors",
    "genre",
    "subjects",
    "people",
    "organisations",
    "places",
    "events",
    "located",
)
_URGENCY: Final = range(1, 10)


class Fault(Struct, frozen=True):
    """One thing wrong.

    Attributes:
        where: Path of the field (``subjects[0].why``).
        message: What is wrong with it.
        hint: What to do.
    """

    where: str
    message: str
    hint: str


def check(article: Article, schemes: Mapping[str, str]) -> None:
    """Refuse an article that cannot be a valid item.

    Args:
        article: Prepared.
        schemes: The house's own schemes beside those of the IPTC catalog.

    Raises:
        ArticleError: for the first fault; its message lists the others.
    """
    faults = [*_uris(article), *_dates(article), *_urgency(article), *_qcodes(article, schemes)]
    if not faults:
        return
    first, *others = faults
    also = "".join(f"; also {fault.where}: {fault.message}" for fault in others)
    raise ArticleError(first.message + also, first.hint, first.where)


def is_uri(value: str) -> bool:
    """Tell whether a value is an absolute URI, or IRI, and has no character that must be escaped."""
    if not _URI.fullmatch(value):
        return False
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return False
    return parts.netloc.count("@") < 2 and port != 0 and not parts.netloc.endswith(":")


def alias_of(value: str) -> str | None:
    """Return the alias of a QCode; None when the value is no QCode.

    Source: NewsML-G2 XML Schema, ``QCodeType``.
    """
    found = _QCODE.fullmatch(value)
    return found["alias"] if found else None


def _uris(article: Article) -> Iterator[Fault]:
    named = [("guid", article.guid), ("canonical_url", article.canonical_url)]
    for path, record in _described(article):
        if isinstance(record, Author | Concept | Provider):
            named.append((f"{path}.uri", record.uri))
    for where, value in named:
        if value is not None and not is_uri(value):
            hint = "a URI starts with a scheme and has no blanks: urn:newsml:example.com:20250224:fire"
            yield Fault(where, f"{value!r} is no URI", hint)


def _dates(article: Article) -> Iterator[Fault]:
    embargo = article.embargo.until if article.embargo else None
    for where, first, other, second in (
        ("first_created", article.first_created, "version_created", article.version_created),
        ("published", article.published, "updated", article.updated),
        ("embargo.until", embargo, "expires", article.expires),
    ):
        if first and second and first > second:
            message = f"{first.isoformat()} is later than {other}, {second.isoformat()}"
            yield Fault(where, message, "put the dates in order")


def _urgency(article: Article) -> Iterator[Fault]:
    if article.urgency is not None and article.urgency not in _URGENCY:
        yield Fault("urgency", f"{article.urgency} is no urgency", "give 1, the most urgent, to 9")


def _qcodes(article: Article, schemes: Mapping[str, str]) -> Iterator[Fault]:
    for where, value in _all_qcodes(article):
        alias = alias_of(value)
        if alias is None:
            yield Fault(where, f"{value!r} is no QCode", "a QCode is alias:code without blanks: medtop:20000639")
        elif alias not in schemes and vocab.scheme(alias) is None:
            hint = f"declare the scheme by the option schemes: {alias}=URI"
            yield Fault(where, f"the alias {alias!r} stands for no known scheme", hint)


def _all_qcodes(article: Article) -> Iterator[tuple[str, str]]:
    for index, signal in enumerate(article.signals):
        yield f"signals[{index}]", signal
    for path, record in _described(article):
        if isinstance(record, Concept) and record.qcode is not None:
            yield f"{path}.qcode", record.qcode
        elif isinstance(record, Subject):
            yield path, f"{record.scheme}:{record.code}"
            if record.why is not None:
                yield f"{path}.why", record.why


def _described(article: Article) -> Iterator[tuple[str, Struct]]:
    for name in _DESCRIBED:
        yield from records(getattr(article, name), name)
