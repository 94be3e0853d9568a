"""The documentation tells the truth: its snippets run, its lists are those of the code."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import newsexport.errors
from newsexport import registry
from newsexport.errors import Kind, NewsexportError

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *DOCS.rglob("*.md"))
    if "_build" not in path.parts
)
# A fenced block, with the comment on the line above it.
_BLOCK = re.compile(r"(?:^<!-- (?P<mark>[^\n]*) -->\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_NOT_RUN = ("not run: ", "setup", "test")


@dataclass(frozen=True)
class Block:
    """A fenced block: the comment above it, the word behind its fence, its text."""

    mark: str
    kind: str
    text: str


def blocks(page: str) -> list[Block]:
    text = (ROOT / page).read_text("utf-8")
    return [Block(match["mark"] or "", match["kind"], match["text"]) for match in _BLOCK.finditer(text)]


def is_run(block: Block) -> bool:
    is_file = block.mark.startswith("file: ")
    return not block.mark.startswith(_NOT_RUN) and (is_file or block.kind in {"python", "console", "sh"})


RUN = [page for page in PAGES if any(map(is_run, blocks(page)))]


@pytest.mark.parametrize("page", RUN)
def test_snippets_and_commands_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    namespace: dict[str, object] = {}
    for block in filter(is_run, blocks(page)):
        if block.mark.startswith("file: "):
            Path(block.mark.removeprefix("file: ")).write_text(block.text, "utf-8")
        elif block.kind == "python":
            exec(compile(block.text, page, "exec"), namespace)
        else:
            for command, shown in commands(block.text):
                run(command, shown)


def commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of a console with the lines shown below it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        yield command, [line for line in shown if line.strip()]


def run(command: str, shown: list[str]) -> None:
    program, *arguments = shlex.split(command)
    words = [sys.executable, "-m", "newsexport", *arguments] if program == "newsexport" else [program, *arguments]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    assert set(shown) <= set(done.stdout.splitlines()), f"{command}\n{done.stdout}"


def test_pages_that_are_run_are_found() -> None:
    assert {"README.md", "docs/tutorial.md", "docs/how-to/metadata.md", "docs/how-to/plug-in.md"} <= set(RUN)


def test_readme_has_two_commands_for_a_new_machine() -> None:
    found = {block.mark: block.text for block in blocks("README.md") if block.kind == "sh"}
    assert list(found) == ["setup", "test"]
    assert [len(text.splitlines()) for text in found.values()] == [1, 1]


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files(page: str) -> None:
    text = re.sub(r"^```.*?^```$", "", (ROOT / page).read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    assert [target for target in targets if not (ROOT / page).parent.joinpath(target).exists()] == []


def test_readme_names_every_format() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| ((?:`[\w-]+`(?:, )?)+) \| (yes|) ?\| (yes|) ?\|", text, re.MULTILINE)
    assert {name for names, read, _ in rows if read for name in re.findall("[\\w-]+", names)} == built_in("readers")
    assert {name for names, _, out in rows if out for name in re.findall("[\\w-]+", names)} == built_in("writers")


def built_in(role: registry.Role) -> set[str]:
    return {name for name in registry.names(role) if registry.origin(role, name) == "built-in"}


# Notices

_CODE = re.compile(r"[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*")


def documented_notices() -> dict[str, str]:
    text = (DOCS / "reference/notices.md").read_text("utf-8")
    return dict(re.findall(r"^\| `([\w.-]+)` \| (\w+) \| \S", text, re.MULTILINE))


def said_notices() -> Iterator[tuple[str, str | None]]:
    """Yield the codes in the source, each with its kind where it stands beside it."""
    areas = {code.partition(".")[0] for code in documented_notices()} | {*registry.names("writers")}
    for path in (ROOT / "src").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            for position, argument in enumerate(call.args if isinstance(call, ast.Call) else ()):
                code = argument.value if isinstance(argument, ast.Constant) else None
                if isinstance(call, ast.Call) and isinstance(code, str) and _CODE.fullmatch(code):
                    following = ast.unparse(call.args[position + 1]) if position + 1 < len(call.args) else ""
                    kind = re.fullmatch(r"Kind\.(\w+)", following)
                    if kind or code.partition(".")[0] in areas:
                        yield code, Kind[kind[1]].value if kind else None


def test_every_notice_is_documented_and_no_other() -> None:
    assert {code for code, _ in said_notices()} == set(documented_notices())


def test_notices_are_of_the_documented_kind() -> None:
    documented = documented_notices()
    assert [(code, kind) for code, kind in said_notices() if kind not in {None, documented.get(code)}] == []


def test_no_notice_is_listed_twice() -> None:
    listed = re.findall(r"^\| `([\w.-]+)`", (DOCS / "reference/notices.md").read_text("utf-8"), re.MULTILINE)
    assert len(listed) == len(set(listed))


# Errors


def test_errors_page_lists_every_class_with_its_exit_code() -> None:
    text = (DOCS / "reference/errors.md").read_text("utf-8")
    listed = {name: int(code) for name, code in re.findall(r"^\| `(\w+)` \| (\d+) \|", text, re.MULTILINE)}
    classes = [each for each in vars(newsexport.errors).values() if isinstance(each, type)]
    assert listed == {each.__name__: each.exit_code for each in classes if issubclass(each, NewsexportError)}
