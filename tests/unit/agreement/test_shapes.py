"""Buffers, bands, discs and hulls against geodesic measurement."""

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, MultiLineString

from pamiers.agreement import shapes
from pamiers.agreement.zones import Line
from pamiers.core.errors import MalformedAgreementError
from pamiers.core.geodesy import destination, distance_m

FRONT = LineString(
    [(37.8, 47.1), (37.9, 47.5), (37.5, 47.9), (37.8, 48.2), (38.4, 48.5), (39.5, 48.6)]
)
HEIGHTS = LineString([(35.85, 32.75), (35.82, 33.05), (35.87, 33.3), (35.8, 33.42)])
PARALLEL = LineString([(124.6, 38.0), (128.4, 38.0)])
LINES = {"front": FRONT, "heights": HEIGHTS, "parallel": PARALLEL}


def measured(line: LineString, lon: float, lat: float) -> float:
    """Return the least geodesic distance to points of a line 10 m or less apart."""
    coarse = shapely.get_coordinates(shapely.segmentize(line, 5e-3))
    far = distance_m(lon, lat, coarse[:, 0], coarse[:, 1])
    near = np.flatnonzero(far <= far.min() + 600)
    runs = [coarse[max(0, i - 1) : i + 2] for i in near]
    fine = np.vstack(
        [shapely.get_coordinates(shapely.segmentize(LineString(r), 1e-4)) for r in runs]
    )
    return float(distance_m(lon, lat, fine[:, 0], fine[:, 1]).min())


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("metres", [2_000.0, 20_000.0, 100_000.0])
def test_the_edge_of_a_buffer_lies_at_its_distance(name: str, metres: float) -> None:
    line = LINES[name]
    area = shapes.buffer(line, metres)
    assert area.is_valid
    edge = shapely.get_coordinates(shapely.segmentize(area.boundary, 0.01))
    for lon, lat in edge[:: max(1, len(edge) // 40)]:
        # a metre per 100 km, a chord of 10 m of the sampled line, 0.2 m of rounding
        assert measured(line, lon, lat) == pytest.approx(metres, rel=2e-5, abs=0.5)


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_band_holds_what_lies_between_its_distances_on_its_side(
    name: str, side: str
) -> None:
    line = LINES[name]
    area = shapes.band(line, side, 5_000.0, 20_000.0)
    assert area.is_valid
    rng = np.random.default_rng(11)
    for share in rng.uniform(0.05, 0.95, 60):
        here = line.interpolate(share, normalized=True)
        ahead = line.interpolate(min(1.0, share + 1e-4), normalized=True)
        bearing = np.degrees(
            np.arctan2(
                (ahead.x - here.x) * np.cos(np.radians(here.y)), ahead.y - here.y
            )
        )
        away = rng.uniform(100, 30_000)
        turned = rng.choice([-90.0, 90.0])
        lon, lat = (
            float(np.squeeze(each))
            for each in destination(here.x, here.y, bearing + turned, away)
        )
        true_m = measured(line, lon, lat)
        if abs(true_m - away) > 1.0 or min(abs(true_m - 5e3), abs(true_m - 2e4)) < 2:
            continue  # another part of the line is nearer: its side is not known here
        wanted = (turned < 0) == (side == "left") and 5_000 <= true_m <= 20_000
        assert shapely.contains_xy(area, lon, lat) == wanted


def test_the_two_sides_share_the_line_and_nothing_else() -> None:
    for line in LINES.values():
        left, right = (shapes.band(line, s, 0, 10_000.0) for s in ("left", "right"))
        both = shapes.buffer(line, 10_000.0)
        assert left.intersection(right).area < 1e-6 * both.area
        assert left.union(right).symmetric_difference(both).area < 1e-5 * both.area


def test_the_sides_of_the_compass_follow_the_direction_of_the_line() -> None:
    west = shapes.band(HEIGHTS, "west", 0, 10_000.0)
    east = shapes.band(HEIGHTS, "east", 0, 10_000.0)
    assert west.centroid.x < HEIGHTS.centroid.x < east.centroid.x
    assert west.equals(shapes.band(HEIGHTS, "left", 0, 10_000.0))
    turned = LineString(list(HEIGHTS.coords)[::-1])
    again = shapes.band(turned, "west", 0, 10_000.0)
    assert again.symmetric_difference(west).area < 1e-5 * west.area
    with pytest.raises(MalformedAgreementError, match="north side"):
        shapes.band(HEIGHTS, "north", 0, 10_000.0)


def test_lines_that_meet_end_to_end_are_one() -> None:
    first, *others = (
        list(pair) for pair in zip(FRONT.coords, FRONT.coords[1:], strict=False)
    )
    pieces = MultiLineString([first, *others])
    whole = shapes.band(FRONT, "left", 1_000.0, 9_000.0)
    found = shapes.band(pieces, "left", 1_000.0, 9_000.0)
    assert found.symmetric_difference(whole).area < 1e-6 * whole.area


def test_a_closed_line_has_an_inside() -> None:
    ring = LineString([(37, 48), (38, 48), (38, 49), (37, 49), (37, 48)])
    inside = shapes.band(ring, "left", 0, 5_000.0)
    assert shapely.contains_xy(inside, 37.5, 48.02)
    assert not shapely.contains_xy(inside, 37.5, 47.98)
    with pytest.raises(MalformedAgreementError, match="west side"):
        shapes.band(ring, "west", 0, 5_000.0)


def test_discs_are_round_on_the_globe() -> None:
    area = shapes.around([(38.08, 47.67), (25.0, 69.0)], 100_000.0)
    parts = shapely.get_parts(area)
    assert len(parts) == 2
    for part, (lon, lat) in zip(parts, [(38.08, 47.67), (25.0, 69.0)], strict=True):
        edge = shapely.get_coordinates(shapely.segmentize(part.boundary, 0.005))
        away = distance_m(lon, lat, edge[:, 0], edge[:, 1])
        assert np.all(np.abs(away - 100_000.0) < 2.0)


def test_a_hull_needs_three_corners() -> None:
    area = shapes.hull([(30, 10), (31, 10), (30.5, 11), (30.5, 10.4)])
    assert len(shapely.get_coordinates(area)) == 4
    with pytest.raises(MalformedAgreementError, match="bound no area"):
        shapes.hull([(30, 10), (31, 11), (32, 12)])


def test_a_hollow_line_is_measured_from_its_nearer_arm() -> None:
    hook = LineString([(30, 45), (36, 45), (36, 46.5), (30, 46.5)])
    rng = np.random.default_rng(5)
    lon, lat = rng.uniform(29.5, 36.5, 60), rng.uniform(44.8, 46.7, 60)
    found = Line(id="hook", title={}, shape=hook).distance_m(lon, lat)
    for metres, x, y in zip(found, lon, lat, strict=True):
        assert metres == pytest.approx(measured(hook, x, y), rel=1e-5, abs=0.5)


RIVER = LineString([(-0.4, 65.5), (-0.1, 65.7), (0.2, 65.6), (0.5, 65.9)])
FORD = LineString([(-0.4, 66.2), (0.1, 66.3), (0.5, 66.4)])


def far_side(line: LineString) -> MultiLineString:
    """Return a line on the other side of the globe, split at 180 degrees."""
    cut = shapely.get_coordinates(shapely.segmentize(line, 10.0))
    at = int(np.searchsorted(cut[:, 0], 0.0))
    share = -cut[at - 1, 0] / (cut[at, 0] - cut[at - 1, 0])
    lat = cut[at - 1, 1] + share * (cut[at, 1] - cut[at - 1, 1])
    east = [*np.add(cut[:at], (180.0, 0.0)), (180.0, lat)]
    west = [(-180.0, lat), *np.subtract(cut[at:], (180.0, 0.0))]
    return MultiLineString([LineString(east), LineString(west)])


def turned(area: shapely.Geometry) -> shapely.Geometry:
    """Return an area by the antimeridian as it would lie by Greenwich."""
    moved = []
    for part in shapely.get_parts(area):
        by = (-180.0, 0.0) if part.centroid.x > 0 else (180.0, 0.0)
        rows = shapely.get_coordinates(part)
        moved.append(shapely.Polygon(np.add(rows, by)))
    return shapely.union_all(moved)


MADE = {
    "buffer": lambda one, _: shapes.buffer(one, 8_000.0),
    "band": lambda one, _: shapes.band(one, "north", 2_000.0, 9_000.0),
    "between": shapes.between,
}


@pytest.mark.parametrize("name", MADE)
def test_by_the_antimeridian_the_same_is_made_as_by_greenwich(name: str) -> None:
    here = MADE[name](RIVER, FORD)
    there = MADE[name](far_side(RIVER), far_side(FORD))
    assert there.is_valid
    assert len(shapely.get_parts(there)) == 2
    assert np.abs(shapely.get_coordinates(there)[:, 0]).max() == 180.0
    apart = shapely.symmetric_difference(turned(there), here).area
    assert apart < 1e-3 * here.area


def test_discs_and_hulls_by_the_antimeridian_are_split_there() -> None:
    near, far = [(0.02, 52.0)], [(-179.98, 52.0)]
    here, there = shapes.around(near, 20_000.0), shapes.around(far, 20_000.0)
    assert shapely.symmetric_difference(turned(there), here).area < 1e-6 * here.area
    corners = [(179.5, 51.0), (-179.5, 51.0), (-179.5, 52.0), (179.5, 52.0)]
    assert shapes.hull(corners).area == pytest.approx(1.0)
    assert shapes.hull([(-0.5, 51.0), (0.5, 51.0), (0.5, 52.0), (-0.5, 52.0)]).area == (
        pytest.approx(1.0)
    )
