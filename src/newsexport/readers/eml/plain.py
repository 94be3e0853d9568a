"""Text as mail carries it: flowed lines, signatures, armour."""

from __future__ import annotations

import html
import re
from typing import Final

from newsexport.errors import InputError
from newsexport.readers.eml.mime import Part
from newsexport.spi import Context

_SIGNED: Final = re.compile(r"-----BEGIN PGP SIGNED MESSAGE-----\r?\n(?:[\w-]+: [^\n]*+\n)*+\r?\n")
_SIGNATURE: Final = "-----BEGIN PGP SIGNATURE-----"
_ENCRYPTED: Final = "-----BEGIN PGP MESSAGE-----"
_QUOTED: Final = re.compile(r"(?P<marks>>*)(?P<text>.*)", re.DOTALL)
_LONGEST_SIGNATURE: Final = 15


def read(part: Part, context: Context) -> str:
    """Return the characters of a text, its lines as they were before they were broken for transport.

    Raises:
        InputError: it is encrypted.
    """
    text = _unarmoured(part.text(context))
    parameters = part.header.parameters("content-type")
    if parameters.get("format", "").lower() == "flowed":
        return flowed(text, deletes_blank=parameters.get("delsp", "").lower() == "yes")
    return text


def flowed(text: str, *, deletes_blank: bool) -> str:
    """Join the lines of a flowed text.

    Args:
        text: Lines that end in a blank go on in the next one of the same depth of quotation.
        deletes_blank: True when that blank is none of the text's.

    Source: RFC 3676, 4 "Interpreting Format=Flowed".
    """
    lines: list[str] = []
    depth = -1
    parts: list[str] = []
    for line in text.splitlines():
        found = _QUOTED.match(line)
        marks, content = (found["marks"], found["text"]) if found else ("", line)
        content = content.removeprefix(" ")
        if parts and (len(marks) != depth or content == "-- "):
            lines.append("".join(parts))
            parts = []
        depth = len(marks)
        parts.append(content if parts or not marks else f"{marks} {content}")
        if content.endswith(" ") and content != "-- ":
            parts[-1] = parts[-1].removesuffix(" ") if deletes_blank else parts[-1]
        else:
            lines.append("".join(parts))
            parts = []
    return "\n".join([*lines, "".join(parts)])


def without_signature(text: str) -> tuple[str, str]:
    """Part a text from the signature below it.

    Source: RFC 3676, 4.3 "Usenet Signature Convention".
    """
    lines = text.splitlines()
    for index in range(len(lines) - 1, max(len(lines) - _LONGEST_SIGNATURE - 2, -1), -1):
        if lines[index] in {"-- ", "--"}:
            below = lines[index + 1 :]
            if any(line.startswith(">") for line in below):
                break
            return "\n".join(lines[:index]), "\n".join(below).strip()
    return text, ""


def as_html(text: str) -> str:
    """Return a text as HTML: blank lines part paragraphs."""
    paragraphs = re.split(r"\n\s*\n", html.escape(text.replace("\r\n", "\n"), quote=False).strip())
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs).replace("\n", "<br>")


def _unarmoured(text: str) -> str:
    """Return what was signed by OpenPGP without its armour.

    Source: RFC 4880, 7 "Cleartext Signature Framework".
    """
    if text.lstrip().startswith(_ENCRYPTED):
        raise InputError("the mail is encrypted", "decrypt it in your mail program and save it again")
    begin = _SIGNED.search(text)
    if begin is None:
        return text
    signed, _, below = text[begin.end() :].partition(_SIGNATURE)
    after = below.partition("-----END PGP SIGNATURE-----")[2]
    return f"{text[: begin.start()]}{re.sub('^- ', '', signed, flags=re.MULTILINE)}{after}"
