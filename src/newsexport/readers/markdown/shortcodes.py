"""Shortcodes: calls of a site's templates within a text, as Hugo, Quarto, Jekyll (Liquid) and Eleventy write them.

``{{< figure src="a.jpg" >}}``, ``{{% notice %}}``, ``{% include figure.html src="a.jpg" %}``, ``{{ site.title }}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, Literal, TypeAlias

from markdown_it.common.utils import unescapeAll
from msgspec import Struct

Role: TypeAlias = Literal["call", "end", "value", "comment", "literal"]

_DELIMITERS: Final = (("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}"), ("{#", "#}"))
_LONGEST: Final = 4_000
_CALL: Final = re.compile(r"(?P<end>/?)\s*(?P<name>[A-Za-z][\w./-]*)(?P<rest>.*)", re.DOTALL)
# An expression of Liquid and its filters; what else stands in braces is the author's own.
_VALUE: Final = re.compile(
    r"""(?:"[^"]*"|'[^']*'|[\w.\[\]-]+)(?:\s*\|\s*\w+(?:\s*:\s*(?:"[^"]*"|'[^']*'|[\w.-]+)"""
    r"""(?:\s*,\s*(?:"[^"]*"|'[^']*'|[\w.-]+))*)?)*"""
)
_ARGUMENT: Final = re.compile(
    r"""(?:(?P<key>[A-Za-z_][\w.-]*)\s*(?:=\s*|:\s*(?=["'])))?"""
    r"""(?:"(?P<double>(?:[^"\\]|\\.)*+)"|'(?P<single>(?:[^'\\]|\\.)*+)'|`(?P<raw>[^`]*+)`|[“”](?P<curly>[^“”]*+)”"""
    r"""|(?P<bare>[^\s,"'`“”{}]+))""",
    re.DOTALL,
)
_QUOTED: Final = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_INCLUDES: Final = frozenset({"include", "include-relative", "includecached", "include-cached", "partial", "render"})
_VERBATIM: Final = {name: re.compile(rf"\{{%-?\s*end{name}\s*-?%\}}") for name in ("raw", "comment")}
_ENDS: Final = re.compile(r"\{\{[<%]\s*/\s*(?P<hugo>[\w./-]+)|\{%-?\s*end(?P<liquid>\w+)")


class Shortcode(Struct, frozen=True):
    """A call of a template.

    Attributes:
        role: ``end`` of a pair, a mere ``value``, a ``comment``, or braces that are escaped and so ``literal``.
        name: In lower case, its parts joined by ``-``; that of the file for what is included.
        positional: Arguments without a name.
        named: Arguments by their names in lower case.
        arguments: All of them as they stand.
        source: As it stands in the text; what is meant to be read of a literal one.
        stop: Where it ends in the text.
    """

    role: Role
    name: str
    positional: tuple[str, ...]
    named: Mapping[str, str]
    source: str
    stop: int
    arguments: str = ""

    @property
    def target(self) -> str:
        """What it stands for in the address of a link: the page it refers to, nothing for the root of the site."""
        if self.role == "value":
            found = _QUOTED.search(self.source)
            return (found[1] or found[2] or "") if found else ""
        return self.positional[0] if self.positional else next(iter(self.named.values()), "")


def scan(text: str, position: int, stop: int) -> Shortcode | None:
    """Return the shortcode that starts at a position and ends before another; None where there is none."""
    opening, closing = next((each for each in _DELIMITERS if text.startswith(each[0], position)), ("", ""))
    if not opening:
        return None
    start = position + len(opening)
    end = text.find(closing, start, min(stop, start + _LONGEST))
    # None is within another, so that no text is searched twice.
    if end < 0 or text.find(opening, start, end) >= 0:
        return None
    inner, behind = text[start:end], end + len(closing)
    source = text[position:behind]
    if inner.startswith("/*") and inner.endswith("*/"):
        if opening == "{{":
            return Shortcode("comment", "", (), {}, source, behind)
        return Shortcode("literal", "", (), {}, f"{opening}{inner[2:-2]}{closing}", behind)
    if opening == "{#":
        return Shortcode("comment", "", (), {}, source, behind) if inner[:1].isspace() else None
    if opening == "{{":
        is_value = _VALUE.fullmatch(inner.strip("-").strip())
        return Shortcode("value", "", (), {}, source, behind) if is_value else None
    call = _call(inner.strip("-").strip(), source, behind, is_liquid=opening == "{%")
    return _verbatim(call, text, stop) if call and opening == "{%" and call.name in _VERBATIM else call


def _verbatim(call: Shortcode, text: str, stop: int) -> Shortcode:
    """Return a call of Liquid together with what it hides or keeps from being read; the same where it has no end."""
    found = _VERBATIM[call.name].search(text, call.stop, min(stop, call.stop + _LONGEST))
    if found is None or call.role != "call":
        return call
    role: Role = "literal" if call.name == "raw" else "comment"
    return Shortcode(role, "", (), {}, text[call.stop : found.start()], found.end())


def ends(text: str) -> frozenset[str]:
    """Return the names of the shortcodes of a text that are ended somewhere, which have words of it between."""
    return frozenset(_named(found["hugo"] or found["liquid"]) for found in _ENDS.finditer(text))


def _call(inner: str, source: str, stop: int, *, is_liquid: bool) -> Shortcode | None:
    found = _CALL.match(inner)
    if found is None:
        return None
    name = _named(found["name"])
    if found["end"] or (is_liquid and name.startswith("end") and len(name) > len("end")):
        return Shortcode("end", name if found["end"] else name.removeprefix("end"), (), {}, source, stop)
    positional: list[str] = []
    named: dict[str, str] = {}
    for key, value in _arguments(found["rest"].rstrip().removesuffix("/")):
        if key:
            named.setdefault(key, value)
        else:
            positional.append(value)
    if name in _INCLUDES and positional:
        name = _named(positional.pop(0))
    return Shortcode("call", name, tuple(positional), named, source, stop, found["rest"].strip())


def _arguments(text: str) -> Iterator[tuple[str, str]]:
    for found in _ARGUMENT.finditer(text):
        escaped = next((found[form] for form in ("double", "single", "curly", "bare") if found[form] is not None), None)
        yield (found["key"] or "").lower(), found["raw"] if escaped is None else unescapeAll(escaped)


def _named(name: str) -> str:
    stem = name.rsplit("/", 1)[-1].lower()
    return stem.removesuffix(".html").removesuffix(".md").removesuffix(".liquid").replace("_", "-")
