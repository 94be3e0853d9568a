"""``newsexport convert``: stories to files."""

from __future__ import annotations

import hashlib
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec.structs import replace

from newsexport.api.converting import Conversion, Job, Source, convert_files
from newsexport.api.fetching import Fetch
from newsexport.api.metadata import assignments
from newsexport.cli.inputs import format_options, moment, standard_input
from newsexport.cli.output import Output, error_value, notice_value
from newsexport.cli.parser import DEFAULT_FORMATS
from newsexport.cli.progress import progress
from newsexport.errors import InputError, NewsexportError, Notice, UsageError
from newsexport.registry import suggestion

# What conversions call everything that concerns no single format.
_INPUT = "input"


def run(arguments: Namespace, output: Output) -> int:
    """Convert the inputs; one that fails does not stop the others."""
    job = _job(arguments)
    sources = [_source(name, job) for name in arguments.inputs]
    if arguments.output == "-":
        return _to_stdout(sources, job, output)
    codes: list[int] = []
    reports: list[dict[str, Any]] = []
    done: set[str] = set()
    conversions = convert_files(sources, job)
    with progress(len(sources), output) as advance:
        for conversion in conversions:
            _tell(conversion, output, many=len(sources) > 1)
            codes += [error.exit_code for error in conversion.failures.values()]
            if output.json:
                reports.append(_report(conversion))
            done.add(conversion.source)
            advance(len(done))
    code = codes[0] if codes else 0
    if output.json:
        output.value({"exit_code": code, "inputs": reports})
    return code


def _job(arguments: Namespace) -> Job:
    to = _formats(arguments.to or [DEFAULT_FORMATS])
    return Job(
        to=to,
        into=Path(arguments.output),
        reader=arguments.reader,
        folders=tuple(map(Path, arguments.assets)),
        fetch=_fetch(arguments.fetch_images),
        meta=Path(arguments.meta) if arguments.meta else None,
        flags=_flags(arguments),
        reader_options=format_options(arguments.reader_options, "-I"),
        writer_options=_writer_options(arguments, to),
        audience=arguments.audience,
        posture=arguments.posture,
        strict=arguments.strict,
        now=moment(arguments.now, "--now") if arguments.now else None,
    )


def _formats(lists: list[str]) -> tuple[str, ...]:
    formats = _names(lists)
    if not formats:
        raise UsageError("--to names no format", "`newsexport formats` lists them")
    return formats


def _fetch(lists: list[str]) -> Fetch | None:
    return Fetch(hosts=_names(lists)) if lists else None


def _names(lists: list[str]) -> tuple[str, ...]:
    names = (name.strip() for text in lists for name in text.split(","))
    return tuple(dict.fromkeys(name for name in names if name))


def _flags(arguments: Namespace) -> dict[str, Any]:
    published = moment(arguments.published, "--published").isoformat() if arguments.published else None
    named = {
        "language": arguments.language,
        "guid": arguments.guid,
        "byline": arguments.byline,
        "published": published,
    }
    return {**assignments(arguments.assignments), **{name: text for name, text in named.items() if text is not None}}


def _writer_options(arguments: Namespace, to: tuple[str, ...]) -> dict[str, dict[str, str]]:
    options = format_options(arguments.writer_options, "-O")
    for name in options:
        if name not in to:
            raise UsageError(f"-O {name}: this format is not asked for", suggestion(name, to) or "add it to --to")
    if arguments.link_renditions:
        if "newsml-g2" not in to:
            raise UsageError("--link-renditions goes with NewsML-G2", "add newsml-g2 to --to")
        siblings = ",".join(name for name in to if name != "newsml-g2")
        options.setdefault("newsml-g2", {}).setdefault("link_renditions", siblings)
    return options


def _source(name: str, job: Job) -> Source:
    return Source(name, standard_input(job.limits) if name == "-" else None)


def _to_stdout(sources: list[Source], job: Job, output: Output) -> int:
    if len(sources) > 1 or len(job.to) > 1:
        raise UsageError("standard output takes one file", "give one INPUT, and one format with --to")
    if output.json:
        raise UsageError("-o - and --json both want standard output", "give a folder with -o")
    with TemporaryDirectory(prefix="newsexport-") as folder:
        conversions = list(convert_files(sources, replace(job, into=Path(folder))))
        if len(conversions) > 1:
            message = f"the input holds {len(conversions)} documents, and standard output takes one file"
            raise InputError(message, "give a folder with -o", sources[0].name)
        conversion = conversions[0]
        _tell(replace(conversion, saved={}), output, many=False)
        for path in conversion.saved.values():
            output.data(path.read_bytes())
    return next((error.exit_code for error in conversion.failures.values()), 0)


def _tell(conversion: Conversion, output: Output, *, many: bool) -> None:
    labels = (conversion.source,) if many else ()
    if not output.json and output.verbosity >= 0:
        for path in conversion.saved.values():
            output.line(str(path))
    for notice, formats in _notices(conversion.notices).items():
        output.notice(notice, *labels, *_named(formats))
    for error, formats in _failures(conversion.failures):
        output.error(error, conversion.source, *_named(formats))


def _named(formats: list[str]) -> tuple[str, ...]:
    return () if _INPUT in formats else (", ".join(formats),)


def _notices(notices: Mapping[str, tuple[Notice, ...]]) -> dict[Notice, list[str]]:
    """Return each notice once, with the formats that said it."""
    formats: dict[Notice, list[str]] = {}
    for name, said in notices.items():
        for notice in dict.fromkeys(said):
            formats.setdefault(notice, []).append(name)
    return formats


def _failures(failures: Mapping[str, NewsexportError]) -> list[tuple[NewsexportError, list[str]]]:
    """Return each error once, with the formats that it failed."""
    grouped: dict[tuple[type, object], tuple[NewsexportError, list[str]]] = {}
    for name, error in failures.items():
        grouped.setdefault((type(error), error.args), (error, []))[1].append(name)
    return list(grouped.values())


def _report(conversion: Conversion) -> dict[str, Any]:
    return {
        "source": conversion.source,
        "outputs": [_file(name, path) for name, path in conversion.saved.items()],
        "notices": [
            {"format": _format(name), **notice_value(notice)}
            for name, notices in conversion.notices.items()
            for notice in notices
        ],
        "errors": [{"format": _format(name), **error_value(error)} for name, error in conversion.failures.items()],
    }


def _format(name: str) -> str | None:
    return None if name == _INPUT else name


def _file(name: str, path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    return {"format": name, "path": str(path), "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
