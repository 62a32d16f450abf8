"""How much of an area and a time was watched, and how well.

The area is laid out in evenly spread points and the time cut where any row of
coverage begins or ends, so that the share is exact in time and, to one part in the
number of points, in space. A point and stretch is watched where a row of status
`observed` covers it and none of status `denied` does; `degraded` watches nothing
surely. Where several means watch, the best of their stated detections counts.
"""

import math
from collections.abc import Container, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from pamiers.agreement.model import Agreement
from pamiers.compliance.evidence.facts import Floats, Mask, microseconds
from pamiers.compliance.evidence.ground import sector_of
from pamiers.core.geodesy import bearing_deg, distance_m
from pamiers.core.instant import Interval
from pamiers.core.kind import is_a
from pamiers.core.place import Area, Place, Sector
from pamiers.core.rows import Coverage
from pamiers.core.table import Table

_TICK: Final = timedelta(microseconds=1)
_POINTS: Final = 256
_MOST_TRIES: Final = 40_000
_GOLDEN: Final = (math.sqrt(5.0) - 1.0) / 2.0
_SILVER: Final = math.sqrt(2.0) - 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """How much of an area and time was watched.

    Invariants: `0 <= stated <= share <= 1`; `detection` is the least, over what was
    watched with a stated detection, of the best that watched it.
    """

    share: float
    stated: float  #: share watched by means whose detection is stated
    detection: float | None
    denied: bool  #: observation was refused in part of the area and time
    some: bool  #: something was watched, though its extent is not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is to be watched: kinds of event, in a sector's area, over a period."""

    kinds: tuple[str, ...]
    sector: str | None
    area: BaseGeometry | None  #: None where it has no bounds
    area_id: Hashable  #: tells one area from another
    period: Interval
    means: tuple[str, ...] | None = None  #: ids of the only means that could see it
    watchers: tuple[str, ...] = ()  #: ids of the means that its clause names
    known_at: datetime | None = None  #: nobody has watched after it [UTC]

    @property
    def over(self) -> datetime:
        """Return until when somebody may have watched."""
        end = self.period.end
        return end if self.known_at is None else min(end, self.known_at)


NOTHING: Final = Watched(
    share=0.0, stated=0.0, detection=None, denied=False, some=False
)


class Lookout:
    """The rows of coverage, and what each covers of an area once it was asked."""

    def __init__(self, coverage: Table, agreement: Agreement) -> None:
        """Order the rows by time.

        Args:
            coverage: Rows of kind `coverage`; may be empty.
            agreement: Sectors, and the detections its monitoring plan states.
        """
        self.agreement = agreement
        rows = [row for row in coverage.views() if isinstance(row, Coverage)]
        self.rows = sorted(rows, key=lambda row: (row.start, row.source, row.key))
        self._ends = np.array([row.end.timestamp() for row in self.rows])
        self._starts = np.array([row.start.timestamp() for row in self.rows])
        self._points: dict[Hashable, NDArray[np.float64]] = {}
        self._masks: dict[tuple[int, Hashable], Mask] = {}

    def with_rows(self, coverage: Table) -> "Lookout":
        """Return a lookout of the same agreement with other rows."""
        other = Lookout(coverage, self.agreement)
        other._points = self._points
        return other

    def during(self, scene: Scene) -> list[int]:
        """Return the positions of rows that watch what matters when it matters."""
        overlaps = (self._starts < scene.over.timestamp()) & (
            self._ends > scene.period.start.timestamp()
        )
        return [
            int(i)
            for i in np.flatnonzero(overlaps)
            if _notices(self.rows[i], scene, self.agreement.monitoring)
            and not self._elsewhere(int(i), scene)
        ]

    def _elsewhere(self, i: int, scene: Scene) -> bool:
        """Tell whether a row without a place is of another sector than a scene."""
        row = self.rows[i]
        named = sector_of(self.agreement, row.region) if row.at is None else None
        asked = scene.sector is not None
        return asked and named is not None and named != scene.sector

    def covers(self, i: int, scene: Scene) -> Mask:
        """Tell which points of a scene's area a row covers."""
        named = scene.area_id
        if named not in self._points:
            self._points[named] = even_points(scene.area)
        key = (i, (named, scene.sector))
        if key not in self._masks:
            points = self._points[named]
            self._masks[key] = _covers(self.rows[i], points, scene, self.agreement)
        return self._masks[key]


def _notices(row: Coverage, scene: Scene, known: Container[str | None]) -> bool:
    """Tell whether a row's means would notice every kind that a scene asks for.

    A means of the monitoring plan watches the clauses that name it, and no others.

    An event that only the agreement knows (an order, an act of reconnaissance) is
    not noticed by whoever watches for fire: only means its clause names count.
    """
    able = scene.means is None or row.means in scene.means
    if scene.watchers and row.means in known and row.means not in scene.watchers:
        able = False
    return able and all(is_a(kind, row.watched) for kind in scene.kinds)


def watched(scene: Scene, lookout: Lookout) -> Watched:
    """Return how much of a scene was watched.

    Args:
        scene: What is to be watched.
        lookout: Rows of coverage.

    Returns:
        Shares, least detection, and whether access was denied. A row without a
        place covers the whole of the sector its region names; with neither, it
        covers everything only where the agreement has no sectors.
    """
    start, end = microseconds(scene.period)
    during = lookout.during(scene) if scene.over > scene.period.start else []
    if not during:
        return NOTHING
    rows = [lookout.rows[i] for i in during]
    where = np.array([lookout.covers(i, scene) for i in during])
    last = start + (scene.over - scene.period.start) // _TICK
    times = [(a, min(b, last)) for a, b in (microseconds(row.interval) for row in rows)]
    cuts = np.unique(np.clip([start, end, *np.ravel(times)], start, end))
    lasts = np.diff(cuts) / (end - start)
    when = np.array([(a <= cuts[:-1]) & (cuts[1:] <= b) for a, b in times])
    return _summed(rows, (where, when), lasts, lookout.agreement)


def _summed(
    rows: Sequence[Coverage],
    masks: tuple[Mask, Mask],
    lasts: Floats,
    agreement: Agreement,
) -> Watched:
    where, when = masks
    seen = np.array([row.status == "observed" for row in rows])
    shut = np.array([row.status == "denied" for row in rows])
    refused = _cells(where, when, shut)
    any_row = _cells(where, when, seen) & ~refused
    best = np.full(any_row.shape, np.nan)
    for i, row in enumerate(rows):
        chance = _detection(row, agreement)
        if seen[i] and chance is not None:
            cell = np.outer(where[i], when[i]) & ~refused
            best[cell] = np.fmax(best[cell], chance)
    known = np.isfinite(best)
    weight = np.broadcast_to(lasts / any_row.shape[0], any_row.shape)
    return Watched(
        share=_rounded(weight[any_row].sum()),
        stated=_rounded(weight[known].sum()),
        detection=float(best[known].min()) if known.any() else None,
        denied=bool(shut.any()),
        some=bool(seen.any()),
    )


def _rounded(share: float) -> float:
    return min(1.0, round(float(share), 9))


def _cells(where: Mask, when: Mask, rows: Mask) -> Mask:
    """Return which points and stretches any of some rows covers."""
    a, b = where[rows].astype(np.float32), when[rows].astype(np.float32)
    return np.asarray(a.T @ b > 0)


def _detection(row: Coverage, agreement: Agreement) -> float | None:
    """Return a row's detection: its own, else the monitoring plan's for its means."""
    if row.detection is not None:
        return row.detection
    means = agreement.monitoring.get(row.means or "")
    return means.detection.probability if means and means.detection else None


def even_points(area: BaseGeometry | None) -> NDArray[np.float64]:
    """Return points that stand evenly for an area, always the same.

    Args:
        area: Polygon or multipolygon, WGS84; None for an area without bounds.

    Returns:
        Array (n, 2) of lon, lat; one point of NaN for no bounds, or where the
        area is too thin for any to fall inside.

    Source:
        Additive recurrence by the golden and silver ratios (Weyl 1916).
    """
    nowhere = np.full((1, 2), np.nan)
    if area is None or area.is_empty:
        return nowhere
    west, south, east, north = area.bounds
    box = max((east - west) * (north - south), 1e-12)
    tries = min(_MOST_TRIES, math.ceil(_POINTS * box / max(area.area, 1e-12)))
    index = np.arange(1, tries + 1)
    x = west + np.mod(index * _GOLDEN, 1.0) * (east - west)
    y = south + np.mod(index * _SILVER, 1.0) * (north - south)
    inside = shapely.contains_xy(area, x, y)
    return np.column_stack((x, y))[inside] if inside.any() else nowhere


def _covers(
    row: Coverage, points: NDArray[np.float64], scene: Scene, agreement: Agreement
) -> Mask:
    """Tell which points a row covers."""
    place = row.at
    if place is not None:
        return _within(place, points)
    own = row.region is None and scene.sector is None and row.means in scene.watchers
    if own or not agreement.sectors:
        return np.full(len(points), row.region is None)
    named = sector_of(agreement, row.region)
    if scene.sector is None:
        zones = [s.zone for s in agreement.sectors if s.id == named]
        inside = [zone.contains(points[:, 0], points[:, 1]) for zone in zones]
        return inside[0] if inside else np.zeros(len(points), dtype=bool)
    return np.full(len(points), named is not None and named == scene.sector)


def _within(place: Place, points: NDArray[np.float64]) -> Mask:
    """Tell which points lie in a watched circle, sector or polygon."""
    lon, lat = points[:, 0], points[:, 1]
    match place.shape:
        case Area(ring=ring):
            return np.asarray(shapely.intersects_xy(shapely.Polygon(ring), lon, lat))
        case Sector() as fan:
            return _in_fan(fan, lon, lat)
        case _:
            away = distance_m(np.full(lon.shape, place.lon), place.lat, lon, lat)
            return np.asarray(away <= place.radius_m)


def _in_fan(fan: Sector, lon: Floats, lat: Floats) -> Mask:
    away = distance_m(fan.origin_lon, fan.origin_lat, lon, lat)
    bearing = bearing_deg(fan.origin_lon, fan.origin_lat, lon, lat)
    turned = np.mod(bearing - fan.bearing_from_deg, 360.0) <= fan.width_deg
    near = (away >= fan.distance_from_m) & (away <= fan.distance_to_m)
    return np.asarray(near & turned)
