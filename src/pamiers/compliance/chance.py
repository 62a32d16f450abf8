"""The probability that at least one of several things happened, and how many.

Incidents are distinct, so they are taken as independent; but claims by the same
voices stand or fall together, since nothing is known of whether those voices speak
the truth. Such a group counts in the lower bound as its likeliest member alone,
and in the upper bound as if its members were independent (Frechet 1935 gives the
lower; the upper is that of independence, not the wider one of exclusion).
"""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: a count past this is given as "or more" rather than reckoned exactly
MOST_COUNTED: Final = 20_000


def any_independent(chances: Floats) -> float:
    """Return the probability of at least one; 0 for none.

    Args:
        chances: Probability of each, shape (n,), in [0, 1].

    Returns:
        `1 - prod(1 - chances)`, by logarithms so that small chances survive.
    """
    if chances.size == 0:
        return 0.0
    with np.errstate(divide="ignore"):
        return abs(float(np.expm1(np.log1p(-chances).sum())))


def any_grouped(chances: Floats, group: Ints) -> float:
    """Return the probability of at least one where groups stand or fall together.

    Args:
        chances: Probability of each, shape (n,), in [0, 1].
        group: Group of each, shape (n,); negative numbers stand alone.

    Returns:
        Independent across groups, the likeliest member within one.
    """
    return any_independent(chances[likeliest(chances, group)])


def likeliest(chances: Floats, group: Ints) -> Ints:
    """Return the positions of lone members and of the likeliest of each group."""
    turn = np.lexsort((-chances, group))
    first = np.ones(turn.size, dtype=bool)
    first[1:] = (group[turn][1:] != group[turn][:-1]) | (group[turn][1:] < 0)
    return np.sort(turn[first])


def surely_counted(chances: Floats, counts: Sequence[int], sure: float) -> int:
    """Return the largest number reached with at least a given probability.

    Args:
        chances: Probability that each contributes, shape (n,), independent.
        counts: What each contributes, positive, shape (n,).
        sure: Probability in (0, 1].

    Returns:
        Largest k with P(sum >= k) >= `sure`; 0 for nothing.

    Source:
        Exact Poisson-binomial distribution, by convolution (Hong 2013).
    """
    at_least = np.cumsum(_sums(chances, counts)[::-1])[::-1]
    return int(np.flatnonzero(at_least >= min(sure, 1.0) - 1e-12).max(initial=0))


def possibly_counted(
    chances: Floats, counts: Sequence[int | None], sure: float
) -> int | None:
    """Return the smallest number not passed with at least a given probability.

    Args:
        chances: Probability that each contributes, shape (n,), independent.
        counts: The most each contributes, shape (n,); None is "or more".
        sure: Probability in (0, 1].

    Returns:
        Smallest k with P(sum <= k) >= `sure`; None where a contributor without a
        limit takes part with more than `1 - sure`.
    """
    known = [c for c in counts if c is not None]
    open_end = chances[np.array([c is None for c in counts], dtype=bool)]
    left = 1.0 - any_independent(open_end)
    if left < sure or sum(known) > MOST_COUNTED:
        return None
    closed = chances[np.array([c is not None for c in counts], dtype=bool)]
    below = np.cumsum(_sums(closed, known)) * left
    reached = np.flatnonzero(below >= sure - 1e-12)
    return int(reached[0]) if reached.size else sum(known)


def reaches(chances: Sequence[float], counts: Sequence[int], k: float) -> float:
    """Return the probability that a sum of counts is at least a number.

    Args:
        chances: Probability that each contributes, independent.
        counts: What each contributes, positive.
        k: Number to be reached; 0 or less is always reached.

    Returns:
        P(sum >= k), exact.
    """
    if k <= 0.0:
        return 1.0
    found = _sums(np.array(chances, dtype=np.float64), counts)
    least = math.ceil(k - 1e-9)
    return float(found[least:].sum()) if least < found.size else 0.0


def _sums(chances: Floats, counts: Sequence[int]) -> Floats:
    """Return the distribution of the sum, index = value."""
    found = np.ones(1)
    capped = [min(int(c), MOST_COUNTED) for c in counts]
    for chance, count in zip(chances.tolist(), capped, strict=True):
        with_it = np.zeros(found.size + count)
        with_it[count:] = found * chance
        with_it[: found.size] += found * (1.0 - chance)
        found = with_it[: MOST_COUNTED + 1]
    return np.asarray(found, dtype=np.float64)
