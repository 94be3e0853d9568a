"""What all parts of the model share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Final, Literal, TypeAlias

from msgspec import Meta, Struct

Direction: TypeAlias = Literal["ltr", "rtl"]
AwareDatetime: TypeAlias = Annotated[datetime, Meta(tz=True)]
"""A moment, which is a date and time with its offset from UTC."""


ASSUMED_MOMENT: Final = datetime(1980, 1, 1, tzinfo=UTC)
"""What stands for the date of a document that states none, for files need one; readers are not shown it."""


class Record(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Base of the plain records: frozen, compared by value, defaults left out of JSON."""


class Node(Record, frozen=True, kw_only=True, tag_field="type"):
    """What every node of a text may carry.

    Attributes:
        id: The node's name in the system it came from.
        lang: BCP 47 tag of the content; None when it is that of the surroundings.
        dir: Base direction of the content; None when it is that of the surroundings.
    """

    id: str | None = None
    lang: str | None = None
    dir: Direction | None = None
