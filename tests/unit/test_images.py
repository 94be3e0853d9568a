"""Pictures on their way into a rendition: verified, upright, and of a kind and size that all formats hold."""

from __future__ import annotations

import zlib
from typing import Any

import pytest
from PIL import Image as Pillow
from PIL import ImageCms

from newsexport.kit.images import Picture, opened, picture, sniffed
from newsexport.model import Article, Figure, Image
from newsexport.spi import Asset, Context, Limits
from photos import (
    confidential,
    corners,
    decoded,
    encoded,
    exif,
    photo,
    press_profile,
    segment,
    sixteen_bits,
    with_segments,
)
from stories import png


def loaded(data: bytes | None, limits: Limits | None = None, uri: str = "a.png") -> tuple[Picture | None, list[str]]:
    image = Image(uri, alt="x")
    assets = {uri: Asset(uri, data)} if data is not None else {}
    context = Context(document=Article(body=(Figure(image),)), assets=assets, limits=limits)
    return picture(image, context), [f"{notice.code} {notice.where}" for notice in context.notices]


def shown(data: bytes) -> Picture:
    found, notices = loaded(data)
    assert found is not None
    assert notices == []
    return found


# What passes as it is


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (png(40, 30), "image/png"),
        (encoded(photo(40, 30), "PNG"), "image/png"),
        (encoded(photo(40, 30).convert("P"), "PNG"), "image/png"),
        (encoded(photo(40, 30, "RGBA"), "PNG"), "image/png"),
        (encoded(photo(40, 30), "JPEG"), "image/jpeg"),
        (encoded(photo(40, 30, "L"), "JPEG"), "image/jpeg"),
        (encoded(photo(40, 30), "JPEG", progressive=True), "image/jpeg"),
        (encoded(photo(40, 30), "JPEG", exif=exif(Orientation=1)), "image/jpeg"),
        (encoded(photo(40, 30), "JPEG", exif=exif(Orientation=9)), "image/jpeg"),
        (encoded(photo(40, 30), "JPEG") + b"behind the picture", "image/jpeg"),
    ],
)
def test_png_and_jpeg_that_need_nothing_pass_byte_for_byte(data: bytes, media_type: str) -> None:
    found = shown(data)
    assert (found.data, found.media_type, found.width, found.height) == (data, media_type, 40, 30)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("jpeg", encoded(photo(), "JPEG")),
        ("png", png()),
        ("gif", encoded(photo(), "GIF")),
        ("webp", encoded(photo(), "WEBP")),
        ("tiff", encoded(photo(), "TIFF")),
        ("bmp", encoded(photo(), "BMP")),
        ("avif", encoded(photo(), "AVIF")),
        (None, b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        (None, b"%PDF-1.7"),
        (None, b"%!PS-Adobe-3.0 EPSF-3.0"),
        (None, b""),
    ],
)
def test_content_tells_the_kind(kind: str | None, data: bytes) -> None:
    assert sniffed(data) == kind


def test_content_counts_and_never_the_name() -> None:
    found, _ = loaded(encoded(photo(), "JPEG"), uri="a.svg")
    assert found is not None
    assert found.media_type == "image/jpeg"


# What is made anew

LINE_ART = Pillow.new("RGB", (40, 30), "navy")


@pytest.mark.parametrize(
    ("data", "media_type", "mode"),
    [
        (encoded(photo(40, 30), "WEBP"), "image/jpeg", "RGB"),
        (encoded(photo(40, 30), "WEBP", lossless=True), "image/jpeg", "RGB"),
        (encoded(photo(40, 30), "AVIF"), "image/jpeg", "RGB"),
        (encoded(photo(40, 30), "TIFF"), "image/jpeg", "RGB"),
        (encoded(photo(40, 30, "L"), "TIFF"), "image/jpeg", "L"),
        (encoded(sixteen_bits(), "TIFF"), "image/jpeg", "L"),
        (encoded(photo(40, 30, "F"), "TIFF"), "image/jpeg", "L"),
        (encoded(photo(40, 30, "CMYK"), "TIFF"), "image/jpeg", "RGB"),
        (encoded(photo(40, 30, "LAB"), "TIFF"), "image/jpeg", "RGB"),
        (encoded(photo(40, 30), "TIFF", compression="tiff_lzw"), "image/jpeg", "RGB"),
        (encoded(sixteen_bits(), "PNG"), "image/jpeg", "L"),
        (encoded(photo(40, 30), "BMP"), "image/jpeg", "RGB"),
        (encoded(photo(40, 30, "CMYK"), "JPEG"), "image/jpeg", "RGB"),
        (encoded(photo(40, 30, "RGBA"), "WEBP"), "image/jpeg", "RGB"),
        (encoded(photo(40, 30), "GIF"), "image/png", "RGB"),
        (encoded(LINE_ART, "TIFF"), "image/png", "RGB"),
        (encoded(LINE_ART, "BMP"), "image/png", "RGB"),
        (encoded(LINE_ART, "WEBP", lossless=True), "image/png", "RGB"),
        (encoded(LINE_ART, "WEBP"), "image/jpeg", "RGB"),
        (encoded(LINE_ART.convert("1"), "TIFF"), "image/png", "L"),
    ],
)
def test_others_become_png_where_they_are_drawn_and_jpeg_where_not(data: bytes, media_type: str, mode: str) -> None:
    found = shown(data)
    image = decoded(found.data)
    assert (found.media_type, found.suffix) == (media_type, ".png" if media_type == "image/png" else ".jpg")
    assert (found.width, found.height, image.size, image.mode) == (40, 30, (40, 30), mode)


@pytest.mark.parametrize("kind", ["WEBP", "AVIF", "TIFF", "GIF"])
def test_transparency_is_kept(kind: str) -> None:
    image = photo(40, 30, "RGBA")
    image.paste((0, 0, 0, 0), (15, 10, 25, 20))
    found = shown(encoded(image, kind))
    assert found.media_type == "image/png"
    again = decoded(found.data)
    assert again.mode == "RGBA"
    assert [again.getchannel("A").getpixel(place) for place in ((20, 15), (3, 3))] == [0, 255]


@pytest.mark.parametrize("kind", ["TIFF", "PNG"])
def test_sixteen_bits_keep_their_range(kind: str) -> None:
    image = decoded(shown(encoded(sixteen_bits(101), kind)).data)
    greys = [image.getpixel((column, 20)) for column in (0, 50, 100)]
    assert greys == [pytest.approx(value, abs=4) for value in (0, 127, 255)]


def test_the_first_picture_of_an_animation_is_shown() -> None:
    frames = [photo(40, 30), Pillow.new("RGB", (40, 30), "black")]
    for kind in ("GIF", "WEBP", "TIFF"):
        assert corners(shown(encoded(frames[0], kind, save_all=True, append_images=frames[1:])).data) == "rgbw"


@pytest.mark.parametrize("frame", [0xC9, 0xC3])
def test_kinds_of_jpeg_that_viewers_do_not_know_do_not_pass(frame: int) -> None:
    data = bytearray(encoded(photo(), "JPEG"))
    data[data.index(b"\xff\xc0") + 1] = frame
    found, _ = loaded(bytes(data))
    assert found is None or found.data != data


def test_making_anew_gives_the_same_bytes_again() -> None:
    for kind in ("WEBP", "TIFF", "AVIF"):
        data = encoded(photo(), kind)
        # Behind its end, a picture may have anything: it is another asset, and nothing of it is remembered.
        assert shown(data).data == shown(data + b"\0").data


# Orientation

TURNED = {1: "rgbw", 2: "grwb", 3: "bwrg", 4: "wbgr", 5: "rwbg", 6: "wrgb", 7: "bgrw", 8: "gbwr"}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_pictures_are_upright(kind: str, orientation: int) -> None:
    settings: dict[str, Any] = {"quality": 95} if kind == "AVIF" else {}
    if kind == "TIFF":
        settings["tiffinfo"] = {0x0112: orientation}
    else:
        settings["exif"] = exif(Orientation=orientation)
    found = shown(encoded(photo(60, 40), kind, **settings))
    assert corners(found.data) == TURNED[orientation]
    assert (found.width, found.height) == ((40, 60) if orientation > 4 else (60, 40))
    assert decoded(found.data).getexif().get(0x0112, 1) == 1


# Colours


def test_colours_of_a_profile_become_those_of_srgb() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ"))
    swapped = encoded(photo(), "TIFF", icc_profile=profile.tobytes())
    assert corners(shown(swapped).data) == "rgbw"
    display = encoded(photo(), "WEBP", icc_profile=wide_gamut())
    red = decoded(shown(display).data).convert("RGB").getpixel((3, 3))
    plain = decoded(shown(encoded(photo(), "WEBP")).data).convert("RGB").getpixel((3, 3))
    assert red != plain
    assert "icc_profile" not in decoded(shown(display).data).info


def wide_gamut() -> bytes:
    """Return the profile of sRGB with its gamma taken for another: colours come out lighter."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    place = profile.index(b"para") + 12
    assert place
    profile[place : place + 4] = (1 << 16).to_bytes(4, "big")
    return bytes(profile).replace("sRGB".encode("utf-16-be"), "wide".encode("utf-16-be")).replace(b"sRGB", b"wide")


@pytest.mark.parametrize("profile", [b"", b"rubbish", b"\0" * 200])
def test_a_profile_that_is_none_is_left_out(profile: bytes) -> None:
    assert corners(shown(encoded(photo(), "TIFF", icc_profile=profile)).data) == "rgbw"


def test_inverted_colours_of_print_come_out_right() -> None:
    assert corners(shown(encoded(photo(mode="CMYK"), "JPEG", quality=95)).data) == "rgbw"


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_colours_of_print_are_those_of_the_press_where_the_picture_names_it(kind: str) -> None:
    cyan = Pillow.new("CMYK", (40, 30), (255, 0, 0, 0))
    grey = decoded(shown(encoded(cyan, kind, icc_profile=press_profile())).data).getpixel((20, 15))
    assert grey == pytest.approx((119, 119, 119), abs=4)
    assert decoded(shown(encoded(cyan, kind)).data).getpixel((20, 15)) == pytest.approx((0, 255, 255), abs=4)


# Size


@pytest.mark.parametrize(
    ("size", "scaled"),
    [
        ((2560, 20), (2560, 20)),
        ((2561, 20), (2560, 20)),
        ((5000, 2500), (2560, 1280)),
        ((30, 5120), (15, 2560)),
        ((3000, 1), (3000, 1)),
        ((3, 2700), (3, 2700)),
    ],
)
def test_pictures_larger_than_print_needs_are_scaled(size: tuple[int, int], scaled: tuple[int, int]) -> None:
    found, notices = loaded(encoded(photo(*size), "JPEG"))
    assert found is not None
    assert (found.width, found.height) == decoded(found.data).size == scaled
    assert notices == (["image.scaled body[0].media"] if size != scaled else [])


def test_scaling_says_from_what_to_what() -> None:
    image = Image("a.jpg")
    context = Context(assets={"a.jpg": Asset("a.jpg", encoded(photo(5120, 10), "JPEG"))})
    picture(image, context)
    assert [notice.message for notice in context.notices] == [
        "the picture 'a.jpg' was scaled from 5120 × 10 to 2560 × 5 pixels"
    ]


# What cannot be shown


@pytest.mark.parametrize(
    ("data", "notice"),
    [
        (None, "image.missing body[0].media"),
        (b"", "image.unusable body[0].media"),
        (b"<svg/>", "image.unusable body[0].media"),
        (png()[:200], "image.unusable body[0].media"),
        (png()[:-60], "image.unusable body[0].media"),
        (encoded(photo(), "JPEG")[:-300], "image.unusable body[0].media"),
        (encoded(photo(), "WEBP")[:-20], "image.unusable body[0].media"),
        (encoded(photo(), "TIFF")[:-200], "image.unusable body[0].media"),
        (encoded(photo(), "AVIF")[:-20], "image.unusable body[0].media"),
        (encoded(photo(), "BMP")[:-200], "image.unusable body[0].media"),
    ],
)
def test_what_cannot_be_had_is_noticed(data: bytes | None, notice: str) -> None:
    assert loaded(data) == (None, [notice])


@pytest.mark.parametrize("uri", ["https://images.example.com/a.png", "//images.example.com/a.png"])
def test_a_remote_picture_that_is_missing_says_how_to_get_it(uri: str) -> None:
    context = Context()
    assert picture(Image(uri), context) is None
    (notice,) = context.notices
    assert notice.message.endswith("was not found: name its host with --fetch-images or its folder with --assets")


def test_limits_are_kept() -> None:
    for limits in (Limits(pixels=1000), Limits(asset_bytes=10)):
        assert loaded(png(40, 30), limits) == (None, ["image.unusable body[0].media"])
    assert loaded(png(40, 30), Limits(pixels=1200))[0] is not None
    # What is remembered of a picture does not outlast the limit of the next document.
    assert loaded(png(40, 30), Limits(pixels=1199))[0] is None


def bomb(width: int, height: int) -> bytes:
    """Return a PNG that says it is huge; its pixels would be, too."""
    data = png(10, 10)
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + data[24:29]
    return data[:16] + head + zlib.crc32(b"IHDR" + head).to_bytes(4, "big") + data[33:]


@pytest.mark.parametrize("side", [7000, 60_000, 2**31 - 1])
def test_bombs_are_refused_before_their_pixels_are_decoded(side: int) -> None:
    assert loaded(bomb(side, side)) == (None, ["image.unusable body[0].media"])


def test_damaged_metadata_is_no_damage_to_the_picture() -> None:
    jpeg = encoded(photo(), "JPEG")
    for broken in (b"Exif\0\0rubbish", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Photoshop 3.0\08BIM\4", b"MPF\0rubbish"):
        data = with_segments(jpeg, *(segment(marker, broken) for marker in (0xE1, 0xE2, 0xED)))
        assert shown(data).data == data
    text = b"Comment\0\0" + zlib.compress(b"x" * 3_000_000)
    chunk = len(text).to_bytes(4, "big") + b"zTXt" + text + zlib.crc32(b"zTXt" + text).to_bytes(4, "big")
    assert shown(png()[:33] + chunk + png()[33:]).media_type == "image/png"


def test_a_wrong_checksum_makes_a_png_anew() -> None:
    data = png()[:-1] + b"\0"
    assert shown(data).data != data


def test_a_logo_is_shown_without_instructions() -> None:
    found = opened(Asset("logo", confidential()), Limits())
    assert found is not None
    assert b"Confidential" not in found.data
    assert opened(Asset("logo", b"rubbish"), Limits()) is None
