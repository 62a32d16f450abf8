"""Who watches on one day: shifts of means, what they cover, and what they notice."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

import numpy as np
from numpy.random import Generator

from pamiers.agreement.model import Agreement, Means, Sector
from pamiers.compliance.coverage import even_points
from pamiers.core.geodesy import distance_m
from pamiers.core.instant import Interval, zone
from pamiers.core.kind import EVENT, KINDS, is_a
from pamiers.core.rows import Coverage
from pamiers.simulation.deed import Deed
from pamiers.simulation.setting import Setting, Watch

#: taken for the detection of a means of which neither plan nor scenario says anything;
#: the world goes by it, its coverage rows state nothing
UNSTATED: Final = 0.8
#: how fast detection falls past a post's reach, in reaches
_FALL: Final = 1.0 / 3.0
_DAY_HOURS: Final = range(7, 19)

Post = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One means at work in one sector for some hours, or kept from it."""

    means: Means
    watch: Watch
    sector: str | None  #: None: the agreement has no sectors
    interval: Interval
    posts: tuple[Post, ...] = ()
    foul: bool = False
    denied_by: str | None = None

    @property
    def chance(self) -> float:
        """Return the probability of noticing one thing at its reach."""
        plan = self.means.detection
        stated = self.watch.detection
        if stated is None:
            stated = plan.probability if plan else UNSTATED
        return stated * (self.watch.foul_factor if self.foul else 1.0)

    @property
    def status(self) -> str:
        """Return its status of coverage."""
        if self.denied_by is not None:
            return "denied"
        poor = self.foul and self.watch.foul_factor < 1.0
        return "degraded" if poor else "observed"


def posts_of(
    agreement: Agreement, setting: Setting, rng: Generator
) -> Mapping[tuple[str, str | None], tuple[Post, ...]]:
    """Return where the posts of each means stand in each sector; drawn once."""
    found: dict[tuple[str, str | None], tuple[Post, ...]] = {}
    for means in agreement.monitoring:
        watch = setting.watch_of(means)
        for sector in agreement.sectors:
            if watch.reach_m is None:
                continue
            points = even_points(sector.zone.shape)
            chosen = rng.integers(len(points), size=watch.posts)
            found[means, sector.id] = tuple(
                (float(points[i][0]), float(points[i][1])) for i in chosen
            )
    return found


def shifts_on(
    agreement: Agreement,
    setting: Setting,
    period: Interval,
    rng: Generator,
    *,
    foul: bool,
) -> list[Shift]:
    """Return the shifts that are worked in a reporting day.

    Args:
        agreement: Its monitoring plan and sectors.
        setting: How its means watch.
        period: The reporting day.
        rng: Generator; one number is drawn for each shift, worked or not.
        foul: Whether the weather is foul.

    Returns:
        Shifts by means, sector and time; none where the plan names no means.
    """
    tz = zone(agreement.time_zone)
    found = []
    sectors: tuple[Sector | None, ...] = agreement.sectors or (None,)
    for means in agreement.monitoring.values():
        watch = setting.watch_of(means.id)
        for sector in sectors:
            for part in _parts(period, setting.shifts):
                worked = rng.random() < watch.up_share
                hour = part.middle.astimezone(tz).hour
                if worked and (hour in _DAY_HOURS or not watch.by_day_only):
                    found.append(
                        Shift(
                            means=means,
                            watch=watch,
                            sector=sector.id if sector else None,
                            interval=part,
                            foul=foul,
                        )
                    )
    return found


def _parts(period: Interval, n: int) -> list[Interval]:
    length = period.seconds / n
    cuts = [period.start + timedelta(seconds=int(length * i)) for i in range(n)]
    return [Interval(a, b) for a, b in zip(cuts, [*cuts[1:], period.end], strict=True)]


def refused(shifts: Sequence[Shift], deed: Deed, sector: str | None) -> list[Shift]:
    """Return shifts, those denied that a refusal of access falls on."""
    return [
        replace(shift, denied_by=deed.party)
        if shift.watch.refusable
        and shift.sector == sector
        and shift.interval.contains(deed.start)
        else shift
        for shift in shifts
    ]


def at_posts(
    shifts: Sequence[Shift],
    posts: Mapping[tuple[str, str | None], tuple[Post, ...]],
) -> list[Shift]:
    """Return shifts with the posts that their means stand at."""
    return [
        replace(shift, posts=posts.get((shift.means.id, shift.sector), ()))
        for shift in shifts
    ]


def notices(shift: Shift, deed: Deed, sector: str | None) -> float:
    """Return the probability that a shift notices a deed.

    Args:
        shift: Who watches.
        deed: What happens.
        sector: In which sector; None where in none.

    Returns:
        0 where it is kept from watching, looks for other things, or is elsewhere. A
        refusal is noticed by whoever is refused.
    """
    if not shift.interval.contains(deed.start) or not _looks_for(shift.means, deed):
        return 0.0
    if shift.sector is not None and shift.sector != sector:
        return 0.0
    if is_a(deed.kind, "restriction"):
        return 1.0
    if shift.denied_by is not None:
        return 0.0
    return shift.chance * _falling(shift, deed)


def _looks_for(means: Means, deed: Deed) -> bool:
    return not means.kinds or any(is_a(deed.kind, kind) for kind in looked_for(means))


def looked_for(means: Means) -> tuple[str, ...]:
    """Return the kinds that a means looks for; those of the agreement as events."""
    return tuple(e if e in KINDS else f"{EVENT}{e}" for e in means.kinds)


def _falling(shift: Shift, deed: Deed) -> float:
    """Return how far detection falls with the distance from the nearest post."""
    reach = shift.watch.reach_m
    if reach is None or not shift.posts or deed.lon is None or deed.lat is None:
        return 1.0
    lon, lat = np.array(shift.posts).T
    away = float(np.min(distance_m(lon, lat, deed.lon, deed.lat))) / reach
    return 1.0 if away <= 1.0 else math.exp(-(away - 1.0) / _FALL)


def coverage_of(shift: Shift, key: str) -> Iterator[Coverage]:
    """Yield what a shift says of its own work: a row for each thing it looks for."""
    plan = shift.means.detection
    stated = shift.watch.detection
    detection = stated if stated is not None else plan.probability if plan else None
    place = [None] if not shift.posts else list(shift.posts)
    for n, post in enumerate(place):
        for watched in looked_for(shift.means) or ("any",):
            yield Coverage(
                source=shift.means.id,
                key=f"{key}-{n}-{watched}",
                start=shift.interval.start,
                end=shift.interval.end,
                lon=post[0] if post else None,
                lat=post[1] if post else None,
                radius_m=shift.watch.reach_m if post else None,
                region=shift.sector,
                status=shift.status,
                means=shift.means.id,
                watched=watched,
                detection=detection if shift.status == "observed" else None,
                denied_by=shift.denied_by,
            )
