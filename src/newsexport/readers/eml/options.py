"""What can be chosen when a mail is read."""

from __future__ import annotations

from typing import Literal

from newsexport.spi import Options


class EmlOptions(Options, frozen=True, kw_only=True):
    """Options of the reader of mail.

    Attributes:
        part: Which form of the text is read where a mail brings several: ``auto`` and ``html`` prefer markup, ``text``
            plain text; the other one stands in for a form that has no words.
        language: BCP 47 tag of the text; None takes the one that the mail states.
    """

    part: Literal["auto", "html", "text"] = "auto"
    language: str | None = None
