"""The reader of Superdesk's content items: of its archive and content API, and as it pushes them."""

from newsexport.readers.superdesk.reader import SuperdeskOptions, SuperdeskReader

__all__ = ["SuperdeskOptions", "SuperdeskReader"]
