"""Where several reports together say that something was, and how surely."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.core.geodesy import bearing_deg, destination, distance_m
from pamiers.core.place import (
    CONTAINED,
    RADII_PER_SIGMA,
    Ellipse,
    Place,
    sample_points,
)
from pamiers.core.rows import read_shape
from pamiers.fusion.columns import Floats
from pamiers.fusion.grid import lon_lat, position

#: no fused place is held to be known better than this [m]
FLOOR_M: Final = 50.0
#: an ellipse that is rounder than this is a circle
ROUND: Final = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where one report says that it was."""

    lon: float
    lat: float
    radius_m: float  #: holds the place with 95 %, as it is believed
    shape: str | None  #: finer uncertainty as stated, canonical JSON
    wider: float = 1.0  #: error as believed, over error as stated


def fused_place(spots: Sequence[Spot]) -> Place:
    """Return the place that several reports give together.

    Places combine by precision, those that are long in one direction too; the spread
    is widened where reports scatter more than they say they could (Birge 1932).

    Args:
        spots: At least two.

    Returns:
        A place no better known than `FLOOR_M`, with an ellipse unless it is round.
    """
    if all(each.shape is None for each in spots):
        return _round(spots)
    precision = [1.0 / each.radius_m**2 for each in spots]
    about = np.average(
        [position(each.lon, each.lat) for each in spots], axis=0, weights=precision
    )
    lon, lat = lon_lat(*about.tolist())
    offsets = np.array([_offset(lon, lat, each) for each in spots])
    inverses = np.array([np.linalg.inv(_spread(each)) for each in spots])
    spread = np.linalg.inv(inverses.sum(axis=0))
    middle = spread @ np.einsum("kij,kj->i", inverses, offsets)
    off = offsets - middle
    scatter = float(np.einsum("ki,kij,kj->", off, inverses, off))
    spread = spread * max(1.0, scatter / (2.0 * (len(spots) - 1)))
    east, north = middle.tolist()
    bearing, reach = math.degrees(math.atan2(east, north)), math.hypot(east, north)
    lons, lats = destination(lon, lat, bearing, reach)
    return _place(float(lons), float(lats), spread)


def _round(spots: Sequence[Spot]) -> Place:
    """Return the place that circles give: theirs is one too."""
    points = [position(each.lon, each.lat) for each in spots]
    weights = [1.0 / (each.radius_m / RADII_PER_SIGMA) ** 2 for each in spots]
    total = math.fsum(weights)
    centre = [
        math.fsum(w * p[axis] for w, p in zip(weights, points, strict=True)) / total
        for axis in range(3)
    ]
    scatter = math.fsum(
        w * math.dist(p, centre) ** 2 for w, p in zip(weights, points, strict=True)
    )
    birge = max(1.0, scatter / (2.0 * (len(spots) - 1)))
    lon, lat = lon_lat(*centre)
    radius = RADII_PER_SIGMA * math.sqrt(birge / total)
    return Place(
        lon=round(lon, 7), lat=round(lat, 7), radius_m=max(round(radius, 1), FLOOR_M)
    )


def _place(lon: float, lat: float, spread: Floats) -> Place:
    values, axes = np.linalg.eigh(spread)
    minor, major = (
        max(FLOOR_M, RADII_PER_SIGMA * math.sqrt(max(v, 0.0))) for v in values.tolist()
    )
    lon, lat = round(lon, 7), round(lat, 7)
    if major < ROUND * minor:
        radius = RADII_PER_SIGMA * math.sqrt(float(np.trace(spread)) / 2.0)
        return Place(lon=lon, lat=lat, radius_m=max(round(radius, 1), FLOOR_M))
    azimuth = math.degrees(math.atan2(axes[0, 1], axes[1, 1])) % 180.0
    ellipse = Ellipse(
        major_m=round(major, 1), minor_m=round(minor, 1), azimuth_deg=round(azimuth, 1)
    )
    drawn = Place(lon=lon, lat=lat, radius_m=major, shape=ellipse)
    points = sample_points(drawn, 512)
    reach = distance_m(lon, lat, points[:, 0], points[:, 1])
    radius = round(float(np.quantile(reach, CONTAINED)), 1)
    return Place(lon=lon, lat=lat, radius_m=radius, shape=ellipse)


def _offset(lon: float, lat: float, spot: Spot) -> tuple[float, float]:
    """Return how far east and north of a point a spot lies [m]."""
    reach = float(distance_m(lon, lat, spot.lon, spot.lat))
    if reach == 0.0:
        return 0.0, 0.0
    turn = math.radians(float(bearing_deg(lon, lat, spot.lon, spot.lat)))
    return reach * math.sin(turn), reach * math.cos(turn)


def _spread(spot: Spot) -> Floats:
    """Return the covariance of a spot, east and north [m2]."""
    shape = read_shape(spot.shape)
    if shape is None:
        return np.eye(2) * (spot.radius_m / RADII_PER_SIGMA) ** 2
    stated = Place(lon=spot.lon, lat=spot.lat, radius_m=spot.radius_m, shape=shape)
    points = sample_points(stated, 512)
    reach = distance_m(spot.lon, spot.lat, points[:, 0], points[:, 1])
    turn = np.radians(bearing_deg(spot.lon, spot.lat, points[:, 0], points[:, 1]))
    offsets = np.column_stack((reach * np.sin(turn), reach * np.cos(turn)))
    found = np.cov(offsets.T) * spot.wider**2
    least = (FLOOR_M / RADII_PER_SIGMA) ** 2
    return np.asarray(found + np.eye(2) * least * 1e-3, dtype=np.float64)
