"""``newsexport inspect``: what is recognised in a story."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from newsexport.api.reading import Input
from newsexport.api.results import ReadResult
from newsexport.cli.inputs import format_options, standard_input
from newsexport.cli.outline import counted, outline
from newsexport.cli.output import Output, notice_value, one_line
from newsexport.model.codec import encode
from newsexport.registry import options, reader
from newsexport.spi import Limits, Options


def run(arguments: Namespace, output: Output) -> int:
    """Print the outline of each document of one input, or the documents themselves as JSON."""
    opened, options = _opened(arguments)
    results = list(opened.each(options))
    name = opened.reader.format.name
    if output.json:
        output.value(_value(name, results))
        return 0
    count = counted(sum(len(result.documents) for result in results), "document")
    output.line(one_line(f"{arguments.input}: {count}, read as {name}"))
    if arguments.reader is None and (detection := opened.reader.format.detection):
        output.line(one_line(f"recognised by: {detection}"))
    for result in results:
        _show(result, output)
    return 0


def _show(result: ReadResult, output: Output) -> None:
    for document in result.documents:
        output.line("")
        for line in outline(document):
            output.line(one_line(line))
    if result.notices:
        output.line(f"\n{counted(len(result.notices), 'notice')}:")
    for notice in result.notices:
        place = f"{notice.where}: " if notice.where else ""
        output.line(one_line(f"  {notice.kind}: {place}{notice.message} [{notice.code}]"))


def _opened(arguments: Namespace) -> tuple[Input, Options | None]:
    name: str = arguments.input
    given = format_options(arguments.reader_options, "-I")
    known = {each: options(reader(each).options_type, values, each) for each, values in given.items()}
    limits = Limits()
    source = standard_input(limits) if name == "-" else Path(name)
    opened = Input(source, format=arguments.reader, name=name, limits=limits)
    return opened, known.get(opened.reader.format.name)


def _value(name: str, results: list[ReadResult]) -> dict[str, Any]:
    documents = [json.loads(encode(document)) for result in results for document in result.documents]
    held = {"document": documents[0]} if len(documents) == 1 else {"documents": documents}
    notices = [notice_value(notice) for result in results for notice in result.notices]
    return {"format": name, **held, "notices": notices}
