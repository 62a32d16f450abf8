"""When a rule is in force: its time and hours, less what it is suspended for."""

from collections.abc import Iterator

from pamiers.agreement.model import Clause, Reading
from pamiers.agreement.values.hours import open_hours
from pamiers.compliance.clauses.case import Court
from pamiers.compliance.evidence.suspended import less, suspensions
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
    gaps = suspensions(rule.clause, court.register.papers, period.end)
    for part in at_hours(rule.reading, span, court):
        yield from less(part, gaps)


def at_hours(reading: Reading, period: Interval, court: Court) -> Iterator[Interval]:
    """Yield the parts of a period that lie in the hours of a reading."""
    calendar = court.agreement.calendar
    yield from open_hours(reading.hours, reading.days, period, calendar)


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
    gaps = suspensions(clause, court.register.papers, period.end)
    if not any(list(less(part, gaps)) for part in held):
        return "suspended"
    return None
