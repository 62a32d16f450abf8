"""Duties again and again: the next one, and those that were late or left out.

A sliding period runs from the instant by which the last act was surely done. In a
unit of the calendar the duty is met by an act that may lie in it; the first unit that
counts is the first that the clause was in force for as a whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from pamiers.agreement.model import Clause, Reading, Verb, Window
from pamiers.compliance.evidence.units import first_day, next_first_day
from pamiers.compliance.joining import as_joined
from pamiers.compliance.ledgers.act import TICK, Act
from pamiers.compliance.ledgers.calendar.discharge import Asked, acts_of
from pamiers.compliance.ledgers.calendar.duty import Occasion
from pamiers.compliance.ledgers.calendar.locks import lock
from pamiers.compliance.ledgers.calendar.owed import Owed, bearers_of
from pamiers.compliance.ledgers.known import Known
from pamiers.compliance.ledgers.reckon import unknown
from pamiers.compliance.ledgers.remark import Remark, remark
from pamiers.core.instant import Interval, zone


def periods(clause: Clause, known: Known) -> Iterator[Owed]:
    """Yield the next of a clause's periodic duties, and those not met in time."""
    if clause.verb is not Verb.EVERY:
        return
    for reading in clause.readings:
        for bearer in bearers_of(reading):
            yield from _of(clause, reading, bearer, known)


def _of(
    clause: Clause, reading: Reading, bearer: str | None, known: Known
) -> Iterator[Owed]:
    reading = as_joined(reading, clause, bearer, known.agreement)
    begun, period = reading.from_at, reading.period
    if begun is None or period is None or begun > known.now:
        yield _waiting(clause, reading, bearer, known)
        return
    asked = Asked(clause=clause, reading=reading, bearer=bearer, since=begun)
    acts = known.established(acts_of(asked, known))
    if period.calendar is not None:
        yield from _units(asked, acts, period.calendar, known)
    elif period.unstated:
        yield _whenever(asked, acts, known)
    else:
        yield from _sliding(asked, acts, period, known)


def _waiting(
    clause: Clause, reading: Reading, bearer: str | None, known: Known
) -> Owed:
    due, period = reading.first_at, reading.period
    unstated = period is not None and period.unstated
    if due is None and reading.from_at is not None and not unstated:
        counted = known.agreement.calendar
        due = period.after(reading.from_at, counted) if period else reading.from_at
    return Owed(
        clause=clause,
        reading=reading,
        occasion=Occasion.PERIOD,
        bearer=bearer,
        written=_written(reading),
        due_at=due,
        since=reading.from_at,
        waits_for=unknown((*reading.first, *reading.from_), known.agreement),
        locked_by=lock(clause, reading, known).locked_by,
        trigger="first",
    )


def _written(reading: Reading) -> str:
    period = reading.period
    if period is None:
        return "every"
    if period.calendar is not None:
        return f"every calendar {period.calendar}"
    if period.unstated:
        return "again and again, no text says how often"
    if period.length is not None:
        return f"every {period.length}"
    length = period.width
    days, rest = divmod(length, timedelta(days=1))
    return f"every {days} d" if not rest else f"every {length / timedelta(hours=1):g} h"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """One of a row of periodic duties."""

    since: datetime
    due: datetime | None  #: None: no text says when
    name: str  #: what tells it from the others
    why: tuple[Remark, ...] = ()
    until: datetime | None = None  #: end of the last of several that were left out
    times: int = 1


def _sliding(
    asked: Asked, acts: Sequence[Act], period: Window, known: Known
) -> Iterator[Owed]:
    counted = known.agreement.calendar
    last = asked.since or known.now
    due = asked.reading.first_at or period.after(last, counted)
    met = 0
    for number, act in enumerate(acts, start=1):
        if act.end > due + TICK:  # on the stroke it is still in time
            late = _Round(since=last, due=due, name=f"{number}")
            yield _owed(asked, late, known)
        else:
            met += 1
        last, due = act.end, period.after(act.end, counted)
    why = _met(met, len(acts)) if acts else ()
    yield _owed(asked, _Round(since=last, due=due, name="next", why=why), known)


def _whenever(asked: Asked, acts: Sequence[Act], known: Known) -> Owed:
    """Return what is owed nobody knows how often: never late, what was done is told."""
    last = max((act.end for act in acts), default=asked.since or known.now)
    text = f"On record {len(acts)} times."
    why = (remark("calendar.times", text, times=len(acts)),)
    return _owed(asked, _Round(since=last, due=None, name="next", why=why), known)


def _owed(asked: Asked, each: _Round, known: Known) -> Owed:
    return Owed(
        clause=asked.clause,
        reading=asked.reading,
        occasion=Occasion.PERIOD,
        bearer=asked.bearer,
        written=_written(asked.reading),
        due_at=each.due,
        since=each.since,
        until=each.until,
        lapses=each.until is not None,
        times=each.times,
        locked_by=lock(asked.clause, asked.reading, known).locked_by,
        trigger=each.name,
        why=each.why,
    )


def _met(met: int, of: int) -> tuple[Remark, ...]:
    text = f"Met in time {met} of {of} times on record."
    return (remark("calendar.met", text, met=met, of=of),)


def _units(
    asked: Asked, acts: Sequence[Act], unit: str, known: Known
) -> Iterator[Owed]:
    tz = zone(known.agreement.time_zone)
    run: list[Interval] = []
    met = passed = 0
    for each in units(unit, asked.since or known.now, known.now, tz):
        done = any(a.end > each.start and a.start < each.end for a in acts)
        over = each.end <= known.now
        met, passed = met + (done and over), passed + over
        if over and not done:
            run.append(each)
            continue
        yield from _missed(asked, run, known)
        run = []
        if not over and not done:
            why = _met(met, passed)
            coming = _Round(since=each.start, due=each.end, name="next", why=why)
            yield _owed(asked, coming, known)
    yield from _missed(asked, run, known)


def _missed(asked: Asked, run: Sequence[Interval], known: Known) -> Iterator[Owed]:
    if run:
        tz = zone(known.agreement.time_zone)
        left_out = _Round(
            since=run[0].start,
            due=run[0].end,
            name=run[0].start.astimezone(tz).date().isoformat(),
            until=run[-1].end,
            times=len(run),
        )
        yield _owed(asked, left_out, known)


def units(unit: str, since: datetime, now: datetime, tz: tzinfo) -> Iterator[Interval]:
    """Yield the whole units of the calendar since an instant, and the next open one.

    Args:
        unit: day, week, month or year; weeks begin on Monday.
        since: Units that begin earlier are left out.
        now: The last unit is the first that ends after now and has begun or follows.
        tz: Zone whose midnights cut them.

    Yields:
        Intervals in UTC, in order, each beginning where the one before ends.
    """
    first = first_day(since.astimezone(tz).date(), unit)
    while True:
        after = next_first_day(first, unit)
        cut = [datetime.combine(day, time(), tzinfo=tz) for day in (first, after)]
        span = Interval(*(each.astimezone(since.tzinfo) for each in cut))
        if span.start >= since:
            yield span
            if span.end > now:
                return
        first = after
