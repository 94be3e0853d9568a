"""HTML to the blocks and inlines of the model, without a loss of words, in bounded time.

`parse` makes a tree, `Walk` goes through it, `Builder` makes blocks of the elements it is told; what is not HTML but
has its structure, such as Markdown, tells the builder itself.
"""

from newsexport.kit.html.builder import Builder
from newsexport.kit.html.fragments import Fragment, blocks, inlines, plain
from newsexport.kit.html.pieces import headline_of, levelled
from newsexport.kit.html.tree import parse
from newsexport.kit.html.walk import Skip, Walk

__all__ = ["Builder", "Fragment", "Skip", "Walk", "blocks", "headline_of", "inlines", "levelled", "parse", "plain"]
