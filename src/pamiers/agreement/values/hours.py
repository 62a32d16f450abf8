"""Hours of the day, days of the week, of work or of rest, and when clocks show them.

An instant lies in `22:00-06:00` where the clock on the wall, in the agreement's zone,
shows an hour from 22:00 on and before 06:00. So an hour that clocks skip is in no
hours, and one that they show twice is in them twice. Hours that go on after midnight
belong to the day on which they begin.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from pamiers.agreement.values.calendar import Calendar
from pamiers.agreement.values.duration import TimeTroubleError
from pamiers.core.instant import Interval, zone

HOURS: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")
_DAY_MIN: Final = 1440
_DAY: Final = timedelta(days=1)
_STEP: Final = timedelta(hours=12)
_TICK: Final = timedelta(microseconds=1)
_ZERO: Final = timedelta(0)


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of the day `[begin, end)`, by the clock, in minutes from midnight.

    Invariants: `0 <= begin < 1440`, `0 < end <= 1440`, `begin != end`; an end before
    the beginning is on the next day.
    """

    begin: int
    end: int

    def __str__(self) -> str:
        """Return the hours as an agreement writes them, such as `22:00-06:00`."""
        return f"{self.begins}-{self.ends}"

    @property
    def begins(self) -> str:
        """Return the hour at which they begin, such as `22:00`."""
        return _clock(self.begin)

    @property
    def ends(self) -> str:
        """Return the hour at which they end, up to `24:00`."""
        return _clock(self.end)

    def minutes(self) -> frozenset[int]:
        """Return every minute of the day that lies in them."""
        if self.begin < self.end:
            return frozenset(range(self.begin, self.end))
        return frozenset({*range(self.begin, _DAY_MIN), *range(self.end)})


WHOLE_DAY: Final = Hours(0, _DAY_MIN)


def parse_hours(text: str) -> Hours:
    """Return the hours that a text such as `22:00-06:00` states.

    Args:
        text: Two hours of the day; `24:00` is the end of the day.

    Returns:
        The hours.

    Raises:
        TimeTroubleError: Another form, no such hour, or an end at the beginning.

    Examples:
        >>> parse_hours("22:00-06:00")
        Hours(begin=1320, end=360)
    """
    found = HOURS.fullmatch(text.strip())
    parts = [int(part) for part in found.groups()] if found else []
    end = parts[2] * 60 + parts[3] if parts else _DAY_MIN + 1
    if end > _DAY_MIN:
        raise TimeTroubleError(
            "Q-TIME-FORM",
            f"expected hours such as '22:00-06:00', got {text!r}",
            "Write the first and the last hour by the clock, 00:00 to 24:00.",
        )
    begin = parts[0] * 60 + parts[1]
    if begin == end:
        raise TimeTroubleError(
            "Q-TIME-ORDER",
            f"expected an end other than the beginning, got {text!r}",
            "Correct the hour, or leave `hours` out: a clause holds day and night.",
        )
    return Hours(begin, end or _DAY_MIN)


def open_hours(
    hours: Sequence[Hours], days: Sequence[str], period: Interval, calendar: Calendar
) -> Iterator[Interval]:
    """Yield the parts of a period that lie in hours of the day on days of a sort.

    Args:
        hours: Hours of the day; none for all of it.
        days: Of `calendar.DAYS`, those on which they begin; none for all of them.
        period: Period asked about.
        calendar: Its zone shows the hours; it knows holidays and days of rest.

    Yields:
        Intervals in order of time that neither overlap nor touch.
    """
    if not hours and not days:
        yield period
        return

    def begun(day: date) -> bool:
        return not days or any(calendar.is_named(day, name) for name in days)

    tz = zone(calendar.time_zone)
    found = sorted(
        part
        for steady, offset in _steady(period, tz)
        for part in _shown(hours or (WHOLE_DAY,), begun, steady, offset)
    )
    last = None
    for start, end in found:
        if last is not None and start <= last[1]:
            last = (last[0], max(last[1], end))
            continue
        if last is not None:
            yield Interval(*last)
        last = (start, end)
    if last is not None:
        yield Interval(*last)


def _shown(
    hours: Sequence[Hours],
    begun: Callable[[date], bool],
    steady: Interval,
    offset: timedelta,
) -> Iterator[tuple[datetime, datetime]]:
    """Yield when clocks that run evenly show some hours, cut to when they do."""
    day = (steady.start + offset).date() - _DAY
    while day <= (steady.end + offset).date():
        for each in hours if begun(day) else ():
            start, end = (at - offset for at in _on(day, each, steady.start.tzinfo))
            start, end = max(start, steady.start), min(end, steady.end)
            if start < end:
                yield start, end
        day += _DAY


def _on(day: date, hours: Hours, tz: tzinfo | None) -> tuple[datetime, datetime]:
    """Return what clocks show when some hours of a day begin, and end."""
    midnight = datetime.combine(day, time(), tzinfo=tz)
    end = hours.end if hours.begin < hours.end else hours.end + _DAY_MIN
    begin, length = timedelta(minutes=hours.begin), timedelta(minutes=end)
    return midnight + begin, midnight + length


def _steady(period: Interval, tz: tzinfo) -> Iterator[tuple[Interval, timedelta]]:
    """Yield the parts of a period in which clocks run evenly, and how far ahead."""
    at = period.start
    while at < period.end:
        offset, end = _offset(at, tz), min(at + _STEP, period.end)
        if _offset(end, tz) != offset:
            end = _change(at, end, tz)
        yield Interval(at, end), offset
        at = end


def _change(low: datetime, high: datetime, tz: tzinfo) -> datetime:
    """Return the instant between two at which clocks are put forward or back."""
    before = _offset(low, tz)
    while high - low > _TICK:
        middle = low + (high - low) // 2
        low, high = (middle, high) if _offset(middle, tz) == before else (low, middle)
    return high


def _offset(at: datetime, tz: tzinfo) -> timedelta:
    return at.astimezone(tz).utcoffset() or _ZERO


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
