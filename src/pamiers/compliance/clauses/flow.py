"""Judge how many were done over a time by tallies: at most, or at least, so many.

Such as persons who arrive in a month. A window of so many hours slides; a unit of the
calendar is counted anew. Counters of what is done are taken to have counted all of
it, once they have counted at all. Too few is said only of a window that is over. What
a tally tells of a longer time than the window may lie in it or not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from pamiers.compliance.clauses.case import Case, Court, absence, enough_coverage
from pamiers.compliance.clauses.frequency import Span, windows
from pamiers.compliance.clauses.said import Said, by_silence, finding_of
from pamiers.compliance.evidence.amounts import Amount, highest
from pamiers.compliance.evidence.portions import Portion, between, portions
from pamiers.compliance.finding import Finding, Verdict, Why

_TICK: Final = timedelta(microseconds=1)


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
    told = portions(case.reading, case.clause, register)
    spans = list(_windows(case, court, told))
    keys = tuple(
        each.key
        for each in told
        if any(each.earliest <= w.end and w.start <= each.latest for w in spans)
    )
    said = _decided(case, court, told, spans)
    return finding_of(case, court, replace(said, evidence=keys))


def _windows(case: Case, court: Court, told: Sequence[Portion]) -> Iterator[Span]:
    """Yield the windows at which a number can be highest or lowest."""
    per = case.reading.bound.per if case.reading.bound else None
    begun = _begun(case)
    last = min(case.period.end - _TICK, case.until)
    if per is None or per.calendar is not None:
        yield from windows(case, court, (), begun)
        return
    width = per.width
    turns = {last, case.period.start}
    for at in {t for each in told for t in (each.earliest, each.latest)}:
        turns |= {at - _TICK, at, at + width, at + width + _TICK}
    for end in sorted(t for t in turns if case.period.start <= t <= last):
        yield Span(max(end - width, begun), end, whole=end - width >= begun)


def _begun(case: Case) -> datetime:
    return case.reading.since_at or case.reading.from_at or case.period.start


def _decided(
    case: Case, court: Court, told: Sequence[Portion], spans: Sequence[Span]
) -> Said:
    bound = case.reading.limit
    if bound.most is None:
        return _at_least(case, court, told, spans)
    if told and spans:
        since = _begun(case)
        amounts = [between(told, w.start, w.end, since) for w in spans]
        return _at_most(amounts, bound.most)
    seen = court.watch(case, case.period)
    verdict, why = absence(seen, enough_coverage(court.limits(case)))
    high = 0.0 if verdict is Verdict.KEPT else 1.0
    return Said(verdict=verdict, why=why, seen=seen, limit=bound.most, high=high)


def _at_most(amounts: Sequence[Amount], most: float) -> Said:
    surely = max(low for low, _ in amounts)
    possibly = highest(top for _, top in amounts)
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


def _at_least(
    case: Case, court: Court, told: Sequence[Portion], spans: Sequence[Span]
) -> Said:
    """Judge the windows that are over; where none is, whether one holds enough."""
    least = case.reading.limit.floor
    ended = [w for w in spans if w.whole]
    judged = ended or [w for w in spans if w.runs]
    plain = Said(verdict=Verdict.UNDETERMINED, why=Why.PENDING, limit=least)
    if not told or not judged:
        return _uncounted(case, court, plain) if ended else plain
    amounts = [between(told, w.start, w.end, _begun(case)) for w in judged]
    emptiest = min(amounts, key=lambda each: each[0])
    said = replace(plain, measured=emptiest)
    if emptiest[0] >= least:
        return replace(said, verdict=Verdict.KEPT, why=Why.COUNTED, high=0.0)
    return _short(said, amounts, least) if ended else said


def _short(said: Said, amounts: Sequence[Amount], least: float) -> Said:
    """Return what is said of windows that are over, of which one is not enough."""
    tops = [(top, low) for low, top in amounts if top is not None and top < least]
    if not tops:
        return replace(said, why=Why.COUNT)
    top, low = min(tops)
    short = replace(said, verdict=Verdict.BREACHED, why=Why.SHORT, low=1.0)
    return replace(short, measured=(low, top), margin=least - top)


def _uncounted(case: Case, court: Court, plain: Said) -> Said:
    """Return what silence says of what nobody counted: too few, only if watched."""
    short = replace(plain, verdict=Verdict.BREACHED, why=Why.SHORT, low=1.0)
    seen = court.watch(case, case.period)
    said = absence(seen, enough_coverage(court.limits(case)))
    return by_silence(seen, said, replace(short, margin=plain.limit))
