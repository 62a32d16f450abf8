"""Worst corners one clause at a time, in doubles.

Where alarms find breaches at least as often as they accuse compliers, a margin over
d^lag rises with the discount d, for any lag and length, since d (1 - d^n) / (1 - d)
rises and (d^-n - 1) / (1 - d) falls. So its sign at the lowest discount decides for
all, and where it is not below 0 there it is least there; so is a breach that pays once.
Only elsewhere are discounts searched.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.kernels.jit import dense, inlined

Doubles = NDArray[np.float64]
Places = NDArray[np.intp]
#: gains (P, C); means (P, C, M); verification, attribution, false alarms and lag
#: (C, 4); losses (P, S); after, lasts, credibility, cost and worth (S, 5); discount,
#: peace, war and first strike (P, 4); correlation (1,)
Rows = tuple[Places, Places, Places, Places, Places, Places, Places]
#: whether breaches stand (C,), which steps answer them (C, S)
Kinds = tuple[NDArray[np.bool_], NDArray[np.bool_]]
#: lowest, likeliest, highest figures, and the least and most they can be; (n,) each
Box = tuple[Doubles, Doubles, Doubles, Doubles, Doubles]

_GRID: Final = 9
_REFINEMENTS: Final = 4
_HALVINGS: Final = 40
_FINE: Final = 1e-6
_SPLITS: Final = 60
_SLIGHT: Final = 1e-3  #: of a step
_SIGN, _VALUE = 0, 1  #: whether only the sign of a margin counts, or its value


@inlined
def _low(row: int, share: float, box: Box) -> float:
    """Return the low end of a figure, its range scaled about the likeliest."""
    return float(max(box[1][row] - share * (box[1][row] - box[0][row]), box[3][row]))


@inlined
def _high(row: int, share: float, box: Box) -> float:
    return float(min(box[1][row] + share * (box[2][row] - box[1][row]), box[4][row]))


@inlined
def _summed(discount: float, length: float) -> float:
    """Return 1 + d + ... + d^(length - 1)."""
    return float(-np.expm1(length * np.log(discount)) / (1.0 - discount))


@inlined
def _margin(
    stakes: tuple[float, float, float, float, float],
    discount: float,
    standing: bool,  # noqa: FBT001 - compiled loops take no keywords
) -> float:
    """Return a margin from gain, detection, false alarms, lag and stock of loss."""
    gain, sure, false, lag, stock = stakes
    late = discount ** (lag + 1.0) * stock
    if not standing:
        return float(late * (sure - false) - gain)
    paid = gain * (1.0 + sure * discount * _summed(discount, lag))
    return float((late * (sure - false) - paid) / (1.0 - discount * (1.0 - sure)))


@inlined
def _stock(
    at: tuple[int, int],
    discount: float,
    task: tuple[Rows, Kinds, Box],
    how: tuple[float, bool],
) -> float:
    """Return the stock of loss of one clause, the response weakest or strongest."""
    party, clause = at
    rows, kinds, box = task
    share, strong = how
    total = 0.0
    for step in range(rows[4].shape[0]):
        if not kinds[1][clause, step]:
            continue
        after, lasts, sure, cost, worth = rows[4][step]
        loss = rows[3][party, step]
        if strong:
            if _low(cost, share, box) > _high(worth, share, box):
                continue
            force = _high(sure, share, box) * _high(loss, share, box)
            force *= _summed(discount, _high(lasts, share, box))
            total += force * discount ** _low(after, share, box)
        else:
            if _high(cost, share, box) > _low(worth, share, box):
                continue
            force = _low(sure, share, box) * _low(loss, share, box)
            force *= _summed(discount, _low(lasts, share, box))
            total += force * discount ** _high(after, share, box)
    return total


@inlined
def _found(at: tuple[int, int], task: tuple[Rows, Kinds, Box], share: float) -> float:
    """Return the least detection of a breach, laid to the right side."""
    party, clause = at
    rows, _, box = task
    missed, most = 1.0, 0.0
    for k in range(rows[1].shape[2]):
        if rows[1][party, clause, k] >= 0:
            each = _low(rows[1][party, clause, k], share, box)
            missed *= 1.0 - each
            most = max(most, each)
    both = _high(rows[6][0], share, box)
    sure = (1.0 - both) * (1.0 - missed) + both * most
    sure *= _low(rows[2][clause, 0], share, box)
    return sure * _low(rows[2][clause, 1], share, box)


@dense
def keeping(
    at: tuple[int, int], task: tuple[Rows, Kinds, Box], share: float, exact: int
) -> float:
    """Return the least margin of one clause; its sign alone for `_SIGN`.

    Args:
        at: Party and clause.
        task: Rows of figures, kinds of clauses, and ranges.
        share: 1 for the ranges as stated.
        exact: `_VALUE` or `_SIGN`.

    Returns:
        The least margin [unit of payoff].
    """
    party, clause = at
    rows, kinds, box = task
    others, standing = rows[2], kinds[0][clause]
    discounts = rows[5][party, 0]
    low, high = _low(discounts, share, box), _high(discounts, share, box)
    gain, sure = _high(rows[0][party, clause], share, box), _found(at, task, share)
    false = _high(others[clause, 2], share, box)
    lag = _high(others[clause, 3], share, box)
    stock = _stock(at, low, task, (share, False))
    least = _margin((gain, sure, false, lag, stock), low, standing)
    usual = sure >= false
    if usual and (least >= 0.0 or exact == _SIGN or not standing or high <= low):
        return least
    for turned in range(1 if usual else 4):
        own = _low(others[clause, 3], share, box) if turned % 2 else lag
        figures = gain, sure, false, own
        least = min(least, _over(at, figures, (low, high), task, (share, turned > 1)))
    return least


@inlined
def _over(
    at: tuple[int, int],
    figures: tuple[float, float, float, float],
    ends: tuple[float, float],
    task: tuple[Rows, Kinds, Box],
    how: tuple[float, bool],
) -> float:
    """Return the least margin over a span of discounts, all else at a corner."""
    gain, sure, false, lag = figures
    a, b = ends
    least = np.inf
    for turn in range(_REFINEMENTS):
        best, top = 0, np.inf
        for i in range(_GRID):
            d = a + (b - a) * i / (_GRID - 1)
            stock = _stock(at, d, task, how)
            each = _margin((gain, sure, false, lag, stock), d, task[1][0][at[1]])
            if each < top:
                best, top = i, each
        least = min(least, top)
        if b <= a:
            break
        step = (b - a) / (_GRID - 1)
        if turn == 0 and best in (0, _GRID - 1):
            # an end that is left upwards is the least nearby
            d = a + step * (best + (_SLIGHT if best == 0 else -_SLIGHT))
            stock = _stock(at, d, task, how)
            each = _margin((gain, sure, false, lag, stock), d, task[1][0][at[1]])
            if each >= top:
                break
        a, b = a + max(best - 1, 0) * step, a + min(best + 1, _GRID - 1) * step
    return least


@inlined
def _errors(
    party: int, discount: float, task: tuple[Rows, Kinds, Box], share: float
) -> float:
    """Return the most that false alarms cost a complier per period."""
    rows, kinds, box = task
    total, log = 0.0, np.log(discount)
    last, stock = -1, 0.0
    for clause in range(len(kinds[0])):
        alike = last >= 0
        for step in range(rows[4].shape[0]):
            alike &= last >= 0 and kinds[1][clause, step] == kinds[1][last, step]
        if not alike:
            stock = _stock((party, clause), discount, task, (share, True))
        last = clause
        false = _high(rows[2][clause, 2], share, box)
        if false > 0.0 and stock > 0.0:
            lag = _low(rows[2][clause, 3], share, box)
            total += false * stock * np.exp(log * (lag + 1.0))
    return total


@inlined
def _worth(
    party: int, discount: float, task: tuple[Rows, Kinds, Box], share: float
) -> float:
    """Return what peace is worth over war at one discount, all else at its worst."""
    own, box = task[0][5][party], task[2]
    spare = _low(own[1], share, box) - _high(own[2], share, box)
    ahead = (spare - _errors(party, discount, task, share)) / (1.0 - discount)
    return float(ahead - _high(own[3], share, box))


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
    a, b = _low(discounts, share, task[2]), _high(discounts, share, task[2])
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
    spare = _low(own[1], share, box) - _high(own[2], share, box)
    first = _high(own[3], share, box)
    a, last = _low(own[0], share, box), _high(own[0], share, box)
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
def corners(task: tuple[Rows, Kinds, Box], margins: Doubles, parts: Doubles) -> None:
    """Fill in the least margins (P, C) and the least worths of taking part (P,)."""
    for party in range(margins.shape[0]):
        for clause in range(margins.shape[1]):
            margins[party, clause] = keeping((party, clause), task, 1.0, _VALUE)
        parts[party] = taking_part(party, task, 1.0)


@inlined
def _fails(at: tuple[int, int], task: tuple[Rows, Kinds, Box], share: float) -> bool:
    """Tell whether a clause fails, or taking part where the clause is below 0."""
    if at[1] < 0:
        return not joins(at[0], task, share)
    return keeping(at, task, share, _SIGN) < 0.0


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
    for party in range(len(found)):
        reach = widest
        for turn in range(clauses + 1):
            at = (party, turn if turn < clauses else -1)
            if not _fails(at, task, reach):
                continue
            low, high = 0.0, reach
            if _fails(at, task, 0.0):
                reach = 0.0
                break
            for _ in range(_HALVINGS):
                if high - low < _FINE:
                    break
                middle = (low + high) / 2
                if _fails(at, task, middle):
                    high = middle
                else:
                    low = middle
            reach = low
        found[party] = reach


@dense
def swings(
    at: tuple[int, int],
    task: tuple[Rows, Kinds, Box],
    moved: Places,
    found: Doubles,
) -> None:
    """Fill in a margin with one figure after another at its ends, shape (m, 2).

    Args:
        at: Party and clause.
        task: Rows of figures, kinds of clauses, and ranges.
        moved: Which figures move, shape (m,).
        found: Takes the margins.
    """
    rows, kinds, box = task
    still = box[1].copy()
    narrow = (still, still, still, box[3], box[4])
    for i in range(len(moved)):
        for end in range(2):
            row = moved[i]
            still[row] = box[2 * end][row]
            found[i, end] = keeping(at, (rows, kinds, narrow), 0.0, _VALUE)
            still[row] = box[1][row]
