"""What ExifTool reads from a picture that was made anew is what it reads from the picture that it was made of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conformance.judging import program, run
from newsexport import view
from newsexport.api.pictures import described
from newsexport.kit.images import PhotoMetadata, metadata, picture
from newsexport.model import Article, Audience, Image
from newsexport.spi import Asset, Context
from photos import encoded, exif, photo
from stories import NOON

pytestmark = pytest.mark.conformance

_SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
XMP = {
    "XMP-photoshop:Headline": "Größe & <Bridge>",
    "XMP-dc:Creator": ["Sam Lens", "Zoë Roe"],
    "XMP-photoshop:Credit": "Sam Lens/Example News",
    "XMP-dc:Rights": "© 2025 Example News",
    "XMP-xmpRights:UsageTerms": "No resale",
    "XMP-photoshop:Instructions": "NO ARCHIVE",
    "XMP-iptcCore:AltTextAccessibility": "A ship below a bridge",
    "XMP-photoshop:DateCreated": "2025:02:24 12:00:00+01:00",
    "XMP-photoshop:City": "Harbour City",
    "XMP-iptcExt:PersonInImage": ["Ada Mason", "Bo Li"],
    "XMP-iptcExt:DigitalSourceType": f"{_SOURCE_TYPES}digitalCapture",
    "XMP-dc:Subject": ["ports", "Häfen"],
    "XMP-dc:Description": "A ship hit the bridge.",
    "XMP-plus:ImageSupplierImageID": "EN-1",
}
IIM = {
    "IPTC:CodedCharacterSet": "UTF8",
    "IPTC:Headline": "Größe & <Bridge>",
    "IPTC:By-line": ["Sam Lens", "Zoë Roe"],
    "IPTC:Credit": "Sam Lens/Example News",
    "IPTC:CopyrightNotice": "© 2025 Example News",
    "IPTC:SpecialInstructions": "NO ARCHIVE",
    "IPTC:DateCreated": "2025:02:24",
    "IPTC:TimeCreated": "12:00:00+01:00",
    "IPTC:City": "Harbour City",
    "IPTC:Keywords": ["ports", "Häfen"],
    "IPTC:Caption-Abstract": "A ship hit the bridge.",
}
INSTRUCTIONS = {"XMP-photoshop:Instructions", "IPTC:SpecialInstructions"}

WIDE = photo(2600, 40)
CASES: dict[str, tuple[str, bytes]] = {
    "scaled": (".jpg", encoded(WIDE, "JPEG")),
    "turned": (".jpg", encoded(photo(), "JPEG", exif=exif(Orientation=6))),
    "cmyk": (".jpg", encoded(photo(mode="CMYK"), "JPEG")),
    "tiff": (".tif", encoded(photo(), "TIFF")),
    "webp": (".webp", encoded(photo(), "WEBP")),
    "avif": (".avif", encoded(photo(), "AVIF")),
    "png": (".png", encoded(WIDE, "PNG")),
    "line-art": (".tif", encoded(photo().quantize(16), "TIFF")),
}
# Kinds of picture that have no place for IIM.
_NO_IIM = {"webp", "avif", "line-art"}


def _written(path: Path, fields: dict[str, Any]) -> bytes:
    """Let ExifTool write fields into a picture."""
    values = (
        (name, each) for name, value in fields.items() for each in (value if isinstance(value, list) else [value])
    )
    # ExifTool warns that IIM in a PNG is of no standard; -m has it written all the same.
    run(_exiftool(), "-q", "-m", "-overwrite_original", *(f"-{name}={value}" for name, value in values), path)
    return path.read_bytes()


def _read(path: Path) -> dict[str, Any]:
    """Return the fields of a picture as ExifTool reads them."""
    (found,) = json.loads(run(_exiftool(), "-j", "-struct", "-G1", "-XMP:all", "-IPTC:all", path))
    return {name: value for name, value in found.items() if ":" in name and name.partition(":")[2] not in _TECHNICAL}


_TECHNICAL = {"XMPToolkit", "Orientation", "EnvelopeRecordVersion", "ApplicationRecordVersion"}


def _exiftool() -> Path:
    return program("exiftool", "libimage-exiftool-perl")


def _anew(data: bytes, path: Path, image: Image | None = None, *, audience: Audience = "client") -> Path:
    """Make a picture anew as renditions have it, shown by this node of an article."""
    assets = {"a": Asset("a", data)}
    seen = view(described(Article(images=(image or Image("a"),)), assets, lambda _: None), audience)
    assert isinstance(seen, Article)
    found = picture(seen.images[0], Context(assets=assets))
    assert found is not None
    again = path.with_name(f"again{found.suffix}")
    again.write_bytes(found.data)
    return again


@pytest.mark.parametrize("case", CASES)
def test_a_picture_made_anew_says_all_that_it_said(case: str, tmp_path: Path) -> None:
    suffix, data = CASES[case]
    path = tmp_path / f"original{suffix}"
    path.write_bytes(data)
    original = _written(path, {**XMP, **({} if case in _NO_IIM else IIM)})
    again = _anew(original, path)
    assert again.read_bytes() != original
    before = _read(path)
    assert before.keys() >= XMP.keys()
    assert _read(again) == before
    assert metadata(again.read_bytes()) == metadata(original)


@pytest.mark.parametrize("case", CASES)
def test_the_public_is_told_the_same_but_for_instructions(case: str, tmp_path: Path) -> None:
    suffix, data = CASES[case]
    path = tmp_path / f"original{suffix}"
    path.write_bytes(data)
    original = _written(path, {**XMP, **({} if case in _NO_IIM else IIM)})
    again = _anew(original, path, audience="public")
    assert _read(again) == {name: value for name, value in _read(path).items() if name not in INSTRUCTIONS}


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_instructions_leave_a_picture_that_passes_and_nothing_else_does(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"original.{kind.lower()}"
    path.write_bytes(encoded(photo(), kind))
    original = _written(path, {**XMP, **(IIM if kind == "JPEG" else {})})
    again = _anew(original, path, audience="public")
    assert _read(again) == {name: value for name, value in _read(path).items() if name not in INSTRUCTIONS}
    assert run(_exiftool(), "-validate", "-s3", "-Validate", again) == run(
        _exiftool(), "-validate", "-s3", "-Validate", path
    )


CHANGED = {
    "XMP-photoshop:Headline": "Die Brücke",
    "XMP-dc:Creator": ["Jo Müller"],
    "XMP-photoshop:Credit": "Müller/EN",
    "XMP-dc:Rights": "© Müller",
    "XMP-xmpRights:UsageTerms": "Einmal",
    "XMP-photoshop:Instructions": "Nur heute",
    "XMP-iptcCore:AltTextAccessibility": "Ein Schiff",
    "XMP-photoshop:DateCreated": "2025:02:24 12:00:00+00:00",
    "XMP-photoshop:City": "Köln",
    "XMP-iptcExt:PersonInImage": ["Eva"],
    "XMP-iptcExt:DigitalSourceType": f"{_SOURCE_TYPES}compositeCapture",
    "IPTC:Headline": "Die Brücke",
    "IPTC:By-line": "Jo Müller",
    "IPTC:Credit": "Müller/EN",
    "IPTC:CopyrightNotice": "© Müller",
    "IPTC:SpecialInstructions": "Nur heute",
    "IPTC:City": "Köln",
    "IPTC:DateCreated": "2025:02:24",
    "IPTC:TimeCreated": "12:00:00+00:00",
}


def test_the_article_s_word_is_what_exiftool_reads(tmp_path: Path) -> None:
    path = tmp_path / "original.jpg"
    path.write_bytes(encoded(WIDE, "JPEG"))
    original = _written(path, {**XMP, **IIM})
    image = Image(
        "a",
        headline="Die Brücke",
        creator="Jo Müller",
        credit="Müller/EN",
        copyright_notice="© Müller",
        usage_terms="Einmal",
        instructions="Nur heute",
        alt="Ein Schiff",
        created=NOON,
        place="Köln",
        persons=("Eva",),
        digital_source_type="compositeCapture",
    )
    read = _read(_anew(original, path, image))
    assert {name: read[name] for name in CHANGED} == CHANGED
    assert read["IPTC:Keywords"] == read["XMP-dc:Subject"] == ["ports", "Häfen"]


@pytest.mark.parametrize(
    ("character_set", "argument"),
    [("UTF8", "-charset iptc=UTF8"), (None, "-charset iptc=Latin"), (None, "-charset iptc=UTF8")],
)
def test_iim_in_the_characters_of_other_programs_is_read(
    character_set: str | None, argument: str, tmp_path: Path
) -> None:
    path = tmp_path / "original.jpg"
    path.write_bytes(encoded(photo(), "JPEG"))
    declared = [f"-IPTC:CodedCharacterSet={character_set}"] if character_set else []
    fields = ("-IPTC:Credit=Zoë/Ex", "-IPTC:By-line=Größe")
    run(_exiftool(), "-q", "-overwrite_original", *argument.split(), *declared, *fields, path)
    found = metadata(path.read_bytes())
    assert (found.credit, found.creator) == ("Zoë/Ex", "Größe")


def test_exif_of_a_camera_is_read(tmp_path: Path) -> None:
    for kind in ("JPEG", "TIFF", "WEBP", "PNG", "AVIF"):
        path = tmp_path / f"original.{kind.lower()}"
        path.write_bytes(encoded(photo(), kind))
        fields = {
            "EXIF:Artist": "Sam Lens",
            "EXIF:Copyright": "Example",
            "EXIF:DateTimeOriginal": "2025:02:24 12:00:00",
            "EXIF:OffsetTimeOriginal": "+00:00",
        }
        assert metadata(_written(path, fields)) == PhotoMetadata(
            creator="Sam Lens", copyright_notice="Example", created=NOON
        )
