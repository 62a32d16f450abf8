"""Drawings: a boundary is checked, named when it is wrong, and never repaired."""

import json
from typing import Any

import pytest

from pamiers.agreement import check, read
from pamiers.agreement.complaint import Complaint
from tests.unit.agreement.small import TEXT, TEXTS, ZONES

RIVER = {"type": "LineString", "coordinates": [[37, 48.5], [38, 48.5]]}
SQUARE = [[37, 48], [38, 48], [38, 49], [37, 49], [37, 48]]


def drawn(strip: object, **members: object) -> tuple[Complaint, ...]:
    """Return the complaints about the small agreement with another strip."""
    features = [
        {"type": "Feature", "id": "strip", "properties": {}, "geometry": strip},
        {"type": "Feature", "id": "river", "properties": {}, "geometry": RIVER},
    ]
    collection = {"type": "FeatureCollection", "features": features, **members}
    files = {"agreement.yaml": TEXT, "zones.geojson": json.dumps(collection)}
    return check(read(files)).complaints


def polygon(*rings: list[Any]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def test_a_sound_drawing_raises_nothing() -> None:
    assert drawn(polygon(SQUARE)) == ()


@pytest.mark.parametrize(
    ("strip", "code", "part"),
    [
        (polygon([[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]), "F-GEOM", "ntersection"),
        (polygon(SQUARE[:-1]), "F-GEOM-OPEN", "end where it begins"),
        (polygon([[0, 0], [1, 1], [0, 0]]), "F-GEOM-EMPTY", "three corners"),
        (polygon([[0, 0], [1, 1], [2, 2], [0, 0]]), "F-GEOM", "intersection"),
        (polygon([]), "F-GEOM-EMPTY", "points"),
        (polygon(), "F-GEOM-EMPTY", "points"),
        (None, "F-GEOM-EMPTY", "geometry"),
        ({"type": "Polygon"}, "F-GEOM-EMPTY", "geometry"),
        ({"type": "GeometryCollection", "geometries": []}, "F-GEOM-TYPE", "Polygon"),
        ({"type": "Polygon", "coordinates": 5}, "F-GEOM-TYPE", "list"),
        (polygon([["37", "48"], *SQUARE[1:]]), "F-GEOM-NUM", "'37'"),
        (polygon([[True, 48], *SQUARE[1:]]), "F-GEOM-NUM", "True"),
        (polygon([[37], *SQUARE[1:]]), "F-GEOM-NUM", "[37]"),
        (polygon([[437, 48], *SQUARE[1:]]), "F-GEOM-RANGE", "437"),
        (polygon([[48, 137], *SQUARE[1:]]), "F-GEOM-SWAP", "137"),
        (
            polygon([[179, 0], [-179, 0], [-179, 1], [179, 1], [179, 0]]),
            "F-GEOM-MERIDIAN",
            "antimeridian",
        ),
        (polygon(SQUARE[::-1]), "W-GEOM-WINDING", "counterclockwise"),
        (
            polygon(SQUARE, [[39, 48], [40, 48], [40, 49], [39, 48]]),
            "F-GEOM",
            "Hole lies outside",
        ),
        (
            {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]},
            "F-GEOM",
            "",
        ),
        (RIVER, "F-GEOM-TYPE", "Polygon"),
    ],
)
def test_what_is_wrong_with_a_drawing(strip: object, code: str, part: str) -> None:
    (found,) = drawn(strip)
    assert (found.code, part in found.message) == (code, True), str(found)
    assert found.remedy


def test_a_bow_tie_is_refused_with_what_make_valid_would_propose() -> None:
    (found,) = drawn(polygon([[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]))
    assert "make_valid proposes a MultiPolygon of 2 part(s), area 2" in found.remedy
    assert (found.severity, found.file) == ("error", "zones.geojson")


def test_three_coordinates_are_a_height_and_do_no_harm() -> None:
    assert drawn(polygon([[*each, 100.0] for each in SQUARE])) == ()
    assert drawn(polygon([SQUARE[0], [*SQUARE[1], 100.0], *SQUARE[2:]])) == ()


def test_a_crowd_of_vertices_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pamiers.agreement.drawing.MAX_VERTICES", 100)
    ring = [[37.0, 48.0]] * 101
    assert [each.code for each in drawn(polygon(ring))] == ["F-GEOM-LIMIT"]


def test_another_reference_system_is_refused_and_wgs84_is_not() -> None:
    mercator = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    wgs84 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert [c.code for c in drawn(polygon(SQUARE), crs=mercator)] == ["F-GEOM-CRS"]
    assert drawn(polygon(SQUARE), crs=wgs84) == ()


def test_a_feature_that_would_lie_with_the_others_if_swapped() -> None:
    other = {"type": "Polygon", "coordinates": [[[y, x] for x, y in SQUARE][::-1]]}
    features = [
        {"type": "Feature", "id": name, "properties": {}, "geometry": each}
        for name, each in (("strip", other), ("river", RIVER), ("bank", RIVER))
    ]
    collection = json.dumps({"type": "FeatureCollection", "features": features})
    found = check(read({"agreement.yaml": TEXT, "zones.geojson": collection}))
    assert [each.code for each in found.complaints] == ["F-GEOM-SWAP"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("{}", ["F-GEOM-TYPE", "L-UNDEFINED", "L-UNDEFINED"]),
        ("not json", ["F-JSON-SYNTAX"]),
        (ZONES.replace('"id": "river"', '"id": "strip"'), ["F-ID-DUP", "L-UNDEFINED"]),
        (ZONES.replace('"id": "river", ', ""), ["F-SCHEMA-MISSING", "L-UNDEFINED"]),
        (
            ZONES.replace("[37, 48.5]", "[NaN, 48.5]"),
            ["F-GEOM-NUM"],
        ),
    ],
)
def test_a_collection_that_is_none(text: str, codes: list[str]) -> None:
    found = check(read({**TEXTS, "zones.geojson": text}))
    assert sorted(each.code for each in found.complaints) == codes


def test_ids_may_stand_among_the_properties() -> None:
    moved = ZONES.replace(
        '"id": "river", "properties": {}', '"properties": {"id": "river"}'
    )
    assert moved != ZONES
    assert check(read({**TEXTS, "zones.geojson": moved})).complaints == ()
