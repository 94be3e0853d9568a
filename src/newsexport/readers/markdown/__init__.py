"""The reader of Markdown, with or without front matter."""

from newsexport.readers.markdown.reader import MarkdownOptions, MarkdownReader

__all__ = ["MarkdownOptions", "MarkdownReader"]
