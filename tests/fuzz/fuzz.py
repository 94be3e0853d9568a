"""Fuzzing of a reader with coverage: no crash, no hang over five seconds, no more than 500 MB.

    python tests/fuzz/fuzz.py html --runs 200000

Inputs grow from the seeds of the format: real files where they are at hand, cases of the unit tests, and a few lines
that are hostile on purpose. What was found is kept in the folder that ``--corpus`` names. An input that fails is
written to ``crash-...``, ``timeout-...`` or ``oom-...`` there: it becomes a unit test, then is mended.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import atheris

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS))

# What a reader imports when it reads is imported here: branches are counted of what is imported under this statement.
with atheris.instrument_imports(include=["newsexport", "email", "markdown_it", "mdit_py_plugins"]):
    import newsexport.readers.eml.story
    import newsexport.readers.html
    import newsexport.readers.markdown.story  # noqa: F401
    from newsexport.api.preparing import prepare
    from newsexport.errors import NewsexportError
    from newsexport.registry import reader
    from newsexport.spi import Context, Probe
    from samples import files, samples

HOSTILE = {
    "html": (b"<table><tr><td>" * 20, b"<b><p>" * 20, b"<a href=x>" * 20, b"<ul><li>" * 20, b'<img src="data:,x">'),
    "markdown": (
        b"---\na: &x [*x]\n---\n",
        b"> " * 50 + b"x",
        b"[" * 50,
        b"*_" * 50,
        b"{{< figure src=x >}}",
        b"[^1]: x\n\n[^1]",
    ),
    "eml": (
        b"From: a@b\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n--x\n",
        b"Subject: =?utf-8?b?w6k=?=\nDate: Mon, 3 Mar 2025 10:00:00 +0100\n\ntext",
        b"From: a\nContent-Transfer-Encoding: base64\n\nQUJD",
    ),
}
SAMPLES = {"html": ("html-paste", "*.html"), "markdown": ("markdown", "*.md"), "eml": ("eml", "*.eml")}


def seeds(name: str) -> Iterator[bytes]:
    """Yield the inputs that a run starts from."""
    yield from HOSTILE[name]
    yield from (path.read_bytes() for path in files(samples, *SAMPLES[name]))
    for cases in sorted((TESTS / "unit/data").glob(f"{name}*.md")):
        yield from (
            case.encode()
            for case in re.findall(r"^~~~\n(.*?)\n~~~$", cases.read_text("utf-8"), re.MULTILINE | re.DOTALL)
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("format", choices=sorted(HOSTILE))
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--corpus", type=Path, help="where inputs are kept; a folder that is removed at the end")
    arguments = parser.parse_args()
    found = reader(arguments.format)
    options = found.options_type()

    def once(data: bytes) -> None:
        try:
            found.sniff(Probe(data))
            for document in found.read(data, options, Context()).documents:
                prepare(document, origin="fuzz")
        except NewsexportError as error:
            if not error.message:
                raise

    with tempfile.TemporaryDirectory() as temporary:
        corpus = arguments.corpus or Path(temporary)
        corpus.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(seeds(arguments.format)):
            (corpus / f"seed-{number:03}").write_bytes(seed)
        limits = ["-timeout=5", "-rss_limit_mb=500", "-max_len=20000", f"-artifact_prefix={corpus}/"]
        atheris.Setup([sys.argv[0], f"-runs={arguments.runs}", "-print_final_stats=1", *limits, str(corpus)], once)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
