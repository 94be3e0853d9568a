"""The text of a post: as the editor keeps it, in Lexical or Mobiledoc, or as Ghost rendered it, in HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from msgspec import Struct

from newsexport.errors import InputError, Kind
from newsexport.kit import cms
from newsexport.kit.cms import Fields
from newsexport.kit.html import Builder, levelled
from newsexport.model import Block, Paragraph, Text
from newsexport.readers.ghost import lexical, mobiledoc
from newsexport.readers.ghost.cards import Cards
from newsexport.spi import Asset

SITE: Final = "__GHOST_URL__"
"""What stands for the address of the site in the database, and so in exports."""

_GATE: Final = re.compile(r"<!--kg-gated-block:(?:begin(?P<whom>[^<>]*)|end)-->")
_PAYWALL: Final = "<!--members-only-->"


class Source(Struct, frozen=True):
    """Where a post comes from.

    Attributes:
        base: What its links are relative to.
        site: What `SITE` stands for; None when it is not known.
        language: Of the post.
    """

    base: str | None
    site: str | None
    language: str | None


class Body:
    """The text of one post."""

    def __init__(self, post: Fields, source: Source) -> None:
        self._post = post
        self._source = source
        self._builder = Builder(post.context, base=source.base, language=source.language)
        self._cards = Cards(self._builder, post.context, source.base, source.language)

    def read(self, wanted: str) -> tuple[tuple[Block, ...], tuple[Asset, ...]]:
        """Return the blocks of the text, and pictures that stood in its markup.

        Args:
            wanted: The rendition to read; ``auto``, and where there is none of it, for the one that says most.
        """
        there = [name for name in _READERS if self._post.raw(name)]
        for name in sorted(there, key=lambda name: name != wanted):
            blocks = _READERS[name](self)
            if blocks:
                self._tell(name, there)
                return levelled(blocks), tuple(self._cards.assets)
        return (), ()

    def _tell(self, name: str, there: list[str]) -> None:
        if len(set(there) - {"plaintext"}) > 1:
            self._post.notice("ghost.body", Kind.INFO, f"the text was read from {name}", name)

    def _kept(self, name: str) -> object:
        """Return what the editor keeps, which is JSON within a text."""
        kept = self._post.raw(name)
        try:
            return cms.decode(self._sited(kept), self._post.context) if isinstance(kept, str) else kept
        except InputError as error:
            message = f"the text in {name} cannot be read: {error.message}"
            self._post.notice("ghost.body-unreadable", Kind.REPAIR, message, name)
            return None

    def _sited(self, text: str) -> str:
        return text.replace(SITE, (self._source.site or "").rstrip("/"))

    def _lexical(self) -> tuple[Block, ...]:
        kept = self._kept("lexical")
        if not isinstance(kept, dict):
            return ()
        document = Fields(kept, self._post.context, self._post.where("lexical"))
        lexical.Walk(self._builder, self._cards).walk(document.fields("root"))
        return self._builder.finish()

    def _mobiledoc(self) -> tuple[Block, ...]:
        kept = self._kept("mobiledoc")
        if not isinstance(kept, dict):
            return ()
        document = Fields(kept, self._post.context, self._post.where("mobiledoc"))
        mobiledoc.Walk(document, self._builder, self._cards).walk()
        return self._builder.finish()

    def _html(self) -> tuple[Block, ...]:
        html = "".join(self._open(self._sited(self._post.characters("html"))))
        if _PAYWALL in html:
            message = "what follows the marker of the paywall is for members"
            self._post.notice("ghost.members", Kind.INFO, message, "html")
        self._cards.markup(html)
        return self._builder.finish()

    def _open(self, html: str) -> Iterator[str]:
        """Yield the parts of a text that are not for members alone."""
        last, is_open = 0, True
        for gate in _GATE.finditer(html):
            if is_open:
                yield html[last : gate.start()]
            last, is_open = gate.end(), "nonMember:false" not in (gate["whom"] or "")
            if not is_open:
                self._post.notice("ghost.card-lost", Kind.LOSS, "a block for members alone was left out", "html")
        if is_open:
            yield html[last:]

    def _plaintext(self) -> tuple[Block, ...]:
        parts = re.split(r"\n[^\S\n]*\n", self._post.characters("plaintext"))
        return tuple(Paragraph((Text(words),)) for part in parts if (words := " ".join(part.split())))


_READERS: Final[dict[str, Callable[[Body], tuple[Block, ...]]]] = {
    "lexical": Body._lexical,
    "mobiledoc": Body._mobiledoc,
    "html": Body._html,
    "plaintext": Body._plaintext,
}
