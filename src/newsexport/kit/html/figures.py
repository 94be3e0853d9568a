"""Figures: a picture or several with their caption and credit, and what else stands in the element of that name."""

from __future__ import annotations

from msgspec import structs

from newsexport.kit.html.frames import Frame
from newsexport.kit.html.pieces import Piece, captioned, credited, settled
from newsexport.model import Block, Embed, Figure, Gallery, Inline, List, Paragraph, Quote, Table, Text
from newsexport.model.walk import block_text, plain_text


class FigureFrame(Frame):
    """The element ``figure``, or what stands for it."""

    def __init__(self, *, pull: bool) -> None:
        super().__init__()
        self._pull = pull
        self._caption: tuple[Inline, ...] = ()
        self._credit: str | None = None

    def take_caption(self, content: tuple[Inline, ...]) -> bool:
        """Take the caption; a second one follows on its own line."""
        if self._caption:
            return False
        self._caption = content
        return True

    def take_credit(self, credit: str) -> bool:
        """Take a credit."""
        self._credit = credit if self._credit is None else f"{self._credit} {credit}"
        return True

    def close(self, parent: Frame) -> None:
        """Add what the figure holds, with its caption."""
        self.flush()
        figures = [figure for piece in self.pieces for figure in _figures(piece)]
        others = [piece for piece in self.pieces if not _figures(piece)]
        if figures:
            parent.add(*self._pictures(figures), *others)
        else:
            parent.add(*self._others(settled(others)))

    def _pictures(self, figures: list[Figure]) -> tuple[Piece, ...]:
        if self._credit:
            figures = [each if each.media.credit else credited(each, self._credit) for each in figures]
        if len(figures) == 1:
            [figure] = figures
            return (captioned(figure, self._caption) if self._caption and not figure.caption else figure,)
        plain = tuple(block for block in settled(figures) if isinstance(block, Figure))
        return (Gallery(plain, self._caption),)

    def _others(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Give the caption to the one block it can belong to, or set it below them all."""
        caption = self._caption
        credit = (Paragraph((Text(self._credit),), "note"),) if self._credit else ()
        match blocks:
            case (Quote() as quote,):
                attribution = quote.attribution or caption
                return (structs.replace(quote, attribution=attribution, pull=quote.pull or self._pull), *credit)
            case (Table(caption=()) as table,):
                return (structs.replace(table, caption=caption), *credit)
            case (Embed() as embed,) if caption and not _says(embed, caption):
                return (structs.replace(embed, fallback=(*embed.fallback, Paragraph(caption))), *credit)
            case (Embed(),):
                return (*blocks, *credit)
            case _:
                return (*blocks, *((Paragraph(caption, "note"),) if caption else ()), *credit)


def _figures(piece: Piece) -> tuple[Figure, ...]:
    """Return the figures that a piece consists of; none when it is anything else."""
    match piece:
        case Figure():
            return (piece,)
        case Gallery(figures=figures, title=()):
            return figures
        case List(items=items):
            blocks = [block for item in items for block in item.blocks]
            found = tuple(block for block in blocks if isinstance(block, Figure))
            return found if len(found) == len(blocks) else ()
        case _:
            return ()


def _says(embed: Embed, caption: tuple[Inline, ...]) -> bool:
    words = plain_text(caption)
    return words == embed.title or any(block_text(block) == words for block in embed.fallback)
