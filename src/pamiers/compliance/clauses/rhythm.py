"""Judge an act that is owed again and again.

Of a period of so many hours or days, no longer time may pass from one act to the
next, nor from the beginning, or the moment set for the first, to the first. Of a
unit of the calendar, an act is owed in each. Silence past the time is lateness only
where the act would have been seen, or where it is on record as not done. Where the text
does not say how often, nothing is late, and nothing kept.

The next act is counted from when one was over. Where that is known only to an interval,
an act in time even from its first instant is in time, one late from its last is late,
and what lies between is open.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from pamiers.agreement.model import Window
from pamiers.compliance.clauses.acts import Completion, acts, completion, to_all
from pamiers.compliance.clauses.case import Case, Court
from pamiers.compliance.clauses.duty import undone
from pamiers.compliance.clauses.said import Said, finding_of
from pamiers.compliance.evidence.happenings import OPEN, Happening
from pamiers.compliance.evidence.papers import END
from pamiers.compliance.evidence.register import Register
from pamiers.compliance.evidence.units import units
from pamiers.compliance.finding import Finding, Verdict, Why

_TICK: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Turn:
    """From when, and by when, an act is owed."""

    start: datetime  #: when the act before it surely was over
    first: datetime  #: by when it is owed, if that was over as early as it may
    due: datetime  #: by when it is owed at the latest


def judge(case: Case, court: Court, without: frozenset[str] = frozenset()) -> Finding:
    """Return the finding on an act that is owed again and again.

    Args:
        case: What is judged; its reading has a period.
        court: What is known.
        without: Keys of incidents and statements to leave out.

    Returns:
        One finding, on the worst of the times at which it was owed.
    """
    register = court.register.without(without).until(case.until, case.last)
    period = case.reading.period
    if period is not None and period.unstated:
        return _whenever(case, court, register)
    rows = acts(case.reading, case.clause, register)
    rows = [
        row if to_all(row, case.clause, register) else row.but(OPEN)
        for row in rows
        if row.latest >= _begun(case)
    ]
    not_done = completion(case.reading, case.clause, register, ()).not_done_at
    turns = owed(case, court, rows)
    told = [_turn(case, court, turn, rows, not_done) for turn in turns]
    said = min(told, key=_rank) if told else _pending(case)
    keys = tuple(row.key for row in rows if turns and row.latest >= turns[0].start)
    return finding_of(case, court, replace(said, evidence=keys))


def _whenever(case: Case, court: Court, register: Register) -> Finding:
    """Return the finding where no text says how often: its acts, and no judgement."""
    rows = acts(case.reading, case.clause, register)
    keys = tuple(r.key for r in rows if case.period.start <= r.latest)
    said = Said(verdict=Verdict.UNDETERMINED, why=Why.TIME, evidence=keys)
    return finding_of(case, court, said)


_ORDER: Final = (
    Verdict.BREACHED,
    Verdict.UNDETERMINED,
    Verdict.UNOBSERVED,
    Verdict.KEPT,
)


def _rank(said: Said) -> tuple[int, datetime]:
    return _ORDER.index(said.verdict), said.due_at or END


def _pending(case: Case) -> Said:
    return Said(
        verdict=Verdict.UNDETERMINED, why=Why.PENDING, due_at=case.reading.first_at
    )


def _begun(case: Case) -> datetime:
    reading = case.reading
    return reading.since_at or reading.from_at or case.period.start


def owed(case: Case, court: Court, rows: Sequence[Happening]) -> list[Turn]:
    """Return the times at which an act was owed in a period, in order.

    Args:
        case: Its reading says how often.
        court: Counts the calendar.
        rows: Acts, from each of which the next is counted.

    Returns:
        Turns whose time ends in the period or before, and that no act ended
        before it; the one that runs where none does.
    """
    period = case.reading.period
    if period is not None and period.calendar is not None:
        calendar = court.agreement.calendar
        whole = units(period.calendar, case.period, calendar)
        return [Turn(a, b - _TICK, b - _TICK) for a, b in whole if a >= _begun(case)]
    step, counted = period or Window(seconds=0.0), court.agreement.calendar
    sure = court.limits(case).breached
    certain = sorted((row.latest, row.ends[0]) for row in rows if row.low >= sure)
    begun = _begun(case)
    first = case.reading.first_at or step.after(begun, counted)
    turns = [Turn(begun, first, first)]
    turns += [
        Turn(at, step.after(over, counted), step.after(at, counted))
        for at, over in certain
    ]
    until = [*(at for at, _ in certain), END]
    return [
        turn
        for turn, end in zip(turns, until, strict=True)
        if turn.first < case.period.end and end > case.period.start
    ] or turns[-1:]


def _turn(
    case: Case,
    court: Court,
    turn: Turn,
    rows: Sequence[Happening],
    not_done: datetime | None,
) -> Said:
    """Return what is said of one time at which an act was owed."""
    start, due = turn.start, turn.due
    sure = court.limits(case).breached
    calendar = case.reading.period is not None and case.reading.period.calendar
    after = [r for r in rows if r.latest > start or (calendar and r.latest >= start)]
    certain = min((r.latest for r in after if r.low >= sure), default=None)
    plain = Said(
        verdict=Verdict.UNDETERMINED, why=Why.PENDING, due_at=due, done_at=certain
    )
    if certain is not None and certain <= due:
        if certain > turn.first:
            return replace(plain, why=Why.TIME)
        return replace(plain, verdict=Verdict.KEPT, why=Why.DONE, high=0.0)
    if turn.first < case.until <= due:
        return replace(plain, why=Why.TIME, done_at=None)
    if case.until <= due:
        return _running(replace(plain, done_at=None), start, rows, sure)
    told = not_done if certain is None or (not_done and not_done < certain) else None
    open_acts = [r for r in after if r.earliest <= due]
    return undone(case, court, plain, (open_acts, Completion(not_done_at=told), start))


def _running(
    plain: Said, start: datetime, rows: Sequence[Happening], sure: float
) -> Said:
    """A turn that still runs is kept so far where an act began it."""
    if any(row.latest == start and row.low >= sure for row in rows):
        return replace(
            plain, verdict=Verdict.KEPT, why=Why.DONE, high=0.0, done_at=start
        )
    return plain
