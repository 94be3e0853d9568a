"""Where the bytes of pictures come from: the reader, then the folder of the input; never the network."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from newsexport.model.edition import Document
from newsexport.model.media import MediaObject
from newsexport.model.walk import records
from newsexport.spi import Asset, Limits


def resolve(document: Document, given: Iterable[Asset], folder: Path | None, limits: Limits) -> dict[str, Asset]:
    """Return the assets of a document by the uri it uses for them.

    Args:
        document: The one whose pictures are wanted.
        given: Assets at hand.
        folder: Of the input: relative paths are looked up in it, and never outside; None to look nowhere.
        limits: Files above `asset_bytes` are left out.
    """
    assets = {asset.uri: asset for asset in given}
    if folder is not None:
        root = folder.resolve()
        uris = {record.uri for _, record in records(document) if isinstance(record, MediaObject)}
        for uri in sorted(uris - assets.keys()):
            found = _local(root, uri, limits)
            if found is not None:
                assets[uri] = found
    return assets


def _local(root: Path, uri: str, limits: Limits) -> Asset | None:
    """Read a file below the root; links that lead out of it are not followed."""
    if "\0" in uri or ":" in uri or uri.startswith("/"):
        return None
    try:
        path = (root / uri).resolve()
        if not path.is_relative_to(root) or not path.is_file() or path.stat().st_size > limits.asset_bytes:
            return None
        return Asset(uri, path.read_bytes())
    except OSError:
        return None
