"""Articles that many tests share."""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, date, datetime, timedelta, timezone

from newsexport.model import (
    QA,
    AltHeadline,
    Article,
    Aside,
    Audio,
    Author,
    Cell,
    Code,
    CodeBlock,
    Concept,
    Correction,
    Dateline,
    Divider,
    EdNote,
    Embed,
    Emphasis,
    Entity,
    Figure,
    FootnoteRef,
    Gallery,
    Heading,
    Image,
    LineBreak,
    Link,
    List,
    ListItem,
    LivePost,
    Note,
    Paragraph,
    Provider,
    Quote,
    Related,
    Span,
    Strikethrough,
    Strong,
    Subject,
    Subscript,
    Superscript,
    Table,
    Text,
    Underline,
    Video,
)
from newsexport.spi import Asset

NOON = datetime(2025, 2, 24, 12, 0, tzinfo=UTC)


def text(words: str) -> tuple[Text]:
    return (Text(words),)


def paragraph(words: str) -> Paragraph:
    return Paragraph(text(words))


def cell(words: str, *, colspan: int = 1, rowspan: int = 1, header: bool = False) -> Cell:
    return Cell((paragraph(words),), colspan, rowspan, header)


def png(width: int = 320, height: int = 200) -> bytes:
    """Return a small valid picture: bands of grey."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([row * 255 // height]) * width for row in range(height))
    head = struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


PICTURES = (Asset("bridge.png", png(), "image/png"), Asset("map.png", png(200, 300), "image/png"))

FLASH = Article(
    guid="urn:newsml:example.com:20250224:flash",
    language="en-US",
    version_created=NOON,
    kind="alert",
    urgency=1,
    headline=text("Bridge closed after collision"),
    provider=Provider("Example News", "https://example.com/"),
)


def everything() -> Article:
    """Return a prepared story that holds every node and every field."""
    bridge = Image(
        "bridge.png",
        alt="A ship below a bridge",
        headline="The bridge",
        creator="Sam Lens",
        credit="Sam Lens/Example News",
        copyright_notice="© 2025 Example News",
        usage_terms="No resale",
        rights="own",
        created=NOON,
        place="Harbour City",
        persons=("Ada Mason",),
        digital_source_type="digitalCapture",
        width=320,
        height=200,
    )
    ornament = Image("map.png", decorative=True)
    footnote = FootnoteRef((paragraph("Figures from the port authority."), paragraph("Rounded to whole hours.")))
    return Article(
        guid="urn:newsml:example.com:20250224:bridge",
        version=3,
        canonical_url="https://example.com/bridge",
        evolved_from="urn:newsml:example.com:20250224:flash",
        translation_of="urn:newsml:example.com:20250224:bruecke",
        embargo=None,
        expires=NOON + timedelta(days=30),
        label="analysis",
        urgency=3,
        priority=4,
        services=("general",),
        slugline="BRIDGE-COLLISION",
        take="2nd Lead",
        genre=Concept(name="Analysis", qcode="genre:Analysis"),
        kicker="Harbour",
        headline=(Text("Bridge closed: "), Emphasis(text("what")), Text(" we know")),
        alt_headlines=(AltHeadline("short", "Bridge closed"),),
        standfirst=(Text("A ship hit the bridge & "), Strong(text("nobody")), Text(" was hurt.")),
        byline="By Jane Roe and João Müller",
        dateline=Dateline(place="HARBOUR CITY", date=date(2025, 2, 24), source="EN"),
        authors=(Author("Jane Roe", role="reporter", uri="https://example.com/jane"), Author("João Müller")),
        subjects=(Subject("20000139", name="road accident"), Subject("20000639")),
        keywords=("Ports & Harbours", "Transport"),
        people=(Concept(name="Ada Mason", qcode="wikidata:Q1"),),
        organisations=(Concept(name="Port Authority"),),
        places=(Concept(name="Harbour City"),),
        events=(Concept(name="Bridge collision 2025"),),
        located=(Concept(name="Harbour City", qcode="geonames:4140963"),),
        first_created=NOON - timedelta(hours=3),
        version_created=NOON,
        published=NOON - timedelta(hours=2),
        updated=NOON,
        provider=Provider("Example News", "https://example.com/"),
        info_sources=("Port Authority",),
        credit_line="Example News",
        copyright_holder="Example News",
        copyright_notice="© 2025 Example News. All rights reserved.",
        usage_terms="For editorial use by subscribers only.",
        data_mining="prohibited-ai-training",
        ai_use="assisted",
        responsible_editor="Rita Chief",
        notes=(EdNote("Adds map.", role="advisory", audience="client"),),
        corrections=(
            Correction(
                date=NOON,
                public_text="An earlier version misstated the length of the bridge.",
                wrong="900 metres",
                right="800 metres",
                version=3,
            ),
        ),
        related=(Related("see-also", "https://example.com/port", "The port in figures"),),
        language="en-US",
        images=(bridge,),
        body=(
            Paragraph(
                (
                    Text("A container ship hit the "),
                    Entity(text("Long Bridge"), "place", "https://www.wikidata.org/wiki/Q2"),
                    Text(" on Monday, the "),
                    Link(text("port authority"), "https://example.com/port?a=1&b=2", title="Port authority"),
                    Text(" said."),
                    footnote,
                ),
                role="lead",
            ),
            Heading(text("The damage")),
            Paragraph(
                (
                    Strong(text("Two pillars")),
                    Text(", "),
                    Emphasis((Text("perhaps "), Strong(text("three")))),
                    Text(", were "),
                    Underline(text("hit")),
                    Text(" at 10"),
                    Superscript(text("3")),
                    Text(" tonnes; CO"),
                    Subscript(text("2")),
                    Text(" tanks "),
                    Strikethrough(text("burst")),
                    Text(" held. File "),
                    Code("log_a < b.txt"),
                    Text("."),
                    LineBreak(),
                    Span(text("Quelle surprise"), lang="fr"),
                    Text(", one said."),
                )
            ),
            Heading(text("Hours"), level=3),
            List(
                (
                    ListItem((paragraph("Closed at noon"), List((ListItem((paragraph("east side first"),)),)))),
                    ListItem((paragraph("Open for ambulances"),)),
                )
            ),
            List((ListItem((paragraph("Third step"),)), ListItem((paragraph("Fourth step"),))), ordered=True, start=3),
            Quote((paragraph("We saw it coming."),), text("Ada Mason, captain"), cite="https://example.com/ada"),
            Quote((paragraph("Nobody was hurt"),), pull=True),
            Figure(bridge, (Text("The ship "), Emphasis(text("Aurora")), Text(" below the bridge."))),
            Figure(ornament),
            Figure(Video("https://example.com/film.mp4", alt="The collision"), text("The collision on film.")),
            Figure(Audio("https://example.com/call.mp3", alt="The emergency call"), text("The call.")),
            Gallery((Figure(bridge, text("From the north.")), Figure(bridge, text("From the south."))), text("Views")),
            Table(
                head=((cell("Hour", header=True), cell("Lanes open", header=True), cell("Queue", header=True)),),
                body=(
                    (cell("Noon", header=True), cell("None", colspan=2)),
                    (cell("One", header=True, rowspan=2), cell("One lane"), cell("4 km")),
                    (cell("Two lanes"), cell("2 km")),
                ),
                foot=((cell("Mean"), cell("One"), cell("3 km")),),
                caption=text("Traffic on Monday"),
            ),
            Embed(
                "https://social.example/post/1",
                provider="Social",
                title="The mayor’s statement",
                fallback=(paragraph("“We will reopen soon,” the mayor wrote."),),
            ),
            CodeBlock("if closed:\n    divert()\n", language="python"),
            Divider(),
            Aside("factbox", text("The bridge"), (paragraph("Opened in 1971."), paragraph("800 metres long."))),
            Note("correction", NOON, (paragraph("The length of the bridge was corrected."),)),
            QA(text("Will it reopen?"), (paragraph("Within days."), paragraph("In part."))),
            LivePost(NOON, text("Ambulances pass"), key=True, blocks=(paragraph("The east side is open."),)),
            LivePost(NOON + timedelta(hours=1), status="withdrawn"),
        ),
    )


EMBARGOED = Article(
    guid="urn:newsml:example.com:20250224:budget",
    language="de-DE",
    version_created=NOON,
    headline=text("Haushalt beschlossen"),
    body=(paragraph("Der Haushalt ist beschlossen."),),
    provider=Provider("Example News", "https://example.com/"),
)
BERLIN_MORNING = datetime(2025, 2, 25, 6, 0, tzinfo=timezone(timedelta(hours=1)))
