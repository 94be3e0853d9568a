"""Front matter of Markdown: its forms, its fields, its faults."""

from __future__ import annotations

from contextlib import suppress

import pytest

from markup import line, lines
from newsexport import registry
from newsexport.errors import InputError, LimitError
from newsexport.model import (
    AltHeadline,
    Article,
    Author,
    Concept,
    Correction,
    Dateline,
    EdNote,
    Embargo,
    Figure,
    Provider,
    Related,
    Subject,
    codec,
)
from newsexport.readers.markdown import MarkdownOptions, MarkdownReader
from newsexport.spi import Context


def read(text: str, context: Context | None = None, **options: object) -> Article:
    given = registry.options(MarkdownOptions, options, "markdown")
    [document] = MarkdownReader().read(text.encode(), given, context or Context()).documents
    assert isinstance(document, Article)
    return document


def stated(yaml: str, **options: object) -> Article:
    return read(f"---\n{yaml}\n---\nWords.", None, **options)


def moment(article: Article, name: str) -> str | None:
    found = getattr(article, name)
    return None if found is None else str(found.isoformat())


# Forms


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Port\ntags: [a, b]\n---\n",
        "---\ntitle: Port\ntags: [a, b]\n...\n",
        "\n---  \n# A comment\n\ntitle: >\n  Port\ntags:\n- a\n- b\n---\n",
        "---yaml\n'title': \"Port\"\ntags: a, b\n---\n",
        '+++\ntitle = "Port"\ntags = ["a", "b"]\n+++\n',
        '---toml\ntitle = "Port"\ntags = ["a", "b"]\n---\n',
        '{"title": "Port", "tags": ["a", "b"]}\n',
        '{\n  "title": "Port",\n  "tags": ["a", "b"]\n}\n\n',
        ';;;\n{"title": "Port", "tags": ["a", "b"]}\n;;;\n',
        "Title: Port\nTags: a, b\n\n",
        "title:   Port\ntags: a,\n    b\n\n",
        "---\r\ntitle: Port\r\ntags: [a, b]\r\n---\r\n",
    ],
)
def test_every_form_states_the_same(text: str) -> None:
    article = read(text + "Words.")
    assert (line(article.headline), article.keywords) == ("Port", ("a", "b"))
    assert list(lines(article.body)) == ["p: Words."]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("---\ntitle: Port\n\nWords.", ["divider", "p: title: Port", "p: Words."]),
        ("---\n\nWords.\n\n---\n\nMore.", ["divider", "p: Words.", "divider", "p: More."]),
        ("Words.\n\n---\ntitle: Port\n---\n", ["p: Words.", "divider", "h2: title: Port"]),
        ("Note: it was.\n\nWords.", ["p: Note: it was.", "p: Words."]),
        ("Title: Port\nWords.", ["p: Title: Port Words."]),
        ('{"Words" they said.}', ['p: {"Words" they said.}']),
        ("+++\nWords.", ["p: +++ Words."]),
    ],
)
def test_what_is_no_front_matter_is_text(text: str, body: list[str]) -> None:
    article = read(text)
    assert (article.headline, list(lines(article.body))) == ((), body)


@pytest.mark.parametrize("text", ["---\n---\n", "---\n# A comment\n---\n", "+++\n+++\n", "{}\n"])
def test_front_matter_may_be_empty(text: str) -> None:
    assert list(lines(read(text + "Words.").body)) == ["p: Words."]


def test_values_are_text_until_a_field_says_otherwise() -> None:
    article = stated("title: 12:30\nlang: no\nkicker: yes\nslugline: 1_000\nkeywords: [null, 0x1F, 2024-01-01]")
    assert (line(article.headline), article.language) == ("12:30", "no")
    assert (article.kicker, article.slugline) == ("yes", "1_000")
    assert article.keywords == ("0x1F", "2024-01-01")


def test_an_alias_stands_for_its_value() -> None:
    assert stated("a: &tags [x, y]\ntags: *tags").keywords == ("x", "y")


# Fields


@pytest.mark.parametrize(
    ("yaml", "name", "value"),
    [
        ("urgency: 3", "urgency", 3),
        ("Urgency: '3'", "urgency", 3),
        ("version: 2", "version", 2),
        ("pub_status: withheld", "pub_status", "withheld"),
        ("pub-status: canceled", "pub_status", "canceled"),
        ("draft: true", "pub_status", "withheld"),
        ("draft: no", "pub_status", "usable"),
        ("published: false", "pub_status", "withheld"),
        ("Status: hidden", "pub_status", "withheld"),
        ("status: published", "pub_status", "usable"),
        ("draft: true\nstatus: killed", "pub_status", "canceled"),
        ("label: Fact_check", "label", "fact-check"),
        ("kind: alert", "kind", "alert"),
        ("kicker: This week&#8217;s idea", "kicker", "This week’s idea"),
        ("services: [a, b]", "services", ("a", "b")),
        ("services: a, b", "services", ("a", "b")),
        ("genre: Interview", "genre", Concept("Interview")),
        ("genre: {name: Interview, qcode: 'genre:Interview'}", "genre", Concept("Interview", "genre:Interview")),
        ("people: [Ada Mason, {name: Jo Roe, uri: 'https://x.example/'}]", "people",
         (Concept("Ada Mason"), Concept("Jo Roe", uri="https://x.example/"))),
        ("subjects: 20000639", "subjects", (Subject("20000639"),)),
        ("subjects:\n- {code: '20000639', scheme: medtop, confidence: 80}", "subjects",
         (Subject("20000639", confidence=80),)),
        ("location: Berlin", "located", (Concept("Berlin"),)),
        ("provider: Example News", "provider", Provider("Example News")),
        ("provider:\n  name: Example News\n  uri: https://example.com/", "provider",
         Provider("Example News", "https://example.com/")),
        ("source: AP, Reuters", "info_sources", ("AP", "Reuters")),
        ("credit: Example News", "credit_line", "Example News"),
        ("copyright: Example News", "copyright_holder", "Example News"),
        ("copyright: © 2024 Example News", "copyright_notice", "© 2024 Example News"),
        ("license: CC BY 4.0", "usage_terms", "CC BY 4.0"),
        ("data_mining: prohibited", "data_mining", "prohibited"),
        ("notes: Call the desk", "notes", (EdNote("Call the desk"),)),
        ("notes:\n- {text: Kill it, role: kill, audience: client}", "notes", (EdNote("Kill it", "kill", "client"),)),
        ("corrections: It is long", "corrections", (Correction(public_text="It is long"),)),
        ("alt_headlines: {seo: For machines, short: Brief}", "alt_headlines",
         (AltHeadline("seo", "For machines"), AltHeadline("short", "Brief"))),
        ("related: [https://example.com/a]", "related", (Related("see-also", "https://example.com/a"),)),
        ("source_url: https://example.com/a", "related", (Related("derived-from", "https://example.com/a"),)),
        ("dateline: LONDON", "dateline", Dateline(place="LONDON")),
        ("dateline: LONDON (Reuters) —", "dateline", Dateline(text="LONDON (Reuters) —")),
        ("dateline: {place: LONDON, run_in: false}", "dateline", Dateline(place="LONDON", run_in=False)),
        ("locale: en_GB", "language", "en-GB"),
        ("language: de_DE.UTF-8", "language", "de-DE"),
        ("direction: RTL", "direction", "rtl"),
        ("slug: a-port\nid: 42", "alt_ids", {"slug": "a-port", "id": "42"}),
        ("guid: tag:example.com,2024:1", "guid", "tag:example.com,2024:1"),
        ("uuid: 123E4567-E89B-12D3-A456-426614174000", "guid", "urn:uuid:123e4567-e89b-12d3-a456-426614174000"),
        ("canonical_url: https://example.com/a", "canonical_url", "https://example.com/a"),
        ("canonicalURL: https://example.com/a\nurl: /a", "canonical_url", "https://example.com/a"),
        ("tags: [a, b]\ncategories: b, c\nsection: World", "keywords", ("a", "b", "c", "World")),
        ("tags: [{name: a, slug: x}]", "keywords", ("a",)),
        ("extra: {'acme:desk': Sport}", "extra", {"acme:desk": "Sport"}),
        ("weight: 1\nmenu: {a: [1]}", "extra", {"markdown:weight": "1", "markdown:menu": '{"a":["1"]}'}),
        ("url: /a", "extra", {"markdown:url": "/a"}),
        ("priority: 0.5", "extra", {"markdown:priority": "0.5"}),
        ("tags: {a: b}", "extra", {"markdown:tags": '{"a":"b"}'}),
    ],
)  # fmt: skip
def test_a_field_has_the_type_that_the_article_gives_it(yaml: str, name: str, value: object) -> None:
    assert getattr(stated(yaml), name) == value


@pytest.mark.parametrize(
    ("yaml", "headline", "standfirst", "left"),
    [
        ("title: The *Anna* &amp; more", "The _Anna_ & more", "", {}),
        ("title: A\nheadline: B", "B", "", {"markdown:title": "A"}),
        ("deck: A\nsummary: B", "", "A", {"markdown:summary": "B"}),
        ("summary: A\ndeck: A", "", "A", {}),
        ("description: >\n  Two\n  lines", "", "Two lines", {}),
        ("title: [A, B]", "", "", {"markdown:title": '["A","B"]'}),
        ("title:\ndeck: ''\nsummary: ~", "", "", {}),
    ],
)
def test_the_name_that_says_most_comes_first_and_no_other_is_lost(
    yaml: str, headline: str, standfirst: str, left: dict[str, str]
) -> None:
    article = stated(yaml)
    assert (line(article.headline), line(article.standfirst), article.extra) == (headline, standfirst, left)


@pytest.mark.parametrize(
    ("yaml", "byline", "names"),
    [
        ("author: Jane Roe", "Jane Roe", ["Jane Roe"]),
        ("author: Jane Roe and John Doe", "Jane Roe and John Doe", ["Jane Roe", "John Doe"]),
        ("authors: Jane Roe, John Doe, and Ann Poe", "Jane Roe, John Doe and Ann Poe",
         ["Jane Roe", "John Doe", "Ann Poe"]),
        ("authors: Roe, Jane; Doe, John", "Roe, Jane and Doe, John", ["Roe, Jane", "Doe, John"]),
        ("author: Roe, Jane", "Roe, Jane", ["Roe, Jane"]),
        ("authors: [janeroe, john-doe]", "janeroe and john-doe", ["janeroe", "john-doe"]),
        ("authors: [Jane Roe]\nauthor: Jane Roe", "Jane Roe", ["Jane Roe"]),
        ("authors: [{name: Jane Roe}, {name: {given: John, family: Doe}}]", "Jane Roe and John Doe",
         ["Jane Roe", "John Doe"]),
        ("byline: By Jane Roe and John Doe", "By Jane Roe and John Doe", ["Jane Roe", "John Doe"]),
        ("byline: Our own staff", "Our own staff", ["Our own staff"]),
        ("byline: Jane Roe\nauthors: [jroe]", "Jane Roe", ["jroe"]),
        ("lang: de\nauthors: [Jane Roe, John Doe]", "Jane Roe und John Doe", ["Jane Roe", "John Doe"]),
    ],
)  # fmt: skip
def test_authors_are_named_as_they_stand(yaml: str, byline: str, names: list[str]) -> None:
    article = stated(yaml)
    assert (article.byline, [author.name for author in article.authors]) == (byline, names)


def test_an_author_may_be_a_table_and_what_has_no_place_is_kept() -> None:
    article = stated(
        "author:\n  name: Jane Roe\n  email: jane@example.com\n  url: https://example.com/jane\n  role: editor"
    )
    assert article.authors == (Author("Jane Roe", "editor", "jane@example.com", "https://example.com/jane"),)
    assert article.extra == {}
    assert stated("author: {name: Jane Roe, affiliation: Example}").extra == {
        "markdown:author": '{"name":"Jane Roe","affiliation":"Example"}'
    }


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("image: a.jpg", ["image a.jpg"]),
        ("images: [a.jpg, {src: b.jpg, alt: B}]", ["image a.jpg", "image b.jpg alt 'B'"]),
        ("cover:\n  image: a.jpg\n  alt: A\n  credit: Jane Roe", ["image a.jpg alt 'A' credit 'Jane Roe'"]),
        ("featured_image: {uid: port-1, alt: ''}", ["image port-1"]),
        ("header: {image: {path: a.jpg}}", ["image a.jpg"]),
        ("image: a.jpg\nimage_alt: A\nthumbnail: b.jpg", ["image a.jpg alt 'A'"]),
        ("featureImage: a.jpg\nfeature-image-caption: The *port*", ["image a.jpg: The _port_"]),
        ("image: {src: a.jpg, caption: The port, alt: A}", ["image a.jpg alt 'A': The port"]),
        ("image: javascript:x", []),
        ("image: [[a], 1]", ["image 1"]),
    ],
)
def test_pictures_of_front_matter_stand_above_the_story(yaml: str, expected: list[str]) -> None:
    article = stated(yaml)
    shown = [*map(Figure, article.images), *(block for block in article.body if isinstance(block, Figure))]
    assert list(lines(shown)) == expected


# Dates


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019-11-18 08:34:00 -0500", "2019-11-18T08:34:00-05:00"),
        ("2013-07-02 8:46:16 -0400", "2013-07-02T08:46:16-04:00"),
        ("2024-02-28T08:30:00Z", "2024-02-28T08:30:00+00:00"),
        ("2024-02-28t08:30:00.5 +1", "2024-02-28T08:30:00.500000+01:00"),
        ("2024-02-28 08:30", "2024-02-28T08:30:00+01:00"),
        ("2024-2-8", "2024-02-08T00:00:00+01:00"),
        ("2024/07/13 20:46:25", "2024-07-13T20:46:25+02:00"),
        ("Wed, 28 Feb 2024 08:30:00 +0100", "2024-02-28T08:30:00+01:00"),
        ("February 28, 2024", "2024-02-28T00:00:00+01:00"),
        ("'2024-02-28'", "2024-02-28T00:00:00+01:00"),
    ],
)
def test_a_date_is_read_in_every_common_form(value: str, expected: str) -> None:
    assert moment(stated(f"date: {value}", zone="Europe/Berlin"), "published") == expected


def test_a_date_of_toml_needs_no_quotes() -> None:
    article = read("+++\ndate = 2024-02-28T08:30:00Z\nlastmod = 2024-02-29\n+++\nWords.")
    assert moment(article, "published") == "2024-02-28T08:30:00+00:00"
    assert moment(article, "updated") == "2024-02-29T00:00:00+00:00"


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("date", "published"), ("pubDate", "published"), ("publishDate", "published"), ("published", "published"),
        ("lastmod", "updated"), ("last_modified_at", "updated"), ("modified", "updated"), ("updated", "updated"),
        ("expiryDate", "expires"), ("expires", "expires"), ("created", "first_created"),
        ("version_created", "version_created"),
    ],
)  # fmt: skip
def test_every_system_names_its_dates_otherwise(key: str, name: str) -> None:
    assert moment(stated(f"{key}: 2024-02-28T08:30:00Z"), name) == "2024-02-28T08:30:00+00:00"


def test_a_date_within_a_table_is_one_too() -> None:
    article = stated("corrections:\n- public_text: It is long\n  date: 2024-02-28 08:30 +0100")
    [correction] = article.corrections
    assert correction.date is not None
    assert correction.date.isoformat() == "2024-02-28T08:30:00+01:00"


@pytest.mark.parametrize(
    ("yaml", "message", "where"),
    [
        ("title: A\ndate: 2024-02-30", "date: '2024-02-30' is no date", "line 3"),
        ("expiryDate: never", "expiryDate: 'never' is no date", "line 2"),
        ("date: [2024-02-28]", "date: 'a list or table' is no date", "line 2"),
        ("date: 2024-02-28 25:00", "date: '2024-02-28 25:00' is no date", "line 2"),
        ("date: 0001-01-01T00:00:00+14:00", "date: '0001-01-01T00:00:00+14:00' is no date", "line 2"),
        ("a: b\n\n\ncorrections: {public_text: A, date: soon}", "corrections: 'soon' is no date", "line 5"),
        ("dateline: {place: LONDON, date: soon}", "dateline: 'soon' is no date", "line 2"),
        ("embargo: 2025-02-30", "embargo: '2025-02-30' is no date", "line 2"),
    ],
)
def test_a_bad_date_is_an_error_that_names_field_value_and_line(yaml: str, message: str, where: str) -> None:
    with pytest.raises(InputError) as caught:
        stated(yaml)
    assert (caught.value.message, caught.value.where) == (message, where)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("value", "until"),
    [
        ("2025-02-25T06:00:00+01:00", "2025-02-25T06:00:00+01:00"),
        ("0001 GMT Feb. 25, 2025", "2025-02-25T00:01:00+00:00"),
        ("2025-02-25 06:00", None),
        ("2025-02-25", None),
        ("until Friday", None),
        ("yes", None),
        ("{until: 2025-02-25T06:00:00Z, text: Hold it}", "2025-02-25T06:00:00+00:00"),
        ("{text: Hold it}", None),
    ],
)
def test_an_embargo_holds_until_a_moment_that_is_proved(value: str, until: str | None) -> None:
    article = stated(f"embargo: {value}")
    assert article.embargo is not None
    assert (article.embargo.until.isoformat() if article.embargo.until else None) == until
    assert article.embargo.text


def test_the_zone_of_the_house_proves_the_moment_of_an_embargo() -> None:
    embargo = stated("embargo: 2025-02-25 06:00", zone="Europe/Berlin").embargo
    assert embargo is not None
    assert embargo.until is not None
    assert embargo.until.isoformat() == "2025-02-25T06:00:00+01:00"
    assert stated("embargo: 2025-02-25", zone="Europe/Berlin").embargo == Embargo(None, "embargo: 2025-02-25")
    assert stated("embargo: false").embargo is None


# Faults


@pytest.mark.parametrize(
    ("text", "message", "where"),
    [
        ("---\na: b\ntitle: x\ntitle: y\n---\n", "'title' is stated twice", "line 4"),
        ("---\na: b\ntitle: The port: open\n---\n", "mapping values are not allowed here", "line 3"),
        ('---\ntitle: "The port\n---\n', "quotes does not end", "line 2"),
        ("---\n\ttitle: a\n---\n", "cannot start any token", "line 2"),
        ("---\ntitle: @port\n---\n", "cannot start any token", "line 2"),
        ("---\ntitle: !!python/object:os.system a\n---\n", "of the type", "line 2"),
        ("---\ntitle: !include a\n---\n", "of the type", "line 2"),
        ("---\na: *b\n---\n", "alias 'b' stands for nothing", "line 2"),
        ("---\na: &a [*a]\n---\n", "alias 'a' stands for nothing", "line 2"),
        ("---\nx: z\n? [a]\n: b\n---\n", "a list or table stands for the name of a field", "line 3"),
        ("---\na: b\n- c\n---\n", "expected <block end>", "line 3"),
        ("\n\n---\ndraft: perhaps\n---\n", "neither true nor false", "line 4"),
        ("---\npub_status: witheld\n---\n", "is no status", "line 2"),
        ("+++\na = 1\ntitle = Port\n+++\n", "Invalid value", "line 3"),
        ("+++\na = 1\na = 2\n+++\n", "Cannot overwrite a value", "line 3"),
        ('{\n"a": 1,\n}\nWords', "expecting property name", "line 3"),
        (';;;\n{"a": 1, "a": 2}\n;;;\n', "'a' is stated twice", "line 2"),
        (";;;\n[1]\n;;;\n", "no object", "line 2"),
    ],
)
def test_a_fault_is_named_with_its_line(text: str, message: str, where: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert message in caught.value.message
    assert caught.value.where == where


@pytest.mark.parametrize(
    "text",
    [
        "---\na: " + "[" * 5_000 + "\n---\n",
        "---\n" + "".join("  " * depth + "a:\n" for depth in range(50)) + "---\n",
        "---\na: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"b{i}: &b{i} [{', '.join([f'*b{i - 1}' if i else '*a'] * 10)}]\n" for i in range(9))
        + "---\n",
        "---\na: " + "b" * 70_000 + "\n---\n",
        "---\na: [" + "b, " * 12_000 + "]\n---\n",
        '{"a": ' + "[" * 5_000 + "\n",
        '{"a": ' + "[" * 300 + "]" * 300 + "}\n",
        "+++\na = " + "[" * 5_000 + "\n+++\n",
        "+++\na = " + "[" * 300 + "]" * 300 + "\n+++\n",
        "title: a\n" * 20_000 + "\n",
    ],
)
def test_front_matter_is_bounded(text: str) -> None:
    with pytest.raises(LimitError):
        read(text + "Words.")


@pytest.mark.parametrize(
    "value", ["[]", "{}", "[[a]]", "{a: {b: c}}", "''", "~", "'\\ud800'", "7", "{name: {a: b}}", "[{}]"]
)
def test_no_value_of_any_field_stops_the_reader_but_of_dates_and_status(value: str) -> None:
    moments = {"published", "updated", "expires", "first_created", "version_created", "embargo", "pub_status"}
    names: list[str] = [*Article.__struct_fields__, "title", "tags", "author", "image", "cover", "source_url", "slug"]
    yaml = "\n".join(f"{name}: {value}" for name in names if name not in moments)
    article = stated(yaml)
    assert codec.check(article) == article


@pytest.mark.parametrize("value", ["[]", "{}", "[a]", "{a: b}", "''", "a"])
@pytest.mark.parametrize("name", ["published", "expires", "embargo", "pub_status", "draft", "status", "dateline"])
def test_a_value_of_the_wrong_shape_is_an_error_or_no_matter(name: str, value: str) -> None:
    with suppress(InputError):
        stated(f"{name}: {value}")


def test_json_may_hold_halves_of_surrogate_pairs_and_numbers_of_any_size() -> None:
    article = read('{"title": "a\\ud800b", "x": 1' + "0" * 5_000 + ', "y": NaN}\nWords.')
    assert line(article.headline).startswith("a")
    assert article.extra["markdown:y"] == "nan"


def test_the_language_named_in_the_call_comes_first() -> None:
    assert stated("lang: de", language="fr").language == "fr"
    assert stated("lang: de").language == "de"
