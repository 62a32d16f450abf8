"""What is so at every instant: stocks by intervals, and pauses between acts."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.kernels.gathering import distinct

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Levels(NamedTuple):
    """A stock over time: `level[k]` holds in [at[k], at[k + 1])."""

    at: Ints  #: instants at which it changes, ascending [s]
    level: Floats  #: the last is 0


def levels(start: Ints, end: Ints, amount: Floats) -> Levels:
    """Return how much is present at every instant.

    Args:
        start: First instant of each presence, shape (n,) [s].
        end: First instant no more, shape (n,) [s]; an empty interval counts nothing.
        amount: How much each stands for, shape (n,).

    Returns:
        The levels; none for no presence.

    Examples:
        >>> found = levels(np.array([0, 5]), np.array([5, 9]), np.array([2.0, 3.0]))
        >>> found.at.tolist(), found.level.tolist()
        ([0, 5, 9], [2.0, 3.0, 0.0])
    """
    some = end > start
    at = distinct(np.concatenate([start[some], end[some]]))
    change = np.zeros(len(at))
    np.add.at(change, np.searchsorted(at, start[some]), amount[some])
    np.add.at(change, np.searchsorted(at, end[some]), -amount[some])
    return Levels(at, np.cumsum(change))


def above(stock: Levels, most: float) -> tuple[Ints, Ints, Floats]:
    """Return the longest stretches in which a stock is above a ceiling.

    Returns:
        Starts, ends [s], and the highest level in each, in order of time.
    """
    over = np.concatenate([[False], stock.level > most, [False]])
    edge = np.flatnonzero(over[1:] != over[:-1])
    begin, end = edge[::2], edge[1::2]
    if not len(begin):
        none = np.empty(0, dtype=np.int64)
        return none, none, np.empty(0)
    highest = np.maximum.reduceat(
        np.append(stock.level, -np.inf), np.column_stack([begin, end]).ravel()
    )[::2]
    return stock.at[begin], stock.at[end], highest


def pauses(times: Ints, span: tuple[int, int], period_s: int) -> tuple[Ints, Ints]:
    """Return where more than a period passes without an act.

    Args:
        times: Acts, ascending [s].
        span: First second of the duty, and the first no longer of it.
        period_s: Longest pause allowed [s].

    Returns:
        For each pause too long, the act or the beginning it runs from, and the
        act or the end it runs to.

    Examples:
        >>> [part.tolist() for part in pauses(np.array([3, 20]), (0, 24), 10)]
        [[3], [20]]
    """
    inside = times[(times >= span[0]) & (times < span[1])]
    marks = np.concatenate([[span[0]], inside, [span[1]]]).astype(np.int64)
    long = np.flatnonzero(np.diff(marks) > period_s)
    return marks[long], marks[long + 1]
