"""A source's own published count as evidence, where it gives no rows.

A monitor that publishes "111 ceasefire violations in this region today" has said
that at least one happened, whether or not it says where. So a total above zero by
a source without an interest is evidence of one aggregate incident in that region,
as probable as a lone report by that source. It is not an incident: its events may
be the very incidents on record, so the larger of the two counts, never their sum.
docs/adr/0014 argues this. Refused as evidence: running totals, zeros, totals by
interested sources, and counts whose kind the clause does not name.

In the same way a statement whose category is an event that only the agreement knows
(an order that disavows it) is evidence that the event happened.
"""

from dataclasses import dataclass

from pamiers.agreement.model import Everywhere
from pamiers.compliance.evidence.facts import microseconds
from pamiers.compliance.evidence.ground import Ground, Site, region_bounds
from pamiers.compliance.world import World
from pamiers.core.instant import Interval
from pamiers.core.rows import Statement, Total
from pamiers.fusion.model import FusionModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One total above zero: what it counts, when, where, and how surely."""

    key: str  #: `source:key` of the row
    source: str
    kind: str
    start_us: int
    end_us: int
    region: str | None
    probability: float  #: that at least one of the events happened
    least: int
    most: int | None

    def chance_in(self, period: Interval) -> float:
        """Return the probability that at least one of its events lies in a period.

        Its events are taken to lie evenly and independently over its own period,
        so one that lies wholly inside loses nothing.
        """
        start, end = microseconds(period)
        shared = min(self.end_us, end) - max(self.start_us, start)
        if shared <= 0:
            return 0.0
        missed = 1.0 - shared / (self.end_us - self.start_us)
        return self.probability * (1.0 - missed**self.least)

    def inside(self, period: Interval) -> bool:
        """Tell whether its whole period lies in another."""
        start, end = microseconds(period)
        return start <= self.start_us and self.end_us <= end


def published_of(world: World) -> tuple[Published, ...]:
    """Return the totals that are evidence, ordered by key.

    Args:
        world: Totals, and the sources that published them.

    Returns:
        One each; empty for none.
    """
    model = FusionModel(sources=world.sources)
    rows = (row for row in world.totals.views() if isinstance(row, Total))
    found = [_published(row, model) for row in rows if _counts(row, world)]
    return tuple(sorted(found, key=lambda each: (each.key, each.start_us)))


def stated_of(world: World, events: tuple[str, ...]) -> tuple[Published, ...]:
    """Return the statements that an event of the agreement happened.

    Args:
        world: Statements, and the sources that made them.
        events: Ids of events that the agreement adds to the vocabulary.

    Returns:
        One each, by sources without an interest, ordered by key; empty for none.
    """
    model = FusionModel(sources=world.sources)
    rows = (row for row in world.statements.views() if isinstance(row, Statement))
    found = [
        _stated(row, model, Interval(row.start, row.end))
        for row in rows
        if row.category in events
        and not _interested(row.source, world)
        and row.start is not None
        and row.end is not None
    ]
    return tuple(sorted(found, key=lambda each: (each.key, each.start_us)))


def _stated(row: Statement, model: FusionModel, interval: Interval) -> Published:
    start, end = microseconds(interval)
    return Published(
        key=f"{row.source}:{row.key}",
        source=row.source,
        kind=row.category,
        start_us=start,
        end_us=end,
        region=None,
        probability=model.lone_report[model.letter(row.source, None)],
        least=1,
        most=1,
    )


def _interested(source: str, world: World) -> bool:
    known = world.sources.get(source)
    return known is not None and bool(known.interested)


def _counts(row: Total, world: World) -> bool:
    said = _fewest(row) > 0 and not row.cumulative
    return said and not _interested(row.source, world)


def _fewest(row: Total) -> int:
    stated = (n for n in (row.count_low, row.count) if n is not None)
    return next(stated, 0)


def _published(row: Total, model: FusionModel) -> Published:
    start, end = microseconds(row.interval)
    open_end = row.count_high is None and row.count_low is not None
    best = row.count_high if row.count_high is not None else row.count
    return Published(
        key=f"{row.source}:{row.key}",
        source=row.source,
        kind=row.kind,
        start_us=start,
        end_us=end,
        region=row.region or row.place,
        probability=model.lone_report[model.letter(row.source, None)],
        least=_fewest(row),
        most=None if open_end else best,
    )


def chance_bounds(
    total: Published, ground: Ground, site: Site, period: Interval
) -> tuple[float, float]:
    """Return bounds on the probability that a total's event lies here and then.

    Args:
        total: Published count above zero.
        ground: Names the sectors.
        site: Where the clause holds, and the sector.
        period: Reporting interval, cut to the clause's time in force.

    Returns:
        Lower and upper bound; the lower is 0 unless the clause holds everywhere,
        since a total does not say where in its region.
    """
    low, high = region_bounds(ground.agreement, total.region, site.sector)
    sure = low if isinstance(site.where, Everywhere) else 0.0
    chance = total.chance_in(period)
    return chance * sure, chance * high
