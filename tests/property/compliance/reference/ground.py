"""Where a place lies, under its error, by many points of it on a plane about it.

Nothing here knows of the engine's drawings: a buffer is what lies within a distance of
its line, a band what lies on one side of it between two distances.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Proj
from shapely.geometry.base import BaseGeometry

from pamiers.agreement.model import (
    AllOf,
    Everywhere,
    InZones,
    NearLine,
    OutsideZones,
    Where,
)
from pamiers.core.place import Ellipse, Place, Sector

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
RINGS = 150
SIGMA = math.sqrt(-2.0 * math.log(0.05))  #: radii that hold 95 % are so many
GLOBE = Geod(ellps="WGS84")


@dataclass(frozen=True)
class Drawing:
    """An area as a text describes it, or a line; from an instant on."""

    shape: BaseGeometry  #: polygon, or the line it is measured from
    form: str  #: polygon, buffer, north, line
    from_m: float = 0.0
    to_m: float = 0.0
    tolerance_m: float = 0.0
    from_at: datetime | None = None  #: None: from the beginning


Atlas = Mapping[str, tuple[Drawing, ...]]  #: id -> drawings, a later one goes before


def as_of(drawings: tuple[Drawing, ...], at: datetime) -> Drawing:
    """Return the last drawing that holds at an instant; the last of all for none."""
    held = [d for d in drawings if d.from_at is None or d.from_at <= at]
    return (held or list(drawings))[-1]


@dataclass(frozen=True)
class Cloud:
    """Points that stand evenly for a place and its error, on a plane about it [m]."""

    place: Place

    @cached_property
    def plane(self) -> Proj:
        lon, lat = self.place.lon, self.place.lat
        return Proj(proj="aeqd", lat_0=lat, lon_0=lon, datum="WGS84", units="m")

    @cached_property
    def points(self) -> Floats:
        share = (np.arange(RINGS) + 0.5) / RINGS
        r, t = (each.ravel() for each in np.meshgrid(share, share))
        match self.place.shape:
            case Sector() as fan:
                inner, outer = fan.distance_from_m**2, fan.distance_to_m**2
                away = np.sqrt(inner + r * (outer - inner))
                bearing = fan.bearing_from_deg + t * fan.width_deg
                lon = np.full(away.shape, fan.origin_lon)
                lat = np.full(away.shape, fan.origin_lat)
                east, north, _ = GLOBE.fwd(lon, lat, bearing, away)
                return np.column_stack(self.plane(east, north))
            case Ellipse(major_m=major, minor_m=minor, azimuth_deg=azimuth):
                pass
            case _:
                major, minor, azimuth = self.place.radius_m, self.place.radius_m, 0.0
        reach = np.sqrt(-2.0 * np.log1p(-r)) / SIGMA
        turn = 2.0 * np.pi * t
        along, across = reach * np.cos(turn) * major, reach * np.sin(turn) * minor
        tilt = math.radians(azimuth)
        east = along * math.sin(tilt) + across * math.cos(tilt)
        north = along * math.cos(tilt) - across * math.sin(tilt)
        return np.column_stack((east, north))

    def laid(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a shape on the plane; its edges are straight in lon and lat."""
        fine = shapely.segmentize(shape, 0.01)
        return shapely.transform(fine, lambda p: np.column_stack(self.plane(*p.T)))

    def depth(self, drawn: Drawing) -> Floats:
        """Return how deep inside an area each point lies [m]; negative outside."""
        laid = self.laid(drawn.shape)
        points = shapely.points(self.points)
        if drawn.form == "polygon":
            away = shapely.distance(shapely.boundary(laid), points)
            inside = shapely.intersects_xy(laid, *self.points.T)
            return np.asarray(np.where(inside, away, -away))
        away = shapely.distance(laid, points)
        if drawn.form in {"buffer", "line"}:
            return np.asarray(drawn.to_m - away)
        east, north = self.points.T
        lon, lat = self.plane(east, north, inverse=True)
        edge = np.array(drawn.shape.coords)
        signed = np.where(lat > np.interp(lon, *edge.T), away, -away)
        return np.asarray(np.minimum(drawn.to_m - signed, signed - drawn.from_m))


@dataclass(frozen=True)
class Ground:
    """Everything drawn, and where a clause holds of it."""

    atlas: Atlas

    def holds(
        self, where: Where, place: Place | None, whose: str | None, at: datetime
    ) -> tuple[float, float]:
        """Return bounds on the probability that a place lies where a clause holds."""
        if isinstance(where, Everywhere):
            return 1.0, 1.0
        if place is None:
            return 0.0, 1.0
        cloud = Cloud(place)
        low, high = self._lies(cloud, where, whose, at)
        return float(low.mean()), float(high.mean())

    def _lies(
        self, cloud: Cloud, where: Where, whose: str | None, at: datetime
    ) -> tuple[Mask, Mask]:
        match where:
            case InZones(names):
                drawn = [as_of(self.atlas[name], at) for name in names]
                return self._any(cloud, drawn)
            case OutsideZones(names):
                drawn = [as_of(self.atlas[name], at) for name in names]
                low, high = self._any(cloud, drawn)
                return ~high, ~low
            case NearLine(lines, distance_m):
                own = lines.get(whose or "")
                mine = [own] if own else list(lines.values())
                near = [as_of(self.atlas[name], at) for name in dict.fromkeys(mine)]
                away = [distance_m + cloud.depth(each) for each in near]
                off = [each.tolerance_m for each in near]
                sure = [a - t >= 0 for a, t in zip(away, off, strict=True)]
                may = [a + t >= 0 for a, t in zip(away, off, strict=True)]
                return np.all(sure, axis=0), np.any(may, axis=0)
            case AllOf(parts):
                told = [self._lies(cloud, part, whose, at) for part in parts]
                lows, highs = zip(*told, strict=True)
                return np.all(lows, axis=0), np.all(highs, axis=0)
            case _:
                raise AssertionError(where)

    def _any(self, cloud: Cloud, drawn: list[Drawing]) -> tuple[Mask, Mask]:
        told = [(cloud.depth(each), each.tolerance_m) for each in drawn]
        low = np.any([depth - off >= 0 for depth, off in told], axis=0)
        return low, np.any([depth + off >= 0 for depth, off in told], axis=0)


@cache
def nowhere() -> Ground:
    return Ground({})
