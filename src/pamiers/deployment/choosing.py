"""Choose sites that together notice as much as can be, and say how far from best.

The sites are first taken one by one, each the one that adds most, then exchanged one
for one while that betters, and for a while when it does not. None of this proves
anything: the bound does. It is that of the concave relaxation, in which sites may be
taken in part.

Source: Nemhauser, Wolsey and Fisher (1978) for greedy choice; Chambolle and Pock (2011)
for the first-order method of the bound; Church and ReVelle (1974) for the problem.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pamiers.deployment.cover import Cover, merged, rows_of
from pamiers.deployment.loops import (
    Rows,
    exchanged,
    gains,
    lazily,
    missed_by,
    seen_by,
    turned,
)
from pamiers.deployment.swaps import descended, searched
from pamiers.deterrence.margins import Figures

_ROUNDS: Final = 2_000
_CHECK: Final = 50  #: rounds between two bounds
_STALLED: Final = 4  #: checks without a lower bound after which the method stops
_SLIGHT: Final = 5e-5  #: a share by which a bound has to fall to count as lower
_IDLE: Final = 30  #: shakings in vain after which the choice is kept
_CERTAIN: Final = 1.0 - 1e-7
_PATIENCE: Final = 800  #: exchanges in vain after which a search begins anew
_STARTS: Final = 6  #: searches from choices drawn by lot
_TERMS: Final = (20, 80)  #: for how many exchanges a site that left may not return


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Sites chosen, what they notice, and what no choice could exceed."""

    sites: tuple[int, ...]  #: ascending
    value: float  #: weight noticed, in expectation
    bound: float  #: no choice of as many sites notices more
    rounds: int  #: of the method that found the bound

    @property
    def gap(self) -> float:
        """Return by what share any other choice could be better, at most."""
        return (self.bound - self.value) / self.value if self.value > 0 else 0.0


def choose(
    cover: Cover, weights: Figures, most: int, *, gap: float = 0.01, seed: int = 0
) -> Choice:
    """Return sites that notice most, with a bound.

    Args:
        cover: Which sites see which points, and how surely.
        weights: Weight of each point, shape (points,), at least 0.
        most: How many sites may be taken, at least 0.
        gap: Choice and bound are worked on until they are within this share of each
            other, or neither is bettered for a while.
        seed: Seed of the shaking that leads out of poor choices.

    Returns:
        The choice; the same every time for the same cover and seed.
    """
    cover, weights = merged(cover, weights)
    count = min(most, cover.sites)
    task = _task(cover, weights)
    rng = np.random.default_rng(seed)
    begun = np.array(quickly(cover, weights, count), dtype=np.int64)
    taken = task.searched(begun, np.inf, rng)
    wanted = task.value(taken) * (1 + gap)
    bound, rounds, leaning = bounded(cover, task.by_point, weights, count, wanted)
    leant = np.argsort(-leaning, kind="stable")[: len(taken)].astype(np.int64)
    taken = task.better(taken, task.exchanged(leant))
    enough = bound / (1 + gap)
    taken = (_anew if task.sure else _shaken)(task, taken, enough, rng)
    value = task.value(taken)
    return Choice(
        sites=tuple(sorted(int(each) for each in taken)),
        value=value,
        bound=max(min(bound, float(weights.sum())), value),
        rounds=rounds,
    )


def quickly(cover: Cover, weights: Figures, most: int) -> tuple[int, ...]:
    """Return sites taken one by one, then exchanged while that betters: no bound.

    Args:
        cover: Which sites see which points, and how surely.
        weights: Weight of each point, shape (points,), at least 0.
        most: How many sites may be taken, at least 0.

    Returns:
        Sites, ascending; fewer than `most` where more would add nothing.
    """
    rows, weights = rows_of(cover), np.asarray(weights, dtype=np.float64)[cover.order]
    alone = gains(rows, weights)
    taken = lazily(rows, weights, alone, min(most, cover.sites))
    if _sure(rows):
        taken = descended(taken, rows, weights, alone)
    else:
        taken = exchanged(taken, rows, turned(rows, cover.count), weights)
    return tuple(sorted(int(each) for each in taken))


def _sure(rows: Rows) -> bool:
    return bool(np.all(rows[2] >= _CERTAIN))


def _task(cover: Cover, weights: Figures) -> "_Task":
    rows = rows_of(cover)
    return _Task(by_site=rows, by_point=turned(rows, cover.count), weights=weights)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A cover by site and by point, and the weights."""

    by_site: Rows
    by_point: Rows
    weights: Figures

    def value(self, taken: NDArray[np.int64]) -> float:
        """Return the weight that a choice notices."""
        missed = missed_by(taken, self.by_site, self.weights)
        return float(self.weights.sum() - missed.sum())

    def better(
        self, one: NDArray[np.int64], other: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return the better of two choices; the first if neither is."""
        return other if self.value(other) > self.value(one) * (1 + 1e-12) else one

    @property
    def sure(self) -> bool:
        """Return whether every site that sees a point sees it for sure."""
        return _sure(self.by_site)

    def exchanged(self, taken: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return a choice that no exchange of one site for another betters."""
        if self.sure:
            alone = gains(self.by_site, self.weights)
            return descended(taken, self.by_site, self.weights, alone)
        return exchanged(taken, self.by_site, self.by_point, self.weights)

    def searched(
        self, taken: NDArray[np.int64], enough: float, rng: np.random.Generator
    ) -> NDArray[np.int64]:
        """Return the best choice that a search meets; the same where none is sure."""
        if not self.sure or not 0 < len(taken) < len(self.by_site[0]) - 1:
            return taken
        limits = (enough, _PATIENCE, rng.integers(*_TERMS, 997))
        return searched(taken, self.by_site, self.by_point, self.weights, limits)


def _anew(
    task: _Task, taken: NDArray[np.int64], enough: float, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Return the best choice that searches from several beginnings meet.

    Args:
        task: What is chosen from; sites see for sure.
        taken: The choice to begin from first.
        enough: The value at which to stop.
        rng: Draws the other beginnings.
    """
    sites, begun = len(task.by_site[0]) - 1, taken
    for _ in range(1 + _STARTS):
        if task.value(taken) >= enough:
            break
        taken = task.better(taken, task.searched(begun, enough, rng))
        begun = rng.permutation(sites)[: len(taken)].astype(np.int64)
    return taken


def _shaken(
    task: _Task, taken: NDArray[np.int64], enough: float, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Return a choice after some of its sites were drawn anew, again and again.

    Args:
        task: What is chosen from.
        taken: A choice that no single exchange betters.
        enough: The value at which to stop.
        rng: Draws which sites go and which come.
    """
    sites = len(task.by_site[0]) - 1
    idle = 0
    while idle < _IDLE and 0 < len(taken) < sites and task.value(taken) < enough:
        out = min(int(rng.integers(2, 6)), len(taken))
        kept = rng.permutation(taken)[out:]
        spare = np.setdiff1d(np.arange(sites), kept)
        come = rng.permutation(spare)[: len(taken) - len(kept)]
        tried = np.concatenate([kept, come]).astype(np.int64)
        tried = task.exchanged(tried)
        best = task.better(taken, tried)
        idle = 0 if best is tried else idle + 1
        taken = best
    return taken


def bounded(
    cover: Cover,
    by_point: Rows,
    weights: Figures,
    count: int,
    wanted: float,
) -> tuple[float, int, Figures]:
    """Return a bound on any choice of `count` sites, rounds taken, and the relaxation.

    What a point is worth is at most min(1, x) where it is seen surely and 1 - e^-x
    where it is not, x the sum over its sites of -ln(1 - chance). Any slope of these
    functions gives a bound; the method looks for slopes that give a low one.

    Args:
        cover: Which sites see which points.
        by_point: The cover by points.
        weights: Weight of each point, at least 0.
        count: How many sites may be taken.
        wanted: A bound that is low enough.

    Returns:
        The bound [weight], rounds, and how far each site is taken in part.
    """
    sites = cover.sites
    if count == 0 or weights.sum() <= 0 or cover.points.size == 0:
        return 0.0, 0, np.zeros(sites)
    sure, rates, by_rate = _rates(cover, by_point)
    by_site = (cover.starts, cover.points, rates)
    scale = weights / weights.max()
    columns = seen_by(by_site, scale)  # for steps: sums of |entries|
    rows = seen_by(by_rate, np.ones(sites))
    state = _Search(
        taken=np.full(sites, count / sites),
        slopes=np.ones(cover.count) * 0.5,
        step_up=1.0 / np.maximum(columns, 1e-12),
        step_down=1.0 / np.maximum(rows, 1e-12),
    )
    best, leaning, stalled = np.inf, state.taken, 0
    mean = state.slopes.copy()
    done = 0
    while done < _ROUNDS and stalled < _STALLED and best > wanted:
        done += 1
        state.advance(by_site, by_rate, scale, (sure, count))
        mean += (state.slopes - mean) / (1 + (done - 1) % (4 * _CHECK))
        if done % _CHECK == 0:
            found = min(
                _at(slopes, by_site, weights, (sure, count))
                for slopes in (mean, state.slopes)
            )
            stalled = 0 if found < best * (1 - _SLIGHT) else stalled + 1
            if found < best:
                best, leaning = found, state.taken.copy()
    return float(best), done, leaning


def _rates(
    cover: Cover,
    by_point: Rows,
) -> tuple[NDArray[np.bool_], NDArray[np.float32], Rows]:
    """Return which points are seen surely by someone, and the rates of seeing.

    For a point that some site sees surely the chances themselves are the rates, under
    min(1, x); for the others -ln(1 - chance), under 1 - e^-x.
    """
    sure = np.zeros(cover.count, dtype=np.bool_)
    sure[cover.points[cover.chances >= _CERTAIN]] = True
    chances = cover.chances.astype(np.float64)

    def rated(chance: Figures, is_sure: NDArray[np.bool_]) -> NDArray[np.float32]:
        hidden = -np.log1p(-np.minimum(chance, _CERTAIN))
        return np.where(is_sure, chance, hidden).astype(np.float32)

    starts, others, held = by_point
    mine = np.repeat(sure, np.diff(starts))
    by_rate = (starts, others, rated(held.astype(np.float64), mine))
    return sure, rated(chances, sure[cover.points]), by_rate


@dataclass(slots=True)
class _Search:
    """The state of the primal-dual method: sites in part, and slopes per point."""

    taken: Figures
    slopes: Figures
    step_up: Figures
    step_down: Figures

    def advance(
        self,
        by_site: Rows,
        by_rate: Rows,
        scale: Figures,
        kind: tuple[NDArray[np.bool_], int],
    ) -> None:
        """Take one step up in the sites and one down in the slopes."""
        sure, count = kind
        worth = seen_by(by_site, scale * self.slopes)
        before = self.taken
        self.taken = _capped(before + self.step_up * worth, self.step_up, count)
        ahead = 2.0 * self.taken - before
        seen = seen_by(by_rate, ahead)
        moved = self.slopes + self.step_down * (_wanted(self.slopes, sure) - seen)
        self.slopes = np.clip(moved, 1e-9, 1.0)


def _wanted(slopes: Figures, sure: NDArray[np.bool_]) -> Figures:
    """Return the sum of rates at which a point's worth has these slopes."""
    return np.where(sure, 1.0, -np.log(np.maximum(slopes, 1e-9)))


def _capped(figures: Figures, steps: Figures, count: int) -> Figures:
    """Return the nearest point of {0 <= y <= 1, sum y = count}, by the steps."""
    low = float(((figures - 1.0) / steps).min())
    high = float((figures / steps).max())
    for _ in range(60):
        middle = (low + high) / 2
        if np.clip(figures - middle * steps, 0.0, 1.0).sum() > count:
            low = middle
        else:
            high = middle
    return np.clip(figures - high * steps, 0.0, 1.0)


def _at(
    slopes: Figures,
    by_site: Rows,
    weights: Figures,
    kind: tuple[NDArray[np.bool_], int],
) -> float:
    """Return the bound that slopes give, for any choice of so many sites."""
    sure, count = kind
    # of min(1, x) at slope l: 1 - l; of 1 - e^-x, touched at x = -ln l: 1 - l + l ln l
    curved = 1.0 - slopes + slopes * np.log(np.maximum(slopes, 1e-300))
    fixed = np.where(sure, 1.0 - slopes, curved)
    worth = seen_by(by_site, weights * slopes)
    top = np.partition(worth, len(worth) - count)[len(worth) - count :]
    return float((weights * fixed).sum() + top.sum())
