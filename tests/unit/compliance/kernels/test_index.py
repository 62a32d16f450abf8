"""Bands on several lines, and zones beside them, on one grid: each holds its own."""

import math

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiLineString, box

from pamiers.compliance.kernels.index import index_of, project
from pamiers.compliance.kernels.lengths import _arc_m, _tangent, geodesic_m
from pamiers.compliance.kernels.shapes import Area, Band, Metric
from pamiers.compliance.kernels.sieve import Columns, Stream, sieves_of
from pamiers.compliance.kernels.taking import Sifter
from pamiers.core.geodesy import bearing_deg, distance_m

Floats = NDArray[np.float64]
ONLY = frozenset({0})
FLAT = Metric(east_m_per_deg=100.0, north_m_per_deg=100.0)
WAYS = pytest.mark.parametrize("loops", [False, True], ids=["numpy", "loops"])

SHORT = LineString([(0, 0), (2, 0)])
LONG = LineString([(-3, 2), (-2, 3), (0, 2.5), (1, 3), (3, 2)])
PARTS = MultiLineString([[(-3, -3), (-1, -2), (-1, -1)], [(2, -3), (3, -1)]])


def held(areas: list[Area], lon: Floats, lat: Floats, *, loops: bool) -> Floats:
    """Return which areas hold which points, shape (areas, points)."""
    index = index_of(areas, 64)
    streams = [
        Stream(kinds=ONLY, groups=ONLY, actors=ONLY, places=frozenset({i}))
        for i in range(len(areas))
    ]
    zero = np.zeros(len(lon), dtype=np.int16)
    facts = Columns(np.zeros(len(lon), np.int64), lon, lat, zero, zero, zero)
    (sieve,) = sieves_of(streams, index, (1, 1, 1))
    words = Sifter(sieve, index, loops=loops).words_of(facts)
    return np.array([words & np.uint64(1 << i) != 0 for i in range(len(areas))])


def band(line: shapely.Geometry, metres: float, metric: Metric = FLAT) -> Band:
    return Band(line=line, distance_m=metres, metric=metric)


@WAYS
def test_bands_of_lines_of_any_length_stand_side_by_side(*, loops: bool) -> None:
    areas: list[Area] = [
        band(SHORT, 60.0),
        box(-1, -1, 1, 1),
        band(LONG, 40.0),
        band(PARTS, 25.0),
        band(SHORT, 120.0),
        box(2.5, 2.5, 3.5, 3.5),
        band(LONG, 90.0),
    ]
    draw = np.random.default_rng(5)
    lon, lat = draw.uniform(-4.5, 4.5, 6_000), draw.uniform(-4.5, 4.5, 6_000)
    found = held(areas, lon, lat, loops=loops)
    points = shapely.points(lon, lat)
    for row, area in zip(found, areas, strict=True):
        if isinstance(area, Band):
            wanted = shapely.distance(points, area.line) * 100.0 <= area.distance_m
        else:
            wanted = shapely.intersects_xy(area, lon, lat)
        assert (row == wanted).all()
        assert 0 < row.sum() < len(row)


@WAYS
def test_a_plane_may_be_stretched(*, loops: bool) -> None:
    wide = Metric(east_m_per_deg=50.0, north_m_per_deg=200.0)
    draw = np.random.default_rng(6)
    lon, lat = draw.uniform(-4, 4, 3_000), draw.uniform(-4, 4, 3_000)
    line = LineString([(-1, -1), (1, 2)])
    laid = LineString([(-50, -200), (50, 400)])
    away = shapely.distance(shapely.points(lon * 50.0, lat * 200.0), laid)
    (row,) = held([band(line, 130.0, wide)], lon, lat, loops=loops)
    clear = np.abs(away - 130.0) > 1e-6
    assert (row == (away <= 130.0))[clear].all()


@WAYS
def test_bands_about_a_meridian_and_far_apart(*, loops: bool) -> None:
    lines = [
        LineString([(30, 50), (30, 51)]),
        LineString([(31, 50), (31.2, 50.2), (31.4, 50), (31.6, 50.2)]),
        LineString([(-60, -40), (-59, -40.5)]),
    ]
    areas: list[Area] = [band(line, 20_000.0, Metric()) for line in lines]
    draw = np.random.default_rng(7)
    at = np.vstack(
        [
            draw.uniform((29, 49), (33, 52), (150, 2)),
            draw.uniform((-61, -42), (-58, -39), (80, 2)),
        ]
    )
    found = held(areas, at[:, 0], at[:, 1], loops=loops)
    for row, line in zip(found, lines, strict=True):
        dots = shapely.get_coordinates(shapely.segmentize(line, 0.002))
        away = np.array([distance_m(x, y, dots[:, 0], dots[:, 1]).min() for x, y in at])
        clear = np.abs(away - 20_000.0) > 30.0
        assert (row == (away <= 20_000.0))[clear].all()
        assert row.any()


def test_cells_that_areas_hold_wholly_are_those_of_no_question() -> None:
    areas: list[Area] = [box(-2, -2, 2, 2), band(SHORT, 150.0), box(-4, -4, 4, 4)]
    index = index_of(areas, 64)
    bits = np.array([1, 2, 4], dtype=np.uint64)
    grid = project(index, bits).reshape(64, 64)
    frame = index.frame
    x = frame.west + (np.arange(64) + 0.5) / frame.per_lon
    y = frame.south + (np.arange(64) + 0.5) / frame.per_lat
    lon, lat = np.meshgrid(x, y)
    for i, area in enumerate(areas):
        inside = grid & bits[i] != 0
        if isinstance(area, Band):
            away = shapely.distance(shapely.points(lon, lat), area.line) * 100.0
            wanted = away <= area.distance_m
        else:
            wanted = shapely.intersects_xy(area, lon, lat)
        assert wanted[inside].all()
        assert inside.sum() > 0.5 * wanted.sum()


@pytest.mark.parametrize(
    ("edge", "point", "metres"),
    [
        ((0.0, 0.0, 1.0, 0.0), (0.5, 0.0), 0.0),
        ((0.0, 0.0, 1.0, 0.0), (0.5, 1.0), 111_195.0),
        ((0.0, 0.0, 1.0, 0.0), (-1.0, 0.0), 111_195.0),
        ((0.0, 60.0, 0.0, 61.0), (1.0, 60.5), 54_760.0),
        ((0.0, 60.0, 0.0, 61.0), (0.0, 62.0), 111_195.0),
        ((10.0, -30.0, 10.0, -30.0), (10.0, -31.0), 111_195.0),
    ],
)
def test_how_far_a_point_is_from_an_edge(
    edge: tuple[float, ...], point: tuple[float, float], metres: float
) -> None:
    found = geodesic_m(np.array([edge]), np.array([point[0]]), np.array([point[1]]))
    assert math.isclose(float(found[0]), metres, rel_tol=0.006, abs_tol=0.01)


@pytest.mark.parametrize("seed", range(6))
def test_a_point_is_seen_at_its_distance_and_bearing(seed: int) -> None:
    draw = np.random.default_rng(seed)
    lon, to_lon = draw.uniform(-60, 60, 20), draw.uniform(-60, 60, 20)
    lat, to_lat = draw.uniform(-70, 70, 20), draw.uniform(-70, 70, 20)
    east, north = _tangent(lon, lat, to_lon, to_lat)
    metres = np.radians(np.hypot(east, north)) * 6_371_000.0
    assert metres == pytest.approx(_arc_m(lon, lat, to_lon, to_lat), rel=2e-3)
    assert metres == pytest.approx(
        np.array(
            [distance_m(*each) for each in zip(lon, lat, to_lon, to_lat, strict=True)]
        ),
        rel=6e-3,
    )
    bearing = np.degrees(np.arctan2(east, north)) % 360.0
    wanted = np.array(
        [bearing_deg(*each) for each in zip(lon, lat, to_lon, to_lat, strict=True)]
    )
    assert np.abs((bearing - wanted + 180.0) % 360.0 - 180.0).max() < 0.5
