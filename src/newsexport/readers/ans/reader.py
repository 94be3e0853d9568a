"""The reader of ANS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO, Final

from newsexport.spi import Context, Format, Options, Parsed, Probe

_FORMAT: Final = Format(
    name="ans",
    media_type="application/json",
    suffix=".ans.json",
    title="Stories of Arc XP (ANS)",
    detection="JSON with a type and a version of ANS (0.4 to 0.10), such as an answer of Arc XP's content API",
)
_VERSION: Final = re.compile(r'"version"\s*:\s*"0\.\d{1,2}\.\d{1,2}"')
_OWN: Final = frozenset(
    {"content_elements", "headlines", "promo_items", "taxonomy", "credits", "canonical_url", "streams"}
)


class AnsOptions(Options, frozen=True, kw_only=True):
    """Options of the reader of ANS.

    Attributes:
        base: URL of the website: what addresses of stories, links and pictures are relative to.
        language: BCP 47 tag of the text; None takes the one that the story states.
    """

    base: str | None = None
    language: str | None = None


class AnsReader:
    """Reads stories; what else Arc XP keeps in ANS is refused by name."""

    @property
    def format(self) -> Format:
        """Stories of Arc XP (ANS)."""
        return _FORMAT

    @property
    def options_type(self) -> type[AnsOptions]:
        """`AnsOptions`."""
        return AnsOptions

    def sniff(self, probe: Probe) -> float:
        """Return 0.95 for objects of ANS, 0.7 for what has but their fields."""
        keys = probe.json_keys
        if "type" not in keys or _OWN.isdisjoint(keys):
            return 0.0
        if "version" in keys and _VERSION.search(probe.text):
            return 0.95
        return 0.7 if "content_elements" in keys else 0.0

    def read(self, data: bytes, options: AnsOptions, context: Context) -> Parsed:
        """Make an article of each story.

        Raises:
            InputError: it is no JSON, or holds no story.
        """
        return Parsed.joined(self.each(BytesIO(data), options, context))

    def each(self, stream: BinaryIO, options: AnsOptions, context: Context) -> Iterator[Parsed]:
        """Yield an article for each story, one at a time.

        Raises:
            InputError: it is no JSON, or holds no story.
        """
        from newsexport.readers.ans.stories import stories  # brings what reads HTML and copy

        return stories(stream, options.base, options.language, context)
