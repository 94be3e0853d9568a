"""What an item is about, from controlled vocabularies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from newsexport.errors import Kind
from newsexport.kit.cms import Fields
from newsexport.model import Concept, Subject

_SUBJECT_CODE: Final = re.compile(r"[01]\d{7}")
_ALIAS: Final = re.compile(r"[A-Za-z][\w-]*")
# What Superdesks call the schemes of IPTC, without the marks between words.
_SCHEMES: Final = {
    **dict.fromkeys(("mediatopic", "mediatopics", "mediatop", "medtop", "iptcmediatopics"), "medtop"),
    **dict.fromkeys(("subj", "subjectcode", "iptcsubjectcode", "iptcsubjectcodes"), "subj"),
}
_NEWSCODES: Final = re.compile(r"https?://cv\.iptc\.org/newscodes/(?P<name>\w+)/?")
_QCODE: Final = re.compile(r"(?P<alias>medtop|subj):(?P<code>\d+)")


def codes(item: Fields, *names: str) -> Iterator[tuple[str | None, str | None]]:
    """Yield the codes and names of vocabularies, as Superdesk keeps them and as it sends them."""
    for name in names:
        for each in item.each(name):
            code, label = each.text("qcode") or each.text("code"), each.text("name")
            if code or label:
                yield code, label


def subjects(item: Fields) -> Iterator[Subject]:
    """Yield the topics of an item; one of no scheme is noticed as a loss."""
    for each in item.each("subject"):
        code, name = each.text("qcode") or each.text("code") or "", each.text("name")
        qcode = _QCODE.fullmatch(code)
        scheme = qcode["alias"] if qcode else _scheme(each.text("scheme"), code)
        if code and scheme:
            parent = (each.text("parent") or "").removeprefix(f"{scheme}:")
            broader = (Subject(parent, scheme),) if parent and parent != code else ()
            yield Subject(qcode["code"] if qcode else code, scheme, name=name, broader=broader)
        else:
            message = f"the subject {name or code!r} is of no scheme and was left out"
            each.notice("superdesk.subject-lost", Kind.LOSS, message)


def concepts(item: Fields, name: str) -> tuple[Concept, ...]:
    """Return the people, places and the like in a field."""
    found = []
    for each in item.each(name):
        code = each.text("code") or each.text("qcode")
        label = each.text("name") or each.text("locality") or each.text("state") or each.text("country")
        is_geonames = each.text("scheme") == "geonames" and code is not None
        if label or is_geonames:
            found.append(Concept(label, qcode=f"geonames:{code}" if is_geonames else None))
    return tuple(dict.fromkeys(found))


def _scheme(stated: str | None, code: str) -> str | None:
    """Return the alias of a scheme.

    A subject that states none is of IPTC's subject codes, which are what Superdesk begins with, if it looks like one.
    """
    if stated is None:
        return "subj" if _SUBJECT_CODE.fullmatch(code) else None
    found = _NEWSCODES.fullmatch(stated)
    name = found["name"] if found else stated
    alias = _SCHEMES.get(re.sub(r"[\s_-]", "", name.lower()), name)
    return alias if _ALIAS.fullmatch(alias) else None
