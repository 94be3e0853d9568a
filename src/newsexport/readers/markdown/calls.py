"""Rules of the grammar for shortcodes: on lines of their own, around blocks, around lines of code, within a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from newsexport.readers.markdown.shortcodes import Shortcode, scan

# Containers that may be open around a block; a list takes two.
DEEPEST: Final = 36
# What is part of a sentence even on a line of its own.
_WITHIN_LINES: Final = frozenset({"ref", "relref", "link"})
_CODE: Final = frozenset({"highlight", "code", "codeblock", "code-block", "prism", "sourcecode"})
# WordPress, as imports of its sites have it.
_BRACKETED: Final = re.compile(
    r"\[(?P<name>youtube|vimeo|tweet|instagram|gist|soundcloud)[= ]\s*(?P<url>https?://[^\s\]]+)\s*\]"
)
_PREFIX: Final = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?")
_FENCE: Final = re.compile(r"`{3,}|~{3,}")


def block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a shortcode that has its lines for itself, and what stands between it and its end."""
    if state.is_code_block(start):
        return False
    found = _alone(state, start, end)
    if found is None:
        return False
    call, following = found
    if silent:
        return call.name not in _WITHIN_LINES
    closing = _pairs(state).get(start)
    if call.role != "call" or closing is None or not _reaches(state, closing, end):
        _single(state, call, start, following)
    elif call.name in _CODE and (call.positional or call.named):
        _code(state, call, (start, following, closing))
    elif state.level < DEEPEST:
        _container(state, call, (start, following, closing))
    else:
        _single(state, call, start, following)
    return True


def inline(state: StateInline, silent: bool) -> bool:
    """Parse a shortcode within a text."""
    call = scan(state.src, state.pos, state.posMax) if state.src[state.pos] == "{" else None
    if call is None:
        return False
    if not silent and call.role == "literal":
        state.pending += call.source
    elif not silent and call.role in {"call", "value"}:
        state.push("shortcode", "", 0).meta = {"call": call}
    state.pos = call.stop
    return True


def _alone(state: StateBlock, start: int, end: int) -> tuple[Shortcode, int] | None:
    """Return the shortcode that starts on a line and has its lines for itself, with the number of the line below."""
    position, limit = state.bMarks[start] + state.tShift[start], state.eMarks[end - 1]
    bracketed = _BRACKETED.match(state.src, position, state.eMarks[start])
    if bracketed:
        call: Shortcode | None = Shortcode(
            "call", bracketed["name"], (bracketed["url"],), {}, bracketed[0], bracketed.end()
        )
    else:
        call = scan(state.src, position, limit)
    if call is None or call.role == "literal":
        return None
    last = bisect_left(state.eMarks, call.stop, start, end)
    return None if state.src[call.stop : state.eMarks[last]].strip() else (call, last + 1)


def _single(state: StateBlock, call: Shortcode, start: int, following: int) -> None:
    if call.role in {"call", "value"}:
        token = state.push("shortcode", "", 0)
        token.meta, token.map = {"call": call}, [start, following]
    state.line = following


def _code(state: StateBlock, call: Shortcode, lines: tuple[int, int, int]) -> None:
    start, following, closing = lines
    token = state.push("fence", "code", 0)
    token.info = (*call.positional, call.named.get("lang") or call.named.get("language") or "")[0]
    token.content = state.getLines(following, closing, state.blkIndent, keepLastLF=True)
    token.map = [start, closing + 1]
    state.line = closing + 1


def _container(state: StateBlock, call: Shortcode, lines: tuple[int, int, int]) -> None:
    start, following, closing = lines
    token = state.push("shortcode_open", "", 1)
    token.meta, token.map = {"call": call}, [start, closing + 1]
    most, state.lineMax = state.lineMax, closing
    state.md.block.tokenize(state, following, closing)
    state.lineMax = most
    state.push("shortcode_close", "", -1)
    state.line = closing + 1


# Pairs


def _reaches(state: StateBlock, closing: int, end: int) -> bool:
    """Tell whether the line that ends a pair stands in the same container as the one that starts it."""
    if closing >= end or state.sCount[closing] < state.blkIndent:
        return False
    return state.src.startswith("{", state.bMarks[closing] + state.tShift[closing])


def _pairs(state: StateBlock) -> dict[int, int]:
    """Return the lines that end what other lines start, for a whole text."""
    found: dict[int, int] | None = state.env.get("pairs")
    if found is None:
        found = state.env["pairs"] = dict(_paired(state.src))
    return found


def _paired(text: str) -> Iterator[tuple[int, int]]:
    waiting: dict[str, list[int]] = {}
    fence, position = "", 0
    for number, line in enumerate(text.split("\n")):
        prefix = _PREFIX.match(line)
        start = prefix.end() if prefix else 0
        marker = _FENCE.match(line, start)
        if marker and (not fence or marker[0].startswith(fence)):
            fence = "" if fence else marker[0]
        call = scan(text, position + start, len(text)) if not fence and line.startswith("{", start) else None
        if call is not None and call.role == "call":
            waiting.setdefault(call.name, []).append(number)
        elif call is not None and call.role == "end" and waiting.get(call.name):
            yield waiting[call.name].pop(), number
        position += len(line) + 1
