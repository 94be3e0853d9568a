"""The schemes that an item's QCodes belong to: IPTC's by reference, all others declared in the item itself.

So an item can be understood without a look at any server of the house.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from newsexport.kit import vocab
from newsexport.model.concepts import Provider
from newsexport.writers.newsml_g2.checks import alias_of, is_uri
from newsexport.writers.newsml_g2.elements import empty, parent

# IPTC has no schemes for these.
_OWN: Final = {
    "nxheadline": "headlinerole",
    "nxnote": "ednoterole",
    "nxauthor": "authorrole",
    "nxassigner": "assigner",
    "nxservice": "service",
    "nxrelation": "itemrelation",
    "nxproperty": "itemproperty",
    "nxaltid": "altidtype",
    "nxrendition": "rendition",
}
_BLANKS: Final = re.compile(r"\s+")


class Schemes:
    """Makes QCodes of a house's words, and remembers which schemes that takes."""

    def __init__(self, provider: Provider | None, house: Mapping[str, str]) -> None:
        """Start an item.

        Args:
            provider: Its URI is the root of our own schemes.
            house: URIs of the house's schemes by their aliases.
        """
        uri = provider.uri if provider else None
        web = uri is not None and uri.startswith(("https://", "http://")) and is_uri(uri)
        self._root = f"{uri.rstrip('/')}/cv/" if uri and web else None
        self._house = house
        self._used: set[str] = set()

    def code(self, alias: str, word: str) -> str:
        """Return a word as a QCode: itself when it is one of a known scheme, else a code of our own scheme `alias`."""
        known = alias_of(word)
        if known and (known in self._house or vocab.scheme(known)):
            return word
        self._used.add(alias)
        return f"{alias}:{_BLANKS.sub('_', word) or '_'}"

    def catalogs(self) -> str:
        """Return the reference to IPTC's catalog, then the catalog of all other schemes."""
        own = {alias: self._uri(name) for alias, name in _OWN.items() if alias in self._used}
        schemes = [empty("scheme", alias=alias, uri=uri) for alias, uri in {**self._house, **own}.items()]
        reference = empty("catalogRef", href=vocab.CATALOG)
        return f"{reference}\n{parent('catalog', *schemes)}" if schemes else reference

    def _uri(self, name: str) -> str:
        return f"{self._root}{name}/" if self._root else f"urn:newsexport:cv:{name}:"
