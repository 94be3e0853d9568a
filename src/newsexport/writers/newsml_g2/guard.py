"""The last guard: our own profile of NewsML-G2 in RELAX NG, which every item must match before it leaves."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from threading import Lock
from typing import TYPE_CHECKING, Final

from newsexport.errors import InputError, WriterError
from newsexport.kit.xml import parse

if TYPE_CHECKING:
    from lxml.etree import RelaxNG

# Of lxml, a schema keeps the log of its last validation: one at a time.
_lock: Final = Lock()


def guard(item: bytes) -> None:
    """Refuse an item that is not what this writer means to write.

    Raises:
        WriterError: not well-formed or not valid, which is a fault of this writer.
    """
    hint = "this is a fault of newsexport: please report it with the article"
    try:
        root = parse(item)
    except InputError as error:
        raise WriterError(f"the item is {error.message}", hint) from error
    with _lock:
        profile = _profile()
        if not profile.validate(root):
            raise WriterError(f"the item breaks the profile: {profile.error_log.last_error}", hint)


@cache
def _profile() -> RelaxNG:
    from lxml import etree  # 20 ms, and most conversions need no parser

    return etree.RelaxNG(etree.XML(files(__package__).joinpath("profile.rng").read_bytes()))
