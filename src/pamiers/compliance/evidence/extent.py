"""Areas with blurred edges: how deep a point lies inside, and whether it does.

Every answer is a pair, low and high: with the boundary moved in by its tolerance,
and moved out. Depth is measured and dear; `inside` is asked of many sample points,
and asks only whether a point is contained where the boundary has no tolerance.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from pamiers.agreement.zones import Line, Zone
from pamiers.compliance.evidence.facts import Floats, Mask

Bounds = tuple[Floats, Floats]
Answer = tuple[Mask, Mask]


@dataclass(frozen=True, slots=True)
class Extent:
    """An area as two questions about points, lon and lat [deg], shape (n,)."""

    depth: Callable[[Floats, Floats], Bounds]  #: [m]; negative outside
    inside: Callable[[Floats, Floats], Answer]


def in_zones(zones: Sequence[Zone]) -> Extent:
    """Return the area that any of some zones covers."""

    def depth(lon: Floats, lat: Floats) -> Bounds:
        margins = [zone.margin_m(lon, lat) for zone in zones]
        low = [m - z.tolerance_m for m, z in zip(margins, zones, strict=True)]
        high = [m + z.tolerance_m for m, z in zip(margins, zones, strict=True)]
        return np.max(low, axis=0), np.max(high, axis=0)

    def inside(lon: Floats, lat: Floats) -> Answer:
        if any(zone.tolerance_m for zone in zones):
            low, high = depth(lon, lat)
            return low >= 0.0, high >= 0.0
        held = np.any([zone.contains(lon, lat) for zone in zones], axis=0)
        return held, held

    return Extent(depth, inside)


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

    def without(lon: Floats, lat: Floats) -> Answer:
        if blurred:
            low, high = depth(lon, lat)
            return low > 0.0, high > 0.0
        held = ~np.any([zone.contains(lon, lat) for zone in zones], axis=0)
        return held, held

    return Extent(depth, without)


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

    def inside(lon: Floats, lat: Floats) -> Answer:
        low, high = depth(lon, lat)
        return low >= 0.0, high >= 0.0

    return Extent(depth, inside)


def common(parts: Sequence[Extent]) -> Extent:
    """Return what all of some areas share; everything where there are none."""

    def depth(lon: Floats, lat: Floats) -> Bounds:
        if not parts:
            return np.full(lon.shape, np.inf), np.full(lon.shape, np.inf)
        lows, highs = zip(*(part.depth(lon, lat) for part in parts), strict=True)
        return np.min(lows, axis=0), np.min(highs, axis=0)

    def inside(lon: Floats, lat: Floats) -> Answer:
        low, high = np.ones(lon.shape, dtype=bool), np.ones(lon.shape, dtype=bool)
        for part in parts:
            within = part.inside(lon, lat)
            low &= within[0]
            high &= within[1]
        return low, high

    return Extent(depth, inside)
