"""Reports that are so far from one another that none bears on the others.

Association keeps a box of cells over all its reports. Where reports lie decades or
continents apart, each island is solved by itself, in a box of its own.
"""

from typing import Final

import numpy as np

from pamiers.fusion.columns import Columns, Floats, Ints

#: cells of the box up to which all reports are taken together
MOST_CELLS: Final = 20_000_000
#: cells in which islands are found: wider than any report reaches
WIDE_M, LONG_S = 50_000.0, 8 * 86_400.0
_BOX_M, _BOX_S = 5_000.0, 8 * 3_600.0


def islands(columns: Columns) -> list[Ints]:
    """Return the positions of reports, island by island.

    Args:
        columns: Reports; at least one.

    Returns:
        One island where the box of all is small; else islands in the order of their
        first reports, each in the order given.
    """
    if _cells(columns) <= MOST_CELLS:
        return [np.arange(len(columns))]
    cells = np.column_stack(
        [
            np.floor(values / size).astype(np.int64)
            for values, size in (
                (columns.x, WIDE_M),
                (columns.y, WIDE_M),
                (columns.middle_s, LONG_S),
            )
        ]
    )
    known, at = np.unique(cells, axis=0, return_inverse=True)
    root = _joined(known)[at.ravel()]
    order = np.argsort(root, kind="stable")
    cuts = np.flatnonzero(np.diff(root[order])) + 1
    parts = np.split(order, cuts)
    return sorted(parts, key=lambda part: int(part[0]))


def _cells(columns: Columns) -> float:
    spans: Floats = np.array(
        [
            np.ptp(columns.x) / _BOX_M,
            np.ptp(columns.y) / _BOX_M,
            np.ptp(columns.middle_s) / _BOX_S,
        ]
    )
    return float(np.prod(spans + 1.0))


def _joined(cells: Ints) -> Ints:
    """Return the number of the island of each cell; neighbours share one."""
    place = {tuple(cell): i for i, cell in enumerate(cells.tolist())}
    island = np.full(len(cells), -1, dtype=np.int64)
    for first in range(len(cells)):
        if island[first] >= 0:
            continue
        island[first], left = first, [first]
        while left:
            x, y, t = cells[left.pop()].tolist()
            for step in np.ndindex(3, 3, 3):
                near = (x + step[0] - 1, y + step[1] - 1, t + step[2] - 1)
                k = place.get(near, -1)
                if k >= 0 and island[k] < 0:
                    island[k] = first
                    left.append(k)
    return island
