"""Lists: two definitions, one of bullets and one of numbers, and an instance for each ordered list.

Source: ISO/IEC 29500-1, 17.9.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from newsexport.writers.docx.styles import Style
from newsexport.writers.docx.template import Plan

DEEPEST: Final = 8
"""The last of Word's nine levels, counted from 0."""
STEP: Final = 360
"""Twips by which each level is set in further."""

_BULLETS: Final = ("•", "◦", "▪")
_FORMATS: Final = ("decimal", "lowerLetter", "lowerRoman")


class Numbering:
    """The numbering part of one document; the template's own definitions stay before ours."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._bullets = plan.first_definition
        self._numbers = plan.first_definition + 1
        self._next = plan.first_list + 2
        self._lists: list[str] = []

    @property
    def bulleted(self) -> int:
        """The list that every bulleted list belongs to."""
        return self._plan.first_list

    def ordered(self, level: int, start: int) -> int:
        """Return a new list that counts at a level from a number."""
        override = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        self._lists.append(_list(self._next, self._numbers, override))
        self._next += 1
        return self._next - 1

    def xml(self) -> bytes:
        """Return the part."""
        plan = self._plan
        head, between, tail = plan.numbering
        # The schema wants every definition before the first list.
        definitions = _definition(self._bullets, self._linked(Style.LIST_BULLET), _bullet)
        definitions += _definition(self._numbers, self._linked(Style.LIST_NUMBER), _number)
        lists = _list(plan.first_list, self._bullets) + _list(plan.first_list + 1, self._numbers)
        return "".join((head, definitions, between, lists, *self._lists, tail)).encode()

    def _linked(self, style: Style) -> str:
        """Link the first level to its style, where the style is ours and so refers to the list."""
        return "" if self._plan.is_house else f'<w:pStyle w:val="{self._plan.style(style)}"/>'


def _list(number: int, definition: int, override: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{override}</w:num>'


def _definition(number: int, linked: str, mark: Callable[[int], tuple[str, str]]) -> str:
    levels = "".join(_level(level, linked if level == 0 else "", *mark(level)) for level in range(DEEPEST + 1))
    return f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'


def _level(level: int, linked: str, kind: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{linked}<w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{STEP * (level + 1)}" w:hanging="{STEP}"/></w:pPr></w:lvl>'
    )


def _bullet(level: int) -> tuple[str, str]:
    return "bullet", _BULLETS[level % 3]


def _number(level: int) -> tuple[str, str]:
    return _FORMATS[level % 3], f"%{level + 1}."
