"""Where and when somebody could watch, where not, and who refused."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa

from pamiers.core.instant import Interval
from pamiers.core.rows import Coverage
from pamiers.core.table import Table
from pamiers.report.context import Context
from pamiers.report.message import Named
from pamiers.report.period import ends, micros, shown_under, starts
from pamiers.report.places import Whereabouts
from pamiers.report.redaction import Spot, confided, times


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageLine:
    """One statement of coverage or of its absence, as the edition may give it."""

    status: str  #: observed, denied, degraded
    means: str | None
    watched: str  #: family of kinds that would have been noticed
    place: Named | None
    whereabouts: Whereabouts | None
    spot: Spot | None
    region: str | None
    sector: Named | None
    start: datetime  #: [UTC]
    end: datetime  #: [UTC]
    straddles: bool
    detection: float | None  #: None: nobody stated how likely noticing was
    denied_by: Named | None
    source: Named | None
    cite: str | None
    observer: str | None  #: the commission's edition alone
    text: str | None  #: the commission's edition alone


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorWatch:
    """How well one sector was watched on the day."""

    region: str | None
    sector: Named | None
    share: float  #: of the reporting day with the whole sector watched, [0, 1]
    places: int  #: places watched by themselves, which are not the whole sector
    stated_detection: bool  #: some row says how likely noticing was
    restrictions: int
    restrictions_before: int


def coverage_lines(context: Context) -> tuple[CoverageLine, ...]:
    """Return the day's coverage rows, restrictions first, then by time and place."""
    shown = shown_under(context.coverage, context.period.window)
    rows = [row for row in shown.ordered().views() if isinstance(row, Coverage)]
    rows.sort(key=lambda r: (r.status == "observed", r.start, r.place or "", r.key))
    return tuple(_line(row, context) for row in rows)


def sector_watch(context: Context) -> tuple[SectorWatch, ...]:
    """Return how well each sector was watched, in the order of the agreement."""
    table = context.coverage
    today = _touching(table, context.period.window)
    before = _touching(table, context.period.before.window)
    regions = context.sectors.ids or (None,)
    return tuple(_watch(region, today, before, context) for region in regions)


def _touching(table: Table, window: Interval) -> Table:
    low, high = micros(window.start), micros(window.end)
    return table.where(pa.array((starts(table) < high) & (ends(table) > low)))


def _watch(
    region: str | None, today: Table, before: Table, context: Context
) -> SectorWatch:
    here = _in_region(today, region, context)
    watched = here.where(pa.compute.equal(here.columns["status"], "observed"))
    whole = watched.where(pa.compute.is_null(watched.columns["lon"]))
    stated = watched.columns["detection"].null_count < len(watched)
    period = context.period
    return SectorWatch(
        region=region,
        sector=context.sectors.title(region),
        share=covered_share(whole, period.window),
        places=_places(watched),
        stated_detection=stated,
        restrictions=_restricted(shown_under(here, period.window)),
        restrictions_before=_restricted(
            shown_under(_in_region(before, region, context), period.before.window)
        ),
    )


def covered_share(table: Table, window: Interval) -> float:
    """Return the share of a window that the union of rows covers, in [0, 1].

    A row without a finer time than its date covers that date only as far as the
    window reaches; two rows at once count once.
    """
    low, high = micros(window.start), micros(window.end)
    order = np.argsort(starts(table), kind="stable")
    upto, covered = low, 0
    for start, end in zip(starts(table)[order], ends(table)[order], strict=True):
        first, last = max(int(start), upto), min(int(end), high)
        if last > first:
            covered += last - first
            upto = last
    return round(covered / (high - low), 4)


def _places(table: Table) -> int:
    """Return how many different places rows are of."""
    columns = (table.columns[name].to_pylist() for name in ("lon", "lat"))
    return len({at for at in zip(*columns, strict=True) if None not in at})


def _in_region(table: Table, region: str | None, context: Context) -> Table:
    if region is None or not len(table):
        return table
    return table.where(pa.array(context.sectors.of(table) == region))


def _restricted(table: Table) -> int:
    return int(
        pa.compute.sum(
            pa.compute.not_equal(table.columns["status"], "observed")
        ).as_py()
        or 0
    )


def _line(row: Coverage, context: Context) -> CoverageLine:
    at = context.spot(row)
    start, end = times(row.start, row.end, context.edition)
    region = context.sectors.named_by(row.region) or None
    return CoverageLine(
        status=row.status,
        means=row.means,
        watched=row.watched,
        place=context.gazetteer.name_of(row.place),
        whereabouts=context.whereabouts(at),
        spot=at,
        region=region,
        sector=context.sectors.title(region),
        start=start,
        end=end,
        straddles=context.period.straddled_by(row.interval),
        detection=row.detection,
        denied_by=context.who(row.denied_by),
        source=context.reporter(row.source),
        cite=context.cited(row.source, row.cite),
        observer=confided(row.observer, context.edition),
        text=confided(row.text, context.edition),
    )
