"""Whatever the markup: no word is lost, nothing of a program survives, and the result is a document."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from measure import of_article, words
from newsexport import InputError, prepare
from newsexport.kit.html import blocks
from newsexport.model import Article
from newsexport.readers.html import HtmlOptions, HtmlReader
from newsexport.spi import Context

# Elements that browsers show, in any nesting, also where HTML does not allow it.
TAGS = (
    "p", "div", "span", "b", "i", "u", "s", "sub", "sup", "code", "a", "ul", "ol", "li", "dl", "dt", "dd", "blockquote",
    "cite", "figure", "figcaption", "table", "caption", "thead", "tbody", "tr", "th", "td", "h1", "h2", "h4", "pre",
    "aside", "details", "summary", "section", "article", "header", "footer", "center", "font", "q", "address", "small",
)  # fmt: skip
CLASSES = ("", ' class="wp-caption-text"', ' class="credit"', ' class="pullquote"', ' class="correction"', ' lang="fr"')
_WORDS = st.integers(0, 9999).map(lambda number: f"word{number} ")


def _element(content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    closing = st.sampled_from(["", "</{tag}>"])
    return st.builds(
        lambda tag, classes, inner, end: f"<{tag}{classes}>{''.join(inner)}{end.format(tag=tag)}",
        st.sampled_from(TAGS),
        st.sampled_from(CLASSES),
        st.lists(content, max_size=4),
        closing,
    )


MARKUP = st.recursive(st.one_of(_WORDS, st.just("<br>"), st.just("<hr>"), st.just("&amp; ")), _element, max_leaves=40)
SOUP = st.text(alphabet=st.sampled_from("<>/=\"' abp!-&;#x1\n\t\x00\ud7ff"), max_size=300)


@given(st.lists(MARKUP, max_size=6).map("".join))
def test_no_word_is_lost(markup: str) -> None:
    article = Article(guid="urn:x-test:html", body=blocks(markup, Context()).blocks)
    found = of_article(article)["words"]
    expected = [word for word in words(markup) if word.startswith("word")]
    assert not [word for word in expected if not any(word in each for each in found)]
    prepare(article)


@given(st.one_of(SOUP, st.text(max_size=300)))
def test_any_text_is_read_as_html(text: str) -> None:
    try:
        parsed = HtmlReader().read(text.encode("utf-8", "surrogatepass"), HtmlOptions(), Context())
    except InputError:
        if "\0" not in text:
            raise
        return
    for document in parsed.documents:
        prepare(document, origin="soup")


@given(
    st.lists(MARKUP, max_size=3).map("".join),
    st.sampled_from(
        [
            "<script>evil()</script>",
            '<img src=x onerror="evil()">',
            '<a href="javascript:evil()">x</a>',
            '<a href=" jav&#x09;ascript:evil()">x</a>',
            "<svg><script>evil()</script></svg>",
            "<iframe srcdoc='<script>evil()</script>'></iframe>",
            "<math><mtext><style><img src=x onerror=evil()></style></mtext></math>",
            '<form action="javascript:evil()"><input onfocus="evil()"></form>',
            "<style>@import 'evil()'</style>",
            '<object data="data:text/html,evil()"></object>',
        ]
    ),
)
def test_nothing_of_a_program_survives(markup: str, program: str) -> None:
    found = blocks(markup + program + markup, Context()).blocks
    assert "evil" not in repr(found)
