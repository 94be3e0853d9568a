"""Pictures of folders: found by every spelling of their path, and nothing outside is."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from urllib.parse import quote

import pytest

from newsexport import UsageError
from newsexport.api.assets import resolve
from newsexport.api.converting import Job, Source, convert_files
from newsexport.model import Article, Edition, Figure, Image, Section, Video
from newsexport.spi import Asset, Limits


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """A folder with pictures, beside one that is none of the story's."""
    for name in ("story/a.jpg", "story/img/my photo.jpg", "story/50% off.jpg", "story/a#1.jpg", "story/a.jpg?v=1"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(name.encode())
    (tmp_path / "outside.jpg").write_bytes(b"outside")
    return tmp_path / "story"


def found(uri: str, folder: Path | None, *folders: Path, limits: Limits | None = None) -> bytes | None:
    story = Article(body=(Figure(Image(uri)),))
    asset = resolve(story, (), limits or Limits(), folder=folder, folders=folders).get(uri)
    assert asset is None or asset.uri == uri
    return asset.data if asset else None


@pytest.mark.parametrize(
    ("uri", "name"),
    [
        ("a.jpg", "a.jpg"),
        ("./a.jpg", "a.jpg"),
        (".//./a.jpg", "a.jpg"),
        ("a.jpg?v=2", "a.jpg"),
        ("a.jpg?v=1", "a.jpg?v=1"),
        ("a.jpg#top", "a.jpg"),
        ("a.jpg?v=2#top", "a.jpg"),
        ("a%2Ejpg", "a.jpg"),
        ("img/my photo.jpg", "img/my photo.jpg"),
        ("img/my%20photo.jpg", "img/my photo.jpg"),
        ("img\\my photo.jpg", "img/my photo.jpg"),
        (".\\img\\my%20photo.jpg", "img/my photo.jpg"),
        ("img%2Fmy%20photo.jpg?x=/../y", "img/my photo.jpg"),
        ("50% off.jpg", "50% off.jpg"),
        ("50%25%20off.jpg", "50% off.jpg"),
        ("a#1.jpg", "a#1.jpg"),
        ("a%231.jpg", "a#1.jpg"),
    ],
)
def test_a_relative_path_is_found_in_the_folder_of_the_story(uri: str, name: str, story: Path) -> None:
    assert found(uri, story) == f"story/{name}".encode()


@pytest.mark.parametrize(
    "uri",
    [
        "../outside.jpg",
        "..\\outside.jpg",
        "%2e%2e/outside.jpg",
        "%2E%2E%2Foutside.jpg",
        "..%5coutside.jpg",
        "img/../../outside.jpg",
        "img/../a.jpg",
        ".. /outside.jpg",
        ".../a.jpg",
        "{tmp}/outside.jpg",
        "/{tmp}/outside.jpg",
        "\\{tmp}\\outside.jpg",
        "%2F{tmp}/outside.jpg",
        "file:a.jpg",
        "file:///{tmp}/outside.jpg",
        "C:a.jpg",
        "C:\\story\\a.jpg",
        "C%3A/a.jpg",
        "a.jpg:stream",
        "\\\\server\\share\\a.jpg",
        "data:image/png;base64,AAAA",
        "cid:a.jpg",
        "a.jpg\0",
        "a.jpg%00",
        "a\n.jpg",
        "a%0a.jpg",
        "",
        ".",
        "./",
        "img",
        "img/",
        "?a.jpg",
        "#a.jpg",
        "https://example.com/a.jpg",
        "https://[/a.jpg",
        "//example.com/a.jpg",
        "gone.jpg",
        "x" * 5000,
        "a/" * 5000 + "a.jpg",
        "\ud800.jpg",
    ],
)
def test_all_else_is_not(uri: str, story: Path) -> None:
    assert found(uri.replace("{tmp}", str(story.parent).lstrip("/")), story) is None
    assert found(uri, None) is None


def test_neither_links_out_of_the_folder_nor_devices_are_followed(story: Path) -> None:
    (story / "out.jpg").symlink_to(story.parent / "outside.jpg")
    (story / "up").symlink_to(story.parent)
    (story / "circle").symlink_to(story / "circle")
    (story / "null.jpg").symlink_to("/dev/null")
    (story / "inside.jpg").symlink_to(story / "a.jpg")
    os.mkfifo(story / "pipe.jpg")
    for uri in ("out.jpg", "up/outside.jpg", "circle/out.jpg", "circle", "null.jpg", "pipe.jpg"):
        assert found(uri, story) is None
        assert found(uri, None, story) is None
    assert found("inside.jpg", story) == b"story/a.jpg"


def test_a_folder_may_itself_be_a_link(story: Path) -> None:
    (story.parent / "link").symlink_to(story)
    assert found("a.jpg", story.parent / "link") == b"story/a.jpg"


def test_letters_with_accents_are_found_in_either_form(story: Path) -> None:
    for form in ("NFC", "NFD"):
        (story / form).mkdir()
        (story / form / unicodedata.normalize(form, "Brücke.jpg")).write_bytes(b"bridge")
        for uri in ("Brücke.jpg", "Br%C3%BCcke.jpg"):
            assert found(uri, story / form) == b"bridge"


@pytest.mark.parametrize(
    "name", ["Screenshot 10.00\u202fAM.png", "\u0645\u06cc\u200c\u062f\u0627\u0646.jpg", "a\xa0b.jpg"]
)
def test_names_may_hold_what_is_no_control_character(name: str, story: Path) -> None:
    (story / name).write_bytes(b"x")
    assert found(name, story) == found(quote(name), story) == b"x"


def test_files_above_the_limit_are_left_out(story: Path) -> None:
    size = len(b"story/a.jpg")
    assert found("a.jpg", story, limits=Limits(asset_bytes=size)) is not None
    assert found("a.jpg", story, limits=Limits(asset_bytes=size - 1)) is None


def test_what_is_given_stands_before_the_folder(story: Path) -> None:
    document = Article(images=(Image("a.jpg"),))
    assert resolve(document, [Asset("a.jpg", b"given")], Limits(), folder=story)["a.jpg"].data == b"given"


def test_every_picture_of_every_article_is_looked_up(story: Path) -> None:
    article = Article(images=(Image("a.jpg"),), body=(Figure(Video("a.jpg?v=2")),))
    edition = Edition(sections=(Section("News", (article,)),), cover=Image("img/my%20photo.jpg"))
    assert set(resolve(edition, (), Limits(), folder=story)) == {"a.jpg", "a.jpg?v=2", "img/my%20photo.jpg"}


# Further folders


@pytest.fixture
def media(tmp_path: Path) -> Path:
    """A folder of pictures, as it is downloaded from a CMS."""
    for name in ("2025/02/bridge.jpg", "2025/03/bridge.jpg", "logo.png", "my photo.jpg"):
        path = tmp_path / "uploads" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    (tmp_path / "outside.jpg").write_bytes(b"outside")
    return tmp_path / "uploads"


@pytest.mark.parametrize(
    ("uri", "name"),
    [
        ("2025/02/bridge.jpg", "2025/02/bridge.jpg"),
        ("uploads/2025/03/bridge.jpg", "2025/03/bridge.jpg"),
        ("/wp-content/uploads/2025/03/bridge.jpg", "2025/03/bridge.jpg"),
        ("https://example.com/wp-content/uploads/2025/03/bridge.jpg?w=1024", "2025/03/bridge.jpg"),
        ("//cdn.example.com/2025/02/bridge.jpg", "2025/02/bridge.jpg"),
        ("http://example.com/img/logo.png#x", "logo.png"),
        ("https://example.com/img/my%20photo.jpg", "my photo.jpg"),
        ("anywhere/logo.png", "logo.png"),
        ("a/" * 100 + "logo.png", "logo.png"),
    ],
)
def test_a_named_folder_is_searched_by_path_then_by_what_is_left_of_it(uri: str, name: str, media: Path) -> None:
    assert found(uri, None, media) == name.encode()


@pytest.mark.parametrize(
    "uri",
    [
        "../outside.jpg",
        "/../outside.jpg",
        "https://example.com/../outside.jpg",
        "https://example.com/%2e%2e/outside.jpg",
        "https://example.com/..%2foutside.jpg",
        "https://example.com/logo.png%00",
        "https://example.com/",
        "https://example.com",
        "https://example.com/2025",
        "https://example.com/?f=logo.png",
        "https://[broken/logo.png",
        "bridge.jpg",
        "ftp://example.com/logo.png",
        "C:\\logo.png",
        "C:/logo.png",
        "file:///logo.png",
    ],
)
def test_nothing_else_is_found_in_it(uri: str, media: Path) -> None:
    assert found(uri, None, media) is None


def test_the_story_s_own_folder_is_first_and_more_of_a_path_before_less(story: Path, media: Path) -> None:
    (media / "a.jpg").write_bytes(b"media")
    other = media.parent / "other"
    (other / "2025").mkdir(parents=True)
    (other / "2025" / "logo.png").write_bytes(b"other")
    assert found("a.jpg", story, media) == b"story/a.jpg"
    assert found("a.jpg", None, media) == b"media"
    assert found("2025/logo.png", None, media, other) == b"other"
    assert found("https://example.com/a.jpg", story) is None


def test_converting_wants_folders_that_exist(story: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="gone is no folder with pictures") as caught:
        convert_files([Source(str(story / "a.txt"))], Job(to=("html",), into=tmp_path, folders=(story / "gone",)))
    assert caught.value.hint == "give one that exists with --assets"
