"""The reader of HTML that is an article and nothing else: a fragment of a CMS, an element ``article``."""

from __future__ import annotations

import re
from typing import Final

from msgspec import structs

from newsexport.kit import timestamps
from newsexport.kit.desk import read_copy
from newsexport.kit.desk.bylines import authors
from newsexport.kit.desk.conventions import in_order
from newsexport.kit.encoding import decode
from newsexport.kit.html import Walk, headline_of, levelled, parse
from newsexport.kit.html.header import Header
from newsexport.kit.html.tree import declared_encoding, language_of
from newsexport.model import Article, Dateline, Text
from newsexport.spi import Context, Format, Options, Parsed, Probe

_FORMAT: Final = Format(
    name="html",
    media_type="text/html",
    suffix=".html",
    title="HTML of an article alone",
    detection="elements of HTML without a document around them",
)
_OPENING: Final = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?P<name>!doctype html|[a-z][a-z0-9]*)\b", re.IGNORECASE | re.DOTALL
)
_DOCUMENT: Final = frozenset({"!doctype html", "html", "head", "body"})
_ELEMENTS: Final = (
    "a", "article", "aside", "b", "blockquote", "br", "center", "div", "em", "figure", "font", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "i", "iframe", "img", "li", "main", "meta", "ol", "p", "picture", "pre", "section",
    "span", "strong", "style", "table", "u", "ul", "video",
)  # fmt: skip
_ELEMENT: Final = re.compile(rf"</?(?:{'|'.join(_ELEMENTS)})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_FEW: Final = 3


class HtmlOptions(Options, frozen=True, kw_only=True):
    """Options of the reader of HTML.

    Attributes:
        base: URL of the article: what relative links are relative to.
        language: BCP 47 tag of the text; None takes the one that the markup states.
        zone: Name of the time zone of moments that state none (``Europe/Berlin``).
    """

    base: str | None = None
    language: str | None = None
    zone: str = "UTC"

    def __post_init__(self) -> None:
        timestamps.zone(self.zone)


class HtmlReader:
    """Reads an article that is marked up in HTML; see `newsexport.kit.html` for what becomes of the elements."""

    @property
    def format(self) -> Format:
        """HTML of an article alone."""
        return _FORMAT

    @property
    def options_type(self) -> type[HtmlOptions]:
        """`HtmlOptions`."""
        return HtmlOptions

    def sniff(self, probe: Probe) -> float:
        """Return 0.8 for a fragment of HTML, 0.5 for a document of it, 0.4 for a text with some elements."""
        if probe.is_binary:
            return 0.0
        found = _OPENING.match(probe.text)
        name = found["name"].lower() if found else ""
        if name in _DOCUMENT:
            return 0.5
        if name in _ELEMENTS:
            return 0.8
        count = len(_ELEMENT.findall(probe.text))
        return 0.4 if count >= _FEW or (count and probe.suffix in {".html", ".htm", ".xhtml"}) else 0.0

    def read(self, data: bytes, options: HtmlOptions, context: Context) -> Parsed:
        """Make an article of the markup.

        Raises:
            InputError: the input is binary.
            LimitError: the markup has too many tags.
        """
        text = decode(data, context, declared=declared_encoding(data))
        root = parse(text, context)
        language = options.language or language_of(root)
        header = Header()
        walk = Walk(context, base=options.base, language=language, skip=header)
        headline, blocks = headline_of(walk.blocks(root))
        copy = read_copy(levelled(blocks), language, context)
        article = Article(
            headline=headline,
            body=copy.body,
            byline=copy.byline,
            authors=copy.authors,
            dateline=copy.dateline,
            embargo=copy.embargo,
            pub_status="withheld" if copy.held else "usable",
            corrections=copy.corrections,
            language=language or "",
            canonical_url=options.base,
        )
        return Parsed((_headed(article, header, options, context),), tuple(walk.assets.values()))


def _headed(article: Article, header: Header, options: HtmlOptions, context: Context) -> Article:
    """Return the article with what its head says."""
    parts = header.parts
    zone = timestamps.zone(options.zone)
    moments = [timestamps.stated(each, "time", context, local=zone) for each in header.moments]
    known = [moment for moment in moments if moment]
    topics = parts.get("topics", "").partition(":")[2] or parts.get("topics", "")
    byline = article.byline or parts.get("byline")
    return structs.replace(
        article,
        kicker=parts.get("kicker"),
        standfirst=(Text(parts["standfirst"]),) if "standfirst" in parts else (),
        byline=byline,
        authors=article.authors or (authors(byline, in_order(article.language)) if byline else ()),
        dateline=article.dateline or (Dateline(text=parts["dateline"], run_in=False) if "dateline" in parts else None),
        keywords=tuple(filter(None, (topic.strip() for topic in topics.split("·")))),
        published=min(known, default=None),
        updated=max(known) if len(known) > 1 else None,
    )
