"""The times over which things are counted: sliding, of the calendar, or one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from pamiers.core.instant import Interval
from tests.property.compliance.reference.facts import HOUR, TICK, Bench

Label = tuple[int, ...]


@dataclass(frozen=True)
class Span:
    """A time over which is counted, closed at both ends."""

    start: datetime
    end: datetime
    over: bool  #: it is over, and the clause was in force in all of it
    runs: bool = False  #: it goes on


def spans(bench: Bench, turns: Iterable[datetime]) -> list[Span]:
    """Return the windows to look at; a sliding one wherever something may turn."""
    bound = bench.reading.bound
    per = bound.per if bound else None
    last = min(bench.period.end - TICK, bench.until)
    begun = bench.reading.since_at or bench.begun
    if per is None:
        only = _only(bench, begun, last)
        return [only] if only.start <= only.end else []
    if per.calendar is not None:
        return list(_anew(bench, per.calendar, begun, last))
    width = timedelta(seconds=per.seconds or 0.0)
    ends = {last, bench.period.start, begun + width}
    for turn in turns:
        ends |= {turn + k * TICK for k in (-1, 0, 1)}
        ends |= {turn + width + k * TICK for k in (-1, 0, 1)}
    return [
        Span(max(end - width, begun), end, over=end - width >= begun)
        for end in sorted(ends)
        if bench.period.start <= end <= last
    ]


def _only(bench: Bench, begun: datetime, last: datetime) -> Span:
    """Return the one time of a clause that counts from its beginning on."""
    ends = [t for t in (bench.reading.by_at, bench.reading.until_at) if t is not None]
    over = any(t - TICK <= last for t in ends)
    return Span(begun, min([last, *ends]), over=over, runs=not over)


def _anew(bench: Bench, unit: str, begun: datetime, last: datetime) -> Iterator[Span]:
    for start, end in units(unit, bench.period, bench.agreement.time_zone):
        runs = end - TICK > last
        since, shown = max(start, begun), min(end - TICK, last)
        if since <= shown:
            yield Span(since, shown, over=start >= begun and not runs, runs=runs)


def units(unit: str, period: Interval, zone: str) -> list[tuple[datetime, datetime]]:
    """Return the units of the calendar that have an hour in a period."""
    found: dict[tuple[datetime, datetime], None] = {}
    at = period.start
    while at < period.end:
        found[_unit(unit, at, zone)] = None
        at += HOUR
    return list(found)


@cache
def _unit(unit: str, at: datetime, zone: str) -> tuple[datetime, datetime]:
    """Return a unit of the calendar: all hours around one that are labelled alike."""
    mine = _label(unit, at, zone)
    start = end = at
    while _label(unit, start - HOUR, zone) == mine:
        start -= HOUR
    while _label(unit, end, zone) == mine:
        end += HOUR
    return start, end


def _label(unit: str, at: datetime, zone: str) -> Label:
    day: date = at.astimezone(ZoneInfo(zone)).date()
    labels: dict[str, Label] = {
        "day": (day.toordinal(),),
        "week": tuple(day.isocalendar()[:2]),
        "month": (day.year, day.month),
    }
    return labels[unit]
