"""The chance of too many in a sliding window, as a compiled loop."""

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.kernels.jit import compiled, inlined

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@inlined
def _with_one(row: Floats, chance: float, into: Floats) -> None:
    """Put the distribution of a count, and of one chance more, into `into`."""
    for k in range(len(row) - 1, 0, -1):
        into[k] = row[k] * (1.0 - chance) + row[k - 1] * chance
    into[0] = row[0] * (1.0 - chance)


@inlined
def _tail(front: Floats, back: Floats) -> float:
    """Return the chance that two counts together are more than a row tells."""
    most = len(front) - 1
    running, total = 0.0, 0.0
    for k in range(most + 1):
        running += back[k]
        total += front[most - k] * running
    return max(0.0, 1.0 - total)


@inlined
def _fill(front: Floats, back: Floats, chances: Floats, first: int, last: int) -> None:
    """Put the distribution of the last k of a window into row k, from row 0 on."""
    back[:] = 0.0
    back[0] = 1.0
    front[0] = back
    for k in range(1, last - first + 1):
        _with_one(front[k - 1], chances[last - k], front[k])


@compiled
def tails(
    times: Ints, chances: Floats, within_s: int, counts: Ints, found: Floats
) -> None:
    """Put the chance of too many in the closed window of each into `found`.

    The window is a queue of two stacks: `front` holds distributions of its elder
    part, one row per length, `back` that of its younger part. No factor is ever
    divided out, so nothing is lost to rounding.

    Args:
        times: When, ascending [s].
        chances: Probability of each, independent.
        within_s: Length of the window [s].
        counts: How many are allowed, and the most that any window holds.
        found: Takes the chances.
    """
    most, n = counts[0], len(times)
    front = np.zeros((counts[1] + 1, most + 1))
    back = np.zeros(most + 1)
    first, last, turn = 0, 0, -1
    pushed = 0
    for i in range(n):
        if i > 0 and times[i] == times[i - 1]:
            found[i] = found[i - 1]
            continue
        while last < n and times[last] <= times[i]:
            last += 1
        while times[first] < times[i] - within_s:
            first += 1
        if last - first <= most:
            turn = -1
            found[i] = 0.0
            continue
        if first >= turn:
            _fill(front, back, chances, first, last)
            turn, pushed = last, last
        for k in range(pushed, last):
            _with_one(back, chances[k], back)
        pushed = last
        found[i] = _tail(front[turn - first], back)
