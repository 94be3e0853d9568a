"""Pictures to test with: made by Pillow, their metadata by hand, byte for byte as the standards have it."""

from __future__ import annotations

from io import BytesIO
from itertools import product
from typing import Any

from PIL import Image as Pillow
from PIL import ImageDraw

JPEG_XMP = b"http://ns.adobe.com/xap/1.0/\0"
MARKER = "Xq7Confidential"


def photo(width: int = 60, height: int = 40, mode: str = "RGB") -> Pillow.Image:
    """Return a picture of many colours, none of whose corners are alike: red, green, blue, white clockwise."""
    ramp = Pillow.linear_gradient("L").resize((width, height))
    image = Pillow.merge("RGB", (ramp, ramp.rotate(180), ramp.transpose(Pillow.Transpose.TRANSPOSE).resize(ramp.size)))
    draw = ImageDraw.Draw(image)
    edge = min(width, height) // 3
    corners = ((0, 0, "red"), (width - edge, 0, "green"), (width - edge, height - edge, "blue"))
    for left, top, colour in (*corners, (0, height - edge, "white")):
        draw.rectangle((left, top, left + edge, top + edge), fill=colour)
    return image.convert(mode)


def sixteen_bits(width: int = 40, height: int = 30) -> Pillow.Image:
    """Return greys of sixteen bits, from black at the left to white at the right."""
    row = b"".join((column * 65535 // (width - 1)).to_bytes(2, "little") for column in range(width))
    return Pillow.frombytes("I;16", (width, height), row * height)


def encoded(image: Pillow.Image, kind: str, **settings: Any) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **settings)
    return buffer.getvalue()


def decoded(data: bytes) -> Pillow.Image:
    with Pillow.open(BytesIO(data)) as image:
        image.load()
        return image


def corners(data: bytes) -> str:
    """Return the initials of the colours in the corners of a picture, clockwise from the upper left."""
    image = decoded(data).convert("RGB")
    right, bottom = image.width - 4, image.height - 4
    names = {"100": "r", "010": "g", "001": "b", "111": "w"}
    found = (image.getpixel(place) for place in ((3, 3), (right, 3), (right, bottom), (3, bottom)))
    return "".join(
        names["".join(str(int(value > 90)) for value in pixel)] for pixel in found if isinstance(pixel, tuple)
    )


def press_profile() -> bytes:
    """Return an ICC profile of a press on which cyan is a middle grey and all else is black.

    Source: ICC.1:2001-04, 6.1 (header), 6.5.8 (lut8Type).
    """
    plain = bytes(range(256))
    inks = product((0, 1), repeat=4)
    lightness = (255 if not any(ink) else 128 if ink == (1, 0, 0, 0) else 0 for ink in inks)
    grid = b"".join(bytes((light, 128, 128)) for light in lightness)
    matrix = b"".join((65536 if number in {0, 4, 8} else 0).to_bytes(4, "big") for number in range(9))
    table = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + matrix + plain * 4 + grid + plain * 3
    tags = b"\0\0\0\1A2B0" + (144).to_bytes(4, "big") + len(table).to_bytes(4, "big")
    white = b"".join(value.to_bytes(4, "big") for value in (0xF6D6, 0x10000, 0xD32D))
    head = (
        (144 + len(table)).to_bytes(4, "big") + bytes(4) + b"\2\x10\0\0prtrCMYKLab " + bytes(12) + b"acsp" + bytes(28)
    )
    return (head + white).ljust(128, b"\0") + tags + table


def segment(marker: int, body: bytes) -> bytes:
    """Return a segment of a JPEG."""
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def with_segments(jpeg: bytes, *segments: bytes) -> bytes:
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def packet(properties: str, attributes: str = "") -> bytes:
    """Return an XMP packet with these properties."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
        ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"'
        ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
        f" {attributes}>{properties}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    ).encode()


def dataset(number: int, value: bytes, record: int = 2) -> bytes:
    """Return a dataset of IPTC IIM."""
    return bytes((0x1C, record, number)) + len(value).to_bytes(2, "big") + value


UTF_8 = dataset(90, b"\x1b%G", record=1)


def resource(number: int, data: bytes) -> bytes:
    """Return an image resource of Photoshop."""
    return b"8BIM" + number.to_bytes(2, "big") + b"\0\0" + len(data).to_bytes(4, "big") + data + b"\0" * (len(data) % 2)


def photoshop(*resources: bytes) -> bytes:
    """Return the segment of a JPEG that holds image resources."""
    return segment(0xED, b"Photoshop 3.0\0" + b"".join(resources))


def iim(*datasets: bytes) -> bytes:
    """Return the segment of a JPEG that holds IPTC IIM."""
    return photoshop(resource(0x0404, b"".join(datasets)))


def xmp(properties: str, attributes: str = "") -> bytes:
    """Return the segment of a JPEG that holds XMP."""
    return segment(0xE1, JPEG_XMP + packet(properties, attributes))


def exif(**fields: Any) -> bytes:
    """Return EXIF with fields by the names of `PIL.ExifTags.Base`, as Pillow writes it into any format."""
    from PIL.ExifTags import IFD, Base

    block = Pillow.Exif()
    for name, value in fields.items():
        place = block.get_ifd(IFD.Exif) if "Original" in name else block
        place[Base[name]] = value
    return block.tobytes()


def confidential(jpeg: bytes | None = None) -> bytes:
    """Return a JPEG with instructions to the desk wherever there is a place for them, marked by `MARKER`."""
    return with_segments(
        jpeg or encoded(photo(), "JPEG"),
        xmp(f"<photoshop:Instructions>{MARKER}</photoshop:Instructions><photoshop:Credit>Jo/Ex</photoshop:Credit>"),
        iim(UTF_8, dataset(40, MARKER.encode()), dataset(110, b"Jo/Ex")),
    )
