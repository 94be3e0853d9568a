"""The place that each element opens for what is in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from newsexport.kit.html.classes import aside_kind, code_language, is_caption, is_pull_quote, note_kind
from newsexport.kit.html.figures import FigureFrame
from newsexport.kit.html.frames import (
    AsideFrame,
    CaptionFrame,
    CodeFrame,
    Frame,
    HeadingFrame,
    NoteFrame,
    QuoteFrame,
    VerseFrame,
)
from newsexport.kit.html.inlines import Attributes
from newsexport.kit.html.lists import ItemFrame, ListFrame, stated_level
from newsexport.kit.html.tables import CellFrame, TableFrame

if TYPE_CHECKING:
    from newsexport.kit.html.builder import Builder

Maker = Callable[["Builder", Attributes], Frame | None]

VERSE: Final = "pre-verse"
"""What stands for ``pre`` where it holds verses, not a program."""


def heading(_: Builder, attributes: Attributes) -> Frame:
    """Return the place of what is a heading by its role.

    Source: WAI-ARIA 1.2, "aria-level"; 2 where it does not say.
    """
    stated = attributes.get("aria-level") or ""
    return HeadingFrame(min(max(int(stated), 1), 6) if stated.isdecimal() and len(stated) < 4 else 2)


def _quote(builder: Builder, attributes: Attributes) -> Frame:
    return QuoteFrame(pull=is_pull_quote(attributes), cite=builder.address(attributes.get("cite")))


def _aside(builder: Builder, attributes: Attributes) -> Frame | None:
    """Return the place of an aside; it is transparent within another, and in a figure."""
    if is_pull_quote(attributes):
        return QuoteFrame(pull=True, cite=None)
    kind = note_kind(attributes)
    if kind:
        return NoteFrame(kind)
    if builder.within(AsideFrame) or builder.within(FigureFrame):
        return None
    return AsideFrame(aside_kind(attributes) or "sidebar")


def _list(ordered: bool) -> Maker:
    return lambda _, attributes: ListFrame(ordered=ordered, start=attributes.get("start"))


def _heading(level: int) -> Maker:
    return lambda _, __: HeadingFrame(level)


def _cell(tag: str) -> Maker:
    return lambda _, attributes: CellFrame(tag, attributes, is_caption=is_caption(attributes))


MAKERS: Final[dict[str, Maker]] = {
    **{f"h{level}": _heading(level) for level in range(1, 7)},
    **dict.fromkeys(("ul", "menu"), _list(ordered=False)),
    "ol": _list(ordered=True),
    "li": lambda _, attributes: ItemFrame(stated_level(attributes)),
    "blockquote": _quote,
    "aside": _aside,
    "details": lambda _, __: AsideFrame("sidebar"),
    **dict.fromkeys(("caption", "figcaption", "summary"), lambda _, __: CaptionFrame()),
    "figure": lambda _, attributes: FigureFrame(pull=is_pull_quote(attributes)),
    "table": lambda _, attributes: TableFrame(attributes),
    **{tag: _cell(tag) for tag in ("td", "th")},
    VERSE: lambda _, __: VerseFrame(),
    **dict.fromkeys(("pre", "listing", "plaintext", "xmp"), lambda _, attributes: CodeFrame(code_language(attributes))),
}
