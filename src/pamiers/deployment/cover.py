"""Which sites see which points, as rows of a sparse table.

Points are sorted into cells as wide as the reach, so that a site looks at nine cells
only; distances are planar in metres, in a projected frame that the caller chooses.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pamiers.deployment.loops import counted, filled, summed_words
from pamiers.deterrence.margins import Figures

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Points seen by each site: compressed rows, in no order within a row.

    Invariant: `points[starts[j]:starts[j+1]]` are those of site j; `chances` stand
    beside them, the probability that the site notices what happens there [0..1].
    """

    starts: NDArray[np.int64]  #: (sites + 1,)
    points: Ints  #: (incidences,)
    chances: NDArray[np.float32]  #: (incidences,)
    count: int  #: how many points there are, seen or not

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
    order, edges, grid = _cells(points_m, reach_m)
    x, y = (np.ascontiguousarray(points_m[order, i]) for i in (0, 1))
    at = np.ascontiguousarray(sites_m, dtype=np.float64)
    sizes = counted((at, x, y), (edges, grid), reach_m)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    points = filled((at, x, y), (edges, grid), reach_m, starts, order)
    return Cover(
        starts=starts,
        points=points,
        chances=np.ones(points.size, dtype=np.float32),
        count=len(points_m),
    )


def _cells(
    points_m: Figures, reach_m: float
) -> tuple[Ints, NDArray[np.int64], tuple[float, float, float, int, int]]:
    """Return points in the order of their cells, where cells start, and the grid.

    The grid is west edge, south edge, width of a cell [m], columns, rows.
    """
    if len(points_m) == 0:
        return np.empty(0, np.int32), np.zeros(2, np.int64), (0.0, 0.0, reach_m, 1, 1)
    west, south = points_m.min(axis=0)
    spans = points_m.max(axis=0) - (west, south)
    # not more cells than points, however small the reach
    wide = max(reach_m, float(np.sqrt(spans[0] * spans[1] / len(points_m))), 1e-9)
    wide = max(wide, float(spans.max()) / len(points_m))
    columns, rows = (int(span // wide) + 1 for span in spans)
    cell = ((points_m - (west, south)) // wide).astype(np.int64)
    key = cell[:, 1] * columns + cell[:, 0]
    order = np.argsort(key, kind="stable").astype(np.int32)
    edges = np.searchsorted(key[order], np.arange(columns * rows + 1))
    grid = (float(west), float(south), wide, columns, rows)
    return order, edges.astype(np.int64), grid


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
    keys = _keys(cover)
    seen = np.flatnonzero(np.bincount(cover.points, minlength=cover.count) > 0)
    _, firsts, group = np.unique(
        keys[seen], return_index=True, return_inverse=True, axis=0
    )
    summed = np.bincount(group.ravel(), weights=weights[seen], minlength=len(firsts))
    chosen = seen[firsts].astype(np.int64)
    return _transposed(_rows(_transposed(cover), chosen)), np.asarray(summed)


def _keys(cover: Cover) -> NDArray[np.uint64]:
    """Return 128 bits per point that differ where the sites that see it differ.

    Sums of random words, one per site and chance; that two unlike points agree in all
    128 bits is not to be expected in the age of the universe.
    """
    rng = np.random.default_rng(0)
    words = rng.integers(0, 2**64, size=(cover.sites, 2), dtype=np.uint64)
    site = np.repeat(np.arange(cover.sites), np.diff(cover.starts))
    bits = cover.chances.view(np.uint32).astype(np.uint64)
    return summed_words(cover.count, cover.points, site, bits, words)


def _rows(cover: Cover, chosen: NDArray[np.int64]) -> Cover:
    """Return some rows of a cover, in the order given."""
    sizes = cover.starts[chosen + 1] - cover.starts[chosen]
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    inside = np.arange(starts[-1]) - np.repeat(starts[:-1], sizes)
    at = np.repeat(cover.starts[chosen], sizes) + inside
    return Cover(
        starts=starts,
        points=cover.points[at],
        chances=cover.chances[at],
        count=cover.count,
    )


def _transposed(cover: Cover) -> Cover:
    """Return for every point the sites that see it, sites ascending."""
    site = np.repeat(np.arange(cover.sites, dtype=np.int32), np.diff(cover.starts))
    order = np.argsort(cover.points, kind="stable")
    sizes = np.bincount(cover.points, minlength=cover.count)
    return Cover(
        starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        points=site[order],
        chances=cover.chances[order],
        count=cover.sites,
    )


def transposed(cover: Cover) -> Cover:
    """Return for every point the sites that see it, sites ascending."""
    return _transposed(cover)
