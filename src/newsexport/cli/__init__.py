"""The command line: one module per command, loaded when it is called for."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

from newsexport.cli.output import Output

_INTERRUPTED = 128 + 2  # as a shell reports SIGINT
_BROKEN_PIPE = 128 + 13  # as a shell reports SIGPIPE


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: The words after the program's name; None for those of this process.

    Returns:
        The exit code: 0, that of the error's class (see `newsexport.errors`), 130 when interrupted.
    """
    output = Output(debug=bool(os.environ.get("NEWSEXPORT_DEBUG")))
    if arguments is None:
        # Being ended is being interrupted: what is half-written goes.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        code = _run(sys.argv[1:] if arguments is None else arguments, output)
        output.finish()
    except BrokenPipeError:
        # The reader of our output has seen enough.
        return _BROKEN_PIPE
    except KeyboardInterrupt:
        output.say("interrupted")
        with suppress(Exception):  # in a pipeline, Ctrl-C ended the reader as well
            output.finish()
        return _INTERRUPTED
    except Exception as error:  # the last place to make a line of it, not a traceback
        return output.failed(error)
    return code


def _run(arguments: Sequence[str], output: Output) -> int:
    from newsexport.cli.parser import parse  # so that Ctrl-C is heard from the first moment on

    try:
        parsed = parse(arguments)
    except SystemExit:  # --help and --version have said all
        return 0
    output.debug = output.debug or parsed.debug
    output.json = parsed.json
    output.verbosity = parsed.verbose - parsed.quiet
    command = import_module(f"newsexport.cli.{parsed.command}")
    code: int = command.run(parsed, output)
    return code
