"""Benchmarks: ours beside the plain way, turn and turn about, in one run; ratios are printed at the end.

pytest tests/bench --benchmark-only
"""

from __future__ import annotations

from collections.abc import Callable
from time import process_time
from typing import Any

import pytest

_RATIOS: list[tuple[str, float, float]] = []

Pair = Callable[[str, Callable[[], object], Callable[[], object]], None]


@pytest.fixture
def beside(benchmark: Any) -> Pair:
    """Time ours and the plain way in turns, in CPU seconds: the least of each counts, for noise only adds."""

    def run(name: str, ours: Callable[[], object], plain: Callable[[], object], rounds: int = 7) -> None:
        ours()
        plain()
        times: dict[str, list[float]] = {"ours": [], "plain": []}
        for _ in range(rounds):
            times["ours"].append(_seconds(ours))
            times["plain"].append(_seconds(plain))
        mine, other = min(times["ours"]), min(times["plain"])
        _RATIOS.append((name, mine, other))
        benchmark.extra_info["ratio"] = mine / other
        benchmark.pedantic(ours, rounds=3, warmup_rounds=1)

    return run


def _seconds(call: Callable[[], object]) -> float:
    # Short calls are repeated until the clock can tell them apart.
    count = 1
    while True:
        start = process_time()
        for _ in range(count):
            call()
        spent = process_time() - start
        if spent >= 0.02:
            return spent / count
        count *= 4


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what each way took, and ours as a multiple of the plain one."""
    if not _RATIOS:
        return
    terminalreporter.section("ours beside the plain way (CPU ms, least of 7 turns)")
    for name, mine, other in _RATIOS:
        line = f"{name:<44}{mine * 1000:10.2f}{other * 1000:10.2f}   x{mine / other:.2f}"
        terminalreporter.write_line(line)
