"""How many in a window: sliding and closed at both ends, or by the calendar."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def counts_within(times: Ints, within_s: int, *, loops: bool = False) -> Ints:
    """Return how many lie in the closed window that ends with each.

    Args:
        times: When, ascending [s], shape (n,).
        within_s: Length of the window, at least 0 [s].
        loops: Compiled loops rather than numpy.

    Returns:
        Counts of times in [t - within, t], shape (n,): all of one instant are in
        one another's windows.

    Examples:
        >>> counts_within(np.array([0, 5, 5, 9]), 5).tolist()
        [1, 3, 3, 3]
    """
    if loops:
        from pamiers.compliance.kernels.loops import counting  # noqa: PLC0415 - numba

        found = np.empty(len(times), dtype=np.int64)
        counting.counts_within(times, within_s, found)
        return found
    last = np.searchsorted(times, times, side="right")
    return np.asarray(last - np.searchsorted(times, times - within_s, side="left"))


def counts_between(times: Ints, edges: Ints) -> Ints:
    """Return how many lie in each stretch of a calendar.

    Args:
        times: When, in any order [s].
        edges: Ascending instants; stretch k is [edges[k], edges[k + 1]).

    Returns:
        Counts, shape (len(edges) - 1,); what lies outside is in none.
    """
    at = np.searchsorted(edges, times, side="right") - 1
    held = at[(at >= 0) & (at < len(edges) - 1)]
    return np.bincount(held, minlength=len(edges) - 1).astype(np.int64)
