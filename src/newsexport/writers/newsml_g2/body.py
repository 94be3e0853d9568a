"""The story itself and its further renditions: contentSet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Final
from urllib.parse import quote

from newsexport.errors import Kind
from newsexport.kit.labels import banners, direction
from newsexport.kit.xhtml import Profile, Xhtml, body, corrections
from newsexport.kit.xml import attributes, escape
from newsexport.model.article import Article
from newsexport.model.nodes import Figure
from newsexport.model.walk import headline, title
from newsexport.spi import Companion, Context, Request
from newsexport.writers.newsml_g2.catalog import Schemes
from newsexport.writers.newsml_g2.elements import empty, leaf, parent

_TAG: Final = re.compile(r"<[^>]*>")
_CELL_END: Final = re.compile(r"</t[dh]>")
_READER_BANNERS: Final = frozenset({"label", "ai"})
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_SHA_256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"


def content_set(article: Article, requests: tuple[Request, ...], schemes: Schemes, context: Context) -> str:
    """Return the story as XHTML and the files listed beside it; of a killed story nothing but the empty element."""
    if article.pub_status == "canceled":
        return empty("contentSet")
    return parent("contentSet", _inline_xml(article, context), *_remote(requests, schemes, context))


def _inline_xml(article: Article, context: Context) -> str:
    values = attributes(
        xmlns=_XHTML,
        lang=article.language,
        xml_lang=article.language,
        dir=direction(article.language, article.direction),
    )
    xhtml = Xhtml(context, article.language, Profile.WIRE)
    heading = _heading(article, xhtml)
    story = _story(article, xhtml)
    return (
        f'<inlineXML contenttype="application/xhtml+xml" wordcount="{_word_count(story)}"><html{values}>\n'
        f"<head><title>{escape(title(article))}</title></head>\n"
        f"<body>\n{heading}{story}</body>\n</html></inlineXML>"
    )


def _heading(article: Article, xhtml: Xhtml) -> str:
    """Return what readers must be told first, and the headline."""
    told = (banner.text for banner in banners(article) if banner.kind in _READER_BANNERS)
    lines = (xhtml.line("p", xhtml.element("strong", escape(text))) for text in told)
    return "".join(lines) + xhtml.heading(1, xhtml.inlines(headline(article)))


def _story(article: Article, xhtml: Xhtml) -> str:
    """Return pictures as words, the body, its footnotes, and corrections as readers see them."""
    parts = [xhtml.figure(Figure(image)) for image in article.images]
    parts += (body(article, xhtml), xhtml.footnotes(), corrections(article, xhtml))
    return "".join(parts)


def _word_count(markup: str) -> int:
    """Count the words between blanks; all elements but cells stand on lines of their own."""
    return len(_TAG.sub("", _CELL_END.sub(" ", markup)).split())


def _remote(requests: tuple[Request, ...], schemes: Schemes, context: Context) -> Iterator[str]:
    for request in requests:
        companion = context.rendition(request)
        if companion is None:
            message = f"the {request.format} could not be made, so it was not listed"
            context.notice("newsml-g2.rendition-missing", Kind.LOSS, message)
        elif companion.name is None:
            message = f"the {request.format} is not saved, so it was not listed"
            context.notice("newsml-g2.rendition-unsaved", Kind.INFO, message)
        else:
            yield _remote_content(companion, companion.name, schemes)


def _remote_content(companion: Companion, name: str, schemes: Schemes) -> str:
    digest = sha256(companion.data).hexdigest()
    return parent(
        "remoteContent",
        leaf("hash", digest, hashtypeuri=_SHA_256, scope="hashscope:content"),
        rendition=schemes.code("nxrendition", companion.format.name),
        href=quote(name),
        contenttype=companion.format.media_type,
        size=str(len(companion.data)),
    )
