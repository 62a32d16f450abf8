"""Choose candidates: to a level, by what each adds for what it takes, then exchanged.

For a level of margin every demand needs so much detection. What a choice gives of it
is a sum of concave parts, so that taking what adds most is near the best; the highest
level that can be served is found by halving. The choice is then bettered by moves of
one or two candidates until none helps.

Source: Krause, McMahan, Guestrin and Gupta (2008), Robust submodular observation
selection, for the halving; Nemhauser, Wolsey and Fisher (1978) for the greedy step.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pamiers.deployment.placing.task import Noticing, Task, inequity, value_of
from pamiers.deterrence.margins import Figures

_HALVINGS: Final = 14
_ROUNDS: Final = 4  #: of moves over the whole choice
_SLIGHT: Final = 1e-9
#: detections tried for what the objective does not count
_LEVELS: Final = (0.9, 0.7, 0.5, 0.35, 0.25, 0.15, 0.1, 0.05)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A choice of candidates, and what it reaches."""

    candidates: tuple[int, ...]  #: ascending
    value: float  #: the smallest margin [periods of peace]
    unequal: float  #: by how much the sides are watched unlike


def place(task: Task) -> Chosen:
    """Return a choice that makes the smallest margin large, within every limit.

    Args:
        task: The task.

    Returns:
        The choice; empty where nothing fits. The same task gives the same choice.
    """
    best = judged(task, ())
    low, high = best.value, _highest(task)
    for turn in range(_HALVINGS):
        middle = (low + high) / 2 if turn else high
        tried = judged(task, served(task, needs(task, middle)))
        if score(task, tried) > score(task, best):
            best = tried
        low, high = (middle, high) if tried.value >= middle else (low, middle)
        if high - low <= _SLIGHT:
            break
    if best.value < _highest(task) - _SLIGHT:
        best = exchanged(task, best)
    fair = even(task, best)
    if fair is not best:
        fair = even(task, exchanged(task, fair))
    return even(task, filled_up(task, fair))


def filled_up(task: Task, chosen: Chosen) -> Chosen:
    """Return a choice that spends what is left on what the objective does not count.

    Clauses that no monitoring can close are still better watched than not: their
    least detection is made as large as what is left allows, then their mean.

    Args:
        task: The task.
        chosen: A choice; nothing of it is given up.

    Returns:
        The choice, not worse in equity and margin.
    """
    rest = ~task.wanted
    best, most = chosen, _seen_of(task, chosen, rest)
    for level in _LEVELS if rest.any() else ():
        wanted = np.where(rest, level, 0.0)
        tried = judged(task, served(task, wanted, chosen.candidates))
        tried = even(task, tried, chosen.candidates)
        seen = _seen_of(task, tried, rest)
        if score(task, tried) >= score(task, chosen) and seen > most:
            best, most = tried, seen
    return best


def _seen_of(
    task: Task, chosen: Chosen, rest: NDArray[np.bool_]
) -> tuple[float, float]:
    """Return the least and the mean that is noticed of some demands."""
    found = Noticing.of(task, chosen.candidates).found()[rest]
    return round(float(found.min(initial=1.0)), 4), float(found.sum())


def judged(task: Task, candidates: tuple[int, ...]) -> Chosen:
    """Return a choice with what it reaches."""
    found = Noticing.of(task, candidates).found()
    return Chosen(
        candidates=tuple(sorted(candidates)),
        value=value_of(task, found),
        unequal=inequity(task, found),
    )


def score(task: Task, chosen: Chosen) -> tuple[float, float]:
    """Return what makes a choice better: equity first, then the smallest margin.

    Args:
        task: The task.
        chosen: A choice.

    Returns:
        The larger, the better.
    """
    excess = max(chosen.unequal - task.equity, 0.0)
    return -round(excess, 9), round(chosen.value, 9)


def _highest(task: Task) -> float:
    """Return the margin if every breach were noticed."""
    return value_of(task, np.ones(len(task.demands)))


def needs(task: Task, level: float) -> Figures:
    """Return what has to be noticed of each demand for a level, shape (R,).

    A demand that the objective does not count, or that cannot be met, needs nothing.
    """
    needed = task.levels.needed(level).ravel()[task.group]
    return np.where(task.wanted & (needed <= 1.0), needed, 0.0)


def served(task: Task, wanted: Figures, start: tuple[int, ...] = ()) -> tuple[int, ...]:
    """Return candidates that together serve demands as far as the limits let them.

    Args:
        task: The task.
        wanted: What has to be noticed of each demand, shape (R,); 0 for nothing.
        start: Candidates that are taken already.

    Returns:
        Those, and others in the order in which they were taken.
    """
    counted = wanted > 0
    noticing = Noticing.of(task, start)
    left = task.caps - task.use[:, list(start)].sum(axis=1)
    taken: list[int] = list(start)
    while True:
        gains = _gains(noticing, wanted, counted)[task.post_of]
        fits = np.all(task.use <= left[:, None] + 1e-9, axis=0)
        gains = np.where(fits, gains, 0.0)
        if gains.max(initial=0.0) <= _SLIGHT:
            return tuple(taken)
        share = (task.use / np.maximum(left, 1e-9)[:, None]).sum(axis=0)
        best = int(np.argmax(gains / (share + 1e-6)))
        taken.append(best)
        noticing.add(best)
        left -= task.use[:, best]


def _gains(noticing: Noticing, wanted: Figures, counted: NDArray[np.bool_]) -> Figures:
    """Return what each post adds of what is wanted, shape (K,)."""
    now = np.minimum(noticing.found(), wanted)
    then = np.minimum(noticing.with_each(), wanted[:, None])
    share = np.where(counted, 1.0 / np.maximum(wanted, 1e-12), 0.0)
    return np.asarray(share @ (then - now[:, None]))


def exchanged(task: Task, chosen: Chosen) -> Chosen:
    """Return a choice that no exchange of one candidate betters, after a few rounds.

    Args:
        task: The task.
        chosen: A choice within the limits.

    Returns:
        The bettered choice.
    """
    best = chosen
    for _ in range(_ROUNDS):
        before = best
        best = _grown(task, best)
        for out in best.candidates:
            if out in best.candidates:
                rest = tuple(i for i in best.candidates if i != out)
                best = _grown(task, judged(task, rest), best)
        if score(task, best) <= score(task, before):
            return best
    return best


def _grown(task: Task, start: Chosen, rival: Chosen | None = None) -> Chosen:
    """Return the better of a rival and of a choice with one candidate more.

    Args:
        task: The task.
        start: What is grown by one.
        rival: What it has to better; `start` itself if None.
    """
    best = rival or start
    left = task.caps - task.use[:, list(start.candidates)].sum(axis=1)
    fits = np.flatnonzero(np.all(task.use <= left[:, None] + 1e-9, axis=0))
    if fits.size == 0:
        return best
    found = Noticing.of(task, start.candidates).with_each()
    done: set[int] = set()
    for candidate in fits:
        post = int(task.post_of[candidate])
        if post in done:
            continue
        done.add(post)
        column = found[:, post]
        tried = Chosen(
            candidates=tuple(sorted((*start.candidates, int(candidate)))),
            value=value_of(task, column),
            unequal=inequity(task, column),
        )
        if score(task, tried) > score(task, best):
            best = tried
    return best


def even(task: Task, chosen: Chosen, kept: tuple[int, ...] = ()) -> Chosen:
    """Return a choice whose sides differ no more than is allowed.

    Candidates are given up one by one, each the one that evens the sides out most
    and, among such, costs least of the smallest margin.

    Args:
        task: The task.
        chosen: The choice.
        kept: Candidates that are not given up, whatever the sides.

    Returns:
        The choice; uneven only where all that is left is kept.
    """
    best = chosen
    while best.unequal > task.equity + _SLIGHT:
        spare = [i for i in best.candidates if i not in kept]
        if not spare:
            break
        rests = [
            judged(task, tuple(i for i in best.candidates if i != out)) for out in spare
        ]
        best = max(rests, key=lambda each: score(task, each))
    return best
