"""Articles as a few lines of words, one a field or block, for tests to compare."""

from __future__ import annotations

from collections.abc import Iterator

from newsexport.model import Article, Block, Divider, Heading, List, Note, Paragraph, Quote
from newsexport.model.walk import block_text, plain_text


def outline(article: Article) -> list[str]:
    """Return a line for everything that an article states, in the order of display."""
    return [*_head(article), *(line for block in article.body for line in _block(block)), *_notes(article)]


def _head(article: Article) -> Iterator[str]:
    facts = {
        "status": article.pub_status if article.pub_status != "usable" else None,
        "kind": article.kind if article.kind != "story" else None,
        "urgency": article.urgency,
        "slugline": article.slugline,
        "take": article.take,
        "kicker": article.kicker,
        "headline": plain_text(article.headline),
        "standfirst": plain_text(article.standfirst),
        "byline": article.byline,
        "authors": " | ".join(author.name for author in article.authors),
        "keywords": " | ".join(article.keywords),
    }
    yield from (f"{name}: {value}" for name, value in facts.items() if value)
    if article.embargo:
        until = article.embargo.until.isoformat() if article.embargo.until else "further notice"
        yield f"embargo until {until}: {article.embargo.text}"
    if article.dateline:
        parts = [article.dateline.text, article.dateline.place, article.dateline.source, article.dateline.date]
        yield f"dateline{'' if article.dateline.run_in else ' apart'}: {' | '.join(str(part or '') for part in parts)}"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield f"{block.role or 'paragraph'}: {plain_text(block.content)}"
        case Heading():
            yield f"heading: {plain_text(block.content)}"
        case Quote():
            by = f" ({plain_text(block.attribution)})" if block.attribution else ""
            yield f"{'pull ' if block.pull else ''}quote{by}: {' | '.join(map(block_text, block.blocks))}"
        case List():
            yield f"numbered from {block.start}" if block.ordered else "bulleted"
            for item in block.items:
                first, *rest = (line for inner in item.blocks for line in _block(inner))
                yield f"- {first.partition(': ')[2]}"
                yield from (f"  {line}" for line in rest)
        case Note():
            yield f"note of {block.kind}: {' | '.join(map(block_text, block.blocks))}"
        case Divider():
            yield "divider"
        case _:
            yield f"{type(block).__name__}: {block_text(block)}"


def _notes(article: Article) -> Iterator[str]:
    yield from (f"to desk ({note.role}, {note.audience}): {note.text}" for note in article.notes)
    yield from (f"corrected ({each.kind}): {each.public_text}" for each in article.corrections)
