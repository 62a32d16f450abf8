"""Distances as they are measured on a map, where an agreement says so."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from pamiers.core.geodesy import Metres


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPlane:
    """A map on which every degree of longitude is as long as any other."""

    east_m_per_deg: float
    north_m_per_deg: float

    def distance_m(self, shape: BaseGeometry, lon: ArrayLike, lat: ArrayLike) -> Metres:
        """Return the distance of points to a line as the map shows it.

        Args:
            shape: The line, WGS84, lon lat.
            lon: Longitudes [deg], shape (n,).
            lat: Latitudes [deg], shape (n,).

        Returns:
            Distances [m], shape (n,); NaN where a coordinate is NaN.
        """
        points = np.column_stack([np.atleast_1d(lon), np.atleast_1d(lat)])
        found = np.full(len(points), np.nan)
        known = np.isfinite(points).all(axis=1)
        flat = shapely.transform(shape, self._laid)
        laid = shapely.points(self._laid(points[known]))
        found[known] = shapely.distance(flat, laid)
        return found

    def band(self, shape: BaseGeometry, metres: float) -> BaseGeometry:
        """Return the area within a distance of a line, as the map shows it."""
        flat = shapely.buffer(
            shapely.transform(shape, self._laid), metres, quad_segs=256
        )
        return shapely.transform(flat, self._lifted)

    def _laid(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        return points * [self.east_m_per_deg, self.north_m_per_deg]

    def _lifted(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        return points / [self.east_m_per_deg, self.north_m_per_deg]
