"""Saving: the whole file or none."""

import os
import pickle
from pathlib import Path

import pytest

from newsexport import (
    Job,
    OutputError,
    Rendition,
    Source,
    UsageError,
    convert,
    export,
    export_all,
    read,
)
from newsexport.api.results import ReadResult
from newsexport.spi import Format
from newsexport.validate import validate
from stories import FLASH

RENDITION = Rendition(Format(name="x", media_type="text/plain", suffix=".x", title="X"), b"new", name="story.x")


def test_save_returns_the_path(tmp_path: Path) -> None:
    assert RENDITION.save(tmp_path / "a.x").read_bytes() == b"new"
    assert RENDITION.save(tmp_path) == tmp_path / "story.x"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.x", "story.x"]


def test_saved_file_has_the_rights_that_the_user_gives_new_files(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        assert RENDITION.save(tmp_path / "a.x").stat().st_mode & 0o777 == 0o640
    finally:
        os.umask(mask)


def test_long_name_can_be_saved(tmp_path: Path) -> None:
    assert RENDITION.save(tmp_path / f"{'n' * 253}.x").is_file()


def test_failed_save_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "taken.x"
    folder.mkdir()
    (folder / "inner").write_bytes(b"old")
    nameless = Rendition(RENDITION.format, b"new")
    with pytest.raises(OutputError, match=r"cannot write .*taken\.x"):
        nameless.save(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["taken.x"]


def test_save_into_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="No such file or directory"):
        RENDITION.save(tmp_path / "none" / "a.x")


def test_result_saves_all_into_a_new_folder(tmp_path: Path) -> None:
    paths = export_all(FLASH, ["json", "text"], name="flash").save(tmp_path / "a" / "b")
    assert [path.name for path in paths] == ["flash.article.json", "flash.txt"]
    assert all(path.is_file() for path in paths)


def test_one_document_is_asked_of_an_input_with_one() -> None:
    assert ReadResult((FLASH,), "json").document is FLASH
    with pytest.raises(UsageError, match="holds 2 documents"):
        _ = ReadResult((FLASH, FLASH), "json").document


def test_every_result_survives_pickling(tmp_path: Path) -> None:
    story = tmp_path / "story.json"
    story.write_bytes(export(FLASH, "json").data)
    results = [
        read(story),
        export(FLASH, "text"),
        export_all(FLASH, ["json", "text"]),
        Job(to=("json",), into=tmp_path),
        Source("story.json"),
        *convert(story, ["text"], tmp_path / "out"),
        validate(story.read_bytes(), "story.json"),
    ]
    for result in results:
        assert pickle.loads(pickle.dumps(result)) == result


def test_conversion_that_failed_survives_pickling(tmp_path: Path) -> None:
    (conversion,) = convert(tmp_path / "none.txt", ["text"], tmp_path)
    again = pickle.loads(pickle.dumps(conversion))
    assert str(again.failures["input"]) == str(conversion.failures["input"])
