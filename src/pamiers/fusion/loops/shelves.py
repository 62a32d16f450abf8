"""Reports laid on shelves, to find at once all that may tell of one thing.

A shelf holds what is in one cell of time and eastings of `loops.index`, by northings:
what is near in place and time lies side by side in memory. Made once, for reports that
stay as they are; those that come and go are kept in the index.
"""

import math
from typing import Any, Final, NamedTuple

import numpy as np

from pamiers.fusion.loops.index import (
    COLUMN_M,
    LONG_AGO,
    Index,
    cell_at,
    key_of,
    layer_of,
    place_of,
    spread_of,
    step,
)
from pamiers.fusion.loops.mark import compiled, inlined
from pamiers.fusion.loops.state import DAY_S, Ints, Record, Records

_ROOMY: Final = 1.0 + 1e-9  # what is only just too far is looked at more closely
_BITS: Final = 18  # of a key, that tell the northing
_LONG: Final = 24  # reports from which a shelf is searched by halves
_EMPTY: Final = -1
#: what is asked of everything that lies on a shelf
LAID: Final = np.dtype(
    [
        *((name, "f8") for name in ("x", "y", "t", "w", "low", "high", "reach")),
        ("number", "i8"),
    ]
)


class Shelves(NamedTuple):
    """Reports in the order of shelves."""

    cells: Index  #: of shelves; `heads` has the first of each
    ends: Ints  #: end of the shelf at each place in the table of the index
    laid: Any  #: `LAID`, shape (n,)


@compiled
def cells_of(asked: Ints, reports: Records, index: Index, found: Ints) -> None:
    """Write the cell of each report; note how far those of each layer may be.

    Args:
        asked: Numbers of reports, shape (m,).
        reports: All reports.
        index: For where cells begin; its `spread` is written.
        found: Where keys of cells are written, shape (m,).
    """
    for a in range(len(asked)):
        one = reports[asked[a]]
        layer = layer_of(one)
        found[a] = cell_at(one, layer, index)
        index.spread[layer] = max(index.spread[layer], spread_of(one))


@compiled
def lay(order: Ints, cell: Ints, reports: Records, into: Shelves) -> None:
    """Lay reports on shelves.

    Args:
        order: Reports by cell.
        cell: The cell of each of these.
        reports: All reports.
        into: Shelves; written.
    """
    h = 0
    for a in range(len(order)):
        key = (cell[a] >> _BITS) << _BITS
        if a == 0 or key != (cell[a - 1] >> _BITS) << _BITS:
            h = place_of(key, into.cells)
            into.cells.keys[h] = key
            into.cells.heads[h] = a
        into.ends[h] = a + 1
        one, laid = reports[order[a]], into.laid[a]
        laid.x, laid.y, laid.t, laid.w = one.x, one.y, one.t, LONG_AGO * one.w
        laid.low, laid.high = one.a - DAY_S, one.b
        if one.w > 0.0:
            error = math.sqrt(one.w)
            laid.low, laid.high = one.t - error, one.t + error
        laid.reach, laid.number = one.reach, order[a]


@inlined
def shelf(layer: int, k: int, i: int, shelves: Shelves) -> tuple[int, int]:
    """Return where a shelf begins and ends.

    Args:
        layer: Its layer.
        k: Number along time.
        i: Number along x.
        shelves: All shelves.

    Returns:
        Positions in `laid`; equal ones where it is empty.
    """
    key = (key_of(layer, k, i, 0) >> _BITS) << _BITS
    h = place_of(key, shelves.cells)
    if shelves.cells.keys[h] == _EMPTY:
        return 0, 0
    return shelves.cells.heads[h], shelves.ends[h]


@inlined
def from_south(begin: int, end: int, j: int, shelves: Shelves) -> int:
    """Return the first on a shelf that is not south of a cell.

    Args:
        begin: Beginning of the shelf.
        end: Its end.
        j: Number of the cell along y.
        shelves: All shelves.

    Returns:
        A position from `begin` to `end`; of a short shelf its beginning.
    """
    if end - begin < _LONG:
        return begin
    low, high = begin, end
    while low < high:
        middle = (low + high) >> 1
        y = shelves.laid[middle].y
        if step(y, shelves.cells.origin[1], COLUMN_M) < j:
            low = middle + 1
        else:
            high = middle
    return low


@inlined
def near_by(one: Record, other: Record) -> bool:
    """Tell whether a report is near enough to one that looks at least as far.

    Args:
        one: The one that looks, as it is laid.
        other: The other, likewise.

    Returns:
        True wherever `loops.index.may_be_one` is.
    """
    dx, dy = one.x - other.x, one.y - other.y
    if dx * dx + dy * dy > one.reach * one.reach:
        return False
    if one.w > 0.0 and other.w > 0.0:
        gap = one.t - other.t
        return bool(gap * gap <= _ROOMY * (one.w + other.w))
    return bool(other.low <= one.high and one.low <= other.high)
