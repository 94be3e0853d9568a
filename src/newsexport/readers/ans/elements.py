"""Content elements of ANS, of which the text of a story consists.

Source: washingtonpost/ans-schema, schema/ans/0.4.7 to 0.10.12, story_elements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

from newsexport.errors import Kind
from newsexport.kit.cms import Fields
from newsexport.kit.html import blocks
from newsexport.kit.html.builder import Builder
from newsexport.kit.html.embeds import bare_address, provider
from newsexport.model import (
    Aside,
    Block,
    Cell,
    CodeBlock,
    Correction,
    Divider,
    Embed,
    Figure,
    Gallery,
    Heading,
    Inline,
    Link,
    List,
    ListItem,
    Note,
    NoteKind,
    Paragraph,
    Quote,
    Table,
    Text,
)
from newsexport.readers.ans import media
from newsexport.spi import Asset

_CORRECTIONS: Final = {
    "correction": "correction", "clarification": "clarification", "update": "update", "retraction": "retraction",
}  # fmt: skip
_NOTES: Final[dict[str, NoteKind]] = {"clarification": "clarification", "update": "update"}
# What the editor of an embed may have written for those who cannot see it.
_FALLBACKS: Final = ("fallback", "text", "content", "html", "caption", "title", "description")


class Elements:
    """Reads content elements.

    Attributes:
        assets: Pictures that stood in markup.
        corrections: What the notes among the elements say.
    """

    def __init__(self, base: str | None, language: str | None) -> None:
        self.assets: list[Asset] = []
        self.corrections: list[Correction] = []
        self._base = base
        self._language = language

    def read(self, holder: Fields) -> tuple[Block, ...]:
        """Return the blocks of the elements that an object holds."""
        return tuple(block for element in holder.each("content_elements") for block in self._element(element))

    def _element(self, element: Fields) -> tuple[Block, ...]:
        kind = element.text("type") or ""
        shown = _SHOWN.get(kind)
        if shown is not None:
            return shown(self, element)
        words = element.text("content") or element.text("text")
        nested = self.read(element) if element.raw("content_elements") else ()
        if words or nested:
            element.notice("ans.unknown", Kind.REPAIR, f"the element {kind!r} is not known; its text was kept")
            return (*self._html(words, element), *nested)
        self._lose(element, f"the element {kind!r} is not known and was left out")
        return ()

    def _html(self, html: str | None, element: Fields) -> tuple[Block, ...]:
        if not html:
            return ()
        if "<" not in html and "&" not in html:
            return (Paragraph((Text(" ".join(html.split())),)),)
        found = blocks(html, element.context, base=self._base, language=self._language)
        self.assets += found.assets
        return found.blocks

    def _line(self, element: Fields, *names: str) -> tuple[Inline, ...]:
        found = next((text for name in names if (text := element.text(name))), None)
        return media.line(found, element, self._base)

    def _link(self, element: Fields, name: str) -> str | None:
        return Builder(element.context, base=self._base).address(element.text(name))

    def _lose(self, element: Fields, message: str) -> None:
        element.notice("ans.element-lost", Kind.LOSS, message)

    # Text

    def text(self, element: Fields) -> tuple[Block, ...]:
        """Return a paragraph, which is a piece of HTML; `text` up to ANS 0.4."""
        return self._html(element.text("content") or element.text("text"), element)

    def raw_html(self, element: Fields) -> tuple[Block, ...]:
        """Return what somebody wrote in HTML; `html` up to ANS 0.4."""
        return self._html(element.text("content") or element.text("html"), element)

    def header(self, element: Fields) -> tuple[Block, ...]:
        """Return a heading."""
        content = self._line(element, "content")
        level = min(max(element.whole("level", 0, 99) or 2, 2), 6)
        return (Heading(content, level),) if content else ()

    def list(self, element: Fields) -> tuple[Block, ...]:
        """Return a list; one among its items belongs to the item before it."""
        items: list[ListItem] = []
        for item in element.each("items"):
            found = self._element(item)
            if item.text("type") == "list" and items:
                items[-1] = ListItem((*items[-1].blocks, *found))
            elif found:
                items.append(ListItem(found))
        return (List(tuple(items), ordered=element.text("list_type") == "ordered"),) if items else ()

    def table(self, element: Fields) -> tuple[Block, ...]:
        """Return a table of text."""
        head = self._cells(element, "header", header=True)
        rows = Fields(dict(_rows(element)), element.context, element.path)
        body = tuple(row for name in rows.values if (row := self._cells(rows, name)))
        return (Table((head,) if head else (), body),) if head or body else ()

    def _cells(self, row: Fields, name: str, *, header: bool = False) -> tuple[Cell, ...]:
        return tuple(Cell(self._element(cell), header=header) for cell in row.each(name))

    def quote(self, element: Fields) -> tuple[Block, ...]:
        """Return a quotation with its source."""
        said = self.read(element) or self._html(element.text("content"), element)
        source = self._line(element.fields("citation"), "content")
        is_pull = (element.text("subtype") or "").replace("-", "").replace("_", "") == "pullquote"
        if not said:
            return (Paragraph(source),) if source else ()
        return (Quote(said, source, pull=is_pull),)

    def correction(self, element: Fields) -> tuple[Block, ...]:
        """Return a note to readers, and keep it as a correction."""
        found = correction(element)
        if found is None:
            return ()
        self.corrections.append(found)
        note = _NOTES.get(found.kind, "correction")
        return (Note(note, blocks=self._html(_said(element), element)),)

    def code(self, element: Fields) -> tuple[Block, ...]:
        """Return lines of code."""
        content = element.characters("content").strip("\n")
        return (CodeBlock(content),) if content.strip() else ()

    def divider(self, _: Fields) -> tuple[Block, ...]:
        """Return a break."""
        return (Divider(),)

    def group(self, element: Fields) -> tuple[Block, ...]:
        """Return what is kept together, as it comes."""
        return self.read(element)

    def rating(self, element: Fields) -> tuple[Block, ...]:
        """Return a rating as a line of text."""
        value, most, units = element.text("numeric_rating"), element.text("max"), element.text("units")
        rated = f"{value}/{most}" if value and most else value
        return (Paragraph((Text(" ".join(filter(None, (rated, units)))),)),) if rated else ()

    def endorsement(self, element: Fields) -> tuple[Block, ...]:
        """Return the word of a reviewer."""
        content = self._line(element, "endorsement")
        return (Paragraph(content),) if content else ()

    # Links to other stories

    def interstitial(self, element: Fields) -> tuple[Block, ...]:
        """Return a link that stands between two paragraphs."""
        return (Aside("related", blocks=found),) if (found := self._linked(element)) else ()

    def link_list(self, element: Fields) -> tuple[Block, ...]:
        """Return a list of links."""
        found = (
            self._linked(item) if item.text("type") != "text" else self._element(item) for item in element.each("items")
        )
        items = tuple(ListItem(item) for item in found if item)
        title = element.text("title")
        return (Aside("related", (Text(title),) if title else (), (List(items),)),) if items else ()

    def story(self, element: Fields) -> tuple[Block, ...]:
        """Return a link to a story that stands among the elements of another."""
        title = media.words(media.default(element, "headlines"), element)
        href = self._link(element, "canonical_url") or self._link(element, "website_url")
        if title is None or href is None:
            self._lose(element, "a story within the story has no headline or address and was left out")
            return ()
        return (Aside("related", blocks=(Paragraph((Link((Text(title),), href),)),)),)

    def _linked(self, element: Fields) -> tuple[Block, ...]:
        href = self._link(element, "url")
        label = self._line(element, "content") or ((Text(href),) if href else ())
        image = media.figure(element.fields("image"), self._base)
        return (
            *((Paragraph((Link(label, href),) if href else label),) if label else ()),
            *self._html(element.fields("description").text("content"), element),
            *((image,) if image else ()),
        )

    # Pictures, films, recordings

    def medium(self, element: Fields) -> tuple[Block, ...]:
        """Return a picture, film or recording; one that is elsewhere as what is embedded."""
        found = media.figure(element, self._base)
        if found is not None:
            return (found,)
        embedded = self._html(element.text("embed_html"), element)
        if embedded:
            return embedded
        url = self._link(element, "canonical_url")
        if url is not None:
            title = media.words(media.default(element, "headlines"), element)
            return (Embed(url, provider=provider(url), title=title),)
        self._lose(element, f"the {element.text('type')} has no address and was left out")
        return ()

    def gallery(self, element: Fields) -> tuple[Block, ...]:
        """Return pictures that are shown together."""
        shown = [block for each in element.each("content_elements") for block in self._element(each)]
        figures = tuple(block for block in shown if isinstance(block, Figure))
        title = media.line(media.default(element, "headlines"), element, self._base)
        others = tuple(block for block in shown if not isinstance(block, Figure))
        below = self._html(media.default(element, "description"), element)
        return (*((Gallery(figures, title),) if figures else ()), *below, *others)

    # What lives elsewhere

    def oembed(self, element: Fields) -> tuple[Block, ...]:
        """Return what a service answered for an address: by that address, with the words of the markup."""
        raw = element.fields("raw_oembed")
        shown = self._html(raw.text("html"), element)
        held = next((block for block in shown if isinstance(block, Embed)), None)
        stated = (raw.text("url"), raw.text("_id"), element.fields("referent").text("id"), element.text("objectUrl"))
        url = next((found for text in stated if text and (found := bare_address(text))), None) or (
            held.url if held else None
        )
        if url is None:
            if not shown:
                self._lose(element, "something embedded has no address and was left out")
            return shown
        title = raw.text("title") or (held.title if held else None)
        named = raw.text("provider_name") or (held.provider if held else None) or provider(url)
        return (Embed(url, provider=named, title=title, fallback=held.fallback if held else shown),)

    def reference(self, element: Fields) -> tuple[Block, ...]:
        """Return what a reference leads to, where its identifier is an address."""
        referent = element.fields("referent")
        url = bare_address(referent.text("id") or "")
        if url is not None:
            return (Embed(url, provider=provider(url)),)
        kind = referent.text("type") or "object"
        self._lose(element, f"a reference to the {kind} {referent.text('id')!r} is not resolved and was left out")
        return ()

    def custom(self, element: Fields) -> tuple[Block, ...]:
        """Return what can be read of an embed that only its own program knows."""
        embed = element.fields("embed")
        kind = element.text("subtype") or embed.text("url") or ""
        self._lose(
            element, f"the embed of the kind {kind!r} was left out; a fallback in words was kept if there is one"
        )
        config = embed.fields("config")
        words = next(
            (text for name in _FALLBACKS if isinstance(config.raw(name), str) and (text := config.text(name))), None
        )
        return self._html(words, element)

    def zone(self, element: Fields) -> tuple[Block, ...]:
        """Return nothing for a place that each website fills otherwise."""
        message = "a place that each website fills otherwise was left out"
        element.notice("ans.zone", Kind.INFO, message)
        return ()


def correction(fields: Fields) -> Correction | None:
    """Return a correction as ANS words it; None for one without words."""
    text = media.words(_said(fields), fields)
    kind: Any = _CORRECTIONS.get((fields.text("correction_type") or "").lower(), "correction")
    return Correction(kind=kind, public_text=text) if text else None


def _said(fields: Fields) -> str | None:
    return fields.text("text") or fields.fields("additional_properties").text("content")


def _rows(element: Fields) -> Iterator[tuple[str, Any]]:
    """Yield the rows of a table by their places; later versions of ANS have objects with cells."""
    for index, row in enumerate(element.items("rows")):
        yield f"rows[{index}]", row.get("cells") if isinstance(row, dict) else row


_Shown: TypeAlias = Callable[[Elements, Fields], tuple[Block, ...]]
_SHOWN: Final[dict[str, _Shown]] = {
    "text": Elements.text,
    "raw_html": Elements.raw_html,
    "header": Elements.header,
    "list": Elements.list,
    "table": Elements.table,
    **dict.fromkeys(("quote", "blockquote"), Elements.quote),
    "correction": Elements.correction,
    "code": Elements.code,
    "divider": Elements.divider,
    "element_group": Elements.group,
    "numeric_rating": Elements.rating,
    "endorsement": Elements.endorsement,
    "interstitial_link": Elements.interstitial,
    "link_list": Elements.link_list,
    "story": Elements.story,
    **dict.fromkeys(("image", "graphic", "video", "audio"), Elements.medium),
    "gallery": Elements.gallery,
    **dict.fromkeys(("oembed_response", "oembed"), Elements.oembed),
    "reference": Elements.reference,
    "custom_embed": Elements.custom,
    **dict.fromkeys(("content_zone", "placeholder"), Elements.zone),
}
