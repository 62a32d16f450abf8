"""Areas made from lines and places: buffers, bands, discs, hulls.

Geometry is WGS84 (EPSG:4326), lon before lat; edges between vertices are straight
in longitude and latitude, as RFC 7946 section 3.1.1 says. Distances are laid off on
azimuthal equidistant planes (Snyder 1987, p. 191), each on a piece of line so short
that the edge of a 100 km band errs by about a metre (tested against pyproj's
geodesics). What a line divides is divided by the line itself, not by a copy on a
plane.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Proj
from shapely.geometry import LineString, MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry

from pamiers.agreement.meridian import made
from pamiers.core.errors import MalformedAgreementError
from pamiers.core.geodesy import Degrees, bearing_deg, destination, distance_m

Rows = NDArray[np.float64]  #: shape (n, 2)

#: longest straight edge before it is divided [deg]; about 2 km
EDGE_DEG: Final = 0.02
_EDGE_M: Final = 2_000.0
#: longest piece of a line drawn on one plane [deg]; about 30 km
_PIECE_DEG: Final = 0.3
#: segments per quarter circle: the chord lies 1 part in 100,000 inside the arc
_ARC: Final = 180
#: how far a vertex may be left out [deg]; 0.1 m
_SLACK_DEG: Final = 1e-6
#: beyond the ends of a line, how much further than a band it divides the ground
_BEYOND: Final = 1.5
#: step off a line at which its sides are told apart [deg]; 0.1 m
_STEP_DEG: Final = 1e-6
#: least share of a compass direction in that across a line
_CLEAR: Final = 0.25
COMPASS: Final = {"north": (0, 1), "east": (1, 0), "south": (0, -1), "west": (-1, 0)}


class Plane:
    """An azimuthal equidistant plane about one point, metres east and north."""

    def __init__(self, lon: float, lat: float) -> None:
        """Lay the plane on a point given in degrees."""
        self._proj = Proj(proj="aeqd", lat_0=lat, lon_0=lon, datum="WGS84", units="m")

    def flatten(self, lon: Degrees, lat: Degrees) -> Rows:
        """Return points as an array of shape (n, 2): east, north [m]."""
        return np.column_stack(self._proj(lon, lat))

    def raise_up(self, metres: Rows) -> Rows:
        """Return plane points (n, 2) as lon, lat [deg]."""
        return np.column_stack(self._proj(metres[:, 0], metres[:, 1], inverse=True))


@lru_cache(maxsize=512)
def buffer(shape: BaseGeometry, metres: float) -> BaseGeometry:
    """Return the area within a distance of a line, on both sides.

    Args:
        shape: Line or lines.
        metres: Distance, positive [m].

    Returns:
        Polygon or multipolygon; its edge lies at the distance asked for, to about
        one part in 100,000.
    """
    return made([shape], lambda drawn: _buffer(drawn, metres))


def _buffer(shape: BaseGeometry, metres: float) -> BaseGeometry:
    strips = [_strip(piece, metres) for piece in _pieces(shape)]
    return _slim(shapely.union_all(strips))


def band(shape: BaseGeometry, side: str, from_m: float, to_m: float) -> BaseGeometry:
    """Return the area on one side of a line, between two distances from it.

    Args:
        shape: Line or lines; several that meet end to end are taken as one.
        side: left or right, as the line is drawn; or north, east, south, west.
        from_m: Nearer edge [m]; 0 for the line itself.
        to_m: Further edge [m].

    Returns:
        Polygon or multipolygon. Beyond its ends the line goes straight on.

    Raises:
        MalformedAgreementError: The line runs too nearly towards a compass side.
    """
    return made([shape], lambda drawn: _band(drawn, side, from_m, to_m))


def _band(shape: BaseGeometry, side: str, from_m: float, to_m: float) -> BaseGeometry:
    near = shapely.union_all([_side(row, side, to_m) for row in runs(shape)])
    return _slim(shapely.difference(near, _buffer(shape, from_m)) if from_m else near)


def around(places: Sequence[tuple[float, float]], metres: float) -> BaseGeometry:
    """Return the area within a distance of any of some places.

    Args:
        places: lon, lat [deg]; at least one.
        metres: Distance, positive [m].

    Returns:
        Polygon or multipolygon.
    """
    discs = [_disc(lon, lat, metres) for lon, lat in places]
    return _slim(shapely.union_all(discs))


def _disc(lon: float, lat: float, metres: float) -> BaseGeometry:
    turns = np.arange(0.0, 360.0, 90.0 / _ARC)

    def drawn(centre: Point) -> BaseGeometry:
        edge = destination(centre.x, centre.y, turns, metres)
        return Polygon(np.column_stack(edge))

    return made([Point(lon, lat)], drawn)


def hull(places: Sequence[tuple[float, float]]) -> BaseGeometry:
    """Return the smallest convex area that holds some places, edges included.

    Raises:
        MalformedAgreementError: Fewer than three, or all on one line.
    """
    found = made([MultiPoint(list(places))], lambda points: points.convex_hull)
    if not found.area:
        raise MalformedAgreementError(
            "hull",
            expected="at least three places that do not lie on one line",
            got=f"{len(places)} that bound no area",
            remedy="Name the places that bound the area, or draw it.",
        )
    return found


def between(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """Return the area between two lines, closed from end to nearer end.

    Args:
        one: A line.
        other: Another, in either direction.

    Returns:
        Polygon, or several where it lies across the antimeridian.

    Raises:
        MalformedAgreementError: The lines are in several parts, or cross.
    """
    return made([one, other], _between)


def _between(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    there, back = list(runs(one)), list(runs(other))
    rows = [*there, *back]
    found = Polygon()
    if len(there) == len(back) == 1:
        ways = (back[0], back[0][::-1])
        nearer = min(ways, key=lambda way: _gap_m(there[0], way))
        found = Polygon(np.vstack([there[0], nearer]))
    if not found.is_valid or found.is_empty:
        raise MalformedAgreementError(
            "between",
            expected="two lines in one part each that bound an area between them",
            got=f"{len(rows)} parts" if len(rows) > 2 else "lines that cross",  # noqa: PLR2004 - a pair
            remedy="Draw the area, or lines that do not cross.",
        )
    return found


def _gap_m(there: Rows, back: Rows) -> float:
    """Return the length of the two straight edges that close a ring [m]."""
    ends, starts = np.array([there[-1], back[-1]]), np.array([back[0], there[0]])
    gaps = distance_m(ends[:, 0], ends[:, 1], starts[:, 0], starts[:, 1])
    return float(gaps.sum())


def side_of(rows: Rows, side: str) -> str:
    """Return which side of a line, left or right, a side by name is.

    Args:
        rows: Vertices of the line, shape (n, 2), lon lat [deg].
        side: left, right, north, east, south or west.

    Returns:
        left or right, as the line is drawn.

    Raises:
        MalformedAgreementError: The line is closed, or runs too nearly towards that
            side for it to have one.
    """
    if side not in COMPASS:
        return side
    (lon, lat), (to_lon, to_lat) = rows[0], rows[-1]
    bearing = np.radians(float(np.squeeze(bearing_deg(lon, lat, to_lon, to_lat))))
    east, north = COMPASS[side]
    leftward = -np.cos(bearing) * east + np.sin(bearing) * north
    if np.allclose(rows[0], rows[-1]) or abs(leftward) < _CLEAR:
        raise MalformedAgreementError(
            "side",
            expected=f"a line that has a {side} side",
            got="one that closes, or runs nearly that way",
            remedy="Write left or right, as the line is drawn from its first point.",
        )
    return "left" if leftward > 0 else "right"


def edges(shape: BaseGeometry) -> tuple[Rows, Rows]:
    """Return starts and ends (n, 2) of short edges of a line or boundary [deg]."""
    edge = shapely.boundary(shape) if shape.area else shape
    parts = shapely.get_parts(shapely.segmentize(edge, EDGE_DEG))
    rows = [shapely.get_coordinates(part) for part in parts]
    return np.vstack([r[:-1] for r in rows]), np.vstack([r[1:] for r in rows])


def _slim(shape: BaseGeometry) -> BaseGeometry:
    return shapely.simplify(shape, _SLACK_DEG, preserve_topology=True)


def _pieces(shape: BaseGeometry) -> Iterator[Rows]:
    """Yield runs of vertices (n, 2) that overlap by one and fit one plane."""
    per_piece = int(_PIECE_DEG / EDGE_DEG)
    for part in shapely.get_parts(shapely.segmentize(shape, EDGE_DEG)):
        row = shapely.get_coordinates(part)
        for first in range(0, len(row) - 1, per_piece):
            yield row[first : first + per_piece + 1]


def _strip(piece: Rows, metres: float) -> BaseGeometry:
    lon, lat = piece[len(piece) // 2]
    plane = Plane(float(lon), float(lat))
    flat = LineString(plane.flatten(piece[:, 0], piece[:, 1]))
    strip = shapely.buffer(flat, metres, quad_segs=_ARC)
    return shapely.transform(shapely.segmentize(strip, _EDGE_M), plane.raise_up)


def runs(shape: BaseGeometry) -> Iterator[Rows]:
    """Yield the vertices (n, 2) of each line, joined where they meet end to end."""
    joined = (
        shapely.line_merge(shape, directed=True) if shape.geom_type[0] == "M" else shape
    )
    for part in shapely.get_parts(joined):
        yield shapely.get_coordinates(part)


def _side(rows: Rows, side: str, metres: float) -> BaseGeometry:
    """Return the part of a line's buffer that lies on one side of it."""
    wanted = side_of(rows, side)
    line = LineString(rows)
    whole = shapely.union_all([_strip(piece, metres) for piece in _pieces(line)])
    knife = LineString(_lengthened(rows, metres * _BEYOND))
    cuts = shapely.union_all([shapely.boundary(whole), knife])
    parts = shapely.get_parts(shapely.polygonize(shapely.get_parts(cuts).tolist()))
    inside = [part for part in parts if whole.contains(part.representative_point())]
    return shapely.union_all(
        [part for part in inside if _lies(part, line, knife) == wanted]
    )


def _lengthened(rows: Rows, metres: float) -> Rows:
    """Return a line carried straight on beyond both ends; a closed one as it is."""
    if np.allclose(rows[0], rows[-1]):
        return rows
    return np.vstack(
        [
            _onward(rows[1], rows[0], metres)[::-1],
            rows,
            _onward(rows[-2], rows[-1], metres),
        ]
    )


def _onward(before: Rows, end: Rows, metres: float) -> Rows:
    """Return points (n, 2) straight on from an end, at most 2 km apart."""
    back = bearing_deg(end[0], end[1], before[0], before[1])
    onward = float(np.squeeze(back)) + 180.0
    far = np.linspace(0.0, metres, int(metres / _EDGE_M) + 2)[1:]
    return np.column_stack(destination(end[0], end[1], onward, far))


def _lies(part: BaseGeometry, line: LineString, knife: LineString) -> str:
    """Return on which side of a line a part lies that the line has cut off."""
    for edge in (line, knife):
        shared = shapely.get_parts(shapely.intersection(part.boundary, edge))
        runs = [each for each in shared if each.length > _STEP_DEG]
        if runs:
            return _beside(part, max(runs, key=lambda each: each.length), edge)
    return ""


def _beside(part: BaseGeometry, run: BaseGeometry, edge: LineString) -> str:
    """Return the side by stepping off the middle of what part and line share."""
    middle = edge.project(run.interpolate(0.5, normalized=True))
    here, ahead = edge.interpolate(middle), edge.interpolate(middle + _STEP_DEG)
    along = np.array([ahead.x - here.x, ahead.y - here.y])
    size = float(np.hypot(*along))
    if not size:
        return ""
    lon, lat = (
        here.x - along[1] / size * _STEP_DEG,
        here.y + along[0] / size * _STEP_DEG,
    )
    return "left" if shapely.intersects_xy(part, lon, lat) else "right"
