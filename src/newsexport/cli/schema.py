"""``newsexport schema``: the JSON Schema of a document."""

from __future__ import annotations

from argparse import Namespace

from newsexport.cli.output import Output
from newsexport.model.codec import json_schema


def run(_: Namespace, output: Output) -> int:
    """Print the schema."""
    output.value(json_schema())
    return 0
