"""Pictures on their way into a rendition."""

from io import BytesIO

import pytest
from PIL import Image as Pillow

from newsexport.kit.images import Picture, picture
from newsexport.model import Article, Figure, Image
from newsexport.spi import Asset, Context, Limits
from stories import png


def loaded(data: bytes | None, limits: Limits | None = None) -> tuple[Picture | None, list[str]]:
    image = Image("a.png", alt="x")
    assets = {"a.png": Asset("a.png", data)} if data is not None else {}
    context = Context(document=Article(body=(Figure(image),)), assets=assets, limits=limits)
    return picture(image, context), [f"{notice.code} {notice.where}" for notice in context.notices]


def encoded(kind: str, mode: str = "RGB") -> bytes:
    buffer = BytesIO()
    Pillow.new(mode, (40, 30)).save(buffer, kind)
    return buffer.getvalue()


def test_png_and_jpeg_pass_as_they_are() -> None:
    for data, media_type in ((png(40, 30), "image/png"), (encoded("JPEG"), "image/jpeg")):
        found, notices = loaded(data)
        assert found is not None
        assert (found.data, found.media_type, found.width, found.height) == (data, media_type, 40, 30)
        assert notices == []


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (encoded("WEBP"), "image/jpeg"),
        (encoded("TIFF"), "image/jpeg"),
        (encoded("BMP"), "image/jpeg"),
        (encoded("JPEG", "CMYK"), "image/jpeg"),
        (encoded("WEBP", "RGBA"), "image/png"),
        (encoded("GIF", "P"), "image/png"),
    ],
)
def test_others_are_converted(data: bytes, media_type: str) -> None:
    found, notices = loaded(data)
    assert found is not None
    assert found.media_type == media_type
    with Pillow.open(BytesIO(found.data)) as image:
        assert (image.size, image.mode in {"RGB", "RGBA"}) == ((40, 30), True)
    assert notices == []


@pytest.mark.parametrize(
    ("data", "notice"),
    [
        (None, "image.missing body[0].media"),
        (b"", "image.unusable body[0].media"),
        (b"<svg/>", "image.unusable body[0].media"),
        (png()[:200], "image.unusable body[0].media"),
        (png()[:-60], "image.unusable body[0].media"),
    ],
)
def test_what_cannot_be_had_is_noticed(data: bytes | None, notice: str) -> None:
    assert loaded(data) == (None, [notice])


def test_limits_are_kept() -> None:
    for limits in (Limits(pixels=1000), Limits(asset_bytes=10)):
        assert loaded(png(40, 30), limits) == (None, ["image.unusable body[0].media"])
