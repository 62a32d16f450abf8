"""How many reports there are about each: counts of cells that are hashed.

The count about a cell is of three cells by three in place and nine in time, itself in
the middle, and is taken in quarters of an octave: one report more or less seldom
changes what is believed about its neighbours.
"""

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pamiers.fusion.loops.index import place_in
from pamiers.fusion.loops.mark import compiled, inlined
from pamiers.fusion.loops.state import Floats, Ints

CELL_M: Final = 8_000.0
CELL_S: Final = 8 * 3_600.0
#: cells about one along time, and along either axis, on each side
LONG, WIDE = 4, 1
ABOUT: Final = (2 * LONG + 1) * (2 * WIDE + 1) ** 2
#: reports that even an empty cell is taken to hold
NOTHING: Final = 0.02
_STEPS: Final = 4.0  # of an octave
_HALF, _BITS = 1 << 19, 20
_FAR: Final = 500_000.0
_EMPTY: Final = -1


class Crowd(NamedTuple):
    """Cells by key, what is in them and about them."""

    origin: Floats  #: x, y [m], t [s]
    keys: Ints  #: key of each place in the table, -1 where there is none
    here: NDArray[np.int32]  #: reports in the cell
    about: NDArray[np.int32]  #: reports about it
    heads: NDArray[np.int32]  #: first report of the cell, -1: none
    after: NDArray[np.int32]  #: next report of the same cell, shape (n,)
    used: Ints  #: how many cells there are, shape (1,)


def crowd_of(origin: Floats, size: int, rows: int) -> Crowd:
    """Return counts of nothing.

    Args:
        origin: Where cells are counted from: x, y [m], t [s].
        size: How many reports it is to hold.
        rows: How many reports are numbered.

    Returns:
        Counts that `count_all` and `enter` add to.
    """
    cells = 1 << max(4, (2 * size).bit_length())
    return Crowd(
        origin=origin,
        keys=np.full(cells, _EMPTY, dtype=np.int64),
        here=np.zeros(cells, dtype=np.int32),
        about=np.zeros(cells, dtype=np.int32),
        heads=np.full(cells, -1, dtype=np.int32),
        after=np.full(rows, -1, dtype=np.int32),
        used=np.zeros(1, dtype=np.int64),
    )


@inlined
def _step(value: float, origin: float, size: float) -> int:
    return int(min(max(math.floor((value - origin) / size), -_FAR), _FAR))


@inlined
def _key(k: int, i: int, j: int) -> int:
    return (((k + _HALF) << _BITS | (i + _HALF)) << _BITS) | (j + _HALF)


@inlined
def key_at(x: float, y: float, t: float, crowd: Crowd) -> int:
    """Return the key of the cell of a place and time.

    Args:
        x: Easting [m].
        y: Northing [m].
        t: Instant [s].
        crowd: The counts.

    Returns:
        A number that no other cell has.
    """
    o = crowd.origin
    return _key(_step(t, o[2], CELL_S), _step(x, o[0], CELL_M), _step(y, o[1], CELL_M))


@inlined
def spot(key: int, crowd: Crowd) -> int:
    """Return where a key is in the table, or the empty place where it would be."""
    return place_in(key, crowd.keys)


@inlined
def neighbour(key: int, n: int) -> int:
    """Return the key of the n-th of the cells about one, counted from 0."""
    k, rest = n // (2 * WIDE + 1) ** 2 - LONG, n % (2 * WIDE + 1) ** 2
    i, j = rest // (2 * WIDE + 1) - WIDE, rest % (2 * WIDE + 1) - WIDE
    return key + (((k << _BITS) + i) << _BITS) + j


@inlined
def add_to(h: int, key: int, i: int, crowd: Crowd) -> None:
    """Put a report into the cell of a key.

    Args:
        h: Where the key is, or would be.
        key: The key.
        i: Number of the report.
        crowd: The counts.
    """
    if crowd.keys[h] == _EMPTY:
        crowd.keys[h] = key
        crowd.used[0] += 1
    crowd.here[h] += 1
    crowd.after[i] = crowd.heads[h]
    crowd.heads[h] = i


@inlined
def count_about(key: int, crowd: Crowd) -> int:
    """Return how many reports there are about a cell."""
    found = 0
    for n in range(ABOUT):
        h = spot(neighbour(key, n), crowd)
        if crowd.keys[h] != _EMPTY:
            found += crowd.here[h]
    return found


@compiled
def fill(x: Floats, y: Floats, t: Floats, crowd: Crowd) -> None:
    """Put reports into cells, without counting what is about these.

    Args:
        x: Eastings as they were reported [m], shape (n,).
        y: Northings [m].
        t: Middles of intervals [s].
        crowd: The counts.
    """
    for i in range(len(x)):
        key = key_at(x[i], y[i], t[i], crowd)
        add_to(spot(key, crowd), key, i, crowd)


@compiled
def count_all(crowd: Crowd) -> None:
    """Count how many reports there are about each cell."""
    for h in range(len(crowd.keys)):
        if crowd.keys[h] != _EMPTY:
            crowd.about[h] = count_about(crowd.keys[h], crowd)


@compiled
def keys_at(x: Floats, y: Floats, t: Floats, crowd: Crowd, found: Ints) -> None:
    """Write the key of the cell of each place and time.

    Args:
        x: Eastings [m], shape (n,).
        y: Northings [m].
        t: Instants [s].
        crowd: For where cells begin.
        found: Where keys are written.
    """
    for i in range(len(x)):
        found[i] = key_at(x[i], y[i], t[i], crowd)


@compiled
def densities(keys: Ints, upto: Ints, found: Floats) -> None:
    """Write how dense reports are about each cell [1 / m2 s].

    Args:
        keys: Of all cells that hold a report, ascending, shape (m,).
        upto: How many reports there are in all cells before each, shape (m + 1,).
        found: Where densities are written, shape (m,).
    """
    for n in range(0, ABOUT, 2 * WIDE + 1):  # cells in a row have keys in a row
        low = high = 0
        for c in range(len(keys)):
            first = neighbour(keys[c], n)
            while low < len(keys) and keys[low] < first:
                low += 1
            while high < len(keys) and keys[high] <= first + 2 * WIDE:
                high += 1
            found[c] += upto[high] - upto[low]
    for c in range(len(keys)):
        found[c] = density(found[c])


@compiled
def densities_at(x: Floats, y: Floats, t: Floats, crowd: Crowd, found: Floats) -> None:
    """Write how dense reports are about places and times [1 / m2 s].

    Args:
        x: Eastings [m], shape (n,).
        y: Northings [m].
        t: Instants [s].
        crowd: The counts.
        found: Where densities are written.
    """
    for i in range(len(x)):
        found[i] = density(count_about(key_at(x[i], y[i], t[i], crowd), crowd))


@inlined
def density(about: float) -> float:
    """Return the density of so many reports about a cell, in steps [1 / m2 s]."""
    step = math.floor(_STEPS * math.log2(about / ABOUT + NOTHING) + 0.5)
    return math.pow(2.0, step / _STEPS) / (CELL_M * CELL_M * CELL_S)
