"""A plane about a mission's ground, in metres."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from pyproj import Transformer

from pamiers.fusion.columns import Floats

#: centres are whole multiples of this, so that a few reports do not move them [deg]
STEP_DEG: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """Lambert's azimuthal equal-area projection about a centre, WGS84.

    Lengths are right to 1 part in 1,000 within 500 km of the centre; farther away
    they shrink, and what is near stays near.
    """

    lon: float
    lat: float

    def xy(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Return eastings and northings [m] of points [deg]."""
        x, y = _turn(self.lon, self.lat).transform(lon, lat)
        return np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)


@lru_cache(maxsize=16)
def _turn(lon: float, lat: float) -> Transformer:
    target = f"+proj=laea +lon_0={lon} +lat_0={lat} +ellps=WGS84"
    return Transformer.from_crs("EPSG:4326", target, always_xy=True)


def plane_about(lon: Floats, lat: Floats) -> Plane:
    """Return the plane about most of some points.

    Args:
        lon: Longitudes [deg], shape (n,); may be empty.
        lat: Latitudes [deg].

    Returns:
        A plane whose centre is the median, rounded to `STEP_DEG`.
    """
    if not lon.size:
        return Plane(lon=0.0, lat=0.0)
    middle = (float(np.median(each)) for each in (lon, lat))
    east, north = (round(each / STEP_DEG) * STEP_DEG for each in middle)
    return Plane(lon=east, lat=north)
