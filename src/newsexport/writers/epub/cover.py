"""A cover drawn from what is known: title, provider, date, and what warns of the story."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Final

from msgspec import Struct
from PIL import Image, ImageDraw, ImageFont

_WIDTH: Final = 1600
_HEIGHT: Final = 2560
_MARGIN: Final = 140
_INK: Final = (20, 33, 61)
_PAPER: Final = (250, 247, 240)
_SIZES: Final = (190, 165, 140, 120, 100, 84)
"""Of the title, in pixels; the largest that fits is taken."""
_TITLE_HEIGHT: Final = 1500


class Cover(Struct, frozen=True):
    """What stands on a cover.

    Attributes:
        title: The largest words.
        provider: At the top; empty for none.
        date: At the bottom, in words; empty for none.
        banner: A warning above the title; empty for none.
    """

    title: str
    provider: str = ""
    date: str = ""
    banner: str = ""


@lru_cache(maxsize=16)
def cover_png(cover: Cover) -> bytes:
    """Return the cover as a PNG of 1600 by 2560 pixels in shades between two colours.

    Words in a script that the face has no characters for are left out; they stand in the text of the cover page.
    """
    # Shades of grey draw several times faster than colours; the palette colours them afterwards.
    image = Image.new("L", (_WIDTH, _HEIGHT), 0)
    draw = ImageDraw.Draw(image)
    top = _MARGIN
    if _can_draw(cover.provider):
        top = _lines(draw, _wrapped(draw, cover.provider, _font("Semibold", 72)), top, _font("Semibold", 72))
    draw.rectangle((_MARGIN, top + 40, _WIDTH - _MARGIN, top + 48), fill=255)
    top += 140
    if cover.banner and _can_draw(cover.banner):
        top = 60 + _lines(draw, _wrapped(draw, cover.banner, _font("Bold", 64)), top, _font("Bold", 64))
    if _can_draw(cover.title):
        _title(draw, cover.title, top)
    if _can_draw(cover.date):
        draw.text((_MARGIN, _HEIGHT - _MARGIN), cover.date, font=_font("Regular", 64), fill=255, anchor="ls")
    image.putpalette(
        [round(a + (b - a) * shade / 255) for shade in range(256) for a, b in zip(_INK, _PAPER, strict=True)]
    )
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def _title(draw: ImageDraw.ImageDraw, title: str, top: int) -> None:
    for size in _SIZES:
        font = _font("Bold", size)
        lines = _wrapped(draw, title, font)
        fits = all(draw.textlength(line, font=font) <= _WIDTH - 2 * _MARGIN for line in lines)
        if fits and len(lines) * _leading(font) <= _TITLE_HEIGHT:
            break
    room = _TITLE_HEIGHT // _leading(font)
    if len(lines) > room:
        lines = [*lines[: room - 1], lines[room - 1] + "…"]
    _lines(draw, lines, top, font)


def _lines(draw: ImageDraw.ImageDraw, lines: list[str], top: int, font: ImageFont.FreeTypeFont) -> int:
    """Draw lines one below the other; return where the next would begin."""
    for line in lines:
        draw.text((_MARGIN, top), line, font=font, fill=255, anchor="la")
        top += _leading(font)
    return top


def _leading(font: ImageFont.FreeTypeFont) -> int:
    return round(font.size * 1.16)


def _wrapped(draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and draw.textlength(joined, font=font) <= _WIDTH - 2 * _MARGIN:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


@lru_cache(maxsize=16)
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    data = files("font_source_serif_pro").joinpath(f"files/SourceSerifPro-{weight}.ttf").read_bytes()
    # The other engine depends on libraries that a machine may have or not.
    return ImageFont.truetype(BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)


def _can_draw(text: str) -> bool:
    font = _font("Bold", 32)
    missing = bytes(font.getmask("\U0010fffd"))
    return all(bytes(font.getmask(character)) != missing for character in set(text) - {" "})
