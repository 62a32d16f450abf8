"""Lots, shares by loops and by array code, joint breaches of every draw."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamiers.compliance.kernels.jit import available
from pamiers.deterrence.assumptions.written import Incentives
from pamiers.deterrence.draws import shares
from pamiers.deterrence.game import column, evaluate
from pamiers.deterrence.joint import Temptations, worth_of
from pamiers.deterrence.laying_out import lay_out
from pamiers.deterrence.lots import Lots
from pamiers.deterrence.sweeping import paying_draws, shared_of
from pamiers.deterrence.temptation import (
    HOLDS,
    OPEN,
    PAYS,
    Many,
    bounded,
    enumerated,
    exchanges,
)
from pamiers.deterrence.worst import radius, tornado, worst_corner
from tests.property.deterrence.worlds import crowd, incentives, world

seeds = st.integers(0, 2**32 - 1)
compiled = pytest.mark.skipif(not available(), reason="numba is not installed here")


def test_lots_fall_into_triangles_and_know_nothing_of_one_another() -> None:
    game = lay_out(world(3))
    rows = np.flatnonzero(game.high > game.low)
    draws = Lots.of(game, 5).figures(rows, np.arange(40_000))
    low, mode, high = (each[rows] for each in (game.low, game.mode, game.high))
    mean = (low + mode + high) / 3
    spread = np.sqrt(
        (low**2 + mode**2 + high**2 - low * mode - low * high - mode * high) / 18
    )
    told = (draws - mean[:, None]) / spread[:, None]
    assert np.abs(told.mean(axis=1)).max() < 4.5 / 200  # standard error: 1 / 200
    assert np.abs(told.std(axis=1) - 1).max() < 0.02
    # how many lie below the mode is what the triangle says
    below = (draws < mode[:, None]).mean(axis=1)
    assert np.abs(below - (mode - low) / (high - low)).max() < 4.5 * 0.5 / 200
    both = np.corrcoef(told) - np.eye(len(rows))
    assert np.abs(both).max() < 5 / 200
    one_later = [np.corrcoef(each[1:], each[:-1])[0, 1] for each in told]
    assert np.abs(one_later).max() < 5 / 200


@given(incentives(), seeds)
def test_a_draw_is_the_same_whatever_is_drawn_beside_it(
    found: Incentives, seed: int
) -> None:
    game = lay_out(found)
    every = np.arange(len(game.names))
    lots = Lots.of(game, seed)
    whole = lots.figures(every, np.arange(64))
    assert np.array_equal(lots.figures(every[3:5], np.arange(60, 64)), whole[3:5, 60:])
    assert np.all(whole >= game.low[:, None])
    assert np.all(whole <= game.high[:, None])


@compiled
@settings(deadline=None, max_examples=12)
@given(incentives(), seeds, st.integers(1, 2_500))
def test_loops_count_as_array_code_does(
    found: Incentives, seed: int, draws: int
) -> None:
    game = lay_out(found)
    one = shares(game, draws, seed, loops=True)
    other = shares(game, draws, seed, loops=False)
    for name in ("keeping", "taking_part", "all_of_it", "none_pays"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    outcome = evaluate(game, column(game.mode))
    size = 10 + np.abs(outcome.margins).max() + np.abs(one.lowest).max()
    for name in ("lowest", "tenth"):
        apart = np.abs(getattr(one, name) - getattr(other, name))
        assert apart.max() <= 4e-6 * size, name


@compiled
def test_loops_decide_in_doubles_what_singles_cannot() -> None:
    game = lay_out(world(8))
    still = game.with_figures(*[game.mode] * 3)
    outcome = evaluate(still, column(still.mode))
    # a gain that brings a margin of a breach that pays once to 0, but for rounding
    stakes = outcome.stakes
    for party, clause in itertools.product(range(2), range(len(game.clauses))):
        if game.standing[clause]:
            continue
        mode = game.mode.copy()
        mode[game.at.gain[party, clause]] += outcome.margins[party, clause, 0]
        near = game.with_figures(mode, mode, mode)
        found = shares(near, 8, 0, loops=True).keeping[party, clause]
        assert found == shares(near, 8, 0, loops=False).keeping[party, clause]
    assert stakes.gain.size


@compiled
@given(st.data())
def test_the_kth_smallest_is_that_of_sorting(data: st.DataObject) -> None:
    from pamiers.deterrence.loops.choice import (  # noqa: PLC0415 - imports numba
        smallest_but,
    )

    rng = np.random.default_rng(data.draw(seeds))
    size = data.draw(st.integers(1, 5_000))
    row = (rng.normal(size=size) * 10 ** rng.uniform(-3, 4)).astype(np.float32)
    if data.draw(st.booleans()):
        row = np.round(row)  # many alike
    at = data.draw(st.integers(0, size - 1))
    found = smallest_but(row, at, np.empty(size, np.int32))
    assert found == (np.sort(row)[0], np.sort(row)[at])


@given(st.integers(1, 70), seeds)
def test_the_network_sorts(rows: int, seed: int) -> None:
    keys = np.random.default_rng(seed).integers(0, 20, (rows, 30))
    wanted = -np.sort(-keys, axis=0)
    for one, other in exchanges(rows):
        pair = keys[[one, other]]
        keys[one], keys[other] = pair.max(axis=0), pair.min(axis=0)
    assert np.array_equal(keys, wanted)


def many(seed: int, clauses: int, draws: int) -> Many:
    """Return what one party wins and risks, drawn; detection is not always the more."""
    rng = np.random.default_rng(seed)
    shape = (clauses, draws)
    detection = rng.random(shape)
    share = 1.5 if rng.random() < 0.3 else 0.3
    return Many(
        gain=rng.uniform(0, 2, shape),
        after=rng.uniform(0, 1, shape) * rng.integers(0, 2, (clauses, 1)),
        detection=detection,
        false_alarm=np.minimum(detection * rng.random(shape) * share, 1.0),
        loss=rng.uniform(0, 6, shape) + 4 * rng.integers(0, 2),
    )


@settings(deadline=None, max_examples=40)
@given(seeds, st.integers(1, 7))
def test_bounds_and_sets_tell_what_every_mask_tells(seed: int, clauses: int) -> None:
    found = many(seed, clauses, 12)
    masks = np.array(list(itertools.product([False, True], repeat=clauses)))
    truth = []
    for k in range(12):
        own = Temptations(
            gain=found.gain[:, k],
            after=found.after[:, k],
            detection=found.detection[:, k],
            false_alarm=found.false_alarm[:, k],
            loss=found.loss[:, k],
        )
        truth.append(PAYS if worth_of(own, masks).max() > 1e-12 else HOLDS)
    assert np.array_equal(enumerated(found), truth)
    told = bounded(found)
    assert np.all((told == OPEN) | (told == truth))


@compiled
def test_loops_bound_joint_breaches_as_array_code_does() -> None:
    game, told = lay_out(crowd(1, 40)), []
    for times in (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 64.0):
        size = np.ones(len(game.names))
        size[game.at.loss.ravel()] = times
        dear = game.with_figures(game.low * size, game.mode * size, game.high * size)
        lots = Lots.of(dear, 7)
        found = paying_draws(dear, lots, shared_of(dear, lots, 300))
        every = np.arange(len(dear.names))
        outcome = evaluate(dear, lots.figures(every, np.arange(300)))
        bounds = [bounded(Many.of(outcome, party)) for party in range(2)]
        assert np.array_equal(found, bounds), times
        told.append(found)
    # all three answers are met, else this would show little
    assert set(np.unique(told)) == {HOLDS, PAYS, OPEN}


@compiled
@settings(deadline=None, max_examples=30)
@given(incentives())
def test_loops_find_the_corners_that_array_code_finds(found: Incentives) -> None:
    game = lay_out(found)
    one = worst_corner(game, game.low, game.high, loops=True)
    other = worst_corner(game, game.low, game.high, loops=False)
    size = 1 + np.abs(other.margins)
    assert np.allclose(one.margins, other.margins, rtol=1e-9, atol=1e-9)
    assert np.array_equal(one.margins >= 0, other.margins >= 0)
    assert np.allclose(one.taking_part, other.taking_part, rtol=1e-7, atol=1e-7)
    draws = evaluate(
        game, Lots.of(game, 1).figures(np.arange(len(game.names)), np.arange(300))
    )
    assert np.all(draws.margins.min(axis=-1) >= one.margins - 1e-7 * size)
    reach = radius(game, loops=True)
    assert np.allclose(reach, radius(game, loops=False), atol=1e-3)
    for party, clause in itertools.product(range(2), range(len(game.clauses))):
        swings = tornado(game, party, clause, loops=True)
        plain = tornado(game, party, clause, loops=False)
        for first, second in zip(swings, plain, strict=True):
            assert np.isclose(first.width, second.width, rtol=1e-9, atol=1e-9)
