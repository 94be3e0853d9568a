"""Markdown in a field of another format, to the HTML that a content management system would show."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


def to_html(markdown: str, *, breaks: bool = False) -> str:
    """Return the HTML of a text in Markdown as GitHub writes it, with footnotes, H~2~O and x^2^.

    Args:
        markdown: HTML in it stays as it is.
        breaks: True where a new line within a paragraph is one to the reader too.
    """
    return str(_parser(breaks).render(markdown))


@cache
def _parser(breaks: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt  # 30 ms, and few articles hold Markdown
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.subscript import sub_plugin
    from mdit_py_plugins.superscript import superscript_plugin

    parser = MarkdownIt("gfm-like", {"linkify": False, "breaks": breaks, "html": True})
    parser.use(footnote_plugin).use(sub_plugin).use(superscript_plugin)
    # Without the rule that stands above the notes, for they do not stay there.
    parser.add_render_rule("footnote_block_open", lambda *_: '<section class="footnotes"><ol>')
    return parser
