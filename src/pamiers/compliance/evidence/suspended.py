"""When a clause is suspended, and what is left of a time without that."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from pamiers.agreement.model import Clause
from pamiers.compliance.evidence.papers import Paper, about
from pamiers.core.instant import Interval


def suspensions(
    clause: Clause, papers: Iterable[Paper], until: datetime
) -> list[tuple[datetime, datetime]]:
    """Return when a clause is suspended, by its text and by what is on record.

    The word of an interested party alone suspends nothing.

    Args:
        clause: The clause.
        papers: What is on record.
        until: Taken as the end of what has none yet.

    Returns:
        Starts and ends, in order of time; empty for none.
    """
    texts = [
        (each.from_at, each.until_at or until)
        for each in clause.suspended
        if each.from_at is not None
    ]
    records = about(papers, "suspension", clause.id)
    told = [(each.start, each.end or until) for each in records if not each.interested]
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
