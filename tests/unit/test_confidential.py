"""What must not leave the house is in no byte of a public rendition."""

import pytest
from msgspec import structs

from newsexport import export
from newsexport.model import Author, Correction, EdNote, Figure
from newsexport.registry import names
from renditions import all_bytes
from stories import PICTURES, everything

MARKER = "Xq7Confidential"
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
