"""Distances and bands against exhaustive geodesic search; insides and margins."""

import numpy as np
import pytest
import shapely
from pyproj import Geod

from pamiers.agreement.zones import Line, Zone
from pamiers.core.geodesy import destination, distance_m
from tests.shared import SHARED, needs_shared

GEOD = Geod(ellps="WGS84")
FRONT = [
    (37.8, 47.1),
    (37.9, 47.5),
    (37.5, 47.9),
    (37.8, 48.2),
    (38.4, 48.5),
    (39.5, 48.6),
]
LINES = {
    "front": FRONT,
    "meridian": [(37.8, 44.0), (37.8, 52.0)],
    "parallel": [(30.0, 60.0), (44.0, 60.0)],
    "korea": [(124.6, 37.7), (126.7, 37.9), (127.1, 38.3), (128.4, 38.6)],
    "equator": [(29.0, -3.0), (31.0, 3.0)],
}


def line(points: list[tuple[float, float]]) -> Line:
    return Line(id="line", title={}, shape=shapely.LineString(points))


def exhaustive_m(points: list[tuple[float, float]], lon: float, lat: float) -> float:
    """Return the least geodesic distance to points of a line, a metre apart.

    Points half a kilometre apart come first; a metre apart only where it can matter.
    """
    coarse = shapely.get_coordinates(
        shapely.segmentize(shapely.LineString(points), 5e-3)
    )
    far = distance_m(lon, lat, coarse[:, 0], coarse[:, 1])
    close = np.flatnonzero(far <= far.min() + 600).tolist()
    near = [i for i in close if i + 1 < len(coarse)]
    pairs = {j for i in near for j in (i - 1, i) if j >= 0} or {len(coarse) - 2}
    runs = shapely.linestrings([coarse[i : i + 2] for i in sorted(pairs)])
    fine = shapely.get_coordinates(shapely.segmentize(runs, 1e-5))
    return float(distance_m(lon, lat, fine[:, 0], fine[:, 1]).min())


@pytest.mark.parametrize("name", LINES)
def test_distances_are_within_a_thousandth_of_an_exhaustive_search(name: str) -> None:
    points = LINES[name]
    rng = np.random.default_rng(7)
    start = np.array(points)[rng.integers(len(points), size=30)]
    far = 10 ** rng.uniform(2.5, 5.3, 30)
    lon, lat = destination(start[:, 0], start[:, 1], rng.uniform(0, 360, 30), far)
    found = line(points).distance_m(lon, lat)
    for each, x, y in zip(found, lon, lat, strict=True):
        truth = exhaustive_m(points, x, y)
        assert each == pytest.approx(truth, rel=1e-3, abs=2.0)


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("metres", [2_000.0, 25_000.0, 70_000.0])
def test_the_edge_of_a_band_lies_at_its_distance(name: str, metres: float) -> None:
    points = LINES[name]
    band = line(points).band(metres)
    edge = shapely.get_coordinates(band)
    edge = edge[:: max(1, len(edge) // 25)]
    for x, y in edge:
        assert exhaustive_m(points, x, y) == pytest.approx(metres, rel=1e-3)


def test_a_band_agrees_with_distances_on_which_points_lie_inside() -> None:
    rng = np.random.default_rng(3)
    lon, lat = rng.uniform(36.5, 40.5, 4000), rng.uniform(46.5, 49.2, 4000)
    near = line(FRONT).distance_m(lon, lat)
    inside = shapely.contains_xy(line(FRONT).band(25_000.0), lon, lat)
    sure = np.abs(near - 25_000.0) > 25.0
    assert (inside == (near < 25_000.0))[sure].all()
    assert 0 < inside.sum() < len(lon)


def test_distances_of_many_points_and_of_none() -> None:
    found = line(FRONT).distance_m([37.8, np.nan], [47.1, 47.1])
    assert found[0] == pytest.approx(0.0, abs=0.01)
    assert np.isnan(found[1])
    assert line(FRONT).distance_m([], []).shape == (0,)


def test_a_line_of_several_parts_is_as_near_as_its_nearest() -> None:
    parts = Line(
        id="parts",
        title={},
        shape=shapely.MultiLineString([[(37, 48), (37.1, 48)], [(39, 48), (39.1, 48)]]),
    )
    found = parts.distance_m([38.9], [48.0])[0]
    assert found == pytest.approx(
        float(np.ravel(distance_m(38.9, 48, 39.0, 48))[0]), rel=1e-6
    )


def test_a_zone_holds_its_edge_and_not_what_is_unknown() -> None:
    box = Zone(id="box", title={}, shape=shapely.box(37, 48, 38, 49))
    lon, lat = [37.5, 37.0, 38.5, np.nan], [48.5, 48.5, 48.5, 48.5]
    assert box.contains(lon, lat).tolist() == [True, True, False, False]
    assert box.contains([], []).shape == (0,)


def test_margins_are_positive_inside_and_negative_outside() -> None:
    box = Zone(id="box", title={}, shape=shapely.box(37, 48, 38, 49))
    margin = box.margin_m([37.5, 38.1], [48.02, 48.5])
    assert margin[0] == pytest.approx(GEOD.inv(37.5, 48.0, 37.5, 48.02)[2], rel=1e-3)
    assert margin[1] == pytest.approx(-GEOD.inv(38.0, 48.5, 38.1, 48.5)[2], rel=1e-3)


def test_holes_are_outside() -> None:
    ring = shapely.box(37, 48, 38, 49).difference(shapely.box(37.4, 48.4, 37.6, 48.6))
    zone = Zone(id="ring", title={}, shape=ring)
    assert zone.contains([37.5], [48.5]).tolist() == [False]
    assert zone.edge_distance_m([37.5], [48.5])[0] < 12_000


@needs_shared
def test_the_reference_line_is_measured_alike() -> None:
    import json  # noqa: PLC0415 - only where the reference is

    path = SHARED / "data" / "contact_line"
    (file,) = path.glob("*.geojson")
    shape = shapely.from_geojson(
        json.dumps(json.loads(file.read_text())["features"][1]["geometry"])
    )
    points = [tuple(each) for each in shapely.get_coordinates(shape).tolist()]
    found = Line(id="ref", title={}, shape=shape).distance_m([37.2], [48.1])[0]
    assert found == pytest.approx(exhaustive_m(points, 37.2, 48.1), rel=1e-3)
