"""Our own formats keep the contract that plug-ins are held to."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from newsexport import export_all
from newsexport.model.codec import encode
from newsexport.registry import names, reader, writer
from newsexport.testing import check_reader, check_writer
from stories import PICTURES, everything

SAMPLES = {
    "json": [encode(everything())],
    "text": [b"Bridge reopens\n\nBy Jane Roe\n\nIt reopened on Monday, the mayor said."],
}


@pytest.mark.parametrize("name", names("writers")[:7])
def test_writer_keeps_its_contract(name: str) -> None:
    check_writer(writer(name))


@pytest.mark.parametrize("name", names("readers")[:2])
def test_reader_keeps_its_contract(name: str) -> None:
    check_reader(reader(name), SAMPLES[name])


def test_eight_threads_with_all_writers_make_equal_bytes() -> None:
    formats = names("writers")[:7]
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
