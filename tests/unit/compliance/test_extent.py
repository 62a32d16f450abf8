"""Where a clause holds: the depth of a point and the regions drawn say the same."""

from collections.abc import Sequence

import numpy as np
import pytest
import shapely

from pamiers.agreement.zones import Line, Zone
from pamiers.compliance.evidence.extent import (
    Extent,
    common,
    in_zones,
    near_lines,
    outside,
)

X, Y = (
    each.ravel()
    for each in np.meshgrid(np.arange(0.02, 4, 0.05), np.arange(0.02, 3, 0.05))
)


def zone(name: str, tolerance_m: float, *box: float) -> Zone:
    return Zone(id=name, title={}, shape=shapely.box(*box), tolerance_m=tolerance_m)


def line(tolerance_m: float, y: float) -> Line:
    shape = shapely.LineString([(0.5, y), (3.5, y)])
    return Line(id=f"l{y}", title={}, shape=shape, tolerance_m=tolerance_m)


SHARP, BLURRED = zone("a", 0.0, 1, 1, 2, 2), zone("b", 9_000.0, 1.5, 1.2, 3, 2.2)
CASES: dict[str, Extent] = {
    "one zone": in_zones([SHARP]),
    "a blurred zone": in_zones([BLURRED]),
    "zones": in_zones([SHARP, BLURRED]),
    "outside": outside([SHARP, BLURRED]),
    "outside, blurred": outside([SHARP, BLURRED], blurred=True),
    "near a line": near_lines([line(0.0, 1.0)], 40_000.0),
    "near a blurred line": near_lines([line(15_000.0, 1.0)], 40_000.0),
    "near a line as blurred as it is near": near_lines([line(30_000.0, 1.0)], 20_000.0),
    "near either line": near_lines([line(0.0, 1.0), line(0.0, 1.3)], 40_000.0),
    "in a zone near a line": common(
        [in_zones([BLURRED]), near_lines([line(5_000.0, 1.4)], 30_000.0)]
    ),
    "in a zone, not in another": common(
        [in_zones([SHARP]), outside([BLURRED], blurred=True)]
    ),
}


def inside(region: shapely.Geometry) -> Sequence[bool]:
    return list(shapely.contains_xy(region, X, Y))


@pytest.mark.parametrize("name", CASES)
def test_a_point_is_deep_where_it_is_in_the_region(name: str) -> None:
    surely, perhaps = CASES[name].depth(X, Y)
    low, high = CASES[name].regions()
    for depth, region in ((surely, low), (perhaps, high)):
        clear = np.abs(depth) > 700.0  # the plane of the drawing is not the geodesic's
        assert clear.mean() > 0.9
        assert ((depth > 0.0) == np.array(inside(region)))[clear].all()
    assert (surely <= perhaps + 1e-6).all()


@pytest.mark.parametrize("name", CASES)
def test_what_is_not_blurred_is_drawn_once(name: str) -> None:
    low, high = CASES[name].regions()
    alike = {"one zone", "outside", "near a line"}
    assert (low is high) == (name in alike)
    assert CASES[name].regions()[0] is low


def test_everywhere_is_where_nothing_is_asked() -> None:
    nothing = common([])
    low, high = nothing.depth(X[:2], Y[:2])
    assert low.tolist() == high.tolist() == [np.inf, np.inf]
    only = in_zones([SHARP])
    assert common([only]) is only
