"""Which parts of a mail are its text, and which are pictures, attachments, mails within the mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from newsexport.readers.eml.mime import Part

Form: TypeAlias = Literal["html", "text"]

_FORMS: Final[dict[str, Form]] = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
# They say nothing that the text does not: signatures, and the same text for other programs.
_SILENT: Final = frozenset({
    "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature", "text/watch-html",
    "text/x-amp-html",
})  # fmt: skip
_ENCRYPTED: Final = frozenset(
    {"application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"}
)
_NAMED: Final = frozenset({"application/octet-stream", "application/x-unknown", "binary/octet-stream"})
_SUFFIXES: Final = {
    "avif": "image/avif", "bmp": "image/bmp", "gif": "image/gif", "jpeg": "image/jpeg", "jpg": "image/jpeg",
    "png": "image/png", "tif": "image/tiff", "tiff": "image/tiff", "webp": "image/webp",
}  # fmt: skip


class Choice(Struct, frozen=True):
    """The parts of a mail by what they are for.

    Attributes:
        texts: Its text, in order.
        pictures: Pictures, with their media types; those of a text that was not chosen are among `others`.
        mails: Mails within it.
        others: Files.
    """

    texts: tuple[Part, ...]
    pictures: tuple[tuple[Part, str], ...]
    mails: tuple[Part, ...]
    others: tuple[Part, ...]


def choose(root: Part, form: Form) -> Choice:
    """Sort the parts of a mail.

    Args:
        root: The mail.
        form: Which of the alternative forms of a text is taken; the other one where there is no choice.
    """
    texts = tuple(_texts(root, form))
    is_plain = bool(texts) and all(form_of(each) == "text" for each in texts)
    pictures: list[tuple[Part, str]] = []
    mails: list[Part] = []
    others: list[Part] = []
    for part in leaves(root):
        picture = _picture_type(part)
        if part.content_type in _SILENT or any(part is each for each in texts):
            continue
        if part.content_type == "message/rfc822":
            mails.append(part)
        elif picture and not (is_plain and _belongs_to_html(part)):
            pictures.append((part, picture))
        elif form_of(part) is None or _is_attached(part):
            others.append(part)
    return Choice(texts, tuple(pictures), tuple(mails), tuple(others))


def form_of(part: Part) -> Form | None:
    """Return the form of a text; None for what is none."""
    return _FORMS.get(part.content_type)


def is_encrypted(root: Part) -> bool:
    """Tell whether a part of a mail is encrypted."""
    return root.content_type in _ENCRYPTED or any(map(is_encrypted, root.parts))


def leaves(root: Part) -> Iterator[Part]:
    """Yield the parts that hold no parts, in order."""
    for part in root.parts:
        yield from leaves(part)
    if not root.parts and not root.content_type.startswith("multipart/"):
        yield root


def _texts(part: Part, form: Form) -> list[Part]:
    match part.content_type:
        case "multipart/alternative":
            return _alternative([found for each in part.parts if (found := _texts(each, form))], form)
        case "multipart/related":
            return _texts(_root_of(part), form) if part.parts else []
        case "multipart/signed" | "multipart/report" | "multipart/encrypted":
            return [each for first in part.parts[:1] for each in _texts(first, form)]
        case kind if kind.startswith("multipart/"):
            return [each for child in part.parts for each in _texts(child, form)]
        case _:
            return [part] if form_of(part) and not _is_attached(part) else []


def _alternative(found: list[list[Part]], form: Form) -> list[Part]:
    """Return the richest of the alternatives in a form; the last one is the richest (RFC 2046, 5.1.4)."""
    in_form = [each for each in found if any(form_of(part) == form for part in each)]
    plain = [each for each in in_form if form == "html" or all(form_of(part) == form for part in each)]
    return (plain or in_form or found or [[]])[-1]


def _root_of(related: Part) -> Part:
    """Return the part of a ``multipart/related`` that the others belong to (RFC 2387, 3.2)."""
    start = related.header.parameters("content-type").get("start", "").strip("<> ")
    named = (each for each in related.parts if start and each.header.content_id == start)
    texts = (each for each in related.parts if form_of(each) or each.parts)
    return next(named, None) or next(texts, None) or related.parts[0]


def _is_attached(part: Part) -> bool:
    return part.header.disposition == "attachment"


def _belongs_to_html(picture: Part) -> bool:
    return bool(picture.header.content_id) and not _is_attached(picture)


def _picture_type(part: Part) -> str | None:
    if part.content_type.startswith("image/"):
        return part.content_type
    suffix = part.header.file_name.rpartition(".")[2].lower()
    return _SUFFIXES.get(suffix) if part.content_type in _NAMED else None
