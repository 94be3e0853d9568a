"""Values in arrays that PHP has serialised: what WordPress keeps of a picture.

Source: PHP Manual, "serialize": ``s:6:"credit";s:9:"Mara Lind";``, lengths in bytes.
"""

from __future__ import annotations

import re


def text(serialised: str, name: str) -> str:
    """Return the first text or number of a name; empty for none."""
    data = serialised.encode("utf-8", "replace")
    key = re.escape(name.encode())
    found = re.search(rb's:\d{1,3}:"%s";(?:i:(?P<number>\d{1,18});|s:(?P<length>\d{1,7}):")' % key, data)
    if found is None:
        return ""
    if found["number"]:
        return found["number"].decode()
    return data[found.end() : found.end() + int(found["length"])].decode("utf-8", "replace").strip()
