"""The square grid that areas are laid on: which cell a point is in.

Longitude runs on from the western edge of the grid past 180 degrees, so that a
line beside the antimeridian has a narrow grid. The number of a cell never falls as
a coordinate grows, rounding included; whoever asks what lies in a cell widens it
by `SLACK` of a cell first, so that no point is ever in a cell it does not touch.
"""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from pamiers.compliance.kernels.shapes import Area, Band, Metric

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: far above the rounding of coordinates, far below anything that costs [cells]
SLACK: Final = 1e-6
_TURN: Final = 360.0
_POLE: Final = 90.0
#: shortest degrees on the ellipsoid, so that padding is never too little [m]
_NORTH_M: Final = 110_500.0
_EAST_M: Final = 111_000.0
_POLAR: Final = 89.0


class Frame(NamedTuple):
    """Where the grid lies, and how fine it is."""

    west: float  #: lon of the western edge [deg]
    south: float
    per_lon: float  #: cells per degree
    per_lat: float
    size: int  #: cells in each direction, a power of two

    def across(self, lon: Floats) -> Floats:
        """Return how far east of the western edge points lie [cells]."""
        away = lon - self.west
        return np.where(away < 0.0, away + _TURN, away) * self.per_lon

    def up(self, lat: Floats) -> Floats:
        """Return how far north of the southern edge points lie [cells]."""
        return (lat - self.south) * self.per_lat

    def cell(self, lon: Floats, lat: Floats) -> Ints:
        """Return the number of the cell of each point; -1 outside the grid."""
        column, row = self.across(lon), self.up(lat)
        known = (column < self.size) & (row >= 0.0) & (row < self.size)
        x = np.where(known, column, 0.0).astype(np.int64)
        y = np.where(known, row, 0.0).astype(np.int64)
        return np.where(known, y * self.size + x, -1)


def frame_of(areas: Sequence[Area], size: int) -> Frame:
    """Return a grid that covers some areas.

    Args:
        areas: Polygons and bands; may be empty.
        size: Cells in each direction.

    Returns:
        The grid. Its western edge lies in the widest gap of longitude.
    """
    boxes = np.array([_box(area) for area in areas]).reshape(-1, 4)
    if not len(boxes):
        return Frame(0.0, 0.0, 1.0, 1.0, size)
    west, width = _widest_gap(boxes[:, 0], boxes[:, 2])
    south, north = max(boxes[:, 1].min(), -_POLE), min(boxes[:, 3].max(), _POLE)
    margin = 1.0 - 4.0 * SLACK / size
    per_lon = size * margin / max(width, 1e-9)
    per_lat = size * margin / max(north - south, 1e-9)
    # Two slacks of a cell stay free at each edge.
    return Frame(
        float(west - 2.0 * SLACK / per_lon),
        float(south - 2.0 * SLACK / per_lat),
        float(per_lon),
        float(per_lat),
        size,
    )


def _box(area: Area) -> tuple[float, float, float, float]:
    """Return the bounds of an area [deg]; a band's may pass 180 degrees."""
    if not isinstance(area, Band):
        west, south, east, north = shapely.bounds(area)
        return west, south, east, north
    west, south, east, north = shapely.bounds(area.line)
    lat, lon = _reach(area.metric, area.distance_m, (south, north))
    return west - lon, south - lat, east + lon, north + lat


def _reach(
    metric: Metric, metres: float, lats: tuple[float, float]
) -> tuple[float, float]:
    """Return how many degrees of latitude and of longitude a distance spans at most."""
    if metric.planar:
        return metres / metric.north_m_per_deg, metres / metric.east_m_per_deg
    lat = metres / _NORTH_M
    highest = max(abs(each) for each in lats) + lat
    if highest >= _POLAR:
        return lat, _TURN
    return lat, metres / (_EAST_M * math.cos(math.radians(highest))) * 1.02


def _widest_gap(west: Floats, east: Floats) -> tuple[float, float]:
    """Return the western edge and the width of what covers all spans of longitude."""
    if (east - west).max() >= _TURN:
        return -_TURN / 2.0, _TURN
    order = np.argsort(west)
    begin, end = west[order], np.maximum.accumulate(east[order])
    gaps = np.append(begin[1:], begin[0] + _TURN) - end
    widest = int(np.argmax(gaps))
    if gaps[widest] <= 0.0:
        return -_TURN / 2.0, _TURN
    first = float(np.append(begin[1:], begin[0])[widest])
    # Facts are given from -180 to 180: what begins on the seam, or beyond it, is met
    # from either side where it is counted from 180 on.
    first += _TURN if first <= -_TURN / 2.0 else 0.0
    return first, _TURN - float(gaps[widest])
