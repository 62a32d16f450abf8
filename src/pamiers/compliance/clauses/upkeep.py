"""Judge a state of affairs that has to last, or must never be, by what is on record.

A statement says that it was so over a time, or that it was not. Where both are said
of one instant the record contradicts itself, and nothing is decided. The word of an
interested party alone decides nothing, nor does it undo what others say. A statement
that does not say whose state it speaks of may be of any whom the clause binds, and one
whose place may lie elsewhere may be of another place: such statements keep the verdict
open, for and against. Where nothing is said, enough has to have been watched by means
that would have noticed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from pamiers.agreement.model import Verb
from pamiers.compliance.clauses.case import Case, Court, absence, enough_coverage
from pamiers.compliance.clauses.said import Said, finding_of
from pamiers.compliance.evidence.ground import Site
from pamiers.compliance.evidence.happenings import NO, OPEN, YES, Bounds
from pamiers.compliance.evidence.papers import Paper, about
from pamiers.compliance.evidence.register import Register
from pamiers.compliance.finding import Finding, Verdict, Why

_TICK: Final = timedelta(microseconds=1)
Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Word:
    """One statement of a state, cut to a period: when, and how surely it is meant."""

    key: str
    start: datetime
    end: datetime
    free: bool  #: whether it is by one who gains nothing by it
    sure: bool  #: free, and surely of whom and where it is asked

    @property
    def stretch(self) -> Stretch:
        """Return from when to when it says so."""
        return self.start, self.end


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
    so = _told("state", case, court, register)
    not_so = _told("not-state", case, court, register)
    good, bad = (not_so, so) if case.clause.verb is Verb.FORBID else (so, not_so)
    said = _decided(case, court, (good, bad))
    keys = tuple(word.key for word in (*so, *not_so))
    return finding_of(case, court, replace(said, evidence=keys))


def _told(form: str, case: Case, court: Court, register: Register) -> list[Word]:
    """Return statements of a state, cut to the period, that may be of it."""
    site = Site(case.reading.where, None)
    limits = court.limits(case)
    last = _last(case, court)
    found = []
    for each in about(register.papers, form, case.reading.state):
        start = max(each.start, case.period.start)
        end = min(each.end or last, last)
        here = register.ground.holds(site, each.place, each.region, each.to)
        whose = _theirs(each, case, register)
        if start < end and whose[1] * here[1] > limits.kept:
            free, sure = each.decides(), whose[0] * here[0] >= limits.breached
            found.append(Word(each.key, start, end, free=free, sure=free and sure))
    return found


def _last(case: Case, court: Court) -> datetime:
    """Return up to when a state is judged."""
    return min(case.period.end, max(court.known_at, case.period.start + _TICK))


def _theirs(paper: Paper, case: Case, register: Register) -> Bounds:
    """Return whether a statement is of those who are judged."""
    if paper.to is None:
        return OPEN if case.rule.shared and case.rule.party is not None else YES
    return YES if paper.to in register.bound(case.reading, case.clause) else NO


_Told = Sequence[Word]


def _decided(case: Case, court: Court, told: tuple[_Told, _Told]) -> Said:
    good, bad = told
    plain = Said(verdict=Verdict.UNDETERMINED, why=Why.PARTIAL_COVERAGE)
    if bad:
        return _against(plain, good, bad)
    if _covered((case.period.start, _last(case, court)), _sure(good)):
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
    """Return when something is so by what surely is of those and there."""
    return [word.stretch for word in told if word.sure]


def _touched(stretch: Stretch, others: _Told) -> bool:
    free = [word for word in others if word.free]
    return any(o.start < stretch[1] and stretch[0] < o.end for o in free)


def _covered(whole: Stretch, parts: Sequence[Stretch]) -> bool:
    at = whole[0]
    for start, end in sorted(parts):
        if start <= at:
            at = max(at, end)
    return at >= whole[1]
