"""Swapped rows are turned back; honest rows never are."""

from dataclasses import replace

import numpy as np
import pytest

from pamiers.fusion.columns import Columns, Mask
from pamiers.fusion.turned import swapped, upright
from tests.unit.fusion.reported import Reported, reported


@pytest.fixture(scope="module")
def world() -> Reported:
    """Return a world off the diagonal, so that mirror images lie outside."""
    made = reported(incidents=1_500, days=60.0)
    return replace(made, columns=_moved(made.columns, 200e3))


def _moved(columns: Columns, east: float) -> Columns:
    return replace(columns, x=columns.x + east)


def _with_swaps(columns: Columns, share: float) -> tuple[Columns, Mask]:
    turn = np.random.default_rng(3).random(len(columns)) < share
    x = np.where(turn, columns.y, columns.x)
    y = np.where(turn, columns.x, columns.y)
    return replace(columns, x=x, y=y), turn


def test_nothing_is_turned_where_nothing_is_swapped(world: Reported) -> None:
    assert not swapped(world.columns).any()
    assert upright(world.columns) is world.columns


@pytest.mark.parametrize("share", [0.02, 0.08, 0.15])
def test_swapped_rows_are_known(world: Reported, share: float) -> None:
    mixed, turn = _with_swaps(world.columns, share)
    found = swapped(mixed)
    assert (found & turn).sum() > 0.9 * turn.sum()
    assert not (found & ~turn).any()
    back = upright(mixed)
    assert np.array_equal(back.x[found], world.columns.x[found])


def test_a_quiet_region_opposite_a_busy_one_stays(world: Reported) -> None:
    """The suspects lie as swapped rows would, but on days of their own."""
    mixed, turn = _with_swaps(world.columns, 0.1)
    far = np.where(turn, 1_000.0 * 86_400.0 - mixed.start_s, mixed.start_s)
    span = mixed.end_s - mixed.start_s
    honest = replace(mixed, start_s=far, end_s=far + span)
    assert not swapped(honest).any()


def test_about_the_diagonal_nothing_is_turned() -> None:
    mixed, _ = _with_swaps(reported(incidents=800).columns, 0.1)
    square = replace(mixed, x=mixed.x % 30e3, y=mixed.y % 30e3)
    assert not swapped(square).any()


def test_no_reports_are_no_swaps(world: Reported) -> None:
    none = world.columns.take(np.empty(0, dtype=np.int64))
    assert swapped(none).shape == (0,)
