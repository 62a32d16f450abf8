"""Areas with blurred edges: how deep a point lies inside, and what is inside.

Every answer is a pair, low and high: with the boundary moved in by its tolerance,
and moved out. Depth settles most places; of the rest, the probability is that of
the region itself under the place's error.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import shapely
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from pamiers.agreement.shapes import buffer
from pamiers.agreement.zones import Line, Zone
from pamiers.compliance.evidence.facts import Floats

Bounds = tuple[Floats, Floats]
Regions = tuple[BaseGeometry, BaseGeometry]

_WORLD: Final = box(-180.0, -90.0, 180.0, 90.0)


@dataclass(frozen=True, slots=True)
class Extent:
    """An area: depth of points, lon and lat [deg], shape (n,), and its regions."""

    depth: Callable[[Floats, Floats], Bounds]  #: [m]; negative outside
    regions: Callable[[], Regions]  #: drawn once, when first asked for


def in_zones(zones: Sequence[Zone]) -> Extent:
    """Return the area that any of some zones covers."""

    def depth(lon: Floats, lat: Floats) -> Bounds:
        margins = [zone.margin_m(lon, lat) for zone in zones]
        low = [m - z.tolerance_m for m, z in zip(margins, zones, strict=True)]
        high = [m + z.tolerance_m for m, z in zip(margins, zones, strict=True)]
        return np.max(low, axis=0), np.max(high, axis=0)

    @cache
    def regions() -> Regions:
        low = shapely.union_all([_moved(z.shape, -z.tolerance_m) for z in zones])
        high = shapely.union_all([_moved(z.shape, z.tolerance_m) for z in zones])
        return low, high if any(z.tolerance_m for z in zones) else low

    return Extent(depth, regions)


def outside(zones: Sequence[Zone], *, blurred: bool = False) -> Extent:
    """Return what lies in none of some zones.

    Args:
        zones: The zones.
        blurred: Whether their tolerance counts; sectors of reports have sharp edges.

    Returns:
        The area.
    """

    def depth(lon: Floats, lat: Floats) -> Bounds:
        margins = [zone.margin_m(lon, lat) for zone in zones]
        off = [zone.tolerance_m if blurred else 0.0 for zone in zones]
        most = np.max([m + t for m, t in zip(margins, off, strict=True)], axis=0)
        least = np.max([m - t for m, t in zip(margins, off, strict=True)], axis=0)
        return -most, -least

    @cache
    def regions() -> Regions:
        off = [zone.tolerance_m if blurred else 0.0 for zone in zones]
        pairs = list(zip(zones, off, strict=True))
        most = shapely.union_all([_moved(z.shape, t) for z, t in pairs])
        least = shapely.union_all([_moved(z.shape, -t) for z, t in pairs])
        low = shapely.difference(_WORLD, most)
        same = not any(off)
        return low, low if same else shapely.difference(_WORLD, least)

    return Extent(depth, regions)


def near_lines(lines: Sequence[Line], distance_m: float) -> Extent:
    """Return the area near lines: surely near only where near to all of them.

    Args:
        lines: The lines that may be the one that counts.
        distance_m: How near [m].

    Returns:
        The area.
    """

    def depth(lon: Floats, lat: Floats) -> Bounds:
        depths = [distance_m - line.distance_m(lon, lat) for line in lines]
        low = [d - line.tolerance_m for d, line in zip(depths, lines, strict=True)]
        high = [d + line.tolerance_m for d, line in zip(depths, lines, strict=True)]
        return np.min(low, axis=0), np.max(high, axis=0)

    @cache
    def regions() -> Regions:
        low, high = (
            [line.band(max(distance_m + k * line.tolerance_m, 1e-3)) for line in lines]
            for k in (-1.0, 1.0)
        )
        sure = shapely.intersection_all(low)
        same = len(lines) == 1 and not lines[0].tolerance_m
        return sure, sure if same else shapely.union_all(high)

    return Extent(depth, regions)


def common(parts: Sequence[Extent]) -> Extent:
    """Return what all of some areas share; everything where there are none."""

    def depth(lon: Floats, lat: Floats) -> Bounds:
        if not parts:
            return np.full(lon.shape, np.inf), np.full(lon.shape, np.inf)
        lows, highs = zip(*(part.depth(lon, lat) for part in parts), strict=True)
        return np.min(lows, axis=0), np.min(highs, axis=0)

    @cache
    def regions() -> Regions:
        lows, highs = zip(*(part.regions() for part in parts), strict=True)
        low = shapely.intersection_all([_WORLD, *lows])
        same = all(a is b for a, b in zip(lows, highs, strict=True))
        return low, low if same else shapely.intersection_all([_WORLD, *highs])

    return parts[0] if len(parts) == 1 else Extent(depth, regions)


def _moved(shape: BaseGeometry, metres: float) -> BaseGeometry:
    """Return an area with its boundary moved out, or in where negative [m]."""
    if not metres:
        return shape
    edge = buffer(shapely.boundary(shape), abs(metres))
    if metres > 0.0:
        return shapely.union(shape, edge)
    return shapely.difference(shape, edge)
