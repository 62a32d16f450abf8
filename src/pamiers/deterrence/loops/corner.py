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
_SLIGHT: Final = 1e-3  #: of a step


@inlined
def low_end(row: int, share: float, box: Box) -> float:
    """Return the low end of a figure, its range scaled about the likeliest."""
    return float(max(box[1][row] - share * (box[1][row] - box[0][row]), box[3][row]))


@inlined
def high_end(row: int, share: float, box: Box) -> float:
    """Return the high end of a figure, its range scaled about the likeliest."""
    return float(min(box[1][row] + share * (box[2][row] - box[1][row]), box[4][row]))


@inlined
def _summed(discount: float, length: float) -> float:
    """Return 1 + d + ... + d^(length - 1)."""
    return float(-np.expm1(length * np.log(discount)) / (1.0 - discount))


@inlined
def _ahead(
    stakes: tuple[float, float, float, float],
    column: tuple[float, float, float, float],
    standing: bool,  # noqa: FBT001 - compiled loops take no keywords
    waned: float,
) -> float:
    """Return a margin before it is divided by what the next period keeps of it.

    Args:
        stakes: Gain, detection, false alarms and lag.
        column: A discount d, its logarithm, 1 / (1 - d), and the stock of loss.
        standing: Whether the gain is paid until a breach is answered.
        waned: d^lag - 1.

    Returns:
        The margin of a breach that pays once; that of one that stands times
        1 - d (1 - detection).
    """
    gain, sure, false, _ = stakes
    discount, _, over, stock = column
    late = discount * (1.0 + waned) * stock
    paid = gain - gain * sure * discount * over * waned if standing else gain
    return float(late * (sure - false) - paid)


@inlined
def _margin(
    stakes: tuple[float, float, float, float],
    column: tuple[float, float, float, float],
    standing: bool,  # noqa: FBT001 - compiled loops take no keywords
) -> float:
    """Return a margin from gain, detection, false alarms and lag."""
    ahead = _ahead(stakes, column, standing, np.expm1(stakes[3] * column[1]))
    if standing:
        ahead /= 1.0 - column[0] * (1.0 - stakes[1])
    return float(ahead)


@inlined
def _side(
    stakes: tuple[float, float, float, float],
    column: tuple[float, float, float, float],
    standing: bool,  # noqa: FBT001 - compiled loops take no keywords
) -> float:
    """Return a number of the sign of a margin, found as often as not false.

    What lasts d^lag rises the margin and lies between 1 + x and 1 + x + x x / 2 for
    x = lag log d; most signs need no power.
    """
    power = stakes[3] * column[1]
    under = _ahead(stakes, column, standing, power)
    if under >= 0.0:
        return under
    over = _ahead(stakes, column, standing, power + power * power / 2)
    if over < 0.0:
        return over
    return _ahead(stakes, column, standing, np.expm1(power))


@inlined
def stock_of(
    at: tuple[int, int],
    discount: float,
    task: tuple[Rows, Kinds, Box],
    how: tuple[float, bool],
) -> float:
    """Return the stock of loss of one clause.

    Args:
        at: Party and clause.
        discount: Worth today of one unit next period.
        task: Rows of figures, kinds of clauses, and ranges.
        how: 1 for the ranges as stated; whether the response is at its strongest.

    Returns:
        The stock, seen from the start of the response [unit of payoff].
    """
    party, clause = at
    rows, kinds, box = task
    share, strong = how
    total = 0.0
    for step in range(rows[4].shape[0]):
        if not kinds[1][clause, step]:
            continue
        # one by one: a row of a table would be an object with a count of its users
        after, lasts, sure = rows[4][step, 0], rows[4][step, 1], rows[4][step, 2]
        cost, worth = rows[4][step, 3], rows[4][step, 4]
        loss = rows[3][party, step]
        if strong:
            if low_end(cost, share, box) > high_end(worth, share, box):
                continue
            force = high_end(sure, share, box) * high_end(loss, share, box)
            force *= _summed(discount, high_end(lasts, share, box))
            total += force * discount ** low_end(after, share, box)
        else:
            if high_end(cost, share, box) > low_end(worth, share, box):
                continue
            force = low_end(sure, share, box) * low_end(loss, share, box)
            force *= _summed(discount, low_end(lasts, share, box))
            total += force * discount ** high_end(after, share, box)
    return total


@inlined
def _found(at: tuple[int, int], task: tuple[Rows, Kinds, Box], share: float) -> float:
    """Return the least detection of a breach, laid to the right side."""
    party, clause = at
    missed, most = 1.0, 0.0
    for k in range(task[0][1].shape[2]):
        row = task[0][1][party, clause, k]
        if row >= 0:
            each = low_end(row, share, task[2])
            missed *= 1.0 - each
            most = max(most, each)
    both = high_end(task[0][6][0], share, task[2])
    sure = (1.0 - both) * (1.0 - missed) + both * most
    sure *= low_end(task[0][2][clause, 0], share, task[2])
    return sure * low_end(task[0][2][clause, 1], share, task[2])


@inlined
def known_at(
    room: tuple[Doubles, int],
    at: tuple[int, int],
    ends: tuple[float, float],
    task: tuple[Rows, Kinds, Box],
    how: tuple[float, bool],
) -> None:
    """Fill in discounts d, their logarithms, 1 / (1 - d), and stocks of loss.

    The lowest discount alone; or a grid from the lowest to the highest, and after it
    two that lie a little within its ends.

    Args:
        room: Room for several ways of answering, (ways, 4, n); and which is this one.
        at: Party and a clause that is answered so.
        ends: The lowest and the highest discount.
        task: Rows of figures, kinds of clauses, and ranges.
        how: 1 for the ranges as stated; whether the response is at its strongest.
    """
    known, way = room
    a, b = ends
    for i in range(known.shape[2]):
        d = a + (b - a) * min(i, _GRID - 1) / (_GRID - 1)
        if i == _GRID:
            d = a + (b - a) * _SLIGHT / (_GRID - 1)
        elif i > _GRID:
            d = b - (b - a) * _SLIGHT / (_GRID - 1)
        known[way, 0, i], known[way, 1, i] = d, np.log(d)
        known[way, 2, i] = 1.0 / (1.0 - d)
        known[way, 3, i] = stock_of(at, d, task, how)


@inlined
def _least(
    at: tuple[int, int],
    task: tuple[Rows, Kinds, Box],
    share: float,
    known: tuple[Doubles, int],
) -> float:
    """Return the least margin of one clause.

    Args:
        at: Party and clause.
        task: Rows of figures, kinds of clauses, and ranges.
        share: 1 for the ranges as stated.
        known: What `known_at` fills in over the grid, the response at its weakest; and
            in which way the clause is answered.

    Returns:
        The least margin [unit of payoff].
    """
    standing = task[1][0][at[1]]
    figures = _figures(at, task, share)
    usual = figures[1] >= figures[2]
    least = _margin(figures, _column(known, 0), standing)
    if usual and (least >= 0.0 or not standing):
        return least
    if not usual:
        return _searched(at, task, share)
    return _over(at, figures, known, task, (share, False))


@inlined
def sign_of(
    at: tuple[int, int],
    task: tuple[Rows, Kinds, Box],
    share: float,
    known: tuple[Doubles, int],
) -> float:
    """Return a number of the sign of the least margin of one clause.

    Args:
        at: Party and clause.
        task: Rows of figures, kinds of clauses, and ranges.
        share: How far ranges are scaled.
        known: As for `_least`, of the lowest discount at least.

    Returns:
        The number; it changes steadily with the share.
    """
    figures = _figures(at, task, share)
    if figures[1] >= figures[2]:
        return _side(figures, _column(known, 0), task[1][0][at[1]])
    return _searched(at, task, share)


@inlined
def _figures(
    at: tuple[int, int], task: tuple[Rows, Kinds, Box], share: float
) -> tuple[float, float, float, float]:
    """Return the least favourable gain, detection, false alarms and lag."""
    gain = high_end(task[0][0][at[0], at[1]], share, task[2])
    false = high_end(task[0][2][at[1], 2], share, task[2])
    lag = high_end(task[0][2][at[1], 3], share, task[2])
    return gain, _found(at, task, share), false, lag


@dense
def _searched(
    at: tuple[int, int], task: tuple[Rows, Kinds, Box], share: float
) -> float:
    """Return the least margin over all discounts of a clause found less than false."""
    discounts, lags = task[0][5][at[0], 0], task[0][2][at[1], 3]
    ends = low_end(discounts, share, task[2]), high_end(discounts, share, task[2])
    gain, sure, false, lag = _figures(at, task, share)
    least, given = np.inf, np.empty((1, 4, _GRID + 2))
    for turned in range(4):
        own = low_end(lags, share, task[2]) if turned % 2 else lag
        how = share, turned > 1
        known_at((given, 0), at, ends, task, how)
        figures = gain, sure, false, own
        least = min(least, _over(at, figures, (given, 0), task, how))
    return least


@inlined
def _column(known: tuple[Doubles, int], at: int) -> tuple[float, float, float, float]:
    """Return a discount and what is known at it."""
    held, way = known
    return held[way, 0, at], held[way, 1, at], held[way, 2, at], held[way, 3, at]


@inlined
def _lowest(
    figures: tuple[float, float, float, float],
    known: tuple[Doubles, int],
    standing: bool,  # noqa: FBT001 - compiled loops take no keywords
) -> tuple[int, float]:
    """Return where on a grid a margin is least, and the margin."""
    best, least = 0, np.inf
    for i in range(_GRID):
        each = _margin(figures, _column(known, i), standing)
        if each < least:
            best, least = i, each
    return best, least


@inlined
def _over(
    at: tuple[int, int],
    figures: tuple[float, float, float, float],
    known: tuple[Doubles, int],
    task: tuple[Rows, Kinds, Box],
    how: tuple[float, bool],
) -> float:
    """Return the least margin over a span of discounts, all else at a corner."""
    standing = task[1][0][at[1]]
    best, least = _lowest(figures, known, standing)
    a, b = _column(known, 0)[0], _column(known, _GRID - 1)[0]
    if b <= a:
        return least
    if best in (0, _GRID - 1):
        # an end that is left upwards is the least nearby
        near = _column(known, _GRID if best == 0 else _GRID + 1)
        if _margin(figures, near, standing) >= least:
            return least
    return min(least, _refined(at, figures, (a, b, best), task, how))


@dense
def _refined(
    at: tuple[int, int],
    figures: tuple[float, float, float, float],
    span: tuple[float, float, int],
    task: tuple[Rows, Kinds, Box],
    how: tuple[float, bool],
) -> float:
    """Return the least margin near the best place of a grid, by finer grids."""
    a, b, best = span
    least, given = np.inf, np.empty((1, 4, _GRID))
    for _ in range(1, _REFINEMENTS):
        step = (b - a) / (_GRID - 1)
        a, b = a + max(best - 1, 0) * step, a + min(best + 1, _GRID - 1) * step
        known_at((given, 0), at, (a, b), task, how)
        best, each = _lowest(figures, (given, 0), task[1][0][at[1]])
        least = min(least, each)
    return least


@inlined
def ways_of(kinds: Kinds, found: Places) -> int:
    """Number the ways in which breaches are answered, and count them."""
    many = 0
    for clause in range(len(found)):
        found[clause] = -1
        for other in range(clause):
            alike = True
            for step in range(kinds[1].shape[1]):
                alike &= kinds[1][clause, step] == kinds[1][other, step]
            if alike:
                found[clause] = found[other]
                break
        if found[clause] < 0:
            found[clause] = many
            many += 1
    return many


@dense
def corners(task: tuple[Rows, Kinds, Box], margins: Doubles) -> None:
    """Fill in the least margins (P, C)."""
    parties, clauses = margins.shape
    ways = np.empty(clauses, np.intp)
    known = np.empty((ways_of(task[1], ways), 4, _GRID + 2))
    for party in range(parties):
        discounts = task[0][5][party, 0]
        ends = low_end(discounts, 1.0, task[2]), high_end(discounts, 1.0, task[2])
        filled = 0
        for clause in range(clauses):
            way = ways[clause]
            if way == filled:
                known_at((known, way), (party, clause), ends, task, (1.0, False))
                filled += 1
            given = known, way
            margins[party, clause] = _least((party, clause), task, 1.0, given)


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
    given = (rows, kinds, (still, still, still, box[3], box[4]))
    known = np.empty((1, 4, 1))
    for i in range(len(moved)):
        for end in range(2):
            row = moved[i]
            still[row] = box[2 * end][row]
            a = low_end(rows[5][at[0], 0], 0.0, given[2])
            known_at((known, 0), at, (a, a), given, (0.0, False))
            figures = _figures(at, given, 0.0)
            found[i, end] = _margin(figures, _column((known, 0), 0), kinds[0][at[1]])
            still[row] = box[1][row]
