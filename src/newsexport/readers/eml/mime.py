"""The parts of a mail, found in one pass over its bytes.

The parser of the standard library recurses per level of nesting and tries each line against each boundary, so that
hostile mail exhausts its stack, or our time; this one looks a line up among the boundaries that are open.

Source: RFC 2046, 5.1 "Multipart Media Type"; RFC 5322, 2.2 "Header Fields".
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct, field

from newsexport.errors import InputError, Kind, LimitError
from newsexport.readers.eml import transfer
from newsexport.readers.eml.header import LONGEST, Header, characters
from newsexport.spi import Context

_MOST_PARTS: Final = 1_000
_MOST_FIELDS: Final = 10_000
_DEEPEST: Final = 50
_MOST_DASHES: Final = 500_000
_LARGEST_TEXT: Final = 16 * 1024 * 1024
_LONGEST_BOUNDARY: Final = 250

_FIELD: Final = re.compile(rb"(?!--)(?P<name>[!-9;-~]{1,200})[ \t]*:(?P<value>[^\n]*+(?:\n[ \t][^\n]*+)*+)(?:\n|\Z)")
_ENVELOPE: Final = re.compile(rb">?From [^\n]*\n")
_BLANK: Final = re.compile(rb"\r?\n")
# The line between two mails of a mailbox (RFC 4155), and the fields of the second.
_FURTHER: Final = re.compile(
    rb"\n\r?\nFrom \S{1,200} +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[^\n]{0,60}\d\d:\d\d[^\n]{0,60}\d{4}\r?\n"
    rb"(?:(?:>From |[\w-]+:)[^\n]*+(?:\n|\Z)(?:[ \t][^\n]*+(?:\n|\Z))*+)++"
)
# Where the header does not name the boundary: the first line that looks like one, above the header of a part.
_UNNAMED: Final = re.compile(rb"^--(?P<boundary>[!-~ ]{1,200}?)[ \t]*\r?\nContent-", re.MULTILINE | re.IGNORECASE)


class Part(Struct):
    """A mail, or a part of one.

    Attributes:
        header: Its fields.
        data: The whole mail.
        start: Where its body starts in the mail.
        end: Where it ends.
        parts: What it holds, when it is a multipart.
    """

    header: Header
    data: bytes
    start: int
    end: int
    parts: list[Part] = field(default_factory=list)

    @property
    def content_type(self) -> str:
        """The media type in small letters."""
        return self.header.content_type

    def content(self, context: Context) -> bytes:
        """Return the bytes that the body stands for.

        Raises:
            LimitError: there are more of them than an asset may have.
        """
        if self.end - self.start > 2 * context.limits.asset_bytes:
            raise _too_large(context)
        found = transfer.decoded(self.data[self.start : self.end], self.header.transfer_encoding)
        if len(found) > context.limits.asset_bytes:
            raise _too_large(context)
        return found

    def text(self, context: Context) -> str:
        """Return the text of the body.

        Raises:
            LimitError: it is larger than 16 MB.
        """
        if self.end - self.start > _LARGEST_TEXT:
            raise LimitError(f"the text of the mail has more than {_LARGEST_TEXT} bytes")
        return characters(self.content(context), self.header.charset, context)


def header_of(data: bytes, context: Context) -> Header:
    """Return the header of a mail alone."""
    return _Parser(data, context).part(0).header


def parse(data: bytes, context: Context) -> Part:
    """Return a mail with its parts.

    Raises:
        InputError: it is a mailbox of several mails.
        LimitError: it has too many parts or fields, or its parts nest too deeply.
    """
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    if further := _FURTHER.search(data):
        if data[further.end() :].strip():
            raise InputError("the input is a mailbox of several mails", "save each mail on its own")
        data = data[: further.start() + 1]  # programs that part mailboxes leave the head of the next mail
    root = _Parser(data, context).parse()
    if root.content_type.startswith("multipart/") and not root.parts:
        found = _UNNAMED.search(data, root.start)
        if found is not None:
            context.notice("eml.boundary", Kind.REPAIR, "the parts are divided by another line than the header says")
            return _Parser(data, context).parse(found["boundary"])
    return root


class _Parser:
    def __init__(self, data: bytes, context: Context) -> None:
        self._data = data
        self._context = context
        # Multiparts that are open, from the outside in, and which boundary is whose.
        self._open: list[Part] = []
        self._levels: dict[bytes, int] = {}
        self._parts = 0
        self._fields = 0

    def parse(self, boundary: bytes | None = None) -> Part:
        """Return the mail; `boundary` stands in for the one that its header states."""
        root = self.part(0)
        self._enter(root, boundary)
        position = max(root.start - 1, 0)
        dashes = 0
        while self._open and (found := self._data.find(b"\n--", position)) >= 0:
            dashes += 1
            if dashes > _MOST_DASHES:
                raise LimitError(f"more than {_MOST_DASHES} lines start with dashes")
            end = self._data.find(b"\n", found + 1)
            position = self._line(found, end if end >= 0 else len(self._data))
        return root

    def _line(self, start: int, end: int) -> int:
        """Take a line that starts with dashes and return where to look on."""
        line = self._data[start + 3 : min(end, start + 3 + _LONGEST_BOUNDARY)].rstrip()
        is_last = line not in self._levels
        level = self._levels.get(line[:-2] if is_last and line.endswith(b"--") else line)
        if level is None:
            return end
        self._close(level, start)
        if is_last:
            self._leave(level)
            return end
        self._leave(level + 1)
        part = self.part(end + 1)
        self._open[level].parts.append(part)
        self._enter(part, None)
        return part.start - 1

    def _close(self, level: int, at: int) -> None:
        """End the parts that are at hand in the multiparts from a level on; the line break above a boundary is its."""
        at -= self._data[at - 1 : at] == b"\r"
        for multipart in self._open[level:]:
            for part in multipart.parts[-1:]:
                part.end = max(part.start, at)

    def _leave(self, level: int) -> None:
        del self._open[level:]
        self._levels = {boundary: each for boundary, each in self._levels.items() if each < level}

    def _enter(self, part: Part, boundary: bytes | None) -> None:
        """Open a part that is a multipart; one whose boundary is that of another around it has no parts of its own."""
        if not part.content_type.startswith("multipart/"):
            return
        stated = part.header.parameters("content-type").get("boundary") or ""
        boundary = boundary or stated.encode("utf-8", "replace").rstrip()
        if not boundary or boundary in self._levels:
            return
        if len(self._open) >= _DEEPEST:
            raise LimitError(f"the parts of the mail nest deeper than {_DEEPEST}")
        self._levels[boundary] = len(self._open)
        self._open.append(part)

    def part(self, position: int) -> Part:
        """Return the part that starts at a position."""
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise LimitError(f"the mail has more than {_MOST_PARTS} parts")
        envelope = _ENVELOPE.match(self._data, position)
        position = envelope.end() if envelope else position
        fields: dict[str, bytes] = {}
        while found := _FIELD.match(self._data, position):
            self._fields += 1
            if self._fields > _MOST_FIELDS:
                raise LimitError(f"the mail has more than {_MOST_FIELDS} fields in its headers")
            start, end, position = found.start("value"), found.end("value"), found.end()
            value = self._data[start : min(end, start + LONGEST + 1)]
            fields.setdefault(found["name"].decode().lower(), value)
        blank = _BLANK.match(self._data, position)
        start = min(blank.end() if blank else position, len(self._data))
        return Part(Header(fields, self._context), self._data, start, len(self._data))


def _too_large(context: Context) -> LimitError:
    return LimitError(
        f"a part of the mail has more than {context.limits.asset_bytes} bytes", "send the files on their own"
    )
