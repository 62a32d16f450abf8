"""The day's incidents, and what each sector saw against the day before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from pamiers.core.instant import Interval
from pamiers.core.kind import is_a
from pamiers.core.rows import Incident, Total
from pamiers.core.table import Table
from pamiers.report.context import Context
from pamiers.report.message import Named
from pamiers.report.period import Period, shown_under
from pamiers.report.places import Whereabouts
from pamiers.report.reconciliation import report_number
from pamiers.report.redaction import Spot, times

#: families that a summary tells apart, in the order it names them
FAMILIES: Final = (
    *("fire", "harm", "presence", "movement", "flight", "restriction"),
    "other",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLine:
    """One incident as the edition may give it."""

    key: str
    kind: str
    family: str
    standing: str  #: `observed`, or `claimed` where only claims speak of it
    count: int | None
    count_low: int | None
    count_high: int | None
    place: Named | None
    whereabouts: Whereabouts | None
    spot: Spot | None
    region: str | None
    sector: Named | None
    start: datetime  #: [UTC]
    end: datetime  #: [UTC]
    straddles: bool
    weapons: str | None
    probability: float
    observed: int
    claimed: int
    sources: tuple[Named, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A figure of the day beside that of the day before."""

    now: int
    before: int
    unstated: int = 0  #: of the day: incidents that state no figure, and add nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A figure a source published for the day."""

    kind: str
    source: Named
    report: str
    count: int | None
    count_low: int | None
    previous: int | None  #: for the period before, in this report or its own
    previous_text: str | None
    relation: str | None  #: more, fewer, similar


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorDay:
    """One sector on the day; incidents that only claims speak of stand apart."""

    region: str | None
    sector: Named | None
    published: tuple[Published, ...]
    events: tuple[tuple[str, Compared], ...]  #: family -> events on record
    incidents: Compared
    claimed_only: Compared


def incident_lines(context: Context) -> tuple[IncidentLine, ...]:
    """Return the day's incidents, by time, place and id."""
    rows = _shown(context, context.period)
    rows.sort(key=lambda row: (row.start, row.end, row.place or "", row.key))
    return tuple(_line(row, context) for row in rows)


def sector_days(context: Context) -> tuple[SectorDay, ...]:
    """Return each sector of the agreement, then rows that belong to none."""
    today = _by_region(_shown(context, context.period), context)
    before = _by_region(_shown(context, context.period.before), context)
    published = _published(context)
    regions = list(context.sectors.ids)
    others = {*today, *before, *published} - set(regions)
    regions += sorted(others)
    return tuple(
        _sector_day(
            region,
            (today.get(region, []), before.get(region, [])),
            published.get(region, ()),
            context,
        )
        for region in regions
    )


def family_of(kind: str) -> str:
    """Return the family a summary files a kind under; `other` for the rest."""
    return next((f for f in FAMILIES if is_a(kind, f)), "other")


def _shown(context: Context, period: Period) -> list[Incident]:
    shown = shown_under(context.inputs.incidents, period.window)
    return [row for row in shown.views() if isinstance(row, Incident)]


def _by_region(rows: Sequence[Incident], context: Context) -> dict[str, list[Incident]]:
    found: dict[str, list[Incident]] = {}
    for row in rows:
        found.setdefault(_region(row, context), []).append(row)
    return found


def _region(row: Incident, context: Context) -> str:
    return context.sectors.named_by(row.region) or context.sectors.at(row.lon, row.lat)


def _published(context: Context) -> dict[str, tuple[Published, ...]]:
    """Return the day's own totals by region, one of each figure; sums over days."""
    if context.period.days > 1:
        return _published_over_days(context)
    found: dict[str, dict[Published, None]] = {}
    totals = context.inputs.totals
    before = {
        _same(row, context): row.count
        for row in _of_the_day(totals, context.period.before.window)
    }
    for row in _of_the_day(totals, context.period.window):
        region = context.sectors.named_by(row.region)
        figure = _figure(row, before.get(_same(row, context)), context)
        found.setdefault(region, {})[figure] = None
    return {region: tuple(figures) for region, figures in found.items()}


def _published_over_days(context: Context) -> dict[str, tuple[Published, ...]]:
    """Return sums of daily figures, where a source gave one for each of the days."""
    totals, found = context.inputs.totals, dict[str, list[Published]]()
    now = _sums(totals, context.period, context)
    before = _sums(totals, context.period.before, context)
    for same, (count, reports) in now.items():
        source, region, kind = same
        figure = Published(
            kind=kind,
            source=context.who(source) or Named((("", source),)),
            report=reports,
            count=count,
            count_low=None,
            previous=before[same][0] if same in before else None,
            previous_text=None,
            relation=None,
        )
        found.setdefault(region, []).append(figure)
    return {region: tuple(figures) for region, figures in found.items()}


def _sums(
    totals: Table, period: Period, context: Context
) -> dict[tuple[str, str, str], tuple[int, str]]:
    """Return the sum of each figure that was given for every day, and its reports."""
    by: dict[tuple[str, str, str], dict[date, Total]] = {}
    for row in _of_the_day(totals, period.window):
        day = period.day_of(row.end - timedelta(microseconds=1))
        by.setdefault(_same(row, context), {})[day] = row
    sums = {}
    for same, days in by.items():
        counts = [row.count for row in days.values() if row.count is not None]
        if len(counts) == period.days:
            ends = [report_number(days[day]) for day in (min(days), max(days))]
            sums[same] = (sum(counts), "–".join(ends))
    return sums


def _of_the_day(totals: Table, window: Interval) -> Iterable[Total]:
    rows = [row for row in totals.ordered().views() if isinstance(row, Total)]
    rows.sort(key=lambda row: (row.start, row.kind, row.source, row.key))
    return (r for r in rows if window.start < r.end <= window.end and not r.cumulative)


def _same(row: Total, context: Context) -> tuple[str, str, str]:
    return row.source, context.sectors.named_by(row.region), row.kind


def _figure(row: Total, before: int | None, context: Context) -> Published:
    return Published(
        kind=row.kind,
        source=context.who(row.source) or Named((("", row.source),)),
        report=report_number(row),
        count=row.count,
        count_low=row.count_low,
        previous=before if row.previous is None else row.previous,
        previous_text=row.previous_text,
        relation=row.relation,
    )


def _sector_day(
    region: str,
    rows: tuple[Sequence[Incident], Sequence[Incident]],
    published: tuple[Published, ...],
    context: Context,
) -> SectorDay:
    today, before = rows
    return SectorDay(
        region=region or None,
        sector=context.sectors.title(region),
        published=published,
        events=tuple((f, _family(f, today, before)) for f in FAMILIES),
        incidents=Compared(now=len(_seen(today)), before=len(_seen(before))),
        claimed_only=Compared(
            now=len(today) - len(_seen(today)), before=len(before) - len(_seen(before))
        ),
    )


def _seen(rows: Sequence[Incident]) -> list[Incident]:
    return [row for row in rows if row.observed]


def _family(
    family: str, today: Sequence[Incident], before: Sequence[Incident]
) -> Compared:
    """Return the events of a family: rounds of fire, else how often it was seen."""
    rows = [_of_family(family, each) for each in (today, before)]
    if family != "fire":
        return Compared(now=len(rows[0]), before=len(rows[1]))
    now, earlier = ([_figure_of(row) for row in each] for each in rows)
    return Compared(
        now=sum(n or 0 for n in now),
        before=sum(n or 0 for n in earlier),
        unstated=sum(n is None for n in now),
    )


def _of_family(family: str, rows: Sequence[Incident]) -> list[Incident]:
    return [row for row in _seen(rows) if family_of(row.kind) == family]


def _figure_of(row: Incident) -> int | None:
    return row.count if row.count is not None else row.count_low


def _line(row: Incident, context: Context) -> IncidentLine:
    at = context.spot(row)
    start, end = times(row.start, row.end, context.edition)
    region = _region(row, context)
    return IncidentLine(
        key=row.key,
        kind=row.kind,
        family=family_of(row.kind),
        standing="observed" if row.observed else "claimed",
        count=row.count,
        count_low=row.count_low,
        count_high=row.count_high,
        place=context.gazetteer.name_of(row.place),
        whereabouts=context.whereabouts(at),
        spot=at,
        region=region or None,
        sector=context.sectors.title(region),
        start=start,
        end=end,
        straddles=context.period.straddled_by(row.interval),
        weapons=row.weapons,
        probability=row.probability,
        observed=row.observed,
        claimed=row.claimed,
        sources=context.reporters(row.sources),
    )
