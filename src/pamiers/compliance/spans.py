"""When a rule is in force: its time and hours, less what it is suspended for."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from pamiers.agreement.model import Clause, Reading
from pamiers.agreement.values.hours import open_hours
from pamiers.compliance.clauses.case import Court
from pamiers.compliance.evidence.papers import about
from pamiers.compliance.rule import Rule
from pamiers.core.instant import Interval


def in_force(reading: Reading, period: Interval) -> Interval | None:
    """Return the part of a period in which a reading is in force; None for none."""
    if reading.from_at is None:
        return None
    start = max(period.start, reading.from_at)
    end = period.end if reading.until_at is None else min(period.end, reading.until_at)
    return Interval(start, end) if start < end else None


def spans(rule: Rule, court: Court, period: Interval) -> Iterator[Interval]:
    """Yield the parts of a period in which a rule is in force and not suspended.

    A rule with hours of the day has one part for each stretch of them.

    Args:
        rule: The rule.
        court: What is known, suspensions among it.
        period: Period asked about.

    Yields:
        Intervals in order of time; none where it is not in force.
    """
    span = in_force(rule.reading, period)
    if span is None:
        return
    gaps = suspensions(rule.clause, court, period.end)
    for part in at_hours(rule.reading, span, court):
        yield from less(part, gaps)


def at_hours(reading: Reading, period: Interval, court: Court) -> Iterator[Interval]:
    """Yield the parts of a period that lie in the hours of a reading."""
    calendar = court.agreement.calendar
    yield from open_hours(reading.hours, reading.days, period, calendar)


def suspensions(
    clause: Clause, court: Court, until: datetime
) -> list[tuple[datetime, datetime]]:
    """Return when a clause is suspended, by its text and by what is on record.

    The word of an interested party alone suspends nothing.

    Args:
        clause: The clause.
        court: What is known.
        until: Taken as the end of what has none yet.

    Returns:
        Starts and ends, in order of time; empty for none.
    """
    texts = [
        (each.from_at, each.until_at or until)
        for each in clause.suspended
        if each.from_at is not None
    ]
    papers = about(court.register.papers, "suspension", clause.id)
    told = [(each.start, each.end or until) for each in papers if not each.interested]
    return sorted([*texts, *told])


def less(
    whole: Interval, gaps: Iterable[tuple[datetime, datetime]]
) -> Iterator[Interval]:
    """Yield what is left of an interval without some others, in order of time."""
    at = whole.start
    for start, end in sorted(gaps):
        if at < min(start, whole.end):
            yield Interval(at, min(start, whole.end))
        at = max(at, end)
    if at < whole.end:
        yield Interval(at, whole.end)


def not_in_force(
    clause: Clause, court: Court, period: Interval, reading: str | None = None
) -> str | None:
    """Return why a clause is not judged over a period; None where it is in force.

    Args:
        clause: The clause, bound.
        court: What is known.
        period: Period asked about.
        reading: Only in this reading; None for any.

    Returns:
        `not in force`, `outside hours`, or `suspended`.
    """
    parts = [
        (each, in_force(each, period))
        for each in clause.readings
        if reading in {None, each.id}
    ]
    known = [(each, part) for each, part in parts if part is not None]
    if not known:
        return "not in force"
    held = [span for each, part in known for span in at_hours(each, part, court)]
    if not held:
        return "outside hours"
    gaps = suspensions(clause, court, period.end)
    if not any(list(less(part, gaps)) for part in held):
        return "suspended"
    return None
