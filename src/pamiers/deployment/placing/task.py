"""The choice as arrays: what each post adds where, what it takes, what there is.

A post is an asset at a site; a candidate is a post that one contingent could man. A
demand is one stretch, clause and hour; what is noticed there is the mean over its
points, because a breach chooses its stretch and not its point within it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pamiers.deployment.placing.levels import Levels
from pamiers.deterrence.margins import Figures

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """An asset at a site."""

    site: str
    asset: str
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A post that a contingent could man."""

    post: int
    contingent: str
    cost: float
    persons: float  #: on the roll


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Where, when and which clause a party could break."""

    party: int
    clause: int
    hour: str
    area: str
    column: int
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What to choose from. R demands, N points, K posts, J candidates, L limits.

    Invariant: points of demand r are rows starts[r]:starts[r+1]; their weights add up
    to one; a set of candidates y is allowed if use @ y <= caps.
    """

    demands: tuple[Demand, ...]
    starts: Ints  #: (R + 1,)
    weights: Figures  #: (N,)
    seen: Figures  #: (N, K) chance that a post notices what happens at a point
    posts: tuple[Post, ...]
    candidates: tuple[Candidate, ...]
    post_of: Ints  #: (J,)
    use: Figures  #: (L, J)
    caps: Figures  #: (L,)
    limits: tuple[str, ...]  #: names of the L limits
    correlation: float
    levels: Levels
    wanted: NDArray[np.bool_]  #: (R,) demands that the objective counts
    equity: float  #: most by which the two sides may differ
    enough: float  #: a margin beyond which the rest goes first [periods of peace]

    @property
    def group(self) -> Ints:
        """Return party and clause of each demand as one number, shape (R,)."""
        clauses = self.levels.proven.shape[1]
        return np.array(
            [each.party * clauses + each.clause for each in self.demands],
            dtype=np.int64,
        )

    def allowed(self, chosen: "tuple[int, ...] | list[int]") -> bool:
        """Tell whether candidates together stay within every limit."""
        used = self.use[:, list(chosen)].sum(axis=1)
        return bool(np.all(used <= self.caps + 1e-9))


@dataclass(slots=True)
class Noticing:
    """What a choice of posts notices, kept up as posts are added."""

    task: Task
    missed: Figures  #: (N,) that all posts miss, if they look independently
    most: Figures  #: (N,) of the surest post

    @classmethod
    def of(cls, task: Task, chosen: "tuple[int, ...] | list[int]") -> "Noticing":
        """Return what some candidates notice."""
        posts = task.post_of[list(chosen)]
        seen = task.seen[:, posts]
        return cls(
            task=task,
            missed=np.prod(1.0 - seen, axis=1),
            most=seen.max(axis=1, initial=0.0),
        )

    def add(self, candidate: int) -> None:
        """Count one more candidate."""
        seen = self.task.seen[:, self.task.post_of[candidate]]
        self.missed = self.missed * (1.0 - seen)
        self.most = np.maximum(self.most, seen)

    def found(self) -> Figures:
        """Return what is noticed of each demand, shape (R,)."""
        rho = self.task.correlation
        return self._summed((1.0 - rho) * (1.0 - self.missed) + rho * self.most)

    def with_each(self) -> Figures:
        """Return what would be noticed with each post besides, shape (R, K)."""
        task, rho = self.task, self.task.correlation
        apart = 1.0 - self.missed[:, None] * (1.0 - task.seen)
        together = np.maximum(self.most[:, None], task.seen)
        return self._summed((1.0 - rho) * apart + rho * together)

    def _summed(self, figures: Figures) -> Figures:
        """Return weighted sums over the points of each demand."""
        weights = self.task.weights
        shaped = weights if figures.ndim == 1 else weights[:, None]
        return np.add.reduceat(figures * shaped, self.task.starts[:-1], axis=0)


def worst(task: Task, found: Figures, over: NDArray[np.bool_] | None = None) -> Figures:
    """Return the least that is noticed of each party and clause.

    Args:
        task: The task.
        found: What is noticed of each demand, shape (R,).
        over: Which demands count; all if None.

    Returns:
        Least detection, shape (P, C); 1 for what has no demand.
    """
    held = np.ones(task.levels.proven.size)
    chosen = slice(None) if over is None else over
    np.minimum.at(held, task.group[chosen], found[chosen])
    return held.reshape(task.levels.proven.shape)


def margins_of(task: Task, found: Figures) -> Figures:
    """Return the margin of each party and clause that has a demand; else inf."""
    has = np.zeros(task.levels.proven.size, dtype=bool)
    has[task.group] = True
    margins = task.levels.margins(worst(task, found))
    return np.where(has.reshape(margins.shape), margins, np.inf)


def value_of(task: Task, found: Figures) -> float:
    """Return the smallest margin that the objective counts, up to what is enough."""
    counted = np.zeros(task.levels.proven.size, dtype=bool)
    counted[task.group[task.wanted]] = True
    margins = task.levels.margins(worst(task, found))
    return float(np.min(margins.ravel()[counted], initial=task.enough))


def inequity(task: Task, found: Figures) -> float:
    """Return by how much more one side is watched than another, at most."""
    least = worst(task, found)
    has = np.zeros(least.size, dtype=bool)
    has[task.group] = True
    spans = [
        np.ptp(least[present, clause])
        for clause, present in _present(has.reshape(least.shape))
    ]
    return float(max(spans, default=0.0))


def _present(has: NDArray[np.bool_]) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    for clause in range(has.shape[1]):
        if has[:, clause].any():
            yield clause, has[:, clause]
