"""Where areas lie on a grid: what is full, what is empty, what must be asked.

An index is of an agreement's geometry alone. `project` lays one word of rules on
it: for each cell the rules whose areas hold all of it, and the areas that a point
of the cell has still to be tested against.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from pamiers.compliance.kernels.frame import Frame, frame_of
from pamiers.compliance.kernels.gathering import spans
from pamiers.compliance.kernels.pruning import Bands, Pruned, prune
from pamiers.compliance.kernels.raster import Cells, raster
from pamiers.compliance.kernels.shapes import Area, Band, Slabs, edges_of, slabs_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Words = NDArray[np.uint64]

#: cells in each direction; finer costs more to build than it saves in tests
SIZE: Final = 256


class Entries(NamedTuple):
    """What single points of a cell are tested against, cell by cell."""

    first: Ints  #: first entry of each cell, and one past the last
    shape: Ints
    low: Ints  #: of a band: its deciding edges are `edge[low:high]`
    high: Ints
    edge: Ints


@dataclass(frozen=True, slots=True)
class Index:
    """The areas of an agreement on a grid."""

    frame: Frame
    slabs: Slabs
    bands: Bands
    entries: Entries
    cells: Cells
    squares: tuple[Pruned, ...]


def index_of(areas: Sequence[Area], size: int = SIZE) -> Index:
    """Return the index of some areas.

    Args:
        areas: Polygons and bands, any number; their order numbers them.
        size: Cells in each direction, a power of two.

    Returns:
        The index; built without a look at any fact.
    """
    frame = frame_of(areas, size)
    shape, edges = edges_of(areas)
    slabs = slabs_of(len(areas), shape, edges)
    cells = raster(frame, slabs, shape, edges)
    bands, of, numbers = _bands(frame, areas)
    pruned = tuple(prune(frame, bands, of, numbers))
    return Index(frame, slabs, bands, _entries(frame, cells, pruned), cells, pruned)


def _bands(frame: Frame, areas: Sequence[Area]) -> tuple[Bands, Ints, Ints]:
    """Return bands as arrays, and for each edge whose it is and its number.

    A line that several bands share has its edges once.
    """
    lines: dict[int, tuple[int, int]] = {}
    rows: list[Floats] = []
    count = 0
    shape: list[Ints] = []
    number: list[Ints] = []
    for i, area in enumerate(areas):
        if not isinstance(area, Band):
            continue
        if id(area.line) not in lines:
            found = _edges(frame, area.line)
            lines[id(area.line)] = (count, count + len(found))
            rows.append(found)
            count += len(found)
        run = np.arange(*lines[id(area.line)], dtype=np.int64)
        shape.append(np.full(len(run), i, dtype=np.int64))
        number.append(run)
    none = np.empty(0, dtype=np.int64)
    measures = [
        (a.distance_m, a.metric.east_m_per_deg, a.metric.north_m_per_deg)
        if isinstance(a, Band)
        else (-1.0, 0.0, 0.0)
        for a in areas
    ]
    reach, east, north = np.array(measures).reshape(-1, 3).T
    edges = np.vstack([*rows, np.empty((0, 4))])
    bands = Bands(reach.copy(), east.copy(), north.copy(), edges)
    return bands, np.concatenate([none, *shape]), np.concatenate([none, *number])


def _edges(frame: Frame, line: shapely.Geometry) -> Floats:
    """Return the edges of a line, on the turn of the grid, shape (k, 4) [deg]."""
    rows = [shapely.get_coordinates(part) for part in shapely.get_parts(line)]
    edges = np.vstack([np.hstack([row[:-1], row[1:]]) for row in rows])
    behind = np.minimum(edges[:, 0], edges[:, 2]) < frame.west
    edges[behind, 0] += 360.0
    edges[behind, 2] += 360.0
    return edges


def _entries(frame: Frame, cells: Cells, pruned: Sequence[Pruned]) -> Entries:
    """Return what is asked in each cell: polygons first, then bands."""
    none = np.empty(0, dtype=np.int64)
    edges = [none, *(each.runs.edge for each in pruned)]
    many = np.concatenate([none, *(each.runs.many for each in pruned)])
    cell = np.concatenate(
        [cells.maybe, *(each.maybe.y * frame.size + each.maybe.x for each in pruned)]
    )
    shape = np.concatenate([cells.maybe_shape, *(each.maybe.shape for each in pruned)])
    end = np.concatenate([np.zeros(len(cells.maybe), np.int64), np.cumsum(many)])
    begin = end - np.concatenate([np.zeros(len(cells.maybe), np.int64), many])
    order = np.argsort(cell, kind="stable")
    first = np.searchsorted(cell[order], np.arange(frame.size * frame.size + 1))
    return Entries(first, shape[order], begin[order], end[order], np.concatenate(edges))


def project(index: Index, words: Words) -> Words:
    """Return the rules whose areas hold all of each cell.

    Args:
        index: The areas.
        words: Rules that look in each area, as bits, one per area.

    Returns:
        One word per cell, row by row from the south-west.
    """
    size = index.frame.size
    found = np.zeros(size * size, dtype=np.uint64)
    at = np.searchsorted(index.cells.full_shape, np.arange(len(words) + 1))
    for shape in np.flatnonzero(words):
        found[index.cells.full[at[shape] : at[shape + 1]]] |= words[shape]
    grid = found.reshape(size, size)
    for pruned in index.squares:
        for side, squares in pruned.full:
            _fill(grid, side, words[squares.shape], (squares.x, squares.y))
    return found


def _fill(grid: Words, side: int, words: Words, at: tuple[Ints, Ints]) -> None:
    """Put words into squares of one size."""
    some = np.flatnonzero(words)
    if not some.size:
        return
    across, place = spans(np.full(len(some), side * side, dtype=np.int64))
    x = at[0][some][across] * side + place % side
    y = at[1][some][across] * side + place // side
    np.bitwise_or.at(grid, (y, x), words[some][across])
