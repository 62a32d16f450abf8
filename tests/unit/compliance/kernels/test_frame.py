"""The grid covers its areas and little else; distances are those of plane and globe."""

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, box

from pamiers.compliance.kernels.frame import SLACK, Frame, frame_of
from pamiers.compliance.kernels.lengths import (
    compared_m,
    geodesic_m,
    planar_squared,
    sphere_m,
)
from pamiers.compliance.kernels.shapes import Area, Band, Metric
from pamiers.core.geodesy import distance_m

Floats = NDArray[np.float64]


def width_deg(frame: Frame) -> float:
    return frame.size / frame.per_lon


def band(line: LineString, metres: float, **metric: float) -> Band:
    return Band(line=line, distance_m=metres, metric=Metric(**metric))


def test_corners_are_in_the_corner_cells_and_what_is_outside_in_none() -> None:
    frame = frame_of([box(0, 0, 8, 4)], 8)
    lon = np.array([0.0, 8.0, 0.0, 8.0, 4.5, -0.1, 8.1, 4.0, 4.0])
    lat = np.array([0.0, 0.0, 4.0, 4.0, 2.2, 2.0, 2.0, -0.1, 4.1])
    cells = frame.cell(lon, lat).tolist()
    assert cells == [0, 7, 56, 63, 36, -1, -1, -1, -1]
    assert frame.across(np.array([0.0])) == pytest.approx(2 * SLACK, rel=1e-3)
    assert frame.up(np.array([0.0])) == pytest.approx(2 * SLACK, rel=1e-3)
    assert frame.across(np.array([8.0])) == pytest.approx(8 - 2 * SLACK, rel=1e-9)
    assert frame.up(np.array([4.0])) == pytest.approx(8 - 2 * SLACK, rel=1e-9)


@pytest.mark.parametrize(
    ("spans", "west", "width"),
    [
        ([(0, 10)], 0, 10),
        ([(0, 10), (50, 60)], 0, 60),
        ([(0, 10), (50, 60), (-100, -90)], -100, 160),
        ([(170, 180), (-180, -175)], 170, 15),
        ([(-180, -175), (170, 180), (100, 110)], 100, 85),
        ([(-170, -160), (20, 30)], 20, 180),
        ([(0, 100), (20, 30), (110, 120)], 0, 120),
        ([(-180, 180)], -180, 360),
        ([(-180, 20), (10, 180)], -180, 360),
        ([(-180, 20), (20, 180)], -180, 360),
    ],
)
def test_the_western_edge_lies_in_the_widest_gap(
    spans: list[tuple[float, float]], west: float, width: float
) -> None:
    areas: list[Area] = [box(a, 10, b, 20) for a, b in spans]
    frame = frame_of(areas, 64)
    assert frame.west == pytest.approx(west, abs=1e-4)
    assert width_deg(frame) == pytest.approx(width, rel=1e-4)
    assert frame.south == pytest.approx(10, abs=1e-4)


def test_nothing_has_a_grid_too() -> None:
    assert frame_of([], 8) == Frame(0.0, 0.0, 1.0, 1.0, 8)


def test_a_band_reaches_as_far_as_its_distance_and_hardly_further() -> None:
    line = LineString([(30, 59), (31, 60)])
    frame = frame_of([band(line, 11_050.0)], 64)
    assert frame.south == pytest.approx(58.9, abs=1e-3)
    assert frame.size / frame.per_lat == pytest.approx(1.2, abs=1e-3)
    east = 11_050.0 / (111_320.0 * np.cos(np.radians(60.1)))
    assert east < 30 - frame.west < 1.03 * east
    assert 1 + 2 * east < width_deg(frame) < 1 + 2.06 * east


def test_a_band_on_a_plane_is_as_wide_as_the_plane_says() -> None:
    line = LineString([(30, 59), (31, 60)])
    flat = band(line, 500.0, east_m_per_deg=1000.0, north_m_per_deg=2000.0)
    frame = frame_of([flat], 64)
    assert frame.west == pytest.approx(29.5, abs=1e-3)
    assert width_deg(frame) == pytest.approx(2.0, abs=1e-3)
    assert frame.south == pytest.approx(58.75, abs=1e-3)


def test_a_band_about_a_pole_goes_all_the_way_round() -> None:
    near = frame_of([band(LineString([(0, 89.5), (1, 89.5)]), 99_000.0)], 64)
    assert (near.west, width_deg(near)) == pytest.approx((-180, 360), abs=1e-3)
    assert near.south + near.size / near.per_lat == pytest.approx(90.0, abs=1e-3)
    south = frame_of([band(LineString([(0, -89.5), (1, -89.5)]), 99_000.0)], 64)
    assert south.south == pytest.approx(-90.0, abs=1e-3)
    short = frame_of([band(LineString([(0, 88.0), (1, 88.0)]), 60_000.0)], 64)
    assert width_deg(short) < 100


def edges(seed: int, many: int = 40) -> tuple[Floats, Floats, Floats]:
    draw = np.random.default_rng(seed)
    begin = np.column_stack(
        [draw.uniform(-180, 180, many), draw.uniform(-60, 60, many)]
    )
    ahead = draw.uniform(-1, 1, (many, 2))
    off = draw.uniform(-1.5, 1.5, (many, 2))
    lon = np.mod(begin[:, 0] + off[:, 0] + 180.0, 360.0) - 180.0
    return np.hstack([begin, begin + ahead]), lon, begin[:, 1] + off[:, 1]


def nearest_m(found: tuple[Floats, Floats, Floats]) -> Floats:
    share = np.linspace(0.0, 1.0, 4001)
    rows = []
    for (x0, y0, x1, y1), lon, lat in zip(*found, strict=True):
        away = distance_m(lon, lat, x0 + share * (x1 - x0), y0 + share * (y1 - y0))
        rows.append(away.min())
    return np.array(rows)


@pytest.mark.parametrize("seed", range(3))
def test_distances_to_an_edge_are_those_of_many_points_on_it(seed: int) -> None:
    found = edges(seed)
    wanted = nearest_m(found)
    near = 0.5 * 1.5 * 111_000.0 / 4000  # between two of the many points, at most
    assert np.abs(geodesic_m(*found) - wanted).max() < 3.0 + near / 10
    assert sphere_m(*found) == pytest.approx(wanted, rel=0.01, abs=60.0)
    close = compared_m(*found, wanted * 1.0001)
    assert np.abs(close - wanted).max() < 3.0 + near / 10
    far = compared_m(*found, np.full(len(wanted), 1e7))
    assert (far == sphere_m(*found)).all()
    assert (compared_m(*found, np.zeros(len(wanted))) == sphere_m(*found)).all()


@pytest.mark.parametrize("seed", range(3))
def test_distances_on_a_plane_are_those_of_the_plane(seed: int) -> None:
    draw = np.random.default_rng(seed)
    rows = draw.uniform(-4, 4, (50, 4))
    rows[:5, 2:] = rows[:5, :2]
    lon, lat = draw.uniform(-5, 5, 50), draw.uniform(-5, 5, 50)
    scale = draw.uniform(50, 200, 50), draw.uniform(50, 200, 50)
    got = planar_squared(rows, lon, lat, scale)
    for i, row in enumerate(rows):
        east, north = scale[0][i], scale[1][i]
        laid = LineString(
            [(row[0] * east, row[1] * north), (row[2] * east, row[3] * north)]
        )
        wanted = laid.distance(shapely.Point(lon[i] * east, lat[i] * north))
        assert got[i] == pytest.approx(wanted**2, rel=1e-9, abs=1e-6)
