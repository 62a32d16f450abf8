"""Zones and bands as arrays that answer for single points.

A polygon is cut into horizontal slabs, each with the edges that reach into it, so
that a test meets a handful of edges however long the boundary. A band is what lies
within a distance of a line, on the map plane or along the geodesic.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from pamiers.compliance.kernels.gathering import spans
from pamiers.compliance.kernels.side import side

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

#: more slabs than this help no polygon
_MOST_SLABS: Final = 4096
_HALF_TURN: Final = 180.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """How distances are measured: along the geodesic, or on a plane.

    A plane takes a degree of longitude and one of latitude for fixed lengths, as a
    map does; an agreement that measures so says so.
    """

    east_m_per_deg: float = 0.0
    north_m_per_deg: float = 0.0

    @property
    def planar(self) -> bool:
        """Tell whether it is a plane."""
        return self.east_m_per_deg > 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """All that lies within a distance of a line."""

    line: BaseGeometry  #: line or lines, WGS84, lon lat
    distance_m: float
    metric: Metric


Area: TypeAlias = "BaseGeometry | Band"


class Slabs(NamedTuple):
    """Edges of every polygon, by slab. Edges run upwards: y0 <= y1."""

    bottom: Floats  #: y where the lowest slab begins, per shape
    per_deg: Floats  #: slabs per degree, per shape
    many: Ints  #: slabs, per shape; 0 for a band
    base: Ints  #: number of the lowest slab, per shape
    first: Ints  #: first edge of each slab, and one past the last
    edges: Floats  #: x0 y0 x1 y1, shape (m, 4)


def slabs_of(count: int, shape: Ints, edges: Floats) -> Slabs:
    """Return the edges of polygons by slab.

    The number of a slab never falls as y grows, rounding included, so an edge is in
    every slab that holds a point at its height.

    Args:
        count: How many areas there are; those without edges get no slab.
        shape: Which area each edge belongs to, ascending, shape (m,).
        edges: Edges, upwards, shape (m, 4) [deg].

    Returns:
        As many slabs for each polygon as it has edges, up to a limit.
    """
    many = np.minimum(np.bincount(shape, minlength=count), _MOST_SLABS)
    bottom, top = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(bottom, shape, edges[:, 1])
    np.maximum.at(top, shape, edges[:, 3])
    rise = np.where(top > bottom, top - bottom, 1.0)
    per_deg = np.where(many > 0, many / rise, 0.0)
    base = np.cumsum(many) - many

    def slab(y: Floats) -> Ints:
        number: Ints = ((y - bottom[shape]) * per_deg[shape]).astype(np.int64)
        return np.asarray(np.minimum(number, many[shape] - 1) + base[shape])

    low = slab(edges[:, 1])
    which, offset = spans(slab(edges[:, 3]) - low + 1)
    place = low[which] + offset
    order = np.argsort(place, kind="stable")
    first = np.searchsorted(place[order], np.arange(many.sum() + 1))
    return Slabs(bottom, per_deg, many, base, first, edges[which[order]])


def edges_of(areas: Sequence[Area]) -> tuple[Ints, Floats]:
    """Return every edge of the polygons among some areas, upwards.

    Returns:
        Which area each edge belongs to, ascending, shape (m,), and x0 y0 x1 y1,
        shape (m, 4).
    """
    at = [i for i, area in enumerate(areas) if not isinstance(area, Band)]
    shapes = np.array([areas[i] for i in at], dtype=object)
    parts, of = shapely.get_parts(shapes, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    joined = np.flatnonzero(ring[1:] == ring[:-1])
    found = np.hstack([points[joined], points[joined + 1]])
    falling = found[:, 1] > found[:, 3]
    found[falling] = found[falling][:, [2, 3, 0, 1]]
    shape = np.array(at, dtype=np.int64)[of[part[ring[joined]]]]
    return shape, found


def inside(slabs: Slabs, shape: Ints, x: Floats, y: Floats) -> Mask:
    """Tell which points lie inside a polygon or on its boundary.

    Args:
        slabs: Edges by slab.
        shape: Which polygon each point is held against, shape (n,).
        x: Longitudes, finite, shape (n,) [deg].
        y: Latitudes.

    Returns:
        Exact answers, shape (n,). A point on the meridian of 180 degrees lies in
        what touches it from either side.
    """
    found = _inside(slabs, shape, x, y)
    seam = np.flatnonzero(np.abs(x) == _HALF_TURN)
    if seam.size:
        found[seam] |= _inside(slabs, shape[seam], -x[seam], y[seam])
    return found


def _inside(slabs: Slabs, shape: Ints, x: Floats, y: Floats) -> Mask:
    count = slabs.many[shape]
    height = (y - slabs.bottom[shape]) * slabs.per_deg[shape]
    known = (y >= slabs.bottom[shape]) & (count > 0)
    slab = np.minimum(np.where(known, height, 0.0).astype(np.int64), count - 1)
    slab = np.where(known, slabs.base[shape] + slab, 0)
    many = np.where(known, slabs.first[slab + 1] - slabs.first[slab], 0)
    which, offset = spans(many)
    edges = slabs.edges[slabs.first[slab[which]] + offset]
    crossed, on_edge = _crossing(edges, x[which], y[which])
    odd: Mask = np.bincount(which[crossed], minlength=len(x)) % 2 == 1
    odd[which[on_edge]] = True
    return odd


def _crossing(edges: Floats, x: Floats, y: Floats) -> tuple[Mask, Mask]:
    """Tell which edges a ray eastwards crosses, and which the point lies on."""
    reach = (edges[:, 1] <= y) & (y <= edges[:, 3])
    west, east = (
        np.minimum(edges[:, 0], edges[:, 2]),
        np.maximum(edges[:, 0], edges[:, 2]),
    )
    half_open = reach & (y < edges[:, 3])
    crossed = half_open & (x < west)
    near = np.flatnonzero(reach & (west <= x) & (x <= east))
    where = side(edges[near], x[near], y[near])
    crossed[near[where > 0]] = half_open[near[where > 0]]
    on_edge = np.zeros(len(x), dtype=bool)
    on_edge[near[where == 0]] = True
    return crossed, on_edge
