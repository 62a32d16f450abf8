"""Judge whether a number was reached by a deadline.

Counters of what is done are taken to have counted all of it, up to what is known:
what the one who accepts weapons has not counted is not accepted. Reached in time is
KEPT, later is late, unless one of rival counters may have counted enough in time; not
reached once it is due is a breach by so many, where it was counted at all.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from pamiers.compliance.clauses.acts import verified
from pamiers.compliance.clauses.case import Case, Court, absence, enough_coverage
from pamiers.compliance.clauses.duty import due_in
from pamiers.compliance.clauses.locks import locks
from pamiers.compliance.clauses.reached import reached_at
from pamiers.compliance.clauses.said import Said, finding_of
from pamiers.compliance.evidence.levels import Step, steps
from pamiers.compliance.evidence.rivals import Level, level_at
from pamiers.compliance.evidence.sites import Sites
from pamiers.compliance.finding import Finding, Verdict, Why


def judge(case: Case, court: Court, without: frozenset[str] = frozenset()) -> Finding:
    """Return the finding on a number that has to be reached.

    Args:
        case: What is judged; its reading has a least number and a deadline.
        court: What is known.
        without: Keys of tallies and statements to leave out.

    Returns:
        One finding.
    """
    register = court.register.without(without).until(case.until, case.last)
    told = steps(case.reading, case.clause, register)
    sites = Sites(court.agreement)
    level = level_at(told, case.until, sites)
    checks, checked = verified(
        case.clause, register, register.bound(case.reading, case.clause)
    )
    locked = locks(case.reading, register, case.shut)
    least = case.reading.limit.floor
    due = due_in(case, court, locked)
    said = Said(
        verdict=Verdict.UNDETERMINED,
        why=Why.PENDING,
        limit=least,
        measured=None if level is None else (level.least, level.most),
        due_at=due.last,
        done_at=reached_at(case.reading, case.clause, register),
        locked_by=locked.open,
    )
    open_check = bool(case.clause.verified_by) and checked is None
    keys = [step.key for step in told] + [paper.key for paper in checks]
    said = _decided(case, court, said, (level, open_check))
    if said.why is Why.LATE and _perhaps_in_time(said, told, sites, least):
        said = replace(_open(said), why=Why.CONFLICT)
    if said.why is Why.DONE and said.done_at and due.open_at(said.done_at):
        said = replace(_open(said), why=Why.TIME)
    return finding_of(case, court, replace(said, evidence=tuple(keys)))


def _perhaps_in_time(
    said: Said, told: Sequence[Step], sites: Sites, least: float
) -> bool:
    """Tell whether one who counted may have counted enough by the deadline."""
    turns = {s.start for s in told if said.due_at and s.start <= said.due_at}
    levels = [level_at(told, at, sites) for at in turns]
    return any(lv and (lv.most is None or lv.most >= least) for lv in levels)


def _open(said: Said) -> Said:
    """Return the same as not decided."""
    opened = replace(said, verdict=Verdict.UNDETERMINED, low=0.0, high=1.0)
    return replace(opened, late_s=None, margin=None)


def _decided(
    case: Case, court: Court, said: Said, told: tuple[Level | None, bool]
) -> Said:
    level, open_check = told
    due = said.due_at
    if said.done_at is not None:
        done = reached(replace(said, locked_by=()), said.done_at)
        if done.verdict is Verdict.KEPT or not case.shut:
            return done
        said = replace(said, done_at=None)
    if said.locked_by:
        return replace(said, why=Why.LOCKED)
    if due is None or case.last < due:
        enough = level is not None and level.least >= case.reading.limit.floor
        waits = open_check and enough
        return replace(said, why=Why.UNVERIFIED if waits else Why.PENDING)
    if level is None:
        return _uncounted(case, court, said)
    return _short(case, said, level, open_check=open_check)


def _short(case: Case, said: Said, level: Level, *, open_check: bool) -> Said:
    """Return what is said of a number that is not surely reached, once it is due."""
    least = case.reading.limit.floor
    if level.most is not None and level.most < least:
        short = replace(said, verdict=Verdict.BREACHED, why=Why.SHORT, low=1.0)
        return replace(short, margin=least - level.most).late(case.until)
    if open_check and level.least >= least:
        return replace(said, why=Why.UNVERIFIED)
    return replace(said, why=Why.CONFLICT if level.apart else Why.COUNT)


def _uncounted(case: Case, court: Court, said: Said) -> Said:
    """Return what silence says of a number that nobody has counted."""
    seen = court.watch(case, case.period)
    verdict, why = absence(seen, enough_coverage(court.limits(case)))
    if verdict is not Verdict.KEPT:
        return replace(said, verdict=verdict, why=why, seen=seen)
    short = replace(said, verdict=Verdict.BREACHED, why=Why.SHORT, low=1.0)
    return replace(short, margin=said.limit, seen=seen).late(case.until)


def reached(said: Said, at: datetime) -> Said:
    """Return what is said of something done at an instant: kept, or late."""
    if said.due_at is None or at <= said.due_at:
        return replace(said, verdict=Verdict.KEPT, why=Why.DONE, high=0.0)
    late = replace(said, verdict=Verdict.BREACHED, why=Why.LATE, low=1.0)
    return late.late(at)
