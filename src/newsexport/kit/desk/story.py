"""A story as people type it and as wires send it: plain text to an article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from newsexport.errors import InputError, Kind, LimitError
from newsexport.kit.desk.body import Quotes, read_body
from newsexport.kit.desk.datelines import opening
from newsexport.kit.desk.head import read_head
from newsexport.kit.desk.lines import Line, Unwrap, split, unwrapped
from newsexport.kit.desk.marks import ends, is_hashes
from newsexport.kit.desk.notes import Desk, Piece
from newsexport.model import Article, Dateline, Text
from newsexport.spi import Context

_MOST_LINES: Final = 50_000


def read_story(
    text: str,
    context: Context,
    *,
    unwrap: Unwrap = "auto",
    quotes: Quotes = "quote",
    language: str | None = None,
    headline: str | None = None,
) -> Article:
    """Make an article of a text; what it can but guess is noticed.

    Args:
        text: The story with its head.
        context: Is told of every guess.
        unwrap: Whether lines broken at a fixed width are joined: ``auto`` where they look broken.
        quotes: What a quotation that stands alone on its line becomes.
        language: BCP 47 tag: whose conventions are tried first. None leaves the language open.
        headline: Known from elsewhere, such as the subject of a mail: none is looked for in the text.

    Raises:
        InputError: there is nothing in the text to read.
        LimitError: it has more lines than a story has.
    """
    written = split(text)
    if not written:
        raise InputError("the input is empty", "give a text with a story in it")
    if len(written) > _MOST_LINES:
        raise LimitError(f"the text has more than {_MOST_LINES} lines", "give one story at a time")
    lines = unwrapped(written, unwrap)
    if len(lines) < len(written):
        message = f"{len(written) - len(lines)} lines were joined to the ones above them"
        first = next(line for line, before in zip(lines, written, strict=False) if line != before)
        context.notice("text.unwrapped", Kind.GUESS, message, where=first.where)
    return _article(lines, quotes, language, headline, context)


def _article(
    lines: Sequence[Line], quotes: Quotes, language: str | None, headline: str | None, context: Context
) -> Article:
    desk = Desk(language, context)
    story, below = _parted(desk.embargoes.without(lines), context)
    pieces = desk.story(story)
    desk.below(below)
    head = read_head(pieces, language, context, alert=desk.is_alert, headline=headline)
    dateline, text = _dateline(head.rest, language, context)
    embargo = desk.embargoes.embargo()
    return Article(
        pub_status="withheld" if desk.embargoes.held else "usable",
        embargo=embargo,
        kind="alert" if desk.is_alert else "story",
        urgency=desk.urgency,
        slugline=desk.slugline,
        take=", ".join(desk.take) or None,
        kicker=head.kicker,
        headline=(Text(named),) if (named := headline or head.headline) else (),
        standfirst=(Text(head.standfirst),) if head.standfirst else (),
        byline=head.byline,
        dateline=dateline,
        body=read_body(text, quotes, context),
        authors=head.authors,
        keywords=(*desk.keywords, *head.keywords),
        notes=tuple(desk.notes),
        corrections=tuple(desk.corrections),
        language=language or "",
    )


def _parted(lines: Sequence[Line], context: Context) -> tuple[Sequence[Line], Sequence[Line]]:
    """Part the story from what stands below its end mark.

    ``###`` above more than half of the text parts sections.
    """
    total = sum(len(line.text) for line in lines)
    above = 0
    story: list[Line] = []
    for index, line in enumerate(lines):
        above += len(line.text)
        parts_sections = is_hashes(line.text) and above * 2 < total
        if not index or parts_sections or not ends(line.text):
            story.append(line)
            continue
        below = lines[index + 1 :]
        _say_end(line, below, context)
        return story, below
    return story, ()


def _say_end(line: Line, below: Sequence[Line], context: Context) -> None:
    context.notice("text.end-mark", Kind.INFO, f"{line.text!r} ends the story", where=line.where)
    if below:
        message = "what stands below the end mark was kept as notes to the desk"
        context.notice("text.after-end", Kind.GUESS, message, where=below[0].where)


def _dateline(
    pieces: Sequence[Piece], language: str | None, context: Context
) -> tuple[Dateline | None, Sequence[Piece]]:
    """Take the dateline off the first paragraph."""
    line = next((piece for piece in pieces if isinstance(piece, Line)), None)
    found = opening(line.text, language) if line else None
    if line is None or found is None:
        return None, pieces
    index = pieces.index(line)
    message = f"{found.dateline.text!r} was taken for the dateline"
    context.notice("text.dateline", Kind.GUESS, message, where=line.where)
    rest = (Line(line.number, found.rest, line.indent, line.gap),) if found.rest else ()
    return found.dateline, (*pieces[:index], *rest, *pieces[index + 1 :])
