"""Read dates and instants given on the command line."""

from datetime import date, datetime, timedelta

from pamiers.core.errors import MalformedSourceError, UsageError
from pamiers.core.instant import calendar_day, parse_instant, zone


def read_date(text: str, option: str) -> date:
    """Return the date that an option names.

    Args:
        text: Year-month-day; other forms of ISO 8601 are refused.
        option: What to name in an error, such as `--day`.

    Returns:
        The date; of the first and last year of the calendar none, since the day
        before or after may lie outside it.

    Raises:
        UsageError: Another form, or no such date.
    """
    try:
        read = date.fromisoformat(text)
    except ValueError:
        read = date.min
    if read.isoformat() != text or not date.min.year < read.year < date.max.year:
        raise UsageError(
            option,
            expected="a date such as 2020-07-27",
            got=repr(text),
            remedy="Write year-month-day.",
        )
    return read


def read_instant(text: str, option: str, time_zone: str) -> datetime:
    """Return the instant that an option names.

    Args:
        text: ISO 8601 with an offset; or a date, which stands for its last instant.
        option: What to name in an error, such as `--at`.
        time_zone: IANA zone in which a date is one.

    Returns:
        Instant in UTC.

    Raises:
        UsageError: Another form, or no such instant.
    """
    if len(text) == len("2020-07-27"):
        day = calendar_day(read_date(text, option), zone(time_zone))
        return day.end - timedelta(microseconds=1)
    try:
        return parse_instant(text)
    except MalformedSourceError as error:
        raise UsageError(
            option,
            expected="a date, or a time with its offset: 2020-07-27T19:30+03:00",
            got=repr(text),
            remedy="Write year-month-day, or add T, the time and its offset.",
        ) from error
