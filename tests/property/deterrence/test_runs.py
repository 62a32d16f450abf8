"""Runs by lot against the closed forms; curves and frontiers against plain sums."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pamiers.agreement.values.blank import known
from pamiers.deterrence.assumptions.written import Incentives
from pamiers.deterrence.curves import delay_curve, ladder_curve
from pamiers.deterrence.frontier import frontier
from pamiers.deterrence.game import column, evaluate
from pamiers.deterrence.laying_out import lay_out
from pamiers.deterrence.levers import changed, effects_of
from pamiers.deterrence.margins import Stakes, margin
from pamiers.deterrence.runs import ANSWERED, BROKEN, Course, runs
from pamiers.deterrence.worst import worst_corner
from tests.property.deterrence.worlds import incentives, world

seeds = st.integers(0, 2**32 - 1)
MANY, PERIODS = 40_000, 120


def course(seed: int) -> Course:
    """Return figures of one clause, patient enough for its runs to end in time."""
    rng = np.random.default_rng(seed)
    return Course(
        gain=float(rng.uniform(0, 3)),
        detection=float(rng.uniform(0.1, 1.0)),
        false_alarm=float(rng.uniform(0, 0.1)),
        lag=float(rng.integers(0, 5)),
        loss=float(rng.uniform(0, 20)),
        lasts=3.0,
        discount=float(rng.uniform(0.6, 0.88)),
        standing=bool(rng.random() < 0.5),
    )


def closed(given: Course) -> float:
    """Return the margin by the closed form."""
    stakes = Stakes(
        gain=np.asarray(given.gain),
        detection=np.asarray(given.detection),
        false_alarm=np.asarray(given.false_alarm),
        lag=np.asarray(given.lag),
        loss=np.asarray(given.loss),
        discount=np.asarray(given.discount),
        standing=np.asarray(given.standing),
    )
    return float(margin(stakes))


def chained(given: Course) -> float:
    """Return the margin as the solution of a chain, one state for each period.

    State 0: broken and not found; 1 to `lag`: found and not yet answered; then the
    response. One who keeps is answered by mistake, while a breach would not be found.
    """
    states = int(given.lag) + 2
    last = states - 1
    moves = np.eye(states, k=1)  # the row of the response leads nowhere
    moves[0] = 0.0
    again = 1 - given.detection if given.standing else 0.0
    worths = []
    for chance, gain in ((given.detection, given.gain), (given.false_alarm, 0.0)):
        moves[0, 0], moves[0, 1] = again, chance
        flow = np.zeros(states)
        flow[0] = gain
        flow[1:last] = gain if given.standing else 0.0
        flow[last] = -given.loss
        system = np.eye(states) - given.discount * moves
        worths.append(float(np.linalg.solve(system, flow)[0]))
    return worths[1] - worths[0]


@given(seeds)
def test_the_margin_solves_the_chain(seed: int) -> None:
    figures = course(seed)
    assert np.isclose(closed(figures), chained(figures), rtol=1e-9, atol=1e-9)


@settings(deadline=None, max_examples=10)
@given(seeds)
def test_the_mean_over_many_runs_is_the_margin(seed: int) -> None:
    figures = course(seed)
    shape = (MANY, PERIODS)
    rng = np.random.default_rng(seed)
    kept = runs(figures, breaking=False, shape=shape, rng=rng).worth
    broken = runs(figures, breaking=True, shape=shape, rng=rng).worth
    error = np.sqrt(kept.var() / MANY + broken.var() / MANY)
    found = kept.mean() - broken.mean()
    assert abs(found - closed(figures)) <= 4 * error + 1e-4


def test_a_run_shows_what_it_counts() -> None:
    sure = Course(
        gain=2.0,
        detection=1.0,
        false_alarm=0.0,
        lag=2.0,
        loss=10.0,
        lasts=3.0,
        discount=0.5,
        standing=True,
    )
    rng = np.random.default_rng(0)
    found = runs(sure, breaking=True, shape=(1, 8), rng=rng)
    expected = [BROKEN, BROKEN, BROKEN, ANSWERED, ANSWERED, ANSWERED, 0, 0]
    assert found.states[0].tolist() == expected
    # 2 now, 2 in each of two periods of lag, and 10 lost from the third on
    assert found.worth[0] == 2 + 2 * 0.5 + 2 * 0.25 - 10 * 0.125
    quiet = runs(sure, breaking=False, shape=(1, 8), rng=rng)
    assert not quiet.states.any()
    assert quiet.worth[0] == 0


@settings(deadline=None, max_examples=15)
@given(incentives())
def test_the_curve_of_delays_is_where_margins_turn(found: Incentives) -> None:
    game = lay_out(found)
    likeliest = evaluate(game, column(game.mode))
    curve = delay_curve(likeliest, 0, 0)
    lag_row = game.at.lag[0]
    for at in (0, len(curve.lags) // 2, -1):
        figures = column(game.mode).copy()
        figures[lag_row] = curve.lags[at]
        stakes = evaluate(game, figures).stakes
        shape = likeliest.margins.shape
        for extra, sign in ((1e-6, 1), (-1e-6, -1)):
            wanted = curve.least[at] + extra
            if not 0 <= wanted <= 1:
                continue
            moved = Stakes(
                gain=stakes.gain,
                detection=np.full(shape, wanted),
                false_alarm=stakes.false_alarm,
                lag=stakes.lag,
                loss=stakes.loss,
                discount=stakes.discount,
                standing=stakes.standing,
            )
            value = np.broadcast_to(margin(moved), shape)[0, 0, 0]
            assert sign * value >= -1e-6


@settings(deadline=None, max_examples=15)
@given(incentives())
def test_the_ladder_curve_is_that_of_longer_steps(found: Incentives) -> None:
    game = lay_out(found)
    curve = ladder_curve(game)
    for at in (0, 10, 25):
        figures = column(game.mode).copy()
        figures[game.at.lasts] *= curve.times[at]
        outcome = evaluate(game, figures)
        assert np.allclose(curve.smallest[:, at], outcome.margins.min(axis=1)[:, 0])
    assert np.all(np.diff(curve.kept, axis=1) <= 1e-9)  # longer never leaves more


@settings(deadline=None, max_examples=8)
@given(seeds)
def test_the_frontier_is_that_of_every_package(seed: int) -> None:
    found = world(seed)
    game = lay_out(found)
    period = known(found.period)
    assert period is not None
    effects = [effects_of(each, game, period.base) for each in found.levers]
    costs = [float(str(each.cost)) for each in found.levers]
    every = []
    for size in range(len(found.levers) + 1):
        for chosen in itertools.combinations(range(len(found.levers)), size):
            after = changed(game, tuple(e for i in chosen for e in effects[i]))
            worst = worst_corner(after, after.low, after.high).margins.min()
            cost = sum(costs[i] for i in chosen)
            every.append((cost, float(worst)))
    points = frontier(found, game)
    assert len(points) == len(every)
    for point in points:
        as_cheap = max(worst for cost, worst in every if cost <= point.cost + 1e-9)
        assert point.worst <= as_cheap + 1e-9
    best = [each for each in points if each.best]
    for point in best:
        cheaper = [worst for cost, worst in every if cost < point.cost - 1e-9]
        assert point.worst > max(cheaper, default=-np.inf) - 1e-9
    assert max(each.worst for each in best) == max(worst for _, worst in every)
