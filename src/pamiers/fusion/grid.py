"""Cells of equal height on the globe, by which neighbours are found at once.

Rows are strips of latitude; each strip is cut into as many columns as fit round it
at its narrower edge, so that no cell is narrower than it is high. Everything within
one cell's height of a point lies in the nine cells about it, poles and the 180th
meridian included. Cells do not depend on the data.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pamiers.core.geodesy import Degrees

Cells = NDArray[np.int64]

#: shortest degree of latitude, and of longitude at the equator, on WGS84 [m]
_DEGREE_M: Final = 110_574.0
_LON_DEGREE_M: Final = 111_319.0
_STRIDE: Final = 1 << 24
#: the steps to the nine cells about a point: rows, columns
NINE: Final = tuple((r, c) for r in (-1, 0, 1) for c in (-1, 0, 1))


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid whose cells are at least `height_m` high and wide."""

    height_m: float

    @property
    def _step_deg(self) -> float:
        return max(self.height_m, 50.0) / _DEGREE_M

    def rows(self, lat: Degrees) -> Cells:
        """Return the row of each latitude."""
        return np.floor((lat + 90.0) / self._step_deg).astype(np.int64)

    def columns_of(self, row: Cells) -> Cells:
        """Return how many columns each row has, at least one."""
        low = row * self._step_deg - 90.0
        edge = np.maximum(np.abs(low), np.abs(low + self._step_deg))
        around = 360.0 * _LON_DEGREE_M * np.cos(np.radians(np.minimum(edge, 90.0)))
        wide = np.floor(around / max(self.height_m, 50.0)).astype(np.int64)
        return np.asarray(np.maximum(wide, 1), dtype=np.int64)

    def cells(self, lon: Degrees, lat: Degrees, step: tuple[int, int]) -> Cells:
        """Return the cell a step away from the cell of each point.

        Args:
            lon: Longitudes [deg], shape (n,).
            lat: Latitudes [deg], shape (n,).
            step: Rows north and columns east.

        Returns:
            Ids of cells, shape (n,); stepping off a pole gives a cell with nothing
            in it.
        """
        row = self.rows(lat) + step[0]
        count = self.columns_of(row)
        turn = np.mod(lon + 180.0, 360.0) / 360.0
        column = np.mod(np.floor(turn * count).astype(np.int64) + step[1], count)
        return row * _STRIDE + column


def positions(lon: Degrees, lat: Degrees) -> NDArray[np.float64]:
    """Return geocentric coordinates of points on the ellipsoid.

    Args:
        lon: Longitudes [deg], shape (n,).
        lat: Latitudes [deg], shape (n,).

    Returns:
        Array (n, 3) [m], EPSG:4978; straight distances between points less than
        100 km apart are short of the geodesic by less than 2 parts in 100,000.
    """
    east, north = np.radians(lon), np.radians(lat)
    normal = _A / np.sqrt(1.0 - _E2 * np.sin(north) ** 2)
    return np.column_stack(
        (
            normal * np.cos(north) * np.cos(east),
            normal * np.cos(north) * np.sin(east),
            normal * (1.0 - _E2) * np.sin(north),
        )
    )


def position(lon: float, lat: float) -> tuple[float, float, float]:
    """Return the geocentric coordinates of one point; see `positions` [m]."""
    east, north = math.radians(lon), math.radians(lat)
    normal = _A / math.sqrt(1.0 - _E2 * math.sin(north) ** 2)
    flat = normal * math.cos(north)
    up = normal * (1.0 - _E2) * math.sin(north)
    return flat * math.cos(east), flat * math.sin(east), up


def lon_lat(x: float, y: float, z: float) -> tuple[float, float]:
    """Return lon, lat [deg] of a geocentric point near the ellipsoid [m]."""
    lat = math.atan2(z, (1.0 - _E2) * math.hypot(x, y))
    return math.degrees(math.atan2(y, x)), math.degrees(lat)


_A: Final = 6_378_137.0  # WGS84 semi-major axis [m]
_E2: Final = 6.69437999014e-3  # first eccentricity squared
