"""Golden files: what a person has read and found right, kept to be compared with."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

FOLDER = Path(__file__).parent / "golden"


@dataclass(frozen=True)
class Golden:
    """Compares results with files below tests/golden; with ``--update-golden`` writes them instead."""

    update: bool
    folder: Path = FOLDER

    def check(self, name: str, actual: bytes | str) -> None:
        """Compare one result with the file `name`."""
        data = actual.encode() if isinstance(actual, str) else actual
        path = self.folder / name
        if self.update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            return
        assert path.is_file(), f"{path} is missing: run pytest --update-golden, and read what it wrote"
        expected = path.read_bytes()
        assert data == expected, _difference(name, expected, data)

    def check_xml(self, name: str, actual: bytes) -> None:
        """Compare one XML document in canonical form, an element to a line."""
        self.check(name, _canonical(actual))

    def check_package(self, name: str, actual: bytes) -> None:
        """Compare the members of a ZIP archive, one golden file each, with the files in the folder `name`.

        XML is compared in canonical form. That no member is missing and none is left over is checked too.
        """
        with ZipFile(BytesIO(actual)) as archive:
            members = {member: archive.read(member) for member in archive.namelist()}
        self.check(f"{name}/members.txt", "".join(f"{member}\n" for member in members))
        for member, data in members.items():
            is_xml = data.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml")
            self.check(f"{name}/{member.replace('[', '').replace(']', '')}", _canonical(data) if is_xml else data)


def _canonical(data: bytes) -> bytes:
    """Return canonical XML with line breaks inside the tags, where they change nothing and a diff can be read."""
    canonical = etree.tostring(etree.fromstring(data), method="c14n")
    return canonical.replace(b"><", b"\n><")


def _difference(name: str, expected: bytes, actual: bytes) -> str:
    try:
        old, new = expected.decode().splitlines(), actual.decode().splitlines()
    except UnicodeDecodeError:
        return f"{name} differs: {len(expected)} bytes are expected, these are {len(actual)}"
    lines = list(unified_diff(old, new, f"golden/{name}", "actual", lineterm=""))
    return "\n".join([*lines[:200], f"... {len(lines) - 200} more lines" if len(lines) > 200 else ""])
