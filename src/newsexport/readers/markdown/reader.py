"""The reader of Markdown."""

from __future__ import annotations

import re
from typing import Final

from newsexport.kit.markup_options import MarkupOptions
from newsexport.readers.markdown.front_matter import is_fenced
from newsexport.spi import Context, Format, Parsed, Probe

_FORMAT: Final = Format(
    name="markdown",
    media_type="text/markdown",
    suffix=".md",
    title="Markdown",
    detection="the suffix .md, front matter between fences, or headings and links of Markdown",
)
_SUFFIXES: Final = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mdwn", ".qmd"})
# Texts of other kinds, some of which have front matter too.
_OTHERS: Final = frozenset({".adoc", ".org", ".rst", ".toml", ".txt", ".yaml", ".yml"})
_HEADING: Final = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_MARKUP: Final = re.compile(
    r"\]\([^\s()]+\)|(?<![\w*])\*\*?[^\s*][^*\n]*\*|(?<!\w)__?[^\s_][^_\n]*_(?!\w)|^(?:>|```)", re.MULTILINE
)


class MarkdownOptions(MarkupOptions, frozen=True, kw_only=True):
    """Options of the reader of Markdown."""


class MarkdownReader:
    """Reads CommonMark with the additions of GitHub and of site generators, and the front matter above it."""

    @property
    def format(self) -> Format:
        """Markdown."""
        return _FORMAT

    @property
    def options_type(self) -> type[MarkdownOptions]:
        """`MarkdownOptions`."""
        return MarkdownOptions

    def sniff(self, probe: Probe) -> float:
        """Return 0.9 for its suffixes, 0.7 for front matter, 0.35 for headings and markup; 0 for what is named text."""
        if probe.is_binary or probe.suffix in _OTHERS:
            return 0.0
        if probe.suffix in _SUFFIXES:
            return 0.9
        text = probe.text.replace("\r\n", "\n")
        if is_fenced(text):
            return 0.7
        return 0.35 if not probe.suffix and _HEADING.search(text) and _MARKUP.search(text) else 0.0

    def read(self, data: bytes, options: MarkdownOptions, context: Context) -> Parsed:
        """Make an article of the text.

        Raises:
            InputError: the input is binary or empty, its front matter cannot be read, or a date in it is none.
            LimitError: it is larger or deeper than an article is.
        """
        from newsexport.readers.markdown.story import read_story  # 100 ms: the parsers of Markdown, YAML and HTML

        return read_story(data, options.base, options.language, options.zone, context)
