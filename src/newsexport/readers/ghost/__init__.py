"""The reader of posts of Ghost: from its APIs, its webhooks and its exports."""

from newsexport.readers.ghost.options import GhostOptions
from newsexport.readers.ghost.reader import GhostReader

__all__ = ["GhostOptions", "GhostReader"]
