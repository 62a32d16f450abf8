"""Distances, bearings and destinations on the WGS84 ellipsoid, in metres.

Every function takes arrays as well as numbers; the order is always lon, lat,
in degrees (EPSG:4326), and bearings run clockwise from true north.

Source: Karney (2013), Algorithms for geodesics, through pyproj.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Geod

Degrees = NDArray[np.float64]
Metres = NDArray[np.float64]

_GEOD: Final = Geod(ellps="WGS84")
_POINTS: Final = (
    *("north", "north-north-east", "north-east", "east-north-east"),
    *("east", "east-south-east", "south-east", "south-south-east"),
    *("south", "south-south-west", "south-west", "west-south-west"),
    *("west", "west-north-west", "north-west", "north-north-west"),
)
#: width of one of the sixteen points of the compass [deg]
POINT_WIDTH_DEG: Final = 22.5


def distance_m(
    lon_a: ArrayLike, lat_a: ArrayLike, lon_b: ArrayLike, lat_b: ArrayLike
) -> Metres:
    """Return the geodesic distance between points, element by element.

    Args:
        lon_a: Longitudes of the first points [deg].
        lat_a: Latitudes of the first points [deg].
        lon_b: Longitudes of the second points [deg].
        lat_b: Latitudes of the second points [deg].

    Returns:
        Distances [m], of the broadcast shape; NaN where a coordinate is NaN;
        empty for empty input.
    """
    a, b, c, d = _aligned(lon_a, lat_a, lon_b, lat_b)
    if a.size == 0:
        return np.empty(a.shape)
    _, _, metres = _GEOD.inv(a, b, c, d)
    return np.asarray(metres, dtype=np.float64).reshape(
        _shape(lon_a, lat_a, lon_b, lat_b)
    )


def bearing_deg(
    lon_a: ArrayLike, lat_a: ArrayLike, lon_b: ArrayLike, lat_b: ArrayLike
) -> Degrees:
    """Return the bearing at `a` of the geodesic to `b`, in [0, 360) [deg].

    Args:
        lon_a: Longitudes of the first points [deg].
        lat_a: Latitudes of the first points [deg].
        lon_b: Longitudes of the second points [deg].
        lat_b: Latitudes of the second points [deg].

    Returns:
        Bearings of the broadcast shape [deg], clockwise from true north.
    """
    a, b, c, d = _aligned(lon_a, lat_a, lon_b, lat_b)
    ahead, _, _ = _GEOD.inv(a, b, c, d)
    turned = np.asarray(np.mod(ahead, 360.0), dtype=np.float64)
    return turned.reshape(_shape(lon_a, lat_a, lon_b, lat_b))


def destination(
    lon: ArrayLike, lat: ArrayLike, bearing: ArrayLike, metres: ArrayLike
) -> tuple[Degrees, Degrees]:
    """Return where one arrives from a point, by bearing and distance.

    Args:
        lon: Longitudes of the start [deg].
        lat: Latitudes of the start [deg].
        bearing: Bearings at the start [deg], clockwise from true north.
        metres: Distances along the geodesic [m].

    Returns:
        Longitudes and latitudes [deg], of the broadcast shape.
    """
    a, b, c, d = _aligned(lon, lat, bearing, metres)
    east, north, _ = _GEOD.fwd(a, b, c, d)
    shape = _shape(lon, lat, bearing, metres)
    return (
        np.asarray(east, dtype=np.float64).reshape(shape),
        np.asarray(north, dtype=np.float64).reshape(shape),
    )


def seen_from(
    lon: float, lat: float, to_lon: ArrayLike, to_lat: ArrayLike
) -> tuple[Metres, Metres]:
    """Return how far east and north points lie on the plane about another.

    The plane is azimuthal equidistant: bearings and distances from its middle are
    true.

    Args:
        lon: Longitude of the middle [deg].
        lat: Latitude of the middle [deg].
        to_lon: Longitudes of the points, shape (n,) [deg].
        to_lat: Latitudes of the points [deg].

    Returns:
        Metres east and north, each of shape (n,); empty for no points.
    """
    a, b, c, d = _aligned(lon, lat, to_lon, to_lat)
    if a.size == 0:
        return np.empty(a.shape), np.empty(a.shape)
    ahead, _, metres = _GEOD.inv(a, b, c, d)
    turn = np.radians(ahead)
    return np.asarray(metres * np.sin(turn)), np.asarray(metres * np.cos(turn))


def _shape(*given: ArrayLike) -> tuple[int, ...]:
    return np.broadcast_shapes(*(np.shape(each) for each in given))


def _aligned(*given: ArrayLike) -> list[Degrees]:
    """Return arrays of one shape, each contiguous, as pyproj wants them."""
    arrays = np.broadcast_arrays(*(np.asarray(a, dtype=np.float64) for a in given))
    return [np.ascontiguousarray(a) for a in arrays]


def compass_point(bearing: float) -> str:
    """Return the nearest of the sixteen points, such as `north-west`.

    Args:
        bearing: Degrees clockwise from true north, of any size.

    Returns:
        Its name, with hyphens.
    """
    return _POINTS[round((bearing % 360.0) / POINT_WIDTH_DEG) % len(_POINTS)]
