"""``newsexport inspect``: what is recognised in a story."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from newsexport.api.reading import load, read
from newsexport.api.results import ReadResult
from newsexport.cli.inputs import format_options, standard_input
from newsexport.cli.outline import counted, outline
from newsexport.cli.output import Output, notice_value, one_line
from newsexport.model.codec import encode
from newsexport.registry import detect, options, reader
from newsexport.spi import Limits, Probe


def run(arguments: Namespace, output: Output) -> int:
    """Print the outline of one input, or the document itself as JSON."""
    result = _read(arguments)
    if output.json:
        output.value(_value(result))
        return 0
    output.line(one_line(f"{arguments.input}: {counted(len(result.documents), 'document')}, read as {result.format}"))
    for document in result.documents:
        output.line("")
        for line in outline(document):
            output.line(one_line(line))
    if result.notices:
        output.line(f"\n{counted(len(result.notices), 'notice')}:")
    for notice in result.notices:
        place = f"{notice.where}: " if notice.where else ""
        output.line(one_line(f"  {notice.kind}: {place}{notice.message} [{notice.code}]"))
    return 0


def _read(arguments: Namespace) -> ReadResult:
    name: str = arguments.input
    given = format_options(arguments.reader_options, "-I")
    known = {each: options(reader(each).options_type, values, each) for each, values in given.items()}
    limits = Limits()
    data = standard_input(limits) if name == "-" else load(Path(name), limits)
    chosen = arguments.reader or detect(Probe(data, name))
    return read(data, format=chosen, options=known.get(chosen), name=name, limits=limits)


def _value(result: ReadResult) -> dict[str, Any]:
    documents = [json.loads(encode(document)) for document in result.documents]
    held = {"document": documents[0]} if len(documents) == 1 else {"documents": documents}
    return {"format": result.format, **held, "notices": [notice_value(notice) for notice in result.notices]}
