# ruff: noqa: S311 - these are cases for tests, not secrets
"""That at some time more are there than a number: exactly, by a sweep."""

from itertools import product
from random import Random

import pytest

from pamiers.compliance.chance import reaches
from pamiers.compliance.passing import chance_over

Sets = list[list[bool]]


def by_worlds(
    chances: list[float], counts: list[int], sets: Sets, most: float
) -> float:
    """Return the same, every world one by one."""
    total = 0.0
    for bits in product((False, True), repeat=len(chances)):
        weight = 1.0
        for bit, chance in zip(bits, chances, strict=True):
            weight *= chance if bit else 1.0 - chance
        held = [
            sum(
                c
                for c, bit, here in zip(counts, bits, each, strict=True)
                if bit and here
            )
            for each in sets
        ]
        total += weight * any(n > most for n in held)
    return total


def runs(rng: Random, n: int, m: int) -> Sets:
    """Return m sets of n things, each thing in a run of them."""
    spans = [sorted(rng.choices(range(m + 1), k=2)) for _ in range(n)]
    return [[start <= at < end for start, end in spans] for at in range(m)]


@pytest.mark.parametrize("seed", range(200))
def test_it_is_the_sum_over_every_world(seed: int) -> None:
    rng = Random(seed)
    n, m = rng.randint(0, 8), rng.randint(0, 7)
    chances = [rng.choice([0.0, 1.0, 0.5, rng.random()]) for _ in range(n)]
    counts = [rng.randint(1, 4) for _ in range(n)]
    most = rng.randint(0, 8)
    sets = runs(rng, n, m)
    found = chance_over(chances, counts, sets, most)
    assert found == pytest.approx(by_worlds(chances, counts, sets, most), abs=1e-12)


def test_forty_at_once_are_a_poisson_binomial() -> None:
    chances = [0.5 + i / 100 for i in range(40)]
    found = chance_over(chances, [1] * 40, [[True] * 40], 25)
    assert found == pytest.approx(reaches(chances, [1] * 40, 26), abs=1e-12)


def test_groups_that_never_meet_are_independent() -> None:
    sets = [[at == i // 10 for i in range(30)] for at in range(3)]
    found = chance_over([0.3] * 30, [2] * 30, sets, 7)
    one = reaches([0.3] * 10, [2] * 10, 8)
    assert found == pytest.approx(1.0 - (1.0 - one) ** 3, abs=1e-12)


def test_what_cannot_pass_or_surely_does_is_exact() -> None:
    assert chance_over([0.1] * 30, [1] * 30, [[True] * 30], 30) == 0.0
    assert chance_over([1.0] * 30, [1] * 30, [[True] * 30], 29) == 1.0
    assert chance_over([], [], [], 0) == 0.0


def test_what_comes_again_or_is_too_many_is_left_to_bounds() -> None:
    assert chance_over([0.5], [1], [[True], [False], [True]], 0) is None
    stairs = [[at <= i + 20 and i <= at for i in range(40)] for at in range(60)]
    assert chance_over([0.5] * 40, list(range(1, 41)), stairs, 500) is None
