"""Where the bytes of pictures on this machine come from: the reader, the folder of the input, folders named to us."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import unquote, urlsplit

from newsexport.model.edition import Document
from newsexport.model.media import MediaObject
from newsexport.model.walk import records
from newsexport.spi import Asset, Limits

_Parts: TypeAlias = tuple[str, ...]

_MOST_PARTS: Final = 32
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# Links are followed before the check that they stay inside; nothing may take the file's place after it.
_OPENING: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def resolve(
    document: Document,
    given: Iterable[Asset],
    limits: Limits,
    *,
    folder: Path | None = None,
    folders: Iterable[Path] = (),
) -> dict[str, Asset]:
    """Return the assets of a document by the uri it uses for them.

    Nothing outside of the folders is read: neither ``..`` nor an absolute path, a drive or a link leads out of them.

    Args:
        document: The one whose pictures are wanted.
        given: Assets at hand; they stand before all else.
        limits: Files above `asset_bytes` are left out.
        folder: Of the input: relative paths are looked up in it; None to look nowhere.
        folders: Further ones: the path is looked up in each, relative, absolute or of a URL, then what is left of it
            without its first folder, and so on down to the bare name of the file.
    """
    assets = {asset.uri: asset for asset in given}
    own = folder.resolve() if folder is not None else None
    others = tuple(each.resolve() for each in folders)
    for uri in dict.fromkeys(record.uri for _, record in records(document) if isinstance(record, MediaObject)):
        if uri in assets:
            continue
        data = _beside(own, uri, limits) if own is not None else None
        if data is None:
            data = _below(others, uri, limits)
        if data is not None:
            assets[uri] = Asset(uri, data)
    return assets


def _beside(root: Path, uri: str, limits: Limits) -> bytes | None:
    """Return the file that a relative path leads to."""
    spellings = (parts for path in _paths(uri) for parts in _safe(path))
    return next(_files((root,), spellings, limits), None)


def _below(roots: tuple[Path, ...], uri: str, limits: Limits) -> bytes | None:
    """Return the file of which the most of a path leads to: all of it, or its end."""
    if not roots:
        return None
    spellings = [parts[-_MOST_PARTS:] for path in _web_paths(uri) for parts in _safe(path.lstrip("/"))]
    longest = max(map(len, spellings), default=0)
    ends = (parts[-length:] for length in range(longest, 0, -1) for parts in spellings if length <= len(parts))
    return next(_files(roots, ends, limits), None)


def _paths(uri: str) -> tuple[str, ...]:
    """Return the spellings of a relative path: as it stands, and read as a reference of the web."""
    # A colon parts a scheme, a drive or a stream of its own from what follows.
    if ":" in uri:
        return ()
    reference = uri.partition("#")[0].partition("?")[0]
    return tuple(dict.fromkeys(each.replace("\\", "/") for each in (uri, unquote(reference))))


def _web_paths(uri: str) -> tuple[str, ...]:
    try:
        split = urlsplit(uri)
    except ValueError:
        return ()
    if split.netloc and split.scheme in {"http", "https", ""}:
        return (unquote(split.path),)
    return _paths(uri)


def _safe(path: str) -> Iterator[_Parts]:
    """Yield a path in parts, none of which leads upwards, as files may be named; nothing when it leads elsewhere."""
    parts = tuple(part for part in path.split("/") if part not in {"", "."})
    if path.startswith("/") or ":" in path or "\\" in path or _CONTROLS.search(path):
        return
    # Windows takes dots and blanks off the end of a name.
    if not parts or any(not part.strip(". ") for part in parts):
        return
    yield parts
    # macOS and archives made there part letters and accents; the model has them in one.
    decomposed = tuple(unicodedata.normalize("NFD", part) for part in parts)
    if decomposed != parts:
        yield decomposed


def _files(roots: tuple[Path, ...], paths: Iterable[_Parts], limits: Limits) -> Iterator[bytes]:
    """Yield the files below the roots that paths lead to; links that lead out of them are not followed."""
    for parts in paths:
        for root in roots:
            data = _read(root, parts, limits.asset_bytes)
            if data is not None:
                yield data


def _read(root: Path, parts: _Parts, most: int) -> bytes | None:
    try:
        path = root.joinpath(*parts).resolve()
        if not path.is_relative_to(root) or not path.is_file():
            return None
        with os.fdopen(os.open(path, _OPENING), "rb") as file:
            # What was opened may be another file than the one that was looked at.
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            data = file.read(most + 1)
    except (OSError, ValueError, RuntimeError):
        # RuntimeError: links that lead in a circle.
        return None
    return data if len(data) <= most else None
