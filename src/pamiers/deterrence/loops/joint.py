"""Whether breaking clauses together pays, for all draws, many of them side by side.

A network of exchanges sorts as many draws as fit into a vector, clause against clause.
What is sorted is gain per unit of -ln(1 - detection) with the clause in its low bits,
so that an exchange is a least and a most of two whole numbers.

Source: Batcher (1968), Sorting networks and their applications, for the exchanges.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.kernels.jit import dense, inlined
from pamiers.deterrence.loops.lots import Singles, Table, Words, drawn
from pamiers.deterrence.loops.sweep import WORK, Kinds, Rows, delayed, watched

WIDE: Final = 256  #: draws whose figures are held at once, and sorted side by side
_HOLDS, _PAYS, _OPEN = np.int8(0), np.int8(1), np.int8(2)

_FALSE, _LAG = 2, 3
_ONE, _TWO, _NONE = np.float32(1.0), np.float32(2.0), np.float32(0.0)
_LN_2, _ROOT = np.float32(0.69314718), np.float32(1.41421356)
_HALF, _SMALL = np.float32(0.5), np.float32(0.29)
_MANTISSA, _ONE_BITS = np.int32(0x7FFFFF), np.int32(0x3F800000)
_SHIFT, _BIAS = np.int32(23), np.int32(127)
_3, _5, _7 = (np.float32(1 / each) for each in (3.0, 5.0, 7.0))
_SLIGHT = np.float32(1e-30)
_ROUGH = np.float32(4e-6)  #: what singles are off by, as a share of what is summed

#: of each clause and draw of a block: what breaking pays at most, how the chance of no
#: alarm shrinks by it, and the key it is sorted by; shape (C, WIDE) each
Sheets = tuple[Singles, Singles, Words]
#: of each draw: least loss, a bound on the largest, and the chance of no false alarm
Lanes = tuple[Singles, Singles, Singles]


@inlined
def _hidden(more: np.float32) -> np.float32:
    """Return -ln(1 - more) for a share of at least 0 and below 1."""
    left = max(_ONE - more, _SLIGHT)
    bits = np.int32(np.float32(left).view(np.int32))
    part = np.int32(np.int32(bits & _MANTISSA) | _ONE_BITS).view(np.float32)
    turns = np.float32(np.int32(np.int32(bits >> _SHIFT) - _BIAS))
    large = part > _ROOT
    part = part * _HALF if large else part
    turns = turns + _ONE if large else turns
    close = more < _SMALL
    above = -more if close else part - _ONE
    below = _TWO - more if close else part + _ONE
    turns = _NONE if close else turns
    ratio = above / below
    square = ratio * ratio
    series = _ONE + square * (_3 + square * (_5 + square * _7))
    return -(_TWO * ratio * series + turns * _LN_2)


@inlined
def _pays(
    pays: Singles,
    standing: bool,  # noqa: FBT001 - compiled loops take no keywords
    given: tuple[Singles, Singles],
    patience: tuple[Singles, Singles],
) -> None:
    """Fill in what breaking one clause pays, if something is found for sure."""
    gain, power = given
    short, over = patience
    if not standing:
        pays[:] = gain
        return
    for i in range(len(pays)):
        pays[i] = gain[i] * (_ONE - (power[i] + short[i]) * over[i])


@inlined
def _hides(shrinks: Singles, hidden: Singles, sure: Singles, false: Singles) -> None:
    """Fill in what a breach takes of the chance of quiet, and 1 / -ln of the rest."""
    for i in range(len(shrinks)):
        shrinks[i] = (sure[i] - false[i]) / max(_ONE - false[i], _SLIGHT)
    for i in range(len(shrinks)):
        hidden[i] = _ONE / max(_hidden(max(shrinks[i], _NONE)), _SLIGHT)


@inlined
def _lanes(least: Singles, quiet: Singles, late: Singles, false: Singles) -> None:
    for i in range(len(late)):
        least[i] = min(least[i], late[i])
        quiet[i] *= _ONE - false[i]


@inlined
def _key(
    keys: Words, pays: Singles, hidden: Singles, marks: tuple[np.uint32, np.uint32]
) -> None:
    """Put into keys the gain per unit of being found, with a clause in the low bits."""
    clause, mask = marks
    rest = np.uint32(~mask)
    for i in range(len(keys)):
        ratio = max(pays[i], _NONE) * hidden[i]
        bits = np.uint32(np.float32(ratio).view(np.uint32))
        keys[i] = np.uint32(np.uint32(bits & rest) | clause)


@inlined
def _sorted(keys: Words, pairs: NDArray[np.int32]) -> None:
    """Sort the rows of keys, the largest first, in every lane."""
    for k in range(len(pairs)):
        one, other = keys[pairs[k, 0]], keys[pairs[k, 1]]
        for i in range(WIDE):
            a, b = one[i], other[i]
            one[i] = max(a, b)
            other[i] = min(a, b)


@dense
def paying(
    tables: tuple[Table, Rows, Kinds],
    held: tuple[Singles, Singles, Singles, Singles],
    network: tuple[NDArray[np.int32], np.uint32, Singles],
    found: NDArray[np.int8],
) -> None:
    """Tell of every party and draw whether some breach of clauses together pays.

    Args:
        tables: Lots in singles, rows of figures, and kinds of the clauses.
        held: Of each draw and party, in singles; as for `swept`.
        network: Exchanges that sort as many rows as there are clauses; the mask of
            the bits that hold a clause; a bound on losses seen from now, shape (P, k).
        found: Takes 0 where none pays, 1 where one does, 2 where bounds do not tell;
            shape (P, k).
    """
    pairs, mask, most = network
    clauses, (parties, draws) = len(tables[2][0]), found.shape
    work = np.empty((WORK, WIDE), np.float32)
    pays = np.empty((parties, clauses, WIDE), np.float32)
    shrinks = np.empty((parties, clauses, WIDE), np.float32)
    keys = np.zeros((parties, clauses, WIDE), np.uint32)
    least, quiet = np.empty((2, parties, WIDE), np.float32)
    for first in range(0, draws, WIDE):
        wide = min(WIDE, draws - first)
        end = first + wide
        least[:], quiet[:] = np.float32(np.inf), _ONE
        for clause in range(clauses):
            _clause(
                (work, pays, shrinks, keys, least, quiet),
                tables,
                held,
                (clause, first, wide),
                mask,
            )
        for party in range(parties):
            _sorted(keys[party], pairs)
            _told(
                found[party, first:end],
                (pays[party], shrinks[party], keys[party]),
                (least[party], most[party, first:end], quiet[party]),
                (work, mask),
            )


@inlined
def _clause(
    rooms: tuple[Singles, Singles, Singles, Words, Singles, Singles],
    tables: tuple[Table, Rows, Kinds],
    held: tuple[Singles, Singles, Singles, Singles],
    at: tuple[int, int, int],
    mask: np.uint32,
) -> None:
    """Take one clause of a block of draws into the sheets of all parties."""
    work, pays, shrinks, keys, least, quiet = rooms
    table, rows, kinds = tables
    log, short, over, stocks = held
    clause, first, wide = at
    end = first + wide
    sure, false, lag = work[0, :wide], work[4, :wide], work[5, :wide]
    power, late, gain = work[6, :wide], work[7, :wide], work[8, :wide]
    hidden = work[1, :wide]  # `watched` has done with this room
    drawn(false, first, table, rows[2][clause, _FALSE])
    drawn(lag, first, table, rows[2][clause, _LAG])
    for party in range(len(log)):
        if party == 0 or not kinds[2][clause]:
            watched(work, (table, rows), (party, clause, first, wide))
            _hides(shrinks[party, clause, :wide], hidden, sure, false)
        else:
            shrinks[party, clause, :wide] = shrinks[0, clause, :wide]
        stock = stocks[kinds[1][clause], party, first:end]
        drawn(gain, first, table, rows[0][party, clause])
        delayed(late, power, lag, (log[party, first:end], stock))
        own = pays[party, clause, :wide]
        patience = short[party, first:end], over[party, first:end]
        _pays(own, kinds[0][clause], (gain, power), patience)
        _lanes(least[party, :wide], quiet[party, :wide], late, false)
        _key(keys[party, clause, :wide], own, hidden, (np.uint32(clause), mask))


@inlined
def _told(
    found: NDArray[np.int8],
    sheets: Sheets,
    lanes: Lanes,
    rooms: tuple[Singles, np.uint32],
) -> None:
    """Tell for each lane whether a breach pays, does not, or may.

    Whatever is found costs the least loss at least, which bounds what a breach pays;
    a standing gain goes on only once something is found, for sure at most.
    """
    work = rooms[0]
    worth, sums, left = work[0], work[1], work[2]
    _best(sheets, lanes, rooms)
    for i in range(len(found)):
        loss, most, quiet = lanes[0][i], lanes[1][i], lanes[2][i]
        rough = _ROUGH * (sums[i] + most)
        lost = most * quiet * (_ONE - left[i]) + (most - loss) * (_ONE - quiet)
        found[i] = _OPEN
        if work[3, i] < _NONE:
            continue
        if worth[i] < -rough:
            found[i] = _HOLDS
        elif (_ONE - left[i]) * sums[i] > lost + rough:
            found[i] = _PAYS


@inlined
def _best(sheets: Sheets, lanes: Lanes, rooms: tuple[Singles, np.uint32]) -> None:
    """Find for each lane the prefix that pays most, under the least loss.

    Leaves its worth, what it pays and the chance of no alarm in the first rows of the
    work; in the fourth the least of what shrinks that chance. Two lanes at a time: one
    alone would wait for each sum in turn.
    """
    pays, shrinks, keys = sheets
    work, mask = rooms
    worth, sums, left, odd = work[0], work[1], work[2], work[3]
    for i in range(0, WIDE, 2):
        j = i + 1
        run_i, run_j, rest_i, rest_j = _NONE, _NONE, _ONE, _ONE
        odd_i, odd_j = _ONE, _ONE
        risk_i, risk_j = lanes[0][i] * lanes[2][i], lanes[0][j] * lanes[2][j]
        top_i, top_j = -np.float32(np.inf), -np.float32(np.inf)
        sum_i, sum_j, left_i, left_j = _NONE, _NONE, _ONE, _ONE
        for rank in range(len(keys)):
            one = np.intp(np.uint32(keys[rank, i] & mask))
            two = np.intp(np.uint32(keys[rank, j] & mask))
            run_i += pays[one, i]
            run_j += pays[two, j]
            more_i, more_j = shrinks[one, i], shrinks[two, j]
            rest_i *= _ONE - more_i
            rest_j *= _ONE - more_j
            odd_i, odd_j = min(odd_i, more_i), min(odd_j, more_j)
            each_i = run_i - risk_i * (_ONE - rest_i)
            each_j = run_j - risk_j * (_ONE - rest_j)
            if each_i > top_i:
                top_i, sum_i, left_i = each_i, run_i, rest_i
            if each_j > top_j:
                top_j, sum_j, left_j = each_j, run_j, rest_j
        worth[i], sums[i], left[i], odd[i] = top_i, sum_i, left_i, odd_i
        worth[j], sums[j], left[j], odd[j] = top_j, sum_j, left_j, odd_j
