"""The reader of HTML that is an article and nothing else: a fragment of a CMS, an element ``article``."""

from newsexport.readers.html.options import HtmlOptions
from newsexport.readers.html.reader import HtmlReader

__all__ = ["HtmlOptions", "HtmlReader"]
