"""A real HTTPS server on this machine, under a name of its own, that answers as a test tells it to."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import trustme

from newsexport.spi import Asset

HOST = "images.example.com"

Answer = bytes | Callable[[ssl.SSLSocket], None]


class PictureServer:
    """What is asked is kept, what is answered is a table by path.

    Attributes:
        port: On 127.0.0.1.
        answers: By path; bytes of a whole answer, or a function that writes one.
        requests: The heads of all requests, as they came.
        names: The names of hosts that clients asked for in their handshakes.
        authority: The certificate to trust.
    """

    def __init__(self, *hosts: str) -> None:
        authority = trustme.CA()
        self.authority = Asset("authority.pem", authority.cert_pem.bytes())
        self.answers: dict[str, Answer] = {}
        self.requests: list[str] = []
        self.names: list[str | None] = []
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*(hosts or (HOST,))).configure_cert(self._context)
        self._context.sni_callback = lambda _, name, __: self.names.append(name)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def url(self, path: str, host: str = HOST) -> str:
        return f"https://{host}:{self.port}{path}"

    def resolver(self, *addresses: str) -> Callable[..., list[tuple[Any, ...]]]:
        """Return a look-up that knows these addresses for any host."""

        def look_up(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in addresses or ("127.0.0.1",)]

        return look_up

    def close(self) -> None:
        self._listening.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.settimeout(30)
            with self._context.wrap_socket(connection, server_side=True) as secure:
                head = b""
                while b"\r\n\r\n" not in head and (piece := secure.recv(4096)):
                    head += piece
                self.requests.append(head.decode("latin-1"))
                path = head.split(b" ", 2)[1].decode("latin-1")
                answer = self.answers.get(path, whole(b"", status="404 Not Found"))
                if isinstance(answer, bytes):
                    secure.sendall(answer)
                else:
                    answer(secure)


@contextmanager
def serving(*hosts: str) -> Iterator[PictureServer]:
    server = PictureServer(*hosts)
    try:
        yield server
    finally:
        server.close()


def whole(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """Return an answer as it is on the wire."""
    lines = (f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers)
    return "\r\n".join((*lines, "", "")).encode("latin-1") + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return whole(b"", f"Location: {location}", status=status)
