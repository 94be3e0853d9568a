"""The styles of a story by name: what they are called in Word, and in any house's template."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Style(StrEnum):
    """A style that the writer uses; ``template/styles.xml`` defines each."""

    NORMAL = "Normal"
    BANNER = "Banner"
    STORY_LABEL = "Story Label"
    KICKER = "Kicker"
    TITLE = "Title"
    SUBTITLE = "Subtitle"
    BYLINE = "Byline"
    DATELINE = "Dateline"
    TOPICS = "Topics"
    LEAD = "Lead"
    HEADING_1 = "heading 1"
    HEADING_2 = "heading 2"
    HEADING_3 = "heading 3"
    HEADING_4 = "heading 4"
    HEADING_5 = "heading 5"
    HEADING_6 = "heading 6"
    HEADING_7 = "heading 7"
    HEADLINE = "Headline"
    END_HEADING = "End Heading"
    QUOTE = "Quote"
    INTENSE_QUOTE = "Intense Quote"
    ATTRIBUTION = "Attribution"
    LIST_BULLET = "List Bullet"
    LIST_NUMBER = "List Number"
    LIST_CONTINUE = "List Continue"
    PICTURE = "Picture"
    CAPTION = "caption"
    GROUP_TITLE = "Group Title"
    TABLE_TEXT = "Table Text"
    TABLE_HEAD = "Table Head"
    TABLE_TOTAL = "Table Total"
    TABLE_END = "Table End"
    ASIDE_TITLE = "Aside Title"
    ASIDE = "Aside"
    NOTE = "Note"
    EMBED = "Embed"
    QUESTION = "Question"
    POST_TIME = "Post Time"
    SOURCE_CODE = "Source Code"
    DIVIDER = "Divider"
    RIGHTS = "Rights"
    CONTENTS_HEADING = "Contents Heading"
    CONTENTS_SECTION = "Contents Section"
    CONTENTS = "Contents"
    FOOTNOTE_TEXT = "footnote text"
    RUNNING_HEAD = "Running Head"
    RUNNING_FOOT = "Running Foot"

    DATELINE_TEXT = "Dateline Text"
    CREDIT = "Credit"
    RUN_IN = "Run In"
    VERBATIM = "Verbatim Char"
    HYPERLINK = "Hyperlink"
    FOOTNOTE_REFERENCE = "footnote reference"

    NEWS_TABLE = "News Table"


HEADINGS: Final = (
    Style.HEADING_1,
    Style.HEADING_2,
    Style.HEADING_3,
    Style.HEADING_4,
    Style.HEADING_5,
    Style.HEADING_6,
    Style.HEADING_7,
)
"""Headings by level, the first of level 1."""
