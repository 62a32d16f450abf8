"""Where a group was: what its reports say, times how likely something was there.

What its reports say is weighed at some points about their mean. How likely something
was there at all is how often something was, over all time, and what else was near by
in the same hours, which fades with time as aftershocks do.

Sources: Ogata (1988), Statistical models for earthquake occurrences (the fading of
Omori and Utsu); Mohler, Short, Brantingham, Schoenberg and Tita (2011), Self-exciting
point process modeling of crime.
"""

import math
from typing import Final, NamedTuple

from pamiers.fusion.loops.index import place_in
from pamiers.fusion.loops.mark import compiled, inlined
from pamiers.fusion.loops.state import Floats, Ints, Record, State, Tables

#: side of a cell in which is counted how often something was [m]
CELL_M: Final = 2_000.0
#: width of a column in which others are looked for [m]
COLUMN_M: Final = 20_000.0
#: how far off in time others are looked for, and how soon they fade [s]
LONG_S, SOON_S = 6 * 3_600.0, 1_800.0
#: how far from others things are, one axis [m]
APART_M: Final = 900.0
#: others that are weighed at most
MOST: Final = 64
#: a group known better than this is left where its reports put it [m]
EXACT_M: Final = 300.0
#: how far a mean of points goes toward the likeliest of them: power of their weight
TOWARD: Final = 2.5
_FREEDOM: Final = 16.0  # of Student's distribution, by which far reports weigh less
_FAR: Final = 9.0  # squared distance from which another is not weighed, in variances
_FADED: Final = 8.0
_BLUNDER: Final = 0.02  # P(a report is at a place of habit that was not near)
_FURTHER_M: Final = 3_000.0
_HALF, _BITS = 1 << 25, 26
_EDGE: Final = 33_000_000.0
_EMPTY: Final = -1
_FADING: Final = 1.0 / (4.0 * math.pi * math.log(1.0 + LONG_S / SOON_S))


class Ground(NamedTuple):
    """How often something was at a place, and what was when."""

    keys: Ints  #: key of each place in a table of cells, -1 where there is none
    often: Floats  #: how often something was there [1 / m2 s]
    seldom: float  #: how often at the least
    follows: float  #: share of incidents that follow another near by
    base: int  #: number of the first column
    first: Ints  #: where each column begins in `others`, and the end
    others: Ints  #: well-known groups by column, then by time
    when: Floats  #: time of each of these [s]


class Asked(NamedTuple):
    """What is to be placed: groups, and reports with the group they may be of."""

    group: Ints  #: shape (m,)
    besides: Ints  #: a report that may be of it, -1: none
    when: Floats  #: when it was [s]
    points: Floats  #: where about the mean it is tried, in deviations, shape (p, 2)
    near: Ints  #: room for others that were near, shape (MOST,)
    worth: Floats  #: how likely something is at each, at its middle, shape (MOST,)
    spread: Floats  #: one over twice the variance about each [1/m2], shape (MOST,)
    found: Floats  #: where each was, shape (m, 2) [m]; written


@inlined
def cell_of(x: float, y: float) -> int:
    """Return the key of the cell that a place is in."""
    i = math.floor(min(max(x / CELL_M, -_EDGE), _EDGE))
    j = math.floor(min(max(y / CELL_M, -_EDGE), _EDGE))
    return ((int(i) + _HALF) << _BITS) | (int(j) + _HALF)


@compiled
def strew(groups: Ints, share: float, state: State, keys: Ints, often: Floats) -> int:
    """Count how often something was, smoothed over neighbouring cells.

    Args:
        groups: Groups that are counted.
        share: What each adds [1 / m2 s].
        state: Reports and groups.
        keys: Keys of cells, all of them empty; written.
        often: How often something was in each; written.

    Returns:
        How many cells there are.
    """
    cells = 0
    for g in groups:
        for n in range(9):
            dx, dy = n // 3 - 1, n % 3 - 1
            at = state.groups[g]
            key = cell_of(at.x + dx * CELL_M, at.y + dy * CELL_M)
            h = place_in(key, keys)
            if keys[h] == _EMPTY:
                keys[h] = key
                cells += 1
            often[h] += share * (0.5 if dx == 0 else 0.25) * (0.5 if dy == 0 else 0.25)
    return cells


@compiled
def company(asked: Asked, ground: Ground, state: State) -> int:
    """Return how many others all together have near them in the same hours.

    Args:
        asked: Groups, and when.
        ground: What was when.
        state: Reports and groups.

    Returns:
        A number; of one group `MOST` at most.
    """
    many = 0
    for a in range(len(asked.group)):
        group = state.groups[asked.group[a]]
        many += about(a, (group.x, group.y, group.s), asked, ground, state)
    return many


@compiled
def place(asked: Asked, ground: Ground, state: State, tables: Tables) -> None:
    """Find where groups were, and reports that may be of one.

    Args:
        asked: What is to be placed; written.
        ground: How likely something is anywhere.
        state: Reports and groups.
        tables: What is believed of the sources.
    """
    for a in range(len(asked.group)):
        group, i = state.groups[asked.group[a]], asked.besides[a]
        x, y, v = group.x, group.y, group.s
        if i >= 0:
            report = state.reports[i]
            share = v / (v + report.v)
            x, y = x + share * (report.x - x), y + share * (report.y - y)
            v = v * report.v / (v + report.v)
        asked.found[a, 0], asked.found[a, 1] = x, y
        if v < EXACT_M * EXACT_M:
            continue
        many = about(a, (x, y, v), asked, ground, state)
        error, total, east, north = math.sqrt(v), 0.0, 0.0, 0.0
        for p in range(len(asked.points)):
            dx, dy = asked.points[p, 0], asked.points[p, 1]
            px, py = x + error * dx, y + error * dy
            weight = likely((px, py), many, asked, ground, state)
            j = group.head
            while j >= 0:
                weight *= says(state.reports[j], px, py, tables)
                j = state.after[j]
            if i >= 0:
                weight *= says(state.reports[i], px, py, tables)
            # points are as dense as the normal distribution that they are drawn from
            weight = weight * weight * math.sqrt(weight)
            weight *= math.exp((dx * dx + dy * dy) / 2.0)
            total += weight
            east += weight * dx
            north += weight * dy
        if total > 0.0:
            asked.found[a, 0] += error * east / total
            asked.found[a, 1] += error * north / total


@inlined
def about(
    a: int,
    at: tuple[float, float, float],
    asked: Asked,
    ground: Ground,
    state: State,
) -> int:
    """Note what else was near in the same hours.

    Args:
        a: Number of what is to be placed.
        at: Where its reports put it, and the variance.
        asked: Its `near`, `worth` and `spread` are written.
        ground: What was when.
        state: Reports and groups.

    Returns:
        How many are noted.
    """
    (x, y, v), when, many = at, asked.when[a], 0
    i = asked.besides[a]
    own = state.label[i] if i >= 0 else asked.group[a]
    column = math.floor(min(max(x / COLUMN_M, -_EDGE), _EDGE)) - ground.base
    for c in range(max(column - 1, 0), min(column + 2, len(ground.first) - 1)):
        b, end = since(when - LONG_S, ground.first[c], ground.first[c + 1], ground)
        while b < end and ground.when[b] <= when + LONG_S and many < MOST:
            g = ground.others[b]
            other, gap = state.groups[g], abs(ground.when[b] - when)
            spread = APART_M * APART_M + other.s
            away = (other.x - x) ** 2 + (other.y - y) ** 2
            if g not in (own, asked.group[a]) and away < _FAR * (spread + v):
                asked.near[many] = g
                asked.spread[many] = 0.5 / spread
                asked.worth[many] = ground.follows * _FADING / (spread * (SOON_S + gap))
                many += 1
            b += 1
    return many


@inlined
def since(when: float, begin: int, end: int, ground: Ground) -> tuple[int, int]:
    """Return where in a column what was since an instant begins, and the end.

    Args:
        when: The instant [s].
        begin: Where the column begins.
        end: Where it ends.
        ground: What was when.

    Returns:
        Positions in `ground.others`; equal ones where there was nothing since.
    """
    low, high = begin, end
    while low < high:
        middle = (low + high) >> 1
        if ground.when[middle] < when:
            low = middle + 1
        else:
            high = middle
    return low, end


@inlined
def likely(
    at: tuple[float, float], many: int, asked: Asked, ground: Ground, state: State
) -> float:
    """Return how likely something was at a point then [1 / m2 s].

    Args:
        at: Easting and northing [m].
        many: How many others are noted.
        asked: Others that were near.
        ground: How often something was there.
        state: Reports and groups.

    Returns:
        More than 0.
    """
    (x, y), found = at, ground.seldom
    h = place_in(cell_of(x, y), ground.keys)
    if ground.keys[h] != _EMPTY:
        found += ground.often[h]
    for k in range(many):
        other = state.groups[asked.near[k]]
        away = ((x - other.x) ** 2 + (y - other.y) ** 2) * asked.spread[k]
        if away < _FADED:
            found += asked.worth[k] * math.exp(-away)
    return float(found)


@inlined
def says(report: Record, x: float, y: float, tables: Tables) -> float:
    """Return how likely a report is if it was at a point, up to a constant.

    A report at a place of habit says which of the places was nearest.

    Args:
        report: The report.
        x: Easting [m].
        y: Northing [m].
        tables: What is believed of the sources.

    Returns:
        A likelihood, more than 0.
    """
    if report.town < 0:
        f = 1.0 + ((x - report.x) ** 2 + (y - report.y) ** 2) / (_FREEDOM * report.v)
        f = f * f * f
        return float(1.0 / (f * f * f))  # to the power of half of _FREEDOM + 2
    town, nearer = report.town, 0
    here = (x - tables.towns[town, 0]) ** 2 + (y - tables.towns[town, 1]) ** 2
    for k in range(tables.near.shape[1]):
        h = tables.near[town, k]
        if h < 0 or nearer > 1:
            break
        dx, dy = x - tables.towns[h, 0], y - tables.towns[h, 1]
        nearer += dx * dx + dy * dy < here
    if nearer <= 1:
        return float(tables.rank[report.mode, nearer] + _BLUNDER)
    far = math.exp(-here / (2.0 * _FURTHER_M * _FURTHER_M))
    return float(_BLUNDER + tables.rank[report.mode, 2] * far)
