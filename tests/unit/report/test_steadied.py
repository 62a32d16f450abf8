"""A post that states its place anew each day is no better known for a month of it."""

from datetime import UTC, datetime, timedelta
from random import Random
from statistics import mean

import numpy as np
import pytest

from pamiers.core.geodesy import destination, distance_m
from pamiers.core.rows import Coverage
from pamiers.core.table import Table, table_of
from pamiers.report.coarsen import coarsened
from pamiers.report.redaction import EDITIONS
from pamiers.report.steadied import steadied

DAY = datetime(2031, 5, 10, 6, 0, tzinfo=UTC)
PUBLIC = EDITIONS["public"]
GRID = 0.02
Point = tuple[float, float]


def month(true: Point, rng: Random, jitter_m: float, days: int = 30) -> Table:
    """Return a month of a post that says each day where it stands, somewhat off."""
    rows = []
    for day in range(days):
        bearing, away = rng.uniform(0, 360), abs(rng.gauss(0, jitter_m))
        lon, lat = destination(*true, np.array([bearing]), away)
        start = DAY + timedelta(days=day)
        rows.append(
            Coverage(
                source="post-7",
                key=f"d{day:02}",
                start=start,
                end=start + timedelta(hours=12),
                lon=float(lon[0]),
                lat=float(lat[0]),
                radius_m=rng.choice([3000.0, 3100.0]),
            )
        )
    return table_of("coverage", rows)


def editions(whole: Table, *, steady: bool) -> list[list[Point]]:
    """Return the positions that each day's public edition tells, of all days so far."""
    told = []
    for day in range(1, len(whole) + 1):
        known = Table("coverage", whole.columns.slice(0, day))
        shown = coarsened(steadied(known, GRID) if steady else known, PUBLIC)
        assert shown is not None
        lon, lat = (shown.columns.column(n).to_pylist() for n in ("lon", "lat"))
        told.append(list(zip(lon, lat, strict=True)))
    return told


def averaged(told: list[list[Point]]) -> Point:
    """Average all positions of the last edition."""
    return mean(x for x, _ in told[-1]), mean(y for _, y in told[-1])


def differenced(told: list[list[Point]]) -> Point:
    """Take what each edition tells beyond the one before, and average that."""
    new = [
        point for a, b in zip([[], *told], told, strict=False) for point in _less(b, a)
    ]
    return mean(x for x, _ in new), mean(y for _, y in new)


def _less(more: list[Point], fewer: list[Point]) -> list[Point]:
    rest = list(more)
    for each in fewer:
        rest.remove(each)
    return rest


def intersected(told: list[list[Point]]) -> Point:
    """Take the place from which what is told lies least far, cells by their shares."""
    cells, counts = np.unique(np.array(told[-1]), axis=0, return_counts=True)
    shares = counts / counts.sum()
    steps = np.linspace(-1, 1, 41) * GRID
    middle = cells[counts.argmax()]
    lon, lat = (
        axis.ravel() for axis in np.meshgrid(middle[0] + steps, middle[1] + steps)
    )
    fit = np.zeros(len(lon))
    for cell, share in zip(cells, shares, strict=True):
        away = np.hypot((lon - cell[0]) * 0.67, lat - cell[1]) / GRID
        fit += share * away**2
    best = fit.argmin()
    return float(lon[best]), float(lat[best])


ATTACKS = {"average": averaged, "difference": differenced, "intersect": intersected}


def errors(seed: int, jitter_m: float, *, steady: bool) -> dict[str, float]:
    """Return how far each attack is off on average, and the cell of one day [m]."""
    rng = Random(seed)  # noqa: S311 - a seed
    off: dict[str, list[float]] = {name: [] for name in (*ATTACKS, "cell")}
    for _ in range(40):
        true = (37.8 + rng.uniform(0, GRID), 48.0 + rng.uniform(0, GRID))
        told = editions(month(true, rng, jitter_m), steady=steady)
        guesses = {name: attack(told) for name, attack in ATTACKS.items()}
        guesses["cell"] = told[0][0]  # what one day's edition gives anybody
        for name, guess in guesses.items():
            off[name].append(float(distance_m(*true, *guess)))
    return {name: mean(each) for name, each in off.items()}


@pytest.mark.parametrize("jitter_m", [50.0, 200.0, 400.0])
def test_thirty_days_tell_no_more_than_the_first(jitter_m: float) -> None:
    found = errors(1, jitter_m, steady=True)
    alone = found.pop("cell")
    assert all(each > 0.97 * alone for each in found.values()), (found, alone)


def test_positions_told_one_by_one_are_averaged_to_less_than_a_cell() -> None:
    found = errors(1, 400.0, steady=False)
    assert min(found.values()) < 0.75 * found["cell"]


def test_a_radius_holds_the_place_that_was_stated() -> None:
    whole = month((37.8099, 48.0099), Random(3), 400.0)  # noqa: S311 - a seed
    shown = coarsened(steadied(whole, GRID), PUBLIC)
    assert shown is not None
    stated, told = whole.columns.to_pylist(), shown.columns.to_pylist()
    for one, other in zip(stated, told, strict=True):
        away = distance_m(one["lon"], one["lat"], other["lon"], other["lat"])
        assert away + 1000 <= other["radius_m"]


def test_a_patrol_that_moves_is_told_to_move() -> None:
    whole = month((37.8, 48.0), Random(3), 10.0, 3)  # noqa: S311 - a seed
    away = month((37.9, 48.0), Random(3), 10.0, 3)  # noqa: S311 - a seed
    rows = [*whole.views(), *away.views()]
    shown = steadied(table_of("coverage", rows), GRID)
    assert len(set(shown.columns.column("lon").to_pylist())) == 2


def test_what_is_said_later_moves_nothing_said_before() -> None:
    whole = month((37.8, 48.0), Random(5), 2000.0)  # noqa: S311 - a seed
    last = steadied(whole, GRID).columns.to_pylist()
    for day in range(1, 30):
        known = Table("coverage", whole.columns.slice(0, day))
        assert steadied(known, GRID).columns.to_pylist() == last[:day]


def test_what_has_no_place_and_other_sources_are_left_alone() -> None:
    start, end = DAY, DAY + timedelta(hours=1)
    rows = [
        Coverage(source="a", key="1", start=start, end=end, region="north"),
        Coverage(
            source="a", key="2", start=start, end=end, lon=37.8, lat=48.0, radius_m=1.0
        ),
        Coverage(
            source="b",
            key="1",
            start=start,
            end=end,
            lon=37.801,
            lat=48.0,
            radius_m=1.0,
        ),
    ]
    shown = steadied(table_of("coverage", rows), GRID).columns.to_pylist()
    assert [each["lon"] for each in shown] == [None, 37.8, 37.801]
    assert shown[0]["radius_m"] is None
