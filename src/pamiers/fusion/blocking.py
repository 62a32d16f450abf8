"""Find every pair of reports that could weigh more than nothing, and few others.

A pair's weight falls with distance and is bounded by what either report could
reach at best, so beyond a reach computed per report no pair can weigh more than
0 bits: blocking loses nothing, which the tests hold it to. Where reports crowd, the
bound falls with the crowd, so that the number of candidates per report stays flat.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
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
        for level in _levels(reports, able, reach)
        for block in _near(reports, reach, level)
    ]
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    pairs = np.sort(np.concatenate(found))
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]  # nine cells wrap at a pole
    return pairs // len(reports), pairs % len(reports)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """Pairs whose larger place and longer interval are of one size each."""

    inside: Mask  #: reports that may be in such a pair
    wide: Mask  #: reports of that size of place
    long: Mask  #: reports of that length
    distance_m: float  #: no pair of the level is farther apart
    time_s: float  #: nor does one begin longer before the other


def _levels(reports: Reports, able: Mask, reach: Floats) -> Iterator[_Level]:
    """Yield the levels that have any pair; each pair is of exactly one."""
    with np.errstate(invalid="ignore"):
        size = np.floor(np.log2(reports.sigma_m) / _FOUR)
        span = np.floor(np.log2(reports.length_s) / _FOUR)
    for s in np.unique(size[able]):
        for t in np.unique(span[able]):
            inside = able & (size <= s) & (span <= t)
            wide, long = inside & (size == s), inside & (span == t)
            if wide.any() and long.any():
                yield _Level(
                    inside=inside,
                    wide=wide,
                    long=long,
                    distance_m=float(reach[wide].max()),
                    time_s=float(reports.length_s[long].max()),
                )


def _near(reports: Reports, reach: Floats, level: _Level) -> Iterator[Ints]:
    """Yield pairs of a level, as first * n + second."""
    grid = Grid(level.distance_m * _SLACK)
    at = _by_cell(reports, grid, np.flatnonzero(level.inside))
    start = np.floor(reports.start_s[at]).astype(np.int64)
    first = int(start.min())
    width = int(start.max()) - first + 2 * int(level.time_s) + 8
    cell = grid.cells(reports.lon[at], reports.lat[at], (0, 0))
    cells, rank = np.unique(cell, return_inverse=True)
    ordered = rank * width + (start - first)
    for step in NINE:
        there = grid.cells(reports.lon[at], reports.lat[at], step)
        slot = np.minimum(np.searchsorted(cells, there), cells.size - 1)
        here = np.flatnonzero(cells[slot] == there)
        middle = slot[here] * width + (start[here] - first)
        ahead = np.ceil(reports.length_s[at[here]]).astype(np.int64) + 1
        back = np.minimum(int(level.time_s) + 2, start[here] - first)
        low = np.searchsorted(ordered, middle - back)
        high = np.searchsorted(
            ordered, np.minimum(middle + ahead, slot[here] * width + width - 1)
        )
        for a, b in _expanded((at[here], at), (low, high)):
            keep = _may_pair(reports, reach, level, (a, b))
            yield a[keep] * len(reports) + b[keep]


def _by_cell(reports: Reports, grid: Grid, at: Ints) -> Ints:
    """Return positions ordered by cell, then start."""
    cell = grid.cells(reports.lon[at], reports.lat[at], (0, 0))
    return at[np.lexsort((np.floor(reports.start_s[at]), cell))]


def _expanded(
    who: tuple[Ints, Ints], runs: tuple[Ints, Ints]
) -> Iterator[tuple[Ints, Ints]]:
    """Yield each query with every candidate of its run, in pieces."""
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
        yield a, ordered[np.repeat(low[part], number[part]) + offset]
        begin = stop


def _may_pair(
    reports: Reports, reach: Floats, level: _Level, pairs: tuple[Ints, Ints]
) -> Ints:
    """Return which pairs are of two sources, ordered, of the level, and near."""
    a, b = pairs
    keep = np.flatnonzero((a < b) & (reports.source[a] != reports.source[b]))
    x, y = a[keep], b[keep]
    of_level = (level.wide[x] | level.wide[y]) & (level.long[x] | level.long[y])
    shared = np.minimum(reports.end_s[x], reports.end_s[y])
    together = of_level & (shared > np.maximum(reports.start_s[x], reports.start_s[y]))
    keep, x, y = keep[together], x[together], y[together]
    larger = np.where(reports.sigma_m[x] >= reports.sigma_m[y], reach[x], reach[y])
    squared = ((reports.xyz[x] - reports.xyz[y]) ** 2).sum(axis=1)
    near: Ints = keep[squared <= larger**2]
    return near
