"""Pictures of the web: from named hosts, at public addresses, within limits; the servers here are real ones."""

from __future__ import annotations

import itertools
import pickle
import socket
import ssl
import time
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from newsexport import Article, Fetch, Notice, UsageError, export_all
from newsexport.api.addresses import Refusal, refusal
from newsexport.api.fetching import Fetcher, fetched
from newsexport.cli import main
from newsexport.model import Figure, Image
from newsexport.model.codec import encode
from newsexport.spi import Asset, Limits
from photos import encoded, photo
from pictureserver import HOST, PictureServer, redirect, serving, whole
from stories import NOON

PICTURE = encoded(photo(), "JPEG")
LOOPBACK = "127.0.0.0/8"


@pytest.fixture
def server() -> Iterator[PictureServer]:
    with serving(HOST, "other.example.com", "127.0.0.1") as running:
        running.answers["/a.jpg"] = whole(PICTURE)
        yield running


def fetcher(
    server: PictureServer,
    *hosts: str,
    networks: tuple[str, ...] = (LOOPBACK,),
    limits: Limits | None = None,
    addresses: tuple[str, ...] = (),
    certificates: bool = True,
) -> Fetcher:
    fetch = Fetch(
        hosts=hosts or (f"{HOST}:{server.port}",),
        networks=networks,
        certificates=server.authority if certificates else None,
    )
    return Fetcher(fetch, limits or Limits(fetch_seconds=5), server.resolver(*addresses))


def refused(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(Refusal) as caught:
        fetcher.picture(url)
    return str(caught.value)


# Addresses


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("0.0.0.0", "unspecified"),
        ("0.1.2.3", "reserved"),
        ("10.0.0.1", "private"),
        ("10.255.255.255", "private"),
        ("100.64.0.1", "shared"),
        ("100.127.255.255", "shared"),
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("169.254.169.254", "link-local"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.0.0.8", "reserved"),
        ("192.0.0.170", "reserved"),
        ("192.0.2.1", "documentation"),
        ("192.88.99.1", "6to4"),
        ("192.168.1.1", "private"),
        ("198.18.0.1", "benchmarking"),
        ("198.19.255.255", "benchmarking"),
        ("198.51.100.7", "documentation"),
        ("203.0.113.7", "documentation"),
        ("224.0.0.1", "multicast"),
        ("239.255.255.255", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "reserved"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::7f00:1", "IPv4-compatible"),
        ("::ffff:127.0.0.1", "IPv4-mapped"),
        ("::ffff:8.8.8.8", "IPv4-mapped"),
        ("::ffff:0:127.0.0.1", "reserved"),
        ("64:ff9b::7f00:1", "NAT64"),
        ("64:ff9b::808:808", "NAT64"),
        ("64:ff9b:1::a00:1", "NAT64"),
        ("100::1", "reserved"),
        ("2001::7f00:1", "Teredo"),
        ("2001:2::1", "benchmarking"),
        ("2001:10::1", "reserved"),
        ("2001:db8::1", "documentation"),
        ("2002:7f00:1::", "6to4"),
        ("2002:a00:1::1", "6to4"),
        ("3fff::1", "documentation"),
        ("4000::1", "reserved"),
        ("5f00::1", "reserved"),
        ("fc00::1", "private"),
        ("fd12:3456::1", "private"),
        ("fe80::1", "link-local"),
        ("fec0::1", "site-local"),
        ("ff02::1", "multicast"),
        ("fe80::1%eth0", "of one link only"),
        ("2606:4700::1111%eth0", "of one link only"),
        ("0177.0.0.1", "no IP address"),
        ("0x7f.1", "no IP address"),
        ("2130706433", "no IP address"),
        ("127.1", "no IP address"),
        ("example.com", "no IP address"),
        ("", "no IP address"),
    ],
)
def test_addresses_that_are_not_public_are_refused(address: str, reason: str) -> None:
    assert refusal(address) == reason


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "2a00::1"])
def test_public_addresses_may_be_asked(address: str) -> None:
    assert refusal(address) is None


def test_networks_that_were_named_may_be_asked() -> None:
    house = (ip_network("10.20.0.0/16"), ip_network("fd00:1::/32"))
    assert [refusal(each, house) for each in ("10.20.3.4", "10.21.0.1", "fd00:1::7", "::ffff:10.20.3.4")] == [
        None,
        "private",
        None,
        "IPv4-mapped",
    ]


# What is asked


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        ("example.com", "https://example.com/a.jpg"),
        ("example.com", "https://EXAMPLE.com./a.jpg"),
        ("EXAMPLE.COM.", "https://example.com:443/a.jpg"),
        ("example.com", "//example.com/a.jpg"),
        ("*.example.com", "https://a.example.com/a.jpg"),
        ("*.example.com", "https://a.b.example.com/a.jpg"),
        ("example.com:8443", "https://example.com:8443/a.jpg"),
        ("bücher.example", "https://BÜCHER.example/a.jpg"),
        ("xn--bcher-kva.example", "https://bücher.example/a.jpg"),
        ("my_bucket.example.com", "https://my_bucket.example.com/a.jpg"),
        ("93.184.215.14", "https://93.184.215.14/a.jpg"),
        ("[2606:4700::1111]", "https://[2606:4700:0:0::1111]/a.jpg"),
    ],
)
def test_named_hosts_are_asked(pattern: str, url: str) -> None:
    assert asked(pattern, url).endswith("ConnectionRefusedError: asked")


def asked(pattern: str, url: str) -> str:
    """Return why a host was not asked; one that may be is looked up, and found nowhere."""

    def resolver(*_: object, **__: object) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.2", 1))]

    message = refused(Fetcher(Fetch(hosts=(pattern,), networks=(LOOPBACK,)), Limits(), resolver), url)
    return message.replace("[Errno 111] Connection refused", "asked")


@pytest.mark.parametrize(
    ("pattern", "url", "reason"),
    [
        ("example.com", "https://example.org/a.jpg", "the host example.org is none of those that were named"),
        ("example.com", "https://www.example.com/a.jpg", "the host www.example.com is none"),
        ("example.com", "https://example.com.evil.org/a.jpg", "the host example.com.evil.org is none"),
        ("example.com", "https://example.com:8443/a.jpg", "the host example.com:8443 is none"),
        ("example.com", "https://example.com:0/a.jpg", "the host example.com:0 is none"),
        ("example.com:8443", "https://example.com/a.jpg", "the host example.com is none"),
        ("*.example.com", "https://example.com/a.jpg", "the host example.com is none"),
        ("*.example.com", "https://badexample.com/a.jpg", "the host badexample.com is none"),
        ("example.com", "http://example.com/a.jpg", "example.com is asked over https only"),
        ("example.com", "HTTP://example.com/a.jpg", "example.com is asked over https only"),
        ("example.com", "https://user:word@example.com/a.jpg", "no credentials"),
        ("example.com", "https://example.com@evil.org/a.jpg", "no credentials"),
        ("example.com", "https://evil.org\\@example.com/a.jpg", "backslash"),
        ("example.com", "https:\\\\example.com/a.jpg", "backslash"),
        ("example.com", "https://example.com/a\n.jpg", "control characters"),
        ("example.com", "https://example.com/a\0.jpg", "control characters"),
        ("example.com", "https:///a.jpg", "is no name of a host"),
        ("example.com", "https://", "is no name of a host"),
        ("example.com", "https://example.com:port/a.jpg", "Port could not be cast"),
        ("example.com", "https://example.com:99999/a.jpg", "Port out of range"),
        ("example.com", "https://[::1/a.jpg", "Invalid IPv6 URL"),
        ("example.com", "https://ex%61mple.com/a.jpg", "is no name of a host"),
        ("example.com", "https://exam ple.com/a.jpg", "is no name of a host"),
        ("example.com", "https://example..com/a.jpg", "is no name of a host"),
        ("example.com", f"https://{'a' * 64}.example.com/a.jpg", "is no name of a host"),
        ("example.com", "https://2130706433/a.jpg", "odd spelling of an address"),
        ("example.com", "https://0x7f000001/a.jpg", "odd spelling of an address"),
        ("example.com", "https://0x7f.0.0.1/a.jpg", "odd spelling of an address"),
        ("example.com", "https://0177.0.0.1/a.jpg", "odd spelling of an address"),
        ("example.com", "https://127.1/a.jpg", "odd spelling of an address"),
        ("example.com", "https://example.0x7f/a.jpg", "odd spelling of an address"),
        ("example.com", "https://１２７.0.0.1/a.jpg", "the host 127.0.0.1 is none"),
        ("example.com", "https://[fe80::1%25eth0]/a.jpg", "one link only"),
        ("example.com", "https://[::ffff:127.0.0.1]/a.jpg", "the host ::ffff:7f00:1 is none"),
        ("fass.example", "https://faß.example/a.jpg", "is read in two ways"),
        ("fass.example", "https://ﬁ‌x.example/‌.jpg", "is read in two ways"),
    ],
)
def test_no_others_are(pattern: str, url: str, reason: str) -> None:
    assert reason in asked(pattern, url)


@pytest.mark.parametrize(
    ("hosts", "networks", "message"),
    [
        ((), (), "no host is named"),
        (("https://example.com/",), (), "is no host"),
        (("example.com/img",), (), "is no host"),
        (("user@example.com",), (), "is no host"),
        (("",), (), "is no host"),
        (("*",), (), "is no host"),
        (("a.*.com",), (), "is no host"),
        (("*.com",), (), "is too wide"),
        (("*.10.0.0.1",), (), "is too wide"),
        (("example.com:0",), (), "has no port"),
        (("example.com:70000",), (), "has no port"),
        (("0x7f.1",), (), "odd spelling"),
        (("[fe80::1%eth0]",), (), "one link only"),
        (("faß.example",), (), "read in two ways"),
        (("example.com",), ("10.20.0.1/16",), "is no network"),
        (("example.com",), ("house",), "is no network"),
    ],
)
def test_what_is_no_host_or_network_is_a_wrong_call(
    hosts: tuple[str, ...], networks: tuple[str, ...], message: str
) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        Fetch(hosts=hosts, networks=networks)
    assert caught.value.hint


# One request


def test_a_picture_is_fetched_with_nothing_said_but_what_is_needed(server: PictureServer) -> None:
    server.answers["/my%20photo.jpg?w=10&q=%C3%BC"] = whole(PICTURE)
    assert fetcher(server).picture(server.url("/my photo.jpg?w=10&q=ü#top")) == PICTURE
    (request,) = server.requests
    lines = request.split("\r\n")
    assert lines[0] == "GET /my%20photo.jpg?w=10&q=%C3%BC HTTP/1.1"
    assert {line.partition(":")[0] for line in lines[1:] if line} == {
        *("Host", "Accept", "Accept-Encoding", "Connection", "User-Agent"),
    }
    assert f"Host: {HOST}:{server.port}" in lines
    assert "Accept: image/*" in lines
    assert "User-Agent: newsexport/" in request
    assert server.names == [HOST]


def test_an_answer_in_chunks_is_put_together(server: PictureServer) -> None:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (PICTURE[:99], PICTURE[99:]))
    server.answers["/a.jpg"] = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n"
    assert fetcher(server).picture(server.url("/a.jpg")) == PICTURE


def test_neither_proxies_nor_cookies_are_used(server: PictureServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("https_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.answers["/a.jpg"] = whole(PICTURE, "Set-Cookie: session=1")
    asking = fetcher(server)
    assert asking.picture(server.url("/a.jpg")) == asking.picture(server.url("/a.jpg")) == PICTURE
    assert "Cookie" not in server.requests[1]


def test_an_authority_that_is_not_trusted_is_refused(server: PictureServer) -> None:
    message = refused(fetcher(server, certificates=False), server.url("/a.jpg"))
    assert message.startswith(f"{HOST}: its certificate is not trusted: ")
    assert server.requests == []


def test_a_certificate_of_another_host_is_refused(server: PictureServer) -> None:
    message = refused(fetcher(server, f"wrong.example.com:{server.port}"), server.url("/a.jpg", "wrong.example.com"))
    assert "certificate is not trusted: Hostname mismatch" in message


def test_certificates_that_are_none_are_a_wrong_call() -> None:
    for data in (b"rubbish", b"\xff"):
        fetch = Fetch(hosts=("example.com",), certificates=Asset("house.pem", data))
        with pytest.raises(UsageError, match=r"house\.pem holds no certificates"):
            Fetcher(fetch, Limits()).picture("https://example.com/a.jpg")


def test_an_address_may_be_named_as_the_host(server: PictureServer) -> None:
    asking = fetcher(server, f"127.0.0.1:{server.port}")
    assert asking.picture(server.url("/a.jpg", "127.0.0.1")) == PICTURE


def gzipped(body: bytes) -> bytes:
    import gzip

    return whole(gzip.compress(body), "Content-Encoding: gzip")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (whole(PICTURE, status="404 Not Found"), "it answers with status 404"),
        (whole(PICTURE, status="206 Partial Content"), "it answers with status 206"),
        (whole(b"", status="204 No Content"), "it answers with status 204"),
        (whole(b"", status="304 Not Modified"), "it answers with status 304"),
        (gzipped(PICTURE), "its answer is encoded as 'gzip'"),
        (whole(PICTURE, "Content-Encoding: br"), "its answer is encoded as 'br'"),
        (whole(b"<html>no picture</html>", "Content-Type: image/jpeg"), "its answer is no picture"),
        (whole(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "its answer is no picture"),
        (whole(b""), "its answer is no picture"),
        (whole(PICTURE, length=len(PICTURE) + 1), f"its answer ends after {len(PICTURE)} of {len(PICTURE) + 1} bytes"),
        (whole(PICTURE, length=10**12), "its answer has more than 67108864 bytes"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\nshort", "IncompleteRead"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nrubbish\r\n", "IncompleteRead"),
        (b"rubbish\r\n\r\n", "BadStatusLine"),
        (b"", "RemoteDisconnected"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", "HTTPException: got more than 100 headers"),
        (b"HTTP/1.1 200 OK\r\nA: " + b"b" * 70_000 + b"\r\n\r\n", "LineTooLong"),
    ],
)
def test_answers_that_are_no_picture_are_refused(answer: bytes, reason: str, server: PictureServer) -> None:
    server.answers["/a.jpg"] = answer
    message = refused(fetcher(server), server.url("/a.jpg"))
    assert message.startswith(f"{HOST}: ")
    assert reason in message


def test_an_answer_longer_than_it_said_is_cut_where_it_said(server: PictureServer) -> None:
    server.answers["/a.jpg"] = whole(PICTURE + b"more", length=len(PICTURE))
    assert fetcher(server).picture(server.url("/a.jpg")) == PICTURE


def endless(connection: ssl.SSLSocket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n" + PICTURE)
    while True:
        connection.sendall(b"x" * 4096)


def test_an_answer_without_end_is_cut_off_at_the_limit(server: PictureServer) -> None:
    server.answers["/a.jpg"] = endless
    limits = Limits(asset_bytes=100_000, fetch_seconds=5)
    assert refused(fetcher(server, limits=limits), server.url("/a.jpg")) == (
        f"{HOST}: its answer has more than 100000 bytes"
    )


def dripping(start: bytes) -> Any:
    def drip(connection: ssl.SSLSocket) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(b"A")
            time.sleep(0.02)

    return drip


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nHeader: ",
        b"HTTP/1.1 200 OK\r\n\r\n" + PICTURE,
        b"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n",
    ],
    ids=["status", "headers", "body", "known length", "chunk"],
)
def test_an_answer_that_drips_ends_at_the_deadline(start: bytes, server: PictureServer) -> None:
    server.answers["/a.jpg"] = dripping(start)
    began = time.monotonic()
    message = refused(fetcher(server, limits=Limits(fetch_seconds=0.3)), server.url("/a.jpg"))
    assert message == f"{HOST}: it took longer than 0.3 seconds"
    assert time.monotonic() - began < 10


def test_a_host_that_is_silent_ends_at_the_deadline_and_is_not_asked_for_ever() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        fetch = Fetch(hosts=(f"localhost:{port}",), networks=(LOOPBACK, "::1/128"))
        asking = Fetcher(fetch, Limits(fetch_seconds=0.1))
        messages = [refused(asking, f"https://localhost:{port}/{number}.jpg") for number in range(4)]
    assert messages == [
        *["localhost: it took longer than 0.1 seconds"] * 3,
        "localhost did not answer in time for 3 pictures before",
    ]


def test_a_look_up_that_hangs_ends_at_the_deadline() -> None:
    def hanging(*_: object, **__: object) -> Any:
        time.sleep(3)

    began = time.monotonic()
    asking = Fetcher(Fetch(hosts=("example.com",)), Limits(fetch_seconds=0.1), hanging)
    assert refused(asking, "https://example.com/a.jpg") == "example.com: it took longer than 0.1 seconds"
    assert time.monotonic() - began < 2


# Addresses of a host


@pytest.mark.parametrize("address", ["10.0.0.1", "127.0.0.1", "169.254.169.254", "::1", "64:ff9b::7f00:1", "fe80::1%2"])
@pytest.mark.parametrize("order", [0, 1])
def test_one_address_that_is_not_public_refuses_the_host(address: str, order: int, server: PictureServer) -> None:
    addresses = ("93.184.215.14", address)[:: -1 if order else 1]
    message = refused(fetcher(server, networks=(), addresses=addresses), server.url("/a.jpg"))
    assert message.startswith(f"{HOST}: its address {address} is ")
    assert server.names == []


def test_a_host_without_address_is_refused() -> None:
    def unknown(*_: object, **__: object) -> Any:
        raise socket.gaierror("Name or service not known")

    for resolver, reason in ((unknown, "it is not known"), (lambda *_, **__: [], "it has no address")):
        asking = Fetcher(Fetch(hosts=("example.com",)), Limits(), resolver)
        assert refused(asking, "https://example.com/a.jpg") == f"example.com: {reason}"


def test_the_host_is_looked_up_once_and_the_address_that_was_checked_is_asked(server: PictureServer) -> None:
    """A name that leads elsewhere at the second look (DNS rebinding) is not looked at twice."""
    answers = itertools.chain(["127.0.0.1"], itertools.repeat("127.0.0.66"))
    looked: list[str] = []

    def rebinding(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        looked.append(next(answers))
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (looked[-1], port))]

    fetch = Fetch(hosts=(f"{HOST}:{server.port}",), networks=("127.0.0.1/32",), certificates=server.authority)
    asking = Fetcher(fetch, Limits(), rebinding)
    assert asking.picture(server.url("/a.jpg")) == PICTURE
    assert looked == ["127.0.0.1"]
    assert refused(asking, server.url("/a.jpg")) == f"{HOST}: its address 127.0.0.66 is loopback"


def test_the_next_address_is_tried_where_one_does_not_answer(server: PictureServer) -> None:
    assert fetcher(server, addresses=("127.0.0.2", "127.0.0.1")).picture(server.url("/a.jpg")) == PICTURE


# Redirects


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_redirects_are_followed(status: str, server: PictureServer) -> None:
    server.answers["/old/a.jpg"] = redirect("../a.jpg", status)
    assert fetcher(server).picture(server.url("/old/a.jpg")) == PICTURE


def test_a_redirect_to_another_named_host_is_followed(server: PictureServer) -> None:
    server.answers["/old.jpg"] = redirect(server.url("/a.jpg", "other.example.com"))
    hosts = (f"{HOST}:{server.port}", f"other.example.com:{server.port}")
    assert fetcher(server, *hosts).picture(server.url("/old.jpg")) == PICTURE
    assert server.names == [HOST, "other.example.com"]


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("https://evil.example.org/a.jpg", "the host evil.example.org is none of those that were named"),
        ("https://127.0.0.1/a.jpg", "the host 127.0.0.1 is none of those that were named"),
        ("https://169.254.169.254/latest/meta-data", "the host 169.254.169.254 is none of those that were named"),
        ("https://[::1]/a.jpg", "the host ::1 is none of those that were named"),
        ("https://0x7f.1/a.jpg", "odd spelling of an address"),
        ("https://other.example.com/a.jpg", "its address 10.0.0.1 is private"),
        ("http://images.example.com/a.jpg", "is asked over https only"),
        ("https://user:word@images.example.com/a.jpg", "is sent no credentials"),
        ("file:///etc/passwd", "is no name of a host"),
        ("gopher://images.example.com/", "is asked over https only"),
        ("data:image/png;base64,AAAA", "is no name of a host"),
        ("https:\\\\evil.example.org", "backslash"),
    ],
)
def test_every_redirect_is_checked_as_the_first_address_was(location: str, reason: str, server: PictureServer) -> None:
    server.answers["/old.jpg"] = redirect(location)

    def resolver(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        address = "127.0.0.1" if host == HOST else "10.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    fetch = Fetch(
        hosts=(f"{HOST}:{server.port}", HOST, "other.example.com"),
        networks=("127.0.0.1/32",),
        certificates=server.authority,
    )
    message = refused(Fetcher(fetch, Limits(), resolver), server.url("/old.jpg"))
    assert message.startswith(f"{HOST} redirects to ")
    assert reason in message
    assert len(server.requests) == 1


def test_a_host_whose_address_changes_at_the_redirect_is_refused(server: PictureServer) -> None:
    server.answers["/old.jpg"] = redirect("/a.jpg")
    answers = iter(["127.0.0.1", "10.0.0.1"])

    def rebinding(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    fetch = Fetch(hosts=(f"{HOST}:{server.port}",), networks=(LOOPBACK,), certificates=server.authority)
    message = refused(Fetcher(fetch, Limits(), rebinding), server.url("/old.jpg"))
    assert message.endswith("its address 10.0.0.1 is private")


def test_redirects_come_to_an_end(server: PictureServer) -> None:
    server.answers["/loop.jpg"] = redirect("/loop.jpg")
    assert refused(fetcher(server), server.url("/loop.jpg")) == "there are more than 5 redirects"
    assert len(server.requests) == 6


def test_a_redirect_to_nowhere_comes_to_an_end(server: PictureServer) -> None:
    server.answers["/old.jpg"] = whole(b"", status="302 Found")
    assert refused(fetcher(server), server.url("/old.jpg")) == f"{HOST}: it redirects to nowhere"


def test_redirects_have_one_deadline_together(server: PictureServer) -> None:
    def slow(connection: ssl.SSLSocket) -> None:
        time.sleep(0.15)
        connection.sendall(redirect("/slow.jpg"))

    server.answers["/slow.jpg"] = slow
    message = refused(fetcher(server, limits=Limits(fetch_seconds=0.3)), server.url("/slow.jpg"))
    assert message.endswith("it took longer than 0.3 seconds")


# Documents


def local(server: PictureServer) -> Fetch:
    """Return what lets the host localhost be asked, which every machine looks up by itself."""
    return Fetch(hosts=(f"localhost:{server.port}",), networks=(LOOPBACK, "::1/128"), certificates=server.authority)


@pytest.fixture
def localhost() -> Iterator[PictureServer]:
    with serving("localhost") as running:
        for name in ("a", "b", "c"):
            running.answers[f"/{name}.jpg"] = whole(encoded(photo(30 + ord(name), 40), "JPEG"))
        yield running


def test_the_pictures_of_a_document_are_fetched_once_before_the_writers(localhost: PictureServer) -> None:
    urls = [localhost.url(f"/{name}.jpg", "localhost") for name in ("a", "b", "a")]
    story = Article(
        guid="urn:x:1", version_created=NOON, images=(Image(urls[0]),), body=tuple(Figure(Image(url)) for url in urls)
    )
    result = export_all(story, ["html", "docx", "epub"], fetch=local(localhost))
    assert not result.failures
    assert "image." not in str([rendition.notices for rendition in result])
    assert len(localhost.requests) == 2


def test_pictures_at_hand_are_not_fetched(localhost: PictureServer, tmp_path: Path) -> None:
    (tmp_path / "b.jpg").write_bytes(PICTURE)
    given, local_copy = (localhost.url(f"/{name}.jpg", "localhost") for name in ("a", "b"))
    story = Article(guid="urn:x:1", version_created=NOON, images=(Image(given), Image(local_copy)))
    export_all(story, ["html"], assets=[Asset(given, PICTURE)], folders=[tmp_path], fetch=local(localhost))
    assert localhost.requests == []


def test_what_is_not_fetched_is_said_with_its_place(localhost: PictureServer) -> None:
    story = Article(
        body=tuple(
            Figure(Image(uri))
            for uri in (
                localhost.url("/gone.jpg", "localhost"),
                "https://example.com/a.jpg",
                "http://localhost/a.jpg",
                "a.jpg",
            )
        )
    )
    notices: list[Notice] = []
    assert fetched(story, (), local(localhost), Limits(), notices.append) == {}
    assert {(each.code, each.kind) for each in notices} == {("image.fetch-failed", "info")}
    assert [(each.where, each.message.partition("not fetched: ")[2]) for each in notices] == [
        ("body[0].media", "localhost: it answers with status 404"),
        ("body[1].media", "the host example.com is none of those that were named"),
        ("body[2].media", "localhost is asked over https only"),
    ]


def test_a_document_has_a_limit_of_pictures(localhost: PictureServer) -> None:
    story = Article(images=tuple(Image(localhost.url(f"/{name}.jpg", "localhost")) for name in ("a", "b", "c")))
    notices: list[Notice] = []
    found = fetched(story, (), local(localhost), Limits(fetches=2), notices.append)
    assert (len(found), len(localhost.requests)) == (2, 2)
    assert notices[0].message.endswith("the document has more than 2 pictures to fetch")


def test_without_leave_nothing_is_fetched(localhost: PictureServer) -> None:
    story = Article(guid="urn:x:1", body=(Figure(Image(localhost.url("/a.jpg", "localhost"))),))
    (notice,) = export_all(story, ["html"])["html"].notices
    assert notice.code == "image.missing"
    assert localhost.requests == []


def test_fetch_travels_between_processes() -> None:
    fetch = Fetch(hosts=("example.com",), networks=("10.0.0.0/8",), certificates=Asset("a.pem", b"x"))
    assert pickle.loads(pickle.dumps(fetch)) == fetch


# The command line


def test_the_command_line_takes_hosts_and_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = "https://images.example.com/2025/a.jpg"
    (tmp_path / "story.json").write_bytes(encode(Article(guid="urn:x:1", body=(Figure(Image(url)),))))
    (tmp_path / "media").mkdir()
    arguments = ["convert", str(tmp_path / "story.json"), "--to", "html", "-o", str(tmp_path / "out"), "-v"]
    assert main([*arguments, "--fetch-images", "a.example, *.b.example", "--fetch-images", "c.example:8443"]) == 0
    said = capsys.readouterr().err
    assert "the host images.example.com is none of those that were named" in said
    assert "name its host with --fetch-images or its folder with --assets" in said
    (tmp_path / "media" / "a.jpg").write_bytes(PICTURE)
    assert main([*arguments, "--assets", str(tmp_path), "--assets", str(tmp_path / "media")]) == 0
    assert "image." not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--fetch-images", "https://example.com/"], "'https://example.com/' is no host"),
        (["--fetch-images", ","], "no host is named"),
        (["--assets", "gone"], "gone is no folder with pictures"),
    ],
)
def test_wrong_calls_are_refused(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "story.txt", *arguments]) == 2
    assert message in capsys.readouterr().err
