"""Zones and lines on the ground: what lies inside, how far away, drawn when.

Geometry is WGS84 (EPSG:4326), lon before lat. Edges between vertices are straight
in longitude and latitude, as RFC 7946 section 3.1.1 says. Distances are geodesic,
in metres.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Final, TypeVar

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from pamiers.agreement.map_plane import MapPlane
from pamiers.agreement.shapes import Plane, Rows, buffer, edges
from pamiers.agreement.values.moment import Moment
from pamiers.core.geodesy import Degrees, Metres, distance_m

Mask = NDArray[np.bool_]

#: mean radius of the earth [m]; only for how far a plane distorts
_EARTH_M: Final = 6_371_000.0
_PLUS_M: Final = 5.0  #: added to what is searched for nearer edges


class Ruler:
    """Measures how far points lie from the edges of one geometry.

    The nearest edges are sought on a plane; since a plane distorts, all that might
    be nearest are kept, and the distance to the foot on each is measured on the
    ellipsoid. An error of the foot enters the distance only squared.
    """

    def __init__(self, shape: BaseGeometry) -> None:
        """Prepare the edges of a line, or of the boundary of a polygon."""
        middle = shapely.centroid(shapely.envelope(shape))
        self._plane = Plane(float(middle.x), float(middle.y))
        starts, ends = edges(shape)
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
            found[known] = self._nearest(east[known], north[known])
        return found

    def _nearest(self, lon: Degrees, lat: Degrees) -> Metres:
        flat = self._plane.flatten(lon, lat)
        points = shapely.points(flat)
        _, first = self._tree.query_nearest(points, all_matches=False)
        foot = self._foot(flat, first)
        best = distance_m(lon, lat, foot[:, 0], foot[:, 1])
        reach = _flat_m(flat, self._start[first]) * (1 + self._distortion(flat))
        which, edge = self._tree.query(points, "dwithin", distance=reach + _PLUS_M)
        foot = self._foot(flat[which], edge)
        away = distance_m(lon[which], lat[which], foot[:, 0], foot[:, 1])
        np.minimum.at(best, which, away)
        return best

    def _distortion(self, flat: Rows) -> NDArray[np.float64]:
        """Return by what share the plane may misjudge distances near points."""
        furthest = np.hypot(flat[:, 0], flat[:, 1])
        return (furthest / _EARTH_M) ** 2 / 3

    def _foot(self, flat: Rows, nearest: NDArray[np.int64]) -> Rows:
        start, along = self._start[nearest], self._along[nearest]
        squared = np.maximum((along**2).sum(axis=1), 1e-12)
        share = np.clip(((flat - start) * along).sum(axis=1) / squared, 0.0, 1.0)
        return self._plane.raise_up(start + share[:, None] * along)


def _flat_m(a: Rows, b: Rows) -> NDArray[np.float64]:
    return np.asarray(np.hypot(a[:, 0] - b[:, 0], a[:, 1] - b[:, 1]))


@dataclass(frozen=True, kw_only=True)
class Zone:
    """An area with a rule, or a sector of reports.

    Invariants: `shape` is a valid polygon or multipolygon; a point on its boundary
    counts as inside, so that no gap lies between two zones that touch. Where the
    zone was drawn anew, `versions` has each drawing with its time, and `shape` is
    the newest; `at` says which held when.
    """

    id: str
    title: dict[str, str]  #: language code to name
    shape: BaseGeometry = field(repr=False)  #: WGS84, lon lat
    tolerance_m: float = 0.0  #: how far off the drawn edge may be from the agreed
    from_at: datetime | None = None  #: UTC; None where the text sets no beginning
    until_at: datetime | None = None  #: UTC; None where the text sets no end
    from_: Moment | None = None
    until: Moment | None = None
    versions: "tuple[Zone, ...]" = ()  #: a later one goes before an earlier

    @cached_property
    def _ruler(self) -> Ruler:
        return Ruler(self.shape)

    def at(self, instant: datetime) -> "Zone | None":
        """Return the zone as it was drawn at an instant; None where it was not."""
        return _drawn_at(self, self.versions, instant)

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
    """A line that distances are measured from, as drawn for a span of time.

    Invariant: where it was drawn anew, `versions` has each drawing with its time,
    and `shape` is the newest.
    """

    id: str
    title: dict[str, str]  #: language code to name
    shape: BaseGeometry = field(repr=False)  #: line or lines, WGS84, lon lat
    tolerance_m: float = 0.0  #: how far off the drawn line may be from the agreed
    as_of: str = ""  #: date or span the drawing stands for, as its source says
    from_at: datetime | None = None  #: UTC; None where the text sets no beginning
    until_at: datetime | None = None  #: UTC; None where the text sets no end
    from_: Moment | None = None
    until: Moment | None = None
    plane: MapPlane | None = None  #: None: along the geodesic
    versions: "tuple[Line, ...]" = ()  #: a later one goes before an earlier

    @cached_property
    def _ruler(self) -> Ruler:
        return Ruler(self.shape)

    def at(self, instant: datetime) -> "Line | None":
        """Return the line as it was drawn at an instant; None where it was not."""
        return _drawn_at(self, self.versions, instant)

    def distance_m(self, lon: ArrayLike, lat: ArrayLike) -> Metres:
        """Return the distance of points to the line.

        Args:
            lon: Longitudes [deg], shape (n,).
            lat: Latitudes [deg], shape (n,).

        Returns:
            Distances [m], shape (n,); NaN where a coordinate is NaN; empty for no
            points. Within 1 m per 100 km of an exhaustive geodesic search (tested);
            on a map plane where the agreement measures so.
        """
        if self.plane is not None:
            return self.plane.distance_m(self.shape, lon, lat)
        return self._ruler.distance_m(lon, lat)

    def band(self, metres: float) -> BaseGeometry:
        """Return the area within a distance of the line, both sides.

        Args:
            metres: Distance, positive [m].

        Returns:
            Polygon or multipolygon, WGS84; its edge lies within 1 m per 100 km of
            the distance asked for (tested).
        """
        if self.plane is not None:
            return self.plane.band(self.shape, metres)
        return buffer(self.shape, metres)


_Drawn = TypeVar("_Drawn", Zone, Line)


def _drawn_at(
    newest: _Drawn, versions: Sequence[_Drawn], instant: datetime
) -> _Drawn | None:
    """Return the last version that holds at an instant, or what has no versions."""
    for each in reversed(versions or (newest,)):
        begun = _begun(each, instant)
        if begun and (each.until_at is None or instant < each.until_at):
            return each
    return None


def _begun(drawn: Zone | Line, instant: datetime) -> bool:
    """Tell whether a drawing held by an instant; one that waits for an event, not."""
    if drawn.from_at is None:
        return drawn.from_ is None
    return drawn.from_at <= instant
