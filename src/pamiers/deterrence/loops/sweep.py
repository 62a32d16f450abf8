"""Margins of all draws, clause by clause, in one pass over draws that are never kept.

The formulas are those of `pamiers.deterrence.margins`. Draws are taken in blocks that
stay in the first cache, and each loop reads few arrays.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.kernels.jit import dense, inlined
from pamiers.deterrence.loops.choice import smallest_but
from pamiers.deterrence.loops.lots import Singles, Table, Words, drawn, drawn_once

Doubles = NDArray[np.float64]
Places = NDArray[np.intp]
Counts = NDArray[np.int64]

BLOCK: Final = 512
#: work arrays of a block: see `watched` and `against`
WORK: Final = 9

#: rows of figures: gains (P, C), means (P, C, M), others (C, 4), correlation (1,)
Rows = tuple[Places, Places, Places, Places]
#: of each draw and party, in doubles or singles: log of the discount, what it is short
#: of one, one over that, each (P, k); stocks of loss, (kinds, P, k)
Held = tuple[NDArray[np.floating], ...]
#: whether a clause's breach stands, which stock answers it, whether all parties are
#: watched alike, each (C,)
Kinds = tuple[NDArray[np.bool_], Places, NDArray[np.bool_]]

_VERIFIED, _ATTRIBUTED, _FALSE, _LAG = 0, 1, 2, 3
_ONE, _HALF = np.float32(1.0), np.float32(0.5)
_LOG2_E, _LN_2 = np.float32(1.44269504), np.float32(0.69314718)
_3, _4, _5, _6, _7 = (
    np.float32(1 / each) for each in (6.0, 24.0, 120.0, 720.0, 5040.0)
)
_BIAS, _SHIFT, _LEAST = np.int32(127), np.int32(23), np.float32(-126.0)


@inlined
def less_one(power: np.float32) -> np.float32:
    """Return e^power - 1 for a power of at most 0, to the last digits of a single."""
    turns = power * _LOG2_E
    whole = max(np.float32(np.floor(turns + _HALF)), _LEAST)
    rest = max((turns - whole) * _LN_2, -_ONE)
    small = _ONE + rest * (
        _HALF + rest * (_3 + rest * (_4 + rest * (_5 + rest * (_6 + rest * _7))))
    )
    scale = np.int32((np.int32(whole) + _BIAS) << _SHIFT).view(np.float32)
    return np.float32(scale * (rest * small) + (scale - _ONE))


@inlined
def watched(
    work: Singles, tables: tuple[Table, Rows], at: tuple[int, int, int, int]
) -> None:
    """Put into work[0] how surely a breach is found and laid to the right side.

    Args:
        work: Room for blocks of draws.
        tables: Lots and rows of figures.
        at: Party, clause, first draw and draws.
    """
    table, rows = tables
    party, clause, first, wide = at
    means, others, shared = rows[1], rows[2], rows[3]
    sure, each = work[0, :wide], work[1, :wide]
    missed, most = work[2, :wide], work[3, :wide]
    seen = 0
    for k in range(means.shape[2]):
        row = means[party, clause, k]
        if row < 0:
            continue
        seen += 1
        if seen == 1:
            drawn(sure, first, table, row)
            continue
        if seen == 2:  # noqa: PLR2004 - one means alone needs no joining
            _opened(sure, missed, most)
        drawn(each, first, table, row)
        _joined(each, missed, most)
    if seen == 0:
        sure[:] = np.float32(0.0)
    elif seen > 1:
        drawn(each, first, table, shared[0])
        _shared(sure, each, missed, most)
    for k in (_VERIFIED, _ATTRIBUTED):
        drawn(each, first, table, others[clause, k])
        _times(sure, each)


@inlined
def _opened(sure: Singles, missed: Singles, most: Singles) -> None:
    for i in range(len(sure)):
        missed[i] = _ONE - sure[i]
        most[i] = sure[i]


@inlined
def _joined(each: Singles, missed: Singles, most: Singles) -> None:
    for i in range(len(each)):
        missed[i] *= _ONE - each[i]
        most[i] = max(most[i], each[i])


@inlined
def _shared(sure: Singles, shared: Singles, missed: Singles, most: Singles) -> None:
    for i in range(len(sure)):
        alone = (_ONE - shared[i]) * (_ONE - missed[i])
        sure[i] = alone + shared[i] * most[i]


@inlined
def _times(sure: Singles, each: Singles) -> None:
    for i in range(len(sure)):
        sure[i] *= each[i]


@inlined
def delayed(
    late: Singles, power: Singles, lag: Singles, held: tuple[Singles, Singles]
) -> None:
    """Put into `late` the loss as seen from now, into `power` d^(lag + 1) - 1.

    Args:
        late: Takes the loss.
        power: Takes the power.
        lag: Lags [periods].
        held: Logarithms of the discount, and stocks of loss.
    """
    log, stock = held
    for i in range(len(power)):
        power[i] = less_one((lag[i] + _ONE) * log[i])
    for i in range(len(power)):
        late[i] = (_ONE + power[i]) * stock[i]


@inlined
def margins_of(
    out: Singles,
    standing: bool,  # noqa: FBT001 - compiled loops take no keywords
    given: tuple[Singles, Singles, Singles, Singles, Singles],
    patience: tuple[Singles, Singles],
) -> None:
    """Put margins into `out`.

    Args:
        out: Takes the margins.
        standing: Whether the gain is paid until a breach is answered.
        given: Gains, detection, false alarms, delayed losses, and d^(lag + 1) - 1.
        patience: What the discount is short of one, and one over that.
    """
    gain, sure, false, late, power = given
    short, over = patience
    for i in range(len(out)):
        out[i] = late[i] * (sure[i] - false[i]) - gain[i]
    if not standing:
        return
    for i in range(len(out)):
        unanswered = -(power[i] + short[i]) * over[i]
        paid = gain[i] * (sure[i] * unanswered)
        out[i] = (out[i] - paid) / (short[i] + (_ONE - short[i]) * sure[i])


@dense
def swept(
    tables: tuple[Table, Rows, Kinds],
    held: tuple[Singles, Singles, Singles, Singles],
    exactly: tuple[Words, Doubles, tuple[Doubles, Doubles, Doubles, Doubles]],
    fuzzy: Singles,
    found: tuple[Counts, Singles, Singles, Singles, Doubles],
) -> None:
    """Count the draws in which each margin is at least 0, and their spread.

    Args:
        tables: Lots in singles, rows of figures, and kinds of the clauses.
        held: Of each draw and party, in singles; see `Held`.
        exactly: Words, triangles and `Held` in doubles.
        fuzzy: Margins this near to 0 are decided in doubles, shape (P, C).
        found: Takes counts, lowest and tenth margins, each (P, C); of each draw the
            least margin, and the flow of peace less what errors cost, each (P, k).
    """
    table, rows, kinds = tables
    counts, lowest, tenth, least, kept = found
    parties, draws = least.shape
    row = np.empty((parties, draws), np.float32)
    ranks = np.empty(draws, np.int32)
    work = np.empty((WORK, BLOCK), np.float32)
    at = int(0.1 * (draws - 1))
    for clause in range(len(kinds[0])):
        for first in range(0, draws, BLOCK):
            wide = min(BLOCK, draws - first)
            _block(work, (table, rows, kinds), held, (row, kept), (clause, first, wide))
        for party in range(parties):
            mine, place = row[party], (party, clause)
            lowest[place], tenth[place] = smallest_but(mine, at, ranks)
            if _near(mine, fuzzy[place]):
                _decided(mine, fuzzy[place], exactly, (rows, kinds), place)
            counts[place] = _held(mine)
            _lower(least[party], mine)


@inlined
def _block(
    work: Singles,
    tables: tuple[Table, Rows, Kinds],
    held: tuple[Singles, Singles, Singles, Singles],
    out: tuple[Singles, Doubles],
    at: tuple[int, int, int],
) -> None:
    """Compute the margins of a block of draws of one clause, for every party."""
    table, rows, kinds = tables
    log, short, over, stocks = held
    margins, kept = out
    clause, first, wide = at
    end = first + wide
    sure, false, lag = work[0, :wide], work[4, :wide], work[5, :wide]
    power, late, gain = work[6, :wide], work[7, :wide], work[8, :wide]
    drawn(false, first, table, rows[2][clause, _FALSE])
    drawn(lag, first, table, rows[2][clause, _LAG])
    for party in range(len(log)):
        if party == 0 or not kinds[2][clause]:
            watched(work, (table, rows), (party, clause, first, wide))
        stock = stocks[kinds[1][clause], party, first:end]
        drawn(gain, first, table, rows[0][party, clause])
        delayed(late, power, lag, (log[party, first:end], stock))
        margins_of(
            margins[party, first:end],
            kinds[0][clause],
            (gain, sure, false, late, power),
            (short[party, first:end], over[party, first:end]),
        )
        _by_error(kept[party, first:end], false, late)


@inlined
def _by_error(kept: Doubles, false: Singles, late: Singles) -> None:
    for i in range(len(kept)):
        kept[i] -= np.float64(false[i] * late[i])


@inlined
def _near(row: Singles, fuzzy: np.float32) -> int:
    """Return how many of a row are too near to 0 for singles to tell."""
    near = np.int32(0)
    for i in range(len(row)):
        near += np.int32(abs(row[i]) <= fuzzy)
    return int(near)


@inlined
def _held(row: Singles) -> int:
    count = np.int32(0)
    for i in range(len(row)):
        count += np.int32(row[i] >= np.float32(0.0))
    return int(count)


@inlined
def _lower(least: Singles, row: Singles) -> None:
    for i in range(len(row)):
        least[i] = min(least[i], row[i])


@dense
def _decided(
    row: Singles,
    fuzzy: np.float32,
    exactly: tuple[Words, Doubles, tuple[Doubles, Doubles, Doubles, Doubles]],
    tables: tuple[Rows, Kinds],
    at: tuple[int, int],
) -> None:
    """Put 0 or slightly less in place of margins that singles cannot decide."""
    for i in range(len(row)):
        if abs(row[i]) <= fuzzy:
            fine = _keeps(i, exactly, tables, at)
            row[i] = np.float32(0.0) if fine else np.float32(-1e-30)


@dense
def _keeps(
    number: int,
    exactly: tuple[Words, Doubles, tuple[Doubles, Doubles, Doubles, Doubles]],
    tables: tuple[Rows, Kinds],
    at: tuple[int, int],
) -> bool:
    """Tell, in doubles, whether the margin of one draw is at least 0."""
    words, triangles, held = exactly
    rows, kinds = tables
    party, clause = at
    gains, means, others, shared = rows
    log, short, over, stocks = held
    missed, most = 1.0, 0.0
    for k in range(means.shape[2]):
        if means[party, clause, k] >= 0:
            each = drawn_once(number, words, triangles, means[party, clause, k])
            missed *= 1.0 - each
            most = max(most, each)
    both = drawn_once(number, words, triangles, shared[0])
    sure = (1.0 - both) * (1.0 - missed) + both * most
    sure *= drawn_once(number, words, triangles, others[clause, _VERIFIED])
    sure *= drawn_once(number, words, triangles, others[clause, _ATTRIBUTED])
    false = drawn_once(number, words, triangles, others[clause, _FALSE])
    lag = drawn_once(number, words, triangles, others[clause, _LAG])
    gain = drawn_once(number, words, triangles, gains[party, clause])
    power = np.expm1((lag + 1.0) * log[party, number])
    late = (1.0 + power) * stocks[kinds[1][clause], party, number]
    ahead = late * (sure - false) - gain
    if kinds[0][clause]:
        unanswered = -(power + short[party, number]) * over[party, number]
        ahead -= gain * (sure * unanswered)
    return bool(ahead >= 0.0)
