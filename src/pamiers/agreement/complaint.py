"""What is wrong with an agreement's text, where, and what to do about it."""

from dataclasses import dataclass, field
from enum import StrEnum

from pamiers.agreement.codes import CODES


class Severity(StrEnum):
    """How far a complaint stands in the way."""

    ERROR = "error"  #: the agreement does not run
    BLANK = "blank"  #: something is still to be agreed: it does not run
    WARNING = "warning"  #: it runs; a person should know


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place in a file, as an editor opens it; both count from 1, 0 is unknown."""

    file: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One thing that is wrong. Invariant: `code` is one of `codes.CODES`."""

    code: str
    severity: Severity
    file: str
    line: int
    column: int
    path: str  #: such as `clauses[3].forbid.within`; empty for the file as a whole
    message: str
    remedy: str

    def __str__(self) -> str:
        """Return `file:line:col: path: message`, on one line."""
        path = f"{self.path}: " if self.path else ""
        return f"{self.file}:{self.line}:{self.column}: {path}{self.message}"

    def to_dict(self) -> dict[str, object]:
        """Return the facts as plain values, for `--json`."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "path": self.path,
            "message": self.message,
            "remedy": self.remedy,
        }


@dataclass(slots=True)
class Notes:
    """Complaints gathered while one agreement is read and checked.

    The only object of this room that changes; it never leaves it.
    """

    complaints: list[Complaint] = field(default_factory=list)
    marks: dict[str, Mark] = field(default_factory=dict)  #: path -> where it stands
    time_zone: str | None = None  #: of the agreement, for remedies; a valid one

    def complain(
        self,
        code: str,
        path: str,
        message: str,
        remedy: str,
        *,
        mark: Mark | None = None,
    ) -> None:
        """Add a complaint; its severity follows from its code.

        Args:
            code: One of `CODES`.
            path: Path in the document.
            message: What was expected and what was found.
            remedy: What to do.
            mark: Where; looked up by path when not given.
        """
        place = mark or self.mark(path)
        self.complaints.append(
            Complaint(
                code=code,
                severity=severity_of(code),
                file=place.file,
                line=place.line,
                column=place.column,
                path=path,
                message=message,
                remedy=remedy,
            )
        )

    def mark(self, path: str) -> Mark:
        """Return where a path stands, or the nearest thing that holds it."""
        while path and path not in self.marks:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.marks.get(path, Mark(file="agreement.yaml", line=1, column=1))


#: what stops an agreement from running; every other question of a lawyer only warns
_STOPS = frozenset(
    {
        *("L-UNDEFINED", "L-CIRCULAR", "L-NO-CLAUSES", "L-VERB", "L-NO-TRIGGER"),
        *("L-NO-NUMBER", "L-NO-RATIO", "L-NO-NOTICE", "L-NO-PERIOD", "L-UNBOUNDED"),
        *("L-MISPLACED", "L-READINGS", "L-VISIBILITY", "L-NO-ZONE", "L-WIDTH"),
        *("L-ANCHOR", "L-LINE", "L-UNSIGNED-ROLE", "L-UNSIGNED-STEP"),
        *("L-UNSIGNED-TASK", "L-ABOUT", "L-UNITS", "L-STEP-TRIGGER", "L-STEP-KEY"),
    }
)


def severity_of(code: str) -> Severity:
    """Return the severity of a code.

    Raises:
        KeyError: The code is not documented.
    """
    if code not in CODES:
        raise KeyError(code)
    if code == "L-BLANK":
        return Severity.BLANK
    warns = code.startswith("W-") or (code.startswith("L-") and code not in _STOPS)
    return Severity.WARNING if warns else Severity.ERROR
