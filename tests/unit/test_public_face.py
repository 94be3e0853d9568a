"""The public face: what it holds, what it costs to import, and that its values travel."""

import json
import subprocess
import sys

import newsexport

# What `import msgspec, dataclasses, datetime` brings is free; these modules of ours may come on top.
ALLOWED = {"newsexport", "newsexport.version"}


def loaded(statement: str) -> set[str]:
    code = f"import sys, json; {statement}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_import_loads_nothing_but_itself() -> None:
    plain = loaded("import msgspec, dataclasses, datetime, typing")
    assert loaded("import newsexport") - plain - {"__future__"} <= ALLOWED


def test_model_loads_no_format_library() -> None:
    modules = loaded("import newsexport; newsexport.prepare; newsexport.Article; newsexport.export")
    roots = {name.partition(".")[0] for name in modules}
    assert not roots & {
        "lxml",
        "docx",
        "reportlab",
        "ebooklib",
        "PIL",
        "font_source_serif_pro",
        "pymupdf_fonts",
        "rich",
    }


def test_all_names_are_there_and_sorted() -> None:
    assert newsexport.__all__ == sorted(newsexport.__all__)
    assert dir(newsexport) == newsexport.__all__
    assert all(getattr(newsexport, name) is not None for name in newsexport.__all__)


def test_type_checkers_see_the_same_names() -> None:
    homes = {name for names in newsexport._HOMES.values() for name in names}
    assert homes | {"__version__"} == set(newsexport.__all__)


def test_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(newsexport, "exprot")
