"""Find every pair of reports that could weigh more than nothing, and few others.

A pair's weight falls with distance and is bounded by what either report could
reach at best, so beyond a reach computed per report no pair can weigh more than
0 bits: blocking loses nothing, which the tests hold it to. Where reports crowd, the
bound falls with the crowd, so that the number of candidates per report stays flat.
"""

import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from pamiers.fusion.grid import NINE, Grid
from pamiers.fusion.reports import Floats, Ints, Mask, Reports

#: candidates looked at in one go; bounds memory at about 100 MB
_CHUNK: Final = 2_000_000
#: reach is widened by this against the roundness of the grid's Earth
_SLACK: Final = 1.01
_FOUR: Final = 2.0  # log2 of the ratio between levels


def candidate_pairs(reports: Reports, peak: Floats) -> tuple[Ints, Ints]:
    """Return pairs of reports that may weigh more than 0 bits.

    Args:
        reports: Reports.
        peak: Most that each can weigh in any pair [bit], shape (n,).

    Returns:
        First and second of each pair, shapes (m,), first < second, ordered; no
        pair twice; two reports by one source are no pair.
    """
    able = reports.placed & (np.nan_to_num(peak, nan=-1.0) > 0.0)
    reach = 2.0 * reports.sigma_m * np.sqrt(np.maximum(peak, 0.0) * math.log(2.0))
    found = [
        block
        for members, spacing in _levels(reports, able, reach)
        for block in _near(reports, reach, members, spacing)
    ]
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    pairs = np.unique(np.concatenate(found))
    return pairs // len(reports), pairs % len(reports)


Level = tuple[Mask, tuple[float, float]]


def _levels(reports: Reports, able: Mask, reach: Floats) -> Iterator[Level]:
    """Yield, per size of place and of time, who may pair there and how far.

    A pair belongs to the level of its larger place and its longer interval.
    """
    with np.errstate(invalid="ignore"):
        size = np.floor(np.log2(reports.sigma_m) / _FOUR)
        span = np.floor(np.log2(reports.length_s) / _FOUR)
    for s in np.unique(size[able]):
        for t in np.unique(span[able]):
            inside = able & (size <= s) & (span <= t)
            at_s, at_t = inside & (size == s), inside & (span == t)
            if at_s.any() and at_t.any():
                yield (
                    inside,
                    (float(reach[at_s].max()), float(reports.length_s[at_t].max())),
                )


def _near(
    reports: Reports, reach: Floats, members: Mask, spacing: tuple[float, float]
) -> Iterator[Ints]:
    """Yield pairs of members within a distance and a time, as first * n + second."""
    grid = Grid(spacing[0] * _SLACK)
    at = _by_cell(reports, grid, np.flatnonzero(members))
    start = np.floor(reports.start_s[at]).astype(np.int64)
    first = int(start.min())
    width = int(start.max()) - first + 2 * int(spacing[1]) + 8
    cell = grid.cells(reports.lon[at], reports.lat[at], (0, 0))
    cells, rank = np.unique(cell, return_inverse=True)
    ordered = rank * width + (start - first)
    for step in NINE:
        there = grid.cells(reports.lon[at], reports.lat[at], step)
        slot = np.minimum(np.searchsorted(cells, there), cells.size - 1)
        here = np.flatnonzero(cells[slot] == there)
        middle = slot[here] * width + (start[here] - first)
        ahead = np.ceil(reports.length_s[at[here]]).astype(np.int64) + 1
        back = np.minimum(int(spacing[1]) + 2, start[here] - first)
        low = np.searchsorted(ordered, middle - back)
        high = np.searchsorted(
            ordered, np.minimum(middle + ahead, slot[here] * width + width - 1)
        )
        yield from _expanded(reports, reach, (at[here], at), (low, high))


def _by_cell(reports: Reports, grid: Grid, at: Ints) -> Ints:
    """Return positions ordered by cell, then start."""
    cell = grid.cells(reports.lon[at], reports.lat[at], (0, 0))
    return at[np.lexsort((np.floor(reports.start_s[at]), cell))]


def _expanded(
    reports: Reports, reach: Floats, who: tuple[Ints, Ints], runs: tuple[Ints, Ints]
) -> Iterator[Ints]:
    """Yield the pairs of each query with its run of candidates that may pair."""
    (query, ordered), (low, high) = who, runs
    number = high - low
    ends = np.cumsum(number)
    begin = 0
    while begin < number.size:
        done = ends[begin - 1] if begin else 0
        stop = max(int(np.searchsorted(ends, done + _CHUNK, "right")), begin + 1)
        part = slice(begin, stop)
        a = np.repeat(query[part], number[part])
        offset = np.arange(a.size) - np.repeat(
            ends[part] - number[part] - done, number[part]
        )
        b = ordered[np.repeat(low[part], number[part]) + offset]
        keep = _may_pair(reports, reach, a, b)
        if keep.any():
            yield a[keep] * len(reports) + b[keep]
        begin = stop


def _may_pair(reports: Reports, reach: Floats, a: Ints, b: Ints) -> Mask:
    """Tell which pairs are of two sources, ordered, and close enough."""
    keep = np.flatnonzero((a < b) & (reports.source[a] != reports.source[b]))
    x, y = a[keep], b[keep]
    shared = np.minimum(reports.end_s[x], reports.end_s[y])
    together = shared > np.maximum(reports.start_s[x], reports.start_s[y])
    keep, x, y = keep[together], x[together], y[together]
    larger = np.where(reports.sigma_m[x] >= reports.sigma_m[y], reach[x], reach[y])
    squared = ((reports.xyz[x] - reports.xyz[y]) ** 2).sum(axis=1)
    found = np.zeros(a.size, dtype=bool)
    found[keep[squared <= larger**2]] = True
    return found
