"""The side of an edge is exact, and sectors are drawn as they are measured."""

import math
from fractions import Fraction
from random import Random

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

from pamiers.compliance.chance import possibly_counted, surely_counted
from pamiers.compliance.kernels.side import _difference, _product, side
from pamiers.compliance.kernels.spread import sector_ring
from pamiers.core.place import Sector


def exact(edge: tuple[float, ...], x: float, y: float) -> int:
    x0, y0, x1, y1, px, py = (Fraction(v) for v in (*edge, x, y))
    turn = (x1 - x0) * (py - y0) - (px - x0) * (y1 - y0)
    return (turn > 0) - (turn < 0)


def nearly_on(rng: Random) -> tuple[tuple[float, ...], float, float]:
    """Return an edge and a point as near to it as floats go, or on it."""
    edge = tuple(rng.uniform(-180, 180) for _ in range(4))
    t = rng.choice((0.0, 0.5, 1.0, rng.uniform(-2, 3)))
    x = edge[0] + t * (edge[2] - edge[0])
    y = edge[1] + t * (edge[3] - edge[1])
    for _ in range(rng.randrange(3)):
        x = math.nextafter(x, rng.choice((-math.inf, math.inf)))
    return edge, x, y


@pytest.mark.parametrize("seed", range(4))
def test_a_side_is_that_of_exact_arithmetic(seed: int) -> None:
    rng = Random(seed)  # noqa: S311 - cases
    cases = [nearly_on(rng) for _ in range(250)]
    edges = np.array([edge for edge, _, _ in cases])
    got = side(
        edges, np.array([x for _, x, _ in cases]), np.array([y for *_, y in cases])
    )
    wanted = [exact(*case) for case in cases]
    assert got.tolist() == wanted
    assert {-1, 0, 1} <= set(wanted)


@pytest.mark.parametrize(
    ("point", "where"),
    [
        ((0.5, 1.0), 1),
        ((0.5, -1.0), -1),
        ((0.5, 0.0), 0),
        ((7.0, 0.0), 0),
        ((0.0, 0.0), 0),
    ],
)
def test_left_is_left_as_one_looks_along_the_edge(
    point: tuple[float, float], where: int
) -> None:
    edge = np.array([[0.0, 0.0, 1.0, 0.0]])
    assert side(edge, np.array([point[0]]), np.array([point[1]])).tolist() == [where]


@pytest.mark.parametrize("seed", range(50))
def test_differences_and_products_lose_nothing(seed: int) -> None:
    rng = Random(seed)  # noqa: S311 - cases
    a, b = rng.uniform(-180, 180), rng.uniform(-1e-3, 1e-3) * 10 ** rng.randrange(6)
    assert sum(map(Fraction, _difference(a, b))) == Fraction(a) - Fraction(b)
    assert sum(map(Fraction, _product(a, b))) == Fraction(a) * Fraction(b)
    assert _product(a, b)[0] == a * b
    assert _difference(a, b)[0] == a - b


@pytest.mark.parametrize(("first", "last"), [(10.0, 40.0), (350.0, 20.0), (0.0, 360.0)])
@pytest.mark.parametrize("near", [0.0, 0.5, 400.0])
def test_a_sector_is_drawn_to_a_fiftieth_of_a_thousandth(
    first: float, last: float, near: float
) -> None:
    sector = Sector(
        origin_lon=30.0,
        origin_lat=50.0,
        bearing_from_deg=first,
        bearing_to_deg=last,
        distance_from_m=near,
        distance_to_m=1000.0,
    )
    ring = sector_ring(sector)
    area = math.radians(sector.width_deg) / 2.0 * (1000.0**2 - near**2)
    assert ring.area == pytest.approx(area, rel=2e-5)
    middle = math.radians(first + sector.width_deg / 2.0)
    ray = np.array([math.sin(middle), math.cos(middle)])
    inside = [
        bool(ring.contains(_point(ray * at))) for at in (near + 1.0, 999.0, 1001.0)
    ]
    assert inside == [True, True, False]
    assert bool(ring.contains(_point(ray * 200.0))) == (near < 200.0)


def _point(at: NDArray[np.float64]) -> shapely.Point:
    return shapely.Point(at)


def test_twenty_thousand_are_reckoned_and_no_more() -> None:
    one = np.array([1.0])
    assert possibly_counted(one, [20_000], 0.9) == 20_000
    assert possibly_counted(one, [20_001], 0.9) is None
    assert surely_counted(one, [20_000], 0.9) == 20_000
    assert surely_counted(np.array([0.5, 0.5]), [3, 5], 0.75) == 3
    assert surely_counted(np.array([0.5, 0.5]), [3, 5], 0.76) == 0
    assert possibly_counted(np.array([0.5, 0.5]), [3, 5], 0.75) == 5
    assert possibly_counted(np.array([0.5, 0.5]), [3, 5], 0.76) == 8
