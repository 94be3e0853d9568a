"""What holds for every text in Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from newsexport.errors import InputError
from newsexport.model import Article, codec
from newsexport.readers.markdown import MarkdownOptions, MarkdownReader
from newsexport.spi import Context

# Each @ stands for a word that readers see.
LINES = [
    "", "  ", "@ @", "# @", "## @ {#a}", "@\n---", "- @", "  - @", "* [x] @", "1. @", "    @", "> @", "> - @",
    "> [!NOTE] @", "| @ | @ |", "|---|---|", "***", "```", "```python", "~~~", ": @", "*@* **@** ~~@~~ `@`",
    "*@ **@* @**", "_@", "@\\", '[@](https://a.example/ "@")', "[@][r] [r]", "[r]: https://r.example/",
    '![@](a.jpg "@")', "![@]()", "[![@](b.jpg)](c)", "[@](javascript:x)", "<https://a.example/@>", "@[^1] @[^2]",
    "[^1]: @", "[^2]:\n    @\n\n    - @", "@^[@ *@*] [^3]", "<b>@ *@* @</b> @<br>@", "<b>@", "</b>@",
    "<div>\n\n@\n\n</div>", "<div>", "</div>", "<ul><li>@", "<table><tr><td>@</table>",
    "<details><summary>@</summary>\n@", "</details>", "<img src=a.jpg alt=@>", "<p>@", "<!-- @",
    "<span @ <", "<blockquote>@<cite>@</cite></blockquote>", "<pre>@", "</pre>", "<sup>@",
    "<figure><img src=a.jpg><figcaption>@</figcaption>", '{{< figure src="a.jpg" caption="@ @" alt="@" >}}',
    '@ {{< img src="a.jpg" >}} @', "{{< box >}}", "{{< /box >}}", '{{< quote text="@ *@*" cite="@" >}}',
    '{{< pullquote author="@" >}}', "{{< /pullquote >}}", '{{< x text="@" >}}', "{{< highlight go >}}",
    "{{< /highlight >}}", "{{< highlight >}}@{{< /highlight >}}", '{{< youtube id="a" title="@" >}}',
    '{% include figure.html src="a.jpg" caption="@" %}', "{% raw %}@ {{ @ }}{% endraw %}", "{{ @ @ }}", "{{< @", "{%",
    "}}", '[@]({{< ref "a.md" >}})', '{{< details "@ @" >}}', "{{< /details >}}", "[@](a){.x} `@`{.y}", "{: .x}",
    "&amp; @ &copy;@",
]  # fmt: skip
HEADS = [
    "",
    "---\n",
    "---\ntitle: @\n---\n",
    "---\ntitle: @\ndeck: '@ *@*'\nfoo: [@, {a: @}]\n---\n",
    "title: @\nx: @\n\n",
]
TEXTS = st.builds(
    lambda head, lines: head + "\n".join(lines), st.sampled_from(HEADS), st.lists(st.sampled_from(LINES), max_size=12)
)
SIGNS = st.text(st.sampled_from("ab \n\t>#*_-+=`~[](){}<>|!&:;\\/^%\"'.1\u00a0é"), max_size=80)


def numbered(text: str) -> tuple[str, list[str]]:
    """Return a text with a word of its own in every place, and these words."""
    numbers = (f"word{number}x" for number in count())
    parts = text.split("@")
    words = [next(numbers) for _ in parts[1:]]
    return parts[0] + "".join(f"{word}{part}" for word, part in zip(words, parts[1:], strict=True)), words


def strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for child in value.values():
                yield from strings(child)
        case list() | tuple():
            for child in value:
                yield from strings(child)


def read(text: str) -> tuple[Article, Context] | None:
    context = Context()
    try:
        [document] = MarkdownReader().read(text.encode(), MarkdownOptions(), context).documents
    except InputError:
        return None
    assert isinstance(document, Article)
    return document, context


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_every_word_that_readers_see_is_in_the_article_or_in_a_notice(text: str) -> None:
    source, words = numbered(text)
    result = read(source)
    if result is None:
        assert not words or source.startswith(("---", "title"))
        return
    article, context = result
    kept = " ".join(strings(msgspec.to_builtins(article)))
    said = " ".join(notice.message for notice in context.notices)
    assert [word for word in words if word not in kept and word not in said] == []


@settings(max_examples=300, deadline=None)
@given(st.one_of(SIGNS, TEXTS.map(lambda text: numbered(text)[0])))
def test_any_text_is_read_and_may_be_exported(text: str) -> None:
    result = read(text)
    if result is not None:
        assert codec.check(result[0]) == result[0]
        again = read(text)
        assert again is not None
        assert (again[0], again[1].notices) == (result[0], result[1].notices)
