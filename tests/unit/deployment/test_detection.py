"""Detection by range, looks, patrols and common causes, to the digits known."""

import numpy as np
import pytest

from pamiers.deployment.detection import (
    RangeCurve,
    by_range,
    clear_looks,
    common_cause,
    covered_share,
    over_looks,
    persons_for,
    random_search,
)


@pytest.mark.parametrize(
    ("load", "found"),
    [(0.25, 0.2212), (0.5, 0.3935), (1, 0.6321), (2, 0.8647), (3, 0.9502)],
)
def test_a_random_search(load: float, found: float) -> None:
    # width 100 m, speed 1 m/s, one hour: 360,000 m2 swept
    assert round(random_search(100, 1, 1, 360_000 / load), 4) == found
    assert covered_share(100, 1, 1, 360_000 / load) == min(load, 1)


def test_a_common_cause() -> None:
    five = [round(common_cause(0.3, 5, rho), 4) for rho in (0, 0.1, 0.3, 0.6)]
    assert five == [0.8319, 0.7632, 0.6417, 0.4844]
    four = [round(common_cause(0.5, 4, rho), 4) for rho in (0, 0.1, 0.3, 0.6)]
    assert four == [0.9375, 0.8984, 0.8145, 0.6818]
    assert common_cause(0.3, 0, 0.5) == 0
    assert common_cause(0.3, 9, 1) == 0.3


def test_clear_looks_of_a_satellite() -> None:
    given = [(5, 1), (5, 10), (2.3, 10), (1, 3)]
    found = [round(clear_looks(revisit, 0.35, lasts), 4) for revisit, lasts in given]
    assert found == [0.07, 0.5775, 0.8432, 0.7254]


def test_detection_falls_with_distance() -> None:
    curve = RangeCurve(at_none=0.9, scale_m=2_000, steepness=2)
    found = by_range(curve, np.array([0.0, 2_000.0, 1e9]), np.array(1.0))
    assert found.tolist() == pytest.approx([0.9, 0.9 / np.e, 0.0])
    assert by_range(curve, np.array([0.0]), np.array(0.0)).tolist() == [0.0]


def test_two_looks_are_better_than_one() -> None:
    found = over_looks(np.array(0.5), np.array([0.0, 1.0, 1.5, 2.0]))
    assert found.tolist() == [0.0, 0.5, 0.625, 0.75]


def test_a_post_that_is_never_empty() -> None:
    assert persons_for(2, 40, 1.2) == pytest.approx(10.08)
