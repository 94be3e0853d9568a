"""From the markup of an article to its model."""

from __future__ import annotations

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
from newsexport.readers.html.options import HtmlOptions
from newsexport.spi import Context, Parsed


def story(data: bytes, options: HtmlOptions, context: Context) -> Parsed:
    """Return the article that is marked up.

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
