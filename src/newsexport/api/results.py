"""What the calls of the library return: plain values that can be pickled, and saved without ever being half there."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from newsexport.errors import NewsexportError, Notice, OutputError, UsageError
from newsexport.model.edition import Document
from newsexport.spi import Asset, Format


class ReadResult(Struct, frozen=True):
    """What was read.

    Attributes:
        documents: One for most formats, several for a container.
        format: Name of the format that was read.
        assets: Pictures that came inside the input.
        notices: What was guessed, repaired or lost.
    """

    documents: tuple[Document, ...]
    format: str
    assets: tuple[Asset, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def document(self) -> Document:
        """The one document of an input that holds just one.

        Raises:
            UsageError: it holds none or several.
        """
        if len(self.documents) != 1:
            raise UsageError(f"the input holds {len(self.documents)} documents", "go through `documents`")
        return self.documents[0]


class Rendition(Struct, frozen=True):
    """A document in one format.

    Attributes:
        format: What it is.
        data: The file's bytes.
        notices: What was lost or repaired on the way.
        name: File name, as siblings refer to it; None when none was given.
    """

    format: Format
    data: bytes
    notices: tuple[Notice, ...] = ()
    name: str | None = None

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the file, whole or not at all: a new file beside it, synced, then renamed.

        Args:
            path: The file, or a folder when the rendition has a name.

        Returns:
            The path of the file.

        Raises:
            OutputError: it cannot be written; an older file of that name is untouched.
        """
        target = Path(path)
        if self.name and target.is_dir():
            target /= self.name
        try:
            _write(target, self.data)
        except OSError as error:
            hint = "check that the folder exists, may be written to, and has room"
            raise OutputError(f"cannot write {target}: {error.strerror or error}", hint) from error
        return target


def _write(target: Path, data: bytes) -> None:
    # A short name of its own: the target's may be as long as the file system allows.
    partial = target.parent / f".{os.urandom(8).hex()}.part"
    try:
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except BaseException:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise


class ExportResult(Struct, frozen=True):
    """A document in several formats.

    Attributes:
        renditions: What was made, by the name of the format.
        failures: What could not be made, and why, by the name of the format.
        document: The prepared document that all of them were made of.
        notices: What preparing it repaired or assumed, and what made `strict` refuse a rendition; each rendition that
            was made has its own besides.
    """

    renditions: Mapping[str, Rendition]
    failures: Mapping[str, NewsexportError]
    document: Document
    notices: tuple[Notice, ...] = ()

    def __getitem__(self, name: str) -> Rendition:
        """Return the rendition in a format, or raise the error it failed with."""
        if name in self.failures:
            raise self.failures[name]
        return self.renditions[name]

    def __iter__(self) -> Iterator[Rendition]:
        return iter(self.renditions.values())

    def save(self, folder: str | os.PathLike[str]) -> tuple[Path, ...]:
        """Write every rendition that was made into a folder, which is made when it is not there.

        Returns:
            The paths of the files.

        Raises:
            OutputError: one cannot be written.
            NewsexportError: all that was made is written, but something could not be made: the first of `failures`.
        """
        directory = make_folder(Path(folder))
        paths = tuple(rendition.save(directory) for rendition in self)
        for error in self.failures.values():
            raise error
        return paths


def make_folder(folder: Path) -> Path:
    """Make a folder with all above it.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = "give a folder that may be written to with -o"
        raise OutputError(f"cannot make the folder {folder}: {error.strerror or error}", hint) from error
    return folder
