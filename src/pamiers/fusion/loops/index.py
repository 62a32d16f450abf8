"""An index of reports by place and time: cells that are hashed, each a chain.

Nothing is laid out that is not there, so that a report on the far side of the Earth
or a century ago costs what any other does. Instants lie in two layers, by the error of
their clocks; intervals in one layer for each octave of length.
"""

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pamiers.fusion.loops.mark import compiled, inlined
from pamiers.fusion.loops.state import DAY_S, Floats, Ints, Record, Records

#: side of a cell, and the farthest that a report looks [m]
COLUMN_M: Final = 20_000.0
#: length of cells of the layers of instants, of the first layer of intervals [s]
SHARP_S, DULL_S, SPAN_S = 6 * 3_600.0, 12 * 3_600.0, 6 * 3_600.0
#: error from which a clock is dull [s]
DULL_ERROR_S: Final = 600.0
LAYERS: Final = 16
#: how far instants of one incident may be apart, in standard deviations, squared
LONG_AGO: Final = 30.0
ALMOST_A_DAY_S: Final = 0.7 * DAY_S
_SPREAD: Final = math.sqrt(LONG_AGO)
_HALF, _BITS = 1 << 17, 18
_HALF_TIME, _TIME_BITS = 1 << 23, 24
_GOLDEN: Final = -7046029254386353131
_EMPTY: Final = -1


class Index(NamedTuple):
    """Cells by key, and the chain of reports in each."""

    origin: Floats  #: x, y [m], t [s]
    spread: Floats  #: how far from its `t` a report of each layer may be [s]; -1: empty
    keys: Ints  #: key of each place in the table, -1 where there is none
    heads: NDArray[np.int32]  #: first report of that cell
    after: NDArray[np.int32]  #: next report of the same cell, -1 at the end, (n,)
    used: Ints  #: how many cells there are, shape (1,)


def index_of(origin: Floats, size: int, rows: int) -> Index:
    """Return an index without reports.

    Args:
        origin: Where cells are counted from: x, y [m], t [s].
        size: How many reports it is to hold; more are slower, past twice impossible.
        rows: How many reports are numbered.

    Returns:
        An index that `file` fills.
    """
    cells = 1 << max(4, (2 * size).bit_length())
    return Index(
        origin=origin,
        spread=np.full(LAYERS, -1.0),
        keys=np.full(cells, _EMPTY, dtype=np.int64),
        heads=np.full(cells, -1, dtype=np.int32),
        after=np.full(rows, -1, dtype=np.int32),
        used=np.zeros(1, dtype=np.int64),
    )


@inlined
def layer_of(report: Record) -> int:
    """Return the layer that a report lies in."""
    if report.w > 0.0:
        return 0 if report.w < DULL_ERROR_S * DULL_ERROR_S else 1
    octave = math.ceil(math.log2((report.b - report.a) / SPAN_S))
    return 2 + min(LAYERS - 3, max(0, int(octave)))


@inlined
def length_of(layer: int) -> float:
    """Return the length of a layer's cells [s]."""
    if layer == 0:
        return SHARP_S
    return DULL_S if layer == 1 else SPAN_S * float(1 << (layer - 2))


@inlined
def spread_of(report: Record) -> float:
    """Return how far from its `t` a report may have been [s]."""
    if report.w > 0.0:
        return _SPREAD * math.sqrt(report.w)
    return float((report.b - report.a) / 2.0)


@inlined
def step(value: float, origin: float, size: float) -> int:
    """Return the number of a cell along one axis; far outside counts as the edge."""
    return int(min(max(math.floor((value - origin) / size), -131_000.0), 131_000.0))


@inlined
def key_of(layer: int, k: int, i: int, j: int) -> int:
    """Return the key of a cell.

    Args:
        layer: Number of the layer.
        k: Number along time.
        i: Number along x.
        j: Number along y.

    Returns:
        A number that no other cell has.
    """
    high = (layer << _TIME_BITS) | (k + _HALF_TIME)
    return (((high << _BITS) | (i + _HALF)) << _BITS) | (j + _HALF)


@inlined
def place_in(key: int, keys: Ints) -> int:
    """Return where a key is in a table, or the empty place where it would be."""
    last = len(keys) - 1
    h = key * _GOLDEN
    h = (h ^ (h >> 29)) & last
    while keys[h] not in (_EMPTY, key):
        h = (h + 1) & last
    return h


@inlined
def place_of(key: int, index: Index) -> int:
    """Return where a key is in an index, or the empty place where it would be."""
    return place_in(key, index.keys)


@inlined
def cell_at(report: Record, layer: int, index: Index) -> int:
    """Return the key of the cell of a report."""
    o = index.origin
    return key_of(
        layer,
        step(report.t, o[2], length_of(layer)),
        step(report.x, o[0], COLUMN_M),
        step(report.y, o[1], COLUMN_M),
    )


@inlined
def file(i: int, reports: Records, index: Index) -> None:
    """Put a report into the index."""
    layer = layer_of(reports[i])
    key = cell_at(reports[i], layer, index)
    h = place_of(key, index)
    if index.keys[h] == _EMPTY:
        index.keys[h] = key
        index.heads[h] = -1
        index.used[0] += 1
    index.after[i] = index.heads[h]
    index.heads[h] = i
    index.spread[layer] = max(index.spread[layer], spread_of(reports[i]))


@inlined
def unfile(i: int, reports: Records, index: Index) -> None:
    """Take a report out of the index, which has it."""
    h = place_of(cell_at(reports[i], layer_of(reports[i]), index), index)
    j = index.heads[h]
    if j == i:
        index.heads[h] = index.after[i]
        return
    while index.after[j] != i:
        j = index.after[j]
    index.after[j] = index.after[i]


@compiled
def file_all(asked: Ints, reports: Records, index: Index) -> None:
    """Put some reports into the index, the last first."""
    for a in range(len(asked) - 1, -1, -1):
        file(asked[a], reports, index)


@inlined
def may_be_one(one: Record, two: Record) -> bool:
    """Tell whether two reports are near enough in time and place to be weighed."""
    if one.w > 0.0 and two.w > 0.0:
        gap = one.t - two.t
        if gap * gap > LONG_AGO * (one.w + two.w):
            return False
    elif one.w > 0.0:
        if not holds(two, one.t, math.sqrt(one.w)):
            return False
    elif two.w > 0.0:
        if not holds(one, two.t, math.sqrt(two.w)):
            return False
    elif one.a >= two.b + DAY_S or two.a >= one.b + DAY_S:
        return False
    dx, dy = one.x - two.x, one.y - two.y
    reach = max(one.reach, two.reach)
    return bool(dx * dx + dy * dy <= reach * reach)


@inlined
def holds(report: Record, t: float, error: float) -> bool:
    """Tell whether an interval, perhaps dated a day late, may hold an instant."""
    late = DAY_S if report.b - report.a > ALMOST_A_DAY_S else 0.0
    return bool(report.a - late - error < t < report.b + error)


@inlined
def before(one: Record, two: Record) -> bool:
    """Tell whether a report has its turn before another: the less blurred first."""
    if one.turn != two.turn:
        return bool(one.turn < two.turn)
    return sooner_told(one, two)


@inlined
def sooner_told(one: Record, two: Record) -> bool:
    """Tell whether a report is of an earlier time than another, or west of it."""
    if one.when != two.when:
        return bool(one.when < two.when)
    if one.x != two.x:
        return bool(one.x < two.x)
    if one.y != two.y:
        return bool(one.y < two.y)
    return bool(one.mix < two.mix)


class Box(NamedTuple):
    """Cells to look through in one layer; first and last along each axis."""

    layer: int
    k0: int
    k1: int
    i0: int
    i1: int
    j0: int
    j1: int


@inlined
def box_of(one: Record, layer: int, reach: float, index: Index) -> Box:
    """Return the cells of a layer in which another report of one thing may lie.

    Args:
        one: The report.
        layer: The layer.
        reach: How far to look [m].
        index: The index.

    Returns:
        The box; empty where the layer is.
    """
    o = index.origin
    late = DAY_S if layer > 1 or one.w == 0.0 else 0.0
    far, length = spread_of(one) + index.spread[layer] + late, length_of(layer)
    if index.spread[layer] < 0.0:
        return Box(layer, 0, -1, 0, -1, 0, -1)
    return Box(
        layer,
        step(one.t - far, o[2], length),
        step(one.t + far, o[2], length),
        step(one.x - reach, o[0], COLUMN_M),
        step(one.x + reach, o[0], COLUMN_M),
        step(one.y - reach, o[1], COLUMN_M),
        step(one.y + reach, o[1], COLUMN_M),
    )


@inlined
def first_in(box: Box, k: int, i: int, j: int, index: Index) -> int:
    """Return the first report of a cell, or -1.

    Args:
        box: For its layer.
        k: Number of the cell along time.
        i: Number along x.
        j: Number along y.
        index: The index.

    Returns:
        Number of the report; the others follow by `index.after`.
    """
    h = place_of(key_of(box.layer, k, i, j), index)
    return index.heads[h] if index.keys[h] != _EMPTY else -1


@inlined
def collect(one: Record, reach: float, index: Index, found: Ints) -> int:
    """Collect all that lies in the cells where what one tells of may lie.

    Args:
        one: A report.
        reach: How far to look [m].
        index: The index.
        found: Where numbers of reports are put.

    Returns:
        How many.
    """
    m = 0
    for layer in range(LAYERS):
        box = box_of(one, layer, reach, index)
        for k in range(box.k0, box.k1 + 1):
            for ci in range(box.i0, box.i1 + 1):
                for cj in range(box.j0, box.j1 + 1):
                    j = first_in(box, k, ci, cj, index)
                    while j >= 0:
                        found[m] = j
                        m += 1
                        j = index.after[j]
    return m
