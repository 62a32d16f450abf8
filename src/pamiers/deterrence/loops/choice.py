"""The k-th smallest of a row, by counting in passes that become vectors."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.kernels.jit import dense, inlined
from pamiers.deterrence.loops.lots import Singles

Ranks = NDArray[np.int32]

_ASIDE: Final = 0.7  #: standard errors: how far a guess is set aside
_TURNS: Final = 20  #: guesses by proportion; then the middle of what is left
_FEW: Final = 2  #: so many left are taken one by one
_SAMPLE: Final = 512  #: the first of a row, that tell where about to look
_WIDE: Final = 2.5  #: how many standard errors about that place
_SIGN, _REST = np.int32(31), np.int32(2**31 - 1)


@inlined
def _turned(bits: np.int32) -> np.int32:
    """Return the bits of a single as a number of its order, and the other way."""
    return np.int32(bits ^ np.int32(np.int32(bits >> _SIGN) & _REST))


@inlined
def _value(rank: int) -> np.float32:
    """Return the single of a rank."""
    return np.float32(np.int32(_turned(np.int32(rank))).view(np.float32))


@inlined
def _rank(value: float) -> int:
    """Return the rank of a single."""
    return int(_turned(np.float32(value).view(np.int32)))


@inlined
def _ranked(ranks: Ranks, row: Singles) -> tuple[int, int]:
    """Fill in ranks, and return the least and the most of them."""
    bits = row.view(np.int32)
    for i in range(len(ranks)):
        ranks[i] = _turned(bits[i])
    least, most = ranks[0], ranks[0]
    for i in range(len(ranks)):
        least, most = min(least, ranks[i]), max(most, ranks[i])
    return int(least), int(most)


@inlined
def _below(ranks: Ranks, limit: int) -> int:
    """Return how many ranks are below a limit."""
    count, top = np.int32(0), np.int32(limit)
    for i in range(len(ranks)):
        count += np.int32(ranks[i] < top)
    return int(count)


@dense
def smallest_but(row: Singles, at: int, ranks: Ranks) -> tuple[np.float32, np.float32]:
    """Return the least single of a row, and the one that `at` others come before.

    Args:
        row: Finite singles, at least one.
        at: How many come before, from 0 to one less than there are.
        ranks: Room for as many whole numbers.

    Returns:
        The same as sorted(row)[0] and sorted(row)[at].
    """
    low, high = _ranked(ranks, row)
    least, span = _value(low), (low, high, 0, len(row))
    if len(row) > 4 * _SAMPLE:
        share = at / len(row)
        aside = _WIDE * np.sqrt(share * (1.0 - share) * _SAMPLE) + 1.0
        some = ranks[:_SAMPLE]
        for place in (share * _SAMPLE - aside, share * _SAMPLE + aside):
            near = min(max(int(place), 0), _SAMPLE - 1)
            about = _found(some, near, 4, (low, high, 0, _SAMPLE))[0]
            if span[0] < about <= span[1]:
                span = _cut(ranks, at, about, span)
    low, high, before, _ = _found(ranks, at, _FEW, span)
    low = _least_from(ranks, low)
    while low < high and before < at:
        before = _below(ranks, low + 1)
        if before > at:
            break
        low = _least_from(ranks, low + 1)
    return least, _value(low)


@inlined
def _least_from(ranks: Ranks, limit: int) -> int:
    """Return the least rank that is not below a limit."""
    floor, least = np.uint32(np.int32(limit)), np.uint32(2**32 - 1)
    for i in range(len(ranks)):
        # what is below the limit turns over to the largest numbers
        least = min(least, np.uint32(np.uint32(ranks[i]) - floor))
    return limit + int(least)


@inlined
def _found(
    ranks: Ranks, at: int, few: int, span: tuple[int, int, int, int]
) -> tuple[int, int, int, int]:
    """Return a span of a few ranks in which the rank lies that `at` come before.

    A span is its least and its last rank, how many ranks come before, and how many
    come before its end.
    """
    turn = 0
    while span[0] < span[1] and (span[3] - span[2] > few):
        span = _cut(ranks, at, _guess(span, at, turn), span)
        turn += 1
    return span


@inlined
def _cut(
    ranks: Ranks, at: int, limit: int, span: tuple[int, int, int, int]
) -> tuple[int, int, int, int]:
    """Return the part of a span on the side of a limit where the rank lies."""
    count = _below(ranks, limit)
    if count <= at:
        return int(limit), span[1], count, span[3]
    return span[0], int(limit - 1), span[2], count


@inlined
def _guess(span: tuple[int, int, int, int], at: int, turn: int) -> int:
    """Return a rank above the least of a span to cut it at."""
    low, high, before, until = span
    middle = low + (high - low + 1) // 2
    if turn < _TURNS:
        a, b = np.float64(_value(low)), np.float64(_value(high))
        many = np.float64(until - before)
        place = at + 0.5 - before
        place += _ASIDE * np.sqrt(many) * (1.0 if turn % 2 else -1.0)
        middle = _rank(a + (b - a) * min(max(place, 0.3), many - 0.3) / many)
    return min(max(middle, low + 1), high)
