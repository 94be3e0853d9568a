"""The order of characters on a line that holds letters written from right to left.

Source: Unicode Standard Annex 9, the implicit levels (rules N1, N2, I1, I2 and L2, L4). Directional controls, pairs of
brackets and the finer rules on numbers are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_NEUTRAL: Final = -1
_MIRRORED: Final = dict(zip("()[]{}<>«»‹›", ")(][}{><»«›‹", strict=True))


def levels(text: str, *, rtl: bool) -> list[int]:
    """Return the level of each character: even ones run from left to right, odd ones from right to left."""
    base = int(rtl)
    result = _strong_levels(text, base)
    start = 0
    for level, stretch in groupby(tuple(result)):
        end = start + len(list(stretch))
        if level == _NEUTRAL:
            before = result[start - 1] if start else base
            after = result[end] if end < len(result) else base
            # N1 and N2: what stands between two equals is as they are; between others, it is as the line.
            between = before if before == after else 1 if before and after else base
            result[start:end] = [between] * (end - start)
        start = end
    return result


def visual_order(levels_of_items: Sequence[int]) -> list[int]:
    """Return the items as they stand from left to right, by their index (rule L2)."""
    order = list(range(len(levels_of_items)))
    for level in range(max(levels_of_items, default=0), 0, -1):
        reordered: list[int] = []
        for is_reversed, group in groupby(order, key=lambda index: levels_of_items[index] >= level):
            items = list(group)
            reordered += reversed(items) if is_reversed else items
        order = reordered
    return order


def clusters(text: str) -> Iterator[str]:
    """Yield the letters of a right-to-left text, each with its marks, brackets mirrored (rule L4)."""
    cluster = ""
    for char in text:
        if cluster and not unicodedata.combining(char):
            yield cluster
            cluster = ""
        cluster += _MIRRORED.get(char, char)
    if cluster:
        yield cluster


def _strong_levels(text: str, base: int) -> list[int]:
    """Return the level of letters, numbers and marks, and that all else is neutral."""
    result: list[int] = []
    is_rtl = bool(base)
    for char in text:
        kind = unicodedata.bidirectional(char)
        level = _NEUTRAL
        if kind in {"R", "AL"}:
            is_rtl, level = True, 1
        elif kind == "L":
            is_rtl, level = False, 2 * base
        elif kind in {"EN", "AN"}:
            level = 2 if is_rtl else 2 * base
        elif kind == "NSM" and result:
            level = result[-1]
        result.append(level)
    return result
