"""Which cells of a grid lie within a distance of a line, and which edges decide.

Squares are quartered from the whole grid down. By the triangle inequality a square
whose centre is farther from the line than distance and half diagonal together is
out, one that is nearer than their difference is in, and only edges that may be the
nearest to some point of the square are handed down to its quarters.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.kernels.frame import Frame
from pamiers.compliance.kernels.gathering import spans
from pamiers.compliance.kernels.lengths import planar_squared, sphere_m

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

#: by how much the sphere may differ from the ellipsoid, and its foot from the best
_ROUND: Final = 0.012
_NORTH_M: Final = 111_700.0  # longest degree of latitude on WGS84
_EAST_M: Final = 111_320.0  # longest degree of longitude


class Bands(NamedTuple):
    """Bands as arrays, by shape; a polygon has a reach of -1."""

    reach: Floats  #: distance [m]
    east: Floats  #: metres per degree eastwards on a plane; 0: along the geodesic
    north: Floats
    edges: Floats  #: lon lat lon lat of the lines, east of the grid's edge, (k, 4)


@dataclass(frozen=True, slots=True)
class Squares:
    """Squares of one size of one or more bands."""

    shape: Ints
    x: Ints
    y: Ints


@dataclass(frozen=True, slots=True)
class Pruned:
    """What is left of bands: squares wholly inside, and cells that edges decide."""

    full: tuple[tuple[int, Squares], ...]  #: cells along one side -> squares
    maybe: Squares
    count: Ints  #: deciding edges of each maybe cell
    edge: Ints  #: their numbers, cell by cell


def prune(frame: Frame, bands: Bands, shape: Ints, edge: Ints) -> Pruned:
    """Return the cells of bands.

    Args:
        frame: The grid.
        bands: Their measures.
        shape: Which band each edge belongs to, ascending, shape (k,).
        edge: Number of the edge in `bands.edges`, shape (k,).

    Returns:
        Full squares of every size, and the cells that single points must be asked in.
    """
    names, count = np.unique(shape, return_counts=True)
    zero = np.zeros(len(names), dtype=np.int64)
    squares, full = Squares(names, zero, zero), []
    side = frame.size
    while True:
        held, open_, count, edge = _sieved(frame, bands, squares, (side, count, edge))
        full.append((side, _some(squares, held)))
        squares = _some(squares, open_)
        if side == 1:
            return Pruned(tuple(full), squares, count, edge)
        squares, count, edge = _quartered(squares, count, edge)
        side //= 2


def _some(squares: Squares, at: Ints) -> Squares:
    return Squares(squares.shape[at], squares.x[at], squares.y[at])


def _sieved(
    frame: Frame, bands: Bands, squares: Squares, given: tuple[int, Ints, Ints]
) -> tuple[Ints, Ints, Ints, Ints]:
    """Return full squares, open ones, and the open ones' edges: counts, numbers."""
    side, count, edge = given
    which, _ = spans(count)
    low, high, radius = _bounds(frame, bands, squares, (side, which, edge))
    nearest_high = _least(high, count)
    nearest_low = _least(low, count)
    reach = bands.reach[squares.shape]
    held = nearest_high + radius <= reach
    open_ = ~held & (nearest_low - radius <= reach)
    most = np.minimum(nearest_high + 2.0 * radius, reach + radius)
    keep = open_[which] & (low <= most[which])
    left = np.bincount(which[keep], minlength=len(count))[open_]
    return np.flatnonzero(held), np.flatnonzero(open_), left, edge[keep]


def _least(values: Floats, count: Ints) -> Floats:
    """Return the least value of each run; every run has one."""
    begin = np.cumsum(count) - count
    return np.asarray(np.minimum.reduceat(values, begin)) if len(values) else values


def _bounds(
    frame: Frame, bands: Bands, squares: Squares, given: tuple[int, Ints, Ints]
) -> tuple[Floats, Floats, Floats]:
    """Return bounds on the distance from centres to edges, and half diagonals [m]."""
    side, which, edge = given
    lon = frame.west + (squares.x + 0.5) * side / frame.per_lon
    lat = frame.south + (squares.y + 0.5) * side / frame.per_lat
    half_lon, half_lat = side / frame.per_lon / 2.0, side / frame.per_lat / 2.0
    east, north = bands.east[squares.shape], bands.north[squares.shape]
    plane = east > 0.0
    widest = np.cos(np.radians(np.maximum(np.abs(lat) - half_lat, 0.0)))
    radius = np.where(
        plane,
        np.hypot(half_lon * east, half_lat * north),
        half_lon * _EAST_M * widest + half_lat * _NORTH_M,
    )
    metres = np.empty(len(which))
    flat = plane[which]
    for some, planar in ((np.flatnonzero(flat), True), (np.flatnonzero(~flat), False)):
        at, of = which[some], bands.edges[edge[some]]
        metres[some] = (
            np.sqrt(planar_squared(of, lon[at], lat[at], (east[at], north[at])))
            if planar
            else sphere_m(of, lon[at], np.clip(lat[at], -90.0, 90.0))
        )
    doubt = np.where(flat, 1e-9, _ROUND)
    return metres * (1.0 - doubt), metres * (1.0 + doubt), radius * (1.0 + 1e-6)


def _quartered(
    squares: Squares, count: Ints, edge: Ints
) -> tuple[Squares, Ints, Ints]:
    """Return the quarters of squares, each with the edges of the whole."""
    n = len(count)
    four = Squares(
        np.repeat(squares.shape, 4),
        np.repeat(squares.x * 2, 4) + np.tile([0, 1, 0, 1], n),
        np.repeat(squares.y * 2, 4) + np.tile([0, 0, 1, 1], n),
    )
    counts = np.repeat(count, 4)
    which, offset = spans(counts)
    begin = np.repeat(np.cumsum(count) - count, 4)
    return four, counts, edge[begin[which] + offset]
