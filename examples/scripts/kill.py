"""A story, its correction and its kill: three versions of one guid, the higher one replaces the lower."""

from datetime import UTC, datetime

from msgspec.structs import replace

import newsexport
from newsexport.model import Article, Correction, EdNote, Paragraph, Provider, Text

story = Article(
    guid="urn:newsml:example.com:20250304:sorrel-ferry-fares",
    slugline="SORREL-FERRY-FARES",
    headline=(Text("Ferry fares to double in May"),),
    body=(Paragraph((Text("Fares to Sorrel Island will double in May, the council said."),)),),
    provider=Provider("Example News", "https://example.com/"),
    language="en-GB",
    version_created=datetime(2025, 3, 4, 9, 0, tzinfo=UTC),
)

corrected_at = datetime(2025, 3, 4, 9, 40, tzinfo=UTC)
correction = replace(
    story,
    version=2,
    version_created=corrected_at,
    headline=(Text("Ferry fares to rise by a tenth in May"),),
    body=(Paragraph((Text("Fares to Sorrel Island will rise by a tenth in May, the council said."),)),),
    corrections=(
        Correction(
            date=corrected_at,
            public_text="An earlier version said that fares would double. They rise by a tenth.",
            wrong="double",
            right="rise by a tenth",
            version=2,
        ),
    ),
)

kill = replace(
    correction,
    version=3,
    version_created=datetime(2025, 3, 4, 11, 15, tzinfo=UTC),
    pub_status="canceled",
    notes=(EdNote("The council has set no fares. Please remove the story.", role="kill", audience="client"),),
)

for article in (story, correction, kill):
    name = f"fares-v{article.version}"
    paths = newsexport.export_all(article, ["newsml-g2", "html"], name=name).save("out")
    print(f"version {article.version}, {article.pub_status}: {', '.join(path.name for path in paths)}")
