"""Where an incident was, by all that is said of it."""

from typing import Final, NamedTuple

import numpy as np

from pamiers.fusion.columns import Floats, Ints
from pamiers.fusion.loops.state import State, Tables

_ROUNDS: Final = 3
_FREEDOM: Final = 16.0  # of Student's distribution, by which far reports weigh less


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
    x, y = places_of(state, own)
    g = state.label
    found = Estimates(x[g], y[g], state.groups["t"][g], state.kinds[g])
    i, to = doubtful
    at, group = state.reports[i], state.groups[to]
    share = group["s"] / (group["s"] + at["v"])
    found.x[i] = x[to] + share * (at["x"] - x[to])
    found.y[i] = y[to] + share * (at["y"] - y[to])
    found.t[i] = np.where((group["q"] == 0.0) & (at["w"] > 0.0), at["t"], group["t"])
    both = state.kinds[to] * tables.kind[at["row"]]
    found.kinds[i] = both / both.sum(axis=1, keepdims=True)
    return found


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
