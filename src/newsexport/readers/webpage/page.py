"""A page as an article: what is displayed, and what the page says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from newsexport.errors import InputError, Kind
from newsexport.kit import timestamps
from newsexport.kit.desk import read_published
from newsexport.kit.desk.bylines import is_byline
from newsexport.kit.desk.conventions import in_order
from newsexport.kit.html import Walk, headline_of, levelled
from newsexport.kit.html.addresses import host, path
from newsexport.kit.html.tree import language_of
from newsexport.model import (
    AltHeadline,
    Article,
    Block,
    Correction,
    Figure,
    Heading,
    Image,
    Inline,
    Link,
    Paragraph,
    Text,
)
from newsexport.model.walk import block_text, plain_text, records, words
from newsexport.readers.webpage import linked_data
from newsexport.readers.webpage.byline import displayed
from newsexport.readers.webpage.chrome import Chrome, is_chrome
from newsexport.readers.webpage.facts import Facts
from newsexport.readers.webpage.locate import MOST, Located, around, locate, smallest_with
from newsexport.readers.webpage.metadata import read_head
from newsexport.readers.webpage.options import WebpageOptions
from newsexport.spi import Context

_ALIKE: Final = 0.5
_HEAD_BLOCKS: Final = 6
_DATED: Final = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}:\d\d\b")
_SHORT: Final = 80
_FEW_WORDS: Final = 3
_LOGO: Final = re.compile(r"logo|favicon|placeholder|default[-_](?:image|share|thumb)", re.IGNORECASE)


class Page:
    """Reads one page.

    Attributes:
        walk: The way through the article; it holds the pictures that stood in the markup.
    """

    def __init__(self, root: LexborNode, options: WebpageOptions, context: Context) -> None:
        """Look at what the page says of itself, and find the article on it."""
        self._context = context
        self._head = read_head(root)
        self._address = options.base or self._head.address
        data = linked_data.article(root, self._address)
        self._facts = Facts(data, self._head, context, timestamps.zone(options.zone))
        self._language = options.language or language_of(root) or self._facts.language()
        self._body = root.css_first("body") or root
        self._located = self._locate()
        base = self._head.links.get("base")
        chrome = Chrome(self._located.length, host(self._address))
        self.walk = Walk(context, base=base or self._address, picture_base=base, language=self._language, skip=chrome)

    def article(self) -> Article:
        """Return the article.

        Raises:
            InputError: there is no text on the page.
        """
        headline, blocks = self._headline(self.walk.blocks(self._located.root))
        authors, houses = self._facts.authors()
        byline = displayed(self._body, authors) or _joined([*(author.name for author in authors), *houses])
        provider = self._facts.provider()
        said = (byline, *(author.name for author in authors), plain_text(headline), provider.name if provider else None)
        kicker, blocks = _kicker(_without_head(blocks, said))
        standfirst, blocks = self._standfirst(blocks)
        blocks = (*self._hero(blocks), *self._without_tail(blocks))
        if not blocks:
            raise InputError("there is no text of an article on the page", "`--from html` reads all that is on it")
        copy = read_published(levelled(blocks), self._language, self._context)
        published = self._facts.moment("published", "datePublished", self._head.published)
        updated = self._facts.moment("updated", "dateModified", self._head.updated)
        return Article(
            canonical_url=self._address,
            label=self._facts.label(),
            kicker=kicker,
            headline=headline,
            alt_headlines=self._other_headlines(headline),
            standfirst=standfirst,
            byline=byline,
            dateline=copy.dateline,
            body=copy.body,
            authors=authors,
            keywords=self._facts.keywords(),
            people=self._facts.concepts("Person"),
            organisations=self._facts.concepts("Organization"),
            places=self._facts.concepts("Place"),
            first_created=self._facts.moment("first_created", "dateCreated", None),
            published=published,
            updated=updated if updated and (published is None or updated > published) else None,
            provider=provider,
            info_sources=houses,
            credit_line=linked_data.text(self._facts.data.get("creditText")),
            copyright_holder=linked_data.text(self._facts.data.get("copyrightHolder")),
            copyright_notice=self._copyright(),
            usage_terms=linked_data.text(self._facts.data.get("usageInfo")),
            data_mining=self._facts.data_mining(),
            corrections=(*copy.corrections, *self._corrections()),
            language=self._language or "",
            images=self._lead(copy.body),
        )

    # The text

    def _locate(self) -> Located:
        stated = linked_data.text(self._facts.data.get("articleBody"))
        found = locate(self._body)
        if found.how == MOST:
            node = smallest_with(self._body, _sentences(stated) if stated else _extracted(self._body))
            if node is not None:
                how = "the text in JSON-LD" if stated else "trafilatura"
                found = Located(node, len(node.text()), how)
        self._context.notice("webpage.located", Kind.INFO, f"the article was found by {found.how}")
        return found

    def _headline(self, blocks: tuple[Block, ...]) -> tuple[tuple[Inline, ...], tuple[Block, ...]]:
        """Return the headline as it is displayed, where it is the one that the page is called by."""
        titles = self._facts.titles()
        inside, rest = headline_of(blocks)
        if inside and _is_alike(plain_text(inside), titles):
            self._facts.told("headline", "the heading of the article")
            return inside, rest
        for heading in self._body.css("h1, h2, h3"):
            text = " ".join(heading.text(separator=" ").split())
            if text and (_is_alike(text, titles) if heading.tag == "h1" else _begins(text, titles)):
                self._facts.told("headline", "the heading of the page")
                return (Text(text),), _without(blocks, text)
        if not titles:
            return inside, rest
        self._facts.told("headline", "the head of the page")
        return (Text(titles[0]),), _without(blocks, titles[0])

    def _without_tail(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Return blocks without the last headings below which there is no text, but links to other stories."""
        rest = blocks
        while (start := _last_heading(rest)) and _leads_on(rest[start:]):
            rest = rest[:start]
        if len(rest) < len(blocks):
            message = f"{len(blocks) - len(rest)} blocks of links below the text were left out"
            self._context.notice("webpage.links-below", Kind.INFO, message)
        return rest

    def _hero(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Return the picture that stands above the text, outside of the element that holds it."""
        root = self._located.root
        shown = {_name(image.uri) for image in _pictures(blocks)}
        holder = next((node for node in around(root, self._body) if node.tag in {"article", "main"}), root.parent)
        if holder is None:
            return ()
        for node in _before(root, holder):
            if node.tag in {"figure", "picture"} and not self._is_beside(node):
                found = [block for block in self.walk.block(node) if isinstance(block, Figure)]
                if found and _name(found[0].media.uri) not in shown:
                    return (found[0],)
        return ()

    def _is_beside(self, node: LexborNode) -> bool:
        return any(is_chrome(each.tag or "", each.attributes) for each in around(node, self._body))

    def _lead(self, body: Sequence[Block]) -> tuple[Image, ...]:
        """Return the lead picture that the page names, unless the text shows one."""
        images = self._facts.images()
        images = tuple(image for image in images if not _LOGO.search(_name(image.uri)))
        if not images or any(True for _ in _pictures(body)):
            return ()
        self._facts.told("images", "what the page says of itself")
        return images

    # What goes with it

    def _standfirst(self, blocks: tuple[Block, ...]) -> tuple[tuple[Inline, ...], tuple[Block, ...]]:
        """Return the summary, and the blocks without it: one that is but the beginning of the text is none."""
        stated = self._facts.standfirst()
        start = " ".join(words((stated or "").removesuffix("…").removesuffix("..."))).casefold()
        if not stated or not start:
            return (), blocks
        for index, block in enumerate(blocks[:_HEAD_BLOCKS]):
            text = " ".join(words(block_text(block))).casefold() if isinstance(block, Paragraph) else ""
            if text == start and isinstance(block, Paragraph) and index + 1 < len(blocks):
                return block.content, (*blocks[:index], *blocks[index + 1 :])
            # A cut word may stand at the end of what the page says.
            if text.startswith(start.rpartition(" ")[0] or start):
                return (), blocks
        return (Text(stated),), blocks

    def _other_headlines(self, headline: tuple[Inline, ...]) -> tuple[AltHeadline, ...]:
        shown = " ".join(plain_text(headline).split()).casefold()
        title = self._head.without_site(self._head.title or "")
        roles = (
            ("social", self._head.first("og:title")),
            ("seo", title),
            ("short", linked_data.text(self._facts.data.get("alternativeHeadline"))),
        )
        found = {text.casefold(): AltHeadline(role, text) for role, text in reversed(roles) if text}
        return tuple(each for text, each in found.items() if text != shown)[::-1]

    def _copyright(self) -> str | None:
        stated = linked_data.text(self._facts.data.get("copyrightNotice"))
        return stated or self._head.first("copyright", "dc.rights", "dcterms.rights", "rights")

    def _corrections(self) -> Iterator[Correction]:
        for text in linked_data.texts(self._facts.data.get("correction")):
            yield Correction(public_text=text)


def _joined(names: Sequence[str]) -> str | None:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:]))) or None


def _is_alike(text: str, titles: Sequence[str]) -> bool:
    """Tell whether a heading is one of the titles, give or take some words; any is where there are none."""
    own = _pieces(text)
    others = [_pieces(title) for title in titles]
    return not others or any(len(own & other) >= _ALIKE * max(len(own), len(other)) for other in others)


def _begins(text: str, titles: Sequence[str]) -> bool:
    """Tell whether a heading is the beginning of a title, whose end is the name of the site."""
    return len(text) > _SHORT // 4 and any(title.casefold().startswith(text.casefold()) for title in titles)


def _pieces(text: str) -> set[str]:
    """Return the pieces of three letters that a text has: scripts without blanks have no words to compare."""
    letters = "".join(words(text)).casefold()
    return {letters[index : index + 3] for index in range(max(1, len(letters) - 2))}


def _without(blocks: tuple[Block, ...], heading: str) -> tuple[Block, ...]:
    """Return blocks without the headline: a heading anywhere, a paragraph at their head."""
    wanted = " ".join(words(heading)).casefold()
    return tuple(
        block
        for index, block in enumerate(blocks)
        if not isinstance(block, Heading | Paragraph)
        or (isinstance(block, Paragraph) and index >= _HEAD_BLOCKS)
        or " ".join(words(block_text(block))).casefold() != wanted
    )


def _without_head(blocks: tuple[Block, ...], known: Sequence[str | None]) -> tuple[Block, ...]:
    """Return blocks without the lines at their head that say again who wrote the text, and when."""
    said = {" ".join(words(text)).casefold() for text in known if text}
    rest = list(blocks[:_HEAD_BLOCKS])
    for block in blocks[:_HEAD_BLOCKS]:
        text = block_text(block) if isinstance(block, Paragraph) else ""
        if len(text) > _SHORT or isinstance(block, Figure):
            break
        if text and _is_known(text, said):
            rest.remove(block)
    return (*rest, *blocks[_HEAD_BLOCKS:])


def _kicker(blocks: tuple[Block, ...]) -> tuple[str | None, tuple[Block, ...]]:
    """Take the name of the section off the head, which leads to it."""
    match blocks[:1]:
        case (Paragraph(content=(Link(content=content),)),) if len(words(plain_text(content))) <= _FEW_WORDS:
            return plain_text(content), blocks[1:]
        case _:
            return None, blocks


def _is_known(text: str, said: set[str]) -> bool:
    """Tell whether a line at the head says nothing but who wrote the text, or when."""
    spoken = " ".join(words(text)).casefold()
    if spoken in said or spoken.partition(" ")[2] in said or is_byline(text, in_order(None)[:1]):
        return True
    return bool(_DATED.search(text)) and not text.endswith((".", "!", "?"))


def _last_heading(blocks: Sequence[Block]) -> int:
    """Return where the last section begins; 0 when the text has none."""
    return max((index for index, block in enumerate(blocks) if isinstance(block, Heading)), default=0)


def _leads_on(section: Sequence[Block]) -> bool:
    """Tell whether a section has links and no text of its own."""
    links = [record for _, record in records(tuple(section)) if isinstance(record, Link)]
    linked = sum(len(plain_text(link.content)) for link in links)
    longest = max((len(line) for block in section for line in block_text(block).split("\n")), default=0)
    whole = sum(len(block_text(block)) for block in section)
    return bool(links) and (longest < _SHORT or linked > whole * _ALIKE)


def _pictures(blocks: Sequence[Block]) -> Iterator[Image]:
    yield from (record for _, record in records(tuple(blocks)) if isinstance(record, Image))


def _name(uri: str) -> str:
    """Return the name of a picture's file, which is the same in all its sizes."""
    whole = unquote(path(uri)).rstrip("/")
    stem = whole.rpartition("/")[2].rpartition(".")[0] or whole
    return re.sub(r"[-_]\d{2,4}x\d{2,4}$", "", stem).casefold()


def _before(root: LexborNode, holder: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements within another that stand in front of one."""
    for node in holder.traverse():
        if node.mem_id == root.mem_id:
            return
        yield node


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+|\n+", text) if part]


def _extracted(body: LexborNode) -> list[str]:
    """Return the passages that trafilatura takes for the article; none where it is not installed."""
    try:
        import trafilatura  # 0.4 s, an extra, and most pages say where their article is
    except ImportError:
        return []
    text = trafilatura.extract(body.html or "", output_format="txt", favor_precision=True, with_metadata=False)
    return [line.strip("- ") for line in (text or "").splitlines() if line]
