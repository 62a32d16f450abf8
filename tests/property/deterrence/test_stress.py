"""A whole stress test, over games drawn at random."""

import dataclasses
import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pamiers.deterrence.assumptions.written import Incentives
from pamiers.deterrence.draws import shares
from pamiers.deterrence.game import column, evaluate
from pamiers.deterrence.laying_out import lay_out
from pamiers.deterrence.levers import by_cost, cheapest, effects_of, packed
from pamiers.deterrence.lots import Lots
from pamiers.deterrence.stress import stress
from pamiers.deterrence.worst import radius, stretched, worst_corner
from tests.property.deterrence.worlds import DAY, incentives, swapped


@settings(max_examples=40)
@given(incentives(), st.integers(0, 2**32 - 1))
def test_no_draw_falls_below_the_worst_corner(found: Incentives, seed: int) -> None:
    game = lay_out(found)
    corner = worst_corner(game, game.low, game.high)
    every = np.arange(len(game.names))
    outcome = evaluate(game, Lots.of(game, seed).figures(every, np.arange(200)))
    slack = 1e-7 * (1 + np.abs(corner.margins))
    assert np.all(outcome.margins.min(axis=-1) >= corner.margins - slack)
    parts = 1e-7 * (1 + np.abs(corner.taking_part))
    assert np.all(outcome.taking_part.min(axis=-1) >= corner.taking_part - parts)


@settings(max_examples=40)
@given(incentives())
def test_every_corner_of_the_box_is_above_the_worst(found: Incentives) -> None:
    game = lay_out(found)
    rng = np.random.default_rng(7)
    picks = rng.random((len(game.names), 300)) < 0.5
    ends = np.where(picks, game.low[:, None], game.high[:, None])
    corner = worst_corner(game, game.low, game.high)
    least = evaluate(game, ends).margins.min(axis=-1)
    assert np.all(least >= corner.margins - 1e-7 * (1 + np.abs(corner.margins)))


@settings(max_examples=6)
@given(incentives())
def test_swapping_the_parties_swaps_everything(found: Incentives) -> None:
    one, other = stress(found, draws=64), stress(swapped(found), draws=64)
    assert one.game.parties == other.game.parties
    assert np.allclose(one.likeliest.margins, other.likeliest.margins[::-1])
    assert np.allclose(one.corner.margins, other.corner.margins[::-1])
    assert np.allclose(one.corner.taking_part, other.corner.taking_part[::-1])
    assert np.allclose(one.thresholds.detection, other.thresholds.detection[::-1])
    assert np.allclose(one.radius, other.radius[::-1], atol=1e-6)
    assert [each.clauses for each in one.joint] == [
        each.clauses for each in other.joint[::-1]
    ]
    assert one.trust == other.trust[::-1]
    assert [each.package and each.package.levers for each in one.cheapest] == [
        each.package and each.package.levers for each in other.cheapest
    ]


@settings(max_examples=25)
@given(incentives(), st.integers(0, 2**32 - 1))
def test_the_same_seed_gives_the_same_shares(found: Incentives, seed: int) -> None:
    game = lay_out(found)
    one, other = shares(game, 100, seed), shares(game, 100, seed)
    assert all(
        np.array_equal(getattr(one, each.name), getattr(other, each.name))
        for each in dataclasses.fields(one)
    )


@settings(max_examples=12)
@given(incentives())
def test_nothing_is_ever_not_a_number(found: Incentives) -> None:
    outcome = stress(found, draws=64)
    for figures in (
        outcome.likeliest.margins,
        outcome.likeliest.taking_part,
        outcome.corner.margins,
        outcome.corner.taking_part,
        outcome.thresholds.detection,
        outcome.thresholds.lag,
        outcome.thresholds.loss,
        outcome.shares.keeping,
        outcome.shares.tenth,
        outcome.radius,
    ):
        assert not np.isnan(figures).any()


@settings(max_examples=25)
@given(incentives())
def test_within_the_radius_everything_holds_and_beyond_it_something_fails(
    found: Incentives,
) -> None:
    game = lay_out(found)
    for party, reach in enumerate(radius(game)):
        if reach > 0:
            inside = worst_corner(game, *stretched(game, reach * (1 - 1e-6)))
            assert inside.margins[party].min(initial=0.0) >= -1e-6
            assert inside.taking_part[party] >= -1e-6
        if reach < 3.9:
            beyond = worst_corner(game, *stretched(game, reach + 1e-3))
            least = min(beyond.margins[party].min(), beyond.taking_part[party])
            assert least < 1e-6


@settings(max_examples=25)
@given(incentives())
def test_no_cheaper_package_does(found: Incentives) -> None:
    game = lay_out(found)
    effects = [effects_of(each, game, 7 * DAY) for each in found.levers]
    answer = cheapest(found, game, slack=1e-6)
    fitting = []
    for size in range(len(found.levers) + 1):
        for chosen in itertools.combinations(range(len(found.levers)), size):
            package = packed(found, game, chosen, effects)
            holds = min(package.margins.min(), package.taking_part.min()) >= 1e-6
            if holds and not any(each.clauses for each in package.joint):
                fitting.append(package.cost)
    if answer.package is None:
        assert answer.exhausted
        assert fitting == []
    else:
        assert np.isclose(answer.package.cost, min(fitting))


@given(st.lists(st.floats(0, 10), max_size=7))
def test_packages_come_in_the_order_of_their_cost(costs: list[float]) -> None:
    found = list(by_cost(costs))
    assert len({chosen for _, chosen in found}) == 2 ** len(costs)
    totals = [total for total, _ in found]
    assert all(a <= b + 1e-9 for a, b in itertools.pairwise(totals))
    for total, chosen in found:
        assert np.isclose(total, sum(costs[i] for i in chosen))


@settings(max_examples=25)
@given(incentives())
def test_the_likeliest_figures_lie_within_the_draws_and_above_the_corner(
    found: Incentives,
) -> None:
    game = lay_out(found)
    likeliest = evaluate(game, column(game.mode)).margins[..., 0]
    corner = worst_corner(game, game.low, game.high).margins
    assert np.all(likeliest >= corner - 1e-7 * (1 + np.abs(corner)))
