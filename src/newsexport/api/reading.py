"""From bytes to documents."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

from newsexport.api.results import ReadResult
from newsexport.errors import InputError, LimitError, NewsexportError, UsageError
from newsexport.registry import detect, reader
from newsexport.spi import Context, Limits, Options, Probe, Reader


def read(
    source: str | os.PathLike[str] | bytes,
    *,
    format: str | Reader[Any] | None = None,  # noqa: A002  # the word that users know it by
    options: Options | None = None,
    name: str | None = None,
    limits: Limits | None = None,
) -> ReadResult:
    """Read a story.

    Args:
        source: Path of a file, or the bytes themselves.
        format: Name of its format, or a reader; None to detect it from the content.
        options: Of that format; None for its defaults.
        name: File name of bytes, for messages and detection.
        limits: None for the defaults.

    Raises:
        InputError: it cannot be read, or its format is not known.
        UsageError: an unknown format, or options of another one.
    """
    limits = limits or Limits()
    if isinstance(source, bytes):
        data = source
        if len(data) > limits.input_bytes:
            raise LimitError(f"the input has more than {limits.input_bytes} bytes", where=name)
    else:
        path = Path(source)
        name = name or path.name
        data = load(path, limits)
    chosen = _reader(format, Probe(data, name))
    if options is None:
        options = chosen.options_type()
    elif not isinstance(options, chosen.options_type):
        raise UsageError(f"{type(options).__name__} are no options of {chosen.format.name}")
    context = Context(limits=limits)
    try:
        parsed = chosen.read(data, options, context)
    except NewsexportError:
        raise
    except Exception as error:  # a plug-in may fail in any way
        message = f"the reader of {chosen.format.name} failed: {type(error).__name__}: {error}"
        raise InputError(message, where=name) from error
    if not parsed.documents:
        raise InputError("there is no story in the input", where=name)
    return ReadResult(parsed.documents, chosen.format.name, parsed.assets, context.notices)


def _reader(format: str | Reader[Any] | None, probe: Probe) -> Reader[Any]:  # noqa: A002  # as in read
    if format is None:
        return reader(detect(probe))
    if not probe.data.strip():
        raise InputError("the input is empty", "give a file with a story in it", probe.name)
    return reader(format) if isinstance(format, str) else format


def load(path: Path, limits: Limits) -> bytes:
    """Return the content of a file.

    Raises:
        InputError: it cannot be read.
        LimitError: it has more bytes than `limits` allow.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError("is a folder", "give the files in it", str(path))
        if status.st_size > limits.input_bytes:
            raise LimitError(f"the file has more than {limits.input_bytes} bytes", where=str(path))
        with path.open("rb") as file:
            data = file.read(limits.input_bytes + 1)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}", "check the path") from error
    except ValueError as error:
        raise InputError(f"cannot read {str(path)!r}: {error}", "check the path") from error
    # A pipe or a growing file tells no size beforehand.
    if len(data) > limits.input_bytes:
        raise LimitError(f"the file has more than {limits.input_bytes} bytes", where=str(path))
    return data
