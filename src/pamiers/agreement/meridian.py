"""Make areas on the far side of the globe, where longitudes jump by 360 degrees.

Distances do not change when the whole globe is turned about its axis. So what lies by
the antimeridian is turned by 180 degrees, made there, turned back, and split at 180
degrees as RFC 7946 section 3.1.9 asks. What lies elsewhere is made as it is drawn.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

Rows = NDArray[np.float64]  #: shape (n, 2): lon, lat [deg]

_HALF_TURN: Final = 180.0
#: an area reaches less far than this beyond what it is made from [deg], off the poles
_BY_THE_MERIDIAN: Final = 150.0
_FAR_SIDE: Final = 90.0
_WEST: Final = box(-540.0, -90.0, -180.0, 90.0)
_MIDDLE: Final = box(-180.0, -90.0, 180.0, 90.0)
_EAST: Final = box(180.0, -90.0, 540.0, 90.0)


def made(
    parts: Sequence[BaseGeometry], make: Callable[..., BaseGeometry]
) -> BaseGeometry:
    """Return an area made from lines or points, wherever on the globe they lie.

    Args:
        parts: What it is made from, WGS84 [deg].
        make: Makes it from as many geometries as there are parts, none of which
            crosses the antimeridian.

    Returns:
        Polygon or multipolygon, in parts that end at 180 degrees.

    Raises:
        MalformedAgreementError: `make` does.
    """
    lon = shapely.get_coordinates(list(parts))[:, 0]
    far = np.abs(lon)
    if not far.size or far.max() < _BY_THE_MERIDIAN or far.min() < _FAR_SIDE:
        return make(*parts)
    turned = [shapely.transform(part, turn) for part in parts]
    return _split(shapely.transform(make(*turned), _turn_back))


def turn(rows: Rows) -> Rows:
    """Return points turned by half a turn, both names of 180 degrees at zero."""
    lon = np.where(rows[:, 0] > 0, rows[:, 0] - _HALF_TURN, rows[:, 0] + _HALF_TURN)
    return np.column_stack([lon, rows[:, 1]])


def _turn_back(rows: Rows) -> Rows:
    """Return points turned back; those west of 180 stay below it, others pass it."""
    return np.column_stack([rows[:, 0] + _HALF_TURN, rows[:, 1]])


def _split(area: BaseGeometry) -> BaseGeometry:
    """Return an area cut at 180 degrees, each part named from -180 to 180."""
    parts = [
        shapely.transform(shapely.intersection(area, half), _moved(by))
        for half, by in ((_WEST, 360.0), (_MIDDLE, 0.0), (_EAST, -360.0))
    ]
    polygons = [
        each
        for part in parts
        for each in shapely.get_parts(part)
        if each.geom_type == "Polygon"
    ]
    return shapely.union_all(polygons)


def _moved(by: float) -> Callable[[Rows], Rows]:
    return lambda rows: np.column_stack([rows[:, 0] + by, rows[:, 1]])
