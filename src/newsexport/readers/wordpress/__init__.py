"""The readers of WordPress: of posts as its REST interface and our hook send them, and of its export (WXR)."""

from newsexport.readers.wordpress.options import WordPressOptions, WxrOptions
from newsexport.readers.wordpress.rest import WordPressReader
from newsexport.readers.wordpress.wxr import WxrReader

__all__ = ["WordPressOptions", "WordPressReader", "WxrOptions", "WxrReader"]
