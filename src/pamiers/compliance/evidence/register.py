"""Everything on record that judgements of acts read, in one fixed order."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import datetime

from pamiers.agreement.model import Agreement, Clause, Reading
from pamiers.compliance.evidence.facts import facts_of
from pamiers.compliance.evidence.ground import Ground
from pamiers.compliance.evidence.happenings import Happening, happenings_of
from pamiers.compliance.evidence.papers import Paper, papers_of
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
            papers=tuple(p for p in self.papers if p.key not in keys),
            tallies=tuple(t for t in self.tallies if tally_key(t) not in keys),
        )

    def until(self, instant: datetime) -> "Register":
        """Return what had begun by an instant."""
        happened = bisect_right(self.happenings, instant, key=_start)
        counted = bisect_right(self.tallies, instant, key=_start)
        return replace(
            self,
            happenings=self.happenings[:happened],
            papers=tuple(p for p in self.papers if (p.given_at or p.start) <= instant),
            tallies=self.tallies[:counted],
        )


def _start(row: Happening | Tally) -> datetime:
    return row.start


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
