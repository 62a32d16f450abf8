"""Where an incident was, by all that is said of it."""

from typing import Final

import numpy as np

from pamiers.fusion.columns import Floats, Ints
from pamiers.fusion.loops.state import State

_ROUNDS: Final = 3
_FREEDOM: Final = 4.0  # of Student's distribution, by which far reports weigh less


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
