"""What a reader, a writer and a destination are: the contracts that built-in formats and plug-ins keep alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import BinaryIO, Final, Literal, Protocol, TypeAlias, TypeVar, runtime_checkable

import msgspec
from msgspec import Struct

from newsexport.errors import Kind, Notice, NoticeLog, WriterError
from newsexport.model.article import Audience
from newsexport.model.edition import Document
from newsexport.model.walk import path_of

Posture: TypeAlias = Literal["wire", "strict"]
"""``wire``: copy must go out; what cannot be done is replaced and said. ``strict``: the same is an error."""


class Format(Struct, frozen=True, kw_only=True):
    """A file format.

    Attributes:
        name: What it is called in calls and on the command line.
        media_type: As registered with IANA.
        suffix: Of file names, with its dot.
        title: For people.
        audience: Whose view a writer is given unless the caller says otherwise.
        detection: For a reader: what an input is recognised by, for people.
    """

    name: str
    media_type: str
    suffix: str
    title: str
    audience: Audience = "public"
    detection: str = ""


class Options(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the options of readers and writers.

    Every option has one text form (see `newsexport.registry.options`): enum, number, ``true`` or ``false``, a comma
    list, or ``file:PATH`` for an `Asset`. Ranges and impossible pairs are refused in ``__post_init__`` by a
    `UsageError` with a hint.
    """


class Asset(Struct, frozen=True):
    """Bytes from outside: a picture, a template, a logo.

    Attributes:
        uri: The name the document uses for it.
        data: The bytes.
        media_type: As declared; None to let the bytes speak.
    """

    uri: str
    data: bytes
    media_type: str | None = None


class Request(Struct, frozen=True):
    """A rendition of the same document that a writer needs.

    Attributes:
        format: Name of the format.
        options: Its options; None for the defaults.
    """

    format: str
    options: Options | None = None


class Companion(Struct, frozen=True):
    """A rendition handed to the writer that required it.

    Attributes:
        format: What it is.
        name: The file name it is saved under; None when it is not saved.
        data: The bytes.
    """

    format: Format
    name: str | None
    data: bytes


class Limits(Struct, frozen=True, kw_only=True):
    """How much of anything is accepted.

    Attributes:
        input_bytes: Of one input.
        asset_bytes: Of one picture or other asset.
        pixels: Of one picture.
        fetches: Pictures fetched for one document.
        fetch_seconds: That fetching one picture may take, from the look-up of its host to its last byte.
        seconds: That a plug-in may take for one rendition.
    """

    input_bytes: int = 64 * 1024 * 1024
    asset_bytes: int = 64 * 1024 * 1024
    pixels: int = 40_000_000
    fetches: int = 200
    fetch_seconds: float = 20.0
    seconds: float = 120.0


class Parsed(Struct, frozen=True):
    """What a reader made of its input.

    Attributes:
        documents: One for most formats, several for a container.
        assets: Pictures that came inside the input.
    """

    documents: tuple[Document, ...]
    assets: tuple[Asset, ...] = ()

    @staticmethod
    def joined(parts: Iterable[Parsed]) -> Parsed:
        """Return all that several readings made, as one."""
        known = tuple(parts)
        return Parsed(
            tuple(document for part in known for document in part.documents),
            tuple(asset for part in known for asset in part.assets),
        )


class Context:
    """What a reader or writer is given of the world: limits, assets, other renditions, and an ear for notices."""

    def __init__(
        self,
        *,
        document: Document | None = None,
        assets: Mapping[str, Asset] | None = None,
        renditions: Mapping[Request, Companion | None] | None = None,
        posture: Posture = "wire",
        limits: Limits | None = None,
    ) -> None:
        self.posture: Final = posture
        self.limits: Final = limits or Limits()
        self._document = document
        self._assets = assets or {}
        self._renditions = renditions or {}
        self._log = NoticeLog()

    def notice(
        self, code: str, kind: Kind, message: str, *, node: Struct | None = None, where: str | None = None
    ) -> None:
        """Tell the user something.

        Args:
            code: ``format.what-happened``; each is listed in the reference.
            kind: A loss is what `strict` fails on.
            message: One sentence without a full stop.
            node: The node concerned: its name and path are added.
            where: The place, when it is none in the document (``line 7``).

        Raises:
            WriterError: it is a loss, and the posture is ``strict``.
        """
        name = type(node).__name__ if node is not None else None
        if where is None and node is not None and self._document is not None:
            where = path_of(self._document, node)
        if kind is Kind.LOSS and self.posture == "strict":
            hint = f"{code}: the posture wire would replace it and say so"
            raise WriterError(message, hint, where)
        self._log.add(Notice(code, kind, message, where, name))

    def asset(self, uri: str) -> Asset | None:
        """Return the bytes behind the `uri` of a picture; None when they could not be had."""
        return self._assets.get(uri)

    def rendition(self, request: Request) -> Companion | None:
        """Return a rendition that the writer named in `requires`; None when it could not be made."""
        return self._renditions.get(request)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What was said so far, but for what `take_notices` took."""
        return self._log.all()

    def take_notices(self) -> tuple[Notice, ...]:
        """Return what was said since the last call, and forget it: the articles of a container have each their own."""
        said, self._log = self._log.all(), NoticeLog()
        return said


class Probe:
    """A look at the head of an input, each question answered once.

    Attributes:
        data: The whole input.
        name: Its file name; None when it has none.
    """

    def __init__(self, data: bytes, name: str | None = None) -> None:
        self.data = data
        self.name = name

    @cached_property
    def head(self) -> bytes:
        """The first 4096 bytes."""
        return self.data[:4096]

    @cached_property
    def suffix(self) -> str:
        """The lower-case suffix of the name with its dot; empty when there is none."""
        _, dot, suffix = (self.name or "").rpartition(".")
        return (dot + suffix).lower()

    @cached_property
    def encoding(self) -> str | None:
        """The encoding that a byte order mark declares; None without one."""
        marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
        return next((name for mark, name in marks.items() if self.data.startswith(mark)), None)

    @cached_property
    def text(self) -> str:
        """The head as text; what is no UTF-8 is replaced."""
        return self.head.decode(self.encoding or "utf-8", "replace").lstrip("\ufeff")

    @cached_property
    def is_binary(self) -> bool:
        """True when the head holds what no text does, a NUL outside UTF-16 or a known magic number."""
        if self.encoding == "utf-16":
            return False
        return b"\0" in self.head or self.head.startswith(_MAGIC)

    @cached_property
    def zip_names(self) -> frozenset[str]:
        """Names of the members when the input is a ZIP archive."""
        if not self.data.startswith(b"PK"):
            return frozenset()
        from io import BytesIO
        from zipfile import BadZipFile, ZipFile  # only archives need it

        try:
            with ZipFile(BytesIO(self.data)) as archive:
                return frozenset(archive.namelist())
        except BadZipFile:
            return frozenset()

    @cached_property
    def json_keys(self) -> frozenset[str]:
        """Top-level keys when the input is a JSON object."""
        if not self.text.lstrip().startswith("{"):
            return frozenset()
        data = self.data.decode(self.encoding, "replace").encode() if self.encoding else self.data
        try:
            return frozenset(msgspec.json.decode(data, type=dict[str, msgspec.Raw]))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return frozenset()

    @cached_property
    def xml_root(self) -> str | None:
        """Local name of the root element when the input is XML; None otherwise."""
        found = _XML_ROOT.match(self.text)
        return found["name"] if found else None

    @cached_property
    def is_xml(self) -> bool:
        """True when its name, its declaration, or a namespace other than HTML's says that the input is XML."""
        if self.text.lstrip().startswith("<?xml") or (self.suffix == ".xml" and self.xml_root):
            return True
        root = _XML_ROOT.match(self.text)
        stated = _NAMESPACE.match(self.text, root.end()) if root else None
        return stated is not None and "w3.org/1999/xhtml" not in stated["uri"]


_MAGIC: Final = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
_XML_ROOT: Final = re.compile(
    r"(?:\s|(?><!--.*?-->)|(?><\?.*?\?>)|<!DOCTYPE[^>\[]*>)*+<(?:[\w.-]+:)?(?P<name>[\w.-]+)", re.DOTALL
)
_NAMESPACE: Final = re.compile(r"[^<>]*?\sxmlns(?::[\w.-]+)?\s*=\s*[\"'](?P<uri>[^\"'<>]*)")

OptionsT = TypeVar("OptionsT", bound=Options)


class Reader(Protocol[OptionsT]):
    """Makes documents of bytes."""

    @property
    def format(self) -> Format:
        """What it reads."""
        ...

    @property
    def options_type(self) -> type[OptionsT]:
        """The class of its options."""
        ...

    def sniff(self, probe: Probe) -> float:
        """Return how sure it is that the input is its format: 0.0 not at all to 1.0."""
        ...

    def read(self, data: bytes, options: OptionsT, context: Context) -> Parsed:
        """Make documents of the bytes.

        Raises:
            InputError: the bytes are not what they are said to be.
        """
        ...


@runtime_checkable
class ContainerReader(Reader[OptionsT], Protocol[OptionsT]):
    """A reader of what may hold more articles than memory does: an export of a site, a feed."""

    def each(self, stream: BinaryIO, options: OptionsT, context: Context) -> Iterator[Parsed]:
        """Yield the articles one at a time, each with its own assets, as they come out of the stream.

        An article that cannot be read is noticed as a loss and does not stop the others.

        Raises:
            InputError: the bytes are not what they are said to be.
        """
        ...


class Writer(Protocol[OptionsT]):
    """Makes bytes of a document: a pure function, without clock, network, environment or files of its own."""

    @property
    def format(self) -> Format:
        """What it writes."""
        ...

    @property
    def options_type(self) -> type[OptionsT]:
        """The class of its options."""
        ...

    def requires(self, document: Document, options: OptionsT) -> tuple[Request, ...]:
        """Return the renditions that must exist before this one; found again by `Context.rendition`."""
        ...

    def write(self, document: Document, options: OptionsT, context: Context) -> bytes:
        """Make the rendition of a prepared document: equal arguments give equal bytes.

        Raises:
            WriterError: the document cannot be written in this format.
        """
        ...
