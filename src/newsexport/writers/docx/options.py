"""Options of the DOCX writer."""

from __future__ import annotations

from typing import Literal, TypeAlias

from newsexport.spi import Asset, Options

Page: TypeAlias = Literal["auto", "a4", "letter"]


class DocxOptions(Options, frozen=True, kw_only=True):
    """Options of the DOCX writer.

    Attributes:
        page: Size of the paper; ``auto`` is that of the template, and without one Letter where the language tag names
            a country that prints on it (``en-US``, ``es-MX``), A4 everywhere else.
        template: A house's .docx or .dotx: its styles, by their names, its theme, margins, headers and footers are
            used; its text is not. Styles it lacks are added from the built-in ones. None for the built-in ones.
    """

    page: Page = "auto"
    template: Asset | None = None
