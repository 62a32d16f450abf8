"""What was done, on record: by whom, when, and on whose word.

Acts are statements that say an event took place, and incidents. Which acts are of
the past is a matter of `now`; what is announced for later is no act yet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pamiers.agreement.model import Agreement
from pamiers.compliance.world import World
from pamiers.core.instant import Interval
from pamiers.core.kind import is_a
from pamiers.core.place import Place
from pamiers.core.rows import Incident, Statement

EVENT: Final = "event:"
_TICK: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing done, between `start` and `end`."""

    kind: str  #: kind of `core.kind`, or an event of the agreement, without prefix
    actor: str | None  #: None: not stated
    to: str | None = None
    start: datetime  #: first instant at which it may have been done [UTC]
    end: datetime  #: instant by which it was surely done [UTC]
    source: str  #: who says so
    key: str  #: incident, or `source:key` of a statement
    ref: str | None = None
    region: str | None = None
    at: Place | None = None
    count: int | None = None
    extra: str | None = None  #: attributes, canonical JSON
    probability: float = 1.0

    @property
    def order(self) -> tuple[datetime, datetime, str, str]:
        """Return what acts are ordered by, whatever order they arrived in."""
        return self.end, self.start, self.source, self.key

    def is_of(self, kinds: tuple[str, ...]) -> bool:
        """Tell whether it is an event of one of some kinds or families."""
        return any(self.kind == kind or is_a(self.kind, kind) for kind in kinds)


def acts_of(agreement: Agreement, world: World, now: datetime) -> tuple[Act, ...]:
    """Return what was done up to an instant, in order of time.

    Args:
        agreement: Its events, and the probability from which on an incident counts.
        world: What is known.
        now: Acts that begin later are left out.

    Returns:
        Acts of statements with a time, and of incidents that are established.
    """
    sure = agreement.thresholds.breached
    found = (*_stated(agreement, world), *_happened(world))
    held = [each for each in found if each.start <= now and each.probability >= sure]
    return tuple(sorted(held, key=lambda each: each.order))


def when(row: Statement) -> Interval | None:
    """Return the time of a statement; None where it has none.

    One without an end is of the instant at which it starts.
    """
    start = row.start or row.given_at
    if start is None:
        return None
    return Interval(start, max(row.end or start, start + _TICK))


def _stated(agreement: Agreement, world: World) -> Iterator[Act]:
    for row in world.statements.views():
        if not isinstance(row, Statement):
            continue
        named, span = _event(row, agreement), when(row)
        if named is None or span is None:
            continue
        kind, party = named
        yield Act(
            kind=kind,
            actor=row.actor or party,
            to=row.to,
            start=span.start,
            end=span.end,
            source=row.source,
            key=f"{row.source}:{row.key}",
            ref=row.ref,
            region=row.region,
            at=row.at,
            extra=row.extra,
        )


def _event(row: Statement, agreement: Agreement) -> tuple[str, str | None] | None:
    """Return the event a statement tells of and whose it is, if it tells of one."""
    head, _, rest = row.category.partition(":")
    if head == "event" and rest:
        name, _, party = rest.partition(":")
        return name, party or None
    return (head, rest or None) if head in agreement.events else None


def _happened(world: World) -> Iterator[Act]:
    for row in world.incidents.views():
        if isinstance(row, Incident):
            yield Act(
                kind=row.kind.removeprefix(EVENT),
                actor=row.actor,
                start=row.start,
                end=row.end,
                source=row.sources,
                key=row.key,
                region=row.region,
                at=row.at,
                count=row.count,
                extra=row.extra,
                probability=row.probability,
            )
