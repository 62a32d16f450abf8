"""What the cases of a mission need of a store: an index that can be made again.

Everything in it follows from the record; it only answers quickly which cases are due,
and what was recorded of one case, however many there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Protocol

Plain = Mapping[str, Any]

#: stands for what is due next where something came about that was told nobody yet
UNTOLD: Final = "untold"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One case as it is listed."""

    id: str
    procedure: str
    status: str
    outcome: str
    clause: str
    parties: tuple[str, ...]
    opened_at: datetime | None
    next_due: datetime | None  #: None: nothing is due
    next_key: str = ""  #: what is due next; `UNTOLD`: to be told since `next_due`
    lapsed: int = 0  #: times that ran out so far


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What entries add to the index of one case."""

    line: CaseLine
    events: tuple[tuple[int, Plain], ...] = ()  #: index of the entry, the event
    told: tuple[Plain, ...] = ()  #: effects that were put on record, by `key`


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the index holds of one case."""

    id: str
    procedure: str
    events: tuple[tuple[int, Plain], ...] = ()
    told: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """That a notice was delivered, or that somebody acknowledged it."""

    key: str  #: of the notice
    at: datetime  #: when it was put on record [UTC]
    by: str = ""  #: who acknowledged it; empty: it was delivered to everybody
    means: str = ""  #: by which it was delivered


class CaseIndex(Protocol):
    """The index. What `put` returned for is there after a crash, or made again."""

    def through(self) -> int:
        """Return how many entries of the record it has taken in."""

    def put(self, filed: Sequence[Filed], *, through: int) -> None:
        """Take in entries, all or none, up to a size of the record."""

    def kept(self, cases: Sequence[str]) -> dict[str, Kept]:
        """Return what is held of some cases; those not known are left out."""

    def due(self, before: datetime, limit: int) -> list[str]:
        """Return cases with a time that ran out before an instant, first the first."""

    def lines(
        self, *, status: str | None, limit: int, start: int = 0
    ) -> list[CaseLine]:
        """Return cases, those that are due next first."""

    def line(self, case: str) -> CaseLine | None:
        """Return one case; None for none."""

    def counts(self) -> dict[str, int]:
        """Return how many cases there are of each status."""

    def alike(self, procedure: str, clause: str) -> list[str]:
        """Return open cases of a procedure that are about a clause."""

    def outbox(self, limit: int) -> list[Plain]:
        """Return effects on record that were not delivered, the earliest first."""

    def received(self, receipts: Sequence[Receipt], *, through: int) -> None:
        """Take in receipts; what was delivered leaves the outbox."""

    def notices(self, case: str) -> list[tuple[Plain, tuple[Receipt, ...]]]:
        """Return the effects on record of a case, the earliest first, with receipts."""
