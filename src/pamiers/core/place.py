"""Where something is, and how uncertain that is.

A place is a WGS84 point with a shape of uncertainty round it. Four shapes are
known: a circle, an ellipse, a sector (bearing and distance from a named point)
and a polygon. Each reduces to one radius for quick work, and to points that
stand for it evenly where its form matters (how much of it lies in a zone?).
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from pamiers.core.errors import MalformedSourceError, Where
from pamiers.core.geodesy import destination, distance_m

#: share of the probability that lies within `radius_m`
CONTAINED: Final = 0.95
#: `radius_m` is this many standard deviations of a round normal error: sqrt(-2 ln .05)
RADII_PER_SIGMA: Final = math.sqrt(-2.0 * math.log(1.0 - CONTAINED))
_GOLDEN: Final = (math.sqrt(5.0) - 1.0) / 2.0
_FULL_TURN: Final = 360.0
_MAX_LAT: Final = 90.0
_MAX_LON: Final = 180.0
_CORNERS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ellipse:
    """A normal error that is longer in one direction; axes hold 95 %."""

    major_m: float
    minor_m: float
    azimuth_deg: float  #: of the major axis, clockwise from true north


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """Somewhere between two bearings and two distances from a point.

    The origin is where the bearing was taken. Where the origin is an observer's
    position it is confidential, and is not kept here but in the observation.
    """

    origin_lon: float
    origin_lat: float
    bearing_from_deg: float  #: clockwise from here ...
    bearing_to_deg: float  #: ... to here
    distance_from_m: float
    distance_to_m: float

    @property
    def width_deg(self) -> float:
        """Return the angle swept clockwise, in (0, 360] [deg]."""
        width = (self.bearing_to_deg - self.bearing_from_deg) % _FULL_TURN
        return width or _FULL_TURN


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Somewhere inside a ring of points, lon and lat in degrees."""

    ring: tuple[tuple[float, float], ...]


Shape = Ellipse | Sector | Area


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point, WGS84 degrees, with the radius that holds it 95 times in 100.

    Invariant: `radius_m` is positive; `shape`, where given, is the finer truth
    and `lon, lat, radius_m` are derived from it.
    """

    lon: float
    lat: float
    radius_m: float
    shape: Shape | None = None
    name: str | None = None

    def __post_init__(self) -> None:
        """Refuse coordinates off the globe and a radius that says nothing."""
        on_globe = abs(self.lat) <= _MAX_LAT and abs(self.lon) <= _MAX_LON
        if not on_globe or not math.isfinite(self.radius_m) or self.radius_m <= 0:
            raise MalformedSourceError(
                Where("place", field=self.name),
                expected="a point on the globe with a positive radius in metres",
                got=f"lat {self.lat}, lon {self.lon}, radius {self.radius_m}",
                remedy="Check the order of the coordinates and the unit.",
            )

    @property
    def sigma_m(self) -> float:
        """Return the standard deviation along each axis of the round error [m]."""
        return self.radius_m / RADII_PER_SIGMA


def in_sector(sector: Sector, *, name: str | None = None) -> Place:
    """Return the place that a bearing and a distance from a point describe.

    Args:
        sector: Bearings and distances.
        name: What to call it.

    Returns:
        Centre of mass of the sector, and the radius about it that holds 95 %.
    """
    points = _sector_points(sector, 512)
    return _summary(points, sector, name)


def in_area(area: Area, *, name: str | None = None) -> Place:
    """Return the place of something known only to lie inside a ring.

    Args:
        area: Ring of at least three corners.
        name: What to call it.

    Returns:
        Centre of mass, and the radius about it that holds 95 %.

    Raises:
        MalformedSourceError: The ring has fewer than three corners or crosses
            itself.
    """
    ring = shapely.Polygon(area.ring) if len(area.ring) >= _CORNERS else None
    if ring is None or not ring.is_valid or ring.area == 0:
        raise MalformedSourceError(
            Where("area", field=name),
            expected="a ring of three or more corners that does not cross itself",
            got=f"{len(area.ring)} corners",
            remedy="Redraw the ring.",
        )
    return _summary(_area_points(area, 512), area, name)


def sample_points(place: Place, n: int = 256) -> NDArray[np.float64]:
    """Return points that stand for a place with equal weight, always the same.

    Args:
        place: A place; its shape decides how the points lie.
        n: How many, at least 16.

    Returns:
        Array `(n, 2)` of lon, lat [deg]: a normal error for circle and ellipse,
        an even spread for sector and area. Area-shaped places may give fewer.

    Source:
        Golden-ratio additive sequence (Weyl), a low-discrepancy set in the plane.
    """
    match place.shape:
        case Sector():
            return _sector_points(place.shape, n)
        case Area():
            return _area_points(place.shape, n)
        case Ellipse() as ellipse:
            axes = (ellipse.major_m, ellipse.minor_m, ellipse.azimuth_deg)
        case _:
            axes = (place.radius_m, place.radius_m, 0.0)
    return _normal_points((place.lon, place.lat), axes, n)


def _even(n: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    index = np.arange(n, dtype=np.float64)
    return (index + 0.5) / n, np.mod((index + 0.5) * _GOLDEN, 1.0)


def _normal_points(
    at: tuple[float, float], axes: tuple[float, float, float], n: int
) -> NDArray[np.float64]:
    quantile, turn = _even(n)
    reach = np.sqrt(-2.0 * np.log1p(-quantile)) / RADII_PER_SIGMA
    angle = 2.0 * math.pi * turn
    along = reach * np.cos(angle) * axes[0]
    across = reach * np.sin(angle) * axes[1]
    metres = np.hypot(along, across)
    bearing = np.degrees(np.arctan2(across, along)) + axes[2]
    return np.column_stack(destination(at[0], at[1], bearing, metres))


def _sector_points(sector: Sector, n: int) -> NDArray[np.float64]:
    share, turn = _even(n)
    inner, outer = sector.distance_from_m**2, sector.distance_to_m**2
    metres = np.sqrt(inner + share * (outer - inner))
    bearing = sector.bearing_from_deg + turn * sector.width_deg
    at = destination(sector.origin_lon, sector.origin_lat, bearing, metres)
    return np.column_stack(at)


def _area_points(area: Area, n: int) -> NDArray[np.float64]:
    ring = shapely.Polygon(area.ring)
    west, south, east, north = ring.bounds
    wanted = math.ceil(n * (east - west) * (north - south) / ring.area)
    x, y = _even(wanted)
    points = np.column_stack((west + x * (east - west), south + y * (north - south)))
    inside: NDArray[np.bool_] = shapely.contains_xy(ring, points)
    return points[inside]


def _summary(points: NDArray[np.float64], shape: Shape, name: str | None) -> Place:
    lon, lat = points.mean(axis=0)
    reach = distance_m(lon, lat, points[:, 0], points[:, 1])
    return Place(
        lon=round(float(lon), 7),
        lat=round(float(lat), 7),
        radius_m=max(1.0, round(float(np.quantile(reach, CONTAINED)), 1)),
        shape=shape,
        name=name,
    )
