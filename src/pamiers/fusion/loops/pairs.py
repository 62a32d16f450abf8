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
    COLUMN_M,
    LAYERS,
    before,
    box_of,
    may_be_one,
)
from pamiers.fusion.loops.likelihood import likeness
from pamiers.fusion.loops.mark import compiled, inlined
from pamiers.fusion.loops.shelves import Shelves, from_south, near_by, shelf
from pamiers.fusion.loops.state import Floats, Ints, Record, State, Tables

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
        finish(i, state)


@inlined
def odds(i: int, j: int, state: State, tables: Tables) -> float:
    """Return the odds that two lone reports tell of one thing.

    Args:
        i: Number of a report.
        j: Number of another.
        state: Reports, and each as a group by itself.
        tables: What is believed of the sources.

    Returns:
        The same in either order of the two; 0 may be less than `WORTH`.
    """
    later, first = (j, i) if before(state.reports[i], state.reports[j]) else (i, j)
    base = state.reports[later].base
    return float(likeness(later, first, WORTH * base, state, tables) / base)


@compiled
def find_pairs(shelves: Shelves, state: State, tables: Tables, found: Pairs) -> None:
    """Find all pairs; those beyond the room that there is are counted only.

    Args:
        shelves: Reports that are no copies.
        state: Reports, and each as a group by itself.
        tables: What is believed of the sources.
        found: Where pairs are put.
    """
    laid = shelves.laid
    for a in range(len(laid)):
        one = laid[a]
        far = one.y + one.reach + COLUMN_M
        for layer in range(LAYERS):
            box = box_of(state.reports[one.number], layer, one.reach, shelves.cells)
            for k in range(box.k0, box.k1 + 1):
                for ci in range(box.i0, box.i1 + 1):
                    b, end = shelf(layer, k, ci, shelves)
                    b = from_south(b, end, box.j0, shelves)
                    while b < end and laid[b].y <= far:
                        if mine(one, laid[b]) and near_by(one, laid[b]):
                            keep(one.number, laid[b].number, state, tables, found)
                        b += 1


@inlined
def mine(one: Record, two: Record) -> bool:
    """Tell whether of two reports the first looks farther; so each pair is met once."""
    if two.reach != one.reach:
        return bool(two.reach < one.reach)
    return bool(two.number < one.number)


@inlined
def keep(i: int, j: int, state: State, tables: Tables, found: Pairs) -> None:
    """Keep a pair that may be one and is worth it.

    Args:
        i: Number of a report.
        j: Number of another.
        state: Reports, and each as a group by itself.
        tables: What is believed of the sources.
        found: Where pairs are put.
    """
    if not may_be_one(state.reports[i], state.reports[j]):
        return
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
    lost = among(j, worth, found.same[i], found.worth[i], state)
    if lost >= 0:
        found.always[lost] = True


@inlined
def among(j: int, value: float, same: Ints, worth: Floats, state: State) -> int:
    """Put a repetition among the likeliest, if it is one of them.

    Args:
        j: The repetition.
        value: Its odds.
        same: The likeliest so far, -1: none.
        worth: Their odds.
        state: Reports.

    Returns:
        The repetition that is given up, -1: none.
    """
    least = 0
    for k in range(REPEATS):
        if worse(same[k], worth[k], same[least], worth[least], state):
            least = k
    lost = same[least]
    if not worse(lost, worth[least], j, value, state):
        return j
    same[least], worth[least] = j, value
    return int(lost)


@inlined
def worse(i: int, one: float, j: int, two: float, state: State) -> bool:
    """Tell whether one repetition goes before another is given up; none goes first.

    Args:
        i: A report, or -1.
        one: Its odds.
        j: Another, or -1.
        two: The other's odds.
        state: Reports.

    Returns:
        Whether i is less likely; of equal ones the later goes.
    """
    if i < 0 or j < 0:
        return i < 0 <= j
    if one != two:
        return one < two
    return before(state.reports[j], state.reports[i])


def link(pairs: Pairs, n: int) -> Links:
    """Return for each report the others that it is paired with."""
    begin = np.zeros(n + 1, np.int64)
    count_links(pairs, begin)
    other = np.empty(begin[n], np.int32)
    fill_links(pairs, begin[:-1].copy(), other)
    return Links(begin, other, pairs.always)


@compiled
def count_links(pairs: Pairs, begin: Ints) -> None:
    """Write where the links of each report begin, and their number at the end."""
    for e in range(2 * pairs.found[0]):
        begin[pairs.both[e >> 1, e & 1] + 1] += 1
    for i in range(len(begin) - 1):
        begin[i + 1] += begin[i]
        for k in range(REPEATS):
            begin[i + 1] += pairs.same[i, k] >= 0


@compiled
def fill_links(pairs: Pairs, at: Ints, other: Short) -> None:
    """Write the links of each report.

    Args:
        pairs: All pairs.
        at: Where those of each begin; counted up.
        other: Where they are put.
    """
    for e in range(2 * pairs.found[0]):
        i, j = pairs.both[e >> 1, e & 1], pairs.both[e >> 1, 1 - (e & 1)]
        other[at[i]] = j
        at[i] += 1
    for i in range(len(at)):
        for k in range(REPEATS):
            if pairs.same[i, k] >= 0:
                other[at[i]] = pairs.same[i, k]
                at[i] += 1
