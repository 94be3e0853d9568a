"""What the command line prints: results on stdout, notices and errors on stderr."""

from __future__ import annotations

import json
import os
import re
import sys
import traceback
from contextlib import suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TextIO

if TYPE_CHECKING:
    from newsexport.errors import NewsexportError, Notice

# Copy comes from anywhere: it must not move the cursor or break a message into lines.
_CONTROLS: Final = {code: " " if chr(code).isspace() else "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0))}
_REPORT_IT: Final = "this is a fault of newsexport: please report it, with what --debug prints"


def one_line(text: str) -> str:
    """Return the text as one line that is safe to print on a terminal."""
    return text.translate(_CONTROLS)


class Output:
    """The two streams of the process.

    Attributes:
        debug: True to print tracebacks.
        json: True when stdout is for a machine.
        verbosity: -1 for errors and nothing else, 1 for all there is to say.
    """

    def __init__(self, *, debug: bool = False) -> None:
        self.debug = debug
        self.json = False
        self.verbosity = 0
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")

    def line(self, text: str) -> None:
        """Print a line of the result."""
        self._write(text + "\n")

    def value(self, value: Any) -> None:
        """Print the result as JSON."""
        encoding = getattr(sys.stdout, "encoding", None) or ""
        text = json.dumps(value, indent=2, ensure_ascii=not encoding.lower().startswith("utf"))
        self._write(text + "\n")

    def data(self, data: bytes) -> None:
        """Write the result's bytes."""
        stream: BinaryIO = sys.stdout.buffer
        try:
            stream.write(data)
        except OSError as error:
            raise self._unwritable(error) from error

    def finish(self) -> None:
        """See to it that all that was printed has arrived."""
        if sys.stdout is None:  # the caller closed it
            return
        try:
            sys.stdout.flush()
        except OSError as error:
            raise self._unwritable(error) from error

    def say(self, text: str) -> None:
        """Print a line for people."""
        if sys.stderr is None:  # the caller closed it
            return
        try:
            print(f"newsexport: {one_line(text)}", file=sys.stderr)
        except OSError:
            # Nobody is left who could be told.
            _discard(sys.stderr)

    def notice(self, notice: Notice, *labels: str) -> None:
        """Print a notice, unless a report holds it, or it is only worth knowing and nobody asked.

        Args:
            notice: The one.
            labels: What it is about, the widest first: the input, the formats.
        """
        if self.json or self.verbosity < 0 or (notice.kind == "info" and self.verbosity < 1):
            return
        place = f" ({notice.where})" if notice.where else ""
        code = f" [{notice.code}]" if self.verbosity > 0 else ""
        self.say("note: " + ": ".join((*labels, f"{notice.message}{place}{code}")))

    def error(self, error: NewsexportError, *labels: str) -> None:
        """Print an error and what to do about it.

        Args:
            error: The one.
            labels: What it is about, the widest first: the input, the formats.
        """
        text = str(error)
        self.say("error: " + ": ".join((*(label for label in labels if not _names(text, label)), text)))
        if error.hint:
            self.say(f"hint: {error.hint}")
        self._trace(error)

    def failed(self, error: Exception) -> int:
        """Print what ended the command, and return the exit code."""
        from newsexport.errors import NewsexportError  # 25 ms, which --help need not wait for

        if isinstance(error, NewsexportError):
            self.error(error)
            if self.json:
                with suppress(Exception):  # stdout may be what failed
                    self.value({"errors": [error_value(error)]})
                    self.finish()
            return error.exit_code
        self.say(f"error: {type(error).__name__}: {error}")
        self.say(f"hint: {_REPORT_IT}")
        self._trace(error)
        return NewsexportError.exit_code

    def _write(self, text: str) -> None:
        if sys.stdout is None:  # the caller closed it
            return
        try:
            sys.stdout.write(text)
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> Exception:
        """Return the error to raise, and throw away what could not be printed: the interpreter would try again."""
        _discard(sys.stdout)
        if isinstance(error, BrokenPipeError):
            return error
        from newsexport.errors import OutputError  # 25 ms, which --help need not wait for

        return OutputError(f"cannot write to standard output: {error.strerror or error}")

    def _trace(self, error: BaseException) -> None:
        if self.debug and sys.stderr is not None:
            traceback.print_exception(error)


def notice_value(notice: Notice) -> dict[str, Any]:
    """Return a notice as a report holds it."""
    names = ("code", "kind", "message", "where", "node")
    return {name: value for name in names if (value := getattr(notice, name)) is not None}


def error_value(error: NewsexportError) -> dict[str, Any]:
    """Return an error as a report holds it."""
    values = {"error": type(error).__name__, "message": error.message, "hint": error.hint, "where": error.where}
    known = {name: value for name, value in values.items() if value is not None}
    return {**known, "exit_code": error.exit_code}


def _names(text: str, label: str) -> bool:
    """Return whether a message holds the name as a word of its own."""
    return re.search(rf"(?<!\S){re.escape(label)}(?!\w)", text) is not None


def _discard(stream: TextIO | None) -> None:
    if stream is None:
        return
    with suppress(OSError, ValueError):  # not every stream is a file
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)
