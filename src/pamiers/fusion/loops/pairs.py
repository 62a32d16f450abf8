"""Which reports may tell of one thing, each with the few that it is weighed against.

A pair is kept where the one whose turn is later would join the other, were it alone,
at odds of `WORTH` at least, in a place as crowded as is usual. A source's reports that
repeat one another are kept with the `REPEATS` likeliest only, so that a flood of them
costs in proportion.
"""

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pamiers.fusion.loops.grouping import finish, put, start
from pamiers.fusion.loops.index import (
    LAYERS,
    Index,
    before,
    box_of,
    first_in,
    may_be_one,
)
from pamiers.fusion.loops.likelihood import likeness
from pamiers.fusion.loops.mark import compiled, inlined
from pamiers.fusion.loops.state import Floats, Ints, State, Tables

WORTH: Final = 0.05
REPEATS: Final = 8

Short = NDArray[np.int32]


class Pairs(NamedTuple):
    """Pairs as they are found."""

    both: Short  #: two reports of two sources, shape (m, 2)
    same: Short  #: the likeliest others of its own source, -1: none, (n, REPEATS)
    worth: Floats  #: their odds, shape (n, REPEATS)
    always: Any  #: whether some other forgot about a report, shape (n,)
    found: Ints  #: how many pairs of two sources there are, shape (1,)


class Links(NamedTuple):
    """The reports that each is weighed against."""

    start: Ints  #: where those of each begin in `other`, shape (n + 1,)
    other: Short
    always: Any  #: reports that a change elsewhere may not be told to, shape (n,)


@compiled
def single(asked: Ints, state: State, tables: Tables) -> None:
    """Sum up each report as a group by itself, numbered as the report is."""
    for i in asked:
        start(i, state, tables)
        put(i, i, state, tables)
        finish(state.groups[i])


@inlined
def odds(i: int, j: int, state: State, tables: Tables) -> float:
    """Return the odds that two lone reports tell of one thing.

    Args:
        i: Number of a report.
        j: Number of another.
        state: Reports, and each as a group by itself.
        tables: What is believed of the sources.

    Returns:
        The same in either order of the two.
    """
    later, first = (j, i) if before(state.reports[i], state.reports[j]) else (i, j)
    return float(likeness(later, first, state, tables) / state.reports[later].base)


@compiled
def find_pairs(
    asked: Ints, state: State, tables: Tables, index: Index, found: Pairs
) -> None:
    """Find all pairs; those beyond the room that there is are counted only.

    Args:
        asked: Reports that are no copies, all of them in the index.
        state: Reports, and each as a group by itself.
        tables: What is believed of the sources.
        index: The index.
        found: Where pairs are put.
    """
    for i in asked:
        one = state.reports[i]
        for layer in range(LAYERS):
            box = box_of(one, layer, one.reach, index)
            for k in range(box.k0, box.k1 + 1):
                for ci in range(box.i0, box.i1 + 1):
                    for cj in range(box.j0, box.j1 + 1):
                        j = first_in(box, k, ci, cj, index)
                        while j >= 0:
                            if mine(i, j, state) and may_be_one(one, state.reports[j]):
                                keep(i, j, state, tables, found)
                            j = index.after[j]


@inlined
def mine(i: int, j: int, state: State) -> bool:
    """Tell whether of two reports the first looks farther; so each pair is met once."""
    one, two = state.reports[i].reach, state.reports[j].reach
    return bool(two < one or (two == one and j < i))


@inlined
def keep(i: int, j: int, state: State, tables: Tables, found: Pairs) -> None:
    """Keep a pair that is worth it.

    Args:
        i: Number of a report.
        j: Number of another.
        state: Reports, and each as a group by itself.
        tables: What is believed of the sources.
        found: Where pairs are put.
    """
    worth = odds(i, j, state, tables)
    if worth <= WORTH:
        return
    if state.reports[i].source == state.reports[j].source:
        repeat(i, j, worth, state, found)
        repeat(j, i, worth, state, found)
        return
    m = found.found[0]
    found.found[0] += 1
    if m < len(found.both):
        found.both[m, 0] = i
        found.both[m, 1] = j


@inlined
def repeat(i: int, j: int, worth: float, state: State, found: Pairs) -> None:
    """Keep one report as a repetition of another, of many the likeliest.

    Args:
        i: The report whose repetitions are kept.
        j: Another of its source.
        worth: Their odds.
        state: Reports.
        found: Where they are put.
    """
    same, value = found.same[i], found.worth[i]
    least = 0
    for k in range(REPEATS):
        if same[k] < 0:
            same[k], value[k] = j, worth
            return
        if less(same[k], value[k], same[least], value[least], state):
            least = k
    lost = j
    if less(same[least], value[least], j, worth, state):
        lost = same[least]
        same[least], value[least] = j, worth
    found.always[lost] = True


@inlined
def less(i: int, one: float, j: int, two: float, state: State) -> bool:
    """Tell whether a repetition goes before another is given up.

    Args:
        i: A report.
        one: Its odds.
        j: Another.
        two: The other's odds.
        state: Reports.

    Returns:
        Whether i is less likely; of equal ones the later goes.
    """
    if one != two:
        return one < two
    return not before(state.reports[i], state.reports[j])


@compiled
def link(pairs: Pairs, n: int) -> Links:
    """Return for each report the others that it is paired with."""
    m = pairs.found[0]
    begin = np.zeros(n + 1, np.int64)
    for e in range(2 * m):
        begin[pairs.both[e >> 1, e & 1] + 1] += 1
    for i in range(n):
        begin[i + 1] += begin[i] + np.count_nonzero(pairs.same[i] >= 0)
    at = begin[:-1].copy()
    other = np.empty(begin[n], np.int32)
    for e in range(2 * m):
        i, j = pairs.both[e >> 1, e & 1], pairs.both[e >> 1, 1 - (e & 1)]
        other[at[i]] = j
        at[i] += 1
    for i in range(n):
        for j in pairs.same[i]:
            if j >= 0:
                other[at[i]] = j
                at[i] += 1
    return Links(begin, other, pairs.always)
