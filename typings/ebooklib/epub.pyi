from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

from lxml.etree import _Element

_Item = TypeVar("_Item", bound=EpubItem)

class _Out(Protocol):
    def writestr(self, name: str, data: str | bytes, compress_type: int | None = None) -> None: ...

class EpubItem:
    id: str | None
    file_name: str
    media_type: str
    content: bytes
    is_linear: bool
    manifest: bool
    def __init__(
        self,
        uid: str | None = None,
        file_name: str = "",
        media_type: str = "",
        content: bytes | None = None,
        manifest: bool = True,
    ) -> None: ...
    def get_content(self, default: bytes | None = None) -> bytes: ...

class EpubNcx(EpubItem):
    def __init__(self, uid: str = "ncx", file_name: str = "toc.ncx") -> None: ...

class EpubCover(EpubItem):
    def __init__(self, uid: str = "cover-img", file_name: str = "") -> None: ...

class EpubHtml(EpubItem):
    properties: list[str]

class EpubNav(EpubHtml):
    def __init__(
        self,
        uid: str = "nav",
        file_name: str = "nav.xhtml",
        media_type: str = "application/xhtml+xml",
        title: str = "",
        direction: str | None = None,
    ) -> None: ...

class EpubBook:
    IDENTIFIER_ID: str
    FOLDER_NAME: str
    uid: str
    title: str
    language: str
    direction: str | None
    metadata: dict[str | None, dict[str, list[tuple[str, Mapping[str, str] | None]]]]
    items: list[EpubItem]
    spine: list[EpubItem]
    def set_identifier(self, uid: str) -> None: ...
    def set_direction(self, direction: str) -> None: ...
    def add_metadata(
        self, namespace: str | None, name: str, value: str, others: Mapping[str, str] | None = None
    ) -> None: ...
    def add_item(self, item: _Item) -> _Item: ...

class EpubWriter:
    book: EpubBook
    out: _Out
    options: dict[str, Any]
    def __init__(self, name: str, book: EpubBook, options: Mapping[str, Any] | None = None) -> None: ...
    def write(self) -> None: ...
    def _write_container(self) -> None: ...
    def _write_opf(self) -> None: ...
    def _write_opf_file(self, root: _Element) -> None: ...
    def _write_items(self) -> None: ...
    def _get_nav(self, item: EpubNav) -> bytes: ...
    def _get_ncx(self) -> bytes: ...
