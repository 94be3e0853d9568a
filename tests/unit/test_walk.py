"""Ways through a document."""

from datetime import UTC, date, datetime

import pytest
from msgspec import structs

from newsexport.model import (
    Article,
    Author,
    CodeBlock,
    Correction,
    Edition,
    Figure,
    FootnoteRef,
    Image,
    LineBreak,
    List,
    ListItem,
    Note,
    Paragraph,
    Provider,
    Section,
    Strong,
    Text,
)
from newsexport.model.walk import (
    articles,
    block_text,
    created,
    creators,
    headline,
    modified,
    path_of,
    plain_text,
    records,
    stated_moment,
    title,
    unseen_corrections,
    word_count,
    words,
)
from stories import FLASH, everything, paragraph, text


def test_records_come_with_their_paths_in_order() -> None:
    story = Article(body=(paragraph("a"), List((ListItem((paragraph("b"),)),))))
    assert [path for path, _ in records(story)] == [
        "",
        "body[0]",
        "body[0].content[0]",
        "body[1]",
        "body[1].items[0]",
        "body[1].items[0].blocks[0]",
        "body[1].items[0].blocks[0].content[0]",
    ]


def test_path_is_that_of_the_very_object() -> None:
    story = Article(body=(paragraph("same"), paragraph("same")))
    assert path_of(story, story.body[1]) == "body[1]"
    assert path_of(story, paragraph("same")) is None


def test_plain_text_leaves_footnotes_out() -> None:
    note = FootnoteRef((paragraph("note"),))
    assert plain_text((Text("a"), LineBreak(), Strong(text("b")), note, Text("c"))) == "a bc"


def test_block_text_has_a_line_for_each_paragraph_and_footnote() -> None:
    note = FootnoteRef((paragraph("note"),))
    assert block_text(Paragraph((Text("a"), note))) == "a\nnote"
    assert block_text(List((ListItem((paragraph("a"), paragraph("b"))),))) == "a\nb"
    assert block_text(Figure(Image("x.png", alt="not shown"), text("caption"))) == "caption"
    assert block_text(CodeBlock("x = 1\ny = 2")) == "x = 1\ny = 2"


def test_words_are_runs_of_letters_and_digits() -> None:
    assert words("U.S. airpower – 2.5% don’t naïve") == ["U", "S", "airpower", "2", "5", "don", "t", "naïve"]
    assert word_count(Article(body=(paragraph("one two"), paragraph("three")))) == 3


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        (Article(guid="urn:x:1", headline=text("Head"), slugline="SLUG"), "Head"),
        (Article(guid="urn:x:1", slugline="SLUG", body=(paragraph("Body"),)), "SLUG"),
        (Article(guid="urn:x:1", body=(paragraph("word " * 30 + "end"),)), "word " * 11 + "word…"),
        (Article(guid="urn:x:1"), "urn:x:1"),
    ],
)
def test_title_is_never_empty(story: Article, expected: str) -> None:
    assert title(story) == expected
    assert plain_text(headline(story)) == expected


def test_byline_decides_whose_name_is_in_file_properties() -> None:
    story = Article(authors=(Author("Jane Roe"),), provider=Provider("Example News"), credit_line="EN")
    assert creators(structs.replace(story, byline="By Jane")) == ("Jane Roe",)
    assert creators(structs.replace(story, byline="By Jane", authors=())) == ("By Jane",)
    assert creators(story) == ("Example News",)
    assert creators(structs.replace(story, provider=None)) == ("EN",)
    assert creators(Article()) == ()


def test_articles_of_an_edition_are_in_reading_order() -> None:
    other = Article(guid="urn:x:2")
    edition = Edition(sections=(Section("A", (FLASH,)), Section("B", (other, FLASH))))
    assert articles(edition) == (FLASH, other, FLASH)
    assert articles(FLASH) == (FLASH,)


def test_correction_that_a_note_displays_is_not_unseen() -> None:
    shown, unseen = Correction(public_text="We erred."), Correction(public_text="And again.")
    story = Article(
        corrections=(shown, unseen, Correction(wrong="a", right="b")),
        body=(Note("correction", blocks=(paragraph("Correction: We erred. Sorry."),)), paragraph("And again.")),
    )
    assert unseen_corrections(story) == (unseen,)


def test_files_bear_the_date_of_the_version_or_of_the_edition() -> None:
    assert modified(everything()) == datetime(2025, 2, 24, 12, tzinfo=UTC)
    assert modified(Edition(date=date(2025, 2, 24))) == datetime(2025, 2, 24, tzinfo=UTC)
    assert created(everything()) == datetime(2025, 2, 24, 9, tzinfo=UTC)
    assert created(FLASH) == modified(FLASH)
    assert stated_moment(FLASH) == modified(FLASH)
    assert stated_moment(structs.replace(FLASH, version_created=datetime(1980, 1, 1, tzinfo=UTC))) is None
    with pytest.raises(ValueError, match="not prepared"):
        modified(Article())
