"""Which gates keep a clause from being due, by the judgements of what they rest on.

A gate is told by findings on its indicators' clauses, day by day, on everything that
is known. While those are judged, the gate itself counts as shut: what rests on a step
that it opens cannot open it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pamiers.agreement.model import Agreement
from pamiers.agreement.undertaking import Gate
from pamiers.compliance.clauses.case import Court
from pamiers.compliance.finding import Finding
from pamiers.compliance.gates import Turn, open_at, turns
from pamiers.core.instant import Interval, reporting_date, reporting_day, zone
from pamiers.core.rows import Statement
from pamiers.core.source import Source

#: judges one clause over a period, as it stands first in the text
Judge = Callable[[str, Court, Interval], Iterable[Finding]]
_TICK = timedelta(microseconds=1)


def shut_by(clause: str, court: Court, at: datetime, judge: Judge) -> tuple[str, ...]:
    """Return the gates that keep a clause from being due at an instant.

    Args:
        clause: Id of the clause.
        court: What is known.
        at: Instant, by what is known now.
        judge: Judges one clause over a period, as it stands first in the text.

    Returns:
        `gate <id>` each, in the order of the file; empty where nothing is shut.
    """
    return tuple(
        f"gate {gate.id}"
        for gate in court.agreement.gates.values()
        if clause in gate.opens
        and (gate.id in court.shut or not _is_open(gate, court, at, judge))
    )


def _is_open(gate: Gate, court: Court, at: datetime, judge: Judge) -> bool:
    """Tell whether a gate is open; all ends of days are told from one passage."""
    conduct = court.once(("gate", gate.id), lambda: _conduct(gate, court, judge))
    known = court.known_at
    if at < known and _day(at - _TICK, court.agreement).end != at:
        return open_at(turns(gate, conduct, at))
    past: tuple[Turn, ...] = court.once(
        ("turns", gate.id), lambda: tuple(turns(gate, conduct, known))
    )
    return open_at(turn for turn in past if turn.at <= at)


def _conduct(gate: Gate, court: Court, judge: Judge) -> "_Conduct":
    rows = court.world.statements.views()
    said = [row for row in rows if isinstance(row, Statement)]
    return _Conduct(
        court=court.behind(gate.id),
        judge=judge,
        statements=tuple(sorted(said, key=lambda row: (row.source, row.key))),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Conduct:
    """Findings on what a gate rests on, each day judged when it is first asked for."""

    court: Court
    judge: Judge
    statements: Sequence[Statement]

    @property
    def agreement(self) -> Agreement:
        return self.court.agreement

    @property
    def sources(self) -> Mapping[str, Source]:
        return self.court.world.sources

    def findings_within(self, clause: str, window: Interval) -> Sequence[Finding]:
        found = [
            each
            for day in _days(window, self.agreement)
            for each in self._judged(clause, day)
            if window.start < each.end <= window.end
        ]
        return sorted(found, key=lambda f: (f.start, f.end, f.sector or "", f.key))

    def _judged(self, clause: str, day: date) -> tuple[Finding, ...]:
        agreement = self.agreement
        period = reporting_day(day, agreement.cut_off, zone(agreement.time_zone))
        return self.court.once(
            ("judged", clause, day.isoformat()),
            lambda: tuple(self.judge(clause, self.court, period)),
        )


def _days(window: Interval, agreement: Agreement) -> Iterator[date]:
    tz = zone(agreement.time_zone)
    day = reporting_date(window.start, agreement.cut_off, tz)
    last = reporting_date(window.end - _TICK, agreement.cut_off, tz)
    while day <= last:
        yield day
        day += timedelta(days=1)


def _day(at: datetime, agreement: Agreement) -> Interval:
    tz = zone(agreement.time_zone)
    return reporting_day(
        reporting_date(at, agreement.cut_off, tz), agreement.cut_off, tz
    )
