"""What posts refer to by number: the files of the media library, and blocks that several posts share."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from msgspec import Struct, field

_KINDS: Final = {
    "audio": ("mp3", "m4a", "ogg", "oga", "wav", "flac", "wma"),
    "video": ("mp4", "m4v", "webm", "ogv", "mov", "flv", "wmv", "avi"),
    "image": ("jpg", "jpeg", "jpe", "png", "gif", "webp", "avif", "heic", "svg", "tif", "tiff", "bmp"),
}
_MOST_DIGITS: Final = 12


class Attachment(Struct, frozen=True, kw_only=True):
    """A file of the media library.

    Attributes:
        uri: Where it is.
        kind: ``image``, ``audio`` or ``video``; None for what is only linked to.
        title: HTML, as are `alt` and `caption`; mostly the name of the file.
        alt: What it shows.
        caption: As displayed.
        credit: From the picture itself.
        copyright_notice: From the picture itself.
        taken: When, in seconds since 1970 by the clock of the camera.
        width: In pixels.
        height: In pixels.
    """

    uri: str
    kind: str | None
    title: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    copyright_notice: str = ""
    taken: int | None = None
    width: int | None = None
    height: int | None = None


class Library(Struct):
    """What is known of the site beside the post at hand.

    Attributes:
        attachments: Files by their number.
        children: Numbers of the files that were uploaded to a post, by the number of the post.
        blocks: Content of shared blocks by their number.
    """

    attachments: dict[str, Attachment] = field(default_factory=dict)
    children: dict[str, list[str]] = field(default_factory=dict)
    blocks: dict[str, str] = field(default_factory=dict)

    def add(self, number: str, post: str, attachment: Attachment) -> None:
        """Take a file that was uploaded to a post; ``0`` for none."""
        self.attachments[number] = attachment
        if post != "0":
            self.children.setdefault(post, []).append(number)


def whole(text: str | None) -> int | None:
    """Return a whole number in digits; None for none and for 0, which stands for what is not known."""
    return int(text) or None if text and text.isdecimal() and len(text) < _MOST_DIGITS else None


def kind_of(uri: str) -> str | None:
    """Return whether a file is an ``image``, ``audio`` or ``video`` by its suffix; None when it is neither."""
    suffix = uri.partition("?")[0].rpartition(".")[2].lower()
    return next((kind for kind, suffixes in _KINDS.items() if suffix in suffixes), None)


def element(attachment: Attachment) -> str:
    """Return the element that shows a file, or a link to it."""
    address, title = escape(attachment.uri), attachment.title
    match attachment.kind:
        case "image":
            alt = f' alt="{_value(attachment.alt)}"' if attachment.alt else ""  # an empty one says: decorative
            return f'<img src="{address}"{alt}>'
        case "audio" | "video" as kind:
            return f'<{kind} src="{address}" title="{_value(title)}"></{kind}>'
        case _:
            return f'<a href="{address}">{title or escape(attachment.uri.rpartition("/")[2])}</a>'


def _value(html: str) -> str:
    return html.replace('"', "&quot;")


def figure(attachment: Attachment) -> str:
    """Return the figure that shows a file with its caption and credit."""
    return f"<figure>{element(attachment)}{_caption(attachment.caption + credit_line(attachment))}</figure>"


def _caption(html: str) -> str:
    return f"<figcaption>{html}</figcaption>" if html else ""


def gallery(attachments: Iterable[Attachment]) -> str:
    """Return the figures of several files as one."""
    return f"<figure>{''.join(map(figure, attachments))}</figure>"


def credit_line(attachment: Attachment) -> str:
    """Return the credit of a picture as the shared walk knows it; empty for none."""
    return f' <span class="image-credit">{escape(attachment.credit)}</span>' if attachment.credit else ""


def embed(url: str) -> str:
    """Return what stands for something that lives elsewhere."""
    return f'<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\n{escape(url)}\n</div></figure>'
