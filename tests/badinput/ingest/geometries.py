"""Cases 77 to 83, as they apply to events: GeoJSON."""

from typing import Final

from tests.badinput.ingest.case import (
    KYIV,
    Case,
    bad,
    empty,
    features,
    ok,
    refused_file,
)

SQUARE: Final = "[10,10],[11,10],[11,11],[10,11],[10,10]"
GEOMETRIES: Final = (
    Case(
        number=77,
        name="bow_tie",
        format="geojson",
        data=features(
            '{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}'
        ),
        expected=bad((2, "Q-GEOM", None)),
    ),
    Case(
        number=78,
        name="unclosed_ring",
        format="geojson",
        data=features('{"type":"Polygon","coordinates":[[[10,10],[11,10],[11,11]]]}'),
        expected=ok({}, notes=("W-RING",)),
    ),
    Case(
        number=79,
        name="empty_geometries",
        format="geojson",
        data=features(
            '{"type":"Polygon","coordinates":[[[1,2],[3,4]]]}',
            '{"type":"Point","coordinates":[]}',
            "null",
            '{"type":"Polygon","coordinates":[]}',
        ),
        expected=bad(
            (2, "Q-GEOM-EMPTY", None),
            (3, "Q-GEOM-EMPTY", None),
            (5, "Q-GEOM-EMPTY", None),
            accepted=1,
            values=[{"key": "k3", "lat": None}],
        ),
    ),
    Case(
        number=80,
        name="antimeridian",
        format="geojson",
        data=features(
            '{"type":"Polygon","coordinates":[[[177,-19],[-178,-19],[-178,-16],[177,-16],[177,-19]]]}',
            '{"type":"MultiPolygon","coordinates":[[[[177,64],[180,64],[180,66],[177,66],[177,64]]],[[[-180,64],[-175,64],[-175,66],[-180,66],[-180,64]]]]}',
        ),
        expected=ok({"lon": 179.5}, {"lon": -179.0}, notes=("W-RING",), tolerance=0.01),
    ),
    Case(
        number=81,
        name="rings",
        format="geojson",
        data=features(
            '{"type":"Polygon","coordinates":[[[10,10],[10,11],[11,11],[11,10],[10,10]]]}',
            f'{{"type":"Polygon","coordinates":[[{SQUARE}],[[20,20],[21,20],[21,21],[20,20]]]}}',
            f'{{"type":"MultiPolygon","coordinates":[[[{SQUARE}]],[[{SQUARE}]]]}}',
        ),
        expected=bad(
            (3, "Q-GEOM", None), (4, "Q-GEOM", None), accepted=1, notes=("W-RING",)
        ),
    ),
    Case(
        number=82,
        name="crs_3857",
        format="geojson",
        data=features(
            '{"type":"Point","coordinates":[4207000,6108000]}',
            more=',"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3857"}}',
        ),
        expected=ok({"lat": 48.006883, "lon": 37.792124}, notes=("W-CRS",)),
    ),
    Case(
        number=82,
        name="crs_undeclared",
        format="geojson",
        data=features('{"type":"Point","coordinates":[4207000,6108000]}'),
        expected=bad((2, "Q-CRS", "geometry.lat")),
    ),
    Case(
        number=82,
        name="crs_unknown",
        format="geojson",
        data=features(
            "null", more=',"crs":{"type":"name","properties":{"name":"EPSG:28406"}}'
        ),
        expected=refused_file("F-CRS"),
    ),
    Case(
        number=83,
        name="not_strict",
        format="geojson",
        data=features(
            '{"type":"Point","coordinates":[NaN,48]}',
            '{"type":"Point","coordinates":["37","48"]}',
            '{"type":"Point","type":"Point","coordinates":[37.8,48]}',
            '{"type":"Point","coordinates":[37.8000,48.0100]}',
        ),
        expected=bad(
            (2, "Q-NUM", None), (3, "Q-NUM", None), (4, "Q-JSON", None), accepted=1
        ),
    ),
    Case(
        number=83,
        name="key_twice_in_collection",
        format="geojson",
        data=features("null", more=',"type":"FeatureCollection"'),
        expected=refused_file("F-JSON"),
    ),
    Case(
        number=83,
        name="too_deep",
        format="geojson",
        data=None,
        options={**KYIV, "generated": "deep_json", "within_s": 1},
        expected=refused_file("F-SIZE"),
    ),
    Case(
        number=83,
        name="too_many_vertices",
        format="geojson",
        data=None,
        options={**KYIV, "generated": "many_vertices", "within_s": 10},
        expected=bad((2, "Q-GEOM", None)),
    ),
    Case(
        number=83,
        name="no_features",
        format="geojson",
        data='{"type":"FeatureCollection","features":[]}',
        expected=empty(),
    ),
)
