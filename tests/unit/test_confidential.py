"""What must not leave the house is in no byte of a public rendition."""

import re
from base64 import b64decode
from io import BytesIO

import pikepdf
import pytest
from msgspec import structs

from newsexport import export
from newsexport.model import Article, Author, Correction, EdNote, Figure, Image
from newsexport.registry import names
from newsexport.spi import Asset
from photos import MARKER, confidential, encoded, exif, packet, photo
from renditions import all_bytes
from stories import NOON, PICTURES, everything

STORY = everything()
SECRET = structs.replace(
    STORY,
    byline=None,
    revision=MARKER,
    alt_ids={"cms": MARKER, MARKER: "1"},
    services=(MARKER,),
    take=MARKER,
    signals=(f"sig:{MARKER}",),
    authors=(Author(MARKER, role=MARKER, email=f"{MARKER}@example.com", uri=f"https://example.com/{MARKER}"),),
    notes=(EdNote(MARKER), EdNote(MARKER, role="kill", audience="client"), EdNote("x", role=MARKER)),
    corrections=(Correction(public_text="We erred.", wrong=MARKER, right=MARKER),),
    images=tuple(structs.replace(image, asset_id=MARKER, instructions=MARKER) for image in STORY.images),
    body=tuple(
        structs.replace(block, media=structs.replace(block.media, asset_id=MARKER, instructions=MARKER))
        if isinstance(block, Figure)
        else block
        for block in STORY.body
    ),
    extra={f"acme:{MARKER}": MARKER},
)


@pytest.mark.parametrize("name", names("writers")[:7])
def test_no_internal_field_is_in_a_public_rendition(name: str) -> None:
    data = export(SECRET, name, assets=PICTURES, audience="public").data
    content = all_bytes(name, data)
    for encoding in ("utf-8", "utf-16-be", "utf-16-le"):
        assert MARKER.encode(encoding) not in content


@pytest.mark.parametrize("name", names("writers")[:7])
def test_marker_would_be_found(name: str) -> None:
    """The search itself works: a public field with the marker is seen in every format."""
    shown = structs.replace(STORY, byline=f"By {MARKER}", authors=())
    assert MARKER.encode() in all_bytes(name, export(shown, name, assets=PICTURES, audience="public").data)


@pytest.mark.parametrize("name", names("writers")[:7])
def test_killed_copy_is_in_no_public_byte(name: str) -> None:
    killed = structs.replace(
        STORY, version=4, pub_status="canceled", headline=STORY.headline, kicker=MARKER, services=(), take=None
    )
    content = all_bytes(name, export(killed, name, assets=PICTURES, audience="public").data)
    for words in (MARKER, "what we know", "Two pillars", "A ship hit the bridge"):
        assert words.encode() not in content


# Pictures

PHOTOS = (
    Asset("passed.jpg", confidential()),
    Asset("turned.jpg", confidential(encoded(photo(), "JPEG", exif=exif(Orientation=6)))),
    Asset("converted.webp", encoded(photo(), "WEBP", xmp=packet("", f'photoshop:Instructions="{MARKER}"'))),
)
ILLUSTRATED = Article(
    guid="urn:newsml:example.com:20250224:pictures",
    language="en-US",
    version_created=NOON,
    body=tuple(Figure(Image(asset.uri)) for asset in PHOTOS),
)
_SHOWING = ("docx", "pdf", "epub", "html")


def all_bytes_of_pictures(name: str, data: bytes) -> bytes:
    """Return every byte of a rendition, those of its pictures as the files that they were."""
    found = [all_bytes(name, data)]
    found += [b64decode(each) for each in re.findall(rb";base64,([A-Za-z0-9+/=]+)", data)]
    if name == "pdf":
        with pikepdf.open(BytesIO(data)) as pdf:
            found += [each.read_raw_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream)]
    return b"".join(found)


@pytest.mark.parametrize("name", names("writers")[:7])
def test_no_instructions_of_a_picture_s_own_are_in_a_public_rendition(name: str) -> None:
    rendition = export(ILLUSTRATED, name, assets=PHOTOS, audience="public")
    assert MARKER.encode() not in all_bytes_of_pictures(name, rendition.data)


@pytest.mark.parametrize("name", _SHOWING)
def test_instructions_of_pictures_would_be_found(name: str) -> None:
    rendition = export(ILLUSTRATED, name, assets=PHOTOS, audience="client")
    assert all_bytes_of_pictures(name, rendition.data).count(MARKER.encode()) >= len(PHOTOS)
