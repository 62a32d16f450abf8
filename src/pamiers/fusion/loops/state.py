"""What the loops work on: reports, groups of reports, and what sources are like.

Structured records, because numba reads their fields without counting references;
tuples of arrays, because a function then has few arguments.
"""

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Records = Any  #: a structured array, of the type named beside it
Record = Any  #: one row of it

DAY_S: Final = 86_400.0
#: intervals longer than this say when an event was within them, not about when [s]
INTERVAL_S: Final = 5 * 3_600.0

#: one report: place [m] and its variance, time [s] and its variance (0: known only
#: to the interval [a, b)), logarithm of its count and variance (0: none stated)
REPORT: Final = np.dtype(
    [
        *((name, "f8") for name in ("x", "y", "v", "t", "w", "a", "b", "c", "u")),
        ("null", "f8"),  # density of lone reports of its source there [1 / m2 s]
        ("free", "f8"),  # sqrt of variance over density of its count by itself
        ("base", "f8"),  # as null, where reports are as dense as is usual
        ("reach", "f8"),  # how far off it looks for others [m]
        ("when", "f8"),  # middle of its interval as it was stated [s]
        *((name, "i4") for name in ("source", "row", "who", "mode", "town")),
        ("turn", "i4"),  # the less blurred, the earlier its turn
        ("mix", "i8"),  # a number drawn from what else is reported
    ]
)
#: one group: place and variance, time and variance (0: only the interval), count
#: and variance, share of either side, P(it is real if it has one voice); how many
#: reports and how many voices, the first of its reports
GROUP: Final = np.dtype(
    [
        *((name, "f8") for name in ("x", "y", "s", "t", "q", "a", "b", "c", "r")),
        *((name, "f8") for name in ("one", "two", "alone")),
        *((name, "i8") for name in ("n", "heard", "head")),
    ]
)
#: one source: odds that it reports what another reported, odds that it reports it
#: again, P(a lone report of it is real), P(it is dated a day late)
SOURCE: Final = np.dtype([(name, "f8") for name in ("odds", "again", "real", "late")])


class State(NamedTuple):
    """Reports and their groups; groups are numbered by a free list."""

    reports: Records  #: REPORT, shape (n,)
    groups: Records  #: GROUP, shape (n,)
    kinds: Floats  #: P(kind) of each group, shape (n, K)
    voices: Ints  #: bits of the sources in each group, shape (n, words)
    after: Ints  #: next report of the same group, -1 at the end
    label: Ints  #: group of each report
    spare: Ints  #: numbers of groups not in use


class Tables(NamedTuple):
    """What sources are like, as learned or declared."""

    kind: Floats  #: P(kind | source and label) / P(kind), shape (rows, K)
    side: Floats  #: the same of the two sides, shape (rows, 2)
    prior: Floats  #: P(kind), shape (K,)
    source: Records  #: SOURCE, shape (S,)
    rank: Floats  #: P(nearest, second, further place of habit), shape (modes, 3)
    amount: Floats  #: mean and variance of the logarithm of counts
    towns: Floats  #: places of habit, shape (m, 2) [m]
    near: Ints  #: the eight nearest of each, -1 where there are fewer
    area: Floats  #: area that each stands for [m2]
    kin: Ints  #: bits of the sources that speak for each source, shape (S, words)


class Sums(NamedTuple):
    """What one look over all groups tells of the sources."""

    source: Floats  #: shape (S, 15), columns as `learning.COLUMNS`
    mode: Floats  #: squared error over expected, and how many, shape (modes, 2)
    rank: Floats  #: shape (modes, 3)
    kind: Floats  #: shape (rows, K)
    side: Floats  #: shape (rows, 2)
    town: Floats  #: sum of x, of y, and how many, of each place of habit, shape (m, 3)
