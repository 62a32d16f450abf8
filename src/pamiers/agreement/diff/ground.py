"""How zones and lines moved: what was gained and lost, and on which side."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from pamiers.agreement.resolve.ground import Surveyor
from pamiers.agreement.written import Written
from pamiers.agreement.zones import Line
from pamiers.core.errors import MalformedAgreementError

_GEOD: Final = Geod(ellps="WGS84")
#: least area, and least distance, that is told: what rounding of coordinates does
LEAST_KM2: Final = 1e-4
LEAST_KM: Final = 1e-3
_COMPASS: Final = ("n", "ne", "e", "se", "s", "sw", "w", "nw")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """How the last drawing of a zone or line differs from the one before."""

    section: str  #: zones or lines
    name: str
    gained_km2: float = 0.0
    gained_side: str = ""  #: n ne e se s sw w nw, from the middle of what was there
    lost_km2: float = 0.0
    lost_side: str = ""
    off_km: float = 0.0  #: of a line: how far it lies from where it was, at most


def moved(old: Written, new: Written) -> Iterator[Moved]:
    """Yield every zone and line that both have, and that lies elsewhere now.

    Args:
        old: The earlier version, blanks allowed.
        new: The later one.

    Yields:
        How it moved, in the order of the file; what cannot be drawn is passed over.
    """
    was, now = Surveyor(old), Surveyor(new)
    for name in (each for each in old.zones if each in new.zones):
        shapes = _shape(was, "zones", name), _shape(now, "zones", name)
        if shapes[0] is not None and shapes[1] is not None:
            yield from _zone_moved(name, shapes[0], shapes[1])
    for name in (each for each in old.lines if each in new.lines):
        shapes = _shape(was, "lines", name), _shape(now, "lines", name)
        if shapes[0] is not None and shapes[1] is not None:
            yield from _line_moved(name, shapes[0], shapes[1])


def _shape(surveyor: Surveyor, section: str, name: str) -> BaseGeometry | None:
    try:
        found = surveyor.zone(name) if section == "zones" else surveyor.line(name)
    except (MalformedAgreementError, KeyError, ValueError):
        return None
    return found.shape


def area_km2(shape: BaseGeometry) -> float:
    """Return the area of a shape on the ellipsoid [km2]; 0 for none."""
    return abs(float(_GEOD.geometry_area_perimeter(shape)[0])) / 1e6


def _zone_moved(
    name: str, before: BaseGeometry, after: BaseGeometry
) -> Iterator[Moved]:
    gained, lost = shapely.difference(after, before), shapely.difference(before, after)
    found = Moved(
        section="zones",
        name=name,
        gained_km2=_told(area_km2(gained)),
        gained_side=_side(before, gained),
        lost_km2=_told(area_km2(lost)),
        lost_side=_side(before, lost),
    )
    if found.gained_km2 or found.lost_km2:
        yield found


def _told(km2: float) -> float:
    return km2 if km2 >= LEAST_KM2 else 0.0


def _side(before: BaseGeometry, part: BaseGeometry) -> str:
    """Return where a part lies from the middle of what was there; empty for none."""
    if part.is_empty:
        return ""
    middle, there = shapely.centroid(before), shapely.centroid(part)
    bearing = _GEOD.inv(middle.x, middle.y, there.x, there.y)[0]
    return _COMPASS[round((bearing % 360) / 45) % 8]


def _line_moved(
    name: str, before: BaseGeometry, after: BaseGeometry
) -> Iterator[Moved]:
    off_km = max(_farthest_km(before, after), _farthest_km(after, before))
    if off_km >= LEAST_KM:
        yield Moved(section="lines", name=name, off_km=off_km)


def _farthest_km(line: BaseGeometry, other: BaseGeometry) -> float:
    rows = shapely.get_coordinates(other)
    away = Line(id="line", title={}, shape=line).distance_m(rows[:, 0], rows[:, 1])
    return float(np.max(away)) / 1000
