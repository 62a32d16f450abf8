"""Plans against every choice there is, and bounds that none exceeds."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamiers.app.highs import Highs
from pamiers.deployment.placing.ceiling import ceiling
from pamiers.deployment.placing.choice import judged, place
from pamiers.deployment.placing.levels import Levels, levels_of
from pamiers.deployment.placing.program import Program, candidates_of, slack_program
from pamiers.deployment.placing.task import (
    Candidate,
    Demand,
    Noticing,
    Post,
    Task,
    inequity,
    value_of,
)
from pamiers.deployment.routes import patrol
from pamiers.deterrence.game import column, evaluate
from pamiers.deterrence.laying_out import lay_out
from pamiers.deterrence.margins import Figures
from tests.property.deterrence.worlds import world

seeds = st.integers(0, 2**32 - 1)
SLACK = 1e-6


def levels(rng: np.random.Generator) -> tuple[Levels, int]:
    """Return levels of a drawn game, all its means placed, and its clauses."""
    game = lay_out(world(int(rng.integers(2**32))))
    placed = tuple(frozenset(each) for each in game.means)
    return levels_of(game, placed), len(game.clauses)


def drawn(seed: int) -> Task:
    """Return a task of a few posts, stretches and limits."""
    rng = np.random.default_rng(seed)
    level, clauses = levels(rng)
    posts = int(rng.integers(1, 7))
    demands = tuple(
        Demand(party=p, clause=c, hour="h", area="a", column=i, row=0)
        for p in (0, 1)
        for c in range(clauses)
        for i in range(int(rng.integers(1, 3)))
    )
    sizes = rng.integers(1, 4, len(demands))
    points = int(sizes.sum())
    seen = rng.choice([0.0, 0.3, 0.6, 0.9, 1.0], (points, posts))
    post_of = np.concatenate([np.arange(posts), rng.integers(0, posts, 2)])
    many = len(post_of)
    use = np.concatenate(
        [
            rng.uniform(0.5, 2.0, (2, many)),
            (post_of[None] == np.arange(posts)[:, None]).astype(float),
        ]
    )
    caps = np.concatenate([rng.uniform(1.0, 5.0, 2), np.ones(posts)])
    return Task(
        demands=demands,
        starts=np.concatenate([[0], np.cumsum(sizes)]),
        weights=np.concatenate([np.full(n, 1.0 / n) for n in sizes]),
        seen=seen,
        posts=tuple(Post(site=str(i), asset="k", means="m") for i in range(posts)),
        candidates=tuple(
            Candidate(post=int(p), contingent="x", cost=1.0, persons=1.0)
            for p in post_of
        ),
        post_of=post_of,
        use=use,
        caps=caps,
        limits=tuple(str(i) for i in range(len(caps))),
        correlation=float(rng.choice([0.0, 0.2, 0.6])),
        levels=level,
        wanted=np.ones(len(demands), dtype=bool),
        equity=float(rng.choice([0.1, 1.0])),
        enough=10.0,
    )


def every(task: Task) -> list[tuple[int, ...]]:
    """Return every choice within the limits."""
    many = len(task.candidates)
    sets = itertools.chain.from_iterable(
        itertools.combinations(range(many), n) for n in range(many + 1)
    )
    return [each for each in sets if task.allowed(each)]


def noticed(task: Task, chosen: tuple[int, ...], at: int) -> float:
    """Return what a choice notices of one demand, point by point."""
    total = 0.0
    for point in range(task.starts[at], task.starts[at + 1]):
        missed, most = 1.0, 0.0
        for i in chosen:
            chance = float(task.seen[point, task.post_of[i]])
            missed *= 1.0 - chance
            most = max(most, chance)
        rho = task.correlation
        found = (1 - rho) * (1 - missed) + rho * most
        total += float(task.weights[point]) * found
    return total


@settings(deadline=None, max_examples=20)
@given(seeds)
def test_no_choice_exceeds_the_ceiling(seed: int) -> None:
    task = drawn(seed)
    chosen = place(task)
    assert task.allowed(chosen.candidates)
    assert chosen.unequal <= task.equity + SLACK
    values = [judged(task, each) for each in every(task)]
    best = max(each.value for each in values)
    assert ceiling(task, chosen.value) >= best - SLACK
    fair = max(each.value for each in values if each.unequal <= task.equity + SLACK)
    assert chosen.value <= fair + SLACK
    worst = judged(task, ()).value
    if task.equity == 1.0:  # else two posts may have to come at once
        assert chosen.value >= worst + 0.5 * (fair - worst) - SLACK


@settings(deadline=None, max_examples=15)
@given(seeds)
def test_what_is_noticed_is_that_of_every_point(seed: int) -> None:
    task = drawn(seed)
    rng = np.random.default_rng(seed)
    chosen = tuple(int(i) for i in np.flatnonzero(rng.random(len(task.post_of)) < 0.4))
    noticing = Noticing.of(task, ())
    for each in chosen:
        noticing.add(each)
    expected = [noticed(task, chosen, at) for at in range(len(task.demands))]
    assert np.allclose(noticing.found(), expected)
    assert np.allclose(Noticing.of(task, chosen).found(), expected)
    more = noticing.with_each()
    for post in range(more.shape[1]):
        candidate = int(np.flatnonzero(task.post_of == post)[0])
        grown = [noticed(task, (*chosen, candidate), at) for at in range(len(expected))]
        assert np.allclose(more[:, post], grown)


@settings(deadline=None, max_examples=15)
@given(seeds, st.floats(-5.0, 5.0))
def test_what_a_level_needs_reaches_it_and_less_does_not(
    seed: int, level: float
) -> None:
    held, _ = levels(np.random.default_rng(seed))
    needed = held.needed(level)
    reachable = needed <= 1.0
    met = held.margins(np.minimum(needed, 1.0))
    assert np.all(met[reachable] >= level - SLACK)
    less = held.margins(np.maximum(needed - 1e-6, 0.0))
    asked = reachable & (needed > 1e-5)
    assert np.all(less[asked] <= level + 1e-3)
    assert np.all(held.margins(np.ones(needed.shape))[~reachable] < level)


@settings(deadline=None, max_examples=15)
@given(seeds, st.lists(st.floats(0.0, 1.0), min_size=2, max_size=5))
def test_more_noticed_never_lowers_a_margin(seed: int, found: list[float]) -> None:
    held, _ = levels(np.random.default_rng(seed))
    shape = held.proven.shape
    margins = [held.margins(np.full(shape, each)) for each in sorted(found)]
    for low, high in itertools.pairwise(margins):
        assert np.all(high >= low - 1e-9 * (1 + np.abs(low)))


def test_levels_are_the_games_own_margins_when_nothing_is_placed() -> None:
    for seed in range(20):
        game = lay_out(world(seed))
        held = levels_of(game, tuple(frozenset() for _ in game.clauses))
        own = evaluate(game, column(game.mode)).margins[..., 0]
        worth = np.where(game.mode[game.at.peace] == 0, 1, game.mode[game.at.peace])
        margins = held.margins(np.zeros(own.shape))
        assert np.allclose(margins, own / np.abs(worth)[:, None])


def best_slack(task: Task, level: float, program: Program) -> float:
    """Return the largest least slack of any choice, by trying all."""
    needed = task.levels.needed(level).ravel()[task.group]
    wanted = np.where(needed <= 1.0, needed, 0.0)
    counted = wanted > 0
    del program
    return max(
        float((Noticing.of(task, each).found() - wanted)[counted].min())
        for each in every(task)
    )


@pytest.mark.parametrize("seed", [3, 21])
def test_the_solver_bounds_the_slack_of_every_choice(seed: int) -> None:
    task = drawn(seed)
    level = value_of(task, np.full(len(task.demands), 0.5))
    known: list[tuple[int, ...]] = []
    bound, best = np.inf, np.inf
    for _ in range(8):
        program = slack_program(task, level, known)
        if program is None:
            return
        answer = Highs().solve(program, seconds=20.0)
        best = best_slack(task, level, program)
        bound = answer.bound
        assert bound >= best - SLACK
        found = candidates_of(answer)
        assert task.allowed(found)
        if found in known:
            break
        known.append(found)
    assert bound <= best + 1e-3  # the rows have become exact where it matters


def test_the_sides_are_compared_clause_by_clause() -> None:
    task = drawn(5)
    found = np.zeros(len(task.demands))
    first = [i for i, each in enumerate(task.demands) if each.clause == 0]
    for i in first:
        found[i] = 0.7 if task.demands[i].party == 0 else 0.2
    assert inequity(task, found) == pytest.approx(0.5)


def lengths_of(at: Figures) -> Figures:
    """Return the lengths between every two points."""
    return np.asarray(np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)))


@settings(deadline=None, max_examples=20)
@given(seeds)
def test_rounds_against_every_round(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 7))
    lengths = lengths_of(rng.uniform(0, 10, (n, 2)))
    worths = rng.choice([0.0, 1.0, 2.0, 5.0], n)
    most = float(rng.uniform(0, 40))
    found = patrol(lengths, worths, most)
    assert found.length <= most + 1e-6
    assert len(set(found.stops)) == len(found.stops)
    best = 0.0
    for size in range(n):
        for order in itertools.permutations(range(1, n), size):
            tour = [0, *order]
            if lengths[tour, np.roll(tour, -1)].sum() <= most:
                best = max(best, float(worths[list(order)].sum()))
    assert found.bound >= best - 1e-9
    assert found.worth <= best + 1e-9
    assert found.worth >= 0.5 * best
