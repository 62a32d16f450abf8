"""Units of the calendar, as an agreement's zone counts them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from pamiers.agreement.values.calendar import Calendar
from pamiers.core.instant import Interval, zone

_DAY = timedelta(days=1)


def units(
    unit: str, period: Interval, calendar: Calendar
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the days, weeks, months or years that a period touches, in order.

    Args:
        unit: day, week (from Monday), month or year.
        period: Period asked about.
        calendar: Its zone makes the days.

    Yields:
        Start and end of each, `[start, end)`, UTC.
    """
    tz = zone(calendar.time_zone)
    first = period.start.astimezone(tz).date()
    start = first_day(first, unit)
    while calendar.midnight(start) < period.end:
        after = next_first_day(start, unit)
        yield calendar.midnight(start), calendar.midnight(after)
        start = after


def first_day(day: date, unit: str) -> date:
    """Return the first day of the day, week, month or year that a day is of."""
    match unit:
        case "week":
            return day - day.weekday() * _DAY
        case "month":
            return day.replace(day=1)
        case "year":
            return day.replace(month=1, day=1)
        case _:
            return day


def next_first_day(day: date, unit: str) -> date:
    """Return the first day of the next unit, from the first day of one."""
    match unit:
        case "week":
            return day + 7 * _DAY
        case "month":
            return first_day(day.replace(day=28) + 4 * _DAY, "month")
        case "year":
            return day.replace(year=day.year + 1)
        case _:
            return day + _DAY
