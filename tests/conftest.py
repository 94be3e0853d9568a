"""What all tests share: golden files, Hypothesis profiles, and no network."""

from __future__ import annotations

import os
import sys
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import settings

from goldens import Golden

# Audit events, with the position of the address among their arguments.
_ADDRESS = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0}
_LOOKS_UP = frozenset({"socket.getaddrinfo", "socket.gethostbyname"})


class NetworkError(AssertionError):
    """A test reached for the network."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the golden files; read the diff before you commit it"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("update_golden") and os.environ.get("CI"):
        raise pytest.UsageError("--update-golden is refused in CI: golden files are rewritten and read by a person")
    _load_hypothesis_profile()
    sys.addaudithook(_refuse_network)


@pytest.fixture(scope="session")
def golden(request: pytest.FixtureRequest) -> Golden:
    """Golden files: ``golden.check("docx/flash.txt", data)``."""
    return Golden(update=request.config.getoption("update_golden"))


def _load_hypothesis_profile() -> None:
    # Time limits for single examples would fail on a busy machine, and nowhere else.
    settings.register_profile("dev", deadline=None, max_examples=25)
    settings.register_profile("ci", deadline=None, max_examples=25, derandomize=True, database=None)
    settings.register_profile("soak", deadline=None, max_examples=300)
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Fail what looks up or connects to another host: an audit hook sees every socket of the process."""
    if event not in _ADDRESS:
        return
    address = arguments[_ADDRESS[event]]
    # An address of another family than IP is a path on this machine.
    host = address[0] if isinstance(address, tuple) else address if event in _LOOKS_UP else None
    if isinstance(host, str | bytes) and not _is_loopback(host):
        raise NetworkError(f"tests have no network, and this one reaches for {host!r}")


def _is_loopback(host: str | bytes) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    try:
        return ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return name in {"localhost", ""}
