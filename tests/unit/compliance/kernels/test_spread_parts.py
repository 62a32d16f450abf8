"""The parts of what is integrated: tails and Owen's T."""

import math

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, box

from pamiers.compliance.kernels.spread import (
    _edges,
    _owen,
    _polygons,
    _upper,
    chance_inside,
)
from pamiers.core.place import Place

Floats = NDArray[np.float64]


def test_the_tail_of_the_normal_is_that_of_erfc() -> None:
    at = np.linspace(0.0, 6.0, 61)
    wanted = np.array([0.5 * math.erfc(x / math.sqrt(2.0)) for x in at])
    assert _upper(at) == pytest.approx(wanted, rel=1.3e-7)


def owen(height: float, slope: float) -> float:
    """Return Owen's T(h, a) by Simpson's rule on many points."""
    x = np.linspace(0.0, slope, 20_001)
    y = np.exp(-0.5 * height**2 * (1 + x * x)) / (1 + x * x)
    return float(np.trapezoid(y, x)) / (2.0 * math.pi)


@pytest.mark.parametrize("height", [0.3, 1.0, 2.5])
@pytest.mark.parametrize("along", [-2.0, -0.5, 0.0, 0.2, 0.7, 1.9, 4.0])
def test_owens_function_is_its_integral(height: float, along: float) -> None:
    found = float(_owen(np.array([height]), np.array([along]))[0])
    assert found == pytest.approx(owen(height, along / height), abs=2e-7)
    assert float(_owen(np.zeros(1), np.zeros(1))[0]) == 0.0


@pytest.mark.parametrize("seed", range(8))
def test_a_triangle_from_the_origin_holds_its_share(seed: int) -> None:
    """Of 400 by 400 points by their density, each worth a square of 0.03."""
    draw = np.random.default_rng(seed)
    begin, end = draw.uniform(-3, 3, (2, 1, 2))
    step = 0.03
    grid = np.arange(-6, 6, step) + step / 2
    x, y = (each.ravel() for each in np.meshgrid(grid, grid))
    triangle = shapely.Polygon([(0, 0), begin[0], end[0]])
    weight = np.exp(-0.5 * (x * x + y * y)) / (2 * math.pi) * step**2
    share = weight[shapely.contains_xy(triangle, x, y)].sum()
    turn = np.sign(begin[0][0] * end[0][1] - begin[0][1] * end[0][0])
    assert float(_edges(begin, end).sum()) == pytest.approx(turn * share, abs=2e-3)


def test_an_edge_without_length_holds_nothing() -> None:
    point = np.array([[1.0, 1.0]])
    assert _edges(point, point).sum() == 0.0


def test_only_polygons_of_a_region_hold_anything() -> None:
    mixed = GeometryCollection(
        [
            box(0, 0, 1, 1),
            LineString([(0, 0), (3, 3)]),
            MultiPolygon([box(2, 2, 3, 3), box(4, 4, 5, 5)]),
            shapely.Polygon(),
        ]
    )
    found = _polygons(mixed)
    assert found.area == 3.0
    assert len(found.geoms) == 3
    place = Place(lon=0.5, lat=0.5, radius_m=1000.0)
    assert chance_inside(place, mixed) == pytest.approx(1.0, abs=1e-6)
    assert chance_inside(place, GeometryCollection()) == 0.0
