"""What the classes of elements mean, by the words that CMSs and publishers use for them."""

from __future__ import annotations

import re
from typing import Final

from newsexport.kit.html.frames import AsideKind
from newsexport.kit.html.inlines import Attributes
from newsexport.model import NoteKind

_CAPTION: Final = re.compile(
    r"(?:^|\s)(?!(?:no|has|with|without|hide)[-_])(?:[\w-]*[-_])?(?:fig)?caption(?:[-_]*text)?(?:$|\s)"
)
_CREDIT: Final = re.compile(
    r"(?:^|\s)(?:[\w-]*[-_])?(?:credits?|copyright|photographer|byline|source|attribution)(?:[-_]?(?:line|text|name))?(?:$|\s)"
)
_PICTURE_CREDIT: Final = re.compile(r"(?:^|\s)(?:\w+[-_])*(?:image|img|media|photo|picture)[-_]+credits?(?:$|\s)")
_PULL: Final = re.compile(r"(?:^|[\s_-])(?:pull[-_]?quote|pull)(?:$|\s)")
_ASIDES: Final[tuple[tuple[AsideKind, re.Pattern[str]], ...]] = (
    (
        "factbox",
        re.compile(r"(?:^|\s)(?:(?:\w+[-_])?(?:fact|info)[-_]?box|kg-(?:callout|product|toggle)-card)(?:$|\s)"),
    ),
    ("related", re.compile(r"(?:^|\s)related(?:$|\s)")),
    ("summary", re.compile(r"(?:^|\s)summary(?:$|\s)")),
)
_NOTES: Final[tuple[tuple[NoteKind, re.Pattern[str]], ...]] = (
    ("correction", re.compile(r"(?:^|\s)(?:\w+[-_])?corrections?(?:$|\s)")),
    ("clarification", re.compile(r"(?:^|\s)(?:\w+[-_])?clarifications?(?:$|\s)")),
    ("editor", re.compile(r"(?:^|\s)(?:editor(?:ial)?s?[-_]?note|ed-?note)(?:$|\s)")),
)
_LANGUAGE: Final = re.compile(r"(?:^|\s)(?:language|lang|brush:)-?\s*([\w+#.-]+)")


def is_caption(attributes: Attributes) -> bool:
    """Tell whether an element is a caption."""
    classes = attributes.get("class")
    return bool(classes and "caption" in classes and _CAPTION.search(classes))


def is_credit(attributes: Attributes) -> bool:
    """Tell whether an element within a figure is a credit."""
    classes = attributes.get("class")
    return bool(classes and _CREDIT.search(classes)) or attributes.get("itemprop") in {"creditText", "copyrightHolder"}


def is_picture_credit(attributes: Attributes) -> bool:
    """Tell whether an element anywhere is the credit of a picture."""
    classes = attributes.get("class")
    return bool(classes and "credit" in classes and _PICTURE_CREDIT.search(classes))


def is_pull_quote(attributes: Attributes) -> bool:
    """Tell whether an element holds a line lifted out of the story."""
    classes = attributes.get("class")
    return bool(classes and "pull" in classes and _PULL.search(classes))


def aside_kind(attributes: Attributes) -> AsideKind | None:
    """Return what sort of matter beside the story an element holds; None when its class does not say."""
    classes = attributes.get("class")
    return next((kind for kind, pattern in _ASIDES if pattern.search(classes)), None) if classes else None


def note_kind(attributes: Attributes) -> NoteKind | None:
    """Return what sort of note to readers an element holds; None when it is none."""
    classes = attributes.get("class")
    return next((kind for kind, pattern in _NOTES if pattern.search(classes)), None) if classes else None


def code_language(attributes: Attributes) -> str | None:
    """Return the language of a program text, as highlighters name it."""
    found = _LANGUAGE.search(attributes.get("class") or "")
    return found[1] if found else None
