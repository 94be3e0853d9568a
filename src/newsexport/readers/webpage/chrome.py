"""What surrounds an article on a page: navigation, advertisements, comments, calls to subscribe."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborNode

from newsexport.kit.html.addresses import host
from newsexport.kit.html.inlines import Attributes

_TAGS: Final = frozenset({"nav", "footer", "button", "dialog", "menu"})
# What may be such a thing by its class: containers, not paragraphs and headings.
_CONTAINERS: Final = frozenset(
    {"aside", "center", "div", "dl", "fieldset", "form", "header", "ol", "section", "span", "table", "td", "ul"}
)
_ROLES: Final = frozenset({"navigation", "banner", "contentinfo", "search", "dialog", "menu", "toolbar", "alert"})
# Words of classes and ids, between the beginnings and ends of their parts.
_WORDS: Final = re.compile(
    r"(?:^|[\s_-])(?:"
    r"ads?|advert\w*|adsense|adslot|outbrain|taboola|sponsor(?:ed)?(?:-?(?:links?|content))?|promo\w*|teasers?|"
    r"breadcrumbs?|pagination|pager|pagenav|toolbar|tool-?bar|tools|cookies?|consent|gdpr|paywall|piano|"
    r"comments?|commentlist|disqus|respond|replies|discussion|"
    r"share\w*|sharing|social\w*|sharedaddy|addthis|addtoany|follow(?:-us)?|"
    r"newsletter\w*|subscri(?:be|ption)\w*|sign-?up|donat\w*|membership|login|register|"
    r"related\w*|recommend\w*|read-?more|read-?next|more-?(?:on|from|stories|news|like)|most-?(?:read|popular|viewed)|"
    r"trending|popular|you-?may|also-?(?:like|read)|up-?next|latest-?(?:news|stories)|jp-relatedposts|yarpp\w*|"
    r"author-?(?:bio|box|card|info|profile)|about-?(?:the-?)?author|tags?-?(?:list|links|cloud)?|post-?tags|topics-?list|"
    r"sidebar|side-?bar|site-?(?:header|footer|nav)|global-?(?:nav|header|footer)|masthead|menu|navigation|nav|navbar|"
    r"footer|skip-?(?:link|to)|print-?(?:only|button)|rating|player-?controls|video-?playlist|carousel-?nav|"
    r"modal|popup|pop-up|overlay|banner|widget\w*|noprint|metadata-?list|entry-?meta|post-?meta|article-?meta"
    r")(?:$|[\s_-])",
    re.IGNORECASE,
)
# Classes that such words stand in and that hold text all the same.
_KEPT: Final = re.compile(
    r"(?:^|[\s_-])(?:article-?(?:body|content|text)|entry-?content|post-?(?:body|content)|story-?(?:body|content)|"
    r"body-?(?:content|text)|main-?content|liveblog\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HEADERS: Final = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|authors?|date-?(?:time|line)?|dates|datetime|time-?stamp|timestamp|published|updated|"
    r"publish-?date|pub-?date|read(?:ing)?-?time|contributors?|dateline|standfirst|subtitle|sub-?headline|dek|deck|kicker|"
    r"eyebrow|category|categories|section-?(?:name|label|link))(?:$|[\s_-])",
    re.IGNORECASE,
)
# Where a page sends its readers to tell others of it.
_SHARING: Final = re.compile(
    r"facebook\.com/(?:sharer|share\.php|dialog)|(?:twitter|x)\.com/(?:share|intent)|linkedin\.com/share|"
    r"pinterest\.\w+/pin/create|reddit\.com/submit|t\.me/share|vk\.com/share|tumblr\.com/(?:share|widgets/share)|"
    r"(?:wa\.me|whatsapp\.com)/|^(?:whatsapp|fb-messenger|viber|line|sms):|^mailto:\?|news\.ycombinator\.com/submitlink|"
    r"addthis\.com|addtoany\.com|sharethis\.com|getpocket\.com/(?:save|edit)|flipboard\.com/bookmarklet|"
    r"bsky\.app/intent|threads\.\w+/intent|plus\.google\.com/share|digg\.com/submit|weibo\.com/share",
    re.IGNORECASE,
)
_KEPT_HEADS: Final = frozenset({"h1", "figure", "img", "picture", "body", "article", "main"})
_LINKED: Final = 0.8
_LINKED_ASIDE: Final = 0.15
_SHARE: Final = 0.3
_SHORT_HEADER: Final = 400


def is_chrome(tag: str, attributes: Attributes) -> bool:
    """Tell whether an element calls itself something else than the text of an article."""
    if tag in _TAGS or (attributes.get("role") or "").lower() in _ROLES:
        return True
    if tag not in _CONTAINERS:
        return False
    words = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return bool(words.strip()) and bool(_WORDS.search(words)) and not _KEPT.search(words)


def is_head_part(attributes: Attributes) -> bool:
    """Tell whether an element calls itself a byline, a date or the like."""
    words = f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''} {attributes.get('rel') or ''}"
    return bool(words.strip()) and bool(_HEADERS.search(words))


def link_share(node: LexborNode) -> float:
    """Return how much of the text of an element is that of links, 0.0 to 1.0."""
    whole = len(node.text().strip())
    return sum(len(link.text().strip()) for link in node.css("a")) / whole if whole else 0.0


class Chrome:
    """Passes over what is no part of an article in a walk through it.

    It keeps what holds a large part of the text, whatever it is called, and asides that lead nowhere else on the site.
    """

    def __init__(self, length: int, site: str | None) -> None:
        """Get ready.

        Args:
            length: Of the text of the article.
            site: Host of the page; None when it is not known.
        """
        self._length = max(length, 1)
        self._site = site
        self._has_begun = False

    def __call__(self, node: LexborNode, tag: str, attributes: Attributes) -> bool:
        """Tell whether an element is passed over."""
        if tag == "a":
            return bool(_SHARING.search(attributes.get("href") or ""))
        if tag == "p" and not self._has_begun:
            self._has_begun = len(node.text().strip()) > _SHORT_HEADER // 4 and not is_head_part(attributes)
        if tag in {"ul", "ol"} and self._leads_on(node) > _LINKED:
            return True
        if tag == "aside" and not is_chrome("div", attributes):
            return self._leads_on(node) > _LINKED_ASIDE
        if is_chrome(tag, attributes):
            length = len(node.text().strip())
            # An "overlay" or "widget" without words may be the frame of a picture.
            return length < self._length * _SHARE and (length > 0 or node.css_first("img, picture, video") is None)
        if not self._has_begun and is_head_part(attributes) and tag not in _KEPT_HEADS:
            return len(node.text().strip()) < min(_SHORT_HEADER, self._length * _SHARE)
        return False

    def _leads_on(self, node: LexborNode) -> float:
        """Return how much of the text of an element leads to other pages of the site, 0.0 to 1.0."""
        whole = len(node.text().strip())
        links = (link for link in node.css("a[href]") if self._is_own(link.attributes.get("href") or ""))
        return sum(len(link.text().strip()) for link in links) / whole if whole else 0.0

    def _is_own(self, href: str) -> bool:
        if href.startswith(("#", "mailto:", "tel:")):
            return False
        return host(href) in {None, self._site}
