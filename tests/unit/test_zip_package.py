"""The ZIP container."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from newsexport.errors import WriterError
from newsexport.kit.package import Package


def archive(*members: tuple[str, bytes]) -> bytes:
    package = Package()
    for name, data in members:
        package.add(name, data)
    return package.finish()


def test_members_come_back_in_order() -> None:
    members = (("mimetype", b"x"), ("a/ü.xml", b"<a/>" * 100), ("empty", b""))
    with ZipFile(BytesIO(archive(*members))) as found:
        assert found.testzip() is None
        assert [(each.filename, found.read(each)) for each in found.infolist()] == list(members)
        assert {each.date_time for each in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any(each.extra for each in found.infolist())


def test_first_member_may_be_stored_as_ocf_wants_it() -> None:
    package = Package()
    package.add("mimetype", b"application/epub+zip", stored=True)
    assert package.finish()[30:58] == b"mimetypeapplication/epub+zip"


def test_pictures_are_stored_and_text_is_deflated() -> None:
    with ZipFile(BytesIO(archive(("a.PNG", b"x" * 99), ("a.png", b"x" * 99), ("a.xml", b"x" * 99)))) as found:
        kinds = [each.compress_type for each in found.infolist()]
    assert kinds == [ZIP_DEFLATED, ZIP_STORED, ZIP_DEFLATED]


def test_equal_members_give_equal_bytes() -> None:
    assert archive(("a", b"1"), ("b", b"2")) == archive(("a", b"1"), ("b", b"2"))


def test_more_members_than_a_plain_archive_holds_are_refused() -> None:
    with pytest.raises(WriterError, match="65,535"):
        archive(*((str(number), b"") for number in range(65_536)))
