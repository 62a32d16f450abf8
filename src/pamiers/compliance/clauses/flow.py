"""Judge how many were done over a time by tallies: at most, or at least, so many.

Such as persons who arrive in a month. A window of so many hours slides; a unit of the
calendar is counted anew. Counters of what is done are taken to have counted all of
it, once they have counted at all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from pamiers.agreement.model import Bound
from pamiers.compliance.clauses.case import Case, Court, absence, enough_coverage
from pamiers.compliance.clauses.said import Said, finding_of
from pamiers.compliance.evidence.levels import Step, between, steps
from pamiers.compliance.evidence.units import units
from pamiers.compliance.finding import Finding, Verdict, Why

_TICK: Final = timedelta(microseconds=1)
Amount = tuple[float, float | None]


def judge(case: Case, court: Court, without: frozenset[str] = frozenset()) -> Finding:
    """Return the finding on how many were done over a time.

    Args:
        case: What is judged; its reading counts what tallies say was done.
        court: What is known.
        without: Keys of tallies to leave out.

    Returns:
        One finding, on the worst of the windows that end in the period.
    """
    register = court.register.without(without).until(case.until)
    told = steps(case.reading, case.clause, register)
    spans = list(_windows(case, court, told))
    amounts = [between(told, start, end) for start, end in spans] if told else []
    keys = tuple(s.key for s in told if any(a <= s.start <= b for a, b in spans))
    said = _decided(case, court, amounts)
    return finding_of(case, court, replace(said, evidence=keys))


def _windows(
    case: Case, court: Court, told: Sequence[Step]
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the windows, closed at both ends, at which a number can be highest."""
    per = case.reading.bound.per if case.reading.bound else None
    begun = case.reading.since_at or case.reading.from_at or case.period.start
    last = min(case.period.end - _TICK, case.until)
    if per is not None and per.calendar is not None:
        for start, end in units(per.calendar, case.period, court.agreement.calendar):
            yield max(start, begun), min(end - _TICK, last)
        return
    width = timedelta(seconds=(per.seconds if per else None) or 0.0)
    turns = {last, *(s.start for s in told), *(s.start + width for s in told)}
    for end in sorted(t for t in turns if case.period.start <= t <= last):
        yield max(end - width, begun) if per else begun, end


def _decided(case: Case, court: Court, amounts: Sequence[Amount]) -> Said:
    bound = case.reading.bound or Bound()
    if not amounts:
        seen = court.watch(case, case.period)
        verdict, why = absence(seen, enough_coverage(court.limits(case)))
        return Said(verdict=verdict, why=why, seen=seen, limit=bound.most)
    if bound.most is not None:
        return _at_most(amounts, bound.most)
    return _at_least(amounts[-1], bound.least or 0.0)


def _at_most(amounts: Sequence[Amount], most: float) -> Said:
    surely = max(low for low, _ in amounts)
    tops = [top for _, top in amounts]
    possibly = None if None in tops else max(top for top in tops if top is not None)
    said = Said(
        verdict=Verdict.UNDETERMINED,
        why=Why.COUNT,
        limit=most,
        measured=(surely, possibly),
    )
    if surely > most:
        breached = replace(said, verdict=Verdict.BREACHED, why=Why.EXCEEDED, low=1.0)
        return replace(breached, margin=surely - most)
    if possibly is None or possibly > most:
        return said
    return replace(said, verdict=Verdict.KEPT, why=Why.COUNTED, high=0.0)


def _at_least(amount: Amount, least: float) -> Said:
    said = Said(
        verdict=Verdict.UNDETERMINED, why=Why.COUNT, limit=least, measured=amount
    )
    if amount[0] >= least:
        return replace(said, verdict=Verdict.KEPT, why=Why.COUNTED, high=0.0)
    if amount[1] is not None and amount[1] < least:
        short = replace(said, verdict=Verdict.BREACHED, why=Why.SHORT, low=1.0)
        return replace(short, margin=least - amount[1])
    return said
