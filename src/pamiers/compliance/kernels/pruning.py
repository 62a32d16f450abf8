"""Which cells of a grid lie within a distance of a line, and which edges decide.

Squares are quartered from the whole grid down. By the triangle inequality a square
whose centre is farther from the line than distance and half diagonal together is
out, one that is nearer than their difference is in, and only edges that may be the
nearest to some point of the square are handed down to its quarters.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.kernels.frame import Frame
from pamiers.compliance.kernels.gathering import distinct, spans
from pamiers.compliance.kernels.lengths import SPHERE_DOUBT, sphere_m

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

_NORTH_M: Final = 111_700.0  # longest degree of latitude on WGS84
_EAST_M: Final = 111_320.0  # longest degree of longitude


class Bands(NamedTuple):
    """Bands as arrays, by shape; a polygon has a reach of -1."""

    reach: Floats  #: distance [m]
    east: Floats  #: metres per degree eastwards on a plane; 0: along the geodesic
    north: Floats
    edges: Floats  #: lon lat lon lat of the lines, east of the grid's edge, (k, 4)


class Squares(NamedTuple):
    """Squares of one size of one or more bands."""

    shape: Ints
    x: Ints
    y: Ints


class Runs(NamedTuple):
    """Edges of each square, square after square."""

    many: Ints
    edge: Ints


@dataclass(frozen=True, slots=True)
class Pruned:
    """What is left of bands: squares wholly inside, and cells that edges decide."""

    full: tuple[tuple[int, Squares], ...]  #: cells along one side -> squares
    maybe: Squares
    runs: Runs  #: the edges that decide each maybe cell


def prune(frame: Frame, bands: Bands, shape: Ints, edge: Ints) -> Iterator[Pruned]:
    """Yield the cells of bands, those that are measured alike together.

    Args:
        frame: The grid.
        bands: Their measures.
        shape: Which band each edge belongs to, ascending, shape (k,).
        edge: Number of the edge in `bands.edges`, shape (k,).

    Yields:
        Full squares of every size, and the cells that single points must be asked in.
    """
    for east, north in sorted(set(zip(bands.east, bands.north, strict=True))):
        mine = (bands.east == east) & (bands.north == north)
        some = mine[shape]
        if some.any():
            ruler = (
                _Plane(frame, bands, (east, north)) if east else _Globe(frame, bands)
            )
            yield _pruned(ruler, shape[some], edge[some])


def _pruned(ruler: "_Ruler", shape: Ints, edge: Ints) -> Pruned:
    names = distinct(shape)
    zero = np.zeros(len(names), dtype=np.int64)
    squares, full = Squares(names, zero, zero), []
    runs = Runs(np.bincount(shape)[names], edge)
    side = ruler.frame.size
    while True:
        held, open_, runs = _sieved(ruler, squares, side, runs)
        full.append((side, Squares(*(each[held] for each in squares))))
        squares = Squares(*(each[open_] for each in squares))
        if side == 1:
            return Pruned(tuple(full), squares, runs)
        squares, runs = _quartered(squares, runs)
        side //= 2


def _sieved(
    ruler: "_Ruler", squares: Squares, side: int, runs: Runs
) -> tuple[Mask, Mask, Runs]:
    """Tell which squares are full and which open, and give the edges of the open."""
    lon, lat = ruler.centres(squares, side)
    radius = ruler.radius_m(lat, side)
    which = np.repeat(np.arange(len(lon), dtype=np.int64), runs.many)
    metres = ruler.metres(lon, lat, which, runs.edge)
    begin = np.cumsum(runs.many) - runs.many
    nearest = np.minimum.reduceat(metres, begin) if len(begin) else metres
    reach = ruler.bands.reach[squares.shape]
    more, less = 1.0 + ruler.doubt, 1.0 - ruler.doubt
    held = nearest * more + radius <= reach
    open_ = ~held & (nearest * less - radius <= reach)
    most = np.minimum(nearest * more + 2.0 * radius, reach + radius) / less
    keep = metres <= np.where(open_, most, -1.0)[which]
    left = np.add.reduceat(keep, begin, dtype=np.int64) if len(begin) else begin
    return held, open_, Runs(left[open_], runs.edge[keep])


def _quartered(squares: Squares, runs: Runs) -> tuple[Squares, Runs]:
    """Return the quarters of squares, each with the edges of the whole."""
    n = len(runs.many)
    four = Squares(
        np.repeat(squares.shape, 4),
        np.repeat(squares.x * 2, 4) + np.tile([0, 1, 0, 1], n),
        np.repeat(squares.y * 2, 4) + np.tile([0, 0, 1, 1], n),
    )
    counts = np.repeat(runs.many, 4)
    which, offset = spans(counts)
    begin = np.repeat(np.cumsum(runs.many) - runs.many, 4)
    return four, Runs(counts, runs.edge[begin[which] + offset])


class _Ruler:
    """Measures from the centres of squares to edges."""

    doubt = 0.0  #: share by which a distance may err

    def __init__(self, frame: Frame, bands: Bands) -> None:
        self.frame, self.bands = frame, bands

    def centres(self, squares: Squares, side: int) -> tuple[Floats, Floats]:
        lon = self.frame.west + (squares.x + 0.5) * side / self.frame.per_lon
        lat = self.frame.south + (squares.y + 0.5) * side / self.frame.per_lat
        return np.asarray(lon), np.asarray(lat)

    def radius_m(self, lat: Floats, side: int) -> Floats:
        """Return a distance from the centre that no point of a square passes [m]."""
        raise NotImplementedError

    def metres(self, lon: Floats, lat: Floats, which: Ints, edge: Ints) -> Floats:
        """Return distances from centres to edges, pair by pair [m]."""
        raise NotImplementedError


class _Plane(_Ruler):
    """The map plane, with the edges laid on it once."""

    doubt = 1e-9

    def __init__(self, frame: Frame, bands: Bands, scale: tuple[float, float]) -> None:
        super().__init__(frame, bands)
        self._scale = scale
        x0, y0, x1, y1 = (bands.edges * [*scale, *scale]).T.copy()
        self._x, self._y, self._run, self._rise = x0, y0, x1 - x0, y1 - y0
        squared = self._run**2 + self._rise**2
        self._over = 1.0 / np.where(squared > 0.0, squared, 1.0)

    def radius_m(self, lat: Floats, side: int) -> Floats:
        half = side / 2.0 * (1.0 + 1e-6)
        east, north = self._scale
        x, y = half / self.frame.per_lon * east, half / self.frame.per_lat * north
        return np.full(len(lat), math.hypot(x, y))

    def metres(self, lon: Floats, lat: Floats, which: Ints, edge: Ints) -> Floats:
        x = np.take(lon * self._scale[0], which) - np.take(self._x, edge)
        y = np.take(lat * self._scale[1], which) - np.take(self._y, edge)
        run, rise = np.take(self._run, edge), np.take(self._rise, edge)
        share = (x * run + y * rise) * np.take(self._over, edge)
        np.minimum(np.maximum(share, 0.0, out=share), 1.0, out=share)
        x -= share * run
        y -= share * rise
        return np.asarray(np.sqrt(x * x + y * y))


class _Globe(_Ruler):
    """The ellipsoid, by way of a sphere that differs from it by less than the doubt."""

    doubt = SPHERE_DOUBT

    def radius_m(self, lat: Floats, side: int) -> Floats:
        half = side / 2.0 * (1.0 + 1e-6)
        half_lon, half_lat = half / self.frame.per_lon, half / self.frame.per_lat
        widest = np.cos(np.radians(np.maximum(np.abs(lat) - half_lat, 0.0)))
        return np.asarray(half_lon * _EAST_M * widest + half_lat * _NORTH_M)

    def metres(self, lon: Floats, lat: Floats, which: Ints, edge: Ints) -> Floats:
        rows, held = self.bands.edges[edge], np.clip(lat, -90.0, 90.0)
        return sphere_m(rows, lon[which], held[which])
