"""The EPUB writer, and the hooks by which EbookLib is kept in line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree
from msgspec import structs
from PIL import Image as Pillow

from newsexport.errors import Kind, UnsupportedError
from newsexport.model import Article, Document, Edition, Embargo, Image, Provider, Section, view, walk
from newsexport.spi import Context
from newsexport.writers.epub import EpubOptions, EpubWriter
from newsexport.writers.epub.cover import Cover, cover_png
from stories import EMBARGOED, FLASH, PICTURES, everything, png, text

NAMESPACES = {
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "x": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
EDITION = Edition(
    guid="urn:newsml:example.com:20250224:weekend",
    title="Weekend",
    date=date(2025, 2, 24),
    language="en-US",
    publisher=Provider("Example News"),
    rights="© 2025 Example News",
    sections=(Section("World", (everything(), FLASH)), Section("Empty"), Section("Politics", (EMBARGOED,))),
)


def written(document: Document, options: EpubOptions | None = None) -> ZipFile:
    context = Context(document=document, assets={asset.uri: asset for asset in PICTURES})
    data = EpubWriter().write(document, options or EpubOptions(), context)
    assert [notice for notice in context.notices if notice.kind is Kind.LOSS] == []
    return ZipFile(BytesIO(data))


def public() -> Article:
    viewed = view(everything(), "public")
    assert isinstance(viewed, Article)
    return viewed


def member(archive: ZipFile, name: str) -> Any:
    return etree.fromstring(archive.read(f"EPUB/{name}"))


def found(root: Any, path: str) -> list[str]:
    return [str(value) for value in root.xpath(path, namespaces=NAMESPACES)]


def described(archive: ZipFile, property_: str) -> list[str]:
    return found(member(archive, "content.opf"), f"//opf:meta[@property='{property_}']/text()")


# The hooks: each of these fails when a release of EbookLib no longer calls ours


def test_the_container_is_ours_and_bears_no_dates() -> None:
    archive = written(FLASH)
    first, *_ = archive.infolist()
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_package_document_states_its_language_and_direction_and_no_unused_vocabulary() -> None:
    root = member(written(structs.replace(FLASH, language="ar")), "content.opf")
    assert (root.get(XML_LANG), root.get("dir"), root.get("prefix")) == ("ar", "rtl", None)
    assert found(root, "//opf:spine/@page-progression-direction") == ["rtl"]


def test_the_navigation_is_ours() -> None:
    root = member(written(FLASH), "nav.xhtml")
    assert found(root, "//x:nav[@epub:type='toc']/x:h1/text()") == ["Contents"]
    assert found(root, "//x:nav[@epub:type='landmarks']/@hidden") == ["hidden"]
    assert found(root, "//x:nav[@epub:type='landmarks']//x:a/@epub:type") == ["cover", "toc", "bodymatter"]
    assert found(root, "//x:nav[@epub:type='page-list']") == []


def test_the_navigation_for_older_systems_is_ours() -> None:
    root = member(written(EDITION), "toc.ncx")
    assert found(root, "//ncx:meta[@name='dtb:depth']/@content") == ["2"]
    assert found(root, "//ncx:navPoint/@playOrder") == ["1", "2", "3", "4", "5"]
    assert found(root, "//ncx:navPoint/ncx:navLabel/ncx:text/text()")[0] == "World"


def test_pages_are_not_parsed_again() -> None:
    page = written(FLASH).read("EPUB/text/p00001.xhtml").decode()
    assert page.startswith('<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns=')
    assert '<link rel="stylesheet" type="text/css" href="../css/news.css"/>' in page
    assert page.endswith("</body>\n</html>\n")


def test_the_date_of_modification_is_that_of_the_version() -> None:
    assert described(written(FLASH), "dcterms:modified") == ["2025-02-24T12:00:00Z"]


def test_nothing_random_or_foreign_is_in_the_package_document() -> None:
    archive = written(FLASH)
    assert found(member(archive, "content.opf"), "//dc:identifier/text()") == [FLASH.guid]
    assert found(member(archive, "content.opf"), "//opf:meta[@name='generator']/@content") == ["newsexport"]


# What is in it


def test_every_word_of_a_story_is_in_it() -> None:
    article = public()
    lines = [
        walk.plain_text(article.headline),
        walk.plain_text(article.standfirst),
        *map(walk.block_text, article.body),
    ]
    root = member(written(article), "text/p00001.xhtml")
    shown = Counter(walk.words("".join(root.itertext())))
    assert Counter(walk.words(" ".join(lines))) - shown == Counter()


def test_metadata_says_what_is_known() -> None:
    root = member(written(public()), "content.opf")
    assert found(root, "//dc:title/text()") == ["Bridge closed: what we know"]
    assert found(root, "//dc:creator/text()") == ["Jane Roe", "João Müller"]
    assert found(root, "//dc:publisher/text()") == ["Example News"]
    assert found(root, "//dc:date/text()") == ["2025-02-24T10:00:00+00:00"]
    assert found(root, "//dc:rights/text()") == ["© 2025 Example News. All rights reserved."]
    assert found(root, "//dc:subject/text()")[:3] == ["Ports & Harbours", "Transport", "road accident"]
    assert found(root, "//opf:meta[@property='schema:version']/text()") == ["3"]


def test_nothing_is_invented_where_nothing_is_known() -> None:
    root = member(written(structs.replace(FLASH, provider=None)), "content.opf")
    assert found(root, "//dc:creator|//dc:publisher|//dc:rights|//dc:subject") == []


def test_a_guid_that_is_no_uri_makes_a_urn() -> None:
    (name,) = found(member(written(structs.replace(FLASH, guid="4711")), "content.opf"), "//dc:identifier/text()")
    assert name.startswith("urn:uuid:")


@pytest.mark.parametrize(
    ("article", "options", "certifier"),
    [
        (FLASH, EpubOptions(), ["Example News"]),
        (FLASH, EpubOptions(certified_by="Inspector"), ["Inspector"]),
        (FLASH, EpubOptions(certified_by=""), []),
        (structs.replace(FLASH, provider=None), EpubOptions(), []),
        (structs.replace(FLASH, language="und"), EpubOptions(), []),
        (structs.replace(FLASH, images=(Image("map.png"),)), EpubOptions(), []),
        (structs.replace(FLASH, images=(Image("map.png", decorative=True),)), EpubOptions(), ["Example News"]),
    ],
)
def test_conformance_is_claimed_only_where_it_holds(
    article: Article, options: EpubOptions, certifier: list[str]
) -> None:
    archive = written(article, options)
    assert described(archive, "a11y:certifiedBy") == certifier
    assert len(described(archive, "dcterms:conformsTo")) == len(certifier)


def test_why_no_conformance_is_claimed_is_said() -> None:
    context = Context()
    EpubWriter().write(structs.replace(FLASH, language="und"), EpubOptions(cover="none"), context)
    assert [(notice.code, notice.kind) for notice in context.notices] == [("epub.accessibility-unclaimed", Kind.INFO)]


def test_footnotes_open_where_they_are_referred_to() -> None:
    root = member(written(public()), "text/p00001.xhtml")
    assert found(root, "//x:a[@epub:type='noteref'][@role='doc-noteref']/@href") == ["#note1"]
    assert found(root, "//x:aside[@epub:type='footnote'][@role='doc-footnote']/@id") == ["note1"]
    assert found(root, "//x:a[@role='doc-backlink']/@href") == ["#ref1"]


def test_a_picture_shown_often_is_carried_once() -> None:
    names = [name for name in written(public()).namelist() if name.startswith("EPUB/images/i")]
    assert names == ["EPUB/images/i0001.png", "EPUB/images/i0002.png"]


@pytest.mark.parametrize("changes", [{"pub_status": "canceled"}, {"pub_status": "withheld"}, {"embargo": Embargo()}])
def test_what_is_held_back_says_so_first(changes: dict[str, Any]) -> None:
    root = member(written(structs.replace(FLASH, **changes), EpubOptions(cover="none")), "text/p00001.xhtml")
    assert found(root, "//x:header/*[1]/@class")[0].startswith("banner ")


def test_the_style_leaves_colours_to_the_reader() -> None:
    style = written(FLASH).read("EPUB/css/news.css").decode()
    assert "color" not in style
    assert "background" not in style
    assert "display: none" not in style
    assert "var(" not in style


# Editions


def test_an_edition_has_a_front_for_each_section_and_a_page_for_each_article() -> None:
    archive = written(EDITION)
    root = member(archive, "content.opf")
    assert found(root, "//opf:itemref/@idref") == [
        "cover-page",
        "nav",
        "p00001",
        "p00002",
        "p00003",
        "p00004",
        "p00005",
    ]
    front = member(archive, "text/p00001.xhtml")
    assert found(front, "//x:section/@role") == ["doc-part"]
    assert found(front, "//x:li/x:a/@href") == ["p00002.xhtml", "p00003.xhtml"]
    assert found(root, "//dc:language/text()") == ["en-US", "de-DE"]
    assert member(archive, "text/p00005.xhtml").get("lang") == "de-DE"


def test_the_contents_of_an_edition_are_sections_with_their_articles() -> None:
    root = member(written(EDITION), "nav.xhtml")
    assert found(root, "//x:nav[@role='doc-toc']/x:ol/x:li/x:a/text()") == ["World", "Politics"]
    assert len(found(root, "//x:nav[@role='doc-toc']/x:ol/x:li/x:ol/x:li/x:a/@href")) == 3


def test_an_edition_without_articles_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="without articles"):
        written(structs.replace(EDITION, sections=(Section("Empty"),)))


# Covers


def test_a_cover_is_drawn_in_few_colours() -> None:
    data = written(FLASH).read("EPUB/images/cover.png")
    with Pillow.open(BytesIO(data)) as image:
        assert (image.size, image.mode) == ((1600, 2560), "P")
    root = member(written(FLASH), "text/cover.xhtml")
    assert found(root, "//x:img/@alt") == ["Bridge closed after collision"]


def test_older_systems_find_the_cover_too() -> None:
    root = member(written(FLASH), "content.opf")
    assert found(root, "//opf:item[@properties='cover-image']/@id") == found(root, "//opf:meta[@name='cover']/@content")


def test_an_edition_brings_its_own_cover_with_its_words() -> None:
    archive = written(structs.replace(EDITION, cover=Image("map.png", alt="Map", credit="Sam Lens")))
    assert archive.read("EPUB/images/cover.png") == png(200, 300)
    root = member(archive, "text/cover.xhtml")
    assert found(root, "//x:img/@alt") == ["Map"]
    assert found(root, "//x:small/text()") == ["Sam Lens"]


def test_the_cover_of_an_edition_that_is_not_found_is_drawn_and_a_loss() -> None:
    edition = structs.replace(EDITION, cover=Image("no.png", alt="Map"), sections=(Section("World", (FLASH,)),))
    context = Context(document=edition)
    archive = ZipFile(BytesIO(EpubWriter().write(edition, EpubOptions(), context)))
    assert "EPUB/images/cover.png" in archive.namelist()
    assert [(notice.code, notice.where) for notice in context.notices] == [("image.missing", "cover")]


def test_a_cover_can_be_left_out() -> None:
    archive = written(FLASH, EpubOptions(cover="none"))
    assert not [name for name in archive.namelist() if "cover" in name]
    assert found(member(archive, "content.opf"), "//opf:meta[@name='cover']") == []


@pytest.mark.parametrize("title", ["word " * 200, "w" * 400, "خبر عاجل", ""])
def test_any_title_makes_a_cover(title: str) -> None:
    with Pillow.open(BytesIO(cover_png(Cover(title, "Example News", "24 February 2025", "HOLD")))) as image:
        image.load()
        assert image.size == (1600, 2560)


def test_words_no_face_can_draw_are_left_off_the_cover() -> None:
    assert cover_png(Cover("خبر عاجل", "Example News")) == cover_png(Cover("", "Example News"))


# Always the same

SCRIPT = """
import hashlib, stories
from newsexport.spi import Context
from newsexport.writers.epub import EpubOptions, EpubWriter
from newsexport.writers.html import HtmlOptions, HtmlWriter
document = stories.everything()
context = Context(document=document, assets={asset.uri: asset for asset in stories.PICTURES})
data = EpubWriter().write(document, EpubOptions(), context) + HtmlWriter().write(document, HtmlOptions(), context)
print(hashlib.sha256(data).hexdigest())
"""


def test_bytes_do_not_depend_on_process_time_zone_or_hash_seed() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(outputs) == 1


def test_titles_are_escaped_wherever_they_stand() -> None:
    archive = written(structs.replace(FLASH, headline=text('A < B & "C" </title>')))
    for name in ("content.opf", "nav.xhtml", "toc.ncx", "text/p00001.xhtml"):
        assert 'A < B & "C" </title>' in "".join(member(archive, name).itertext())
    assert found(member(archive, "text/cover.xhtml"), "//x:img/@alt") == ['A < B & "C" </title>']
