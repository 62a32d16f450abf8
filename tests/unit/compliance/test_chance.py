"""Probabilities of at least one, and of how many."""

import itertools
import math

import numpy as np
import pytest

from pamiers.compliance.chance import (
    MOST_COUNTED,
    any_grouped,
    any_independent,
    possibly_counted,
    surely_counted,
)


def test_nothing_never_happens() -> None:
    assert any_independent(np.empty(0)) == 0.0
    assert surely_counted(np.empty(0), [], 0.9) == 0
    assert possibly_counted(np.empty(0), [], 0.9) == 0


def test_two_halves_make_three_quarters() -> None:
    assert any_independent(np.array([0.5, 0.5])) == pytest.approx(0.75)


def test_certainty_is_certain_without_a_warning() -> None:
    assert any_independent(np.array([1.0, 0.3])) == 1.0


def test_small_chances_survive() -> None:
    assert any_independent(np.full(3, 1e-18)) == pytest.approx(3e-18)


def test_a_group_counts_as_its_likeliest_member() -> None:
    chances = np.array([0.2, 0.3, 0.1, 0.5])
    group = np.array([7, 7, 7, -1])
    assert any_grouped(chances, group) == pytest.approx(1 - 0.7 * 0.5)


def test_those_that_stand_alone_are_no_group() -> None:
    chances = np.array([0.5, 0.5])
    assert any_grouped(chances, np.array([-1, -1])) == pytest.approx(0.75)


def enumerated(chances: list[float], counts: list[int]) -> dict[int, float]:
    """Return the distribution of the sum by listing every world."""
    found: dict[int, float] = {}
    for world in itertools.product((0, 1), repeat=len(chances)):
        total = sum(c for c, w in zip(counts, world, strict=True) if w)
        chance = math.prod(
            p if w else 1 - p for p, w in zip(chances, world, strict=True)
        )
        found[total] = found.get(total, 0.0) + chance
    return found


@pytest.mark.parametrize("sure", [0.5, 0.9, 0.99])
def test_counts_are_those_of_every_world_listed(sure: float) -> None:
    chances, counts = [0.9, 0.5, 0.97, 0.3], [3, 1, 2, 7]
    worlds = enumerated(chances, counts)
    at_least = {k: sum(p for n, p in worlds.items() if n >= k) for k in range(14)}
    at_most = {k: sum(p for n, p in worlds.items() if n <= k) for k in range(14)}
    low = max(k for k, p in at_least.items() if p >= sure)
    high = min(k for k, p in at_most.items() if p >= sure)
    assert surely_counted(np.array(chances), counts, sure) == low
    assert possibly_counted(np.array(chances), list(counts), sure) == high


def test_or_more_has_no_upper_limit_unless_it_hardly_counts() -> None:
    assert possibly_counted(np.array([0.9]), [None], 0.9) is None
    assert possibly_counted(np.array([0.05, 1.0]), [None, 4], 0.9) == 4


def test_a_count_past_reckoning_is_or_more() -> None:
    assert possibly_counted(np.array([1.0]), [MOST_COUNTED + 1], 0.9) is None
