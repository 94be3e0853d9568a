"""Lists that were typed into paragraphs."""

from __future__ import annotations

import pytest

from markup import lines
from newsexport.errors import Kind
from newsexport.kit.desk.typed_lists import listed
from newsexport.kit.html import blocks
from newsexport.spi import Context


def outline(markup: str, context: Context | None = None) -> list[str]:
    return list(lines(listed(blocks(markup, Context()).blocks, context or Context())))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>• A</p><p>• <b>B</b> c</p><p>D</p>", ["ul", "- p: A", "- p: *B* c", "p: D"]),
        ("<p><b>• A</b> b</p>", ["ul", "- p: *A* b"]),
        ("<p>• A<br>• B</p>", ["ul", "- p: A", "- p: B"]),
        ("<p>So:<br><br>▪ A<br>▪ B</p>", ["p: So:", "ul", "- p: A", "- p: B"]),
        ("<p>3. A</p><p>4. B</p>", ["ol 3", "- p: A", "- p: B"]),
        ("<p>(1) A<br>(2) B</p>", ["ol 1", "- p: A", "- p: B"]),
        ("<blockquote><p>• A</p></blockquote>", ["quote", "  ul", "  - p: A"]),
        ("<p>• A</p><p>1. B</p>", ["ul", "- p: A", "p: 1. B"]),
    ],
)
def test_items_that_were_typed_are_a_list(markup: str, expected: list[str]) -> None:
    assert outline(markup) == expected


@pytest.mark.parametrize(
    "markup",
    [
        "<p>1. May was a holiday.</p><p>It rained.</p>",
        "<p>1. A</p><p>3. B</p>",
        "<p>– Bonjour.</p><p>– Merci.</p>",
        "<p>* The price is an estimate.</p>",
        "<p>He was born in<br>1. Street</p>",
        "<p>•</p>",
        "<p>• A<br>and so on</p>",
        "<h2>1. A</h2><h2>2. B</h2>",
        "<p>12.5 miles</p><p>13.5 miles</p>",
    ],
)
def test_what_may_be_anything_else_stays_as_it_is(markup: str) -> None:
    context = Context()
    assert outline(markup, context) == list(lines(blocks(markup, Context()).blocks))
    assert context.notices == ()


def test_a_list_is_told() -> None:
    context = Context()
    outline("<p>• One</p><p>• Two</p>", context)
    [notice] = context.notices
    assert (notice.code, notice.kind) == ("text.list-typed", Kind.REPAIR)
    assert "'• One'" in notice.message
