"""The header of a mail, or of a part of one, field by field: what is broken is read as far as it goes.

Source: RFC 5322, 3; RFC 2045, 5; RFC 2047; RFC 2183; RFC 2231.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.message import Message
from email.utils import collapse_rfc2231_value
from functools import cached_property
from typing import Final

from newsexport.errors import InputError, Kind
from newsexport.kit import timestamps
from newsexport.kit.encoding import decode
from newsexport.kit.mailboxes import Mailbox, mailbox
from newsexport.readers.eml import transfer
from newsexport.spi import Context

LONGEST: Final = 10_000
"""Bytes of a field that are read."""
# The standard library splits parameters in a time that grows with the square of their length.
_LONGEST_PARAMETERS: Final = 2_000
_FOLD: Final = re.compile(rb"\r?\n")
_WORD: Final = re.compile(
    r"=\?(?P<charset>[^?*\s]{1,60})(?:\*[^?\s]{0,20})?\?(?P<encoding>[bBqQ])\?(?P<text>[^?]*+)\?=", re.ASCII
)


class Header:
    """The fields of a header, of several with one name the first."""

    def __init__(self, fields: Mapping[str, bytes], context: Context) -> None:
        """Get ready.

        Args:
            fields: As they stand, by their names in small letters.
            context: Hears what is repaired or cut.
        """
        self._fields = fields
        self._context = context

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def text(self, name: str) -> str:
        """Return the characters of a field, its encoded words resolved, its white space single; empty for none."""
        return " ".join(self._resolved(self._raw(name)).split())

    def mailbox(self, name: str) -> Mailbox | None:
        """Return the first mailbox of a field; None where there is none."""
        found = mailbox(self._raw(name))
        # Encoded words are resolved only now: they may hold commas and brackets.
        return Mailbox(found.address, " ".join(self._resolved(found.name).split())) if found else None

    def moment(self, name: str) -> datetime | None:
        """Return the moment that a field states; None, with a notice, where it states none."""
        # RFC 5322, 3.3: -0000 is UTC, of a sender that does not tell where it is.
        stated = re.sub(r"-0000\b", "+0000", self.text(name))
        return timestamps.stated(stated, name.title(), self._context)

    # Of the content

    @cached_property
    def content_type(self) -> str:
        """The media type in small letters; ``text/plain`` where none is stated."""
        message = Message()
        message["Content-Type"] = self._raw("content-type")[:_LONGEST_PARAMETERS]
        return message.get_content_type() if "content-type" in self else "text/plain"

    @property
    def disposition(self) -> str:
        """``attachment``, ``inline`` or whatever is stated, in small letters; empty for nothing."""
        return self.text("content-disposition").partition(";")[0].strip().lower()

    @property
    def transfer_encoding(self) -> str:
        """In small letters; empty for none."""
        return self.text("content-transfer-encoding").lower()

    @property
    def content_id(self) -> str:
        """What ``cid:`` addresses name; empty for none."""
        return self.text("content-id").strip("<> ")

    @property
    def file_name(self) -> str:
        """The name of a file; empty for none."""
        named = self.parameters("content-disposition").get("filename") or self.parameters("content-type").get("name")
        return " ".join(self._resolved(named or "").split())

    @property
    def charset(self) -> str | None:
        """The encoding of the text; None where none is stated."""
        return self.parameters("content-type").get("charset")

    def parameters(self, name: str) -> Mapping[str, str]:
        """Return the parameters of a field, by their names in small letters; none where they cannot be told apart."""
        if name not in self._parameters:
            self._parameters[name] = self._read_parameters(name)
        return self._parameters[name]

    @cached_property
    def _parameters(self) -> dict[str, Mapping[str, str]]:
        return {}

    def _read_parameters(self, name: str) -> Mapping[str, str]:
        if name not in self:
            return {}
        message = Message()
        message[name] = self._raw(name)[:_LONGEST_PARAMETERS]
        try:
            pairs = message.get_params(failobj=[], header=name)
            return {key.lower(): collapse_rfc2231_value(value) for key, value in pairs}
        except (LookupError, TypeError, ValueError) as error:
            self._say("eml.header", Kind.REPAIR, f"its parameters were left out, for they are broken: {error}", name)
            return {}

    # Characters

    def _raw(self, name: str) -> str:
        """Return a field unfolded, its encoded words as they stand."""
        value = self._fields.get(name, b"")
        if len(value) > LONGEST:
            self._say("eml.header", Kind.REPAIR, f"it is longer than {LONGEST} bytes and was cut", name)
            value = value[:LONGEST]
        value = _FOLD.sub(b"", value).strip()
        return value.decode() if value.isascii() else characters(value, None, self._context)

    def _resolved(self, text: str) -> str:
        """Return text with its encoded words resolved: those that only blanks part may share a character."""
        parts: list[str] = []
        charset, encoded = "", b""
        position = 0
        for found in _WORD.finditer(text):
            gap = text[position : found.start()]
            follows = position > 0 and not gap.strip()
            if not follows or found["charset"].lower() != charset:
                parts += [characters(encoded, charset, self._context), "" if follows else gap]
                charset, encoded = found["charset"].lower(), b""
            word = found["text"].encode("utf-8", "replace")
            encoded += transfer.base64(word) if found["encoding"] in "bB" else transfer.quoted(word)
            position = found.end()
        return "".join([*parts, characters(encoded, charset, self._context), text[position:]])

    def _say(self, code: str, kind: Kind, message: str, name: str) -> None:
        self._context.notice(code, kind, message, where=name.title())


def characters(data: bytes, charset: str | None, context: Context) -> str:
    """Return the text that bytes stand for, whatever they hold.

    Args:
        data: The bytes.
        charset: As stated; None for nothing.
        context: Is told of repairs.
    """
    try:
        return decode(data, context, declared=charset)
    except InputError:  # NUL, or what looks like a picture
        return data.replace(b"\0", b"").decode("utf-8", "replace")
