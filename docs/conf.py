"""Settings of the documentation: ``sphinx-build -n -W -b html docs docs/_build``."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "_ext"), str(HERE.parent / "src")]

import newsexport  # noqa: E402  # found by the line above when it is not installed

project = "newsexport"
copyright = "the newsexport contributors"
version = release = newsexport.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "generated"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"newsexport {release}"
html_extra_path = ["reference/article.schema.json"]
myst_heading_anchors = 3
myst_enable_extensions = ["deflist"]

# `name` in a docstring is a link where it can be: nitpicky tells of those that lead nowhere.
default_role = "py:obj"
nitpicky = True
nitpick_ignore_regex = [
    # A lower-case word is the name of an argument or a field.
    ("py:obj", r"[a-z_]+"),
    # The standard library and msgspec have pages of their own; no build reaches for the network to find them.
    ("py:class", r"newsexport\.spi\.OptionsT"),
    # Options of formats are listed by their text forms, in options.md.
    ("py:class", r"\w+Options"),
    ("py:.*", r"(collections\.|datetime|os\.|pathlib\.|typing\.|msgspec|enum\.|date$|Path$|Mapping$|Iterable$).*"),
]
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
python_maximum_signature_line_length = 80
napoleon_use_ivar = True
