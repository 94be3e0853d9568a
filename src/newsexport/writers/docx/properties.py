"""The properties of the file: what Word shows under File > Info, and what archives search by.

Source: ISO/IEC 29500-2, clause 8 (core properties); ISO/IEC 29500-1, 22.2 (extended) and 22.3 (custom).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from typing import Final

from newsexport.kit.xml import escape, quote
from newsexport.model import Document, Edition
from newsexport.model.walk import articles, created, creators, modified, title
from newsexport.writers.docx.markup import HEAD
from newsexport.writers.docx.parts import Part

_LONGEST: Final = 255
"""Characters; Word shows no more, and python-docx refuses more."""
_FORMAT_ID: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""Of every custom property, as MS-OSHARED 2.3.3.2 says."""


def parts(document: Document) -> tuple[Part, Part, Part]:
    """Return the core, the extended and the custom properties."""
    office = "application/vnd.openxmlformats-officedocument."
    core_type = "application/vnd.openxmlformats-package.core-properties+xml"
    return (
        Part("docProps/core.xml", _core(document).encode(), core_type),
        Part("docProps/app.xml", _extended(document).encode(), f"{office}extended-properties+xml"),
        Part("docProps/custom.xml", _custom(document).encode(), f"{office}custom-properties+xml"),
    )


def _core(document: Document) -> str:
    entries = (
        ("dc:title", _cut(title(document))),
        ("dc:subject", _subject(document)),
        ("dc:creator", _joined(_makers(document), "; ")),
        ("cp:keywords", _joined(_keywords(document), ", ")),
        ("dc:identifier", document.guid),
        ("dc:language", document.language),
        ("cp:version", str(document.version)),
    )
    plain = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in entries if value)
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</dcterms:{name}>'
        for name, value in (("created", created(document)), ("modified", modified(document)))
    )
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{plain}{dates}</cp:coreProperties>'
    )


def _makers(document: Document) -> Iterable[str]:
    if isinstance(document, Edition) and document.publisher:
        return (document.publisher.name,)
    return dict.fromkeys(name for article in articles(document) for name in creators(article))


def _subject(document: Document) -> str:
    if isinstance(document, Edition):
        return _joined((section.title for section in document.sections if section.title), ", ")
    return _cut(document.kicker or "") or _joined(_keywords(document), ", ")


def _keywords(document: Document) -> Iterable[str]:
    """Return free words and names of topics of all articles, each once."""
    return dict.fromkeys(
        word
        for article in articles(document)
        for word in (*article.keywords, *(subject.name for subject in article.subjects if subject.name))
    )


def _joined(entries: Iterable[str], separator: str) -> str:
    """Return as many whole entries as a property may hold."""
    result = ""
    for entry in entries:
        longer = f"{result}{separator}{entry}" if result else _cut(entry)
        if len(longer) > _LONGEST:
            break
        result = longer
    return result


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _extended(document: Document) -> str:
    provider = document.publisher if isinstance(document, Edition) else document.provider
    company = f"<Company>{escape(provider.name)}</Company>" if provider else ""
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{HEAD}<Properties xmlns="{namespace}"><Application>newsexport</Application>{company}</Properties>'


def _custom(document: Document) -> str:
    values = {name: value for name, value in _custom_values(document) if value}
    # The ids of custom properties begin at 2.
    entries = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name="{quote(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(values.items(), 2)
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    namespaces = f'xmlns="{office}/custom-properties" xmlns:vt="{office}/docPropsVTypes"'
    return f"{HEAD}<Properties {namespaces}>{entries}</Properties>"


def _custom_values(document: Document) -> Iterable[tuple[str, str | None]]:
    yield "guid", document.guid
    yield "version", str(document.version)
    if isinstance(document, Edition):
        yield "rights", document.rights
        return
    yield "pub_status", document.pub_status
    if document.embargo:
        until = document.embargo.until
        yield "embargo", until.isoformat() if until else document.embargo.text or "indefinite"
    yield "slugline", document.slugline
    yield "rights", " ".join(filter(None, (document.copyright_notice, document.usage_terms)))
