"""What no choice exceeds: a bound by slopes and prices, found without a solver.

For a level of margin every demand needs so much. What a choice gives is at most a
concave function of candidates taken in part; a tangent of it, prices on the limits and
weights on the demands give a number that no choice exceeds. If that is below what the
weights need, no choice reaches the level. Any slopes, prices and weights are valid:
the method only looks for telling ones.

Source: Held, Wolfe and Crowder (1974) for prices by subgradients; Freund and Schapire
(1999) for the weights.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.deployment.placing.choice import needs
from pamiers.deployment.placing.task import Task, value_of
from pamiers.deterrence.margins import Figures

_ROUNDS: Final = 240
_PRICED: Final = 12  #: steps of the prices in one round
_HALVINGS: Final = 8
_SURE: Final = 1.0 - 1e-9
_SPARE: Final = 1e-7  #: by which a proof has to be clear of rounding


@dataclass(slots=True)
class _Search:
    """Where the method stands: candidates in part, and prices of the limits."""

    taken: Figures  #: (J,)
    prices: Figures  #: (L,)


def ceiling(task: Task, value: float) -> float:
    """Return a margin that no allowed choice exceeds.

    Args:
        task: The task.
        value: The margin of some choice; the bound is not below it.

    Returns:
        The bound [periods of peace].
    """
    high = value_of(task, np.ones(len(task.demands)))
    high = min(high, value_of(task, _all_taken(task)))
    low = value
    search = _Search(
        taken=np.zeros(task.use.shape[1]), prices=np.zeros(task.use.shape[0])
    )
    for _ in range(_HALVINGS):
        if high - low <= 1e-6 * (1.0 + abs(high)):
            break
        middle = (low + high) / 2
        if beyond(task, middle, search):
            high = middle
        else:
            low = middle
    return max(high, value)


def _all_taken(task: Task) -> Figures:
    """Return what would be noticed if every post could be taken."""
    missed = np.prod(1.0 - task.seen, axis=1)
    most = task.seen.max(axis=1, initial=0.0)
    rho = task.correlation
    figures = ((1.0 - rho) * (1.0 - missed) + rho * most) * task.weights
    return np.add.reduceat(figures, task.starts[:-1])


def beyond(task: Task, level: float, search: _Search) -> bool:
    """Tell whether it is proved that no choice reaches a level.

    Args:
        task: The task.
        level: The margin [periods of peace].
        search: Where the method starts; moved on.

    Returns:
        True if proved; false if not, which proves nothing.
    """
    wanted = needs(task, level)
    counted = np.flatnonzero(wanted > 0)
    if counted.size == 0:
        return False
    weights = np.full(counted.size, 1.0 / counted.size)
    rates = -np.log1p(-np.minimum(task.seen, _SURE))
    for done in range(1, _ROUNDS + 1):
        fixed, slopes = _tangent(task, search.taken, rates)
        per_post = weights @ slopes[counted]
        gain = per_post[task.post_of]
        most, fresh = _priced(task, gain, search)
        if weights @ fixed[counted] + most < weights @ wanted[counted] - _SPARE:
            return True
        search.taken += (fresh - search.taken) * 2.0 / (done + 2.0)
        short = wanted - fixed - slopes @ _by_post(task, search.taken)
        step = 8.0 / np.sqrt(done)
        weights *= np.exp(np.clip(step * short[counted], -30.0, 30.0))
        weights /= weights.sum()
    return False


def _by_post(task: Task, taken: Figures) -> Figures:
    held = np.bincount(task.post_of, weights=taken, minlength=task.seen.shape[1])
    return held.astype(np.float64)


def _tangent(task: Task, taken: Figures, rates: Figures) -> tuple[Figures, Figures]:
    """Return a tangent of the concave function: constants (R,) and slopes (R, K).

    1 - e^-x for independent posts, x the sum of -ln(1 - chance); min(most, x') for
    posts that see together, x' the sum of chances.
    """
    rho, held = task.correlation, _by_post(task, taken)
    amount = rates @ held
    flat = np.exp(-amount)
    apart = 1.0 - flat - flat * amount
    top = task.seen.max(axis=1, initial=0.0)
    below = task.seen @ held < top
    fixed = (1.0 - rho) * apart + rho * np.where(below, 0.0, top)
    slopes = (1.0 - rho) * flat[:, None] * rates + rho * below[:, None] * task.seen
    starts, weights = task.starts[:-1], task.weights
    return (
        np.add.reduceat(fixed * weights, starts),
        np.add.reduceat(slopes * weights[:, None], starts, axis=0),
    )


def _priced(task: Task, gain: Figures, search: _Search) -> tuple[float, Figures]:
    """Return a bound on the gain of any allowed choice, and the candidates it takes.

    The prices of the limits are moved on, each by what its limit is overdrawn.
    """
    scale = np.maximum(task.caps, 1e-9)
    best, fresh = np.inf, np.zeros(gain.size)
    total = max(float(gain.sum()), 1e-12)
    for step in range(_PRICED):
        net = gain - search.prices @ task.use
        take = net > 0
        bound = float(net[take].sum() + search.prices @ task.caps)
        if bound < best:
            best, fresh = bound, take.astype(np.float64)
        over = (task.use @ take - task.caps) / scale
        moved = search.prices * scale + 0.05 * total * over / (1.0 + step)
        search.prices = np.maximum(moved, 0.0) / scale
    return best, fresh
