"""Text hygiene: what every string goes through once, so that no writer needs to look again.

Source: XML 1.0, "Characters"; Unicode Standard, chapter 23 (noncharacters, format characters); UAX #9 (directional
formatting); UAX #15 (NFC, never NFKC, which would turn ½ into 1/2).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec import Struct, structs

_PLANE_ENDS: Final = "".join(chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
_ILLEGAL: Final = re.compile(
    f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff{_PLANE_ENDS}]"
)
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_BREAKS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS: Final = re.compile("[ \t]{2,}|\t")
# ASCII that holds none of these is clean as it is: most strings are (tests/bench, "prepare").
_UNTIDY: Final = re.compile("[\x00-\x1f\x7f]|  ")
_FOLD: Final = re.compile("[ \t\n]+")
# Scripts that part words without blanks: Thai, Lao, Burmese, Khmer.
_ZERO_WIDTH_SPACE: Final = re.compile(
    "(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\u200b(?![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])"
)
BIDI_CONTROLS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BIDI_OVERRIDES: Final = re.compile("[\u202d\u202e]")
_OPENS: Final = "\u202a\u202b\u202d\u202e"
_ISOLATES: Final = "\u2066\u2067\u2068"

Report = Callable[[str, str], None]
"""Takes the code of a notice and its message."""


def clean_text(text: str, report: Report) -> str:
    """Return running text: legal characters, NFC, line breaks as LF, single blanks."""
    if text.isascii() and not _UNTIDY.search(text):
        return text
    text = _legal(text, report)
    return _BLANKS.sub(" ", text)


def clean_verbatim(text: str, report: Report) -> str:
    """Return text whose blanks and line breaks count, with legal characters only."""
    return _legal(text, report)


def clean_line(text: str, report: Report) -> str:
    """Return one line of metadata: as running text, without line breaks, soft hyphens, outer blanks or overrides."""
    if text.isascii() and not _UNTIDY.search(text):
        return text.strip(" ")
    text = _legal(text, report).replace("\xad", "")
    if BIDI_CONTROLS.search(text):
        text, found = _BIDI_OVERRIDES.subn("", text)
        if found or not balanced(text):
            report("text.bidi", "directional controls in metadata were removed")
            text = BIDI_CONTROLS.sub("", text)
    return _FOLD.sub(" ", text).strip(" ")


def without_surrogates(value: Any) -> Any:
    """Return a value of the model with lone surrogates taken out of every string; lists become tuples."""
    if isinstance(value, str):
        return _SURROGATES.sub("", value)
    if isinstance(value, tuple | list):
        return tuple(map(without_surrogates, value))
    if isinstance(value, Mapping):
        return {without_surrogates(key): without_surrogates(item) for key, item in value.items()}
    if isinstance(value, Struct):
        fields = {name: without_surrogates(getattr(value, name)) for name in value.__struct_fields__}
        return structs.replace(value, **fields)
    return value


def _legal(text: str, report: Report) -> str:
    text = _BREAKS.sub("\n", text)
    if _ILLEGAL.search(text):
        text = _ILLEGAL.sub(lambda match: _replacement(match[0], report), text)
    if "\u200b" in text:
        text = _ZERO_WIDTH_SPACE.sub("", text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text


def _replacement(character: str, report: Report) -> str:
    """Read a C1 control as the Windows character it nearly always is; drop what no format can hold."""
    if "\x80" <= character <= "\x9f":
        try:
            meant = bytes([ord(character)]).decode("cp1252")
        except UnicodeDecodeError:
            meant = ""
        report("text.c1", f"U+{ord(character):04X} was read as {meant!r} of Windows-1252")
        return meant
    if character != "\ufeff":
        report("text.illegal", f"U+{ord(character):04X} is allowed in no rendition and was removed")
    return ""


def balanced(text: str) -> bool:
    """Tell whether every directional embedding, override and isolate is closed where UAX #9 says."""
    open_marks: list[str] = []
    for mark in BIDI_CONTROLS.findall(text):
        if mark in _OPENS:
            open_marks.append("\u202c")
        elif mark in _ISOLATES:
            open_marks.append("\u2069")
        elif not open_marks or open_marks.pop() != mark:
            return False
    return not open_marks
