"""Plain text to an article."""

from newsexport.readers.text.reader import TextOptions, TextReader

__all__ = ["TextOptions", "TextReader"]
