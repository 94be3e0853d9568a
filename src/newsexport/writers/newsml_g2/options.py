"""Options of the NewsML-G2 writer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from newsexport.errors import UsageError
from newsexport.kit import vocab
from newsexport.spi import Options
from newsexport.writers.newsml_g2.checks import is_uri

_ALIAS: Final = re.compile(r"[A-Za-z_][\w.-]*")
OWN_PREFIX: Final = "nx"
"""What the aliases that the writer declares by itself begin with."""


class NewsmlG2Options(Options, frozen=True, kw_only=True):
    """Options of the NewsML-G2 writer.

    Attributes:
        link_renditions: Formats whose files are listed in the item, with size and SHA-256, as further renditions of
            the story; they are made first.
        schemes: URIs of the house's own controlled vocabularies by the alias that its QCodes use
            (``{"acme": "https://acme.example/codes/"}``); IPTC's need no mention.
    """

    link_renditions: tuple[str, ...] = ()
    schemes: Mapping[str, str] = {}

    def __post_init__(self) -> None:
        """Refuse schemes that cannot be declared, and an item that lists itself."""
        if "newsml-g2" in self.link_renditions:
            hint = "name other formats: pdf, docx, epub"
            raise UsageError("newsml-g2.link-renditions: an item cannot list itself", hint)
        for alias, uri in self.schemes.items():
            _check_scheme(alias, uri)

    def __hash__(self) -> int:
        """Hash by value: options are keys of `newsexport.spi.Context.rendition`, and mappings have no hash."""
        return hash((self.link_renditions, tuple(sorted(self.schemes.items()))))


def _check_scheme(alias: str, uri: str) -> None:
    where = f"newsml-g2.schemes: {alias!r}"
    if not _ALIAS.fullmatch(alias) or alias.startswith(OWN_PREFIX):
        hint = f"an alias is letters, digits, - and _, starts with a letter, and not with {OWN_PREFIX}"
        raise UsageError(f"{where} is no alias", hint)
    if vocab.scheme(alias) not in {None, uri}:
        raise UsageError(f"{where} already stands for {vocab.scheme(alias)}", "choose another alias")
    if not is_uri(uri):
        raise UsageError(
            f"{where} does not stand for a URI but {uri!r}", "give alias=URI, as in acme=https://acme.example/codes/"
        )
