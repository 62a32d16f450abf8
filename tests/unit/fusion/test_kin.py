"""Who repeats another, or agrees with it on inventions, is known by what it does."""

import numpy as np
import pytest

from pamiers.fusion.columns import Floats, Ints, Mask
from pamiers.fusion.credibility import voices_of
from pamiers.fusion.kin import (
    followers,
    kin_of,
    leaders,
    without_echoes,
    words_of,
)
from pamiers.fusion.solving import solve
from tests.unit.fusion.reported import CHANNEL, COPIER, reported


def heard(seed: int, n: int = 3_000) -> Mask:
    """Return who reports what of four honest sources and an inventor, the last."""
    rng = np.random.default_rng(seed)
    easy = rng.random((n, 1)) < 0.5
    real = rng.random((n, 5)) < np.where(easy, 0.6, 0.25)
    invented = np.zeros((n // 3, 5), bool)
    invented[:, 4] = True
    return np.concatenate([real, invented])


def with_follower(told: Mask, chance: Floats, seed: int) -> Mask:
    """Return the same with a sixth source that repeats the fifth now and then."""
    follows = told[:, 4] & (np.random.default_rng(seed).random(len(told)) < chance)
    return np.column_stack([told, follows])


def found(told: Mask) -> Mask:
    told = told[told.any(axis=1)]
    return followers(told, np.ones(len(told)))


@pytest.mark.parametrize("seed", range(4))
def test_honest_sources_follow_nobody(seed: int) -> None:
    assert not found(heard(seed)).any()


@pytest.mark.parametrize("seed", range(4))
def test_a_source_that_repeats_another_follows_it(seed: int) -> None:
    told = heard(seed)
    follows = found(with_follower(told, np.full(len(told), 0.6), seed))
    assert follows.nonzero()[0].tolist() == [5]
    assert follows[5, 4]


@pytest.mark.parametrize("seed", range(4))
def test_two_that_agree_on_inventions_are_one_voice(seed: int) -> None:
    told = heard(seed)
    invented = told.sum(axis=1) == 1
    follows = found(with_follower(told, np.where(invented, 0.8, 0.1), seed))
    assert follows[5, 4]
    assert kin_of(follows)[4, 5]
    assert not follows[:4].any()


def test_an_echo_is_no_voice_where_its_leader_speaks() -> None:
    follows = np.zeros((3, 3), dtype=bool)
    follows[2, 1] = True
    group: Ints = np.array([0, 0, 0, 1, 1])
    source: Ints = np.array([0, 1, 2, 0, 2])
    left = without_echoes(voices_of(group, source, np.zeros(5)), follows)
    assert list(zip(left.group.tolist(), left.source.tolist(), strict=True)) == [
        (0, 0),
        (0, 1),
        (1, 0),
        (1, 2),
    ]
    assert leaders(group, source, follows).tolist() == [0, 1, 1, 0, 2]


def test_kin_are_bits_of_words() -> None:
    follows = np.zeros((70, 70), dtype=bool)
    follows[69, 1] = True
    words = words_of(kin_of(follows))
    assert words.shape == (70, 2)
    assert words[69].tolist() == [2, 1 << 5]
    assert words[1].tolist() == [2, 1 << 5]
    assert words[0].tolist() == [1, 0]


def test_repeating_in_other_words_makes_nothing_more_believed() -> None:
    """The copier of the small world moves what it copies by kilometres and hours."""
    world = reported(seed=8)
    columns, rng = world.columns, np.random.default_rng(8)
    copies = columns.source == COPIER
    far = np.where(copies, rng.normal(0.0, 2_000.0, len(copies)), 0.0)
    late = np.where(copies, rng.normal(0.0, 1_200.0, len(copies)), 0.0)
    columns.x[:] += far
    columns.start_s[:] += late
    columns.end_s[:] += late
    belief = solve(columns, world.taxonomy).real
    told = (columns.source == CHANNEL) | copies
    invented = told & (world.real == 0)
    assert belief[invented].mean() < 0.4
    assert belief[told & (world.real > 0)].mean() > belief[invented].mean() + 0.3
