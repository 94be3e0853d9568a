"""The reader of posts of Ghost: from its APIs, its webhooks and its exports."""

from newsexport.readers.ghost.reader import GhostOptions, GhostReader

__all__ = ["GhostOptions", "GhostReader"]
