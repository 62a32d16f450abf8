"""Curves from drills, terrain from grids, and who sees what over it."""

import numpy as np
import pytest

from pamiers.core.errors import MalformedAgreementError
from pamiers.deployment.detection import RangeCurve, by_range
from pamiers.deployment.drills import Trial, fitted
from pamiers.deployment.terrain import read_terrain, visible

KM = 1000.0


def test_a_curve_is_found_again_from_many_drills() -> None:
    true = RangeCurve(at_none=0.9, scale_m=10 * KM, steepness=2.0)
    away = np.array([1.0, 4.0, 7.0, 10.0, 14.0, 18.0]) * KM
    chances = by_range(true, away, np.asarray(1.0))
    trials = [
        Trial(distance_m=float(r), shown=20_000, found=round(20_000 * float(q)))
        for r, q in zip(away, chances, strict=True)
    ]
    low, mode, high = (
        by_range(each, away, np.asarray(1.0)) for each in fitted(tuple(trials))
    )
    assert np.allclose(mode, chances, atol=0.01)
    assert np.all(low <= high + 0.01)


def test_few_drills_leave_a_wide_range() -> None:
    trials = [
        Trial(distance_m=2 * KM, shown=5, found=4),
        Trial(distance_m=10 * KM, shown=5, found=1),
    ]
    at = np.array([2.0, 10.0]) * KM
    low, mode, high = (
        by_range(each, at, np.asarray(1.0)) for each in fitted(tuple(trials))
    )
    assert mode == pytest.approx([0.8, 0.2], abs=0.03)
    assert low.mean() < mode.mean() - 0.1
    assert high.mean() > mode.mean() + 0.1


HEAD = "ncols 5\nnrows 3\nxllcorner 30\nyllcorner 45\ncellsize 0.1\n"
FLAT = HEAD + "0 0 0 0 0\n0 0 0 0 0\n0 0 0 0 0\n"
RIDGE = HEAD + "0 0 300 0 0\n0 0 300 0 0\n0 0 0 0 0\n"


def test_a_ridge_hides_what_is_behind_it() -> None:
    eye = np.array([[30.05, 45.15]])
    points = np.array([[30.12, 45.15], [30.45, 45.15]])
    assert visible(read_terrain(RIDGE), eye, points, 30.0).tolist() == [[1.0, 0.0]]
    assert visible(read_terrain(RIDGE), eye, points, 900.0).tolist() == [[1.0, 1.0]]


def test_the_earth_itself_hides_what_is_far() -> None:
    eye, far = np.array([[30.02, 45.15]]), np.array([[30.48, 45.15]])
    assert visible(read_terrain(FLAT), eye, far, 2.0).tolist() == [[0.0]]
    # 36 km away the ground lies 102 m below the horizontal
    assert visible(read_terrain(FLAT), eye, far, 110.0).tolist() == [[1.0]]


def test_rows_run_from_north_to_south() -> None:
    found = read_terrain(HEAD + "1 1 1 1 1\n2 2 2 2 2\n3 3 3 3 3\n")
    at = np.array([45.05, 45.15, 45.25])
    assert found.at(np.full(3, 30.2), at).tolist() == [3.0, 2.0, 1.0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        HEAD,
        HEAD + "1 2 3",
        FLAT.replace("cellsize 0.1", "cellsize 0"),
        FLAT.replace("ncols 5", "columns 5"),
        FLAT.replace("0 0 0 0 0\n", "0 0 x 0 0\n", 1),
        FLAT.replace("0 0 0 0 0\n", "0 0 -9999 0 0\n", 1),
    ],
)
def test_other_forms_of_terrain_are_refused(text: str) -> None:
    with pytest.raises(MalformedAgreementError, match=r"terrain\.asc:\d+: expected"):
        read_terrain(text)
