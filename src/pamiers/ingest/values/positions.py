"""Pairs of coordinates: on the globe, in the right order, in the right units."""

import math
from dataclasses import dataclass
from functools import cache
from typing import Final

from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from pamiers.ingest.refusal import RefusedError, shown
from pamiers.ingest.values.angles import on_globe

Bounds = tuple[float, float, float, float]

WGS84: Final = ("EPSG:4326", "OGC:CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84",
                "urn:ogc:def:crs:EPSG::4326", "CRS84", "WGS84")  # fmt: skip
METRES_PER_DEG: Final = 111_320.0
_NEAR_NULL_DEG: Final = 0.01
_DEGREES: Final = 1_000.0  #: a larger figure is no angle, but metres
_MERCATOR_LIMIT_M: Final = 20_037_508.4
_UTM_EAST_M: Final = (100_000.0, 900_000.0)
_UTM_NORTH_M: Final = 10_000_000.0
_STILL_NEAR_DEG: Final = 0.5


@dataclass(frozen=True, slots=True)
class Position:
    """A point, WGS84 degrees, and the codes of what a person should know of it."""

    lon: float
    lat: float
    notes: tuple[str, ...] = ()


def check_position(lon: float, lat: float, bounds: Bounds | None) -> Position:
    """Return a point, refusing one that cannot be meant.

    Args:
        lon: Longitude as read [deg].
        lat: Latitude as read [deg].
        bounds: West, south, east, north of the mission area [deg], where known.

    Returns:
        The point, `W-OUT-OF-AREA` where it lies outside the bounds.

    Raises:
        RefusedError: `Q-COORD-RANGE`, `Q-COORD-NULL`, `Q-COORD-SWAP` or `Q-CRS`.
    """
    if abs(lon) > _DEGREES or abs(lat) > _DEGREES:
        raise _metres(lon, lat)
    if bounds is not None and not _inside(lon, lat, bounds):
        if _inside(lat, lon, bounds):
            raise RefusedError(
                "Q-COORD-SWAP",
                expected="a place in the mission area",
                got=f"lat {lat}, lon {lon}; exchanged, lat {lon}, lon {lat} lies in it",
            )
        outside: tuple[str, ...] = ("W-OUT-OF-AREA",)
    else:
        outside = ()
    if not on_globe(lat, "lat") or not on_globe(lon, "lon"):
        raise RefusedError(
            "Q-COORD-RANGE",
            expected="lat within 90 and lon within 180 degrees",
            got=f"lat {lat}, lon {lon}",
        )
    if abs(lon) < _NEAR_NULL_DEG and abs(lat) < _NEAR_NULL_DEG:
        raise RefusedError(
            "Q-COORD-NULL", expected="a position", got=f"lat {lat}, lon {lon}"
        )
    return Position(lon, lat, outside)


def _inside(lon: float, lat: float, bounds: Bounds) -> bool:
    west, south, east, north = bounds
    slack = _STILL_NEAR_DEG
    across = (
        west - slack <= lon <= east + slack
        if west <= east  # else the area crosses the antimeridian
        else lon >= west - slack or lon <= east + slack
    )
    return across and south - slack <= lat <= north + slack


def _metres(lon: float, lat: float) -> RefusedError:
    got = f"{lon}, {lat}"
    low, high = _UTM_EAST_M
    if max(abs(lon), abs(lat)) <= _MERCATOR_LIMIT_M:
        at = transformed(lon, lat, "EPSG:3857")
        if min(abs(lon), abs(lat)) > _DEGREES:
            got += f"; in EPSG:3857 that is lat {at.lat:.4f}, lon {at.lon:.4f}"
    if low <= lon <= high and 0 <= lat <= _UTM_NORTH_M:
        got += "; in UTM it would need a zone and hemisphere, such as EPSG:32637"
    return RefusedError("Q-CRS", expected="degrees of WGS 84", got=got)


@cache
def _to_wgs84(crs: str) -> Transformer:
    return Transformer.from_crs(CRS.from_user_input(crs), 4326, always_xy=True)


def is_wgs84(crs: str) -> bool:
    """Tell whether a name of a reference system means degrees of WGS 84."""
    return crs in WGS84


def in_degrees(crs: str) -> bool:
    """Tell whether a reference system, checked before, counts in degrees."""
    return bool(CRS.from_user_input(crs).is_geographic)


def check_crs(crs: str) -> None:
    """Refuse a reference system that is not known.

    Raises:
        RefusedError: `F-CRS`.
    """
    try:
        _to_wgs84(crs)
    except CRSError as error:
        raise RefusedError(
            "F-CRS", expected="a reference system such as EPSG:32637", got=shown(crs)
        ) from error


def transformed(x: float, y: float, crs: str) -> Position:
    """Return a point of a reference system in WGS84 degrees.

    Args:
        x: Easting, or longitude, in units of the system.
        y: Northing, or latitude.
        crs: Name of the system, such as `EPSG:3857`; checked before.

    Returns:
        The point, rounded to a centimetre.

    Raises:
        RefusedError: `Q-COORD-RANGE`: it is not in the system's domain.
    """
    lon, lat = _to_wgs84(crs).transform(x, y)
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise RefusedError(
            "Q-COORD-RANGE", expected=f"a point in {crs}", got=f"{x}, {y}"
        )
    return Position(round(float(lon), 7), round(float(lat), 7))
