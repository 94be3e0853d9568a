"""All that is displayed of an article, in the order that web pages, EPUB and the wire have in common."""

from __future__ import annotations

from newsexport.kit.labels import banners, dateline, day, rights
from newsexport.kit.xhtml.blocks import Xhtml
from newsexport.kit.xhtml.markup import Profile, web_address
from newsexport.kit.xml import escape
from newsexport.model.article import Article, Correction, Related
from newsexport.model.nodes import Figure, Paragraph
from newsexport.model.walk import headline, unseen_corrections


def story(article: Article, xhtml: Xhtml) -> str:
    """Return the markup of a whole article: what warns of it, its head, its body and what belongs below."""
    images = "".join(xhtml.figure(Figure(image)) for image in article.images)
    parts = (head(article, xhtml), images, body(article, xhtml), xhtml.footnotes(), foot(article, xhtml))
    return "".join(parts)


def head(article: Article, xhtml: Xhtml) -> str:
    """Return banners, kicker, headline, standfirst, byline, dates, topics, and a dateline with a line of its own."""
    content = "".join(
        xhtml.line("p", xhtml.element("strong", escape(banner.text)), class_=f"banner {banner.kind}")
        for banner in banners(article)
    )
    content += _line(article.kicker, xhtml, "kicker")
    content += xhtml.heading(1, xhtml.inlines(headline(article)), id=xhtml.name("headline"))
    if article.standfirst:
        content += xhtml.line("p", xhtml.inlines(article.standfirst), class_="standfirst")
    content += _line(article.byline, xhtml, "byline") + _dates(article, xhtml)
    if _opening(article) is None:
        content += _line(dateline(article.dateline, article.language), xhtml, "dateline")
    if article.keywords:
        topics = " · ".join(map(escape, article.keywords))
        content += xhtml.line("p", f"{escape(xhtml.labels.words['topics'])}: {topics}", class_="topics")
    return xhtml.group("header", content)


def body(article: Article, xhtml: Xhtml) -> str:
    """Return the blocks of the body; a dateline that runs in begins the first paragraph."""
    opening = _opening(article)
    if opening is None:
        return xhtml.blocks(article.body)
    words = escape(dateline(article.dateline, article.language) or "")
    if xhtml.profile is not Profile.WIRE:
        words = xhtml.element("span", words, class_="dateline")
    return xhtml.paragraph(opening, words + " ") + xhtml.blocks(article.body[1:])


def foot(article: Article, xhtml: Xhtml) -> str:
    """Return corrections, related items, notes to the desks and the lines on rights."""
    related = "".join(_related(each, xhtml) for each in article.related)
    notes = "".join(_line(note.text, xhtml) for note in article.notes)
    words = xhtml.labels.words
    return (
        _section(corrections(article, xhtml), xhtml, None, "corrections")
        + _section(xhtml.line("ul", "\n" + related) if related else "", xhtml, words["related"], "related")
        + _section(notes, xhtml, words["desk-notes"], "desk-notes")
        + _section(_rights(article, xhtml), xhtml, words["rights"], "rights")
    )


def corrections(article: Article, xhtml: Xhtml) -> str:
    """Return the corrections that no note in the body displays."""
    return "".join(_correction(each, xhtml) for each in unseen_corrections(article))


def _opening(article: Article) -> Paragraph | None:
    """Return the paragraph that the dateline runs into; None when it has none or a line of its own."""
    line = article.dateline
    first = article.body[0] if article.body else None
    if line is None or not line.run_in or not dateline(line, article.language):
        return None
    return first if isinstance(first, Paragraph) else None


def _line(text: str | None, xhtml: Xhtml, class_: str | None = None) -> str:
    return xhtml.line("p", escape(text), class_=class_) if text else ""


def _dates(article: Article, xhtml: Xhtml) -> str:
    shown = [xhtml.time(article.published)] if article.published else []
    if article.updated and article.updated != article.published:
        shown.append(f"{escape(xhtml.labels.words['updated'])} {xhtml.time(article.updated)}")
    return xhtml.line("p", " · ".join(shown), class_="dates") if shown else ""


def _section(content: str, xhtml: Xhtml, title: str | None, class_: str) -> str:
    if not content:
        return ""
    heading = xhtml.small_heading(title) if title else ""
    return xhtml.group("section", heading + content, class_=class_)


def _correction(correction: Correction, xhtml: Xhtml) -> str:
    title = xhtml.labels.corrections[correction.kind]
    if correction.date:
        title = f"{title}, {day(correction.date, xhtml.language)}"
    return xhtml.small_heading(title) + _line(correction.public_text, xhtml)


def _related(related: Related, xhtml: Xhtml) -> str:
    href = web_address(related.uri)
    if href:
        return xhtml.line("li", xhtml.element("a", escape(related.title or related.uri), href=href))
    return xhtml.line("li", escape(related.title)) if related.title else ""


def _rights(article: Article, xhtml: Xhtml) -> str:
    return "".join(_line(f"{name}: {text}" if name else text, xhtml) for name, text in rights(article))
