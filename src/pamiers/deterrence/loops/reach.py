"""How far ranges may be scaled before something fails, in doubles."""

from typing import Final

import numpy as np

from pamiers.compliance.kernels.jit import dense
from pamiers.deterrence.loops.corner import (
    Box,
    Doubles,
    Kinds,
    Rows,
    known_at,
    low_end,
    sign_of,
    ways_of,
)
from pamiers.deterrence.loops.joining import joins

_HALVINGS: Final = 40
_EACH: Final = 3  #: one step in so many goes to the middle, whatever the line says
_FINE: Final = 1e-6
_SLIGHT: Final = 1e-3  #: a step goes at least this share of the span


@dense
def _reach(
    at: tuple[int, int],
    task: tuple[Rows, Kinds, Box],
    ends: tuple[float, float],
) -> float:
    """Return up to where a clause holds that fails at the end of a span.

    False position, an end that stays twice weighing half (Dowell and Jarratt 1971);
    every third time the middle.

    Args:
        at: Party and clause.
        task: Rows of figures, kinds of clauses, and ranges.
        ends: The end of the span, which begins at 0, and the number found there.

    Returns:
        A share, 0 where it fails at the likeliest figures.
    """
    low, high, below = 0.0, ends[0], ends[1]
    above, share, known = -1.0, 0.0, np.empty((1, 4, 1))
    for turn in range(_HALVINGS):
        a = low_end(task[0][5][at[0], 0], share, task[2])
        known_at((known, 0), at, (a, a), task, (share, False))
        value = sign_of(at, task, share, (known, 0))
        if value < 0.0 and turn == 0:
            return 0.0
        if value >= 0.0:
            low, above, below = share, value, below if turn == 0 else below / 2
        else:
            high, below, above = share, value, above / 2
        if high - low < _FINE:
            break
        halved = turn % _EACH == _EACH - 1
        part = 0.5 if halved else above / (above - below)
        share = low + (high - low) * min(max(part, _SLIGHT), 1.0 - _SLIGHT)
    return low


@dense
def _joined(party: int, task: tuple[Rows, Kinds, Box], reach: float) -> float:
    """Return up to where peace is never worth less than war, at most as far as said."""
    if joins(party, task, reach):
        return reach
    low, high = 0.0, reach
    if not joins(party, task, 0.0):
        return 0.0
    while high - low >= _FINE:
        middle = (low + high) / 2
        if joins(party, task, middle):
            low = middle
        else:
            high = middle
    return low


@dense
def reaches(task: tuple[Rows, Kinds, Box], widest: float, found: Doubles) -> None:
    """Fill in how far ranges may be scaled before something fails, for each party.

    One after another is only looked at closely if it fails within what is left by
    those before it, which few do.

    Args:
        task: Rows of figures, kinds of clauses, and ranges.
        widest: As far as is looked.
        found: Takes a share for each party.
    """
    clauses = len(task[1][0])
    ways = np.empty(clauses, np.intp)
    many = ways_of(task[1], ways)
    known, of = np.empty((many, 4, 1)), np.empty(many)
    for party in range(len(found)):
        reach = widest
        of[:] = -1.0
        for clause in range(clauses):
            at, way = (party, clause), ways[clause]
            if of[way] != reach:
                a = low_end(task[0][5][party, 0], reach, task[2])
                known_at((known, way), at, (a, a), task, (reach, False))
                of[way] = reach
            value = sign_of(at, task, reach, (known, way))
            if value < 0.0:
                reach = _reach(at, task, (reach, value))
        found[party] = _joined(party, task, reach)
