"""Whether peace is worth more than war at every discount, in doubles."""

from typing import Final

import numpy as np

from pamiers.compliance.kernels.jit import dense, inlined
from pamiers.deterrence.loops.corner import (
    Box,
    Doubles,
    Kinds,
    Rows,
    high_end,
    low_end,
    stock_of,
)

_GRID: Final = 9
_REFINEMENTS: Final = 4
_SPLITS: Final = 60
_SLIGHT: Final = 1e-3  #: of a step


@inlined
def _errors(
    party: int, discount: float, task: tuple[Rows, Kinds, Box], share: float
) -> float:
    """Return the most that false alarms cost a complier per period."""
    rows, kinds, box = task
    total, log = 0.0, np.log(discount)
    last, stock = -1, 0.0
    before, waned = -1.0, 0.0
    for clause in range(len(kinds[0])):
        alike = last >= 0
        for step in range(rows[4].shape[0]):
            alike &= last >= 0 and kinds[1][clause, step] == kinds[1][last, step]
        if not alike:
            stock = stock_of((party, clause), discount, task, (share, True))
        last = clause
        false = high_end(rows[2][clause, 2], share, box)
        if false > 0.0 and stock > 0.0:
            lag = low_end(rows[2][clause, 3], share, box)
            if lag != before:
                before, waned = lag, np.exp(log * (lag + 1.0))
            total += false * stock * waned
    return total


@inlined
def _worth(
    party: int, discount: float, task: tuple[Rows, Kinds, Box], share: float
) -> float:
    """Return what peace is worth over war at one discount, all else at its worst."""
    own, box = task[0][5][party], task[2]
    spare = low_end(own[1], share, box) - high_end(own[2], share, box)
    ahead = (spare - _errors(party, discount, task, share)) / (1.0 - discount)
    return float(ahead - high_end(own[3], share, box))


@dense
def taking_part(party: int, task: tuple[Rows, Kinds, Box], share: float) -> float:
    """Return the least worth of peace over war.

    Args:
        party: The party.
        task: Rows of figures, kinds of clauses, and ranges.
        share: 1 for the ranges as stated.

    Returns:
        The worth [unit of payoff].
    """
    discounts = task[0][5][party, 0]
    a, b = low_end(discounts, share, task[2]), high_end(discounts, share, task[2])
    least = _worth(party, a, task, share)
    for turn in range(_REFINEMENTS if b > a else 0):
        best, top = 0, np.inf
        for i in range(_GRID):
            each = _worth(party, a + (b - a) * i / (_GRID - 1), task, share)
            if each < top:
                best, top = i, each
        least = min(least, top)
        step = (b - a) / (_GRID - 1)
        if turn == 0 and best in (0, _GRID - 1):
            d = a + step * (best + (_SLIGHT if best == 0 else -_SLIGHT))
            if _worth(party, d, task, share) >= top:
                break
        a, b = a + max(best - 1, 0) * step, a + min(best + 1, _GRID - 1) * step
    return least


@dense
def joins(party: int, task: tuple[Rows, Kinds, Box], share: float) -> bool:
    """Tell whether peace is never worth less than war.

    What errors cost rises with the discount, so that a span of discounts is safe if
    the cost at its end, over what its beginning is short of one, leaves enough; spans
    that this does not settle are halved.

    Args:
        party: The party.
        task: Rows of figures, kinds of clauses, and ranges.
        share: 1 for the ranges as stated.

    Returns:
        Whether it is at least 0 at every discount.
    """
    rows, _, box = task
    own = rows[5][party]
    spare = low_end(own[1], share, box) - high_end(own[2], share, box)
    first = high_end(own[3], share, box)
    a, last = low_end(own[0], share, box), high_end(own[0], share, box)
    if (spare - _errors(party, a, task, share)) / (1.0 - a) < first:
        return False
    b, worth = last, spare - _errors(party, last, task, share)
    if worth / (1.0 - last) < first:
        return False
    for _ in range(_SPLITS):
        if worth >= 0.0 and worth / (1.0 - a) >= first:
            if b >= last:
                return True
            a, b = b, last
        else:
            b = (a + b) / 2
        worth = spare - _errors(party, b, task, share)
        if worth / (1.0 - b) < first:
            return False
    return True


@dense
def worths(task: tuple[Rows, Kinds, Box], found: Doubles) -> None:
    """Fill in the least worths of taking part (P,)."""
    for party in range(len(found)):
        found[party] = taking_part(party, task, 1.0)
