"""What a ledger is drawn up from: an agreement in force, facts, findings, and now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from pamiers.agreement.model import Agreement
from pamiers.compliance.finding import Finding
from pamiers.compliance.ledgers.act import Act, acts_of
from pamiers.compliance.world import World
from pamiers.core.rows import Coverage, Statement, Tally


@dataclass(frozen=True, kw_only=True)
class Known:
    """All that a ledger may rest on; made once, then only read.

    Every sequence is in an order that does not depend on arrival.
    """

    agreement: Agreement  #: its anchors bound to what has happened
    world: World  #: tables as known at `now`
    findings: tuple[Finding, ...]  #: findings on the same agreement and facts
    now: datetime  #: [UTC]

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """Return what was done up to now, in order of time."""
        return acts_of(self.agreement, self.world, self.now)

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

    def findings_on(self, clause: str, reading: str | None) -> tuple[Finding, ...]:
        """Return the findings on a clause under a reading, in order of time."""
        return self.judged.get((clause, reading), ())


def _in_time(found: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda f: (f.start, f.end, f.sector or "", f.key)))
