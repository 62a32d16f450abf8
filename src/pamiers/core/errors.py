"""Every error pamiers raises on purpose, as one shallow tree.

Each class carries its facts as attributes, so that a surface can render them
without parsing text; the message is built once, here, from the same facts.
No message holds a secret or the position of an observer.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Where:
    """The place in a source that an error speaks of, as an editor can open it.

    Invariant: `column` is given only together with `line`; both count from 1.
    """

    source: str  #: file name, entry or argument
    line: int | None = None  #: physical line, from 1
    column: int | None = None  #: character in that line, from 1
    field: str | None = None  #: path of the field inside the document

    def __str__(self) -> str:
        """Return `source:line:column (field)`, leaving out what is not known."""
        line = f":{self.line}" if self.line is not None else ""
        column = f":{self.column}" if self.column is not None else ""
        field = f" ({self.field})" if self.field is not None else ""
        return f"{self.source}{line}{column}{field}"


class PamiersError(Exception):
    """Base of every deliberate error; catch this at a surface, nowhere else."""

    def __init__(
        self, where: Where | str, *, expected: str, got: str, remedy: str
    ) -> None:
        """Build the message `where: expected X, got Y. Remedy.` from its facts."""
        super().__init__(f"{where}: expected {expected}, got {got}. {remedy}")
        self.where = Where(where) if isinstance(where, str) else where
        self.expected = expected
        self.got = got
        self.remedy = remedy

    def __reduce__(self) -> tuple[object, ...]:
        """Let the error cross to another process with its facts."""
        facts = (self.where, self.expected, self.got, self.remedy)
        return _again, (type(self), *facts)

    def to_dict(self) -> dict[str, object]:
        """Return the facts as plain values, for `--json` and for logs."""
        return {
            "error": type(self).__name__,
            "file": self.where.source,
            "line": self.where.line,
            "column": self.where.column,
            "path": self.where.field,
            "message": str(self),
            "remedy": self.remedy,
        }


def _again(
    kind: type[PamiersError], where: Where, expected: str, got: str, remedy: str
) -> PamiersError:
    return kind(where, expected=expected, got=got, remedy=remedy)


class UsageError(PamiersError):
    """A caller asked for something that the arguments do not allow."""


class MalformedSourceError(PamiersError):
    """A source document does not say what its format promises."""


class MalformedAgreementError(PamiersError):
    """An agreement cannot be read; a breached agreement is a finding instead."""


class UnknownTermError(PamiersError):
    """A name is used that the agreement or the vocabulary does not define."""


class LedgerMismatchError(PamiersError):
    """Recorded bytes do not hash to what the ledger says of them."""


class OutOfOrderError(PamiersError):
    """An entry or event comes before what it must follow."""


class StoreError(PamiersError):
    """The storage below refused, failed, or is of a version not understood."""
