"""What pictures say of themselves, taken into the document where it is silent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, structs

from newsexport.errors import Kind, Notice
from newsexport.model.clean import clean_line
from newsexport.model.edition import Document
from newsexport.model.media import Image
from newsexport.spi import Asset

if TYPE_CHECKING:
    from newsexport.kit.images import PhotoMetadata

Report = Callable[[Notice], None]


def described(document: Document, assets: Mapping[str, Asset], report: Report) -> Document:
    """Return the document with the metadata of its pictures in the fields that it left empty.

    A decorative picture gets no description.

    Args:
        document: A prepared one; its images' own fields stand.
        assets: Pictures by the uri the document uses.
        report: Called once for each picture that told something.

    Returns:
        The same object when there is nothing to add.
    """
    describing = _Describing(assets, report)
    result: Document = describing.value(document, "")
    describing.tell()
    return result


class _Describing:
    """One way through a document."""

    def __init__(self, assets: Mapping[str, Asset], report: Report) -> None:
        self._assets: Final = assets
        self._report: Final = report
        self._known: Final[dict[str, PhotoMetadata]] = {}
        # By uri: the path of the first image that was told something, and the fields.
        self._told: Final[dict[str, tuple[str, dict[str, None]]]] = {}

    def value(self, value: Any, path: str) -> Any:
        if isinstance(value, tuple):
            results = tuple(self.value(item, f"{path}[{index}]") for index, item in enumerate(value))
            return value if all(a is b for a, b in zip(results, value, strict=True)) else results
        if isinstance(value, Image):
            return self._image(value, path)
        if not isinstance(value, Struct):
            return value
        changes: dict[str, Any] = {}
        for name in value.__struct_fields__:
            child = getattr(value, name)
            if isinstance(child, tuple | Struct):
                result = self.value(child, f"{path}.{name}" if path else name)
                if result is not child:
                    changes[name] = result
        return structs.replace(value, **changes) if changes else value

    def tell(self) -> None:
        for uri, (where, fields) in self._told.items():
            message = f"the picture {uri!r} itself told its {', '.join(fields)}"
            self._report(Notice("image.metadata", Kind.INFO, message, where, Image.__name__))

    def _image(self, image: Image, path: str) -> Image:
        if image.uri not in self._assets:
            return image
        if image.uri not in self._known:
            from newsexport.kit.images import metadata  # 10 ms, and most stories have no pictures

            self._known[image.uri] = self._clean(metadata(self._assets[image.uri].data), path)
        changes = {
            name: value
            for name, value in structs.asdict(self._known[image.uri]).items()
            if value and not getattr(image, name) and not (name == "alt" and image.decorative)
        }
        if not changes:
            return image
        self._told.setdefault(image.uri, (path, {}))[1].update(dict.fromkeys(changes))
        return structs.replace(image, **changes)

    def _clean(self, found: PhotoMetadata, path: str) -> PhotoMetadata:
        """Return metadata in the form that `newsexport.prepare` gives to every line of a document."""

        def report(code: str, message: str) -> None:
            self._report(Notice(code, Kind.REPAIR, message, path, Image.__name__))

        changes: dict[str, Any] = {}
        for name, value in structs.asdict(found).items():
            if isinstance(value, str):
                changes[name] = clean_line(value, report) or None
            elif isinstance(value, tuple):
                changes[name] = tuple(filter(None, (clean_line(each, report) for each in value)))
        return structs.replace(found, **changes)
