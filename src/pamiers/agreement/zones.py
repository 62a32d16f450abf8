"""Zones and lines on the ground: what lies inside, how far away, which band.

Geometry is WGS84 (EPSG:4326), lon before lat. Edges between vertices are straight
in longitude and latitude, as RFC 7946 section 3.1.1 says. Distances are geodesic,
in metres; bands are drawn on azimuthal equidistant planes (Snyder 1987, p. 191)
laid on pieces short enough that scale errs by less than one part in ten thousand.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Final

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from pyproj import Proj
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from pamiers.core.geodesy import Degrees, Metres, distance_m

Mask = NDArray[np.bool_]

#: longest straight edge before it is divided [deg]; about 2 km
_EDGE_DEG: Final = 0.02
#: longest piece of a line drawn on one plane [deg]; about 150 km
_PIECE_DEG: Final = 1.5
#: segments per quarter circle of a band's rounded end: 0.03 % short at most
_ARC: Final = 32


class Plane:
    """An azimuthal equidistant plane about one point, metres east and north."""

    def __init__(self, lon: float, lat: float) -> None:
        """Lay the plane on a point given in degrees."""
        self._proj = Proj(proj="aeqd", lat_0=lat, lon_0=lon, datum="WGS84", units="m")

    def flatten(self, lon: Degrees, lat: Degrees) -> NDArray[np.float64]:
        """Return points as an array of shape (n, 2): east, north [m]."""
        return np.column_stack(self._proj(lon, lat))

    def raise_up(self, metres: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return plane points (n, 2) as lon, lat [deg]."""
        return np.column_stack(self._proj(metres[:, 0], metres[:, 1], inverse=True))


class Ruler:
    """Measures how far points lie from the edges of one geometry.

    The nearest foot is sought on a plane, then the distance to it is measured on
    the ellipsoid: an error of the foot enters the distance only squared.
    """

    def __init__(self, shape: BaseGeometry) -> None:
        """Prepare the edges of a line, or of the boundary of a polygon."""
        middle = shapely.centroid(shapely.envelope(shape))
        self._plane = Plane(float(middle.x), float(middle.y))
        starts, ends = _edges(shape)
        self._start = self._plane.flatten(starts[:, 0], starts[:, 1])
        self._along = self._plane.flatten(ends[:, 0], ends[:, 1]) - self._start
        pairs = np.stack([self._start, self._start + self._along], axis=1)
        self._tree = shapely.STRtree(shapely.linestrings(pairs))

    def distance_m(self, lon: ArrayLike, lat: ArrayLike) -> Metres:
        """Return the geodesic distance of each point to the nearest edge [m]."""
        east, north = np.atleast_1d(
            np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
        )
        found = np.full(east.shape, np.nan)
        known = np.isfinite(east) & np.isfinite(north)
        if known.any():
            foot = self._foot(east[known], north[known])
            found[known] = distance_m(east[known], north[known], foot[:, 0], foot[:, 1])
        return found

    def _foot(self, lon: Degrees, lat: Degrees) -> NDArray[np.float64]:
        flat = self._plane.flatten(lon, lat)
        nearest = self._tree.nearest(shapely.points(flat))
        start, along = self._start[nearest], self._along[nearest]
        squared = np.maximum((along**2).sum(axis=1), 1e-12)
        share = np.clip(((flat - start) * along).sum(axis=1) / squared, 0.0, 1.0)
        return self._plane.raise_up(start + share[:, None] * along)


@dataclass(frozen=True, kw_only=True)
class Zone:
    """An area with a rule, or a sector of reports.

    Invariant: `shape` is a valid polygon or multipolygon; a point on its boundary
    counts as inside, so that no gap lies between two zones that touch.
    """

    id: str
    title: dict[str, str]  #: language code to name
    shape: BaseGeometry = field(repr=False)  #: WGS84, lon lat
    tolerance_m: float = 0.0  #: how far off the drawn edge may be from the agreed

    @cached_property
    def _ruler(self) -> Ruler:
        return Ruler(self.shape)

    def contains(self, lon: ArrayLike, lat: ArrayLike) -> Mask:
        """Tell which points lie inside or on the edge; False for NaN.

        Args:
            lon: Longitudes [deg], shape (n,).
            lat: Latitudes [deg], shape (n,).

        Returns:
            Truth values, shape (n,); empty for no points.
        """
        east, north = np.atleast_1d(
            np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
        )
        shapely.prepare(self.shape)
        return np.asarray(shapely.intersects_xy(self.shape, east, north), dtype=bool)

    def edge_distance_m(self, lon: ArrayLike, lat: ArrayLike) -> Metres:
        """Return the distance to the edge, inside or out; NaN for NaN [m]."""
        return self._ruler.distance_m(lon, lat)

    def margin_m(self, lon: ArrayLike, lat: ArrayLike) -> Metres:
        """Return how deep inside each point lies; negative outside [m]."""
        away = self.edge_distance_m(lon, lat)
        return np.where(self.contains(lon, lat), away, -away)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line that distances are measured from, as drawn for a span of time."""

    id: str
    title: dict[str, str]  #: language code to name
    shape: BaseGeometry = field(repr=False)  #: line or lines, WGS84, lon lat
    tolerance_m: float = 0.0  #: how far off the drawn line may be from the agreed
    as_of: str = ""  #: date or span the drawing stands for, as its source says
    from_at: datetime | None = None  #: UTC; None where the text sets no beginning
    until_at: datetime | None = None  #: UTC; None where the text sets no end

    @cached_property
    def _ruler(self) -> Ruler:
        return Ruler(self.shape)

    def distance_m(self, lon: ArrayLike, lat: ArrayLike) -> Metres:
        """Return the geodesic distance of points to the line.

        Args:
            lon: Longitudes [deg], shape (n,).
            lat: Latitudes [deg], shape (n,).

        Returns:
            Distances [m], shape (n,); NaN where a coordinate is NaN; empty for no
            points. Within 0.1 % of an exhaustive geodesic search (tested).
        """
        return self._ruler.distance_m(lon, lat)

    def band(self, metres: float) -> BaseGeometry:
        """Return the area within a distance of the line, both sides.

        Args:
            metres: Distance, positive [m].

        Returns:
            Polygon or multipolygon, WGS84; its edge lies within 0.1 % of the
            distance asked for (tested).
        """
        return shapely.union_all([_strip(piece, metres) for piece in _pieces(self)])


def _edges(shape: BaseGeometry) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return starts and ends (n, 2) of short edges, lon lat [deg]."""
    edge = shapely.boundary(shape) if shape.area else shape
    parts = shapely.get_parts(shapely.segmentize(edge, _EDGE_DEG))
    rows = [shapely.get_coordinates(part) for part in parts]
    return np.vstack([r[:-1] for r in rows]), np.vstack([r[1:] for r in rows])


def _pieces(line: Line) -> Iterator[NDArray[np.float64]]:
    """Yield runs of vertices (n, 2) that overlap by one and fit one plane."""
    per_piece = int(_PIECE_DEG / _EDGE_DEG)
    for part in shapely.get_parts(shapely.segmentize(line.shape, _EDGE_DEG)):
        row = shapely.get_coordinates(part)
        for first in range(0, len(row) - 1, per_piece):
            yield row[first : first + per_piece + 1]


def _strip(piece: NDArray[np.float64], metres: float) -> BaseGeometry:
    lon, lat = piece[len(piece) // 2]
    plane = Plane(float(lon), float(lat))
    flat = LineString(plane.flatten(piece[:, 0], piece[:, 1]))
    strip = shapely.buffer(flat, metres, quad_segs=_ARC)
    return shapely.transform(strip, plane.raise_up)
