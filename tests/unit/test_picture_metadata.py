"""What pictures say of themselves: read, taken into the document, written back, and kept from the public."""

from __future__ import annotations

import json
import zlib
from datetime import datetime, timedelta, timezone

import pytest
from msgspec import structs

from newsexport import Notice, export_all, prepare, view
from newsexport.api.pictures import described
from newsexport.kit.images import PhotoMetadata, metadata, picture
from newsexport.model import Article, Edition, Figure, Gallery, Image, Section
from newsexport.spi import Asset, Context
from photos import (
    MARKER,
    UTF_8,
    confidential,
    dataset,
    decoded,
    encoded,
    exif,
    iim,
    packet,
    photo,
    photoshop,
    resource,
    segment,
    with_segments,
    xmp,
)
from stories import NOON, png

PARIS = timezone(timedelta(hours=1))
JPEG = encoded(photo(), "JPEG")


def jpeg(*segments: bytes) -> bytes:
    return with_segments(JPEG, *segments)


def of(*segments: bytes) -> PhotoMetadata:
    return metadata(jpeg(*segments))


# XMP

FULL = """
<photoshop:Headline>The bridge</photoshop:Headline>
<dc:creator><rdf:Seq><rdf:li>Sam Lens</rdf:li><rdf:li>Jo Roe</rdf:li></rdf:Seq></dc:creator>
<photoshop:Credit>Sam Lens/Example News</photoshop:Credit>
<dc:rights><rdf:Alt><rdf:li xml:lang="de">© Beispiel</rdf:li><rdf:li xml:lang="x-default">© Example</rdf:li></rdf:Alt>
</dc:rights>
<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="en">No resale</rdf:li></rdf:Alt></xmpRights:UsageTerms>
<photoshop:Instructions>No archive</photoshop:Instructions>
<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A ship</rdf:li></rdf:Alt>
</Iptc4xmpCore:AltTextAccessibility>
<photoshop:DateCreated>2025-02-24T12:00:00+01:00</photoshop:DateCreated>
<photoshop:City>Harbour City</photoshop:City>
<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Ada Mason</rdf:li><rdf:li>Bo Li</rdf:li></rdf:Bag>
</Iptc4xmpExt:PersonInImage>
<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia
</Iptc4xmpExt:DigitalSourceType>
"""
SAID = PhotoMetadata(
    headline="The bridge",
    creator="Sam Lens, Jo Roe",
    credit="Sam Lens/Example News",
    copyright_notice="© Example",
    usage_terms="No resale",
    instructions="No archive",
    alt="A ship",
    created=datetime(2025, 2, 24, 12, tzinfo=PARIS),
    place="Harbour City",
    persons=("Ada Mason", "Bo Li"),
    digital_source_type="trainedAlgorithmicMedia",
)


@pytest.mark.parametrize(
    "data",
    [
        jpeg(xmp(FULL)),
        encoded(photo(), "WEBP", xmp=packet(FULL)),
        encoded(photo(), "AVIF", xmp=packet(FULL)),
        encoded(photo(), "TIFF", tiffinfo={700: packet(FULL)}),
    ],
    ids=["jpeg", "webp", "avif", "tiff"],
)
def test_xmp_of_every_kind_is_read(data: bytes) -> None:
    assert metadata(data) == SAID


def png_text(kind: bytes, body: bytes) -> bytes:
    chunk = len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
    return png()[:33] + chunk + png()[33:]


RAW_IIM = resource(0x0404, dataset(110, b"Jo/Ex"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (png_text(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet(FULL)), SAID),
        (png_text(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(packet(FULL))), SAID),
        (
            png_text(b"zTXt", b"Raw profile type iptc\0\0" + zlib.compress(b"\niptc\n 17\n" + RAW_IIM.hex().encode())),
            PhotoMetadata(credit="Jo/Ex"),
        ),
        (png_text(b"tEXt", b"Raw profile type iptc\0\niptc\n 5\nrubbish"), PhotoMetadata()),
        (png_text(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0rubbish"), PhotoMetadata()),
        (png_text(b"iTXt", b"XML:com.adobe.xmp\0"), PhotoMetadata()),
    ],
)
def test_png_keeps_its_metadata_in_texts(data: bytes, said: PhotoMetadata) -> None:
    assert metadata(data) == said


@pytest.mark.parametrize(
    ("properties", "attributes", "said"),
    [
        ("", 'photoshop:Credit="AP" photoshop:City="Oslo"', PhotoMetadata(credit="AP", place="Oslo")),
        ("<dc:creator>Jo Roe</dc:creator>", "", PhotoMetadata(creator="Jo Roe")),
        ("<dc:rights><rdf:Alt><rdf:li>© Jo</rdf:li></rdf:Alt></dc:rights>", "", PhotoMetadata(copyright_notice="© Jo")),
        (
            '<photoshop:Credit rdf:parseType="Resource"><rdf:value>AP</rdf:value><x xmlns="u:x"/></photoshop:Credit>',
            "",
            PhotoMetadata(credit="AP"),
        ),
        (
            '<Iptc4xmpExt:DigitalSourceType rdf:resource="http://cv.iptc.org/newscodes/digitalsourcetype/composite/"/>',
            "",
            PhotoMetadata(digital_source_type="composite"),
        ),
        ("<Iptc4xmpExt:DigitalSourceType>not/a code</Iptc4xmpExt:DigitalSourceType>", "", PhotoMetadata()),
        ("<photoshop:Credit>  </photoshop:Credit><dc:creator><rdf:Seq/></dc:creator>", "", PhotoMetadata()),
        (f"<photoshop:Credit>{'x' * 10_001}</photoshop:Credit>", "", PhotoMetadata()),
        ("<photoshop:Credit>a &lt;b&gt; &#65;</photoshop:Credit>", "", PhotoMetadata(credit="a <b> A")),
    ],
)
def test_xmp_has_many_forms(properties: str, attributes: str, said: PhotoMetadata) -> None:
    assert of(xmp(properties, attributes)) == said


SHOWN = "<Iptc4xmpExt:LocationShown><rdf:Bag>{}</rdf:Bag></Iptc4xmpExt:LocationShown>"
CREATED = "<Iptc4xmpExt:LocationCreated><rdf:Bag>{}</rdf:Bag></Iptc4xmpExt:LocationCreated>"
BERGEN = '<rdf:li rdf:parseType="Resource"><Iptc4xmpExt:City>Bergen</Iptc4xmpExt:City></rdf:li>'
OSLO = '<rdf:li><rdf:Description Iptc4xmpExt:City="Oslo" Iptc4xmpExt:CountryName="Norway"/></rdf:li>'
FJORD = (
    '<rdf:li Iptc4xmpExt:CountryName="Norway"><Iptc4xmpExt:LocationName><rdf:Alt><rdf:li xml:lang="x-default">'
    "The fjord</rdf:li></rdf:Alt></Iptc4xmpExt:LocationName></rdf:li>"
)


@pytest.mark.parametrize(
    ("properties", "place"),
    [
        (SHOWN.format(BERGEN), "Bergen"),
        (SHOWN.format(OSLO + BERGEN), "Oslo"),
        (SHOWN.format(FJORD), "The fjord"),
        (SHOWN.format(BERGEN) + CREATED.format(OSLO), "Oslo"),
        (SHOWN.format(BERGEN) + "<photoshop:City>Tromsø</photoshop:City>", "Tromsø"),
        (SHOWN.format("<rdf:li/>"), None),
    ],
)
def test_place_is_the_city_else_a_location(properties: str, place: str | None) -> None:
    assert of(xmp(properties)).place == place


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"rubbish",
        b"<x:xmpmeta",
        packet(FULL)[:500],
        packet(FULL).replace(b"<x:", b"<!DOCTYPE x [<!ENTITY e 'AP'>]><x:", 1),
        packet(f"<photoshop:Credit>{'x' * (1 << 20)}</photoshop:Credit>"),
        b"<a>" * 10_000,
        packet("<photoshop:Credit>&e;</photoshop:Credit>"),
        packet("").replace(b"RDF", b"ODF"),
    ],
)
def test_broken_or_huge_xmp_is_no_metadata(broken: bytes) -> None:
    assert metadata(encoded(photo(), "WEBP", xmp=broken)) == PhotoMetadata()


# IIM


def test_iim_is_read() -> None:
    data = (
        *(dataset(number, value) for number, value in ((105, b"The bridge"), (80, b"Sam Lens"), (80, b"Jo Roe"))),
        *(dataset(number, value) for number, value in ((110, b"AP"), (116, b"(c) AP"), (40, b"No archive"))),
        *(dataset(number, value) for number, value in ((55, b"20250224"), (60, b"120000+0100"), (90, b"Oslo"))),
    )
    assert of(iim(*data)) == PhotoMetadata(
        headline="The bridge",
        creator="Sam Lens, Jo Roe",
        credit="AP",
        copyright_notice="(c) AP",
        instructions="No archive",
        created=datetime(2025, 2, 24, 12, tzinfo=PARIS),
        place="Oslo",
    )


@pytest.mark.parametrize(
    "datasets",
    [
        (UTF_8, dataset(110, "Müller".encode())),
        (dataset(110, "Müller".encode()),),
        (dataset(110, "Müller".encode("latin-1")),),
        (dataset(110, b"M\xc3\xbcller\0"),),
    ],
)
def test_characters_of_iim_are_utf_8_where_they_can_be_and_latin_1_where_not(datasets: tuple[bytes, ...]) -> None:
    assert of(iim(*datasets)).credit == "Müller"


def test_iim_is_found_wherever_it_stands() -> None:
    credit = dataset(110, b"AP")
    other = resource(0x03ED, b"resolution!")
    whole = other + resource(0x0404, credit)
    split = tuple(segment(0xED, b"Photoshop 3.0\0" + part) for part in (whole[:15], whole[15:]))
    tiffs = ({33723: credit}, {34377: whole}, {33723: (credit + b"\0")[::-1]})
    swapped = b"".join((credit + b"\0")[place : place + 4][::-1] for place in (0, 4))
    assert of(photoshop(other, resource(0x0404, credit))).credit == "AP"
    assert of(*split).credit == "AP"
    for tags in (*tiffs[:2], {33723: swapped}):
        assert metadata(encoded(photo(), "TIFF", tiffinfo=tags)).credit == "AP"


@pytest.mark.parametrize(
    "broken",
    [
        photoshop(b"8BIM"),
        photoshop(b"8BIM\4\4\0\0\xff\xff\xff\xff"),
        iim(b"\x1c"),
        iim(b"\x1c\2\x6e\xff\xff\xff"),
        iim(b"\x1c\2\x6e\x80\4\xff\xff\xff\xff"),
        iim(b"rubbish"),
        iim(dataset(55, b"2025"), dataset(60, b"noon")),
    ],
)
def test_broken_iim_is_no_metadata(broken: bytes) -> None:
    assert of(broken) == PhotoMetadata()


def test_what_stands_before_the_damage_is_read() -> None:
    assert of(iim(dataset(110, b"AP"), b"\x1c\2\x69\xff\xff")).credit == "AP"


def test_extended_datasets_are_read() -> None:
    assert of(iim(b"\x1c\2\x6e\x80\4\0\0\0\2AP")).credit == "AP"


# EXIF and precedence


def test_xmp_stands_before_iim_and_iim_before_exif() -> None:
    camera = segment(0xE1, exif(Artist="Exif", Copyright="Exif"))
    old = iim(dataset(80, b"IIM"), dataset(116, b"IIM"))
    new = xmp("", 'photoshop:Credit="XMP"') + xmp("<dc:creator><rdf:Seq><rdf:li>XMP</rdf:li></rdf:Seq></dc:creator>")
    both = of(camera, old, xmp("<dc:creator><rdf:Seq><rdf:li>XMP</rdf:li></rdf:Seq></dc:creator>"))
    assert (both.creator, both.copyright_notice) == ("XMP", "IIM")
    assert of(camera).creator == of(camera, new).copyright_notice == "Exif"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_exif_is_read_where_nothing_else_speaks(kind: str) -> None:
    fields = exif(
        Artist="Jo Roe", Copyright="Jo\0Example", DateTimeOriginal="2025:02:24 12:00:00", OffsetTimeOriginal="+01:00"
    )
    assert metadata(encoded(photo(), kind, exif=fields)) == PhotoMetadata(
        creator="Jo Roe", copyright_notice="Jo, Example", created=datetime(2025, 2, 24, 12, tzinfo=PARIS)
    )


@pytest.mark.parametrize("artist", ["Müller".encode(), "Müller.".encode("latin-1")])
def test_exif_is_read_in_the_characters_that_programs_write(artist: bytes) -> None:
    fields = exif(Artist="Mu##er.").replace(b"Mu##er.", artist)
    assert (metadata(encoded(photo(), "JPEG", exif=fields)).creator or "").rstrip(".") == "Müller"


def date(text: str) -> bytes:
    return xmp("", f'photoshop:DateCreated="{text}"')


def camera(local: str, zone: str | None = None) -> bytes:
    fields = {"DateTimeOriginal": local, **({"OffsetTimeOriginal": zone} if zone else {})}
    return segment(0xE1, exif(**fields))


@pytest.mark.parametrize(
    ("segments", "created"),
    [
        ((date("2025-02-24T12:00:00Z"),), NOON),
        ((date("2025-02-24T12:00Z"),), NOON),
        ((date("2025-02-24T12:00:00.250Z"),), NOON + timedelta(milliseconds=250)),
        ((date("2025-02-24T12:00:00"),), None),
        ((date("2025-02-24"),), None),
        ((date("2025-02-30T12:00:00Z"),), None),
        ((date("yesterday"),), None),
        ((camera("2025:02:24 12:00:00"),), None),
        ((camera("2025:02:24 12:00:00", "+00:00"),), NOON),
        ((camera("0000:00:00 00:00:00", "+00:00"),), None),
        ((camera("2025:02:24 12:00:00"), date("2025-02-24T12:00:00Z")), NOON),
        ((camera("2025:02:24 12:00:00", "Z"), date("2025-02-24T12:00:00")), NOON),
        ((camera("2025:02:24 12:00:00", "Z"), date("2025-02")), NOON),
        # A scan: the camera's moment is not that of the picture.
        ((camera("2025:02:24 12:00:00", "Z"), date("1944-06-06")), None),
        ((iim(dataset(55, b"20250224"), dataset(60, b"120000")), camera("2025:02:24 12:00:00", "Z")), NOON),
        ((iim(dataset(55, b"20250224")),), None),
        ((iim(dataset(55, b"20250200"), dataset(60, b"120000+0000")),), None),
    ],
)
def test_a_moment_needs_its_offset_and_none_is_invented(segments: tuple[bytes, ...], created: datetime | None) -> None:
    assert of(*segments).created == created


# Into the document


def told(document: Article | Edition, **assets: bytes) -> tuple[Article | Edition, list[Notice]]:
    notices: list[Notice] = []
    found = {f"{name}.jpg": Asset(f"{name}.jpg", data) for name, data in assets.items()}
    result = described(document, found, notices.append)
    return result, notices


def test_empty_fields_are_filled_and_the_article_s_own_stand() -> None:
    own = Image("a.jpg", credit="Desk", alt="Own words", width=3)
    result, notices = told(Article(body=(Figure(own),)), a=jpeg(xmp(FULL)))
    expected = structs.replace(own, **{**structs.asdict(SAID), "credit": "Desk", "alt": "Own words"})
    assert result == Article(body=(Figure(expected),))
    assert [(each.code, each.kind, each.where) for each in notices] == [("image.metadata", "info", "body[0].media")]
    assert notices[0].message == (
        "the picture 'a.jpg' itself told its headline, creator, copyright_notice, usage_terms, instructions, created,"
        " place, persons, digital_source_type"
    )


def test_a_decorative_picture_stays_without_description() -> None:
    result, _ = told(Article(images=(Image("a.jpg", decorative=True),)), a=jpeg(xmp(FULL)))
    assert isinstance(result, Article)
    assert (result.images[0].alt, result.images[0].decorative, result.images[0].credit) == (None, True, SAID.credit)


def test_every_picture_of_a_document_is_told_once() -> None:
    story = Article(images=(Image("a.jpg"),), body=(Gallery((Figure(Image("a.jpg")), Figure(Image("b.jpg")))),))
    edition = Edition(sections=(Section("News", (story,)),), cover=Image("a.jpg"))
    result, notices = told(edition, a=jpeg(xmp(FULL)), b=jpeg(iim(dataset(110, b"AP"))))
    assert isinstance(result, Edition)
    assert result.cover is not None
    assert result.cover.credit == SAID.credit
    assert {each.where for each in notices} == {
        "sections[0].articles[0].body[0].figures[0].media",
        "sections[0].articles[0].body[0].figures[1].media",
    }


def test_a_document_whose_pictures_say_nothing_is_the_same_object() -> None:
    for story in (Article(images=(Image("a.jpg"),)), Article(images=(Image("b.jpg"),)), Article()):
        assert told(story, a=JPEG) == (story, [])
        assert told(story, a=JPEG)[0] is story


def test_what_a_picture_says_is_cleaned_as_all_text_is() -> None:
    result, notices = told(Article(images=(Image("a.jpg"),)), a=jpeg(iim(dataset(110, b"A\x01P\nNews\xcc\x81"))))
    assert isinstance(result, Article)
    assert result.images[0].credit == "AP Newś"
    assert [each.code for each in notices] == ["text.illegal", "image.metadata"]


def test_export_and_json_show_what_pictures_say() -> None:
    story = Article(guid="urn:x:1", language="en", version_created=NOON, body=(Figure(Image("a.jpg")),))
    result = export_all(story, ["json", "html"], assets=[Asset("a.jpg", jpeg(xmp(FULL)))])
    assert json.loads(result["json"].data)["body"][0]["media"]["digital_source_type"] == "trainedAlgorithmicMedia"
    assert [each.code for each in result.notices] == ["image.metadata"]
    assert isinstance(result.document, Article)
    assert prepare(result.document) is result.document
    assert b"Sam Lens/Example News" in result["html"].data


# Back into pictures


def carried(data: bytes, image: Image | None = None, *, audience: str = "client") -> bytes:
    """Return the picture in a rendition, after what it says was taken into the document."""
    node = image or Image("a")
    assets = {"a": Asset("a", data)}
    document = described(Article(images=(node,)), assets, lambda notice: None)
    seen = view(document, "public" if audience == "public" else "client")
    assert isinstance(seen, Article)
    found = picture(seen.images[0], Context(assets=assets))
    assert found is not None
    return found.data


WIDE = encoded(photo(2600, 20), "JPEG")


@pytest.mark.parametrize(
    "data",
    [
        with_segments(WIDE, xmp(FULL)),
        with_segments(encoded(photo(), "JPEG", exif=exif(Orientation=6)), xmp(FULL)),
        encoded(photo(), "WEBP", xmp=packet(FULL)),
        encoded(photo(), "AVIF", xmp=packet(FULL)),
        encoded(photo(), "TIFF", tiffinfo={700: packet(FULL)}),
        encoded(photo().quantize(8).convert("RGB"), "TIFF", tiffinfo={700: packet(FULL)}),
    ],
    ids=["scaled", "turned", "webp", "avif", "tiff", "line-art"],
)
def test_a_picture_made_anew_says_what_it_said(data: bytes) -> None:
    again = carried(data)
    assert again != data
    assert metadata(again) == SAID


def test_iim_goes_into_the_new_jpeg_and_exif_into_its_xmp() -> None:
    old = iim(UTF_8, dataset(0, b"\0\4"), dataset(25, "Häfen".encode()), dataset(80, "Jo Müller".encode()))
    data = with_segments(encoded(photo(), "JPEG", exif=exif(Orientation=3, Copyright="Jo")), old)
    again = carried(data)
    assert dataset(25, "Häfen".encode()) in again
    assert dataset(80, "Jo Müller".encode()) in again
    assert metadata(again) == PhotoMetadata(creator="Jo Müller", copyright_notice="Jo")
    assert b"Exif" not in again


def test_the_article_s_words_are_put_in_place_of_the_picture_s() -> None:
    old = iim(dataset(110, b"Old credit"), dataset(105, b"Old headline"), dataset(25, "Häfen".encode("latin-1")))
    data = with_segments(WIDE, xmp(FULL), old)
    image = Image("a", credit="Müller/EN", headline="New headline", created=NOON, digital_source_type="digitalCapture")
    again = carried(data, image)
    expected = structs.replace(
        SAID, credit="Müller/EN", headline="New headline", created=NOON, digital_source_type="digitalCapture"
    )
    assert metadata(again) == expected
    assert dataset(110, "Müller/EN".encode()) in again
    assert dataset(25, "Häfen".encode()) in again
    assert UTF_8 in again
    assert b"Old" not in again


def test_iim_holds_as_much_as_it_may() -> None:
    long = "Ä" * 40
    image = Image("a", creator=long)
    again = carried(with_segments(WIDE, iim(dataset(80, b"Jo"))), image)
    assert dataset(80, ("Ä" * 16).encode()) in again
    assert metadata(again).creator == long


def test_what_iim_had_to_cut_is_not_written_anew() -> None:
    cut = iim(dataset(80, "Ä".encode("latin-1") * 16), dataset(25, "Häfen".encode("latin-1")))
    assert cut in carried(with_segments(WIDE, cut), Image("a", creator="Ä" * 40))


def test_a_picture_that_said_nothing_says_what_the_article_does() -> None:
    again = carried(WIDE, Image("a", alt="A ship", persons=("Ada",)))
    assert metadata(again) == PhotoMetadata(alt="A ship", persons=("Ada",))
    assert b"Photoshop" not in again
    assert metadata(carried(WIDE)) == PhotoMetadata()
    assert b"http://ns.adobe.com/xap/1.0/" not in carried(WIDE)


def test_what_told_of_the_old_file_goes() -> None:
    data = encoded(photo(), "WEBP", xmp=packet("<tiff:Orientation>6</tiff:Orientation>", 'tiff:ImageWidth="9"'))
    assert b"tiff" not in carried(data)
    kept = encoded(photo(), "WEBP", xmp=packet("<tiff:Orientation>6</tiff:Orientation><dc:source>AP</dc:source>"))
    assert b"<dc:source>AP</dc:source>" in carried(kept)
    assert b"Orientation" not in carried(kept)


def test_xmp_that_is_too_long_for_a_jpeg_is_cut_down_to_the_model_s_fields() -> None:
    long = f"{FULL}<dc:source>{'x' * 70_000}</dc:source>"
    again = carried(encoded(photo(), "WEBP", xmp=packet(long)))
    assert metadata(again) == SAID
    assert b"xxxx" not in again
    long = "ü" * 9_000
    again = carried(encoded(photo(), "WEBP"), Image("a", alt=long, credit=long, creator=long, headline=long))
    assert decoded(again).size == (60, 40)


def test_iim_that_is_longer_than_a_segment_goes_on_in_the_next() -> None:
    many = tuple(dataset(25, bytes([65 + number]) * 30_000) for number in range(4))
    data = encoded(photo(), "TIFF", tiffinfo={33723: b"".join((*many, dataset(110, b"AP")))})
    again = carried(data)
    assert metadata(again).credit == "AP"
    assert again.count(b"Photoshop 3.0\0") == 2


# Instructions


def test_instructions_stay_where_the_node_has_them() -> None:
    data = confidential()
    assert carried(data) is data
    assert MARKER.encode() in carried(with_segments(WIDE, xmp(FULL.replace("No archive", MARKER))))


@pytest.mark.parametrize(
    "segments",
    [
        (xmp(f"<photoshop:Instructions>{MARKER}</photoshop:Instructions>"),),
        (xmp("", f'photoshop:Instructions="{MARKER}"'),),
        (xmp(f"<dc:x rdf:parseType='Resource'><photoshop:Instructions>{MARKER}</photoshop:Instructions></dc:x>"),),
        (xmp(f"<!-- Instructions: {MARKER} -->"),),
        (segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<broken photoshop:Instructions='" + MARKER.encode() + b"'"),),
        (
            segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + b"G" * 40 + b"<photoshop:Instr"),
            segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + b"G" * 40 + b"uctions>" + MARKER.encode()),
        ),
        (iim(dataset(40, MARKER.encode())),),
        (iim(dataset(40, b""), dataset(40, MARKER.encode())),),
        (iim(dataset(110, b"AP"), b"\x1c\2\x69\xff\xff" + dataset(40, MARKER.encode())),),
        (photoshop(resource(0x0424, packet("", f'photoshop:Instructions="{MARKER}"'))),),
        (photoshop(resource(0x0404, b""), resource(0x040C, b"x" + dataset(40, MARKER.encode()))),),
        (segment(0xE1, exif(Artist="Jo")[:-1] + dataset(40, MARKER.encode())),),
        (segment(0xFE, b"Instructions: " + MARKER.encode()),),
    ],
)
def test_instructions_leave_a_jpeg_and_its_pixels_stay(segments: tuple[bytes, ...]) -> None:
    data = with_segments(JPEG, *segments)
    again = carried(data, audience="public")
    assert MARKER.encode() not in again
    assert again.endswith(JPEG[JPEG.index(b"\xff\xdb") :])


def test_the_rest_of_what_a_jpeg_says_stays() -> None:
    data = with_segments(
        JPEG,
        xmp(FULL.replace("No archive", MARKER)),
        segment(0xFE, b"a comment"),
        photoshop(
            resource(0x03ED, b"resolution!"),
            resource(0x0404, UTF_8 + dataset(40, MARKER.encode()) + dataset(110, "Müller".encode())),
            resource(0x0425, b"digest"),
        ),
    )
    again = carried(data, audience="public")
    assert metadata(again) == structs.replace(SAID, instructions=None)
    assert (
        photoshop(resource(0x03ED, b"resolution!"), resource(0x0404, UTF_8 + dataset(110, "Müller".encode()))) in again
    )
    assert b"a comment" in again
    assert carried(again, audience="public") == again


def test_a_signature_of_the_whole_file_goes_with_what_it_signed() -> None:
    signed = with_segments(JPEG, segment(0xEB, b"JP\0\1jumb"))
    assert b"jumb" in carried(signed, audience="public")
    assert b"jumb" not in carried(with_segments(signed, iim(dataset(40, b"x"))), audience="public")


@pytest.mark.parametrize(
    "data",
    [
        png_text(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet("", f'photoshop:Instructions="{MARKER}"')),
        png_text(
            b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(packet("", f'photoshop:Instructions="{MARKER}"'))
        ),
        png_text(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<photoshop:Instructions>" + MARKER.encode()),
        png_text(b"tEXt", b"Instructions\0" + MARKER.encode()),
        png_text(b"tEXt", b"Raw profile type iptc\0\niptc\n 9\n" + dataset(40, MARKER.encode()).hex().encode()),
        png_text(b"eXIf", b"II*\0" + dataset(40, MARKER.encode())),
        png() + b"Instructions" + MARKER.encode(),
    ],
)
def test_instructions_leave_a_png_and_its_pixels_stay(data: bytes) -> None:
    again = carried(data, audience="public")
    assert again != data
    for spelling in (MARKER.encode(), MARKER.encode().hex().encode()):
        assert spelling not in again
    assert again.endswith(png()[33:])


@pytest.mark.parametrize(
    "data",
    [
        JPEG,
        jpeg(xmp(FULL.replace("photoshop:Instructions", "dc:source"))),
        jpeg(iim(dataset(110, b"AP"))),
        jpeg(segment(0xE1, exif(Artist="Jo")), segment(0xFE, b"a comment")),
        png_text(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet("<dc:source>AP</dc:source>")),
        png_text(b"tEXt", b"Comment\0hello"),
        png(),
    ],
)
def test_pictures_without_instructions_stay_byte_for_byte(data: bytes) -> None:
    assert carried(data, audience="public") is data
