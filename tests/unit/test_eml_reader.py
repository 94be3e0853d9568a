"""The reader of mail: what headers and parts say, in real mails and in hostile ones."""

from __future__ import annotations

import base64
import email
import re
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from email.header import decode_header, make_header
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from newsexport import read as read_input
from newsexport.errors import InputError, Kind, LimitError
from newsexport.model import Article, EdNote, Embargo, Figure, Heading, Image, Paragraph
from newsexport.model.walk import block_text, plain_text, words
from newsexport.readers.eml import EmlOptions, EmlReader
from newsexport.readers.eml.subject import Subject, read_subject
from newsexport.spi import Asset, Context, Limits, Parsed, Probe
from newsexport.testing import check_reader
from samples import corpus, files, samples

HEADER = "From: City Press <press@city.example>\nSubject: Bridge reopens\nMIME-Version: 1.0\n"
TEXT = "Content-Type: text/plain\n\nPlain words."
HTML = "Content-Type: text/html\n\n<p>Marked <b>words</b>.</p>"
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()


def mail(body: str, *fields: str, header: str = HEADER) -> bytes:
    return "\n".join([header.rstrip(), *fields, "", body]).encode()


def multipart(kind: str, *parts: str, boundary: str = "b") -> str:
    """Return a part that holds parts, each with its own header."""
    inner = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\n{inner}--{boundary}--'


def letter(part: str, header: str = HEADER) -> bytes:
    return (header + part).encode()


def read_parsed(data: bytes, options: EmlOptions | None = None, context: Context | None = None) -> Parsed:
    return EmlReader().read(data, options or EmlOptions(), context or Context())


def read(data: bytes, options: EmlOptions | None = None, context: Context | None = None) -> Article:
    (article,) = read_parsed(data, options, context).documents
    assert isinstance(article, Article)
    return article


def text_of(article: Article) -> str:
    return "\n".join(block_text(block) for block in article.body)


def codes(context: Context) -> set[str]:
    return {notice.code for notice in context.notices}


# Real files. What is expected of each is taken from its header by regular expressions, and from its parts by the
# parser of the standard library, which the reader does not use; markup is stripped by lxml.


def field(data: bytes, name: str) -> str | None:
    """Return a field of the header, its encoded words resolved by the standard library."""
    head = re.split(rb"\r?\n\r?\n", data, maxsplit=1)[0].decode("latin-1")
    found = re.search(rf"^{name}:[ \t]*(.*(?:\r?\n[ \t].*)*)", head, re.MULTILINE | re.IGNORECASE)
    if found is None:
        return None
    # The standard library takes GB2312 at its word, of which GB18030 is the larger encoding.
    unfolded = re.sub(r"(?i)=\?gb2312\?", "=?gb18030?", re.sub(r"\r?\n", "", found[1]))
    return " ".join(str(make_header(decode_header(unfolded))).split())


def decoded(data: bytes, charset: str | None) -> str:
    with suppress(UnicodeDecodeError):
        return data.decode()
    return data.decode("gb18030" if charset == "gb2312" else charset or "cp1252", "replace")


def markup_words(markup: str) -> list[str]:
    root: Any = lxml.html.fromstring(f"<div>{markup}</div>")
    for each in root.xpath(".//script | .//style | .//title | .//head | .//comment()"):
        each.drop_tree()
    for each in root.xpath(".//*[contains(translate(@style, ' ', ''), 'display:none')]"):
        each.drop_tree()
    for each in root.iter("p", "br", "li", "td", "div", "h1", "h2", "h3", "h4", "a", "span", "tr", "img"):
        each.text, each.tail = f" {each.text or ''}", f" {each.tail or ''}"
    return words(root.text_content())


def expected_words(data: bytes) -> list[str]:
    """Return the words of the last text/html part that is no attachment, else of the first text/plain part."""
    parts = [part for part in email.message_from_bytes(data).walk() if part.get_content_disposition() != "attachment"]
    for kind in ("text/html", "text/plain"):
        texts: list[str] = []
        for part in parts:
            if part.get_content_type() == kind:
                payload: Any = part.get_payload(decode=True)
                texts.append(decoded(payload, part.get_content_charset()))
        if kind == "text/html" and texts:
            return markup_words(texts[-1])
        if texts:
            # The numbers of a list are no words of its items.
            return words(re.sub(r"^\d\. ", "", texts[0], flags=re.MULTILINE))
    return []


REAL = [*files(samples, "eml", "*.eml"), *files(corpus, "mail-parser", "tests/mails/mail_*")]
OUTLOOK = "mail_outlook_1"
# The parser of the standard library does not find their parts.
BROKEN = {"mail_malformed_3", OUTLOOK}


@pytest.mark.parametrize("path", [path for path in REAL if path.name not in BROKEN], ids=lambda path: path.name)
def test_real_mail_keeps_subject_date_identity_and_words(path: Path) -> None:
    data = path.read_bytes()
    assert EmlReader().sniff(Probe(data, path.name)) >= 0.7
    assert EmlReader().sniff(Probe(data)) == 0.7
    article = read(data)
    subject = re.sub(r"^(?:(?:RE|I): |\[\w+\] )", "", field(data, "Subject") or "")
    assert plain_text(article.headline) == subject
    date = field(data, "Date")
    if date and "," in date:
        assert article.version_created == article.first_created == parsedate_to_datetime(date)
    identifier = field(data, "Message-ID")
    assert article.alt_ids == ({"message-id": identifier.strip("<>")} if identifier else {})
    # Google's exports leave the head of the next mail at the end of one.
    expected = expected_words(re.sub(rb"\nFrom \d+@xxx [^\n]*\n(?:X-[^\n]*\n)*\s*\Z", b"\n", data))
    missing = Counter(expected) - Counter(words(f"{subject} {text_of(article)}"))
    assert missing.total() <= 0.02 * len(expected)


def test_mail_whose_header_names_another_boundary_is_read() -> None:
    data = (corpus("mail-parser") / "tests" / "mails" / "mail_malformed_3").read_bytes()
    encoded = re.search(rb"Content-Type: text/html;\r?\n.*\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)", data)
    assert encoded
    context = Context()
    article = read(data, context=context)
    expected = markup_words(base64.b64decode(encoded[1]).decode("cp1252", "replace"))
    missing = Counter(expected) - Counter(words(text_of(article)))
    assert missing.total() <= 0.02 * len(expected)
    assert "eml.boundary" in codes(context)


def test_message_of_outlook_is_refused_with_a_hint() -> None:
    data = (corpus("mail-parser") / "tests" / "mails" / OUTLOOK).read_bytes()
    assert EmlReader().sniff(Probe(data, "mail.eml")) == 0
    with pytest.raises(InputError, match="binary") as caught:
        read(data)
    assert "Outlook" in str(caught.value.hint)


def test_pictures_of_a_real_mail_are_its_assets_under_their_names() -> None:
    data = (samples("eml") / "email-no-utf8-2014-03-17.111517.eml").read_bytes()
    parsed = read_parsed(data)
    names = re.findall(rb'Content-Type: image/\w+; name="([\w.]+)"', data)
    assert [asset.uri.encode() for asset in parsed.assets] == names
    assert all(asset.data.startswith(b"\x89PNG") for asset in parsed.assets)


# Headers


def test_header_says_who_when_and_which() -> None:
    article = read(
        mail(
            "It is open.",
            "Date: Mon, 24 Feb 2025 10:15:00 +0100",
            "Message-ID: <a/b?c@city.example>",
            "Reply-To: jane@city.example (Jane Roe)",
            "Organization: City of Example",
            "Keywords: harbour, bridges; traffic",
            "Content-Language: en-GB, en",
        )
    )
    assert article.version_created == datetime(2025, 2, 24, 10, 15, tzinfo=timezone(timedelta(hours=1)))
    assert article.guid == "mid:a%2Fb%3Fc@city.example"
    assert article.alt_ids == {"message-id": "a/b?c@city.example"}
    assert article.info_sources == ("City Press", "City of Example")
    assert article.keywords == ("harbour", "bridges", "traffic")
    assert article.language == "en-GB"
    assert article.notes == (
        EdNote("City Press <press@city.example>", role="contact"),
        EdNote("Jane Roe <jane@city.example>", role="contact"),
    )
    assert {note.audience for note in article.notes} == {"internal"}


def test_unknown_offset_is_utc() -> None:
    context = Context()
    article = read(mail("It is open.", "Date: Mon, 24 Feb 2025 10:15:00 -0000"), context=context)
    assert article.version_created == datetime(2025, 2, 24, 10, 15, tzinfo=UTC)
    assert context.notices == ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=?utf-8?q?Br=C3=BCcke?= =?utf-8?b?IG9mZmVu?=", "Brücke offen"),
        ("=?utf-8?q?Br=C3?=\n =?utf-8?q?=BCcke?=", "Brücke"),
        ("Die =?iso-8859-1?q?Br=FCcke?= ist offen", "Die Brücke ist offen"),
        ("=?utf-8*de?q?Br=C3=BCcke?=", "Brücke"),
        ("=?unknown?q?Br=FCcke?=", "Brücke"),
        ("=?utf-8?b?QnI?=", "Br"),
        ("=?utf-8?b?Qn!!I=?=", "Br"),
        ("=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        ("Brücke", "Brücke"),
    ],
)
def test_subject_is_resolved_however_broken(value: str, expected: str) -> None:
    assert plain_text(read(mail("It is open.", f"Subject: {value}", header="From: a@b.example")).headline) == expected


def test_bytes_in_the_subject_are_read_as_windows() -> None:
    data = mail("It is open.", header="From: a@b.example\nSubject: Brücke").decode().encode("latin-1")
    context = Context()
    assert plain_text(read(data, context=context).headline) == "Brücke"
    assert codes(context) == {"text.encoding"}


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        ('"Roe, Jane" <jane@city.example>', "Roe, Jane", "jane@city.example"),
        ("=?utf-8?q?Roe=2C_Jane?= <jane@city.example>", "Roe, Jane", "jane@city.example"),
        ("jane@city.example <jane@city.example>", "", "jane@city.example"),
        ('"O\\"Hara"<o@city.example>, b@city.example', 'O"Hara', "o@city.example"),
        ("jane@city.example (Jane Roe)", "Jane Roe", "jane@city.example"),
        ("<jane@city.example>", "", "jane@city.example"),
    ],
)
def test_sender_is_a_contact_of_the_desk(value: str, name: str, address: str) -> None:
    article = read(mail("It is open.", header=f"From: {value}\nSubject: x"))
    assert article.info_sources == ((name,) if name else ())
    assert article.notes[0].text == (f"{name} <{address}>" if name else address)


def test_line_of_a_mailbox_above_the_header_is_passed_over() -> None:
    data = b"From 12@xxx Mon Mar 17 11:15:17 +0000 2014\n" + mail("It is open.")
    assert text_of(read(data)) == "It is open."


def test_mailbox_of_several_mails_is_refused_but_not_the_head_of_a_next_one() -> None:
    line = "\n\nFrom 12@xxx Mon Mar 17 11:15:17 +0000 2014\nX-GM-THRID: 12\n"
    assert text_of(read(mail(f"It is open.{line}"))) == "It is open."
    with pytest.raises(InputError, match="mailbox of several"):
        read(mail(f"It is open.{line}\nAnother mail."))
    text = "It is open.\n\nFrom Monday 3 March 2025\nWhere: the harbour"
    assert "the harbour" in text_of(read(mail(text)))


def test_lines_may_end_in_any_way() -> None:
    for end in ("\r\n", "\r"):
        assert text_of(read(mail("It is open.").replace(b"\n", end.encode()))) == "It is open."


# Subjects


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RE: FW: [press] Bridge", Subject("Bridge")),
        ("AW: WG: Bridge", Subject("Bridge")),
        ("URGENT: Bridge", Subject("URGENT: Bridge")),
        ("[Bridge]", Subject("[Bridge]")),
        ("PRESS RELEASE: Bridge", Subject("Bridge", is_release=True)),
        ("Pressemitteilung Nr. 12/2025: Brücke", Subject("Brücke", is_release=True)),
        ("Communiqué de presse – Pont rouvert", Subject("Pont rouvert", is_release=True)),
        ("Bridge - Press release", Subject("Bridge", is_release=True)),
        ("Press release", Subject("", is_release=True)),
        (
            "EMBARGOED UNTIL 0001 GMT Feb. 25, 2025: Bridge: open",
            Subject("Bridge: open", ("EMBARGOED UNTIL 0001 GMT Feb. 25, 2025",)),
        ),
        ("EMBARGO: 25 Feb 2025, 00:01 GMT - Bridge", Subject("Bridge", ("EMBARGO: 25 Feb 2025, 00:01 GMT",))),
        (
            "Embargo until 25 Feb 2025 – 00:01 GMT: Bridge",
            Subject("Bridge", ("Embargo until 25 Feb 2025 – 00:01 GMT",)),
        ),
        ("EMBARGO: Bridge - new era", Subject("Bridge - new era", ("EMBARGO",))),
        ("*** EMBARGO *** Bridge", Subject("Bridge", ("EMBARGO",))),
        ("Bridge (embargo: Friday)", Subject("Bridge", ("embargo: Friday",))),
        ("[EMBARGOED until Friday] Bridge", Subject("Bridge", ("EMBARGOED until Friday",))),
        ("Bridge | Embargoed until Friday", Subject("Bridge", ("Embargoed until Friday",))),
        ("Bridge, EMBARGOED for Monday", Subject("Bridge, EMBARGOED for Monday", ("EMBARGO: EMBARGOED for Monday",))),
        ("EU lifts arms embargo", Subject("EU lifts arms embargo")),
    ],
)
def test_subject_is_taken_apart(text: str, expected: Subject) -> None:
    found = read_subject(text)
    if expected.embargoes[:1] == ("EMBARGO: EMBARGOED for Monday",):
        assert found.headline == expected.headline
        assert len(found.embargoes) == 1
    else:
        assert found == expected


# Embargoes


@pytest.mark.parametrize(
    "data",
    [
        mail("It is open.", "X-Embargo: Feb. 25, 2025 0001 GMT"),
        mail("EMBARGOED UNTIL 0001 GMT Feb. 25, 2025\n\nIt is open."),
        mail("It is open.", header="From: a@b.example\nSubject: EMBARGOED UNTIL 0001 GMT Feb. 25, 2025: Bridge"),
        mail("<p>EMBARGOED UNTIL 0001 GMT Feb. 25, 2025</p><p>It is open.</p>", "Content-Type: text/html"),
        mail("<h2>EMBARGOED UNTIL 0001 GMT Feb. 25, 2025</h2><p>It is open.</p>", "Content-Type: text/html"),
        mail(
            "<ul><li>EMBARGOED UNTIL 0001 GMT Feb. 25, 2025</li></ul><p>It is open.</p>", "Content-Type: text/html"
        ),
        letter("Content-Type: message/rfc822\n\n" + mail("It is open.").decode(),
            header="From: a@b.example\nSubject: FW: EMBARGOED UNTIL 0001 GMT Feb. 25, 2025\n"),
    ],
)  # fmt: skip
def test_embargo_is_found_wherever_it_stands(data: bytes) -> None:
    article = read(data)
    assert article.embargo is not None
    assert article.embargo.until == datetime(2025, 2, 25, 0, 1, tzinfo=UTC)
    assert text_of(article).endswith("It is open.")


def test_strictest_of_several_embargoes_holds() -> None:
    subject = "From: a@b.example\nSubject: EMBARGO: Bridge\n"
    lines = "EMBARGOED UNTIL 0001 GMT Feb. 25, 2025\n\nIt is open."
    embargo = read(mail(lines, header=subject)).embargo
    assert embargo == Embargo(
        datetime(2025, 2, 25, 0, 1, tzinfo=UTC), "EMBARGO / EMBARGOED UNTIL 0001 GMT Feb. 25, 2025"
    )
    assert read(mail("EMBARGOED UNTIL FRIDAY\n\nIt is open.", "X-Embargo: 25 Feb 2025, 0001 GMT")).embargo == Embargo(
        None, "EMBARGO: 25 Feb 2025, 0001 GMT / EMBARGOED UNTIL FRIDAY"
    )


def test_copy_on_hold_is_withheld() -> None:
    assert read(mail("<p>HOLD FOR RELEASE</p><p>It is open.</p>", "Content-Type: text/html")).pub_status == "withheld"


# Text


RELEASE = """FOR IMMEDIATE RELEASE
Media contact: Jane Roe, 555 1234

Bridge reopens

By Jane Roe

LONDON, Feb. 24, 2025 (City) — The bridge reopened on Monday, nine{0}
days after it was closed.

> What was said

ENDS

Notes to editors: Pictures follow.

--{0}
Jane Roe
City of Example
"""


@pytest.mark.parametrize(
    ("content_type", "blank"),
    [("text/plain; format=flowed", " "), ("text/plain; format=flowed; delsp=yes", "  "), ("text/plain", " ")],
)
def test_press_release_is_read_as_desks_write_it(content_type: str, blank: str) -> None:
    context = Context()
    text = RELEASE.replace("--{0}", "-- ").format(blank)
    article = read(mail(text, f"Content-Type: {content_type}"), context=context)
    assert article.label == "press-release"
    assert ("eml.press-release", Kind.GUESS) in {(notice.code, notice.kind) for notice in context.notices}
    assert plain_text(article.headline) == "Bridge reopens"
    assert article.byline == "By Jane Roe"
    assert article.dateline is not None
    assert article.dateline.text == "LONDON, Feb. 24, 2025 (City) —"
    assert text_of(article).split("\n")[-1] == "> What was said"
    assert "nine days after" in text_of(article).replace("\n", " ")
    assert [(note.role, note.text) for note in article.notes] == [
        ("advisory", "FOR IMMEDIATE RELEASE"),
        ("contact", "Media contact: Jane Roe, 555 1234"),
        ("editor", "Pictures follow."),
        ("signature", "Jane Roe\nCity of Example"),
        ("contact", "City Press <press@city.example>"),
    ]


def test_headline_in_the_text_of_a_release_is_kept_when_the_subject_says_something_else() -> None:
    article = read(
        mail("FOR IMMEDIATE RELEASE\n\nHarbour bridge is open\n\nLONDON (Reuters) — Cars may cross it again.")
    )
    assert plain_text(article.headline) == "Bridge reopens"
    assert [type(block) for block in article.body] == [Heading, Paragraph]
    assert article.dateline is not None


def test_greeting_is_neither_headline_nor_standfirst() -> None:
    article = read(mail("Dear editors,\n\nplease find below\n\nour news of today.\n\nIt is open, says the mayor."))
    assert {type(block) for block in article.body} == {Paragraph}
    assert text_of(article).startswith("Dear editors,")
    assert article.standfirst == ()
    assert article.label is None


def test_list_of_addresses_is_not_joined() -> None:
    links = "\n".join(f"https://city.example/{'harbour-' * 6}{number}" for number in range(12))
    assert len(read(mail(f"{links}\n\nThat is all there is to see, says the mayor.")).body) == 13


def test_clear_signature_of_openpgp_is_taken_off() -> None:
    signed = """-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA256

- - It is open.
-----BEGIN PGP SIGNATURE-----

iQEz
-----END PGP SIGNATURE-----"""
    assert text_of(read(mail(signed))) == "- It is open."


@pytest.mark.parametrize(
    "data",
    [
        mail("-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----"),
        letter(multipart("encrypted", "Content-Type: application/pgp-encrypted\n\nVersion: 1", TEXT)),
        letter("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\nMIIB"),
    ],
)  # fmt: skip
def test_encrypted_mail_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="encrypted"):
        read(data)


QUOTED = "Content-Transfer-Encoding: quoted-printable"
UNICODE = "Content-Type: text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ("RGllIEJyw7xja2U=", (UNICODE, "Content-Transfer-Encoding: base64")),
        ("RGllIEJyw7x\nja2U!", (UNICODE, "Content-Transfer-Encoding: BASE64")),
        ("Die Br=C3=BC=\ncke", (UNICODE, QUOTED)),
        ("Die Br=FCcke", ("Content-Type: text/plain; charset=unknown-8bit", QUOTED)),
        ("begin 644 a\n+1&EE($)RP[QC:V4 \n`\nend", (UNICODE, "Content-Transfer-Encoding: x-uuencode")),
        ("Die Brücke", (UNICODE, "Content-Transfer-Encoding: nonsense")),
        ("Die Brücke", ("Content-Type: nonsense",)),
        ("Die Brücke", ("Content-Type: text/plain; charset=punycode",)),
    ],
)  # fmt: skip
def test_text_is_decoded_however_it_was_sent(body: str, fields: tuple[str, ...]) -> None:
    assert text_of(read(mail(body, *fields))) == "Die Brücke"


# Parts


@pytest.mark.parametrize(
    ("part", "expected"), [("auto", "Marked words."), ("html", "Marked words."), ("text", "Plain words.")]
)
def test_form_of_the_text_is_chosen(part: Any, expected: str) -> None:
    assert text_of(read(letter(multipart("alternative", TEXT, HTML)), EmlOptions(part=part))) == expected


def test_other_form_stands_in_for_one_without_words() -> None:
    empty = "Content-Type: text/html\n\n<p><br></p>"
    assert text_of(read(letter(multipart("alternative", TEXT, empty)))) == "Plain words."
    assert text_of(read(letter(HTML), EmlOptions(part="text"))) == "Marked words."


def test_parts_of_a_text_stand_one_below_the_other() -> None:
    article = read(letter(multipart("mixed", HTML, TEXT, multipart("alternative", TEXT, HTML, boundary="c"))))
    assert text_of(article) == "Marked words.\nPlain words.\nMarked words."


def test_signed_mail_is_read_without_its_signature() -> None:
    context = Context()
    signature = "Content-Type: application/pgp-signature; name=signature.asc\n\nx"
    assert text_of(read(letter(multipart("signed", TEXT, signature)), context=context)) == "Plain words."
    assert context.notices == ()


def picture(*fields: str) -> str:
    return "\n".join(["Content-Type: image/png", "Content-Transfer-Encoding: base64", *fields, "", PNG])


def test_picture_in_the_text_is_an_asset_under_its_name() -> None:
    html = 'Content-Type: text/html\n\n<p>It is open.</p><img src="cid:pier%40x" alt="The pier"><img src="cid:pier@x">'
    inline = picture('Content-Disposition: inline; filename="../../pier 1.png"', "Content-ID: <pier@x>")
    parsed = read_parsed(letter(multipart("related", html, inline)))
    assert parsed.assets == (Asset("pier_1.png", base64.b64decode(PNG), "image/png"),)
    (article,) = parsed.documents
    assert isinstance(article, Article)
    figures = [block for block in article.body if isinstance(block, Figure)]
    assert [figure.media.uri for figure in figures] == ["pier_1.png", "pier_1.png"]
    assert figures[0].media.alt == "The pier"
    assert article.images == ()


def test_attached_pictures_are_lead_pictures_with_names_of_their_own() -> None:
    attached = picture("Content-Disposition: attachment; filename=a.png")
    unnamed = "Content-Type: application/octet-stream; name=b.JPG\n\nx"
    parsed = read_parsed(letter(multipart("mixed", TEXT, attached, attached, picture(), unnamed)))
    (article,) = parsed.documents
    assert isinstance(article, Article)
    assert article.images == tuple(map(Image, ("a.png", "a-2.png", "picture-3.png", "b.JPG")))
    assert [asset.uri for asset in parsed.assets] == [image.uri for image in article.images]


def test_picture_of_a_text_that_was_not_chosen_is_left_out_and_said() -> None:
    context = Context()
    related = multipart("related", HTML, picture("Content-ID: <logo@x>"), boundary="c")
    data = letter(multipart("alternative", TEXT, related))
    assert read_parsed(data, EmlOptions(part="text"), context).assets == ()
    assert codes(context) == {"eml.attachment"}


def test_root_of_related_parts_may_be_named() -> None:
    html = "Content-Type: text/html\nContent-ID: <root@x>\n\n<p>It is open.</p>"
    part = multipart("related", "Content-Type: text/plain\n\nOther.", html).replace(
        "related;", 'related; start="<root@x>";'
    )
    assert text_of(read(letter(part))) == "It is open."


def test_attachments_are_named_with_type_and_size() -> None:
    context = Context()
    named = "Content-Disposition: attachment; filename*=utf-8''Pr%C3%A9sse.pdf"
    pdf = f"Content-Type: application/pdf\n{named}\n\n{'x' * 5_000}"
    calendar = "Content-Type: text/calendar\n\nBEGIN:VCALENDAR"
    text = "Content-Type: text/plain; name=notes.txt\nContent-Disposition: attachment\n\nNotes"
    read(letter(multipart("mixed", TEXT, pdf, calendar, text)), context=context)
    assert [(notice.code, notice.kind) for notice in context.notices] == [("eml.attachment", Kind.INFO)] * 3
    messages = " ".join(notice.message for notice in context.notices)
    assert "'Présse.pdf' (application/pdf, 4 kB as sent)" in messages
    assert "text/calendar" in messages
    assert "notes.txt" in messages


def test_mail_within_a_mail_that_has_words_is_a_loss() -> None:
    context = Context()
    inner = "Content-Type: message/rfc822\n\n" + mail("Inner words.").decode()
    assert text_of(read(letter(multipart("mixed", TEXT, inner)), context=context)) == "Plain words."
    (notice,) = context.notices
    assert (notice.code, notice.kind) == ("eml.mail-within", Kind.LOSS)
    assert "Bridge reopens" in notice.message


def test_mail_that_only_passes_another_on_gives_way_to_it() -> None:
    context = Context()
    inner = "Content-Type: message/rfc822\n\n" + mail("Inner words.").decode()
    data = letter(
        multipart("mixed", "Content-Type: text/plain\n\n", inner), header="From: a@b.example\nSubject: FW: x\n"
    )
    article = read(data, context=context)
    assert plain_text(article.headline) == "Bridge reopens"
    assert text_of(article) == "Inner words."
    assert codes(context) == {"eml.passed-on"}


def test_mails_in_mails_deeper_than_three_are_refused() -> None:
    data = mail("Inner words.").decode()
    for _ in range(2):
        data = f"{HEADER}Content-Type: message/rfc822\n\n{data}"
    assert text_of(read(data.encode())) == "Inner words."
    with pytest.raises(LimitError, match="more than 3 mails"):
        read(f"{HEADER}Content-Type: message/rfc822\n\n{data}".encode())


def test_mail_without_text_is_its_subject_and_one_without_anything_is_refused() -> None:
    assert plain_text(read(mail("")).headline) == "Bridge reopens"
    with pytest.raises(InputError, match="no text"):
        read(b"From: a@b.example\n\n")
    with pytest.raises(InputError, match="no mail"):
        read(b"Once upon a time\n\nthere was a bridge.")


def test_headline_of_the_markup_is_dropped_where_the_subject_says_the_same() -> None:
    html = "Content-Type: text/html\n\n<table><tr><td><h1>Bridge  reopens!</h1><p>It is open.</p></td></tr></table>"
    assert text_of(read(letter(html))) == "It is open."
    other = html.replace("reopens", "works")
    article = read(letter(other))
    assert [type(block) for block in article.body] == [Heading, Paragraph]
    assert plain_text(read(letter(other, header="From: a@b.example\n")).headline) == "Bridge works!"


def test_mark_of_a_release_in_the_markup_is_a_note() -> None:
    html = "Content-Type: text/html\n\n<p><b>Zur sofortigen Veröffentlichung</b></p><p>Sie ist offen.</p>"
    article = read(letter(html))
    assert article.label == "press-release"
    assert text_of(article) == "Sie ist offen."
    assert article.notes[0] == EdNote("Zur sofortigen Veröffentlichung", role="advisory")


def test_pixels_that_count_readers_are_dropped_and_nothing_is_fetched() -> None:
    html = "Content-Type: text/html\n\n<p>It is open.</p><img src='https://t.example/p.gif' width='1' height='1'>"
    assert len(read(letter(html)).body) == 1


# Limits


def test_mail_larger_than_an_input_may_be_is_refused() -> None:
    with pytest.raises(LimitError):
        read_input(mail("x" * 1_000), format=EmlReader(), limits=Limits(input_bytes=500))


def test_picture_larger_than_an_asset_may_be_is_refused() -> None:
    data = letter(multipart("mixed", TEXT, f"Content-Type: image/png\n\n{'x' * 500}"))
    with pytest.raises(LimitError, match="more than 400 bytes"):
        read(data, context=Context(limits=Limits(asset_bytes=400)))


def nested(depth: int) -> bytes:
    start = "".join(f'Content-Type: multipart/mixed; boundary="b{level}"\n\n--b{level}\n' for level in range(depth))
    return letter(f"{start}{TEXT}")


def test_nesting_up_to_fifty_is_read() -> None:
    assert text_of(read(nested(50))) == "Plain words."
    with pytest.raises(LimitError, match="deeper than 50"):
        read(nested(51))


MIXED = 'Content-Type: multipart/mixed; boundary="b"\n\n'
HOSTILE = {
    "10,000 multiparts": nested(10_000),
    "same boundary in each": letter(f"{MIXED}--b\n" * 2_000),
    "100,000 parts": letter(MIXED + "--b\n\nx\n" * 100_000),
    "100,000 fields": letter("X-A: b\n" * 100_000 + "\nIt is open."),
    "field of 1 MB": letter(f"X-A: {'b' * 1_000_000}\n\nIt is open."),
    "subject of 1 MB": letter("\nIt is open.", header=f"Subject: {'b ' * 500_000}\nFrom: a@b.example\n"),
    "boundary that never ends": letter(f"{MIXED}--b\n{TEXT}\n" + "It is open.\n" * 90_000),
    "dashes": letter(MIXED + "\n--" * 3_000_000),
    "Base64": letter("Content-Transfer-Encoding: base64\n\n" + "aGVsbG8g" * 4_000_000),
    "picture in Base64": letter(f"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n{'aGVs' * 8_000_000}"),
    "uuencode": letter("Content-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n" + "M\n" * 1_000_000),
    "encoded words": letter("\nIt is open.", header=f"Subject: {'=?utf-8?q?a?= ' * 100_000}\nFrom: a@b.example\n"),
    "open encoded words": letter("\nIt is open.", header=f"Subject: {'=?utf-8?q?' * 100_000}\nFrom: a@b.example\n"),
    "answers": letter("\nIt is open.", header=f"Subject: {'re:' * 300_000}\nFrom: a@b.example\n"),
    "continuations": letter("Content-Type: text/plain;" + "".join(f" name*{n}*=a;" for n in range(100_000)) + "\n\nx"),
    "huge continuation": letter(f"Content-Type: text/plain; name*{'9' * 1_900}*=a\n\nIt is open."),
    "parameters": letter(
        MIXED
        + ("--b\nContent-Type: text/plain; " + 'a=";;;;;' * 240 + "\nContent-Disposition: attachment\n\nx\n") * 900
    ),
    "brackets": letter("\nIt is open.", header=f"Subject: x\nFrom: {'(' * 500_000}\n"),
    "quotes": letter("\nIt is open.", header="Subject: x\nFrom: " + '"' * 500_000 + "\n"),
    "names": letter(MIXED + "".join(f"--b\n{picture(f'Content-ID: <cid:cid:{n % 3}>')}\n" for n in range(900))),
    "punycode": letter(f"Content-Type: text/plain; charset=punycode\n\n{'a' * 500_000}-abc{'b' * 500_000}"),
    "line of 1 MB": letter("\n" + "a" * 1_000_000),
    "1,000,000 lines": letter("\n" + "a\n" * 1_000_000),
    "armour": letter("\n-----BEGIN PGP SIGNED MESSAGE-----\n" + "Hash: x\n" * 90_000),
    "deep markup": letter("Content-Type: text/html\n\n" + "<div>" * 5_000 + "It is open."),
    "nothing": b"",
    "field alone": b"From:",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_mail_is_refused_or_read_in_bounded_time(data: bytes) -> None:
    started = time.process_time()
    assert 0 <= EmlReader().sniff(Probe(data)) <= 1
    with suppress(InputError):
        read(data)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("name", ["10,000 multiparts", "100,000 parts", "100,000 fields", "dashes", "Base64"])
def test_mail_beyond_the_limits_is_refused(name: str) -> None:
    with pytest.raises(LimitError):
        read(HOSTILE[name])


def test_cut_field_is_said() -> None:
    context = Context()
    article = read(HOSTILE["subject of 1 MB"], context=context)
    assert len(plain_text(article.headline)) < 10_000
    assert ("eml.header", Kind.REPAIR, "Subject") in {(each.code, each.kind, each.where) for each in context.notices}


# Contract and detection


def test_reader_keeps_its_contract() -> None:
    check_reader(EmlReader(), [mail("It is open."), letter(multipart("alternative", TEXT, HTML))])


@pytest.mark.parametrize(
    "text",
    [
        "Editor's note: It is long.\n\nIt is open.",
        "---\ntitle: Bridge\nDate: 2025-02-24\n---\n",
        "Title: Bridge\nDate: 2025-02-24\nTags: harbour\nSlug: bridge\n\nIt is open.",
        "Date: Monday\nSubject: Bridge\n\nIt is open.",
        "From: the harbour\n\nIt is open.",
        "To: whom it may concern\n\nIt is open.",
        "From the harbour: a report\nand more",
        "<p>From: a</p>",
        "",
    ],
)
def test_text_that_is_no_mail_is_not_claimed(text: str) -> None:
    assert EmlReader().sniff(Probe(text.encode())) == 0


def test_files_of_other_formats_are_not_claimed() -> None:
    folders = [
        samples("eml").parent,
        *(folder for folder in (samples("eml").parents[1] / "payloads",) if folder.is_dir()),
    ]
    others = [path for folder in folders for path in folder.rglob("*") if path.is_file() and path.parent.name != "eml"]
    claimed = [path.name for path in others if EmlReader().sniff(Probe(path.read_bytes(), path.name))]
    assert others
    assert claimed == []
