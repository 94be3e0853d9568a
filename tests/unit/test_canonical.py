"""The canonical form: one way to say each thing, no word lost."""

import pytest

from newsexport.errors import Notice
from newsexport.model import (
    Article,
    Block,
    Cell,
    CodeBlock,
    EdNote,
    Embed,
    Emphasis,
    FootnoteRef,
    Heading,
    Inline,
    LineBreak,
    Link,
    List,
    ListItem,
    LivePost,
    Note,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
)
from newsexport.model.canonical import canonical
from newsexport.model.codec import encode
from stories import cell, everything, paragraph, text


def refuse(notice: Notice) -> None:
    pytest.fail(str(notice))


def body(*blocks: Block) -> tuple[tuple[Block, ...], list[Notice]]:
    notices: list[Notice] = []
    article = canonical(Article(body=blocks), notices.append)
    assert isinstance(article, Article)
    return article.body, notices


def content(*inlines: Inline) -> tuple[Inline, ...]:
    (block,), _ = body(Paragraph(inlines))
    assert isinstance(block, Paragraph)
    return block.content


def test_canonical_document_is_returned_itself() -> None:
    story = everything()
    assert canonical(story, refuse) is story


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((Text("a"), Text("b")), (Text("ab"),)),
        ((Text("a "), Text(" b")), (Text("a b"),)),
        ((Text("e"), Text("\u0301t\u00e9")), (Text("été"),)),
        ((Text("a"), Text("b", lang="fr")), (Text("a"), Text("b", lang="fr"))),
        ((Text("  a  b "),), (Text("a b"),)),
        ((Text("a"), Text(""), Strong(()), Text("b")), (Text("ab"),)),
        ((Text("a\nb"),), (Text("a"), LineBreak(), Text("b"))),
        ((LineBreak(), Text("a"), LineBreak(), Text(" ")), (Text("a"),)),
        ((Strong(text("a")), Text(" "), Emphasis(text("b"))), (Strong(text("a")), Text(" "), Emphasis(text("b")))),
    ],
)
def test_inlines(given: tuple[Inline, ...], expected: tuple[Inline, ...]) -> None:
    assert content(*given) == expected


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "//evil", "/local", "", "HTTP:", "file:///etc/passwd"],
)
def test_unsafe_link_is_dissolved_and_reported(href: str) -> None:
    blocks, notices = body(Paragraph((Text("see "), Link(text("this"), href))))
    assert blocks == (paragraph("see this"),)
    assert [(each.code, each.where) for each in notices] == [("link.unsafe", "body[0].content[1]")]


@pytest.mark.parametrize("href", ["https://example.com/", "HTTP://example.com", "mailto:a@b.example", "tel:+4930"])
def test_safe_link_stays(href: str) -> None:
    assert content(Link(text("this"), href)) == (Link(text("this"), href),)


def test_link_within_link_is_dissolved() -> None:
    inner = Link((Text("a "), Strong((Link(text("b"), "https://b.example/"),))), "https://a.example/")
    assert content(inner) == (Link((Text("a "), Strong(text("b"))), "https://a.example/"),)


def test_footnote_within_footnote_is_joined_to_it() -> None:
    inner = FootnoteRef((paragraph("inner"),))
    outer = FootnoteRef((Paragraph((Text("outer"), inner)),))
    assert content(Text("x"), outer) == (Text("x"), FootnoteRef((paragraph("outer"), paragraph("inner"))))


@pytest.mark.parametrize(
    "block",
    [
        Paragraph(()),
        Paragraph(text(" ")),
        Paragraph((Strong((LineBreak(),)), Text("\u00a0"))),
        Heading((Text(""),)),
        List(()),
        List((ListItem(()),)),
        Quote(()),
        Table(),
        CodeBlock(""),
        Note("editor"),
    ],
)
def test_empty_block_goes(block: Block) -> None:
    assert body(block)[0] == ()


def test_heading_levels_do_not_skip() -> None:
    blocks, notices = body(*(Heading(text(str(level)), level=level) for level in (4, 6, 2, 3)))
    assert [block.level for block in blocks if isinstance(block, Heading)] == [2, 3, 2, 3]
    assert [each.code for each in notices] == ["heading.level"] * 2


def test_headline_of_a_live_post_counts_as_level_two() -> None:
    blocks, _ = body(LivePost(headline=text("x"), blocks=(Heading(text("y"), level=3),)))
    assert isinstance(blocks[0], LivePost)
    assert blocks[0].blocks == (Heading(text("y"), level=3),)


def test_withdrawn_live_post_loses_its_words() -> None:
    (post,), notices = body(LivePost(status="withdrawn", blocks=(paragraph("secret"),)))
    assert isinstance(post, LivePost)
    assert post.blocks == ()
    assert [each.code for each in notices] == ["live-post.withdrawn"]


def test_first_row_becomes_the_head_of_a_table_without_one() -> None:
    (table,), notices = body(Table(body=((cell("a"), cell("b")), (cell("1"), cell("2")))))
    assert isinstance(table, Table)
    assert table.head == ((cell("a", header=True), cell("b", header=True)),)
    assert [each.code for each in notices] == ["table.head"]


def test_rows_are_filled_up_to_one_width() -> None:
    (table,), notices = body(Table(head=((cell("a"), cell("b")),), body=((cell("1"),),)))
    assert isinstance(table, Table)
    assert table.body == ((cell("1"), Cell()),)
    assert [each.code for each in notices] == ["table.grid"]


def test_spans_beyond_a_million_fields_are_left_out() -> None:
    rows = tuple((cell("x", colspan=1000),) for _ in range(1200))
    (table,), notices = body(Table(head=rows[:1], body=rows))
    assert isinstance(table, Table)
    assert len(table.body[0]) == 1
    assert "table.spans" in {each.code for each in notices}


def test_caption_of_an_empty_table_stays() -> None:
    assert body(Table(caption=text("Traffic")))[0] == (paragraph("Traffic"),)


def test_unbalanced_directional_controls_go() -> None:
    blocks, notices = body(paragraph("a \u2067b"))
    assert blocks == (paragraph("a b"),)
    assert [each.code for each in notices] == ["text.bidi"]


def test_invalid_language_tag_goes() -> None:
    blocks, notices = body(Paragraph(text("a"), lang="no such"))
    assert blocks == (paragraph("a"),)
    assert [(each.code, each.node) for each in notices] == [("language.invalid", "Paragraph")]


def test_embed_and_its_fallback_are_cleaned() -> None:
    blocks, _ = body(Embed("https://a.example/", title=" A\n title ", fallback=(paragraph(" x "), Paragraph(()))))
    assert blocks == (Embed("https://a.example/", title="A title", fallback=(paragraph("x"),)),)


def test_headline_and_standfirst_have_no_outer_blanks() -> None:
    article = canonical(Article(headline=(Text(" Hi "), LineBreak()), standfirst=(Strong((LineBreak(),)),)), refuse)
    assert article == Article(headline=text("Hi"))


def test_equal_documents_give_equal_json_wherever_their_words_come_from() -> None:
    story = Article(notes=(EdNote("x", role="".join(["edi", "tor"])),), kind="".join(["sto", "ry"]))  # type: ignore[arg-type]  # one word of the list
    assert encode(canonical(story, refuse)) == encode(Article(notes=(EdNote("x"),)))
