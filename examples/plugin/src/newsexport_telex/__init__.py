"""Telex messages: capitals between ZCZC and NNNN."""

from __future__ import annotations

from textwrap import wrap

from newsexport.errors import InputError, Kind, UsageError
from newsexport.kit.labels import banners
from newsexport.model import Article, Document, Paragraph, Text
from newsexport.model.media import MediaObject
from newsexport.model.walk import articles, block_text, headline, plain_text, records
from newsexport.spi import Context, Format, Options, Parsed, Probe, Request

FORMAT = Format(name="telex", media_type="text/plain", suffix=".telex.txt", title="Telex message", audience="client")


class TelexOptions(Options, frozen=True):
    """Options of the telex writer.

    Attributes:
        columns: Characters in a line, 20 to 132.
    """

    columns: int = 69

    def __post_init__(self) -> None:
        if not 20 <= self.columns <= 132:
            raise UsageError(f"a telex line has 20 to 132 columns, not {self.columns}")


class TelexWriter:
    """Writes each article as one message."""

    format = FORMAT
    options_type = TelexOptions

    def requires(self, document: Document, options: TelexOptions) -> tuple[Request, ...]:
        """Need no other rendition."""
        return ()

    def write(self, document: Document, options: TelexOptions, context: Context) -> bytes:
        """Write banners, headline, byline and body; pictures have no place on a telex."""
        for _, record in records(document):
            if isinstance(record, MediaObject):
                context.notice("telex.media", Kind.LOSS, f"no place for {record.uri}", node=record)
        lines: list[str] = []
        for article in articles(document):
            texts = [banner.text for banner in banners(article)]
            texts += [plain_text(headline(article)), article.byline or "", *map(block_text, article.body)]
            lines += ["ZCZC", *(line for text in texts for line in _paragraphs(text, options.columns)), "NNNN", ""]
        return "\r\n".join(lines).upper().encode()


class TelexReader:
    """Reads one message: the first paragraph is the headline."""

    format = FORMAT
    options_type = Options

    def sniff(self, probe: Probe) -> float:
        """Know a message by its first four letters."""
        return 1.0 if probe.text.startswith("ZCZC") else 0.0

    def read(self, data: bytes, options: Options, context: Context) -> Parsed:
        """Read headline and paragraphs."""
        start, *lines = data.decode("utf-8", "replace").split("NNNN")[0].splitlines() or [""]
        if not start.startswith("ZCZC"):
            raise InputError("a telex message begins with ZCZC", "check the start of the file")
        texts = [" ".join(text.split()) for text in "\n".join(lines).split("\n\n") if text.strip()]
        body = tuple(Paragraph((Text(text),)) for text in texts[1:])
        return Parsed((Article(headline=tuple(map(Text, texts[:1])), body=body),))


def _paragraphs(text: str, columns: int) -> list[str]:
    return [line for part in text.split("\n") if part for line in (*wrap(part, columns), "")]
