"""The index and the sieve agree with shapely, exact geometry and the geodesic."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiPolygon, Polygon, box

from pamiers.compliance.kernels.index import index_of
from pamiers.compliance.kernels.lengths import geodesic_m
from pamiers.compliance.kernels.shapes import Area, Band, Metric
from pamiers.compliance.kernels.side import side
from pamiers.compliance.kernels.sieve import Columns, Stream, sieves_of
from pamiers.compliance.kernels.taking import Sifter, take
from pamiers.core.geodesy import distance_m

Floats = NDArray[np.float64]
ONLY = frozenset({0})
HALVES = st.integers(-8, 8).map(lambda n: n / 2)
CORNERS = st.lists(st.tuples(HALVES, HALVES), min_size=3, max_size=8, unique=True)
WAYS = pytest.mark.parametrize("loops", [False, True], ids=["numpy", "loops"])


def held(areas: list[Area], lon: Floats, lat: Floats, *, loops: bool) -> Floats:
    """Return which areas hold which points, as a stream each: (areas, points)."""
    index = index_of(areas, 64)
    streams = [
        Stream(kinds=ONLY, groups=ONLY, actors=ONLY, places=frozenset({i}))
        for i in range(len(areas))
    ]
    zero = np.zeros(len(lon), dtype=np.int16)
    facts = Columns(np.zeros(len(lon), np.int64), lon, lat, zero, zero, zero)
    rows = []
    for sieve in sieves_of(streams, index, (1, 1, 1)):
        words = Sifter(sieve, index, loops=loops).words_of(facts)
        rows += [words & np.uint64(1 << bit) != 0 for bit in range(64)]
    return np.array(rows[: len(areas)])


@WAYS
@given(rings=st.lists(CORNERS, min_size=1, max_size=4))
@settings(deadline=None)
def test_a_point_is_inside_where_shapely_says_so(
    rings: list[list[tuple[float, float]]], *, loops: bool
) -> None:
    areas = [
        shape for ring in rings if (shape := Polygon(ring)).is_valid and shape.area
    ]
    grid = np.arange(-4.5, 4.75, 0.25)
    lon, lat = (each.ravel() for each in np.meshgrid(grid, grid))
    found = held(list(areas), lon, lat, loops=loops)
    for row, area in zip(found, areas, strict=False):
        assert (row == shapely.intersects_xy(area, lon, lat)).all()


@WAYS
def test_holes_and_parts_are_kept_apart(*, loops: bool) -> None:
    ring = Polygon(box(0, 0, 9, 9).exterior, [box(3, 3, 6, 6).exterior])
    parts = MultiPolygon([box(-9, -9, -7, -7), box(20, -9, 22, 9)])
    draw = np.random.default_rng(3)
    lon, lat = draw.uniform(-10, 23, 4_000), draw.uniform(-10, 10, 4_000)
    found = held([ring, parts], lon, lat, loops=loops)
    for row, area in zip(found, (ring, parts), strict=True):
        assert (row == shapely.intersects_xy(area, lon, lat)).all()
        assert 0 < row.sum() < len(row)


@WAYS
def test_both_names_of_the_antimeridian_are_one_place(*, loops: bool) -> None:
    area = MultiPolygon([box(178, -2, 180, 2), box(-180, -2, -179, 2)])
    lon = np.array([180.0, -180.0, 179.0, -179.5, -178.5, 177.0, 0.0])
    found = held([area], lon, np.zeros(7), loops=loops)
    assert found[0].tolist() == [True, True, True, True, False, False, False]


@WAYS
def test_a_zone_about_a_pole_holds_the_pole(*, loops: bool) -> None:
    cap = box(-180, 80, 180, 90)
    lon, lat = np.array([0.0, 123.0, -180.0, 5.0]), np.array([90.0, 85.0, 80.0, 79.9])
    found = held([cap], lon, lat, loops=loops)
    assert found[0].tolist() == [True, True, True, False]


@given(st.lists(st.floats(-1, 1), min_size=6, max_size=6), st.integers(-2, 2))
def test_a_side_is_exact(numbers: list[float], nudge: int) -> None:
    x0, y0, x1, y1, share, _ = numbers
    x = x0 + share * (x1 - x0)
    y = np.nextafter(y0 + share * (y1 - y0), np.inf * (nudge or 1)) if nudge else y0
    found = side(np.array([[x0, y0, x1, y1]]), np.array([x]), np.array([y]))
    a, b, c, d, e, f = (Fraction(float(each)) for each in (x0, y0, x1, y1, x, y))
    exact = (c - a) * (f - b) - (e - a) * (d - b)
    assert found.tolist() == [(exact > 0) - (exact < 0)]


def dense(line: LineString, lon: Floats, lat: Floats) -> Floats:
    """Return geodesic distances to a line by many points on it [m]."""
    points = shapely.get_coordinates(shapely.segmentize(line, 0.0005))
    return np.array(
        [
            distance_m(x, y, points[:, 0], points[:, 1]).min()
            for x, y in zip(lon, lat, strict=True)
        ]
    )


LINES = {
    "level": LineString([(37, 48), (37.7, 48.6), (38.4, 48.2), (39.5, 49.0)]),
    "seam": LineString([(179.2, 5), (180, 5.5)]),
    "north": LineString([(10, 78), (12, 78.4), (14, 77.9)]),
}


@WAYS
@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_band_is_geodesic(line: LineString, *, loops: bool) -> None:
    draw = np.random.default_rng(1)
    west, south, east, north = line.bounds
    lon, lat = (
        draw.uniform(west - 2, east + 2, 250),
        draw.uniform(south - 1, north + 1, 250),
    )
    lon = np.where(lon > 180, lon - 360, lon)
    away = dense(line, lon, lat)
    bands: list[Area] = [
        Band(line=line, distance_m=r, metric=Metric()) for r in (20e3, 50e3, 90e3)
    ]
    found = held(bands, lon, lat, loops=loops)
    for row, reach in zip(found, (20e3, 50e3, 90e3), strict=True):
        clear = np.abs(away - reach) > 2.0
        assert (row == (away <= reach))[clear].all()
        assert row.any()


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_distance_is_within_a_metre_in_a_hundred_kilometres(line: LineString) -> None:
    draw = np.random.default_rng(2)
    west, south, east, north = line.bounds
    lon, lat = (
        draw.uniform(west - 3, east + 3, 120),
        draw.uniform(south - 2, north + 2, 120),
    )
    rows = shapely.get_coordinates(line)
    found = np.min(
        [
            geodesic_m(np.tile([*a, *b], (len(lon), 1)), lon, lat)
            for a, b in itertools.pairwise(rows)
        ],
        axis=0,
    )
    # The yardstick has a point every 55 m at most: it may be 8 m long at 50 m only.
    away = dense(line, lon, lat)
    far = away > 1_000
    assert (np.abs(found - away) <= 0.02 + away * 1e-5)[far].all()


@WAYS
def test_a_band_on_a_plane_is_what_the_plane_says(*, loops: bool) -> None:
    line, metric = LINES["level"], Metric(east_m_per_deg=7e4, north_m_per_deg=11e4)
    draw = np.random.default_rng(4)
    lon, lat = draw.uniform(35, 41, 5_000), draw.uniform(46, 51, 5_000)
    flat = shapely.transform(line, lambda xy: xy * [7e4, 11e4])
    away = shapely.distance(flat, shapely.points(lon * 7e4, lat * 11e4))
    reaches = (1e3, 3e4, 12e4)
    bands: list[Area] = [Band(line=line, distance_m=r, metric=metric) for r in reaches]
    for row, reach in zip(held(bands, lon, lat, loops=loops), reaches, strict=True):
        assert (row == (away <= reach)).all()


@WAYS
def test_more_than_sixty_four_streams_take_more_words(*, loops: bool) -> None:
    draw = np.random.default_rng(5)
    boxes: list[Area] = [
        box(x, y, x + 0.7, y + 0.7) for x in range(15) for y in range(10)
    ]
    lon, lat = draw.uniform(-1, 16, 3_000), draw.uniform(-1, 11, 3_000)
    index = index_of(boxes)
    codes = [draw.integers(0, 3, 3_000).astype(np.int16) for _ in range(3)]
    time = np.sort(draw.integers(0, 100, 3_000))
    late = draw.permutation(3_000)
    facts = Columns(time[late], lon, lat, codes[0], codes[1], codes[2])
    streams = [
        Stream(
            kinds=frozenset({i % 3, (i + 1) % 3}),
            groups=frozenset({i % 2}),
            actors=frozenset({0, 2}),
            span=(i % 50, 60 + i % 40),
            places=None if i % 7 == 0 else frozenset({i, (i * 3) % 150}),
            elsewhere=i % 7 == 3,
        )
        for i in range(150)
    ]
    sieves = sieves_of(streams, index, (3, 3, 3))
    assert len(sieves) == 3
    taken = take(sieves, index, facts, [True] * 150, loops=loops)
    for i, stream in enumerate(streams):
        wanted = np.isin(facts.kind, list(stream.kinds))
        wanted &= np.isin(facts.group, list(stream.groups))
        wanted &= np.isin(facts.actor, list(stream.actors))
        wanted &= (facts.time >= stream.span[0]) & (facts.time < stream.span[1])
        if stream.places is not None:
            inside = np.any(
                [shapely.intersects_xy(boxes[k], lon, lat) for k in stream.places],
                axis=0,
            )
            wanted &= inside != stream.elsewhere
        assert taken.facts[i].tolist() == np.flatnonzero(wanted).tolist()
        assert taken.count[i] == wanted.sum()


@WAYS
def test_a_fact_without_a_place_lies_only_where_it_may(*, loops: bool) -> None:
    nowhere = np.array([np.nan, 0.5, 5.0])
    zero = np.zeros(3, dtype=np.int16)
    facts = Columns(np.zeros(3, np.int64), nowhere, np.full(3, 0.5), zero, zero, zero)
    index = index_of([box(0, 0, 1, 1)])
    streams = [
        Stream(
            kinds=ONLY,
            groups=ONLY,
            actors=ONLY,
            places=ONLY,
            elsewhere=out,
            unplaced=may,
        )
        for may in (False, True)
        for out in (False, True)
    ]
    taken = take(
        sieves_of(streams, index, (1, 1, 1)), index, facts, [True] * 4, loops=loops
    )
    assert [each.tolist() for each in taken.facts] == [[1], [2], [0, 1], [0, 2]]
