"""IPTC IIM, the older form of a picture's metadata: datasets within Photoshop's image resources.

Source: IPTC-NAA Information Interchange Model 4.2; Adobe Photoshop File Formats, "Image resource blocks".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

INSTRUCTIONS: Final = 40
DATE: Final = 55
TIME: Final = 60
CREATOR: Final = 80
CITY: Final = 90
HEADLINE: Final = 105
CREDIT: Final = 110
COPYRIGHT: Final = 116

TELLTALE: Final = bytes((0x1C, 2, INSTRUCTIONS))
"""What instructions begin with, wherever they are."""

_APPLICATION: Final = 2
_CHARACTER_SET: Final = (1, 90)
_UTF_8: Final = b"\x1b%G"
# Greatest length in bytes: IIM 4.2, chapter 6.
_ROOM: Final = {INSTRUCTIONS: 256, CREATOR: 32, CITY: 32, HEADLINE: 256, CREDIT: 32, COPYRIGHT: 128}
# Datasets of the application record that hold no text: its version, a rasterized caption, a preview.
_PREVIEWS: Final = {125, 200, 201, 202}
_BINARY: Final = {0, *_PREVIEWS}

_RESOURCE: Final = b"8BIM"
_IIM_RESOURCE: Final = 0x0404
_XMP_RESOURCE: Final = 0x0424
_DIGEST_RESOURCE: Final = 0x0425


class DataSet(NamedTuple):
    """One value.

    Attributes:
        record: Number of the record; 2 is the application record.
        number: Of the dataset in it.
        value: Its bytes.
    """

    record: int
    number: int
    value: bytes


class Resource(NamedTuple):
    """An image resource of Photoshop.

    Attributes:
        number: What it is.
        head: Its signature, number and name as they are in the file.
        data: Its bytes.
    """

    number: int
    head: bytes
    data: bytes


# Datasets


def datasets(block: bytes) -> tuple[DataSet, ...]:
    """Return the datasets of a block, up to where it ends or is damaged."""
    found: list[DataSet] = []
    position = 0
    while block[position : position + 1] == b"\x1c":
        record, number = block[position + 1 : position + 2], block[position + 2 : position + 3]
        size = int.from_bytes(block[position + 3 : position + 5], "big")
        start = position + 5
        if size & 0x8000:
            # IIM 4.2, 1.5(c): an extended dataset; the number is that of the bytes which tell the length.
            count, start = size & 0x7FFF, start + (size & 0x7FFF)
            size = int.from_bytes(block[start - count : start], "big") if count <= 4 else len(block)
        if not number or start + size > len(block):
            break
        found.append(DataSet(record[0], number[0], block[start : start + size]))
        position = start + size
    return tuple(found)


def block(found: Iterable[DataSet]) -> bytes:
    """Return datasets as a block."""
    return b"".join(_head(each) + each.value for each in found)


def texts(found: Iterable[DataSet]) -> dict[int, tuple[str, ...]]:
    """Return the values of the application record as text, by the number of the dataset."""
    known = tuple(found)
    result: dict[int, tuple[str, ...]] = {}
    for each in known:
        if each.record == _APPLICATION and each.number in (*_ROOM, DATE, TIME):
            text = _decoded(each.value, _is_utf_8(known)).strip("\0 ")
            result[each.number] = (*result.get(each.number, ()), *([text] if text else []))
    return result


def renewed(found: Iterable[DataSet]) -> tuple[DataSet, ...]:
    """Return the datasets of a picture that was made anew: without previews of the old one."""
    return tuple(each for each in found if each.record != _APPLICATION or each.number not in _PREVIEWS)


def with_values(found: tuple[DataSet, ...], values: Mapping[int, str | None]) -> tuple[DataSet, ...]:
    """Return the datasets with these values, in the order of their numbers; None takes a dataset out.

    A value that is there already, whole or cut to the length that IIM allows, stays as it is.
    """
    was = {number: ", ".join(value) for number, value in texts(found).items()}
    wanted = {
        number: value
        for number, value in values.items()
        if (number in was) != (value is not None)
        or (value is not None and was[number] not in (value, _cut(number, value)))
    }
    kept = tuple(each for each in found if each.record != _APPLICATION or each.number not in wanted)
    added = {number: value for number, value in wanted.items() if value is not None}
    if not all(value.isascii() for value in added.values()) and not _is_utf_8(found):
        kept = (DataSet(*_CHARACTER_SET, _UTF_8), *map(_in_utf_8, kept))
    new = tuple(DataSet(_APPLICATION, number, _cut(number, value).encode()) for number, value in added.items())
    # IIM 4.2, 1.6: records in numerical order; that of datasets is free, and readers expect the version first.
    return tuple(sorted((*kept, *new), key=lambda each: (each.record, each.number))) if wanted else found


def _head(each: DataSet) -> bytes:
    size = len(each.value)
    length = size.to_bytes(2, "big") if size < 0x8000 else b"\x80\x04" + size.to_bytes(4, "big")
    return bytes((0x1C, each.record, each.number)) + length


def _is_utf_8(found: Iterable[DataSet]) -> bool:
    return DataSet(*_CHARACTER_SET, _UTF_8) in found


def _decoded(value: bytes, declared: bool) -> str:
    # The standard's own default is ASCII; what is in use is UTF-8 or Latin-1, declared or not.
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("utf-8", "replace") if declared else value.decode("latin-1")


def _in_utf_8(each: DataSet) -> DataSet:
    if each.record != _APPLICATION or each.number in _BINARY:
        return each
    return each._replace(value=_decoded(each.value, declared=False).encode())


def _cut(number: int, value: str) -> str:
    """Return as much of a value as IIM allows."""
    return value.encode()[: _ROOM.get(number, len(value) * 4)].decode("utf-8", "ignore")


# Resources


def resources(data: bytes) -> tuple[Resource, ...]:
    """Return image resources, up to where they end or are damaged."""
    found: list[Resource] = []
    position = 0
    while data[position : position + 4] in {_RESOURCE, b"MeSa", b"PHUT", b"AgHg", b"DCSR"}:
        # A name is a Pascal string, padded to an even number of bytes with its length.
        name = 1 + (data[position + 6] if len(data) > position + 6 else 0)
        start = position + 6 + name + name % 2
        size = int.from_bytes(data[start : start + 4], "big")
        end = start + 4 + size
        if end > len(data) or start + 4 > len(data):
            break
        number = int.from_bytes(data[position + 4 : position + 6], "big")
        found.append(Resource(number, data[position:start], data[start + 4 : end]))
        position = end + size % 2
    return tuple(found)


def packed(found: Iterable[Resource]) -> bytes:
    """Return image resources as they are in a file."""
    return b"".join(
        each.head + len(each.data).to_bytes(4, "big") + each.data + b"\0" * (len(each.data) % 2) for each in found
    )


def block_of(found: Iterable[Resource]) -> bytes:
    """Return the IIM in image resources; empty when there is none."""
    return b"".join(each.data for each in found if each.number == _IIM_RESOURCE)


def resource(iim: bytes) -> Resource:
    """Return the image resource that holds IIM."""
    return Resource(_IIM_RESOURCE, _RESOURCE + _IIM_RESOURCE.to_bytes(2, "big") + b"\0\0", iim)


def without_instructions(data: bytes) -> bytes:
    """Return image resources without instructions to the desk: the same object when they hold none."""
    if TELLTALE not in data and b"Instructions" not in data:
        return data
    kept: list[Resource] = []
    for each in resources(data):
        if each.number == _IIM_RESOURCE:
            clean = with_values(datasets(each.data), {INSTRUCTIONS: None})
            kept.append(each._replace(data=block(clean)))
        elif each.number not in {_XMP_RESOURCE, _DIGEST_RESOURCE} and TELLTALE not in each.data:
            kept.append(each)
    return packed(kept)
