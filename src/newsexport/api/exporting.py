"""From a document to its renditions: each writer on its own, what it needs of the others first."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, TypedDict, Unpack, overload

from newsexport.api.assets import resolve
from newsexport.api.fetching import Fetch, fetched
from newsexport.api.metadata import Values
from newsexport.api.pictures import described
from newsexport.api.preparing import prepare
from newsexport.api.results import ExportResult, Rendition
from newsexport.errors import Kind, LossError, NewsexportError, Notice, NoticeLog, UsageError, WriterError
from newsexport.model.article import Audience
from newsexport.model.audience import view
from newsexport.model.edition import Document
from newsexport.registry import writer as find_writer
from newsexport.spi import Asset, Companion, Context, Limits, Options, OptionsT, Posture, Request, Writer

if TYPE_CHECKING:
    from newsexport.writers.docx import DocxOptions
    from newsexport.writers.epub import EpubOptions
    from newsexport.writers.html import HtmlOptions
    from newsexport.writers.json import JsonOptions
    from newsexport.writers.newsml_g2 import NewsmlG2Options
    from newsexport.writers.pdf import PdfOptions
    from newsexport.writers.text import TextOptions

Strictness: TypeAlias = Literal["off", "loss", "guess"]
"""``loss``: a loss fails the rendition; ``guess``: so does a guess."""

_STRICT: Final[dict[Strictness, frozenset[Kind]]] = {
    "off": frozenset(),
    "loss": frozenset({Kind.LOSS}),
    "guess": frozenset({Kind.LOSS, Kind.GUESS}),
}
# What a file of a media type begins with: enough to tell a plug-in's rubbish from its work.
_BEGINNINGS: Final = {
    "application/pdf": b"%PDF-",
    "application/epub+zip": b"PK\x03\x04",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": b"PK\x03\x04",
    "application/vnd.iptc.g2.newsitem+xml": b"<",
}


class Settings(TypedDict, total=False):
    """What applies to every rendition of one call.

    Attributes:
        assets: Bytes of pictures by the uri the document uses.
        folder: Where relative paths of pictures are looked up; None to look nowhere.
        folders: Further folders with pictures: the path of a picture is looked up in them, relative or of a URL, then
            what is left of it without its first folder, and so on down to the bare file name.
        fetch: Hosts that remote pictures may be fetched from; None to fetch none.
        audience: Whose view every writer is given; None for each format's own.
        posture: ``wire`` replaces what cannot be done and says so; ``strict`` makes it an error.
        strict: Which notices fail a rendition.
        limits: Bytes, pixels and seconds.
        name: File name without suffix, as renditions refer to each other.
        flags: Fields that overrule everything; see `prepare`.
        sidecar: Fields that overrule the document.
        house: Fields that hold where the document says nothing.
        origin: What a missing guid is derived from.
        now: What a missing date is taken to be.
    """

    assets: Iterable[Asset]
    folder: Path | None
    folders: Iterable[Path]
    fetch: Fetch | None
    audience: Audience | None
    posture: Posture
    strict: Strictness
    limits: Limits
    name: str | None
    flags: Values
    sidecar: Values
    house: Values
    origin: str | None
    now: datetime | None


@overload
def export(
    document: Document, to: Literal["docx"], options: DocxOptions | None = None, **settings: Unpack[Settings]
) -> Rendition: ...
@overload
def export(
    document: Document, to: Literal["pdf"], options: PdfOptions | None = None, **settings: Unpack[Settings]
) -> Rendition: ...
@overload
def export(
    document: Document, to: Literal["epub"], options: EpubOptions | None = None, **settings: Unpack[Settings]
) -> Rendition: ...
@overload
def export(
    document: Document, to: Literal["newsml-g2"], options: NewsmlG2Options | None = None, **settings: Unpack[Settings]
) -> Rendition: ...
@overload
def export(
    document: Document, to: Literal["html"], options: HtmlOptions | None = None, **settings: Unpack[Settings]
) -> Rendition: ...
@overload
def export(
    document: Document, to: Literal["text"], options: TextOptions | None = None, **settings: Unpack[Settings]
) -> Rendition: ...
@overload
def export(
    document: Document, to: Literal["json"], options: JsonOptions | None = None, **settings: Unpack[Settings]
) -> Rendition: ...
@overload
def export(
    document: Document, to: Writer[OptionsT], options: OptionsT | None = None, **settings: Unpack[Settings]
) -> Rendition: ...
@overload
def export(document: Document, to: str, options: None = None, **settings: Unpack[Settings]) -> Rendition: ...
def export(
    document: Document, to: str | Writer[Any], options: Options | None = None, **settings: Unpack[Settings]
) -> Rendition:
    """Make one rendition of a document.

    Args:
        document: Article or edition; it is prepared first (see `prepare`).
        to: Name of the format, or a writer.
        options: Of that format; None for its defaults.
        settings: See `Settings`.

    Raises:
        UsageError: an unknown format, or options of another one.
        ArticleError: the document breaks a rule.
        WriterError: the writer failed.
        LossError: something was lost, and `strict` forbids it.
    """
    writer = find_writer(to) if isinstance(to, str) else to
    return export_all(document, {writer: options}, **settings)[writer.format.name]


def export_all(
    document: Document,
    to: Iterable[str | Writer[Any]] | Mapping[Any, Options | None],
    **settings: Unpack[Settings],
) -> ExportResult:
    """Make several renditions of a document; one that fails does not stop the others.

    Args:
        document: Article or edition; it is prepared once (see `prepare`).
        to: Names of formats, or writers; as a mapping, each with its options or None.
        settings: See `Settings`.

    Raises:
        UsageError: an unknown format, options of another one, or renditions that require each other; certificates of
            `Settings` that are none.
        ArticleError: the document breaks a rule.
    """
    wanted = _wanted(to)
    log = NoticeLog()
    posture = settings.get("posture", "wire")
    prepared = prepare(
        document,
        flags=settings.get("flags"),
        sidecar=settings.get("sidecar"),
        house=settings.get("house"),
        origin=settings.get("origin"),
        now=settings.get("now"),
        posture=posture,
        report=log.add,
    )
    limits = settings.get("limits") or Limits()
    assets = _assets(prepared, settings, limits, log)
    prepared = described(prepared, assets, log.add)
    run = _Run(prepared, wanted, assets, settings, limits)
    forbidden = _STRICT[settings.get("strict", "off")]
    made: dict[str, Rendition] = {}
    failed: dict[str, NewsexportError] = {}
    refused: tuple[Notice, ...] = ()
    for name, request in run.requests().items():
        outcome = run.rendition(request)
        if isinstance(outcome, Rendition):
            refusal = _refused(outcome, log.all(), forbidden)
            if refusal is not None:
                refused += outcome.notices
                outcome = refusal
        if isinstance(outcome, Rendition):
            made[name] = outcome
        else:
            failed[name] = outcome
    return ExportResult(made, failed, prepared, (*log.all(), *refused))


def _assets(document: Document, settings: Settings, limits: Limits, log: NoticeLog) -> dict[str, Asset]:
    """Return the pictures of a document: those given, those of folders, those of hosts that may be asked."""
    given, folder = settings.get("assets", ()), settings.get("folder")
    assets = resolve(document, given, limits, folder=folder, folders=settings.get("folders", ()))
    fetch = settings.get("fetch")
    if fetch is not None:
        assets.update(fetched(document, assets, fetch, limits, log.add))
    return assets


def _wanted(to: Iterable[str | Writer[Any]] | Mapping[Any, Options | None]) -> list[tuple[Writer[Any], Options]]:
    given = to.items() if isinstance(to, Mapping) else ((each, None) for each in to)
    wanted: dict[str, tuple[Writer[Any], Options]] = {}
    for target, options in given:
        writer = find_writer(target) if isinstance(target, str) else target
        name = writer.format.name
        if name in wanted:
            raise UsageError(f"the format {name!r} is asked for twice")
        if options is not None and not isinstance(options, writer.options_type):
            wants = writer.options_type.__name__
            raise UsageError(f"{type(options).__name__} are no options of {name}", f"give {wants} or nothing")
        wanted[name] = writer, options if options is not None else writer.options_type()
    return list(wanted.values())


def _refused(rendition: Rendition, notices: tuple[Notice, ...], forbidden: frozenset[Kind]) -> LossError | None:
    """Return the error of a rendition that `strict` forbids."""
    faults = [notice for notice in (*notices, *rendition.notices) if notice.kind in forbidden]
    if not faults:
        return None
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    first = faults[0]
    return LossError(f"{first.message}{more}", f"{first.code} is a {first.kind}, which --strict forbids", first.where)


class _Run:
    """The renditions of one document: each made once, after those it requires."""

    def __init__(
        self,
        document: Document,
        wanted: list[tuple[Writer[Any], Options]],
        assets: Mapping[str, Asset],
        settings: Settings,
        limits: Limits,
    ) -> None:
        self._document = document
        self._writers = {writer.format.name: writer for writer, _ in wanted}
        self._options = {writer.format.name: options for writer, options in wanted}
        self._assets = assets
        self._settings = settings
        self._limits = limits
        self._views: dict[Audience, Document] = {}
        self._done: dict[Request, Rendition | NewsexportError] = {}

    def requests(self) -> dict[str, Request]:
        """Return what was asked for, by the name of the format.

        Raises:
            UsageError: renditions require each other.
        """
        requests = {name: Request(name, options) for name, options in self._options.items()}
        for request in requests.values():
            self._refuse_cycle(request, ())
        return requests

    def rendition(self, request: Request) -> Rendition | NewsexportError:
        """Return a rendition, or the error it failed with."""
        if request not in self._done:
            self._done[request] = self._made(request)
        return self._done[request]

    def _made(self, request: Request) -> Rendition | NewsexportError:
        writer = self._writer(request.format)
        document = self._view(writer)
        try:
            required = {each: self._companion(each) for each in self._required(request)}
            context = Context(
                document=document,
                assets=self._assets,
                renditions=required,
                posture=self._settings.get("posture", "wire"),
                limits=self._limits,
            )
            data = _written(writer, document, request.options or writer.options_type(), context)
        except NewsexportError as error:
            return error
        return Rendition(writer.format, data, context.notices, self._file_name(writer))

    def _companion(self, request: Request) -> Companion | None:
        outcome = self.rendition(self._resolved(request))
        if not isinstance(outcome, Rendition):
            return None
        asked_for = self._options.get(request.format) == self._resolved(request).options
        return Companion(outcome.format, outcome.name if asked_for else None, outcome.data)

    def _required(self, request: Request) -> tuple[Request, ...]:
        writer = self._writer(request.format)
        try:
            return tuple(writer.requires(self._view(writer), request.options))
        except NewsexportError:
            raise
        except Exception as error:  # a plug-in may fail in any way
            raise _failure(writer, error) from error

    def _resolved(self, request: Request) -> Request:
        """Return the request with options: the caller's for that format, else its defaults."""
        if request.options is not None:
            return request
        options = self._options.get(request.format) or self._writer(request.format).options_type()
        return Request(request.format, options)

    def _refuse_cycle(self, request: Request, above: tuple[str, ...]) -> None:
        if request.format in above:
            chain = " > ".join((*above, request.format))
            raise UsageError(f"renditions require each other: {chain}", "leave one of these links out")
        try:
            required = self._required(request)
        except WriterError:
            # The same failure is reported as this rendition's own when its turn comes.
            return
        for each in required:
            self._refuse_cycle(self._resolved(each), (*above, request.format))

    def _writer(self, name: str) -> Writer[Any]:
        if name not in self._writers:
            self._writers[name] = find_writer(name)
        return self._writers[name]

    def _view(self, writer: Writer[Any]) -> Document:
        audience = self._settings.get("audience") or writer.format.audience
        if audience not in self._views:
            self._views[audience] = view(self._document, audience)
        return self._views[audience]

    def _file_name(self, writer: Writer[Any]) -> str | None:
        name = self._settings.get("name")
        return f"{name}{writer.format.suffix}" if name else None


def _written(writer: Writer[Any], document: Document, options: Options, context: Context) -> bytes:
    """Run a writer and look at what it returns: plug-ins may fail, hang, or return what is no file of their format."""
    if type(writer).__module__.startswith("newsexport."):
        return _called(writer, document, options, context)
    outcome: list[bytes | NewsexportError] = []

    def run() -> None:
        try:
            outcome.append(_called(writer, document, options, context))
        except NewsexportError as error:
            outcome.append(error)

    thread = threading.Thread(target=run, name=f"newsexport-{writer.format.name}", daemon=True)
    thread.start()
    thread.join(context.limits.seconds)
    if not outcome:
        seconds = f"{context.limits.seconds:g} seconds"
        raise WriterError(f"the writer of {writer.format.name} did not finish within {seconds}")
    if isinstance(outcome[0], NewsexportError):
        raise outcome[0]
    return outcome[0]


def _called(writer: Writer[Any], document: Document, options: Options, context: Context) -> bytes:
    try:
        data = writer.write(document, options, context)
    except NewsexportError:
        raise
    except Exception as error:  # a plug-in may fail in any way
        raise _failure(writer, error) from error
    name = writer.format.name
    if not isinstance(data, bytes) or not data:
        what = "nothing" if not data else type(data).__name__
        raise WriterError(f"the writer of {name} returned {what} in place of the bytes of a file")
    if not data.startswith(_BEGINNINGS.get(writer.format.media_type, b"")):
        raise WriterError(f"the writer of {name} returned what is no {writer.format.media_type}")
    return data


def _failure(writer: Writer[Any], error: Exception) -> WriterError:
    return WriterError(f"the writer of {writer.format.name} failed: {type(error).__name__}: {error}")
