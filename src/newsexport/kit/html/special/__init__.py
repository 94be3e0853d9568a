"""How to tell of the elements that are more than a start, words and an end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

from selectolax.lexbor import LexborNode

from newsexport.kit.html.builder import Builder
from newsexport.kit.html.inlines import Attributes
from newsexport.kit.html.special import shown, unseen, worded

if TYPE_CHECKING:
    from newsexport.kit.html.walk import Walk

Special: TypeAlias = Callable[["Walk", LexborNode, Attributes, Builder], bool]
"""Tells a builder of an element; returns False where it is to be told as usual."""

SPECIAL: Final[dict[str, Special]] = {
    **dict.fromkeys(("img", "amp-img", "image"), shown.image),
    "picture": shown.picture,
    **dict.fromkeys(("audio", "video", "amp-audio", "amp-video"), shown.recording),
    **dict.fromkeys(("iframe", "embed", "object", "amp-iframe", "amp-youtube"), shown.frame),
    **dict.fromkeys(("blockquote", "div"), shown.post),
    "figure": shown.figure,
    "a": worded.link,
    "sup": worded.raised,
    "p": worded.paragraph,
    "pre": worded.preformatted,
    "span": worded.span,
    "input": worded.checkbox,
    "math": worded.formula,
    "noscript": unseen.unscripted,
    "form": unseen.form,
    "svg": unseen.drawing,
}
