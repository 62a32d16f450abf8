"""Facts merged into episodes: runs without a longer pause than a clause allows."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Episodes(NamedTuple):
    """Runs of facts, in order of time."""

    first: Ints  #: place of its first fact in the list
    last: Ints  #: one past its last
    none: Floats  #: chance that none of its facts was, they being independent


def episodes(
    times: Ints, chances: Floats, gap_s: int, *, loops: bool = False
) -> Episodes:
    """Return the episodes that facts form.

    Args:
        times: When, ascending [s], shape (n,).
        chances: Probability of each, shape (n,).
        gap_s: Longest pause within an episode [s].
        loops: Compiled loops rather than numpy; equal to within rounding.

    Returns:
        Episodes; none for no facts.
    """
    if loops:
        return _by_loops(times, chances, gap_s)
    if not len(times):
        none = np.empty(0, dtype=np.int64)
        return Episodes(none, none, np.empty(0))
    first = np.concatenate([[0], np.flatnonzero(np.diff(times) > gap_s) + 1])
    last = np.append(first[1:], len(times))
    product = np.multiply.reduceat(1.0 - chances.astype(np.float64), first)
    return Episodes(first, last, product)


def _by_loops(times: Ints, chances: Floats, gap_s: int) -> Episodes:
    from pamiers.compliance.kernels.loops import counting  # noqa: PLC0415 - numba

    ends, none = np.empty(len(times), dtype=np.int64), np.empty(len(times))
    many = counting.episodes(times, chances, gap_s, ends, none)
    return _ended(ends[:many], none[:many])


def folded(
    facts: Ints, columns: tuple[Ints, Floats], gap_s: int, *, loops: bool = False
) -> Episodes:
    """Return the episodes of a list of facts, given whole columns.

    Args:
        facts: Numbers of facts, ascending in time.
        columns: Times [s] and probabilities of all facts.
        gap_s: Longest pause within an episode [s].
        loops: Compiled loops rather than numpy; equal to within rounding.

    Returns:
        Episodes; none for no facts.
    """
    times, chances = columns
    if not loops:
        return episodes(times[facts], chances[facts], gap_s)
    from pamiers.compliance.kernels.loops import counting  # noqa: PLC0415 - numba

    ends, none = np.empty(len(facts), dtype=np.int64), np.empty(len(facts))
    many = counting.folded(facts, columns, gap_s, ends, none)
    return _ended(ends[:many], none[:many])


def _ended(ends: Ints, none: Floats) -> Episodes:
    """Return episodes by where each ends."""
    first = np.concatenate([np.zeros(min(len(ends), 1), np.int64), ends[:-1]])
    return Episodes(first, ends.copy(), none.copy())
