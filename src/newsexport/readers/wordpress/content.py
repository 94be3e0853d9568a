"""The content of a post, as its author saved it or as the server shows it, to HTML that says all it holds."""

from __future__ import annotations

import re
from typing import Final

from newsexport.readers.wordpress import blocks, classic, shortcodes
from newsexport.readers.wordpress.library import credit_line
from newsexport.readers.wordpress.setting import Setting

_PICTURE: Final = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\bwp-image-(\d{1,18})\b")


def saved(content: str, setting: Setting) -> str:
    """Return HTML of content as its author saved it: of the block editor, or of the classic one."""
    if blocks.are_in(content):
        html = shortcodes.expanded(blocks.expanded(content, setting), setting)
    else:
        html = classic.broken(shortcodes.expanded(content, setting)) + setting.footnotes()
    return _credited(classic.embedded(html), setting)


def rendered(content: str, setting: Setting) -> str:
    """Return HTML of content as the server shows it."""
    return classic.embedded(shortcodes.expanded(content, setting, is_rendered=True))


def _credited(html: str, setting: Setting) -> str:
    """Return HTML with the credits that pictures of the library bear."""
    known = setting.library.attachments

    def with_credit(found: re.Match[str]) -> str:
        number = _NUMBER.search(found[0])
        attachment = known.get(number[1]) if number else None
        return found[0] + credit_line(attachment) if attachment else found[0]

    return _PICTURE.sub(with_credit, html) if known else html
