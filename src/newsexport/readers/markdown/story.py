"""From a file of Markdown to an article."""

from __future__ import annotations

from typing import Any

from newsexport.errors import InputError
from newsexport.kit.cms import byline, with_lead
from newsexport.kit.desk import Copy, read_copy
from newsexport.kit.encoding import decode
from newsexport.kit.html import headline_of, levelled
from newsexport.model import Article, Block, Inline
from newsexport.model.walk import plain_text
from newsexport.readers.markdown.fields import Facts, facts, language_of
from newsexport.readers.markdown.front_matter import part
from newsexport.readers.markdown.moments import Moments
from newsexport.readers.markdown.tokens import Teller
from newsexport.spi import Context, Parsed


def read_story(data: bytes, base: str | None, language: str | None, zone: str, context: Context) -> Parsed:
    """Return the article of a file; arguments are the options of the reader.

    Raises:
        InputError: the input is binary or empty, its front matter cannot be read, or a date in it is none.
        LimitError: it is larger or deeper than an article is.
    """
    text = decode(data, context).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip("\ufeff \n\t"):
        raise InputError("the input is empty", "give a file with a story in it")
    parted = part(text)
    language = language or language_of(parted.fields)
    teller = Teller(context, base=base, language=language)
    stated = facts(parted.fields, teller, Moments(zone, language, context), language)
    headline, blocks = _headed(stated.values.get("headline", ()), teller.blocks(parted.body, parted.first))
    copy = read_copy(levelled(blocks), language, context)
    values = _values(stated, copy, language)
    article = Article(**{"canonical_url": base, **values, "headline": headline, "language": language or ""})
    return Parsed((with_lead(article, stated.figures),), teller.assets)


def _headed(title: tuple[Inline, ...], blocks: tuple[Block, ...]) -> tuple[tuple[Inline, ...], tuple[Block, ...]]:
    """Return the headline and the text without it: a first heading that only repeats the title is none of the text."""
    heading, rest = headline_of(blocks)
    if not title:
        return heading, rest
    is_repeated = plain_text(heading).split() == plain_text(title).split()
    return title, rest if is_repeated else blocks


def _values(stated: Facts, copy: Copy, language: str | None) -> dict[str, Any]:
    """Return what front matter states, and what it does not state as the text has it."""
    values = dict(stated.values)
    values["body"] = copy.body
    names = [author.name for author in values.get("authors", copy.authors)]
    found = {
        "authors": copy.authors,
        "byline": copy.byline or byline(names, language),
        "dateline": copy.dateline,
        "embargo": copy.embargo,
        "corrections": copy.corrections,
    }
    for name, value in found.items():
        if not values.get(name):
            values[name] = value
    if copy.held and values.get("pub_status") != "canceled":
        values["pub_status"] = "withheld"
    return values
