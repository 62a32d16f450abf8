"""How many in a sliding window, closed at both ends."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def counts_within(
    times: Ints, within_s: int, *, since: int = 0, loops: bool = False
) -> Ints:
    """Return how many lie in the closed window that ends with each.

    Args:
        times: When, ascending [s], shape (n,).
        within_s: Length of the window, at least 0 [s].
        since: Number of the first time whose window is asked for.
        loops: Compiled loops rather than numpy.

    Returns:
        Counts of times in [t - within, t], shape (n - since,): all of one instant
        are in one another's windows.

    Examples:
        >>> counts_within(np.array([0, 5, 5, 9]), 5).tolist()
        [1, 3, 3, 3]
    """
    if loops:
        from pamiers.compliance.kernels.loops import counting  # noqa: PLC0415 - numba

        found = np.empty(len(times) - since, dtype=np.int64)
        counting.counts_within(times, within_s, since, found)
        return found
    asked = times[since:]
    last = np.searchsorted(times, asked, side="right")
    return np.asarray(last - np.searchsorted(times, asked - within_s, side="left"))
