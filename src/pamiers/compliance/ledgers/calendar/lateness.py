"""How late is late, and on which day something is due."""

from datetime import datetime, time, timedelta, tzinfo
from typing import Final

from pamiers.agreement.model import Agreement
from pamiers.compliance.ledgers.calendar.duty import Duty, Late, Occasion
from pamiers.core.instant import zone

_TICK: Final = timedelta(microseconds=1)
_HOURS_SAY_MORE: Final = timedelta(days=2)


def overdue(due: datetime, now: datetime, tz: tzinfo) -> Late:
    """Return how late something is that is not done yet; the day of now counts."""
    return lateness(due, now + _TICK, tz)


def lateness(due: datetime, done: datetime, tz: tzinfo) -> Late:
    """Return how late something is.

    Args:
        due: First instant that is too late.
        done: Instant by which it was surely done, not part of the time in which it
            was; of what is not done yet, just after now.
        tz: The mission's zone, whose midnights make the days.

    Returns:
        Where `due` ends a day, the days between the last day in time and the day of
        `done`; else whole days of 24 h, and none below two of them.
    """
    elapsed = max(timedelta(), done - due)
    if due.astimezone(tz).time() == time():
        last_in_time = (due - _TICK).astimezone(tz).date()
        days = ((done - _TICK).astimezone(tz).date() - last_in_time).days
    else:
        days = elapsed.days if elapsed >= _HOURS_SAY_MORE else 0
    return Late(days=days, seconds=elapsed.total_seconds())


def last_day(duty: Duty, agreement: Agreement) -> str | None:
    """Return the last local day in time, or the day and hour where it is one.

    Returns:
        Such as `2006-03-31` or `1974-06-01 12:00`; what begins with a day has its own
        date; None for no date.
    """
    if duty.due_at is None:
        return None
    local = duty.due_at.astimezone(zone(agreement.time_zone))
    if local.time() != time():
        return f"{local:%Y-%m-%d %H:%M}"
    begins = duty.occasion is Occasion.BEGINS
    return local.date().isoformat() if begins else day_until(duty.due_at, agreement)


def day_until(at: datetime, agreement: Agreement) -> str:
    """Return the local day that holds the last moment before an instant."""
    return (at - _TICK).astimezone(zone(agreement.time_zone)).date().isoformat()
