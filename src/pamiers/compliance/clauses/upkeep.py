"""Judge a state of affairs that has to last, or must never be, by what is on record.

A statement says that it was so over a time, or that it was not. Where both are said
of one instant the record contradicts itself, and nothing is decided; nor is it by
the word of an interested party alone. Where nothing is said, enough has to have been
watched by means that would have noticed.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from pamiers.agreement.model import Verb
from pamiers.compliance.clauses.case import Case, Court, absence, enough_coverage
from pamiers.compliance.clauses.said import Said, finding_of
from pamiers.compliance.evidence.ground import Site
from pamiers.compliance.evidence.papers import Paper, about
from pamiers.compliance.evidence.register import Register
from pamiers.compliance.finding import Finding, Verdict, Why

_TICK: Final = timedelta(microseconds=1)
Stretch = tuple[datetime, datetime]


def judge(case: Case, court: Court, without: frozenset[str] = frozenset()) -> Finding:
    """Return the finding on a state of affairs.

    Args:
        case: What is judged; its reading is about a state of the agreement's own.
        court: What is known.
        without: Keys of statements to leave out.

    Returns:
        One finding.
    """
    register = court.register.without(without)
    last = min(case.period.end, max(court.known_at, case.period.start + _TICK))
    so = _told("state", case, register, last)
    not_so = _told("not-state", case, register, last)
    good, bad = (not_so, so) if case.clause.verb is Verb.FORBID else (so, not_so)
    said = _decided(case, court, (good, bad), last)
    keys = tuple(paper.key for paper, _ in (*so, *not_so))
    return finding_of(case, court, replace(said, evidence=keys))


def _told(
    form: str, case: Case, register: Register, last: datetime
) -> list[tuple[Paper, Stretch]]:
    """Return statements of a state, cut to the period, of those who are bound."""
    who = register.bound(case.reading, case.clause)
    site = Site(case.reading.where, None)
    found = []
    for each in about(register.papers, form, case.reading.state):
        start = max(each.start, case.period.start)
        end = min(each.end or last, last)
        theirs = each.to is None or each.to in who
        here = register.ground.holds(site, each.place, each.region, each.to)[1] > 0.0
        if start < end and theirs and here:
            found.append((each, (start, end)))
    return found


_Told = Sequence[tuple[Paper, Stretch]]


def _decided(
    case: Case, court: Court, told: tuple[_Told, _Told], last: datetime
) -> Said:
    good, bad = told
    plain = Said(verdict=Verdict.UNDETERMINED, why=Why.PARTIAL_COVERAGE)
    if bad:
        return _against(plain, good, bad)
    if _covered((case.period.start, last), _sure(good)):
        return replace(plain, verdict=Verdict.KEPT, why=Why.ON_RECORD, high=0.0)
    seen = court.watch(case, case.period)
    verdict, why = absence(seen, enough_coverage(court.limits(case)))
    if verdict is Verdict.UNOBSERVED and good:
        return replace(plain, seen=seen)
    high = 0.0 if verdict is Verdict.KEPT else 1.0
    return replace(plain, verdict=verdict, why=why, seen=seen, high=high)


def _against(plain: Said, good: _Told, bad: _Told) -> Said:
    """Return what is said where something on record is against it."""
    sure = _sure(bad)
    if not sure:
        return replace(plain, why=Why.LOW_PROBABILITY)
    alone = [stretch for stretch in sure if not _touched(stretch, good)]
    if not alone:
        return replace(plain, why=Why.CONFLICT)
    breached = replace(plain, verdict=Verdict.BREACHED, why=Why.ON_RECORD, low=1.0)
    return replace(breached, due_at=min(alone)[0])


def _sure(told: _Told) -> list[Stretch]:
    """Return when something is so by the word of those who gain nothing by it."""
    return [stretch for paper, stretch in told if not paper.interested]


def _touched(stretch: Stretch, others: _Told) -> bool:
    return any(a < stretch[1] and stretch[0] < b for _, (a, b) in others)


def _covered(whole: Stretch, parts: Sequence[Stretch]) -> bool:
    at = whole[0]
    for start, end in sorted(parts):
        if start <= at:
            at = max(at, end)
    return at >= whole[1]
