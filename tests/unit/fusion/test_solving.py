"""Many voices, few incidents: found, learned, believed as the truth of a world."""

from dataclasses import replace

import numpy as np
import pytest

from pamiers.fusion.columns import Ints, Mask, columns_of_none, taxonomy_of
from pamiers.fusion.solving import Solved, calibrate, solve
from tests.unit.fusion.reported import CHANNEL, COPIER, GAZETTE, Reported, reported


@pytest.fixture(scope="module")
def world() -> Reported:
    return reported()


@pytest.fixture(scope="module")
def found(world: Reported) -> Solved:
    return solve(world.columns, world.taxonomy)


def pairs(true: Ints, group: Ints) -> tuple[float, float]:
    """Return precision and recall of pairs that are put together."""
    same = true[:, None] == true[None]
    put = group[:, None] == group[None]
    off = ~np.eye(len(true), dtype=bool)
    both = np.count_nonzero(same & put & off)
    return both / np.count_nonzero(put & off), both / np.count_nonzero(same & off)


def as_partition(group: Ints) -> Ints:
    """Return groups numbered by their first report."""
    _, first, at = np.unique(group, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[at]


def test_reports_of_one_thing_are_put_together(world: Reported, found: Solved) -> None:
    precision, recall = pairs(world.incident, found.group)
    assert precision > 0.9
    assert recall > 0.85


def test_the_order_of_reports_changes_nothing(world: Reported, found: Solved) -> None:
    order = np.random.default_rng(5).permutation(len(world.columns))
    again = solve(world.columns.take(order), world.taxonomy)
    back = np.argsort(order)
    assert (as_partition(again.group[back]) == as_partition(found.group)).all()
    assert np.array_equal(again.real[back], found.real)
    assert np.array_equal(again.x[back], found.x)


def test_swapping_the_sides_changes_no_group(world: Reported, found: Solved) -> None:
    side = world.columns.side
    swapped = replace(world.columns, side=np.where(side < 0, side, 1 - side))
    again = solve(swapped, world.taxonomy)
    assert (as_partition(again.group) == as_partition(found.group)).all()
    assert again.real == pytest.approx(found.real)


def test_copies_are_known_by_what_they_do(world: Reported, found: Solved) -> None:
    copies = world.columns.source == COPIER
    known = found.original[copies] == world.copied[copies]
    assert known.mean() > 0.9
    assert (found.original[~copies] >= 0).mean() < 0.02


def test_a_copy_adds_nothing_to_belief(world: Reported, found: Solved) -> None:
    without = np.flatnonzero(world.columns.source != COPIER)
    fewer = solve(world.columns.take(without), world.taxonomy)
    assert np.abs(fewer.real - found.real[without]).mean() < 0.01


def test_places_of_habit_are_learned(world: Reported) -> None:
    towns = world.columns.source == GAZETTE
    _, mode = np.unique(
        np.column_stack((world.columns.source, world.columns.sigma_m)),
        axis=0,
        return_inverse=True,
    )
    learned = calibrate(world.columns, world.taxonomy).sources
    nearest = learned.rank[mode.ravel()[towns][0], 0]
    assert nearest > 0.85


def test_belief_is_calibrated_and_tells_true_from_false(
    world: Reported, found: Solved
) -> None:
    base = world.real.mean() * (1.0 - world.real.mean())
    assert ((found.real - world.real) ** 2).mean() < 0.5 * base
    assert abs(found.real.mean() - world.real.mean()) < 0.05


def test_a_channel_that_invents_is_believed_less(
    world: Reported, found: Solved
) -> None:
    alone, source = _single(found.group), world.columns.source
    channel, instrument = (
        found.real[alone & (source == number)].mean() for number in (CHANNEL, 0)
    )
    assert channel < instrument - 0.2


def _single(group: Ints) -> Mask:
    return np.asarray(np.bincount(group)[group] == 1)


def test_places_are_fused_to_less_error(world: Reported, found: Solved) -> None:
    asked = (world.real > 0) & (world.columns.source != 0)
    raw = np.hypot(world.columns.x - world.x, world.columns.y - world.y)
    fused = np.hypot(found.x - world.x, found.y - world.y)
    assert np.median(fused[asked]) < 0.6 * np.median(raw[asked])


def test_given_groups_are_kept(world: Reported) -> None:
    kept = solve(world.columns, world.taxonomy, given=world.incident)
    assert (as_partition(kept.group) == as_partition(world.incident)).all()
    base = world.real.mean() * (1.0 - world.real.mean())
    assert ((kept.real - world.real) ** 2).mean() < 0.45 * base


def test_copies_never_go_in_a_ring(world: Reported) -> None:
    """All at one place, received at once: every report still has a group."""
    zero = np.zeros(len(world.columns))
    same = replace(world.columns, x=zero, y=zero, received_s=zero)
    found = solve(same, world.taxonomy)
    assert found.group.min() >= 0
    first = found.original[found.original >= 0]
    assert (found.original[first] < 0).all()


def test_no_report_gives_nothing() -> None:
    found = solve(columns_of_none(), taxonomy_of(2, [np.eye(2)], [np.ones(2)]))
    each = (found.group, found.real, found.kind, found.x, found.y, found.t)
    assert [len(values) for values in each] == [0] * 6
