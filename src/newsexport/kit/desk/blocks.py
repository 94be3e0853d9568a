"""What desks write into the paragraphs of a text that has markup: embargoes, bylines, datelines, notes to readers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct, structs

from newsexport.errors import Kind
from newsexport.kit.desk.bylines import authors, is_byline
from newsexport.kit.desk.conventions import in_order
from newsexport.kit.desk.datelines import opening
from newsexport.kit.desk.embargoes import Embargoes
from newsexport.kit.desk.inlines import without_head
from newsexport.kit.desk.lines import Line
from newsexport.kit.desk.notes import reader_note
from newsexport.kit.desk.typed_lists import listed
from newsexport.model import (
    Author,
    Block,
    Correction,
    Dateline,
    Embargo,
    Note,
    Paragraph,
)
from newsexport.model.walk import plain_text
from newsexport.spi import Context

_BYLINE_PARAGRAPHS: Final = 3


class Copy(Struct, frozen=True):
    """A body, and what the paragraphs taken out of it said.

    Attributes:
        body: What is left of the blocks.
        held: True for copy that waits for its release by hand.
    """

    body: tuple[Block, ...]
    dateline: Dateline | None = None
    byline: str | None = None
    authors: tuple[Author, ...] = ()
    embargo: Embargo | None = None
    held: bool = False
    corrections: tuple[Correction, ...] = ()


def read_copy(blocks: Sequence[Block], language: str | None, context: Context) -> Copy:
    """Take what desks write for desks out of a body that was never published: a draft, a press release.

    Args:
        blocks: The body.
        language: Whose conventions come first.
        context: Is told of every guess.
    """
    embargoes = Embargoes(language, context)
    lines = {index: _line(index, block) for index, block in enumerate(blocks) if isinstance(block, Paragraph)}
    kept = {line.number for line in embargoes.without(lines.values())}
    body = [block for index, block in enumerate(blocks) if index not in lines or index + 1 in kept]
    byline = _take_byline(body, language, context)
    named = authors(byline, in_order(language)) if byline else ()
    found = read_published(body, language, context)
    return structs.replace(found, byline=byline, authors=named, embargo=embargoes.embargo(), held=embargoes.held)


def read_published(blocks: Sequence[Block], language: str | None, context: Context) -> Copy:
    """Take the dateline out of a body, mark its notes to readers as such, and make lists of items that were typed.

    Arguments are those of `read_copy`.
    """
    body, dateline = _without_dateline(list(blocks), language, context)
    corrections: list[Correction] = []
    for index, block in enumerate(body):
        note = _note(block, index, context) if isinstance(block, Paragraph) else None
        if note is None:
            continue
        body[index] = note
        if note.kind in {"correction", "clarification", "update"}:
            text = "\n".join(plain_text(each.content) for each in note.blocks if isinstance(each, Paragraph))
            corrections.append(Correction(kind=note.kind, public_text=text))
    return Copy(listed(body, context), dateline, corrections=tuple(corrections))


def _line(index: int, paragraph: Paragraph) -> Line:
    return Line(index + 1, " ".join(plain_text(paragraph.content).split()))


def _where(index: int) -> str:
    return f"body[{index}]"


def _take_byline(body: list[Block], language: str | None, context: Context) -> str | None:
    """Take the byline off the head of a body."""
    conventions = in_order(language)[:1]
    for index, block in enumerate(body[:_BYLINE_PARAGRAPHS]):
        text = _line(index, block).text if isinstance(block, Paragraph) else ""
        if text and is_byline(text, conventions):
            message = f"{text!r} was taken for the byline"
            context.notice("text.byline", Kind.GUESS, message, where=_where(index))
            del body[index]
            return text
    return None


def _without_dateline(body: list[Block], language: str | None, context: Context) -> tuple[list[Block], Dateline | None]:
    index = next((index for index, block in enumerate(body) if isinstance(block, Paragraph)), None)
    paragraph = body[index] if index is not None else None
    if index is None or not isinstance(paragraph, Paragraph):
        return body, None
    text = plain_text(paragraph.content)
    found = opening(text, language)
    if found is None or not text.endswith(found.rest):
        return body, None
    message = f"{found.dateline.text!r} was taken for the dateline"
    context.notice("text.dateline", Kind.GUESS, message, where=_where(index))
    rest = without_head(paragraph.content, len(text) - len(found.rest))
    remaining = [structs.replace(paragraph, content=rest)] if found.rest else []
    return [*body[:index], *remaining, *body[index + 1 :]], found.dateline


def _note(paragraph: Paragraph, index: int, context: Context) -> Note | None:
    text = plain_text(paragraph.content)
    found = reader_note(text)
    if found is None:
        return None
    kind, length = found
    context.notice(
        "text.label", Kind.INFO, f"{text[:length].strip()!r} was read as the label of a note", where=_where(index)
    )
    content = without_head(paragraph.content, length)
    return Note(kind, blocks=(structs.replace(paragraph, content=content),))
