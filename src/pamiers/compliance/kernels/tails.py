"""The exact chance that more than so many of independent events happened.

The number of events that happened is Poisson-binomial; its distribution is
multiplied up one event at a time and truncated at the number allowed.
"""

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.kernels.windows import counts_within

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def tails(
    times: Ints, chances: Floats, within_s: int, most: int, *, loops: bool = False
) -> Floats:
    """Return, for each fact, the chance of too many in the closed window up to it.

    Args:
        times: When, ascending [s], shape (n,).
        chances: Probability of each, independent, shape (n,).
        within_s: Length of the window [s].
        most: How many are allowed, at least 0.
        loops: Compiled loops rather than numpy; equal to within rounding.

    Returns:
        P(more than `most` in [t - within, t]), shape (n,).
    """
    counts = counts_within(times, within_s, loops=loops)
    if not len(times):
        return np.zeros(0)
    if loops:
        from pamiers.compliance.kernels.loops import tails as loop  # noqa: PLC0415 - loaded when it is used

        found = np.empty(len(times))
        limits = np.array([most, counts.max()], dtype=np.int64)
        loop.tails(times, chances.astype(np.float64), within_s, limits, found)
        return found
    return _tails(times, chances.astype(np.float64), counts, most)


def _tails(times: Ints, chances: Floats, counts: Ints, most: int) -> Floats:
    """Return tails by two stacks; see the loop for how."""
    found = np.zeros(len(times))
    last = np.searchsorted(times, times, side="right")
    front, back = np.zeros((1, most + 1)), np.zeros(most + 1)
    turn, pushed = -1, 0
    for i in np.flatnonzero(counts > most):
        begin, end = int(last[i] - counts[i]), int(last[i])
        if begin >= turn:
            front, back = _stacked(chances[begin:end], most)
            turn, pushed = end, end
        for chance in chances[pushed:end]:
            back = _with_one(back, float(chance))
        pushed = max(pushed, end)
        below = np.dot(front[turn - begin][::-1], np.cumsum(back))
        found[i] = max(0.0, 1.0 - float(below))
    return found


def _stacked(chances: Floats, most: int) -> tuple[Floats, Floats]:
    """Return distributions of the last k chances, row by row, and of none."""
    back = np.zeros(most + 1)
    back[0] = 1.0
    rows = [back]
    for chance in chances[::-1]:
        rows.append(_with_one(rows[-1], float(chance)))
    return np.array(rows), back


def _with_one(row: Floats, chance: float) -> Floats:
    """Return the distribution of a count with one chance more."""
    grown = row * (1.0 - chance)
    grown[1:] += row[:-1] * chance
    return grown
