"""The documents that every rendition is judged with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from msgspec import structs

from newsexport import Rendition, export, view
from newsexport.model import (
    Article,
    Dateline,
    Document,
    Edition,
    Embargo,
    Embed,
    Heading,
    Image,
    Link,
    List,
    ListItem,
    Paragraph,
    Provider,
    Quote,
    Section,
    Span,
    Table,
    Text,
    walk,
)
from stories import BERLIN_MORNING, EMBARGOED, FLASH, NOON, PICTURES, cell, everything, paragraph, text

ARABIC = Article(
    guid="urn:newsml:example.com:20250224:jisr",
    language="ar",
    version_created=NOON,
    headline=text("إغلاق الجسر بعد اصطدام سفينة"),
    standfirst=text("لم يصب أحد بأذى."),
    byline="ليلى حداد",
    dateline=Dateline(place="بيروت", date=date(2025, 2, 24)),
    body=(
        Paragraph(
            (
                Text("اصطدمت سفينة "),
                Span(text("Aurora"), lang="en", dir="ltr"),
                Text(" بالجسر عند الساعة 12:30، بحسب "),
                Link(text("هيئة الميناء"), "https://example.com/port"),
                Text("."),
            )
        ),
        Heading(text("الأضرار")),
        List((ListItem((paragraph("عمودان متضرران"),)), ListItem((paragraph("ممر واحد مفتوح"),))), ordered=True),
        Quote((paragraph("رأينا ذلك قادما."),), text("القبطانة آدا")),
        Table(
            head=((cell("الساعة", header=True), cell("الممرات", header=True)),),
            body=((cell("12"), cell("واحد")),),
        ),
    ),
    provider=Provider("Example News", "https://example.com/"),
)

ARTICLES: dict[str, Article] = {
    "everything": everything(),
    "flash": FLASH,
    "embargoed": structs.replace(EMBARGOED, embargo=Embargo(BERLIN_MORNING)),
    "embargoed-until-further-notice": structs.replace(EMBARGOED, embargo=Embargo(text="Sperrfrist: Rede")),
    "withheld": structs.replace(everything(), pub_status="withheld"),
    "canceled": structs.replace(everything(), pub_status="canceled"),
    "arabic": ARABIC,
}
EDITION = Edition(
    guid="urn:newsml:example.com:20250224:evening",
    title="The Evening Edition",
    date=date(2025, 2, 24),
    language="en-US",
    sections=(Section("News", (everything(), FLASH)), Section("العالم", (ARABIC,))),
    publisher=Provider("Example News", "https://example.com/"),
    rights="© 2025 Example News",
    cover=Image("bridge.png", alt="A ship below a bridge"),
)
DOCUMENTS: dict[str, Document] = {**ARTICLES, "edition": EDITION}


@cache
def rendition(case: str, format_name: str) -> Rendition:
    """Return a case in a format: made once, for all tests that look at it."""
    return export(DOCUMENTS[case], format_name, assets=PICTURES)


def words(case: str, format_name: str) -> Counter[str]:
    """Return the words that the readers of a format must find, each as often as the view for them holds it."""
    document = view(DOCUMENTS[case], rendition(case, format_name).format.audience)
    return Counter(word for article in walk.articles(document) for word in walk.words(_text(article)))


def lost(case: str, format_name: str, found: str) -> Counter[str]:
    """Return the words of a case that a text does not hold, or not as often."""
    return words(case, format_name) - Counter(walk.words(found))


def _text(article: Article) -> str:
    return "\n".join(filter(None, _lines(article)))


def _lines(article: Article) -> Iterator[str | None]:
    yield article.kicker
    yield walk.plain_text(walk.headline(article))
    yield walk.plain_text(article.standfirst)
    yield from (article.byline, article.credit_line, article.copyright_notice, article.usage_terms)
    yield from (correction.public_text for correction in article.corrections)
    yield from (related.title for related in article.related)
    yield from (note.text for note in article.notes)
    for block in article.body:
        yield walk.block_text(block)
        yield from (_title(record) for _, record in walk.records(block))


def _title(record: Any) -> str | None:
    return record.title if isinstance(record, Embed) else None
