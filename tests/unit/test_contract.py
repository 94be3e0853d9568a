"""Our own formats keep the contract that plug-ins are held to."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from newsexport import export_all
from newsexport.model.codec import encode
from newsexport.registry import detect, names, origin, reader, writer
from newsexport.spi import Probe
from newsexport.testing import check_reader, check_writer
from stories import PICTURES, everything

# The least that each reader knows for its own.
SAMPLES = {
    "ans": [
        b'{"type": "story", "version": "0.10.9", "content_elements": [{"type": "text", "content": "It reopened."}]}'
    ],
    "atom": [b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:x,1</id><title>Bridge</title></entry></feed>'],
    "eml": [
        b"From: Jane Roe <jane@example.com>\nSubject: Bridge reopens\nDate: Mon, 24 Feb 2025 10:15:00 +0000\n\nOpen."
    ],
    "ghost": [b'{"post": {"current": {"id": "63f8", "title": "Bridge reopens", "html": "<p>It reopened.</p>"}}}'],
    "html": [b"<h1>Bridge reopens</h1><p>It reopened on <b>Monday</b>.</p>"],
    "json": [encode(everything())],
    "markdown": [b"---\ntitle: Bridge reopens\n---\nIt reopened on *Monday*.", b"# Bridge\n\nSee [it](a.html).\n"],
    "rss": [b"<rss><channel><item><title>Bridge</title><description>Open.</description></item></channel></rss>"],
    "strapi": [
        b'{"event": "entry.publish", "model": "article",'
        b' "entry": {"id": 1, "createdAt": "2025-02-24", "title": "Bridge reopens"}}'
    ],
    "superdesk": [b'{"type": "text", "guid": "urn:x", "state": "published", "body_html": "<p>It reopened.</p>"}'],
    "text": [b"Bridge reopens\n\nBy Jane Roe\n\nIt reopened on Monday, the mayor said."],
    "webpage": [
        b"<!DOCTYPE html><html><head><title>Bridge</title></head><body><article><p>It reopened.</article></html>"
    ],
    "wordpress": [b'{"id": 1, "title": {"rendered": "Bridge"}, "content": {"rendered": "<p>It reopened.</p>"}}'],
    "wxr": [
        b'<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:c="http://purl.org/rss/1.0/modules/content/">'
        b"<channel><wp:wxr_version>1.2</wp:wxr_version><item><title>Bridge</title><wp:post_type>post</wp:post_type>"
        b"<wp:status>publish</wp:status><c:encoded>It reopened.</c:encoded></item></channel></rss>"
    ],
}
READERS = [name for name in names("readers") if origin("readers", name) == "built-in"]
WRITERS = [name for name in names("writers") if origin("writers", name) == "built-in"]


@pytest.mark.parametrize("name", WRITERS)
def test_writer_keeps_its_contract(name: str) -> None:
    check_writer(writer(name))


@pytest.mark.parametrize("name", READERS)
def test_reader_keeps_its_contract(name: str) -> None:
    check_reader(reader(name), SAMPLES[name])


@pytest.mark.parametrize("name", READERS)
def test_reader_is_the_surest_of_what_is_its_own(name: str) -> None:
    assert {detect(Probe(sample)) for sample in SAMPLES[name]} == {name}


def test_eight_threads_with_all_writers_make_equal_bytes() -> None:
    formats = WRITERS
    expected = {
        rendition.format.name: rendition.data for rendition in export_all(everything(), formats, assets=PICTURES)
    }
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: export_all(everything(), formats, assets=PICTURES), range(16)))
    for result in results:
        assert {rendition.format.name: rendition.data for rendition in result} == expected


WITHOUT_EBOOKLIB = """
import sys
sys.modules["ebooklib"] = None
import newsexport
from newsexport.testing import stories
result = newsexport.export_all(stories()[0], ["docx", "pdf", "epub", "newsml-g2", "html", "text", "json"])
print(*result.renditions)
print(result.failures["epub"].message, "|", result.failures["epub"].hint)
"""


def test_everything_but_epub_works_without_ebooklib() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT_EBOOKLIB], capture_output=True, text=True, check=True)
    made, failure = done.stdout.splitlines()
    assert made == "docx pdf newsml-g2 html text json"
    assert "EbookLib" in failure
    assert "pip install" in failure
