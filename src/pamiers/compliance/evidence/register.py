"""Everything on record that judgements of acts read, in one fixed order."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from datetime import datetime

from pamiers.agreement.model import Agreement, Clause, Reading
from pamiers.compliance.evidence.facts import facts_of
from pamiers.compliance.evidence.ground import Ground
from pamiers.compliance.evidence.happenings import Happening, happenings_of, kinds_of
from pamiers.compliance.evidence.papers import Paper, papers_of
from pamiers.compliance.evidence.sought import Sought, found
from pamiers.compliance.world import World
from pamiers.core.rows import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What is on record, as known at one time; sequences are ordered by time."""

    agreement: Agreement
    ground: Ground
    happenings: tuple[Happening, ...]
    papers: tuple[Paper, ...]
    tallies: tuple[Tally, ...]
    interested: frozenset[str] = frozenset()  #: sources that speak for a party
    _whole: tuple[Happening, ...] | None = None  #: of which `happenings` is the first
    _by_kind: dict[frozenset[str], tuple[list[int], list[Happening]]] = field(
        default_factory=dict
    )

    def of_kinds(self, kinds: frozenset[str]) -> list[Happening]:
        """Return the happenings of some kinds, in order; sought once for all cuts."""
        if kinds not in self._by_kind:
            whole = enumerate(self._whole or self.happenings)
            found = [(i, row) for i, row in whole if row.kind in kinds]
            self._by_kind[kinds] = [i for i, _ in found], [row for _, row in found]
        at, rows = self._by_kind[kinds]
        return rows[: bisect_left(at, len(self.happenings))]

    def bound(self, reading: Reading, clause: Clause) -> frozenset[str]:
        """Return whose conduct is that of those whom a reading binds."""
        theirs = self.agreement.meant_by(reading.bearers)
        return theirs | self.agreement.meant_by(clause.answers_for)

    def each_bound(self, reading: Reading, clause: Clause) -> list[frozenset[str]]:
        """Return of each of those whom a reading binds whose conduct is its own."""
        proxies = self.agreement.meant_by(clause.answers_for)
        return [self.agreement.meant_by([one]) | proxies for one in reading.bearers]

    def without(self, keys: frozenset[str]) -> "Register":
        """Return the record without some of what is on it."""
        if not keys:
            return self
        return replace(
            self,
            happenings=tuple(h for h in self.happenings if h.key not in keys),
            _whole=None,
            _by_kind={},
            papers=tuple(p for p in self.papers if p.key not in keys),
            tallies=tuple(t for t in self.tallies if tally_key(t) not in keys),
        )

    def until(
        self, instant: datetime, happened_by: datetime | None = None
    ) -> "Register":
        """Return what had begun by an instant.

        Args:
            instant: Of what is said and counted the last.
            happened_by: Of what happened the last; None: the same. What is said or
                counted on the stroke at which a day ends is of that day, what happens
                on it is of the next.

        Returns:
            The record, cut.
        """
        happened = bisect_right(self.happenings, happened_by or instant, key=_start)
        counted = bisect_right(self.tallies, instant, key=_start)
        return replace(
            self,
            happenings=self.happenings[:happened],
            _whole=self._whole or self.happenings,
            papers=tuple(p for p in self.papers if (p.given_at or p.start) <= instant),
            tallies=self.tallies[:counted],
        )


def _start(row: Happening | Tally) -> datetime:
    return row.start


def found_in(register: Register, sought: Sought) -> list[Happening]:
    """Return the happenings on record that may be what is sought, in order of time.

    Args:
        register: What is on record.
        sought: Kinds, classes, place, condition and actors.

    Returns:
        Each with its probability of being what is sought; empty for none.
    """
    rows = register.of_kinds(kinds_of(sought.matter.kinds))
    if not rows:
        return []
    return found(sought, rows, register.agreement, register.ground)


def tally_key(row: Tally) -> str:
    """Return the key of a tally among all that is on record."""
    return f"{row.source}:{row.key}"


def register_of(world: World, agreement: Agreement) -> Register:
    """Return what is on record in a world.

    Args:
        world: What is known.
        agreement: Names events, classes and places.

    Returns:
        The same for every order of the rows.
    """
    tallies = [row for row in world.tallies.views() if isinstance(row, Tally)]
    return Register(
        agreement=agreement,
        ground=Ground(agreement=agreement, facts=facts_of(world.incidents)),
        happenings=happenings_of(world, agreement),
        papers=papers_of(world),
        tallies=tuple(sorted(tallies, key=lambda row: (row.start, tally_key(row)))),
        interested=frozenset(n for n, s in world.sources.items() if s.interested),
    )
