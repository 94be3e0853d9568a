"""Elements, inlines and the footnotes they refer to.

Everything is built from escaped strings, so that what comes out is well-formed by construction.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeAlias, assert_never
from urllib.parse import urlsplit, urlunsplit

from msgspec import Struct

from newsexport.errors import Kind
from newsexport.kit.labels import direction, labels
from newsexport.kit.xml import attributes, escape
from newsexport.model.base import Node
from newsexport.model.media import Image
from newsexport.model.nodes import (
    Code,
    Emphasis,
    Entity,
    FootnoteRef,
    Inline,
    LineBreak,
    Link,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
)

if TYPE_CHECKING:
    from newsexport.spi import Context

_WEB: Final = re.compile(r"https?://[^\s/]", re.IGNORECASE)
# RFC 3986, 2.2 and 3.2 to 3.5: brackets belong to hosts alone, and there is one fragment.
_NOT_IN_URLS: Final = re.compile(r"[\x00-\x20\"<>\\^`{|}\[\]#]|%(?![0-9A-Fa-f]{2})")
_IPV6_BRACKETS: Final = {ord("["): None, ord("]"): None}


class Profile(Enum):
    """How rich the markup is."""

    PAGE = "page"
    """HTML: sections, figures, asides, classes to style them by."""
    EPUB = "epub"
    """As PAGE, and what each part is in ``epub:type`` and ``role``; the prefix ``epub`` must be declared around it."""
    WIRE = "wire"
    """Flat: headings, paragraphs, quotes, lists, tables and inlines only, without classes; pictures as words."""


class Source(Struct, frozen=True):
    """Where the bytes of a picture are.

    Attributes:
        address: Value of ``src``.
        width: In pixels; None when not known.
        height: In pixels; None when not known.
    """

    address: str
    width: int | None = None
    height: int | None = None


ImageSource: TypeAlias = Callable[[Image], Source | None]
"""Finds the bytes of a picture; None, when there are none, shows it as words."""


def web_address(uri: str | None) -> str | None:
    """Return a URI of the web as browsers write it (blanks and the like escaped); None when it is another or broken."""
    return address(uri) if uri is not None and _WEB.match(uri) else None


def address(uri: str) -> str | None:
    """Return a URI with the characters escaped that must not stand in one; None when its host or port can be none."""
    try:
        parts = urlsplit(uri)
        parts.port  # noqa: B018  # raises where it is none
    except ValueError:
        return None
    if _NOT_IN_URLS.search(parts.netloc.translate(_IPV6_BRACKETS)):
        return None
    return urlunsplit((parts.scheme, parts.netloc, *map(_escaped, parts[2:])))


def _escaped(part: str) -> str:
    return _NOT_IN_URLS.sub(lambda found: f"%{ord(found[0]):02X}", part)


class Markup:
    """Elements as a profile has them, and inlines.

    Attributes:
        profile: How rich the markup is.
        language: Of the story.
        labels: Words in the language of the story.
        level: Of the heading that is the headline.
    """

    def __init__(
        self,
        context: Context,
        language: str,
        profile: Profile,
        *,
        image_source: ImageSource | None = None,
        level: int = 1,
        prefix: str = "",
    ) -> None:
        """Start an article.

        Args:
            context: Hears what is lost.
            language: Of the story.
            profile: How rich the markup is.
            image_source: Finds the bytes of a picture; None to show all pictures as words.
            level: Of the heading that is the headline; those of the body follow below it.
            prefix: Of all ids, when several articles share a page.
        """
        self.profile: Final = profile
        self.language: Final = language
        self.labels: Final = labels(language)
        self.level: Final = level
        self._context = context
        self._image_source = image_source
        self._prefix = prefix
        self._footnotes: list[FootnoteRef] = []
        self._postponed: list[str] | None = None

    # Elements

    def name(self, name: str) -> str:
        """Return an id of this article."""
        return f"{self._prefix}{name}"

    def element(self, tag: str, content: str, *, node: Node | None = None, **values: str | None) -> str:
        """Return an element.

        Args:
            tag: Its name.
            content: Markup.
            node: Whose language and direction it has.
            values: Attributes as in `newsexport.kit.xml.attributes`, ``aria_label`` for ``aria-label``; those that the
                profile has not are left out.
        """
        return f"<{tag}{self._attributes(node, values)}>{content}</{tag}>"

    def group(self, tag: str, content: str, *, node: Node | None = None, **values: str | None) -> str:
        """Return an element that only holds others together: its content alone where the profile is flat."""
        if self.profile is Profile.WIRE or not content:
            return content
        return self.element(tag, f"\n{content}", node=node, **values) + "\n"

    def line(self, tag: str, content: str, *, node: Node | None = None, **values: str | None) -> str:
        """Return an element on a line of its own."""
        return self.element(tag, content, node=node, **values) + "\n"

    def _attributes(self, node: Node | None, values: dict[str, str | None]) -> str:
        if not values and node is None:
            return ""
        if self.profile is Profile.WIRE:
            values.pop("class_", None)
        if self.profile is not Profile.EPUB:
            values.pop("epub_type", None)
            values.pop("role", None)
        if node is not None and (node.lang or node.dir):
            values |= {"lang": node.lang, "dir": self._direction(node)}
            # In HTML the attribute of XML says nothing; in XHTML it is what XML tools look at.
            values["xml_lang"] = None if self.profile is Profile.PAGE else node.lang
        return attributes(**{name.replace("aria_", "aria-"): value for name, value in values.items()})

    def _direction(self, node: Node) -> str | None:
        if node.dir or node.lang is None:
            return node.dir
        other = direction(node.lang)
        return other if other != direction(self.language) else None

    # Inlines

    def inlines(self, inlines: tuple[Inline, ...]) -> str:
        """Return the markup of inlines."""
        return "".join(map(self._inline, inlines))

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text():
                return self._span(inline, escape(inline.text))
            case Code():
                return self.element("code", escape(inline.text), node=inline)
            case Link():
                return self._link(inline)
            case LineBreak():
                return "<br/>\n"
            case Span() | Entity():
                return self._span(inline, self.inlines(inline.content))
            case FootnoteRef():
                return self._reference(inline)
            case Strong() | Emphasis() | Underline() | Strikethrough() | Superscript() | Subscript():
                return self.element(_TAGS[type(inline)], self.inlines(inline.content), node=inline)
            case _:
                assert_never(inline)

    def _span(self, node: Node, content: str) -> str:
        return self.element("span", content, node=node) if node.lang or node.dir else content

    def _link(self, link: Link) -> str:
        href = address(link.href)
        if href is None:
            message = f"the link to {link.href[:80]!r} leads nowhere and was dissolved, its words kept"
            self._context.notice("link.broken", Kind.REPAIR, message, node=link)
            return self._span(link, self.inlines(link.content))
        # A reference to a footnote is a link as well, and links hold no links: it follows.
        postponed: list[str] = []
        self._postponed = postponed
        content = self.inlines(link.content)
        self._postponed = None
        return self.element("a", content, node=link, href=href, title=link.title) + "".join(postponed)

    def _reference(self, footnote: FootnoteRef) -> str:
        self._footnotes.append(footnote)
        number = str(len(self._footnotes))
        link = self.element(
            "a",
            number,
            id=self.name(f"ref{number}"),
            href=f"#{self.name(f'note{number}')}",
            epub_type="noteref",
            role="doc-noteref",
        )
        reference = self.element("sup", link)
        if self._postponed is None:
            return reference
        self._postponed.append(reference)
        return ""


_TAGS: Final[dict[type[Inline], str]] = {
    Strong: "strong",
    Emphasis: "em",
    Underline: "u",
    Strikethrough: "s",
    Superscript: "sup",
    Subscript: "sub",
}
