"""Our own JSON: it can be decoded, and nothing is left to prepare."""

from __future__ import annotations

from typing import Final

from newsexport.errors import NewsexportError, Notice
from newsexport.model import Article, Document, codec, walk
from newsexport.model.canonical import canonical
from newsexport.validate.report import Check, Finding
from newsexport.validate.tools import Tools

_COMPLETED: Final = ("guid", "language", "version_created")
"""Of every article; an edition has the first two."""


def _model(data: bytes, _: Tools) -> tuple[Finding, ...]:
    try:
        codec.decode(data)
    except NewsexportError as error:
        return (Finding("error", "model", type(error).__name__, error.message, error.where),)
    return ()


def _prepared(data: bytes, _: Tools) -> tuple[Finding, ...]:
    """Find what `newsexport.prepare` would mend or complete: no fault, for every export does."""
    try:
        document = codec.decode(data)
    except NewsexportError:
        return ()  # which the check of the model says
    notices: list[Notice] = []
    same = canonical(document, notices.append) is document
    mended = tuple(Finding("info", "prepared", each.code, each.message, each.where) for each in notices)
    if not (same or mended):
        mended = (Finding("info", "prepared", "canonical", "the document is not in canonical form"),)
    return mended + _incomplete(document)


def _incomplete(document: Document) -> tuple[Finding, ...]:
    records = (document,) if isinstance(document, Article) else (document, *walk.articles(document))
    return tuple(
        Finding("info", "prepared", "incomplete", f"no {name} is stated", walk.path_of(document, record) or None)
        for record in records
        for name in _COMPLETED
        if not getattr(record, name, True)
    )


CHECKS: Final = (Check("model", _model), Check("prepared", _prepared))
