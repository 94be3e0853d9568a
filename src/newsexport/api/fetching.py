"""Pictures fetched over HTTPS, from hosts that the user named and from no others.

A document of any origin says what is to be fetched. So the address of a host is checked before it is asked, at every
redirect anew, and the connection goes to that very address; and there is an end to bytes, time and number.
"""

from __future__ import annotations

import re
import socket
from collections import Counter
from collections.abc import Callable, Container
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from msgspec import Struct

from newsexport.api.addresses import Refusal
from newsexport.errors import Kind, Notice, UsageError
from newsexport.model.edition import Document
from newsexport.model.media import Image
from newsexport.model.walk import records
from newsexport.spi import Asset, Limits
from newsexport.version import __version__

if TYPE_CHECKING:
    from http.client import HTTPResponse
    from ssl import SSLContext

    from newsexport.api.addresses import Network
    from newsexport.api.connecting import Deadline, Resolver

Report = Callable[[Notice], None]

_HTTPS: Final = 443
_MOST_REDIRECTS: Final = 5
_REDIRECTS: Final = {301, 302, 303, 307, 308}
_MOST_TIMEOUTS: Final = 3
_OK: Final = 200
_PIECE: Final = 1 << 16
_HEAD: Final = 64
_LONGEST_NAME: Final = 253
_LONGEST_SHOWN: Final = 200
_HEADERS: Final = {
    "Accept": "image/*",
    "Accept-Encoding": "identity",
    "Connection": "close",
    "User-Agent": f"newsexport/{__version__}",
}
_LABEL: Final = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_NAMED: Final = re.compile(r"(?P<below>\*\.)?(?P<host>\[[^\]\s]+\]|[^:/@\[\]\s]+)(?::(?P<port>\d{1,5}))?")
# WHATWG URL, "ends in a number": such a host is an IPv4 address in one of its many spellings.
_NUMBER: Final = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)")
_DISPUTED: Final = re.compile(r"[\\\x00-\x1f\x7f-\x9f]")
# What the two editions of IDNA read differently.
_DEVIATING: Final = re.compile("[\u00df\u03c2\u200c\u200d]")
# RFC 3986, 3.3 and 3.4, and what is percent-encoded already.
_UNQUOTED: Final = "/%:@!$&'()*+,;=?"


class Fetch(Struct, frozen=True, kw_only=True):
    """Where pictures may be fetched from.

    Attributes:
        hosts: Names of hosts: ``images.example.com``, ``*.example.com`` for all below it, with ``:8443`` for another
            port than 443.
        networks: Networks beside the public internet that these hosts may be in (``10.20.0.0/16``).
        certificates: Further authorities to trust, in PEM; None for those of the system alone.
    """

    hosts: tuple[str, ...]
    networks: tuple[str, ...] = ()
    certificates: Asset | None = None

    def __post_init__(self) -> None:
        """Refuse what is no host and no network."""
        if not self.hosts:
            raise UsageError("no host is named to fetch pictures from", "name one like images.example.com")
        for host in self.hosts:
            _pattern(host)
        for network in self.networks:
            _network(network)


def fetched(
    document: Document, known: Container[str], fetch: Fetch, limits: Limits, report: Report
) -> dict[str, Asset]:
    """Fetch the remote pictures of a document that are not at hand.

    Args:
        document: The one whose pictures are wanted.
        known: The uris of those at hand.
        fetch: Where they may come from.
        limits: Bytes and seconds of each, and their number.
        report: Called for each that was not fetched, with the reason.

    Raises:
        UsageError: the certificates are none.
    """
    fetcher = Fetcher(fetch, limits)
    assets: dict[str, Asset] = {}
    wanted: dict[str, str] = {}
    for path, record in records(document):
        if isinstance(record, Image) and _is_remote(record.uri) and record.uri not in known:
            wanted.setdefault(record.uri, path)
    for number, (uri, path) in enumerate(wanted.items()):
        try:
            if number >= limits.fetches:
                raise Refusal(f"the document has more than {limits.fetches} pictures to fetch")
            assets[uri] = Asset(uri, fetcher.picture(uri))
        except Refusal as refusal:
            message = f"the picture {uri!r} was not fetched: {refusal}"
            report(Notice("image.fetch-failed", Kind.INFO, message, path, Image.__name__))
    return assets


def _is_remote(uri: str) -> bool:
    return uri.lower().startswith(("https://", "http://", "//"))


class Fetcher:
    """Fetches the pictures of one document, one after the other."""

    def __init__(self, fetch: Fetch, limits: Limits, resolver: Resolver = socket.getaddrinfo) -> None:
        self._patterns: Final = tuple(map(_pattern, fetch.hosts))
        self._networks: Final = tuple(map(_network, fetch.networks))
        self._certificates: Final = fetch.certificates
        self._limits: Final = limits
        self._resolver: Final = resolver
        self._timeouts: Final[Counter[str]] = Counter()
        self._context: SSLContext | None = None

    def picture(self, url: str) -> bytes:
        """Return the bytes of a picture.

        Raises:
            Refusal: they may not be fetched, or could not be.
            UsageError: the certificates are none.
        """
        from newsexport.api.connecting import Deadline

        deadline = Deadline(self._limits.fetch_seconds)
        url = f"https:{url}" if url.startswith("//") else url
        way = ""
        for _ in range(_MOST_REDIRECTS + 1):
            try:
                target = self._target(url)
                answer = self._answer_of(target, deadline)
            except Refusal as refusal:
                raise Refusal(f"{way}{refusal}") from refusal
            if isinstance(answer, bytes):
                return answer
            url = urljoin(target.url, answer.location)
            way = f"{target.host} redirects to {_short(url)!r}: "
        raise Refusal(f"there are more than {_MOST_REDIRECTS} redirects")

    def _target(self, url: str) -> _Target:
        # Programs disagree on what they mean.
        if _DISPUTED.search(url):
            raise Refusal("its URL has a backslash or control characters")
        try:
            parts = urlsplit(url)
            host, port = _host(parts.hostname or ""), _HTTPS if parts.port is None else parts.port
        except ValueError as error:
            raise Refusal(f"its URL is none that is asked: {error}") from error
        if parts.scheme != "https":
            raise Refusal(f"{host} is asked over https only")
        if "@" in parts.netloc:
            raise Refusal(f"{host} is sent no credentials, and the URL has some")
        if not any(pattern.takes(host, port) for pattern in self._patterns):
            raise Refusal(f"the host {host if port == _HTTPS else f'{host}:{port}'} is none of those that were named")
        query = f"?{parts.query}" if parts.query else ""
        return _Target(url, host, port, quote((parts.path or "/") + query, safe=_UNQUOTED))

    def _answer_of(self, target: _Target, deadline: Deadline) -> bytes | _Redirect:
        """Ask a host, once."""
        import ssl  # 40 ms with http.client, and most documents fetch nothing
        from http.client import HTTPException

        if self._timeouts[target.host] >= _MOST_TIMEOUTS:
            raise Refusal(f"{target.host} did not answer in time for {_MOST_TIMEOUTS} pictures before")
        try:
            return self._asked(target, deadline)
        except Refusal as refusal:
            reason = str(refusal)
        except TimeoutError:
            self._timeouts[target.host] += 1
            reason = f"it took longer than {self._limits.fetch_seconds:g} seconds"
        except ssl.SSLCertVerificationError as error:
            reason = f"its certificate is not trusted: {error.verify_message}"
        except (OSError, HTTPException, ValueError) as error:
            reason = _short(f"{type(error).__name__}: {error}")
        raise Refusal(f"{target.host}: {reason}")

    def _asked(self, target: _Target, deadline: Deadline) -> bytes | _Redirect:
        from newsexport.api.connecting import PinnedConnection, public_addresses

        context = self._trust()
        addresses = public_addresses(target.host, target.port, self._networks, deadline, self._resolver)
        connection = PinnedConnection(target.host, target.port, addresses, context, deadline)
        try:
            connection.request("GET", target.path, headers=_HEADERS)
            return self._read(connection.getresponse())
        finally:
            connection.end()

    def _trust(self) -> SSLContext:
        import ssl

        if self._context is None:
            self._context = ssl.create_default_context()
            if self._certificates is not None:
                try:
                    self._context.load_verify_locations(cadata=self._certificates.data.decode("ascii"))
                except (ssl.SSLError, ValueError) as error:
                    hint = "give certificates of authorities in PEM"
                    raise UsageError(f"{self._certificates.uri} holds no certificates: {error}", hint) from error
        return self._context

    def _read(self, response: HTTPResponse) -> bytes | _Redirect:
        from newsexport.kit.images import sniffed  # 10 ms, and most stories have no pictures

        if response.status in _REDIRECTS:
            location = response.getheader("Location")
            if not location:
                raise Refusal("it redirects to nowhere")
            return _Redirect(location)
        if response.status != _OK:
            raise Refusal(f"it answers with status {response.status}")
        encoding = response.getheader("Content-Encoding") or "identity"
        if encoding.lower() != "identity":
            raise Refusal(f"its answer is encoded as {_short(encoding)!r}")
        stated, most = response.length, self._limits.asset_bytes
        data = bytearray()
        while len(data) <= most and (stated is None or stated <= most):
            piece = response.read(_PIECE)
            if not piece:
                break
            data += piece
        if len(data) > most or (stated or 0) > most:
            raise Refusal(f"its answer has more than {most} bytes")
        if stated is not None and len(data) < stated:
            raise Refusal(f"its answer ends after {len(data)} of {stated} bytes")
        if sniffed(bytes(data[:_HEAD])) is None:
            raise Refusal("its answer is no picture")
        return bytes(data)


class _Target(NamedTuple):
    url: str
    host: str
    port: int
    path: str


class _Redirect(NamedTuple):
    location: str


class _Pattern(NamedTuple):
    host: str
    below: bool
    port: int

    def takes(self, host: str, port: int) -> bool:
        if port != self.port:
            return False
        return host.endswith(f".{self.host}") if self.below else host == self.host


def _pattern(text: str) -> _Pattern:
    hint = "name a host like images.example.com, *.example.com or images.example.com:8443"
    found = _NAMED.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"{text!r} is no host", hint)
    below, port = bool(found["below"]), int(found["port"] or _HTTPS)
    try:
        host = _host(found["host"].strip("[]"))
    except ValueError as error:
        raise UsageError(f"{text!r} is no host: {error}", hint) from error
    if not 0 < port < 65536:
        raise UsageError(f"{text!r} has no port", hint)
    if below and ("." not in host or _is_address(host)):
        raise UsageError(f"{text!r} is too wide", hint)
    return _Pattern(host, below, port)


def _network(text: str) -> Network:
    try:
        return ip_network(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no network: {error}", "write it like 10.20.0.0/16 or fd00:1::/32") from error


def _host(text: str) -> str:
    """Return a host in its one spelling: lower case, no dot at the end, IDNA; addresses as they are usually written.

    Raises:
        ValueError: it is none, or an odd spelling of an address.
    """
    if ":" in text:
        if "%" in text:
            raise ValueError(f"{text!r} is an address of one link only")
        return str(IPv6Address(text))
    if _DEVIATING.search(text):
        raise ValueError(f"{text!r} is read in two ways, write it in ASCII (xn--...)")
    name = text.lower() if text.isascii() else text.encode("idna").decode("ascii").lower()
    name = name.removesuffix(".")
    if _NUMBER.fullmatch(name):
        if not _is_address(name):
            raise ValueError(f"{text!r} is an odd spelling of an address")
        return name
    if len(name) > _LONGEST_NAME or not _NAME.fullmatch(name):
        raise ValueError(f"{_short(text)!r} is no name of a host")
    return name


def _is_address(host: str) -> bool:
    try:
        return str(ip_address(host)) == host
    except ValueError:
        return False


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
