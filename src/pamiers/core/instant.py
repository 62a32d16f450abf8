"""Instants, half-open intervals, and the reporting day of a mission.

An instant is an aware `datetime` in UTC. An interval is `[start, end)`: two that
touch do not overlap, so a day's last second is counted once. Local times enter
with a zone and leave as UTC; a time that a zone skips or repeats is refused or
widened, never guessed.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pamiers.core.errors import MalformedSourceError, UnknownTermError, Where

_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6}))?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_MIDNIGHT_HOUR, _LEAP_SECOND = 24, 60


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A stretch of time `[start, end)`; the end is not part of it.

    Invariants: both ends are aware and UTC, and `start < end`; an instant known
    exactly is the interval of its own resolution (a second, a minute, a day).
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        """Refuse naive ends and an end that is not after its start."""
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise MalformedSourceError(
                "interval",
                expected="instants with a zone or offset",
                got=f"{self.start} to {self.end}",
                remedy="Add the zone or offset.",
            )
        if self.end <= self.start:
            raise MalformedSourceError(
                "interval",
                expected="an end after its start",
                got=f"{format_instant(self.start)} to {format_instant(self.end)}",
                remedy="Swap the two, or give the end of the last minute or day.",
            )

    @property
    def middle(self) -> datetime:
        """Return the instant halfway."""
        return self.start + (self.end - self.start) / 2

    @property
    def seconds(self) -> float:
        """Return the length [s]."""
        return (self.end - self.start).total_seconds()

    def contains(self, instant: datetime) -> bool:
        """Tell whether `start <= instant < end`."""
        return self.start <= instant < self.end

    def overlap_s(self, other: "Interval") -> float:
        """Return how long both last at once [s]; 0 when they only touch."""
        shared = min(self.end, other.end) - max(self.start, other.start)
        return max(0.0, shared.total_seconds())


def zone(name: str) -> tzinfo:
    """Return the time zone of an IANA name such as `Europe/Kyiv`.

    Args:
        name: IANA name; abbreviations such as `EET` or `IST` are refused,
            because several places use them for different offsets.

    Returns:
        The zone.

    Raises:
        UnknownTermError: `name` is not an IANA zone.
    """
    known = None
    if "/" in name or name == "UTC":  # other names are abbreviations or legacy
        with suppress(ZoneInfoNotFoundError, ValueError):
            known = ZoneInfo(name)
    if known is None:
        raise UnknownTermError(
            "time zone",
            expected="an IANA zone such as Europe/Kyiv",
            got=repr(name),
            remedy="Write Area/City, or put the offset on each time.",
        )
    return known


def to_utc(local: datetime, where: Where | str = "time") -> datetime:
    """Return an aware local time as UTC, refusing a time its zone skips.

    Args:
        local: Aware time; `fold` chooses between two readings of a repeated hour.
        where: What to name in an error.

    Returns:
        The same instant in UTC.

    Raises:
        MalformedSourceError: Naive time, or a time inside a daylight-saving gap.
    """
    if local.tzinfo is None:
        raise MalformedSourceError(
            where,
            expected="a time with an offset such as 2026-03-04T19:30+02:00",
            got=repr(local.isoformat()),
            remedy="Add the offset, or name the time zone of the source.",
        )
    instant = local.astimezone(UTC)
    if instant.astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(
        tzinfo=None
    ):
        raise MalformedSourceError(
            where,
            expected="a time that the clocks of its zone showed",
            got=repr(local.replace(tzinfo=None).isoformat()),
            remedy="Clocks were put forward over it: check the hour.",
        )
    return instant


def parse_instant(text: str, where: Where | str = "time") -> datetime:
    """Return the UTC instant of an ISO 8601 time that carries its offset.

    Args:
        text: Such as `2026-03-04T19:30+02:00` or `2026-03-04T17:30:00Z`; `24:00`
            is the next day's midnight; a leap second reads as the last
            microsecond before it.
        where: What to name in an error.

    Returns:
        Aware UTC instant.

    Raises:
        MalformedSourceError: Another form, no offset, or no such date.

    Examples:
        >>> parse_instant("2020-07-27T00:01+03:00").isoformat()
        '2020-07-26T21:01:00+00:00'
    """
    found = _ISO.fullmatch(text.strip())
    if found is None or found[2] is None or found[6] is None:
        raise MalformedSourceError(
            where,
            expected="a time with an offset such as 2026-03-04T19:30+02:00",
            got=repr(text),
            remedy="Write year-month-day, T, the time and its offset.",
        )
    try:
        return _joined(found, _offset(found[6]))
    except (ValueError, OverflowError) as error:
        raise MalformedSourceError(
            where,
            expected="a date and time that exist",
            got=repr(text),
            remedy="Check the day of the month and the hour.",
        ) from error


def _offset(text: str) -> tzinfo:
    return datetime.strptime("+0000" if text == "Z" else text, "%z").tzinfo or UTC


def _joined(found: re.Match[str], tz: tzinfo) -> datetime:
    hour, minute, second = int(found[2]), int(found[3]), int(found[4] or 0)
    micro = int((found[5] or "0").ljust(6, "0"))
    next_day = hour == _MIDNIGHT_HOUR and minute == second == micro == 0
    if second == _LEAP_SECOND:
        second, micro = 59, 999_999
    clock = time(0 if next_day else hour, minute, second, micro, tzinfo=tz)
    day = date.fromisoformat(found[1]) + timedelta(days=int(next_day))
    return datetime.combine(day, clock).astimezone(UTC)


def format_instant(instant: datetime) -> str:
    """Return an instant as UTC text, to the second or, if it has any, beyond.

    Examples:
        >>> format_instant(datetime(2020, 7, 26, 21, 1, tzinfo=UTC))
        '2020-07-26T21:01:00Z'
    """
    text = instant.astimezone(UTC).isoformat()
    return text.replace("+00:00", "Z")


def calendar_day(day: date, tz: tzinfo) -> Interval:
    """Return the 23 to 25 hours of a calendar day in a zone.

    Args:
        day: Date on the calendar of the zone.
        tz: Zone whose midnight counts.

    Returns:
        `[midnight, next midnight)` in UTC.
    """
    ends = [
        datetime.combine(each, time(), tzinfo=tz).astimezone(UTC)
        for each in (day, day + timedelta(days=1))
    ]
    return Interval(ends[0], ends[1])


def reporting_day(day: date, cut_off: time, tz: tzinfo) -> Interval:
    """Return what a mission's daily report of `day` covers.

    Args:
        day: The day whose cut-off ends the period.
        cut_off: Wall-clock end of the reporting day, such as 19:30; midnight
            makes it the calendar day that ends with `day`'s last second.
        tz: Zone of the cut-off.

    Returns:
        `[cut-off of the day before, cut-off of day)` in UTC.

    Examples:
        >>> reporting_day(date(2020, 7, 27), time(19, 30), ZoneInfo("Europe/Kyiv"))
        ... # doctest: +ELLIPSIS
        Interval(start=datetime.datetime(2020, 7, 26, 16, 30, ...
    """
    if cut_off == time():
        return calendar_day(day, tz)
    ends = [
        datetime.combine(each, cut_off, tzinfo=tz).astimezone(UTC)
        for each in (day - timedelta(days=1), day)
    ]
    return Interval(ends[0], ends[1])


def reporting_date(instant: datetime, cut_off: time, tz: tzinfo) -> date:
    """Return the day in whose report an instant falls.

    Args:
        instant: Aware instant.
        cut_off: Wall-clock end of the reporting day.
        tz: Zone of the cut-off.

    Returns:
        The date `d` with `instant` in `reporting_day(d, cut_off, tz)`.
    """
    local = instant.astimezone(tz)
    after = cut_off != time() and local.time() >= cut_off
    return local.date() + timedelta(days=int(after))
