"""How well each report agrees with what others report, its own group aside.

Every group is left as it was, to the last bit. Groups are found by slices of time, each
in the order of eastings.
"""

import math
from typing import Final, NamedTuple

import numpy as np

from pamiers.fusion.loops.grouping import gather
from pamiers.fusion.loops.likelihood import ratio
from pamiers.fusion.loops.mark import compiled, inlined, wide
from pamiers.fusion.loops.state import DAY_S, Floats, Ints, Records, State, Tables

_FAR = 24.0  # squared distance in units of variance, beyond which nothing agrees
_LONG_AGO = 30.0  # squared time, likewise
_SLICE_S: Final = 8 * 3_600.0


class Slices(NamedTuple):
    """Groups by slices of time, each in the order of eastings."""

    order: Ints  #: numbers of groups
    x: Floats  #: their eastings [m]
    y: Floats  #: their northings [m]
    t: Floats  #: their times, or beginnings [s]
    w: Floats  #: thirty variances of their times; 0 for an interval [s2]
    first: Ints  #: where each slice begins in `order`, and the end, shape (slices + 1,)
    begin: float  #: when the first slice begins [s]
    length: float  #: of one slice [s]


class Filed(NamedTuple):
    """Groups with an instant, and those with an interval only, by its beginning."""

    timed: Slices
    dated: Slices
    longest: float  #: length of the longest of these intervals [s]


class Probe(NamedTuple):
    """What is asked, and where the answers go."""

    asked: Ints  #: reports, shape (m,)
    kin: Ints  #: bits of the sources that speak for each source, shape (S, words)
    state: State  #: their groups
    asif: State  #: the same groups, with what is to be judged in place of reports
    found: Floats  #: sum of ratios with the groups that others speak in, shape (m,)
    best: Floats  #: the largest of a group without the report's source, shape (m,)
    which: Ints  #: that group, -1: none, shape (m,)


@compiled
def agreement(probe: Probe, tables: Tables, filed: Filed, *, own: bool) -> None:
    """Sum the likelihood ratios of reports over all groups in which others speak.

    Args:
        probe: Reports, and where the sums go.
        tables: What is believed of the sources.
        filed: All groups.
        own: Whether each report is taken out of its own group while it is judged.
    """
    state = probe.state
    for a in range(len(probe.asked)):
        i = probe.asked[a]
        before = -1
        if own:
            before = take_out(i, state)
            gather(wide(state.label[i]), state, tables)
        summed(a, probe, tables, filed)
        if own:
            put_back(i, before, state)
            gather(wide(state.label[i]), state, tables)


@inlined
def summed(a: int, probe: Probe, tables: Tables, filed: Filed) -> None:
    """Sum the ratios of one report, and keep the best.

    Args:
        a: Number of the report.
        probe: Reports, and where the sums go.
        tables: What is believed of the sources.
        filed: All groups.
    """
    report, error = probe.asif.reports[a], 0.0
    low, high = report.a, report.b
    if report.w > 0.0:
        error = math.sqrt(report.w)
        reach = 4.0 * error + 0.5 * _SLICE_S
        low, high = report.t - reach, report.t + reach
    elif high - low > 0.7 * DAY_S:
        low -= DAY_S
    within((a, low, high), probe, tables, filed.timed)
    if report.w > 0.0:
        low, high = report.t - error, report.t + error
    within((a, low - filed.longest, high + DAY_S), probe, tables, filed.dated)


@inlined
def within(
    asked: tuple[int, float, float], probe: Probe, tables: Tables, slices: Slices
) -> None:
    """Add the ratios of one report with the groups of some slices.

    Args:
        asked: Number of the report; from when to when groups are looked for [s].
        probe: Reports, and where the sums go.
        tables: What is believed of the sources.
        slices: The groups.
    """
    a, low, high = asked
    report, last = probe.asif.reports[a], len(slices.first) - 2
    r = min(3.0 * math.sqrt(report.v) + 1_500.0, 20_000.0)
    from_slice = max(0, math.floor((low - slices.begin) / slices.length))
    to_slice = min(last, math.floor((high - slices.begin) / slices.length))
    for k in range(from_slice, to_slice + 1):
        end = slices.first[k + 1]
        c = from_west(report.x - r, slices.first[k], end, slices)
        while c < end and slices.x[c] <= report.x + r:
            near = abs(slices.y[c] - report.y) <= r
            if near and slices.w[c] > 0.0 and report.w > 0.0:
                gap = slices.t[c] - report.t
                near = gap * gap <= slices.w[c] + _LONG_AGO * report.w
            elif near:
                near = low <= slices.t[c] <= high
            if near:
                found = weighed(a, slices.order[c], probe, tables)
                probe.found[a] += found
                g, word = slices.order[c], report.source >> 6
                heard = probe.asif.voices[g, word] >> (report.source & 63) & 1
                if found > probe.best[a] and not heard:
                    probe.best[a], probe.which[a] = found, g
            c += 1


@inlined
def from_west(x: float, begin: int, end: int, slices: Slices) -> int:
    """Return the first group of a slice that is not west of an easting.

    Args:
        x: The easting [m].
        begin: Where the slice begins.
        end: Where it ends.
        slices: The groups.

    Returns:
        A position from `begin` to `end`.
    """
    while begin < end:
        middle = (begin + end) >> 1
        if slices.x[middle] < x:
            begin = middle + 1
        else:
            end = middle
    return begin


@inlined
def weighed(a: int, g: int, probe: Probe, tables: Tables) -> float:
    """Return the ratio with one group; 0 where nobody else speaks in it.

    That the source itself or its kin speak in it too is no evidence for or against.

    Args:
        a: Number of the report.
        g: Number of the group.
        probe: Reports and groups.
        tables: What is believed of the sources.

    Returns:
        A ratio of densities.
    """
    state = probe.asif
    report, group = state.reports[a], state.groups[g]
    dx, dy = report.x - group.x, report.y - group.y
    if group.n == 0 or dx * dx + dy * dy > _FAR * (report.v + group.s):
        return 0.0
    others = False
    for w in range(state.voices.shape[1]):
        others |= state.voices[g, w] & ~probe.kin[report.source, w] != 0
    if not others:
        return 0.0
    found = ratio(a, g, state, tables)
    if (state.voices[g, report.source >> 6] >> (report.source & 63)) & 1:
        of = tables.source[report.source]
        found *= of.odds / of.again
    return found


@inlined
def take_out(i: int, state: State) -> int:
    """Take a report out of its chain; return the one before it, or -1."""
    g = state.label[i]
    before, j = -1, state.groups[g].head
    while j != i:
        before, j = j, state.after[j]
    if before < 0:
        state.groups[g].head = state.after[i]
    else:
        state.after[before] = state.after[i]
    return before


@inlined
def put_back(i: int, before: int, state: State) -> None:
    """Put a report back where it was in its chain.

    Args:
        i: Number of the report.
        before: The one before it, or -1.
        state: Reports and groups.
    """
    if before < 0:
        state.groups[state.label[i]].head = i
    else:
        state.after[before] = i


def filed(groups: Records) -> Filed:
    """Return groups by time and place."""
    timed = np.flatnonzero((groups["n"] > 0) & (groups["q"] > 0.0))
    dated = np.flatnonzero((groups["n"] > 0) & (groups["q"] == 0.0))
    length = groups["b"][dated] - groups["a"][dated]
    return Filed(
        _slices(timed, groups[timed], groups["t"][timed]),
        _slices(dated, groups[dated], groups["a"][dated]),
        float(length.max(initial=0.0)),
    )


def _slices(which: Ints, at: Records, t: Floats) -> Slices:
    begin = float(t.min()) if len(t) else 0.0
    slot = np.floor((t - begin) / _SLICE_S).astype(np.int64)
    order = np.lexsort((which, at["x"], slot))
    slot, at = slot[order], at[order]
    first = np.searchsorted(slot, np.arange(slot.max(initial=-1) + 2))
    return Slices(
        order=which[order],
        x=at["x"].copy(),
        y=at["y"].copy(),
        t=t[order],
        w=_LONG_AGO * at["q"],
        first=first.astype(np.int64),
        begin=begin,
        length=_SLICE_S,
    )
