"""What validators say of a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from newsexport.validate.tools import Tools

Severity: TypeAlias = Literal["error", "warning", "info"]


class Finding(Struct, frozen=True):
    """One thing that a validator found.

    Attributes:
        severity: An ``error`` makes the file invalid.
        validator: Who found it (``epubcheck``).
        code: The validator's own name of the fault (``RSC-005``).
        message: In the validator's words.
        where: The member, line, page or element; None when it is the file as a whole.
    """

    severity: Severity
    validator: str
    code: str
    message: str
    where: str | None = None

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        return f"{self.severity}: {self.validator} {self.code}: {self.message}{place}"


class Missing(Struct, frozen=True):
    """A validator that is not at hand.

    Attributes:
        validator: Its name.
        reason: Why it could not run, and how to get it.
    """

    validator: str
    reason: str


class Report(Struct, frozen=True):
    """What all validators of a file's format say of it.

    Attributes:
        file: The name it was given with.
        ran: Names of the validators that judged it.
        missing: Those that could not: nothing is known of what they alone would find.
        findings: In the order of the validators.
    """

    file: str
    ran: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that make the file invalid."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def valid(self) -> bool:
        """True when at least one validator judged the file, and none found an error."""
        return bool(self.ran) and not self.errors


class Check(Struct, frozen=True):
    """A validator of one format.

    Attributes:
        name: As reports call it.
        run: Takes the bytes and the tools; returns what it found, or that it is not at hand.
    """

    name: str
    run: Callable[[bytes, Tools], tuple[Finding, ...] | Missing]
