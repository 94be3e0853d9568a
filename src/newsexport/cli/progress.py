"""A bar that shows how far a long conversion is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from newsexport.cli.output import Output

_FEW = 3


@contextmanager
def progress(total: int, output: Output) -> Iterator[Callable[[int], None]]:
    """Show a bar on stderr while the block runs, for a person who waits.

    Args:
        total: How many inputs there are; few need no bar.
        output: A quiet one has no bar, nor has one that is for a machine.

    Yields:
        What to call with the number of inputs that are done.
    """
    wanted = total > _FEW and not output.json and output.verbosity >= 0
    if not (wanted and sys.stderr is not None and sys.stderr.isatty()):
        yield lambda _: None
        return
    try:
        from rich.console import Console  # an extra, and 60 ms
        from rich.progress import Progress
    except ImportError:
        yield lambda _: None
        return
    # Lines printed to the same terminal go above the bar; a redirected stdout is left alone.
    shared = sys.stdout is not None and sys.stdout.isatty()
    with Progress(console=Console(stderr=True), transient=True, redirect_stdout=shared) as bar:
        task = bar.add_task("converting", total=total)
        yield lambda done: bar.update(task, completed=done)
