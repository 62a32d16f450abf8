"""The drawings of zones and lines: zones.geojson, checked and never repaired.

GeoJSON is RFC 7946: WGS84, lon before lat, rings closed. A boundary is a matter of
law: a ring that crosses itself is refused with the drawing that `make_valid` would
give as a proposal, and nothing is turned, closed or moved.
"""

import itertools
import math
from collections.abc import Iterator, Mapping
from statistics import median
from typing import Any, Final

import shapely
from shapely.geometry import Polygon, shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from pamiers.agreement.complaint import Notes
from pamiers.agreement.text.node import Node, Plain, type_name

MAX_VERTICES: Final = 200_000
FILE: Final = "zones.geojson"
UNREADABLE: Final = f"{FILE}#unreadable"  #: marked where the file cannot be read on
_DEPTH: Final = {
    "Point": 0,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
_RING: Final = 4  #: positions of the smallest closed ring
_WGS84: Final = ("CRS84", "EPSG::4326", "EPSG:4326")
_FAR_DEG: Final = 5.0  #: farther apart than any two zones of one agreement

_HALF_TURN: Final = 180.0
_QUARTER_TURN: Final = 90.0
_LON_LAT: Final = 2
_CROWD: Final = 3  #: of two, neither can be the odd one out

Position = tuple[float, float]


def read_drawings(root: Node | None, notes: Notes) -> dict[str, Plain]:
    """Return feature id -> GeoJSON feature, after checking every geometry.

    Args:
        root: Tree of zones.geojson; None where there is none.
        notes: Takes every complaint.

    Returns:
        The features that can be drawn; those with errors are left out.
    """
    if root is None:
        return {}
    features = _features(root, notes)
    found: dict[str, Plain] = {}
    for index, feature in enumerate(features):
        path = f"{FILE}:features[{index}]"
        notes.marks[path] = feature.mark
        name = _feature_id(feature, notes, path)
        notes.marks[f"{FILE}#{name}"] = feature.mark
        if name in found:
            _complain(notes, feature, "F-ID-DUP", path, f"feature {name!r} once")
        elif name and _sound(feature, notes, f"{path}.geometry"):
            found[name] = feature.plain()
    _look_swapped(found, notes)
    return found


def draw(feature: Plain) -> BaseGeometry:
    """Return the geometry of a feature that `read_drawings` let through.

    Heights are left out: a zone is a matter of the ground.
    """
    held: Any = feature
    return _shape(held["geometry"])


def _shape(geometry: Any) -> BaseGeometry:  # noqa: ANN401 - checked GeoJSON
    kind = geometry["type"]
    flat = _flat(geometry["coordinates"], _DEPTH[kind])
    return shape({"type": kind, "coordinates": flat})


def _flat(coordinates: Any, depth: int) -> list[Any]:  # noqa: ANN401 - any value
    if depth == 0:
        return list(coordinates[:_LON_LAT])
    return [_flat(each, depth - 1) for each in coordinates]


def _features(root: Node, notes: Notes) -> list[Node]:
    held = root.value if isinstance(root.value, dict) else {}
    _check_crs(held, notes)
    features = held.get("features")
    if features is None or not isinstance(features.value, list):
        notes.complain(
            "F-GEOM-TYPE",
            FILE,
            "expected a FeatureCollection with features",
            'Begin with {"type": "FeatureCollection", "features": [',
            mark=root.mark,
        )
        return []
    return features.value


def _check_crs(held: Mapping[str, Node], notes: Notes) -> None:
    crs = held.get("crs")
    if crs is not None and not any(name in str(crs.plain()) for name in _WGS84):
        notes.complain(
            "F-GEOM-CRS",
            f"{FILE}:crs",
            f"expected WGS84 (RFC 7946), got the crs {crs.plain()}",
            "Reproject the file to EPSG:4326; a boundary is not moved on reading.",
            mark=crs.mark,
        )


def _feature_id(feature: Node, notes: Notes, path: str) -> str:
    held = feature.value if isinstance(feature.value, dict) else {}
    inner = held.get("properties")
    properties = inner.value if inner and isinstance(inner.value, dict) else {}
    node = held.get("id") or properties.get("id")
    if node is not None and isinstance(node.value, str | int):
        return str(node.value)
    _complain(notes, feature, "F-SCHEMA-MISSING", path, "an id for the feature")
    return ""


def _complain(notes: Notes, node: Node, code: str, path: str, expected: str) -> None:
    remedy = "Correct the feature in the tool that drew it."
    notes.complain(code, path, f"expected {expected}", remedy, mark=node.mark)


def _sound(feature: Node, notes: Notes, path: str) -> bool:
    """Tell whether a feature's geometry can be drawn; complain of each fault."""
    held = feature.value if isinstance(feature.value, dict) else {}
    node = held.get("geometry")
    geometry = node.value if node and isinstance(node.value, dict) else {}
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    known = kind is not None and isinstance(kind.value, str) and kind.value in _DEPTH
    if kind is None or coordinates is None or not known:
        return _no_geometry(node or feature, notes, path, kind)
    before = len(notes.complaints)
    rows = list(_rows(coordinates, _DEPTH[str(kind.value)], notes, path))
    if not any(len(row) for row in rows) and len(notes.complaints) == before:
        _complain(notes, coordinates, "F-GEOM-EMPTY", path, "points, got none")
    if len(notes.complaints) == before:
        _check_rows(rows, str(kind.value), coordinates, notes, path)
    if len(notes.complaints) == before and _DEPTH[str(kind.value)] > 1:
        _check_shape(geometry, coordinates, notes, path)
    return all(not c.code.startswith("F-") for c in notes.complaints[before:])


def _no_geometry(node: Node, notes: Notes, path: str, kind: Node | None) -> bool:
    if kind is not None and kind.value is not None and str(kind.value) not in _DEPTH:
        got = kind.value if isinstance(kind.value, str) else type_name(kind)
        expected = f"one of {', '.join(_DEPTH)}, got {got}"
        _complain(notes, node, "F-GEOM-TYPE", path, expected)
    else:
        _complain(notes, node, "F-GEOM-EMPTY", path, "a geometry, got none")
    return False


def _rows(node: Node, depth: int, notes: Notes, path: str) -> Iterator[list[Position]]:
    """Yield every run of positions in a coordinates member."""
    if depth == 0:
        found = _position(node, notes, path)
        yield [found] if found else []
    elif not isinstance(node.value, list):
        _complain(notes, node, "F-GEOM-TYPE", path, "a list of coordinates")
    elif depth == 1:
        if len(node.value) > MAX_VERTICES:
            expected = f"at most {MAX_VERTICES} vertices, got {len(node.value)}"
            _complain(notes, node, "F-GEOM-LIMIT", path, expected)
            return
        yield _row(node.value, notes, path)
    else:
        for index, each in enumerate(node.value):
            yield from _rows(each, depth - 1, notes, f"{path}[{index}]")


def _row(nodes: list[Node], notes: Notes, path: str) -> list[Position]:
    """Return positions up to the first that is wrong: one complaint is enough."""
    row: list[Position] = []
    for index, node in enumerate(nodes):
        found = _position(node, notes, f"{path}[{index}]")
        if found is None:
            break
        row.append(found)
    return row


def _position(node: Node, notes: Notes, path: str) -> Position | None:
    parts = node.value if isinstance(node.value, list) else []
    figures = [
        float(each.value)
        for each in parts[:_LON_LAT]
        if isinstance(each.value, int | float)
        and not isinstance(each.value, bool)
        and math.isfinite(each.value)
    ]
    if len(figures) != _LON_LAT:
        got = f"two finite numbers, lon and lat, got {node.plain()!r:.60}"
        _complain(notes, node, "F-GEOM-NUM", path, got)
        return None
    lon, lat = figures
    if abs(lon) <= _HALF_TURN and abs(lat) <= _QUARTER_TURN:
        return lon, lat
    swapped = abs(lat) <= _HALF_TURN and abs(lon) <= _QUARTER_TURN
    notes.complain(
        "F-GEOM-SWAP" if swapped else "F-GEOM-RANGE",
        path,
        f"expected lon in [-180, 180] and lat in [-90, 90], got {lon}, {lat}",
        f"Write [{lat}, {lon}] if the two are swapped."
        if swapped
        else "Check the coordinates; metres of a map grid must be reprojected.",
        mark=node.mark,
    )
    return None


def _check_rows(
    rows: list[list[Position]], kind: str, node: Node, notes: Notes, path: str
) -> None:
    polygon = kind.endswith("Polygon")
    for row in rows:
        if polygon and row[:1] != row[-1:]:
            expected = f"the ring to end where it begins, {row[0]}, got {row[-1]}"
            _complain(notes, node, "F-GEOM-OPEN", path, expected)
        elif polygon and len(set(row)) < _RING - 1:
            expected = f"at least three corners, got {len(set(row))}"
            _complain(notes, node, "F-GEOM-EMPTY", path, expected)
        elif kind.endswith("LineString") and len(set(row)) <= 1:
            _complain(notes, node, "F-GEOM-EMPTY", path, "at least two points")
        _check_meridian(row, node, notes, path)


def _check_meridian(row: list[Position], node: Node, notes: Notes, path: str) -> None:
    pairs = itertools.pairwise(row)
    if any(abs(b[0] - a[0]) > _HALF_TURN for a, b in pairs):
        notes.complain(
            "F-GEOM-MERIDIAN",
            path,
            "expected edges of less than 180 degrees, got one that crosses the "
            "antimeridian",
            "Split the geometry at 180 degrees (RFC 7946 section 3.1.9).",
            mark=node.mark,
        )


def _check_shape(
    geometry: Mapping[str, Node], node: Node, notes: Notes, path: str
) -> None:
    drawn = _shape({key: each.plain() for key, each in geometry.items()})
    if not drawn.is_valid:
        proposal = shapely.make_valid(drawn)
        parts = len(shapely.get_parts(proposal))
        notes.complain(
            "F-GEOM",
            path,
            f"expected a valid {drawn.geom_type}, got: {explain_validity(drawn)}",
            f"Redraw it. make_valid proposes a {proposal.geom_type} of {parts} "
            f"part(s), area {proposal.area:.6g} square degrees: have the parties "
            "confirm it, a boundary is never repaired here.",
            mark=node.mark,
        )
    elif any(_wound_wrong(part) for part in shapely.get_parts(drawn)):
        notes.complain(
            "W-GEOM-WINDING",
            path,
            "expected outer rings counterclockwise and holes clockwise",
            "Nothing to do: the area is the same either way.",
            mark=node.mark,
        )


def _wound_wrong(part: BaseGeometry) -> bool:
    if not isinstance(part, Polygon):
        return False
    return not part.exterior.is_ccw or any(hole.is_ccw for hole in part.interiors)


def _look_swapped(found: dict[str, Plain], notes: Notes) -> None:
    """Complain of a feature far from the rest that would be among them if swapped."""
    if len(found) < _CROWD:
        return
    centres = {name: draw(feature).centroid for name, feature in found.items()}
    lon = median(point.x for point in centres.values())
    lat = median(point.y for point in centres.values())
    for name, point in centres.items():
        far = max(abs(point.x - lon), abs(point.y - lat)) > _FAR_DEG
        if far and max(abs(point.y - lon), abs(point.x - lat)) <= _FAR_DEG:
            notes.complain(
                "F-GEOM-SWAP",
                f"{FILE}:{name}",
                f"expected a place near the other features, got {point.x:.3f}, "
                f"{point.y:.3f}",
                "Put longitude before latitude.",
                mark=notes.mark(f"{FILE}#{name}"),
            )
