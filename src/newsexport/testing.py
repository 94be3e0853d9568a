"""The contract that every reader and writer keeps, for the tests of a plug-in; our own pass it too.

def test_contract():
    check_writer(MyWriter())
"""

from __future__ import annotations

import pickle
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from newsexport.api.exporting import export
from newsexport.api.preparing import prepare
from newsexport.errors import NewsexportError, UnsupportedError
from newsexport.model import (
    Article,
    Document,
    Edition,
    Heading,
    Link,
    List,
    ListItem,
    Paragraph,
    Provider,
    Quote,
    Section,
    Strong,
    Text,
)
from newsexport.spi import ContainerReader, Context, Format, Options, Parsed, Probe, Reader, Writer

_MOMENT = datetime(2025, 2, 24, 10, 15, tzinfo=UTC)


def stories() -> tuple[Document, ...]:
    """Return small prepared documents: a story, a flash without a body, a kill, hostile text, an edition."""
    provider = Provider("Example News", "https://example.com/")
    story = Article(
        guid="urn:newsml:example.com:20250224:story",
        headline=(Text("A bridge & its < town >"),),
        byline="By Jane Roe",
        body=(
            Paragraph((Text("It "), Strong((Text("reopened"),)), Text(" on Monday. "), Link((Text("More"),), "https://example.com/a?b=1&c=2"))),
            Heading((Text("The works"),)),
            List((ListItem((Paragraph((Text("Two pillars"),)),)),)),
            Quote((Paragraph((Text("At last."),)),), (Text("The mayor"),)),
        ),
        provider=provider,
        language="en",
        version_created=_MOMENT,
    )  # fmt: skip
    flash = Article(guid="urn:newsml:example.com:20250224:flash", headline=(Text("Bridge open"),), kind="alert")
    kill = Article(guid=story.guid, version=2, pub_status="canceled", slugline="BRIDGE", language="en")
    hostile = Article(guid="urn:x-test:hostile", body=(Paragraph((Text("]]> <!-- --> <script>'\" &amp; {{x}} %s"),)),))
    edition = Edition(
        guid="urn:x-test:edition",
        title="Weekend",
        date=_MOMENT.date(),
        language="en",
        sections=(Section("News", (story,)),),
        publisher=provider,
    )
    return tuple(prepare(each, now=_MOMENT) for each in (story, flash, kill, hostile, edition))


def check_writer(writer: Writer[Any], documents: Iterable[Document] | None = None) -> None:
    """Check that a writer keeps its contract.

    It describes itself; equal arguments give equal, non-empty bytes, also from eight threads at once; the document is
    not changed; notices are well formed; what it cannot write it refuses by an `UnsupportedError`.

    Args:
        writer: The one to check.
        documents: Prepared documents to write; None for `stories`.

    Raises:
        AssertionError: it does not keep the contract; the message says what.
    """
    _check_format(writer.format)
    options = _check_options(writer.options_type)
    for document in stories() if documents is None else documents:
        before = pickle.dumps(document)
        try:
            first = export(document, writer, options)
        except UnsupportedError as error:
            assert error.hint, f"{writer.format.name}: an UnsupportedError needs a hint"
            continue
        assert pickle.dumps(document) == before, f"{writer.format.name}: the document was changed"
        assert export(document, writer, options).data == first.data, f"{writer.format.name}: two calls differ"
        _check_threads(writer, document, first.data)
        for notice in first.notices:
            assert "." in notice.code and notice.message, f"{writer.format.name}: {notice} is not well formed"


def check_reader(reader: Reader[Any], samples: Iterable[bytes]) -> None:
    """Check that a reader keeps its contract.

    It describes itself; it recognises each sample and is not sure of noise; reading twice gives equal documents that
    pass `prepare`, and so does reading them one at a time; garbage ends in a `NewsexportError`, nothing else.

    Args:
        reader: The one to check.
        samples: Inputs of its format, one at least.

    Raises:
        AssertionError: it does not keep the contract; the message says what.
    """
    name = reader.format.name
    _check_format(reader.format)
    options = _check_options(reader.options_type)
    for sample in samples:
        sure = reader.sniff(Probe(sample))
        assert 0 < sure <= 1, f"{name}: a sample is not recognised: {sample[:60]!r}"
        parsed = reader.read(sample, options, Context())
        assert parsed == reader.read(sample, options, Context()), f"{name}: two readings differ"
        if isinstance(reader, ContainerReader):
            each = Parsed.joined(reader.each(BytesIO(sample), options, Context()))
            assert parsed == each, f"{name}: read and each differ"
        for document in parsed.documents:
            prepare(document, origin="sample", now=_MOMENT)
    for garbage in (b"\0\1\2\3" * 64, b"\xff\xfe\x00", b"{" * 5000):
        assert 0 <= reader.sniff(Probe(garbage)) <= 1, f"{name}: sniff leaves the range of 0 to 1"
        try:
            reader.read(garbage, options, Context())
        except NewsexportError as error:
            assert error.message, f"{name}: an error without a message"


def _check_format(format: Format) -> None:  # noqa: A002  # the word of the contract
    assert format.name == format.name.lower() and format.name, "a format's name is lower-case"
    assert "/" in format.media_type, f"{format.name}: {format.media_type!r} is no media type"
    assert format.suffix.startswith("."), f"{format.name}: a suffix starts with a dot"
    assert format.title, f"{format.name}: no title"


def _check_options(options_type: type[Options]) -> Options:
    options = options_type()
    assert pickle.loads(pickle.dumps(options)) == options, f"{options_type.__name__}: does not survive pickling"
    return options


def _check_threads(writer: Writer[Any], document: Document, expected: bytes) -> None:
    results: list[bytes] = []
    threads = [threading.Thread(target=lambda: results.append(export(document, writer).data)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 8, f"{writer.format.name}: threads differ"
