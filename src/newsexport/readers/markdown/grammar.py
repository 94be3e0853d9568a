"""The grammar: CommonMark, what GitHub adds to it, footnotes, definition lists, and shortcodes of site generators.

Source: CommonMark 0.31; GitHub Flavored Markdown 0.29; PHP Markdown Extra for footnotes and definition lists. Some
habits of Pandoc, kramdown and Obsidian are understood besides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkLabel, parseLinkTitle
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from newsexport.errors import LimitError
from newsexport.readers.markdown import calls
from newsexport.readers.markdown.shortcodes import scan

# The parser drops what is deeper than this: containers stop well before.
_MOST_LEVELS: Final = calls.DEEPEST + 12
_MOST_BRACKETS: Final = 20_000
# What costs time: lines, and characters that may be markup.
_MOST_LINES: Final = 50_000
_MOST_MARKS: Final = 100_000
_MARKS: Final = frozenset("*_~`<&\\\n!")
_DEEPEST_TEXT: Final = 3

_ATTRIBUTE: Final = r"(?:[.#][\w:-]+|[\w:-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'{}]+))"
_ATTRIBUTES: Final = re.compile(rf"\{{:?\s*{_ATTRIBUTE}(?:\s+{_ATTRIBUTE})*\s*\}}")
_OF_HEADING: Final = re.compile(rf"{_ATTRIBUTES.pattern}[ \t]*$")
# kramdown: attributes of the paragraph above, or of the list or table before, on a line of their own.
_OF_BLOCK: Final = re.compile(r"(?:^|\n)\{:[^{}\n]{1,200}\}[ \t]*$")
_CONTENTS: Final = re.compile(r"\[?\[toc\]\]?", re.IGNORECASE)
_TASK: Final = re.compile(r"\[(?P<mark>[ xX])\](?=\s)")
_CALLOUT: Final = re.compile(r"\[!(?P<kind>[A-Za-z]{1,20})\][+-]?[ \t]*(?P<title>[^\n]*)(?:\n|$)")
_MARKED_UP: Final = frozenset({"link_close", "image", "code_inline", "html_inline"})

# HTML that ends at a mark of its own, not at a blank line: CommonMark 4.6, kinds 1 to 5.
_ENDED: Final = (
    (re.compile(r"<(script|pre|style|textarea)(?=[\s>]|$)", re.IGNORECASE | re.MULTILINE), r"</\1"),
    (re.compile(r"<!--"), "-->"),
    (re.compile(r"<\?"), "?>"),
    (re.compile(r"<!\[CDATA\["), "]]>"),
)

Rule = Callable[..., bool]


class _Parser(MarkdownIt):
    """Takes addresses as they stand: what may be a link is decided where links are made."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  # the name of the library
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802  # the name of the library
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802  # the name of the library
        return link


@cache
def parser() -> MarkdownIt:
    """Return the parser; tokens that are not of markdown-it are ``shortcode``, alone and with ``_open``, ``_close``."""
    made = _Parser("commonmark", {"maxNesting": _MOST_LEVELS}).enable(["table", "strikethrough"])
    made.use(footnote_plugin, move_to_end=False).use(deflist_plugin)
    # What may be a link's address is asked of this module of the library.
    made.helpers = SimpleNamespace(  # type: ignore[assignment]  # a module to the library's types
        parseLinkDestination=_destination, parseLinkLabel=parseLinkLabel, parseLinkTitle=parseLinkTitle
    )
    made.block.ruler.before(
        "fence", "shortcode", calls.block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    made.inline.ruler.before("escape", "shortcode", calls.inline)
    made.inline.ruler.after("shortcode", "attributes", _attributes)
    made.core.ruler.after("block", "conventions", _conventions)
    made.core.ruler.before("block", "lines", _lines)
    made.core.ruler.after("conventions", "marks", _marks)
    guards: dict[str, Callable[[Rule], Rule]] = {
        **dict.fromkeys(("blockquote", "list", "footnote_def", "deflist"), _flat),
        **dict.fromkeys(("image", "footnote_inline"), _shallow),
        "html_block": _ended,
    }
    for ruler in (made.block.ruler, made.inline.ruler):
        rules: list[Any] = ruler.__rules__  # the only way to what plug-ins define
        for rule in rules:
            rule.fn = guards.get(rule.name, _same)(rule.fn)
    return made


# What guards the rules of the library


def _same(rule: Rule) -> Rule:
    return rule


def _flat(rule: Rule) -> Rule:
    """Let no container open in too many others: its markers are then text."""

    def guarded(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < calls.DEEPEST and rule(state, start, end, silent)

    return guarded


def _shallow(rule: Rule) -> Rule:
    """Let no text that is parsed for itself, as descriptions of pictures are, hold too many others."""

    def guarded(state: StateInline, silent: bool) -> bool:
        depth = state.env.get("depth", 0)
        if depth >= _DEEPEST_TEXT:
            return False
        state.env["depth"] = depth + 1
        try:
            return rule(state, silent)
        finally:
            state.env["depth"] = depth

    return guarded


def _ended(rule: Rule) -> Rule:
    """Take a comment or a script that never ends for text: it would hide the rest of the story."""

    def guarded(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        position = state.bMarks[start] + state.tShift[start]
        if not state.src.startswith("<", position):
            return False
        opened = ((opening.match(state.src, position), mark) for opening, mark in _ENDED)
        endings = (found.expand(mark).lower() for found, mark in opened if found)
        return all(_last(state, ending) > position for ending in endings) and rule(state, start, end, silent)

    return guarded


def _last(state: StateBlock, mark: str) -> int:
    """Return where a mark stands last in the whole text, in whatever case; -1 for nowhere."""
    known: dict[str, int] = state.env.setdefault("last", {})
    if mark not in known:
        known[mark] = state.src.lower().rfind(mark)
    return known[mark]


def _lines(state: StateCore) -> None:
    _check("lines", state.src.count("\n"), _MOST_LINES)


def _marks(state: StateCore) -> None:
    contents = [token.content for token in state.tokens if token.type == "inline"]
    _check("brackets", sum(content.count("[") for content in contents), _MOST_BRACKETS)
    _check("marks", sum(content.count(mark) for content in contents for mark in _MARKS), _MOST_MARKS)


def _check(what: str, count: int, most: int) -> None:
    if count > most:
        raise LimitError(f"the text has more than {most} {what}", "give one article at a time")


# What is added to the grammar


def _destination(text: str, position: int, stop: int) -> Any:
    """Parse the address of a link, which may start with a shortcode."""
    call = scan(text, position, stop) if text.startswith("{", position) else None
    if call is None:
        return parseLinkDestination(text, position, stop)
    rest = parseLinkDestination(text, call.stop, stop)
    path, end = (rest.str, rest.pos) if rest.ok else ("", call.stop)
    return SimpleNamespace(ok=True, pos=end, str=call.target + path)


def _attributes(state: StateInline, silent: bool) -> bool:
    """Pass over the attributes of a link, a picture or a piece of code."""
    if state.src[state.pos] != "{" or state.pending or silent:
        return False
    found = _ATTRIBUTES.match(state.src, state.pos)
    if found is None or not state.tokens or state.tokens[-1].type not in _MARKED_UP:
        return False
    state.pos = found.end()
    return True


def _conventions(state: StateCore) -> None:
    """Read what stands in plain text: tasks, call-outs, attributes of blocks, places of tables of contents."""
    around: list[Token] = []
    before = [Token("", "", 0), Token("", "", 0)]
    for token in state.tokens:
        if token.nesting > 0:
            around.append(token)
        elif token.nesting < 0:
            token.tag = around.pop().tag or token.tag
        elif token.type == "inline":
            _convention(token, before)
        before = [before[1], token]


def _convention(token: Token, before: list[Token]) -> None:
    outer, opening = before
    if opening.type == "heading_open":
        token.content = _OF_HEADING.sub("", token.content).rstrip()
        return
    if opening.type != "paragraph_open":
        return
    token.content = _OF_BLOCK.sub("", token.content)
    if _CONTENTS.fullmatch(token.content):
        token.content = ""
    if outer.type == "list_item_open" and (task := _TASK.match(token.content)):
        token.content = f"{'☐' if task['mark'] == ' ' else '☑'}{token.content[task.end() :]}"
    if outer.type == "blockquote_open" and (callout := _CALLOUT.match(token.content)):
        outer.tag = "aside"
        outer.meta["title"] = callout["title"].strip() or callout["kind"].capitalize()
        token.content = token.content[callout.end() :]
