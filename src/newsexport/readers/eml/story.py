"""A mail to an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote

from msgspec import Struct, structs

from newsexport.errors import InputError, Kind, LimitError
from newsexport.kit.desk import read_copy, read_story
from newsexport.kit.desk.marks import embargo_mark
from newsexport.kit.html import headline_of, levelled, parse
from newsexport.kit.html.tree import language_of
from newsexport.model import Article, Block, EdNote, Figure, Heading, Image, Inline, Paragraph, Text
from newsexport.model.walk import block_text, plain_text, records, words
from newsexport.readers.eml import mime, plain
from newsexport.readers.eml.choice import Choice, Form, choose, form_of, is_encrypted
from newsexport.readers.eml.header import Header
from newsexport.readers.eml.options import EmlOptions
from newsexport.readers.eml.pictures import MailWalk, Pictures
from newsexport.readers.eml.subject import is_release_mark, read_subject, says_release
from newsexport.spi import Asset, Context, Parsed

_DEEPEST_MAIL: Final = 3
_HEAD: Final = 6
_LONGEST_MARK: Final = 200
_LONGEST_ID: Final = 500
_SAFE: Final = "@!$&'()*+,;=:"
_FORMS: Final[dict[str, tuple[Form, Form]]] = {
    "auto": ("html", "text"),
    "html": ("html", "text"),
    "text": ("text", "html"),
}
_FIELDS: Final = frozenset({"content-type", "date", "from", "message-id", "mime-version", "received", "subject", "to"})


class _Read(Struct, frozen=True):
    """What the text of a mail was read as.

    Attributes:
        head: The first lines, as they stand.
    """

    article: Article
    assets: tuple[Asset, ...] = ()
    head: tuple[str, ...] = ()

    @property
    def has_words(self) -> bool:
        return any(words(block_text(block)) for block in self.article.body)


class MailReader:
    """Reads a mail, or the one that it does nothing but pass on."""

    def __init__(self, options: EmlOptions, context: Context) -> None:
        """Get ready."""
        self._options = options
        self._context = context

    def read(self, data: bytes, embargoes: tuple[str, ...] = (), depth: int = 1) -> Parsed:
        """Return the article with its pictures.

        Args:
            data: The mail.
            embargoes: That mails around this one state.
            depth: 1 for a mail that stands in no other.

        Raises:
            InputError: it is no mail, an encrypted one, or one without a word in it.
            LimitError: it is too large, or mails nest too deeply in it.
        """
        root = mime.parse(data, self._context)
        if not _FIELDS.intersection(root.header):
            raise InputError("the input is no mail", "save the mail with its header, as .eml")
        letter = _Letter(root.header, embargoes, self._options, self._context)
        choice, read = self._text(root, letter)
        if not read.has_words:
            if is_encrypted(root):
                raise InputError("the mail is encrypted", "decrypt it in your mail program and save it again")
            if len(choice.mails) == 1:
                return self._passed_on(choice, letter, depth)
        self._say_left(choice)
        article = letter.headed(read)
        if not article.headline and not article.body and not article.images:
            raise InputError("there is no text in the mail", "files attached to it are read on their own")
        return Parsed((article,), read.assets)

    def _text(self, root: mime.Part, letter: _Letter) -> tuple[Choice, _Read]:
        """Return what the first form of the text that has words is read as."""
        found: list[tuple[Choice, _Read]] = []
        for form in _FORMS[self._options.part]:
            choice = choose(root, form)
            if found and choice.texts == found[0][0].texts:
                break
            found.append((choice, letter.read(choice)))
            if found[-1][1].has_words:
                return found[-1]
        return found[0]

    def _passed_on(self, choice: Choice, letter: _Letter, depth: int) -> Parsed:
        if depth >= _DEEPEST_MAIL:
            raise LimitError(f"more than {_DEEPEST_MAIL} mails stand in each other", "save the innermost on its own")
        message = "the mail holds no words but another mail, which was read in its place"
        self._context.notice("eml.passed-on", Kind.INFO, message)
        pictures = (picture for picture, _ in choice.pictures)
        self._say_left(structs.replace(choice, mails=(), others=(*choice.others, *pictures)))
        return self.read(choice.mails[0].content(self._context), letter.embargoes, depth + 1)

    def _say_left(self, choice: Choice) -> None:
        for part in choice.others:
            name = part.header.file_name[:100] or "without a name"
            size = f"{max(1, (part.end - part.start) // 1024)} kB as sent"
            message = f"the file {name!r} ({part.content_type[:80]}, {size}) that came with the mail was left out"
            self._context.notice("eml.attachment", Kind.INFO, message)
        for part in choice.mails:
            subject = mime.header_of(part.content(self._context), self._context).text("subject")
            message = f"the mail {subject[:100]!r} within the mail was left out"
            self._context.notice("eml.mail-within", Kind.LOSS, message)


class _Letter:
    """One mail: its header, and the ways to read its text.

    Attributes:
        embargoes: That its header, and the mails around it, state.
    """

    def __init__(self, header: Header, embargoes: tuple[str, ...], options: EmlOptions, context: Context) -> None:
        self._header = header
        self._subject = read_subject(header.text("subject"))
        self._context = context
        stated = tuple(_embargo(header.text(name)) for name in header if "embargo" in name)
        self.embargoes = (*embargoes, *self._subject.embargoes, *stated)
        self._language = options.language or header.text("content-language").partition(",")[0].strip() or None

    # The text

    def read(self, choice: Choice) -> _Read:
        """Read the parts of a mail that were chosen."""
        pictures = Pictures(choice.pictures, self._context)
        if any(form_of(each) == "html" for each in choice.texts):
            read = self._markup(choice, pictures)
        else:
            read = self._plain(choice)
        shown = {record.media.uri for _, record in records(read.article.body) if isinstance(record, Figure)}
        images = tuple(Image(each.uri) for each in pictures.assets if each.uri not in shown)
        article = structs.replace(read.article, images=(*read.article.images, *images))
        return structs.replace(read, article=article, assets=(*read.assets, *pictures.assets))

    def _plain(self, choice: Choice) -> _Read:
        whole = "\n\n".join(plain.read(each, self._context) for each in choice.texts)
        text, signature = plain.without_signature(whole)
        if not words(text) and not self.embargoes:
            return _Read(Article())
        head = tuple(line.strip() for line in text.splitlines() if line.strip())[:_HEAD]
        # A release has a head of its own; what stands on top of any other mail is more likely a greeting.
        is_release = self._subject.is_release or bool(self.embargoes) or any(map(says_release, head))
        article = read_story(
            "\n\n".join((*self.embargoes, text)),
            self._context,
            language=self._language,
            headline=None if is_release else self._subject.headline or None,
        )
        notes = (*article.notes, EdNote(signature, role="signature")) if signature else article.notes
        return _Read(structs.replace(self._with_own_headline(article), notes=notes), head=head)

    def _with_own_headline(self, article: Article) -> Article:
        """Return an article with what was taken for its headline in the text, where the subject says something else."""
        if not article.headline or not self._subject.headline:
            return article
        taken = plain_text(article.headline)
        body = _without_repeated(article.body, self._subject.headline)
        if not _is_same(taken, self._subject.headline):
            is_greeting = taken.endswith((",", "!"))
            body = (Paragraph(article.headline) if is_greeting else Heading(article.headline), *body)
        return structs.replace(article, headline=(), body=body)

    def _markup(self, choice: Choice, pictures: Pictures) -> _Read:
        sources = [
            each.text(self._context) if form_of(each) == "html" else plain.as_html(plain.read(each, self._context))
            for each in choice.texts
        ]
        roots = [parse(source, self._context) for source in sources]
        language = self._language or next(filter(None, map(language_of, roots)), None)
        walk = MailWalk(pictures, self._context, language=language)
        blocks = tuple(block for root in roots for block in walk.blocks(root))
        headline: tuple[Inline, ...] = ()
        if self._subject.headline:
            blocks = _without_repeated(blocks, self._subject.headline)
        else:
            headline, blocks = headline_of(blocks)
        head = tuple(block_text(block) for block in blocks[:_HEAD])
        article = structs.replace(self._copy(levelled(blocks), language), headline=headline)
        return _Read(article, tuple(walk.assets.values()), head)

    def _copy(self, blocks: Sequence[Block], language: str | None) -> Article:
        """Return what desks write for desks in a text, wherever in it an embargo stands."""
        stated = tuple(Paragraph((Text(line),)) for line in (*self.embargoes, *_embargoes_within(blocks)))
        copy = read_copy((*stated, *map(_as_line, blocks)), language, self._context)
        body = [block for block in copy.body if not any(block is each for each in stated)]
        marks = [block for block in body[:_HEAD] if isinstance(block, Paragraph) and is_release_mark(block_text(block))]
        return Article(
            body=tuple(block for block in body if not any(block is each for each in marks)),
            byline=copy.byline,
            authors=copy.authors,
            dateline=copy.dateline,
            embargo=copy.embargo,
            pub_status="withheld" if copy.held else "usable",
            corrections=copy.corrections,
            notes=tuple(EdNote(block_text(each), role="advisory") for each in marks),
            language=language or "",
        )

    # The header

    def headed(self, read: _Read) -> Article:
        """Return the article with what the header says."""
        article = read.article
        headline = self._subject.headline or (self._header.text("subject") if not article.headline else "")
        moment = self._header.moment("date")
        identifier = self._header.text("message-id").strip("<> ")[:_LONGEST_ID]
        return structs.replace(
            article,
            # RFC 2392, 2: the characters of an identifier that no URL may hold are escaped.
            guid=f"mid:{quote(identifier, safe=_SAFE)}" if "@" in identifier else "",
            alt_ids={"message-id": identifier} if identifier else {},
            headline=(Text(headline),) if headline else article.headline,
            label="press-release" if self._is_release(read.head) else None,
            first_created=moment,
            version_created=moment,
            info_sources=tuple(dict.fromkeys(self._sources())),
            keywords=tuple(dict.fromkeys((*article.keywords, *self._keywords()))),
            notes=(*article.notes, *self._contacts()),
        )

    def _is_release(self, head: Sequence[str]) -> bool:
        is_release = self._subject.is_release or any(map(says_release, head))
        if is_release:
            message = "the mail was taken for a press release, for it says so"
            self._context.notice("eml.press-release", Kind.GUESS, message)
        return is_release

    def _sources(self) -> Iterator[str]:
        sender = self._header.mailbox("from")
        if sender and sender.name and "@" not in sender.name:
            yield sender.name
        if organisation := self._header.text("organization"):
            yield organisation

    def _contacts(self) -> tuple[EdNote, ...]:
        found = filter(None, map(self._header.mailbox, ("from", "reply-to")))
        by_address = {mailbox.address.lower(): mailbox for mailbox in reversed(tuple(found))}
        return tuple(EdNote(str(mailbox), role="contact") for mailbox in reversed(by_address.values()))

    def _keywords(self) -> Iterator[str]:
        yield from filter(None, map(str.strip, re.split("[,;]", self._header.text("keywords"))))


def _embargo(text: str) -> str:
    return text if embargo_mark(text) else f"EMBARGO: {text}"


def _embargoes_within(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the embargoes that stand in tables, lists and the like, where desks do not look for them."""
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            continue
        for _, record in records(block):
            text = plain_text(record.content).strip() if isinstance(record, Paragraph | Heading) else ""
            if len(text) <= _LONGEST_MARK and embargo_mark(text):
                yield text


def _as_line(block: Block) -> Block:
    """Return a heading that is an embargo as the paragraph it would be in a text."""
    if isinstance(block, Heading) and embargo_mark(plain_text(block.content).strip()):
        return Paragraph(block.content)
    return block


def _without_repeated(blocks: tuple[Block, ...], headline: str) -> tuple[Block, ...]:
    """Return a text without the headline that it repeats in its head."""
    for index, block in enumerate(blocks[:_HEAD]):
        if isinstance(block, Heading | Paragraph) and _is_same(plain_text(block.content), headline):
            return (*blocks[:index], *blocks[index + 1 :])
    return blocks


def _is_same(text: str, other: str) -> bool:
    return words(text.casefold()) == words(other.casefold())
