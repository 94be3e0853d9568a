"""How desks write copy: heads, bylines, datelines, embargoes, notes to desks and to readers, in eight languages."""

from newsexport.kit.desk.blocks import Copy, read_copy, read_published
from newsexport.kit.desk.body import Quotes
from newsexport.kit.desk.lines import Unwrap
from newsexport.kit.desk.story import read_story

__all__ = ["Copy", "Quotes", "Unwrap", "read_copy", "read_published", "read_story"]
