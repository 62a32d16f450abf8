"""Which sites see which points, as rows of a sparse table.

Points are sorted into cells of a quarter of the reach, so that a site looks at little
more than what it sees; distances are planar in metres, in a projected frame that the
caller chooses.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pamiers.deployment.loops import (
    Grid,
    Rows,
    grouped,
    only_firsts,
    seen_within,
    sorted_into,
    summed_words,
)
from pamiers.deterrence.margins import Figures

Ints = NDArray[np.int32]
_CELLS: Final = 4  #: cells that a reach spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Points seen by each site: compressed rows, in no order within a row.

    Invariant: `points[starts[j]:starts[j+1]]` are those of site j; `chances` stand
    beside them, the probability that the site notices what happens there [0..1].
    Points are numbered so that those near each other have near numbers, which is what
    reading them fast wants; `order` says which of the caller's points each one is.
    """

    starts: NDArray[np.int64]  #: (sites + 1,)
    points: Ints  #: (incidences,)
    chances: NDArray[np.float32]  #: (incidences,)
    order: Ints  #: (count,) where the caller has each point

    @property
    def count(self) -> int:
        """Return how many points there are, seen or not."""
        return len(self.order)

    @property
    def sites(self) -> int:
        """Return how many sites there are."""
        return len(self.starts) - 1


def cover_within(sites_m: Figures, points_m: Figures, reach_m: float) -> Cover:
    """Return which sites see which points, when seeing is certain within a reach.

    Args:
        sites_m: Places of the sites, shape (s, 2) [m].
        points_m: Places of the points, shape (n, 2) [m].
        reach_m: Reach of a site, above 0; a point at exactly that distance is seen.

    Returns:
        The cover, every chance 1; empty rows for sites that see nothing.
    """
    x, y = (np.array(points_m[:, i], dtype=np.float64) for i in (0, 1))
    grid = _grid(x, y, reach_m)
    order, edges, x, y = sorted_into(x, y, grid)
    at = np.ascontiguousarray(sites_m, dtype=np.float64)
    starts, points = seen_within((at, x, y), (edges, grid), reach_m)
    return Cover(
        starts=starts,
        points=points,
        chances=np.ones(points.size, dtype=np.float32),
        order=order,
    )


def _grid(x: Figures, y: Figures, reach_m: float) -> Grid:
    """Return west edge, south edge, width of a cell [m], columns, rows."""
    if len(x) == 0:
        return 0.0, 0.0, reach_m, 1, 1
    west, south = float(x.min()), float(y.min())
    spans = float(x.max()) - west, float(y.max()) - south
    # not more cells than points, however small the reach
    wide = max(
        reach_m / _CELLS,
        float(np.sqrt(spans[0] * spans[1] / len(x))),
        max(spans) / len(x),
        1e-9,
    )
    columns, rows = (int(span / wide) + 1 for span in spans)
    return west, south, wide, columns, rows


def merged(cover: Cover, weights: Figures) -> tuple[Cover, Figures]:
    """Return the cover with points joined that are seen by the same sites alike.

    Points that nobody sees are dropped: no plan reaches them.

    Args:
        cover: The cover.
        weights: Weight of each point, shape (points,), at least 0.

    Returns:
        A cover of fewer points with the same value for every choice of sites, and
        their weights.
    """
    weights = np.asarray(weights, dtype=np.float64)[cover.order]
    group, firsts = grouped(_keys(cover))
    starts, points, chances = only_firsts(rows_of(cover), group, firsts)
    seen = group >= 0
    summed = np.bincount(group[seen], weights=weights[seen], minlength=len(firsts))
    order = np.arange(len(firsts), dtype=np.int32)
    less = Cover(starts=starts, points=points, chances=chances, order=order)
    return less, np.asarray(summed, dtype=np.float64)


def _keys(cover: Cover) -> NDArray[np.uint64]:
    """Return 128 bits per point that differ where the sites that see it differ.

    Sums of random words, one per site and chance; that two unlike points agree in all
    128 bits is not to be expected in the age of the universe.
    """
    rng = np.random.default_rng(0)
    words = rng.integers(0, 2**64, size=(cover.sites, 2), dtype=np.uint64)
    bits = cover.chances.view(np.uint32)
    return summed_words(rows_of(cover), bits, words, cover.count)


def rows_of(cover: Cover) -> Rows:
    """Return the three arrays that hold the rows of a cover."""
    return cover.starts, cover.points, cover.chances
