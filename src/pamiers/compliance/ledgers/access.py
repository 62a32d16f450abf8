"""Who could see what, and who was kept from seeing: coverage and denials by count.

Shares are of area and time, for each sector or zone, reporting day and means. Where
nobody watched the share is 0 and says so; that is no sign that nothing happened. A
denial may stand in the record twice, as coverage and as an incident of restriction:
the two are told apart and never added.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from pamiers.agreement.model import Agreement, InZones
from pamiers.compliance.coverage import Lookout, Scene, Watched, watched
from pamiers.compliance.ledgers.known import Known
from pamiers.core.instant import reporting_date, reporting_day, zone
from pamiers.core.kind import is_a
from pamiers.core.rows import Coverage

#: a row that lasts longer than this counts for its first and last day alone
_LONGEST: Final = timedelta(days=31)
RESTRICTION: Final = "restriction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """How often and how long one body kept watchers out of one place, by one means."""

    denied_by: str | None  #: as the sources name it; None: not stated
    where: str | None  #: place, or region
    means: str | None
    times: int
    hours: float
    first: datetime
    last: datetime  #: end of the last
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hindrance:
    """How many incidents of one kind of restriction one actor made in one region."""

    kind: str
    actor: str | None
    region: str | None
    incidents: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How much of a sector or zone was watched on one reporting day, by one means."""

    area: str | None  #: sector or zone; None: the agreement has neither
    day: date
    means: str | None  #: None: all together
    watched_for: str  #: family of kinds that would have been noticed
    share: float
    stated_share: float  #: watched by means whose detection is stated
    detection: float | None
    denied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Coverage and denials over some reporting days."""

    days: tuple[date, ...]
    shares: tuple[Share, ...]
    denials: tuple[Denial, ...]
    hindrances: tuple[Hindrance, ...]


@dataclass(frozen=True, slots=True)
class _Area:
    """A sector, or a zone that clauses name, or everywhere."""

    id: str | None
    is_sector: bool


def access(known: Known, days: Sequence[date] | None = None) -> Access:
    """Return how much was watched, and who kept whom from watching.

    Args:
        known: Agreement, coverage, incidents and now.
        days: Reporting days; None for those that coverage on record touches.

    Returns:
        Shares by area, day, family and means; denials and hindrances by whom and
        where, the most frequent first.
    """
    held = tuple(days) if days is not None else days_watched(known)
    return Access(
        days=held,
        shares=tuple(_shares(known, held)),
        denials=tuple(_denials(known, held)),
        hindrances=tuple(_hindrances(known, held)),
    )


def days_watched(known: Known) -> tuple[date, ...]:
    """Return the reporting days up to now that rows of coverage touch, in order."""
    days: set[date] = set()
    for row in known.coverage:
        if row.start <= known.now:
            days |= set(_days_of(row, known.agreement))
    return tuple(sorted(days))


def _days_of(row: Coverage, agreement: Agreement) -> Iterator[date]:
    tz, cut_off = zone(agreement.time_zone), agreement.cut_off
    last = reporting_date(row.end - timedelta(microseconds=1), cut_off, tz)
    day = reporting_date(row.start, cut_off, tz)
    yield last
    while row.end - row.start <= _LONGEST and day < last:
        yield day
        day += timedelta(days=1)
    yield day


def _areas(agreement: Agreement) -> tuple[_Area, ...]:
    sectors = [_Area(each.id, is_sector=True) for each in agreement.sectors]
    named = {
        name
        for clause in agreement.clauses
        for reading in clause.readings
        if isinstance(reading.where, InZones)
        for name in reading.where.zones
    } - {each.id for each in agreement.sectors}
    zones = [_Area(name, is_sector=False) for name in sorted(named)]
    return (*sectors, *zones) or (_Area(None, is_sector=False),)


def _shares(known: Known, days: Sequence[date]) -> Iterator[Share]:
    lookout = Lookout(known.world.coverage, known.agreement)
    families = sorted({row.watched for row in known.coverage})
    means = sorted({row.means for row in known.coverage if row.means is not None})
    for area in _areas(known.agreement):
        for day in days:
            for family in families:
                for each in (None, *means):
                    seen = _seen(lookout, area, day, (family, each))
                    if each is None or seen.some or seen.denied:
                        yield _share(area, day, (family, each), seen)


def _seen(
    lookout: Lookout, area: _Area, day: date, asked: tuple[str, str | None]
) -> Watched:
    agreement, (family, means) = lookout.agreement, asked
    held = agreement.zones.get(area.id or "")
    period = reporting_day(day, agreement.cut_off, zone(agreement.time_zone))
    scene = Scene(
        kinds=(family,),
        sector=area.id if area.is_sector else None,
        area=None if held is None else held.shape,
        area_id=("access", area.id),
        period=period,
        means=None if means is None else (means,),
    )
    return watched(scene, lookout)


def _share(
    area: _Area, day: date, asked: tuple[str, str | None], seen: Watched
) -> Share:
    return Share(
        area=area.id,
        day=day,
        means=asked[1],
        watched_for=asked[0],
        share=seen.share,
        stated_share=seen.stated,
        detection=seen.detection,
        denied=seen.denied,
    )


def _denials(known: Known, days: Sequence[date]) -> Iterator[Denial]:
    wanted = set(days)
    groups: dict[tuple[str, str, str], list[Coverage]] = {}
    for row in known.coverage:
        during = not wanted.isdisjoint(_days_of(row, known.agreement))
        if row.status == "denied" and during:
            where = row.place or row.region or ""
            key = (row.denied_by or "", where, row.means or "")
            groups.setdefault(key, []).append(row)
    order = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    for (by, where, means), rows in order:
        yield Denial(
            denied_by=by or None,
            where=where or None,
            means=means or None,
            times=len(rows),
            hours=sum(row.interval.seconds for row in rows) / 3600.0,
            first=min(row.start for row in rows),
            last=max(row.end for row in rows),
            sources=tuple(sorted({row.source for row in rows})),
        )


def _hindrances(known: Known, days: Sequence[date]) -> Iterator[Hindrance]:
    agreement, wanted = known.agreement, set(days)
    tz = zone(agreement.time_zone)
    number: Counter[tuple[str, str, str]] = Counter()
    sources: dict[tuple[str, str, str], set[str]] = {}
    for act in known.acts:
        day = reporting_date(act.start, agreement.cut_off, tz)
        if is_a(act.kind, RESTRICTION) and day in wanted:
            key = (act.kind, act.actor or "", act.region or "")
            number[key] += 1
            sources.setdefault(key, set()).update(act.sources)
    for key, times in sorted(number.items(), key=lambda item: (-item[1], item[0])):
        kind, actor, region = key
        yield Hindrance(
            kind=kind,
            actor=actor or None,
            region=region or None,
            incidents=times,
            sources=tuple(sorted(sources[key])),
        )
