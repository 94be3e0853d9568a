"""From files to files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from newsexport.api.exporting import Settings, Strictness, export_all
from newsexport.api.fetching import Fetch
from newsexport.api.metadata import House, Values, check_names, find_house, load_toml, sidecar_of
from newsexport.api.reading import Input
from newsexport.api.results import ExportResult, ReadResult, make_folder
from newsexport.errors import NewsexportError, Notice, OutputError, UsageError
from newsexport.model.article import Audience
from newsexport.model.edition import Document
from newsexport.registry import options as build_options
from newsexport.registry import reader as find_reader
from newsexport.registry import writer as find_writer
from newsexport.spi import Limits, Options, Posture


class Source(NamedTuple):
    """An input of a conversion.

    Attributes:
        name: Path as the user gave it, or ``-``; what messages call it.
        data: The bytes when they are at hand; None to read the path.
    """

    name: str
    data: bytes | None = None

    @property
    def stem(self) -> str:
        """File name of the renditions, without suffix."""
        return "stdin" if self.data is not None else Path(self.name).stem


class Job(Struct, frozen=True, kw_only=True):
    """How inputs are converted.

    Attributes:
        to: Names of the formats wanted.
        into: Folder of the renditions; made when it is not there.
        reader: Name of the inputs' format; None to detect each.
        folders: Folders with pictures beside that of the input; see `Settings`.
        fetch: Hosts that remote pictures may be fetched from; None to fetch none.
        meta: Sidecar for the one input; None to use the one beside each input.
        flags: Fields of the article that overrule all else, by name.
        reader_options: Option name to text, for the reader.
        writer_options: Format name to option name to text.
        audience: Whose view; None for each format's own.
        posture: ``wire`` or ``strict``.
        strict: Which notices fail a rendition.
        now: What a missing date is taken to be.
        limits: Bytes, pixels and seconds.
    """

    to: tuple[str, ...]
    into: Path
    reader: str | None = None
    folders: tuple[Path, ...] = ()
    fetch: Fetch | None = None
    meta: Path | None = None
    flags: Mapping[str, Any] = {}
    reader_options: Mapping[str, Mapping[str, str]] = {}
    writer_options: Mapping[str, Mapping[str, str]] = {}
    audience: Audience | None = None
    posture: Posture = "wire"
    strict: Strictness = "off"
    now: datetime | None = None
    limits: Limits = Limits()


class Conversion(Struct, frozen=True):
    """What became of one document of an input.

    Attributes:
        source: The input as the user gave it.
        saved: Paths of the renditions, by the name of the format.
        failures: Why a rendition, or the whole input (``input``), failed.
        notices: What was said, by the name of the format; ``input`` for reading and preparing.
    """

    source: str
    saved: Mapping[str, Path]
    failures: Mapping[str, NewsexportError]
    notices: Mapping[str, tuple[Notice, ...]]


def convert(
    source: str | os.PathLike[str],
    to: Iterable[str],
    into: str | os.PathLike[str],
    **flags: Any,
) -> tuple[Conversion, ...]:
    """Convert one file, with its sidecar and the house's settings, and save the renditions.

    Args:
        source: Path of the story.
        to: Names of the formats wanted.
        into: Folder of the renditions.
        flags: Fields of the article that overrule all else (``language="en-GB"``).

    Returns:
        One for each document of the input.

    Raises:
        UsageError: an unknown format.
    """
    job = Job(to=tuple(to), into=Path(into), flags=flags)
    return tuple(convert_files([Source(os.fspath(source))], job))


def convert_files(sources: list[Source], job: Job) -> Iterator[Conversion]:
    """Convert several inputs, one after the other; one that fails does not stop the others.

    Raises:
        UsageError: before any work, when two renditions would have one name, or a format or option is not known.
        OutputError: before any work, when the folder cannot be written to.
    """
    for name in job.to:
        build_options(find_writer(name).options_type, job.writer_options.get(name, {}), name)
    for name in {*job.reader_options, *([job.reader] if job.reader else ())}:
        build_options(find_reader(name).options_type, job.reader_options.get(name, {}), name)
    check_names(job.flags, "flags")
    _refuse_clashes(sources, job)
    for folder in job.folders:
        if not folder.is_dir():
            raise UsageError(f"{folder} is no folder with pictures", "give one that exists with --assets")
    if job.meta is not None and len(sources) > 1:
        raise UsageError("--meta goes with one input", "put a STORY.toml beside each STORY.txt instead")
    make_folder(job.into)
    if not os.access(job.into, os.W_OK):
        raise OutputError(f"the folder {job.into} may not be written to", "give another one with -o")
    return (conversion for source in sources for conversion in _converted(source, job))


def _refuse_clashes(sources: list[Source], job: Job) -> None:
    taken: dict[str, str] = {}
    for source in sources:
        for name in job.to:
            # Case-insensitive file systems hold one file of these two names.
            target = f"{source.stem}{find_writer(name).format.suffix}".casefold()
            owner = f"{source.name} as {name}"
            if target in taken:
                hint = "convert them into different folders"
                raise UsageError(f"{taken[target]} and {owner} would both be written to {target}", hint)
            taken[target] = owner
            if source.data is None and (job.into / target).exists() and _same_file(job.into / target, source.name):
                raise UsageError(f"{owner} would overwrite its own input", "give another folder with -o")


def _same_file(target: Path, source: str) -> bool:
    try:
        return target.samefile(source)
    except OSError:
        return False


def _converted(source: Source, job: Job) -> Iterator[Conversion]:
    try:
        yield from _documents(source, job)
    except NewsexportError as error:
        yield Conversion(source.name, {}, {"input": error}, {})


def _documents(source: Source, job: Job) -> Iterator[Conversion]:
    path = Path(source.name) if source.data is None else None
    folder = path.parent if path else None
    house = find_house(folder or Path.cwd())
    results = _read(source, job)
    sidecar = _sidecar(path, job)
    writers = {name: _writer_options(name, house, job) for name in job.to}
    for part, document, result in _numbered(results):
        settings: Settings = {
            "assets": result.assets,
            "folder": folder,
            "folders": job.folders,
            "fetch": job.fetch,
            "audience": job.audience,
            "posture": job.posture,
            "strict": job.strict,
            "limits": job.limits,
            "name": source.stem + part,
            "flags": job.flags,
            "sidecar": sidecar,
            "house": house.values,
            "origin": _origin(path, house, part),
            "now": job.now,
        }
        yield _saved(source, result.notices, export_all(document, writers, **settings), job)


def _read(source: Source, job: Job) -> Iterator[ReadResult]:
    given = Path(source.name) if source.data is None else source.data
    opened = Input(given, format=job.reader, name=source.name, limits=job.limits)
    name = opened.reader.format.name
    options = build_options(opened.reader.options_type, job.reader_options.get(name, {}), name)
    return opened.each(options)


def _numbered(results: Iterator[ReadResult]) -> Iterator[tuple[str, Document, ReadResult]]:
    """Yield each document with what its file name adds to the input's: nothing where it is the only one."""
    documents = ((document, result) for result in results for document in result.documents)
    first = next(documents, None)
    second = next(documents, None)
    if first is not None:
        yield ("" if second is None else "-1", *first)
    if second is not None:
        for number, (document, result) in enumerate(chain([second], documents), start=2):
            yield f"-{number}", document, result


def _writer_options(name: str, house: House, job: Job) -> Options:
    given = {**house.options.get(name, {}), **job.writer_options.get(name, {})}
    options: Options = build_options(find_writer(name).options_type, given, name)
    return options


def _sidecar(path: Path | None, job: Job) -> Values:
    sidecar = job.meta or (sidecar_of(path) if path else None)
    if sidecar is None:
        return {}
    values = load_toml(sidecar)
    check_names(values, str(sidecar))
    return values


def _origin(path: Path | None, house: House, part: str) -> str | None:
    """Return what a missing guid is derived from: the path below the house's folder, else the whole path."""
    if path is None:
        return None
    resolved = path.resolve()
    if house.folder and resolved.is_relative_to(house.folder):
        return resolved.relative_to(house.folder).as_posix() + part
    return resolved.as_posix() + part


def _saved(source: Source, read_notices: tuple[Notice, ...], result: ExportResult, job: Job) -> Conversion:
    failures = dict(result.failures)
    saved: dict[str, Path] = {}
    for name, rendition in result.renditions.items():
        try:
            saved[name] = rendition.save(job.into)
        except OutputError as error:
            failures[name] = error
    notices = {name: rendition.notices for name, rendition in result.renditions.items()}
    return Conversion(source.name, saved, failures, {"input": (*read_notices, *result.notices), **notices})
