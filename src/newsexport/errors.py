"""What goes wrong, and what was lost on the way: the errors and notices of newsexport.

The tree of errors, each with the exit code that the command line gives for it::

    NewsexportError            1
    ├── UsageError             2   the call is at fault: a format, an option, an output name
    ├── InputError             3   the input cannot be read as what it is said to be
    │   └── LimitError         3   the input is larger or deeper than the limits allow
    ├── ArticleError           4   the document itself breaks a rule, at the place ``where``
    ├── WriterError            5   a writer, or a plug-in, failed
    │   └── UnsupportedError   5   the format has no place for this kind of document
    ├── LossError              6   something was lost and ``strict`` was asked for
    ├── OutputError            7   the result cannot be saved
    └── ValidationError        8   a validator found faults
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from msgspec import Struct


class NewsexportError(Exception):
    """Base of every error that newsexport raises on purpose.

    Attributes:
        message: What is wrong, one sentence without a full stop.
        hint: What to do about it; None when nothing useful can be said.
        where: The place in the document (``body[3].items[0]``) or the input; None when it has none.
        exit_code: What the command line exits with.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str | None = None, where: str | None = None) -> None:
        # All three are kept in args, so that every error survives pickling between processes.
        super().__init__(message, hint, where)
        self.message = message
        self.hint = hint
        self.where = where

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class UsageError(NewsexportError):
    """The call cannot be carried out as it was made."""

    exit_code = 2


class InputError(NewsexportError):
    """The input cannot be read."""

    exit_code = 3


class LimitError(InputError):
    """The input exceeds a limit on bytes, nodes, depth or pixels."""


class ArticleError(NewsexportError):
    """The document breaks a rule that no posture forgives: identity, status, embargo, types."""

    exit_code = 4


class WriterError(NewsexportError):
    """A writer failed, or returned what is no rendition."""

    exit_code = 5


class UnsupportedError(WriterError):
    """The format has no place for this kind of document."""


class LossError(NewsexportError):
    """Something was lost or guessed, and `strict` forbids it."""

    exit_code = 6


class OutputError(NewsexportError):
    """A rendition cannot be saved."""

    exit_code = 7


class ValidationError(NewsexportError):
    """A validator found faults."""

    exit_code = 8


class Kind(StrEnum):
    """What a notice is about."""

    LOSS = "loss"
    """Something of the article is not in the rendition."""
    GUESS = "guess"
    """The input did not say; the most likely reading was taken."""
    REPAIR = "repair"
    """The input was at fault and was mended."""
    INFO = "info"
    """Worth knowing, nothing was changed."""


class Notice(Struct, frozen=True, omit_defaults=True):
    """One thing that a person may want to know about a conversion.

    Attributes:
        code: Stable name, listed in the reference (``text.encoding``).
        kind: Whether something was lost, guessed, repaired, or is only said.
        message: One sentence without a full stop.
        where: The place in the document (``body[3].items[0]``) or the input (``line 7``).
        node: Name of the model's class concerned (``Embed``).
    """

    code: str
    kind: Kind
    message: str
    where: str | None = None
    node: str | None = None


class NoticeLog:
    """Collects notices: at most 100 of a code, then a count of the rest."""

    limit: ClassVar[int] = 100

    def __init__(self) -> None:
        self._notices: list[Notice] = []
        self._counts: dict[str, int] = {}
        self._kinds: dict[str, Kind] = {}

    def add(self, notice: Notice) -> None:
        """Keep a notice, or count it when its code has been said often enough."""
        count = self._counts.get(notice.code, 0) + 1
        self._counts[notice.code] = count
        self._kinds[notice.code] = notice.kind
        if count <= self.limit:
            self._notices.append(notice)

    def all(self) -> tuple[Notice, ...]:
        """Return the notices in the order they were added, then one for each code that overflowed."""
        rest = (
            Notice(code, self._kinds[code], f"{count - self.limit} more of these")
            for code, count in self._counts.items()
            if count > self.limit
        )
        return (*self._notices, *rest)
