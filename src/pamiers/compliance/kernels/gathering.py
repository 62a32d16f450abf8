"""Runs of rows, laid out one after another."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def spans(counts: Ints) -> tuple[Ints, Ints]:
    """Return, for runs of given lengths laid end to end, whose run and which of it.

    Args:
        counts: Length of each run, at least 0, shape (n,).

    Returns:
        Number of the run, and the place within it from 0, each of shape
        (sum of counts,).

    Examples:
        >>> [part.tolist() for part in spans(np.array([2, 0, 1]))]
        [[0, 0, 2], [0, 1, 0]]
    """
    which = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    begin = np.cumsum(counts) - counts
    return which, np.arange(len(which), dtype=np.int64) - begin[which]


def distinct(values: Ints) -> Ints:
    """Return each value once, ascending; `numpy.unique` loads far more than it uses."""
    if not len(values):
        return values.astype(np.int64)
    ordered = np.sort(values)
    found: Ints = ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])]
    return found
