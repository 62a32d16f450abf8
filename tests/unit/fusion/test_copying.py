"""Copies are told from sources that agree because they err less than they say."""

from dataclasses import replace

import numpy as np
import pytest

from pamiers.fusion.columns import Columns
from pamiers.fusion.solving import calibrate, solve
from tests.unit.fusion.reported import CHANNEL, COPIER, Reported, reported

INSTRUMENTS = (0, 1)


def overstated(columns: Columns, by: float) -> Columns:
    """Return reports whose errors of place and time are so much less than stated."""
    half = by * (columns.end_s - columns.start_s) / 2.0
    middle, dated = columns.middle_s, columns.by_interval
    return replace(
        columns,
        sigma_m=by * columns.sigma_m,
        start_s=np.where(dated, columns.start_s, middle - half),
        end_s=np.where(dated, columns.end_s, middle + half),
    )


def only(world: Reported, sources: tuple[int, ...]) -> Columns:
    return world.columns.take(np.flatnonzero(np.isin(world.columns.source, sources)))


@pytest.mark.parametrize("by", [1.0, 3.0])
@pytest.mark.parametrize("largest", [3, 1_000])
def test_two_that_err_less_than_they_say_copy_nothing(by: float, largest: int) -> None:
    world = reported(seed=21)
    columns = overstated(only(world, INSTRUMENTS), by)
    columns = replace(columns, count=np.minimum(columns.count, largest))
    learned = calibrate(columns, world.taxonomy)
    assert not learned.levels.any()
    assert (solve(columns, world.taxonomy).original < 0).all()


@pytest.mark.parametrize("by", [1.0, 3.0])
def test_a_copier_is_found_among_them(by: float) -> None:
    world = reported(seed=22)
    columns = overstated(world.columns, by)
    learned = calibrate(columns, world.taxonomy)
    assert list(zip(*learned.levels.nonzero(), strict=True)) == [(COPIER, CHANNEL)]
    copied = world.copied >= 0
    found = solve(columns, world.taxonomy).original
    assert (found[copied] == world.copied[copied]).mean() > 0.9
    assert (found[~copied] >= 0).mean() < 0.01


def test_a_copier_with_errors_of_its_own_is_known_by_its_counts() -> None:
    world = reported(seed=23, incidents=900, days=60.0)
    columns, rng = world.columns, np.random.default_rng(23)
    copies = columns.source == COPIER
    columns.x[copies] += rng.normal(0.0, 500.0, copies.sum())
    columns.y[copies] += rng.normal(0.0, 500.0, copies.sum())
    late = rng.normal(0.0, 300.0, copies.sum())
    columns.start_s[copies] += late
    columns.end_s[copies] += late
    learned = calibrate(columns, world.taxonomy)
    assert list(zip(*learned.levels.nonzero(), strict=True)) == [(COPIER, CHANNEL)]
