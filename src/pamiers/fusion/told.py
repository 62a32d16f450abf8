"""What goes into an association and what comes out, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from pamiers.core.errors import UnknownTermError
from pamiers.fusion.columns import Columns, columns_of_none


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """Reports with a name each.

    Invariant: `ids` are unique, and as many as there are rows.
    """

    ids: tuple[str, ...] = ()
    columns: Columns = field(default_factory=columns_of_none)

    def __post_init__(self) -> None:
        """Refuse names that do not match the rows."""
        if len(self.ids) != len(self.columns) or len(set(self.ids)) != len(self.ids):
            raise UnknownTermError(
                "reports (ids)",
                expected=f"{len(self.columns)} names, each once",
                got=f"{len(self.ids)} names, {len(set(self.ids))} of them different",
                remedy="Give every report a name of its own.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """What a person said of two reports.

    `together`: they tell of one incident; `apart`: of two; `duplicate`: the first says
    nothing but what the second says. It binds the two that are named: to merge two
    incidents, bind each report of the one with a report of the other.
    """

    kind: Literal["together", "apart", "duplicate"]
    one: str
    two: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What becomes of reports in one step."""

    add: Reports = field(default_factory=Reports)
    correct: Reports = field(default_factory=Reports)  #: known ones, as they are now
    withdraw: tuple[str, ...] = ()
    bonds: tuple[Bond, ...] | None = None  #: all in force from now on; None: as before


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What some reports together tell of: an incident without a name.

    Invariants: `members` ascend and hold at least one; `kinds` and `sides` sum to 1.
    """

    members: tuple[str, ...]  #: reports, copies and repetitions among them
    copies: tuple[tuple[str, str], ...]  #: (copy, the report that it copies)
    repeats: tuple[tuple[str, str], ...]  #: (the very same again, the first)
    real: float  #: P(it happened)
    kinds: tuple[float, ...]  #: P(kind)
    sides: tuple[float, float]  #: P(side 0 did it), P(side 1 did it)
    x_m: float
    y_m: float
    error_m: float  #: standard deviation of the place along each axis
    t_s: float
    error_s: float  #: standard deviation of the time; 0: only the interval is known
    start_s: float  #: two errors before the time, or the interval that dates allow
    end_s: float
    count: float  #: median of what was counted; 0 where nobody states a count
    count_error: float  #: standard deviation of its logarithm

    @property
    def key(self) -> str:
        """Return the least of its members, which no other has."""
        return self.members[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What a step changed: incidents that are no more, and those that are now.

    Invariant: in the order of keys; an incident that is as before is in neither.
    """

    gone: tuple[str, ...] = ()
    now: tuple[Told, ...] = ()


def unknown_reports(what: str, ids: Sequence[str]) -> UnknownTermError:
    """Return the error that some names are not, or already, of known reports."""
    return UnknownTermError(
        f"reports ({what})",
        expected="names that are not yet known"
        if what == "add"
        else "names of reports in force",
        got=", ".join(sorted(ids)[:5]),
        remedy="Correct a known report; add an unknown one.",
    )


def consistent(bonds: Sequence[Bond]) -> None:
    """Refuse bonds that contradict one another.

    Raises:
        UnknownTermError: Two reports are to be together and apart.
    """
    group: dict[str, str] = {}

    def first(name: str) -> str:
        while group.get(name, name) != name:
            name = group[name]
        return name

    for bond in bonds:
        if bond.kind != "apart":
            group[first(bond.one)] = first(bond.two)
    for bond in bonds:
        if bond.kind == "apart" and first(bond.one) == first(bond.two):
            raise UnknownTermError(
                "bonds",
                expected="no two reports both together and apart",
                got=f"{bond.one} and {bond.two} apart, and bound by others",
                remedy="Take one of the bonds back.",
            )
