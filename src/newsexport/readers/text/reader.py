"""The reader of plain text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from newsexport.errors import InputError, Kind
from newsexport.kit.encoding import decode
from newsexport.model import Article, Dateline, Text
from newsexport.readers.text.body import Quotes, read_body
from newsexport.readers.text.datelines import opening
from newsexport.readers.text.desk import Desk, Piece
from newsexport.readers.text.head import read_head
from newsexport.readers.text.lines import Line, Unwrap, split, unwrapped
from newsexport.readers.text.marks import ends, is_hashes
from newsexport.spi import Context, Format, Options, Parsed, Probe

_FORMAT: Final = Format(name="text", media_type="text/plain", suffix=".txt", title="Plain text")
_UNREADABLE: Final = "\ufffd"


class TextOptions(Options, frozen=True, kw_only=True):
    """Options of the reader of plain text.

    Attributes:
        unwrap: Whether lines broken at a fixed width are joined: ``auto`` where they look broken.
        quotes: What a quotation that stands alone on its line becomes: a block quotation, a pull quote, a paragraph.
        language: BCP 47 tag of the text: whose conventions are tried first. None leaves the language open.
    """

    unwrap: Unwrap = "auto"
    quotes: Quotes = "quote"
    language: str | None = None


class TextReader:
    """Reads a story as people type it and as wires send it; what it can but guess is noticed."""

    @property
    def format(self) -> Format:
        """Plain text."""
        return _FORMAT

    @property
    def options_type(self) -> type[TextOptions]:
        """`TextOptions`."""
        return TextOptions

    def sniff(self, probe: Probe) -> float:
        """Return 0.1 to 0.3 for text, so that every other format that knows an input wins; 0 for what is no text."""
        if probe.is_binary:
            return 0.0
        # One character may be cut in two where the head ends.
        if probe.text.count(_UNREADABLE) > 1:
            return 0.1
        return 0.3 if probe.suffix == self.format.suffix else 0.2

    def read(self, data: bytes, options: TextOptions, context: Context) -> Parsed:
        """Make an article of the text.

        Raises:
            InputError: the input is binary, or there is nothing in it to read.
        """
        written = split(decode(data, context))
        if not written:
            raise InputError("the input is empty", "give a text with a story in it")
        lines = unwrapped(written, options.unwrap)
        if len(lines) < len(written):
            message = f"{len(written) - len(lines)} lines were joined to the ones above them"
            first = next(line for line, before in zip(lines, written, strict=False) if line != before)
            context.notice("text.unwrapped", Kind.GUESS, message, where=first.where)
        return Parsed((_article(lines, options, context),))


def _article(lines: Sequence[Line], options: TextOptions, context: Context) -> Article:
    desk = Desk(options.language, context)
    story, below = _parted(desk.embargoes.without(lines), context)
    pieces = desk.story(story)
    desk.below(below)
    head = read_head(pieces, options.language, context, alert=desk.is_alert)
    dateline, text = _dateline(head.rest, options.language, context)
    embargo = desk.embargoes.embargo()
    return Article(
        pub_status="withheld" if desk.embargoes.held else "usable",
        embargo=embargo,
        kind="alert" if desk.is_alert else "story",
        urgency=desk.urgency,
        slugline=desk.slugline,
        take=", ".join(desk.take) or None,
        kicker=head.kicker,
        headline=(Text(head.headline),) if head.headline else (),
        standfirst=(Text(head.standfirst),) if head.standfirst else (),
        byline=head.byline,
        dateline=dateline,
        body=read_body(text, options.quotes, context),
        authors=head.authors,
        keywords=(*desk.keywords, *head.keywords),
        notes=tuple(desk.notes),
        corrections=tuple(desk.corrections),
        language=options.language or "",
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
