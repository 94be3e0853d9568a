"""Whatever the bytes: a picture is shown or refused, never a crash, and never with what is not for the public."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from newsexport.api.assets import resolve
from newsexport.kit.images import PhotoMetadata, metadata, opened, picture
from newsexport.model import Article, Image
from newsexport.spi import Asset, Context, Limits
from photos import (
    MARKER,
    UTF_8,
    confidential,
    dataset,
    encoded,
    exif,
    iim,
    packet,
    photo,
    photoshop,
    segment,
    sixteen_bits,
    with_segments,
    xmp,
)

PICTURES = (
    confidential(),
    encoded(photo(mode="CMYK"), "JPEG", exif=exif(Orientation=6, Artist="Jo")),
    encoded(photo(mode="RGBA"), "PNG", exif=exif(Orientation=3)),
    encoded(sixteen_bits(), "PNG"),
    encoded(photo(), "GIF"),
    encoded(photo(mode="RGBA"), "WEBP", xmp=packet(f"<photoshop:Instructions>{MARKER}</photoshop:Instructions>")),
    encoded(photo(), "AVIF", xmp=packet("<photoshop:Credit>AP</photoshop:Credit>"), exif=exif(Orientation=8)),
    encoded(photo(), "TIFF", tiffinfo={700: packet(""), 33723: dataset(110, b"AP")}),
    encoded(sixteen_bits(), "TIFF", compression="tiff_deflate"),
    encoded(photo(), "BMP"),
)
LIMITS = Limits(pixels=100_000, asset_bytes=1_000_000)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Return a picture some bytes of which are others, missing, or too many."""
    data = bytearray(draw(st.sampled_from(PICTURES)))
    for _ in range(draw(st.integers(1, 8))):
        place = draw(st.integers(0, len(data) - 1) | st.integers(0, min(400, len(data) - 1)))
        match draw(st.sampled_from(["change", "change", "change", "remove", "insert"])):
            case "change":
                data[place] = draw(st.integers(0, 255) | st.sampled_from([0, 0x7F, 0xFF]))
            case "remove":
                del data[place : place + draw(st.integers(1, 40))]
            case _:
                data[place:place] = draw(st.binary(min_size=1, max_size=8))
        if not data:
            break
    return bytes(data)


@given(data=damaged() | st.binary(max_size=200))
def test_any_bytes_are_a_picture_or_none(data: bytes) -> None:
    metadata(data)
    found = opened(Asset("a", data), LIMITS)
    if found is not None:
        assert 0 < found.width * found.height <= LIMITS.pixels
        assert found.data.startswith(b"\x89PNG" if found.suffix == ".png" else b"\xff\xd8\xff")
        again = opened(Asset("a", found.data), LIMITS)
        assert again is not None
        assert (again.width, again.height, again.data) == (found.width, found.height, found.data)


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=20).map(str.strip)
MARKUP = st.sampled_from(
    ["<photoshop:Credit>AP</photoshop:Credit>", "<dc:creator><rdf:Seq><rdf:li>A</rdf:li></rdf:Seq></dc:creator>"]
) | st.text("<>/rdf:liSq &;'\"", max_size=30)


@given(
    blocks=st.lists(
        st.binary(max_size=40).map(lambda data: segment(0xE1, b"Exif\0\0" + data))
        | st.binary(max_size=40).map(photoshop)
        | st.lists(st.binary(max_size=20) | st.binary(max_size=9).map(lambda data: dataset(40, data)), max_size=5).map(
            lambda datasets: iim(UTF_8, *datasets)
        )
        | st.lists(MARKUP, max_size=5).map(lambda parts: xmp("".join(parts))),
        max_size=4,
    ),
    instructions=WORDS.filter(bool),
)
def test_any_metadata_is_read_and_instructions_always_go(blocks: list[bytes], instructions: str) -> None:
    secret = f"Xq7{instructions}Xq7".encode()
    data = with_segments(encoded(photo(), "JPEG"), *blocks, iim(dataset(40, secret)))
    metadata(data)
    for limits in (LIMITS, Limits()):
        found = opened(Asset("a", data), limits)
        assert found is not None
        assert secret not in found.data


@given(said=st.builds(PhotoMetadata, headline=WORDS, creator=WORDS, credit=WORDS, place=WORDS, alt=WORDS))
def test_what_the_article_says_is_read_again_from_a_picture_made_anew(said: PhotoMetadata) -> None:
    fields = {name: getattr(said, name) or None for name in ("headline", "creator", "credit", "place", "alt")}
    image = Image("a", **fields)  # type: ignore[arg-type]  # each of these is text
    original = encoded(photo(), "TIFF", tiffinfo={33723: UTF_8 + dataset(110, b"AP")})
    found = picture(image, Context(assets={"a": Asset("a", original)}))
    assert found is not None
    again = metadata(found.data)
    assert {name: getattr(again, name) for name in fields} == {**fields, "credit": fields["credit"] or "AP"}


@given(uri=st.text(st.sampled_from("./\\%2eE5cC:ab\0\n?#~ \u202f"), max_size=24))
def test_no_spelling_of_a_path_leads_out_of_the_folder(uri: str) -> None:
    with TemporaryDirectory() as outer:
        folder = Path(outer) / "a"
        (folder / "b").mkdir(parents=True)
        for path in (folder / "ab", folder / "b" / "ab"):
            path.write_bytes(b"inside")
        for path in (Path(outer) / "ab", Path(outer) / "b"):
            path.write_bytes(b"outside")
        found = resolve(Article(images=(Image(uri),)), (), LIMITS, folder=folder, folders=(folder / "b",))
        assert {asset.data for asset in found.values()} <= {b"inside"}
