"""Distances from points to straight edges, on the map plane and on the ellipsoid.

Edges are straight in longitude and latitude (RFC 7946 section 3.1.1). On the
ellipsoid the nearest point of an edge is first sought on a plane about the middle
latitude, then moved along the edge by what the bearing there says; the distance
errs only by the square of what is left (measured: under 1 m in 100 km).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pamiers.core.geodesy import bearing_deg, distance_m

Floats = NDArray[np.float64]

_RADIUS_M: Final = 6_371_008.8  # mean radius of WGS84
_NORTH_M: Final = _RADIUS_M * np.pi / 180.0
_TINY: Final = 1e-300
#: share by which the sphere, and its foot, may differ from the ellipsoid
SPHERE_DOUBT: Final = 0.012


def planar_squared(
    edges: Floats, lon: Floats, lat: Floats, scale: tuple[Floats, Floats]
) -> Floats:
    """Return squared distances to edges on a plane [m^2].

    Args:
        edges: lon lat of beginning and end, one per point, shape (n, 4) [deg].
        lon: Longitudes, on the same turn as the edges', shape (n,) [deg].
        lat: Latitudes.
        scale: Lengths of a degree eastwards and northwards, shape (n,) [m].

    Returns:
        Squares, shape (n,).
    """
    east, north = scale
    ahead_x, ahead_y = edges[:, 2] * east, edges[:, 3] * north
    start_x, start_y = edges[:, 0] * east, edges[:, 1] * north
    ahead_x, ahead_y = ahead_x - start_x, ahead_y - start_y
    off_x, off_y = lon * east - start_x, lat * north - start_y
    squared = ahead_x * ahead_x + ahead_y * ahead_y
    share = (off_x * ahead_x + off_y * ahead_y) / np.where(squared > 0, squared, 1.0)
    share = np.minimum(np.maximum(share, 0.0), 1.0)
    x, y = off_x - share * ahead_x, off_y - share * ahead_y
    return np.asarray(x * x + y * y)


def sphere_m(edges: Floats, lon: Floats, lat: Floats) -> Floats:
    """Return distances to edges on a sphere, by way of a foot on a plane [m].

    Within 1 % of the geodesic distance to the nearest point of the edge, for edges
    up to some hundreds of kilometres away (tested).
    """
    share = _squared_up(edges, lon, lat)
    return _arc_m(lon, lat, *_foot(edges, lon, share))


def _squared_up(edges: Floats, lon: Floats, lat: Floats) -> Floats:
    """Return how far along each edge the nearest point lies on a sphere, [0, 1]."""
    share = _share(edges, lon, lat)
    foot_lon, foot_lat = _foot(edges, lon, share)
    shrink = np.cos(np.radians(foot_lat))
    run = (edges[:, 2] - edges[:, 0]) * shrink
    rise = edges[:, 3] - edges[:, 1]
    x, y = _tangent(foot_lon, foot_lat, lon, lat)
    squared = np.maximum(run * run + rise * rise, _TINY)
    return np.asarray(np.clip(share + (x * run + y * rise) / squared, 0.0, 1.0))


def _arc_m(lon: Floats, lat: Floats, to_lon: Floats, to_lat: Floats) -> Floats:
    """Return the length of great circles on the mean sphere [m]."""
    a, b = np.radians(lat), np.radians(to_lat)
    half = np.sin((b - a) / 2.0) ** 2
    turn = np.sin(np.radians(to_lon - lon) / 2.0) ** 2
    chord = half + np.cos(a) * np.cos(b) * turn
    return np.asarray(2.0 * _RADIUS_M * np.arcsin(np.sqrt(np.minimum(chord, 1.0))))


def _tangent(
    lon: Floats, lat: Floats, to_lon: Floats, to_lat: Floats
) -> tuple[Floats, Floats]:
    """Return points as seen from others: east and north [deg], at true distance."""
    a, b, turn = np.radians(lat), np.radians(to_lat), np.radians(to_lon - lon)
    east = np.cos(b) * np.sin(turn)
    north = np.cos(a) * np.sin(b) - np.sin(a) * np.cos(b) * np.cos(turn)
    away = np.arctan2(
        np.hypot(east, north),
        np.sin(a) * np.sin(b) + np.cos(a) * np.cos(b) * np.cos(turn),
    )
    scale = np.degrees(away) / np.maximum(np.hypot(east, north), _TINY)
    return east * scale, north * scale


def geodesic_m(edges: Floats, lon: Floats, lat: Floats) -> Floats:
    """Return geodesic distances from points to edges [m].

    Args:
        edges: lon lat of beginning and end, one per point, shape (n, 4) [deg].
        lon: Longitudes, shape (n,) [deg].
        lat: Latitudes.

    Returns:
        Distances, shape (n,), within 1 m per 100 km.
    """
    share = _moved(edges, lon, lat, _squared_up(edges, lon, lat))
    foot_lon, foot_lat = _foot(edges, lon, share)
    return distance_m(lon, lat, foot_lon, foot_lat)


def compared_m(edges: Floats, lon: Floats, lat: Floats, reach: Floats) -> Floats:
    """Return distances to edges that tell which are within reach [m].

    Args:
        edges: lon lat of beginning and end, one per point, shape (n, 4) [deg].
        lon: Longitudes, shape (n,) [deg].
        lat: Latitudes.
        reach: What each is held against [m].

    Returns:
        Distances, shape (n,): along the geodesic where a sphere leaves it open.
    """
    found = sphere_m(edges, lon, lat)
    open_ = np.flatnonzero(np.abs(found - reach) <= SPHERE_DOUBT * found)
    found[open_] = geodesic_m(edges[open_], lon[open_], lat[open_])
    return found


def _near(edges: Floats, lon: Floats) -> tuple[Floats, Floats]:
    """Return the longitudes of edges, from each point, by the shorter way [deg]."""
    begin = np.mod(edges[:, 0] - lon + 180.0, 360.0) - 180.0
    return begin, begin + edges[:, 2] - edges[:, 0]


def _share(edges: Floats, lon: Floats, lat: Floats) -> Floats:
    """Return how far along each edge the nearest point lies on a plane, [0, 1]."""
    begin, end = _near(edges, lon)
    shrink = np.cos(np.radians((lat + (edges[:, 1] + edges[:, 3]) / 2.0) / 2.0))
    x, y = begin * shrink, edges[:, 1] - lat
    run, rise = (end - begin) * shrink, edges[:, 3] - edges[:, 1]
    squared = np.maximum(run * run + rise * rise, _TINY)
    return np.asarray(np.clip(-(x * run + y * rise) / squared, 0.0, 1.0))


def _foot(edges: Floats, lon: Floats, share: Floats) -> tuple[Floats, Floats]:
    begin, end = _near(edges, lon)
    foot_lat = edges[:, 1] + share * (edges[:, 3] - edges[:, 1])
    return lon + begin + share * (end - begin), np.clip(foot_lat, -90.0, 90.0)


def _moved(edges: Floats, lon: Floats, lat: Floats, share: Floats) -> Floats:
    """Return the shares after one step towards where the edge runs square to us."""
    foot_lon, foot_lat = _foot(edges, lon, share)
    away = distance_m(foot_lon, foot_lat, lon, lat)
    bearing = np.radians(bearing_deg(foot_lon, foot_lat, lon, lat))
    east = (edges[:, 2] - edges[:, 0]) * np.cos(np.radians(foot_lat)) * _NORTH_M
    north = (edges[:, 3] - edges[:, 1]) * _NORTH_M
    length = np.maximum(east * east + north * north, _TINY)
    ahead = away * (np.sin(bearing) * east + np.cos(bearing) * north) / length
    return np.asarray(np.clip(share + ahead, 0.0, 1.0))
