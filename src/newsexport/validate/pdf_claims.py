"""What a PDF claims to conform to.

Source: ISO 16684-1, 7.3.2 (packets are found by scanning); ISO 19005-2, 6.6.4; ISO 14289-1, clause 5.
"""

from __future__ import annotations

import re
from typing import Final

_PACKET: Final = re.compile(rb"<x:xmpmeta\b.*?</x:xmpmeta>", re.DOTALL)
_PROPERTY: Final = re.compile(rb"""\b(pdfaid:part|pdfaid:conformance|pdfuaid:part)(?:\s*=\s*["']|>)\s*(\w+)""")


def claims(data: bytes) -> tuple[str, ...]:
    """Return the claims in the XMP of a file, or of its metadata stream alone, in veraPDF's words: ``2a``, ``ua1``."""
    found = {match[1]: match[2] for packet in _PACKET.findall(data) for match in _PROPERTY.finditer(packet)}
    archive, accessible = found.get(b"pdfaid:part"), found.get(b"pdfuaid:part")
    level = found.get(b"pdfaid:conformance", b"").lower()
    names = ((archive + level) if archive else b"", b"ua" + accessible if accessible else b"")
    return tuple(name.decode() for name in names if name)
