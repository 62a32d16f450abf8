"""The frame of a map: which ground it shows, and where on the page a point falls."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.core.geodesy import distance_m

#: share of the ground's extent left free round it
_MARGIN: Final = 0.05
_LEAST_DEG: Final = 0.25
_FULL: Final = 1.25  # tallest frame, in widths
_FLAT: Final = 0.75  # lowest frame, in widths
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> "Box":
        """Return the rectangle with a margin on every side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def overlaps(self, other: "Box") -> bool:
        """Tell whether two rectangles share any ground."""
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)

    def inside(self, width: float, height: float) -> bool:
        """Tell whether the rectangle lies within a page of that size."""
        fits = self.left >= 0 and self.top >= 0
        return fits and self.right <= width and self.bottom <= height


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A plate-carree page whose scale is true at its middle latitude.

    Over the few hundred kilometres of a mission area it errs by less than the
    width of a line.
    """

    west: float
    north: float
    per_lon: float  #: page units per degree of longitude
    per_lat: float  #: page units per degree of latitude
    width: float
    height: float

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a point falls: right, down."""
        return (
            round((lon - self.west) * self.per_lon, 1),
            round((self.north - lat) * self.per_lat, 1),
        )

    def length(self, metres: float) -> float:
        """Return how long a distance is on the page."""
        return round(metres * self._per_metre, 1)

    @property
    def _per_metre(self) -> float:
        middle = self.north - self.height / self.per_lat / 2
        across = distance_m(self.west, middle, self.west + 1.0, middle).item()
        return self.per_lon / across

    def scale_km(self) -> int:
        """Return a round number of kilometres, about a fifth of the width."""
        fifth = self.width / 5 / self._per_metre / 1000
        return max((step for step in _STEPS if step <= fifth), default=1)


def frame_round(points: Sequence[tuple[float, float]], width: float) -> Frame:
    """Return the frame that shows some points, with a margin.

    Args:
        points: lon, lat [deg]; at least one.
        width: Width of the page; its height follows, within bounds.

    Returns:
        A frame that holds every point.
    """
    given = np.array(points, dtype=np.float64)
    (west, south), (east, north) = given.min(axis=0), given.max(axis=0)
    squeeze = math.cos(math.radians((south + north) / 2))
    wide = max(east - west, _LEAST_DEG) * (1 + 2 * _MARGIN)
    tall = max(north - south, _LEAST_DEG) * (1 + 2 * _MARGIN)
    # One scale for both directions; the page is lengthened, never the ground.
    ratio = min(_FULL, max(_FLAT, tall / (wide * squeeze)))
    wide = max(wide, tall / (ratio * squeeze))
    tall = wide * squeeze * ratio
    per_lon = width / wide
    return Frame(
        west=float((west + east) / 2 - wide / 2),
        north=float((south + north) / 2 + tall / 2),
        per_lon=per_lon,
        per_lat=per_lon / squeeze,
        width=width,
        height=round(width * ratio, 1),
    )
