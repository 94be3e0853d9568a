"""Which formats there are, and their options as text."""

from typing import Literal

import pytest

from newsexport import InputError, UsageError
from newsexport.registry import detect, names, options, origin, reader, writer
from newsexport.spi import Asset, Options, Probe


class Sample(Options, frozen=True, kw_only=True):
    page: Literal["a4", "letter"] = "a4"
    margin: float = 56.7
    page_numbers: bool = True
    formats: tuple[str, ...] = ()
    logo: Asset | None = None


def test_built_in_formats() -> None:
    assert names("writers")[:7] == ("docx", "pdf", "epub", "newsml-g2", "html", "text", "json")
    readers = [name for name in names("readers") if origin("readers", name) == "built-in"]
    assert readers[-1] == "text", "what every input of words may be is asked last"
    assert {origin("writers", name) for name in names("writers")[:7]} == {"built-in"}


@pytest.mark.parametrize("name", names("writers")[:7])
def test_writer_is_found_by_its_name(name: str) -> None:
    assert writer(name).format.name == name


@pytest.mark.parametrize("name", names("readers"))
def test_reader_is_found_by_its_name(name: str) -> None:
    assert reader(name).format.name == name


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, Sample()),
        ({"page": "letter"}, Sample(page="letter")),
        ({"margin": "40"}, Sample(margin=40.0)),
        ({"margin": 40}, Sample(margin=40.0)),
        ({"page-numbers": "false"}, Sample(page_numbers=False)),
        ({"formats": "pdf, docx"}, Sample(formats=("pdf", "docx"))),
        ({"formats": ["pdf"]}, Sample(formats=("pdf",))),
    ],
)
def test_options_from_text(values: dict[str, object], expected: Sample) -> None:
    assert options(Sample, values, "sample") == expected


def test_option_from_a_file(tmp_path: object) -> None:
    path = f"{tmp_path}/logo.png"
    with open(path, "wb") as file:  # noqa: PTH123  # the fixture's type is of no use here
        file.write(b"x")
    assert options(Sample, {"logo": f"file:{path}"}, "sample") == Sample(logo=Asset("logo.png", b"x"))


@pytest.mark.parametrize(
    ("values", "message", "hint"),
    [
        ({"pge": "a4"}, "sample has no option 'pge'", "did you mean 'page'?"),
        ({"zzz": "a4"}, "sample has no option 'zzz'", "its options are page, margin"),
        ({"page": "a3"}, "sample.page: Invalid enum value 'a3'", None),
        ({"margin": "wide"}, "sample.margin: Expected `float`", None),
        ({"logo": "file:/no/such"}, "sample.logo: /no/such: No such file", "file:PATH"),
    ],
)
def test_bad_option_is_refused(values: dict[str, object], message: str, hint: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        options(Sample, values, "sample")
    assert message in caught.value.message
    assert (hint or "") in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b'{"type":"article"}', None, "json"),
        ('{"type":"article"}'.encode("utf-8-sig"), None, "json"),
        ('{"event": "entry.publish", "model": "article", "entry": {}}'.encode("utf-16"), None, "strapi"),
        (b"A story\n\nIt began.", "story.txt", "text"),
        (b"\xef\xbb\xbfA story\n\nIt began.", None, "text"),
        (b"<?xml version='1.0'?><article><p>A story</p></article>", None, "html"),
        (b'<section xmlns="http://www.w3.org/1999/xhtml"><p>A story</p></section>', None, "html"),
        (
            b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>A</p></body></html>',
            None,
            "webpage",
        ),
        (b"<em>A</em> story of xmlns='a'", None, "html"),
    ],
)
def test_content_tells_the_format(data: bytes, name: str | None, expected: str) -> None:
    assert detect(Probe(data, name)) == expected


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b" \n\t", "is empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "binary"),
        (b"PK\x03\x04\0\0", "binary"),
        (b"\0\1\2", "binary"),
        (
            b"<?xml version='1.0'?><newsItem><contentSet><p>A</p><p>B</p></contentSet></newsItem>",
            "is of no known format",
        ),
        (
            b'<newsItem guid="a" xmlns="http://iptc.org/std/nar/2006-10-01/"><p>A</p><p>B</p></newsItem>',
            "no known format",
        ),
    ],
)
def test_what_nobody_reads_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        detect(Probe(data))
