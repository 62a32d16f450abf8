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
_SURE = np.float32(0.999)
_ROUGH = np.float32(4e-6)  #: what singles are off by, as a share of what is summed

#: of each clause and draw of a block: what breaking pays at most, and how the chance of
#: no alarm shrinks by it; shape (C, WIDE) each
Sheets = tuple[Singles, Singles]
#: of each draw: least loss, the chance of no false alarm, what breaking all clauses
#: pays, what that leaves of the chance, and the least of what shrinks it; (WIDE,) each
Lanes = tuple[Singles, Singles, Singles, Singles, Singles]
#: the same of the draws that are left, side by side, and the keys they are sorted by
Sorting = tuple[Singles, Singles, Words]


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
def _hides(shrinks: Singles, sure: Singles, false: Singles) -> None:
    """Fill in what a breach takes of the chance of quiet."""
    for i in range(len(shrinks)):
        shrinks[i] = (sure[i] - false[i]) / max(_ONE - false[i], _SLIGHT)


@inlined
def _lanes(
    lanes: Lanes, party: int, sheets: Sheets, late: Singles, false: Singles
) -> None:
    """Take one clause into what is known of each draw."""
    least, quiet, total, left, odd = lanes
    pays, shrinks = sheets
    for i in range(len(late)):
        least[party, i] = min(least[party, i], late[i])
        quiet[party, i] *= _ONE - false[i]
    for i in range(len(late)):
        total[party, i] += pays[i]
        left[party, i] *= _ONE - shrinks[i]
        odd[party, i] = min(odd[party, i], shrinks[i])


@inlined
def _sorted(keys: Words, pairs: NDArray[np.int32], wide: int) -> None:
    """Sort the rows of keys, the largest first, in every lane."""
    for k in range(len(pairs)):
        one, other = keys[pairs[k, 0]], keys[pairs[k, 1]]
        for i in range(wide):
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
    work = np.empty((WORK, WIDE + 1), np.float32)
    sheets = np.empty((2, parties, clauses, WIDE), np.float32)
    sorting = np.zeros((2, clauses, WIDE + 1), np.float32)
    keys = np.zeros((clauses, WIDE + 1), np.uint32)
    still = np.empty(WIDE, np.int32)
    lanes = np.empty((5, parties, WIDE), np.float32)
    for first in range(0, draws, WIDE):
        wide = min(WIDE, draws - first)
        lanes[:] = _ONE
        lanes[0], lanes[2] = np.float32(np.inf), _NONE
        for clause in range(clauses):
            _clause(
                (work, sheets[0], sheets[1]),
                (lanes[0], lanes[1], lanes[2], lanes[3], lanes[4]),
                tables,
                held,
                (clause, first, wide),
            )
        for party in range(parties):
            own = lanes[:, party]
            mine = found[party, first : first + wide]
            given = sheets[0, party], sheets[1, party]
            bound = most[party, first : first + wide]
            open_ = _settled(mine, given, own, (bound, work[0], still))
            if open_ == 0:
                continue
            room = sorting[0], sorting[1], keys
            _gathered(room, given, still[:open_], mask)
            _sorted(keys, pairs, open_)
            _told(mine, room, (own, bound, still[:open_]), (work, mask))


@inlined
def _clause(
    rooms: tuple[Singles, Singles, Singles],
    lanes: Lanes,
    tables: tuple[Table, Rows, Kinds],
    held: tuple[Singles, Singles, Singles, Singles],
    at: tuple[int, int, int],
) -> None:
    """Take one clause of a block of draws into the sheets of all parties."""
    work, pays, shrinks = rooms
    table, rows, kinds = tables
    log, short, over, stocks = held
    clause, first, wide = at
    end = first + wide
    sure, false, lag = work[0, :wide], work[4, :wide], work[5, :wide]
    power, late, gain = work[6, :wide], work[7, :wide], work[8, :wide]
    drawn(false, first, table, rows[2][clause, _FALSE])
    drawn(lag, first, table, rows[2][clause, _LAG])
    for party in range(len(log)):
        takes = shrinks[party, clause, :wide]
        if party == 0 or not kinds[2][clause]:
            watched(work, (table, rows), (party, clause, first, wide))
            _hides(takes, sure, false)
        else:
            takes[:] = shrinks[0, clause, :wide]
        stock = stocks[kinds[1][clause], party, first:end]
        drawn(gain, first, table, rows[0][party, clause])
        delayed(late, power, lag, (log[party, first:end], stock))
        own = pays[party, clause, :wide]
        patience = short[party, first:end], over[party, first:end]
        _pays(own, kinds[0][clause], (gain, power), patience)
        _lanes(lanes, party, (own, takes), late, false)


@inlined
def _settled(
    found: NDArray[np.int8],
    sheets: Sheets,
    lanes: Singles,
    rooms: tuple[Singles, Singles, NDArray[np.int32]],
) -> int:
    """Settle what needs no sorting, and return how many draws are left.

    Whatever is found costs the largest loss at most, so that breaking everything may
    pay for sure. And it costs the least loss R at least: of a set whose chance of
    quiet is e^-A, R (1 - e^-A), which is concave in A. Up to where all that can be
    gained is lost it is at least A times its slope to there, and where no clause gains
    as much as that slope times its own share of A, no set pays; beyond, none does
    anyhow. The share of a clause is at least what it shrinks.
    """
    most, slope, still = rooms
    least, quiet, total, left, odd = lanes[0], lanes[1], lanes[2], lanes[3], lanes[4]
    open_ = np.int32(0)
    for i in range(len(found)):
        lost = most[i] * quiet[i] * (_ONE - left[i])
        lost += (most[i] - least[i]) * (_ONE - quiet[i])
        ahead = (_ONE - left[i]) * total[i] - lost - _ROUGH * (total[i] + most[i])
        pays = odd[i] >= _NONE and ahead > _NONE
        found[i] = _PAYS if pays else _OPEN
        open_ += np.int32(0) if pays else np.int32(1)
    if open_ == 0:
        return 0
    for i in range(len(found)):
        risk, rough = least[i] * quiet[i], _ROUGH * (total[i] + most[i])
        gone = min((total[i] + _TWO * rough) / max(risk, _SLIGHT), _ONE - left[i])
        share = gone / max(_hidden(max(min(gone, _SURE), _NONE)), _SLIGHT)
        usual = gone < _SURE and odd[i] >= _NONE
        slope[i] = risk * share if usual else _NONE
    return _unsettled(found, sheets, (total, most, slope), still)


@inlined
def _unsettled(
    found: NDArray[np.int8],
    sheets: Sheets,
    lanes: tuple[Singles, Singles, Singles],
    still: NDArray[np.int32],
) -> int:
    """Tell where no clause gains as much as a slope; list what is left, and count."""
    pays, shrinks = sheets
    total, most, slope = lanes
    ahead = np.full(len(found), -np.inf, np.float32)
    for clause in range(len(pays)):
        for i in range(len(found)):
            each = pays[clause, i] - slope[i] * shrinks[clause, i]
            ahead[i] = max(ahead[i], each)
    count = 0
    for i in range(len(found)):
        if found[i] == _PAYS:
            continue
        if ahead[i] < -_ROUGH * (total[i] + most[i]):
            found[i] = _HOLDS
            continue
        still[count] = i
        count += 1
    return count


@inlined
def _gathered(
    rooms: Sorting,
    sheets: Sheets,
    still: NDArray[np.int32],
    mask: np.uint32,
) -> None:
    """Fill in what is sorted: the draws that are left, side by side, and their keys.

    A key is the gain per unit of being found, with the clause in its low bits.
    """
    pays, shrinks, keys = rooms
    rest = np.uint32(~mask)
    for clause in range(len(keys)):
        gains, takes, own = pays[clause], shrinks[clause], keys[clause]
        for i in range(len(still)):
            gains[i] = sheets[0][clause, still[i]]
            takes[i] = sheets[1][clause, still[i]]
        for i in range(len(still)):
            hidden = max(_hidden(max(takes[i], _NONE)), _SLIGHT)
            ratio = max(gains[i], _NONE) / hidden
            bits = np.uint32(np.float32(ratio).view(np.uint32))
            own[i] = np.uint32(np.uint32(bits & rest) | np.uint32(clause))


@inlined
def _told(
    found: NDArray[np.int8],
    rooms: Sorting,
    given: tuple[Singles, Singles, NDArray[np.int32]],
    marks: tuple[Singles, np.uint32],
) -> None:
    """Tell of each draw that is left whether a breach pays, does not, or may.

    Whatever is found costs the least loss at least, which bounds what a breach pays;
    a standing gain goes on only once something is found, for sure at most.
    """
    lanes, bound, still = given
    work, mask = marks
    count = len(still)
    for i in range(count):
        work[0, i] = lanes[0, still[i]] * lanes[1, still[i]]
    work[0, count : count + 1] = _NONE  # two lanes at a time: the last may be alone
    _best(rooms, work, (count, mask))
    for i in range(count):
        at = still[i]
        loss, quiet, odd, most = lanes[0, at], lanes[1, at], lanes[4, at], bound[at]
        worth, sums, left = work[1, i], work[2, i], work[3, i]
        rough = _ROUGH * (sums + most)
        lost = most * quiet * (_ONE - left) + (most - loss) * (_ONE - quiet)
        if odd < _NONE:
            continue
        if worth < -rough:
            found[at] = _HOLDS
        elif (_ONE - left) * sums > lost + rough:
            found[at] = _PAYS


@inlined
def _best(rooms: Sorting, work: Singles, given: tuple[int, np.uint32]) -> None:
    """Find for each lane the prefix that pays most, under the loss in the first row.

    Leaves its worth, what it pays and the chance of no alarm in the next rows of the
    work. Two lanes at a time: one alone would wait for each sum in turn.
    """
    pays, shrinks, keys = rooms
    count, mask = given
    risk, worth, sums, left = work[0], work[1], work[2], work[3]
    for i in range(0, count, 2):
        j = i + 1
        run_i, run_j, rest_i, rest_j = _NONE, _NONE, _ONE, _ONE
        top_i, top_j = -np.float32(np.inf), -np.float32(np.inf)
        sum_i, sum_j, left_i, left_j = _NONE, _NONE, _ONE, _ONE
        for rank in range(len(keys)):
            one = np.intp(np.uint32(keys[rank, i] & mask))
            two = np.intp(np.uint32(keys[rank, j] & mask))
            run_i += pays[one, i]
            run_j += pays[two, j]
            rest_i *= _ONE - shrinks[one, i]
            rest_j *= _ONE - shrinks[two, j]
            each_i = run_i - risk[i] * (_ONE - rest_i)
            each_j = run_j - risk[j] * (_ONE - rest_j)
            if each_i > top_i:
                top_i, sum_i, left_i = each_i, run_i, rest_i
            if each_j > top_j:
                top_j, sum_j, left_j = each_j, run_j, rest_j
        worth[i], sums[i], left[i] = top_i, sum_i, left_i
        worth[j], sums[j], left[j] = top_j, sum_j, left_j
