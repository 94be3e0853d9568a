"""Saved web pages to articles."""

from newsexport.readers.webpage.options import WebpageOptions
from newsexport.readers.webpage.reader import WebpageReader

__all__ = ["WebpageOptions", "WebpageReader"]
