"""How probably something lies in an area under its place's error.

A normal error is integrated exactly, as a sum over the edges of polygons, each by
Owen's T function. An even spread over a sector or an area is a share of surface. All
is done on the azimuthal equidistant plane about the place, cut to where it matters.
What is near a line lies in a band that is drawn before (`evidence.extent`).

Source: Owen (1956), Tables for computing bivariate normal probabilities, Annals of
Mathematical Statistics 27; DiDonato and Hageman (1982) for polygons.
"""

import math
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from pamiers.core.geodesy import seen_from
from pamiers.core.place import RADII_PER_SIGMA, Area, Ellipse, Place, Sector

Floats = NDArray[np.float64]

#: a normal error beyond this many standard deviations is left out: 1 in 10^10
_REACH: Final = 6.8
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(12)
_ERFC: Final = (
    *(-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806),
    *(0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277),
)
#: how far a boundary may be moved to make it simpler [standard deviations]
_SIMPLER: Final = 0.002
_EARTH_M: Final = 6_371_000.0
_EDGE_DEG: Final = 0.02  #: longest edge taken as straight on the plane, about 2 km
_METRES_PER_DEG: Final = 110_500.0
_POLAR_COS: Final = 0.02
_ARC_DEG: Final = 0.5
_TURN_DEG: Final = 360.0


def chance_inside(place: Place, region: BaseGeometry) -> float:
    """Return the probability that something lies in a region.

    Args:
        place: Where it is, and how uncertainly.
        region: Polygon or polygons, WGS84, lon lat; may be empty.

    Returns:
        The probability, in [0, 1].
    """
    match place.shape:
        case Sector() as sector:
            return _share(sector_ring(sector), _about(sector_origin(sector), region))
        case Area(ring=ring):
            return _share(Polygon(ring), region)
        case _:
            flat = _cut(place, region, _sigmas(place)[0] * _REACH)
            white = shapely.simplify(
                _whitened(place, flat), _SIMPLER, preserve_topology=False
            )
            return _normal(white)


def sector_origin(sector: Sector) -> tuple[float, float]:
    """Return where a sector's bearing was taken, lon and lat [deg]."""
    return sector.origin_lon, sector.origin_lat


def sector_ring(sector: Sector) -> Polygon:
    """Return a sector as a polygon on the plane about its origin, east north [m]."""
    steps = max(2, math.ceil(sector.width_deg / _ARC_DEG) + 1)
    turn = np.radians(sector.bearing_from_deg + np.linspace(0, sector.width_deg, steps))
    ray = np.column_stack([np.sin(turn), np.cos(turn)])
    outer, inner = ray * sector.distance_to_m, ray[::-1] * sector.distance_from_m
    if sector.width_deg >= _TURN_DEG:
        holes = [inner] if sector.distance_from_m > 0.0 else []
        return Polygon(outer, holes)
    return Polygon(np.vstack([outer, inner if sector.distance_from_m else [[0, 0]]]))


def _about(
    middle: tuple[float, float], shape: BaseGeometry, edge_deg: float = _EDGE_DEG
) -> BaseGeometry:
    """Return a shape on the plane about a point, east north [m]."""

    def laid(points: Floats) -> Floats:
        east, north = seen_from(middle[0], middle[1], points[:, 0], points[:, 1])
        return np.column_stack([east, north])

    return shapely.transform(shapely.segmentize(shape, edge_deg), laid)


def _cut(place: Place, shape: BaseGeometry, metres: float) -> BaseGeometry:
    """Return what lies about a place, on its plane: within a box of that half width."""
    lat = metres / _METRES_PER_DEG
    shrink = math.cos(math.radians(min(abs(place.lat) + lat, 90.0)))
    if shrink < _POLAR_COS:
        return _about((place.lon, place.lat), shape)
    edge = _edge_deg(place)
    lon = lat / shrink
    west, east = place.lon - lon, place.lon + lon
    parts = [
        shapely.clip_by_rect(
            shape, west + turn, place.lat - lat, east + turn, place.lat + lat
        )
        for turn in (-_TURN_DEG, 0.0, _TURN_DEG)
        if west + turn < _TURN_DEG / 2.0 and east + turn > -_TURN_DEG / 2.0
    ]
    middle = place.lon, place.lat
    found = [_about(middle, p, edge) for p in parts if not p.is_empty]
    return shapely.GeometryCollection(found)


def _edge_deg(place: Place) -> float:
    """Return the longest edge that bends too little to matter to a place [deg].

    A parallel of length l leaves its chord by about l^2 / 8 R times the tangent of
    the latitude; a hundredth of the least standard deviation is allowed.
    """
    slope = max(abs(math.tan(math.radians(min(abs(place.lat), 89.0)))), 0.1)
    metres = math.sqrt(0.08 * _EARTH_M * _sigmas(place)[1] / slope)
    return metres / _METRES_PER_DEG


def _share(of: BaseGeometry, region: BaseGeometry) -> float:
    """Return the share of a surface that lies in a region."""
    held = shapely.intersection(of, region)
    return float(np.clip(held.area / of.area, 0.0, 1.0))


def _sigmas(place: Place) -> tuple[float, float, float]:
    """Return standard deviations along and across [m], and the azimuth [rad]."""
    match place.shape:
        case Ellipse(major_m=major, minor_m=minor, azimuth_deg=azimuth):
            turn = math.radians(azimuth)
            return major / RADII_PER_SIGMA, minor / RADII_PER_SIGMA, turn
        case _:
            return place.sigma_m, place.sigma_m, 0.0


def _axes(place: Place) -> Floats:
    """Return the matrix from standard deviations to metres east and north."""
    along, across, azimuth = _sigmas(place)
    sin, cos = math.sin(azimuth), math.cos(azimuth)
    return np.array([[along * sin, along * cos], [across * cos, -across * sin]])


def _whitened(place: Place, flat: BaseGeometry) -> BaseGeometry:
    """Return a shape in standard deviations of a place."""
    inverse = np.linalg.inv(_axes(place))
    return shapely.transform(flat, lambda points: points @ inverse)


def _normal(region: BaseGeometry) -> float:
    """Return the standard normal probability of polygons in the plane."""
    rings = shapely.get_rings(shapely.get_parts(_polygons(region)))
    total = 0.0
    for ring in rings:
        points = shapely.get_coordinates(ring)
        total += float(_edges(points[:-1], points[1:]).sum())
    return min(max(abs(total), 0.0), 1.0)


def _polygons(region: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a region, turned one way: holes against outer rings."""
    parts = shapely.get_parts(region).tolist()
    while any(hasattr(part, "geoms") for part in parts):
        parts = [each for part in parts for each in shapely.get_parts(part)]
    kept = [p for p in parts if isinstance(p, Polygon) and not p.is_empty]
    return shapely.orient_polygons(shapely.MultiPolygon(kept))


def _edges(begin: Floats, end: Floats) -> Floats:
    """Return the signed probability of the triangle from the origin to each edge."""
    run = end - begin
    length = np.hypot(run[:, 0], run[:, 1])
    some = length > 0.0
    begin, end, run, length = begin[some], end[some], run[some], length[some]
    cross = begin[:, 0] * end[:, 1] - begin[:, 1] * end[:, 0]
    height = np.abs(cross) / length
    far = (end * run).sum(axis=1) / length
    near = (begin * run).sum(axis=1) / length
    turn = np.arctan2(np.abs(cross), (begin * end).sum(axis=1))
    held = turn / (2.0 * math.pi) - (_owen(height, far) - _owen(height, near))
    return np.asarray(np.sign(cross) * held)


def _owen(height: Floats, along: Floats) -> Floats:
    """Return Owen's T(h, a), given h >= 0 and a h.

    For slopes above 1 by T(h, a) = (Q(h) + Q(ah)) / 2 - Q(h) Q(ah) - T(ah, 1 / a).
    """
    far = np.abs(along)
    steep = far > height
    h, s = np.where(steep, far, height), np.where(steep, height, far)
    slope = s / np.maximum(h, 1e-300)
    x = (_NODES + 1.0) / 2.0 * slope[:, None]
    grown = 1.0 + x * x
    inner = np.exp(-0.5 * (h * h)[:, None] * grown) / grown
    small = (inner * _WEIGHTS).sum(axis=1) * slope / (4.0 * math.pi)
    a, b = _upper(height), _upper(far)
    found = np.where(steep, (a + b) / 2.0 - a * b - small, small)
    return np.asarray(np.sign(along) * found)


def _upper(x: Floats) -> Floats:
    """Return the standard normal probability above each value, at least 0.

    Source: Numerical Recipes, 3rd edition, section 6.2.2: within 1.2e-7 of itself.
    """
    z = x / math.sqrt(2.0)
    t = 2.0 / (2.0 + z)
    power = np.polynomial.polynomial.polyval(t, _ERFC)
    return np.asarray(0.5 * t * np.exp(-z * z + power))
