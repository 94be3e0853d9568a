"""NewsML-G2: well-formed without a document type declaration, and valid to IPTC's schema.

Source: NewsML-G2 2.35 specification, "NewsML-G2 and XML Schema".
"""

from __future__ import annotations

from typing import Final

from newsexport.errors import InputError
from newsexport.kit import xml
from newsexport.validate import schemas
from newsexport.validate.report import Check, Finding, Missing
from newsexport.validate.tools import Tools

NAMESPACE: Final = b"http://iptc.org/std/nar/2006-10-01/"
_SCHEMA: Final = "newsml-g2/G2-multi-schema-2.35.xsd"


def _well_formed(data: bytes, _: Tools) -> tuple[Finding, ...]:
    try:
        xml.parse(data)
    except InputError as error:
        return (Finding("error", "xml", "xml", error.message),)
    return ()


def _schema(data: bytes, tools: Tools) -> tuple[Finding, ...] | Missing:
    if tools.schemas is None or not (path := tools.schemas / _SCHEMA).is_file():
        reason = f"IPTC's schema is not at hand: NEWSEXPORT_SCHEMAS must name a folder that holds {_SCHEMA}"
        return Missing("iptc-xsd", reason)
    try:
        root = xml.parse(data)
    except InputError:
        return ()  # which the check of well-formedness says
    return schemas.findings(root, path, "iptc-xsd")


CHECKS: Final = (Check("xml", _well_formed), Check("iptc-xsd", _schema))
