"""How long each step takes, beside the plain way to the same file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import docx as python_docx
import pytest

import plain
from newsexport import export, prepare, read
from newsexport.model import Article
from newsexport.model.audience import view
from newsexport.model.codec import decode, encode
from newsexport.model.walk import block_text, plain_text
from newsexport.registry import writer
from newsexport.spi import Context
from timed import STORY, long_story, story

Pair = Callable[[str, Callable[[], object], Callable[[], object]], None]

STORIES = {"story": story, "5,000 words": long_story}


def rendered(article: Article, name: str) -> Callable[[], bytes]:
    """Return the writer's own work: what export does besides is timed by itself."""
    chosen = writer(name)
    seen = view(article, chosen.format.audience)
    options = chosen.options_type()
    return lambda: chosen.write(seen, options, Context(document=seen))


def lean_template() -> BytesIO:
    document = python_docx.Document(BytesIO(export(story(), "docx").data))
    for element in list(document.element.body)[:-1]:
        document.element.body.remove(element)
    buffer = BytesIO()
    document.save(buffer)
    return buffer


@pytest.mark.parametrize("size", STORIES)
@pytest.mark.parametrize("name", ["docx", "docx, lean template", "pdf", "epub", "newsml-g2"])
def test_writer(beside: Pair, name: str, size: str) -> None:
    article = STORIES[size]()
    title = plain_text(article.headline)
    paragraphs = [block_text(block) for block in article.body]
    ways: dict[str, Callable[[], object]] = {
        "docx": partial(plain.docx, title, paragraphs),
        "docx, lean template": partial(plain.docx, title, paragraphs, lean_template()),
        "pdf": partial(plain.pdf, title, paragraphs),
        "epub": partial(plain.book, title, paragraphs),
        "newsml-g2": partial(plain.newsml, title, paragraphs),
    }
    beside(f"write {name}, {size}", rendered(article, name.partition(",")[0]), ways[name])


@pytest.mark.parametrize("size", STORIES)
def test_prepare_beside_a_json_round_trip(beside: Pair, size: str) -> None:
    article = STORIES[size]()
    beside(f"prepare, {size} / JSON round trip", lambda: prepare(article), lambda: decode(encode(article)))


def test_read_text_beside_splitting_it(beside: Pair) -> None:
    data = STORY.read_bytes()
    beside("read text / str.splitlines", lambda: read(data, format="text"), lambda: data.decode().splitlines())


def process(*arguments: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


@pytest.mark.parametrize(
    "command",
    [
        "--help",
        "formats",
        f"inspect {STORY}",
        *(f"convert {STORY} -o OUT --to {each}" for each in ("docx", "pdf", "epub", "newsml-g2")),
    ],
)
def test_cold_start(benchmark: object, command: str, tmp_path: Path) -> None:
    arguments = [str(tmp_path) if word == "OUT" else word for word in command.split()]
    benchmark.pedantic(process("-m", "newsexport", *arguments), rounds=5, warmup_rounds=1)  # type: ignore[attr-defined]  # a fixture


def test_import_beside_msgspec(benchmark: object) -> None:
    """`import newsexport` may cost 1.3 times what its only dependency costs."""
    from time import perf_counter

    def least(statement: str) -> float:
        times: list[float] = []
        for _ in range(15):
            start = perf_counter()
            process("-c", statement)()
            times.append(perf_counter() - start)
        return min(times)

    floor, ours = least("import msgspec, dataclasses, datetime"), least("import newsexport")
    benchmark.extra_info["ratio"] = ours / floor  # type: ignore[attr-defined]  # a fixture
    benchmark.pedantic(process("-c", "import newsexport"), rounds=3)  # type: ignore[attr-defined]  # a fixture
    assert ours <= 1.3 * floor
