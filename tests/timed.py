"""The stories that benchmarks time: one of 400 words, and one as long as is asked for."""

from __future__ import annotations

from pathlib import Path

import msgspec

from newsexport import prepare, read
from newsexport.model import Article, Paragraph, Text
from newsexport.model.walk import plain_text

STORY = Path(__file__).parents[1] / "examples" / "story.txt"


def story() -> Article:
    document = read(STORY).document
    prepared = prepare(document, origin="story.txt", house={"provider": {"name": "Example News"}, "language": "en"})
    assert isinstance(prepared, Article)
    return prepared


def long_story(words: int = 5000) -> Article:
    sample = story()
    paragraphs = [block for block in sample.body if isinstance(block, Paragraph)]
    body: list[Paragraph] = []
    count = 0
    while count < words:
        block = paragraphs[len(body) % len(paragraphs)]
        text = f"{len(body)}. {plain_text(block.content)}"
        body.append(Paragraph((Text(text),)))
        count += len(text.split())
    return msgspec.structs.replace(sample, body=tuple(body))
