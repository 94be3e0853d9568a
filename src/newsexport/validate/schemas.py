"""XML schemas, compiled once per thread."""

from __future__ import annotations

import threading
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from newsexport.validate.report import Finding
from newsexport.validate.tools import ToolError

if TYPE_CHECKING:
    from lxml.etree import XMLSchema, _Element

_MAX_FINDINGS: Final = 100


def findings(element: _Element, schema: Path, validator: str, part: str = "") -> tuple[Finding, ...]:
    """Return where an element breaks a schema: the first hundred places.

    Args:
        element: The root of what is judged.
        schema: The file of the schema; what it imports lies beside it.
        validator: Whose findings they are.
        part: Name of the member the element is of.

    Raises:
        ToolError: the schema cannot be read.
    """
    compiled = _compiled(schema.resolve(), threading.get_ident())
    compiled.validate(element)
    log: Any = compiled.error_log  # the stubs do not know that it can be walked through
    place = f"{part}:" if part else "line "
    return tuple(
        Finding("error", validator, each.type_name, each.message, f"{place}{each.line}")
        for each in islice(log, _MAX_FINDINGS)
    )


# A schema writes its log into itself: it belongs to one thread, and identities are only reused by later threads.
@lru_cache(maxsize=16)
def _compiled(path: Path, _thread: int) -> XMLSchema:
    from lxml import etree  # 20 ms, and most formats need none

    try:
        return etree.XMLSchema(etree.parse(path, etree.XMLParser(no_network=True, resolve_entities=False)))
    except (OSError, etree.XMLSyntaxError, etree.XMLSchemaParseError) as error:
        raise ToolError(f"the schema {path} cannot be read: {error}") from error
