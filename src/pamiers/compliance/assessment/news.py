"""What is new on record, as judgements read it: what came, went, or came to be told.

A row with a time that is still to come is on record before judgements may rest on it;
it is news once knowledge has reached it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from pamiers.compliance.assessment.change import Change, world_of
from pamiers.compliance.assessment.stretch import Stretch
from pamiers.compliance.clauses.case import Court
from pamiers.compliance.evidence.happenings import Happening
from pamiers.compliance.evidence.papers import Paper
from pamiers.compliance.evidence.register import register_of
from pamiers.compliance.evidence.totals import published_of, stated_of
from pamiers.core.rows import Coverage, Tally

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is new, of every kind that a judgement reads; gone or come is all one."""

    happenings: tuple[Happening, ...] = ()
    papers: tuple[Paper, ...] = ()
    tallies: tuple[Tally, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    counted: tuple[Stretch, ...] = ()  #: periods of totals and statements of events


def news_of(change: Change, court: Court, since: datetime) -> News:
    """Return what is new.

    Args:
        change: Rows that came and went.
        court: What is known now.
        since: Until when it was known before [UTC].

    Returns:
        All that judgements may read otherwise now than before.
    """
    rows = (*change.added, *change.withdrawn)
    world = world_of(rows, court.world)
    register = register_of(world, court.agreement)
    told = _told_since(court, since)
    published = (
        *published_of(world),
        *stated_of(world, tuple(court.agreement.events)),
    )
    return News(
        happenings=(*register.happenings, *told.happenings),
        papers=(*register.papers, *told.papers),
        tallies=(*register.tallies, *told.tallies),
        coverage=tuple(row for row in rows if isinstance(row, Coverage)),
        counted=tuple((_at(p.start_us), _at(p.end_us)) for p in published),
    )


def _at(us: int) -> datetime:
    return _EPOCH + us * _TICK


def _told_since(court: Court, since: datetime) -> News:
    """Return what knowledge has reached since an instant."""
    cut = court.register
    return News(
        happenings=tuple(row for row in cut.happenings if row.start > since),
        papers=tuple(p for p in cut.papers if (p.given_at or p.start) > since),
        tallies=tuple(row for row in cut.tallies if row.start > since),
    )
