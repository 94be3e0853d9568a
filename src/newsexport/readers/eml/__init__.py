"""The reader of mail: a press release, a story sent to a desk."""

from __future__ import annotations

import re
from typing import Final

from newsexport.errors import InputError
from newsexport.readers.eml.options import EmlOptions
from newsexport.spi import Context, Format, Parsed, Probe

__all__ = ["EmlOptions", "EmlReader"]

_FORMAT: Final = Format(
    name="eml",
    media_type="message/rfc822",
    suffix=".eml",
    title="Mail",
    detection="a header of fields such as From:, Received:, MIME-Version: and Subject:",
)
_FIRST: Final = re.compile(
    r"(?:>?From [^\n]*\n)?(?:From|Return-Path|Delivered-To|Received|X-[\w-]+|Subject|Date|MIME-Version|Message-ID|To"
    r"|Reply-To|Sender|DKIM-Signature|ARC-[\w-]+|Authentication-Results|Content-Type|Thread-[\w-]+|List-[\w-]+): ?",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(r"(?P<name>[!-9;-~]+)[ \t]*:[^\n]*+(?:\n[ \t][^\n]*+)*+(?:\n|\Z)|>?From [^\n]*\n")
# No text that people write has these; Subject and Date stand in files of other kinds as well.
_TELLING: Final = frozenset(
    {"delivered-to", "from", "message-id", "mime-version", "received", "return-path", "x-original-to"}
)
_FEWEST: Final = 3


class EmlReader:
    """Reads the text of a mail, with the pictures that came in it."""

    @property
    def format(self) -> Format:
        """Mail."""
        return _FORMAT

    @property
    def options_type(self) -> type[EmlOptions]:
        """`EmlOptions`."""
        return EmlOptions

    def sniff(self, probe: Probe) -> float:
        """Return 0.9 for a file that is named as a mail and starts as one, 0.7 for any other that does so."""
        if probe.is_binary or _FIRST.match(probe.text) is None:
            return 0.0
        if probe.suffix == _FORMAT.suffix:
            return 0.9
        names = _names(probe.text)
        return 0.7 if len(names) >= _FEWEST and _TELLING.intersection(names) else 0.0

    def read(self, data: bytes, options: EmlOptions, context: Context) -> Parsed:
        """Make an article of the mail.

        Raises:
            InputError: the input is no mail, an encrypted one, or one without a word in it.
            LimitError: the mail, or a part of it, is too large, or its parts nest too deeply.
        """
        from newsexport.readers.eml.story import MailReader  # HTML's kit, and sniffing has no use for it

        if Probe(data).is_binary:
            raise InputError("the input is binary, not mail", "save the mail as .eml; Outlook's .msg is not read")
        return MailReader(options, context).read(data)


def _names(text: str) -> list[str]:
    """Return the names of the fields that a text starts with, in small letters."""
    names: list[str] = []
    position = 0
    text = text.replace("\r\n", "\n")
    while found := _FIELD.match(text, position):
        names.append((found["name"] or "").lower())
        position = found.end()
    return names
