"""The sieve as compiled loops; what they cannot decide they leave to numpy.

Facts are screened first: most lie in cells that are wholly in or out of every area
asked about. The rest are tested one by one. An array taken from a tuple inside a
loop costs a count of references each time, so loops take theirs out before.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.kernels.jit import compiled, inlined
from pamiers.compliance.kernels.side import ERROR_BOUND
from pamiers.compliance.kernels.sieve import Columns, Sieve

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Words = NDArray[np.uint64]
Pair = tuple[float, float]

_OUT: Final = 0
_IN: Final = 1
_OPEN: Final = 2  #: numpy decides
_ON: Final = 3
_SEAM: Final = 180.0
_TURN: Final = 360.0
_NOTHING: Final = np.uint64(0)


class Ground(NamedTuple):
    """The parts of an index that a loop reads."""

    west: float
    south: float
    per_lon: float
    per_lat: float
    size: int
    first: Ints
    shape: Ints
    low: Ints
    high: Ints
    edge: Ints
    reach: Floats
    east: Floats
    north: Floats
    line: Floats
    bottom: Floats
    per_deg: Floats
    many: Ints
    base: Ints
    slab: Ints
    wall: Floats


@compiled
def screen(
    sieve: Sieve, ground: Ground, facts: Columns, found: Words, left: Ints
) -> int:
    """Put the word of each fact into `found` where its cell decides it.

    Args:
        sieve: Streams.
        ground: Their areas.
        facts: Facts, in any order.
        found: Takes one word per fact; of those left, what it is before its place.
        left: Takes the numbers of the facts whose place must be tested.

    Returns:
        How many those are.
    """
    many, at, last = 0, 0, len(sieve.cuts)
    for i in range(len(facts.time)):
        word = sieve.by_kind[facts.kind[i]] & sieve.by_group[facts.group[i]]
        word &= sieve.by_actor[facts.actor[i]]
        time = facts.time[i]
        while at > 0 and time < sieve.cuts[at - 1]:
            at -= 1
        while at < last and time >= sieve.cuts[at]:
            at += 1
        word &= sieve.force[at]
        asked = word & sieve.placed
        if asked != _NOTHING:
            cell = _cell(ground, facts.lon[i], facts.lat[i])
            held = sieve.elsewhere
            if cell >= 0:
                held = sieve.cells[cell] ^ sieve.elsewhere
                if ground.first[cell + 1] > ground.first[cell]:
                    left[many] = i
                    many += 1
                    held = asked
            elif not np.isfinite(facts.lon[i] + facts.lat[i]):
                held = sieve.unplaced
            word &= ~sieve.placed | held
        found[i] = word
    return many


@inlined
def _cell(ground: Ground, lon: float, lat: float) -> int:
    """Return the number of a point's cell; -1 outside the grid."""
    across = lon - ground.west
    if across < 0.0:
        across += _TURN
    across *= ground.per_lon
    up = (lat - ground.south) * ground.per_lat
    if across < ground.size and up >= 0.0 and up < ground.size:
        return int(up) * ground.size + int(across)
    return -1


@compiled
def settle(
    sieve: Sieve, ground: Ground, facts: Columns, found: Words, left: Ints
) -> int:
    """Put the words of the facts that `screen` left into `found`.

    Args:
        sieve: Streams.
        ground: Their areas.
        facts: Facts.
        found: Words as `screen` left them.
        left: Numbers of the facts left; those that numpy must decide take their place.

    Returns:
        How many those are.
    """
    open_ = 0
    placed, elsewhere = sieve.placed, sieve.elsewhere
    cells, looks = sieve.cells, sieve.looks
    first, shape_of = ground.first, ground.shape
    for k in range(len(left)):
        i = left[k]
        lon, lat = facts.lon[i], facts.lat[i]
        cell = _cell(ground, lon, lat)
        asked = found[i] & placed
        held = cells[cell]
        for entry in range(first[cell], first[cell + 1]):
            shape = shape_of[entry]
            if looks[shape] & asked & ~held == _NOTHING:
                continue
            answer = _tested(ground, entry, shape, lon, lat)
            if answer == _OPEN:
                left[open_] = i
                open_ += 1
                break
            if answer == _IN:
                held |= looks[shape]
        found[i] &= ~placed | (held ^ elsewhere)
    return open_


@inlined
def _tested(ground: Ground, entry: int, shape: int, lon: float, lat: float) -> int:
    if ground.reach[shape] < 0.0:
        return _inside(ground, shape, lon, lat)
    if ground.east[shape] > 0.0:
        return _near(ground, entry, shape, lon, lat)
    return _OPEN


@inlined
def _inside(ground: Ground, shape: int, x: float, y: float) -> int:
    bottom = ground.bottom[shape]
    if y < bottom:
        return _OUT
    if abs(x) == _SEAM:
        return _OPEN
    number = min(int((y - bottom) * ground.per_deg[shape]), ground.many[shape] - 1)
    slab = ground.base[shape] + number
    return _ray(ground.wall, ground.slab[slab], ground.slab[slab + 1], x, y)


@inlined
def _ray(walls: Floats, begin: int, end: int, x: float, y: float) -> int:
    """Tell, by a ray eastwards, whether a point lies within the walls of a slab."""
    odd = False
    for k in range(begin, end):
        x0, y0, x1, y1 = walls[k, 0], walls[k, 1], walls[k, 2], walls[k, 3]
        if y < y0 or y > y1 or (x > x0 and x > x1):
            continue
        answer = _IN
        if x >= x0 or x >= x1:
            answer = _left(x1 - x0, y1 - y0, x - x0, y - y0)
            if answer == _OPEN:
                return _OPEN
            if answer == _ON:
                return _IN
        if answer == _IN and y < y1:
            odd = not odd
    return _IN if odd else _OUT


@inlined
def _left(run: float, rise: float, x: float, y: float) -> int:
    """Return `_IN` where a point lies left of an edge, `_ON` where on it."""
    left, right = run * y, x * rise
    gap = left - right
    same = (left > 0.0 and right > 0.0) or (left < 0.0 and right < 0.0)
    if same and abs(gap) <= ERROR_BOUND * abs(left + right):
        return _OPEN
    if gap == 0.0:
        return _ON
    return _IN if gap > 0.0 else _OUT


@inlined
def _near(ground: Ground, entry: int, shape: int, lon: float, lat: float) -> int:
    """Tell whether a point lies within a band on the map plane."""
    scale = (ground.east[shape], ground.north[shape])
    x = (lon + _TURN if lon < ground.west else lon) * scale[0]
    point = (x, lat * scale[1])
    reach = ground.reach[shape]
    line = ground.line
    for k in range(ground.low[entry], ground.high[entry]):
        if _away(line, ground.edge[k], point, scale) <= reach:
            return _IN
    return _OUT


@inlined
def _away(line: Floats, edge: int, point: Pair, scale: Pair) -> float:
    """Return the distance of a point on a plane from an edge [m]."""
    start_x, start_y = line[edge, 0] * scale[0], line[edge, 1] * scale[1]
    run, rise = line[edge, 2] * scale[0] - start_x, line[edge, 3] * scale[1] - start_y
    off_x, off_y = point[0] - start_x, point[1] - start_y
    squared = run * run + rise * rise
    share = (off_x * run + off_y * rise) / (squared if squared > 0.0 else 1.0)
    share = min(max(share, 0.0), 1.0)
    off_x -= share * run
    off_y -= share * rise
    return float(np.sqrt(off_x * off_x + off_y * off_y))
