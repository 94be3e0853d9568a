"""A story from its banners to the notes to editors."""

from __future__ import annotations

from typing import Final

from newsexport.kit.labels import Banner, banners, dateline, day, rights
from newsexport.model import Article, Figure, Link, List, ListItem, Paragraph, Related, Text
from newsexport.model.walk import headline, unseen_corrections
from newsexport.writers.docx.blocks import WEB, Blocks
from newsexport.writers.docx.markup import base, characters, run
from newsexport.writers.docx.paragraphs import Manuscript, Setting
from newsexport.writers.docx.parts import Relationships
from newsexport.writers.docx.styles import Style

_FOR_READERS: Final = ("label", "ai")


class Story:
    """Writes one article.

    Args:
        manuscript: What the document shares.
        relationships: Of the main part.
        article: What to write.
        depth: Level of its headline in the outline, from 0.
        bookmark: What contents refer to; None where there are none.
    """

    def __init__(
        self,
        manuscript: Manuscript,
        relationships: Relationships,
        article: Article,
        *,
        depth: int = 0,
        bookmark: int | None = None,
    ) -> None:
        place = base(article.language, article.direction)
        self.blocks = Blocks(manuscript, relationships, article.language)
        self._article = article
        self._depth = depth
        self._bookmark = bookmark
        self._setting = Setting(place=place, width=manuscript.width, shift=depth)

    def write(self) -> str:
        """Return the story."""
        self._head()
        self._body()
        self._corrections()
        self._related()
        self._rights()
        self._desk_notes()
        return self.blocks.end()

    def _line(self, style: Style, text: str | None) -> None:
        if text:
            self.blocks.paragraph(style, self._text(text), self._setting)

    def _text(self, text: str, style: Style | None = None) -> str:
        return self.blocks.runs.text(text, self._setting.place, style)

    def _head(self) -> None:
        article, blocks = self._article, self.blocks
        for banner in banners(article):
            blocks.paragraph(_banner_style(banner), blocks.label(banner.text), self._setting)
        self._line(Style.KICKER, article.kicker)
        self._headline()
        if article.standfirst:
            standfirst = blocks.runs.inlines(article.standfirst, self._setting.place)
            blocks.paragraph(Style.SUBTITLE, standfirst, self._setting)
        self._line(Style.BYLINE, article.byline)
        if not self._runs_in():
            self._line(Style.DATELINE, dateline(article.dateline, article.language))
        if article.keywords:
            topics = blocks.label(f"{blocks.said.words['topics']}: ", Style.RUN_IN)
            blocks.paragraph(Style.TOPICS, topics + self._text(" · ".join(article.keywords)), self._setting)
        for image in article.images:
            blocks.figure(Figure(image), self._setting)

    def _headline(self) -> None:
        runs = self.blocks.runs.inlines(headline(self._article), self._setting.place)
        if self._bookmark is not None:
            start = f'<w:bookmarkStart w:id="{self._bookmark}" w:name="{bookmark_name(self._bookmark)}"/>'
            runs = f'{start}{runs}<w:bookmarkEnd w:id="{self._bookmark}"/>'
        style = Style.TITLE if self._bookmark is None else Style.HEADLINE
        self.blocks.paragraph(style, runs, self._setting, outline=self._depth)

    def _runs_in(self) -> bool:
        article = self._article
        begins = bool(article.body) and isinstance(article.body[0], Paragraph)
        return begins and article.dateline is not None and article.dateline.run_in

    def _body(self) -> None:
        article = self._article
        line = dateline(article.dateline, article.language) if self._runs_in() else None
        if line:
            runs = self._text(line, Style.DATELINE_TEXT) + run(characters(" "))
            self.blocks.lead_in(runs, article.body, self._setting, Style.NORMAL)
        else:
            self.blocks.blocks(article.body, self._setting)

    # What follows the story

    def _heading(self, name: str) -> None:
        runs = self.blocks.words(name)
        self.blocks.paragraph(Style.END_HEADING, runs, self._setting, outline=self._depth + 1)

    def _corrections(self) -> None:
        blocks = self.blocks
        public = unseen_corrections(self._article)
        if public:
            self._heading("corrections")
        for correction in public:
            dated = f", {day(correction.date.date(), blocks.language)}" if correction.date else ""
            label = blocks.label(f"{blocks.said.corrections[correction.kind]}{dated}: ", Style.RUN_IN)
            blocks.paragraph(Style.NORMAL, label + self._text(correction.public_text or ""), self._setting)

    def _related(self) -> None:
        related = self._article.related
        if not related:
            return
        self._heading("related")
        items = tuple(ListItem((Paragraph((_reference(item),)),)) for item in related)
        self.blocks.blocks((List(items),), self._setting)

    def _rights(self) -> None:
        lines = rights(self._article)
        if lines:
            self._heading("rights")
        for name, text in lines:
            named = self.blocks.label(f"{name}: ", Style.RUN_IN) if name else ""
            self.blocks.paragraph(Style.RIGHTS, named + self._text(text), self._setting)

    def _desk_notes(self) -> None:
        if self._article.notes:
            self._heading("desk-notes")
        for note in self._article.notes:
            self._line(Style.NOTE, note.text)


def _banner_style(banner: Banner) -> Style:
    return Style.STORY_LABEL if banner.kind in _FOR_READERS else Style.BANNER


def _reference(item: Related) -> Text | Link:
    text = Text(item.title or item.uri)
    return Link((text,), item.uri) if item.uri.lower().startswith(WEB) else text


def bookmark_name(number: int) -> str:
    """Return the name of the bookmark at an article's headline."""
    return f"article{number}"
