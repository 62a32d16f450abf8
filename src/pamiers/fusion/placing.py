"""Where an incident was, by all that is said of it."""

from typing import Final, NamedTuple

import numpy as np

from pamiers.fusion.columns import Floats, Ints
from pamiers.fusion.loops.placing import (
    CELL_M,
    COLUMN_M,
    MOST,
    Asked,
    Ground,
    company,
    place,
    strew,
)
from pamiers.fusion.loops.state import DAY_S, State, Tables

_ROUNDS: Final = 3
_FREEDOM: Final = 16.0  # of Student's distribution, by which far reports weigh less
#: a group known better than this tells where things happen [m]
WELL_KNOWN_M: Final = 1_500.0
#: how often something is where nothing is known to have been, over the usual
_SELDOM: Final = 0.1
#: incidents by which it is learned how far one follows another, days by which they are
#: moved to see what chance gives, and days of a record below which it is not asked
_COMPANY, _DAYS, _FEWEST_DAYS = 4_000, 5.0, 12
_MOSTLY: Final = 0.8  #: share of incidents that follow another, at most
#: points at which a place is tried, and how far off, in deviations
_POINTS, _REACH = 32, 3.2
_GOLDEN: Final = np.pi * (3.0 - 5.0**0.5)


class Estimates(NamedTuple):
    """What each report tells of, as far as it is known."""

    x: Floats  #: [m]
    y: Floats
    t: Floats  #: [s]
    kinds: Floats  #: P(kind), shape (n, K)


def estimates_of(
    state: State, own: Ints, tables: Tables, doubtful: tuple[Ints, Ints]
) -> Estimates:
    """Return what reports tell of: what their group does, or the group they may be of.

    Args:
        state: Reports and their groups.
        own: Reports that are no copies.
        tables: What is believed of the sources.
        doubtful: Reports by themselves that likely belong to a group all the same, in
            doubt only which, and the likeliest group of each.

    Returns:
        Estimates of every report of `own`, at its number; of others nothing.
    """
    g, (i, to) = state.label, doubtful
    t = state.groups["t"][g]
    clocked = (state.groups["q"][to] == 0.0) & (state.reports["w"][i] > 0.0)
    t[i] = np.where(clocked, state.reports["t"][i], state.groups["t"][to])
    live = np.unique(g[own]).astype(np.int64)
    at = placed(state, tables, live, (i, to, t[i]))
    xy = np.empty((len(state.groups), 2))
    xy[live] = at[: len(live)]
    xy = xy[g]
    xy[i] = at[len(live) :]
    kinds = state.kinds[g]
    both = state.kinds[to] * tables.kind[state.reports["row"][i]]
    kinds[i] = both / both.sum(axis=1, keepdims=True)
    return Estimates(xy[:, 0], xy[:, 1], t, kinds)


def placed(
    state: State, tables: Tables, live: Ints, doubtful: tuple[Ints, Ints, Floats]
) -> Floats:
    """Return where groups were, and reports that may be of one.

    Args:
        state: Reports and their groups.
        tables: What is believed of the sources.
        live: Groups in use.
        doubtful: Reports by themselves, the group that each may be of, and when [s].

    Returns:
        Eastings and northings [m] of the groups, then of the reports, shape (m, 2).
    """
    besides, to, when = doubtful
    none = np.full(len(live), -1, dtype=np.int64)
    asked = _asked(
        np.concatenate((live, to)),
        np.concatenate((none, besides)),
        np.concatenate((state.groups["t"][live], when)),
    )
    place(asked, ground_of(state, live), state, tables)
    return asked.found


def _asked(group: Ints, besides: Ints, when: Floats) -> Asked:
    return Asked(
        group=group,
        besides=besides,
        when=when,
        points=_points(),
        near=np.zeros(MOST, dtype=np.int64),
        worth=np.zeros(MOST),
        spread=np.zeros(MOST),
        found=np.empty((len(group), 2)),
    )


def ground_of(state: State, live: Ints) -> Ground:
    """Return how likely something is anywhere, by the groups that are well known."""
    known = live[state.groups["s"][live] < WELL_KNOWN_M**2]
    when = state.groups["t"][known]
    span = max(float(np.ptp(when)), DAY_S) if len(known) else DAY_S
    share = 1.0 / (span * CELL_M**2)
    size = 1 << max(4, (18 * _cells(state, known)).bit_length())
    keys, often = np.full(size, -1, dtype=np.int64), np.zeros(size)
    cells = strew(known, share, state, keys, often)
    column = np.floor(state.groups["x"][known] / COLUMN_M).astype(np.int64)
    order = np.lexsort((when, column))
    base = int(column.min(initial=0))
    edges = np.arange(base, int(column.max(initial=0)) + 2)
    ground = Ground(
        keys=keys,
        often=often,
        seldom=_SELDOM * share * (len(known) + 1) / max(cells, 1),
        follows=0.0,
        base=base,
        first=np.searchsorted(column[order], edges),
        others=known[order],
        when=when[order],
    )
    follows = _follows(ground, state)
    ground.often[:] *= 1.0 - follows  # the rest come by themselves
    return ground._replace(follows=follows)


def _cells(state: State, known: Ints) -> int:
    """Return how many cells some groups are in."""
    east, north = (
        np.floor(state.groups[name][known] / CELL_M).astype(np.int64)
        for name in ("x", "y")
    )
    return len(np.unique((east << 32) + north))


def _follows(ground: Ground, state: State) -> float:
    """Return how many others each incident has near it because of it.

    They are those that are near in the same hours, less those that are near in the same
    hours of other days, as chance has it.
    """
    step = -(-max(len(ground.others), 1) // _COMPANY)
    some, when = ground.others[::step].copy(), ground.when[::step].copy()
    begin, span = when.min(initial=0.0), float(np.ptp(when)) if len(when) else 0.0
    if span < _FEWEST_DAYS * DAY_S:
        return 0.0
    nobody = np.full(len(some), -1, dtype=np.int64)
    seen, before, after = (
        company(
            _asked(some, nobody, (when - begin + by * DAY_S) % span + begin),
            ground,
            state,
        )
        for by in (0.0, -_DAYS, _DAYS)
    )
    return min(_MOSTLY, max(0.0, seen - (before + after) / 2.0) / len(some))


def _points() -> Floats:
    """Return points as dense as a normal distribution, the middle first."""
    within = 1.0 - np.exp(-(_REACH**2) / 2.0)
    share = (np.arange(_POINTS) + 0.5) / _POINTS * within
    reach, turn = np.sqrt(-2.0 * np.log1p(-share)), np.arange(_POINTS) * _GOLDEN
    ring = np.column_stack((reach * np.cos(turn), reach * np.sin(turn)))
    return np.vstack((np.zeros((1, 2)), ring))


def places_of(state: State, own: Ints) -> tuple[Floats, Floats]:
    """Return where each group was, reports far from the others weighing less.

    Args:
        state: Reports and their groups.
        own: Reports that are no copies.

    Returns:
        Eastings and northings [m] by number of group; of groups not in use, as before.
    """
    at, g = state.reports[own], state.label[own]
    x, y = state.groups["x"].copy(), state.groups["y"].copy()
    for _ in range(_ROUNDS):
        q = ((at["x"] - x[g]) ** 2 + (at["y"] - y[g]) ** 2) / at["v"]
        weight = (_FREEDOM + 2.0) / (_FREEDOM + q) / at["v"]
        total = np.maximum(np.bincount(g, weight, len(x)), 1e-300)
        x = np.bincount(g, weight * at["x"], len(x)) / total
        y = np.bincount(g, weight * at["y"], len(y)) / total
    return x, y
