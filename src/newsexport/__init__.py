"""One news story in; DOCX, PDF, EPUB, NewsML-G2 and more out.

    >>> import newsexport
    >>> article = newsexport.read("story.txt").document
    >>> newsexport.export(article, "pdf", origin="story.txt").save("story.pdf")

The model is in `newsexport.model`; what a plug-in needs is in `newsexport.spi` and `newsexport.testing`.
Importing this package loads no format library: names below are looked up when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsexport.version import __version__

if TYPE_CHECKING:
    from newsexport.api.converting import Conversion, Job, Source, convert, convert_files
    from newsexport.api.exporting import Settings, export, export_all
    from newsexport.api.fetching import Fetch
    from newsexport.api.preparing import prepare
    from newsexport.api.reading import read, read_each
    from newsexport.api.results import ExportResult, ReadResult, Rendition
    from newsexport.errors import (
        ArticleError,
        InputError,
        Kind,
        LimitError,
        LossError,
        NewsexportError,
        Notice,
        OutputError,
        UnsupportedError,
        UsageError,
        ValidationError,
        WriterError,
    )
    from newsexport.model import Article, Edition, Section, view

_HOMES = {
    "newsexport.api.converting": ("Conversion", "Job", "Source", "convert", "convert_files"),
    "newsexport.api.exporting": ("Settings", "export", "export_all"),
    "newsexport.api.fetching": ("Fetch",),
    "newsexport.api.preparing": ("prepare",),
    "newsexport.api.reading": ("read", "read_each"),
    "newsexport.api.results": ("ExportResult", "ReadResult", "Rendition"),
    "newsexport.errors": (
        "ArticleError",
        "InputError",
        "Kind",
        "LimitError",
        "LossError",
        "NewsexportError",
        "Notice",
        "OutputError",
        "UnsupportedError",
        "UsageError",
        "ValidationError",
        "WriterError",
    ),
    "newsexport.model": ("Article", "Edition", "Section", "view"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Article",
    "ArticleError",
    "Conversion",
    "Edition",
    "ExportResult",
    "Fetch",
    "InputError",
    "Job",
    "Kind",
    "LimitError",
    "LossError",
    "NewsexportError",
    "Notice",
    "OutputError",
    "ReadResult",
    "Rendition",
    "Section",
    "Settings",
    "Source",
    "UnsupportedError",
    "UsageError",
    "ValidationError",
    "WriterError",
    "__version__",
    "convert",
    "convert_files",
    "export",
    "export_all",
    "prepare",
    "read",
    "read_each",
    "view",
]


def __getattr__(name: str) -> object:
    module = _HOME_OF.get(name)
    if module is None:
        raise AttributeError(f"module 'newsexport' has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(module), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
