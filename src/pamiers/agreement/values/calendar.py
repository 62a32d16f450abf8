"""The calendar of an agreement: its zone, its days of rest, how its durations run.

By the wall clock, an hour that clocks skip ends at the first instant after the gap,
and one that they show twice counts at its first showing. A month later is the same
day of the month, or its last day where there is none (31 January + 1 mo is the last
of February). The n-th working day after an instant keeps its hour; the day of the
instant itself is not counted.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from pamiers.agreement.values.duration import Duration
from pamiers.core.errors import MalformedAgreementError

WEEKDAYS: Final = (
    *("monday", "tuesday", "wednesday", "thursday", "friday"),
    *("saturday", "sunday"),
)
#: what `days` of a clause may name; holidays and days of rest are the heading's
DAYS: Final = (*WEEKDAYS, "working days", "holidays")
_DAY: Final = timedelta(days=1)
_WEEK: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """How time is counted. Invariant: at least one day of the week is no day of rest.

    Results outside the years 1 to 9999 raise `OverflowError`, as datetime does.
    """

    time_zone: str  #: IANA name
    durations: str = "elapsed"  #: elapsed or wall_clock, where a duration is silent
    weekend: tuple[int, ...] = (5, 6)  #: days of rest; 0 is Monday
    holidays: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a week without a working day.

        Raises:
            MalformedAgreementError: `weekend` has all seven days.
        """
        if len(set(self.weekend)) >= _WEEK:
            raise MalformedAgreementError(
                "weekend",
                expected="a day of the week that is no day of rest",
                got="seven days of rest",
                remedy="Name only the days on which nobody works.",
            )

    def after(self, start: datetime, duration: Duration) -> datetime:
        """Return the instant at which a duration from `start` is over [UTC]."""
        return self._shift(start, duration, 1)

    def before(self, end: datetime, duration: Duration) -> datetime:
        """Return the instant from which a duration would be over at `end` [UTC]."""
        return self._shift(end, duration, -1)

    def start_of_day(self, instant: datetime) -> datetime:
        """Return when the local day of an instant begins [UTC]."""
        return self.midnight(self._local(instant).date())

    def end_of_day(self, instant: datetime) -> datetime:
        """Return when the next local day begins [UTC]: the end is not part of it."""
        return self.midnight(self._local(instant).date() + _DAY)

    def midnight(self, day: date) -> datetime:
        """Return when a local day begins [UTC]."""
        return self._shown(datetime.combine(day, time.min))

    def is_working(self, day: date) -> bool:
        """Tell whether a day is neither a day of rest nor a holiday."""
        return day.weekday() not in self.weekend and day not in self.holidays

    def is_named(self, day: date, name: str) -> bool:
        """Tell whether a day is one that `days` of a clause means.

        Args:
            day: A date in the agreement's zone.
            name: Of `DAYS`.

        Returns:
            True where it is that day of the week, a working day, or a holiday.
        """
        if name == "holidays":
            return day in self.holidays
        if name == "working days":
            return self.is_working(day)
        return WEEKDAYS[day.weekday()] == name

    def _local(self, instant: datetime) -> datetime:
        return instant.astimezone(ZoneInfo(self.time_zone)).replace(tzinfo=None)

    def _shown(self, local: datetime) -> datetime:
        return _first_showing(local, ZoneInfo(self.time_zone))

    def _shift(self, start: datetime, duration: Duration, sign: int) -> datetime:
        if duration.months is not None:
            local = self._local(start)
            return self._shown(_months_later(local, sign * duration.months))
        if duration.reckoning == "working":
            days = int(duration.quantity.amount)
            return self._shown(self._working(self._local(start), days, sign))
        length = sign * timedelta(seconds=duration.quantity.base)
        if (duration.reckoning or self.durations) == "elapsed":
            return start.astimezone(UTC) + length
        return self._shown(self._local(start) + length)

    def _working(self, local: datetime, days: int, sign: int) -> datetime:
        while days > 0:
            local += sign * _DAY
            days -= self.is_working(local.date())
        return local


def _months_later(local: datetime, months: int) -> datetime:
    years, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    if not 1 <= years <= date.max.year:
        raise OverflowError(f"year {years} is out of range")
    last = monthrange(years, month + 1)[1]
    return local.replace(year=years, month=month + 1, day=min(local.day, last))


def _first_showing(local: datetime, tz: ZoneInfo) -> datetime:
    """Return when a wall clock first shows a local time, or the end of the gap."""
    early = local.replace(tzinfo=tz, fold=0).astimezone(UTC)
    if early.astimezone(tz).replace(tzinfo=None) == local:
        return early
    late = local.replace(tzinfo=tz, fold=1).astimezone(UTC)
    gap_s = (early - late).total_seconds()
    return _gap_end(late, late + timedelta(seconds=gap_s), tz)


def _gap_end(low: datetime, high: datetime, tz: ZoneInfo) -> datetime:
    """Return the transition in `(low, high]`, to the second, by halving."""
    before = low.astimezone(tz).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        changed = middle.astimezone(tz).utcoffset() != before
        low, high = (low, middle) if changed else (middle, high)
    return high
