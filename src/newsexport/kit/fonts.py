"""Fonts that print every script they can: which face sets which character.

Source Serif sets the text and Source Sans the furniture; what they lack is set in FiraGO, then in Noto Sans. All have
TrueType outlines, the only ones that every writer can embed.
A font file is read when its first character is needed, once in a process.

Source: ISO/IEC 14496-22 (OpenType), "cmap".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cached_property
from importlib import import_module
from importlib.resources import files
from itertools import groupby
from struct import unpack_from
from threading import Lock
from typing import Final, Literal, TypeAlias

from msgspec import Struct

Family: TypeAlias = Literal["serif", "sans", "mono"]

REPLACEMENT: Final = "\ufffd"
"""What is shown in place of a character that no font has."""


class Face(Struct, frozen=True):
    """What a piece of text should look like; the font that sets it may vary from character to character.

    Attributes:
        family: ``serif`` for text, ``sans`` for furniture, ``mono`` for code.
        bold: Heavier.
        italic: Slanted.
    """

    family: Family = "serif"
    bold: bool = False
    italic: bool = False


class Font:
    """One font file.

    Attributes:
        name: Its PostScript name (``SourceSerifPro-Bold``).
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = Lock()

    @property
    def data(self) -> bytes:
        """The TrueType file."""
        with self._lock:
            return self._data

    @property
    def characters(self) -> frozenset[str]:
        """The characters it has glyphs for."""
        with self._lock:
            return self._characters

    @cached_property
    def _data(self) -> bytes:
        family = self.name.partition("-")[0]
        if family in _PACKAGES:
            return files(_PACKAGES[family]).joinpath("files", f"{self.name}.ttf").read_bytes()
        buffer: bytes = import_module(f"pymupdf_fonts.{self.name.replace('-', '_')}").fontbuffer
        return buffer

    @cached_property
    def _characters(self) -> frozenset[str]:
        return frozenset(map(chr, _code_points(self._data)))


_PACKAGES: Final = {"SourceSerifPro": "font_source_serif_pro", "SourceSansPro": "font_source_sans_pro"}
_STYLES: Final[dict[Family, tuple[str, ...]]] = {
    "serif": ("Regular", "Bold", "It", "BoldIt"),
    "sans": ("Regular", "Bold", "It", "BoldIt"),
    "mono": ("Regular", "Bold", "Italic", "BoldItalic"),
}
_FAMILIES: Final[dict[Family, str]] = {"serif": "SourceSerifPro", "sans": "SourceSansPro", "mono": "CascadiaMono"}
_LAST_RESORTS: Final = ("NotoSans-Regular", "CascadiaMono-Regular")


def _chain(face: Face) -> tuple[str, ...]:
    """Return the fonts that may set a face, the best first.

    A fallback keeps the weight and the slant as long as it can: the italics of Source Serif lack Cyrillic and Greek,
    which FiraGO has in italics too.
    """
    other: Family = "serif" if face.family == "sans" else "sans"
    style = face.bold + 2 * face.italic
    return tuple(
        dict.fromkeys(
            (
                f"{_FAMILIES[face.family]}-{_STYLES[face.family][style]}",
                f"FiraGO-{_STYLES['mono'][style]}",
                f"{_FAMILIES[other]}-{_STYLES[other][style]}",
                f"{_FAMILIES[face.family]}-{_STYLES[face.family][face.bold]}",
                f"{_FAMILIES[other]}-{_STYLES[other][face.bold]}",
                *_LAST_RESORTS,
            )
        )
    )


_FACES: Final = tuple(
    Face(family, bold, italic) for family in _FAMILIES for bold in (False, True) for italic in (False, True)
)
_CHAINS: Final = {face: _chain(face) for face in _FACES}
_FONTS: Final = {name: Font(name) for chain in _CHAINS.values() for name in chain}


def font(name: str) -> Font:
    """Return the font of a name that `runs` gave."""
    return _FONTS[name]


def runs(text: str, face: Face) -> list[tuple[str, str]]:
    """Split text into runs of one font each.

    Characters without a shape of their own (joiners, directional marks) stay where the font of their neighbours has
    them, else they are left out; soft hyphens always are. A character that no font has becomes `REPLACEMENT`.

    Returns:
        The name of the font and the characters it sets, in the order of the text.
    """
    chain = _CHAINS[face]
    if _FONTS[chain[0]].characters.issuperset(text) and SOFT_HYPHEN not in text:
        return [(chain[0], text)] if text else []
    set_in = _set_in(text, chain)
    return [(name, "".join(char for _, char in group)) for name, group in groupby(set_in, key=lambda pair: pair[0])]


def missing(text: str, face: Face) -> str:
    """Return the characters that no font has, each once, in the order of their code points."""
    chain = _CHAINS[face]
    if _FONTS[chain[0]].characters.issuperset(text):
        return ""
    return "".join(char for char in sorted(set(text)) if _name_of_font(char, chain) is None and not _is_shapeless(char))


SOFT_HYPHEN: Final = "\xad"
_VISIBLE_FORMAT: Final = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
_VARIATION_SELECTORS: Final = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), 0x034F)))


def _set_in(text: str, chain: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    current = chain[0]
    for char in text:
        if _is_shapeless(char):
            if char != SOFT_HYPHEN and char in _FONTS[current].characters:
                yield current, char
            continue
        # A blank belongs to the word before it, whatever sets that.
        if not (char == " " and " " in _FONTS[current].characters):
            found = _name_of_font(char, chain)
            if found is None:
                char = REPLACEMENT
                found = _name_of_font(char, chain) or chain[0]
            current = found
        yield current, char


def _name_of_font(char: str, chain: tuple[str, ...]) -> str | None:
    return next((name for name in chain if char in _FONTS[name].characters), None)


def _is_shapeless(char: str) -> bool:
    if char.isascii():
        return False
    return char in _VARIATION_SELECTORS or (unicodedata.category(char) == "Cf" and char not in _VISIBLE_FORMAT)


# Character maps


def _code_points(data: bytes) -> Iterator[int]:
    """Yield the code points of the best Unicode subtable."""
    table = _table(data, b"cmap")
    (count,) = unpack_from(">H", data, table + 2)
    offsets = {}
    for index in range(count):
        platform, encoding, offset = unpack_from(">HHL", data, table + 4 + 8 * index)
        if platform in (0, 3) and encoding != 5:
            start = table + offset
            offsets[unpack_from(">H", data, start)[0]] = start
    if 12 in offsets:
        yield from _segmented_coverage(data, offsets[12])
    elif 4 in offsets:
        yield from _segment_mapping(data, offsets[4])


def _table(data: bytes, tag: bytes) -> int:
    (count,) = unpack_from(">H", data, 4)
    for index in range(count):
        name, _, offset, _ = unpack_from(">4sLLL", data, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise ValueError(f"the font has no table {tag!r}")


def _segmented_coverage(data: bytes, start: int) -> Iterator[int]:
    """Read format 12."""
    (count,) = unpack_from(">L", data, start + 12)
    for index in range(count):
        first, last, glyph = unpack_from(">LLL", data, start + 16 + 12 * index)
        yield from (code for code in range(first, last + 1) if glyph + code - first)


def _segment_mapping(data: bytes, start: int) -> Iterator[int]:
    """Read format 4."""
    (doubled,) = unpack_from(">H", data, start + 6)
    count = doubled // 2
    lasts = unpack_from(f">{count}H", data, start + 14)
    firsts = unpack_from(f">{count}H", data, start + 16 + doubled)
    deltas = unpack_from(f">{count}H", data, start + 16 + 2 * doubled)
    ranges = start + 16 + 3 * doubled
    offsets = unpack_from(f">{count}H", data, ranges)
    for index, (first, last, delta, offset) in enumerate(zip(firsts, lasts, deltas, offsets, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                (glyph,) = unpack_from(">H", data, ranges + 2 * index + offset + 2 * (code - first))
                if not glyph:
                    continue
            if (glyph + delta) & 0xFFFF:
                yield code
