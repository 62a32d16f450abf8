"""A case: a finding or complaint on its way through a procedure."""

from dataclasses import dataclass, field
from datetime import datetime

from pamiers.procedure.clocks import Due, dues
from pamiers.procedure.event import Event
from pamiers.procedure.rules import Rules
from pamiers.procedure.standing import Standing, Transition


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An event that changed nothing, and why; it stays on record."""

    event: Event
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A fold of what was recorded of one case, as far as an instant.

    Invariant: `standing` is what `fold` makes of `entries` at `as_of`; nobody
    changes it.
    """

    id: str
    rules: Rules
    entries: tuple[Event, ...] = ()  #: in the order of `Event.order`
    as_of: datetime | None = None
    standing: Standing = field(default_factory=Standing)
    refused: tuple[Refused, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether the case is open."""
        return self.standing.status == "open"

    @property
    def log(self) -> tuple[Transition, ...]:
        """Return what became so, in order."""
        return tuple(self.standing.log)

    @property
    def due(self) -> tuple[Due, ...]:
        """Return what is due, the earliest first; empty where nothing is."""
        found = dues(self.rules, self.standing)
        return tuple(sorted(found, key=lambda each: (each.due_at, each.key)))

    @property
    def next_due(self) -> datetime | None:
        """Return when the next of its times runs out; None where none does.

        What was over before it was known runs out no sooner than when it is known.
        """
        found = (each.due_at for each in dues(self.rules, self.standing))
        first, reached = min(found, default=None), self.standing.reached_at
        return max(first, reached) if first and reached else first
