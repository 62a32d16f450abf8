"""Judge how many there are of one thing for each of another.

Both sides are counted over the same time: what is there at each instant, or what was
done, or happened, since the clause began or within the agreement's window. It is
surely too much where the least of the one is over what the most of the other allows.
Events that nobody would have seen may be more than are on record.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from pamiers.agreement.model import Bound, Matter, Subject
from pamiers.compliance.clauses.acts import conduct
from pamiers.compliance.clauses.case import Case, Court, absence, enough_coverage
from pamiers.compliance.clauses.frequency import Span
from pamiers.compliance.clauses.said import Said, by_silence, finding_of
from pamiers.compliance.evidence.happenings import Happening
from pamiers.compliance.evidence.levels import Step, between, level_at, steps
from pamiers.compliance.evidence.register import Register
from pamiers.compliance.evidence.units import units
from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.core.rows import LEVELS

_TICK: Final = timedelta(microseconds=1)
Amount = tuple[float, float | None]  #: surely, possibly; None: or more


@dataclass(frozen=True, slots=True)
class Side:
    """What is on record of one side of a ratio."""

    rows: Sequence[Happening]
    told: Sequence[Step]
    events: bool
    done: bool  #: whether it counts what is done, rather than what is there

    def evidence(self) -> list[str]:
        """Return the keys of what tells of it."""
        return [r.key for r in self.rows] + [step.key for step in self.told]

    def turns(self) -> set[datetime]:
        """Return the instants at which its number may change."""
        return {r.begins[1] for r in self.rows} | {s.start for s in self.told}

    def amount(self, since: datetime, at: datetime) -> Amount | None:
        """Return how many there are at an instant, or were done since another."""
        if self.events:
            window = Span(since, at)
            sure = [r for r in self.rows if r.low >= 1.0 and window.surely(r)]
            tops = [r.most for r in self.rows if window.possibly(r)]
            low = float(sum(r.least for r in sure))
            return low, None if None in tops else float(sum(t or 0 for t in tops))
        if self.done:
            return between(self.told, since, at) if self.told else None
        level = level_at(self.told, at)
        return None if level is None else (level.least, level.most)


def judge(case: Case, court: Court, without: frozenset[str] = frozenset()) -> Finding:
    """Return the finding on a ratio.

    Args:
        case: What is judged; its reading measures one matter against another.
        court: What is known.
        without: Keys of incidents, statements and tallies to leave out.

    Returns:
        One finding.
    """
    register = court.register.without(without).until(case.until)
    sides = [
        _side(m, case, register) for m in (case.reading.matter, case.reading.other)
    ]
    said = _watched(case, court, _decided(case, court, sides))
    keys = tuple(key for side in sides for key in side.evidence())
    return finding_of(case, court, replace(said, evidence=keys))


def _side(matter: Matter | None, case: Case, register: Register) -> Side:
    counted = matter or case.reading.matter
    if counted.subject is Subject.EVENT:
        rows = conduct(case.reading, case.clause, register, counted)
        return Side(rows, (), events=True, done=True)
    told = steps(case.reading, case.clause, register, counted)
    done = (counted.status or "present") not in LEVELS
    return Side((), told, events=False, done=done)


def _spans(
    case: Case, court: Court, sides: Sequence[Side]
) -> list[tuple[datetime, datetime]]:
    """Return since when, and at which instants, the sides are held together."""
    begun = case.reading.since_at or case.reading.from_at or case.period.start
    last = min(case.period.end - _TICK, case.until)
    per = case.reading.bound.per if case.reading.bound else None
    if per is not None and per.calendar is not None:
        calendar = court.agreement.calendar
        whole = units(per.calendar, case.period, calendar)
        return [(max(a, begun), b - _TICK) for a, b in whole if b - _TICK <= last]
    found = {t for side in sides for t in side.turns()} | {last}
    at = sorted(t for t in found if case.period.start <= t <= last)
    if per is None or per.seconds is None:
        return [(begun, t) for t in at]
    width = timedelta(seconds=per.seconds)
    return [(max(t - width, begun), t) for t in at]


def _decided(case: Case, court: Court, sides: Sequence[Side]) -> Said:
    bound = case.reading.bound or Bound()
    limit = bound.most if bound.most is not None else bound.least
    plain = Said(verdict=Verdict.UNOBSERVED, why=Why.NO_COVERAGE, limit=limit)
    pairs = [
        (of, to)
        for since, at in _spans(case, court, sides)
        for of, to in [(sides[0].amount(since, at), sides[1].amount(since, at))]
        if of is not None and to is not None
    ]
    if not pairs:
        return plain
    told = [_beyond(of, to, bound) for of, to in pairs]
    worst = max(told, key=lambda each: each[0])
    last = pairs[-1][0]
    said = replace(plain, measured=last)
    if worst[0] > 0.0:
        breached = replace(said, verdict=Verdict.BREACHED, low=1.0, margin=worst[0])
        why = Why.EXCEEDED if bound.most is not None else Why.SHORT
        return replace(breached, why=why)
    if any(each[1] for each in told):
        return replace(said, verdict=Verdict.UNDETERMINED, why=Why.COUNT)
    return replace(said, verdict=Verdict.KEPT, why=Why.COUNTED, high=0.0)


def _watched(case: Case, court: Court, said: Said) -> Said:
    """Return a verdict only where more events than are told of would have been seen.

    What is kept rests on no more of the one than are on record, what is breached on
    no more of the other; tallies are complete, events on record are not.
    """
    if said.verdict not in {Verdict.KEPT, Verdict.BREACHED}:
        return said
    bound = case.reading.bound or Bound()
    kept = said.verdict is Verdict.KEPT
    of, to = case.reading.matter, case.reading.other
    rests_on = of if kept == (bound.most is not None) else to
    if rests_on is None or rests_on.subject is not Subject.EVENT:
        return said
    reading = replace(case.reading, kinds=rests_on.kinds, subject=Subject.EVENT)
    rule = replace(case.rule, reading=replace(reading, where=rests_on.where))
    seen = court.watch(replace(case, rule=rule), case.period)
    spoken = absence(seen, enough_coverage(court.limits(case)))
    return by_silence(seen, spoken, said)


def _beyond(of: Amount, to: Amount, bound: Bound) -> tuple[float, bool]:
    """Return by how many it is surely beyond the limit, and whether it may be."""
    if bound.most is not None:
        allowed = None if to[1] is None else bound.most * to[1]
        sure = 0.0 if allowed is None else max(of[0] - allowed, 0.0)
        return sure, of[1] is None or of[1] > bound.most * to[0]
    asked = (bound.least or 0.0) * to[0]
    sure = 0.0 if of[1] is None else max(asked - of[1], 0.0)
    return sure, to[1] is None or of[0] < (bound.least or 0.0) * to[1]
