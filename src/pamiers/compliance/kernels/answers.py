"""What came after of the same id."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Dated = tuple[Ints, Ints]  #: times, ascending [s], and ids

#: ids spread over no more than this many per fact are used as they are
_SPREAD: Final = 8
_FEW: Final = 1_024


def first_after(asked: Dated, given: Dated, *, loops: bool = False) -> Ints:
    """Return, for each fact, the number of the first act of its id at or after it.

    Args:
        asked: Times and ids of what must be answered.
        given: Times and ids of acts.
        loops: Compiled loops rather than numpy.

    Returns:
        Numbers of acts, -1 for none, shape (n,). Of several acts at one instant,
        the first listed.
    """
    mine, theirs, many = _coded(asked[1], given[1], loops=loops)
    if loops:
        from pamiers.compliance.kernels.loops import counting  # noqa: PLC0415 - numba

        found = np.empty(len(mine), dtype=np.int64)
        counting.next_times((asked[0], mine), (given[0], theirs), many, found)
        return found
    order = np.lexsort((given[0], theirs))
    at = _places((mine, asked[0]), (theirs[order], given[0][order]), many)
    inside = at < len(order)
    act = order[np.where(inside, at, 0)] if len(order) else np.zeros(len(at), np.int64)
    if not len(order):
        return np.full(len(at), -1, dtype=np.int64)
    return np.where(inside & (theirs[act] == mine), act, -1).astype(np.int64)


def unanswered(
    asked: Dated,
    given: Dated,
    chances: tuple[Floats, Floats],
    within_s: int,
    *,
    loops: bool = False,
) -> tuple[Ints, Floats]:
    """Return the first act after each fact, and the chance that none was in time.

    Args:
        asked: Times and ids of what must be answered.
        given: Times and ids of acts.
        chances: Probabilities of the one and of the other, all independent.
        within_s: Time allowed, both ends included [s].
        loops: Compiled loops rather than numpy; equal to within rounding.

    Returns:
        What `first_after` gives, and the chance that each fact was and no act of its
        id followed in time, each of shape (n,).
    """
    found, acts = chances[0].astype(np.float64), chances[1].astype(np.float64)
    mine, theirs, many = _coded(asked[1], given[1], loops=loops)
    if loops:
        from pamiers.compliance.kernels.loops import counting  # noqa: PLC0415 - numba

        first = np.empty(len(mine), dtype=np.int64)
        counting.unanswered(
            (asked[0], mine, found),
            (given[0], theirs, acts),
            (many, within_s),
            first,
            found,
        )
        return first, found
    order = np.lexsort((given[0], theirs))
    ids, times, acts = theirs[order], given[0][order], acts[order]
    at = _places((mine, asked[0]), (ids, times), many)
    while len(order):
        held = np.minimum(at, len(order) - 1)
        late = times[held] > asked[0] + within_s
        open_ = (at < len(order)) & (ids[held] == mine) & ~late
        if not open_.any():
            break
        found[open_] *= 1.0 - acts[held[open_]]
        at = at + open_
    return first_after(asked, given), found


def _coded(mine: Ints, theirs: Ints, *, loops: bool) -> tuple[Ints, Ints, int]:
    """Return ids as small numbers from 0, and how many there may be.

    By loops, an id of one side that is none of the other's may be -1.
    """
    both = len(mine) + len(theirs)
    if not both:
        return mine, theirs, 1
    least = min(int(ids.min()) for ids in (mine, theirs) if len(ids))
    most = max(int(ids.max()) for ids in (mine, theirs) if len(ids))
    if most - least < _SPREAD * both + _FEW:
        return mine - least, theirs - least, most - least + 1
    if loops:
        return _hashed(mine, theirs)
    names, codes = np.unique(np.concatenate([mine, theirs]), return_inverse=True)
    codes = codes.astype(np.int64)
    return codes[: len(mine)], codes[len(mine) :], len(names)


def _hashed(mine: Ints, theirs: Ints) -> tuple[Ints, Ints, int]:
    """Return ids as small numbers by way of a table of the shorter side's.

    What is asked is often a tenth of what is done; its table then stays in cache.
    """
    from pamiers.compliance.kernels.loops import counting  # noqa: PLC0415 - numba

    turned = len(mine) < len(theirs)
    some, others = (mine, theirs) if turned else (theirs, mine)
    slots = np.full(1 << (2 * len(some) + 2).bit_length(), -1, dtype=np.int64)
    found = np.empty(len(some), np.int64), np.empty(len(others), np.int64)
    many = max(counting.coded(some, others, slots, found), 1)
    return (*(found if turned else found[::-1]), many)


def _places(asked: Dated, given: Dated, many: int) -> Ints:
    """Return where (id, time) would stand among acts sorted by id, then time."""
    every = np.concatenate([asked[1], given[1]])
    start = int(every.min()) if len(every) else 0
    span = int(every.max()) - start + 1 if len(every) else 1
    if many <= np.iinfo(np.int64).max // span:
        keys = given[0] * span + (given[1] - start)
        return np.searchsorted(keys, asked[0] * span + (asked[1] - start), side="left")
    instants = np.unique(every)
    return _places(
        (asked[0], np.searchsorted(instants, asked[1])),
        (given[0], np.searchsorted(instants, given[1])),
        many,
    )
