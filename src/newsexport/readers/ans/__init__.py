"""The reader of ANS, in which Arc XP keeps and sends stories."""

from newsexport.readers.ans.reader import AnsOptions, AnsReader

__all__ = ["AnsOptions", "AnsReader"]
