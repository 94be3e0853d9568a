"""Lines that desks write to desks, and notes to readers: embargoes, sluglines, markers of the wire, corrections."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Final, Literal, TypeAlias

from newsexport.errors import Kind
from newsexport.kit.desk.conventions import Conventions, languages, phrases, sentence_end
from newsexport.kit.desk.embargoes import Embargoes
from newsexport.kit.desk.lines import Line, is_display
from newsexport.kit.desk.marks import is_bracketed, markers, more, slugline
from newsexport.model import Correction, EdNote, Note, NoteKind, Paragraph, Text
from newsexport.model.walk import block_text
from newsexport.spi import Context

Piece: TypeAlias = Line | Note
"""What is left of the input for the story: lines, and the notes to readers that stand between them."""

_Label: TypeAlias = Literal["editor", "correction", "clarification", "update", "desk", "release", "keywords"]
_PHRASES: Final[dict[_Label, Callable[[Conventions], Iterable[str]]]] = {
    "editor": lambda each: each.editor_note,
    "correction": lambda each: each.correction,
    "clarification": lambda each: each.clarification,
    "update": lambda each: each.update,
    "desk": lambda each: each.desk_note,
    "release": lambda each: each.release,
    "keywords": lambda each: each.keywords,
}
_BRACKETS: Final = {"(": ")", "[": "]", "*": "*", "_": "_"}


class Desk:
    """Takes the lines of the desk out of a text and keeps what they say.

    Attributes:
        embargoes: Every embargo and hold.
        notes: To desks.
        corrections: What the notes to readers mend.
        keywords: From a line that calls them so.
        slugline: The first found.
        take: Markers of the wire, as they stand.
        urgency: The most urgent marker's.
    """

    def __init__(self, language: str | None, context: Context) -> None:
        self.embargoes = Embargoes(language, context)
        self.notes: list[EdNote] = []
        self.corrections: list[Correction] = []
        self.keywords: list[str] = []
        self.slugline: str | None = None
        self.take: list[str] = []
        self.urgency: int | None = None
        self._context = context

    @property
    def is_alert(self) -> bool:
        """True when a marker makes the story a flash."""
        return self.urgency == 1

    def story(self, lines: Sequence[Line]) -> list[Piece]:
        """Return what is no word of the desk, in order; the embargoes are taken off already."""
        return self._pieces(lines, opening=True)

    def below(self, lines: Sequence[Line]) -> None:
        """Keep what stands below the end mark as notes to the desk, one a paragraph."""
        paragraphs: list[list[str]] = []
        for piece in self._pieces(lines, opening=False):
            if isinstance(piece, Note):
                self.notes.append(EdNote(block_text(piece), role=piece.kind))
            elif piece.gap or not paragraphs:
                paragraphs.append([piece.text])
            else:
                paragraphs[-1].append(piece.text)
        self.notes += [EdNote(" ".join(words)) for words in paragraphs]

    def _pieces(self, lines: Sequence[Line], *, opening: bool) -> list[Piece]:
        pieces: list[Piece] = []
        index = 0
        while index < len(lines):
            taken = self._taken(lines, index, pieces, opening=opening)
            if not taken:
                pieces.append(lines[index])
                opening = opening and is_display(lines[index].text)
            index += taken or 1
        return pieces

    def _taken(self, lines: Sequence[Line], index: int, pieces: list[Piece], *, opening: bool) -> int:
        """Return how many lines from `index` on are the desk's."""
        line = lines[index]
        if more(line.text):
            self._say("text.incomplete", Kind.INFO, f"{line.text!r}: more of the story is to follow", line)
            return 1
        if opening and self._is_opening(line):
            return 1
        return self._note(lines, index, pieces)

    def _is_opening(self, line: Line) -> bool:
        """Take what stands on top of copy: a slugline, markers of the wire, a contact."""
        found = slugline(line.text) if self.slugline is None else None
        if found:
            self.slugline, rest = found
            self._say("text.slugline-guessed", Kind.GUESS, "the line was taken for the slugline", line)
            if rest:
                self.take.append(rest)
                self._mark(rest, line)
            return True
        if is_bracketed(line.text):
            self._say("text.take-guessed", Kind.GUESS, "the line was taken for what this version brings", line)
        elif not self._mark(line.text, line):
            return self._contact(line)
        self.take.append(line.text)
        return True

    def _contact(self, line: Line) -> bool:
        """Take a line that says whom to ask: it stands on top of press releases, and is for the desk."""
        if not _contact_pattern().match(line.text):
            return False
        self.notes.append(EdNote(line.text, role="contact"))
        self._say("text.contact", Kind.INFO, "the line was kept as a note to the desk", line)
        return True

    def _mark(self, text: str, line: Line) -> bool:
        found = markers(text)
        if found is None:
            return False
        self._say("text.marker", Kind.INFO, f"{text!r} was read as a marker of the wire", line)
        if found.urgency is not None:
            self.urgency = min(found.urgency, self.urgency or 9)
        if found.advance:
            self.embargoes.add(text, line)
        return True

    def _note(self, lines: Sequence[Line], index: int, pieces: list[Piece]) -> int:
        """Take a note and return how many lines it has; 0 when there is none."""
        line = lines[index]
        found = _label_pattern().match(line.text)
        if found is None:
            return 0
        label = _labels()[_key(found["phrase"])]
        text = _unbracketed(found["open"], line.text[found.end() :].strip())
        if label in {"correction", "clarification", "update"} and not pieces and text and not sentence_end(text):
            return 0  # "UPDATE: Bridge reopens" on top is the headline
        texts, taken = [text], 1
        if label == "release":
            texts = [line.text]
        elif not text:
            if not found["colon"] and " " not in found["phrase"]:
                return 0
            texts = [each.text for each in _stanza(lines, index + 1)]
            taken += len(texts)
        if not texts:
            return 0
        if found["aside"]:
            texts[0] = f"({found['aside']}) {texts[0]}"
        self._keep(label, texts, pieces)
        self._say("text.label", Kind.INFO, f"{found[0].strip()!r} was read as the label of a note", line)
        return taken

    def _keep(self, label: _Label, texts: list[str], pieces: list[Piece]) -> None:
        match label:
            case "editor" | "correction" | "clarification" | "update":
                pieces.append(Note(label, blocks=tuple(Paragraph((Text(text),)) for text in texts)))
                if label != "editor":
                    self.corrections.append(Correction(kind=label, public_text="\n".join(texts)))
            case "keywords":
                words = (word.strip() for text in texts for word in re.split("[,;|]", text))
                self.keywords += filter(None, words)
            case "desk" | "release":
                self.notes += [EdNote(text, role="editor" if label == "desk" else "advisory") for text in texts]

    def _say(self, code: str, kind: Kind, message: str, line: Line) -> None:
        self._context.notice(code, kind, message, where=line.where)


def reader_note(text: str) -> tuple[NoteKind, int] | None:
    """Return what sort of note to readers a paragraph is, and how many characters its label has; None when it is none.

    Only a label with a colon counts, and words behind it: anything less may be the first words of a story.
    """
    found = _label_pattern().match(text)
    if found is None or not found["colon"] or found["open"] or not text[found.end() :].strip():
        return None
    match _labels()[_key(found["phrase"])]:
        case "editor" | "correction" | "clarification" | "update" as kind:
            return kind, len(text) - len(text[found.end() :].lstrip())
        case _:
            return None


def _stanza(lines: Sequence[Line], start: int) -> list[Line]:
    """Return the lines from `start` on, up to the next blank one."""
    end = start + 1
    while end < len(lines) and not lines[end].gap:
        end += 1
    return list(lines[start:end])


def _unbracketed(opened: str, text: str) -> str:
    for bracket in opened:
        text = text.removesuffix(_BRACKETS.get(bracket, bracket)).rstrip()
    return text


def _key(phrase: str) -> str:
    return phrase.lower().replace("’", "'")


@cache
def _labels() -> dict[str, _Label]:
    return {
        _key(phrase): label
        for label, choose in _PHRASES.items()
        for each in languages().values()
        for phrase in choose(each)
    }


@cache
def _contact_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?i:{phrases(lambda each: each.contact)})\.?\s?[:：]")


@cache
def _label_pattern() -> re.Pattern[str]:
    words = phrases(lambda each: (phrase for choose in _PHRASES.values() for phrase in choose(each)))
    return re.compile(
        rf"(?P<open>[(\[*_]{{0,4}})\s?(?P<phrase>(?i:{words}))\.?\s?(?:\((?P<aside>[^()]{{1,40}})\)\s?)?"
        r"(?:(?P<colon>[:：])|[)\]*_]{0,4}$)"
    )
