"""Windows, episodes and answers as compiled loops."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.kernels.jit import compiled, inlined

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

#: odd, with bits that look random: 2**64 over the golden ratio (Knuth 6.4)
_MIX: Final = np.uint64(0x9E37_79B9_7F4A_7C15)


@compiled
def counts_within(times: Ints, within_s: int, since: int, found: Ints) -> None:
    """Put into `found` how many times lie in the closed window up to each.

    Args:
        times: When, ascending [s].
        within_s: Length of the window [s].
        since: Number of the first time whose window is asked for.
        found: Takes the counts, one for each time from that on.
    """
    n = len(times)
    first, last = 0, since
    for i in range(since, n):
        while last < n and times[last] <= times[i]:
            last += 1
        while times[first] < times[i] - within_s:
            first += 1
        found[i - since] = last - first


@compiled
def coded(some: Ints, others: Ints, slots: Ints, found: tuple[Ints, Ints]) -> int:
    """Put small numbers for ids into arrays: each of `some` keeps its own.

    Args:
        some: Ids that are numbered, in the order in which they first come.
        others: Ids to be matched.
        slots: Room of a power of two, twice as many as `some` at least, all -1.
        found: Takes numbers of the one and of the other; none of `some` is -1.

    Returns:
        How many numbers there are.
    """
    some_found, others_found = found
    names = np.empty(len(some), dtype=np.int64)
    marks = np.zeros(len(slots), dtype=np.uint32)  # most of `others` end here
    many = 0
    for i in range(len(some)):
        at = _slot(some[i], names, slots)
        if slots[at] < 0:
            slots[at], names[many] = many, some[i]
            many += 1
            place, bit = _mark(some[i], slots)
            marks[place] |= bit
        some_found[i] = slots[at]
    for i in range(len(others)):
        place, bit = _mark(others[i], slots)
        others_found[i] = -1
        if marks[place] & bit:
            others_found[i] = slots[_slot(others[i], names, slots)]
    return many


@inlined
def _mark(name: int, slots: Ints) -> tuple[int, np.uint32]:
    """Return the word of marks, and the bit of it, that tell a name may be known."""
    mixed = np.uint64(name) * _MIX
    place = (mixed >> np.uint64(32)) & np.uint64(len(slots) - 1)
    return int(place), np.uint32(1) << np.uint32(mixed >> np.uint64(59))


@inlined
def _slot(name: int, names: Ints, slots: Ints) -> int:
    """Return the slot of a name, or the free one where it would go."""
    mask = len(slots) - 1
    mixed = np.uint64(name) * _MIX
    at = np.int64((mixed >> np.uint64(32)) & np.uint64(mask))
    while slots[at] >= 0 and names[slots[at]] != name:
        at = (at + 1) & mask
    return int(at)


@compiled
def next_times(
    asked: tuple[Ints, Ints], given: tuple[Ints, Ints], many: int, found: Ints
) -> None:
    """Put into `found` the number of the first act of the same id, at or after.

    Args:
        asked: Times, ascending, and ids from 0 of what is answered; -1 is nobody's.
        given: Times, ascending, and ids of the acts.
        many: More than the largest id.
        found: Takes the number of an act, or -1.
    """
    times, ids = asked
    act_times, act_ids = given
    latest = np.full(many, -1, dtype=np.int64)
    j = len(act_times) - 1
    for i in range(len(times) - 1, -1, -1):
        while j >= 0 and act_times[j] >= times[i]:
            if act_ids[j] >= 0:
                latest[act_ids[j]] = j
            j -= 1
        found[i] = latest[ids[i]] if ids[i] >= 0 else -1


@compiled
def episodes(times: Ints, chances: Floats, gap_s: int, ends: Ints, none: Floats) -> int:
    """Put where each episode ends, and the chance that none of it was, into arrays.

    Args:
        times: When, ascending [s].
        chances: Probability of each.
        gap_s: Longest pause within an episode [s].
        ends: Takes one past the last of each episode.
        none: Takes the product of 1 - chance over each.

    Returns:
        How many episodes there are.
    """
    many = -1
    for i in range(len(times)):
        if many < 0 or times[i] - times[i - 1] > gap_s:
            many += 1
            none[many] = 1.0
        none[many] *= 1.0 - chances[i]
        ends[many] = i + 1
    return many + 1


@compiled
def folded(
    facts: Ints,
    columns: tuple[Ints, Floats],
    gap_s: int,
    ends: Ints,
    none: Floats,
) -> int:
    """Do as `episodes`, picking the facts of a list out of whole columns.

    Args:
        facts: Numbers of facts, ascending in time.
        columns: Times [s] and probabilities of all facts.
        gap_s: Longest pause within an episode [s].
        ends: Takes one past the last of each episode.
        none: Takes the product of 1 - chance over each.

    Returns:
        How many episodes there are.
    """
    times, chances = columns
    many, before, product = -1, 0, 1.0
    for i in range(len(facts)):
        time = times[facts[i]]
        if many < 0 or time - before > gap_s:
            if many >= 0:
                ends[many], none[many] = i, product
            many += 1
            product = 1.0
        product *= 1.0 - chances[facts[i]]
        before = time
    if many >= 0:
        ends[many], none[many] = len(facts), product
    return many + 1


@compiled
def unanswered(
    asked: tuple[Ints, Ints, Floats],
    given: tuple[Ints, Ints, Floats],
    limits: tuple[int, int],
    first: Ints,
    found: Floats,
) -> None:
    """Put the first act after each fact, and the chance of none in time, into arrays.

    Args:
        asked: Times, ascending, ids from 0 or -1, and probabilities of what is asked.
        given: The same of acts.
        limits: More than the largest id, and the time allowed [s].
        first: Takes the number of the first act of the same id, at or after; or -1.
        found: Takes the chance that the fact was, and no act followed in time.
    """
    times, ids, chances = asked
    many, within_s = limits
    act_times, act_ids, act_chances = given
    latest = np.full(many, -1, dtype=np.int64)
    after = np.empty(len(act_times), dtype=np.int64)
    j = len(act_times) - 1
    for i in range(len(times) - 1, -1, -1):
        while j >= 0 and act_times[j] >= times[i]:
            if act_ids[j] >= 0:
                after[j] = latest[act_ids[j]]
                latest[act_ids[j]] = j
            j -= 1
        none = float(chances[i])
        act = latest[ids[i]] if ids[i] >= 0 else -1
        first[i] = act
        while act >= 0 and act_times[act] <= times[i] + within_s:
            none *= 1.0 - act_chances[act]
            act = after[act]
        found[i] = none
