"""Blocks and inlines as XHTML: what web pages, EPUB and the bodies of NewsML-G2 share."""

from newsexport.kit.xhtml.blocks import Xhtml
from newsexport.kit.xhtml.markup import ImageSource, Profile, Source, address, web_address
from newsexport.kit.xhtml.story import body, corrections, foot, head, story

__all__ = [
    "ImageSource",
    "Profile",
    "Source",
    "Xhtml",
    "address",
    "body",
    "corrections",
    "foot",
    "head",
    "story",
    "web_address",
]
