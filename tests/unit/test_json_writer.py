"""The JSON writer gives the document back, whole."""

from __future__ import annotations

import pytest

from newsexport.errors import UsageError
from newsexport.model import Document, Edition, Section, codec
from newsexport.spi import Context
from newsexport.writers.json import JsonOptions, JsonWriter
from stories import FLASH, everything

EDITION = Edition(guid="urn:x-test:1", title="Evening", language="en", sections=(Section("News", (FLASH,)),))


def written(document: Document, indent: int = 2) -> bytes:
    return JsonWriter().write(document, JsonOptions(indent=indent), Context(document=document))


@pytest.mark.parametrize("indent", [0, 2, 8])
@pytest.mark.parametrize("document", [everything(), FLASH, EDITION], ids=["everything", "flash", "edition"])
def test_reading_gives_an_equal_document(document: Document, indent: int) -> None:
    assert codec.decode(written(document, indent)) == document


def test_the_version_of_the_schema_comes_first() -> None:
    assert written(FLASH).startswith(b'{\n  "schema_version": "')


def test_indent_0_writes_one_line() -> None:
    assert written(everything(), 0).count(b"\n") == 1


def test_characters_stand_for_themselves() -> None:
    assert "João Müller" in written(everything()).decode()


def test_the_house_sees_everything() -> None:
    assert JsonWriter().format.audience == "internal"


@pytest.mark.parametrize("indent", [-1, 9])
def test_an_odd_indent_is_refused(indent: int) -> None:
    with pytest.raises(UsageError) as caught:
        JsonOptions(indent=indent)
    assert caught.value.hint == "give 0 to 8"
