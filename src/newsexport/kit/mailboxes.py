"""Names with their mail addresses, as headers of mails and feeds write them."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

_LONGEST: Final = 2_000
_MAILBOX: Final = re.compile(
    r"(?:\"(?P<quoted>(?:[^\"\\]|\\.)*+)\"|(?P<plain>[^\",<>()]*+))\s*+<(?P<angled>[^<>\s]+@[^<>\s]+)>"
    r"|(?P<bare>[^\s\",<>()@]+@[^\s\",<>()]+)\s*+(?:\((?P<comment>[^()]*+)\))?"
)


class Mailbox(Struct, frozen=True):
    """Somebody who has a mail address.

    Attributes:
        address: Such as ``jane@example.com``.
        name: As displayed; empty for none, or where it but repeats the address.
    """

    address: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


def mailbox(text: str) -> Mailbox | None:
    """Return the first mailbox in a text, of which 2,000 characters are looked at; None where there is none.

    Source: RFC 5322, 3.4; the form with the name in brackets, RFC 822, A.1.
    """
    found = _MAILBOX.search(text[:_LONGEST])
    if found is None:
        return None
    named = re.sub(r"\\(.)", r"\1", found["quoted"] or "") or found["plain"] or found["comment"] or ""
    name, address = " ".join(named.split()).strip("'"), found["angled"] or found["bare"]
    return Mailbox(address, name if name.casefold() != address.casefold() else "")
