"""GeoJSON geometries to places: points, and polygons as areas.

Nothing is mended unseen: a ring that is not closed or runs clockwise is set right
with a remark; one that crosses itself is refused.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from pamiers.core.errors import MalformedSourceError
from pamiers.core.place import Area, Place, in_area
from pamiers.core.rows import shape_text
from pamiers.ingest.json_text import Number
from pamiers.ingest.limits import Limits
from pamiers.ingest.refusal import RefusedError, shown
from pamiers.ingest.values.positions import transformed

Ring = list[tuple[float, float]]

_TRIANGLE: Final = 3
_HALF_TURN: Final = 180.0
_FULL_TURN: Final = 360.0


@dataclass(frozen=True, slots=True)
class Located:
    """A place as the cells of a row: text, so that digits keep their meaning."""

    lon: str = ""
    lat: str = ""
    radius_m: str = ""
    shape: str = ""
    notes: tuple[str, ...] = ()


def read_geometry(value: object, crs: str | None, limits: Limits) -> Located:
    """Return where a geometry lies.

    Args:
        value: Member `geometry` of a feature; None where the place is unknown.
        crs: Reference system of its coordinates; None for WGS 84.
        limits: Says how many vertices it may have.

    Returns:
        The place; nothing stated for None.

    Raises:
        RefusedError: `Q-GEOM`, `Q-GEOM-EMPTY` or `Q-NUM`.
    """
    if value is None:
        return Located()
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(kind, str):
        raise RefusedError("Q-GEOM", expected="a geometry", got="something else")
    given = value.get("coordinates")
    if kind == "Point":
        return _point(given, crs)
    if kind in {"Polygon", "MultiPolygon"}:
        parts = [given] if kind == "Polygon" else _listed(given)
        if _vertices(parts) > limits.vertices:
            raise RefusedError(
                "Q-GEOM", expected=f"at most {limits.vertices} vertices", got="more"
            )
        return _area([_outer(part, crs) for part in parts])
    raise RefusedError("Q-GEOM", expected="a Point, a Polygon or null", got=shown(kind))


def _point(given: object, crs: str | None) -> Located:
    if given == []:
        raise RefusedError("Q-GEOM-EMPTY", expected="two coordinates", got="none")
    x, y = _pair(given)
    if crs is None:
        return Located(lon=str(x), lat=str(y))
    at = transformed(float(x), float(y), crs)
    return Located(lon=f"{at.lon:.7f}", lat=f"{at.lat:.7f}", notes=("W-CRS",))


def _pair(given: object) -> tuple[Number, Number]:
    if not isinstance(given, list) or len(given) < 2:  # noqa: PLR2004 - x and y
        raise RefusedError(
            "Q-GEOM-EMPTY", expected="two coordinates", got="something else"
        )
    x, y = given[0], given[1]
    if not isinstance(x, Number) or not isinstance(y, Number):
        raise RefusedError(
            "Q-NUM", expected="coordinates as numbers", got="something else"
        )
    return x, y


def _listed(given: object) -> list[object]:
    if not isinstance(given, list) or not given:
        raise RefusedError("Q-GEOM-EMPTY", expected="a ring", got="none")
    return given


def _vertices(parts: object) -> int:
    if isinstance(parts, list):
        return (
            1 if parts and isinstance(parts[0], Number) else sum(map(_vertices, parts))
        )
    return 0


def _outer(part: object, crs: str | None) -> tuple[Ring, set[str]]:
    rings = _listed(part)
    if len(rings) > 1:
        raise RefusedError(
            "Q-GEOM", expected="a polygon without holes", got=f"{len(rings) - 1} holes"
        )
    pairs = [_pair(each) for each in _listed(rings[0])]
    ring = [(float(x), float(y)) for x, y in pairs]
    notes = set()
    if crs is not None:
        at = [transformed(x, y, crs) for x, y in ring]
        ring = [(each.lon, each.lat) for each in at]
        notes.add("W-CRS")
    if ring[0] != ring[-1]:
        notes.add("W-RING")
    else:
        ring = ring[:-1]
    if len(set(ring)) < _TRIANGLE:
        raise RefusedError(
            "Q-GEOM-EMPTY",
            expected="a ring of three points or more",
            got=str(len(set(ring))),
        )
    return _unwrapped(ring, notes)


def _unwrapped(ring: Ring, notes: set[str]) -> tuple[Ring, set[str]]:
    """Return a ring without a jump where it crosses the antimeridian."""
    jumps = zip(ring, [*ring[1:], ring[0]], strict=True)
    if any(abs(a[0] - b[0]) > _HALF_TURN for a, b in jumps):
        ring = [(lon + _FULL_TURN if lon < 0 else lon, lat) for lon, lat in ring]
        notes.add("W-RING")
    if not shapely.LinearRing(ring).is_ccw:
        ring = [ring[0], *ring[:0:-1]]
        notes.add("W-RING")
    return ring, notes


def _area(parts: list[tuple[Ring, set[str]]]) -> Located:
    notes = set().union(*(each for _, each in parts))
    shapes = [_polygon(ring) for ring, _ in parts]
    whole = shapes[0] if len(shapes) == 1 else _joined(shapes)
    turn = _FULL_TURN if whole.centroid.x >= _HALF_TURN else 0.0
    ring = tuple((float(x) - turn, float(y)) for x, y in whole.exterior.coords[:-1])
    try:
        place: Place = in_area(Area(ring=ring))
    except MalformedSourceError as error:
        raise RefusedError(
            "Q-GEOM", expected=error.expected, got="an area beyond it"
        ) from error
    return Located(
        lon=f"{place.lon:.7f}",
        lat=f"{place.lat:.7f}",
        radius_m=str(place.radius_m),
        shape=shape_text(place.shape) or "",
        notes=tuple(sorted(notes)),
    )


def _polygon(ring: Ring) -> shapely.Polygon:
    polygon = shapely.Polygon(ring)
    if not polygon.is_valid or polygon.area == 0:
        mended = shapely.make_valid(polygon)
        reason = shapely.is_valid_reason(polygon).partition("[")[0].lower()
        raise RefusedError(
            "Q-GEOM",
            expected="a ring that encloses an area and does not cross itself",
            got=f"{reason or 'no area'}; mended, it would be a {mended.geom_type}",
        )
    return polygon


def _joined(shapes: list[shapely.Polygon]) -> shapely.Polygon:
    """Return parts that meet, such as at the antimeridian, as one."""
    for shift in (0.0, _FULL_TURN):
        moved = [_moved(each, shift) for each in shapes]
        whole = shapely.union_all(moved)
        if whole.geom_type == "Polygon" and not whole.interiors:
            if sum(each.area for each in moved) - whole.area > 1e-9:  # noqa: PLR2004 - a figure plain in its place
                break
            return whole
    raise RefusedError(
        "Q-GEOM",
        expected="parts that meet in one area and do not overlap",
        got=f"{len(shapes)} parts",
    )


def _moved(polygon: shapely.Polygon, shift: float) -> shapely.Polygon:
    if polygon.bounds[2] > 0:
        return polygon
    return shapely.transform(polygon, lambda at: at + np.array([shift, 0.0]))
