"""Addresses as they stand in markup, which may be none at all."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit


def joined(base: str, reference: str) -> str:
    """Return a reference made absolute; the same when it is no address."""
    try:
        return urljoin(base, reference)
    except ValueError:  # http://[
        return reference


def host(url: str | None) -> str | None:
    """Return the name of the host in small letters; None where an address has none, or is none."""
    parts = _parts(url or "")
    return parts.hostname if parts else None


def path(url: str) -> str:
    """Return the path of an address; all of it when it is none."""
    parts = _parts(url)
    return parts.path if parts else url


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        return parts if parts.hostname is None or parts.hostname else None
    except ValueError:
        return None
