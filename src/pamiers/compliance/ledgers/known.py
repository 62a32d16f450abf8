"""What a ledger is drawn up from: an agreement in force, facts, findings, and now."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from pamiers.agreement.model import Agreement, Clause, Matter, Reading
from pamiers.compliance.clauses.acts import acts as acts_under
from pamiers.compliance.clauses.acts import conduct
from pamiers.compliance.clauses.happened import bound
from pamiers.compliance.evidence.happenings import Happening
from pamiers.compliance.evidence.register import Register
from pamiers.compliance.finding import Finding
from pamiers.compliance.ledgers.act import Act, act_of
from pamiers.compliance.ledgers.reckon import finding_reading
from pamiers.compliance.world import World
from pamiers.core.instant import Interval
from pamiers.core.rows import Coverage, Incident, Statement, Tally
from pamiers.core.source import Source

_Made = TypeVar("_Made")


@dataclass(frozen=True, kw_only=True, eq=False)
class Known:
    """All that a ledger may rest on; made once by `known_of`, then only read.

    Every sequence is in an order that does not depend on arrival.
    """

    agreement: Agreement  #: its anchors bound to what has happened
    register: Register  #: what had begun by `now`, as judgements read it
    world: World  #: tables as known
    findings: tuple[Finding, ...]  #: findings on the same agreement and facts
    now: datetime  #: [UTC]

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """Return what surely was done by now, in order of time."""
        return self.established(self.register.happenings)

    def established(self, rows: Iterable[Happening]) -> tuple[Act, ...]:
        """Return the happenings that are established, as acts, in order of time."""
        sure = self.agreement.thresholds.breached
        held = [act_of(row, self._sources) for row in rows if row.low >= sure]
        return tuple(sorted(held, key=lambda act: (act.end, act.start, act.key)))

    def acts_by(self, clause: Clause, reading: Reading) -> list[Happening]:
        """Return what may be acts of those whom a reading binds, in order of time.

        A party's own word for what it did establishes nothing.
        """
        name = ("acts", clause.id, repr(reading))
        return self.once(name, lambda: acts_under(reading, clause, self.register))

    def conduct_by(
        self, clause: Clause, reading: Reading, matter: Matter | None = None
    ) -> list[Happening]:
        """Return what those whom a reading binds may have done, whoever tells it."""
        name = ("conduct", clause.id, repr(reading), repr(matter))
        return self.once(name, lambda: conduct(reading, clause, self.register, matter))

    def once(self, name: tuple[str, ...], make: Callable[[], _Made]) -> _Made:
        """Return what `make` makes, made only the first time that it is asked for.

        Args:
            name: Tells it from everything else that is made once.
            make: Pure function of what is known.

        Returns:
            The same value each time.
        """
        if name not in self._made:
            self._made[name] = make()
        found: _Made = self._made[name]
        return found

    @cached_property
    def _made(self) -> dict[tuple[str, ...], Any]:
        return {}

    @cached_property
    def _sources(self) -> dict[str, str]:
        rows = self.world.incidents.views()
        return {row.key: row.sources for row in rows if isinstance(row, Incident)}

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Return all statements, by source and key."""
        rows = [r for r in self.world.statements.views() if isinstance(r, Statement)]
        return tuple(sorted(rows, key=lambda row: (row.source, row.key)))

    @cached_property
    def tallies(self) -> tuple[Tally, ...]:
        """Return the tallies begun by now, by time, then source and key."""
        rows = [
            row
            for row in self.world.tallies.views()
            if isinstance(row, Tally) and row.start <= self.now
        ]
        return tuple(sorted(rows, key=lambda r: (r.end, r.start, r.source, r.key)))

    @cached_property
    def coverage(self) -> tuple[Coverage, ...]:
        """Return the rows of coverage, by time, then source and key."""
        rows = [r for r in self.world.coverage.views() if isinstance(r, Coverage)]
        return tuple(sorted(rows, key=lambda r: (r.start, r.end, r.source, r.key)))

    @cached_property
    def judged(self) -> dict[tuple[str, str | None], tuple[Finding, ...]]:
        """Return the findings of each clause and reading, in order of time."""
        found: dict[tuple[str, str | None], list[Finding]] = {}
        for each in self.findings:
            found.setdefault((each.clause, each.reading), []).append(each)
        return {name: _in_time(held) for name, held in found.items()}

    @property
    def sources(self) -> Mapping[str, Source]:
        """Return the sources of what is on record."""
        return self.world.sources

    def findings_on(self, clause: str, reading: str | None) -> tuple[Finding, ...]:
        """Return the findings on a clause under a reading, in order of time."""
        return self.judged.get((clause, reading), ())

    def findings_within(self, clause: str, window: Interval) -> tuple[Finding, ...]:
        """Return findings that end in a window, as the text stands first, in time."""
        held = self.agreement.clause(clause)
        found = self.findings_on(clause, finding_reading(held, held.default))
        return tuple(f for f in found if window.start < f.end <= window.end)


def known_of(
    agreement: Agreement, world: World, findings: Sequence[Finding], now: datetime
) -> Known:
    """Return what ledgers are drawn up from, every anchor bound that has come.

    Args:
        agreement: Resolved; bound or not.
        world: Tables as known.
        findings: Findings on the same agreement and facts; may be empty.
        now: What begins later is left out [UTC].

    Returns:
        The agreement in force now, and what is on record.
    """
    taken, register = bound(agreement, world, now)
    return Known(
        agreement=taken,
        register=register,
        world=world,
        findings=tuple(findings),
        now=now,
    )


def _in_time(found: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda f: (f.start, f.end, f.sector or "", f.key)))
