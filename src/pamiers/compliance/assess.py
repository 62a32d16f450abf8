"""An agreement and what is known, in; findings out, one per clause and day."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from pamiers.agreement.model import Agreement, Clause, Reading, Subject, Verb
from pamiers.compliance.clauses import forbid, oblige
from pamiers.compliance.clauses.case import Case, Court
from pamiers.compliance.evidence.ground import OUTSIDE
from pamiers.compliance.finding import Finding, Verdict
from pamiers.compliance.world import World
from pamiers.core.errors import UnknownTermError
from pamiers.core.instant import Interval, reporting_day, zone
from pamiers.core.kind import KINDS


def assess(
    agreement: Agreement,
    world: World,
    period: Interval,
    known_at: datetime,
    clauses: Sequence[str] | None = None,
) -> list[Finding]:
    """Judge every clause of an agreement over one reporting interval.

    Args:
        agreement: Agreement in force.
        world: Tables as known at `known_at`.
        period: Reporting interval.
        known_at: Last instant of knowledge [UTC].
        clauses: Ids of the clauses to judge; None for all.

    Returns:
        One finding per clause in force, reading and sector, in the order of the
        agreement. Where something may lie in no sector, one more with no sector.
        A duty owed after a breach is judged only where there was one.
    """
    return _assessed(Court(agreement, world, known_at), [period], clauses)


def assess_days(
    agreement: Agreement, world: World, days: Sequence[date], known_at: datetime
) -> list[Finding]:
    """Judge every clause on each of some reporting days.

    Args:
        agreement: Agreement in force; its cut-off and zone make the days.
        world: Tables as known at `known_at`.
        days: Reporting days, in any order.
        known_at: Last instant of knowledge [UTC].

    Returns:
        The findings of `assess` for each day, days in the order given.
    """
    tz = zone(agreement.time_zone)
    periods = [reporting_day(day, agreement.cut_off, tz) for day in days]
    return _assessed(Court(agreement, world, known_at), periods)


def _assessed(
    court: Court, periods: Sequence[Interval], clauses: Sequence[str] | None = None
) -> list[Finding]:
    return [
        judge(case, court)
        for period in periods
        for case in cases(court, period)
        if clauses is None or case.clause.id in clauses
    ]


def not_judged(clause: Clause, court: Court, period: Interval) -> str | None:
    """Return why a clause is not judged over a period; None where it is.

    Args:
        clause: The clause.
        court: Agreement and what is known.
        period: Reporting interval.

    Returns:
        `not in force`, or `no occasion` of a duty that nothing gave rise to.
    """
    if any(case.clause.id == clause.id for case in cases(court, period)):
        return None
    if all(in_force(reading, period) is None for reading in clause.readings):
        return "not in force"
    return "no occasion"


def judge(case: Case, court: Court, without: frozenset[str] = frozenset()) -> Finding:
    """Return the finding on one case.

    Args:
        case: What is judged.
        court: What is known.
        without: Keys of incidents, totals and statements to leave out.

    Returns:
        One finding.

    Raises:
        UnknownTermError: The clause has a verb that cannot be judged.
    """
    match case.clause.verb:
        case Verb.FORBID:
            return forbid.judge(case, court, without)
        case Verb.OBLIGE:
            return oblige.judge(case, court, without)
        case _:
            raise UnknownTermError(
                case.clause.id,
                expected="a clause that forbids or obliges",
                got=str(case.clause.verb),
                remedy="This verb cannot be judged yet.",
            )


def cases(court: Court, period: Interval) -> Iterator[Case]:
    """Yield what is to be judged over a period, in the order of the agreement.

    Args:
        court: Agreement and what is known.
        period: Reporting interval.

    Yields:
        One case per clause in force, reading and sector that the clause reaches.
        A duty to act is of no sector, nor is an event that only the agreement knows.
    """
    for clause in court.agreement.clauses:
        for reading in clause.readings:
            if clause.upon:
                yield from _owed(clause, reading, court, period)
            else:
                yield from _standing(clause, reading, court, period)


def _standing(
    clause: Clause, reading: Reading, court: Court, period: Interval
) -> Iterator[Case]:
    span = in_force(reading, period)
    if span is None:
        return
    for sector in _sectors(clause, reading, court):
        case = Case(
            clause=clause,
            reading=reading,
            sector=sector,
            period=span,
            until=min(span.end, court.known_at),
        )
        if _reached(case, court):
            yield case


def in_force(reading: Reading, period: Interval) -> Interval | None:
    """Return the part of a period in which a reading is in force; None for none."""
    if reading.from_at is None:
        return None
    start = max(period.start, reading.from_at)
    end = period.end if reading.until_at is None else min(period.end, reading.until_at)
    return Interval(start, end) if start < end else None


def _sectors(clause: Clause, reading: Reading, court: Court) -> tuple[str | None, ...]:
    act = clause.verb is Verb.OBLIGE and reading.subject is Subject.EVENT
    own = bool(reading.kinds) and not any(kind in KINDS for kind in reading.kinds)
    if act or own or not court.agreement.sectors:
        return (None,)
    return (*(sector.id for sector in court.agreement.sectors), OUTSIDE)


def _reached(case: Case, court: Court) -> bool:
    """Tell whether a clause has anything to say of a sector.

    What lies in no sector is judged only where something may have happened there.
    """
    if case.sector == OUTSIDE:
        high = forbid.probability(forbid.against(case, court), (), court)[1]
        return high > court.agreement.thresholds.kept
    area = court.ground.area(case.site)
    return area is None or area.area > 0.0


def _owed(
    clause: Clause, reading: Reading, court: Court, period: Interval
) -> Iterator[Case]:
    """Yield the duty that a breach in a period gives rise to, judged as known now.

    It runs from the beginning of the period, and its time is counted from the end.
    """
    span = in_force(reading, period)
    if span is None or not any(
        _breached(court.agreement.clause(name), court, period) for name in clause.upon
    ):
        return
    late = None
    if reading.within_s is not None:
        late = period.end + timedelta(seconds=reading.within_s)
    owed = replace(reading, from_at=span.start, by_at=late)
    yield Case(
        clause=clause,
        reading=owed,
        sector=None,
        period=span,
        until=court.known_at,
    )


def _breached(clause: Clause, court: Court, period: Interval) -> bool:
    """Tell whether a clause, as it stands first in the text, is breached anywhere."""
    span = in_force(clause.default, period)
    if span is None or clause.verb is not Verb.FORBID:
        return False
    case = Case(
        clause=clause,
        reading=clause.default,
        sector=None,
        period=span,
        until=min(span.end, court.known_at),
    )
    return forbid.judge(case, court).verdict is Verdict.BREACHED
