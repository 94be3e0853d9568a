"""The versions of newsexport and of the libraries it stands on."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from newsexport.version import __version__

_LIBRARIES = (
    "EbookLib", "lxml", "markdown-it-py", "mdit-py-plugins", "msgspec", "Pillow", "python-docx", "PyYAML", "reportlab",
    "rl_accel", "selectolax", "feedparser", "rich", "trafilatura",
)  # fmt: skip


def versions() -> Iterator[tuple[str, str]]:
    """Yield name and version of newsexport, of Python, and of each library."""
    yield "newsexport", __version__
    yield "Python", platform.python_version()
    for name in _LIBRARIES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, "is not installed"
