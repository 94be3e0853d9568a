"""A story from its banners to its small print, and the front of an edition."""

from __future__ import annotations

from collections.abc import Iterator

from newsexport.kit.labels import banners, dateline, day, direction, labels, rights
from newsexport.model import Article, Edition, Paragraph, Related, Section, Text
from newsexport.model.walk import headline, plain_text, stated_moment, unseen_corrections
from newsexport.spi import Asset, Context
from newsexport.writers.pdf import theme
from newsexport.writers.pdf._reportlab import Metrics
from newsexport.writers.pdf.figures import Figures
from newsexport.writers.pdf.inlines import Typesetter
from newsexport.writers.pdf.layout import Layout, Setting
from newsexport.writers.pdf.pieces import NewPage, Piece, Rule, Start
from newsexport.writers.pdf.tags import Element
from newsexport.writers.pdf.text import PageNumber, TextBlock


class Stories:
    """Makes pieces of articles and editions.

    Attributes:
        width: Of the column.
    """

    def __init__(self, context: Context, metrics: Metrics, width: float, height: float) -> None:
        self._set = Typesetter(context)
        self._metrics = metrics
        self._figures = Figures(self._set, metrics, context, height * 0.52)
        self._layout = Layout(self._set, metrics, self._figures)
        self.width = width

    def article(self, article: Article, parent: Element, *, base: int = 0, anchor: str | None = None) -> list[Piece]:
        """Return the pieces of an article.

        Args:
            article: The article.
            parent: Where it hangs in the structure tree.
            base: Level of the headline, less one.
            anchor: Name of its place in the document.
        """
        rtl = direction(article.language, article.direction) == "rtl"
        self._layout.language = self._figures.language = article.language
        self._layout.base = base
        self._figures.rtl = rtl
        flush = Setting(theme.BODY, self.width, rtl=rtl)
        hung = Setting(theme.BODY, self.width, max(0.0, self.width - theme.MEASURE), rtl)
        pieces: list[Piece] = [Start(_head(article))]
        pieces += self._top(article, parent, flush, anchor)
        pieces += self._body(article, parent, hung)
        pieces += self._end(article, parent, hung)
        return pieces

    def logo(self, asset: Asset | None) -> list[Piece]:
        """Return the logo above all else; nothing, with a notice, when it cannot be shown."""
        return self._figures.logo(asset) if asset else []

    # Above the body

    def _top(self, article: Article, parent: Element, setting: Setting, anchor: str | None) -> Iterator[Piece]:
        layout = self._layout
        for banner in banners(article):
            yield layout.text(banner.text, theme.BANNER, parent.add("P"), setting, article)
        if article.kicker:
            yield layout.text(article.kicker, theme.KICKER, parent.add("P"), setting, article)
        content = headline(article)
        level = layout.base + 1
        runs = self._set.inlines(content, theme.HEADLINE, parent.add(f"H{level}"))
        outline = (plain_text(content), level - 1)
        yield TextBlock(runs, theme.HEADLINE, self._metrics, rtl=setting.rtl, outline=outline, anchor=anchor)
        if article.standfirst:
            yield layout.text(article.standfirst, theme.STANDFIRST, parent.add("P"), setting, article)
        yield Rule(0.6, theme.RULE, before=3, after=7, keep=True)
        if article.byline:
            yield layout.text(article.byline, theme.BYLINE, parent.add("P"), setting, article)
        line = dateline(article.dateline, article.language)
        if line and not _runs_in(article):
            yield layout.text(line, theme.DATELINE, parent.add("P"), setting, article)
        if article.keywords:
            yield layout.text(" · ".join(article.keywords), theme.TOPICS, parent.add("P"), setting, article)
        yield Rule(0, theme.RULE, after=9, keep=True)
        for image in article.images:
            yield from self._figures.media(image, (), parent)

    # The body

    def _body(self, article: Article, parent: Element, setting: Setting) -> Iterator[Piece]:
        last = len(article.body) - 1
        for index, block in enumerate(article.body):
            if isinstance(block, Paragraph):
                line = dateline(article.dateline, article.language) if index == 0 and _runs_in(article) else None
                ends = index == last
                yield self._layout.paragraph(block, parent, setting, dateline=line, end_mark=ends)
            else:
                yield from self._layout.block(block, parent, setting)

    # Below the body

    def _end(self, article: Article, parent: Element, setting: Setting) -> Iterator[Piece]:
        layout = self._layout
        said = labels(article.language)
        notes, self._set.footnotes = self._set.footnotes, []
        if notes:
            yield layout.hung(Rule(0.6, theme.RULE, before=12, after=6, keep=True), setting)
            yield self._title(said.words["notes"], parent, setting)
            yield from layout.footnotes(notes, parent, setting)
        yield from self._corrections(article, parent, setting)
        if article.related:
            yield self._title(said.words["related"], parent, setting)
            for related in article.related:
                yield self._related(related, parent, setting)
        yield from self._desk_notes(article, parent, setting)
        yield from self._rights(article, parent, setting)

    def _title(self, words: str, parent: Element, setting: Setting) -> Piece:
        return self._layout.text(words, theme.LABEL, parent.add("P"), setting)

    def _corrections(self, article: Article, parent: Element, setting: Setting) -> Iterator[Piece]:
        for correction in unseen_corrections(article):
            title = labels(article.language).corrections[correction.kind]
            if correction.date:
                title = f"{title} · {day(correction.date.date(), article.language)}"
            text = Paragraph((Text(correction.public_text or ""),))
            for piece in self._layout.notice(title, (text,), parent.add("Sect"), setting):
                yield self._layout.hung(piece, setting)

    def _related(self, related: Related, parent: Element, setting: Setting) -> Piece:
        element = parent.add("P")
        text = related.title or related.uri
        if related.uri.lower().startswith(("http://", "https://")):
            runs = self._set.link(text, related.uri, theme.BOX_TEXT, element, related)
        else:
            runs = self._set.words(text, theme.BOX_TEXT, element, related)
        block = TextBlock(runs, theme.BOX_TEXT, self._metrics, rtl=setting.rtl)
        return self._layout.hung(block, setting)

    def _desk_notes(self, article: Article, parent: Element, setting: Setting) -> Iterator[Piece]:
        if article.notes:
            yield self._title(labels(article.language).words["desk-notes"], parent, setting)
        for note in article.notes:
            yield self._layout.text(note.text, theme.BOX_TEXT, parent.add("P"), setting, note)

    def _rights(self, article: Article, parent: Element, setting: Setting) -> Iterator[Piece]:
        lines = [f"{name}: {text}" if name else text for name, text in rights(article)]
        if lines:
            yield self._layout.hung(Rule(0.6, theme.RULE, before=14, after=6, keep=True), setting)
        for line in lines:
            yield self._layout.text(line, theme.SMALL_PRINT, parent.add("P"), setting, article)

    # Editions

    def edition(self, edition: Edition, root: Element) -> list[Piece]:
        """Return the pieces of an edition: a title page with contents, then each article on a page of its own."""
        pieces = list(self._title_page(edition, root))
        numbered = 0
        for section in edition.sections:
            element = root.add("Sect")
            for index, article in enumerate(section.articles):
                pieces.append(NewPage())
                if index == 0:
                    pieces.append(self._section_title(section, element, edition))
                pieces += self.article(
                    article,
                    element.add("Art", _other(article.language, edition.language)),
                    base=2,
                    anchor=f"article-{numbered}",
                )
                numbered += 1
        return pieces

    def _section_title(self, section: Section, element: Element, edition: Edition) -> Piece:
        rtl = direction(edition.language, edition.direction) == "rtl"
        runs = self._set.words(section.title, theme.SECTION, element.add("H2"), section)
        return TextBlock(runs, theme.SECTION, self._metrics, rtl=rtl, outline=(section.title, 1))

    def _title_page(self, edition: Edition, root: Element) -> Iterator[Piece]:
        rtl = direction(edition.language, edition.direction) == "rtl"
        setting = Setting(theme.BODY, self.width, rtl=rtl)
        layout = self._layout
        layout.language = self._figures.language = edition.language
        self._figures.rtl = rtl
        title = edition.title or edition.guid
        yield Start(" · ".join(part for part in (title, _day(edition)) if part))
        if edition.publisher:
            yield layout.text(edition.publisher.name, theme.KICKER, root.add("P"), setting)
        runs = self._set.words(title, theme.TITLE, root.add("H1"), edition)
        yield TextBlock(runs, theme.TITLE, self._metrics, rtl=rtl, outline=(title, 0))
        if _day(edition):
            yield layout.text(_day(edition), theme.TITLE_DATE, root.add("P"), setting)
        if edition.cover:
            yield from self._figures.media(edition.cover, (), root)
        yield from self._contents(edition, root, setting)
        if edition.rights:
            yield Rule(0.6, theme.RULE, before=14, after=6, keep=True)
            yield layout.text(edition.rights, theme.SMALL_PRINT, root.add("P"), setting)

    def _contents(self, edition: Edition, root: Element, setting: Setting) -> Iterator[Piece]:
        element = root.add("TOC")
        words = labels(edition.language).words["contents"]
        yield self._layout.text(words, theme.GALLERY_TITLE, element.add("Caption"), setting)
        numbered = 0
        for section in edition.sections:
            if section.articles:
                yield self._layout.text(section.title, theme.SECTION, element.add("TOCI").add("P"), setting)
            for article in section.articles:
                item = element.add("TOCI", _other(article.language, edition.language))
                text = plain_text(headline(article))
                anchor = f"article-{numbered}"
                runs = self._set.link(text, f"#{anchor}", theme.ENTRY, item.add("Reference"), article)
                number = PageNumber(anchor, self._set.words("0", theme.ENTRY, item)[0].glyphs)
                yield TextBlock(runs, theme.ENTRY, self._metrics, rtl=setting.rtl, page_number=number)
                numbered += 1


def _runs_in(article: Article) -> bool:
    run_in = article.dateline is not None and article.dateline.run_in
    return run_in and bool(article.body) and isinstance(article.body[0], Paragraph)


def _other(language: str, surroundings: str) -> str | None:
    return language if language != surroundings else None


def _day(edition: Edition) -> str:
    moment = stated_moment(edition)
    return day(moment.date(), edition.language) if moment else ""


def _head(article: Article) -> str:
    """Return the words of the running head: who sends it, and when this version was made."""
    provider = article.provider.name if article.provider else article.credit_line
    moment = stated_moment(article)
    when = day(moment.date(), article.language) if moment else None
    return " · ".join(part for part in (provider, when) if part)
