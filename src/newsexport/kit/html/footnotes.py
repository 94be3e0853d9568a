"""Footnotes: references in the text, and the notes they lead to, wherever in the document these stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from msgspec import Struct
from selectolax.lexbor import LexborNode

_NUMBER: Final = re.compile(r"\W{0,3}(?:\d{1,4}|[a-z]|[ivxlc]{1,6}|note \d{1,3}|[*†‡§¶]{1,3})\W{0,3}", re.IGNORECASE)
_NOTES: Final = re.compile(
    r"(?:^|\s)(?:[\w-]*(?:foot|end)notes?[\w-]*|(?:mw-)?references?|reflist|notes)(?:$|\s)", re.IGNORECASE
)
_REFERENCE: Final = re.compile(r"(?:foot|end)note|noteref|(?:^|\s)(?:reference|fn)(?:$|\s)", re.IGNORECASE)
# Word, LibreOffice, MediaWiki, Markdown, Substack.
_NAMED: Final = re.compile(
    r"_?(?:ftn|edn|fn|note|cite_note|sdfootnote|sdendnote|(?:foot|end)note)[-:_]?\w*$", re.IGNORECASE
)
_BACK: Final = re.compile(r"back-?(?:ref|link)|footnote-(?:back|number)|fn-?return|reversefootnote", re.IGNORECASE)
_ROLES: Final = frozenset({"doc-footnote", "doc-endnote", "doc-endnotes", "doc-footnotes"})
_ARROWS: Final = frozenset("↩↵⤴⏎↑^↲⬆")
# What a note may be; the target itself may be an anchor within it.
_HOLDERS: Final = frozenset({"li", "p", "div", "aside", "dd", "section", "td"})
_MOST_LINKS: Final = 2_000
_HIGHEST: Final = 6


class Footnotes(Struct, frozen=True):
    """The footnotes of a tree, by the identity (`mem_id`) of nodes.

    Attributes:
        notes: The note that a reference leads to.
        moved: Notes that are referred to, and what holds nothing but such notes: they have no place of their own.
        back: Links from notes to their references.
    """

    notes: dict[int, LexborNode]
    moved: frozenset[int]
    back: frozenset[int]


NONE: Final = Footnotes({}, frozenset(), frozenset())


def find(root: LexborNode) -> Footnotes:
    """Return the footnotes of a tree; a reference and a note count as such when either of them says so."""
    links = [link for link in root.css("a[href]") if _local(link)]
    if not links or len(links) > _MOST_LINKS:
        return NONE
    targets = _targets(root)
    notes: dict[int, LexborNode] = {}
    holders: dict[int, LexborNode] = {}
    texts: set[int] = set()
    for link in links:
        target = targets.get(_local(link) or "")
        holder = _holder(target) if target is not None else None
        # Word's links lead back and forth alike: the first of two is the reference, what it stands in is no note.
        if holder is not None and holder.mem_id not in texts and _refers(link, holder):
            notes[link.mem_id] = holder
            holders[holder.mem_id] = holder
            texts.update(node.mem_id for node in _ancestors(link))
    # A note within a note, or a reference in its own note, would have no end.
    own = {link.mem_id for link in links if link.mem_id in notes and _is_within(link, holders)}
    notes = {link: note for link, note in notes.items() if link not in own}
    used = {note.mem_id: note for note in notes.values()}
    moved = frozenset(used) | frozenset(_emptied(used))
    back = frozenset(link.mem_id for link in links if _is_back(link, used))
    return Footnotes(notes, moved, back)


def _local(link: LexborNode) -> str | None:
    href = (link.attributes.get("href") or "").strip()
    return unquote(href[1:]) if href.startswith("#") and len(href) > 1 else None


def _targets(root: LexborNode) -> dict[str, LexborNode]:
    targets: dict[str, LexborNode] = {}
    for node in root.css("[id], a[name]"):
        for name in (node.attributes.get("id"), node.attributes.get("name")):
            if name:
                targets.setdefault(name, node)
    return targets


def _ancestors(node: LexborNode, limit: int | None = None) -> Iterator[LexborNode]:
    parent = node.parent
    while parent is not None and parent.is_element_node and (limit is None or limit > 0):
        yield parent
        parent = parent.parent
        limit = None if limit is None else limit - 1


def _holder(target: LexborNode) -> LexborNode | None:
    """Return the element that holds the whole note: the target, or the block around it."""
    return next((node for node in (target, *_ancestors(target, _HIGHEST)) if node.tag in _HOLDERS), None)


def _refers(link: LexborNode, holder: LexborNode) -> bool:
    """Tell whether a link is a reference to a footnote, and what it leads to a note."""
    words = link.text().strip()
    if not _NUMBER.fullmatch(words):
        return False
    is_reference = (
        bool(_NAMED.match(_local(link) or ""))
        or _says(link, _REFERENCE)
        or any(node.tag == "sup" or _says(node, _REFERENCE) for node in _ancestors(link, 2))
    )
    return is_reference and (_is_note(holder) or _leads_back(holder, link))


def _is_note(holder: LexborNode) -> bool:
    return any(_says(node, _NOTES) for node in (holder, *_ancestors(holder, 3)))


def _says(node: LexborNode, pattern: re.Pattern[str]) -> bool:
    attributes = node.attributes
    if pattern is _NOTES and attributes.get("role") in _ROLES:
        return True
    words = (attributes.get("class"), attributes.get("rel"), attributes.get("role"), attributes.get("epub:type"))
    own = attributes.get("id") if pattern is _NOTES else None
    return any(word and pattern.search(word) for word in (*words, own))


def _leads_back(holder: LexborNode, link: LexborNode) -> bool:
    names = {
        name
        for node in (link, *_ancestors(link, 2))
        for name in (node.attributes.get("id"), node.attributes.get("name"))
        if name
    }
    return any(_local(each) in names for each in holder.css("a[href]"))


def _is_within(node: LexborNode, holders: dict[int, LexborNode]) -> bool:
    return any(each.mem_id in holders for each in _ancestors(node))


def _is_back(link: LexborNode, notes: dict[int, LexborNode]) -> bool:
    if link.mem_id in notes or not _is_within(link, notes):
        return False
    words = link.text().strip()
    return bool(_says(link, _BACK) or _NUMBER.fullmatch(words) or not words or words[0] in _ARROWS)


def _emptied(notes: dict[int, LexborNode]) -> Iterator[int]:
    """Yield what holds nothing but notes that are moved, and rules between them."""
    parents = {
        parent.mem_id: parent for note in notes.values() for parent in _ancestors(note, 2) if _says(parent, _NOTES)
    }
    lists = {
        parent.mem_id: parent for note in notes.values() for parent in _ancestors(note, 1) if parent.tag in {"ol", "ul"}
    }
    gone = set(notes)
    for identity, parent in (*lists.items(), *parents.items()):
        if all(_is_gone(child, gone) for child in parent.iter(include_text=True)):
            gone.add(identity)
            yield identity


def _is_gone(node: LexborNode, gone: set[int]) -> bool:
    if not node.is_element_node:
        return not (node.text_content or "").strip()
    return node.mem_id in gone or node.tag in {"hr", "br"}
