"""Connections to an address that was checked, each wait of which ends at one moment.

Only `newsexport.api.fetching` uses it, and loads it when there is something to fetch: ssl and http.client take 40 ms.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from http.client import HTTPSConnection
from io import BufferedReader, RawIOBase
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from newsexport.api.addresses import Network, Refusal, refusal

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Resolver: TypeAlias = Callable[..., Sequence[tuple[Any, ...]]]
"""Looks a host up, as `socket.getaddrinfo` does."""

_MOST_ADDRESSES: Final = 4


class Deadline:
    """A moment by which all must be done."""

    def __init__(self, seconds: float) -> None:
        self._end: Final = time.monotonic() + seconds

    def remaining(self) -> float:
        """Return the seconds that are left.

        Raises:
            TimeoutError: there are none.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def public_addresses(
    host: str, port: int, networks: Iterable[Network], deadline: Deadline, resolver: Resolver
) -> tuple[str, ...]:
    """Return the addresses of a host, if every one of them may be asked.

    Raises:
        Refusal: it is not known, or one of them is not public.
        TimeoutError: the look-up took too long.
    """
    known = tuple(networks)
    found = dict.fromkeys(str(entry[4][0]) for entry in _looked_up(host, port, deadline, resolver))
    if not found:
        raise Refusal("it has no address")
    for address in found:
        reason = refusal(address, known)
        if reason is not None:
            raise Refusal(f"its address {address} is {reason}")
    return tuple(found)


def _looked_up(host: str, port: int, deadline: Deadline, resolver: Resolver) -> Sequence[tuple[Any, ...]]:
    """Look a host up in a thread of its own: a look-up cannot be told when to end."""
    outcome: SimpleQueue[Sequence[tuple[Any, ...]] | None] = SimpleQueue()

    def look_up() -> None:
        found = None
        try:
            found = resolver(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
        except (OSError, ValueError):
            pass  # unknown is unknown, whatever the system says of it
        finally:
            outcome.put(found)

    Thread(target=look_up, name="newsexport-look-up", daemon=True).start()
    try:
        found = outcome.get(timeout=deadline.remaining())
    except Empty:
        raise TimeoutError from None
    if found is None:
        raise Refusal("it is not known")
    return found


class PinnedConnection(HTTPSConnection):
    """A connection to one of the addresses that were checked, under the name of the host."""

    def __init__(
        self, host: str, port: int, addresses: tuple[str, ...], context: ssl.SSLContext, deadline: Deadline
    ) -> None:
        super().__init__(host, port, context=context)
        self._addresses: Final = addresses[:_MOST_ADDRESSES]
        self._tls: Final = context
        self._deadline: Final = deadline
        self._secure: ssl.SSLSocket | None = None

    def connect(self) -> None:
        """Connect without looking the host up again, and make sure that it is the one."""
        plain = self._connected()
        try:
            plain.settimeout(self._deadline.remaining())
            self._secure = self._tls.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise
        self.sock = _TimedSocket(self._secure, self._deadline)

    def end(self) -> None:
        """Close the connection, even while an answer is being read."""
        self.close()
        if self._secure is not None:
            self._secure.close()

    def _connected(self) -> socket.socket:
        failure: OSError = OSError("it has no address")
        for address in self._addresses:
            family = socket.AF_INET6 if ip_address(address).version == 6 else socket.AF_INET
            plain = socket.socket(family, socket.SOCK_STREAM)
            try:
                plain.settimeout(self._deadline.remaining())
                plain.connect((address, self.port))
            except OSError as error:
                plain.close()
                failure = error
            else:
                return plain
        raise failure


class _TimedSocket:
    """What http.client needs of a socket; every wait ends at the deadline."""

    def __init__(self, secure: ssl.SSLSocket, deadline: Deadline) -> None:
        self._secure: Final = secure
        self._deadline: Final = deadline

    def sendall(self, data: bytes) -> None:
        self._secure.settimeout(self._deadline.remaining())
        self._secure.sendall(data)

    def makefile(self, *_: object) -> BufferedReader:
        return BufferedReader(_TimedStream(self._secure, self._deadline))

    def close(self) -> None:
        """Do nothing: http.client closes the socket before it reads the answer."""


class _TimedStream(RawIOBase):
    def __init__(self, secure: ssl.SSLSocket, deadline: Deadline) -> None:
        super().__init__()
        self._secure: Final = secure
        self._deadline: Final = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        self._secure.settimeout(self._deadline.remaining())
        return self._secure.recv_into(buffer)
