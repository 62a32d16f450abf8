"""A clock that is wrong by hours is put right; clocks that agree are left alone."""

from dataclasses import replace

import numpy as np
import pytest

from pamiers.fusion import solving
from pamiers.fusion.clocks import clocks_ahead
from pamiers.fusion.columns import Columns, Floats
from tests.unit.fusion.reported import CHANNEL, COPIER, Reported, reported

HOUR = 3_600.0


@pytest.fixture(scope="module")
def world() -> Reported:
    return reported(seed=2, incidents=600)


def ahead_of(world: Reported, columns: Columns) -> Floats:
    run = solving.Learning(columns, world.taxonomy)
    return run.field.beliefs.sources.ahead


def shifted(columns: Columns, ahead: dict[int, float]) -> Columns:
    by = sum(
        np.where(columns.source == source, seconds, 0.0)
        for source, seconds in ahead.items()
    )
    return replace(columns, start_s=columns.start_s + by, end_s=columns.end_s + by)


def test_clocks_that_agree_are_left_alone(world: Reported) -> None:
    assert not ahead_of(world, world.columns).any()


@pytest.mark.parametrize("hours", [-10.0, -2.0, 1.0, 3.5])
def test_a_precise_clock_is_put_right_to_seconds(world: Reported, hours: float) -> None:
    found = ahead_of(world, shifted(world.columns, {0: hours * HOUR}))
    assert found[0] == pytest.approx(hours * HOUR, abs=60.0)
    assert not found[1:].any()


def test_a_source_and_its_copier_do_not_outvote_the_others(world: Reported) -> None:
    wrong = {CHANNEL: 4 * HOUR, COPIER: 4 * HOUR}
    found = ahead_of(world, shifted(world.columns, wrong))
    assert found[[CHANNEL, COPIER]] == pytest.approx([4 * HOUR] * 2, abs=600.0)
    assert not found[[0, 1]].any()


def test_groups_are_found_as_with_right_clocks(world: Reported) -> None:
    right = solving.solve(world.columns, world.taxonomy)
    wrong = solving.solve(shifted(world.columns, {0: HOUR}), world.taxonomy)
    same = [
        np.unique(each.group, return_counts=True)[1].size for each in (right, wrong)
    ]
    assert same[1] == pytest.approx(same[0], rel=0.03)


def test_no_instants_are_no_lags(world: Reported) -> None:
    reports = solving.Learning(world.columns, world.taxonomy).field.reports
    dated = reports[reports["w"] == 0.0]
    assert clocks_ahead(dated, 5).tolist() == [0.0] * 5
