"""From bytes to documents."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from msgspec import structs

from newsexport.api.results import ReadResult
from newsexport.errors import InputError, LimitError, NewsexportError, UsageError
from newsexport.registry import detect, reader
from newsexport.spi import ContainerReader, Context, Limits, Options, Parsed, Probe, Reader

# Enough of a large export to tell its format by.
_PROBED = 1 << 20


def read(
    source: str | os.PathLike[str] | bytes,
    *,
    format: str | Reader[Any] | None = None,  # noqa: A002  # the word that users know it by
    options: Options | None = None,
    name: str | None = None,
    limits: Limits | None = None,
) -> ReadResult:
    """Read a story, or all the stories of a container at once.

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
    opened = Input(source, format=format, name=name, limits=limits)
    results = tuple(opened.each(options))
    if len(results) == 1:
        return results[0]
    return ReadResult(
        tuple(document for result in results for document in result.documents),
        opened.reader.format.name,
        tuple(asset for result in results for asset in result.assets),
        tuple(notice for result in results for notice in result.notices),
    )


def read_each(
    source: str | os.PathLike[str] | bytes,
    *,
    format: str | Reader[Any] | None = None,  # noqa: A002  # the word that users know it by
    options: Options | None = None,
    name: str | None = None,
    limits: Limits | None = None,
) -> Iterator[ReadResult]:
    """Read the stories of a container one at a time: memory holds none but the one at hand.

    Arguments and errors are those of `read`; a container may be larger than `Limits.input_bytes`, its articles may not.
    An error after the first story leaves those before it as they were.
    """
    return Input(source, format=format, name=name, limits=limits).each(options)


class Input:
    """An input whose format is known.

    Attributes:
        reader: What reads it.
    """

    def __init__(
        self,
        source: str | os.PathLike[str] | bytes,
        *,
        format: str | Reader[Any] | None = None,  # noqa: A002  # as in read
        name: str | None = None,
        limits: Limits | None = None,
    ) -> None:
        """Look at an input; arguments and errors are those of `read`."""
        self._limits = limits or Limits()
        self._path = None if isinstance(source, bytes) else Path(source)
        self._name = name or (self._path.name if self._path else None)
        # None for a file that is larger than one input may be.
        self._data: bytes | None = source if isinstance(source, bytes) else None
        if self._path is not None and not _is_large(self._path, self._limits):
            self._data = load(self._path, self._limits)
        self.reader = _reader(format, Probe(self._head(), self._name))
        if self._data is None or len(self._data) > self._limits.input_bytes:
            self._refuse_large()

    def each(self, options: Options | None) -> Iterator[ReadResult]:
        """Yield what the reader makes of it, an article at a time where it is a container.

        Raises:
            InputError: it cannot be read; what was yielded before stays valid.
            UsageError: options of another format; None stands for the defaults.
        """
        if options is None:
            options = self.reader.options_type()
        elif not isinstance(options, self.reader.options_type):
            raise UsageError(f"{type(options).__name__} are no options of {self.reader.format.name}")
        return self._each(options)

    def _each(self, options: Options) -> Iterator[ReadResult]:
        context = Context(limits=self._limits)
        parts = self._parts(options, context)
        # One article is held back, for what is said behind the last one belongs to it.
        ready: ReadResult | None = None
        try:
            while (parsed := self._next(parts)) is not None:
                if parsed.documents:
                    if ready is not None:
                        yield ready
                    said = context.take_notices()
                    ready = ReadResult(parsed.documents, self.reader.format.name, parsed.assets, said)
        except NewsexportError:
            if ready is not None:
                yield ready
            raise
        if ready is None:
            raise InputError("there is no story in the input", where=self._name)
        yield structs.replace(ready, notices=(*ready.notices, *context.take_notices()))

    def _parts(self, options: Options, context: Context) -> Iterator[Parsed]:
        if not isinstance(self.reader, ContainerReader):
            yield self.reader.read(self._data or b"", options, context)
            return
        with self._stream() as stream:
            yield from self.reader.each(stream, options, context)

    def _next(self, parts: Iterator[Parsed]) -> Parsed | None:
        try:
            return next(parts, None)
        except NewsexportError:
            raise
        except Exception as error:  # a plug-in may fail in any way
            message = f"the reader of {self.reader.format.name} failed: {type(error).__name__}: {error}"
            raise InputError(message, where=self._name) from error

    def _stream(self) -> BinaryIO:
        if self._data is None and self._path is not None:
            return self._path.open("rb")
        return BytesIO(self._data or b"")

    def _head(self) -> bytes:
        if self._data is not None:
            return self._data
        with self._stream() as stream:
            return stream.read(_PROBED)

    def _refuse_large(self) -> None:
        if not isinstance(self.reader, ContainerReader):
            what = "the input" if self._path is None else "the file"
            raise LimitError(
                f"{what} has more than {self._limits.input_bytes} bytes", where=str(self._path or self._name)
            )


def _is_large(path: Path, limits: Limits) -> bool:
    try:
        status = path.stat()
        return stat.S_ISREG(status.st_mode) and status.st_size > limits.input_bytes
    except (OSError, ValueError):
        return False  # `load` says what is wrong


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
        if stat.S_ISDIR(path.stat().st_mode):
            raise InputError("is a folder", "give the files in it", str(path))
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
